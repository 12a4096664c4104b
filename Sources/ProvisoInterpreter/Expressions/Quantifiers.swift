// `some`, `no`, `every`: statements about the members of a list.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// The members a binding goes over, or why the list is unknown.
  mutating func members(of collection: ExpressionID) -> Result<ListTerm, UnknownList> {
    switch evaluate(collection) {
    case .list(let list): return .success(list)
    case let other:
      let reasons = other.found.reasons
      return .failure(UnknownList(reasons: reasons.isEmpty ? reason(.missingFact) : reasons))
    }
  }

  /// `some x in L where P`, `no x in L where P`, `every x in L [where W] satisfies P`.
  mutating func quantifier(
    _ id: ExpressionID, _ kind: QuantifierKind, _ binding: Binding, _ condition: ExpressionID?,
    _ statement: ExpressionID?
  ) -> Found {
    let list: ListTerm
    switch members(of: binding.collection) {
    case .failure(let unknown): return Found(unknown: unknown.reasons)
    case .success(let found): list = found
    }
    // `every` is decided by one false member, `some` and `no` by one true one.
    let isUniversal = kind == .every
    var junction = Junction(decisive: isUniversal ? .false : .true)
    for member in list.members {
      bind(binding.slot, member.term)
      let found = step(about: member) {
        $0.isUniversal(isUniversal, member, condition, statement)
      }
      // Of very many contracts only those that decide are shown.
      if isCondensed(list), found.truth != junction.decisive { trace?.forgetLast() }
      junction.take(found)
      if junction.isSettled && !looksAtEverything { break }
    }
    if contributionsBeside(list, to: id).count > 0 {
      junction.take(Found(.boolean(!isUniversal)))
    }
    junction.take(unknown: list.gaps)
    var result = junction.result
    if result.value != nil && (result.truth == .true) == isUniversal {
      result.rests = result.rests.union(list.restsWhenAllCount)
    }
    return kind == .no ? negation(result) : result
  }

  /// What one member contributes: that it is a counterexample or an example.
  private mutating func isUniversal(
    _ isUniversal: Bool, _ member: ListMember, _ condition: ExpressionID?,
    _ statement: ExpressionID?
  ) -> Found {
    var selection = Junction(decisive: .false)
    selection.take(unknown: member.doubt)
    if let condition { selection.take(scalar(condition)) }
    if isUniversal {
      // Where the member is not selected the statement need not hold of it.
      var implication = Junction(decisive: .true)
      implication.take(negation(selection.result))
      if let statement, !implication.isSettled || looksAtEverything {
        implication.take(scalar(statement))
      }
      return implication.result
    }
    if let statement { selection.take(scalar(statement)) }
    return selection.result
  }

  /// Does what is about a member, as a step of its own.
  private mutating func step(
    about member: ListMember, _ body: (inout Evaluation) -> Found
  ) -> Found {
    // A place is put into words when it is read, a name when it is known.
    guard let trace, let place = placeName(of: member) else {
      let name = memberName(member)
      return step(.member(name), body)
    }
    trace.open()
    let found = body(&self)
    trace.close(memberAt: place, found.answer)
    return found
  }

  /// The place that a member is called by, where it cannot have a name.
  private func placeName(of member: ListMember) -> FactPath? {
    guard case .record(let record) = member.term, case .facts = record.content,
      let type = record.type, prepared.namingFields.indices.contains(type.index),
      prepared.namingFields[type.index] < 0
    else { return nil }
    return member.path
  }

  /// How a member is called in an explanation: its name, or its place in the list; in a chain with
  /// the way that leads to it.
  func memberName(_ member: ListMember) -> String {
    guard trace != nil else { return "" }
    let name = name(of: member)
    guard case .record(let record) = member.term, case .entity(let entity) = record.content else {
      return name
    }
    return entity.route?.leading(to: name) ?? name
  }

  /// The name of a member, worked out whether or not steps are kept.
  func name(of member: ListMember) -> String {
    switch member.term {
    case .record(let record): return name(of: record) ?? member.path?.text ?? ""
    case .scalar(let found):
      if let path = member.path { return path.text }
      return found.value.map { $0.plainText } ?? ""
    default: return member.path?.text ?? ""
    }
  }

  private func name(of record: RecordTerm) -> String? {
    if record.type == nil, case .contract(_, let id)? = record.path { return id }
    guard let type = record.type, prepared.namingFields.indices.contains(type.index) else {
      return nil
    }
    let field = prepared.namingFields[type.index]
    switch record.content {
    case .facts: return knownValue(field, of: record)?.plainText
    case .entity(let entity):
      for entry in entity.entries {
        if let name = name(of: entry) { return name }
      }
      return nil
    case .terms: return nil
    }
  }
}

/// Why nothing is known about the members of a list.
struct UnknownList: Error { let reasons: ReasonSet }

extension Value {
  /// The value in one word, for the name of a member.
  var plainText: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .quantity(let value): "\(value)"
    case .money(let value, let currency): "\(currency) \(value)"
    case .text(let text): text
    case .date(let date): "\(date)"
    case .period(let period): "\(period)"
    case .duration(let duration): "\(duration)"
    case .country(let code): code.text
    case .currency(let code): code.text
    case .lei(let code): code.text
    case .nace(let code): code.text
    case .member(let position): "\(position)"
    case .none: "none"
    }
  }
}
