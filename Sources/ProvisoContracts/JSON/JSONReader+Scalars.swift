// Strings and numbers of a JSON text.

import ProvisoQuantities
import ProvisoSource

extension JSONReader {
  /// Reads the string whose opening quote stands at the offset.
  mutating func readString() {
    let start = offset
    var hasEscapes = false
    offset += 1
    while true {
      offset = plainEnd(from: offset)
      guard offset < bytes.count else {
        return fail(.unterminatedString, bytes.count..<bytes.count, other: start..<start + 1)
      }
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        return append(.string, start..<offset, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        readEscape()
        if hasFailed { return }
      case 0..<0x20:
        return fail(
          .controlCharacter(bytes[offset]), offset..<offset + 1, other: start..<start + 1)
      default:
        let found = ScalarReader.scalar(in: bytes, at: offset)
        guard found.isValid else {
          return fail(.invalidUTF8(bytes[offset]), offset..<offset + 1)
        }
        offset += found.length
      }
    }
  }

  /// The offset of the first byte, from an offset on, that is not plain ASCII text of a string:
  /// a quote, a backslash, a control character, a byte of a longer scalar, or the end.
  ///
  /// Eight bytes are looked at together. With the high bits known to be clear, a byte plus 0x7F
  /// reaches 0x80 unless it is zero and never carries, which finds zero bytes in parallel.
  private func plainEnd(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high = ones * 0x80
    let low = ones * 0x7F
    var end = start
    bytes.withUnsafeBytes { buffer in
      while end + 8 <= buffer.count {
        let word = buffer.loadUnaligned(fromByteOffset: end, as: UInt64.self)
        if word & high != 0 { break }
        let noQuote = (word ^ (ones * 0x22)) + low
        let noBackslash = (word ^ (ones * 0x5C)) + low
        let noControl = (word & (ones * 0x60)) + low
        if noQuote & noBackslash & noControl & high != high { break }
        end += 8
      }
      while end < buffer.count {
        let byte = buffer[end]
        if byte >= 0x80 || byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
        end += 1
      }
    }
    return end
  }

  /// Reads the escape whose backslash stands at the offset.
  private mutating func readEscape() {
    let start = offset
    guard start + 1 < bytes.count else {
      offset = bytes.count
      return
    }
    let letter = bytes[start + 1]
    if simpleEscape(letter) != nil {
      offset = start + 2
      return
    }
    guard let unit = escapedUnit(in: bytes[...], at: start) else {
      // The byte behind the backslash is left to the string: it may be its closing quote's.
      note(.badEscape, start..<min(start + 2, bytes.count))
      offset = letter < 0x20 || letter >= 0x80 ? start + 1 : start + 2
      return
    }
    offset = start + 6
    guard (0xD800...0xDFFF).contains(unit) else { return }
    if isHighSurrogate(unit), let second = escapedUnit(in: bytes[...], at: offset),
      isLowSurrogate(second)
    {
      offset += 6
    } else {
      note(.loneSurrogate, start..<start + 6)
    }
  }

  /// Reads the number that starts at the offset.
  mutating func readNumber() {
    let range = offset..<wordEnd(from: offset)
    guard Self.isNumber(bytes[range]) else { return fail(.malformedNumber, range) }
    let isShort = range.count <= 34 && !bytes[range].contains { $0 | 0x20 == UInt8(ascii: "e") }
    if !isShort,
      case .failure(let failure) = Fraction.parse(
        decimal: bytes[range], underscoresAllowed: false)
    {
      note(failure == .tooManyDigits ? .tooManyDigits : .exponentOutOfRange, range)
    }
    append(.number, range)
    offset = range.upperBound
  }

  /// Whether bytes are a number by RFC 8259: `-`, digits without an idle zero in front, a point
  /// and digits, an exponent.
  static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let whole = rest.prefix(while: isDigit)
    if whole.isEmpty || (whole.count > 1 && whole.first == UInt8(ascii: "0")) { return false }
    rest = rest[whole.endIndex...]
    if rest.first == UInt8(ascii: ".") {
      let decimals = rest.dropFirst().prefix(while: isDigit)
      if decimals.isEmpty { return false }
      rest = rest[decimals.endIndex...]
    }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      let exponent = rest.prefix(while: isDigit)
      if exponent.isEmpty { return false }
      rest = rest[exponent.endIndex...]
    }
    return rest.isEmpty
  }
}
