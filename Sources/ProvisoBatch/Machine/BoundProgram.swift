// A plan bound to columns: every number with the factor that turns its words into the value.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// A plan bound to the decimals of a chunk's columns.
struct BoundProgram<Word: MachineWord> {
  let layout: ColumnLayout
  private(set) var nodes: [BoundNode<Word>] = []
  /// The operands of operations that have any number of them.
  private(set) var operands: [Int] = []
  private(set) var tables: [BoundTable<Word>] = []
  /// By table of numbers: the word of each row.
  var tableNumbers: [[Word?]] = []
  var parameters: [BoundParameter<Word>] = []
  /// What numbers are rounded to.
  private(set) var roundingSteps: [Fraction] = []
  private(set) var listIndexes: [ListIndex] = []
  /// The rates into one currency, by the list of rates and the currency.
  var rates: [BoundRates] = []
  /// By condition: the nodes it rests on that may leave rows to the interpreter.
  let rests: [[Int]]
  /// By condition: the lists of pairs and of entities that it rests on.
  let pairRests: [[Int]]
  /// By condition: its tests; none where it has no plan.
  let tests: [[TestPlan]]
  /// By node: whether an operation reads its register.
  private(set) var isRead: [Bool] = []
  /// By node: whether a condition, a determination or an amount rests on it. What was begun for a
  /// condition that has no plan is not run.
  private(set) var isNeeded: [Bool] = []
  private let rowDecimals: [Int]
  private let memberDecimals: [[Int]]
  private let lists: [ListedOn: ListIndex]

  /// Binds a plan.
  init(
    _ layout: ColumnLayout, rowDecimals: [Int], memberDecimals: [[Int]],
    lists: [ListedOn: ListIndex], rests: [[Int]]
  ) {
    self.layout = layout
    self.rowDecimals = rowDecimals
    self.memberDecimals = memberDecimals
    self.lists = lists
    self.rests = rests
    let plan = layout.plan
    pairRests = rests.map { nodes in
      Set(nodes.compactMap { plan.nodes[$0].list?.index }).filter {
        switch plan.lists[$0].source {
        case .pairs, .chain: true
        case .facts, .inner, .again, .tree, .levels, .entries: false
        }
      }.sorted()
    }
    tests = layout.plan.conditions.map { if case .lowered(let tests) = $0 { tests } else { [] } }
    nodes.reserveCapacity(layout.plan.nodes.count)
    for node in layout.plan.nodes {
      let bound = bind(node)
      nodes.append(bound)
    }
    findReads()
    findNeeds()
  }

  private mutating func findNeeds() {
    isNeeded = Array(repeating: false, count: nodes.count)
    var open: [NodeID] = []
    for test in tests.joined() {
      open += test.roots
      for consequence in test.consequences ?? [] {
        if let amount = consequence.amount { open.append(amount) }
      }
    }
    for case .lowered(let node, _) in layout.plan.determinations { open.append(node) }
    for contribution in layout.plan.contributions ?? [] { open += contribution.roots }
    if let governs = layout.plan.governs { open.append(governs.day) }
    while let node = open.popLast() {
      if isNeeded[node.index] { continue }
      isNeeded[node.index] = true
      open += layout.plan[node].kind.operands
    }
  }

  /// A number that is only compared with, or taken into a factor, needs no register.
  private mutating func findReads() {
    isRead = Array(repeating: false, count: nodes.count)
    for (index, node) in layout.plan.nodes.enumerated() {
      switch nodes[index].operation {
      case .compareConstant(let operand, _): isRead[nodes[operand].register] = true
      case .alias: break
      default: for operand in node.kind.operands { isRead[nodes[operand.index].register] = true }
      }
    }
    // Values and days that are asked for by themselves.
    for case .lowered(let node, _) in layout.plan.determinations {
      isRead[nodes[node.index].register] = true
    }
    for node in (layout.plan.contributions ?? []).flatMap(\.roots) {
      isRead[nodes[node.index].register] = true
    }
    for test in tests.joined() {
      for day in [test.testDay, test.dueDay].compactMap({ $0 }) {
        isRead[nodes[day.index].register] = true
      }
      for amount in (test.consequences ?? []).compactMap(\.amount) {
        isRead[nodes[amount.index].register] = true
      }
    }
    if let governs = layout.plan.governs { isRead[nodes[governs.day.index].register] = true }
  }

