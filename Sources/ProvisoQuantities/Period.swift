// Calendar periods (years, half-years, quarters, months) as numbered steps on the calendar.

/// The length of a calendar period.
package enum PeriodLength: Hashable, Sendable, CaseIterable, Comparable {
  /// A calendar month: `2024-03`.
  case month
  /// Three months: `2024-Q1`.
  case quarter
  /// Six months: `2024-H1`.
  case halfYear
  /// A calendar year: `2024`.
  case year

  /// How many months it has.
  package var months: Int {
    switch self {
    case .month: 1
    case .quarter: 3
    case .halfYear: 6
    case .year: 12
    }
  }

  /// The noun a ruleset uses.
  package var noun: String {
    switch self {
    case .month: "month"
    case .quarter: "quarter"
    case .halfYear: "half-year"
    case .year: "year"
    }
  }
}

/// One calendar period: `2024`, `2024-H1`, `2024-Q1` or `2024-03`.
package struct Period: Hashable, Sendable {
  /// Its length.
  package let length: PeriodLength
  /// Its number: the periods of its length since the year 0.
  private let index: Int32

  /// A period by its number; nil outside the years 1 to 9999.
  private init?(length: PeriodLength, index: Int) {
    let perYear = 12 / length.months
    guard index >= perYear, index < 10_000 * perYear else { return nil }
    self.init(length: length, checkedIndex: index)
  }

  /// A period by a number known to be in range.
  private init(length: PeriodLength, checkedIndex: Int) {
    self.length = length
    index = Int32(checkedIndex)
  }

  /// The period of a length with this number; nil outside the years 1 to 9999.
  package init?(length: PeriodLength, number: Int) {
    self.init(length: length, index: number)
  }

  /// A calendar year; nil outside 1 to 9999.
  package init?(year: Int) {
    self.init(length: .year, year: year, ordinal: 1)
  }

  /// The nth period of a length in a year, counted from 1; nil when there is none.
  package init?(length: PeriodLength, year: Int, ordinal: Int) {
    let perYear = 12 / length.months
    guard (1...9999).contains(year), ordinal >= 1, ordinal <= perYear else { return nil }
    self.init(length: length, checkedIndex: year * perYear + ordinal - 1)
  }

  /// A period by its text, exactly as `description` writes it.
  package init?(text: String) {
    self.init(utf8: text.utf8)
  }

  /// A period by the bytes of its text.
  package init?(utf8: some Collection<UInt8>) {
    guard utf8.count <= 7 else { return nil }
    let bytes = Array(utf8)
    guard let year = Self.number(bytes.prefix(4)), bytes.count >= 4 else { return nil }
    let rest = bytes.dropFirst(4)
    switch (rest.count, rest.dropFirst().first) {
    case (0, _):
      self.init(year: year)
    case (3, UInt8(ascii: "H")) where rest.first == UInt8(ascii: "-"):
      self.init(length: .halfYear, year: year, ordinal: Self.number(rest.suffix(1)) ?? 0)
    case (3, UInt8(ascii: "Q")) where rest.first == UInt8(ascii: "-"):
      self.init(length: .quarter, year: year, ordinal: Self.number(rest.suffix(1)) ?? 0)
    case (3, _) where rest.first == UInt8(ascii: "-"):
      self.init(length: .month, year: year, ordinal: Self.number(rest.suffix(2)) ?? 0)
    default:
      return nil
    }
  }

  /// The value of at most four digits.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return digits.isEmpty ? nil : value
  }

  /// The period of a length in which a date lies.
  package static func containing(_ date: CalendarDate, length: PeriodLength) -> Period {
    let (year, month, _) = date.parts
    return Period(length: length, checkedIndex: (year * 12 + month - 1) / length.months)
  }

  /// The calendar year in which the period lies.
  package var year: Int { firstMonth / 12 }

  /// The period's place in its year, from 1.
  package var ordinal: Int { Int(index) % (12 / length.months) + 1 }

  /// Its number: the periods of its length since the year 0.
  package var number: Int { Int(index) }

  /// Months since the year 0 at which the period begins.
  private var firstMonth: Int { Int(index) * length.months }

  /// The first day.
  package var start: CalendarDate {
    CalendarDate(year: year, month: firstMonth % 12 + 1, day: 1) ?? .first
  }

  /// The last day, which belongs to the period.
  package var end: CalendarDate {
    let last = firstMonth + length.months - 1
    let month = last % 12 + 1
    return CalendarDate(
      year: year, month: month, day: CalendarDate.dayCount(year: year, month: month)) ?? .last
  }

  /// Whether a date lies in the period.
  package func contains(_ date: CalendarDate) -> Bool {
    start <= date && date <= end
  }

  /// Whether a period of the same length or a shorter one lies wholly in this one.
  package func contains(_ other: Period) -> Bool {
    start <= other.start && other.end <= end
  }

  /// The period this many of its own length later; nil outside the years 1 to 9999.
  package func advanced(by count: Int) -> Period? {
    let (sum, overflows) = Int(index).addingReportingOverflow(count)
    return overflows ? nil : Period(length: length, index: sum)
  }

  /// How many periods later the other is; nil when their lengths differ.
  package func distance(to other: Period) -> Int? {
    length == other.length ? Int(other.index) - Int(index) : nil
  }

  /// The periods of a shorter length that make up this one, in order; empty for a longer length.
  package func periods(of length: PeriodLength) -> [Period] {
    guard length <= self.length else { return [] }
    let count = self.length.months / length.months
    return (0..<count).map {
      Period(length: length, checkedIndex: firstMonth / length.months + $0)
    }
  }
}

extension Period: Comparable {
  /// By first day; of two that begin together the longer comes first.
  package static func < (left: Period, right: Period) -> Bool {
    (left.firstMonth, right.length) < (right.firstMonth, left.length)
  }
}

extension Period: CustomStringConvertible {
  /// The period as rulesets and contracts write it.
  package var description: String {
    let yearText = padded(year, to: 4)
    switch length {
    case .year: return yearText
    case .halfYear: return "\(yearText)-H\(ordinal)"
    case .quarter: return "\(yearText)-Q\(ordinal)"
    case .month: return "\(yearText)-\(padded(ordinal, to: 2))"
    }
  }
}
