// A condition of which columns say all that is recorded: each of its tests, and what follows.

import ProvisoBatch
import ProvisoModel
import ProvisoPlan

/// A condition with tests of the contract itself, in periods or on days.
///
/// A test of a member is recorded with the member's name, which no column holds.
struct ToldCondition {
  let tests: [TestPlan]
  private let clauses: [Consequence]
  private let ruleset: CheckedRuleset

  /// Nil where only the interpreter says all that is recorded.
  init?(_ condition: ConditionID, of plan: Plan) {
    guard case .lowered(let tests) = plan.conditions[condition.index],
      tests.allSatisfy({ $0.list == nil && $0.consequences != nil })
    else { return nil }
    self.tests = tests
    clauses = plan.ruleset[condition].consequences
    ruleset = plan.ruleset
  }

  /// The amounts of what follows from tests, clause by clause and in their order; none where
  /// nothing does, nil where a column does not say one.
  func amounts(
    after tests: [ColumnTest], _ row: Int, _ chunk: borrowing ColumnChunk,
    _ answers: any VectorAnswers
  ) -> [ConsequenceValue]? {
    var found: [ConsequenceValue] = []
    for (position, clause) in clauses.enumerated() {
      for test in tests where clause.trigger.fires(on: test.outcome) {
        // On its day or its count the facts of a contract may have a say.
        guard clause.from == nil, clause.frequency == nil,
          let plan = self.tests[test.part].consequences?.first(where: { $0.position == position })
        else { return nil }
        guard let amount = clause.amount else {
          found.append(.none)
          continue
        }
        guard let node = plan.amount, !answers.mayBeOpen || !answers.isOpen(node, row, chunk),
          let value = value(amount, answers, node, test, row)
        else { return nil }
        found.append(value)
      }
    }
    return found
  }

  private func value(
    _ amount: ConsequenceAmount, _ answers: any VectorAnswers, _ node: NodeID, _ test: ColumnTest,
    _ row: Int
  ) -> ConsequenceValue? {
    switch amount {
    case .amount(let id):
      let type = ruleset[id].type
      return answers.value(node, type, of: test, row).map { .amount($0, type) }
    case .byPoints(let id):
      return answers.value(node, .ratio, of: test, row).map { .points($0, ruleset[id].type) }
    case .byFactor:
      guard case .quantity(let factor)? = answers.value(node, .ratio, of: test, row) else {
        return nil
      }
      return .factor(factor)
    }
  }
}

extension ConditionVerdict {
  /// The same with other amounts; nil where other consequences follow.
  func with(_ amounts: [ConsequenceValue]) -> ConditionVerdict? {
    guard consequences.count == amounts.count else { return nil }
    return ConditionVerdict(
      condition: condition, outcome: outcome, tests: tests,
      consequences: zip(consequences, amounts).map { known, amount in
        ConsequenceResult(
          verb: known.verb, object: known.object, amount: amount, due: known.due, test: known.test,
          until: known.until, base: known.base, span: known.span, derivation: nil)
      })
  }
}
