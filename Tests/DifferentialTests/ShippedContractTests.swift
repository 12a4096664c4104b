// The two evaluators agree on the shipped contracts, each by the rulesets of its folder.

import Foundation
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import ProvisoTestSupport
import Testing

@Suite struct ShippedContractTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func names(_ folder: String, ending: String) -> [String] {
    let path = root.appending(path: folder).path
    let all = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return all.filter { $0.hasSuffix(ending) }.sorted()
  }

  private static func ruleset(_ name: String) throws -> LoadedRuleset {
    let loading = try loadRuleset(named: "rulesets/\(name)", from: Files(folder: root.path))
    return try #require(loading.ruleset, "\(name)")
  }

  @Test func shippedContractsComeOutAlike() throws {
    let contracts = Self.names("contracts", ending: ".json")
    var compared = 0
    for name in Self.names("rulesets", ending: ".proviso.md") {
      let folder = name.split(separator: "/").first.map { "\($0)/" } ?? ""
      let lines = try contracts.filter { $0.hasPrefix(folder) }.map { contract in
        try String(contentsOf: Self.root.appending(path: "contracts/\(contract)"), encoding: .utf8)
          .replacing("\n", with: " ")
      }
      guard !lines.isEmpty else { continue }
      let ruleset = try Self.ruleset(name)
      for text in ["2020-10-06", "2021-12-31", "2024-02-29", "2026-06-30"] {
        let asOf = try #require(CalendarDate(iso: text))
        let found = agreement(ruleset.checked, lines: lines, asOf: asOf)
        #expect(found.differences.isEmpty, "\(name) as of \(text)")
        compared += found.comparedCount
      }
    }
    #expect(compared > 1_000)
  }

  @Test func outcomesAloneAreThoseOfTheInterpreter() throws {
    let ruleset = try Self.ruleset("tax-havens/tax-havens.proviso.md")
    let contracts = try Self.names("contracts/tax-havens", ending: ".json").compactMap { name in
      let path = "contracts/tax-havens/\(name)"
      let bytes = try Files(folder: Self.root.path).read(path, limitBytes: 1 << 20)
      return try ruleset.contract(bytes, named: path).contract?.contract
    }
    var inColumns = 0
    for text in ["2019-12-31", "2020-10-06", "2021-12-31", "2024-02-29", "2026-06-30"] {
      let question = Question(asOf: try #require(CalendarDate(iso: text)))
      // One for all contracts, there and back: nothing of one may be left for the next.
      var outcomes = OutcomesOnly(ColumnarRuleset(ruleset, question))
      for contract in contracts + contracts.reversed() {
        let answer = outcomes.answer(contract)
        let verdict = ruleset.evaluator.evaluate(
          contract, asOf: question.asOf, knownAt: question.knownAt, tracing: .verdictsOnly)
        #expect(answer.contract == verdict.outcome, "\(contract.id) as of \(text)")
        #expect(
          answer.conditions.compactMap { $0 } == verdict.conditions.map(\.outcome),
          "\(contract.id) as of \(text)")
        if !answer.isInterpreted { inColumns += 1 }
      }
    }
    #expect(inColumns > 0)
  }
}
