// A condition with a plan, and at which of its outcomes there is something to ask of a row.

import ProvisoBatch
import ProvisoModel
import ProvisoPlan

/// A condition that has a plan, with what of it a row may ask for.
struct LoweredCondition {
  let index: Int
  let tests: [TestPlan]
  let clauses: [Consequence]
  /// Whether it has one test of every contract.
  let isPlain: Bool
  /// One bit an outcome's byte: whether there is anything to do for it.
  let attention: UInt32
  /// The same: whether it sets off a consequence.
  let firing: UInt32

  /// Those of a ruleset, in its order.
  static func all(of columnar: ColumnarRuleset) -> [LoweredCondition] {
    columnar.plan.conditions.enumerated().compactMap { index, plan in
      guard case .lowered(let tests) = plan else { return nil }
      let clauses = columnar.ruleset.checked.conditions[index].consequences
      var firing: UInt32 = 0
      for byte in UInt8(0)..<16 where clauses.contains(where: { $0.trigger.fires(on: byte) }) {
        firing |= 1 << UInt32(byte)
      }
      // Of several tests only the worst shows.
      let isPlain = tests.count == 1 && tests.allSatisfy(\.isPlain)
      let any: UInt32 = ~(1 << UInt32(OutcomeByte.open) | 1 << UInt32(OutcomeByte.notGoverned))
      return LoweredCondition(
        index: index, tests: tests, clauses: clauses, isPlain: isPlain,
        attention: isPlain ? firing : any, firing: firing)
    }
  }
}