  private mutating func bind(_ node: PlanNode) -> BoundNode<Word> {
    var bound = BoundNode<Word>(
      operation: .doubt, register: nodes.count, list: node.list?.index,
      isTruth: node.kind.isTruth)
    // What cannot be bound (a factor past a word) is left to the interpreter.
    try? bind(node.kind, &bound)
    return bound
  }

  struct Unbound: Error {}

  private mutating func bind(_ kind: NodeKind, _ bound: inout BoundNode<Word>) throws {
    switch kind {
    case .column(let id):
      bound.factor = try columnFactor(id)
      bound.operation = .load(position: layout.position[id.index])
    case .word(let word): bound.operation = .fill(Word(word))
    case .number(let value):
      bound.factor = value.isZero ? .one : value
      bound.operation = .fill(value.isZero ? 0 : 1)
    case .spread(let operand):
      bound.factor = nodes[operand.index].factor
      bound.hasDenominator = nodes[operand.index].hasDenominator
      bound.operation = .spread(operand.index)
    case .negate(let operand): alias(operand, &bound, factor: -nodes[operand.index].factor)
    case .add(let left, let right): try bindSum(left, right, isSubtracted: false, &bound)
    case .subtract(let left, let right): try bindSum(left, right, isSubtracted: true, &bound)
    case .multiply(let left, let right): try bindProduct(left, right, &bound)
    case .divide(let left, let right, _): try bindQuotient(left, right, &bound)
    case .least(let left, let right): try bindExtreme(left, right, isLeast: true, &bound)
    case .greatest(let left, let right): try bindExtreme(left, right, isLeast: false, &bound)
    case .section(let operand): bound.operation = .section(operand.index)
    case .moved(let day, let duration, let convention, _):
      bound.operation = .moved(day.index, duration, convention)
    case .counted(let unit, let count, let from, let to, let convention, _):
      bound.operation = .counted(unit, count, from.index, to.index, convention)
    case .periodOf(let day, let length, _): bound.operation = .periodOf(day.index, length)
    case .choose(let truth, let first, let second):
      let (common, left, right) = try commonFactor(first, second)
      bound.hasDenominator = has(first) || has(second)
      bound.factor = common
      bound.operation = .choose(truth.index, first.index, left, second.index, right)
    case .orElse(let first, let second):
      let (common, left, right) = try commonFactor(first, second)
      guard !has(first), !has(second) else { throw Unbound() }
      bound.factor = common
      bound.operation = .orElse(
        first.index, left, second.index, right, isEvent: layout.plan.mayBeNone(first))
    case .tableRow(let table, let keys):
      tables.append(try bindTable(table, keys))
      bound.operation = .tableRow(tables.count - 1)
    case .parameter(let id, let day, _): try bindParameter(id, day, &bound)
    case .tableNumber(let table, let row): try bindTableNumber(table, row, &bound)
    case .level(let list, let day, let dates, let values, _):
      guard !has(values) else { throw Unbound() }
      bound.factor = nodes[values.index].factor
      bound.operation = .level(
        list.index, day: day.index, dates: dates.index, values: values.index, isExact: false)
    case .entry(let list, _, let period, let periods, let values):
      guard !has(values) else { throw Unbound() }
      bound.factor = nodes[values.index].factor
      bound.operation = .level(
        list.index, day: period.index, dates: periods.index, values: values.index, isExact: true)
    case .periodMoved(let period, let length, let steps):
      bound.operation = .periodMoved(period.index, length, by: steps)
    case .movedBy(let day, let duration, let isSubtracted, let convention, _):
      bound.operation = .movedBy(day.index, duration.index, isSubtracted: isSubtracted, convention)
    case .wordOfTruth(let truth): bound.operation = .wordOfTruth(truth.index)
    case .rowNumber(_, let row, let numbers): try bindNumbers(numbers, row, &bound)
    case .rowWord(_, let row, let words):
      tableNumbers.append(words.map { $0.map { Word($0) } })
      bound.operation = .tableNumber(tableNumbers.count - 1, row.index)
    case .convert(let amount, let own, let day, let currency, let list, _):
      guard !has(amount) else { throw Unbound() }
      bound.factor = nodes[amount.index].factor
      bound.hasDenominator = true
      rates.append(try BoundRates(layout.plan.ruleset[list], to: currency))
      bound.operation = .convert(amount.index, own.index, day.index, rates: rates.count - 1)
    case .entity(let entry, _):
      guard !has(entry) else { throw Unbound() }
      bound.factor = nodes[entry.index].factor
      bound.operation = .entity(entry.index)
    case .through:
      bound.hasDenominator = true
      bound.operation = .through
    case .memberCount(let list, let truth):
      bound.operation = .memberCount(list.index, truth.index)
    case .periodDay(let period, let length, let isLast):
      bound.operation = .periodDay(period.index, length, isLast: isLast)
    case .round(let operand, let step, let mode):
      bound.factor = step
      bound.operation = .round(operand.index, to: roundingSteps.count, mode)
      roundingSteps.append(step)
    case .memberExtreme(let list, let condition, let body, let isLeast, _):
      guard !has(body) else { throw Unbound() }
      bound.factor = nodes[body.index].factor
      bound.operation = .memberExtreme(
        list.index, where: condition?.index, body.index,
        isLeast: isLeast == (bound.factor.sign > 0))
    case .memberAverage(let list, let condition, let body, _):
      guard !has(body) else { throw Unbound() }
      bound.factor = nodes[body.index].factor
      bound.hasDenominator = true
      bound.operation = .memberAverage(list.index, where: condition?.index, body.index)
    case .memberSum(let list, let condition, let body):
      guard !has(body) else { throw Unbound() }
      bound.factor = nodes[body.index].factor
      bound.operation = .memberSum(list.index, where: condition?.index, body.index)

    case .spreadTruth(let operand): bound.operation = .spread(operand.index)
    case .truth(let value): bound.operation = .truth(value)
    case .isTrue(let id): bound.operation = .isTrue(position: layout.position[id.index])
    case .compare(let comparison, let left, let right):
      bound.operation = try bindComparison(comparison, left, right)
    case .not(let operand):
      bound.register = nodes[operand.index].register
      bound.isNegated = !nodes[operand.index].isNegated
      bound.operation = .alias
    case .and(let operands): bound.operation = .and(take(operands))
    case .or(let operands): bound.operation = .or(take(operands))
    case .chooseTruth(let truth, let first, let second):
      bound.operation = .chooseTruth(truth.index, first.index, second.index)
    case .orElseTruth(let first, let second):
      bound.operation = .orElseTruth(first.index, second.index)
    case .isKnown(let operand): bound.operation = .isKnown(operand.index)
    case .isNone(let operand): bound.operation = .isNone(operand.index)
    case .happenedBy(let event, let day, _, _):
      bound.operation = .happenedBy(event.index, day.index)
    case .listed(let subject, let on, let from, let to, _):
      guard let index = lists[on] else { throw Unbound() }
      listIndexes.append(index)
      bound.operation = .listed(
        subject.index, list: listIndexes.count - 1, from.index, to.index,
        mayBeNone: layout.plan.mayBeNone(from) || layout.plan.mayBeNone(to))
    case .tableHas(let row): bound.operation = .tableHas(row.index)
    case .someMember(let list, let truth):
      bound.operation = .someMember(list.index, truth.index)
    case .conditionState(let condition, let state):
      bound.operation = .conditionState(condition.index, state)
    case .reached: bound.operation = .reached
    case .leftOpen(let operand): bound.operation = .leftOpen(operand.index)
    case .entityTruth(let entry, _): bound.operation = .entity(entry.index)
    case .mixedCurrencies: bound.operation = .unknownTruth
    }
  }

