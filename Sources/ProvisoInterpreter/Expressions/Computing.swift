// The meaning of each expression, one case at a time; what takes more than a line has its own file.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// Evaluates one expression; the steps of its operands are kept, its own is kept by the caller.
  mutating func compute(_ id: ExpressionID) -> Term {
    switch prepared.expressions[id.index].kind {
    // What may give a record, a list or values in time.
    case .contractField(let field): contractField(field)
    case .variable(let slot, _): variable(slot)
    case .listLiteral(let members): .list(listLiteral(members))
    case .recordLiteral(let record, let fields): recordLiteral(record, fields)
    case .contracts:
      portfolio.map { .list($0.list) } ?? .unknown(reason(.missingFact, "contracts"))
    case .member(let owner, let field): member(of: owner, field: field)
    case .at(let operand, let time): at(operand, time)
    case .window(let series, let count, let length, let end):
      window(series, count, length, to: end)
    case .range(let from, let to): range(from, to)
    case .chain(let base, let rule): chain(id, base, rule)
    case .choose(let choices, let otherwise): choose(choices, otherwise)
    case .orElse(let first, let second): orElse(first, second)
    case .table(let table, let keys): self.table(table, keys)
    case .call(let define, let arguments): call(define, arguments)
    default: .scalar(computeScalar(id))
    }
  }

  /// Evaluates an expression whatever its kind; what is not a scalar is unknown here.
  ///
  /// The kinds at the end are those that `compute` names itself.
  mutating func computeScalar(_ id: ExpressionID) -> Found {
    switch prepared.expressions[id.index].kind {
    case .literal(let value): Found(value)
    case .testPeriod: testPeriod()
    case .testDate: Found(.date(frame.testDate))
    case .asOf: Found(.date(asOf))
    case .previous: frame.previous ?? Found(unknown: reason(.missingFact, "previous"))

    case .through(let entity): through(entity)
    case .periodStart, .periodEnd, .naceSection, .periodOf, .currencyOf: part(id)

    case .negate, .arithmetic, .shareOf, .power, .round, .capped, .floored, .partAbove, .partUpTo,
      .least, .greatest, .convert:
      number(id)

    case .addDuration, .durationSum, .durationTimes, .periodPlus, .periodDifference, .countTime,
      .yearFraction, .happenedBy, .dateInPeriod:
      calendar(id)
    case .parameter(let parameter, let time): self.parameter(parameter, at: time)

    case .compare(let comparison, let left, let right): compare(comparison, left, right)
    case .memberOf(let subject, let list): memberOf(subject, list)
    case .listed(let question): listed(question)
    case .tableHas(let table, let keys): tableHas(table, keys)

    case .not(let operand): negation(operand)
    case .and(let operands): junction(operands, decisive: .false)
    case .or(let operands): junction(operands, decisive: .true)
    case .limbs(let kind, let limbs): self.limbs(kind, limbs)
    case .quantifier(let kind, let binding, let condition, let statement):
      overMembers(id, binding) { $0.quantifier(id, kind, binding, condition, statement) }
    case .isKnown(let operand): isKnown(operand)
    case .isAssured(let operand, let level): isAssured(operand, level)
    case .isNone(let operand): isNone(operand)
    case .conditionState(let condition, let state, let contract):
      conditionState(condition, state, of: contract)
    case .aggregate(let kind, let binding, let condition, let body):
      overMembers(id, binding) { $0.aggregate(id, kind, binding, condition, body) }

    case .contractField, .variable, .listLiteral, .recordLiteral, .contracts, .member, .at,
      .window, .range, .chain, .choose, .orElse, .table, .call:
      Found(unknown: reason(.missingFact))
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
