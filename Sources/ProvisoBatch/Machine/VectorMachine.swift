// The machine: runs a bound program over one vector of rows after the other.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// Runs a program over vectors, in words of one width.
///
/// Neither shared nor kept between chunks of other decimals; its registers are its own. Whatever an
/// operation is worked out by is mutating, so that the machine stays where it is and is not copied:
/// a copy would have the same registers.
struct VectorMachine<Word: MachineWord> {
  let program: BoundProgram<Word>
  let memory: RegisterMemory
  /// By node. Held beside the machine, so that an operation can work on its own while it reads
  /// others.
  let registers: Lane<Register<Word>>
  /// By node: where its result is.
  let places: [RegisterPlace]
  /// The operations that have something to work out, in order.
  private let steps: [MachineStep<Word>]
  /// The words of the chunk's tables, that of the contracts first, where they need not be copied.
  private(set) var lentWords: [Lane<Word>] = []
  let asOf: Int64
  /// The rows under way.
  private(set) var firstRow = 0
  private(set) var rowCount = 0
  /// By list: the members under way.
  private var memberRanges: [Range<Int>]
  /// By list that is stored: where each row's members begin among those under way.
  let ends: Lane<GrowingLane<Int32>>
  /// By list: its pairs under way, where it has some.
  let pairs: Lane<PairTable>
  /// By list: its entities under way, where it is a chain.
  let chains: Lane<ChainTable<Word>>
  /// By list: whether its members have still to be made.
  private var isToBeMade: [Bool]
  /// Whether a word overflowed, so that the vector has to be run with wider ones.
  private(set) var hasOverflowed = false
  /// By condition: its outcomes for the rows under way.
  let outcomes: [OutcomeMasks]
  private let tests: [[BoundTest]]
  /// By condition of several tests, and test: its outcomes, for each member where it has a list.
  private(set) var parts: [[TestMasks]]
  /// Conditions by their positions, each behind those it asks about.
  private let conditionOrder: [Int]
  let testOperands: [Int]
  let dayMasks: (test: DayMasks, due: DayMasks)
  let coverage: Coverage
  private var hasCoverage = false
  private var isWorkedOut: [Bool]
  /// Whether some node leaves rows to the interpreter.
  private var hasDoubt = false
  var mayBeOpen: Bool { hasDoubt }

  /// Rows that are run together: intermediate columns of so many stay in the nearest cache.
  static var vectorRows: Int { 1_024 }

  init(_ program: BoundProgram<Word>) {
    self.program = program
    let memory = RegisterMemory()
    self.memory = memory
    registers = memory.take(program.nodes.count, of: Register<Word>())
    places = program.nodes.map { RegisterPlace($0) }
    steps = program.nodes.indices.filter { index in
      if case .alias = program.nodes[index].operation { return false }
      if case .fill = program.nodes[index].operation, !program.isRead[index] { return false }
      return program.isNeeded[index]
    }.map { MachineStep(node: $0, program.nodes[$0]) }
    asOf = Int64(program.layout.plan.asOf.dayNumber)
    let lists = program.layout.plan.lists
    memberRanges = lists.map { _ in 0..<0 }
    ends = memory.take(lists.count, of: GrowingLane())
    pairs = memory.take(lists.count, of: PairTable())
    chains = memory.take(lists.count, of: ChainTable())
    isToBeMade = lists.map { _ in false }
    let size = BitMask.wordCount(Self.vectorRows)
    outcomes = program.layout.plan.conditions.map { _ in OutcomeMasks(size, in: memory) }
    var operands: [Int] = []
    tests = program.tests.map { $0.map { BoundTest($0, into: &operands) } }
    testOperands = operands
    parts = program.tests.map { tests in
      tests.contains { !$0.isPlain } ? tests.map { _ in TestMasks(size, in: memory) } : []
    }
    conditionOrder = program.layout.plan.conditionOrder.map(\.index)
    coverage = Coverage(size, in: memory)
    dayMasks = (DayMasks(size, in: memory), DayMasks(size, in: memory))
    isWorkedOut = outcomes.map { _ in false }
  }

