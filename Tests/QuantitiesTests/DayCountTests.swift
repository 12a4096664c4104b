// Day-count conventions: worked examples, hand-made edges, and what holds for all days.

import ProvisoQuantities
import ProvisoTestSupport
import Testing

@Suite("Day counts") struct DayCountTests {
  private struct Case: CustomStringConvertible {
    let start: String
    let end: String
    let maturity: String?
    let convention: DayCount
    let numerator: Int64
    let denominator: Int64
    var description: String { "\(start) to \(end) by \(convention.rawValue)" }

    init(
      _ start: String, _ end: String, _ convention: DayCount, _ numerator: Int64,
      _ denominator: Int64, maturity: String? = nil
    ) {
      self.start = start
      self.end = end
      self.maturity = maturity
      self.convention = convention
      self.numerator = numerator
      self.denominator = denominator
    }
  }

  private static let cases = [
    // The worked examples of ISDA's paper on actual/actual (1998): regular, short first, long
    // first, short last.
    Case("2003-11-01", "2004-05-01", .actualActual, 61 * 366 + 121 * 365, 365 * 366),
    Case("1999-02-01", "1999-07-01", .actualActual, 150, 365),
    Case("1999-07-01", "2000-07-01", .actualActual, 184 * 366 + 182 * 365, 365 * 366),
    Case("2002-08-15", "2003-07-15", .actualActual, 334, 365),
    Case("2003-07-15", "2004-01-15", .actualActual, 170 * 366 + 14 * 365, 365 * 366),
    Case("1999-07-30", "2000-01-30", .actualActual, 155 * 366 + 29 * 365, 365 * 366),
    Case("2000-01-30", "2000-06-30", .actualActual, 152, 366),
    Case("2019-06-30", "2024-06-30", .actualActual, 5 * 365 * 366 + 181 * 365 - 180 * 366, 133_590),
    Case("2024-02-28", "2024-03-01", .actual365, 2, 365),
    Case("2024-01-01", "2025-01-01", .actual365, 366, 365),
    Case("2024-01-01", "2025-01-01", .actual360, 366, 360),
    // 4.16(f), (g) and (h) around the ends of months.
    Case("2006-08-31", "2007-02-28", .thirty360, 178, 360),
    Case("2006-08-31", "2007-02-28", .thirtyE360, 178, 360),
    Case("2006-08-31", "2007-02-28", .thirtyE360ISDA, 180, 360, maturity: "2009-02-28"),
    Case("2007-02-28", "2007-08-31", .thirty360, 183, 360),
    Case("2007-02-28", "2007-08-31", .thirtyE360, 182, 360),
    Case("2007-02-28", "2007-08-31", .thirtyE360ISDA, 180, 360, maturity: "2009-02-28"),
    Case("2008-02-29", "2008-08-31", .thirty360, 182, 360),
    Case("2008-02-29", "2008-08-31", .thirtyE360, 181, 360),
    Case("2008-08-30", "2008-10-31", .thirty360, 60, 360),
    Case("2008-08-29", "2008-10-31", .thirty360, 62, 360),
    Case("2008-08-29", "2008-10-31", .thirtyE360, 61, 360),
    Case("2007-08-31", "2008-02-29", .thirtyE360ISDA, 180, 360, maturity: "2010-02-28"),
    Case("2007-08-31", "2008-02-29", .thirtyE360ISDA, 179, 360, maturity: "2008-02-29"),
    Case("2007-08-31", "2008-08-31", .thirtyE360ISDA, 360, 360, maturity: "2008-08-31"),
    Case("2013-01-31", "2013-02-28", .twentyEightE336, 28, 336),
    Case("2013-01-29", "2014-01-31", .twentyEightE336, 336, 336),
    Case("2013-01-01", "2013-01-31", .twentyEightE336, 27, 336),
  ]

  private func day(_ text: String) throws -> CalendarDate {
    try #require(CalendarDate(iso: text))
  }

  @Test func workedExamples() throws {
    for example in Self.cases {
      let found = example.convention.yearFraction(
        from: try day(example.start), to: try day(example.end),
        maturity: try example.maturity.map(day))
      let expected = try Fraction(numerator: example.numerator, denominator: example.denominator)
      #expect(found == expected, "\(example)")
    }
  }

  @Test func backwardsIsNegativeAndNoTimeIsNothing() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<2_000 {
      let start = try #require(CalendarDate(dayNumber: random.below(60_000)))
      let end = try #require(start.adding(days: random.below(4_000)))
      for convention in DayCount.allCases {
        let years = convention.yearFraction(from: start, to: end, maturity: nil)
        #expect(convention.yearFraction(from: end, to: start, maturity: nil) == -years)
        #expect(convention.yearFraction(from: start, to: start, maturity: nil) == .zero)
        #expect(years.sign >= 0)
      }
    }
  }

  /// What the actual conventions count of two spans is what they count of both in one.
  @Test func actualDaysAddUp() throws {
    var random = SeededRandom(seed: 11)
    for _ in 0..<2_000 {
      let start = try #require(CalendarDate(dayNumber: random.below(60_000)))
      let middle = try #require(start.adding(days: random.below(2_000)))
      let end = try #require(middle.adding(days: random.below(2_000)))
      for convention in [DayCount.actualActual, .actual360, .actual365] {
        func years(_ from: CalendarDate, _ to: CalendarDate) -> Fraction {
          convention.yearFraction(from: from, to: to, maturity: nil)
        }
        #expect(try years(start, middle) + years(middle, end) == years(start, end))
      }
    }
  }

  @Test func theCalendarRepeatsEvery400Years() throws {
    var random = SeededRandom(seed: 13)
    for _ in 0..<500 {
      let start = try #require(CalendarDate(dayNumber: random.below(60_000)))
      let end = try #require(start.adding(days: random.below(4_000)))
      let later = try #require(start.adding(days: 146_097))
      let laterEnd = try #require(end.adding(days: 146_097))
      for convention in DayCount.allCases {
        #expect(
          convention.yearFraction(from: start, to: end, maturity: end)
            == convention.yearFraction(from: later, to: laterEnd, maturity: laterEnd))
      }
    }
  }

  @Test func theLongestSpanIsExact() throws {
    let years = DayCount.actualActual.yearFraction(from: .first, to: .last, maturity: nil)
    #expect(years == (try Fraction(numerator: 9_998 * 365 + 364, denominator: 365)))
  }
}
