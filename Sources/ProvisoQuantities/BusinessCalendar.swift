// Business days: all but Saturdays, Sundays and the holidays of a list.

/// The days on which business is done, by a list of holidays.
package struct BusinessCalendar: Hashable, Sendable {
  /// The holidays, sorted, each once.
  package let holidays: [CalendarDate]

  /// A calendar with these holidays, in any order.
  package init(holidays: [CalendarDate]) {
    var sorted: [CalendarDate] = []
    for holiday in holidays.sorted() where sorted.last != holiday { sorted.append(holiday) }
    self.holidays = sorted
  }

  /// Whether a date is neither Saturday, Sunday nor holiday.
  package func isBusinessDay(_ date: CalendarDate) -> Bool {
    date.weekday <= 5 && !isHoliday(date)
  }

  /// The days on which the list says whether they are holidays: the whole years from that of its
  /// first holiday to that of its last. Nil for an empty list, which says nothing of any day.
  package var coverage: ClosedRange<CalendarDate>? {
    guard let first = holidays.first, let last = holidays.last else { return nil }
    return Period.containing(first, length: .year)
      .start...Period.containing(last, length: .year).end
  }

  /// The nth business day after a date, before it when negative; the date itself for 0.
  ///
  /// Nil where a day that is counted or passed over lies outside `coverage`: a list that ends does
  /// not say that there are no holidays later. Nil also beyond 100,000 business days.
  package func adding(businessDays: Int, to date: CalendarDate) -> CalendarDate? {
    guard businessDays.magnitude <= 100_000 else { return nil }
    guard businessDays != 0 else { return date }
    guard let coverage else { return nil }
    let step = businessDays < 0 ? -1 : 1
    var day = date
    var remaining = Int(businessDays.magnitude)
    while remaining > 0 {
      guard let next = day.adding(days: step), coverage.contains(next) else { return nil }
      day = next
      if isBusinessDay(day) { remaining -= 1 }
    }
    return day
  }

  /// Whether the sorted list has a date, by halving.
  private func isHoliday(_ date: CalendarDate) -> Bool {
    var low = 0
    var high = holidays.count
    while low < high {
      let middle = low + (high - low) / 2
      if holidays[middle] < date { low = middle + 1 } else { high = middle }
    }
    return low < holidays.count && holidays[low] == date
  }
}
