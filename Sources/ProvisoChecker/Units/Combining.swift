// Which quantities may be added, compared or chosen between, and what is said when they may not.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// What two quantities meet in, for the words of a refusal.
enum Meeting: Equatable {
  /// `+` or `-`.
  case sum(String)
  /// A comparison.
  case comparison
  /// `min`, `max`, `capped at`, branches of a choice.
  case alternatives(String)

  /// The verb of "… cannot be …".
  var participle: String {
    switch self {
    case .sum("-"): "subtracted from one another"
    case .sum: "added"
    case .comparison: "compared"
    case .alternatives: "combined"
    }
  }
}

extension Checking {
  /// The type two quantities share, with bare zeros, ratios and literals made to fit.
  ///
  /// Reports where they share none. An operand whose mistake is already reported fits anything.
  func common(
    _ left: ExpressionID, _ right: ExpressionID, in meeting: Meeting, at operatorSpan: SourceSpan
  ) -> ValueType {
    let (leftType, rightType) = (type(of: left), type(of: right))
    if leftType == .unresolved || rightType == .unresolved { return .unresolved }
    if isBareZero(left), Measure(rightType) != nil {
      retype(left, as: rightType)
      return rightType
    }
    if isBareZero(right), Measure(leftType) != nil {
      retype(right, as: leftType)
      return leftType
    }
    guard let leftMeasure = Measure(leftType), let rightMeasure = Measure(rightType) else {
      return .unresolved
    }
    if leftMeasure.isDimensionless, rightMeasure.isDimensionless {
      guard let measure = Measure.common(leftMeasure, rightMeasure) else {
        reportPercent(left, right, in: meeting, at: operatorSpan)
        return .unresolved
      }
      if leftType == .ratio, measure != .ratio { retype(left, as: measure.type) }
      if rightType == .ratio, measure != .ratio { retype(right, as: measure.type) }
      return measure.type
    }
    switch (leftMeasure, rightMeasure) {
    case (.money, .money): return .money
    case (.money, .unit): if becomesMoney(right) { return .money }
    case (.unit, .money): if becomesMoney(left) { return .money }
    case (.unit(let first), .unit(let second)) where first.dimension == second.dimension:
      // A literal takes the unit of what it is measured against.
      if case .literal = self[left].kind { return rightType }
      return leftType
    default: break
    }
    reportUnits(left, right, in: meeting, at: operatorSpan)
    return .unresolved
  }

  /// `share >= 25`: a percentage against a bare number.
  private func reportPercent(
    _ left: ExpressionID, _ right: ExpressionID, in meeting: Meeting, at span: SourceSpan
  ) {
    var help = ["a percentage and a plain number are never mixed: write the unit of both"]
    var fixIts: [FixIt] = []
    for side in [left, right] {
      guard case .literal(.quantity(let value)) = self[side].kind,
        let measure = Measure(type(of: side)), measure == .whole || measure == .number
      else { continue }
      let written = text(of: self[side].span)
      help = ["write `\(written)%` if percent is meant"]
      fixIts = [FixIt(replace: self[side].span, with: "\(written)%")]
      if value.magnitude <= .one, let percent = try? value * .hundred {
        help.append("write `\(percent)%` if this is a share of one")
      }
    }
    report(
      UnitPages.percentAndNumber,
      "a percentage and a plain number cannot be \(meeting.participle)", at: span,
      also: side(left) + side(right), help: help, fixIts: fixIts)
  }

