// The manual pages of what can be wrong with dates, periods and counting time.

import ProvisoSource

/// E05: dates, periods and time.
enum TimePages: DiagnosticRegistry {
  static let noMonthConvention = DiagnosticPage(
    code: "E0501", title: "months counted without a convention",
    badExample: """
      ruleset aid "Aid" { version "1" }
      … repaid by signed + 3 months
      """,
    goodExample: """
      ruleset aid "Aid" { version "1" months end on the last day }
      … repaid by signed + 3 months
      """,
    reason: """
      30 November plus three months is 28 February to one reader and 1 March to another. Where \
      the day decides a breach, the ruleset says which.
      """)
  static let dateAndNumber = DiagnosticPage(
    code: "E0502", title: "a day plus a bare number",
    badExample: "requires repaid <= signed + 30",
    goodExample: "requires repaid <= signed + 30 days",
    reason: "30 may be calendar days, business days or months.")
  static let dateDifference = DiagnosticPage(
    code: "E0503", title: "one day taken from another",
    badExample: "requires as_of - signed <= 365",
    goodExample: "requires days completed from signed to as_of <= 365",
    reason: """
      Counting has two ends: `completed` and `started` say how they are treated, in days, months \
      or years.
      """)
  static let seriesWithoutPeriod = DiagnosticPage(
    code: "E0504", title: "a series read without a period",
    badExample: "requires emissions <= 500 tCO2e",
    goodExample: "requires emissions at period <= 500 tCO2e",
    reason: "A series has a value for every period; which one is meant decides the verdict.")
  static let levelWithoutDate = DiagnosticPage(
    code: "E0505", title: "a level by date read without a day",
    badExample: "requires redeemed = 100%",
    goodExample: "requires redeemed at test_date = 100%",
    reason: "A level changes over time: the rule says on which day it is read.")
  static let atOfNoFact = DiagnosticPage(
    code: "E0506", title: "`at` behind something computed",
    badExample: "requires (amount + disbursed) at signed > 0",
    goodExample: "requires (amount at signed) + (disbursed at signed) > 0",
    reason: "`at` reads facts as they stood on a day. A computed value has no history of its own.")
  static let periodLengths = DiagnosticPage(
    code: "E0507", title: "periods of different lengths",
    badExample: "requires ebitda at 2024 > 0      # ebitda : EUR by quarter",
    goodExample: "requires ebitda at 2024-Q4 > 0",
    reason: """
      A series by quarter has no value for a year; adding up four quarters is written as a \
      window.
      """)
  static let dateForPeriod = DiagnosticPage(
    code: "E0508", title: "a day where a period is wanted",
    badExample: "requires emissions at signed <= 500 tCO2e",
    goodExample: "requires emissions at (year of signed) <= 500 tCO2e",
    reason: "A series is reported for whole periods; `year of D` says which one holds the day.")
  static let periodOutsideTest = DiagnosticPage(
    code: "E0509", title: "`period` where no period is tested",
    badExample: """
      tested on signed
      requires emissions at period <= 500 tCO2e
      """,
    goodExample: """
      tested yearly from 2021
      requires emissions at period <= 500 tCO2e
      """,
    reason: """
      `period` is the period under test of a condition that is tested yearly, half-yearly, \
      quarterly or monthly. A define takes it as a parameter.
      """)
  static let dateAndPeriod = DiagnosticPage(
    code: "E0510", title: "a day compared with a period",
    badExample: "requires signed = 2021",
    goodExample: "requires signed in 2021",
    reason: "A period has a first and a last day; whether a day lies in it is asked with `in`.")
  static let durationCompared = DiagnosticPage(
    code: "E0511", title: "lengths of calendar time compared",
    badExample: "requires 3 months <= 90 days",
    goodExample: "requires days completed from signed to as_of <= 90",
    reason: "Three months are 89 to 92 days, depending on where they begin.")
  static let badDuration = DiagnosticPage(
    code: "E0512", title: "a length of time that cannot be used",
    badExample: "cure within notice days      # notice is a field",
    goodExample: "cure within 30 days",
    reason: "Cures, due dates and delays are the same for every contract and are written out.")
  static let noHolidays = DiagnosticPage(
    code: "E0513", title: "business days without holidays",
    badExample: "requires repaid <= 5 business days after signed",
    goodExample: "ruleset aid \"Aid\" { version \"1\" holidays from \"holidays.csv\" }",
    reason: """
      Which days are business days depends on the calendar of a place; the ruleset names it.
      """)
  static let notAnEvent = DiagnosticPage(
    code: "E0514", title: "an event asked of what is none",
    badExample: """
      contract { repaid : date }
      … requires repaid by 2021-12-31
      """,
    goodExample: """
      contract { repaid : date if any }
      … requires repaid by 2021-12-31
      """,
    reason: """
      A `date if any` may not have happened; a `date` is a fact every contract has. `by` and `is \
      none` speak of the first.
      """)
  static let periodForDate = DiagnosticPage(
    code: "E0515", title: "a period where a day is wanted",
    badExample: "tested on 2021-Q1",
    goodExample: "tested on 2021-Q1.end      # or 2021-03-31",
    reason: "A period has a first and a last day: say which of the two is meant.")
  static let reversedBounds = DiagnosticPage(
    code: "E0516", title: "bounds that leave nothing between them",
    badExample: "governs signed from 2023-01-01 until 2021-01-01",
    goodExample: "governs signed from 2021-01-01 until 2023-01-01",
    reason: "From a later day to an earlier one there is nothing, so the rule would never apply.")
  static let badSchedule = DiagnosticPage(
    code: "E0517", title: "a schedule that cannot be followed",
    badExample: "tested every 0 months from signed",
    goodExample: "tested every 12 months from signed",
    reason: "A schedule needs a step that moves forward, and bounds that are days or periods.")
  static let noBeginning = DiagnosticPage(
    code: "E0518", title: "a schedule without a beginning",
    badExample: """
      contract { amount : EUR }
      … tested yearly
      """,
    goodExample: """
      contract { signed : date  amount : EUR }
      … tested yearly
      """,
    reason: """
      Without `from` a schedule begins with the day of signature, and a continuous test runs from \
      it. A contract without a field `signed` would be undetermined for ever.
      """)
  static let unknownDayCount = DiagnosticPage(
    code: "E0519", title: "a day-count convention that nobody published",
    badExample: "year fraction from signed to as_of by \"act/360\"",
    goodExample: "year fraction from signed to as_of by \"actual/360\"",
    reason: """
      The same two days are different fractions of a year by different conventions, and over a \
      large loan that is money. `docs/day-counts.md` lists the conventions with their sources.
      """)
  static let maturity = DiagnosticPage(
    code: "E0520", title: "a maturity that the day count does not fit",
    badExample: "year fraction from signed to as_of by \"30E/360 ISDA\"",
    goodExample: "year fraction from signed to as_of by \"30E/360 ISDA\" maturing on 2030-02-28",
    reason: """
      30E/360 (ISDA) counts the last day of February as the 30th, but not where the debt matures \
      on it. It is the only convention that asks for that day.
      """)

  static let pages = [
    noMonthConvention, dateAndNumber, dateDifference, seriesWithoutPeriod, levelWithoutDate,
    atOfNoFact, periodLengths, dateForPeriod, periodOutsideTest, dateAndPeriod, durationCompared,
    badDuration, noHolidays, notAnEvent, periodForDate, reversedBounds, badSchedule,
    noBeginning, unknownDayCount, maturity,
  ]
}
