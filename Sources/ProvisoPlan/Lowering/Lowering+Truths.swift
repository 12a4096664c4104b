// Truths: comparison, membership, Kleene's operators, statements about members.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// An operation that gives a truth.
  mutating func truth(_ kind: ExpressionKind) throws(NotLowered) -> NodeID {
    switch kind {
    case .compare(let comparison, let left, let right):
      return try compare(
        comparison, try lower(left), try lower(right), leftType: ruleset[left].type,
        rightType: ruleset[right].type)
    case .memberOf(let subject, let list): return try memberOf(subject, list)
    case .dateInPeriod(let date, let period): return try dateInPeriod(date, period)
    case .happenedBy(let event, let day): return try happened(event, by: day)
    case .listed(let question): return try listed(question)
    case .tableHas(let table, let keys):
      let row = try tableRow(table, keys)
      return try node(.tableHas(row: row), of: list(of: row))
    case .not(let operand): return try not(try truth(operand))
    case .and(let operands): return try junction(operands, isAnd: true)
    case .or(let operands): return try junction(operands, isAnd: false)
    case .limbs(.all, let limbs): return try junction(limbs.map(\.statement), isAnd: true)
    case .limbs(.any, let limbs): return try junction(limbs.map(\.statement), isAnd: false)
    case .limbs(.none, let limbs):
      return try not(try junction(limbs.map(\.statement), isAnd: false))
    case .limbs(.atLeast(let count), let limbs): return try atLeast(count, of: limbs)
    case .quantifier(let kind, let binding, let condition, let statement):
      return try quantifier(kind, binding, condition, statement)
    case .isKnown(let operand): return try isKnown(operand)
    case .isNone(let operand):
      guard case .day(let day) = try lower(operand) else { throw NotLowered("`is none`") }
      return try node(.isNone(day), of: list(of: day))
    // Of one of `contracts`: of the contract that the columns are about.
    case .conditionState(let condition, let state, of: let contract)
    where contract == nil || isContract(contract):
      guard case .lowered = plan.conditions[condition.index] else {
        throw NotLowered("`is \(state.rawValue)` of a condition that the interpreter decides")
      }
      return try node(.conditionState(condition, state))
    default: throw NotLowered("`contracts`")
    }
  }

  /// Whether an expression is a variable that stands for one of `contracts`.
  private func isContract(_ id: ExpressionID?) -> Bool {
    guard let id, case .variable(let slot, _) = ruleset[id].kind,
      case .place(let place)? = slots[slot]
    else { return false }
    return place.list == nil && place.path.isEmpty
  }

  mutating func not(_ operand: NodeID) throws(NotLowered) -> NodeID {
    if case .not(let inner) = plan[operand].kind { return inner }
    return try node(.not(operand), of: list(of: operand))
  }

  private mutating func junction(
    _ operands: [ExpressionID], isAnd: Bool
  ) throws(NotLowered) -> NodeID {
    var truths: [NodeID] = []
    for operand in operands { truths.append(try truth(operand)) }
    return try junction(truths, isAnd: isAnd)
  }

  mutating func junction(
    _ truths: [NodeID], isAnd: Bool
  ) throws(NotLowered) -> NodeID {
    guard let first = truths.first else { return try node(.truth(isAnd)) }
    if truths.count == 1 { return first }
    let (operands, list) = try aligned(truths)
    return try node(isAnd ? .and(operands) : .or(operands), of: list)
  }

  /// `at least N of`: true once N limbs are, false once N no longer can be.
  private mutating func atLeast(
    _ count: ExpressionID, of limbs: [Limb]
  ) throws(NotLowered) -> NodeID {
    let needed = try number(count)
    var truths: [NodeID] = []
    for limb in limbs { truths.append(try truth(limb.statement)) }
    guard truths.count <= 8 else { throw NotLowered("`at least N of` many") }
    var enough: [NodeID] = []
    for size in 0...truths.count {
      // So many of the limbs hold, and no more than so many have to.
      var some: [NodeID] = []
      for choice in 0..<(1 << truths.count) where choice.nonzeroBitCount == size {
        let chosen = truths.indices.filter { choice >> $0 & 1 == 1 }.map { truths[$0] }
        some.append(try junction(chosen, isAnd: true))
      }
      let bound = try node(.number(Fraction(size)))
      let suffices = try compare(.lessOrEqual, .number(needed), .number(bound))
      enough.append(try junction([suffices, try junction(some, isAnd: false)], isAnd: true))
    }
    return try junction(enough, isAnd: false)
  }

  private mutating func isKnown(_ operand: ExpressionID) throws(NotLowered) -> NodeID {
    switch try lower(operand) {
    case .number(let id), .day(let id), .code(let id, _), .period(let id, _), .truth(let id),
      .money(let id, _), .length(let id):
      return try node(.isKnown(id), of: list(of: id))
    default: throw NotLowered("`is known` of a list or a record")
    }
  }

  // MARK: Comparison

  /// A comparison of two values of one kind.
  ///
  /// - Parameters:
  ///   - leftType: Of an amount in a fixed currency: says which it is.
  mutating func compare(
    _ comparison: ComparisonOperator, _ left: Lowered, _ right: Lowered,
    leftType: ValueType = .unresolved, rightType: ValueType = .unresolved
  ) throws(NotLowered) -> NodeID {
    switch (left, right) {
    case (.number(let first), .number(let second)), (.day(let first), .day(let second)):
      return try node(first, second) { .compare(comparison, $0, $1) }
    case (.period(let first, let length), .period(let second, let other)) where length == other:
      return try node(first, second) { .compare(comparison, $0, $1) }
    case (.code(let first, let kind), .code(let second, let other)):
      if isOfWrittenTexts(kind), isOfWrittenTexts(other) { tellTextsApart() }
      return try compareCodes(comparison, first, second, kind)
    case (.code(let first, let kind), .text(let text)) where isOfWrittenTexts(kind):
      return try compareCodes(comparison, first, try node(.word(word(ofText: text))), kind)
    case (.text(let text), .code(let second, let kind)) where isOfWrittenTexts(kind):
      return try compareCodes(comparison, try node(.word(word(ofText: text))), second, kind)
    case (.truth(let first), .truth(let second)): return try equal(comparison, first, second)
    case (.money, _), (_, .money):
      guard let first = try amount(of: left, leftType),
        let second = try amount(of: right, rightType)
      else { throw NotLowered("money beside another value") }
      return try compare(comparison, first, second)
    default: throw NotLowered("a comparison of another kind")
    }
  }

  /// Whether a column's words say only which of the plan's texts a text is.
  private func isOfWrittenTexts(_ kind: CodeKind) -> Bool {
    kind == .text || kind == .lei
  }

  private mutating func compareCodes(
    _ comparison: ComparisonOperator, _ first: NodeID, _ second: NodeID, _ kind: CodeKind
  ) throws(NotLowered) -> NodeID {
    let isOrdered = if case .member = kind { true } else { false }
    guard isOrdered || comparison == .equal || comparison == .notEqual else {
      throw NotLowered("an order of codes")
    }
    return try node(first, second) { .compare(comparison, $0, $1) }
  }

  private mutating func equal(
    _ comparison: ComparisonOperator, _ first: NodeID, _ second: NodeID
  ) throws(NotLowered) -> NodeID {
    let both = try junction([first, second], isAnd: true)
    let neither = try junction([try not(first), try not(second)], isAnd: true)
    let isSame = try junction([both, neither], isAnd: false)
    switch comparison {
    case .equal: return isSame
    case .notEqual: return try not(isSame)
    default: throw NotLowered("an order of truths")
    }
  }

  /// `x in { a, b }`.
  private mutating func memberOf(
    _ subject: ExpressionID, _ list: ExpressionID
  ) throws(NotLowered) -> NodeID {
    let value = try lower(subject)
    guard case .values(let members) = try lower(list), !isWindow(members) else {
      throw NotLowered("membership of a list of the contract")
    }
    var truths: [NodeID] = []
    for member in members { truths.append(try compare(.equal, value, member)) }
    return try junction(truths, isAnd: false)
  }

  private mutating func dateInPeriod(
    _ date: ExpressionID, _ period: ExpressionID
  ) throws(NotLowered) -> NodeID {
    guard case .day(let day) = try lower(date),
      case .period(let node, let length) = try lower(period)
    else { throw NotLowered("a period of another kind") }
    let start = Lowered.day(try self.day(ofPeriod: node, length, isLast: false))
    let end = Lowered.day(try self.day(ofPeriod: node, length, isLast: true))
    return try junction(
      [
        try compare(.greaterOrEqual, .day(day), start), try compare(.lessOrEqual, .day(day), end),
      ], isAnd: true)
  }

  private mutating func happened(
    _ event: ExpressionID, by day: ExpressionID
  ) throws(NotLowered) -> NodeID {
    let limit = try self.day(day)
    // The event is read on the day by which it has to have happened.
    let outer = readDays
    defer { readDays = outer }
    readDays = [limit]
    guard case .day(let when) = try lower(event) else { throw NotLowered("`by` of no event") }
    let path = eventPath(when) ?? scope
    let scope = scope
    return try node(when, limit) { .happenedBy($0, $1, path: path, scope: scope) }
  }

  /// The path of the event behind a day, as reasons write it.
  private func eventPath(_ id: NodeID) -> String? {
    switch plan[id].kind {
    case .column(let column):
      // Of a series the whole is named.
      plan.columns[column.index].entry == nil
        ? plan.columns[column.index].name
        : plan.columns[column.index].containers.last.map { plan.containers[$0.index].name }
    case .entry(let list, _, _, _, _), .level(let list, _, _, _, _): plan.lists[list.index].name
    case .moved(let day, _, _, _), .spread(let day), .movedBy(let day, _, _, _, _): eventPath(day)
    default: nil
    }
  }

  private mutating func listed(_ question: ListedQuestion) throws(NotLowered) -> NodeID {
    guard case .code(let subject, let kind) = try lower(question.subject) else {
      throw NotLowered("a list of other values than codes")
    }
    guard kind != .text, kind != .lei else { throw NotLowered("a list of texts") }
    let from: NodeID
    let to: NodeID
    switch question.when {
    case .on(let day):
      from = try self.day(day)
      to = from
    case .anyTime(let first, let last):
      if case .period(let node, let length) = try lower(first), let word = word(node),
        let period = Period(length: length, number: Int(word))
      {
        from = try self.node(.word(Int64(period.start.dayNumber)))
      } else {
        from = try self.day(first)
      }
      to = try self.day(last)
    }
    let on = ListedOn(
      list: question.list, dating: question.dating, delay: question.delay,
      delayConvention: convention(question.delayConvention))
    let (operands, list) = try aligned([subject, from, to])
    return try node(
      .listed(operands[0], on, from: operands[1], to: operands[2], scope: scope), of: list)
  }

  // MARK: Members

  /// `some x in L where P`, `no x in L where P`, `every x in L [where W] satisfies P`.
  private mutating func quantifier(
    _ kind: QuantifierKind, _ binding: Binding, _ condition: ExpressionID?,
    _ statement: ExpressionID?
  ) throws(NotLowered) -> NodeID {
    let collection = try lower(binding.collection)
    let outer = (slots, context)
    defer { (slots, context) = outer }
    switch collection {
    case .values(let values):
      // Of a series that is absent a window has no values at all: what does not read them would
      // still be known.
      guard !isWindow(values) || compares(binding, condition, statement) else {
        throw NotLowered("a statement about a window")
      }
      var truths: [NodeID] = []
      for value in values {
        slots[binding.slot] = value
        truths.append(try counterpart(kind, nil, condition, statement))
      }
      let some = try junction(truths, isAnd: false)
      return kind == .some ? some : try not(some)
    case .place, .chain:
      let (list, selection) = try bind(binding.slot, to: collection)
      let truth = try counterpart(kind, selection, condition, statement)
      var some = try someMember(list, truth)
      if let isGiven = try isGiven(collection) {
        let isKnown = try node(.isKnown(isGiven), of: self.list(of: isGiven))
        let (operands, list) = try aligned([isKnown, some, isGiven])
        some = try node(
          .chooseTruth(operands[0], operands[1], otherwise: operands[2]), of: list)
      }
      return kind == .some ? some : try not(some)
    default: throw NotLowered("a collection of another kind")
    }
  }

  /// Whether a statement about members does nothing but compare each of them.
  private func compares(
    _ binding: Binding, _ condition: ExpressionID?, _ statement: ExpressionID?
  ) -> Bool {
    guard condition == nil, let statement,
      case .compare(_, let left, _) = ruleset[statement].kind,
      case .variable(let slot, _) = ruleset[left].kind
    else { return false }
    return slot == binding.slot
  }

  /// What makes a member decide: that it is selected and its statement holds or, for `every`,
  /// does not hold.
  mutating func counterpart(
    _ kind: QuantifierKind, _ selection: NodeID?, _ condition: ExpressionID?,
    _ statement: ExpressionID?
  ) throws(NotLowered) -> NodeID {
    var truths: [NodeID] = []
    if let selection { truths.append(selection) }
    if let condition { truths.append(try truth(condition)) }
    if let statement {
      let holds = try truth(statement)
      truths.append(kind == .every ? try not(holds) : holds)
    } else if kind == .every {
      truths.append(try node(.truth(false)))
    }
    return try junction(truths, isAnd: true)
  }
}
