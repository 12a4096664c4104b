// Findings of comparisons: the measure, the threshold, and by how much the one misses the other.

import ProvisoModel
import ProvisoQuantities

extension FindingWriter {
  /// One comparison, with the measure named first: the side that rests on facts.
  func comparison(
    _ step: Derivation, _ written: ComparisonOperator, goal: Bool, style: FindingStyle,
    context: [Prose]
  ) -> Finding {
    guard step.children.count == 2 else { return plainFinding(step, context) }
    var relation = written
    var (measure, threshold) = (step.children[0], step.children[1])
    if !measure.readsFacts && threshold.readsFacts {
      swap(&measure, &threshold)
      relation = relation.mirrored
    }
    let figures = figures(measure, threshold)
    var fact: Prose = "\(statement(measure)) is \(figures.measure)"
    // A threshold that itself rests on facts is named, so that the reader sees where it is from.
    let limit: Prose =
      threshold.readsFacts ? "\(figures.threshold) (\(statement(threshold)))" : figures.threshold
    guard let order = figures.order else {
      var finding = Finding(context: context, fact: fact)
      if isUnknown(threshold) {
        finding.fact += ", and \(statement(threshold)), with which it is compared, is not known"
      } else {
        finding.demand = demand(relation, goal, style, limit, figures.kind)
      }
      if case .between? = measure.answer { finding.isRange = true }
      return finding
    }
    let holds = step.truth == .true
    if style == .plain {
      let shown = holds ? relation : relation.opposite
      if shown != .equal || order != 0 {
        fact += ", \(words: words(of: shown, figures.kind)) \(limit)"
      }
      return Finding(context: context, fact: fact)
    }
    let wanted = goal ? relation : relation.opposite
    return Finding(
      context: context, fact: fact, demand: demand(relation, goal, style, limit, figures.kind),
      margin: style == .application
        ? nil
        : margin(
          wanted, order: order, figures, isMet: holds == goal, isProhibition: style == .prohibition)
    )
  }

  /// Whether nothing at all is known of a side.
  private func isUnknown(_ side: Derivation) -> Bool {
    if case .unknown? = side.answer { true } else { false }
  }

  /// The demand a clause makes through a comparison.
  private func demand(
    _ relation: ComparisonOperator, _ goal: Bool, _ style: FindingStyle, _ limit: Prose,
    _ kind: FigureKind
  ) -> Prose? {
    let wanted = goal ? relation : relation.opposite
    func asked(_ relation: ComparisonOperator) -> Prose {
      // "asks for loan", not "asks for exactly loan".
      if relation == .equal && kind == .word { return limit }
      let day: Prose = kind == .day && relation != .equal ? "a date " : ""
      return "\(day)\(words: words(of: relation, kind)) \(limit)"
    }
    switch style {
    case .requirement: return "the requirement asks for \(asked(wanted))"
    case .prohibition: return "the condition forbids \(asked(wanted.opposite))"
    case .application:
      return "the condition applies when it is \(words: words(of: wanted, kind)) \(limit)"
    case .plain: return nil
    }
  }

  private func words(of relation: ComparisonOperator, _ kind: FigureKind) -> String {
    kind == .day ? relation.dateWords : relation.figureWords
  }

  /// By how much: "Short by 8.8 percentage points", "With EUR 5.00 to spare".
  private func margin(
    _ wanted: ComparisonOperator, order: Int, _ figures: Figures, isMet: Bool, isProhibition: Bool
  ) -> Prose? {
    guard figures.kind != .word else { return nil }
    // A day that is forbidden is no deadline that somebody missed.
    if isProhibition, figures.kind == .day { return nil }
    if order == 0 {
      switch wanted {
      case .less, .greater:
        return "That is exactly the limit, and the limit itself is not enough"
      case .lessOrEqual, .greaterOrEqual:
        return "That is exactly the limit, which is enough"
      case .equal, .notEqual: return nil
      }
    }
    guard let distance = figures.distance else { return nil }
    switch (wanted, isMet) {
    case (.equal, true), (.notEqual, _): return nil
    case (.equal, false): return "Off by \(distance)"
    case (_, true): return "With \(distance) to spare"
    case (.less, false), (.lessOrEqual, false):
      return figures.kind == .day ? "Late by \(distance)" : "Over by \(distance)"
    case (.greater, false), (.greaterOrEqual, false):
      return figures.kind == .day ? "Early by \(distance)" : "Short by \(distance)"
    }
  }

