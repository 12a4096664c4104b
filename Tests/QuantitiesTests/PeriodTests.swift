// Periods and business days.

import ProvisoQuantities
import Testing

@Suite struct PeriodTests {
  private func period(_ text: String) throws -> Period { try #require(Period(text: text)) }

  @Test(arguments: [
    ("2024", "2024-01-01", "2024-12-31"), ("2024-H1", "2024-01-01", "2024-06-30"),
    ("2024-H2", "2024-07-01", "2024-12-31"), ("2024-Q1", "2024-01-01", "2024-03-31"),
    ("2024-Q4", "2024-10-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-02", "2023-02-01", "2023-02-28"), ("0001", "0001-01-01", "0001-12-31"),
    ("9999-12", "9999-12-01", "9999-12-31"),
  ])
  func periodsHaveTheirFirstAndLastDay(_ text: String, _ start: String, _ end: String) throws {
    let period = try period(text)
    #expect(period.description == text)
    #expect(period.start.iso == start && period.end.iso == end)
    #expect(period.contains(period.start) && period.contains(period.end))
    if let before = period.start.adding(days: -1) { #expect(!period.contains(before)) }
    if let after = period.end.adding(days: 1) { #expect(!period.contains(after)) }
    #expect(Period.containing(period.end, length: period.length) == period)
  }

  @Test(arguments: [
    "", "24", "0000", "20245", "2024-", "2024-H0", "2024-H3", "2024-Q0", "2024-Q5", "2024-00",
    "2024-13", "2024-1", "2024_Q1", "2024-q1", "2024-Q", "2024-Q11", "-2024", "2024-X1", "٢٠٢٤",
  ])
  func textThatIsNoPeriodIsRefused(_ text: String) {
    #expect(Period(text: text) == nil)
  }

  @Test func periodsAdvanceAndSubtract() throws {
    #expect(try period("2024-Q4").advanced(by: 1)?.description == "2025-Q1")
    #expect(try period("2024-H1").advanced(by: -1)?.description == "2023-H2")
    #expect(try period("2024-01").advanced(by: -1)?.description == "2023-12")
    #expect(try period("9999").advanced(by: 1) == nil)
    #expect(try period("0001-Q1").advanced(by: -1) == nil)
    #expect(try period("2024").advanced(by: .max) == nil)
    #expect(try period("2019").distance(to: period("2024")) == 5)
    #expect(try period("2024-Q1").distance(to: period("2023-Q2")) == -3)
    #expect(try period("2024-Q1").distance(to: period("2024")) == nil)
  }

  @Test func yearsAreMadeOfShorterPeriods() throws {
    let year = try period("2024")
    #expect(
      year.periods(of: .quarter).map(\.description)
        == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"])
    #expect(year.periods(of: .month).count == 12)
    #expect(year.periods(of: .year) == [year])
    #expect(try period("2024-H2").periods(of: .month).first?.description == "2024-07")
    #expect(try period("2024-Q2").periods(of: .year).isEmpty)
    #expect(try year.contains(period("2024-Q3")))
    #expect(try !period("2024-Q3").contains(year))
    #expect(try !period("2024-Q3").contains(period("2024-10")))
  }

  @Test func periodsAreOrderedByFirstDayAndTheLongerFirst() throws {
    let sorted = ["2024-01", "2024-Q1", "2023", "2024", "2024-H1", "2024-02"]
      .compactMap { Period(text: $0) }.sorted().map(\.description)
    #expect(sorted == ["2023", "2024", "2024-H1", "2024-Q1", "2024-01", "2024-02"])
  }

  @Test func businessDaysSkipWeekendsAndHolidays() throws {
    // The closing days of the euro payment system at Easter 2021 and around the new year.
    let holidays = ["2021-04-05", "2021-01-01", "2021-04-02", "2020-12-25", "2021-04-02"]
      .compactMap { CalendarDate(iso: $0) }
    let calendar = BusinessCalendar(holidays: holidays)
    #expect(
      calendar.holidays.map(\.iso)
        == ["2020-12-25", "2021-01-01", "2021-04-02", "2021-04-05"])
    let thursday = try #require(CalendarDate(iso: "2021-04-01"))
    #expect(calendar.isBusinessDay(thursday))
    #expect(calendar.adding(businessDays: 0, to: thursday) == thursday)
    #expect(calendar.adding(businessDays: 1, to: thursday)?.iso == "2021-04-06")
    #expect(calendar.adding(businessDays: 5, to: thursday)?.iso == "2021-04-12")
    let sunday = try #require(CalendarDate(iso: "2021-04-04"))
    #expect(!calendar.isBusinessDay(sunday))
    #expect(calendar.adding(businessDays: 1, to: sunday)?.iso == "2021-04-06")
    #expect(calendar.adding(businessDays: -1, to: sunday)?.iso == "2021-04-01")
    #expect(calendar.adding(businessDays: .max, to: sunday) == nil)
    #expect(calendar.adding(businessDays: .min, to: sunday) == nil)
    #expect(calendar.adding(businessDays: 1, to: .last) == nil)
  }

  @Test func businessDaysEndWhereTheListOfHolidaysDoes() throws {
    let calendar = BusinessCalendar(
      holidays: ["2020-12-25", "2021-04-02"].compactMap { CalendarDate(iso: $0) })
    #expect(calendar.coverage?.lowerBound.iso == "2020-01-01")
    #expect(calendar.coverage?.upperBound.iso == "2021-12-31")
    let late = try #require(CalendarDate(iso: "2021-12-30"))
    #expect(calendar.adding(businessDays: 1, to: late)?.iso == "2021-12-31")
    #expect(calendar.adding(businessDays: 2, to: late) == nil)
    let early = try #require(CalendarDate(iso: "2020-01-02"))
    #expect(calendar.adding(businessDays: -1, to: early)?.iso == "2020-01-01")
    #expect(calendar.adding(businessDays: -2, to: early) == nil)
    #expect(BusinessCalendar(holidays: []).adding(businessDays: 1, to: late) == nil)
    #expect(BusinessCalendar(holidays: []).adding(businessDays: 0, to: late) == late)
  }
}
