// JSON as we write it: in documented order for readers, and in canonical form for hashing.

/// A JSON value of our own output. Numbers are counts; every quantity is a string.
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// A count, below 2^53 so that every reader keeps it exactly.
  case count(Int)
  case string(String)
  case array([JSONValue])
  /// Members in the order they are written. Invariant: no key stands twice.
  case object([JSONMember])

  /// A string, or null.
  package init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
}

/// One member of a JSON object.
package struct JSONMember: Hashable, Sendable {
  package let key: String
  package let value: JSONValue

  /// A member by its key and value.
  package init(_ key: String, _ value: JSONValue) {
    self.key = key
    self.value = value
  }
}

extension JSONValue {
  /// The value over indented lines, members in the order given, with a line end at the end.
  ///
  /// Beyond what JSON demands, characters that could steer a terminal or end a script element are
  /// written as escapes; a reader gets the same text.
  package var readableText: String {
    var writer = JSONWriter(isCanonical: false)
    writer.writeReadable(self, indent: 0)
    writer.bytes.append(UInt8(ascii: "\n"))
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The value in the canonical form of RFC 8785: no white space, members sorted by the UTF-16
  /// code units of their keys, only the escapes the standard names.
  package var canonicalText: String {
    var writer = JSONWriter(isCanonical: true)
    writer.writeCanonical(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The largest count that every JSON reader keeps exactly: 2^53 - 1.
  static let largestCount = 9_007_199_254_740_991
}

/// Collects the bytes of a JSON text: a verdict with its derivations has a million of them.
private struct JSONWriter {
  var bytes: [UInt8] = []
  let isCanonical: Bool

  init(isCanonical: Bool) { self.isCanonical = isCanonical }

  mutating func writeReadable(_ value: JSONValue, indent: Int) {
    switch value {
    case .string(let text): quote(text)
    case .array(let elements):
      write("[")
      for (position, element) in elements.enumerated() {
        startLine(isFirst: position == 0, indent: indent + 2)
        writeReadable(element, indent: indent + 2)
      }
      if !elements.isEmpty { startLine(isFirst: true, indent: indent) }
      write("]")
    case .object(let members):
      write("{")
      for (position, member) in members.enumerated() {
        startLine(isFirst: position == 0, indent: indent + 2)
        quote(member.key)
        write(": ")
        writeReadable(member.value, indent: indent + 2)
      }
      if !members.isEmpty { startLine(isFirst: true, indent: indent) }
      write("}")
    case .null, .boolean, .count: writeScalar(value)
    }
  }

  private mutating func startLine(isFirst: Bool, indent: Int) {
    write(isFirst ? "\n" : ",\n")
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }

  mutating func writeCanonical(_ value: JSONValue) {
    switch value {
    case .string(let text): quote(text)
    case .array(let elements):
      write("[")
      for (position, element) in elements.enumerated() {
        if position > 0 { write(",") }
        writeCanonical(element)
      }
      write("]")
    case .object(let members):
      let sorted = members.sorted {
        $0.key.utf16.lexicographicallyPrecedes($1.key.utf16)
      }
      write("{")
      for (position, member) in sorted.enumerated() {
        if position > 0 { write(",") }
        quote(member.key)
        write(":")
        writeCanonical(member.value)
      }
      write("}")
    case .null, .boolean, .count: writeScalar(value)
    }
  }

  private mutating func writeScalar(_ value: JSONValue) {
    switch value {
    case .boolean(let value): write(value ? "true" : "false")
    case .count(let count): write(String(min(max(count, 0), JSONValue.largestCount)))
    default: write("null")
    }
  }

  private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Writes a string literal; in canonical form with RFC 8785's escapes and no others.
  private mutating func quote(_ text: String) {
    write("\"")
    // Nearly every text needs no escape.
    if text.utf8.allSatisfy(isPlain) { write(text) } else { writeEscaped(text) }
    write("\"")
  }

  /// Whether a byte is written as it is, whatever stands beside it.
  private func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x1F, UInt8(ascii: "\""), UInt8(ascii: "\\"): false
    case UInt8(ascii: "<"), 0x7F...0xFF: isCanonical
    default: true
    }
  }

  private mutating func writeEscaped(_ text: String) {
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": write("\\\"")
      case "\\": write("\\\\")
      case "\u{08}": write("\\b")
      case "\u{09}": write("\\t")
      case "\u{0A}": write("\\n")
      case "\u{0C}": write("\\f")
      case "\u{0D}": write("\\r")
      case "\u{00}"..."\u{1F}": writeCodeUnits(of: scalar)
      case "/" where !isCanonical && previous == "<": write("\\/")
      case "!" where !isCanonical && previous == "<": writeCodeUnits(of: scalar)
      default:
        if !isCanonical && isUnsafe(scalar) {
          writeCodeUnits(of: scalar)
        } else {
          bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
      }
      previous = scalar
    }
  }

  /// `\u001b`, and two of them for a scalar beyond the basic plane.
  private mutating func writeCodeUnits(of scalar: Unicode.Scalar) {
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      write("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
    }
  }
}
