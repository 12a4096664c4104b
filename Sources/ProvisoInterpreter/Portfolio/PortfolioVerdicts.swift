// Portfolio conditions: one verdict each for all contracts, by the same rows as any condition.

import ProvisoModel
import ProvisoQuantities

extension Evaluator {
  /// What can be said of a portfolio at the end of a day with the knowledge of a day.
  func portfolioVerdict(
    _ portfolio: Portfolio, contractCount: Int, asOf: CalendarDate, knownAt: CalendarDate,
    tracing: Tracing, scoreboards: Tracing
  ) -> PortfolioVerdict {
    func evaluation(_ tracing: Tracing) -> Evaluation {
      // No field is read by its name alone, so the contract under test has none.
      Evaluation(
        prepared, Contract(id: "", facts: []), asOf: asOf, knownAt: knownAt, tracing: tracing,
        portfolio: portfolio)
    }
    var whole = evaluation(tracing)
    let conditions = whole.portfolioConditions(portfolio.gaps)
    var boards = evaluation(scoreboards)
    // An indicator may ask how a portfolio condition came out.
    boards.outcomes = whole.outcomes
    return PortfolioVerdict(
      asOf: asOf, knownAt: knownAt, contractCount: contractCount, conditions: conditions,
      scoreboards: boards.scoreboards(portfolio.gaps))
  }
}

extension Evaluation {
  /// The portfolio conditions in declaration order, each decided after those it asks about.
  ///
  /// While a contract is rejected, or it is unknown whether one is governed, nothing is decided of
  /// the whole: the tests say why, and the figures without it stay in the derivation.
  fileprivate mutating func portfolioConditions(_ gaps: ReasonSet) -> [ConditionVerdict] {
    let conditions = prepared.conditions
    outcomes = Array(repeating: nil, count: conditions.count)
    var verdicts: [ConditionVerdict?] = Array(repeating: nil, count: conditions.count)
    for id in prepared.conditionOrder where conditions[id.index].isPortfolio {
      let verdict = conditionVerdict(id, conditions[id.index], undeterminedFor: gaps)
      verdicts[id.index] = verdict
      outcomes[id.index] = verdict.outcome
    }
    return verdicts.compactMap { $0 }
  }
}
