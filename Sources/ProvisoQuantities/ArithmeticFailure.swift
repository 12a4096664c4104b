// The ways in which arithmetic on good values can fail to give a value.

/// Why a computation on exact fractions has no result.
///
/// A failure is an answer about the computation and never about the facts: whoever evaluates a
/// rule turns it into *unknown* with this reason (docs/language.md, "Truth").
package enum ArithmeticFailure: Error, Hashable, Sendable {
  /// A quotient by zero, or zero to a negative power: `1 / 0`, `0 ^ -1`.
  case divisionByZero
  /// A numerator or denominator of over 65,536 bits: `2 ^ 70000`.
  case tooLong
  /// An exponent that is not a whole number, or one beyond what fits: `2 ^ 0.5`.
  case notWhole
  /// A unit whose exponents or scale leave what a dimension can carry: `m^65`.
  case dimensionTooLarge
}

extension ArithmeticFailure: CustomStringConvertible {
  /// The failure as a phrase that fits behind "because of".
  package var description: String {
    switch self {
    case .divisionByZero: "division by zero"
    case .tooLong: "a number of over 65,536 bits (round at a named point)"
    case .notWhole: "an exponent that is not a whole number"
    case .dimensionTooLarge: "a unit raised beyond the 64th power"
    }
  }
}
