// The shipped rulesets and contracts: every scenario passes, every contract answers as its table says.

import Foundation
import ProvisoKit
import ProvisoModel
import ProvisoSource
import Testing

@Suite("Rulesets and contracts as shipped")
struct ShippedRulesetsTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let files = Files(folder: root.path)

  static let rulesets = [
    "air-france-klm/air-france-klm", "french-undertaking/french-undertaking",
    "tax-havens/belgium-2020", "tax-havens/denmark-2020", "tax-havens/poland-2020",
    "tax-havens/scotland-2020", "tax-havens/tax-havens",
  ].map { "rulesets/\($0).proviso.md" }

  private static func loaded(_ name: String) throws -> LoadedRuleset {
    let loading = try loadRuleset(named: name, from: files)
    let errors = loading.diagnostics.filter { $0.severity == .error }
    #expect(errors.rendered(in: loading.sources) == "")
    return try #require(loading.ruleset)
  }

  @Test("every page of the folder is run here")
  func noneLeftOut() throws {
    let folder = ShippedRulesetsTests.root.appending(path: "rulesets")
    let all = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let pages = all.filter { $0.hasSuffix(".proviso.md") }.map { "rulesets/\($0)" }
    #expect(pages.sorted() == ShippedRulesetsTests.rulesets)
  }

  @Test("every scenario passes", arguments: rulesets)
  func scenarios(ruleset: String) throws {
    let report = try ShippedRulesetsTests.loaded(ruleset).scenarioReport()
    #expect(!report.scenarios.isEmpty)
    for scenario in report.scenarios {
      #expect(scenario.failures.isEmpty, "\(scenario.title): \(scenario.failures)")
    }
  }

  @Test("every worked case of the sources is a scenario")
  func workedCases() throws {
    var titles: [String] = []
    for ruleset in ShippedRulesetsTests.rulesets {
      titles += try ShippedRulesetsTests.loaded(ruleset).checked.scenarios.map(\.title)
    }
    for family in ["TH-W", "AF-W"] {
      for number in 1...5 {
        #expect(titles.contains { $0.hasPrefix("\(family)\(number):") }, "\(family)\(number)")
      }
    }
  }

  @Test("the only warnings are those of missions that are wishes", arguments: rulesets)
  func warnings(ruleset: String) throws {
    let loading = try loadRuleset(named: ruleset, from: ShippedRulesetsTests.files)
    let others = loading.diagnostics.filter { !$0.message.contains("is a wish") }
    #expect(others.rendered(in: loading.sources) == "")
  }

  private struct Row: CustomStringConvertible, Sendable {
    let contract: String
    let ruleset: String
    let asOf: String
    let outcome: String
    var description: String { "\(contract) as of \(asOf)" }
  }

  /// The table of contracts/README.md.
  private static func rows() throws -> [Row] {
    let page = try String(contentsOf: root.appending(path: "contracts/README.md"), encoding: .utf8)
    return page.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
      }
      guard cells.count == 5, cells[0].hasSuffix(".json") else { return nil }
      return Row(
        contract: "contracts/\(cells[0])", ruleset: "rulesets/\(cells[1])", asOf: cells[2],
        outcome: cells[3])
    }
  }

  @Test("every contract answers as the table of its page says")
  func contracts() throws {
    let rows = try ShippedRulesetsTests.rows()
    #expect(rows.count == 15)
    for row in rows {
      let ruleset = try ShippedRulesetsTests.loaded(row.ruleset)
      let loading = try ruleset.contract(named: row.contract, from: ShippedRulesetsTests.files)
      #expect(loading.diagnostics.rendered(in: loading.sources) == "", "\(row)")
      let contract = try #require(loading.contract)
      let answer = ruleset.answer(contract, Question(asOf: try readDate(row.asOf)))
      #expect(answer.verdict.outcome.rawValue == row.outcome, "\(row)")
    }
  }
}
