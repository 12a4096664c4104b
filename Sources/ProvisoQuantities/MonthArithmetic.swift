// Adding months to a date, under a stated convention for the day a month lacks.

/// What happens to a day that the month reached does not have.
package enum MonthConvention: Hashable, Sendable, CaseIterable {
  /// `months end on the last day`: 31 January plus a month is 28 or 29 February.
  case lastDay
  /// `months roll over`: 31 January plus a month is 1 March.
  case rollOver

  /// The convention as a ruleset states it.
  package var text: String {
    switch self {
    case .lastDay: "end on the last day"
    case .rollOver: "roll over"
    }
  }
}

/// A date reached by adding months, with the other reading where there is one.
package struct MonthSum: Hashable, Sendable {
  /// The date under the convention asked for.
  package let date: CalendarDate
  /// The date under the other convention, when it is a different day.
  package let otherReading: CalendarDate?

  /// Whether the two conventions give different days.
  package var isDisputed: Bool { otherReading != nil }
}

extension CalendarDate {
  /// The date this many months later, negative for earlier; nil out of range.
  ///
  /// Only a day its month lacks is in dispute: 2021-01-31 plus one month is 2021-02-28 or
  /// 2021-03-01, and both are reported.
  package func adding(months: Int, convention: MonthConvention) -> MonthSum? {
    let (year, month, day) = parts
    let (index, overflows) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflows, index >= 12, index < 120_000 else { return nil }
    let target = (year: index / 12, month: index % 12 + 1)
    let lastDay = CalendarDate.dayCount(year: target.year, month: target.month)
    guard day > lastDay else {
      return CalendarDate(year: target.year, month: target.month, day: day)
        .map { MonthSum(date: $0, otherReading: nil) }
    }
    // December lacks no day, so the day after the last of a shorter month is in the same year.
    guard let last = CalendarDate(year: target.year, month: target.month, day: lastDay),
      let next = last.adding(days: 1)
    else { return nil }
    switch convention {
    case .lastDay: return MonthSum(date: last, otherReading: next)
    case .rollOver: return MonthSum(date: next, otherReading: last)
    }
  }

  /// Whether adding this many months gives different days under the two conventions.
  package func isDisputed(addingMonths months: Int) -> Bool {
    adding(months: months, convention: .lastDay)?.isDisputed ?? false
  }

  /// The date a duration later: months first, then days, then business days; nil out of range,
  /// or when business days are asked for without a calendar.
  package func adding(
    _ duration: CalendarDuration, months convention: MonthConvention,
    businessDays calendar: BusinessCalendar?
  ) -> CalendarDate? {
    let moved = adding(months: duration.months, convention: convention)?.date
      .adding(days: duration.days)
    guard duration.businessDays != 0 else { return moved }
    guard let moved, let calendar else { return nil }
    return calendar.adding(businessDays: duration.businessDays, to: moved)
  }
}
