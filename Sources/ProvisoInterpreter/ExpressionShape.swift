// How an expression's answer is got at: the short ways of the interpreter.

import ProvisoModel

/// What an expression can give, as far as its kind says.
enum ExpressionShape: Sendable {
  /// A scalar, always.
  case scalar
  /// A name or a path of names; a scalar if the contract gives one there, and no judgement.
  case path
  /// Anything else.
  case other

  init(_ kind: ExpressionKind, in ruleset: CheckedRuleset) {
    switch kind {
    case .contractField(let field):
      self = ruleset.contract.fields[field].assessor == nil ? .path : .other
    case .variable: self = .path
    case .member(let owner, let field):
      let fields: [Field] =
        switch ruleset[owner].type {
        case .record(let record), .chainEntity(let record): ruleset[record].fields
        case .contract: ruleset.contract.fields
        default: []
        }
      self = fields.indices.contains(field) && fields[field].assessor == nil ? .path : .other
    case .listLiteral, .recordLiteral, .contracts, .at, .window, .range, .chain, .choose, .orElse,
      .table, .call:
      self = .other
    default: self = .scalar
    }
  }
}

extension Evaluation {
  /// The answer of a name or path that leads to a value given plainly, looked at where it stands,
  /// and its step where steps are kept; nil: there is more to say of it, a history, a doubt, an
  /// absence.
  func plainly(_ id: ExpressionID) -> Found? {
    guard readEvidence == nil else { return nil }
    switch prepared.expressions[id.index].kind {
    case .variable(let slot, _):
      let position = frame.base + slot
      if slots.indices.contains(position), case .scalar(let found) = slots[position] {
        trace?.take(id.index, found.answer)
        return found
      }
    case .contractField(let field):
      if contract.facts.indices.contains(field),
        case .plain(.scalar(let value)) = contract.facts[field]
      {
        trace?.take(id.index, .known(value))
        return Found(value)
      }
    case .member(let owner, let field):
      if let facts = plainFacts(of: owner), facts.indices.contains(field),
        case .plain(.scalar(let value)) = facts[field]
      {
        if let trace { take(id, value, trace) }
        return Found(value)
      }
    default: break
    }
    return nil
  }

  /// The step of a plain fact that a path leads to.
  private func take(_ id: ExpressionID, _ value: Value, _ trace: Trace) {
    // What begins with a bound record stands elsewhere each time.
    if prepared.stepForms[id.index].factPath == nil, let path = namedPath(of: id) {
      trace.take(
        id.index, .known(value), plainFact: path,
        electedBy: prepared.stepForms[id.index].elector)
    } else {
      trace.take(id.index, .known(value))
    }
  }

  /// The facts of the record that a name or path leads to plainly.
  private func plainFacts(of id: ExpressionID) -> [Fact]? {
    switch prepared.expressions[id.index].kind {
    case .variable(let slot, _):
      let position = frame.base + slot
      guard slots.indices.contains(position), case .record(let record) = slots[position] else {
        return nil
      }
      return plainFacts(of: record)
    case .contractField(let field):
      guard contract.facts.indices.contains(field),
        case .plain(.record(let facts)) = contract.facts[field]
      else { return nil }
      return facts
    case .member(let owner, let field):
      guard prepared.shapes[id.index] == .path, let facts = plainFacts(of: owner),
        facts.indices.contains(field), case .plain(.record(let inner)) = facts[field]
      else { return nil }
      return inner
    default: return nil
    }
  }

  private func plainFacts(of record: RecordTerm) -> [Fact]? {
    switch record.content {
    case .facts(let facts): return facts
    case .entity(let entity):
      guard entity.entries.count == 1, case .facts(let facts) = entity.entries[0].content else {
        return nil
      }
      return facts
    case .terms: return nil
    }
  }
}
