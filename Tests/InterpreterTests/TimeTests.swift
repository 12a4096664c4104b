// Values in time, counts of time, events, windows and folds, by scenarios.

import ProvisoModel
import ProvisoQuantities
import ProvisoTestSupport
import Testing

@Suite("Time") struct TimeTests {
  @Test func seriesLevelsAndPaths() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" months end on the last day }
      contract { signed : date  emissions : tCO2e by year  redeemed : percent by date
                 amount : EUR }
      parameter limit : tCO2e { 250 from 2019-11-14, 100 from 2024-01-01 }
      parameter path : percent linear { 0% at 2019, 50% at 2024, 100% at 2045 }
      parameter held : percent linear { 10% at 2019, 20% at 2021, then 30% }
      condition before "Before the first step" { requires limit at 2019-11-13 > 0 }
      condition step "Steps" {
        requires limit at 2019-11-14 = 250 tCO2e and limit at 2023-12-31 = 250 tCO2e
          and limit at 2024-01-01 = 100 tCO2e and limit at 2099-01-01 = 100 tCO2e
      }
      condition line "A path" {
        requires path at 2019 = 0% and path at 2020 = 10% and path at 2044 > 97.6%
          and path at 2045 = 100%
      }
      condition after_path "After the path" { requires path at 2046 > 0 }
      condition kept "A path that is held" { requires held at 2020 = 15% and held at 2050 = 30% }
      condition series "A series" { requires emissions at 2020 = 90 tCO2e }
      condition hole "A hole" { requires emissions at 2021 > 0 }
      condition level "A level" {
        requires redeemed at 2022-01-01 = 0% and redeemed at 2023-06-30 = 75%
      }
      condition too_early "Before the level" { requires redeemed at 2021-02-28 = 0% }
      condition changed "Another day" {
        requires amount at 2021-05-31 = EUR 6 million and amount at 2021-06-01 = EUR 4 million
      }
      scenario "Values" {
        given { signed = 2021-03-01, emissions = { 100 tCO2e at 2019, 90 tCO2e at 2020 },
          redeemed = { 0% from 2021-03-01, 75% from 2023-06-30 },
          amount = { versions = [ { value = EUR 6 million }, { value = EUR 4 million, from = 2021-06-01 } ] } }
        as of 2024-12-31
        expect before undetermined, step met, line met, after_path undetermined, kept met,
          series met, hole undetermined, level met, too_early undetermined, changed met
      }
      """)
  }

  @Test func yearFractions() throws {
    try expectScenarios(
      """
      ruleset loan "Loan" { version "1" }
      contract { signed : date  start : date  repaid : date if any  principal : EUR }
      determination interest "i" : EUR =
        10% of principal * year fraction from start to repaid by "30E/360"
      determination at_maturity "m" : EUR =
        10% of principal * year fraction from start to 2024-02-29 by "30E/360 ISDA" maturing on repaid
      condition true_always "Always" { requires principal >= 0 }
      scenario "A month" {
        given { signed = 2021-01-01, start = 2024-01-31, repaid = 2024-02-29, principal = EUR 3_600 }
        as of 2024-12-31
        expect interest = EUR 29, at_maturity = EUR 29
      }
      scenario "Backwards" {
        given { signed = 2021-01-01, start = 2024-03-31, repaid = 2024-02-29, principal = EUR 3_600 }
        as of 2024-12-31
        expect interest = -EUR 31, at_maturity = -EUR 30
      }
      scenario "Not repaid, or nobody knows" {
        given { signed = 2021-01-01, start = 2024-01-31, repaid = none, principal = EUR 3_600 }
        as of 2024-12-31
        expect interest = unknown, at_maturity = unknown
      }
      """)
  }

  @Test func countingTime() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" months end on the last day }
      contract { signed : date  a : date  b : date  n : count }
      determination months_done "m" : count = months completed from a to b
      determination months_begun "s" : count = months started from a to b
      determination years_done "y" : count = years completed from a to b
      determination days_done "d" : count = days completed from a to b
      condition true_always "Always" { requires n >= 0 }
      scenario "31 January to 28 February" {
        given { signed = 2021-01-01, a = 2021-01-31, b = 2021-02-28, n = 0 }
        as of 2024-12-31
        expect months_done = 1, months_begun = 1, years_done = 0, days_done = 28
      }
      scenario "A leap day" {
        given { signed = 2021-01-01, a = 2020-02-29, b = 2021-02-28, n = 0 }
        as of 2024-12-31
        expect months_done = 12, months_begun = 12, years_done = 1, days_done = 365
      }
      scenario "Backwards" {
        given { signed = 2021-01-01, a = 2021-03-01, b = 2021-02-28, n = 0 }
        as of 2024-12-31
        expect months_done = -1, months_begun = 0, years_done = -1, days_done = -1
      }
      """)
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" months roll over }
      contract { signed : date  a : date  b : date  n : count }
      determination months_done "m" : count = months completed from a to b
      condition next "Next" { requires a + 1 month = 2021-03-01 }
      scenario "31 January to 28 February, rolling over" {
        given { signed = 2021-01-01, a = 2021-01-31, b = 2021-02-28, n = 0 }
        as of 2024-12-31
        expect months_done = 0, next met
      }
      """)
  }

  @Test func events() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" months end on the last day }
      contract { signed : date  repaid : date if any }
      condition in_time "Repaid by the end of 2023" { requires repaid by 2023-12-31 }
      condition never "Not repaid" { requires repaid is none }
      condition later "Later than any date" { requires repaid > 2099-12-31 }
      condition stays "None stays none" { requires repaid + 3 months > 2099-12-31 }
      condition standin "A stand-in" { requires (repaid else 2030-01-01) = 2030-01-01 }
      scenario "It happened on the last day" {
        given { signed = 2021-03-01, repaid = 2023-12-31 }
        as of 2024-12-31
        expect in_time met, never breached, later breached, stays breached, standin breached
      }
      scenario "It happened a day late" {
        given { signed = 2021-03-01, repaid = 2024-01-01 }
        as of 2024-12-31
        expect in_time breached
      }
      scenario "It has not happened, and the day has passed" {
        given { signed = 2021-03-01, repaid = none }
        as of 2024-01-01
        expect in_time breached, never met, later met, stays met, standin met
      }
      scenario "It has not happened, and the day is today" {
        given { signed = 2021-03-01, repaid = none }
        as of 2023-12-31
        expect in_time undetermined
      }
      scenario "Nobody says" {
        given { signed = 2021-03-01 }
        as of 2024-12-31
        expect in_time undetermined, never undetermined, later undetermined, standin met
      }
      """)
  }

  @Test func windowsAndFolds() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  ebitda : EUR by quarter  first_sum : EUR  rate : percent by year }
      define owed : EUR by year from 2021 to 2023 =
        first first_sum, then previous * (100% + rate at period)
      condition sum_of "A sum" { requires sum(ebitda over 4 quarters to 2024-Q4) = EUR 10 }
      condition gap "A gap" { requires sum(ebitda over 5 quarters to 2024-Q4) > 0 }
      condition some_of "A gap that does not matter" { requires max(ebitda over 5 quarters to 2024-Q4) >= EUR 4 }
      determination at_the_end "d" : EUR = owed at 2023
      determination beyond "b" : EUR = owed at 2024
      scenario "Four quarters" {
        given { signed = 2021-03-01, first_sum = EUR 100, rate = { 10% at 2022, 50% at 2023 },
          ebitda = { EUR 1 at 2024-Q1, EUR 2 at 2024-Q2, EUR 3 at 2024-Q3, EUR 4 at 2024-Q4 } }
        as of 2024-12-31
        expect sum_of met, gap undetermined, some_of met, at_the_end = EUR 165,
          beyond = unknown
      }
      """)
  }

  @Test func datedLists() throws {
    for (asked, decision, published) in [
      ("2020-02-17", false, false), ("2020-02-18", true, false), ("2020-02-27", true, true),
      ("2022-12-31", true, true), ("2023-01-01", false, true), ("2023-01-10", false, false),
    ] {
      #expect(try listed(on: asked, dating: 0) == Truth(decision), "\(asked)")
      #expect(try listed(on: asked, dating: 1) == Truth(published), "\(asked)")
    }
    // Three months later: 2020-05-18 until 2023-04-01.
    for (asked, truth) in [
      ("2020-05-17", Truth.false), ("2020-05-18", .true), ("2023-03-31", .true),
      ("2023-04-01", .false),
    ] {
      #expect(
        try listed(on: asked, dating: 0, delay: CalendarDuration(months: 3)) == truth, "\(asked)")
    }
    #expect(try listed(on: "2020-06-01", dating: 0, country: "SE") == .false)
    // The row gives no date by the third dating.
    #expect(try listed(on: "2020-06-01", dating: 2) == .unknown)
    #expect(try listed(on: "2020-06-01", dating: 2, country: "SE") == .false)
  }

  private func listed(
    on asked: String, dating: Int, country: String = "PA", delay: CalendarDuration? = nil
  ) throws -> Truth {
    var specimen = Specimen()
    let code = try #require(CountryCode(text: "PA"))
    let subject = try #require(CountryCode(text: country))
    specimen.builder.ruleset.lists = [
      DatedList(
        name: "watched", elementType: .country, datings: ["decision", "published", "reported"],
        entries: [
          ListEntry(
            value: .country(code),
            spells: [
              Spell(from: day("2020-02-18"), until: day("2023-01-01")),
              Spell(from: day("2020-02-27"), until: day("2023-01-10")), nil,
            ])
        ], file: nil, span: RulesetBuilder.span(0))
    ]
    let home = specimen.field("home", .country, .value(.country(subject)))
    let when = specimen.builder.day(asked)
    let id = specimen.builder.add(
      .listed(
        ListedQuestion(
          subject: home, list: ListID(0), dating: dating, delay: delay, delayConvention: nil,
          when: .on(when))), .boolean)
    return try specimen.value(id).truth
  }
}
