// Decimal number text to exact fractions: the one grammar of JSON contracts and of rulesets.

/// Why number text is refused.
package enum DecimalTextFailure: Error, Hashable, Sendable {
  /// Text that is no number at the byte offset: `12x`, `.5`, `5.`, `--1`, `1__0`, the empty text.
  case malformed(offset: Int)
  /// A number with an idle zero in front: `007`.
  case leadingZero
  /// Over 34 significant digits, counted from the first that is not zero to the last written.
  case tooManyDigits
  /// An exponent beyond ±64, or more than 98 decimals.
  case exponentOutOfRange
}

extension DecimalTextFailure: CustomStringConvertible {
  /// The failure as one sentence.
  package var description: String {
    switch self {
    case .malformed: "this is not a decimal number"
    case .leadingZero: "a number does not start with an idle zero"
    case .tooManyDigits: "a number has at most 34 significant digits"
    case .exponentOutOfRange: "an exponent lies between -64 and 64"
    }
  }
}

extension Fraction {
  /// The exact value of decimal number text.
  ///
  /// The grammar is RFC 8259's: an optional `-`, digits without an idle zero in front, optionally
  /// a point and digits, optionally an exponent. Rulesets may put `_` between two digits.
  ///
  /// - Parameters:
  ///   - utf8: The bytes of the number and nothing else.
  ///   - underscoresAllowed: Whether `1_000` is read as `1000`.
  package static func parse(
    decimal utf8: some Collection<UInt8>, underscoresAllowed: Bool
  ) -> Result<Fraction, DecimalTextFailure> {
    let direct = utf8.withContiguousStorageIfAvailable {
      parse(bytes: $0, underscoresAllowed: underscoresAllowed)
    }
    if let direct { return direct }
    return Array(utf8).withUnsafeBufferPointer {
      parse(bytes: $0, underscoresAllowed: underscoresAllowed)
    }
  }

  /// The exact value of decimal number text, read in place.
  package static func parse(
    bytes: UnsafeBufferPointer<UInt8>, underscoresAllowed: Bool
  ) -> Result<Fraction, DecimalTextFailure> {
    var reader = DecimalReader(bytes: bytes, underscoresAllowed: underscoresAllowed)
    do {
      return .success(try reader.read())
    } catch {
      return .failure(error)
    }
  }
}

/// One pass over number text, keeping digits in machine words.
private struct DecimalReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let underscoresAllowed: Bool
  private var offset = 0
  /// The digits read so far as one whole number; 34 digits fit in 128 bits.
  private var mantissa: UInt128 = 0
  private var significantDigits = 0
  private var decimals = 0

  private static let significantDigitLimit = 34
  private static let exponentLimit = 64
  private static let decimalLimit = significantDigitLimit + exponentLimit

  init(bytes: UnsafeBufferPointer<UInt8>, underscoresAllowed: Bool) {
    self.bytes = bytes
    self.underscoresAllowed = underscoresAllowed
  }

  mutating func read() throws(DecimalTextFailure) -> Fraction {
    let isNegative = take(UInt8(ascii: "-"))
    let first = offset
    try readDigits(afterPoint: false)
    if offset - first > 1 && bytes[first] == UInt8(ascii: "0") { throw .leadingZero }
    if take(UInt8(ascii: ".")) { try readDigits(afterPoint: true) }
    let exponent = try readExponent()
    guard offset == bytes.count else { throw .malformed(offset: offset) }
    guard significantDigits <= Self.significantDigitLimit else { throw .tooManyDigits }
    guard decimals <= Self.decimalLimit else { throw .exponentOutOfRange }
    return value(isNegative: isNegative, tens: exponent - decimals)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  /// Reads at least one digit; past 34 significant ones it only counts.
  private mutating func readDigits(afterPoint: Bool) throws(DecimalTextFailure) {
    var isAfterDigit = false
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "_") && underscoresAllowed && isAfterDigit {
        isAfterDigit = false
        offset += 1
        continue
      }
      guard byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") else { break }
      let digit = UInt128(byte - UInt8(ascii: "0"))
      if significantDigits > 0 || digit != 0 {
        significantDigits += 1
        if significantDigits <= Self.significantDigitLimit { mantissa = mantissa * 10 + digit }
      }
      if afterPoint { decimals += 1 }
      isAfterDigit = true
      offset += 1
    }
    guard isAfterDigit else { throw .malformed(offset: offset) }
  }

  /// Reads the exponent, if there is one.
  private mutating func readExponent() throws(DecimalTextFailure) -> Int {
    guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return 0 }
    let isNegative = take(UInt8(ascii: "-"))
    if !isNegative { _ = take(UInt8(ascii: "+")) }
    var exponent = 0
    let first = offset
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") else { break }
      // Once out of range it stays there, whatever digits follow.
      exponent = min(exponent * 10 + Int(byte - UInt8(ascii: "0")), Self.exponentLimit + 1)
      offset += 1
    }
    guard offset > first, offset == bytes.count else { throw .malformed(offset: offset) }
    guard exponent <= Self.exponentLimit else { throw .exponentOutOfRange }
    return isNegative ? -exponent : exponent
  }

  /// The mantissa times a power of ten between -162 and 64.
  private func value(isNegative: Bool, tens: Int) -> Fraction {
    guard mantissa != 0 else { return .zero }
    let signed = isNegative ? -Int128(mantissa) : Int128(mantissa)
    if tens == 0 { return Fraction(reduced: signed, 1) }
    if tens < 0, tens >= -18, mantissa <= UInt128(Int64.max) {
      let bottom = tenToThe(-tens)
      let common = Int128(greatestCommonDivisor(UInt64(mantissa), bottom))
      return Fraction(reduced: signed / common, Int128(bottom) / common)
    }
    if tens > 0, tens <= 18, mantissa <= UInt128(Int64.max) {
      return Fraction(reduced: signed * Int128(tenToThe(tens)), 1)
    }
    return LongFraction.product(
      LongFraction(numerator: signed, denominator: 1), .ten(toThe: tens)
    ).fraction
  }

  /// Ten to a power of at most 18.
  private func tenToThe(_ exponent: Int) -> UInt64 {
    var power: UInt64 = 1
    for _ in 0..<min(exponent, 18) { power *= 10 }
    return power
  }
}
