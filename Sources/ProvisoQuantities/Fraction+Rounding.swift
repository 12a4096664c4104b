// Rounding to a named step, the only place where a number loses anything.

extension Fraction {
  /// The greatest whole number not above the value.
  package func floor() -> Fraction { whole(.floor) }

  /// The least whole number not below the value.
  package func ceiling() -> Fraction { whole(.ceiling) }

  /// The whole number that a mode makes of the value.
  package func rounded(_ mode: RoundingMode) -> Fraction { whole(.mode(mode)) }

  /// The multiple of `step` that a mode makes of the value.
  ///
  /// EUR 1,234.565 to EUR 0.01 half up: 1,234.565 / 0.01 = 123,456.5, a tie, so 123,457 steps and
  /// EUR 1,234.57. A step's sign does not matter.
  ///
  /// - Throws: `divisionByZero` for a step of zero, `tooLong` past the bit limit.
  package func rounded(
    to step: Fraction, _ mode: RoundingMode
  ) throws(ArithmeticFailure) -> Fraction {
    let step = step.magnitude
    return try (self / step).rounded(mode) * step
  }

  /// The whole number a direction gives.
  private func whole(_ direction: WholeRounding) -> Fraction {
    if let long { return long.rounded(direction) }
    if smallDenominator == 1 { return self }
    let quotient = smallNumerator / smallDenominator
    let remainder = smallNumerator % smallDenominator
    let away: Int64 = smallNumerator < 0 ? -1 : 1
    let steps: Bool
    switch direction {
    case .floor: steps = remainder < 0
    case .ceiling: steps = remainder > 0
    case .mode(let mode):
      let rest = remainder.magnitude
      // Compared as rest to what is missing to the next step, which cannot overflow.
      let missing = smallDenominator.magnitude - rest
      let half = rest == missing ? 0 : (rest < missing ? -1 : 1)
      steps = mode.stepsAway(
        hasRemainder: remainder != 0, half: half, isOdd: !quotient.isMultiple(of: 2))
    }
    // A denominator of at least 2 halves the quotient, so one step more still fits.
    return Fraction(whole: steps ? quotient + away : quotient)
  }
}
