// Legal entity identifiers (ISO 17442) and their check digits.

/// Why text is no legal entity identifier.
package enum LegalEntityIdentifierFailure: Error, Hashable, Sendable {
  /// Not 20 characters long.
  case wrongLength(Int)
  /// A character that is no digit or capital letter, or no digit in the last two places.
  case wrongCharacter(offset: Int)
  /// Check digits other than the first 18 characters call for.
  case wrongCheckDigits(expected: String)
}

/// A legal entity identifier: 18 digits and capital letters, then two check digits.
package struct LegalEntityIdentifier: Hashable, Sendable {
  // Two words and not one of 128 bits: a value that holds an identifier would else have to be
  // aligned to 16 bytes, which unoptimised code of Swift 6.3.1 does not always do when it puts a
  // spilled enum on the stack.

  /// The upper 64 bits of the 20 characters as one number of base 36, which takes 104 bits.
  private let upper: UInt64
  /// The lower 64 bits of that number.
  private let lower: UInt64

  /// A well-formed identifier with right check digits; nil for any other text.
  package init?(text: String) {
    guard case .success(let identifier) = Self.read(text.utf8) else { return nil }
    self = identifier
  }

  private init(packed: UInt128) {
    upper = UInt64(truncatingIfNeeded: packed >> 64)
    lower = UInt64(truncatingIfNeeded: packed)
  }

  /// The 20 characters as one number of base 36.
  private var packed: UInt128 { UInt128(upper) << 64 | UInt128(lower) }

  /// Reads an identifier and checks it by ISO 7064 MOD 97-10: with each letter read as 10 to 35,
  /// the whole number leaves 1 when divided by 97.
  package static func read(
    _ utf8: some Collection<UInt8>
  ) -> Result<LegalEntityIdentifier, LegalEntityIdentifierFailure> {
    guard utf8.count == 20 else { return .failure(.wrongLength(utf8.count)) }
    var packed: UInt128 = 0
    var remainder = 0
    var remainderOfFirst18 = 0
    for (offset, byte) in utf8.enumerated() {
      if offset == 18 { remainderOfFirst18 = remainder }
      let value: Int
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = Int(byte) - 48
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where offset < 18: value = Int(byte) - 55
      default: return .failure(.wrongCharacter(offset: offset))
      }
      packed = packed * 36 + UInt128(value)
      remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97
    }
    guard remainder == 1 else {
      let expected = 98 - remainderOfFirst18 * 100 % 97
      return .failure(.wrongCheckDigits(expected: padded(expected, to: 2)))
    }
    return .success(LegalEntityIdentifier(packed: packed))
  }

  /// The 20 characters.
  package var text: String {
    var rest = packed
    var bytes: [UInt8] = []
    for _ in 0..<20 {
      let value = UInt8(rest % 36)
      bytes.append(value < 10 ? value + 48 : value + 55)
      rest /= 36
    }
    return String(decoding: bytes.reversed(), as: UTF8.self)
  }
}

extension LegalEntityIdentifier: Comparable {
  /// By characters, digits before letters.
  package static func < (left: LegalEntityIdentifier, right: LegalEntityIdentifier) -> Bool {
    left.packed < right.packed
  }
}

extension LegalEntityIdentifier: CustomStringConvertible {
  /// The 20 characters.
  package var description: String { text }
}

extension LegalEntityIdentifierFailure: CustomStringConvertible {
  /// The failure as one sentence.
  package var description: String {
    switch self {
    case .wrongLength(let count): "an LEI has 20 characters, this has \(count)"
    case .wrongCharacter(let offset):
      offset < 18
        ? "an LEI is made of digits and capital letters, character \(offset + 1) is neither"
        : "an LEI ends in two digits, character \(offset + 1) is not one"
    case .wrongCheckDigits(let expected): "the check digits of this LEI should be \(expected)"
    }
  }
}
