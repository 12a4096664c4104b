// The evaluator: a checked ruleset made ready once, asked about one contract at a time.

package import ProvisoModel
package import ProvisoQuantities

/// Whether an evaluation keeps the steps from facts to verdicts.
package enum Tracing: Hashable, Sendable {
  /// Verdicts, reasons, remarks and amounts; no derivations.
  case verdictsOnly
  /// The same verdicts, and the derivation of each.
  case withDerivations
}

/// Answers questions about contracts by one checked ruleset.
///
/// This is the meaning of the language in executable form: same ruleset, same contract, same two
/// dates, same answer, whether or not the steps are kept.
package struct Evaluator: Sendable {
  let prepared: PreparedRuleset

  /// Makes a ruleset ready: looks up once what every contract would look up again.
  package init(_ ruleset: CheckedRuleset) {
    prepared = PreparedRuleset(ruleset)
  }

  /// The ruleset it answers by.
  package var ruleset: CheckedRuleset { prepared.ruleset }

  /// What can be said of a contract at the end of a day with the knowledge of a day.
  ///
  /// Portfolio conditions are not among the conditions answered: they speak of all contracts.
  package func evaluate(
    _ contract: Contract, asOf: CalendarDate, knownAt: CalendarDate, tracing: Tracing
  ) -> ContractVerdict {
    var evaluation = Evaluation(
      prepared, contract, asOf: asOf, knownAt: knownAt, tracing: tracing)
    return evaluation.contractVerdict()
  }

  /// What can be said of one condition of a contract; nil for a portfolio condition, and where the
  /// ruleset does not govern the contract.
  package func evaluate(
    condition: ConditionID, of contract: Contract, asOf: CalendarDate, knownAt: CalendarDate,
    tracing: Tracing
  ) -> ConditionVerdict? {
    var evaluation = Evaluation(
      prepared, contract, asOf: asOf, knownAt: knownAt, tracing: tracing)
    return evaluation.verdict(of: condition)
  }

  /// Whether the ruleset is for a contract.
  package func coverage(
    of contract: Contract, asOf: CalendarDate, knownAt: CalendarDate
  ) -> Coverage {
    var evaluation = Evaluation(
      prepared, contract, asOf: asOf, knownAt: knownAt, tracing: .verdictsOnly)
    return evaluation.governed()
  }

  /// The fields of the contract that decide whether the ruleset is for it.
  package var governingFields: Set<Int> {
    guard let governs = prepared.governs else { return [] }
    var fields: Set<Int> = []
    var pending = [governs.date]
    while let id = pending.popLast() {
      let kind = prepared.expressions[id.index].kind
      if case .contractField(let field) = kind { fields.insert(field) }
      if case .call(let define, _) = kind {
        prepared.defines[define.index].forEachRoot { pending.append($0) }
      }
      kind.forEachOperand { pending.append($0) }
    }
    return fields
  }
}
