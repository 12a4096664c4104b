// The executor: a plan made ready, asked about one chunk of a portfolio after the other.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// Answers a plan's questions about chunks of contracts in columns.
///
/// One executor works for one thread. Chunks may come in any order: nothing is carried from one to
/// the next but room.
package struct Executor {
  package let layout: ColumnLayout
  private let lists: [ListedOn: ListIndex]
  private let rests: [[Int]]
  private var narrow: VectorMachine<Int64>?
  private var wide: VectorMachine<Int128>?
  private var decimals: [[Int]] = []
  /// How many vectors had to be run with wide words.
  package private(set) var wideVectorCount = 0

  /// Makes a plan ready.
  package init(_ layout: ColumnLayout) {
    self.layout = layout
    var lists: [ListedOn: ListIndex] = [:]
    for node in layout.plan.nodes {
      if case .listed(_, let on, _, _, _) = node.kind, lists[on] == nil {
        lists[on] = ListIndex(on, in: layout.plan.ruleset)
      }
    }
    self.lists = lists
    rests = Self.rests(of: layout.plan)
  }

  /// The outcomes of a chunk's contracts.
  ///
  package mutating func verdicts(of chunk: borrowing ColumnChunk) -> VerdictColumns {
    verdicts(of: chunk) { _, _, _ in }
  }

  /// The outcomes of a chunk's contracts.
  ///
  /// - Parameter look: Called for each vector as soon as its outcomes are there, to ask for
  ///   reasons and amounts; these are gone with the next vector.
  package mutating func verdicts(
    of chunk: borrowing ColumnChunk,
    look: (borrowing ColumnChunk, any VectorAnswers, inout VerdictColumns) -> Void
  ) -> VerdictColumns {
    bind(chunk)
    var verdicts = VerdictColumns(conditionCount: layout.plan.conditions.count)
    verdicts.open = Array(repeating: 0, count: BitMask.wordCount(chunk.count))
    verdicts.contracts = Array(repeating: OutcomeByte.notApplicable, count: chunk.count)
    for (index, plan) in layout.plan.conditions.enumerated() {
      switch plan {
      case .portfolio: continue
      case .interpreted: verdicts.open = Array(repeating: ~0, count: verdicts.open.count)
      case .lowered: break
      }
      verdicts.conditions[index] = Array(repeating: OutcomeByte.open, count: chunk.count)
    }
    let step = VectorMachine<Int64>.vectorRows
    var first = 0
    while first < chunk.count {
      let rows = first..<min(first + step, chunk.count)
      run(chunk, rows, into: &verdicts, look)
      first += step
    }
    return verdicts
  }

  private mutating func run(
    _ chunk: borrowing ColumnChunk, _ rows: Range<Int>, into verdicts: inout VerdictColumns,
    _ look: (borrowing ColumnChunk, any VectorAnswers, inout VerdictColumns) -> Void
  ) {
    guard var machine = narrow else { return }
    narrow = nil
    defer { narrow = machine }
    machine.run(chunk, rows)
    guard machine.hasOverflowed else {
      write(machine.outcomes, rows, into: &verdicts)
      look(chunk, machine, &verdicts)
      return
    }
    wideVectorCount += 1
    var wider = wide ?? VectorMachine(program(chunk))
    wide = nil
    wider.run(chunk, rows)
    write(wider.outcomes, rows, into: &verdicts)
    look(chunk, wider, &verdicts)
    wide = wider
  }

  private func write(
    _ outcomes: [OutcomeMasks], _ rows: Range<Int>, into verdicts: inout VerdictColumns
  ) {
    for (index, plan) in layout.plan.conditions.enumerated() {
      if case .lowered = plan { write(outcomes[index], rows, into: &verdicts, index) }
    }
    writeContracts(outcomes, rows, into: &verdicts)
  }

  /// A contract's outcome is the worst that a condition has; those left to the interpreter are not
  /// looked at.
  private func writeContracts(
    _ outcomes: [OutcomeMasks], _ rows: Range<Int>, into verdicts: inout VerdictColumns
  ) {
    var bytes = verdicts.contracts.mutableSpan
    for place in 0..<BitMask.wordCount(rows.count) {
      var (breached, undetermined, pending, met): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
      var notGoverned: UInt64 = 0
      for (index, plan) in layout.plan.conditions.enumerated() {
        guard case .lowered = plan else { continue }
        breached |= outcomes[index].breached[place]
        undetermined |= outcomes[index].undetermined[place]
        pending |= outcomes[index].pending[place]
        met |= outcomes[index].met[place] | outcomes[index].exempt[place]
        notGoverned |= outcomes[index].notGoverned[place]
      }
      undetermined &= ~(breached | notGoverned)
      breached &= ~notGoverned
      pending &= ~(breached | undetermined | notGoverned)
      met &= ~(breached | undetermined | pending | notGoverned)
      let notApplicable = ~(breached | undetermined | pending | met | notGoverned)
      write(
        low: breached | notApplicable, middle: undetermined | notApplicable | notGoverned,
        high: pending | notGoverned, rows, place, into: &bytes)
    }
  }

  /// Writes 64 bytes, or what is left of them, from the masks of their bits: see `OutcomeByte`.
  @inline(__always)
  private func write(
    low: UInt64, middle: UInt64, high: UInt64, _ rows: Range<Int>, _ place: Int,
    into bytes: inout MutableSpan<UInt8>
  ) {
    let first = rows.lowerBound + place * 64
    let count = min(64, rows.upperBound - first)
    var row = 0
    while row < count {
      // Eight rows at once: each bit becomes the lowest of a byte.
      let shift = UInt64(row)
      var word = spreadBits(low >> shift) | spreadBits(middle >> shift) << 1
      word |= spreadBits(high >> shift) << 2
      for offset in row..<min(row + 8, count) {
        bytes[first + offset] = UInt8(truncatingIfNeeded: word)
        word >>= 8
      }
      row += 8
    }
  }

  // MARK: Binding

  /// Binds the plan to the decimals of a chunk, where they are others than the last one's.
  private mutating func bind(_ chunk: borrowing ColumnChunk) {
    var current = [chunk.rows.decimals]
    for table in chunk.members { current.append(table.decimals) }
    if current == decimals, narrow != nil { return }
    decimals = current
    narrow = VectorMachine(program(chunk))
    wide = nil
  }

  private func program<Word: FixedWidthInteger & SignedInteger & Sendable>(
    _ chunk: borrowing ColumnChunk
  ) -> BoundProgram<Word> {
    BoundProgram(
      layout, rowDecimals: chunk.rows.decimals, memberDecimals: chunk.members.map(\.decimals),
      lists: lists, rests: rests)
  }

  /// By condition: every node that it rests on.
  private static func rests(of plan: Plan) -> [[Int]] {
    plan.conditions.map { condition in
      guard case .lowered(let test) = condition else { return [] }
      var seen = Set<Int>()
      var open = test.roots
      if let governs = plan.governs { open.append(governs.day) }
      while let node = open.popLast() {
        if seen.insert(node.index).inserted { open += plan[node].kind.operands }
      }
      return seen.sorted()
    }
  }

  // MARK: Bytes

  private func write(
    _ masks: OutcomeMasks, _ rows: Range<Int>, into verdicts: inout VerdictColumns,
    _ condition: Int
  ) {
    var bytes = verdicts.conditions[condition].mutableSpan
    for place in 0..<BitMask.wordCount(rows.count) {
      let doubt = masks.doubt[place]
      write(
        low: masks.breached[place] | masks.notApplicable[place] | masks.exempt[place] | doubt,
        middle: masks.undetermined[place] | masks.notApplicable[place] | masks.notGoverned[place]
          | doubt,
        high: masks.pending[place] | masks.exempt[place] | masks.notGoverned[place] | doubt, rows,
        place, into: &bytes)
    }
    for place in 0..<BitMask.wordCount(rows.count) {
      verdicts.open[rows.lowerBound / 64 + place] |= masks.doubt[place]
    }
  }
}

/// The lowest eight bits, each as the lowest of a byte.
@inline(__always)
private func spreadBits(_ bits: UInt64) -> UInt64 {
  // Seven copies of the low seven bits, seven apart, bring bit n to place 8n; the eighth goes
  // alone.
  let low = bits & 0x7F
  let copies = low | low << 7 | low << 14 | low << 21 | low << 28 | low << 35 | low << 42
  return copies & 0x0001_0101_0101_0101 | (bits & 0x80) << 49
}
