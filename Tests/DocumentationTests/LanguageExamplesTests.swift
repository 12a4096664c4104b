// Runs every example of docs/language.md, so that what stands there is what Proviso does.

import Foundation
import Testing

/// The examples of the page, with the running example that the shorter ones lean on.
private struct Handbook {
  let all: [Fence]
  let ruleset: String
  let contract: String

  init() throws {
    all = fences(of: try page("docs/language.md"))
    ruleset = try #require(all.first { $0.info == ["proviso", "running"] }).body
    contract = try #require(all.first { $0.info == ["json", "running"] }).body
  }

  func examples(_ kind: [String]) -> [Fence] { all.filter { $0.info == kind } }
}

@Suite struct LanguageExamplesTests {
  private let handbook: Handbook
  private let folder: ExampleFolder

  init() throws {
    handbook = try Handbook()
    folder = try ExampleFolder()
  }

  @Test func everyBoxOfRulesIsOfAKindThatIsRun() {
    let kinds: Set = [
      ["proviso"], ["proviso", "running"], ["proviso", "fragment"],
      ["proviso", "values"], ["proviso", "refused"],
    ]
    for fence in handbook.all where fence.info.first == "proviso" {
      #expect(kinds.contains(fence.info), "line \(fence.line)")
    }
    #expect(handbook.examples(["proviso", "values"]).count >= 12)
    #expect(handbook.examples(["proviso", "fragment"]).count >= 8)
  }

  @Test func wholeRulesetsCheckAndTheirScenariosPass() throws {
    for fence in handbook.examples(["proviso"]) {
      try folder.write(fence.body, as: "example.proviso")
      expectPassing("example.proviso", line: fence.line)
    }
  }

  @Test func theRulesetsOfTheDayCountPagePass() throws {
    let all = fences(of: try page("docs/day-counts.md"))
    #expect(all.count >= 5)
    for fence in all {
      #expect(fence.info == ["proviso"])
      try folder.write(fence.body, as: "example.proviso")
      expectPassing("example.proviso", line: fence.line)
    }
  }

  @Test func fragmentsCheckAndTheirScenariosPass() throws {
    for fence in handbook.examples(["proviso", "fragment"]) {
      try folder.write(handbook.ruleset + "\n" + fence.body, as: "example.proviso")
      expectPassing("example.proviso", line: fence.line)
    }
  }

  /// Each line `left = right` becomes a condition that requires it of the running contract.
  @Test func equalitiesHold() throws {
    try folder.write(handbook.contract, as: "contract.json")
    for fence in handbook.examples(["proviso", "values"]) {
      for (offset, line) in fence.body.split(separator: "\n").enumerated() {
        let (left, right) = try #require(sides(of: String(line)), "line \(fence.line + offset + 1)")
        let statement =
          switch right {
          case "true": "(\(left))"
          case "false": "not (\(left))"
          default: "(\(left)) = \(right)"
          }
        let rules = "\ncondition equal \"They are equal\" { requires \(statement) }\n"
        try folder.write(handbook.ruleset + rules, as: "example.proviso")
        let result = folder.run(
          ["check", "example.proviso", "contract.json", "--as-of", "2024-12-31"])
        #expect(
          result.status == 0,
          "line \(fence.line + offset + 1): \(line)\n\(result.output)\(result.errors)")
      }
    }
  }

  @Test func refusedExamplesAreRefused() throws {
    for fence in handbook.examples(["proviso", "refused"]) {
      try folder.write(handbook.ruleset + "\n" + fence.body, as: "example.proviso")
      let result = folder.run(["check", "example.proviso"])
      #expect(result.status == 2, "line \(fence.line)")
      #expect(result.errors.contains("error["), "line \(fence.line): \(result.errors)")
    }
  }

  /// The page ends with the very grammar that the parser's engineers keep.
  @Test func theGrammarIsTheOneInTheGrammarFile() throws {
    let text = try page("docs/language.md")
    let grammar = try page("docs/grammar.ebnf")
    let fence = try #require(fences(of: text).first { $0.info == ["ebnf"] })
    #expect(fence.body == grammar)
  }

  private func expectPassing(_ name: String, line: Int) {
    let checked = folder.run(["check", name])
    #expect(checked.status == 0, "line \(line): \(checked.errors)")
    let tested = folder.run(["test", name])
    #expect(tested.status == 0, "line \(line): \(tested.output)\(tested.errors)")
  }

  /// The two sides of the last `=` of a line.
  private func sides(of line: String) -> (String, String)? {
    guard let sign = line.range(of: " = ", options: .backwards) else { return nil }
    let trim = { (part: Substring) in part.trimmingCharacters(in: .whitespaces) }
    return (trim(line[..<sign.lowerBound]), trim(line[sign.upperBound...]))
  }
}
