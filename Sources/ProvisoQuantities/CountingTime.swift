// How many days, months or years lie between two dates, completed or started.

/// Counts of calendar time between two dates, as docs/language.md defines them.
///
/// *Completed* is the greatest n with the first date plus n units not after the second, so it is
/// negative when the second date is earlier. *Started* is the least n ≥ 0 with the first date plus
/// n units not before the second.
package enum CountingTime {
  /// The days completed from one date to another.
  package static func daysCompleted(from start: CalendarDate, to end: CalendarDate) -> Int {
    start.days(to: end)
  }

  /// The days started from one date to another.
  package static func daysStarted(from start: CalendarDate, to end: CalendarDate) -> Int {
    max(0, start.days(to: end))
  }

  /// The months completed from one date to another.
  ///
  /// 2021-01-31 to 2021-02-28 is one month when months end on the last day, and none when they
  /// roll over, because the month then ends on 1 March.
  package static func monthsCompleted(
    from start: CalendarDate, to end: CalendarDate, convention: MonthConvention
  ) -> Int {
    let estimate = monthsApart(start, end)
    return isReached(start, plus: estimate, by: end, convention) ? estimate : estimate - 1
  }

  /// The months started from one date to another.
  package static func monthsStarted(
    from start: CalendarDate, to end: CalendarDate, convention: MonthConvention
  ) -> Int {
    unitsStarted(from: start, to: end, estimate: monthsApart(start, end), 1, convention)
  }

  /// The years completed from one date to another.
  package static func yearsCompleted(
    from start: CalendarDate, to end: CalendarDate, convention: MonthConvention
  ) -> Int {
    let estimate = end.year - start.year
    return isReached(start, plus: estimate * 12, by: end, convention) ? estimate : estimate - 1
  }

  /// The years started from one date to another.
  package static func yearsStarted(
    from start: CalendarDate, to end: CalendarDate, convention: MonthConvention
  ) -> Int {
    unitsStarted(from: start, to: end, estimate: end.year - start.year, 12, convention)
  }

  /// The difference of the two dates' months, whatever their days.
  private static func monthsApart(_ start: CalendarDate, _ end: CalendarDate) -> Int {
    let (startYear, startMonth, _) = start.parts
    let (endYear, endMonth, _) = end.parts
    return (endYear - startYear) * 12 + endMonth - startMonth
  }

  /// Whether a date plus months is not after another.
  private static func isReached(
    _ start: CalendarDate, plus months: Int, by end: CalendarDate, _ convention: MonthConvention
  ) -> Bool {
    guard let sum = start.adding(months: months, convention: convention) else { return false }
    return sum.date <= end
  }

  /// The least count of units whose end is not before a date.
  ///
  /// A unit that rolls over ends on the first of the next month, so the count may be one less
  /// than the difference of the months, or one more.
  private static func unitsStarted(
    from start: CalendarDate, to end: CalendarDate, estimate: Int, _ monthsInUnit: Int,
    _ convention: MonthConvention
  ) -> Int {
    guard start < end, let dayBefore = end.adding(days: -1) else { return 0 }
    var count = max(0, estimate - 1)
    while isReached(start, plus: count * monthsInUnit, by: dayBefore, convention) { count += 1 }
    return count
  }
}
