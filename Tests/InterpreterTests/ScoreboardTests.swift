// Scoreboards of missions: values a period, the path, the target, and what is missing.

import ProvisoInterpreter
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import Testing

@Suite struct ScoreboardTests {
  private static func mission(_ entries: String) -> String {
    """
    ruleset climate "Climate" { version "1" }
    contract { emissions : tCO2e by year  staff : count by year  amount : EUR }
    parameter cut : percent linear { 0% at 2019, 50% at 2024, 100% at 2045 }
    parameter ceiling : tCO2e { 900 from 2020-01-01, 500 from 2023-01-01 }
    mission net_zero "Net zero" {
      indicator   sum(c.emissions at period for c in contracts)
      baseline    2019
      \(entries)
      reported by "agency"
    }
    condition path "Path" {
      serves   net_zero
      requires amount > 0
      on breach recall amount
    }

    """
  }

  private static let north = """
      given "north" { amount = EUR 1, emissions = { 600 tCO2e at 2019, 500 tCO2e at 2020,
                      450 tCO2e at 2021, 480 tCO2e at 2022 } }
    """
  private static let south = """
      given "south" { amount = EUR 1, emissions = { 400 tCO2e at 2019, 400 tCO2e at 2020,
                      350 tCO2e at 2021, 330 tCO2e at 2022 } }
    """

  @Test func `more periods than can be measured are said to be too many`() throws {
    for (day, outcome, last) in [
      ("3218-12-31", "met", 3218), ("3219-12-31", "undetermined", 3219),
      ("9999-12-31", "undetermined", 9999),
    ] {
      let facts = (2019...2029).map { "\($0 < 2029 ? 900 : 0) tCO2e at \($0)" }
      try expectScenarios(
        Self.mission("target 50% reduction by 2029-12-31  path straight") + """
          scenario "The far end of the calendar" {
            given { emissions = { \(facts.joined(separator: ", ")), 0 tCO2e at \(last) } }
            as of \(day)
            expect net_zero at 2029 met, net_zero at 2020 breached
            expect net_zero \(outcome), net_zero at \(last) \(outcome)
          }

          """)
    }
  }

  @Test func `the straight path is exact`() throws {
    try expectScenarios(
      Self.mission("target 50% reduction by 2029-12-31  path straight") + """
        scenario "A tenth of the way a year" {
        \(Self.north)
        \(Self.south)
          as of 2022-12-31
          expect net_zero at 2019 = 1_000 tCO2e, net_zero at 2019 not applicable
          expect net_zero at 2020 = 900 tCO2e, net_zero at 2020 met
          expect net_zero at 2021 = 800 tCO2e, net_zero at 2021 met
          expect net_zero at 2022 = 810 tCO2e, net_zero at 2022 met
          expect net_zero met
        }

        """)
    // 1,000 less 5% a year: 850 is asked of 2022, and 851 is behind.
    try expectScenarios(
      Self.mission("target 50% reduction by 2029-12-31  path straight") + """
        scenario "Just on it" {
          given { emissions = { 1_000 tCO2e at 2019, 951 tCO2e at 2020, 900 tCO2e at 2021, 851 tCO2e at 2022 } }
          as of 2023-06-30
          expect net_zero at 2020 breached, net_zero at 2021 met, net_zero at 2022 breached
          expect net_zero breached
        }

        """)
  }

  @Test
  func `a parameter says the path, and a mission that states none asks nothing before its day`()
    throws
  {
    try expectScenarios(
      Self.mission("target 100% reduction by 2045-12-31  path cut") + """
        scenario "By the parameter" {
          given { emissions = { 1_000 tCO2e at 2019, 900 tCO2e at 2020, 801 tCO2e at 2021 } }
          as of 2021-12-31
          expect net_zero at 2020 met, net_zero at 2021 breached
        }

        """)
    try expectScenarios(
      Self.mission("target 50% reduction by 2021-12-31") + """
        scenario "Nothing is asked before the day" {
          given { emissions = { 1_000 tCO2e at 2019, 2_000 tCO2e at 2020, 501 tCO2e at 2021, 500 tCO2e at 2022 } }
          as of 2022-12-31
          expect net_zero at 2020 not applicable, net_zero at 2021 breached, net_zero at 2022 met
        }

        """)
  }

