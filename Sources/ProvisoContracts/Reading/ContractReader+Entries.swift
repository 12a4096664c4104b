// Objects with a fixed set of keys: versions, evidence, assessments and waivers.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// The keys that one such object gives, and whether anything in it was found wrong.
struct Entry {
  /// The object.
  let node: JSONNodeID
  /// Lookup only; read by name.
  var values: [String: JSONNodeID] = [:]
  var isWrong = false
}

extension ContractReader {
  /// Reads an object's keys and reports those it cannot have; `note` is for people.
  mutating func readEntry(_ node: JSONNodeID, keys: [String], code: DiagnosticCode) -> Entry {
    var entry = Entry(node: node)
    for (key, value) in document.members(of: node) {
      let name = document.text(of: key)
      if keys.contains(name) {
        entry.values[name] = value
      } else if name != "note" {
        let help =
          nearestName(to: name, among: keys).map { "write `\($0)` if that is meant" }
          ?? "it takes \(memberWords(keys)), and `note` for people"
        within(.field(name)) {
          $0.report(
            code, at: key, "the key `\(shortened(name))` has no meaning here", help: help)
        }
        entry.isWrong = true
      }
    }
    return entry
  }

  /// Reads each object of a list under a reserved key; nil where the key holds something else.
  mutating func readEntries<Item>(
    under key: String, in root: JSONNodeID, keys: [String],
    _ read: (inout ContractReader, inout Entry) -> Item?
  ) -> [Item]? {
    guard let list = document.value(of: key, in: root), document[list].kind != .null else {
      return []
    }
    return within(.field(key)) { reader -> [Item]? in
      guard reader.document[list].kind == .array else {
        reader.report(
          ContractCode.wrongKind, at: list,
          "`\(key)` takes a list of objects, and this is \(reader.kindWords(of: list))",
          help: "write `\"\(key)\": [ { … } ]`")
        return nil
      }
      var items: [Item] = []
      for (index, element) in reader.document.elements(of: list).enumerated() {
        if reader.isFull { break }
        let item = reader.within(.member(index)) { reader -> Item? in
          guard reader.document[element].kind == .object else {
            reader.report(
              ContractCode.wrongKind, at: element,
              "`\(key)` takes objects, and this is \(reader.kindWords(of: element))",
              help: "write `{ \(keys.map { "\"\($0)\": …" }.joined(separator: ", ")) }`")
            return nil
          }
          var entry = reader.readEntry(element, keys: keys, code: ContractCode.unknownKey)
          let item = read(&reader, &entry)
          return entry.isWrong ? nil : item
        }
        if let item { items.append(item) }
      }
      return items
    }
  }

  // MARK: Keys of an entry

  /// The value of a key that must be there and not be null; reports it if not.
  mutating func required(_ key: String, in entry: inout Entry) -> JSONNodeID? {
    if let node = entry.values[key], document[node].kind != .null { return node }
    entry.isWrong = true
    report(
      ContractCode.missingKey, at: entry.values[key] ?? entry.node,
      "`\(key)` is missing here",
      help: "add `\"\(key)\": \(Self.exampleOfKey[key] ?? "…")`")
    return nil
  }

  /// What keys hold, for messages. Lookup only.
  private static let exampleOfKey = [
    "id": "\"E-1\"", "kind": "\"annual_report\"", "level": "\"verified\"",
    "received": "\"2021-04-02\"", "on": "\"2021-04-02\"", "granted": "\"2021-04-02\"",
    "by": "\"tax officer\"", "why": "\"the reason, in a sentence\"", "field": "\"has_substance\"",
    "condition": "\"no_tax_haven\"",
  ]

  /// A date that must be there.
  mutating func readRequiredDate(_ key: String, in entry: inout Entry) -> CalendarDate? {
    guard let node = required(key, in: &entry) else { return nil }
    let date = within(.field(key)) { $0.readDate(node) }
    if date == nil { entry.isWrong = true }
    return date
  }

  /// A date that may be left out or null.
  mutating func readOptionalDate(_ key: String, in entry: inout Entry) -> CalendarDate? {
    guard let node = entry.values[key], document[node].kind != .null else { return nil }
    let date = within(.field(key)) { $0.readDate(node) }
    if date == nil { entry.isWrong = true }
    return date
  }

  /// A text that must be there and say something.
  mutating func readRequiredText(
    _ key: String, in entry: inout Entry, expected: String
  ) -> String? {
    guard let node = required(key, in: &entry) else { return nil }
    let text = within(.field(key)) { $0.readText(node, expected: expected) }
    if text == nil { entry.isWrong = true }
    return text
  }

  /// A string that is not empty; reports anything else.
  mutating func readText(_ node: JSONNodeID, expected: String) -> String? {
    if document[node].kind == .string, !document.textBytes(of: node).isEmpty {
      return document.text(of: node)
    }
    let found = document[node].kind == .string ? "an empty text" : kindWords(of: node)
    report(
      ContractCode.wrongKind, at: node, "expected \(expected), found \(found)",
      help: document[node].kind == .number
        ? "put the number in double quotes" : "write it in double quotes")
    return nil
  }

  /// Reports two dates of an entry that stand in the wrong order.
  mutating func checkOrder(
    _ first: CalendarDate?, _ firstKey: String, _ second: CalendarDate?, _ secondKey: String,
    in entry: inout Entry
  ) {
    guard let first, let second, second < first, let node = entry.values[secondKey] else { return }
    entry.isWrong = true
    let other = entry.values[firstKey].map { LabelledSpan(span(document[$0].range), firstKey) }
    within(.field(secondKey)) {
      $0.report(
        ContractCode.dateOrder, at: node,
        "`\(secondKey)` \(second) is before `\(firstKey)` \(first)", other: other,
        help: "one of the two dates is wrong")
    }
  }
}
