// The expressions directly inside an expression, in the order of the text.

extension ExpressionSyntax {
  /// The expressions directly inside this one, from left to right.
  package var children: [ExpressionSyntax] {
    switch self {
    case .missing, .number, .string, .date, .period, .boolean, .none, .name: []
    case .member(let node): [node.base]
    case .call(let node): node.arguments
    case .parenthesized(let node): [node.content]
    case .tuple(let node), .list(let node), .set(let node), .and(let node), .or(let node):
      node.elements
    case .record(let node): node.entries.map(\.value)
    case .timeline(let node): node.entries.flatMap { [$0.value, $0.point] }
    case .negated(let node), .not(let node): [node.operand]
    case .sum(let node): [node.first] + node.rest.map(\.operand)
    case .product(let node): [node.first] + node.rest.map(\.operand)
    case .power(let node): [node.base, node.exponent]
    case .comparison(let node): [node.left, node.right]
    case .membership(let node): node.parts
    case .happenedBy(let node): [node.event, node.deadline]
    case .isTest(let node): [node.subject]
    case .at(let node): [node.base, node.point]
    case .window(let node): [node.series, node.length, node.end]
    case .range(let node): [node.series, node.first, node.last].compactMap { $0 }
    case .limited(let node): [node.value, node.limit]
    case .fallback(let node): [node.value, node.replacement]
    case .converted(let node): [node.value, node.day]
    case .part(let node): [node.amount, node.bound]
    case .choice(let node): node.branches.flatMap { [$0.value, $0.condition] } + [node.otherwise]
    case .limbs(let node): node.parts
    case .quantified(let node):
      [node.collection] + [node.filter, node.requirement].compactMap { $0 }
    case .aggregate(let node): node.parts
    case .chain(let node): node.parts
    case .round(let node): [node.value, node.step]
    case .duration(let node): [node.amount]
    case .after(let node): [node.duration, node.day]
    case .elapsed(let node): [node.from, node.to]
    case .yearFraction(let node): [node.from, node.to] + (node.maturity.map { [$0] } ?? [])
    case .periodOf(let node): [node.day]
    }
  }
}

extension MembershipSyntax {
  fileprivate var parts: [ExpressionSyntax] {
    let shift = dating?.shift.map { [$0] } ?? []
    switch moment {
    case .on(let day): return [member, collection] + shift + [day]
    case .atAnyTime(let from, let to): return [member, collection] + shift + [from, to]
    case nil: return [member, collection] + shift
    }
  }
}

extension LimbsSyntax {
  fileprivate var parts: [ExpressionSyntax] {
    if case .atLeast(let count) = quota { return [count] + limbs.map(\.truth) }
    return limbs.map(\.truth)
  }
}

extension AggregateSyntax {
  fileprivate var parts: [ExpressionSyntax] {
    switch source {
    case .members(let term, _, let collection, let filter):
      return [term, collection, filter].compactMap { $0 }
    case .collection(let collection): return [collection]
    }
  }
}

extension ChainSyntax {
  fileprivate var parts: [ExpressionSyntax] {
    [list]
      + rules.map { rule in
        switch rule {
        case .product(let factor): factor
        case .each(let condition): condition
        }
      }
  }
}
