// A verdict as evaluation without tracing gives it.

package import ProvisoModel

extension ContractVerdict {
  /// The same verdict as evaluation without tracing gives it.
  package var withoutDerivations: ContractVerdict {
    ContractVerdict(
      contractID: contractID, asOf: asOf, knownAt: knownAt, outcome: outcome,
      conditions: conditions.map(\.withoutDerivations),
      determinations: determinations.map {
        DeterminationResult(
          determination: $0.determination, value: $0.value, exception: $0.exception,
          requests: $0.requests, derivation: nil)
      }, recallTotals: recallTotals, conservations: conservations,
      laterFactCount: laterFactCount, undatedFactCount: undatedFactCount)
  }
}

extension ConditionVerdict {
  /// The same verdict as evaluation without tracing gives it.
  package var withoutDerivations: ConditionVerdict {
    ConditionVerdict(
      condition: condition, outcome: outcome,
      tests: tests.map { test in
        TestVerdict(
          period: test.period, member: test.member, testDate: test.testDate,
          dueDate: test.dueDate, outcome: test.outcome, beneath: test.beneath,
          reasons: test.reasons, remarks: test.remarks,
          requests: test.requests, lastCureDay: test.lastCureDay, finalDay: test.finalDay,
          payment: test.payment, derivation: nil)
      },
      consequences: consequences.map {
        ConsequenceResult(
          verb: $0.verb, object: $0.object, amount: $0.amount, due: $0.due, test: $0.test,
          until: $0.until, base: $0.base, span: $0.span, derivation: nil)
      })
  }
}
