// Reads back the canonical JSON (RFC 8785) that a ledger holds, and nothing else.

package import ProvisoReports

/// The value that canonical JSON says; nil where the bytes are not canonical.
///
/// Numbers are counts, as everywhere in our own JSON. That the form is canonical is decided by
/// writing the value again: the bytes must be the same.
package func canonicalValue(_ bytes: [UInt8]) -> JSONValue? {
  guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
  var reader = CanonicalReader(bytes: bytes)
  guard let value = reader.value(depth: 0), reader.position == bytes.count,
    value.canonicalText.utf8.elementsEqual(bytes)
  else { return nil }
  return value
}

/// Reads JSON of the few forms that occur; whatever it reads too kindly is caught by writing again.
private struct CanonicalReader {
  let bytes: [UInt8]
  var position = 0

  /// Nesting deeper than this is not ours.
  static let depthLimit = 32

  init(bytes: [UInt8]) { self.bytes = bytes }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func take(_ byte: Character) -> Bool {
    guard let next, byte.asciiValue == next else { return false }
    position += 1
    return true
  }

  mutating func takeWord(_ word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  mutating func value(depth: Int) -> JSONValue? {
    guard depth < CanonicalReader.depthLimit else { return nil }
    switch next {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return count()
    default:
      if takeWord("null") { return .null }
      if takeWord("true") { return .boolean(true) }
      if takeWord("false") { return .boolean(false) }
      return nil
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    guard take("{") else { return nil }
    var members: [JSONMember] = []
    var previous: String?
    if take("}") { return .object([]) }
    repeat {
      guard let key = string(), take(":"), let value = value(depth: depth + 1) else { return nil }
      // Sorted keys, each once.
      if let previous, !previous.utf16.lexicographicallyPrecedes(key.utf16) { return nil }
      previous = key
      members.append(JSONMember(key, value))
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSONValue? {
    guard take("[") else { return nil }
    var elements: [JSONValue] = []
    if take("]") { return .array([]) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func count() -> JSONValue? {
    var count = 0
    while let digit = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      guard count < 1 << 53 else { return nil }
      count = count * 10 + Int(digit - UInt8(ascii: "0"))
      position += 1
    }
    return .count(count)
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escape() else { return nil }
        text.append(escaped)
      default: text.append(byte)
      }
    }
    return nil
  }

  /// What an escape says; canonical JSON escapes only ASCII characters.
  private mutating func escape() -> UInt8? {
    guard let letter = next else { return nil }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "u"):
      guard takeWord("00"), position + 2 <= bytes.count else { return nil }
      let digits = String(decoding: bytes[position..<position + 2], as: UTF8.self)
      position += 2
      return UInt8(digits, radix: 16)
    default: return nil
    }
  }
}

extension JSONValue {
  /// The member of an object by its key; nil where there is none, or it is no object.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text of a string; nil of anything else.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The count; nil of anything else.
  package var count: Int? {
    if case .count(let count) = self { count } else { nil }
  }

  /// The elements of an array; nil of anything else.
  package var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}
