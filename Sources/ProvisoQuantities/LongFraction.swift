// Fractions that have outgrown machine words, held and computed by GMP.

import CGMP

/// An exact fraction of any length, immutable once made.
///
/// Only `Fraction` keeps one for longer than an expression; results come back through
/// `fraction` (any length, demoted when it fits) or `bounded()`, which also enforces the limit.
// @unchecked is sound: the limbs are written only inside `init`, before anyone else can see them,
// and every later access reads.
@usableFromInline
final class LongFraction: @unchecked Sendable {
  private let rational: __mpq_struct

  /// Takes over the limbs of a canonical rational.
  private init(taking rational: __mpq_struct) {
    self.rational = rational
  }

  deinit {
    var owned = rational
    __gmpq_clear(&owned)
  }

  /// A fraction in lowest terms with a positive denominator.
  convenience init(numerator: Int128, denominator: Int128) {
    self.init(
      taking: newRational { result in
        setWhole(&result.pointee._mp_num, numerator)
        setWhole(&result.pointee._mp_den, denominator)
      })
  }

  /// The quotient of two texts of decimal digits, reduced; nil when either is malformed or the
  /// second is zero.
  convenience init?(numeratorDigits: String, denominatorDigits: String) {
    var isReadable = true
    let made = newRational { result in
      isReadable =
        __gmpz_set_str(&result.pointee._mp_num, numeratorDigits, 10) == 0
        && __gmpz_set_str(&result.pointee._mp_den, denominatorDigits, 10) == 0
      if !isReadable || result.pointee._mp_den._mp_size <= 0 {
        isReadable = false
        __gmpq_set_si(result, 0, 1)
      } else {
        __gmpq_canonicalize(result)
      }
    }
    self.init(taking: made)
    if !isReadable { return nil }
  }

  /// Ten to a power of either sign.
  static func ten(toThe exponent: Int) -> LongFraction {
    LongFraction(
      taking: newRational { result in
        __gmpz_ui_pow_ui(&result.pointee._mp_num, 10, exponent.magnitude)
        if exponent < 0 { __gmpq_inv(result, result) }
      })
  }

  /// Runs a body with a pointer to the rational, keeping the limbs alive meanwhile.
  private func read<Result>(_ body: (UnsafePointer<__mpq_struct>) -> Result) -> Result {
    withExtendedLifetime(self) { withUnsafePointer(to: rational, body) }
  }

  /// A new value from this one and another.
  private static func combine(
    _ left: LongFraction, _ right: LongFraction,
    _ operation: (
      UnsafeMutablePointer<__mpq_struct>, UnsafePointer<__mpq_struct>, UnsafePointer<__mpq_struct>
    ) -> Void
  ) -> LongFraction {
    left.read { leftPointer in
      right.read { rightPointer in
        LongFraction(taking: newRational { operation($0, leftPointer, rightPointer) })
      }
    }
  }

  /// The sum, of any length.
  static func sum(_ left: LongFraction, _ right: LongFraction) -> LongFraction {
    combine(left, right) { __gmpq_add($0, $1, $2) }
  }

  /// The product, of any length.
  static func product(_ left: LongFraction, _ right: LongFraction) -> LongFraction {
    combine(left, right) { __gmpq_mul($0, $1, $2) }
  }

  /// The value with its sign turned, as long as before.
  func negated() -> Fraction {
    read { pointer in LongFraction(taking: newRational { __gmpq_neg($0, pointer) }) }.fraction
  }

  /// One divided by the value, which is not zero.
  func inverted() -> Fraction {
    precondition(rational._mp_num._mp_size != 0, "only a value other than zero is inverted")
    return read { pointer in LongFraction(taking: newRational { __gmpq_inv($0, pointer) }) }
      .fraction
  }

  /// The value to a power whose result the caller has bounded.
  func raised(to exponent: UInt) -> LongFraction {
    LongFraction(
      taking: newRational { result in
        withExtendedLifetime(self) {
          withUnsafePointer(to: rational._mp_num) {
            __gmpz_pow_ui(&result.pointee._mp_num, $0, exponent)
          }
          withUnsafePointer(to: rational._mp_den) {
            __gmpz_pow_ui(&result.pointee._mp_den, $0, exponent)
          }
        }
      })
  }

