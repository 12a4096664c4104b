// Order, equality and hashing of exact fractions: they never round and never fail.

extension Fraction: Equatable {
  /// Whether two fractions are the same number.
  @inlinable
  package static func == (left: Fraction, right: Fraction) -> Bool {
    guard left.smallNumerator == right.smallNumerator,
      left.smallDenominator == right.smallDenominator
    else { return false }
    return left.isSmall || longAreEqual(left, right)
  }

  /// Whether two values held in the long form are the same number.
  @usableFromInline
  static func longAreEqual(_ left: Fraction, _ right: Fraction) -> Bool {
    guard let leftLong = left.long, let rightLong = right.long else { return false }
    return leftLong === rightLong || leftLong.compare(with: rightLong) == 0
  }
}

extension Fraction: Comparable {
  /// Whether the first number is below the second; the products are formed in 128 bits.
  @inlinable
  package static func < (left: Fraction, right: Fraction) -> Bool {
    if left.isSmall && right.isSmall {
      if left.smallDenominator == right.smallDenominator {
        return left.smallNumerator < right.smallNumerator
      }
      return Int128(left.smallNumerator) * Int128(right.smallDenominator)
        < Int128(right.smallNumerator) * Int128(left.smallDenominator)
    }
    return longCompare(left, right) < 0
  }

  /// The order of two values at least one of which is held in the long form.
  @usableFromInline
  static func longCompare(_ left: Fraction, _ right: Fraction) -> Int {
    left.asLong.compare(with: right.asLong)
  }
}

extension Fraction: Hashable {
  /// Feeds the canonical parts to the hasher.
  @inlinable
  package func hash(into hasher: inout Hasher) {
    hasher.combine(smallNumerator)
    hasher.combine(smallDenominator)
    long?.hashParts(into: &hasher)
  }
}
