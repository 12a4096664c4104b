// The exact fraction every quantity is counted in: machine words while they suffice, GMP behind.

/// An exact fraction in lowest terms.
///
/// Layout, 24 bytes: while the numerator's magnitude and the denominator both fit in 63 bits they
/// are held in the two words and `long` is nil; otherwise the denominator word is 0 and `long`
/// holds the value.
///
/// Invariant: a value that fits the small form is never held in the long one, so equality and
/// hashing compare representations. The denominator is positive, and zero is 0/1.
package struct Fraction: Sendable {
  @usableFromInline let smallNumerator: Int64
  @usableFromInline let smallDenominator: Int64
  @usableFromInline let long: LongFraction?

  /// The most bits a numerator or a denominator may have: past it a number is `tooLong`.
  package static let bitLimit = 65_536

  /// Zero.
  package static let zero = Fraction(whole: 0)
  /// One.
  package static let one = Fraction(whole: 1)
  /// One hundred, the number of percent in a whole.
  package static let hundred = Fraction(whole: 100)

  /// The whole number `whole`, which must not be `Int64.min`.
  @inlinable
  init(whole: Int64) {
    self.init(reducedNumerator: whole, denominator: 1)
  }

  /// A fraction whose parts are known to be in lowest terms and in range.
  @inlinable
  init(reducedNumerator: Int64, denominator: Int64) {
    assert(denominator > 0 && reducedNumerator != .min, "a small fraction is in range")
    smallNumerator = reducedNumerator
    smallDenominator = denominator
    long = nil
  }

  /// A value that does not fit the small form.
  init(long: LongFraction) {
    smallNumerator = 0
    smallDenominator = 0
    self.long = long
  }

  /// A whole number.
  @inlinable
  package init(_ whole: Int) {
    if whole == .min {
      self.init(reduced: Int128(whole), 1)
    } else {
      self.init(whole: Int64(whole))
    }
  }

  /// The quotient of two words, reduced.
  ///
  /// - Throws: `divisionByZero` when the denominator is 0.
  package init(numerator: Int64, denominator: Int64) throws(ArithmeticFailure) {
    guard denominator != 0 else { throw .divisionByZero }
    let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let isNegative = (numerator < 0) != (denominator < 0)
    let top = Int128(numerator.magnitude / divisor)
    self.init(reduced: isNegative ? -top : top, Int128(denominator.magnitude / divisor))
  }

  /// A fraction in lowest terms whose parts are below 2^127 in magnitude.
  @usableFromInline
  init(reduced numerator: Int128, _ denominator: Int128) {
    let limit = Int128(Int64.max)
    if numerator.magnitude <= limit.magnitude && denominator <= limit {
      self.init(reducedNumerator: Int64(numerator), denominator: Int64(denominator))
    } else {
      self.init(long: LongFraction(numerator: numerator, denominator: denominator))
    }
  }

  /// Whether the value is held in the two words.
  @inlinable
  var isSmall: Bool { smallDenominator != 0 }

  /// Whether the value is zero.
  @inlinable
  package var isZero: Bool { smallNumerator == 0 && smallDenominator == 1 }

  /// Whether the value is one.
  @inlinable
  package var isOne: Bool { smallNumerator == 1 && smallDenominator == 1 }

  /// Whether the value has no fractional part.
  @inlinable
  package var isWhole: Bool {
    smallDenominator == 1 || (smallDenominator == 0 && (long?.isWhole ?? false))
  }

  /// -1, 0 or 1, as the value is below, at or above zero.
  @inlinable
  package var sign: Int { long?.sign ?? Int(smallNumerator.signum()) }

  /// The value as a machine integer, when it is whole and fits one.
  @inlinable
  package var wholeValue: Int? {
    if smallDenominator == 1 { return Int(smallNumerator) }
    return long?.wholeValue
  }

  /// The numerator and the denominator, in lowest terms, where both fit a word.
  package var smallParts: (numerator: Int64, denominator: Int64)? {
    isSmall ? (smallNumerator, smallDenominator) : nil
  }

  /// The distance from zero.
  package var magnitude: Fraction { sign < 0 ? -self : self }

  /// The value with its sign turned.
  package static prefix func - (value: Fraction) -> Fraction {
    if let long = value.long { return long.negated() }
    return Fraction(reducedNumerator: -value.smallNumerator, denominator: value.smallDenominator)
  }
}

/// The greatest common divisor of two words, by halving; of 0 and x it is x.
///
/// - Complexity: O(64) steps of shift and subtract, no division.
func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
  guard first != 0 else { return second }
  guard second != 0 else { return first }
  let commonTwos = (first | second).trailingZeroBitCount
  var left = first >> UInt64(first.trailingZeroBitCount)
  var right = second >> UInt64(second.trailingZeroBitCount)
  while left != right {
    if left < right { swap(&left, &right) }
    left -= right
    left >>= UInt64(left.trailingZeroBitCount)
  }
  return left << UInt64(commonTwos)
}
