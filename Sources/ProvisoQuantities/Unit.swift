// Units: how a written number becomes a value in its dimension's coherent unit, and back.

/// A unit of measure: a dimension and the exact size of one unit in the dimension's coherent unit.
///
/// A value is held as number × scale, so `1 kWh` is 3,600,000 in dimension `J`, and `25%` is 1/4.
package struct Unit: Hashable, Sendable {
  /// The unit as it is written and printed: `kWh`, `%`, `EUR/tCO2e`; empty for a plain number.
  package let symbol: String
  /// What it measures.
  package let dimension: Dimension
  /// The size of one unit in the dimension's coherent unit; above zero.
  package let scale: Fraction

  /// A unit by its parts.
  package init(symbol: String, dimension: Dimension, scale: Fraction) {
    self.symbol = symbol
    self.dimension = dimension
    self.scale = scale
  }

  /// A hundredth and a ten-thousandth; both are in lowest terms.
  private static let hundredth = Fraction(reducedNumerator: 1, denominator: 100)
  private static let tenThousandth = Fraction(reducedNumerator: 1, denominator: 10_000)

  /// The unit of a plain number.
  package static let one = Unit(symbol: "", dimension: .none, scale: .one)
  /// A plain whole number of things.
  package static let count = Unit(symbol: "count", dimension: .none, scale: .one)
  /// Percent: a hundredth.
  package static let percent = Unit(symbol: "%", dimension: .none, scale: hundredth)
  /// Basis points: a hundredth of a percent.
  package static let basisPoints = Unit(symbol: "bps", dimension: .none, scale: tenThousandth)
  /// Percentage points: a difference of two percentages.
  package static let percentagePoints = Unit(
    symbol: "percentage points", dimension: .none, scale: hundredth)

  /// Whether the unit is percent, basis points or percentage points.
  package var isPercentLike: Bool {
    self == .percent || self == .basisPoints || self == .percentagePoints
  }

  /// The ISO 4217 code, when the unit is exactly one currency.
  package var currencyCode: String? {
    guard scale == .one, let base = dimension.soleBase, CurrencyCode(text: base) != nil else {
      return nil
    }
    return base
  }

  /// A number of this unit as a value in the coherent unit.
  ///
  /// - Throws: `tooLong` past the bit limit.
  package func value(of number: Fraction) throws(ArithmeticFailure) -> Fraction {
    try number * scale
  }

  /// A value in the coherent unit as a number of this unit.
  ///
  /// - Throws: `tooLong` past the bit limit.
  package func number(of value: Fraction) throws(ArithmeticFailure) -> Fraction {
    try value / scale
  }

  /// The factor that turns a number of this unit into a number of the other; nil when their
  /// dimensions differ, because then no factor does.
  ///
  /// - Throws: `tooLong` past the bit limit.
  package func factor(to other: Unit) throws(ArithmeticFailure) -> Fraction? {
    guard dimension == other.dimension else { return nil }
    return try scale / other.scale
  }
}

extension Unit: CustomStringConvertible {
  /// The symbol.
  package var description: String { symbol }
}
