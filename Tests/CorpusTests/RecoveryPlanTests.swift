// The real plan of Italy: the shares, the wrong rows, the instalments and the payments as published.

import Foundation
import ProvisoInterpreter
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import Testing

@Suite("The Italian recovery plan")
struct RecoveryPlanTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let files = Files(folder: root.path)
  private static let plan = "rulesets/eu-recovery-facility/eu-recovery-facility.proviso.md"
  private static let projects = "rulesets/eu-recovery-facility/project-payments.proviso.md"

  /// What is said of a shipped contract, with the names of the ruleset it was read by.
  private struct Reading {
    let ruleset: LoadedRuleset
    let verdict: ContractVerdict

    func condition(_ name: String) throws -> ConditionVerdict {
      let id = try #require(ruleset.condition(named: name))
      return try #require(verdict.conditions.first { $0.condition == id })
    }

    func determination(_ name: String) throws -> Value? {
      let position = try #require(
        ruleset.checked.determinations.firstIndex { $0.name == name })
      let found = try #require(verdict.determinations.first { $0.determination == position })
      guard case .known(let value) = found.value else { return nil }
      return value
    }
  }

  private func reading(_ contract: String, by ruleset: String, on day: String) throws -> Reading {
    let loading = try loadRuleset(named: ruleset, from: Self.files)
    let loaded = try #require(loading.ruleset)
    let read = try loaded.contract(
      named: "contracts/eu-recovery-facility/\(contract)", from: Self.files)
    let answer = loaded.answer(
      try #require(read.contract), Question(asOf: try readDate(day)))
    return Reading(ruleset: loaded, verdict: answer.verdict)
  }

  @Test("both shares are met, by the figures of the tags of version 5")
  func shares() throws {
    let italy = try reading("italy-2021.json", by: Self.plan, on: "2022-12-31")
    #expect(try italy.condition("climate_share").outcome == .met)
    #expect(try italy.condition("digital_share").outcome == .met)
    #expect(try italy.condition("contribution_adds_up").outcome == .met)
    #expect(try italy.condition("contribution_adds_up").tests.count == 281)
    let climate = try Fraction(numerator: 374_565, denominator: 1_000_000)
    let digital = try Fraction(numerator: 251_146, denominator: 1_000_000)
    let margin = try Fraction(numerator: 874_102_732_811, denominator: 1000)
    #expect(try italy.determination("climate") == .quantity(climate))
    #expect(try italy.determination("digital") == .quantity(digital))
    #expect(try italy.determination("climate_margin") == .quantity(margin))
  }

  @Test("51, 45 and 55 milestones and targets are due and declared met")
  func instalments() throws {
    let italy = try reading("italy-2021.json", by: Self.plan, on: "2022-12-31")
    let instalments = try italy.condition("instalment_complete")
    #expect(instalments.tests.map(\.member) == ["2021", "2022, first half", "2022, second half"])
    #expect(instalments.tests.allSatisfy { $0.outcome == .met })
    let fulfilled = try italy.condition("fulfilled").tests
    #expect(fulfilled.count { $0.outcome == .met } == 51 + 45)
    #expect(fulfilled.count { $0.outcome == .pending } == 55)
  }

  @Test("the eight rows of version 1 that contradict themselves are found, and no other")
  func wrongRows() throws {
    let earlier = try reading("italy-tags-v01.json", by: Self.plan, on: "2022-12-31")
    let rows = try earlier.condition("contribution_adds_up").tests
    #expect(
      rows.filter { $0.outcome == .breached }.compactMap(\.member) == [
        "M1C3I3.03.01", "M1C3I3.03.02", "M1C3I3.03.04", "M1C3I3.03.05", "M1C3I4.02.03 part 2",
        "M1C3I4.02.04 part 2", "M1C3I4.02.05 part 2", "M2C1I2.03.00 part 2",
      ])
    #expect(rows.count { $0.outcome == .met } == 60)
  }

  @Test("no project was paid more than it was given")
  func payments() throws {
    let paid = try reading("italy-payments.json", by: Self.projects, on: "2025-03-31")
    let projects = try paid.condition("within_financing")
    #expect(projects.outcome == .met)
    #expect(projects.tests.count == 25)
  }
}
