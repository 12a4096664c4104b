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
    var output = ""
    writeReadable(into: &output, indent: 0)
    return output + "\n"
  }

  /// The value in the canonical form of RFC 8785: no white space, members sorted by the UTF-16
  /// code units of their keys, only the escapes the standard names.
  package var canonicalText: String {
    var output = ""
    writeCanonical(into: &output)
    return output
  }

  /// The largest count that every JSON reader keeps exactly: 2^53 - 1.
  static let largestCount = 9_007_199_254_740_991

  private func writeScalar(into output: inout String) {
    switch self {
    case .boolean(let value): output += value ? "true" : "false"
    case .count(let count): output += String(min(max(count, 0), JSONValue.largestCount))
    default: output += "null"
    }
  }

  private func writeReadable(into output: inout String, indent: Int) {
    switch self {
    case .string(let text):
      appendQuoted(text, to: &output, isCanonical: false)
    case .array(let elements):
      writeBlock(elements, "[", "]", into: &output, indent: indent) { element, output in
        element.writeReadable(into: &output, indent: indent + 2)
      }
    case .object(let members):
      writeBlock(members, "{", "}", into: &output, indent: indent) { member, output in
        appendQuoted(member.key, to: &output, isCanonical: false)
        output += ": "
        member.value.writeReadable(into: &output, indent: indent + 2)
      }
    case .null, .boolean, .count: writeScalar(into: &output)
    }
  }

  private func writeBlock<Element>(
    _ elements: [Element], _ open: String, _ close: String, into output: inout String, indent: Int,
    write: (Element, inout String) -> Void
  ) {
    output += open
    for (position, element) in elements.enumerated() {
      output += position == 0 ? "\n" : ",\n"
      appendMargin(indent + 2, to: &output)
      write(element, &output)
    }
    if !elements.isEmpty {
      output += "\n"
      appendMargin(indent, to: &output)
    }
    output += close
  }

  /// Writes the spaces before a line, many at a time: every line of an explanation has some.
  private func appendMargin(_ width: Int, to output: inout String) {
    var rest = width
    while rest >= 16 {
      output += "                "
      rest -= 16
    }
    for _ in 0..<max(0, rest) { output += " " }
  }

  private func writeCanonical(into output: inout String) {
    switch self {
    case .string(let text):
      appendQuoted(text, to: &output, isCanonical: true)
    case .array(let elements):
      output += "["
      for (position, element) in elements.enumerated() {
        if position > 0 { output += "," }
        element.writeCanonical(into: &output)
      }
      output += "]"
    case .object(let members):
      let sorted = members.sorted {
        $0.key.utf16.lexicographicallyPrecedes($1.key.utf16)
      }
      output += "{"
      for (position, member) in sorted.enumerated() {
        if position > 0 { output += "," }
        appendQuoted(member.key, to: &output, isCanonical: true)
        output += ":"
        member.value.writeCanonical(into: &output)
      }
      output += "}"
    case .null, .boolean, .count: writeScalar(into: &output)
    }
  }
}

/// Appends a JSON string literal; in canonical form with RFC 8785's escapes and no others.
private func appendQuoted(_ text: String, to output: inout String, isCanonical: Bool) {
  output += "\""
  var previous: Unicode.Scalar = " "
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": output += "\\\""
    case "\\": output += "\\\\"
    case "\u{08}": output += "\\b"
    case "\u{09}": output += "\\t"
    case "\u{0A}": output += "\\n"
    case "\u{0C}": output += "\\f"
    case "\u{0D}": output += "\\r"
    case "\u{00}"..."\u{1F}": appendCodeUnits(of: scalar, to: &output)
    case "/" where !isCanonical && previous == "<": output += "\\/"
    case "!" where !isCanonical && previous == "<": appendCodeUnits(of: scalar, to: &output)
    default:
      if !isCanonical && isUnsafe(scalar) {
        appendCodeUnits(of: scalar, to: &output)
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    previous = scalar
  }
  output += "\""
}

/// `\u001b`, and two of them for a scalar beyond the basic plane.
private func appendCodeUnits(of scalar: Unicode.Scalar, to output: inout String) {
  for unit in String(scalar).utf16 {
    let digits = String(unit, radix: 16)
    output += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }
}
