// The reserved keys of a contract: its id, its evidence, assessments and waivers.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

extension ContractReader {
  /// Reads `id`: a short text, which the ledger and every report call the contract by.
  mutating func readIdentifier(in root: JSONNodeID) -> String {
    guard let node = document.value(of: "id", in: root) else {
      report(
        ContractCode.identifier, at: root, "this contract has no `id`",
        help: "add `\"id\": \"…\"`, the name by which reports and the ledger call it")
      return ""
    }
    return within(.field("id")) { reader in
      let bytes = reader.document.textBytes(of: node)
      if reader.document[node].kind == .string, !bytes.isEmpty, bytes.count <= 200,
        bytes.first != 0x20, bytes.last != 0x20, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      {
        return reader.document.text(of: node)
      }
      let isNumber = reader.document[node].kind == .number
      reader.report(
        ContractCode.identifier, at: node,
        "an `id` is one line of at most 200 bytes, and this is \(reader.identifierWords(node))",
        help: isNumber
          ? "put it in double quotes: `\"id\": \"\(shortened(reader.document.text(of: node)))\"`"
          : "write `\"id\": \"…\"`, the name by which reports and the ledger call it")
      return ""
    }
  }

  private func identifierWords(_ node: JSONNodeID) -> String {
    guard document[node].kind == .string else { return kindWords(of: node) }
    let bytes = document.textBytes(of: node)
    if bytes.isEmpty { return "an empty text" }
    if bytes.count > 200 { return "a text of \(bytes.count) bytes" }
    return bytes.first == 0x20 || bytes.last == 0x20
      ? "a text with a space at its edge" : "a text with a control character"
  }

  // MARK: Evidence

  /// Reads `evidence`, and keeps the ids that facts may refer to.
  mutating func readEvidence(in root: JSONNodeID) -> [EvidenceItem] {
    var firstPlaces: [String: JSONNodeID] = [:]
    let keys = ["id", "kind", "level", "covers", "received", "recorded"]
    let items = readEntries(under: "evidence", in: root, keys: keys) { reader, entry in
      let id = reader.readRequiredText("id", in: &entry, expected: "the item's id")
      if let id, let node = entry.values["id"] {
        if let first = firstPlaces[id] {
          reader.reportDuplicateEvidence(node, id: id, first: first)
          entry.isWrong = true
        } else {
          firstPlaces[id] = node
        }
      }
      let kind = reader.readRequiredText("kind", in: &entry, expected: "the kind of evidence")
      if let kind, let node = entry.values["kind"] { reader.warnOfUnaskedEvidence(node, kind) }
      let level = reader.readLevel(in: &entry)
      let covers = reader.readCoveredPeriod(in: &entry)
      let received = reader.readRequiredDate("received", in: &entry)
      let recorded = reader.readOptionalDate("recorded", in: &entry)
      guard let id, let kind, let level else { return EvidenceItem?.none }
      return EvidenceItem(
        id: id, kind: kind, level: level, covers: covers, received: received, recorded: recorded)
    }
    evidenceIDs = items == nil ? nil : Set(firstPlaces.keys)
    return items ?? []
  }

  private mutating func reportDuplicateEvidence(
    _ node: JSONNodeID, id: String, first: JSONNodeID
  ) {
    let other = LabelledSpan(span(document[first].range), "the first")
    within(.field("id")) {
      $0.report(
        ContractCode.duplicateEvidence, at: node,
        "two items of evidence have the id `\(shortened(id))`", other: other,
        help: "give each its own id; facts refer to evidence by it")
    }
  }

  private mutating func warnOfUnaskedEvidence(_ node: JSONNodeID, _ kind: String) {
    let asked = ruleset.conditions.flatMap { $0.evidence.map(\.kind) }
    guard !asked.contains(kind) else { return }
    let help =
      nearestName(to: kind, among: asked).map { "write `\($0)` if that is meant" }
      ?? "it can still be named as the proof of a fact"
    within(.field("kind")) {
      $0.report(
        ContractCode.unaskedEvidence, severity: .warning, at: node,
        "no condition asks for evidence of the kind `\(shortened(kind))`", help: help)
    }
  }