  /// Runs the program over some rows of a chunk, at most `vectorRows`; `hasOverflowed` says when
  /// that was in vain.
  mutating func run(_ chunk: borrowing ColumnChunk, _ rows: Range<Int>) {
    firstRow = rows.lowerBound
    rowCount = rows.count
    hasOverflowed = false
    for list in memberRanges.indices { placeMembers(of: list, chunk, rows) }
    for condition in isWorkedOut.indices { isWorkedOut[condition] = false }
    hasDoubt = false
    hasCoverage = false
    for list in isToBeMade.indices { isToBeMade[list] = program.layout.isMadeOfOthers[list] }
    let (steps, order) = (steps, conditionOrder)
    steps.withUnsafeBufferPointer { steps in
      guard var step = steps.baseAddress else { return }
      for _ in 0..<steps.count {
        run(step, chunk)
        if hasOverflowed && Word.bitWidth == 64 { return }
        step += 1
      }
    }
    if hasOverflowed && Word.bitWidth == 64 { return }
    for condition in order { workOut(condition, chunk) }
  }

  /// Looks where the members of a list are; those made of others are made when they are asked for.
  private mutating func placeMembers(
    of list: Int, _ chunk: borrowing ColumnChunk, _ rows: Range<Int>
  ) {
    if program.layout.isMadeOfOthers[list] {
      memberRanges[list] = 0..<0
      return
    }
    let offsets = chunk.offsets[list]
    let first = offsets[rows.lowerBound]
    memberRanges[list] = Int(first)..<Int(offsets[rows.upperBound])
    ends[list].fill(rows.count + 1, in: memory) { offsets[rows.lowerBound + $0] - first }
  }

  /// Works on words that are lent to it, not on copies, until it is called again with none.
  mutating func lend(_ words: [Lane<Word>]) {
    lentWords = words
    if words.isEmpty { for node in registers.indices { registers[node].giveBack() } }
  }

  // MARK: Reading registers

  /// How many rows a node is about.
  @inline(__always)
  func count(_ list: Int?) -> Int { list.map { memberRanges[$0].count } ?? rowCount }

  /// The words of a node's result.
  @inline(__always)
  func words(_ node: Int) -> Lane<Word> { registers[places[node].register].words }

  /// What the words of a node are to be divided by; nil where it does not divide.
  @inline(__always)
  func denominators(_ node: Int) -> Lane<Word>? {
    places[node].hasDenominator ? registers[places[node].register].denominators : nil
  }

  /// The rows for which a node's word is unknown.
  @inline(__always)
  func unknownWords(_ node: Int) -> Lane<UInt64> { registers[places[node].register].unknown }

  /// The rows for which a truth holds.
  @inline(__always)
  func yes(_ node: Int) -> Lane<UInt64> {
    let place = places[node]
    return place.isNegated ? registers[place.register].no : registers[place.register].yes
  }

  /// The rows for which a truth does not hold.
  @inline(__always)
  func no(_ node: Int) -> Lane<UInt64> {
    let place = places[node]
    return place.isNegated ? registers[place.register].yes : registers[place.register].no
  }

  @inline(__always)
  func yes(_ node: Int, _ index: Int) -> UInt64 { yes(node)[index] }

  @inline(__always)
  func no(_ node: Int, _ index: Int) -> UInt64 { no(node)[index] }

  /// The rows of which a node says nothing.
  func unknown(_ node: Int, _ index: Int) -> UInt64 {
    places[node].isTruth
      ? ~(yes(node, index) | no(node, index)) : registers[places[node].register].unknown[index]
  }

  /// Whether a node leaves anything to the interpreter.
  func hasDoubt(_ node: Int) -> Bool { registers[node].hasDoubt }

  /// The rows that a node leaves to the interpreter, where it leaves any.
  func doubt(_ node: Int) -> Lane<UInt64> { registers[node].doubt }

  // MARK: One operation

  private mutating func run(
    _ place: UnsafePointer<MachineStep<Word>>, _ chunk: borrowing ColumnChunk
  ) {
    let node = place.pointee.node
    if let list = place.pointee.list, isToBeMade[list] { makeMembers(of: list, chunk) }
    let count = self.count(place.pointee.list)
    registers[node].fit(
      count, isTruth: place.pointee.isTruth, hasDenominator: place.pointee.hasDenominator,
      in: memory)
    if count == 1 {
      if runSingle(place, into: registers[node], chunk) { return }
    } else if count <= 64 {
      // Of a list without members there is nothing to say.
      if count == 0 || runWord(place, into: registers[node], count) { return }
    }
    run(place, into: &registers[node], count, chunk)
    if registers[node].hasDoubt { hasDoubt = true }
  }

