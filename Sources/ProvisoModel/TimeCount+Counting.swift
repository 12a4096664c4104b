// Units of time counted between two days: the one meaning that both evaluators share.

package import ProvisoQuantities

extension TimeCount {
  /// How many units lie between two days, completed or started.
  package func count(
    _ unit: TimeUnit, from start: CalendarDate, to end: CalendarDate,
    _ convention: MonthConvention
  ) -> Int {
    switch (unit, self) {
    case (.days, .completed): CountingTime.daysCompleted(from: start, to: end)
    case (.days, .started): CountingTime.daysStarted(from: start, to: end)
    case (.months, .completed):
      CountingTime.monthsCompleted(from: start, to: end, convention: convention)
    case (.months, .started):
      CountingTime.monthsStarted(from: start, to: end, convention: convention)
    case (.years, .completed):
      CountingTime.yearsCompleted(from: start, to: end, convention: convention)
    case (.years, .started):
      CountingTime.yearsStarted(from: start, to: end, convention: convention)
    }
  }
}
