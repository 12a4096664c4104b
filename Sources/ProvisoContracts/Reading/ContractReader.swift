// The state of one reading: where it stands in the file and what it has found wrong.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// One step of a field path.
enum PathStep: Hashable, Sendable {
  /// A field by its name.
  case field(String)
  /// A member of a list, from 0.
  case member(Int)
  /// An entry of a series or a dated level, as it is written.
  case entry(String)
}

/// Reads one contract; see the extensions for the forms of each kind of value.
struct ContractReader {
  let file: SourceFile
  let ruleset: CheckedRuleset
  /// The only fields of the contract to read; nil: all.
  private let onlyFields: Set<Int>?
  /// The text's tape; an empty object stands in for a text that leaves the grammar.
  let document: JSONDocument
  private let isReadable: Bool
  /// The positions of each record type's fields by name, and behind them the contract's.
  private let fieldPositions: [[String: Int]]
  /// The ids of the items of evidence in the file; nil where `evidence` itself is unreadable.
  var evidenceIDs: Set<String>? = []

  /// What the declaration of the field being read says of its values.
  var modifiers = FieldModifiers()

  private(set) var diagnostics: [Diagnostic] = []
  private var errorCount = 0
  private var warningCount = 0
  private var path: [PathStep] = []

  /// Whether so many errors were found that no more are kept, and nothing more need be read.
  var isFull: Bool { errorCount >= Self.diagnosticLimit }

  /// Errors, and likewise warnings, after which no more are kept.
  private static let diagnosticLimit = 20

