// The papers of a scenario: evidence received, recorded assessments and waivers.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// Reads `evidence = […]`, `assessments = […]` and `waivers = […]` of a scenario.
struct PaperReader {
  let checking: Checking
  private(set) var id: String?
  private(set) var evidence: [EvidenceItem] = []
  private(set) var assessments: [Assessment] = []
  private(set) var waivers: [Waiver] = []

  init(checking: Checking) {
    self.checking = checking
  }

  mutating func read(_ name: NameSyntax, _ node: ExpressionSyntax) {
    if name.text == "id" {
      id = checking.plainText(node, as: "the id of a contract")
      return
    }
    guard case .list(let list) = node.unparenthesized else {
      checking.report(
        ScenarioPages.wrongShape, "`\(name.text)` is a list", at: node.span,
        help: ["write `\(name.text) = [ { … } ]`"])
      return
    }
    for element in list.elements {
      guard case .record(let record) = element.unparenthesized else {
        checking.report(
          ScenarioPages.wrongShape, "each of `\(name.text)` is a record", at: element.span,
          help: ["write `{ … = …, … }`"])
        continue
      }
      switch name.text {
      case "evidence": readEvidence(record)
      case "assessments": readAssessment(record)
      default: readWaiver(record)
      }
    }
  }

  /// The entries of a record by key; reports unknown keys and those that are lacking.
  private func entries(
    _ node: RecordLiteralSyntax, _ known: [String], required: [String]
  ) -> [String: ExpressionSyntax]? {
    var found: [String: ExpressionSyntax] = [:]
    for entry in node.entries {
      guard let name = entry.path.first, !name.isMissing else { continue }
      guard entry.path.count == 1, known.contains(name.text) else {
        checking.report(
          ScenarioPages.unknownFact, "there is no `\(name.text)` here", at: name.span,
          help: checking.suggestion(for: name.text, among: known)
            + ["there is \(known.map { "`\($0)`" }.joined(separator: ", "))"])
        continue
      }
      if found[name.text] != nil {
        checking.report(
          ScenarioPages.givenTwice, "`\(name.text)` is given twice", at: name.span)
      }
      found[name.text] = entry.value
    }
    let lacking = required.filter { found[$0] == nil }
    guard lacking.isEmpty else {
      checking.report(
        ScenarioPages.wrongShape,
        "this lacks \(lacking.map { "`\($0)`" }.joined(separator: " and "))", at: node.span)
      return nil
    }
    return found
  }

  private func day(_ node: ExpressionSyntax?, _ role: String) -> CalendarDate? {
    node.flatMap { checking.constantDay($0, as: role) }
  }

  private mutating func readEvidence(_ node: RecordLiteralSyntax) {
    guard
      let entries = entries(
        node, ["id", "kind", "level", "covers", "received", "recorded"],
        required: ["kind", "level"]), let kindNode = entries["kind"],
      let levelNode = entries["level"],
      let kind = checking.plainText(kindNode, as: "the kind of evidence"),
      let level = level(levelNode)
    else { return }
    var covers: Period?
    if let written = entries["covers"],
      case .period(let period) = checking.constant(
        written, .period(nil), as: "the period that evidence covers")
    {
      covers = period
    }
    evidence.append(
      EvidenceItem(
        id: entries["id"].flatMap { checking.plainText($0, as: "the id of evidence") }
          ?? "E-\(evidence.count + 1)",
        kind: kind, level: level, covers: covers,
        received: day(entries["received"], "the day evidence was received"),
        recorded: day(entries["recorded"], "the day evidence was recorded")))
  }

  private func level(_ node: ExpressionSyntax) -> AssuranceLevel? {
    if case .name(let name) = node.unparenthesized, !name.isMissing { return checking.level(name) }
    guard let text = checking.plainText(node, as: "a level of assurance") else { return nil }
    if let level = AssuranceLevel(name: text) { return level }
    checking.report(
      ConditionPages.unknownLevel, "`\(text)` is no level of assurance", at: node.span,
      help: checking.suggestion(for: text, among: AssuranceLevel.allCases.map(\.name)))
    return nil
  }

  private mutating func readAssessment(_ node: RecordLiteralSyntax) {
    guard
      let entries = entries(
        node, ["field", "value", "by", "on", "why", "expires", "recorded"],
        required: ["field", "value", "by", "on"]), let fieldNode = entries["field"],
      let valueNode = entries["value"], let byNode = entries["by"], let field = field(fieldNode),
      let value = checking.constant(valueNode, field.type, as: "`\(field.path)`"),
      let by = checking.plainText(byNode, as: "who assessed it"),
      let on = day(entries["on"], "the day of an assessment")
    else { return }
    assessments.append(
      Assessment(
        field: field.path, value: value, by: by, on: on,
        why: entries["why"].flatMap { checking.plainText($0, as: "the reason") } ?? "",
        expires: day(entries["expires"], "the last day of an assessment"),
        recorded: day(entries["recorded"], "the day an assessment was recorded")))
  }

  /// The field an assessment is about: `has_substance`, `"borrower.owners[0].has_substance"`.
  private func field(_ node: ExpressionSyntax) -> (path: String, type: ValueType)? {
    let path: String
    switch node.unparenthesized {
    case .string(let text): path = text.text
    default: path = checking.comparableText(node)
    }
    var fields = checking.contractFields
    var type = ValueType.unresolved
    for part in path.split(separator: ".") {
      let name = part.prefix { $0 != "[" }
      guard let field = fields.first(where: { $0.name == name }) else {
        checking.report(
          ScenarioPages.unknownFact, "there is no field `\(path)`", at: node.span,
          help: checking.suggestion(for: String(name), among: fields.map(\.name)))
        return nil
      }
      type = field.type
      if case .list(let element) = type, part.contains("[") { type = element }
      fields = checking.recordFields(type) ?? []
    }
    return (path, type)
  }

  private mutating func readWaiver(_ node: RecordLiteralSyntax) {
    guard
      let entries = entries(
        node, ["condition", "tests", "granted", "expires", "by", "why", "recorded"],
        required: ["condition", "granted", "by"]), let conditionNode = entries["condition"],
      let byNode = entries["by"],
      let condition = checking.plainText(conditionNode, as: "the condition waived"),
      let granted = day(entries["granted"], "the day of a waiver"),
      let by = checking.plainText(byNode, as: "who granted a waiver")
    else { return }
    guard case .condition = checking.names.use(condition) else {
      checking.report(
        ScenarioPages.unknownSubject, "no condition is called `\(condition)`",
        at: conditionNode.span,
        help: checking.suggestion(for: condition, among: checking.conditions.map(\.name)))
      return
    }
    var tests: [String] = []
    if let written = entries["tests"] {
      switch written.unparenthesized {
      case .list(let list): tests = list.elements.map(test)
      default: tests = [test(written)]
      }
    }
    waivers.append(
      Waiver(
        condition: condition, tests: tests, granted: granted,
        expires: day(entries["expires"], "the last day of a waiver"), by: by,
        why: entries["why"].flatMap { checking.plainText($0, as: "the reason") } ?? "",
        recorded: day(entries["recorded"], "the day a waiver was recorded")))
  }

  private func test(_ node: ExpressionSyntax) -> String {
    if case .string(let text) = node.unparenthesized { return text.text }
    return checking.text(of: node.unparenthesized.span)
  }
}
