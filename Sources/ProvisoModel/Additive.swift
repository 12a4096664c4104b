// Whether values of several contracts make a sum that means something.

import ProvisoQuantities

extension CheckedRuleset {
  /// Whether a determination is an amount, which adds up over contracts, and not a share, a price
  /// or an average: what each of two loans cost for a job is not added to what both did.
  package func addsUp(_ determination: Determination) -> Bool {
    switch determination.type {
    case .ratio: return false
    case .quantity(let unit):
      guard !unit.isPercentLike, unit.dimension.factors.allSatisfy({ $0.exponent > 0 }) else {
        return false
      }
    default: break
    }
    return !isQuotient(determination.value, depth: 0)
  }

  /// Whether a value comes from dividing by what differs from contract to contract.
  private func isQuotient(_ id: ExpressionID, depth: Int) -> Bool {
    // Defines rest at most 64 deep on each other.
    guard depth < 200, expressions.indices.contains(id.index) else { return false }
    func any(_ ids: [ExpressionID]) -> Bool { ids.contains { isQuotient($0, depth: depth + 1) } }
    switch expressions[id.index].kind {
    case .arithmetic(.divide, let dividend, let divisor):
      // A part in proportion, `grant * lost / promised`, is an amount.
      if case .arithmetic(.multiply, _, _) = expressions[dividend.index].kind { return false }
      return !isConstant(divisor)
    case .round(let value, _, _), .capped(let value, _, _), .floored(let value, _, _),
      .partAbove(let value, _), .partUpTo(let value, _), .convert(let value, _, _, _),
      .orElse(let value, _), .negate(let value):
      return any([value])
    case .aggregate(let kind, _, _, let body):
      return kind == .average || any(body.map { [$0] } ?? [])
    case .choose(let choices, let otherwise):
      return any(choices.map(\.value) + (otherwise.map { [$0] } ?? []))
    case .call(let define, _):
      guard case .expression(let body) = self[define].body else { return false }
      return any([body])
    default: return false
    }
  }

  /// Whether an expression is the same for every contract.
  private func isConstant(_ id: ExpressionID) -> Bool {
    guard expressions.indices.contains(id.index) else { return false }
    switch expressions[id.index].kind {
    case .literal, .parameter: return true
    default: return false
    }
  }
}
