// The meaning of each expression, one case at a time; what takes more than a line has its own file.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// Evaluates one expression; the steps of its operands are kept, its own is kept by the caller.
  mutating func compute(_ id: ExpressionID) -> Term {
    switch prepared.expressions[id.index].kind {
    case .literal(let value): .scalar(Found(value))
    case .contractField(let field): contractField(field)
    case .variable(let slot, _): variable(slot)
    case .testPeriod: .scalar(testPeriod())
    case .testDate: .scalar(Found(.date(frame.testDate)))
    case .asOf: .scalar(Found(.date(asOf)))
    case .listLiteral(let members): .list(listLiteral(members))
    case .recordLiteral(let record, let fields): recordLiteral(record, fields)
    case .contracts: .unknown(reason(.missingFact, "contracts"))
    case .previous: .scalar(frame.previous ?? Found(unknown: reason(.missingFact, "previous")))

    case .member(let owner, let field): member(of: owner, field: field)
    case .through(let entity): .scalar(through(entity))
    case .periodStart, .periodEnd, .naceSection, .periodOf, .currencyOf: .scalar(part(id))

    case .negate, .arithmetic, .shareOf, .power, .round, .capped, .floored, .partAbove, .partUpTo,
      .least, .greatest, .convert:
      .scalar(number(id))

    case .addDuration, .durationSum, .durationTimes, .periodPlus, .periodDifference, .countTime,
      .happenedBy, .dateInPeriod:
      .scalar(calendar(id))
    case .at(let operand, let time): at(operand, time)
    case .parameter(let parameter, let time): .scalar(self.parameter(parameter, at: time))
    case .window(let series, let count, let length, let end):
      window(series, count, length, to: end)
    case .range(let from, let to): range(from, to)

    case .compare(let comparison, let left, let right):
      .scalar(compare(comparison, left, right))
    case .memberOf(let subject, let list): .scalar(memberOf(subject, list))
    case .listed(let question): .scalar(listed(question))
    case .tableHas(let table, let keys): .scalar(tableHas(table, keys))

    case .not(let operand): .scalar(negation(operand))
    case .and(let operands): .scalar(junction(operands, decisive: .false))
    case .or(let operands): .scalar(junction(operands, decisive: .true))
    case .limbs(let kind, let limbs): .scalar(self.limbs(kind, limbs))
    case .quantifier(let kind, let binding, let condition, let statement):
      .scalar(quantifier(kind, binding, condition, statement))
    case .isKnown(let operand): .scalar(isKnown(operand))
    case .isAssured(let operand, let level): .scalar(isAssured(operand, level))
    case .isNone(let operand): .scalar(isNone(operand))
    case .conditionState(let condition, let state, let contract):
      .scalar(conditionState(condition, state, of: contract))

    case .aggregate(let kind, let binding, let condition, let body):
      .scalar(aggregate(kind, binding, condition, body))
    case .chain(let base, let rule): chain(id, base, rule)

    case .choose(let choices, let otherwise): choose(choices, otherwise)
    case .orElse(let first, let second): orElse(first, second)
    case .table(let table, let keys): self.table(table, keys)
    case .call(let define, let arguments): call(define, arguments)
    }
  }

  private func variable(_ slot: Int) -> Term {
    let position = frame.base + slot
    guard slots.indices.contains(position) else { return .unknown(reason(.missingFact)) }
    return slots[position]
  }

  private func testPeriod() -> Found {
    if let period = frame.period { return Found(.period(period)) }
    return Found(unknown: reason(.missingFact, "period"))
  }

  private mutating func listLiteral(_ members: [ExpressionID]) -> ListTerm {
    ListTerm(members: members.map { ListMember(evaluate($0)) })
  }

  private mutating func recordLiteral(_ record: RecordID, _ fields: [ExpressionID?]) -> Term {
    var terms: [Term?] = []
    for field in fields {
      if let field { terms.append(evaluate(field)) } else { terms.append(nil) }
    }
    return .record(RecordTerm(type: record, content: .terms(terms), path: nil))
  }

  /// Gives a variable of the frame under way its value.
  mutating func bind(_ slot: Int, _ term: Term) {
    let position = frame.base + slot
    while slots.count <= position { slots.append(.unknown(.none)) }
    slots[position] = term
  }
}
