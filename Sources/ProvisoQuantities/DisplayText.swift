// Numbers in print: exact where they end soon, else cut so that they never lie about a threshold.

/// A number for a reader, and whether the text is the exact value (else the caller says "about").
///
/// A number that ends within `maximumDigits` decimals is printed exactly. Any other is cut to at
/// least three significant digits, and to as many more as it takes to stand, as printed, on its
/// own side of the threshold and of the threshold as printed by the same function; where 34 more
/// digits do not tell the two apart, each is rounded away from the other. A number other than zero
/// is never printed as zero, and one that is not the threshold never as the threshold.
///
/// 1/3 against 0.33 is `0.333`, because `0.33` would claim equality; 1/3 against 0.3333 is
/// `0.33333`. Beyond 40 digits before the point or 94 after it the text is `1.23457 × 10^41`.
///
/// - Parameters:
///   - value: The number.
///   - threshold: The number it is compared with, in the same unit; nil when there is none.
///   - minimumDigits: Decimals that are always written, `1.50` for money.
///   - maximumDigits: The most decimals of a number that is printed exactly.
///   - grouped: Whether thousands are set off by commas, `1,250,000.5`.
package func displayText(
  of value: Fraction, against threshold: Fraction? = nil, minimumDigits: Int = 0,
  maximumDigits: Int = 12, grouped: Bool = true
) -> (text: String, isExact: Bool) {
  let layout = DecimalLayout(minimumDigits: minimumDigits, maximumDigits: maximumDigits)
  let own = layout.firstCut(of: value)
  guard let threshold, threshold != value else {
    return (own.text(grouped: grouped), own.isExact)
  }
  let cut = layout.separate(own, from: layout.firstCut(of: threshold))
  return (cut.text(grouped: grouped), cut.isExact)
}

/// How numbers are laid out, within bounds that keep any text short.
private struct DecimalLayout {
  let minimumDigits: Int
  let maximumDigits: Int

  /// More digits tried before two numbers are rounded away from each other.
  private static let extraDigitLimit = 34
  /// The most digits before the point of a number written out.
  private static let wholeDigitLimit = 40

  init(minimumDigits: Int, maximumDigits: Int) {
    self.minimumDigits = min(max(0, minimumDigits), DecimalCut.decimalLimit)
    self.maximumDigits = min(max(0, maximumDigits), DecimalCut.decimalLimit)
  }

  /// The value exactly if that is short, else with three significant digits or the least decimals.
  func firstCut(of value: Fraction) -> DecimalCut {
    let exponent = value.decimalExponent
    if exponent >= Self.wholeDigitLimit {
      return DecimalCut(value, decimals: 5 - exponent, .mode(.halfUp))
    }
    if let places = value.decimalPlaces, places <= max(minimumDigits, maximumDigits) {
      return DecimalCut(value, decimals: max(places, minimumDigits), .mode(.halfUp))
    }
    return DecimalCut(value, decimals: max(1, minimumDigits, 2 - exponent), .mode(.halfUp))
  }

  /// The first cut with as many digits more as set it apart from the other number.
  ///
  /// Both numbers gain digits in step and the test is the same from either side, so a value
  /// printed against its threshold and the threshold printed against its value agree.
  func separate(_ first: DecimalCut, from second: DecimalCut) -> DecimalCut {
    var own = first
    var other = second
    for _ in 0..<Self.extraDigitLimit {
      if own.isApart(from: other) { return own }
      own = own.withOneDigitMore()
      other = other.withOneDigitMore()
    }
    if own.isApart(from: other) || own.isExact { return own }
    return DecimalCut(
      own.exact, decimals: own.decimals, own.exact < other.exact ? .floor : .ceiling)
  }
}

/// A number cut to a count of decimals, beside the exact value it stands for.
private struct DecimalCut {
  /// The value itself.
  let exact: Fraction
  /// The cut value in steps of 10^-decimals.
  let steps: Fraction
  /// The decimals kept; negative where digits before the point are cut too.
  let decimals: Int
  /// The cut value.
  let shown: Fraction

  /// The most decimals of a number written out.
  static let decimalLimit = 60

  init(_ exact: Fraction, decimals: Int, _ direction: WholeRounding) {
    self.exact = exact
    self.decimals = decimals
    steps = exact.stepsOfTen(decimals: decimals, direction)
    shown = LongFraction.product(steps.asLong, .ten(toThe: -decimals)).fraction
  }

  var isExact: Bool { shown == exact }

  /// The same number cut one decimal later; an exact one stays as it is.
  func withOneDigitMore() -> DecimalCut {
    isExact ? self : DecimalCut(exact, decimals: decimals + 1, .mode(.halfUp))
  }

  /// Whether each number as shown keeps its side of the other, shown and exact.
  func isApart(from other: DecimalCut) -> Bool {
    exact < other.exact
      ? shown < other.shown && shown < other.exact && exact < other.shown
      : shown > other.shown && shown > other.exact && exact > other.shown
  }

  /// The cut number as text.
  func text(grouped: Bool) -> String {
    guard (0...Self.decimalLimit + 34).contains(decimals) else { return scientificText }
    let plain = decimalText(ofSteps: steps, decimals: decimals)
    return grouped ? withThousandsGrouped(plain) : plain
  }

  /// The cut number as one digit, a point, the rest, and a power of ten.
  private var scientificText: String {
    var digits = steps.magnitude.numeratorText
    let exponent = digits.utf8.count - 1 - decimals
    if digits.utf8.count > 1 { digits.insert(".", at: digits.index(after: digits.startIndex)) }
    return "\(steps.sign < 0 ? "-" : "")\(digits) × 10^\(exponent)"
  }
}

extension Fraction {
  /// The exponent of the first digit that counts: 3 for 1,250, -2 for 0.05, 0 for zero.
  fileprivate var decimalExponent: Int {
    if isZero { return 0 }
    let size = magnitude
    if size >= .one { return size.floor().numeratorText.utf8.count - 1 }
    // A size in [10^-n, 10^(1-n)) has an inverse in (10^(n-1), 10^n]: one step below its ceiling
    // has n digits.
    guard let inverse = try? size.reciprocal() else { return 0 }
    let steps = LongFraction.sum(inverse.ceiling().asLong, Fraction(-1).asLong).fraction
    return -steps.numeratorText.utf8.count
  }
}

/// A plain decimal with a comma before each group of three digits in front of the point.
private func withThousandsGrouped(_ plain: String) -> String {
  let bytes = Array(plain.utf8)
  let start = bytes.first == UInt8(ascii: "-") ? 1 : 0
  let end = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
  var grouped: [UInt8] = []
  for (offset, byte) in bytes.enumerated() {
    if offset > start && offset < end && (end - offset).isMultiple(of: 3) {
      grouped.append(UInt8(ascii: ","))
    }
    grouped.append(byte)
  }
  return String(decoding: grouped, as: UTF8.self)
}
