// Comparisons: which values have an order, which only equality, and which neither.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension ComparisonOperator {
  init(_ operation: ComparisonSyntax.Operator) {
    switch operation {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    }
  }

  /// Whether it asks for an order and not only for equality.
  var needsOrder: Bool { self != .equal && self != .notEqual }
}

extension Checking {
  func comparison(_ node: ComparisonSyntax) -> ExpressionID {
    let (left, right) = sides(node.left, node.right)
    return compare(left, ComparisonOperator(node.operation), right, node.operatorSpan, node.span)
  }

  /// Checks two sides, the one that is a bare name or literal with the other's type in mind.
  func sides(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax
  ) -> (ExpressionID, ExpressionID) {
    if needsHint(left), !needsHint(right) {
      let second = operand(right)
      return (operand(left, type(of: second)), second)
    }
    let first = operand(left)
    return (first, operand(right, type(of: first)))
  }

  /// Whether an expression takes its meaning from the other side: `loan = instrument`.
  private func needsHint(_ node: ExpressionSyntax) -> Bool {
    switch node.unparenthesized {
    case .number, .string: true
    case .name(let name):
      !name.isMissing && names.value(name.text) == nil && reservedNames[name.text] == nil
        && !locals.contains { $0.name == name.text || $0.isImplicit }
    default: false
    }
  }

  private func compare(
    _ left: ExpressionID, _ operation: ComparisonOperator, _ right: ExpressionID,
    _ operatorSpan: SourceSpan, _ span: SourceSpan
  ) -> ExpressionID {
    let (first, second) = (type(of: left), type(of: right))
    let result = { self.add(.compare(operation, left, right), .boolean, span) }
    if first == .unresolved || second == .unresolved { return result() }
    if Measure(first) != nil, Measure(second) != nil {
      _ = common(left, right, in: .comparison, at: operatorSpan)
      return result()
    }
    switch (first, second) {
    case (.date, .date), (.date, .event), (.event, .date), (.event, .event), (.period, .period):
      checkNone(left, right, operatorSpan)
      return result()
    case (.boolean, .boolean), (.text, .text), (.country, .country), (.currency, .currency),
      (.lei, .lei), (.nace, .nace):
      return ordered(first, operation, left, right, operatorSpan, span)
    case (.enumeration(let one), .enumeration(let other)) where one == other:
      return ordered(first, operation, left, right, operatorSpan, span)
    default: break
    }
    reportComparison(left, right, operation, operatorSpan)
    return result()
  }

  /// Reports an order asked of values that have none.
  private func ordered(
    _ type: ValueType, _ operation: ComparisonOperator, _ left: ExpressionID,
    _ right: ExpressionID, _ operatorSpan: SourceSpan, _ span: SourceSpan
  ) -> ExpressionID {
    if operation.needsOrder {
      report(
        TypePages.noOrder, "`\(operation.rawValue)` asks for an order, and \(words(type)) has none",
        at: operatorSpan, also: side(left) + side(right),
        help: ["compare with `=` or `<>`, or ask `x in { …, … }`"])
    }
    return add(.compare(operation, left, right), .boolean, span)
  }

  /// `repaid = none` compares with what is no date.
  private func checkNone(_ left: ExpressionID, _ right: ExpressionID, _ span: SourceSpan) {
    for (side, other) in [(left, right), (right, left)] {
      guard case .literal(.none) = self[side].kind, type(of: side) == .event else { continue }
      let written = text(of: self[other].span)
      report(
        TypePages.comparedWithNone, "`none` is no date to compare with", at: self[side].span,
        also: [LabelledSpan(span, "")],
        help: ["write `\(written) is none`, or `not (\(written) is none)`"],
        fixIts: [])
      return
    }
  }

  private func reportComparison(
    _ left: ExpressionID, _ right: ExpressionID, _ operation: ComparisonOperator,
    _ operatorSpan: SourceSpan
  ) {
    let both = side(left) + side(right)
    let (first, second) = (type(of: left), type(of: right))
    switch (first, second) {
    case (.date, .period), (.event, .period), (.period, .date), (.period, .event):
      let isDateFirst: Bool
      if case .period = second { isDateFirst = true } else { isDateFirst = false }
      let date = text(of: self[isDateFirst ? left : right].span)
      let period = text(of: self[isDateFirst ? right : left].span)
      report(
        TimePages.dateAndPeriod, "a day and a period cannot be compared", at: operatorSpan,
        also: both,
        help: ["write `\(date) in \(period)`, or compare with `\(period).start` or `.end`"])
    case (.date, .wholeNumber), (.event, .wholeNumber):
      let written = text(of: self[right].span)
      report(
        TimePages.dateAndPeriod, "a day and a number cannot be compared", at: operatorSpan,
        also: both,
        help: ["for a year write `\(text(of: self[left].span)) in \(written)`"])
    case (.duration, _), (_, .duration):
      report(
        TimePages.durationCompared, "lengths of calendar time cannot be compared",
        at: operatorSpan, also: both,
        help: [
          "a month has no fixed number of days: count with `days completed from A to B`"
        ])
    case (.record, .record), (.chainEntity, .chainEntity), (.record, .chainEntity),
      (.chainEntity, .record):
      report(
        TypePages.noOrder, "records cannot be compared as a whole", at: operatorSpan, also: both,
        help: ["compare the fields that identify them"])
    default:
      report(
        TypePages.comparedTypes, "\(words(first)) and \(words(second)) cannot be compared",
        at: operatorSpan, also: both)
    }
  }
}
