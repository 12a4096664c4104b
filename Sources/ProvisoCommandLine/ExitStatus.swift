// What the process's exit status says.

package import ProvisoModel
package import ProvisoReports

/// The exit statuses: the first that fits, in the order 2, 4, 1, 3, 0.
///
/// A script that looks at nothing else can still not mistake undecided for met.
package enum ExitStatus: Int32, Hashable, Sendable {
  /// Nothing is breached, nothing due is open; or the other verbs did what they were asked to.
  case good = 0
  /// Something is breached; a scenario failed; a file is not laid out as `fmt` would.
  case breached = 1
  /// Nothing could be run: the call or the input is wrong.
  case notRun = 2
  /// Something due is undetermined or in cure, or an amount asked for is unknown.
  case open = 3
  /// The contract is not governed by the ruleset, so there is no verdict on it; of a portfolio, a
  /// contract is not governed or could not be read.
  case notGoverned = 4

  /// What the verdict on one contract comes to.
  package init(_ verdict: ContractVerdict) {
    self.init(
      outcome: verdict.outcome, conditions: verdict.conditions,
      determinations: verdict.determinations)
    // What does not add up must not look like an answer.
    if self == .good, verdict.conservations.contains(where: { $0.holds.isFalse }) { self = .open }
  }

  /// What the verdict on one condition comes to, whatever else the contract breaches.
  package init(_ verdict: ConditionVerdict) {
    self.init(outcome: verdict.outcome, conditions: [verdict], determinations: [])
  }

  /// What the contracts of a portfolio come to together, and what was asked of the whole.
  package init(_ report: PortfolioReport) {
    var status = ExitStatus.good
    func take(_ other: ExitStatus) { if other.isWorse(than: status) { status = other } }
    if report.rejectedCount > 0 || report.notGovernedCount > 0 { take(.notGoverned) }
    for part in report.parts {
      let counts = part.summary.contracts
      if counts[.breached] > 0 { take(.breached) }
      if counts[.undetermined] + counts[.inCure] > 0 { take(.open) }
      let totals =
        part.summary.conditions.flatMap(\.consequences).map(\.totals)
        + part.summary.determinations.map(\.totals)
      if totals.contains(where: { $0.unknownCount > 0 }) { take(.open) }
      for verdict in part.portfolio.conditions { take(ExitStatus(verdict)) }
    }
    self = status
  }

  /// What a comparison comes to: of contracts that came out otherwise before.
  package init(_ comparison: Comparison) {
    if comparison.hasRejected {
      self = .notGoverned
    } else if comparison.contracts.newly(.breached) > 0 {
      self = .breached
    } else if comparison.contracts.newly(.undetermined) + comparison.contracts.newly(.inCure) > 0 {
      self = .open
    } else {
      self = .good
    }
  }

  /// Whether a status comes before another in the order 2, 4, 1, 3, 0.
  package func isWorse(than other: ExitStatus) -> Bool {
    let order: [ExitStatus] = [.notRun, .notGoverned, .breached, .open, .good]
    return (order.firstIndex(of: self) ?? 0) < (order.firstIndex(of: other) ?? 0)
  }

  private init(
    outcome: Outcome, conditions: [ConditionVerdict], determinations: [DeterminationResult]
  ) {
    switch outcome {
    case .notGoverned: self = .notGoverned
    case .breached: self = .breached
    case .undetermined, .inCure: self = .open
    case .pending, .waived, .cured, .exempt, .met, .notApplicable:
      let isAmountUnknown =
        conditions.contains { condition in
          condition.consequences.contains { consequence in
            if case .unknown = consequence.amount { true } else { false }
          }
        }
        || determinations.contains { determination in
          if case .known = determination.value { false } else { true }
        }
      self = isAmountUnknown ? .open : .good
    }
  }
}
