// Recalls of one base: each is listed, and together they never take back more than there is.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// What a recall takes back a part of, read on A; nil where it is of no field.
  mutating func base(of consequence: Consequence, _ test: DecidedTest) -> RecallBase? {
    guard let base = consequence.base else { return nil }
    let outer = frame
    defer { frame = outer }
    frame = Frame(testDate: asOf, day: asOf, period: test.planned.period, scope: outer.scope)
    guard let path = path(of: base) else { return nil }
    let value = quietly { $0.scalar(base) }
    return RecallBase(path: path, value: value.answer, type: type(of: base))
  }

  /// Where a field of the contract, of a record or an entry of either stands.
  private mutating func path(of id: ExpressionID) -> String? {
    switch prepared.expressions[id.index].kind {
    case .contractField(let field): return prepared.contractFields[field].name
    case .member(let owner, let field):
      guard case .record(let record) = quietly({ $0.compute(owner) }), let path = record.path,
        let declared = self.field(field, of: record.type)
      else { return nil }
      return FactPath.field(path, declared.name).text
    case .at(let operand, let time):
      guard let path = path(of: operand), let when = quietly({ $0.scalar(time) }).value else {
        return nil
      }
      switch when {
      case .period(let period): return "\(path)[\(period)]"
      case .date(let date): return "\(path)[\(date)]"
      default: return nil
      }
    default: return nil
    }
  }

  /// What the recalls of each base come to, where there are several or one asks for too much.
  func recallTotals(of conditions: [ConditionVerdict]) -> [RecallTotal] {
    var bases: [RecallBase] = []
    var amounts: [[Found]] = []
    for consequence in conditions.flatMap(\.consequences) {
      guard let base = consequence.base, let amount = consequence.amount.found else { continue }
      if let known = bases.firstIndex(where: { $0.path == base.path }) {
        amounts[known].append(amount)
      } else {
        bases.append(base)
        amounts.append([amount])
      }
    }
    return zip(bases, amounts).compactMap { base, recalls in
      let listed = recalls.dropFirst().reduce(recalls[0]) {
        arithmetic(.add, $0, $1, left: base.type, right: base.type)
      }
      let due = extreme([listed, Found(base.value)], [base.type, base.type], isLeast: true)
      guard recalls.count > 1 || due.answer != listed.answer else { return nil }
      return RecallTotal(
        base: base.path, type: base.type, count: recalls.count, listed: listed.answer,
        baseValue: base.value, due: due.answer)
    }
  }
}

extension ConsequenceValue {
  /// The amount as an answer; nil for what is no amount.
  fileprivate var found: Found? {
    switch self {
    case .amount(let value, _): Found(value)
    case .unknown(let reasons): Found(unknown: reasons)
    case .none, .points, .factor: nil
    }
  }

  /// The amount of a consequence that takes part in a sum.
  var summand: Found? { found }
}
