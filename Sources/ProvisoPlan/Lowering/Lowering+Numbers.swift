// Numbers: arithmetic, limits, choices and sums over members.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// An operation on numbers.
  mutating func number(_ kind: ExpressionKind) throws(NotLowered) -> NodeID {
    switch kind {
    case .negate(let operand): return try negated(number(operand))
    case .capped(let value, let limit, _): return try least(try number(value), try number(limit))
    case .floored(let value, let limit, _):
      return try greatest(try number(value), try number(limit))
    case .partAbove(let value, let limit):
      let rest = try arithmetic(.subtract, try number(value), try number(limit))
      return try greatest(rest, try node(.number(.zero)))
    case .partUpTo(let value, let limit):
      let part = try least(try number(value), try number(limit))
      return try greatest(part, try node(.number(.zero)))
    case .least(let operands): return try extreme(operands, isLeast: true)
    case .greatest(let operands): return try extreme(operands, isLeast: false)
    default: throw NotLowered("an operation on numbers")
    }
  }

  /// `min(a, b)` and `max(a, b)` of days; an event that has not happened is later than every day.
  mutating func extremeDay(
    _ operands: [ExpressionID], isLeast: Bool
  ) throws(NotLowered) -> NodeID {
    var result: NodeID?
    for operand in operands {
      guard case .day(let day) = try lower(operand) else {
        throw NotLowered("a `min` or `max` of another kind")
      }
      result =
        try result.map { first throws(NotLowered) in
          try node(first, day) { isLeast ? .least($0, $1) : .greatest($0, $1) }
        } ?? day
    }
    guard let result else { throw NotLowered("an empty `min`") }
    return result
  }

  private mutating func extreme(
    _ operands: [ExpressionID], isLeast: Bool
  ) throws(NotLowered) -> NodeID {
    guard let first = operands.first else { throw NotLowered("an empty `min`") }
    var result = try number(first)
    for operand in operands.dropFirst() {
      let other = try number(operand)
      result = isLeast ? try least(result, other) : try greatest(result, other)
    }
    return result
  }

  private mutating func least(_ left: NodeID, _ right: NodeID) throws(NotLowered) -> NodeID {
    if let first = constant(left), let second = constant(right) {
      return try node(.number(min(first, second)))
    }
    return try node(left, right) { .least($0, $1) }
  }

  private mutating func greatest(_ left: NodeID, _ right: NodeID) throws(NotLowered) -> NodeID {
    if let first = constant(left), let second = constant(right) {
      return try node(.number(max(first, second)))
    }
    return try node(left, right) { .greatest($0, $1) }
  }

  mutating func negated(_ operand: NodeID) throws(NotLowered) -> NodeID {
    if let value = constant(operand) { return try node(.number(-value)) }
    return try node(.negate(operand), of: list(of: operand))
  }

  /// One of the four operations; what the ruleset writes on both sides is worked out at once.
  mutating func arithmetic(
    _ sign: ArithmeticOperator, _ left: NodeID, _ right: NodeID
  ) throws(NotLowered) -> NodeID {
    if let first = constant(left), let second = constant(right) {
      let result: Fraction? =
        switch sign {
        case .add: try? first + second
        case .subtract: try? first - second
        case .multiply: try? first * second
        case .divide: try? first / second
        }
      guard let result else { throw NotLowered("a number that cannot be worked out") }
      return try node(.number(result))
    }
    let scope = scope
    return try node(left, right) { first, second in
      switch sign {
      case .add: .add(first, second)
      case .subtract: .subtract(first, second)
      case .multiply: .multiply(first, second)
      case .divide: .divide(first, second, scope: scope)
      }
    }
  }

  // MARK: Choices

  /// `A when C, B when D, otherwise E`, from the last choice to the first.
  mutating func choose(
    _ choices: [Choice], _ otherwise: ExpressionID?
  ) throws(NotLowered) -> Lowered {
    guard let otherwise else { throw NotLowered("a choice without `otherwise`") }
    var result = try lower(otherwise)
    for choice in choices.reversed() {
      let condition = try truth(choice.condition)
      let value = try lower(choice.value)
      result = try chosen(condition, value, result)
    }
    return result
  }

  /// The first value where a truth holds, the second where it does not.
  mutating func chosen(
    _ condition: NodeID, _ value: Lowered, _ other: Lowered
  ) throws(NotLowered) -> Lowered {
    let (value, other) = try (codes(of: value, beside: other), codes(of: other, beside: value))
    if case .truth(let first) = value, case .truth(let second) = other {
      let (operands, list) = try aligned([condition, first, second])
      return .truth(
        try node(.chooseTruth(operands[0], operands[1], otherwise: operands[2]), of: list))
    }
    let (first, second, wrap) = try pair(value, other)
    let (operands, list) = try aligned([condition, first, second])
    return wrap(try node(.choose(operands[0], operands[1], otherwise: operands[2]), of: list))
  }

  /// A text that the ruleset writes as a code, beside one that the contract may say. Where nobody
  /// knows which of the two it is, they have to be told apart.
  private mutating func codes(
    of value: Lowered, beside other: Lowered
  ) throws(NotLowered) -> Lowered {
    switch (value, other) {
    case (.code(_, .text), .code(_, .text)), (.code(_, .lei), .code(_, .lei)):
      tellTextsApart()
      return value
    case (.text(let text), .code(_, let kind)) where kind == .text || kind == .lei:
      return .code(try node(.word(word(ofText: text))), kind)
    case (.text(let text), .text): return .code(try node(.word(word(ofText: text))), .text)
    default: return value
    }
  }

  /// `x else V`.
  mutating func orElse(
    _ first: ExpressionID, _ second: ExpressionID
  ) throws(NotLowered) -> Lowered {
    let (plain, stated) = (try lower(first), try lower(second))
    let (value, other) = try (codes(of: plain, beside: stated), codes(of: stated, beside: plain))
    if case .truth(let left) = value, case .truth(let right) = other {
      return .truth(try node(left, right) { .orElseTruth($0, $1) })
    }
    let (left, right, wrap) = try pair(value, other)
    return wrap(try node(left, right) { .orElse($0, $1) })
  }

  /// Two values of one kind that is held in words, and how to say the kind again.
  private func pair(
    _ first: Lowered, _ second: Lowered
  ) throws(NotLowered) -> (NodeID, NodeID, (NodeID) -> Lowered) {
    switch (first, second) {
    case (.number(let left), .number(let right)): return (left, right, { .number($0) })
    case (.day(let left), .day(let right)): return (left, right, { .day($0) })
    case (.code(let left, let kind), .code(let right, let other)):
      let known = if case .member(let id) = kind, id.index < 0 { other } else { kind }
      return (left, right, { .code($0, known) })
    case (.period(let left, let length), .period(let right, let other)) where length == other:
      return (left, right, { .period($0, length) })
    default: throw NotLowered("a choice between values without columns")
    }
  }

  // MARK: Members

  /// `count`, `sum` and the like over a list, a range or a window.
  mutating func aggregate(
    _ kind: AggregateKind, _ binding: Binding, _ condition: ExpressionID?, _ body: ExpressionID?
  ) throws(NotLowered) -> NodeID {
    let collection = try lower(binding.collection)
    let outer = (slots, context)
    defer { (slots, context) = outer }
    switch collection {
    case .values(let values):
      guard condition == nil, let body else { throw NotLowered("a choice among few values") }
      // Of a series that is absent a window has no values at all: what does not read them would
      // still be known.
      if isWindow(values) {
        guard case .variable = ruleset[body].kind else {
          throw NotLowered("a computation over a window")
        }
      }
      return try aggregate(kind, over: values, binding, body)
    case .upTo(let first, let last):
      guard kind == .sum, condition == nil, let body else {
        throw NotLowered("a range that is not written out")
      }
      return try sum(from: first, upTo: last, binding, body)
    case .place, .chain:
      let (list, isThere) = try bind(binding.slot, to: collection)
      var selection = isThere
      if let condition {
        selection = try junction([isThere, try truth(condition)].compactMap { $0 }, isAnd: true)
      }
      let result: NodeID
      switch kind {
      case .count: result = try memberCount(list, selection)
      case .sum:
        guard let body else { throw NotLowered("a sum of nothing") }
        result = try memberSum(list, selection, try number(body))
      case .min, .max, .average:
        guard let body else { throw NotLowered("a choice of nothing") }
        result = try ofMembers(kind, list, selection, try number(body))
      }
      guard let isGiven = try isGiven(collection) else { return result }
      let own = self.list(of: isGiven)
      let (operands, domain) = try aligned([
        try node(.isKnown(isGiven), of: own), result, try node(.wordOfTruth(isGiven), of: own),
      ])
      return try node(
        .choose(operands[0], operands[1], otherwise: operands[2]), of: domain)
    default: throw NotLowered("a collection of another kind")
    }
  }

  private mutating func aggregate(
    _ kind: AggregateKind, over values: [Lowered], _ binding: Binding, _ body: ExpressionID
  ) throws(NotLowered) -> NodeID {
    var numbers: [NodeID] = []
    for value in values {
      slots[binding.slot] = value
      numbers.append(try number(body))
    }
    guard var total = numbers.first else { throw NotLowered("an empty window") }
    for other in numbers.dropFirst() {
      switch kind {
      case .sum, .average: total = try arithmetic(.add, total, other)
      case .min: total = try least(total, other)
      case .max: total = try greatest(total, other)
      case .count: throw NotLowered("a count of few values")
      }
    }
    guard kind == .average else { return total }
    return try arithmetic(.divide, total, try node(.number(Fraction(numbers.count))))
  }

  /// The most numbers that a sum goes over one by one; where there are more, the interpreter says.
  private static var rangeLimit: Int { 24 }

  /// The sum over the whole numbers up to one that the contract says.
  private mutating func sum(
    from first: Int, upTo last: NodeID, _ binding: Binding, _ body: ExpressionID
  ) throws(NotLowered) -> NodeID {
    guard !first.addingReportingOverflow(Self.rangeLimit).overflow else {
      throw NotLowered("a range that is not written out")
    }
    let zero = try node(.number(.zero))
    var total = zero
    for index in 0..<Self.rangeLimit {
      let number = try node(.number(Fraction(first + index)))
      slots[binding.slot] = .number(number)
      let isMember = try compare(.lessOrEqual, .number(number), .number(last))
      let share = try chosen(isMember, .number(try self.number(body)), .number(zero))
      guard case .number(let part) = share else { throw NotLowered("a sum of what is no number") }
      total = index == 0 ? part : try arithmetic(.add, total, part)
    }
    let limit = try node(.number(Fraction(first + Self.rangeLimit)))
    let isKnown = try node(.isKnown(last), of: list(of: last))
    let isBeyond = try compare(.greaterOrEqual, .number(last), .number(limit))
    let left = try junction([isKnown, isBeyond], isAnd: true)
    let isSaid = try junction([isKnown, try not(try never(left))], isAnd: true)
    let (operands, list) = try aligned([isSaid, total, last])
    return try node(.choose(operands[0], operands[1], otherwise: operands[2]), of: list)
  }

  /// Whether values are entries of a series.
  func isWindow(_ values: [Lowered]) -> Bool {
    values.contains { value in
      guard case .number(let id) = value else { return false }
      switch plan[id].kind {
      case .column(let column): return plan.columns[column.index].entry != nil
      case .entry: return true
      default: return false
      }
    }
  }
}
