// docs/worked-cases.md: each worked case of the sources, the scenarios that show it, and how they
// came out. The table is generated; what stands around it is written by hand.

import Foundation
import ProvisoKit
import Testing

@Suite("The page of worked cases")
struct WorkedCasesTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let page = root.appending(path: "docs/worked-cases.md")
  private static let begin = "<!-- table -->"
  private static let end = "<!-- end of table -->"

  /// How many cases the sources have of each family, in the order of the table.
  private static let families = [
    ("AF", 5), ("TH", 5), ("TF", 4), ("RRF", 5), ("CA", 3), ("PPP", 6), ("CH", 3), ("JP", 4),
    ("KFW", 5), ("EIB", 4), ("FW", 4), ("SLL", 2), ("COV", 3), ("TX", 5), ("MI", 7), ("CV", 2),
    ("RR", 5),
  ]

  private struct Shown {
    let ruleset: String
    let title: String
    let passes: Bool
  }

  /// The scenarios of every page whose titles begin with a case, by the case.
  private static func shown() throws -> [String: [Shown]] {
    let files = Files(folder: root.path)
    let folder = root.appending(path: "rulesets").path
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".proviso.md") }.sorted()
    var found: [String: [Shown]] = [:]
    for name in names {
      let loading = try loadRuleset(named: "rulesets/\(name)", from: files)
      for scenario in try #require(loading.ruleset).scenarioReport().scenarios {
        guard let match = scenario.title.firstMatch(of: #/^([A-Z]+-W\d+): /#) else { continue }
        found[String(match.output.1), default: []].append(
          Shown(ruleset: name, title: scenario.title, passes: scenario.failures.isEmpty))
      }
    }
    return found
  }

  /// The numbers of the demands under which docs/demands.md names a scenario.
  private static func demands(of shown: Shown, in lines: [String]) -> [String] {
    var number = ""
    var numbers: [String] = []
    for line in lines {
      if let heading = line.firstMatch(of: #/^## (\d+)\./#) { number = String(heading.output.1) }
      if line.contains("](../rulesets/\(shown.ruleset))"), line.contains("\"\(shown.title)\""),
        !numbers.contains(number)
      {
        numbers.append(number)
      }
    }
    return numbers
  }

  private static func table() throws -> String {
    let shown = try self.shown()
    let demands = try String(
      contentsOf: root.appending(path: "docs/demands.md"), encoding: .utf8
    ).components(separatedBy: "\n")
    var lines = [
      "| case | ruleset | scenario | demands | result |", "| --- | --- | --- | --- | --- |",
    ]
    for (family, count) in families {
      for number in 1...count {
        let name = "\(family)-W\(number)"
        for scenario in shown[name] ?? [] {
          let page = scenario.ruleset.dropLast(".proviso.md".count)
          let numbers = self.demands(of: scenario, in: demands).map {
            "[\($0)](demands.md)"
          }
          lines.append(
            "| \(name) | [`\(page)`](../rulesets/\(scenario.ruleset)) | "
              + "\(scenario.title.dropFirst(name.count + 2)) | \(numbers.joined(separator: ", ")) "
              + "| \(scenario.passes ? "passes" : "FAILS") |")
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  @Test("every worked case has a scenario, and it passes")
  func everyCasePasses() throws {
    let shown = try Self.shown()
    var count = 0
    for (family, cases) in Self.families {
      for number in 1...cases {
        let scenarios = try #require(shown["\(family)-W\(number)"], "\(family)-W\(number)")
        #expect(scenarios.allSatisfy(\.passes), "\(family)-W\(number)")
        count += 1
      }
    }
    #expect(count == 72)
    #expect(shown.count == count, "a case that the sources do not have")
  }

  @Test("the page shows what the scenarios say")
  func page() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let start = try #require(text.range(of: Self.begin + "\n"))
    let stop = try #require(text.range(of: "\n" + Self.end))
    let table = try Self.table()
    if Specimen.isUpdating {
      let updated = text.replacingCharacters(in: start.upperBound..<stop.lowerBound, with: table)
      try updated.write(to: Self.page, atomically: true, encoding: .utf8)
    } else {
      #expect(text[start.upperBound..<stop.lowerBound] == table)
    }
  }
}
