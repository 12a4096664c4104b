// Walking checked expressions: what an expression rests on.

import ProvisoModel

extension ExpressionKind {
  /// The expressions directly within this one.
  var operands: [ExpressionID] {
    switch self {
    case .literal, .contractField, .variable, .testPeriod, .testDate, .asOf, .contracts, .previous:
      []
    case .listLiteral(let ids), .least(let ids), .greatest(let ids), .and(let ids), .or(let ids),
      .tableHas(_, let ids), .table(_, let ids), .call(_, let ids):
      ids
    case .recordLiteral(_, let fields): fields.compactMap { $0 }
    case .member(let id, _), .through(let id), .periodStart(let id), .periodEnd(let id),
      .naceSection(let id), .periodOf(let id, _), .currencyOf(let id), .negate(let id),
      .not(let id), .isKnown(let id), .isAssured(let id, _), .isNone(let id),
      .parameter(_, let id):
      [id]
    case .arithmetic(_, let left, let right), .shareOf(let left, let right),
      .power(let left, let right), .partAbove(let left, let right), .partUpTo(let left, let right),
      .durationTimes(let left, let right), .periodDifference(let left, let right),
      .range(let left, let right), .happenedBy(let left, let right),
      .compare(_, let left, let right),
      .memberOf(let left, let right), .dateInPeriod(let left, let right),
      .orElse(let left, let right), .at(let left, let right), .capped(let left, let right, _),
      .floored(let left, let right, _), .durationSum(let left, let right, _),
      .periodPlus(let left, let right, _), .round(let left, let right, _):
      [left, right]
    case .convert(let value, _, _, let day): [value, day]
    case .addDuration(let date, let duration, _, _): [date, duration]
    case .countTime(_, _, let from, let to, _): [from, to]
    case .yearFraction(_, let from, let to, let maturity):
      [from, to] + (maturity.map { [$0] } ?? [])
    case .window(let series, let count, _, let end): [series, count, end]
    case .listed(let question):
      switch question.when {
      case .on(let day): [question.subject, day]
      case .anyTime(let from, let to): [question.subject, from, to]
      }
    case .limbs(let kind, let limbs):
      if case .atLeast(let number) = kind {
        [number] + limbs.map(\.statement)
      } else {
        limbs.map(\.statement)
      }
    case .quantifier(_, let binding, let condition, let satisfies):
      [binding.collection] + [condition, satisfies].compactMap { $0 }
    case .conditionState(_, _, let contract): contract.map { [$0] } ?? []
    case .aggregate(_, let binding, let condition, let body):
      [binding.collection] + [condition, body].compactMap { $0 }
    case .chain(let list, let rule):
      if case .each(_, let statement) = rule { [list, statement] } else { [list] }
    case .choose(let choices, let otherwise):
      choices.flatMap { [$0.condition, $0.value] } + (otherwise.map { [$0] } ?? [])
    }
  }
}

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