  func has(_ id: NodeID) -> Bool { nodes[id.index].hasDenominator }

  /// Takes up the operands of an operation.
  private mutating func take(_ nodes: [NodeID]) -> OperandRange {
    OperandRange(nodes.map(\.index), into: &operands)
  }

  private func alias(_ operand: NodeID, _ bound: inout BoundNode<Word>, factor: Fraction) {
    bound.register = nodes[operand.index].register
    bound.hasDenominator = nodes[operand.index].hasDenominator
    bound.factor = factor
    bound.operation = .alias
  }

  // MARK: Factors

  private func columnFactor(_ id: ColumnID) throws -> Fraction {
    guard case .number(let scale, _) = layout.plan.columns[id.index].kind else { return .one }
    let position = layout.position[id.index]
    let places =
      layout.plan.columns[id.index].list.map { memberDecimals[$0.index][position] }
      ?? rowDecimals[position]
    return try scale / Fraction(10).power(max(0, places))
  }

  /// The greatest factor of which both are whole multiples, and the multiples.
  private func commonFactor(
    _ left: NodeID, _ right: NodeID
  ) throws -> (common: Fraction, left: Word, right: Word) {
    let first = nodes[left.index].factor
    let second = nodes[right.index].factor
    if first == second { return (first, 1, 1) }
    let common = try greatestCommonFactor(first, second)
    return (common, try word(first / common), try word(second / common))
  }