  init(
    file: SourceFile, document: JSONDocument?, ruleset: CheckedRuleset, only fields: Set<Int>? = nil
  ) {
    self.file = file
    self.ruleset = ruleset
    onlyFields = fields
    self.document = document ?? JSONDocument.emptyObject
    isReadable = document != nil
    fieldPositions = (ruleset.records + [ruleset.contract]).map { record in
      Dictionary(
        record.fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Reads the whole file; nil where not even the outermost form is right.
  mutating func readDocument() -> Contract? {
    guard isReadable else { return nil }
    let root = document.root
    guard document[root].kind == .object else {
      report(
        ContractCode.notAnObject, at: root,
        "a contract is one object, and this is \(kindWords(of: root))",
        help: notAnObjectHelp(root))
      return nil
    }
    let id = readIdentifier(in: root)
    if onlyFields != nil {
      let facts = readFields(of: ruleset.contract, at: fieldPositions.count - 1, in: root)
      return Contract(id: id, facts: facts)
    }
    let evidence = readEvidence(in: root)
    let facts = readFields(of: ruleset.contract, at: fieldPositions.count - 1, in: root)
    let assessments = readAssessments(in: root, facts: facts)
    let waivers = readWaivers(in: root)
    return Contract(
      id: id, facts: facts, evidence: evidence, assessments: assessments, waivers: waivers)
  }

  private func notAnObjectHelp(_ root: JSONNodeID) -> String {
    document[root].kind == .array
      ? "check one contract at a time: write each object of the list to a file of its own"
      : "write `{ \"id\": \"…\", … }`"
  }

  // MARK: Fields

  /// Reads the fields of a record type, or of the contract, out of an object.
  mutating func readFields(
    of record: RecordType, at position: Int, in object: JSONNodeID
  ) -> [Fact] {
    let positions = fieldPositions[position]
    let isContract = position == fieldPositions.count - 1
    var facts = [Fact](repeating: .absent, count: record.fields.count)
    for (key, value) in document.members(of: object) {
      let name = document.text(of: key)
      if isContract, let onlyFields, !(positions[name].map(onlyFields.contains) ?? false) {
        continue
      }
      if let index = positions[name] {
        facts[index] = within(.field(name)) { $0.readFact(value, of: record.fields[index]) }
      } else if !Self.isIgnored(name) && !(isContract && Self.reservedKeys.contains(name)) {
        warnOfUnknownField(key, named: name, in: record, isContract: isContract)
      }
    }
    return facts
  }

  /// The keys with a meaning of their own at the top of a contract.
  static let reservedKeys = ["id", "evidence", "assessments", "waivers"]

  /// Whether a key is for people and editors, and not read.
  static func isIgnored(_ key: String) -> Bool { key == "note" || key == "$schema" }

  private mutating func warnOfUnknownField(
    _ key: JSONNodeID, named name: String, in record: RecordType, isContract: Bool
  ) {
    guard warningCount < Self.diagnosticLimit else { return }
    let known = record.fields.map(\.name) + (isContract ? Self.reservedKeys : [])
    var help: [String] = []
    if let nearest = nearestName(to: name, among: known) {
      help.append("write `\(nearest)` if that is meant")
    } else if let dot = name.firstIndex(of: "."),
      record.fields.contains(where: { $0.name == name[..<dot] })
    {
      let inner = shortened(String(name[name.index(after: dot)...]))
      help.append(#"write `"\#(name[..<dot])": { "\#(inner)": … }`, one object in another"#)
    } else {
      help.append("the ruleset `\(ruleset.name)` has no such field; it is not read")
    }
    within(.field(name)) {
      $0.report(
        ContractCode.unknownField, severity: .warning, at: key,
        "nobody asks for the field `\(shortened(name))`", label: "not read", help: help)
    }
  }

  // MARK: Path

  /// Reads something one step further down the field path.
  mutating func within<Result>(
    _ step: PathStep, _ read: (inout ContractReader) -> Result
  ) -> Result {
    path.append(step)
    defer { path.removeLast() }
    return read(&self)
  }

  /// Where the reading stands: `borrower.owners[2].country`, `emissions[2024]`; nil at the top.
  var pathText: String? {
    guard !path.isEmpty else { return nil }
    var text = ""
    for step in path {
      switch step {
      case .field(let name): text += (text.isEmpty ? "" : ".") + shortened(name)
      case .member(let index): text += "[\(index)]"
      case .entry(let key): text += "[\(shortened(key))]"
      }
    }
    return text
  }

  /// The name of the field at which the reading stands.
  var fieldName: String {
    for case .field(let name) in path.reversed() { return shortened(name) }
    return "the contract"
  }

  // MARK: Reports

  func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(source: file.id, start: range.lowerBound, end: range.upperBound)
  }

  /// Keeps a problem of the value at which the reading stands.
  mutating func report(
    _ code: DiagnosticCode, severity: DiagnosticSeverity = .error, at node: JSONNodeID,
    _ message: String, label: String = "", other: LabelledSpan? = nil, help: String...
  ) {
    report(
      code, severity: severity, at: node, message, label: label, other: other, help: help)
  }

  /// Keeps a problem with its help as a list.
  mutating func report(
    _ code: DiagnosticCode, severity: DiagnosticSeverity = .error, at node: JSONNodeID,
    _ message: String, label: String = "", other: LabelledSpan? = nil, help: [String]
  ) {
    keep(
      Diagnostic(
        code: code, severity: severity, message: message,
        primary: LabelledSpan(span(shown(document[node])), label),
        secondaries: other.map { [$0] } ?? [], help: help, path: pathText))
  }

  /// Keeps a diagnostic, up to the limit for its severity.
  mutating func keep(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error {
      errorCount += 1
      if errorCount > Self.diagnosticLimit { return }
      if isFull { noteMoreProblems(after: diagnostic) }
    } else {
      warningCount += 1
      if warningCount > Self.diagnosticLimit { return }
    }
    diagnostics.append(diagnostic)
  }

  private mutating func noteMoreProblems(after last: Diagnostic) {
    diagnostics.append(
      Diagnostic(
        code: ContractCode.moreProblems, severity: .warning,
        message: "this is the error no. \(Self.diagnosticLimit); what follows is not read",
        primary: last.primary, help: ["mend what is shown and check again"]))
  }

  /// The part of a node that a message points at: a scalar whole, of a container its bracket.
  private func shown(_ node: JSONNode) -> Range<Int> {
    switch node.kind {
    case .array, .object: node.range.lowerBound..<node.range.lowerBound + 1
    default: node.range
    }
  }
}

extension JSONDocument {
  /// The document `{}`.
  static var emptyObject: JSONDocument {
    JSONDocument(
      bytes: Array("{}".utf8),
      nodes: [JSONNode(start: 0, end: 2, next: 1, kind: .object, hasEscapes: false)])
  }
}
