// Same ruleset, same contract, same dates: the same bytes, run after run and thread beside thread.

import Foundation
import ProvisoKit
import ProvisoQuantities
import Testing

@Suite struct DeterminismTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private struct Case: Sendable {
    let ruleset: String
    let contract: String
    let asOf: String
  }

  private static let cases = [
    Case(
      ruleset: "rulesets/tax-havens/tax-havens.proviso.md",
      contract: "contracts/tax-havens/seychelles-trust.json", asOf: "2021-12-31"),
    Case(
      ruleset: "rulesets/tax-havens/denmark-2020.proviso.md",
      contract: "contracts/tax-havens/danish-compensation.json", asOf: "2021-06-30"),
    Case(
      ruleset: "rulesets/french-undertaking/french-undertaking.proviso.md",
      contract: "contracts/french-undertaking/renault-2020.json", asOf: "2020-12-31"),
    Case(
      ruleset: "rulesets/air-france-klm/air-france-klm.proviso.md",
      contract: "contracts/air-france-klm/air-france-klm-2020.json", asOf: "2025-03-31"),
  ]

  private static func load(_ name: String) throws -> LoadedRuleset {
    let files = Files(folder: repository.path)
    return try #require(try loadRuleset(named: name, from: files).ruleset)
  }

  /// Everything that can be said of a case, in every form.
  private static func answer(_ item: Case, by ruleset: LoadedRuleset) throws -> String {
    let files = Files(folder: repository.path)
    let contract = try #require(
      try ruleset.contract(named: item.contract, from: files).contract)
    let asOf = try #require(CalendarDate(iso: item.asOf))
    let answer = ruleset.answer(
      contract, Question(asOf: asOf), condition: nil, findsRemedies: true)
    return answer.json() + answer.summary() + answer.html() + answer.markdown()
  }

  @Test func loadingAgainGivesTheSameBytes() throws {
    for item in Self.cases {
      let first = try Self.answer(item, by: try Self.load(item.ruleset))
      let second = try Self.answer(item, by: try Self.load(item.ruleset))
      #expect(first == second)
      #expect(first.utf8.count > 4_000)
    }
  }

  /// One ruleset asked by one thread and by two at once: nothing of one question is seen in another.
  @Test func twoThreadsAnswerAsOneDoes() async throws {
    let rulesets = try Self.cases.map { try Self.load($0.ruleset) }
    let alone = try zip(Self.cases, rulesets).map { try Self.answer($0, by: $1) }
    let rounds = 8
    let together = try await withThrowingTaskGroup(of: [String].self) { group in
      for worker in 0..<2 {
        group.addTask {
          var answers: [String] = []
          for round in 0..<rounds {
            // The workers walk the cases in opposite directions, so that they meet everywhere.
            for step in Self.cases.indices {
              let index = (worker == 0 ? step : Self.cases.count - 1 - step)
              let text = try Self.answer(Self.cases[index], by: rulesets[index])
              if round == rounds - 1 || text != alone[index] { answers.append(text) }
            }
          }
          return worker == 0 ? answers : answers.reversed()
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(together == [alone, alone])
  }
}
