// The four operations and whole powers, exact, with one bound on how long a number may grow.

extension Fraction {
  /// The sum.
  ///
  /// - Throws: `tooLong` past the bit limit.
  @inlinable
  package static func + (left: Fraction, right: Fraction) throws(ArithmeticFailure) -> Fraction {
    if left.smallDenominator == 1 && right.smallDenominator == 1 {
      let (sum, overflows) = left.smallNumerator.addingReportingOverflow(right.smallNumerator)
      if !overflows && sum != .min { return Fraction(whole: sum) }
    }
    return try sumOfParts(left, right)
  }

  /// The difference.
  ///
  /// - Throws: `tooLong` past the bit limit.
  @inlinable
  package static func - (left: Fraction, right: Fraction) throws(ArithmeticFailure) -> Fraction {
    try left + (-right)
  }

  /// The product.
  ///
  /// - Throws: `tooLong` past the bit limit.
  @inlinable
  package static func * (left: Fraction, right: Fraction) throws(ArithmeticFailure) -> Fraction {
    if left.smallDenominator == 1 && right.smallDenominator == 1 {
      let (product, overflows) = left.smallNumerator
        .multipliedReportingOverflow(by: right.smallNumerator)
      if !overflows && product != .min { return Fraction(whole: product) }
    }
    return try productOfParts(left, right)
  }

  /// The quotient.
  ///
  /// - Throws: `divisionByZero`, or `tooLong` past the bit limit.
  package static func / (left: Fraction, right: Fraction) throws(ArithmeticFailure) -> Fraction {
    try left * right.reciprocal()
  }

  /// One divided by the value.
  ///
  /// - Throws: `divisionByZero`.
  package func reciprocal() throws(ArithmeticFailure) -> Fraction {
    if let long { return long.inverted() }
    guard smallNumerator != 0 else { throw .divisionByZero }
    return smallNumerator > 0
      ? Fraction(reducedNumerator: smallDenominator, denominator: smallNumerator)
      : Fraction(reducedNumerator: -smallDenominator, denominator: -smallNumerator)
  }

  /// The sum of two fractions by common denominator.
  ///
  /// With g the greatest common divisor of the denominators, only a divisor of g can still be
  /// common to the sum's parts, so every reduction is done in 64 bits.
  @usableFromInline
  static func sumOfParts(
    _ left: Fraction, _ right: Fraction
  ) throws(ArithmeticFailure) -> Fraction {
    guard left.isSmall && right.isSmall else {
      return try LongFraction.sum(left.asLong, right.asLong).bounded()
    }
    let common = Int64(
      greatestCommonDivisor(
        left.smallDenominator.magnitude, right.smallDenominator.magnitude))
    let leftShare = left.smallDenominator / common
    let rightShare = right.smallDenominator / common
    let top =
      Int128(left.smallNumerator) * Int128(rightShare)
      + Int128(right.smallNumerator) * Int128(leftShare)
    let excess = Int128(
      greatestCommonDivisor(
        UInt64((top % Int128(common)).magnitude), common.magnitude))
    let bottom = Int128(leftShare) * (Int128(right.smallDenominator) / excess)
    return Fraction(reduced: top / excess, bottom)
  }

  /// The product of two fractions, reduced crosswise before it is formed.
  @usableFromInline
  static func productOfParts(
    _ left: Fraction, _ right: Fraction
  ) throws(ArithmeticFailure) -> Fraction {
    guard left.isSmall && right.isSmall else {
      return try LongFraction.product(left.asLong, right.asLong).bounded()
    }
    let first = Int64(
      greatestCommonDivisor(left.smallNumerator.magnitude, right.smallDenominator.magnitude))
    let second = Int64(
      greatestCommonDivisor(right.smallNumerator.magnitude, left.smallDenominator.magnitude))
    let top = Int128(left.smallNumerator / first) * Int128(right.smallNumerator / second)
    let bottom = Int128(left.smallDenominator / second) * Int128(right.smallDenominator / first)
    return Fraction(reduced: top, bottom)
  }

  /// The value to a whole power; anything to the power 0 is 1.
  ///
  /// The size of the result is bounded before it is computed: the parts of a value other than
  /// 0, 1 and -1 gain at least (bits - 1) × exponent bits.
  ///
  /// - Throws: `divisionByZero` for zero to a negative power, `tooLong` past the bit limit.
  package func power(_ exponent: Int) throws(ArithmeticFailure) -> Fraction {
    if exponent == 0 { return .one }
    let base = exponent < 0 ? try reciprocal() : self
    let times = exponent.magnitude
    if base.isZero { return .zero }
    if base.magnitude == .one {
      return base.sign < 0 && times % 2 == 1 ? -.one : .one
    }
    let (bits, overflows) = UInt(base.asLong.longestPartBits - 1)
      .multipliedReportingOverflow(by: times)
    guard !overflows && bits < Fraction.bitLimit.magnitude else { throw .tooLong }
    return try base.asLong.raised(to: times).bounded()
  }

  /// The value to a power given as a fraction.
  ///
  /// - Throws: `notWhole` unless the exponent is a whole number that fits a machine word;
  ///   otherwise as for a whole exponent.
  package func power(_ exponent: Fraction) throws(ArithmeticFailure) -> Fraction {
    guard let whole = exponent.wholeValue else { throw .notWhole }
    return try power(whole)
  }
}
