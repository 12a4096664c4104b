// The machine: runs a bound program over one vector of rows after the other.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// Runs a program over vectors, in words of one width.
///
/// Neither shared nor kept between chunks of other decimals; its registers are its own.
struct VectorMachine<Word: FixedWidthInteger & SignedInteger & Sendable> {
  let program: BoundProgram<Word>
  private let registers: [Register<Word>]
  let asOf: Int64
  /// The rows under way.
  private(set) var firstRow = 0
  private(set) var rowCount = 0
  /// By list: the members under way.
  private var memberRanges: [Range<Int>]
  /// Whether a word overflowed, so that the vector has to be run with wider ones.
  private(set) var hasOverflowed = false
  /// By condition: its outcomes for the rows under way.
  private(set) var outcomes: [OutcomeMasks]
  private var isWorkedOut: [Bool]
  /// Whether some node leaves rows to the interpreter.
  private var hasDoubt = false
  var mayBeOpen: Bool { hasDoubt }

  /// Rows that are run together: intermediate columns of so many stay in the nearest cache.
  static var vectorRows: Int { 1_024 }

  init(_ program: BoundProgram<Word>) {
    self.program = program
    registers = program.nodes.map { _ in Register<Word>() }
    asOf = Int64(program.layout.plan.asOf.dayNumber)
    memberRanges = program.layout.plan.lists.map { _ in 0..<0 }
    outcomes = program.layout.plan.conditions.map { _ in
      OutcomeMasks(BitMask.wordCount(Self.vectorRows))
    }
    isWorkedOut = outcomes.map { _ in false }
  }

  /// Runs the program over some rows of a chunk; `hasOverflowed` says when that was in vain.
  mutating func run(_ chunk: borrowing ColumnChunk, _ rows: Range<Int>) {
    firstRow = rows.lowerBound
    rowCount = rows.count
    hasOverflowed = false
    for list in memberRanges.indices {
      memberRanges[list] =
        Int(chunk.offsets[list][rows.lowerBound])..<Int(chunk.offsets[list][rows.upperBound])
    }
    for condition in outcomes.indices { isWorkedOut[condition] = false }
    hasDoubt = false
    for index in program.nodes.indices where program.isNeeded[index] {
      run(index, chunk)
      if hasOverflowed && Word.bitWidth == 64 { return }
      hasDoubt = hasDoubt || registers[index].hasDoubt
    }
    for id in program.layout.plan.conditionOrder { workOut(id.index, chunk) }
  }

  // MARK: Reading registers

  /// How many rows a node is about.
  func count(_ list: Int?) -> Int { list.map { memberRanges[$0].count } ?? rowCount }

  /// The register of a node's result.
  @inline(__always)
  func register(_ node: Int) -> Register<Word> { registers[program.nodes[node].register] }

  func yes(_ node: Int, _ index: Int) -> UInt64 {
    program.nodes[node].isNegated ? register(node).no[index] : register(node).yes[index]
  }

  func no(_ node: Int, _ index: Int) -> UInt64 {
    program.nodes[node].isNegated ? register(node).yes[index] : register(node).no[index]
  }

  /// The truths of a node, for a walk from row to row.
  func truths(_ node: Int) -> (yes: [UInt64], no: [UInt64]) {
    let register = register(node)
    return program.nodes[node].isNegated
      ? (register.no, register.yes) : (register.yes, register.no)
  }

  /// The rows of which a node says nothing.
  func unknown(_ node: Int, _ index: Int) -> UInt64 {
    let register = register(node)
    return program.nodes[node].isTruth
      ? ~(register.yes[index] | register.no[index]) : register.unknown[index]
  }

  /// The rows of a condition that the machine cannot decide.
  func doubt(_ condition: Int, _ index: Int) -> UInt64 {
    var bits: UInt64 = 0
    if !hasDoubt { return bits }
    for node in program.rests[condition] where registers[node].hasDoubt {
      guard let list = program.nodes[node].list else {
        bits |= registers[node].doubt[index]
        continue
      }
      // A member in doubt leaves its contract in doubt; which one is not worth a search.
      if memberRanges[list].count > 0 { bits = ~0 }
    }
    return bits
  }

  /// Whether a node itself leaves a row to the interpreter.
  func isDoubtful(_ node: Int, _ row: Int) -> Bool {
    guard registers[node].hasDoubt else { return false }
    guard program.nodes[node].list == nil else { return true }
    return registers[node].doubt[row / 64] >> UInt64(row % 64) & 1 == 1
  }

  // MARK: One operation

