// Facts: plain values, values with their history or proof, and the shapes that hold other facts.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

extension ContractReader {
  /// Reads what the contract says of one field.
  mutating func readFact(_ node: JSONNodeID, of field: Field) -> Fact {
    if let assessor = field.assessor {
      if document[node].kind != .null { reportPlainAssessed(node, assessor: assessor) }
      return .absent
    }
    let outer = modifiers
    modifiers = FieldModifiers(isElected: field.elector != nil, isAsPublished: field.isAsPublished)
    defer { modifiers = outer }
    return readFact(node, type: field.type, isDated: field.datedBy != nil)
  }

  private mutating func reportPlainAssessed(_ node: JSONNodeID, assessor: String) {
    let field = pathText ?? fieldName
    report(
      ContractCode.plainAssessed, at: node,
      "`\(field)` takes an assessment by \(assessor), not a plain value",
      label: "a judgement without an author",
      help: [
        "write it under `assessments`: "
          + #"{ "field": "\#(field)", "value": …, "by": "\#(assessor)", "on": …, "why": … }"#
      ])
  }

  /// Reads a fact of a type, in any of its forms.
  mutating func readFact(_ node: JSONNodeID, type: ValueType, isDated: Bool) -> Fact {
    if isFull { return .absent }
    let kind = document[node].kind
    if kind == .null, type != .event { return .absent }
    if kind == .object {
      if let versions = document.value(of: "versions", in: node) {
        return readVersions(versions, in: node, type: type, isDated: isDated)
      }
      if document.value(of: "value", in: node) != nil {
        return readAnnotated(node, type: type, isDated: isDated)
      }
      if let stray = strayAnnotation(in: node, type: type) {
        reportMissingValue(node, stray: stray)
        return .absent
      }
    }
    guard let value = readValue(node, type: type, completeUntil: nil) else { return .absent }
    guard let half = halfUnit(of: node, value, type) else { return .plain(value) }
    return .versions([FactVersion(value: value, halfUnit: half)])
  }

  /// A key of an annotated value in an object that has no `value`, where no plain value of the
  /// type could have it.
  private func strayAnnotation(in node: JSONNodeID, type: ValueType) -> String? {
    if case .record = type { return nil }
    for (key, _) in document.members(of: node) {
      for name in Self.annotationKeys where document.isText(key, name) { return name }
    }
    return nil
  }

  private mutating func reportMissingValue(_ node: JSONNodeID, stray: String) {
    report(
      ContractCode.annotation, at: node, "this object has `\(stray)` but no `value`",
      help: "write `{ \"value\": …, \"\(stray)\": … }`")
  }

  // MARK: History and proof

  private static let annotationKeys = [
    "value", "from", "recorded", "evidence", "elected", "unrounded", "complete until",
  ]

  /// Reads `{"value": …, "from": …, "recorded": …, "evidence": …}`.
  private mutating func readAnnotated(
    _ node: JSONNodeID, type: ValueType, isDated: Bool
  ) -> Fact {
    guard let version = readVersion(node, type: type, isDated: isDated) else { return .absent }
    if version.isPlain, version.halfUnit == nil {
      return version.value.map(Fact.plain) ?? .absent
    }
    return .versions([version])
  }

