// The escapes of JSON strings: from the bytes between the quotes to the text they stand for.

/// The text of a string's bytes, with its escapes resolved.
///
/// The bytes are those of a string the reader has accepted. A surrogate without its other half has
/// no scalar and gives U+FFFD; the reader has already refused the text it stands in.
func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(raw.count)
  var offset = raw.startIndex
  while offset < raw.endIndex {
    let byte = raw[offset]
    offset += 1
    guard byte == UInt8(ascii: "\\"), offset < raw.endIndex else {
      text.append(byte)
      continue
    }
    let letter = raw[offset]
    offset += 1
    if letter != UInt8(ascii: "u") {
      text.append(simpleEscape(letter) ?? letter)
      continue
    }
    var scalar = hexUnit(in: raw, at: offset) ?? 0xFFFD
    offset = min(offset + 4, raw.endIndex)
    if isHighSurrogate(scalar), let low = escapedUnit(in: raw, at: offset), isLowSurrogate(low) {
      scalar = 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00)
      offset += 6
    }
    let found = Unicode.Scalar(scalar) ?? "\u{FFFD}"
    text.append(contentsOf: UTF8.encode(found) ?? UTF8.encodedReplacementCharacter)
  }
  return text
}

/// The byte a one-letter escape stands for; nil for a letter that is no escape.
func simpleEscape(_ letter: UInt8) -> UInt8? {
  switch letter {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
  case UInt8(ascii: "b"): 0x08
  case UInt8(ascii: "f"): 0x0C
  case UInt8(ascii: "n"): 0x0A
  case UInt8(ascii: "r"): 0x0D
  case UInt8(ascii: "t"): 0x09
  default: nil
  }
}

/// The code unit of `\uXXXX` at an offset; nil where there is none.
func escapedUnit(in bytes: ArraySlice<UInt8>, at offset: Int) -> UInt32? {
  guard offset + 6 <= bytes.endIndex, bytes[offset] == UInt8(ascii: "\\"),
    bytes[offset + 1] == UInt8(ascii: "u")
  else { return nil }
  return hexUnit(in: bytes, at: offset + 2)
}

/// The value of four hexadecimal digits; nil where there are not four.
func hexUnit(in bytes: ArraySlice<UInt8>, at offset: Int) -> UInt32? {
  guard offset >= bytes.startIndex, offset + 4 <= bytes.endIndex else { return nil }
  var value: UInt32 = 0
  for byte in bytes[offset..<offset + 4] {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - 48)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - 87)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - 55)
    default: return nil
    }
  }
  return value
}

/// Whether a code unit is the first half of a pair.
func isHighSurrogate(_ unit: UInt32) -> Bool { (0xD800...0xDBFF).contains(unit) }

/// Whether a code unit is the second half of a pair.
func isLowSurrogate(_ unit: UInt32) -> Bool { (0xDC00...0xDFFF).contains(unit) }
