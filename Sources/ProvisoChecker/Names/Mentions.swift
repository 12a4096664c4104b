// Which names an expression speaks of: what orders defines before those that use them.

import ProvisoSyntax

/// Calls a body with every name an expression speaks of, but for the variables it binds itself.
func eachName(
  in node: ExpressionSyntax, bound: [String] = [], _ body: (NameSyntax) -> Void
) {
  switch node {
  case .name(let name): if !bound.contains(name.text) { body(name) }
  case .call(let call):
    body(call.function)
    for argument in call.arguments { eachName(in: argument, bound: bound, body) }
  case .quantified(let node):
    eachName(in: node.collection, bound: bound, body)
    let inner = bound + [node.variable.text]
    for part in [node.filter, node.requirement].compactMap({ $0 }) {
      eachName(in: part, bound: inner, body)
    }
  case .aggregate(let node):
    switch node.source {
    case .collection(let collection): eachName(in: collection, bound: bound, body)
    case .members(let term, let variable, let collection, let filter):
      eachName(in: collection, bound: bound, body)
      let inner = bound + [variable.text]
      for part in [term, filter].compactMap({ $0 }) { eachName(in: part, bound: inner, body) }
    }
  default: for part in node.parts { eachName(in: part, bound: bound, body) }
  }
}

extension ExpressionSyntax {
  /// The expressions directly within this one.
  var parts: [ExpressionSyntax] {
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
    case .membership(let node): [node.member, node.collection] + node.momentParts
    case .happenedBy(let node): [node.event, node.deadline]
    case .isTest(let node): [node.subject]
    case .at(let node): [node.base, node.point]
    case .window(let node): [node.series, node.length, node.end]
    case .range(let node): [node.series, node.first, node.last].compactMap { $0 }
    case .limited(let node): [node.value, node.limit]
    case .fallback(let node): [node.value, node.replacement]
    case .converted(let node): [node.value, node.day]
    case .part(let node): [node.amount, node.bound]
    case .choice(let node):
      node.branches.flatMap { [$0.value, $0.condition] } + [node.otherwise]
    case .limbs(let node): node.limbs.map(\.truth) + node.quotaParts
    case .quantified(let node):
      [node.collection] + [node.filter, node.requirement].compactMap { $0 }
    case .aggregate(let node): node.sourceParts
    case .chain(let node): [node.list] + node.ruleParts
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
  fileprivate var momentParts: [ExpressionSyntax] {
    let shift = dating?.shift.map { [$0] } ?? []
    switch moment {
    case .on(let day): return shift + [day]
    case .atAnyTime(let from, let to): return shift + [from, to]
    case nil: return shift
    }
  }
}

extension LimbsSyntax {
  fileprivate var quotaParts: [ExpressionSyntax] {
    if case .atLeast(let number) = quota { [number] } else { [] }
  }
}

extension AggregateSyntax {
  fileprivate var sourceParts: [ExpressionSyntax] {
    switch source {
    case .collection(let collection): [collection]
    case .members(let term, _, let collection, let filter):
      [collection] + [term, filter].compactMap { $0 }
    }
  }
}

extension ChainSyntax {
  fileprivate var ruleParts: [ExpressionSyntax] {
    rules.compactMap { rule in
      switch rule {
      case .product: nil
      case .each(let statement): statement
      }
    }
  }
}