  /// Reads `{"versions": [ … ]}`.
  private mutating func readVersions(
    _ list: JSONNodeID, in object: JSONNodeID, type: ValueType, isDated: Bool
  ) -> Fact {
    for (key, _) in document.members(of: object)
    where !document.isText(key, "versions") && !document.isText(key, "note") {
      report(
        ContractCode.annotation, at: key,
        "`\(shortened(document.text(of: key)))` cannot stand beside `versions`",
        help: "write it in the version it belongs to")
    }
    guard document[list].kind == .array, document.elements(of: list).makeIterator().hasNext else {
      report(
        ContractCode.versions, at: list,
        "`versions` takes a list of at least one version, and this is \(emptyOrKind(list))",
        help: #"write `"versions": [ { "value": …, "from": "2021-03-01" } ]`"#)
      return .absent
    }
    var versions: [FactVersion] = []
    for element in document.elements(of: list) where !isFull {
      guard document[element].kind == .object,
        document.value(of: "value", in: element) != nil
      else {
        report(
          ContractCode.versions, at: element,
          "a version is an object with a `value`, and this is \(kindWords(of: element))",
          help: #"write `{ "value": …, "from": "2021-03-01", "recorded": "2021-04-02" }`"#)
        continue
      }
      if let version = readVersion(element, type: type, isDated: isDated) {
        versions.append(version)
      }
    }
    return versions.isEmpty ? .absent : .versions(versions)
  }

  private func emptyOrKind(_ node: JSONNodeID) -> String {
    document[node].kind == .array ? "an empty one" : kindWords(of: node)
  }

  /// Reads one object with a `value`; nil where the value or an annotation is wrong.
  private mutating func readVersion(
    _ node: JSONNodeID, type: ValueType, isDated: Bool
  ) -> FactVersion? {
    var entry = readEntry(node, keys: Self.annotationKeys, code: ContractCode.annotation)
    let from = readOptionalDate("from", in: &entry)
    let recorded = readOptionalDate("recorded", in: &entry)
    let evidence = readEvidenceReference(in: &entry)
    let completeUntil = readCompleteUntil(in: &entry, type: type, isDated: isDated)
    let elected = readElected(in: &entry)
    let isUnrounded = readUnrounded(in: &entry)
    guard let value = entry.values["value"] else { return nil }
    var factValue: FactValue?
    if document[value].kind != .null || type == .event {
      factValue = readValue(value, type: type, completeUntil: completeUntil)
      if factValue == nil { return nil }
    }
    if entry.isWrong { return nil }
    let half = isUnrounded ? nil : factValue.flatMap { halfUnit(of: value, $0, type) }
    return FactVersion(
      value: factValue, from: from, recorded: recorded, evidence: evidence, elected: elected,
      halfUnit: half)
  }

  private mutating func readEvidenceReference(in entry: inout Entry) -> String? {
    guard let node = entry.values["evidence"], document[node].kind != .null else { return nil }
    guard let id = readText(node, expected: "the id of an item under `evidence`") else {
      entry.isWrong = true
      return nil
    }
    if let known = evidenceIDs, !known.contains(id) {
      let nearest = nearestName(to: id, among: known.sorted())
      report(
        ContractCode.unknownEvidence, at: node,
        "no item of evidence has the id `\(shortened(id))`",
        help: nearest.map { "write `\($0)` if that is meant" }
          ?? #"add it to `evidence`: { "id": "\#(shortened(id))", "kind": …, "level": … }"#
      )
      entry.isWrong = true
    }
    return id
  }

  private mutating func readCompleteUntil(
    in entry: inout Entry, type: ValueType, isDated: Bool
  ) -> CalendarDate? {
    guard let node = entry.values["complete until"] else { return nil }
    guard case .list = type, isDated else {
      report(
        ContractCode.completeUntil, at: node,
        "`complete until` belongs to a dated list, and `\(fieldName)` is none",
        help: "remove it; the ruleset dates a list with `list of … dated …`")
      entry.isWrong = true
      return nil
    }
    return readOptionalDate("complete until", in: &entry)
  }

  // MARK: Shapes

  /// Reads a plain value of a type; nil where it is wrong, which has been reported.
  mutating func readValue(
    _ node: JSONNodeID, type: ValueType, completeUntil: CalendarDate?
  ) -> FactValue? {
    switch type {
    case .record(let id), .chainEntity(let id):
      guard expect(.object, node, type) else { return nil }
      return .record(readFields(of: ruleset[id], at: id.index, in: node))
    case .list(let element):
      guard expect(.array, node, type) else { return nil }
      return .list(
        FactList(members: readMembers(of: node, type: element), completeUntil: completeUntil))
    case .series(let element, let length):
      guard expect(.object, node, type) else { return nil }
      return readSeries(node, of: element, by: length)
    case .levels(let element):
      guard expect(.object, node, type) else { return nil }
      return readLevels(node, of: element)
    default:
      return readScalar(node, type: type).map(FactValue.scalar)
    }
  }

  /// Whether a value is of the JSON kind that its type is written in; reports it if not.
  private mutating func expect(_ kind: JSONKind, _ node: JSONNodeID, _ type: ValueType) -> Bool {
    if document[node].kind == kind { return true }
    reportWrongKind(node, type: type)
    return false
  }

  private mutating func readMembers(of node: JSONNodeID, type: ValueType) -> [Fact] {
    var members: [Fact] = []
    for (index, element) in document.elements(of: node).enumerated() {
      let fact = within(.member(index)) { reader in
        if reader.document[element].kind == .null {
          reader.report(
            ContractCode.nullMember, at: element,
            "a list has no empty members, and this one is null",
            help: "write the member, or remove it; a member of which nothing is known is `{}`")
        }
        return reader.readFact(element, type: type, isDated: false)
      }
      members.append(fact)
    }
    return members
  }

  private mutating func readSeries(
    _ node: JSONNodeID, of element: ValueType, by length: PeriodLength
  ) -> FactValue {
    var entries: [SeriesEntry] = []
    for (key, value) in document.members(of: node) where !document.isText(key, "note") {
      guard let period = readPeriod(key, length: length) else { continue }
      let text = document.text(of: key)
      let fact = within(.entry(text)) { $0.readFact(value, type: element, isDated: false) }
      if fact != .absent { entries.append(SeriesEntry(period: period, fact: fact)) }
    }
    return .series(entries.sorted { $0.period < $1.period })
  }

  private mutating func readLevels(_ node: JSONNodeID, of element: ValueType) -> FactValue {
    var entries: [LevelEntry] = []
    for (key, value) in document.members(of: node) where !document.isText(key, "note") {
      guard let date = readDate(key) else { continue }
      let text = document.text(of: key)
      let fact = within(.entry(text)) { $0.readFact(value, type: element, isDated: false) }
      if fact != .absent { entries.append(LevelEntry(date: date, fact: fact)) }
    }
    return .levels(entries.sorted { $0.date < $1.date })
  }
}

extension JSONElements {
  /// Whether there is another node.
  var hasNext: Bool {
    var copy = self
    return copy.next() != nil
  }
}