  @inline(never)
  private mutating func run(
    _ place: UnsafePointer<MachineStep<Word>>, into result: inout Register<Word>, _ count: Int,
    _ chunk: borrowing ColumnChunk
  ) {
    let step = place.pointee
    switch step.operation {
    case .alias: break
    case .doubt:
      result.setDoubtful(count)
      if step.isTruth {
        for place in 0..<BitMask.wordCount(count) {
          result.set(place, held: 0, unknown: ~0, full: 0)
        }
      } else {
        setUnknown(&result, count)
      }
    case .load(let position): load(position, step.list, into: &result, chunk)
    case .fill(let word):
      // What the ruleset writes stays where it is from vector to vector.
      guard result.filledCount < count else { break }
      result.words.update(repeating: word)
      result.unknown.update(repeating: 0)
      result.filledCount = result.words.count
    case .unknownAll: setUnknown(&result, count)
    case .spread(let operand): spread(operand, step, into: &result, chunk)
    case .sum(let left, let first, let right, let second):
      sum(left, first, right, second, step, into: &result, count)
    case .product(let left, let right): product(left, right, step, into: &result, count)
    case .quotient(let left, let right): quotient(left, right, into: &result, count)
    case .extreme(let left, let first, let right, let second, let isLeast)
    where step.hasDenominator:
      extremeQuotient(left, first, right, second, isLeast, into: &result, count)
    case .extreme(let left, let first, let right, let second, let isLeast):
      extreme(left, first, right, second, isLeast, into: &result, count)
    case .section(let operand):
      Kernels.map(words(operand), into: result.words, count) {
        Word(NaceCode.sectionNumber(of: Int(truncatingIfNeeded: $0)))
      }
      copyUnknown(of: operand, into: &result, count)
    case .moved(let day, let duration, let convention):
      moved(day, duration, convention, into: &result, count)
    case .counted(let unit, let kind, let from, let to, let convention):
      counted(unit, kind, from, to, convention, into: &result, count)
    case .periodOf(let day, let length): periodOf(day, length, into: &result, count)
    case .choose(let truth, let first, let left, let second, let right)
    where step.hasDenominator:
      chooseQuotient(truth, first, left, second, right, into: &result, count)
    case .choose(let truth, let first, let left, let second, let right):
      choose(truth, first, left, second, right, into: &result, count)
    case .orElse(let first, let left, let second, let right, let isEvent):
      orElse(first, left, second, right, isEvent, into: &result, count)
    case .tableRow(let table): tableRow(program.tables[table], into: &result, count)
    case .tableNumber(let numbers, let row):
      tableNumber(program.tableNumbers[numbers], row, into: &result, count)
    case .parameter(let parameter, let day):
      self.parameter(program.parameters[parameter], day, into: &result, count)
    case .level(let list, let day, let dates, let values, let isExact):
      level(list, day, dates, values, isExact, step, into: &result, chunk)
    case .periodMoved(let period, let length, let steps):
      periodMoved(period, length, by: steps, into: &result, count)
    case .movedBy(let day, let duration, let isSubtracted, let convention):
      moved(day, by: duration, isSubtracted, convention, into: &result, count)
    case .wordOfTruth(let truth): wordOfTruth(truth, into: &result, count)
    case .convert(let amount, let currency, let day, let rates):
      convert(amount, currency, day, program.rates[rates], into: &result, count)
    case .entity(let entry): entity(entry, step, into: &result)
    case .through: through(step, into: &result)
    case .memberCount(let list, let truth): memberCount(list, truth, into: &result, chunk)
    case .periodDay(let period, let length, let isLast):
      periodDay(period, length, isLast, into: &result, count)
    case .round(let operand, let step, let mode):
      round(operand, to: program.roundingSteps[step], mode, into: &result, count)
    case .memberExtreme(let list, let condition, let body, let isLeast):
      memberExtreme(list, condition, body, isLeast, into: &result, chunk)
    case .memberAverage(let list, let condition, let body):
      memberAverage(list, condition, body, into: &result, chunk)
    case .memberSum(let list, let condition, let body):
      memberSum(list, condition, body, into: &result, chunk)
    case .truth(let value):
      for place in 0..<BitMask.wordCount(count) {
        let full = fullWord(count - place * 64)
        result.yes[place] = value ? full : 0
        result.no[place] = value ? 0 : full
      }
    case .isTrue(let position): isTrue(position, step.list, into: &result, chunk)
    case .compare(let comparison, let left, let right):
      compare(comparison, left, right, into: &result, count)
    case .compareConstant(let operand, let test):
      compareConstant(operand, test, into: &result, count)
    case .and(let operands): junction(operands, isAnd: true, into: &result, count)
    case .or(let operands): junction(operands, isAnd: false, into: &result, count)
    case .chooseTruth(let truth, let first, let second):
      chooseTruth(truth, first, second, into: &result, count)
    case .orElseTruth(let first, let second):
      orElseTruth(first, second, into: &result, count)
    case .isKnown(let operand):
      for place in 0..<BitMask.wordCount(count) {
        let full = fullWord(count - place * 64)
        result.no[place] = unknown(operand, place) & full
        result.yes[place] = ~unknown(operand, place) & full
      }
    case .isNone(let operand):
      test(operand, from: Word(WordCode.none), to: Word(WordCode.none), into: &result, count)
    case .happenedBy(let event, let day): happened(event, day, into: &result, count)
    case .listed(let subject, let list, let from, let to, let mayBeNone):
      listed(
        subject, program.listIndexes[list], from, to, mayBeNone, into: &result, count)
    case .tableHas(let row): test(row, from: 0, to: .max, into: &result, count)
    case .someMember(let list, let truth): someMember(list, truth, into: &result, chunk)
    case .conditionState(let condition, let state):
      workOut(condition, chunk)
      conditionState(condition, state, into: &result, count)
    case .reached: reached(step, into: &result)
    case .leftOpen(let operand): leftOpen(operand, into: &result, count)
    case .unknownTruth:
      for place in 0..<BitMask.wordCount(count) { result.set(place, held: 0, unknown: ~0, full: 0) }
    }
  }

