// Explanations of real evaluations: source text and contract bytes in, every output form out.

import Foundation
import ProvisoChecker
import ProvisoContracts
import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import Testing

private let rulesetText = """
  ruleset recovery_aid "Recovery aid with conditions" {
    version "2021.1"
    issuer  "Ministry of Finance"
    governs signed from 2021-01-01 until 2023-01-01
    months  end on the last day
  }

  contract {
    signed        : date
    amount        : EUR
    disbursed     : EUR
    borrower      : Company
    emissions     : tCO2e by year
    ebitda        : EUR by quarter
    net_debt      : EUR by quarter
    redeemed      : percent by date
    repaid        : date if any
    has_substance : boolean, assessed by "tax officer"
    payouts       : list of Payout dated decided
  }
  record Company { name : text   owners : list of Owner or empty }
  record Owner   { name : text   country : country   share : percent
                   owners : list of Owner or empty }
                   identified by name
  record Payout  { decided : date   amount : EUR   legally_due : boolean }

  list tax_havens of country from "eu.csv" {
    dated by decision  listed_from until listed_until
    dated by published oj_from     until oj_until
  }
  parameter reduction_path : percent linear { 0% at 2019, 50% at 2024, 100% at 2045 }

  define reduction(since: year, now: year) : percent =
    (emissions at since - emissions at now) / emissions at since

  condition carbon_path "Emissions fall in line with the path" {
    kind         direction
    applies when amount >= EUR 10 million
    tested       yearly from 2023 to 2024, due 120 days after
    requires     reduction(2019, period) >= reduction_path at period
    evidence     emissions_report, verified
    on breach    recall 10% of disbursed
    source       "Schedule 2, para. 4"
  }

  condition no_tax_haven "No owner of 25% or more sits in a listed jurisdiction" {
    tested       on signed
    requires     no o in chain(borrower.owners, product of share)
                   where o.through >= 25% and o.country in tax_havens by published on signed
    unless       "Substance in the jurisdiction" under "s. 4(3)" when has_substance
    on breach    recall disbursed
    source       "s. 4(2)"
  }

  condition no_payout "No payout decided while aid is outstanding" {
    for each     p in payouts where p.decided >= signed
    tested       on p.decided
    applies when redeemed at p.decided < 100%
    forbids      p.amount > 0
    unless       "Legal duty to distribute" when p.legally_due
    cure         when redeemed at test_date = 100%, within 6 months
  }

  condition leverage "Net debt is at most 3.5 times EBITDA" {
    tested       quarterly from 2022-Q4 to 2022-Q4, due 45 days after
    requires     all of {
      "EBITDA is positive" : sum(ebitda over 4 quarters to period) > 0,
      "ratio"              : net_debt at period <= 3.5 * sum(ebitda over 4 quarters to period),
    }
  }

  condition repayment "Repaid by the end of 2023" {
    requires repaid by 2023-12-31
  }
  """

private let listText = """
  country,listed_from,listed_until,oj_from,oj_until
  PA,2020-02-18,2026-10-09,2020-02-27,
  KY,2020-02-18,2020-10-06,2020-02-27,2020-10-07
  """

private let groupContract = """
  {
    "id": "R-2021-17",
    "signed": "2021-03-01", "amount": "EUR 40 million", "disbursed": "EUR 12.5 million",
    "borrower": { "name": "Nord AS", "owners": [
      { "name": "Holdco", "share": 60, "country": "DE", "owners": [
        { "name": "Isla SA", "share": 50, "country": "PA" } ] },
      { "name": "Family", "share": 40, "country": "NO" } ] },
    "emissions": {
      "2019": { "value": 100000, "recorded": "2021-02-01", "evidence": "E-1" },
      "2023": 58800, "2024": { "value": 58800, "recorded": "2025-03-14", "evidence": "E-12" } },
    "ebitda": { "2022-Q1": 100, "2022-Q2": 200, "2022-Q3": -50, "2022-Q4": 100 },
    "net_debt": { "2022-Q4": 1300 },
    "redeemed": { "2021-03-01": 0 },
    "repaid": null,
    "assessments": [ { "field": "has_substance", "value": false, "by": "tax officer",
      "on": "2021-02-20", "why": "no staff on the island" } ],
    "payouts": [
      { "decided": "2022-05-10", "amount": 500000, "legally_due": false },
      { "decided": "2022-06-01", "amount": 1000, "legally_due": true } ],
    "evidence": [
      { "id": "E-1", "kind": "emissions_report", "level": "verified", "covers": "2019",
        "received": "2021-02-01" },
      { "id": "E-12", "kind": "emissions_report", "level": "verified", "covers": "2024",
        "received": "2025-05-12" } ]
  }
  """

