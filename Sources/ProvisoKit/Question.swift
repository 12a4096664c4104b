// The two dates of a question: as of which day, and with the knowledge of which day.

package import ProvisoQuantities

/// What is asked of a contract: what holds at the end of a day, by what was known on a day.
package struct Question: Hashable, Sendable {
  /// The day whose end is asked about.
  package let asOf: CalendarDate
  /// What was recorded later than this day is not looked at.
  package let knownAt: CalendarDate

  /// Asks with two dates; without the second, with all that was known on the first.
  package init(asOf: CalendarDate, knownAt: CalendarDate? = nil) {
    self.asOf = asOf
    self.knownAt = knownAt ?? asOf
  }
}

/// A text that should be a date and is not.
public struct DateTextFailure: Error, Hashable, Sendable {
  /// The text as it was given.
  public let text: String
  /// The date it probably means, in the form that would have been read; for a day that the month
  /// does not have, the month's last.
  public let suggestion: String?
  /// Whether it has the form of a date that the calendar does not have.
  public let isImpossible: Bool
}

/// Reads a date written as `2021-03-01`.
package func readDate(_ text: String) throws(DateTextFailure) -> CalendarDate {
  if let date = CalendarDate(iso: text) { return date }
  let bytes = Array(text.utf8)
  let parts = bytes.split(
    omittingEmptySubsequences: false,
    whereSeparator: { [0x2D, 0x2E, 0x2F].contains($0) })
  let numbers = parts.compactMap { part in
    (1...4).contains(part.count) ? Int(String(decoding: part, as: UTF8.self)) : nil
  }
  guard parts.count == 3, numbers.count == 3, let first = parts.first, let last = parts.last else {
    throw DateTextFailure(text: text, suggestion: nil, isImpossible: false)
  }
  if first.count == 4, let date = CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
  {
    throw DateTextFailure(text: text, suggestion: date.iso, isImpossible: false)
  }
  if last.count == 4, numbers[0] > 12 || numbers[0] == numbers[1],
    let date = CalendarDate(year: numbers[2], month: numbers[1], day: numbers[0])
  {
    // Where the day is over 12, or both are one number, only one reading is left.
    throw DateTextFailure(text: text, suggestion: date.iso, isImpossible: false)
  }
  guard first.count == 4, parts[1].count == 2, last.count == 2 else {
    throw DateTextFailure(text: text, suggestion: nil, isImpossible: false)
  }
  // 30 February, or month 13: the month's last day stands near the first of these.
  let lastDay = (28...31).reversed().lazy
    .compactMap { CalendarDate(year: numbers[0], month: numbers[1], day: $0) }.first
  throw DateTextFailure(text: text, suggestion: lastDay?.iso, isImpossible: true)
}
