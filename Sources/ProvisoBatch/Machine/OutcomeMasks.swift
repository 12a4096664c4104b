// The outcome table over masks: the first row that fits, 64 contracts at a time.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// For each outcome of a plain test the rows that have it.
struct OutcomeMasks {
  let notGoverned: Lane<UInt64>
  let notApplicable: Lane<UInt64>
  let exempt: Lane<UInt64>
  let pending: Lane<UInt64>
  let met: Lane<UInt64>
  let undetermined: Lane<UInt64>
  let breached: Lane<UInt64>
  /// The rows that only the interpreter can decide, whatever the other masks say.
  let doubt: Lane<UInt64>

  init(_ size: Int, in memory: RegisterMemory) {
    notGoverned = memory.take(size, of: 0)
    notApplicable = memory.take(size, of: 0)
    exempt = memory.take(size, of: 0)
    pending = memory.take(size, of: 0)
    met = memory.take(size, of: 0)
    undetermined = memory.take(size, of: 0)
    breached = memory.take(size, of: 0)
    doubt = memory.take(size, of: 0)
  }
}

/// A condition's test as the machine asks for it: nodes by their positions.
struct BoundTest {
  let list: Int?
  let selection: Int?
  let testDay: Int?
  let dueDay: Int?
  let applies: Int?
  let holds: Int
  let exceptions: OperandRange
  let doubts: OperandRange
  /// Whether it asks for evidence, which a plain contract lacks, and whether that is a breach.
  let lacksEvidence: Bool
  /// Whether a breach may be cured: what became of it, the interpreter says.
  let isCurable: Bool
  let isBreachWithoutEvidence: Bool

  /// - Parameter operands: Takes up the nodes that a test has any number of.
  init(_ test: TestPlan, into operands: inout [Int]) {
    list = test.list?.index
    selection = test.selection?.index
    testDay = test.testDay?.index
    dueDay = test.dueDay?.index
    applies = test.applies?.index
    holds = test.holds.index
    exceptions = OperandRange(test.exceptions.map(\.index), into: &operands)
    doubts = OperandRange(test.doubts.map(\.when.index), into: &operands)
    lacksEvidence = !test.evidence.isEmpty
    isCurable = test.isCurable
    isBreachWithoutEvidence = test.evidence.contains(where: \.isBreachWhenMissing)
  }
}

/// The outcomes of one of several tests, and which of its days lie after A.
struct TestMasks {
  private(set) var outcomes: OutcomeMasks
  private(set) var days: (test: DayMasks, due: DayMasks)
  private var size: Int

  init(_ size: Int, in memory: RegisterMemory) {
    self.size = size
    outcomes = OutcomeMasks(size, in: memory)
    days = (DayMasks(size, in: memory), DayMasks(size, in: memory))
  }

  /// Makes room for so many words of members; what was there is gone.
  mutating func fit(_ size: Int, in memory: RegisterMemory) {
    if size > self.size { self = TestMasks(max(size, 2 * self.size), in: memory) }
  }
}

/// What is said of the rows under way whatever condition is asked about.
struct Coverage {
  /// The rows that only the interpreter can decide.
  let irregular: Lane<UInt64>
  /// The rows for which the ruleset is known to be, and those for which it is known not to be.
  let covered: Lane<UInt64>
  let uncovered: Lane<UInt64>

  init(_ size: Int, in memory: RegisterMemory) {
    irregular = memory.take(size, of: 0)
    covered = memory.take(size, of: 0)
    uncovered = memory.take(size, of: 0)
  }
}

/// Which days of a column lie after A.
struct DayMasks {
  let after: Lane<UInt64>
  let unknown: Lane<UInt64>

  init(_ size: Int, in memory: RegisterMemory) {
    after = memory.take(size, of: 0)
    unknown = memory.take(size, of: 0)
  }
}

extension OutcomeMasks {
  /// The three bits of the outcomes of 64 rows: see `OutcomeByte`.
  @inline(__always)
  func bits(_ place: Int) -> (low: UInt64, middle: UInt64, high: UInt64) {
    let open = doubt[place]
    return (
      breached[place] | notApplicable[place] | exempt[place] | open,
      undetermined[place] | notApplicable[place] | notGoverned[place] | open,
      pending[place] | exempt[place] | notGoverned[place] | open
    )
  }
}

extension VectorMachine {
  /// The outcomes of a condition's only test for the rows under way (docs/language.md, "Outcomes").
  mutating func fill(
    _ masks: OutcomeMasks, _ condition: Int, _ test: BoundTest, _ chunk: borrowing ColumnChunk
  ) {
    let later = test.testDay.map { days(after: $0, dayMasks.test, rowCount) }
    let due = test.dueDay.map { days(after: $0, dayMasks.due, rowCount) } ?? later
    for place in 0..<BitMask.wordCount(rowCount) {
      let full = fullWord(rowCount - place * 64)
      masks.doubt[place] = (doubt(condition, place, chunk) | coverage.irregular[place]) & full
      masks.notGoverned[place] = coverage.uncovered[place]
      // Beside row 1 it may be unknown whether the ruleset is for the contract.
      decide(
        masks, test, later, due, place, among: full & ~coverage.uncovered[place],
        undetermined: ~coverage.covered[place])
      if test.isCurable { masks.doubt[place] |= masks.breached[place] }
    }
  }