  /// Says that a word overflowed: in narrow words the vector is in vain, in wide ones the rows are
  /// left to the interpreter.
  mutating func overflow(_ result: inout Register<Word>, _ count: Int) {
    noteOverflow()
    if Word.bitWidth > 64 { result.setDoubtful(count) }
  }

  /// Says that a word overflowed in what is left to the interpreter where words are wide.
  mutating func noteOverflow() { hasOverflowed = true }

  mutating func setUnknown(_ result: inout Register<Word>, _ count: Int) {
    for row in 0..<count { result.words[row] = 0 }
    for place in 0..<BitMask.wordCount(count) {
      result.unknown[place] = fullWord(count - place * 64)
    }
  }

  mutating func copyUnknown(of operand: Int, into result: inout Register<Word>, _ count: Int) {
    Kernels<Word>.copy(unknownWords(operand), into: result.unknown, count)
  }

  mutating func joinUnknown(
    of left: Int, _ right: Int, into result: inout Register<Word>, _ count: Int
  ) {
    Kernels<Word>.join(unknownWords(left), unknownWords(right), into: result.unknown, count) {
      $0 | $1
    }
  }

  func range(of list: Int) -> Range<Int> { memberRanges[list] }

  /// Makes the members of a list that is made of others.
  private mutating func makeMembers(of list: Int, _ chunk: borrowing ColumnChunk) {
    isToBeMade[list] = false
    switch program.layout.sources[list] {
    case .facts, .inner, .tree, .levels, .entries: break
    case .again(let other):
      if isToBeMade[other.index] { makeMembers(of: other.index, chunk) }
      memberRanges[list] = memberRanges[other.index]
    case .chain(let tree, let links):
      fillChain(list, tree.index, links, chunk)
      takeMade(list)
    case .pairs(let outer, let inner):
      for part in [outer.index, inner.index] where isToBeMade[part] { makeMembers(of: part, chunk) }
      fillPairs(list, outer.index, inner.index, chunk)
      takeMade(list)
    }
  }

  private mutating func takeMade(_ list: Int) {
    let table = pairs[list]
    memberRanges[list] = 0..<table.inner.count
    for place in 0..<table.excess.count where table.excess[place] != 0 { hasDoubt = true }
  }

  // MARK: Outcomes

  /// Works out a condition's outcomes, once.
  private mutating func workOut(_ condition: Int, _ chunk: borrowing ColumnChunk) {
    guard !isWorkedOut[condition], let first = tests[condition].first else { return }
    if !hasCoverage { findCoverage(chunk) }
    hasCoverage = true
    if parts[condition].isEmpty {
      fill(outcomes[condition], condition, first, chunk)
    } else {
      for index in tests[condition].indices {
        let test = tests[condition][index]
        parts[condition][index].fit(BitMask.wordCount(count(test.list)), in: memory)
        fill(parts[condition][index], test)
      }
      fill(outcomes[condition], condition, tests[condition], parts[condition], chunk)
    }
    isWorkedOut[condition] = true
  }
}
