// What is lowered, and what is left to the interpreter.

import ProvisoKit
import ProvisoPlan
import ProvisoQuantities
import Testing

@Suite struct LoweringTests {
  // Both are measured: conditions left to the interpreter would be what is measured.
  @Test(arguments: ["w1-recovery-aid/w1-recovery-aid", "tax-havens/tax-havens"])
  func theBenchmarkRulesetsAreLoweredWhole(ruleset: String) throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let name = "/\(root)/rulesets/\(ruleset).proviso.md"
    let ruleset = try #require(try loadRuleset(named: name, from: Files()).ruleset)
    let date = try #require(CalendarDate(iso: "2026-06-30"))
    let plan = Plan.lower(ruleset.checked, asOf: date)
    let left = plan.conditions.compactMap { condition -> String? in
      if case .interpreted(let construct) = condition { construct } else { nil }
    }
    #expect(left == [])
    // What several conditions ask is worked out once.
    #expect(Set(plan.nodes).count == plan.nodes.count)
  }
}
