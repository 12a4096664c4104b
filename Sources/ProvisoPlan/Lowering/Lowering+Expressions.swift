// Expressions: leaves, fields, calls of defines, and which file each of the others has.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// Lowers an expression.
  mutating func lower(_ id: ExpressionID) throws(NotLowered) -> Lowered {
    try deeper { lowering throws(NotLowered) in try lowering.lowerOne(id) }
  }

  private mutating func lowerOne(_ id: ExpressionID) throws(NotLowered) -> Lowered {
    let expression = ruleset.expressions[id.index]
    switch expression.kind {
    case .literal(let value): return try literal(value)
    case .contractField(let field): return try self.field(ruleset.contract, field, in: .contract)
    case .member(let owner, let field): return try member(of: owner, field)
    case .variable(let slot, let name):
      guard let value = slots[slot] else { throw NotLowered("the variable `\(name)`") }
      return value
    case .testDate:
      return .day(try testDate())
    case .asOf: return .day(try asOf())
    case .testPeriod:
      guard let testPeriod else { throw NotLowered("`period`") }
      return try literal(.period(testPeriod))
    case .listLiteral(let members):
      var values: [Lowered] = []
      for member in members { values.append(try lower(member)) }
      return .values(values)
    case .call(let define, let arguments): return try call(define, arguments)

    case .arithmetic(let sign, let left, let right): return try arithmetic(sign, left, right)
    case .shareOf(let share, let whole): return try arithmetic(.multiply, share, whole)
    case .least(let operands) where operands.allSatisfy({ ruleset[$0].type.isDay }):
      return .day(try extremeDay(operands, isLeast: true))
    case .greatest(let operands) where operands.allSatisfy({ ruleset[$0].type.isDay }):
      return .day(try extremeDay(operands, isLeast: false))
    case .negate(let operand) where ruleset[operand].type == .money:
      guard case .money(let amount, let currency) = try lower(operand) else {
        throw NotLowered("`money`")
      }
      return .money(try negated(amount), currency)
    case .negate, .capped, .floored, .partAbove, .partUpTo, .least, .greatest:
      return .number(try number(expression.kind))
    case .addDuration, .durationSum, .durationTimes, .countTime, .periodOf, .periodStart,
      .periodEnd, .periodPlus, .periodDifference:
      return try inTime(expression.kind)
    case .naceSection(let operand):
      let code = try code(operand)
      return .code(try node(.section(code), of: list(of: code)), .nace)
    case .at(let operand, let time): return try at(operand, time)
    case .parameter(let parameter, let time): return try self.parameter(parameter, at: time)
    case .window(let series, let count, let length, let end):
      return try window(series, count, length, to: end)
    case .range(let from, let to): return try range(from, to)

    case .compare, .memberOf, .dateInPeriod, .happenedBy, .listed, .tableHas, .not, .and, .or,
      .limbs, .quantifier, .isKnown, .isNone, .conditionState:
      return .truth(try truth(expression.kind))
    case .aggregate(let kind, let binding, let condition, let body):
      return .number(try aggregate(kind, binding, condition, body))
    case .choose(let choices, let otherwise): return try choose(choices, otherwise)
    case .orElse(let first, let second): return try orElse(first, second)
    case .table(let table, let keys): return try tableValue(table, keys)

    case .recordLiteral: throw NotLowered("a record that the ruleset makes")
    case .contracts: throw NotLowered("`contracts`")
    case .previous: throw NotLowered("a series fold")
    case .chain(let base, let rule): return try chain(base, rule)
    case .through(let operand): return .number(try through(operand))
    case .currencyOf(let operand):
      guard case .money(_, let currency) = try lower(operand) else { throw NotLowered("`money`") }
      return .code(currency, .currency)
    case .convert(let amount, let currency, let rates, let day):
      return try convert(
        amount, to: currency, by: rates, on: day, isMoney: expression.type == .money)
    case .power: throw NotLowered("`^`")
    case .yearFraction: throw NotLowered("`year fraction`")
    case .round(let operand, let step, let mode):
      let (size, node) = (try number(step), try number(operand))
      guard let step = constant(size), !step.isZero else {
        throw NotLowered("`round` to a step that is worked out")
      }
      return .number(try self.node(.round(node, to: step.magnitude, mode), of: list(of: node)))
    // A contract in columns has no proof, so that nothing in it rests on any.
    case .isAssured: return .truth(try node(.truth(false)))
    }
  }

  func list(of id: NodeID) -> ListColumnID? { plan[id].list }

  // MARK: Leaves

  /// A value that the ruleset writes.
  mutating func literal(_ value: Value) throws(NotLowered) -> Lowered {
    switch value {
    case .quantity(let number): return .number(try node(.number(number)))
    case .boolean(let value): return .truth(try node(.truth(value)))
    case .duration(let duration): return .duration(duration)
    case .text(let text): return .text(text)
    case .lei(let code): return .text(code.text)
    case .money(let amount, let currency): return try money(amount, currency)
    default: break
    }
    guard let word = WordCode.word(of: value) else { throw NotLowered("a value without a word") }
    let id = try node(.word(word))
    switch value {
    case .date, .none: return .day(id)
    case .country: return .code(id, .country)
    case .currency: return .code(id, .currency)
    case .nace: return .code(id, .nace)
    case .period(let period): return .period(id, period.length)
    default:
      // A member of an enumeration; which one the other operand says.
      return .code(id, .member(EnumerationID(-1)))
    }
  }

  // MARK: Fields

  private mutating func member(
    of owner: ExpressionID, _ field: Int
  ) throws(NotLowered) -> Lowered {
    switch try lower(owner) {
    case .tableRecord(let table, let row): return try self.field(field, ofRow: row, table)
    case .place(let place):
      if let record = place.record { return try self.field(ruleset[record], field, in: place) }
      // One of `contracts`: the contract that the columns are about.
      if place.list == nil, place.path.isEmpty {
        return try self.field(ruleset.contract, field, in: place)
      }
    default: break
    }
    throw NotLowered("a field of a record that the ruleset makes")
  }

  /// A field of a record that stands at a place.
  mutating func field(
    _ record: RecordType, _ index: Int, in owner: Place
  ) throws(NotLowered) -> Lowered {
    let field = record.fields[index]
    var place = owner
    place.path.append(index)
    place.name =
      owner.list == nil && owner.path.isEmpty ? field.name : "\(owner.name).\(field.name)"
    place.field = field
    place.record = nil
    if field.elector != nil {
      switch field.type {
      case .record, .list, .series, .levels: throw NotLowered("a choice (`elected by`) of many")
      default: break
      }
    }
    if let assessor = field.assessor {
      if let list = owner.list {
        switch plan.lists[plan.stored(list).index].source {
        case .tree, .inner: throw NotLowered("a judgement about a part of a part")
        default: break
        }
      }
      return try scalar(place, field.type, assessor: assessor)
    }
    switch field.type {
    case .record(let record):
      place.record = record
      place.containers.append(container(place))
      return .place(place)
    case .list(.record(let record)):
      place.record = record
      place.readDays = readDays
      return .place(place)
    case .list, .series, .levels: return .place(place)
    default: return try scalar(place, field.type)
    }
  }

  /// The column of a single value.
  mutating func scalar(
    _ place: Place, _ type: ValueType, entry: Period? = nil, assessor: String? = nil
  ) throws(NotLowered) -> Lowered {
    if type == .money {
      guard entry == nil, assessor == nil else { throw NotLowered("`money` by period") }
      return try money(place)
    }
    let kind = try columnKind(of: type)
    let id = try column(place, kind, entry: entry, assessor: assessor)
    switch kind {
    case .number: return .number(id)
    case .boolean: return .truth(id)
    case .date, .event: return .day(id)
    case .code(let kind): return .code(id, kind)
    case .period(let length): return .period(id, length)
    case .duration: return .length(id)
    case .position: return .period(id, .year)
    }
  }

  private func columnKind(of type: ValueType) throws(NotLowered) -> ColumnKind {
    guard let kind = ColumnKind(type) else {
      throw NotLowered("a field without a column")
    }
    return kind
  }

  // MARK: Calls

  private mutating func call(
    _ id: DefineID, _ arguments: [ExpressionID]
  ) throws(NotLowered) -> Lowered {
    let define = ruleset[id]
    guard case .expression(let body) = define.body else { throw NotLowered("a series fold") }
    var bound: [Int: Lowered] = [:]
    for (slot, argument) in arguments.enumerated() { bound[slot] = try lower(argument) }
    let outer = (slots, scope)
    slots = bound
    scope = define.name
    defer { (slots, scope) = outer }
    return try excepted(try lower(body), define.exceptions)
  }

  // MARK: Operands of one kind

  /// An expression that gives a number.
  mutating func number(_ id: ExpressionID) throws(NotLowered) -> NodeID {
    switch try lower(id) {
    case .number(let node): return node
    case .money: throw NotLowered("an operation on `money`")
    default: throw NotLowered("an operation on what is no number")
    }
  }

  /// An expression that gives a truth.
  mutating func truth(_ id: ExpressionID) throws(NotLowered) -> NodeID {
    guard case .truth(let node) = try lower(id) else { throw NotLowered("a truth of another kind") }
    return node
  }

  /// An expression that gives a day; a period stands for its last.
  mutating func day(_ id: ExpressionID) throws(NotLowered) -> NodeID {
    switch try lower(id) {
    case .day(let node): return node
    case .period(let node, let length):
      return try day(ofPeriod: node, length, isLast: true)
    default: throw NotLowered("a day of another kind")
    }
  }

  /// An expression that gives a code.
  mutating func code(_ id: ExpressionID) throws(NotLowered) -> NodeID {
    guard case .code(let node, _) = try lower(id) else {
      throw NotLowered("a code of another kind")
    }
    return node
  }
}

extension ValueType {
  /// Whether values of the type are days.
  fileprivate var isDay: Bool {
    switch self {
    case .date, .event: true
    default: false
    }
  }
}

extension Place {
  /// The contract itself.
  static let contract = Place(
    list: nil, path: [], name: "", field: nil, record: nil, containers: [])
}
