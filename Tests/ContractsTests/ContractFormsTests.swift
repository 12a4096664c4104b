// Every form in which a contract may write a value, and the facts it gives.

import ProvisoChecker
import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import Testing

@testable import ProvisoContracts

/// Reads a contract whose only field is the one given.
private func fact(_ name: String, _ json: String, extra: String = "") throws -> Fact {
  let ruleset = sampleRuleset()
  let text = "{ \"id\": \"L-1\", \"\(name)\": \(json)\(extra) }"
  let reading = readContract(contractFile(text), for: ruleset)
  #expect(reading.diagnostics == [], "\(text)")
  let contract = try #require(reading.contract)
  return contract.facts[try #require(ruleset.contract.index(of: name))]
}

private func scalar(_ name: String, _ json: String) throws -> Value? {
  guard case .plain(.scalar(let value)) = try fact(name, json) else { return nil }
  return value
}

private func fraction(_ text: String) -> Fraction { Fraction(exactText: text) ?? .zero }

private func date(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .first }

struct ContractFormsTests {
  struct QuantityCase: CustomTestStringConvertible {
    let field: String
    let json: String
    /// In the coherent base of the field's unit.
    let value: String
    var testDescription: String { "\(field): \(json)" }

    init(_ field: String, _ json: String, _ value: String) {
      self.field = field
      self.json = json
      self.value = value
    }
  }

  static let quantities = [
    QuantityCase("amount", "10", "10"), QuantityCase("amount", "-10.50", "-10.5"),
    QuantityCase("amount", "0", "0"), QuantityCase("amount", "-0", "0"),
    QuantityCase("amount", "1e3", "1000"), QuantityCase("amount", "1E-3", "0.001"),
    QuantityCase("amount", "0.1", "0.1"), QuantityCase("amount", "\"10\"", "10"),
    QuantityCase("amount", "\"EUR 10\"", "10"), QuantityCase("amount", "\"10 EUR\"", "10"),
    QuantityCase("amount", "\"EUR 10 million\"", "10000000"),
    QuantityCase("amount", "\"EUR 71.5 million\"", "71500000"),
    QuantityCase("amount", "\"71.5 million EUR\"", "71500000"),
    QuantityCase("amount", "\"2 thousand\"", "2000"),
    QuantityCase("amount", "\"EUR 0.5 billion\"", "500000000"),
    QuantityCase("amount", "\"1 trillion EUR\"", "1000000000000"),
    QuantityCase("amount", "\"EUR 1_000_000\"", "1000000"),
    QuantityCase("amount", "\"EUR -5\"", "-5"),
    QuantityCase("amount", "{ \"amount\": \"10 million\", \"currency\": \"EUR\" }", "10000000"),
    QuantityCase("amount", "{ \"currency\": \"EUR\", \"amount\": 7, \"note\": \"n\" }", "7"),
    QuantityCase("share", "25", "0.25"), QuantityCase("share", "\"25\"", "0.25"),
    QuantityCase("share", "\"25%\"", "0.25"), QuantityCase("share", "\"25 %\"", "0.25"),
    QuantityCase("share", "\"25 percent\"", "0.25"), QuantityCase("share", "\"25 bps\"", "0.0025"),
    QuantityCase("share", "\"-0.5%\"", "-0.005"),
    QuantityCase("share", "\"2 percentage points\"", "0.02"),
    QuantityCase(
      "share", "33.333333333333333333333333333333", "0.33333333333333333333333333333333"),
    QuantityCase("margin", "25", "0.0025"), QuantityCase("margin", "\"2%\"", "0.02"),
    QuantityCase("factor", "1.10", "1.1"), QuantityCase("factor", "\"3\"", "3"),
    QuantityCase("leverage", "0.25", "0.25"), QuantityCase("leverage", "\"25%\"", "0.25"),
    QuantityCase("jobs", "12", "12"), QuantityCase("jobs", "12.0", "12"),
    QuantityCase("jobs", "1e2", "100"), QuantityCase("jobs", "\"12\"", "12"),
    QuantityCase("jobs", "\"2 thousand count\"", "2000"),
    QuantityCase("intensity", "250", "1/14400"),
    QuantityCase("intensity", "\"250 gCO2e/kWh\"", "1/14400"),
    QuantityCase("intensity", "\"0.25 tCO2e/MWh\"", "1/14400"),
    QuantityCase("intensity", "\"250 kgCO2e/MWh\"", "1/14400"),
  ]

  @Test(arguments: quantities)
  func readsQuantitiesExactly(_ example: QuantityCase) throws {
    #expect(try scalar(example.field, example.json) == .quantity(fraction(example.value)))
  }

  @Test func keeps34DigitsExactly() throws {
    let digits = "1234567890123456789012345678901234"
    #expect(try scalar("amount", digits) == .quantity(fraction(digits)))
    #expect(try scalar("amount", "0." + digits) == .quantity(fraction("0." + digits)))
    #expect(try scalar("amount", "0.1") != scalar("amount", "0.1000000000000000055511151231257827"))
  }

  @Test func readsMoneyWithItsCurrency() throws {
    let danish = try #require(CurrencyCode(text: "DKK"))
    let expected = Value.money(fraction("71500000"), danish)
    for json in [
      "\"DKK 71.5 million\"", "\"71.5 million DKK\"", "\"71500000 DKK\"",
      "{ \"amount\": \"71.5 million\", \"currency\": \"DKK\" }",
      "{ \"amount\": 71500000, \"currency\": \"DKK\" }",
    ] {
      #expect(try scalar("price", json) == expected)
    }
  }

  @Test func readsDatesPeriodsAndDurations() throws {
    #expect(try scalar("signed", "\"2020-02-29\"") == .date(date("2020-02-29")))
    #expect(try scalar("signed", "\"0001-01-01\"") == .date(.first))
    #expect(try scalar("signed", "\"9999-12-31\"") == .date(.last))
    let year = try #require(Period(year: 2024))
    #expect(try scalar("budget_year", "\"2024\"") == .period(year))
    #expect(try scalar("budget_year", "2024") == .period(year))
    for text in ["2024", "2024-H2", "2024-Q4", "2024-12"] {
      let period = try #require(Period(text: text))
      #expect(try scalar("quarter", "\"\(text)\"") == .period(period))
    }
    #expect(try scalar("term", "\"6 months\"") == .duration(CalendarDuration(months: 6)))
    #expect(
      try scalar("term", "\"2 years and 1 month and 5 business days and 1 day\"")
        == .duration(CalendarDuration(months: 25, days: 1, businessDays: 5)))
  }

  @Test func readsCodes() throws {
    #expect(try scalar("home", "\"NA\"") == CountryCode(text: "NA").map(Value.country))
    #expect(try scalar("paid_in", "\"DKK\"") == CurrencyCode(text: "DKK").map(Value.currency))
    #expect(try scalar("sector", "\"35.11\"") == NaceCode(text: "35.11").map(Value.nace))
    #expect(try scalar("sector", "\"D\"") == NaceCode(text: "D").map(Value.nace))
    #expect(try scalar("size", "\"large\"") == .member(1))
    #expect(try scalar("open", "false") == .boolean(false))
    #expect(try scalar("purpose", "\"a shop\\nin Skagen 😀\"") == .text("a shop\nin Skagen 😀"))
    #expect(try scalar("purpose", "\"\"") == .text(""))
  }

  @Test func nullIsAbsentButForAnEvent() throws {
    #expect(try scalar("repaid", "null") == Value.none)
    #expect(try scalar("repaid", "\"2022-03-01\"") == .date(date("2022-03-01")))
    for name in ["signed", "amount", "price", "size", "owners", "emissions", "has_substance"] {
      #expect(try fact(name, "null") == .absent)
    }
    #expect(try fact("purpose", "null") == .absent)
    let nothing = readContract(contractFile("{ \"id\": \"L-1\" }"), for: sampleRuleset())
    #expect(nothing.contract?.facts.allSatisfy { $0 == .absent } == true)
  }

  @Test func readsHistoryAndProof() throws {
    let evidence =
      """
      , "evidence": [ { "id": "E-12", "kind": "jobs_report", "level": "verified",
        "received": "2022-03-31" } ]
      """
    let annotated = try fact(
      "jobs",
      #"{ "value": 5, "from": "2021-01-01", "recorded": "2021-04-02", "evidence": "E-12" }"#,
      extra: evidence)
    let five = FactValue.scalar(.quantity(fraction("5")))
    #expect(
      annotated
        == .versions([
          FactVersion(
            value: five, from: date("2021-01-01"), recorded: date("2021-04-02"), evidence: "E-12")
        ]))
    let versions = try fact(
      "jobs",
      """
      { "versions": [ { "value": 5 }, { "value": null, "from": "2022-01-01" },
        { "value": 7, "recorded": "2023-01-01" } ] }
      """
    )
    #expect(
      versions
        == .versions([
          FactVersion(value: five), FactVersion(value: nil, from: date("2022-01-01")),
          FactVersion(
            value: .scalar(.quantity(fraction("7"))), recorded: date("2023-01-01")),
        ]))
    #expect(try fact("jobs", "{ \"value\": 5 }") == .plain(five))
    #expect(try fact("jobs", "{ \"value\": 5, \"from\": null }") == .plain(five))
    #expect(
      try fact("repaid", "{ \"value\": null, \"recorded\": \"2023-01-01\" }")
        == .versions([FactVersion(value: .scalar(.none), recorded: date("2023-01-01"))]))
    #expect(
      try fact("price", "{ \"value\": { \"amount\": 5, \"currency\": \"EUR\" }, \"note\": \"n\" }")
        == fact("price", "\"EUR 5\""))
  }

  @Test func readsSeriesInTheOrderOfTime() throws {
    let year = try #require(Period(year: 2020))
    let next = try #require(Period(year: 2021))
    let grams = { (tonnes: Int) in FactValue.scalar(.quantity(Fraction(tonnes * 1_000_000))) }
    #expect(
      try fact(
        "emissions",
        """
        { "2021": { "value": 4, "recorded": "2022-02-01" }, "2020": "5 tCO2e", "2019": null,
          "note": "n" }
        """
      )
        == .plain(
          .series([
            SeriesEntry(period: year, fact: .plain(grams(5))),
            SeriesEntry(
              period: next,
              fact: .versions([FactVersion(value: grams(4), recorded: date("2022-02-01"))])),
          ])))
    #expect(try fact("emissions", "{}") == .plain(.series([])))
  }

  @Test func readsLevelsInTheOrderOfTime() throws {
    let half = FactValue.scalar(.quantity(fraction("0.5")))
    let all = FactValue.scalar(.quantity(.one))
    #expect(
      try fact("redeemed", "{ \"2022-03-01\": 100, \"2021-03-01\": \"50%\" }")
        == .plain(
          .levels([
            LevelEntry(date: date("2021-03-01"), fact: .plain(half)),
            LevelEntry(date: date("2022-03-01"), fact: .plain(all)),
          ])))
  }

  @Test func readsListsAndRecords() throws {
    let ruleset = sampleRuleset()
    let owners = try fact(
      "borrower",
      """
      { "name": "Shop", "owners": [ { "name": "A", "share": 60, "owners": [ {} ] },
        { "value": { "name": "B" }, "from": "2021-01-01" } ] }
      """
    )
    guard case .plain(.record(let company)) = owners, case .plain(.list(let list)) = company[1]
    else {
      Issue.record("a record with a list")
      return
    }
    #expect(company[0] == .plain(.scalar(.text("Shop"))))
    #expect(list.members.count == 2 && list.completeUntil == nil)
    guard case .plain(.record(let first)) = list.members[0],
      case .versions(let second) = list.members[1]
    else {
      Issue.record("a plain member and one with a history")
      return
    }
    #expect(first[3] == .plain(.scalar(.quantity(fraction("0.6")))))
    let unknownOwner = Fact.plain(
      .record(Array(repeating: .absent, count: ruleset.records[0].fields.count)))
    #expect(first[4] == .plain(.list(FactList(members: [unknownOwner]))))
    #expect(second.first?.from == date("2021-01-01"))
    #expect(try fact("owners", "[]") == .plain(.list(FactList(members: []))))
    #expect(
      try fact("regions", "[\"DK\", \"NO\"]")
        == .plain(
          .list(
            FactList(
              members: ["DK", "NO"].compactMap { CountryCode(text: $0) }.map {
                .plain(.scalar(.country($0)))
              }))))
  }

  @Test func readsUntilWhenAListIsComplete() throws {
    #expect(
      try fact("payouts", "{ \"value\": [], \"complete until\": \"2022-12-31\" }")
        == .plain(.list(FactList(members: [], completeUntil: date("2022-12-31")))))
    #expect(
      try fact(
        "payouts",
        """
        { "versions": [ { "value": [], "complete until": "2022-12-31",
          "recorded": "2023-01-15" } ] }
        """
      )
        == .versions([
          FactVersion(
            value: .list(FactList(members: [], completeUntil: date("2022-12-31"))),
            recorded: date("2023-01-15"))
        ]))
  }

  @Test func anEventMayBeJudgedNotToHaveHappened() throws {
    let text = """
      ruleset r "R" { version "1" }
      contract { repaid : date if any, assessed by "auditor" }
      condition c "C" { requires repaid by 2022-12-31 }
      """
    let source = SourceFile(id: SourceID(0), name: "r.proviso", text: text)
    let ruleset = try #require(check(source) { _ in .notFound }.ruleset)
    let contract = """
      { "id": "L-1", "assessments": [ { "field": "repaid", "value": null, "by": "auditor",
        "on": "2023-01-15", "why": "nothing came in" } ] }
      """
    let reading = readContract(contractFile(contract), for: ruleset)
    #expect(reading.diagnostics == [])
    #expect(reading.contract?.assessments.first?.value == Value.none)
  }

  @Test func readsEvidenceAssessmentsAndWaivers() throws {
    let text = """
      { "id": "L-1",
        "owners": [ { "name": "A" }, { "name": "B" } ],
        "evidence": [
          { "id": "E-1", "kind": "jobs_report", "level": "verified", "covers": "2021",
            "received": "2022-03-31", "recorded": "2022-04-01", "note": "scan" } ],
        "assessments": [
          { "field": "has_substance", "value": true, "by": "tax officer", "on": "2021-04-12",
            "why": "12 staff", "expires": "2024-04-12", "recorded": null },
          { "field": "owners[1].is_sound", "value": false, "by": "auditor", "on": "2021-05-01",
            "why": "no accounts" } ],
        "waivers": [
          { "condition": "keeps_jobs", "tests": ["2021", "2021-06-30"], "granted": "2022-05-01",
            "expires": "2022-12-31", "by": "Ministry of Finance", "why": "flood",
            "recorded": "2022-05-02" } ] }
      """
    let reading = readContract(contractFile(text), for: sampleRuleset())
    #expect(reading.diagnostics == [])
    let contract = try #require(reading.contract)
    #expect(
      contract.evidence == [
        EvidenceItem(
          id: "E-1", kind: "jobs_report", level: .verified, covers: Period(year: 2021),
          received: date("2022-03-31"), recorded: date("2022-04-01"))
      ])
    #expect(
      contract.assessments == [
        Assessment(
          field: "has_substance", value: .boolean(true), by: "tax officer",
          on: date("2021-04-12"), why: "12 staff", expires: date("2024-04-12")),
        Assessment(
          field: "owners[1].is_sound", value: .boolean(false), by: "auditor",
          on: date("2021-05-01"), why: "no accounts"),
      ])
    #expect(
      contract.waivers == [
        Waiver(
          condition: "keeps_jobs", tests: ["2021", "2021-06-30"], granted: date("2022-05-01"),
          expires: date("2022-12-31"), by: "Ministry of Finance", why: "flood",
          recorded: date("2022-05-02"))
      ])
  }
}
