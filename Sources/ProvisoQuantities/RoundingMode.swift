// The rounding modes a ruleset can name, and what each does with a remainder.

/// How a value between two steps becomes one of them.
///
/// Worked by hand, to whole numbers: 2.5 is 3 half up, 2 half even, 3 up, 2 down; -2.5 is -3, -2,
/// -3, -2; 3.5 is 4, 4, 4, 3.
package enum RoundingMode: Hashable, Sendable, CaseIterable {
  /// To the nearest step, a tie away from zero: the default for money.
  case halfUp
  /// To the nearest step, a tie to the even multiple.
  case halfEven
  /// Away from zero.
  case up
  /// Toward zero.
  case down

  /// The mode as a ruleset writes it.
  package var text: String {
    switch self {
    case .halfUp: "half up"
    case .halfEven: "half even"
    case .up: "up"
    case .down: "down"
    }
  }

  /// Whether a quotient cut toward zero moves one step away from it.
  ///
  /// - Parameters:
  ///   - hasRemainder: Whether the cut lost anything.
  ///   - half: The sign of the lost part minus one half, both as magnitudes.
  ///   - isOdd: Whether the cut quotient is odd.
  func stepsAway(hasRemainder: Bool, half: Int, isOdd: Bool) -> Bool {
    switch self {
    case .halfUp: half >= 0
    case .halfEven: half > 0 || (half == 0 && isOdd)
    case .up: hasRemainder
    case .down: false
    }
  }
}
