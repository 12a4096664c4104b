// Reads Unicode scalars out of bytes that may not be UTF-8, and says how wide they are shown.

/// Reads one Unicode scalar at a time out of any bytes.
package enum ScalarReader {
  /// One scalar found in bytes: its value, its length, and whether the bytes were valid.
  package struct Found: Equatable, Sendable {
    /// The scalar's value; U+FFFD for an invalid byte.
    package let value: UInt32
    /// How many bytes it takes; 1 for an invalid byte.
    package let length: Int
    /// False for an invalid byte.
    package let isValid: Bool
  }

  /// Reads the scalar that starts at an offset; an invalid byte is one replacement character.
  package static func scalar(in bytes: [UInt8], at offset: Int) -> Found {
    let invalid = Found(value: 0xFFFD, length: 1, isValid: false)
    guard offset >= 0, offset < bytes.count else { return invalid }
    let first = bytes[offset]
    if first < 0x80 { return Found(value: UInt32(first), length: 1, isValid: true) }
    let length: Int
    var value: UInt32
    switch first {
    case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
    default: return invalid
    }
    guard offset + length <= bytes.count else { return invalid }
    for index in offset + 1..<offset + length {
      let byte = bytes[index]
      guard byte & 0xC0 == 0x80 else { return invalid }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let tooShort = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000)
    if tooShort || value > 0x10FFFF || (0xD800...0xDFFF).contains(value) { return invalid }
    return Found(value: value, length: length, isValid: true)
  }

  /// How many terminal cells a scalar takes: 0 for combining marks, 2 for wide scripts, else 1.
  package static func cells(of value: UInt32) -> Int {
    switch value {
    case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}
