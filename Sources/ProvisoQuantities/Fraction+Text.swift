// Fractions as exact text and back: what the ledger writes and a replay reads.

extension Fraction: CustomStringConvertible {
  /// The exact value as text: `1250.5` where at most 100 decimals say it, else `1/3`.
  ///
  /// One value has one text, and `init(exactText:)` reads it back.
  package var description: String {
    guard let places = decimalPlaces, places <= Fraction.decimalPlacesInText else {
      return "\(numeratorText)/\(denominatorText)"
    }
    return decimalText(ofSteps: stepsOfTen(decimals: places, .mode(.down)), decimals: places)
  }

  /// The most decimals that `description` writes out; beyond, the quotient is shorter.
  private static var decimalPlacesInText: Int { 100 }

  /// The most digits that `init(exactText:)` takes in one part: 2^65536 has 19,729.
  private static var digitsInText: Int { 19_729 }

  /// The digits of the numerator, with a sign if it is negative.
  package var numeratorText: String { long?.numeratorText ?? String(smallNumerator) }

  /// The digits of the denominator.
  package var denominatorText: String { long?.denominatorText ?? String(smallDenominator) }

  /// How many decimals say the value exactly; nil when no number of them does.
  package var decimalPlaces: Int? {
    if let long {
      return long.denominatorTwosAndFives.map { max($0.twos, $0.fives) }
    }
    var rest = smallDenominator
    let twos = rest.trailingZeroBitCount
    rest >>= Int64(twos)
    var fives = 0
    while rest.isMultiple(of: 5) {
      rest /= 5
      fives += 1
    }
    return rest == 1 ? max(twos, fives) : nil
  }

  /// The value counted in steps of 10^-decimals, as a whole number; `decimals` may be negative.
  func stepsOfTen(decimals: Int, _ direction: WholeRounding) -> Fraction {
    if decimals == 0 && isWhole { return self }
    return LongFraction.product(asLong, .ten(toThe: decimals)).rounded(direction)
  }

  /// Reads what `description` writes: a decimal without an exponent, or a quotient.
  ///
  /// Nil for any other text, a zero denominator, and parts past the bit limit.
  package init?(exactText text: String) {
    var digits = Array(text.utf8)
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits.removeFirst() }
    var top = digits
    var bottom = [UInt8(ascii: "1")]
    if let slash = digits.firstIndex(of: UInt8(ascii: "/")) {
      top = Array(digits[..<slash])
      bottom = Array(digits[(slash + 1)...])
    } else if let point = digits.firstIndex(of: UInt8(ascii: ".")) {
      guard point > 0, point + 1 < digits.count else { return nil }
      top = Array(digits[..<point] + digits[(point + 1)...])
      bottom += Array(repeating: UInt8(ascii: "0"), count: digits.count - point - 1)
    }
    for part in [top, bottom] {
      guard !part.isEmpty, part.count <= Fraction.digitsInText,
        part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
      else { return nil }
    }
    guard
      let long = LongFraction(
        numeratorDigits: String(decoding: top, as: UTF8.self),
        denominatorDigits: String(decoding: bottom, as: UTF8.self)),
      let value = try? long.bounded()
    else { return nil }
    self = isNegative ? -value : value
  }
}

/// A whole number of steps of 10^-decimals written as a decimal with exactly that many decimals.
///
/// 12505 steps with one decimal are `1250.5`; -5 steps with three are `-0.005`.
func decimalText(ofSteps steps: Fraction, decimals: Int) -> String {
  var text = steps.magnitude.numeratorText
  if decimals > 0 {
    if text.utf8.count <= decimals {
      text = String(repeating: "0", count: decimals + 1 - text.utf8.count) + text
    }
    text.insert(".", at: text.index(text.endIndex, offsetBy: -decimals))
  }
  return steps.sign < 0 ? "-" + text : text
}
