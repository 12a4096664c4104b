// Portfolios from file to report: the shipped ones, the schema, and the same bytes twice.

import Foundation
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import Testing

@Suite struct PortfolioRunTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let files = Files(folder: repository.path)

  private func editions(_ name: String) throws -> Editions {
    let files = Self.files
    guard isEditions(name, in: files) else {
      return Editions(try #require(try loadRuleset(named: name, from: files).ruleset))
    }
    return try #require(try loadEditions(named: name, from: files).editions)
  }

  private func run(
    _ ruleset: String, _ portfolio: String, _ asOf: String, filter: PortfolioFilter? = nil
  ) throws -> PortfolioRun {
    let question = Question(asOf: try #require(CalendarDate(iso: asOf)))
    var run = PortfolioRun(try editions(ruleset), question, filter: filter)
    let lines = try LineReader(portfolio, from: Self.files)
    while let line = try lines.next() { _ = run.take(line, of: portfolio) }
    return run
  }

  @Test func `grants are judged by the version of their day`() throws {
    let report = try run(
      "rulesets/limited-aid", "contracts/limited-aid/grants.jsonl", "2022-12-31"
    ).report(on: "grants.jsonl")
    #expect(report.parts.map(\.identity.version) == ["2020-03-19", "2021-01-28", "2021-11-18"])
    #expect(report.parts.map(\.summary.contracts.total) == [2, 2, 3])
    #expect(report.notGovernedCount == 1 && report.rejectedCount == 0)
    // The same amount to two hotels, a day apart.
    let ceilings = report.parts.map { part in
      part.summary.conditions.first { part.summary.ruleset[$0.condition].name == "within_ceiling" }
    }
    #expect(ceilings.map { $0?.outcomes[.breached] } == [1, 1, 0])
    let recalled = ceilings.compactMap { $0?.consequences.first?.totals.quantity }
    #expect(recalled == [Fraction(400_000), Fraction(5_000)])
    let board = try #require(report.parts[2].portfolio.scoreboards.first)
    #expect(board.outcome == .undetermined)
    #expect(board.rows.map(\.outcome) == [.notApplicable, .breached, .undetermined])
  }

  @Test func `the list of versions and their folder are the same`() throws {
    let question = Question(asOf: .first)
    let folder = try editions("rulesets/limited-aid")
    let list = try editions("rulesets/limited-aid/limited-aid.editions")
    #expect(folder.rulesets.map(\.identity) == list.rulesets.map(\.identity))
    let contract = Array(#"{"id": "x", "signed": "2021-11-17", "granted": {"no": "sum"}}"#.utf8)
    #expect(folder.choose(contract, named: "x", question).position == 1)
  }

  @Test func `the estates are behind in one year and on the way in others`() throws {
    let report = try run(
      "rulesets/camden-estates/camden-estates.proviso.md",
      "contracts/camden-estates/estates.jsonl", "2023-12-31"
    ).report(on: "estates.jsonl")
    let board = try #require(report.parts.first?.portfolio.scoreboards.first)
    #expect(
      board.rows.map(\.outcome) == [.notApplicable, .breached, .breached, .breached, .met])
    #expect(board.rows.last?.value == .known(.quantity(Fraction(11_400_000_000))))
  }

  @Test func `the report fits its schema, and twice is the same`() throws {
    let cases = [
      ("rulesets/limited-aid", "contracts/limited-aid/grants.jsonl", "2022-12-31"),
      (
        "rulesets/camden-estates/camden-estates.proviso.md",
        "contracts/camden-estates/estates.jsonl", "2024-12-31"
      ),
      (
        "rulesets/limited-aid/limited-aid-2021-11.proviso.md",
        "contracts/camden-estates/estates.jsonl", "2024-12-31"
      ),
    ]
    var reports: [String] = []
    for (ruleset, portfolio, asOf) in cases {
      let filter = PortfolioFilter(condition: "within_ceiling", outcome: .breached)
      let once = try run(ruleset, portfolio, asOf, filter: filter).report(on: portfolio)
      let again = try run(ruleset, portfolio, asOf, filter: filter).report(on: portfolio)
      #expect(once.json() == again.json())
      #expect(once.text() == again.text())
      reports.append(once.json())
    }
    let folder = try ScratchFolder()
    for (index, report) in reports.enumerated() { try folder.write(report, to: "\(index).json") }
    let schema = Self.repository.appendingPathComponent("docs/portfolio.schema.json").path
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      for name in sys.argv[2:]:
          for error in jsonschema.Draft202012Validator(schema).iter_errors(json.load(open(name))):
              print(name, list(error.path), error.message[:300])
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["python3", "-c", script, schema]
      + reports.indices.map { folder.path + "/\($0).json" }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: output, as: UTF8.self) == "")
    #expect(process.terminationStatus == 0)
  }

  /// A portfolio is kept only as far as somebody asks about it: the lines of one contract are gone
  /// when the next is read, and the counts are right over many.
  @Test func `counts over many contracts`() throws {
    let folder = try ScratchFolder()
    try folder.write(
      """
      ruleset many "Many" { version "1" }
      contract { amount : EUR  owner : text }
      condition cap "Cap" { requires amount <= EUR 500  on breach recall amount }
      """, to: "many.proviso")
    let ruleset = try #require(try loadRuleset(named: "many.proviso", from: folder.files).ruleset)
    var run = PortfolioRun(Editions(ruleset), Question(asOf: .last))
    for index in 1...2_000 {
      let text = #"{"id": "C-\#(index)", "amount": \#(index % 1_000)}"#
      _ = run.take(.line(index, Array(text.utf8)), of: "many.jsonl")
    }
    let again = run.take(.line(2_001, Array(#"{"id": "C-7", "amount": 1}"#.utf8)), of: "many.jsonl")
    guard case .rejected(let rejected)? = again else {
      Issue.record("the second contract of an id is rejected")
      return
    }
    #expect(rejected.reason == "line 7 already has a contract with this id")
    let summary = try #require(run.report(on: "many.jsonl").parts.first).summary
    #expect(summary.conditions.first?.outcomes[.breached] == 998)
    #expect(summary.conditions.first?.outcomes[.met] == 1_002)
    // Twice the sum from 501 to 999.
    #expect(summary.conditions.first?.consequences.first?.totals.quantity == Fraction(748_500))
  }

  /// Of very many contracts only those that decide are shown; that none does is no empty list.
  @Test func `what holds for all of very many contracts is said of all`() throws {
    let folder = try ScratchFolder()
    try folder.write(
      """
      ruleset all "All" { version "1" }
      contract { amount : EUR }
      condition cap "Cap" { requires amount <= EUR 500 }
      portfolio condition every_one "Each" { requires every c in contracts satisfies c.amount > 0 }
      portfolio condition nobody "None" { requires no c in contracts where c.amount > EUR 500 }
      """, to: "all.proviso")
    let ruleset = try #require(try loadRuleset(named: "all.proviso", from: folder.files).ruleset)
    var run = PortfolioRun(Editions(ruleset), Question(asOf: .last))
    for index in 1...201 {
      let text = #"{"id": "C-\#(index)", "amount": \#(index)}"#
      _ = run.take(.line(index, Array(text.utf8)), of: "all.jsonl")
    }
    let text = run.report(on: "all.jsonl").text()
    #expect(text.contains("`every c in contracts satisfies c.amount > 0` holds for all 201."))
    #expect(text.contains("`no c in contracts where c.amount > EUR 500`: none of the 201 does."))
    #expect(!text.contains("nothing to look at"))
  }
}