  /// The two sides of a comparison in print.
  private func figures(_ measure: Derivation, _ threshold: Derivation) -> Figures {
    let plain = Figures(
      measure: shownValue(measure), threshold: shownValue(threshold), distance: nil, order: nil,
      kind: .word)
    guard let left = measure.value, let right = threshold.value, let leftType = measure.type,
      let rightType = threshold.type
    else { return unknownFigures(measure, threshold) ?? plain }
    if let value = amount(left, leftType), let limit = amount(right, rightType),
      value.currency == limit.currency
    {
      return moneyFigures(value.amount, limit.amount, value.currency)
    }
    switch (left, right) {
    case (.quantity(let value), .quantity(let limit)):
      let unit = commonUnit(leftType, rightType, limit)
      let pair = printer.pairText(value, limit, in: unit)
      let apart = (try? value - limit).map {
        printer.quantityText($0.magnitude, differenceUnit(unit), against: .zero)
      }
      return Figures(
        measure: "\(data: pair.value)", threshold: "\(data: pair.threshold)",
        distance: apart.map { "\(data: $0)" }, order: sign(value, limit), kind: .figure)
    case (.date(let value), .date(let limit)):
      return Figures(
        measure: plain.measure, threshold: plain.threshold,
        distance: "\(words: dayCount(abs(value.days(to: limit))))",
        order: value == limit ? 0 : (value < limit ? -1 : 1), kind: .day)
    case (.none, .date), (.date, .none), (.period, .period):
      return Figures(
        measure: plain.measure, threshold: plain.threshold, distance: nil,
        order: left == right ? 0 : 1, kind: .day)
    default:
      return Figures(
        measure: plain.measure, threshold: plain.threshold, distance: nil,
        order: left == right ? 0 : 1, kind: .word)
    }
  }

  /// A value as an amount of one currency: money, or a quantity whose unit is a currency.
  private func amount(
    _ value: Value, _ type: ValueType
  ) -> (amount: Fraction, currency: CurrencyCode)? {
    switch value {
    case .money(let amount, let currency): return (amount, currency)
    case .quantity(let amount):
      guard let code = type.displayUnit?.currencyCode, let currency = CurrencyCode(text: code)
      else { return nil }
      return (amount, currency)
    default: return nil
    }
  }

  private func moneyFigures(
    _ value: Fraction, _ limit: Fraction, _ currency: CurrencyCode
  ) -> Figures {
    let pair = printer.pairText(value, limit, in: currency)
    let apart = (try? value - limit).map {
      printer.text(.money($0.magnitude, currency), .money, against: .money(.zero, currency))
    }
    return Figures(
      measure: "\(data: pair.value)", threshold: "\(data: pair.threshold)",
      distance: apart.map { "\(data: $0)" }, order: sign(value, limit), kind: .figure)
  }

  /// Sides of which at least one is not known, in one unit.
  private func unknownFigures(_ measure: Derivation, _ threshold: Derivation) -> Figures? {
    guard let leftType = measure.type, let rightType = threshold.type, let left = measure.answer,
      let right = threshold.answer, leftType.isQuantity, rightType.isQuantity
    else { return nil }
    let unit = commonUnit(leftType, rightType, .one)
    return Figures(
      measure: "\(data: printer.text(left, leftType, in: unit))",
      threshold: "\(data: printer.text(right, rightType, in: unit))", distance: nil, order: nil,
      kind: .figure)
  }

  /// The unit both sides are printed in: the threshold's where it says one, else the measure's.
  private func commonUnit(
    _ measure: ValueType, _ threshold: ValueType, _ limit: Fraction
  ) -> Unit {
    let own = measure.displayUnit ?? .one
    let theirs = threshold.displayUnit ?? .one
    if theirs.dimension != own.dimension { return own }
    if measure == .ratio { return limit.isZero && theirs == .one ? own : theirs }
    if threshold == .ratio || theirs == .one { return own }
    return theirs
  }

  /// The unit of a difference: two percentages differ by percentage points.
  private func differenceUnit(_ unit: Unit) -> Unit {
    unit == .percent ? .percentagePoints : unit
  }

  private func sign(_ left: Fraction, _ right: Fraction) -> Int {
    left == right ? 0 : (left < right ? -1 : 1)
  }
}

/// What kind of thing a comparison compares, which decides its words.
private enum FigureKind: Hashable, Sendable {
  case figure
  case day
  case word
}

/// Both sides of a comparison in print, and how they stand.
private struct Figures {
  let measure: Prose
  let threshold: Prose
  let distance: Prose?
  /// The sign of measure minus threshold; nil where a side is not known.
  let order: Int?
  let kind: FigureKind
}
