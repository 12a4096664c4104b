// The expressions inside clauses, and how many words a clause begins with.

extension ConditionClauseSyntax {
  /// The expressions directly inside the clause, from left to right.
  package var expressions: [ExpressionSyntax] {
    switch self {
    case .serves, .kind, .source, .evidence: []
    case .appliesWhen(let value, _), .requires(let value, _), .forbids(let value, _),
      .unlessGroup(let value, _):
      [value]
    case .forEach(let node): [node.collection] + (node.filter.map { [$0] } ?? [])
    case .tested(let node): node.expressions
    case .unless(let node): [node.condition]
    case .undetermined(_, let condition, _): [condition]
    case .cure(let node): node.expressions
    case .consequence(let node): node.consequence.expressions
    }
  }

  /// How many tokens stand before what the clause says.
  var headTokens: Int {
    switch self {
    case .appliesWhen, .forEach: 2
    case .consequence(let node): node.trigger == .whileInCure ? 3 : 2
    default: 1
    }
  }
}

extension TestedSyntax {
  /// The expressions of the schedule and the due date, from left to right.
  package var expressions: [ExpressionSyntax] {
    var result: [ExpressionSyntax] = []
    switch schedule {
    case .missing, .continuously: break
    case .on(let day), .by(let day): result = [day]
    case .periodic(_, let from, let end): result = [from, end?.bound].compactMap { $0 }
    case .every(let duration, let from, let end):
      result = [duration, from, end?.bound].compactMap { $0 }
    }
    switch due {
    case .after(let duration, _): result.append(duration)
    case .on(let day, _): result.append(day)
    case nil: break
    }
    return result
  }
}

extension ScheduleEndSyntax {
  /// The bound itself.
  package var bound: ExpressionSyntax {
    switch self {
    case .to(let bound), .until(let bound): bound
    }
  }
}

extension CureSyntax {
  /// The expressions of the clause, from left to right.
  package var expressions: [ExpressionSyntax] {
    var result = [payment?.paid, condition].compactMap { $0 }
    if case .within(let duration) = limit { result.append(duration) }
    if case .times(let count) = atMost { result.append(count) }
    return result
  }
}

extension ConsequenceSyntax {
  /// The expressions of the consequence; those of its parts stand in a fixed order.
  package var expressions: [ExpressionSyntax] {
    var result = object.map { [$0] } ?? []
    switch change {
    case .by(let value), .byFactor(let value), .to(let value): result.append(value)
    case nil: break
    }
    if let from { result.append(from) }
    if case .date(let day) = until { result.append(day) }
    if case .times(let count) = frequency?.times { result.append(count) }
    return result
  }
}
