// The list of what the executor leaves to the interpreter, in docs/columnar-executor.md.

import Foundation
import ProvisoKit
import ProvisoModel
import ProvisoPlan
import ProvisoQuantities
import Testing

@Suite struct FallbackPageTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let page = root.appending(path: "docs/columnar-executor.md")
  private static let begins = "*Condition by condition:*"

  /// `PROVISO_UPDATE=1 swift test --filter DifferentialTests` writes the list anew.
  @Test func thePageListsWhatIsLeftToTheInterpreter() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let head = try #require(text.range(of: "For the shipped rulesets, as of 2026-06-30:\n"))
    #expect(text.contains(Self.begins))
    let written = text[..<head.upperBound] + "\n" + (try Self.list())
    if ProcessInfo.processInfo.environment["PROVISO_UPDATE"] == "1" {
      try written.write(to: Self.page, atomically: true, encoding: .utf8)
    } else {
      #expect(written == text)
    }
  }

  private static func list() throws -> String {
    let folder = root.appending(path: "rulesets").path
    let names = (try FileManager.default.subpathsOfDirectory(atPath: folder))
      .filter { $0.hasSuffix(".proviso.md") }.sorted()
    let asOf = try #require(CalendarDate(iso: "2026-06-30"))
    var table =
      "| ruleset | in columns | with the interpreter | for | values with it | over `contracts` |\n"
    table += "| --- | --: | --: | --- | --- | --- |\n"
    for name in names {
      let files = Files(folder: root.path)
      let loading = try loadRuleset(named: "rulesets/\(name)", from: files)
      let ruleset = try #require(loading.ruleset, "\(name)")
      let plan = Plan.lower(ruleset.checked, asOf: asOf)
      var lowered = 0
      var left: [String: Int] = [:]
      var values: [String] = []
      for (index, condition) in plan.conditions.enumerated() {
        switch condition {
        case .lowered(let tests):
          lowered += 1
          if tests.contains(where: { $0.consequences == nil }) {
            values.append("what follows from `\(ruleset.checked.conditions[index].name)`")
          }
        case .interpreted(let construct): left[construct, default: 0] += 1
        case .portfolio: break
        }
      }
      for (index, value) in plan.determinations.enumerated() {
        if case .interpreted = value {
          values.append("`\(ruleset.checked.determinations[index].name)`")
        }
      }
      let reasons = left.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        .map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
      let count = left.values.reduce(0, +)
      let shown = name.replacingOccurrences(of: ".proviso.md", with: "")
      let told = values.isEmpty ? "–" : values.joined(separator: ", ")
      table +=
        "| `\(shown)` | \(lowered) | \(count) | \(reasons.isEmpty ? "–" : reasons) | \(told) "
      table += "| \(questions(ruleset.checked, plan)) |\n"
    }
    return table
  }

  /// Whether what portfolio conditions and scoreboards ask of each contract has columns.
  private static func questions(_ ruleset: CheckedRuleset, _ plan: Plan) -> String {
    if plan.contributions != nil { return "columns" }
    let asks =
      ruleset.conditions.contains(where: \.isPortfolio)
      || ruleset.missions.contains { $0.indicator != nil && $0.baseline != nil }
    return asks ? "each contract kept" : "–"
  }
}