  func word(_ value: Fraction) throws -> Word {
    guard let whole = value.wholeValue, whole != .min else { throw Unbound() }
    return Word(whole)
  }

  private func bindSum(
    _ left: NodeID, _ right: NodeID, isSubtracted: Bool, _ bound: inout BoundNode<Word>
  ) throws {
    let (common, first, second) = try commonFactor(left, right)
    bound.factor = common
    bound.hasDenominator = has(left) || has(right)
    bound.operation = .sum(left.index, first, right.index, isSubtracted ? -second : second)
  }

  /// A factor that the ruleset writes is taken into the factor of the words.
  private func bindProduct(
    _ left: NodeID, _ right: NodeID, _ bound: inout BoundNode<Word>
  ) throws {
    let factor = try nodes[left.index].factor * nodes[right.index].factor
    if case .fill(1) = nodes[left.index].operation { return alias(right, &bound, factor: factor) }
    if case .fill(1) = nodes[right.index].operation { return alias(left, &bound, factor: factor) }
    bound.factor = factor
    bound.hasDenominator = has(left) || has(right)
    bound.operation = .product(left.index, right.index)
  }

  private func bindQuotient(
    _ left: NodeID, _ right: NodeID, _ bound: inout BoundNode<Word>
  ) throws {
    switch nodes[right.index].operation {
    case .fill(0): bound.operation = .unknownAll
    case .fill(1):
      alias(left, &bound, factor: try nodes[left.index].factor / nodes[right.index].factor)
    default:
      bound.factor = try nodes[left.index].factor / nodes[right.index].factor
      bound.hasDenominator = true
      bound.operation = .quotient(left.index, right.index)
    }
  }

  private func bindExtreme(
    _ left: NodeID, _ right: NodeID, isLeast: Bool, _ bound: inout BoundNode<Word>
  ) throws {
    let (common, first, second) = try commonFactor(left, right)
    bound.hasDenominator = has(left) || has(right)
    bound.factor = common
    // With a factor below zero the order of the words is the other way round.
    bound.operation = .extreme(
      left.index, first, right.index, second, isLeast: isLeast == (common.sign > 0))
  }
}

/// The greatest fraction of which both are whole multiples.
func greatestCommonFactor(_ left: Fraction, _ right: Fraction) throws -> Fraction {
  struct TooLong: Error {}
  guard let (a, b) = left.smallParts, let (c, d) = right.smallParts, a != 0, c != 0 else {
    throw TooLong()
  }
  let top = commonDivisor(a.magnitude, c.magnitude)
  let shared = commonDivisor(b.magnitude, d.magnitude)
  let (bottom, overflows) = (b / Int64(shared)).multipliedReportingOverflow(by: d)
  guard !overflows, let numerator = Int64(exactly: top) else { throw TooLong() }
  return try Fraction(Int(numerator)) / Fraction(Int(bottom))
}

private func commonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
  var (left, right) = (first, second)
  while right != 0 { (left, right) = (right, left % right) }
  return left
}
