// Conservation: whether parts add up to the whole they are said to be parts of.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// Every `conserve` of the ruleset, by what conditions and determinations came to.
  mutating func conservations(
    _ conditions: [ConditionVerdict], _ determinations: [DeterminationResult]
  ) -> [ConservationResult] {
    prepared.conservations.enumerated().map { position, conservation in
      slots.removeAll(keepingCapacity: true)
      enter(Frame(testDate: asOf, day: asOf, period: nil, scope: conservation.name))
      let type = conservation.type
      let whole = amount(conservation.whole, conditions, determinations)
      let parts = conservation.parts.map { amount($0, conditions, determinations) }
      let sum = parts.dropFirst().reduce(parts.first ?? Found(.quantity(.zero))) {
        arithmetic(.add, $0, $1, left: type, right: type)
      }
      return ConservationResult(
        conservation: position, whole: whole.answer, parts: parts.map(\.answer),
        sum: sum.answer, holds: areEqual(whole, sum))
    }
  }

  private mutating func amount(
    _ amount: ConservedAmount, _ conditions: [ConditionVerdict],
    _ determinations: [DeterminationResult]
  ) -> Found {
    switch amount {
    case .value(let id): return quietly { $0.scalar(id) }
    case .determination(let position):
      guard determinations.indices.contains(position) else {
        return Found(unknown: reason(.missingFact))
      }
      return Found(determinations[position].value)
    case .consequences(let verb, let id):
      guard let verdict = conditions.first(where: { $0.condition == id }) else {
        return Found(unknown: reason(.openCondition))
      }
      let name = prepared.conditions[id.index].name
      // A test that is still open may yet release, suspend or reduce something.
      var reasons = ReasonSet.none
      for test in verdict.tests where test.outcome == .undetermined {
        reasons = reasons.union(ReasonSet(Reason(.openCondition, subject: name)))
      }
      guard reasons.isEmpty else { return Found(unknown: reasons) }
      let amounts = verdict.consequences.filter { $0.verb == verb }.compactMap(\.amount.summand)
      return amounts.reduce(Found(.quantity(.zero))) {
        arithmetic(.add, $0, $1, left: .money, right: .money)
      }
    }
  }

  private func areEqual(_ whole: Found, _ sum: Found) -> Truth {
    if let left = whole.value, let right = sum.value { return Truth(left == right) }
    guard let left = Interval(whole.answer), let right = Interval(sum.answer) else {
      return .unknown
    }
    return Interval.compare(.equal, left, right)
  }
}

extension [ConservationResult] {
  /// The determinations as they may be told: a part or whole of what does not add up is not known.
  func applied(
    to determinations: [DeterminationResult], of declared: [Conservation]
  ) -> [DeterminationResult] {
    var broken: [Int: ReasonSet] = [:]
    for result in self where result.holds.isFalse {
      let conservation = declared[result.conservation]
      let reason = ReasonSet(Reason(.notConserved, subject: conservation.name))
      for case .determination(let position) in [conservation.whole] + conservation.parts {
        broken[position] = (broken[position] ?? .none).union(reason)
      }
    }
    return determinations.enumerated().map { position, result in
      guard let reasons = broken[position] else { return result }
      return DeterminationResult(
        determination: result.determination, value: .unknown(reasons), exception: nil,
        requests: result.requests, derivation: nil)
    }
  }
}
