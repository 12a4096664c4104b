// Schedules, evidence, judgements, cures: how tests come about and what holds them open.

import ProvisoModel
import ProvisoQuantities
import Testing

@Suite("Tests of a condition") struct TestingTests {
  @Test func periods() throws {
    let text = """
      ruleset aid "Aid" { version "1" months end on the last day }
      contract { signed : date  emissions : tCO2e by year  last : date if any }
      condition from_signing "Each year" { tested yearly requires emissions at period <= 10 tCO2e }
      condition bounded "Two years" {
        tested yearly from 2021 to 2022, due 2 months after
        requires emissions at period <= 10 tCO2e
      }
      condition until_last "Until the last" { tested yearly from 2021 until last requires emissions at period <= 10 tCO2e }
      scenario "The first year is the first that begins after signing" {
        given { signed = 2021-03-01, emissions = { 9 tCO2e at 2022, 11 tCO2e at 2023 }, last = 2023-01-01 }
        as of 2023-12-31
        expect from_signing at 2022 met, from_signing at 2023 breached, from_signing breached,
          bounded at 2021 undetermined, bounded at 2022 met, until_last at 2022 met
      }
      scenario "Before the first year its test is pending" {
        given { signed = 2021-03-01 }
        as of 2021-12-31
        expect from_signing at 2022 pending, from_signing pending
      }
      scenario "Due two months after" {
        given { signed = 2020-03-01, emissions = { 20 tCO2e at 2021 } }
        as of 2022-02-27
        expect bounded at 2021 pending, bounded at 2022 pending
      }
      scenario "And then it is breached" {
        given { signed = 2020-03-01, emissions = { 20 tCO2e at 2021 } }
        as of 2022-02-28
        expect bounded at 2021 breached
      }
      """
    try expectScenarios(text)
    let last = try verdict(
      of: "The first year is the first that begins after signing", in: text)
    #expect(last.conditions[0].tests.map(\.period) == [period("2022"), period("2023")])
    #expect(last.conditions[2].tests.map(\.period) == [period("2021"), period("2022")])
  }

  @Test func everyTwelveMonthsKeepsMonthEnds() throws {
    let text = """
      ruleset aid "Aid" { version "1" months end on the last day }
      contract { signed : date  kept : boolean }
      condition k "K" { tested every 6 months from signed requires kept }
      scenario "From the last of August" {
        given { signed = 2019-08-31, kept = true }
        as of 2020-08-31
        expect k met
      }
      """
    let tests = try verdict(of: "From the last of August", in: text).conditions[0].tests
    #expect(tests.map(\.testDate) == [day("2019-08-31"), day("2020-02-29"), day("2020-08-31")])
  }

