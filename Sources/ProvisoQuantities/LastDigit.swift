// What the last digit of a written number stands for, for figures rounded to be published.

extension Fraction {
  /// The place of the last digit of decimal number text: 0.001 for `0.469`, 1 for `90_000`, 100 000
  /// for `1.2e6`. Nil where the text is no number.
  package static func lastPlace(ofDecimal text: some StringProtocol) -> Fraction? {
    guard case .success = parse(decimal: text.utf8, underscoresAllowed: true) else { return nil }
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    let decimals = parts.first?.split(separator: ".").dropFirst().first?.utf8.count { $0 != 0x5F }
    let exponent = parts.count > 1 ? Int(parts[1].drop { $0 == "+" }) : 0
    guard let exponent else { return nil }
    return try? Fraction(10).power(exponent - (decimals ?? 0))
  }

  /// Half a unit of the last digit of a number that was written for a value.
  ///
  /// - Parameters:
  ///   - place: The place of the last digit, in the number as written.
  ///   - written: That number.
  ///   - value: What it stands for, in the base of its unit.
  ///   - scale: What one comes to in that base where the number is zero, which cannot tell.
  package static func halfUnit(
    place: Fraction, written: Fraction, value: Fraction, scale: Fraction
  ) -> Fraction? {
    guard let half = try? place / Fraction(2) else { return nil }
    guard !written.isZero, let factor = try? value.magnitude / written.magnitude else {
      return try? half * scale
    }
    return try? half * factor
  }
}