private let sparseContract = """
  { "id": "R-2021-18", "signed": "2021-06-01", "amount": "EUR 40 million",
    "borrower": { "name": "Sparse Ltd", "owners": [] },
    "emissions": { "2019": 100000 }, "payouts": [] }
  """

private func explain(
  _ contractText: String, asOf: String, ruleset text: String = rulesetText
) throws -> Explanation {
  let root = SourceFile(name: "recovery.proviso", text: text)
  let result = check(root) { name in
    name == "eu.csv" ? .bytes(Array(listText.utf8)) : .notFound
  }
  let errors = result.diagnostics.filter { $0.severity == .error }.map { diagnostic in
    "\(root.position(at: diagnostic.primary.span.start).line): \(diagnostic.message)"
  }
  #expect(errors == [])
  let ruleset = try #require(result.ruleset)
  let file = SourceFile(id: SourceID(99), name: "contract.json", text: contractText)
  let reading = readContract(file, for: ruleset)
  #expect(reading.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
  let contract = try #require(reading.contract)
  let evaluator = Evaluator(ruleset)
  let verdict = evaluator.evaluate(
    contract, asOf: day(asOf), knownAt: day(asOf), tracing: .withDerivations)
  var remedies: [TestReference: [Remedy]] = [:]
  for condition in verdict.conditions {
    for (test, tested) in condition.tests.enumerated() where tested.outcome == .breached {
      remedies[TestReference(condition: condition.condition, test: test)] = evaluator.remedies(
        for: condition.condition, test: test, of: contract, asOf: day(asOf), knownAt: day(asOf))
    }
  }
  return Explanation(
    verdict: verdict, ruleset: ruleset,
    identity: RulesetIdentity(
      name: ruleset.name, version: ruleset.version,
      digest: "sha256:" + String(repeating: "1a", count: 32)),
    contractDigest: "sha256:" + String(repeating: "2b", count: 32), remedies: remedies)
}

@Suite struct PipelineTests {
  @Test func aGroupWithAnOwnerInAListedJurisdiction() throws {
    let explanation = try explain(groupContract, asOf: "2025-12-31")
    expectSnapshot(explanation.text(), "group-summary.txt")
    expectSnapshot(explanation.text(TextOptions(isFull: true)), "group-full.txt")
    expectSnapshot(explanation.json(includesDerivations: true), "group.json")
    expectSnapshot(explanation.canonicalResult + "\n", "group-canonical.json")
  }

  @Test func aContractThatSaysLittle() throws {
    let explanation = try explain(sparseContract, asOf: "2025-12-31")
    expectSnapshot(explanation.text(TextOptions(isFull: true)), "sparse-full.txt")
    let early = try explain(sparseContract, asOf: "2022-12-31")
    expectSnapshot(early.text(), "sparse-early.txt")
  }

  @Test func whatIsNotGovernedGetsNoVerdict() throws {
    let explanation = try explain(
      sparseContract.replacing("2021-06-01", with: "2023-06-01"), asOf: "2025-12-31")
    expectSnapshot(explanation.text(TextOptions(isFull: true)), "not-governed.txt")
  }

  @Test func everyOutputFitsTheSchema() throws {
    let schema = repository.appendingPathComponent("docs/verdict.schema.json").path
    for text in [groupContract, sparseContract] {
      for asOf in ["2021-01-01", "2022-06-30", "2024-12-31", "2025-12-31"] {
        for includesDerivations in [true, false] {
          let (status, printed) = try python(
            schemaValidator, arguments: [schema],
            input: explain(text, asOf: asOf).json(includesDerivations: includesDerivations))
          #expect(status == 0, "\(printed)")
        }
      }
    }
  }
}