  @Test func `values, increases and days within a period`() throws {
    try expectScenarios(
      Self.mission("target at most 500 tCO2e by 2023-12-31  path ceiling") + """
        scenario "A ceiling in steps" {
          given { emissions = { 1_000 tCO2e at 2019, 900 tCO2e at 2020, 901 tCO2e at 2021, 900 tCO2e at 2022,
                  500 tCO2e at 2023 } }
          as of 2023-12-31
          expect net_zero at 2020 met, net_zero at 2021 breached, net_zero at 2023 met
        }

        """)
    try expectScenarios(
      """
      ruleset bank "Bank" { version "1" }
      contract { lent : EUR by year  green : EUR by year }
      mission climate_bank "Half is green" {
        indicator   sum(c.green at period for c in contracts) / sum(c.lent at period for c in contracts)
        baseline    2020
        target      at least 50% by 2023-12-31
        path        straight
        reported by "bank"
      }
      condition lends "Lends" { serves climate_bank  requires lent at 2023 > 0  on breach publish "it" }
      scenario "Ten points a year from a fifth" {
        given "a" { lent = { EUR 60 at 2020, EUR 60 at 2021, EUR 60 at 2022, EUR 60 at 2023 },
                    green = { EUR 10 at 2020, EUR 20 at 2021, EUR 29 at 2022, EUR 30 at 2023 } }
        given "b" { lent = { EUR 40 at 2020, EUR 40 at 2021, EUR 40 at 2022, EUR 40 at 2023 },
                    green = { EUR 10 at 2020, EUR 10 at 2021, EUR 10 at 2022, EUR 20 at 2023 } }
        as of 2024-06-30
        expect climate_bank at 2020 = 20%, climate_bank at 2021 = 30%, climate_bank at 2022 = 39%
        expect climate_bank at 2021 met, climate_bank at 2022 breached, climate_bank at 2023 met
      }

      """)
    // From the end of 2019 to 1 July 2021 are 548 days, to the end of 2020 366 of them.
    try expectScenarios(
      Self.mission("target 54.8% increase by 2021-07-01  path straight") + """
        scenario "By days" {
          given "met" { emissions = { 1_000 tCO2e at 2019, 1_366 tCO2e at 2020 } }
          as of 2020-12-31
          expect net_zero at 2020 met
        }
        scenario "A ton short" {
          given "met" { emissions = { 1_000 tCO2e at 2019, 1_365 tCO2e at 2020 } }
          as of 2020-12-31
          expect net_zero at 2020 breached
        }

        """)
  }

  @Test func `an indicator may ask how a portfolio condition came out`() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" }
      contract { grant : EUR }
      portfolio condition enough "Enough" {
        requires sum(c.grant for c in contracts) >= EUR 10
      }
      mission reach "Reach" {
        indicator   (sum(c.grant for c in contracts) when enough is met, otherwise EUR 1)
        baseline    2021
        reported by "agency"
      }
      scenario "Together" {
        given "a" { grant = EUR 5 }
        given "b" { grant = EUR 15 }
        as of  2022-12-31
        expect enough met, reach at 2022 = EUR 20
      }
      scenario "Alone" {
        given "a" { grant = EUR 5 }
        as of  2022-12-31
        expect enough breached, reach at 2022 = EUR 1
      }

      """)
  }

  @Test func `what is missing is named, and only where it matters`() throws {
    let text =
      Self.mission("target 50% reduction by 2029-12-31  path straight") + """
        scenario "South has not reported 2022" {
        \(Self.north)
          given "south" { amount = EUR 1, emissions = { 400 tCO2e at 2019, 400 tCO2e at 2020, 350 tCO2e at 2021 } }
          as of 2022-12-31
          expect net_zero at 2021 met, net_zero at 2022 = unknown, net_zero undetermined
        }
        scenario "Nothing has ended" {
        \(Self.north)
          as of 2019-12-30
          expect net_zero pending
        }

        """
    try expectScenarios(text)
    let loaded = try evaluator(text)
    let scenario = loaded.checked.scenarios[0]
    let verdicts = scenario.contracts.map {
      loaded.evaluator.evaluate(
        $0, asOf: scenario.asOf, knownAt: scenario.asOf, tracing: .verdictsOnly)
    }
    let board = try #require(loaded.portfolioVerdict(scenario, verdicts).scoreboards.first)
    let last = try #require(board.rows.last)
    #expect(last.requests.map(\.subject) == ["contracts[south].emissions[2022]"])
    #expect(last.requests.map(\.detail) == ["give `contracts[south].emissions[2022]`, in tCO2e"])
    let before = board.rows[2]
    #expect(before.change == .known(.quantity(Fraction(-100_000_000))))
    let words = ScoreboardWords(loaded.checked)
    #expect(
      words.sentence(board).text
        == "Cannot be said yet (2022): `contracts[south].emissions` for 2022 is not given.")
    #expect(
      words.cells(before, of: board) == ["800 tCO2e", "900 tCO2e", "−100 tCO2e", "+300 tCO2e"])
  }
}
