// Base64 (RFC 4648, section 4), as notes and proofs write hashes, keys and signatures.

private let alphabet = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// Bytes in base64 with its padding.
package func base64Text(_ bytes: [UInt8]) -> String {
  var characters: [UInt8] = []
  characters.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let count = min(3, bytes.count - start)
    var group: UInt32 = 0
    for offset in 0..<3 {
      group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0)
    }
    for place in 0..<4 {
      let isPadding = place > count
      let digit = Int(group >> UInt32(18 - 6 * place) & 63)
      characters.append(isPadding ? UInt8(ascii: "=") : alphabet[digit])
    }
  }
  return String(decoding: characters, as: UTF8.self)
}

/// The bytes that a base64 text says.
///
/// Nil for anything but the one form that `base64Text` writes: no white space, with padding, and
/// the bits that no byte needs all zero, so that no two texts say the same bytes.
package func bytes(ofBase64 text: some Collection<UInt8>) -> [UInt8]? {
  let characters = Array(text)
  guard characters.count.isMultiple(of: 4) else { return nil }
  var result: [UInt8] = []
  result.reserveCapacity(characters.count / 4 * 3)
  for start in stride(from: 0, to: characters.count, by: 4) {
    let group = characters[start..<start + 4]
    let padding = group.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2, padding == 0 || start + 4 == characters.count else { return nil }
    var value: UInt32 = 0
    for character in group.dropLast(padding) {
      guard let digit = digit(of: character) else { return nil }
      value = value << 6 | digit
    }
    value <<= UInt32(6 * padding)
    let unused: UInt32 = padding == 0 ? 0 : padding == 1 ? 0xFF : 0xFFFF
    guard value & unused == 0 else { return nil }
    for place in 0..<(3 - padding) {
      result.append(UInt8(truncatingIfNeeded: value >> UInt32(16 - 8 * place)))
    }
  }
  return result
}

private func digit(of character: UInt8) -> UInt32? {
  switch character {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
  case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
  case UInt8(ascii: "+"): 62
  case UInt8(ascii: "/"): 63
  default: nil
  }
}
