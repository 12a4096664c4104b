// Types as written become types as proved: units, kinds of value, enumerations and records.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// The words that name a kind of value, with its type.
private let namedTypes: [String: ValueType] = [
  "boolean": .boolean, "text": .text, "date": .date, "country": .country, "currency": .currency,
  "lei": .lei, "nace": .nace, "money": .money, "duration": .duration,
  "percent": .quantity(.percent), "number": .quantity(.one), "count": .wholeNumber,
  "integer": .wholeNumber, "ratio": .ratio, "year": .period(.year), "quarter": .period(.quarter),
  "month": .period(.month), "period": .period(nil),
]

/// The same words in a fixed order, for suggestions.
private let namedTypeWords = namedTypes.keys.sorted()

/// What people write for a kind of value in other languages.
private let foreignTypes: [String: String] = [
  "string": "text", "strings": "text", "datetime": "date", "timestamp": "date", "people": "persons",
  "employees": "persons", "tonnes": "t", "tons": "t", "bool": "boolean", "int": "integer",
  "float": "number", "decimal": "number", "double": "number", "percentage": "percent",
  "euro": "EUR", "euros": "EUR", "EURO": "EUR", "dollars": "USD",
]

extension Checking {
  /// Declares units, then types and records, then reads every field.
  func checkTypes() {
    var recordNodes: [RecordSyntax] = []
    for declaration in declarations {
      switch declaration {
      case .type(let node): checkEnumeration(node)
      case .record(let node):
        let id = RecordID(recordNodes.count)
        recordNodes.append(node)
        if !node.name.isMissing,
          let earlier = names.declare(type: node.name.text, .record(id), at: node.name.span)
        {
          reportTwice(node.name, earlier)
        }
      default: continue
      }
    }
    records = recordNodes.map { RecordType(name: $0.name.text, fields: [], span: $0.name.span) }
    for (index, node) in recordNodes.enumerated() {
      let fields = self.fields(node.fields, of: "the record `\(node.name.text)`")
      records[index] = RecordType(
        name: node.name.text, fields: fields, identity: identity(node, fields),
        span: node.name.span)
    }
    checkRecordNesting()
    var isFirst = true
    for case .contract(let node) in declarations {
      if isFirst { contractSpan = node.keywordSpan }
      isFirst = false
      contractFields += self.fields(node.fields, of: nil)
    }
    checkDatedLists(recordNodes)
    checkSigned()
  }

  private func checkEnumeration(_ node: TypeDeclarationSyntax) {
    guard case .oneOf(let members, _) = node.type else {
      if case .missing = node.type { return }
      report(
        TypePages.notEnumeration, "a type lists its members", at: node.type.span,
        "this is no list of members",
        help: ["write `type \(node.name.text) = one of { first, second }`"])
      return
    }
    let id = enumeration(node.name.text, members, at: node.name.span)
    guard !node.name.isMissing else { return }
    if let earlier = names.declare(type: node.name.text, .enumeration(id), at: node.name.span) {
      reportTwice(node.name, earlier)
    }
  }

  private func enumeration(
    _ name: String, _ members: [NameSyntax], at span: SourceSpan
  ) -> EnumerationID {
    var seen: [String: SourceSpan] = [:]
    for member in members where !member.isMissing {
      if let earlier = seen[member.text] {
        reportTwice(member, earlier)
      } else {
        seen[member.text] = member.span
      }
    }
    enumerations.append(Enumeration(name: name, members: members.map(\.text), span: span))
    return EnumerationID(enumerations.count - 1)
  }

  /// The fields of a record, or of the contract where `owner` is nil (whose names are declared).
  private func fields(_ nodes: [FieldSyntax], of owner: String?) -> [Field] {
    var seen: [String: SourceSpan] = [:]
    return nodes.map { node in
      if owner != nil, !node.name.isMissing {
        if let earlier = seen[node.name.text] { reportTwice(node.name, earlier) }
        seen[node.name.text] = seen[node.name.text] ?? node.name.span
      }
      let type = self.type(node.type, named: node.name.text)
      var isEmptyWhenAbsent = false
      if case .list(let list) = node.type { isEmptyWhenAbsent = list.isEmptyWhenAbsent }
      checkModifiers(node, type)
      return Field(
        name: node.name.text, type: type, assessor: node.assessor?.text,
        elector: node.elector?.text, isDecidedByEvidence: node.bestEvidence != nil,
        isAsPublished: node.asPublished != nil, isEmptyWhenAbsent: isEmptyWhenAbsent,
        datedBy: nil, span: node.span)
    }
  }

  /// The type that was written; reports names nobody declared.
  func type(_ node: TypeSyntax, named name: String) -> ValueType {
    switch node {
    case .missing: return .unresolved
    case .dateIfAny: return .event
    case .oneOf(let members, _): return .enumeration(enumeration(name, members, at: node.span))
    case .list(let list): return .list(type(list.element, named: name))
    case .series(let element, let length, _):
      return .series(scalar(element, named: name), PeriodLength(length))
    case .level(let element, _): return .levels(scalar(element, named: name))
    case .named(let unit): return namedType(unit)
    }
  }

  private func scalar(_ node: TypeSyntax, named name: String) -> ValueType {
    let type = self.type(node, named: name)
    switch type {
    case .list, .record, .series, .levels:
      report(
        TypePages.notScalar, "\(words(type)) cannot be given by period or by date",
        at: node.span, help: ["give single values by period, each in a field of its own"])
      return .unresolved
    default: return type
    }
  }

