// The few whole-number steps that the long fractions ask of GMP.

import CGMP

/// How a quotient of whole numbers becomes a whole number.
enum WholeRounding {
  /// Toward negative infinity.
  case floor
  /// Toward positive infinity.
  case ceiling
  /// By one of the modes a ruleset can name.
  case mode(RoundingMode)
}

/// A new rational, zero until the body fills it in; the caller owns its limbs.
func newRational(_ fill: (UnsafeMutablePointer<__mpq_struct>) -> Void) -> __mpq_struct {
  var result = __mpq_struct()
  __gmpq_init(&result)
  withUnsafeMutablePointer(to: &result, fill)
  return result
}

/// Gives a whole number the value of a 128-bit integer.
func setWhole(_ target: UnsafeMutablePointer<__mpz_struct>, _ value: Int128) {
  let magnitude = value.magnitude
  __gmpz_set_ui(target, UInt(truncatingIfNeeded: magnitude >> 64))
  __gmpz_mul_2exp(target, target, 64)
  __gmpz_add_ui(target, target, UInt(truncatingIfNeeded: magnitude))
  if value < 0 { __gmpz_neg(target, target) }
}

/// The magnitude of a whole number when it fits in 63 bits.
func smallMagnitude(_ whole: __mpz_struct) -> Int64? {
  guard whole._mp_size.magnitude <= 1 else { return nil }
  return Int64(exactly: withUnsafePointer(to: whole) { __gmpz_getlimbn($0, 0) })
}

/// The decimal digits of a whole number, with a sign if it is negative.
func digits(of whole: __mpz_struct) -> String {
  withUnsafePointer(to: whole) { pointer in
    // GMP asks for two bytes beyond the digits: a sign and the final zero.
    let capacity = Int(__gmpz_sizeinbase(pointer, 10)) + 2
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      guard let start = buffer.baseAddress else { return "" }
      __gmpz_get_str(start, 10, pointer)
      return String(cString: start)
    }
  }
}

/// The quotient of a whole number by a positive one, as a whole number.
func roundedQuotient(
  of numerator: __mpz_struct, by denominator: __mpz_struct, _ direction: WholeRounding,
  into result: UnsafeMutablePointer<__mpz_struct>
) {
  withUnsafePointer(to: numerator) { top in
    withUnsafePointer(to: denominator) { bottom in
      switch direction {
      case .floor: __gmpz_fdiv_q(result, top, bottom)
      case .ceiling: __gmpz_cdiv_q(result, top, bottom)
      case .mode(let mode): roundQuotient(top, bottom, mode, into: result)
      }
    }
  }
}

/// Rounds by mode: truncates, then steps away from zero where the remainder says so.
private func roundQuotient(
  _ top: UnsafePointer<__mpz_struct>, _ bottom: UnsafePointer<__mpz_struct>,
  _ mode: RoundingMode, into result: UnsafeMutablePointer<__mpz_struct>
) {
  var remainder = __mpz_struct()
  __gmpz_init(&remainder)
  defer { __gmpz_clear(&remainder) }
  __gmpz_tdiv_qr(result, &remainder, top, bottom)
  let hasRemainder = remainder._mp_size != 0
  withUnsafeMutablePointer(to: &remainder) { __gmpz_mul_2exp($0, $0, 1) }
  let half = Int(__gmpz_cmpabs(&remainder, bottom)).signum()
  let isOdd = __gmpz_tstbit(result, 0) == 1
  guard mode.stepsAway(hasRemainder: hasRemainder, half: half, isOdd: isOdd) else { return }
  if top.pointee._mp_size < 0 {
    __gmpz_sub_ui(result, result, 1)
  } else {
    __gmpz_add_ui(result, result, 1)
  }
}
