// Verdicts on a whole portfolio: its conditions, and the scoreboards of its missions.

package import ProvisoQuantities

/// The answer for all contracts of a portfolio together.
package struct PortfolioVerdict: Hashable, Sendable {
  package let asOf: CalendarDate
  package let knownAt: CalendarDate
  /// How many contracts `contracts` goes over: those the ruleset governs.
  package let contractCount: Int
  /// The portfolio conditions, in declaration order.
  package let conditions: [ConditionVerdict]
  /// The missions that have an indicator and a baseline, in declaration order.
  package let scoreboards: [Scoreboard]

  package init(
    asOf: CalendarDate, knownAt: CalendarDate, contractCount: Int, conditions: [ConditionVerdict],
    scoreboards: [Scoreboard]
  ) {
    self.asOf = asOf
    self.knownAt = knownAt
    self.contractCount = contractCount
    self.conditions = conditions
    self.scoreboards = scoreboards
  }
}

/// How a mission stands: its indicator, period by period, beside what the mission asks for.
package struct Scoreboard: Hashable, Sendable {
  package let mission: MissionID
  /// The type of the indicator.
  package let type: ValueType
  /// What the last period came to; `pending` where no period has ended yet.
  package let outcome: Outcome
  /// The value the target asks for; nil where the mission has no target.
  package let target: Answer?
  /// From the baseline period to the last that had ended, in order.
  package let rows: [ScoreboardRow]

  package init(
    mission: MissionID, type: ValueType, outcome: Outcome, target: Answer?, rows: [ScoreboardRow]
  ) {
    self.mission = mission
    self.type = type
    self.outcome = outcome
    self.target = target
    self.rows = rows
  }
}

/// One period of a scoreboard.
package struct ScoreboardRow: Hashable, Sendable {
  package let period: Period
  /// The indicator over all contracts.
  package let value: Answer
  /// What the path, or from its day on the target, asks for; nil where nothing is asked yet.
  package let required: Answer?
  /// The value less that of the period before; nil for the baseline.
  package let change: Answer?
  /// The value less what the target asks for; nil without a target.
  package let distance: Answer?
  /// `met` and `breached`: on the right or wrong side of what is asked; `undetermined` where a
  /// value is unknown; `not applicable` where nothing is asked of this period.
  package let outcome: Outcome
  /// The facts to ask for. Sorted.
  package let requests: [Request]
  /// Only where a derivation was asked for.
  package let derivation: Derivation?

  package init(
    period: Period, value: Answer, required: Answer?, change: Answer?, distance: Answer?,
    outcome: Outcome, requests: [Request], derivation: Derivation?
  ) {
    self.period = period
    self.value = value
    self.required = required
    self.change = change
    self.distance = distance
    self.outcome = outcome
    self.requests = requests
    self.derivation = derivation
  }
}

/// Whether a ruleset is for a contract.
package enum Coverage: Hashable, Sendable {
  /// By the day that `governs` asks for; nil where the ruleset governs whatever it is given.
  case governed(on: CalendarDate?)
  case notGoverned(on: CalendarDate)
  case unknown(ReasonSet)

  /// Why it is unknown; none where it is not.
  package var reasons: ReasonSet {
    if case .unknown(let reasons) = self { reasons } else { .none }
  }
}