  private mutating func readLevel(in entry: inout Entry) -> AssuranceLevel? {
    let expected = "a level of assurance"
    guard let name = readRequiredText("level", in: &entry, expected: expected) else { return nil }
    if let level = AssuranceLevel(name: name) { return level }
    let names = AssuranceLevel.allCases.map(\.name)
    let nearest = nearestName(to: name, among: names)
    entry.isWrong = true
    if let node = entry.values["level"] {
      let all = "the levels, weakest first: \(memberWords(names))"
      within(.field("level")) {
        $0.report(
          ContractCode.assuranceLevel, at: node,
          "`\(shortened(name))` is no level of assurance",
          help: [nearest.map { "write `\($0)`" }, all].compactMap { $0 })
      }
    }
    return nil
  }

  private mutating func readCoveredPeriod(in entry: inout Entry) -> Period? {
    guard let node = entry.values["covers"], document[node].kind != .null else { return nil }
    let period = within(.field("covers")) { $0.readPeriod(node, length: nil) }
    if period == nil { entry.isWrong = true }
    return period
  }

  // MARK: Waivers

  /// Reads `waivers`.
  mutating func readWaivers(in root: JSONNodeID) -> [Waiver] {
    let keys = ["condition", "tests", "granted", "expires", "by", "why", "recorded"]
    let items = readEntries(under: "waivers", in: root, keys: keys) { reader, entry in
      let condition = reader.within(.field("condition")) {
        $0.readWaivedCondition(in: &entry)
      }
      let hasMembers = condition.map { reader.isTestedByMember($0) } ?? true
      let tests = reader.within(.field("tests")) {
        $0.readWaivedTests(in: &entry, hasMembers: hasMembers)
      }
      let granted = reader.readRequiredDate("granted", in: &entry)
      let expires = reader.readOptionalDate("expires", in: &entry)
      let by = reader.readRequiredText("by", in: &entry, expected: "who granted the waiver")
      let why = reader.readRequiredText("why", in: &entry, expected: "why it was granted")
      let recorded = reader.readOptionalDate("recorded", in: &entry)
      reader.checkOrder(granted, "granted", expires, "expires", in: &entry)
      guard let condition, let granted, let by, let why else { return Waiver?.none }
      return Waiver(
        condition: condition, tests: tests, granted: granted, expires: expires, by: by, why: why,
        recorded: recorded)
    }
    return items ?? []
  }

  private mutating func readWaivedCondition(in entry: inout Entry) -> String? {
    let expected = "the name of a condition"
    guard let node = required("condition", in: &entry) else { return nil }
    guard let name = readText(node, expected: expected) else {
      entry.isWrong = true
      return nil
    }
    if let condition = ruleset.conditions.first(where: { $0.name == name }) {
      guard condition.isPortfolio else { return name }
      report(
        ContractCode.waivedCondition, at: node,
        "`\(name)` is a condition on the whole portfolio, which a contract cannot waive",
        help: "name a condition that is tested on this contract")
    } else {
      let names = ruleset.conditions.filter { !$0.isPortfolio }.map(\.name)
      report(
        ContractCode.waivedCondition, at: node,
        "the ruleset has no condition `\(shortened(name))`",
        help: nearestName(to: name, among: names).map { "write `\($0)` if that is meant" }
          ?? (names.isEmpty ? "it has no conditions" : "its conditions are \(memberWords(names))"))
    }
    entry.isWrong = true
    return nil
  }

  /// Whether a condition has a test for each member of a list.
  private func isTestedByMember(_ name: String) -> Bool {
    ruleset.conditions.contains { $0.name == name && $0.forEach != nil }
  }

  /// - Parameter hasMembers: Whether a test may also be named by the member it is about.
  private mutating func readWaivedTests(in entry: inout Entry, hasMembers: Bool) -> [String] {
    guard let list = entry.values["tests"], document[list].kind != .null else { return [] }
    guard document[list].kind == .array else {
      report(
        ContractCode.waivedTest, at: list,
        "`tests` takes a list, and this is \(kindWords(of: list))",
        help: "write `\"tests\": [\"2021\"]`, with each test's period or date")
      entry.isWrong = true
      return []
    }
    var tests: [String] = []
    for element in document.elements(of: list) {
      let text = document[element].kind == .string ? document.text(of: element) : ""
      let isName = hasMembers && !text.isEmpty
      if isName || Period(text: text) != nil || CalendarDate(iso: text) != nil {
        tests.append(text)
      } else {
        report(
          ContractCode.waivedTest, at: element,
          "a test is named by its period or date, and this is \(kindWords(of: element))",
          help:
            "write it as the verdict does, such as `\"2021\"`, `\"2021-Q4\"` or `\"2021-06-30\"`")
        entry.isWrong = true
      }
    }
    return tests
  }
}
