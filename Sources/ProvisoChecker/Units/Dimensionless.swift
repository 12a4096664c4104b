// The kinds of numbers without a unit, which the language keeps apart, and how they combine.

import ProvisoModel
import ProvisoQuantities

/// A quantity as the rules for combining it see it.
enum Measure: Equatable {
  /// A whole number of things.
  case whole
  /// A plain number.
  case number
  /// A percentage or a rate in bps.
  case percent(ProvisoQuantities.Unit)
  /// A quotient of equal units: a number or a percentage, as it comes to be used.
  case ratio
  /// A quantity with a unit.
  case unit(ProvisoQuantities.Unit)
  case money

  /// Sees a type as a measure; nil for what is not computed with.
  init?(_ type: ValueType) {
    switch type {
    case .wholeNumber: self = .whole
    case .ratio: self = .ratio
    case .money: self = .money
    case .quantity(let unit):
      if unit.isPercentLike {
        self = .percent(unit)
      } else if unit.dimension.isNone {
        self = .number
      } else {
        self = .unit(unit)
      }
    default: return nil
    }
  }

  /// The type of values of this measure.
  var type: ValueType {
    switch self {
    case .whole: .wholeNumber
    case .number: .quantity(.one)
    case .percent(let unit): .quantity(unit)
    case .ratio: .ratio
    case .unit(let unit): .quantity(unit)
    case .money: .money
    }
  }

  /// Whether it has no unit and no currency.
  var isDimensionless: Bool {
    switch self {
    case .whole, .number, .percent, .ratio: true
    case .unit, .money: false
    }
  }

  /// The measure of a sum, difference, comparison or choice of two dimensionless ones; nil where a
  /// percentage meets a bare number.
  static func common(_ left: Measure, _ right: Measure) -> Measure? {
    switch (left, right) {
    case (.whole, .whole): .whole
    case (.whole, .number), (.number, .whole), (.number, .number): .number
    case (.ratio, .ratio): .ratio
    case (.ratio, .whole), (.whole, .ratio), (.ratio, .number), (.number, .ratio): .number
    case (.ratio, .percent(let unit)), (.percent(let unit), .ratio): .percent(unit)
    case (.percent(let unit), .percent(.percentagePoints)): .percent(unit)
    case (.percent(.percentagePoints), .percent(let unit)): .percent(unit)
    case (.percent(let unit), .percent): .percent(unit)
    default: nil
    }
  }

  /// The measure of a product of two dimensionless ones.
  ///
  /// A percentage times a plain number may be meant as either, so it is a ratio.
  static func product(_ left: Measure, _ right: Measure) -> Measure {
    switch (left, right) {
    case (.whole, .whole): .whole
    case (.percent(let unit), .percent): .percent(unit)
    case (.number, .number), (.number, .whole), (.whole, .number): .number
    default: .ratio
    }
  }

  /// The measure of a quotient of two dimensionless ones.
  static func quotient(_ left: Measure, _ right: Measure) -> Measure {
    switch (left, right) {
    case (.percent(let unit), .whole), (.percent(let unit), .number): .percent(unit)
    default: .ratio
    }
  }
}
