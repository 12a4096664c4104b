// Calendar dates as day numbers in the proleptic Gregorian calendar.

/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
package struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days after 1970-01-01; negative before it.
  package let dayNumber: Int32

  /// The first date there is, 0001-01-01.
  package static let first = CalendarDate(uncheckedDayNumber: -719_162)
  /// The last date there is, 9999-12-31.
  package static let last = CalendarDate(uncheckedDayNumber: 2_932_896)

  /// A day number known to be in range.
  private init(uncheckedDayNumber: Int32) {
    dayNumber = uncheckedDayNumber
  }

  /// The date that lies this many days after 1970-01-01; nil out of range.
  package init?(dayNumber: Int) {
    guard dayNumber >= Int(Self.first.dayNumber), dayNumber <= Int(Self.last.dayNumber) else {
      return nil
    }
    self.init(uncheckedDayNumber: Int32(dayNumber))
  }

  /// A date by its parts; nil for a day that does not exist, such as 30 February.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.dayCount(year: year, month: month)
    else { return nil }
    // Years are taken to start in March, so that the leap day is the last of its year.
    let marchYear = month > 2 ? year : year - 1
    let marchMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
    self.init(uncheckedDayNumber: Int32(365 * marchYear + leapDays + dayOfYear - 719_468))
  }

  /// A date written as ISO 8601 does, `2021-03-01`: ten ASCII characters and nothing else.
  package init?(iso utf8: some Collection<UInt8>) {
    // Contiguous bytes, which nearly all are, are read where they lie.
    let found = utf8.withContiguousStorageIfAvailable { Self.read($0) }
    guard let date = found ?? Array(utf8.prefix(11)).withUnsafeBufferPointer({ Self.read($0) })
    else { return nil }
    self = date
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> CalendarDate? {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
      return nil
    }
    var numbers = (year: 0, month: 0, day: 0)
    for position in 0..<10 where position != 4 && position != 7 {
      let digit = Int(bytes[position]) - Int(UInt8(ascii: "0"))
      guard digit >= 0, digit <= 9 else { return nil }
      switch position {
      case 0..<4: numbers.year = numbers.year * 10 + digit
      case 5..<7: numbers.month = numbers.month * 10 + digit
      default: numbers.day = numbers.day * 10 + digit
      }
    }
    return CalendarDate(year: numbers.year, month: numbers.month, day: numbers.day)
  }

  /// A date written as ISO 8601 does.
  package init?(iso text: String) {
    self.init(iso: text.utf8)
  }

  /// The year, month and day of the month.
  package var parts: (year: Int, month: Int, day: Int) {
    // Days after 0000-03-01, counted in cycles of 400 years, which all have 146,097 days.
    let days = Int(dayNumber) + 719_468
    let cycle = days / 146_097
    let dayOfCycle = days % 146_097
    let yearOfCycle =
      (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }

  /// The year, 1 to 9999.
  package var year: Int { parts.year }
  /// The month, 1 to 12.
  package var month: Int { parts.month }
  /// The day of the month, 1 to 31.
  package var day: Int { parts.day }

  /// The day of the week, 1 for Monday to 7 for Sunday, as ISO 8601 counts.
  package var weekday: Int {
    // The first date of all was a Monday.
    (Int(dayNumber) + 719_162) % 7 + 1
  }

  /// The date as ISO 8601 writes it.
  package var iso: String {
    let (year, month, day) = parts
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// How many days a month has.
  package static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year: year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether a year has a 29 February.
  package static func isLeap(year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// The date this many days later; nil out of range.
  package func adding(days: Int) -> CalendarDate? {
    let (sum, overflows) = Int(dayNumber).addingReportingOverflow(days)
    return overflows ? nil : CalendarDate(dayNumber: sum)
  }

  /// The days from this date to another, negative when the other is earlier.
  package func days(to other: CalendarDate) -> Int {
    Int(other.dayNumber) - Int(dayNumber)
  }

  /// Whether one date is before another.
  @inlinable
  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.dayNumber < right.dayNumber
  }
}

extension CalendarDate: CustomStringConvertible {
  /// The date as ISO 8601 writes it.
  package var description: String { iso }
}

/// A number that is not negative, with zeros in front up to a width.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
