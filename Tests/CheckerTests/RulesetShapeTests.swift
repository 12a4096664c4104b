// What the evaluators rely on in a checked ruleset, held on every good ruleset of the corpus.

import Foundation
import ProvisoChecker
import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import Testing

@testable import ProvisoChecker

@Suite struct RulesetShapeTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Corpus/good")

  private static func rulesets() -> [CheckedRuleset] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (names ?? []).sorted().filter { $0.hasSuffix(".proviso") && !$0.contains("files/") }
      .compactMap { name in
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
          return nil
        }
        return check(SourceFile(id: SourceID(0), name: name, bytes: [UInt8](data))) { other in
          (try? Data(contentsOf: folder.appendingPathComponent(other)))
            .map { .bytes([UInt8]($0)) } ?? .notFound
        }.ruleset
      }
  }

  @Test func `operands stand before those who use them`() {
    for ruleset in RulesetShapeTests.rulesets() {
      for (index, node) in ruleset.expressions.enumerated() {
        #expect(node.kind.operands.allSatisfy { $0.index < index })
        #expect(node.type != .unresolved)
      }
    }
  }

  @Test func `every condition has its place in the order, after those it asks about`() {
    for ruleset in RulesetShapeTests.rulesets() {
      #expect(Set(ruleset.conditionOrder).count == ruleset.conditions.count)
      for scenario in ruleset.scenarios {
        #expect(scenario.given.facts.count == ruleset.contract.fields.count)
      }
    }
  }

  @Test func `slots are counted`() {
    let ruleset = checked(
      everyKind + """
        define rate(low: percent, high: percent) : percent =
          sum(o.share for o in owners where o.share > low and o.share < high)
        condition c "C" {
          for each o in owners
          tested on signed
          requires (no p in owners where p.share > o.share) and rate(1%, o.share) > 0
        }
        """, files: everyKindFiles
    ).ruleset
    #expect(ruleset?.defines.first?.slotCount == 3)
    #expect(ruleset?.conditions.first?.slotCount == 2)
    #expect(ruleset?.conditions.first?.forEach?.binding.slot == 0)
  }

  @Test func `a scenario's facts have the form of a contract's`() throws {
    let result = checked(
      """
      ruleset aid "Aid" { version "1" }
      record Owner { name : text  share : percent }
      record Company { name : text  owners : list of Owner }
      contract { amount : EUR  company : Company  gas : tCO2e by year  repaid : date if any
        fit : boolean, assessed by "officer" }
      condition c "C" { requires amount > 0  on breach recall 10% of amount }
      determination half "Half" : EUR = amount / 2
      scenario "S" {
        given { company.owners = [ { name = "H", share = 25 } ], company.name = "C",
          gas = { 3 tCO2e at 2022, 500 gCO2e at 2021 }, repaid = none, fit = true,
          amount = { value = EUR 5 million, recorded = 2021-02-01, evidence = "E-1" } }
        as of 2021-12-31
        expect c at 2021 breached because "zero", recall EUR 500_000, half = unknown, contract met
      }
      """)
    let scenario = try #require(result.ruleset?.scenarios.first)
    let facts = scenario.given.facts
    let share = try Fraction(numerator: 1, denominator: 4)
    #expect(
      facts[0]
        == .versions([
          FactVersion(
            value: .scalar(.quantity(Fraction(5_000_000))),
            recorded: CalendarDate(iso: "2021-02-01"), evidence: "E-1")
        ]))
    #expect(
      facts[1]
        == .plain(
          .record([
            .plain(.scalar(.text("C"))),
            .plain(
              .list(
                FactList(members: [
                  .plain(
                    .record([
                      .plain(.scalar(.text("H"))), .plain(.scalar(.quantity(share))),
                    ]))
                ]))),
          ])))
    guard case .plain(.series(let entries)) = facts[2] else {
      Issue.record("a series is given")
      return
    }
    #expect(entries.map(\.period.description) == ["2021", "2022"])
    #expect(entries[0].fact == .plain(.scalar(.quantity(Fraction(500)))))
    #expect(facts[3] == .plain(.scalar(.none)))
    #expect(facts[4] == .absent)
    #expect(scenario.given.assessments.map(\.by) == ["officer"])
    #expect(
      scenario.expectations.map(\.subject) == [
        .condition(ConditionID(0), test: "2021", .breached), .because(ConditionID(0), "zero"),
        .consequence(ConditionID(0), .recall, amount: .quantity(Fraction(500_000))),
        .determination(0, nil), .contract(.met),
      ])
  }
}