  /// Two units that do not combine, or a unit and a bare number.
  private func reportUnits(
    _ left: ExpressionID, _ right: ExpressionID, in meeting: Meeting, at span: SourceSpan
  ) {
    let both = side(left) + side(right)
    switch (type(of: left), type(of: right)) {
    case (.quantity(let first), .quantity(let second))
    where !first.dimension.isNone && !second.dimension.isNone:
      let (one, other) = describeDifference(between: first, and: second)
      if let reason = lookAlike(first, second) {
        report(
          UnitPages.lookAlikeUnits, "\(one) and \(other) are never converted into each other",
          at: span, "these cannot be \(meeting.participle)", also: both, help: [reason])
      } else {
        report(
          meeting == .comparison ? UnitPages.unitsCompared : UnitPages.unitsAdded,
          "\(one) and \(other) cannot be \(meeting.participle)", at: span, also: both)
      }
    case (.money, let other), (let other, .money):
      let isAmount = other.displayUnit?.currencyCode != nil
      report(
        UnitPages.moneyAndUnit,
        "\(words(.money)) and \(words(other)) cannot be "
          + meeting.participle, at: span, also: both,
        help: [
          isAmount
            ? "say how it is converted: `x converted to EUR by RATES on DAY`"
            : "write the amount with its currency, such as `EUR 10 million`"
        ])
    default:
      let bare = Measure(type(of: left))?.isDimensionless == true ? left : right
      let full = bare == left ? right : left
      let unit = type(of: full).displayUnit
      var help = ["both sides need the same unit"]
      var fixIts: [FixIt] = []
      if case .literal = self[bare].kind, let unit, Measure(type(of: bare)) != .percent(.percent) {
        let digits = text(of: self[bare].span)
        let replacement =
          unit.currencyCode.map { "\($0) \(digits)" } ?? "\(digits) \(unit.symbol)"
        help = ["write `\(replacement)`"]
        fixIts = [FixIt(replace: self[bare].span, with: replacement)]
      } else if case .percent = Measure(type(of: bare)) {
        help = ["say of what: `\(text(of: self[bare].span)) of …`"]
      }
      report(
        UnitPages.unitMissing,
        "\(words(type(of: left))) and \(words(type(of: right))) cannot be \(meeting.participle)",
        at: span, also: both, help: help, fixIts: fixIts)
    }
  }

  /// Why two units that look alike are kept apart; nil for units that nobody would mix up.
  private func lookAlike(_ first: Unit, _ second: Unit) -> String? {
    let bases = Set([first.dimension.soleBase ?? "", second.dimension.soleBase ?? ""])
    if bases == ["gCO2", "gCO2e"] {
      return "CO2e counts other gases by their warming, CO2 does not: report both in one of them"
    }
    if bases == ["g", "gCO2"] || bases == ["g", "gCO2e"] {
      return "a mass of something is not a mass of emissions: write the unit with its gas"
    }
    if bases == ["FTE", "persons"] {
      return "two half-time posts are one FTE and two persons: report both in one of them"
    }
    if first.currencyCode != nil, second.currencyCode != nil {
      return "say how it is converted: `x converted to \(second.symbol) by RATES on DAY`"
    }
    return nil
  }

  /// The type of a product or quotient of two quantities; reports those that have none.
  func productType(
    _ left: ExpressionID, _ right: ExpressionID, isDivision: Bool, at span: SourceSpan
  ) -> ValueType {
    guard let first = Measure(type(of: left)), let second = Measure(type(of: right)) else {
      return .unresolved
    }
    if first.isDimensionless, second.isDimensionless {
      return isDivision
        ? Measure.quotient(first, second).type : Measure.product(first, second).type
    }
    switch (first, second) {
    case (.money, .money) where isDivision: return .ratio
    case (.money, _) where second.isDimensionless: return .money
    case (_, .money) where first.isDimensionless && !isDivision: return .money
    case (.unit(let unit), _) where second.isDimensionless: return .quantity(unit)
    case (_, .unit(let unit)) where first.isDimensionless && !isDivision: return .quantity(unit)
    case (.money, _), (_, .money): break
    default:
      if let type = compound(first, second, isDivision: isDivision) { return type }
    }
    let sign = isDivision ? "divided by" : "multiplied with"
    report(
      UnitPages.senselessProduct,
      "\(words(type(of: left))) cannot be \(sign) \(words(type(of: right)))", at: span,
      also: side(left) + side(right),
      help: ["one of the two should be a plain number or a percentage"])
    return .unresolved
  }

  /// The unit of a product or quotient; nil where it would be a square of money or too large.
  private func compound(_ first: Measure, _ second: Measure, isDivision: Bool) -> ValueType? {
    let one = unit(of: first)
    let other = unit(of: second)
    guard
      let dimension = isDivision
        ? try? one.dimension.divided(by: other.dimension)
        : try? one.dimension.multiplied(by: other.dimension)
    else { return nil }
    if dimension.isNone { return .ratio }
    let isMoneySquared = dimension.factors.contains {
      $0.exponent.magnitude > 1 && CurrencyCode(text: $0.base) != nil
    }
    if isMoneySquared { return nil }
    if isDivision, !other.symbol.isEmpty, !one.symbol.isEmpty,
      let unit = units.unit(named: "\(one.symbol)/\(other.symbol)"), unit.dimension == dimension
    {
      return .quantity(unit)
    }
    return .quantity(dimension.customaryUnit)
  }

  private func unit(of measure: Measure) -> Unit {
    if case .unit(let unit) = measure { return unit }
    return .one
  }
}
