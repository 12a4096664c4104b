// Values as machine words: by these codes columns, constants and tables speak of the same thing.

package import ProvisoModel
package import ProvisoQuantities

/// The words that stand for values other than numbers.
package enum WordCode {
  /// An event that has not happened: later than every day.
  package static let none = Int64.max
  /// A text that the plan does not mention.
  package static let otherText: Int64 = -1

  /// The word of a value that needs no dictionary; nil for numbers, texts and what does not fit.
  package static func word(of value: Value) -> Int64? {
    switch value {
    case .boolean(let value): value ? 1 : 0
    case .date(let date): Int64(date.dayNumber)
    case .none: none
    case .country(let code): Int64(code.number)
    case .currency(let code): Int64(code.number)
    case .nace(let code): Int64(code.number)
    case .member(let position): Int64(position)
    case .period(let period): Int64(period.number)
    case .duration(let duration): word(of: duration)
    case .quantity, .money, .text, .lei: nil
    }
  }

  /// A duration in three parts of one word; nil for one of very many months or days.
  static func word(of duration: CalendarDuration) -> Int64? {
    var word: Int64 = 0
    for part in [duration.months, duration.days, duration.businessDays] {
      guard part.magnitude < UInt(durationPart / 2) else { return nil }
      word = word * durationPart + Int64(part) + durationPart / 2
    }
    return word
  }

  /// The duration that a word stands for.
  package static func duration(_ word: Int64) -> CalendarDuration {
    var parts: [Int] = []
    var rest = word
    for _ in 0..<3 {
      parts.append(Int(rest % durationPart) - Int(durationPart / 2))
      rest /= durationPart
    }
    return CalendarDuration(months: parts[2], days: parts[1], businessDays: parts[0])
  }

  private static let durationPart: Int64 = 1 << 20
}
