// The page of demands: every scenario that it names is one of the ruleset beside it.

import Foundation
import ProvisoKit
import ProvisoSource
import Testing

@Suite("The page of demands")
struct DemandsPageTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let path = "docs/demands.md"

  private static func lines() throws -> [String] {
    let page = try String(contentsOf: root.appending(path: path), encoding: .utf8)
    return page.split(separator: "\n").map(String.init)
  }

  /// The titles of a ruleset's scenarios.
  private static func titles(of ruleset: String) throws -> Set<String> {
    let loading = try loadRuleset(named: ruleset, from: Files(folder: root.path))
    return Set(try #require(loading.ruleset).checked.scenarios.map(\.title))
  }

  @Test("every scenario that is named stands in the ruleset beside it")
  func scenarios() throws {
    var known: [String: Set<String>] = [:]
    var count = 0
    for line in try DemandsPageTests.lines() where line.hasPrefix("* [") {
      let link = try #require(line.firstMatch(of: #/\]\(\.\.\/([^)]+)\)/#), "\(line)")
      let ruleset = String(link.output.1)
      let titles = try known[ruleset] ?? DemandsPageTests.titles(of: ruleset)
      known[ruleset] = titles
      let named = line.matches(of: #/"([^"]+)"/#).map { String($0.output.1) }
      #expect(!named.isEmpty, "\(line)")
      for title in named {
        #expect(titles.contains(title), "\(ruleset) has no scenario “\(title)”")
      }
      count += named.count
    }
    #expect(count > 50)
  }

  @Test("there are fourteen demands, each with a scenario")
  func demands() throws {
    var scenarios: [Int] = []
    for line in try DemandsPageTests.lines() {
      if line.hasPrefix("## ") { scenarios.append(0) }
      if line.hasPrefix("* ["), let last = scenarios.indices.last { scenarios[last] += 1 }
    }
    #expect(scenarios.count == 14)
    #expect(scenarios.allSatisfy { $0 > 0 })
  }
}
