// A JSON text as a tree to be written out, with its keys in the order they were put in.

/// A JSON value on its way to being text.
indirect enum SchemaTree: Hashable {
  case yes
  case no
  case number(Int)
  case text(String)
  case array([SchemaTree])
  case object([Member])

  /// A key and its value.
  struct Member: Hashable {
    let key: String
    let value: SchemaTree

    init(_ key: String, _ value: SchemaTree) {
      self.key = key
      self.value = value
    }
  }

  /// An object whose members are given as pairs.
  static func object(_ members: KeyValuePairs<String, SchemaTree>) -> SchemaTree {
    .object(members.map { Member($0.key, $0.value) })
  }

  /// The text, indented by two spaces a level, with short arrays of scalars on one line.
  func write(to text: inout String, indentation: Int = 0) {
    switch self {
    case .yes: text += "true"
    case .no: text += "false"
    case .number(let number): text += String(number)
    case .text(let string): Self.write(string, to: &text)
    case .array(let elements):
      if elements.isEmpty {
        text += "[]"
      } else if elements.allSatisfy(\.isScalar) {
        writeInline(elements, to: &text)
      } else {
        writeBlock(elements.map { (nil, $0) }, "[", "]", to: &text, indentation: indentation)
      }
    case .object(let members):
      if members.isEmpty {
        text += "{}"
      } else {
        writeBlock(
          members.map { ($0.key, $0.value) }, "{", "}", to: &text, indentation: indentation)
      }
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private func writeInline(_ elements: [SchemaTree], to text: inout String) {
    text += "["
    for (position, element) in elements.enumerated() {
      if position > 0 { text += ", " }
      element.write(to: &text)
    }
    text += "]"
  }

  private func writeBlock(
    _ entries: [(key: String?, value: SchemaTree)], _ open: String, _ close: String,
    to text: inout String, indentation: Int
  ) {
    let inner = indentation + 2
    text += open
    for (position, entry) in entries.enumerated() {
      text += (position > 0 ? ",\n" : "\n") + String(repeating: " ", count: inner)
      if let key = entry.key {
        Self.write(key, to: &text)
        text += ": "
      }
      entry.value.write(to: &text, indentation: inner)
    }
    text += "\n" + String(repeating: " ", count: indentation) + close
  }

  /// A JSON string: quotes, backslashes and control characters escaped, the rest as it is.
  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
