// A number as a function of one fact: (a·x + b) / (c·x + d), exactly.

import ProvisoModel
import ProvisoQuantities

/// A line a·x + b.
struct Line: Hashable, Sendable {
  var slope: Fraction
  var offset: Fraction

  static func constant(_ value: Fraction) -> Line { Line(slope: .zero, offset: value) }
  static let one = Line.constant(.one)

  var isConstant: Bool { slope.isZero }

  static func + (left: Line, right: Line) throws(ArithmeticFailure) -> Line {
    Line(slope: try left.slope + right.slope, offset: try left.offset + right.offset)
  }

  static prefix func - (line: Line) -> Line { Line(slope: -line.slope, offset: -line.offset) }

  /// The product; nil where it is no line.
  static func * (left: Line, right: Line) throws(ArithmeticFailure) -> Line? {
    guard left.isConstant || right.isConstant else { return nil }
    let (factor, line) = left.isConstant ? (left.offset, right) : (right.offset, left)
    return Line(slope: try line.slope * factor, offset: try line.offset * factor)
  }
}

/// A quotient of two lines. Sums, products and quotients of such functions are kept while they
/// stay of this form, which is what one fact in a rate, a share or a sum comes to.
struct LinearFraction: Sendable {
  var top: Line
  var bottom: Line

  /// The fact itself.
  static let fact = LinearFraction(
    top: Line(slope: .one, offset: .zero), bottom: .one)

  static func constant(_ value: Fraction) -> LinearFraction {
    LinearFraction(top: .constant(value), bottom: .one)
  }

  var isConstant: Bool { top.isConstant && bottom.isConstant }

  prefix static func - (value: LinearFraction) -> LinearFraction {
    LinearFraction(top: -value.top, bottom: value.bottom)
  }

  /// The result of an operation; nil where it leaves the form or has none.
  static func apply(
    _ sign: ArithmeticOperator, _ left: LinearFraction, _ right: LinearFraction
  ) -> LinearFraction? {
    switch sign {
    case .add: sum(left, right)
    case .subtract: sum(left, -right)
    case .multiply: product(left, right)
    case .divide:
      product(left, LinearFraction(top: right.bottom, bottom: right.top))
    }
  }

  private static func sum(_ left: LinearFraction, _ right: LinearFraction) -> LinearFraction? {
    if left.bottom == right.bottom {
      guard let top = try? left.top + right.top else { return nil }
      return LinearFraction(top: top, bottom: left.bottom)
    }
    guard let first = try? left.top * right.bottom, let second = try? right.top * left.bottom,
      let bottom = try? left.bottom * right.bottom, let top = try? first + second
    else { return nil }
    return LinearFraction(top: top, bottom: bottom)
  }

  private static func product(_ left: LinearFraction, _ right: LinearFraction) -> LinearFraction? {
    guard let top = try? left.top * right.top, let bottom = try? left.bottom * right.bottom else {
      return nil
    }
    return LinearFraction(top: top, bottom: bottom)
  }

  /// The fact's value at which two functions are equal; nil where there is none, or any will do.
  static func crossing(_ left: LinearFraction, _ right: LinearFraction) -> Fraction? {
    guard let difference = sum(left, -right), !difference.top.isConstant else { return nil }
    return try? -difference.top.offset / difference.top.slope
  }
}