  private func namedType(_ unit: UnitSyntax) -> ValueType {
    if let type = namedTypes[unit.text] { return type }
    if unit.text == "half-year" { return .period(.halfYear) }
    if let entity = names.use(type: unit.text) {
      switch entity {
      case .record(let id): return .record(id)
      case .enumeration(let id): return .enumeration(id)
      }
    }
    switch units.read(unit.text) {
    case .success(let found):
      names.use(unit: unit.text)
      return .quantity(found)
    case .failure(.offset): reportOffset(unit.text, at: unit.span)
    case .failure:
      var help: [String] = []
      if let known = foreignTypes[unit.text] {
        help = ["write `\(known)`"]
      } else {
        help = suggestion(
          for: unit.text, among: names.types.map(\.name) + namedTypeWords + units.symbols)
      }
      report(
        NamePages.unknownType, "`\(unit.text)` is no type and no unit", at: unit.span,
        help: help.isEmpty
          ? [
            "declare it: `type \(unit.text) = one of { … }`, `record \(unit.text) { … }` or "
              + "`unit \(unit.text)`"
          ] : help)
    }
    return .unresolved
  }

  private func identity(_ node: RecordSyntax, _ fields: [Field]) -> [Int] {
    node.identifiedBy.compactMap { name in
      guard !name.isMissing else { return nil }
      guard let index = fields.firstIndex(where: { $0.name == name.text }) else {
        report(
          NamePages.unknownField, "`\(node.name.text)` has no field `\(name.text)`",
          at: name.span, help: suggestion(for: name.text, among: fields.map(\.name)))
        return nil
      }
      switch fields[index].type {
      case .text, .lei, .country, .date, .enumeration, .wholeNumber, .unresolved: return index
      default:
        report(
          TypePages.badIdentity, "`\(name.text)` cannot identify a record", at: name.span,
          "this is \(words(fields[index].type))",
          also: [LabelledSpan(fields[index].span, "declared here")],
          help: ["records are identified by a text, an LEI or another single code"])
        return nil
      }
    }
  }

  /// A record inside itself, other than in a list, would have no end.
  private func checkRecordNesting() {
    var graph = DependencyGraph(
      edges: records.map { record in
        record.fields.compactMap { field in
          if case .record(let inner) = field.type { inner.index } else { nil }
        }
      })
    graph.sort()
    for cycle in graph.cycles {
      guard let start = cycle.first else { continue }
      let next = cycle.count > 1 ? cycle[1] : start
      let record = records[start]
      let field = record.fields.first { $0.type == .record(RecordID(next)) }
      report(
        TypePages.endlessRecord, "\(articled(record.name)) would contain itself",
        at: field?.span ?? record.span, "and so on without end",
        also: [LabelledSpan(record.span, "declared here")],
        help: field.map { ["write `\($0.name) : list of \(records[next].name)`"] } ?? [])
    }
  }

  private func checkDatedLists(_ recordNodes: [RecordSyntax]) {
    for (index, node) in recordNodes.enumerated() {
      let record = records[index]
      records[index] = RecordType(
        name: record.name, fields: dated(record.fields, node.fields), identity: record.identity,
        span: record.span)
    }
    var nodes: [FieldSyntax] = []
    for case .contract(let node) in declarations { nodes += node.fields }
    contractFields = dated(contractFields, nodes)
  }

  private func dated(_ fields: [Field], _ nodes: [FieldSyntax]) -> [Field] {
    zip(fields, nodes).map { field, node in
      guard case .list(let list) = node.type, let name = list.datedBy, !name.isMissing else {
        return field
      }
      return Field(
        name: field.name, type: field.type, assessor: field.assessor, elector: field.elector,
        isDecidedByEvidence: field.isDecidedByEvidence, isAsPublished: field.isAsPublished,
        isEmptyWhenAbsent: field.isEmptyWhenAbsent, datedBy: dating(name, of: field.type),
        span: field.span)
    }
  }

  private func dating(_ name: NameSyntax, of type: ValueType) -> Int? {
    guard case .list(.record(let id)) = type else {
      if type != .list(.unresolved) {
        report(
          TypePages.badDating, "only a list of records can be dated", at: name.span,
          help: ["declare a record with a field `\(name.text) : date`"])
      }
      return nil
    }
    let record = records[id.index]
    guard let position = record.index(of: name.text) else {
      report(
        NamePages.unknownField, "`\(record.name)` has no field `\(name.text)`", at: name.span,
        help: suggestion(for: name.text, among: record.fields.map(\.name)))
      return nil
    }
    let fieldType = record.fields[position].type
    guard fieldType == .date || fieldType == .unresolved else {
      report(
        TypePages.badDating, "`\(name.text)` cannot date the members of a list", at: name.span,
        "this is \(words(fieldType)), not a date",
        also: [LabelledSpan(record.fields[position].span, "declared here")])
      return nil
    }
    return position
  }

  private func checkSigned() {
    guard let field = contractFields.first(where: { $0.name == "signed" }) else { return }
    guard field.type != .date, field.type != .unresolved else { return }
    report(
      NamePages.reservedName, "`signed` is the date of signature", at: field.span,
      "declared as \(words(field.type))",
      help: ["write `signed : date`, or give this field another name"])
  }
}

extension PeriodLength {
  /// The length a word of the syntax names.
  init(_ word: PeriodLengthWord) {
    switch word {
    case .year: self = .year
    case .halfYear: self = .halfYear
    case .quarter: self = .quarter
    case .month: self = .month
    }
  }
}
