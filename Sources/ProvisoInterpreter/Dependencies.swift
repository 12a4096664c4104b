// What an expression depends on: other conditions, the test it is evaluated for.

import ProvisoModel

extension CheckedRuleset {
  /// By condition: it and every condition it asks about, directly or not, in this order.
  func conditionNeeds(in order: [ConditionID]) -> [[ConditionID]] {
    var needs = conditions.map { asked(by: $0) }
    // Those asked about stand before those that ask, so one pass closes the sets.
    for id in order {
      for other in needs.indices where needs[id.index][other] {
        for further in needs.indices where needs[other][further] { needs[id.index][further] = true }
      }
    }
    return conditions.indices.map { index in
      order.filter { $0.index == index || needs[index][$0.index] }
    }
  }

  /// By condition: whether a condition's clauses ask about it.
  private func asked(by condition: Condition) -> [Bool] {
    var asked = [Bool](repeating: false, count: conditions.count)
    var seen = [Bool](repeating: false, count: expressions.count)
    var pending: [ExpressionID] = []
    condition.forEachRoot { pending.append($0) }
    while let id = pending.popLast() {
      guard !seen[id.index] else { continue }
      seen[id.index] = true
      let kind = self[id].kind
      kind.forEachOperand { pending.append($0) }
      switch kind {
      case .conditionState(let other, _, _): asked[other.index] = true
      case .call(let define, _): self[define].forEachRoot { pending.append($0) }
      default: break
      }
    }
    return asked
  }

  /// Whether a chain reads nothing but facts of the contract, so that every test that reads them
  /// on the same day reaches the same entities.
  func isSteadyChain(_ kind: ExpressionKind) -> Bool {
    guard case .chain(let base, let rule) = kind, isPath(base) else { return false }
    // A judgement may expire between two test dates.
    if case .list(.record(let record)) = self[base].type,
      self[record].fields.contains(where: { $0.assessor != nil })
    {
      return false
    }
    guard case .each(let slot, let statement) = rule else { return true }
    return isClosed(statement, over: slot)
  }

  private func isPath(_ id: ExpressionID) -> Bool { rootField(of: id) >= 0 }

  /// The field of the contract that a path begins with; -1: it is no such path.
  func rootField(of id: ExpressionID) -> Int {
    switch self[id].kind {
    case .contractField(let field): field
    case .member(let owner, _): rootField(of: owner)
    default: -1
    }
  }

  /// Whether a statement speaks of one variable and of fixed values only.
  private func isClosed(_ id: ExpressionID, over slot: Int) -> Bool {
    let kind = self[id].kind
    switch kind {
    case .variable(let other, _): return other == slot
    case .literal: return true
    case .member, .arithmetic, .compare, .memberOf, .listLiteral, .not, .and, .or, .isKnown:
      var isClosed = true
      kind.forEachOperand { isClosed = isClosed && self.isClosed($0, over: slot) }
      return isClosed
    default: return false
    }
  }
}

extension Condition {
  /// Calls `body` with every expression that one of its clauses starts from.
  func forEachRoot(_ body: (ExpressionID) -> Void) {
    body(requirement)
    if let appliesWhen { body(appliesWhen) }
    for exception in exceptions { body(exception.condition) }
    for doubt in doubts { body(doubt.condition) }
    if let forEach {
      body(forEach.binding.collection)
      if let filter = forEach.condition { body(filter) }
    }
    switch schedule {
    case .asOf, .continuously: break
    case .on(let date), .by(let date): body(date)
    case .periods(_, let from, let to):
      if let from { body(from) }
      if let to { body(to.bound) }
    case .every(_, _, let from, let to):
      body(from)
      if let to { body(to.bound) }
    }
    if case .on(let date) = due { body(date) }
    if let condition = cure?.condition { body(condition) }
    if let payment = cure?.payment { body(payment.paid) }
    for consequence in consequences {
      switch consequence.amount {
      case .amount(let amount), .byPoints(let amount), .byFactor(let amount): body(amount)
      case nil: break
      }
      if case .until(let day) = consequence.until { body(day) }
      if let from = consequence.from { body(from) }
    }
  }
}
