// Dates, month arithmetic under both conventions, and counting calendar time by its definition.

import ProvisoQuantities
import Testing

@Suite struct CalendarTests {
  private func date(_ iso: String) throws -> CalendarDate {
    try #require(CalendarDate(iso: iso))
  }

  @Test func everyDayFrom1600To2400RoundTrips() throws {
    var day = try date("1600-01-01")
    let last = try date("2400-12-31")
    var year = 1600
    var month = 1
    var dayOfMonth = 1
    var weekday = 6
    while day <= last {
      guard day.year == year, day.month == month, day.day == dayOfMonth, day.weekday == weekday,
        CalendarDate(year: year, month: month, day: dayOfMonth) == day,
        CalendarDate(iso: day.iso) == day
      else {
        Issue.record("\(day) should be \(year)-\(month)-\(dayOfMonth)")
        return
      }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      dayOfMonth += 1
      if dayOfMonth > lengths[month - 1] { (month, dayOfMonth) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      weekday = weekday % 7 + 1
      day = try #require(day.adding(days: 1))
    }
    #expect(year == 2401)
  }

  @Test func knownDaysHaveTheirKnownNumbers() throws {
    #expect(try date("1970-01-01").dayNumber == 0)
    #expect(try date("2000-03-01").dayNumber == 11_017)
    #expect(try date("0001-01-01") == .first)
    #expect(try date("9999-12-31") == .last)
    #expect(CalendarDate.last.adding(days: 1) == nil)
    #expect(CalendarDate.first.adding(days: -1) == nil)
    #expect(CalendarDate.first.adding(days: .max) == nil)
    #expect(CalendarDate.last.adding(days: .min) == nil)
    #expect(try date("2021-03-01").days(to: date("2020-02-29")) == -366)
  }

  @Test(arguments: [
    "2021-02-29", "2021-02-30", "1900-02-29", "2021-13-01", "2021-00-10", "2021-01-00",
    "2021-04-31", "0000-01-01", "2021-1-01", "2021-01-1", "20210101", "2021/01/01", "",
    "2021-01-01T00:00", "+021-01-01", "２021-01-0", "2021-01-0a",
  ])
  func textThatIsNoDateIsRefused(_ text: String) {
    #expect(CalendarDate(iso: text) == nil)
  }

  @Test func leapDaysExistWhereTheyShould() {
    #expect(CalendarDate(iso: "2000-02-29") != nil)
    #expect(CalendarDate(iso: "2024-02-29") != nil)
    #expect(CalendarDate(year: 10_000, month: 1, day: 1) == nil)
    #expect(CalendarDate(year: .max, month: .max, day: .max) == nil)
    #expect(CalendarDate(year: .min, month: .min, day: .min) == nil)
  }

  @Test(arguments: [
    ("2021-01-31", 1, "2021-02-28", "2021-03-01"),
    ("2020-01-31", 1, "2020-02-29", "2020-03-01"),
    ("2020-01-30", 1, "2020-02-29", "2020-03-01"),
    ("2020-01-29", 1, "2020-02-29", "2020-02-29"),
    ("2020-02-29", 12, "2021-02-28", "2021-03-01"),
    ("2020-02-29", 48, "2024-02-29", "2024-02-29"),
    ("2021-02-28", 1, "2021-03-28", "2021-03-28"),
    ("2021-08-31", 1, "2021-09-30", "2021-10-01"),
    ("2021-03-31", -1, "2021-02-28", "2021-03-01"),
    ("2021-12-31", 2, "2022-02-28", "2022-03-01"),
    ("2021-03-15", 0, "2021-03-15", "2021-03-15"),
    ("2024-02-29", -12, "2023-02-28", "2023-03-01"),
  ])
  func monthsAreAddedUnderBothConventions(
    _ start: String, _ months: Int, _ lastDay: String, _ rollOver: String
  ) throws {
    let start = try date(start)
    let first = try #require(start.adding(months: months, convention: .lastDay))
    let second = try #require(start.adding(months: months, convention: .rollOver))
    #expect(first.date.iso == lastDay)
    #expect(second.date.iso == rollOver)
    let isDisputed = lastDay != rollOver
    #expect(first.isDisputed == isDisputed && second.isDisputed == isDisputed)
    #expect(start.isDisputed(addingMonths: months) == isDisputed)
    #expect(first.otherReading == (isDisputed ? second.date : nil))
    #expect(second.otherReading == (isDisputed ? first.date : nil))
  }

  @Test func monthSumsOutOfRangeAreRefused() throws {
    #expect(CalendarDate.last.adding(months: 1, convention: .lastDay) == nil)
    #expect(CalendarDate.first.adding(months: -1, convention: .rollOver) == nil)
    #expect(CalendarDate.first.adding(months: .max, convention: .rollOver) == nil)
    #expect(CalendarDate.first.adding(months: .min, convention: .lastDay) == nil)
    // Shifting by 400 years keeps the day of the week.
    let day = try date("2024-02-29")
    let shifted = try #require(day.adding(months: 4_800, convention: .lastDay))
    #expect(shifted.date.iso == "2424-02-29" && shifted.date.weekday == day.weekday)
  }

  @Test func durationsAddMonthsThenDaysThenBusinessDays() throws {
    let start = try date("2021-01-31")
    let duration = CalendarDuration(months: 1, days: 1)
    #expect(start.adding(duration, months: .lastDay, businessDays: nil)?.iso == "2021-03-01")
    #expect(start.adding(duration, months: .rollOver, businessDays: nil)?.iso == "2021-03-02")
    let business = CalendarDuration(businessDays: 1)
    #expect(start.adding(business, months: .lastDay, businessDays: nil) == nil)
    let calendar = BusinessCalendar(holidays: [try date("2021-01-01")])
    #expect(start.adding(business, months: .lastDay, businessDays: calendar)?.iso == "2021-02-01")
  }

  @Test func durationsAreSaidInWords() {
    #expect(CalendarDuration(months: 6).description == "6 months")
    #expect(CalendarDuration(months: 12).description == "1 year")
    #expect(CalendarDuration(months: 18).description == "18 months")
    #expect(CalendarDuration(days: 30).description == "30 days")
    #expect(CalendarDuration(days: 1).description == "1 day")
    #expect(CalendarDuration(businessDays: 5).description == "5 business days")
    #expect(CalendarDuration(months: 1, days: 2).description == "1 month and 2 days")
    #expect(CalendarDuration.zero.description == "0 days")
    #expect(CalendarDuration(days: .min).reversed == nil)
  }

  /// The greatest n with start plus n units not after end, by trying them all.
  private func completed(
    _ start: CalendarDate, _ end: CalendarDate, _ unit: Int, _ convention: MonthConvention
  ) throws -> Int {
    var greatest = -5
    for count in -5...30 {
      let sum = try #require(start.adding(months: count * unit, convention: convention))
      if sum.date <= end { greatest = count }
    }
    return greatest
  }

  /// The least n ≥ 0 with start plus n units not before end, by trying them in order.
  private func started(
    _ start: CalendarDate, _ end: CalendarDate, _ unit: Int, _ convention: MonthConvention
  ) throws -> Int {
    try #require(
      (0...30).first { count in
        (start.adding(months: count * unit, convention: convention)?.date).map { $0 >= end }
          ?? false
      })
  }

