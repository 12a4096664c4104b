// Day-count conventions: which fraction of a year lies between two dates, exactly.

/// How a contract for interest turns two dates into a fraction of a year.
///
/// Sources, with worked examples in docs/day-counts.md: the 2006 ISDA Definitions, section
/// 4.16, and the ACTUS data dictionary, term `dayCountConvention`.
package enum DayCount: String, Hashable, Sendable, CaseIterable {
  /// Days in leap years by 366 and the others by 365; section 4.16(b).
  case actualActual = "actual/actual ISDA"
  /// Days by 365, in leap years too; section 4.16(d).
  case actual365 = "actual/365"
  /// Days by 360; section 4.16(e).
  case actual360 = "actual/360"
  /// Months of 30 days, a 31st cut to 30 at the end only behind a 30th; section 4.16(f).
  case thirty360 = "30/360"
  /// Months of 30 days, every 31st cut to 30; section 4.16(g).
  case thirtyE360 = "30E/360"
  /// Months of 30 days, every last day of a month a 30th, but for a maturity at the end of
  /// February; section 4.16(h).
  case thirtyE360ISDA = "30E/360 ISDA"
  /// Months of 28 days, every later day cut to 28; named in the ACTUS dictionary only.
  case twentyEightE336 = "28E/336"

  /// Whether the fraction depends on the day the whole debt matures.
  package var needsMaturity: Bool { self == .thirtyE360ISDA }

  /// The fraction of a year from one date to another, both taken as the beginning of their day.
  ///
  /// Where the second date is the earlier one, it is the fraction from it to the first, negative.
  /// 2013-01-31 to 2013-02-28 is 28/365, 28/360, 28/360 (30/360 and 30E/360: 58 less 30 days),
  /// 30/360 (30E/360 ISDA) and 28/336.
  ///
  /// - Parameter maturity: The day the debt matures; only `30E/360 ISDA` asks for it.
  package func yearFraction(
    from start: CalendarDate, to end: CalendarDate, maturity: CalendarDate?
  ) -> Fraction {
    if end < start { return -yearFraction(from: end, to: start, maturity: maturity) }
    switch self {
    case .actualActual: return Self.byCalendarYear(start, end)
    case .actual365: return Self.quotient(start.days(to: end), 365)
    case .actual360: return Self.quotient(start.days(to: end), 360)
    case .thirty360, .thirtyE360, .thirtyE360ISDA:
      return Self.quotient(equalMonths(of: 30, start, end, maturity), 360)
    case .twentyEightE336: return Self.quotient(equalMonths(of: 28, start, end, maturity), 336)
    }
  }

  /// The days where every month has the same number of them.
  private func equalMonths(
    of length: Int, _ start: CalendarDate, _ end: CalendarDate, _ maturity: CalendarDate?
  ) -> Int {
    let (startYear, startMonth, startDay) = start.parts
    let (endYear, endMonth, endDay) = end.parts
    let first: Int
    let last: Int
    switch self {
    case .thirty360:
      first = min(startDay, length)
      last = first == length ? min(endDay, length) : endDay
    case .thirtyE360ISDA:
      first = Self.isLastOfMonth(startYear, startMonth, startDay) ? length : startDay
      let isCut =
        Self.isLastOfMonth(endYear, endMonth, endDay) && (endMonth != 2 || end != maturity)
      last = isCut ? length : endDay
    default:
      first = min(startDay, length)
      last = min(endDay, length)
    }
    return 12 * length * (endYear - startYear) + length * (endMonth - startMonth) + last - first
  }

  private static func isLastOfMonth(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    day == CalendarDate.dayCount(year: year, month: month)
  }

  /// The part of each calendar year that lies between two dates, the first not after the second.
  private static func byCalendarYear(_ start: CalendarDate, _ end: CalendarDate) -> Fraction {
    let from = dayOfYear(start)
    let to = dayOfYear(end)
    // A whole year is one, so what is left is what both ends have of their own years.
    let years = end.year - start.year
    let leapDays = (isLeap(end) ? to : 0) - (isLeap(start) ? from : 0)
    let otherDays = (isLeap(end) ? 0 : to) - (isLeap(start) ? 0 : from)
    return quotient(years * 365 * 366 + leapDays * 365 + otherDays * 366, 365 * 366)
  }

  private static func isLeap(_ day: CalendarDate) -> Bool { CalendarDate.isLeap(year: day.year) }

  /// The days of its year before a date.
  private static func dayOfYear(_ date: CalendarDate) -> Int {
    guard let newYear = CalendarDate(year: date.year, month: 1, day: 1) else { return 0 }
    return newYear.days(to: date)
  }

  /// A quotient whose denominator is one of the few above and not zero.
  private static func quotient(_ days: Int, _ year: Int) -> Fraction {
    (try? Fraction(numerator: Int64(days), denominator: Int64(year))) ?? .zero
  }
}
