// Where every form of expression stands.

extension ExpressionSyntax {
  /// The tokens and bytes of the expression.
  package var extent: Extent {
    switch self {
    case .missing(let extent), .none(let extent): extent
    case .number(let node): node.extent
    case .string(let node): node.extent
    case .date(let node), .period(let node): node.extent
    case .boolean(let node): node.extent
    case .name(let node): node.extent
    case .member(let node): node.extent
    case .call(let node): node.extent
    case .parenthesized(let node): node.extent
    case .tuple(let node), .list(let node), .set(let node), .and(let node), .or(let node):
      node.extent
    case .record(let node): node.extent
    case .timeline(let node): node.extent
    case .negated(let node), .not(let node): node.extent
    case .sum(let node): node.extent
    case .product(let node): node.extent
    case .power(let node): node.extent
    case .comparison(let node): node.extent
    case .membership(let node): node.extent
    case .happenedBy(let node): node.extent
    case .isTest(let node): node.extent
    case .at(let node): node.extent
    case .window(let node): node.extent
    case .range(let node): node.extent
    case .limited(let node): node.extent
    case .fallback(let node): node.extent
    case .converted(let node): node.extent
    case .part(let node): node.extent
    case .choice(let node): node.extent
    case .limbs(let node): node.extent
    case .quantified(let node): node.extent
    case .aggregate(let node): node.extent
    case .chain(let node): node.extent
    case .round(let node): node.extent
    case .duration(let node): node.extent
    case .after(let node): node.extent
    case .elapsed(let node): node.extent
    case .yearFraction(let node): node.extent
    case .periodOf(let node): node.extent
    }
  }

  /// Whether nothing stands here; the parser has reported it.
  package var isMissing: Bool {
    if case .missing = self { true } else { false }
  }

  /// The expression without the parentheses around it.
  package var unparenthesized: ExpressionSyntax {
    var expression = self
    while case .parenthesized(let node) = expression { expression = node.content }
    return expression
  }
}
