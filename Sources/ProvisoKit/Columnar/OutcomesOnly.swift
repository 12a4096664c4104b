// The outcomes of one contract after the other, and nothing else: for those who ask often.

import ProvisoBatch
import ProvisoInterpreter
package import ProvisoModel
import ProvisoPlan

/// Answers one question about contracts that have been read, one at a time: how each condition came
/// out, without reasons, amounts or steps.
///
/// A contract's facts go into columns of one row, and the plan runs over them; what has no plan,
/// and a contract that has no place in columns, the interpreter decides. It says what
/// `Evaluator.evaluate` says.
package struct OutcomesOnly {
  /// How a contract and its conditions came out.
  package struct Answer: Hashable, Sendable {
    package let contract: Outcome
    /// By condition of the ruleset; nil for a portfolio condition, and for all where the ruleset is
    /// not for the contract.
    package let conditions: [Outcome?]
    /// Whether the interpreter was asked.
    package let isInterpreted: Bool
  }

  private let columnar: ColumnarRuleset
  private var executor: Executor
  private var chunk: ColumnChunk
  private var bytes: [UInt8] = []
  /// Whether each contract has to go to the interpreter.
  private let isOpen: Bool
  /// Whether conditions may all be met for want of a test, although it is not known whether the
  /// ruleset is for the contract.
  private let mayHideCoverage: Bool

  /// Makes a ruleset ready.
  package init(_ columnar: ColumnarRuleset) {
    self.columnar = columnar
    executor = Executor(columnar.layout)
    chunk = ColumnChunk(layout: columnar.layout, capacity: 1)
    isOpen =
      columnar.plan.isGovernsOpen
      || columnar.plan.conditions.contains { if case .interpreted = $0 { true } else { false } }
    mayHideCoverage =
      columnar.plan.governs != nil
      && !columnar.plan.conditions.contains {
        if case .lowered(let tests) = $0 { tests.contains(where: \.isPlain) } else { false }
      }
  }

  /// The outcomes of a contract.
  package mutating func answer(_ contract: Contract) -> Answer {
    guard !isOpen else { return interpreted(contract) }
    chunk.removeAll()
    chunk.append(contract)
    executor.outcomes(of: 0, in: chunk, into: &bytes)
    var conditions: [Outcome?] = []
    conditions.reserveCapacity(bytes.count)
    var isNotGoverned = false
    var worst: Outcome?
    for (index, plan) in columnar.plan.conditions.enumerated() {
      if case .portfolio = plan {
        conditions.append(nil)
        continue
      }
      guard let outcome = OutcomeByte.outcome(bytes[index]) else { return interpreted(contract) }
      isNotGoverned = isNotGoverned || outcome == .notGoverned
      conditions.append(outcome == .notGoverned ? nil : outcome)
      if worst.map({ outcome.severity < $0.severity }) ?? true { worst = outcome }
    }
    guard let worst, !mayHideCoverage || worst != .met else {
      return interpreted(contract)
    }
    let outcome: Outcome =
      isNotGoverned ? .notGoverned : worst.countsAsMet ? .met : worst
    return Answer(contract: outcome, conditions: conditions, isInterpreted: false)
  }

  private func interpreted(_ contract: Contract) -> Answer {
    let question = columnar.question
    let verdict = columnar.ruleset.evaluator.evaluate(
      contract, asOf: question.asOf, knownAt: question.knownAt, tracing: .verdictsOnly)
    var conditions = [Outcome?](repeating: nil, count: columnar.plan.conditions.count)
    for condition in verdict.conditions {
      conditions[condition.condition.index] = condition.outcome
    }
    return Answer(contract: verdict.outcome, conditions: conditions, isInterpreted: true)
  }
}