  /// The outcomes of up to 64 tests, row by row of the table.
  ///
  /// - Parameters:
  ///   - all: Where there is a test.
  ///   - doubtful: Where it is undetermined whatever it would find.
  @inline(__always)
  func decide(
    _ masks: OutcomeMasks, _ test: BoundTest, _ later: DayMasks?, _ due: DayMasks?, _ place: Int,
    among all: UInt64, undetermined doubtful: UInt64
  ) {
    // Row 1: T or D cannot be computed.
    var undetermined =
      all & ((later?.unknown[place] ?? 0) | (due?.unknown[place] ?? 0) | doubtful)
    var rest = all & ~undetermined

    let applies = test.applies.map { yes($0, place) } ?? ~0
    masks.notApplicable[place] = rest & (test.applies.map { no($0, place) } ?? 0)
    rest &= ~masks.notApplicable[place]

    var exempt: UInt64 = 0
    var openExemption: UInt64 = 0
    for index in test.exceptions.positions {
      let exception = testOperands[index]
      exempt |= yes(exception, place)
      openExemption |= ~(yes(exception, place) | no(exception, place))
    }
    masks.exempt[place] = rest & applies & exempt
    rest &= ~masks.exempt[place]

    let early = rest & (later?.after[place] ?? 0)
    rest &= ~early

    let notDue = due?.after[place] ?? 0
    let (holds, fails) = decide(
      test, yes(test.holds, place), no(test.holds, place), place, notDue, openExemption)
    masks.met[place] = rest & applies & holds
    rest &= ~masks.met[place]
    masks.pending[place] = early | (rest & notDue)
    rest &= ~notDue
    masks.breached[place] = rest & applies & fails
    undetermined |= rest & ~(applies & fails)
    masks.undetermined[place] = undetermined
  }

  /// Where the statement, its doubts and its evidence hold, and where they do not.
  @inline(__always)
  private func decide(
    _ test: BoundTest, _ statementHolds: UInt64, _ statementFails: UInt64, _ place: Int,
    _ notDue: UInt64, _ openExemption: UInt64
  ) -> (holds: UInt64, fails: UInt64) {
    var holds = test.lacksEvidence ? 0 : statementHolds
    var fails = statementFails
    for index in test.doubts.positions { holds &= no(testOperands[index], place) }
    if test.isBreachWithoutEvidence { fails |= ~notDue }
    return (holds & ~fails, fails & ~openExemption)
  }

  // MARK: Days

  func days(after day: Int, _ masks: DayMasks, _ count: Int) -> DayMasks {
    Kernels.test(
      words(day), from: Word(asOf) + 1, to: .max, isInverted: false, into: masks.after, count)
    let unknown = unknownWords(day)
    for place in 0..<BitMask.wordCount(count) {
      masks.unknown[place] = unknown[place]
      masks.after[place] &= ~unknown[place]
    }
    return masks
  }

  // MARK: What is said of all conditions

  /// Finds which rows only the interpreter can decide, and for which the ruleset is.
  mutating func findCoverage(_ chunk: borrowing ColumnChunk) {
    for place in 0..<BitMask.wordCount(rowCount) {
      coverage.irregular[place] = bits(of: chunk.irregular.words.span, from: firstRow + place * 64)
      let (covered, uncovered) = governed(place, fullWord(rowCount - place * 64))
      coverage.covered[place] = covered
      coverage.uncovered[place] = uncovered
    }
  }

  /// The rows for which the ruleset is known to be, and those for which it is known not to be.
  private func governed(_ place: Int, _ full: UInt64) -> (covered: UInt64, uncovered: UInt64) {
    guard let governs = program.layout.plan.governs else { return (full, 0) }
    let source = words(governs.day.index)
    var outside: UInt64 = 0
    let from = governs.from.map { Word($0.dayNumber) }
    let until = governs.until.map { Word($0.dayNumber) }
    var notADay: UInt64 = 0
    for row in place * 64..<min(place * 64 + 64, rowCount) {
      let day = source[row]
      let bit: UInt64 = 1 << UInt64(row % 64)
      if day == Word(WordCode.none) {
        notADay |= bit
      } else if let from, day < from {
        outside |= bit
      } else if let until, day >= until {
        outside |= bit
      }
    }
    let known = full & ~unknownWords(governs.day.index)[place] & ~notADay
    return (known & ~outside, known & outside)
  }
}