  private mutating func run(_ index: Int, _ chunk: borrowing ColumnChunk) {
    let node = program.nodes[index]
    if case .alias = node.operation { return }
    let result = registers[index]
    let count = self.count(node.list)
    result.fit(count, isTruth: node.isTruth, hasDenominator: node.hasDenominator)
    switch node.operation {
    case .alias: break
    case .doubt:
      result.setDoubtful(count)
      if node.isTruth {
        result.withTruths { yes, no in
          for place in 0..<BitMask.wordCount(count) { (yes[place], no[place]) = (0, 0) }
        }
      } else {
        setUnknown(result, count)
      }
    case .load(let position): load(position, node.list, into: result, chunk)
    case .fill(let word):
      // What the ruleset writes stays where it is from vector to vector.
      guard program.isRead[index], result.filledCount < count else { break }
      result.words = Array(repeating: word, count: result.words.count)
      result.unknown = Array(repeating: 0, count: result.unknown.count)
      result.filledCount = result.words.count
    case .unknownAll: setUnknown(result, count)
    case .spread(let operand): spread(operand, node, into: result, chunk)
    case .sum(let left, let first, let right, let second):
      sum(left, first, right, second, node, into: result, count)
    case .product(let left, let right): product(left, right, node, into: result, count)
    case .quotient(let left, let right): quotient(left, right, into: result, count)
    case .extreme(let left, let first, let right, let second, let isLeast):
      extreme(left, first, right, second, isLeast, into: result, count)
    case .section(let operand):
      _ = Kernels.map(register(operand).words, into: &result.words, count) {
        (Word(NaceCode.sectionNumber(of: Int($0))), false)
      }
      copyUnknown(of: operand, into: result, count)
    case .moved(let day, let duration, let convention):
      moved(day, duration, convention, into: result, count)
    case .counted(let unit, let kind, let from, let to, let convention):
      counted(unit, kind, from, to, convention, into: result, count)
    case .periodOf(let day, let length): periodOf(day, length, into: result, count)
    case .choose(let truth, let first, let left, let second, let right):
      choose(truth, first, left, second, right, into: result, count)
    case .orElse(let first, let left, let second, let right, let isEvent):
      orElse(first, left, second, right, isEvent, into: result, count)
    case .tableRow(let table, let keys): tableRow(table, keys, into: result, count)
    case .tableNumber(let numbers, let row): tableNumber(numbers, row, into: result, count)
    case .memberCount(let list, let truth): memberCount(list, truth, into: result, chunk)
    case .memberSum(let list, let condition, let body):
      memberSum(list, condition, body, into: result, chunk)
    case .truth(let value):
      for place in 0..<BitMask.wordCount(count) {
        let full = fullWord(count - place * 64)
        result.yes[place] = value ? full : 0
        result.no[place] = value ? 0 : full
      }
    case .isTrue(let position): isTrue(position, node.list, into: result, chunk)
    case .compare(let comparison, let left, let right):
      compare(comparison, left, right, into: result, count)
    case .compareConstant(let operand, let test):
      compareConstant(operand, test, into: result, count)
    case .and(let operands): junction(operands, isAnd: true, into: result, count)
    case .or(let operands): junction(operands, isAnd: false, into: result, count)
    case .isKnown(let operand):
      for place in 0..<BitMask.wordCount(count) {
        let full = fullWord(count - place * 64)
        result.no[place] = unknown(operand, place) & full
        result.yes[place] = ~unknown(operand, place) & full
      }
    case .isNone(let operand):
      test(operand, into: result, count) { $0 == Word(WordCode.none) }
    case .happenedBy(let event, let day): happened(event, day, into: result, count)
    case .listed(let subject, let list, let from, let to):
      listed(subject, list, from, to, into: result, count)
    case .tableHas(let row): test(row, into: result, count) { $0 >= 0 }
    case .someMember(let list, let truth): someMember(list, truth, into: result, chunk)
    case .conditionState(let condition, let state):
      workOut(condition, chunk)
      conditionState(condition, state, into: result, count)
    }
  }

  /// Says that a word overflowed: in narrow words the vector is in vain, in wide ones the rows are
  /// left to the interpreter.
  mutating func overflow(_ result: Register<Word>, _ count: Int) {
    hasOverflowed = true
    if Word.bitWidth > 64 { result.setDoubtful(count) }
  }

  func setUnknown(_ result: Register<Word>, _ count: Int) {
    for row in 0..<count { result.words[row] = 0 }
    for place in 0..<BitMask.wordCount(count) {
      result.unknown[place] = fullWord(count - place * 64)
    }
  }

  func copyUnknown(of operand: Int, into result: Register<Word>, _ count: Int) {
    let source = register(operand)
    for place in 0..<BitMask.wordCount(count) { result.unknown[place] = source.unknown[place] }
  }

  func joinUnknown(
    of left: Int, _ right: Int, into result: Register<Word>, _ count: Int
  ) {
    let first = register(left)
    let second = register(right)
    for place in 0..<BitMask.wordCount(count) {
      result.unknown[place] = first.unknown[place] | second.unknown[place]
    }
  }

  func range(of list: Int) -> Range<Int> { memberRanges[list] }

  // MARK: Outcomes

  /// Works out a condition's outcomes, once.
  private mutating func workOut(_ condition: Int, _ chunk: borrowing ColumnChunk) {
    guard !isWorkedOut[condition], let test = program.tests[condition] else { return }
    var masks = OutcomeMasks(0)
    swap(&masks, &outcomes[condition])
    fill(&masks, test, chunk)
    swap(&masks, &outcomes[condition])
    isWorkedOut[condition] = true
  }
}
