// Mutations of contracts as JSON trees: other values, moved members, wrapped and repeated parts.

/// A JSON value as text pieces; what cannot be read as JSON is kept as it is.
indirect enum FuzzJSON: Sendable {
  /// A number, string or word, as written.
  case scalar([UInt8])
  case array([FuzzJSON])
  case object([Member])

  /// A key, quotes included, and its value.
  struct Member: Sendable {
    var key: [UInt8]
    var value: FuzzJSON
  }

  /// The text, without white space.
  func write(to bytes: inout [UInt8]) {
    switch self {
    case .scalar(let text): bytes += text
    case .array(let elements):
      bytes.append(0x5B)
      for (position, element) in elements.enumerated() {
        if position > 0 { bytes.append(0x2C) }
        element.write(to: &bytes)
      }
      bytes.append(0x5D)
    case .object(let members):
      bytes.append(0x7B)
      for (position, member) in members.enumerated() {
        if position > 0 { bytes.append(0x2C) }
        bytes += member.key
        bytes.append(0x3A)
        member.value.write(to: &bytes)
      }
      bytes.append(0x7D)
    }
  }

  static func text(_ string: String) -> FuzzJSON { .scalar(Array(string.utf8)) }
  static func quoted(_ string: String) -> FuzzJSON { .scalar(Array("\"\(string)\"".utf8)) }
}

extension FuzzGenerator {
  /// A tree with one to five of its values changed.
  mutating func mutatedJSON(_ tree: FuzzJSON, other: FuzzJSON) -> [UInt8] {
    var result = tree
    for _ in 0...below(5) { result = changed(result, other: other, depth: 0) }
    var bytes: [UInt8] = []
    result.write(to: &bytes)
    return bytes
  }

  /// Walks down to one value and changes it; deeper values are as likely as shallow ones.
  private mutating func changed(_ tree: FuzzJSON, other: FuzzJSON, depth: Int) -> FuzzJSON {
    if depth > 40 || once(in: depth == 0 ? 40 : 5) { return replaced(tree, other: other) }
    switch tree {
    case .scalar: return replaced(tree, other: other)
    case .array(var elements):
      if elements.isEmpty || once(in: 6) { return rearranged(elements, other: other) }
      let place = below(elements.count)
      elements[place] = changed(elements[place], other: other, depth: depth + 1)
      return .array(elements)
    case .object(var members):
      if members.isEmpty || once(in: 6) { return rearranged(members, other: other) }
      let place = below(members.count)
      members[place].value = changed(members[place].value, other: other, depth: depth + 1)
      return .object(members)
    }
  }

  private mutating func replaced(_ tree: FuzzJSON, other: FuzzJSON) -> FuzzJSON {
    switch below(10) {
    case 0: .text(choose(Self.edgeNumbers) ?? "0")
    case 1: .quoted(numberText())
    case 2: .quoted("\(choose(Self.currencies) ?? "EUR") \(numberText())")
    case 3: .quoted("\(numberText()) \(choose(Self.units) ?? "%")")
    case 4:
      .text(choose(["null", "true", "false", "{}", "[]", "\"\"", "[null]", "[{}]"]) ?? "null")
    case 5: .quoted(choose(Self.codes) ?? "DK")
    case 6: annotated(tree)
    case 7: part(of: other)
    case 8: .object([versions(of: tree)])
    default: .quoted(choose(Self.edgeDates) ?? "2020-02-29")
    }
  }

  private mutating func versions(of tree: FuzzJSON) -> FuzzJSON.Member {
    FuzzJSON.Member(
      key: Array("\"versions\"".utf8), value: .array([annotated(tree), annotated(tree)]))
  }

  private mutating func annotated(_ tree: FuzzJSON) -> FuzzJSON {
    var members: [FuzzJSON.Member] = [
      FuzzJSON.Member(key: Array("\"value\"".utf8), value: tree)
    ]
    for key in ["from", "recorded", "evidence", "complete until"] where once(in: 2) {
      let value = key == "evidence" ? "E-1" : choose(Self.edgeDates) ?? ""
      members.append(FuzzJSON.Member(key: Array("\"\(key)\"".utf8), value: .quoted(value)))
    }
    return .object(members)
  }

  /// Some value of another contract.
  private mutating func part(of tree: FuzzJSON) -> FuzzJSON {
    if once(in: 3) { return tree }
    switch tree {
    case .scalar: return tree
    case .array(let elements): return choose(elements).map { part(of: $0) } ?? tree
    case .object(let members): return choose(members).map { part(of: $0.value) } ?? tree
    }
  }

  private mutating func rearranged(_ elements: [FuzzJSON], other: FuzzJSON) -> FuzzJSON {
    var elements = elements
    switch below(4) {
    case 0: if let element = choose(elements) { elements.append(element) }
    case 1: if !elements.isEmpty { elements.remove(at: below(elements.count)) }
    case 2: elements.append(part(of: other))
    default: elements = elements.reversed()
    }
    return .array(elements)
  }

  private mutating func rearranged(
    _ members: [FuzzJSON.Member], other: FuzzJSON
  ) -> FuzzJSON {
    var members = members
    switch below(6) {
    case 0: if !members.isEmpty { members.remove(at: below(members.count)) }
    case 1: if let member = choose(members) { members.append(member) }
    case 2:
      if members.count > 1 {
        let first = below(members.count)
        let second = below(members.count)
        (members[first].value, members[second].value) = (
          members[second].value, members[first].value
        )
      }
    case 3:
      members.append(
        FuzzJSON.Member(key: Array("\"\(numberText())\"".utf8), value: part(of: other)))
    case 4:
      members.append(
        FuzzJSON.Member(key: Array("\"\(choose(Self.keys) ?? "")\"".utf8), value: part(of: other)))
    default:
      if !members.isEmpty {
        members[below(members.count)].key = Array("\"\(choose(Self.keys) ?? "")\"".utf8)
      }
    }
    return .object(members)
  }

  private static let keys = [
    "id", "evidence", "assessments", "waivers", "value", "versions", "from", "recorded", "note",
    "complete until", "amount", "currency", "field", "by", "on", "why", "expires", "condition",
    "tests", "granted", "signed", "owners", "country", "share", "name", "lei", "",
  ]
  private static let currencies = ["EUR", "DKK", "USD", "JPY", "XXX", "eur", "EURO", ""]
  private static let units = [
    "%", "bps", "percentage points", "EUR", "tCO2e", "gCO2e/kWh", "kWh", "t", "million", "FTE",
    "million EUR", "trillion tCO2e", "months", "EUR/tCO2e", "a/b/c/d/e/f/g/h/i", "degC",
  ]
  private static let codes = [
    "DK", "NA", "NO", "UK", "PA", "US-DE", "XX", "5493000IBP32UQZ0KL24", "35.11", "A", "D35",
    "2024-Q1", "6 months", "verified", "owners[0].country", "owners[99999999].x", "\\ud83d\\ude00",
    "\\u0000", "é", "small",
  ]
}
