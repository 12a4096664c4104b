// Choosing between values: `when … otherwise`, `else`, what is known, what is verified.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// `A when C, B when D, otherwise E`, in order.
  ///
  /// An unknown `when` makes it unknown unless every value still possible is the same.
  mutating func choose(_ choices: [Choice], _ otherwise: ExpressionID?) -> Term {
    var open: [ExpressionID] = []
    var reasons = ReasonSet.none
    var rests = Rests.nothing
    var chosen = otherwise
    var position: Int?
    for (index, choice) in choices.enumerated() {
      let condition = scalar(choice.condition)
      rests = rests.union(condition.rests)
      if condition.truth.isTrue {
        chosen = choice.value
        position = index
        break
      }
      if condition.truth == .unknown {
        open.append(choice.value)
        reasons = reasons.union(condition.reasons)
      }
    }
    trace?.note(.choose(position: position))
    let candidates = open.map { evaluate($0) }
    let last = chosen.map { evaluate($0) } ?? .unknown(reason(.noEntry))
    if candidates.isEmpty { return resting(last, on: rests) }
    guard let value = last.scalarValue, candidates.allSatisfy({ $0.scalarValue == value }) else {
      let all = candidates.reduce(reasons) { $0.union($1.found.reasons) }
      return .unknown(all.union(last.found.reasons))
    }
    return resting(last, on: candidates.reduce(rests) { $0.union($1.found.rests) })
  }

  private func resting(_ term: Term, on rests: Rests) -> Term {
    guard case .scalar(var found) = term, !rests.isEmpty else { return term }
    found.rests = found.rests.union(rests)
    return .scalar(found)
  }

  /// `x else V`: V stands in for an unknown, and for an event that has not happened.
  mutating func orElse(_ first: ExpressionID, _ second: ExpressionID) -> Term {
    let term = evaluate(first)
    let isGiven: Bool
    switch term {
    case .scalar(let found):
      if case .some(let value) = found.value {
        isGiven = value != Value.none
      } else {
        isGiven = false
      }
    case .list(let list): isGiven = list.gaps.isEmpty
    case .record, .series, .levels: isGiven = true
    }
    trace?.note(.orElse(usedSecond: !isGiven))
    guard !isGiven else { return term }
    return resting(evaluate(second), on: absence(of: first))
  }

  /// `x is known`: true or false, never unknown.
  mutating func isKnown(_ operand: ExpressionID) -> Found {
    switch evaluate(operand) {
    case .scalar(let found):
      if found.answer.isGiven { return Found(.known(.boolean(true)), rests: found.rests) }
    case .list(let list):
      guard !list.gaps.isEmpty else { return Found(.known(.boolean(true)), rests: list.rests) }
    case .record, .series, .levels: return Found(.boolean(true))
    }
    return Found(.known(.boolean(false)), rests: absence(of: operand))
  }

  /// `x is verified`: x is known, and every fact it was read from rests on an item of evidence
  /// of this level or a higher one, received and recorded by K.
  mutating func isAssured(_ operand: ExpressionID, _ level: AssuranceLevel) -> Found {
    let outer = readEvidence
    readEvidence = []
    let found = scalar(operand)
    let read = readEvidence ?? []
    readEvidence = outer.map { $0 + read }
    let isAssured =
      found.answer.isGiven && !read.isEmpty && read.allSatisfy { self.isAssured(by: $0, level) }
    if isAssured { return Found(.known(.boolean(true)), rests: found.rests) }
    return Found(.known(.boolean(false)), rests: absence(of: operand))
  }

  private func isAssured(by read: ReadEvidence?, _ level: AssuranceLevel) -> Bool {
    guard let read else { return false }
    return contract(at: read.contract).evidence.contains {
      $0.id == read.id && $0.level >= level && isReceived($0)
    }
  }

  /// Whether an item had been received, and recorded, by K.
  func isReceived(_ item: EvidenceItem) -> Bool {
    if let received = item.received, received > knownAt { return false }
    if let recorded = item.recorded, recorded > knownAt { return false }
    return true
  }

  /// `k is met`, `k is breached`, `k is not applicable`.
  mutating func conditionState(
    _ condition: ConditionID, _ state: ConditionState, of contract: ExpressionID?
  ) -> Found {
    let name = prepared.conditions[condition.index].name
    let known: Outcome?
    let open: ReasonSet
    if let contract {
      // A path of names is one fact, not one step per dot.
      guard case .record(let record) = compute(contract), let path = record.path,
        let position = path.withinContract?.position
      else { return Found(unknown: ReasonSet(Reason(.openCondition, subject: name))) }
      known = portfolio?.outcome(of: condition, at: position)
      open = ReasonSet(Reason(.openCondition, subject: "\(path.text).\(name)"))
    } else {
      known = outcomes.indices.contains(condition.index) ? outcomes[condition.index] : nil
      open = ReasonSet(Reason(.openCondition, subject: name))
    }
    guard let outcome = known else { return Found(unknown: open) }
    switch outcome {
    case .undetermined, .pending, .inCure, .notGoverned: return Found(unknown: open)
    case .breached: return Found(.boolean(state == .breached))
    case .notApplicable: return Found(.boolean(state == .notApplicable))
    case .met, .exempt, .cured, .waived: return Found(.boolean(state == .met))
    }
  }
}

extension Term {
  /// The known scalar value, if that is what it is.
  fileprivate var scalarValue: Value? {
    if case .scalar(let found) = self { found.value } else { nil }
  }
}