  @Test func testedByHoldsIfItDidOnAnyDay() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  permit : boolean }
      condition k "A permit by the end of 2022" { tested by 2022-12-31 requires permit }
      scenario "It was there for a while" {
        given { signed = 2021-01-01, permit = { versions = [ { value = false, from = 2021-01-01 },
          { value = true, from = 2022-03-01 }, { value = false, from = 2022-04-01 } ] } }
        as of 2023-06-30
        expect k met
      }
      scenario "It came too late" {
        given { signed = 2021-01-01, permit = { versions = [ { value = false, from = 2021-01-01 }, { value = true, from = 2023-01-01 } ] } }
        as of 2023-06-30
        expect k undetermined
      }
      scenario "It was never there" {
        given { signed = 2021-01-01, permit = false }
        as of 2023-06-30
        expect k breached
      }
      scenario "There is time" {
        given { signed = 2021-01-01, permit = false }
        as of 2022-12-30
        expect k pending
      }
      scenario "It is there already" {
        given { signed = 2021-01-01, permit = true }
        as of 2022-06-30
        expect k met
      }
      """)
  }

  @Test func continuouslyMakesATestOfEachRun() throws {
    let text = """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  insured : boolean }
      condition k "Always insured" {
        tested continuously
        requires insured
        on breach charge EUR 100
      }
      scenario "Two gaps" {
        given { signed = 2021-01-01, insured = { versions = [ { value = true, from = 2020-01-01 },
          { value = false, from = 2021-06-01 }, { value = true, from = 2021-07-01 },
          { value = false, from = 2022-02-01 } ] } }
        as of 2022-12-31
        expect k breached, charge EUR 100
      }
      scenario "No gap" {
        given { signed = 2021-01-01, insured = true }
        as of 2022-12-31
        expect k met
      }
      scenario "Unknown at first" {
        given { signed = 2021-01-01, insured = { versions = [ { value = true, from = 2021-06-01 } ] } }
        as of 2022-12-31
        expect k undetermined
      }
      """
    try expectScenarios(text)
    let tests = try verdict(of: "Two gaps", in: text).conditions[0].tests
    #expect(tests.map(\.testDate) == [day("2021-06-01"), day("2022-02-01")])
  }

  @Test func forEachMember() throws {
    let text = """
      ruleset aid "Aid" { version "1" }
      record Payout { decided : date  amount : EUR }
      contract { signed : date  payouts : list of Payout dated decided }
      condition k "No large payout" {
        for each p in payouts where p.decided >= signed
        tested   on p.decided
        forbids  p.amount > EUR 10
      }
      scenario "One of three" {
        given { signed = 2021-03-01, payouts = [ { decided = 2020-01-01, amount = EUR 99 },
          { decided = 2021-05-01, amount = EUR 9 }, { decided = 2021-04-01, amount = EUR 11 },
          { decided = 2025-01-01, amount = EUR 99 } ] }
        as of 2022-12-31
        expect k breached
      }
      scenario "None at all" { given { signed = 2021-03-01, payouts = [] } as of 2022-12-31 expect k met }
      scenario "No list" { given { signed = 2021-03-01 } as of 2022-12-31 expect k undetermined }
      scenario "An amount that is not given" {
        given { signed = 2021-03-01, payouts = [ { decided = 2021-05-01, amount = unknown } ] }
        as of 2022-12-31
        expect k undetermined
      }
      scenario "A list that is not complete" {
        given { signed = 2021-03-01, payouts = { value = [ { decided = 2021-05-01, amount = EUR 1 } ], complete until = 2021-12-31 } }
        as of 2022-12-31
        expect k undetermined
      }
      """
    try expectScenarios(text)
    let tests = try verdict(of: "One of three", in: text).conditions[0].tests
    #expect(tests.map(\.testDate) == [day("2021-04-01"), day("2021-05-01")])
    #expect(tests.map(\.outcome) == [.breached, .met])
    #expect(tests.map(\.member) == ["payouts[2]", "payouts[1]"])
    let incomplete = try verdict(of: "A list that is not complete", in: text).conditions[0].tests
    #expect(incomplete.map(\.outcome) == [.met, .undetermined])
  }

  @Test func noDayIsAskedOfMembersOfAnUnknownList() throws {
    let text = """
      ruleset aid "Aid" { version "1" }
      record Payout { decided : date  proven : date  amount : EUR }
      contract { signed : date  payouts : list of Payout }
      condition k "No large payout" {
        for each p in payouts
        tested   on p.decided, due on p.proven
        forbids  p.amount > EUR 10
      }
      scenario "No list" { given { signed = 2021-03-01 } as of 2022-12-31 expect k undetermined }
      """
    try expectScenarios(text)
    let test = try verdict(of: "No list", in: text).conditions[0].tests[0]
    #expect(test.reasons == ReasonSet(Reason(.missingFact, subject: "payouts")))
    #expect(test.dueDate == nil)
  }

  @Test func evidence() throws {
    let text = """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  emissions : tCO2e by year }
      condition held "Reported and verified" {
        tested   yearly from 2022 to 2022, due 120 days after
        requires emissions at period <= 10 tCO2e
        evidence report, verified
      }
      condition strict "Reported in time" {
        tested   yearly from 2022 to 2022, due 120 days after
        requires emissions at period <= 10 tCO2e
        evidence report or breached
      }
      scenario "In time" {
        given { signed = 2021-03-01, emissions = { 9 tCO2e at 2022 },
          evidence = [ { kind = report, level = official, covers = 2022, received = 2023-04-30 } ] }
        as of 2023-12-31
        expect held met, strict met
      }
      scenario "Late by a day" {
        given { signed = 2021-03-01, emissions = { 9 tCO2e at 2022 },
          evidence = [ { kind = report, level = verified, covers = 2022, received = 2023-05-01 } ] }
        as of 2023-12-31
        expect held met, strict breached
      }
      scenario "Not received yet" {
        given { signed = 2021-03-01, emissions = { 9 tCO2e at 2022 },
          evidence = [ { kind = report, level = verified, covers = 2022, received = 2024-01-01 } ] }
        as of 2023-12-31
        expect held undetermined, strict breached
      }
      scenario "Too weak, and of another year" {
        given { signed = 2021-03-01, emissions = { 9 tCO2e at 2022 },
          evidence = [ { kind = report, level = certified, covers = 2022, received = 2023-04-30 },
                       { kind = report, level = verified, covers = 2021, received = 2023-04-30 } ] }
        as of 2023-12-31
        expect held undetermined, strict met
      }
      scenario "What is false is breached whatever its evidence" {
        given { signed = 2021-03-01, emissions = { 11 tCO2e at 2022 } }
        as of 2023-12-31
        expect held breached, strict breached
      }
      scenario "Before it is due" {
        given { signed = 2021-03-01, emissions = { 9 tCO2e at 2022 } }
        as of 2023-04-29
        expect held pending, strict pending
      }
      """
    try expectScenarios(text)
    let late = try verdict(of: "Late by a day", in: text)
    #expect(late.conditions[0].tests[0].remarks == [.lateEvidence(kind: "report", days: 1)])
    #expect(late.conditions[1].tests[0].remarks == [.missingEvidenceIsBreach(kind: "report")])
    let open = try verdict(of: "Not received yet", in: text).conditions[0].tests[0]
    #expect(open.reasons.codes == [.missingEvidence])
    #expect(open.requests.map(\.kind) == [.evidence])
  }

  @Test func judgements() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  sound : boolean, assessed by "auditor" }
      condition k "Sound" { tested on 2022-06-30 requires sound }
      scenario "Judged" {
        given { signed = 2021-03-01, assessments = [ { field = sound, value = true, by = "auditor", on = 2022-12-31, why = "books" } ] }
        as of 2022-12-31
        expect k met
      }
      scenario "Judged after the day asked about" {
        given { signed = 2021-03-01, assessments = [ { field = sound, value = true, by = "auditor", on = 2023-01-01, why = "books" } ] }
        as of 2022-12-31
        expect k undetermined
      }
      scenario "By somebody else" {
        given { signed = 2021-03-01, assessments = [ { field = sound, value = true, by = "owner", on = 2022-01-01, why = "books" } ] }
        as of 2022-12-31
        expect k undetermined
      }
      scenario "Expired on the test date" {
        given { signed = 2021-03-01, assessments = [ { field = sound, value = true, by = "auditor", on = 2022-01-01, why = "books", expires = 2022-06-29 } ] }
        as of 2022-12-31
        expect k undetermined
      }
      scenario "Expiring on the test date" {
        given { signed = 2021-03-01, assessments = [ { field = sound, value = true, by = "auditor", on = 2022-01-01, why = "books", expires = 2022-06-30 } ] }
        as of 2022-12-31
        expect k met
      }
      scenario "Two that disagree" {
        given { signed = 2021-03-01, assessments = [ { field = sound, value = true, by = "auditor", on = 2022-01-01, why = "a" }, { field = sound, value = false, by = "auditor", on = 2022-02-01, why = "b" } ] }
        as of 2022-12-31
        expect k undetermined
      }
      scenario "Nobody judged" { given { signed = 2021-03-01 } as of 2022-12-31 expect k undetermined }
      """)
  }

  @Test func cureLimits() throws {
    let text = """
      ruleset aid "Aid" { version "1" months end on the last day }
      contract { signed : date  paid : EUR by year  topped_up : EUR by year }
      condition k "Paid each year" {
        tested   yearly from 2021 to 2023
        requires paid at period >= EUR 10
        cure     when topped_up at (year of test_date) >= EUR 10, within 12 months, at most once
      }
      condition twice "Never twice in a row" {
        tested   yearly from 2021 to 2023
        requires paid at period >= EUR 10
        cure     when topped_up at (year of test_date) >= EUR 10, within 12 months, never twice in a row
      }
      scenario "The second cure is one too many" {
        given { signed = 2020-03-01, paid = { EUR 9 at 2021, EUR 9 at 2022, EUR 9 at 2023 },
          topped_up = { EUR 10 at 2022, EUR 10 at 2023, EUR 10 at 2024 } }
        as of 2024-12-31
        expect k at 2021 cured, k at 2022 breached, k at 2023 breached,
          twice at 2021 cured, twice at 2022 breached, twice at 2023 cured
      }
      scenario "An open test may use it up" {
        given { signed = 2020-03-01, paid = { EUR 9 at 2022, EUR 10 at 2023 },
          topped_up = { EUR 10 at 2022, EUR 10 at 2023 } }
        as of 2024-12-31
        expect k at 2021 undetermined, k at 2022 undetermined, k at 2023 met
      }
      """
    try expectScenarios(text)
    let spent = try verdict(of: "The second cure is one too many", in: text).conditions[0].tests[1]
    #expect(spent.remarks == [.cureSpent("at most 1 times")])
  }
}
