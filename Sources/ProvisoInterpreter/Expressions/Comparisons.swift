// Comparison and membership: what is less, equal, or one of several.

import ProvisoModel
import ProvisoQuantities

/// Why two known values have no order.
struct Incomparable: Error {
  let code: ReasonCode
  let detail: String
}

extension Evaluation {
  /// `x <= y` of two scalars.
  mutating func compare(
    _ comparison: ComparisonOperator, _ left: ExpressionID, _ right: ExpressionID
  ) -> Found {
    let first = scalar(left)
    let second = scalar(right)
    return compare(comparison, first, second, left, right)
  }

  private func compare(
    _ comparison: ComparisonOperator, _ left: Found, _ right: Found, _ leftID: ExpressionID,
    _ rightID: ExpressionID
  ) -> Found {
    var rests = left.rests.union(right.rests)
    if case .known(.quantity(let first)) = left.answer,
      case .known(.quantity(let second)) = right.answer
    {
      return Found(.known(.boolean(comparison.holds(first, second))), rests: rests)
    }
    if let first = Interval(left.answer), let second = Interval(right.answer) {
      return Found(
        Interval.compare(comparison, first, second),
        reasons: left.reasons.union(right.reasons), rests: rests)
    }
    guard let first = left.value, let second = right.value else {
      return Found(unknown: left.reasons.union(right.reasons))
    }
    if first == .none { rests = rests.union(absence(of: leftID)) }
    if second == .none { rests = rests.union(absence(of: rightID)) }
    switch order(first, type(of: leftID), second, type(of: rightID)) {
    case .success(let order):
      return Found(.known(.boolean(comparison.holds(order, 0))), rests: rests)
    case .failure(let failure): return Found(unknown: reason(failure.code, failure.detail))
    }
  }

  /// That an event has not happened, as far as the file knows.
  func absence(of id: ExpressionID) -> Rests { Rests(absenceOf: pathText(of: id)) }

  /// The path of the fact an expression names, without evaluating it; else what is evaluated.
  func pathText(of id: ExpressionID) -> String {
    namedPath(of: id)?.text ?? frame.scope
  }

  /// The path of the fact an expression names, without evaluating it.
  func namedPath(of id: ExpressionID) -> FactPath? {
    switch prepared.expressions[id.index].kind {
    case .contractField(let field): return prepared.contractPaths[field]
    case .variable(let slot, let name):
      let position = frame.base + slot
      guard slots.indices.contains(position) else { return nil }
      if case .record(let record) = slots[position] {
        if case .entity(let entity) = record.content { return entity.entries.first?.path }
        return record.path
      }
      return .field(nil, name)
    case .member(let owner, let field):
      let fields: [PreparedField] =
        switch type(of: owner) {
        case .record(let record), .chainEntity(let record): prepared.recordFields[record.index]
        case .contract: prepared.contractFields
        default: []
        }
      guard fields.indices.contains(field) else { return nil }
      return .field(namedPath(of: owner), fields[field].name)
    case .at(let operand, _), .addDuration(let operand, _, _, _): return namedPath(of: operand)
    default: return nil
    }
  }

  /// The order of two known values: below zero, zero or above. *None* is later than every date.
  func order(
    _ left: Value, _ leftType: ValueType, _ right: Value, _ rightType: ValueType
  ) -> Result<Int, Incomparable> {
    switch (left, right) {
    case (.quantity(let first), .quantity(let second)): return .success(sign(first, second))
    case (.date(let first), .date(let second)): return .success(sign(first, second))
    case (.none, .none): return .success(0)
    case (.none, _): return .success(1)
    case (_, .none): return .success(-1)
    case (.period(let first), .period(let second)): return .success(sign(first, second))
    case (.text(let first), .text(let second)):
      return .success(first == second ? 0 : utf8Less(first, second) ? -1 : 1)
    case (.member(let first), .member(let second)): return .success(sign(first, second))
    case (.duration(let first), .duration(let second)): return order(first, second)
    case (.money, _), (_, .money):
      guard let first = amount(of: left, leftType), let second = amount(of: right, rightType) else {
        return .success(left == right ? 0 : 1)
      }
      switch commonCurrency(first, second) {
      case .success: return .success(sign(first.amount, second.amount))
      case .failure(let mixed):
        return .failure(Incomparable(code: .mixedCurrencies, detail: mixed.names))
      }
    default: return .success(left == right ? 0 : 1)
    }
  }

  private func sign<Ordered: Comparable>(_ left: Ordered, _ right: Ordered) -> Int {
    left == right ? 0 : left < right ? -1 : 1
  }

  /// Durations have an order where every part points the same way.
  private func order(
    _ left: CalendarDuration, _ right: CalendarDuration
  ) -> Result<Int, Incomparable> {
    let signs = [
      sign(left.months, right.months), sign(left.days, right.days),
      sign(left.businessDays, right.businessDays),
    ]
    if signs.contains(1) && signs.contains(-1) {
      return .failure(Incomparable(code: .noEntry, detail: "\(left) and \(right)"))
    }
    return .success(signs.contains(1) ? 1 : signs.contains(-1) ? -1 : 0)
  }

  /// `x in { a, b }`, `x in list`.
  mutating func memberOf(_ subject: ExpressionID, _ list: ExpressionID) -> Found {
    let found = scalar(subject)
    guard case .list(let members) = evaluate(list) else {
      return Found(unknown: found.reasons.union(reasonsOf(list)))
    }
    let elementType: ValueType =
      if case .list(let element) = type(of: list) { element } else { type(of: subject) }
    var reasons = members.gaps
    var rests = members.restsWhenAllCount.union(found.rests)
    for member in members.members {
      let candidate = member.term.found
      guard let value = found.value, let other = candidate.value else {
        reasons = reasons.union(found.reasons).union(candidate.reasons)
        continue
      }
      switch order(value, type(of: subject), other, elementType) {
      case .success(0) where member.doubt.isEmpty:
        return Found(.known(.boolean(true)), rests: found.rests)
      case .success(0): reasons = reasons.union(member.doubt)
      case .success: rests = rests.union(candidate.rests)
      case .failure(let failure): reasons = reasons.union(reason(failure.code, failure.detail))
      }
    }
    if !reasons.isEmpty { return Found(unknown: reasons) }
    return Found(.known(.boolean(false)), rests: rests)
  }

  private mutating func reasonsOf(_ list: ExpressionID) -> ReasonSet {
    quietly { $0.evaluate(list) }.found.reasons
  }
}
