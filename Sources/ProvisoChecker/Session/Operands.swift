// Walking checked expressions: what an expression rests on.

import ProvisoModel

extension Checking {
  /// What the expressions added since a mark ask that may not be asked everywhere.
  func traits(since mark: Int) -> DefineTraits {
    var traits = DefineTraits()
    for node in arena[mark...] {
      switch node.kind {
      case .isKnown, .isAssured: traits.asksWhatIsKnown = true
      case .contractField: traits.readsContract = true
      case .conditionState(let id, _, _): traits.conditions.insert(id.index)
      case .call(let id, _) where defineTraits.indices.contains(id.index):
        let called = defineTraits[id.index]
        traits.asksWhatIsKnown = traits.asksWhatIsKnown || called.asksWhatIsKnown
        traits.readsContract = traits.readsContract || called.readsContract
        traits.conditions.formUnion(called.conditions)
      default: continue
      }
    }
    return traits
  }

  /// Whether a value may have a denominator that comes from a fact.
  func dividesUnrounded(_ id: ExpressionID) -> Bool {
    switch self[id].kind {
    case .round: return false
    case .arithmetic(.divide, let left, let right):
      if case .literal = self[right].kind { return dividesUnrounded(left) }
      return true
    case .call(let define, let arguments):
      guard defines.indices.contains(define.index) else { return false }
      if arguments.contains(where: { dividesUnrounded($0) }) { return true }
      if let known = dividingDefines[define.index] { return known }
      var divides = false
      if case .expression(let body) = defines[define.index].body {
        divides = dividesUnrounded(body)
      }
      dividingDefines[define.index] = divides
      return divides
    case .compare, .quantifier, .limbs: return false
    case let kind: return kind.operands.contains { dividesUnrounded($0) }
    }
  }

  /// Whether the value of an expression can change when another day is tried in a cure.
  ///
  /// A value read at the period under test cannot; a field read by its name can, because it is read
  /// as it stood on the day.
  func movesWithTestDate(_ id: ExpressionID) -> Bool {
    switch self[id].kind {
    case .testDate, .contractField, .contracts, .conditionState: true
    case .at(let base, let time):
      switch self[base].kind {
      case .contractField: movesWithTestDate(time)
      default: movesWithTestDate(base) || movesWithTestDate(time)
      }
    case .window(_, let count, _, let end): movesWithTestDate(count) || movesWithTestDate(end)
    case .call(let define, let arguments):
      arguments.contains { movesWithTestDate($0) } || bodyMoves(define)
    case let kind: kind.operands.contains { movesWithTestDate($0) }
    }
  }

  private func bodyMoves(_ id: DefineID) -> Bool {
    guard defines.indices.contains(id.index) else { return true }
    if let known = movingDefines[id.index] { return known }
    let moves = bodyMoves(defines[id.index])
    movingDefines[id.index] = moves
    return moves
  }

  private func bodyMoves(_ define: Define) -> Bool {
    let exceptions = define.exceptions.flatMap { [$0.condition, $0.value] }
    switch define.body {
    case .expression(let body): return (exceptions + [body]).contains { movesWithTestDate($0) }
    case .fold(_, let from, let to, let first, let then):
      return (exceptions + [from, to, first, then]).contains { movesWithTestDate($0) }
    }
  }
}
