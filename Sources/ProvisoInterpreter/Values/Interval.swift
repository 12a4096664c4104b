// Numbers known within bounds: what is left of arithmetic when some members are unknown.

import ProvisoModel
import ProvisoQuantities

/// A number between two bounds, both included; nil: open on that side.
struct Interval: Sendable {
  var low: Fraction?
  var high: Fraction?

  static let open = Interval(low: nil, high: nil)
  static func exactly(_ value: Fraction) -> Interval { Interval(low: value, high: value) }

  /// The bounds of an answer; an unknown is open on both sides. Nil for what is not a number.
  init?(_ answer: Answer) {
    switch answer {
    case .known(.quantity(let value)): self = .exactly(value)
    case .known: return nil
    case .between(let low, let high, _): self.init(low: low, high: high)
    case .unknown: self = .open
    }
  }

  init(low: Fraction?, high: Fraction?) {
    self.low = low
    self.high = high
  }

  /// The value, where the bounds leave only one.
  var exact: Fraction? { if let low, low == high { low } else { nil } }

  /// The answer it stands for.
  func answer(_ reasons: ReasonSet) -> Answer {
    if let exact { return .known(.quantity(exact)) }
    if low == nil && high == nil { return .unknown(reasons) }
    return .between(low: low, high: high, reasons)
  }

  static prefix func - (value: Interval) -> Interval {
    Interval(low: value.high.map { -$0 }, high: value.low.map { -$0 })
  }

  static func + (left: Interval, right: Interval) throws(ArithmeticFailure) -> Interval {
    Interval(low: try sum(left.low, right.low), high: try sum(left.high, right.high))
  }

  private static func sum(_ left: Fraction?, _ right: Fraction?) throws(ArithmeticFailure)
    -> Fraction?
  {
    guard let left, let right else { return nil }
    return try left + right
  }

  /// The product. Exact where one side is a known number; otherwise bounded only if all four
  /// bounds are there.
  static func * (left: Interval, right: Interval) throws(ArithmeticFailure) -> Interval {
    if let factor = right.exact { return try left.scaled(by: factor) }
    if let factor = left.exact { return try right.scaled(by: factor) }
    guard let a = left.low, let b = left.high, let c = right.low, let d = right.high else {
      return .open
    }
    let products = [try a * c, try a * d, try b * c, try b * d]
    return Interval(low: products.min(), high: products.max())
  }

  /// The quotient: open where the divisor may be zero.
  static func / (left: Interval, right: Interval) throws(ArithmeticFailure) -> Interval {
    if let divisor = right.exact { return try left.scaled(by: try divisor.reciprocal()) }
    guard let low = right.low, let high = right.high, low.sign == high.sign, low.sign != 0 else {
      return .open
    }
    let reciprocal = Interval(low: try high.reciprocal(), high: try low.reciprocal())
    return try left * reciprocal
  }

  private func scaled(by factor: Fraction) throws(ArithmeticFailure) -> Interval {
    if factor.isZero && (low == nil || high == nil) { return .open }
    var bounds: [Fraction?] = []
    for bound in [low, high] {
      if let bound { bounds.append(try bound * factor) } else { bounds.append(nil) }
    }
    return factor.sign < 0
      ? Interval(low: bounds[1], high: bounds[0]) : Interval(low: bounds[0], high: bounds[1])
  }

  /// The least of two numbers: bounded above as soon as one of them is.
  static func least(_ left: Interval, _ right: Interval) -> Interval {
    Interval(
      low: both(left.low, right.low).map { Swift.min($0.0, $0.1) },
      high: [left.high, right.high].compactMap { $0 }.min())
  }

  /// The greatest of two numbers: bounded below as soon as one of them is.
  static func greatest(_ left: Interval, _ right: Interval) -> Interval {
    -least(-left, -right)
  }

  private static func both(_ left: Fraction?, _ right: Fraction?) -> (Fraction, Fraction)? {
    guard let left, let right else { return nil }
    return (left, right)
  }

  /// Rounding keeps the order of numbers, so it keeps bounds.
  func rounded(to step: Fraction, _ mode: RoundingMode) throws(ArithmeticFailure) -> Interval {
    var bounds: [Fraction?] = []
    for bound in [low, high] {
      if let bound { bounds.append(try bound.rounded(to: step, mode)) } else { bounds.append(nil) }
    }
    return Interval(low: bounds[0], high: bounds[1])
  }

  /// Whether a comparison holds for every, for no, or for some pairs of the two ranges.
  static func compare(
    _ comparison: ComparisonOperator, _ left: Interval, _ right: Interval
  ) -> Truth {
    switch comparison {
    case .less: isLess(left, right)
    case .greater: isLess(right, left)
    case .greaterOrEqual: !isLess(left, right)
    case .lessOrEqual: !isLess(right, left)
    case .equal: isEqual(left, right)
    case .notEqual: !isEqual(left, right)
    }
  }

  private static func isLess(_ left: Interval, _ right: Interval) -> Truth {
    if let (high, low) = both(left.high, right.low), high < low { return .true }
    if let (low, high) = both(left.low, right.high), low >= high { return .false }
    return .unknown
  }

  private static func isEqual(_ left: Interval, _ right: Interval) -> Truth {
    if let one = left.exact, let other = right.exact { return Truth(one == other) }
    let isApart = isLess(left, right).isTrue || isLess(right, left).isTrue
    return isApart ? .false : .unknown
  }
}