  @Test(arguments: MonthConvention.allCases)
  func countsAgreeWithTheirDefinition(_ convention: MonthConvention) throws {
    let first = try date("2019-12-25")
    for startOffset in stride(from: 0, to: 440, by: 1) where startOffset % 31 < 14 {
      let start = try #require(first.adding(days: startOffset))
      for endOffset in stride(from: -70, to: 800, by: 7) {
        let end = try #require(start.adding(days: endOffset))
        let months = CountingTime.monthsCompleted(from: start, to: end, convention: convention)
        let begun = CountingTime.monthsStarted(from: start, to: end, convention: convention)
        let years = CountingTime.yearsCompleted(from: start, to: end, convention: convention)
        let yearsBegun = CountingTime.yearsStarted(from: start, to: end, convention: convention)
        guard try months == completed(start, end, 1, convention),
          try begun == started(start, end, 1, convention),
          try years == completed(start, end, 12, convention),
          try yearsBegun == started(start, end, 12, convention)
        else {
          Issue.record("\(start) to \(end): \(months), \(begun), \(years), \(yearsBegun)")
          return
        }
      }
    }
  }

  @Test func countsAtMonthEndsFollowTheConvention() throws {
    let january = try date("2021-01-31")
    let february = try date("2021-02-28")
    let march = try date("2021-03-01")
    #expect(CountingTime.monthsCompleted(from: january, to: february, convention: .lastDay) == 1)
    #expect(CountingTime.monthsCompleted(from: january, to: february, convention: .rollOver) == 0)
    #expect(CountingTime.monthsCompleted(from: january, to: march, convention: .rollOver) == 1)
    #expect(CountingTime.monthsStarted(from: january, to: march, convention: .rollOver) == 1)
    #expect(CountingTime.monthsStarted(from: january, to: march, convention: .lastDay) == 2)
    #expect(CountingTime.monthsStarted(from: january, to: january, convention: .lastDay) == 0)
    #expect(CountingTime.monthsStarted(from: march, to: january, convention: .lastDay) == 0)
    #expect(CountingTime.monthsCompleted(from: march, to: january, convention: .lastDay) == -2)
    #expect(CountingTime.daysCompleted(from: march, to: january) == -29)
    #expect(CountingTime.daysStarted(from: march, to: january) == 0)
    let leap = try date("2020-02-29")
    let year = try date("2021-02-28")
    #expect(CountingTime.yearsCompleted(from: leap, to: year, convention: .lastDay) == 1)
    #expect(CountingTime.yearsCompleted(from: leap, to: year, convention: .rollOver) == 0)
    #expect(
      CountingTime.yearsCompleted(from: .first, to: .last, convention: .lastDay) == 9_998)
    #expect(CountingTime.monthsStarted(from: .first, to: .last, convention: .rollOver) == 119_988)
  }
}
