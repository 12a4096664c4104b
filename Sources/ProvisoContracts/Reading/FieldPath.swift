// Field paths as assessments write them, and where they lead in a schema and in facts.

import ProvisoModel
import ProvisoSource

/// A path such as `borrower.owners[0].has_substance`, in steps.
struct FieldPath: Hashable, Sendable {
  let steps: [PathStep]

  /// Reads a path; nil for text that is none.
  ///
  /// A path starts with a field. Members are counted from 0, as the messages count them.
  init?(text: String) {
    var steps: [PathStep] = []
    for (position, part) in text.utf8.split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false
    ).enumerated() {
      guard position < JSONReader.nestingLimit else { return nil }
      let pieces = part.split(separator: UInt8(ascii: "["), omittingEmptySubsequences: false)
      guard let name = pieces.first, !name.isEmpty, !name.contains(UInt8(ascii: "]")) else {
        return nil
      }
      steps.append(.field(String(Substring(name))))
      for piece in pieces.dropFirst() {
        guard piece.last == UInt8(ascii: "]"), piece.count <= 10,
          let index = Int(String(Substring(piece.dropLast()))), index >= 0
        else { return nil }
        steps.append(.member(index))
      }
    }
    self.steps = steps
  }
}

/// What a field path of an assessment leads to.
enum AssessedField {
  /// A field somebody has to assess.
  case found(Field)
  /// Nothing that can be assessed, and what to say of it.
  case wrong(message: String, help: String)
}

extension ContractReader {
  /// Follows a path through the schema, and through the facts to see which members there are.
  func assessedField(_ text: String, facts: [Fact]) -> AssessedField {
    guard let path = FieldPath(text: text) else {
      return .wrong(
        message: "`\(shortened(text))` is not a field path",
        help: "write it as `has_substance` or `borrower.owners[0].has_substance`")
    }
    var place = Place(walked: "", type: nil, field: nil, values: [.record(facts)])
    for step in path.steps {
      let problem =
        switch step {
        case .field(let name): enter(field: name, &place)
        case .member(let index): enter(member: index, &place)
        case .entry: AssessedField?.none
        }
      if let problem { return problem }
    }
    if let field = place.field, field.assessor != nil { return .found(field) }
    return .wrong(
      message: "`\(shortened(text))` is a reported fact that nobody has to assess",
      help: "write it as a plain value")
  }

  /// A place on the way along a path.
  private struct Place {
    /// The path so far, as written.
    var walked: String
    /// Nil at the contract itself.
    var type: ValueType?
    /// The field entered last; nil behind an index.
    var field: Field?
    /// Every value the facts have there, of all versions.
    var values: [FactValue]
  }

  private func enter(field name: String, _ place: inout Place) -> AssessedField? {
    let record: RecordType
    switch place.type {
    case nil: record = ruleset.contract
    case .record(let id)?: record = ruleset[id]
    default:
      return .wrong(
        message: "`\(shortened(place.walked))` has no fields of its own",
        help: "end the path there, or count its members as `\(shortened(place.walked))[0]`")
    }
    guard let index = record.index(of: name) else {
      let names = record.fields.map(\.name)
      let whole = place.walked.isEmpty ? "the contract" : "`\(shortened(place.walked))`"
      return .wrong(
        message: "there is no field `\(shortened(name))` in \(whole)",
        help: nearestName(to: name, among: names).map { "write `\($0)` if that is meant" }
          ?? "its fields are \(memberWords(names))")
    }
    place.walked += (place.walked.isEmpty ? "" : ".") + name
    place.field = record.fields[index]
    place.type = record.fields[index].type
    place.values = place.values.flatMap { value -> [FactValue] in
      guard case .record(let facts) = value, index < facts.count else { return [] }
      return facts[index].values
    }
    return nil
  }

  private func enter(member index: Int, _ place: inout Place) -> AssessedField? {
    guard case .list(let element)? = place.type else {
      return .wrong(
        message: "`\(shortened(place.walked))` is not a list", help: "remove `[\(index)]`")
    }
    let lists = place.values.compactMap { value -> FactList? in
      if case .list(let list) = value { list } else { nil }
    }
    let count = lists.map(\.members.count).max() ?? 0
    guard index < count else {
      return .wrong(
        message:
          "`\(shortened(place.walked))` has \(count) members, and `[\(index)]` is none of them",
        help: count == 0
          ? "name a member that the contract gives" : "members are counted from 0 to \(count - 1)")
    }
    place.walked += "[\(index)]"
    place.field = nil
    place.type = element
    place.values = lists.flatMap { index < $0.members.count ? $0.members[index].values : [] }
    return nil
  }
}

extension Fact {
  /// The values of all versions.
  var values: [FactValue] {
    switch self {
    case .absent: []
    case .plain(let value): [value]
    case .versions(let versions): versions.compactMap(\.value)
    }
  }
}
