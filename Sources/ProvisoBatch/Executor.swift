// The executor: a plan made ready, asked about one chunk of a portfolio after the other.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// Answers a plan's questions about chunks of contracts in columns.
///
/// One executor works for one thread, and is not copied: a copy would work in the same registers.
/// Chunks may come in any order: nothing is carried from one to the next but room.
package struct Executor {
  package let layout: ColumnLayout
  private let lists: [ListedOn: ListIndex]
  private let rests: [[Int]]
  /// By condition: whether it has a plan.
  private let lowered: [Bool]
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
    lowered = layout.plan.conditions.map { if case .lowered = $0 { true } else { false } }
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
    verdicts.uncertain = verdicts.open
    for (index, plan) in layout.plan.conditions.enumerated() {
      switch plan {
      case .portfolio: continue
      case .interpreted: verdicts.open = Array(repeating: ~0, count: verdicts.open.count)
      case .lowered: break
      }
      verdicts.conditions[index] = Array(repeating: OutcomeByte.open, count: chunk.count)
    }
    let step = VectorMachine<Int64>.vectorRows
    chunk.withWords { words in
      narrow?.lend(words)
      var first = 0
      while first < chunk.count {
        let rows = first..<min(first + step, chunk.count)
        run(chunk, rows, into: &verdicts, look)
        first += step
      }
      narrow?.lend([])
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
      writeUncertain(machine, rows, chunk, into: &verdicts)
      look(chunk, NarrowAnswers(machine: machine), &verdicts)
      return
    }
    wideVectorCount += 1
    var wider = wide ?? VectorMachine(program(chunk))
    wide = nil
    wider.run(chunk, rows)
    write(wider.outcomes, rows, into: &verdicts)
    writeUncertain(wider, rows, chunk, into: &verdicts)
    look(chunk, wider, &verdicts)
    wide = wider
  }

  private func write(
    _ outcomes: [OutcomeMasks], _ rows: Range<Int>, into verdicts: inout VerdictColumns
  ) {
    for (index, isLowered) in lowered.enumerated() where isLowered {
      write(outcomes[index], rows, into: &verdicts, index)
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
      for (index, isLowered) in lowered.enumerated() where isLowered {
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

  /// A contract of which it is not known whether the ruleset is for it is undetermined, even where
  /// no condition has a test that could say so.
  private func writeUncertain<Word>(
    _ machine: borrowing VectorMachine<Word>, _ rows: Range<Int>,
    _ chunk: borrowing ColumnChunk, into verdicts: inout VerdictColumns
  ) {
    guard let governs = layout.plan.governs else { return }
    for row in 0..<rows.count where machine.isCoverageOpen(row) {
      let place = rows.lowerBound + row
      // What the interpreter decides it decides whole.
      if chunk.irregular[place] || machine.isOpen(governs.day, place, chunk) { continue }
      verdicts.uncertain[place / 64] |= 1 << UInt64(place % 64)
      verdicts.contracts[place] = OutcomeByte.undetermined
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
      var word = spreadBits(low >> shift)
      // Few conditions have outcomes of each kind.
      if middle != 0 { word |= spreadBits(middle >> shift) << 1 }
      if high != 0 { word |= spreadBits(high >> shift) << 2 }
      if row + 8 <= count {
        var raw = bytes.mutableBytes
        raw.storeBytes(of: word.littleEndian, toByteOffset: first + row, as: UInt64.self)
      } else {
        for offset in row..<count {
          bytes[first + offset] = UInt8(truncatingIfNeeded: word)
          word >>= 8
        }
      }
      row += 8
    }
  }

  // MARK: One contract

  /// The outcomes of one contract of a chunk: a byte by condition of the ruleset, `open` for one
  /// that is left to the interpreter and for a portfolio condition.
  ///
  /// A vector of a single row; it costs what its operations cost, and makes nothing but the
  /// answers.
  package mutating func outcomes(
    of row: Int, in chunk: borrowing ColumnChunk, into bytes: inout [UInt8]
  ) {
    bind(chunk)
    let count = layout.plan.conditions.count
    if bytes.count != count { bytes = Array(repeating: OutcomeByte.open, count: count) }
    guard row >= 0, row < chunk.count else { return }
    // Where it stands: taken out and put back, a machine would be moved twice.
    narrow?.run(chunk, row..<row + 1)
    if let outcomes = narrow?.outcomes, narrow?.hasOverflowed == false {
      return write(outcomes, into: &bytes)
    }
    wideVectorCount += 1
    var wider = wide ?? VectorMachine(program(chunk))
    wide = nil
    wider.run(chunk, row..<row + 1)
    write(wider.outcomes, into: &bytes)
    wide = wider
  }

  private func write(_ outcomes: [OutcomeMasks], into bytes: inout [UInt8]) {
    for (index, isLowered) in lowered.enumerated() where isLowered {
      let bits = outcomes[index].bits(0)
      bytes[index] = UInt8(bits.low & 1 | (bits.middle & 1) << 1 | (bits.high & 1) << 2)
    }
  }

  // MARK: Binding

  /// Binds the plan to the decimals of a chunk, where they are others than the last one's.
  private mutating func bind(_ chunk: borrowing ColumnChunk) {
    if narrow != nil, isBound(to: chunk) { return }
    decimals = [chunk.rows.decimals] + chunk.members.map(\.decimals)
    narrow = VectorMachine(program(chunk))
    wide = nil
  }

  private func isBound(to chunk: borrowing ColumnChunk) -> Bool {
    guard decimals.count == chunk.members.count + 1, decimals[0] == chunk.rows.decimals else {
      return false
    }
    for list in chunk.members.indices where decimals[list + 1] != chunk.members[list].decimals {
      return false
    }
    return true
  }

  private func program<Word: MachineWord>(
    _ chunk: borrowing ColumnChunk
  ) -> BoundProgram<Word> {
    BoundProgram(
      layout, rowDecimals: chunk.rows.decimals, memberDecimals: chunk.members.map(\.decimals),
      lists: lists, rests: rests)
  }

  /// By condition: every node that it rests on.
  private static func rests(of plan: Plan) -> [[Int]] {
    plan.conditions.map { condition in
      guard case .lowered(let tests) = condition else { return [] }
      var seen = Set<Int>()
      var open = tests.flatMap(\.roots)
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
      let (low, middle, high) = masks.bits(place)
      write(low: low, middle: middle, high: high, rows, place, into: &bytes)
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
  let copies = (bits & 0x7F) * 0x0000_0408_1020_4081
  return copies & 0x0001_0101_0101_0101 | (bits & 0x80) << 49
}