  /// Below, at or above zero as this value is less than, equal to or greater than the other.
  func compare(with other: LongFraction) -> Int {
    read { left in other.read { right in Int(__gmpq_cmp(left, right)) } }
  }

  /// -1, 0 or 1, as the value is below, at or above zero.
  @usableFromInline
  var sign: Int { Int(rational._mp_num._mp_size.signum()) }

  /// Whether the denominator is 1.
  @usableFromInline
  var isWhole: Bool {
    withExtendedLifetime(self) {
      withUnsafePointer(to: rational._mp_den) { __gmpz_cmp_ui($0, 1) } == 0
    }
  }

  /// The value as a machine integer, when it is whole and fits one.
  @usableFromInline
  var wholeValue: Int? {
    guard isWhole else { return nil }
    return withExtendedLifetime(self) {
      withUnsafePointer(to: rational._mp_num) {
        __gmpz_fits_slong_p($0) != 0 ? __gmpz_get_si($0) : nil
      }
    }
  }

  /// The bits of the longer of numerator and denominator.
  var longestPartBits: Int {
    withExtendedLifetime(self) {
      let top = withUnsafePointer(to: rational._mp_num) { __gmpz_sizeinbase($0, 2) }
      let bottom = withUnsafePointer(to: rational._mp_den) { __gmpz_sizeinbase($0, 2) }
      return Int(max(top, bottom))
    }
  }

  /// The value in whichever form is canonical for it, however long it is.
  var fraction: Fraction {
    withExtendedLifetime(self) {
      guard let top = smallMagnitude(rational._mp_num),
        let bottom = smallMagnitude(rational._mp_den)
      else { return Fraction(long: self) }
      return Fraction(
        reducedNumerator: rational._mp_num._mp_size < 0 ? -top : top, denominator: bottom)
    }
  }

  /// The value in its canonical form.
  ///
  /// - Throws: `tooLong` past the bit limit.
  func bounded() throws(ArithmeticFailure) -> Fraction {
    guard longestPartBits <= Fraction.bitLimit else { throw .tooLong }
    return fraction
  }

  /// The whole number a rounding mode gives; `floor` and `ceiling` are the directed cases.
  func rounded(_ direction: WholeRounding) -> Fraction {
    let made = withExtendedLifetime(self) {
      newRational { result in
        roundedQuotient(
          of: rational._mp_num, by: rational._mp_den, direction, into: &result.pointee._mp_num)
      }
    }
    return LongFraction(taking: made).fraction
  }

  /// The decimal digits of the numerator, with a sign if it is negative.
  var numeratorText: String {
    withExtendedLifetime(self) { digits(of: rational._mp_num) }
  }

  /// The decimal digits of the denominator.
  var denominatorText: String {
    withExtendedLifetime(self) { digits(of: rational._mp_den) }
  }

  /// How many factors of 2 and of 5 the denominator has; nil when it has any other.
  var denominatorTwosAndFives: (twos: Int, fives: Int)? {
    withExtendedLifetime(self) {
      var rest = __mpz_struct()
      var prime = __mpz_struct()
      __gmpz_init(&rest)
      __gmpz_init_set_ui(&prime, 2)
      defer {
        __gmpz_clear(&rest)
        __gmpz_clear(&prime)
      }
      let twos = withUnsafePointer(to: rational._mp_den) { __gmpz_remove(&rest, $0, &prime) }
      __gmpz_set_ui(&prime, 5)
      let fives = withUnsafeMutablePointer(to: &rest) { __gmpz_remove($0, $0, &prime) }
      return __gmpz_cmp_ui(&rest, 1) == 0 ? (Int(twos), Int(fives)) : nil
    }
  }

  /// Feeds the limbs of both parts to the hasher.
  @usableFromInline
  func hashParts(into hasher: inout Hasher) {
    withExtendedLifetime(self) {
      for part in [rational._mp_num, rational._mp_den] {
        hasher.combine(part._mp_size)
        for limb in 0..<Int(part._mp_size.magnitude) {
          hasher.combine(withUnsafePointer(to: part) { __gmpz_getlimbn($0, limb) })
        }
      }
    }
  }
}

extension Fraction {
  /// The value in the long form, whatever its size.
  var asLong: LongFraction {
    long
      ?? LongFraction(numerator: Int128(smallNumerator), denominator: Int128(smallDenominator))
  }
}
