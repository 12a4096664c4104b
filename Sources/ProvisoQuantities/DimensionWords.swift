// Dimensions in words, for messages that say why two quantities do not combine.

extension Dimension {
  /// What is measured, in words: `energy`, `money in EUR`, `CO2 equivalent per energy`.
  package var words: String {
    if isNone { return "a plain number or percentage" }
    let above = factors.filter { $0.exponent > 0 }.map(Self.words)
    let below = factors.filter { $0.exponent < 0 }.map(Self.words)
    let numerator = above.isEmpty ? "one" : above.joined(separator: " times ")
    return ([numerator] + below).joined(separator: " per ")
  }

  /// One factor in words, whatever the sign of its exponent.
  private static func words(_ factor: Factor) -> String {
    let power = factor.exponent.magnitude
    if factor.base == "m" && power == 2 { return "area" }
    if factor.base == "m" && power == 3 { return "volume" }
    let noun = baseWords(factor.base)
    return power == 1 ? noun : "\(noun) to the power of \(power)"
  }

  private static func baseWords(_ base: String) -> String {
    switch base {
    case "g": return "mass"
    case "gCO2": return "mass of CO2"
    case "gCO2e": return "mass in CO2 equivalent"
    case "J": return "energy"
    case "m": return "length"
    case "s": return "physical time"
    case "FTE": return "full-time equivalents"
    default: return CurrencyCode(text: base) == nil ? base : "money in \(base)"
    }
  }

  /// The unit in which a computed value of this dimension is customarily printed.
  ///
  /// Gases and mass in tonnes, energy in kWh, physical time in hours; products of those for
  /// compound dimensions, such as `tCO2e/kWh`.
  package var customaryUnit: Unit {
    var scale = Fraction.one
    var above: [String] = []
    var below: [String] = []
    for factor in factors {
      let (symbol, size) = Self.customary(factor.base)
      guard let power = try? size.power(factor.exponent), let product = try? scale * power else {
        return Unit(symbol: description, dimension: self, scale: .one)
      }
      scale = product
      let count = factor.exponent.magnitude
      // Only metres have a written power; other units repeat.
      let names =
        symbol == "m" && (2...3).contains(count)
        ? ["m\(count)"] : Array(repeating: symbol, count: Int(count))
      if factor.exponent > 0 { above += names } else { below += names }
    }
    let numerator = above.isEmpty && !below.isEmpty ? "1" : above.joined(separator: "*")
    let symbol = ([numerator] + below).joined(separator: "/")
    return Unit(symbol: symbol, dimension: self, scale: scale)
  }

  private static func customary(_ base: String) -> (symbol: String, size: Fraction) {
    switch base {
    case "g": ("t", Fraction(1_000_000))
    case "gCO2": ("tCO2", Fraction(1_000_000))
    case "gCO2e": ("tCO2e", Fraction(1_000_000))
    case "J": ("kWh", Fraction(3_600_000))
    case "s": ("h", Fraction(3_600))
    default: (base, .one)
    }
  }
}

/// Two quantities' dimensions in words that differ, for "these cannot be added".
///
/// `tCO2e` and `tCO2` give "`tCO2e` (mass in CO2 equivalent)" and "`tCO2` (mass of CO2)".
package func describeDifference(
  between left: Unit, and right: Unit
) -> (left: String, right: String) {
  func describe(_ unit: Unit) -> String {
    unit.symbol.isEmpty ? unit.dimension.words : "`\(unit.symbol)` (\(unit.dimension.words))"
  }
  return (describe(left), describe(right))
}
