// Physical and monetary dimensions: products of base dimensions with whole exponents.

/// A product of base dimensions, such as `gCO2e / J`.
///
/// A base is known by its coherent unit's name: `g`, `gCO2e`, `J`, `m`, `s`, `EUR`. Two quantities
/// may be added or compared only when their dimensions are equal; no base turns into another.
package struct Dimension: Hashable, Sendable {
  /// One base and its exponent.
  package struct Factor: Hashable, Sendable {
    /// The base's name.
    package let base: String
    /// Its exponent, never 0 and at most 64 in magnitude.
    package let exponent: Int
  }

  /// The factors, sorted by base, each base once.
  package let factors: [Factor]

  /// The greatest magnitude of an exponent.
  private static var exponentLimit: Int { 64 }

  /// The dimension of plain numbers and percentages.
  package static let none = Dimension(factors: [])

  private init(factors: [Factor]) {
    self.factors = factors
  }

  /// A base dimension.
  package init(base: String) {
    factors = [Factor(base: base, exponent: 1)]
  }

  /// Whether this is the dimension of plain numbers.
  package var isNone: Bool { factors.isEmpty }

  /// The base, when the dimension is one base to the first power.
  package var soleBase: String? {
    guard let factor = factors.first, factors.count == 1, factor.exponent == 1 else { return nil }
    return factor.base
  }

  /// The dimension of a product.
  ///
  /// - Throws: `dimensionTooLarge` past the 64th power.
  package func multiplied(by other: Dimension) throws(ArithmeticFailure) -> Dimension {
    try combined(with: other, times: 1)
  }

  /// The dimension of a quotient.
  ///
  /// - Throws: `dimensionTooLarge` past the 64th power.
  package func divided(by other: Dimension) throws(ArithmeticFailure) -> Dimension {
    try combined(with: other, times: -1)
  }

  /// The dimension of a power.
  ///
  /// - Throws: `dimensionTooLarge` past the 64th power.
  package func raised(to exponent: Int) throws(ArithmeticFailure) -> Dimension {
    guard exponent != 0 else { return .none }
    var raised: [Factor] = []
    for factor in factors {
      let (product, overflows) = factor.exponent.multipliedReportingOverflow(by: exponent)
      guard !overflows, product.magnitude <= Self.exponentLimit.magnitude else {
        throw .dimensionTooLarge
      }
      raised.append(Factor(base: factor.base, exponent: product))
    }
    return Dimension(factors: raised)
  }

  /// Merges two sorted lists of factors, adding `times` the second's exponents.
  private func combined(
    with other: Dimension, times: Int
  ) throws(ArithmeticFailure) -> Dimension {
    var merged: [Factor] = []
    var left = factors[...]
    var right = other.factors[...]
    while let next = [left.first?.base, right.first?.base].compactMap({ $0 }).min() {
      var exponent = 0
      if let factor = left.first, factor.base == next {
        exponent += factor.exponent
        left.removeFirst()
      }
      if let factor = right.first, factor.base == next {
        exponent += factor.exponent * times
        right.removeFirst()
      }
      guard exponent.magnitude <= Self.exponentLimit.magnitude else { throw .dimensionTooLarge }
      if exponent != 0 { merged.append(Factor(base: next, exponent: exponent)) }
    }
    return Dimension(factors: merged)
  }
}

extension Dimension: CustomStringConvertible {
  /// The dimension in its coherent units: `gCO2e/J`, `m2`, `1/s`; empty for plain numbers.
  package var description: String {
    let above = factors.filter { $0.exponent > 0 }.map(Self.text).joined(separator: "*")
    let below = factors.filter { $0.exponent < 0 }.map { "/" + Self.text($0) }.joined()
    return (above.isEmpty && !below.isEmpty ? "1" : above) + below
  }

  private static func text(_ factor: Factor) -> String {
    factor.base + (factor.exponent.magnitude == 1 ? "" : String(factor.exponent.magnitude))
  }
}
