// How results look in a ledger, out of columns: the part of each condition by what it came to.

import ProvisoBatch
import ProvisoLedger
import ProvisoLog
import ProvisoModel
import ProvisoPlan
import ProvisoQuantities
import ProvisoReports

/// Gives parts of leaves their numbers, and puts the parts of each contract together.
///
/// No text is made up here: the part for what comes up for the first time is the interpreter's, on
/// the first contract that it comes up for, and stands for all that come to the same.
///
/// A class, for it is written to while an executor is at work; it never leaves its thread.
final class LeafShapes {
  private let plan: Plan
  private let question: Question
  private var writer: LeafWriter
  /// By condition: its tests and what may follow, where columns say all that is recorded.
  private let told: [ToldCondition?]
  /// What the interpreter said of a condition that has amounts, by all else that it says.
  private var samples: [ShapeKey: ConditionVerdict] = [:]
  /// By condition: the columns of T and D, where the contracts have their own.
  private let days: [(test: NodeID?, due: NodeID?)]
  private let width: Int

  private let mark = WorkerMark()
  // What is called for each contract does not come back here, so no access has to be watched.
  @exclusivity(unchecked) private var partCount = 0
  /// The conditions of contracts, by their positions.
  private let ofContracts: [Int]
  @exclusivity(unchecked) private var numbers: [ShapeKey: Int32] = [:]
  /// The numbers of parts that depend on the outcome alone, 16 a condition; below 0: not known yet.
  @exclusivity(unchecked) private var plain: [Int32]
  @exclusivity(unchecked) private var sequences: SequenceTable
  @exclusivity(unchecked) private var leaves: PieceLeaves

  /// Of the chunk under way, by row and condition: a part's number, or one of those below 0.
  @exclusivity(unchecked) private var chosen: [Int32] = []
  @exclusivity(unchecked) private var keys: [Int: ShapeKey] = [:]
  @exclusivity(unchecked) private var texts: [Int: [UInt8]] = [:]
  @exclusivity(unchecked) private var amounts: [Int: [ConsequenceValue]] = [:]

  /// The outcome alone says which part.
  private static let byOutcome: Int32 = -1
  /// `keys` says.
  private static let byKey: Int32 = -2
  /// `texts` has it.
  private static let byText: Int32 = -3
  /// `keys` says all but the amounts, and `amounts` has these.
  private static let byAmounts: Int32 = -4
  /// The part of a portfolio condition, where there is one.
  private static let nothing: Int32 = 0
  /// So many parts are known at the most.
  private static let partLimit = 1 << 15

  init(_ columnar: ColumnarRuleset) {
    plan = columnar.plan
    question = columnar.question
    writer = LeafWriter(columnar.ruleset.checked, identity: columnar.ruleset.identity)
    width = plan.conditions.count
    days = plan.conditions.map { condition in
      guard case .lowered(let tests) = condition, tests.count == 1, let test = tests.first,
        test.isPlain
      else { return (nil, nil) }
      return (test.testDay, test.dueDay)
    }
    told = plan.conditions.indices.map { ToldCondition(ConditionID($0), of: columnar.plan) }
    plain = Array(repeating: Self.byOutcome, count: 16 * width)
    sequences = SequenceTable(width: width)
    leaves = PieceLeaves(worker: mark)
    ofContracts = columnar.ruleset.checked.contractConditions
    guard ofContracts.count < width else { return }
    // A portfolio condition has no part in a contract's leaf: an empty one.
    leaves.newParts.append([])
    partCount += 1
  }

  /// Begins a chunk.
  func begin(_ rowCount: Int) {
    chosen.removeAll(keepingCapacity: true)
    chosen.append(contentsOf: repeatElement(Self.byOutcome, count: rowCount * width))
    if ofContracts.count < width {
      for condition in plan.conditions.indices where plan.conditions[condition] == .portfolio {
        for row in 0..<rowCount { chosen[row * width + condition] = Self.nothing }
      }
    }
    keys.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
    amounts.removeAll(keepingCapacity: true)
  }

  // MARK: What parts depend on

  /// Looks at a vector whose outcomes are there: what depends on days of the contracts' own.
  func look(
    _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers, _ verdicts: VerdictColumns
  ) {
    for condition in days.indices where days[condition].test != nil || days[condition].due != nil {
      for row in answers.rows {
        let byte = verdicts.conditions[condition][row]
        // What follows from an outcome may have been noted already.
        guard chosen[row * width + condition] == Self.byOutcome, !chunk.irregular[row],
          byte != OutcomeByte.open, byte != OutcomeByte.undetermined, byte != OutcomeByte.pending,
          byte != OutcomeByte.notGoverned
        else { continue }
        note(condition, byte, row, [], answers)
      }
    }
  }

  /// Notes what a condition's part depends on beside the outcome: the contract's own days, and why
  /// it is open.
  func note(
    _ condition: Int, _ byte: UInt8, _ row: Int, _ atoms: [ReasonAtom],
    _ answers: any VectorAnswers
  ) {
    let key = key(condition, byte, row, atoms, answers)
    choose(key, numbers[key], row)
  }

  /// Notes the same of all rows that masks tell the reasons of.
  func note(
    _ condition: Int, _ masks: ReasonMasks, from firstRow: Int, _ answers: any VectorAnswers
  ) {
    let hasDays = days[condition].test != nil || days[condition].due != nil
    // Few mixes of reasons occur: by which of them a row has, its key and the number it has.
    var mixes: [(outcome: UInt8, mix: UInt64, number: Int32?)] = []
    var mixKeys: [ShapeKey] = []
    for place in masks.single.indices {
      let pending = masks.pending[place]
      var bits = (masks.undetermined[place] | pending) & ~masks.single[place]
      while bits != 0 {
        let bit = UInt64(bits.trailingZeroBitCount)
        bits &= bits - 1
        let row = firstRow + place * 64 + Int(bit)
        let outcome = pending >> bit & 1 == 1 ? OutcomeByte.pending : OutcomeByte.undetermined
        var mix: UInt64 = 0
        for index in 0..<min(masks.reasons.count, 64) {
          mix |= (masks.reasons[index].rows[place] >> bit & 1) << UInt64(index)
        }
        if !hasDays, masks.reasons.count <= 64,
          let known = mixes.firstIndex(where: { $0.mix == mix && $0.outcome == outcome })
        {
          if let number = mixes[known].number {
            chosen[row * width + condition] = number
          } else {
            choose(mixKeys[known], nil, row)
          }
          continue
        }
        let atoms = masks.reasons.compactMap { $0.rows[place] >> bit & 1 == 1 ? $0.atom : nil }
        let key = key(condition, outcome, row, atoms, answers)
        let number = numbers[key]
        if !hasDays {
          mixes.append((outcome, mix, number))
          mixKeys.append(key)
        }
        choose(key, number, row)
      }
    }
  }

  /// Notes what a condition with several tests, or with consequences, came to; false where only the
  /// interpreter can say it.
  func note(
    _ condition: Int, _ byte: UInt8, _ tests: [ColumnTest], _ row: Int,
    _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers
  ) -> Bool {
    guard let told = told[condition] else { return false }
    var key = ShapeKey(condition: condition, outcome: byte)
    for test in tests {
      var atoms: [ReasonAtom] = []
      if test.outcome == OutcomeByte.undetermined || test.outcome == OutcomeByte.pending {
        answers.reasons(of: ConditionID(condition), test, row, chunk, into: &atoms)
        if atoms.contains(.unexplained) { return false }
      }
      let plan = told.tests[test.part]
      key.tests.append(
        TestKey(
          part: test.part, outcome: test.outcome, day: day(plan.testDay, row, answers),
          due: day(plan.dueDay, row, answers), atoms: atoms))
    }
    guard let amounts = told.amounts(after: tests, row, chunk, answers) else { return false }
    guard amounts.isEmpty else {
      let place = row * width + condition
      chosen[place] = Self.byAmounts
      keys[place] = key
      self.amounts[place] = amounts
      return true
    }
    choose(key, numbers[key], row)
    return true
  }

  private func key(
    _ condition: Int, _ byte: UInt8, _ row: Int, _ atoms: [ReasonAtom],
    _ answers: any VectorAnswers
  ) -> ShapeKey {
    ShapeKey(
      condition: condition, outcome: byte, test: day(days[condition].test, row, answers),
      due: day(days[condition].due, row, answers), atoms: atoms)
  }

  private func choose(_ key: ShapeKey, _ number: Int32?, _ row: Int) {
    let place = row * width + key.condition
    chosen[place] = number ?? Self.byKey
    if number == nil { keys[place] = key }
  }

  private func day(_ node: NodeID?, _ row: Int, _ answers: any VectorAnswers) -> Int64 {
    guard let node else { return 0 }
    switch answers.value(node, .date, row) {
    case .date(let date): return Int64(date.dayNumber)
    case nil: return .min
    default: return .max
    }
  }

  /// Takes up what the interpreter says of a condition.
  func take(_ verdict: ConditionVerdict, _ row: Int) {
    let place = row * width + verdict.condition.index
    chosen[place] = Self.byText
    texts[place] = text(verdict)
  }

  private func text(_ verdict: ConditionVerdict) -> [UInt8] {
    writer.part(verdict, isFirst: verdict.condition.index == ofContracts.first)
  }

  /// A condition's part as the interpreter says it of a contract, with another's amounts.
  private func text(_ sample: ConditionVerdict, _ amounts: [ConsequenceValue]) -> [UInt8] {
    if let verdict = sample.with(amounts) { return text(verdict) }
    leaves.failure =
      leaves.failure
      ?? .notRecordable("the interpreter says otherwise what follows than columns do")
    return []
  }

  // MARK: Leaves

  /// Puts the leaves of a chunk together, once all its outcomes are there.
  ///
  /// - Parameters:
  ///   - values: By determination and row: what it came to.
  ///   - rows: Where each contract stands in the piece.
  ///   - interpret: What the interpreter says of a condition of a row.
  func finish(
    _ verdicts: VerdictColumns, _ values: [[Answer?]], _ piece: PortfolioPiece,
    _ rows: ArraySlice<PieceRow>, interpret: (Int, Int) -> ConditionVerdict?
  ) {
    // Out of the object while they are worked on, so that no access has to be watched.
    var chosen: [Int32] = []
    var sequences = SequenceTable(width: 0)
    swap(&chosen, &self.chosen)
    swap(&sequences, &self.sequences)
    choosePlain(&chosen, verdicts)
    addDigests(piece, rows)
    // The rows with a part of no number, ascending: few.
    var apart: [Int] = []
    for (row, outcome) in verdicts.contracts.enumerated() {
      if !values.isEmpty { addTail(values, row, outcome) }
      guard outcome != OutcomeByte.notGoverned, isAnyBelowZero(chosen, row) else { continue }
      let start = row * width
      for place in start..<start + width where chosen[place] < 0 {
        chosen[place] = number(chosen[place], row, place, verdicts, interpret)
      }
      if isAnyBelowZero(chosen, row) { apart.append(row) }
    }
    sequences.prepare(chosen)
    let firstRow = leaves.sequences.count
    var numbered: [Int32] = []
    numbered.reserveCapacity(verdicts.contracts.count)
    var nextApart = apart.makeIterator()
    var rowApart = nextApart.next()
    for (row, outcome) in verdicts.contracts.enumerated() {
      guard outcome != OutcomeByte.notGoverned else {
        leaves.rows[firstRow + row] = []
        numbered.append(PieceLeaves.apart)
        continue
      }
      let range = row * width..<(row + 1) * width
      let isApart = row == rowApart
      if isApart { rowApart = nextApart.next() }
      guard !isApart, let found = sequences.number(row, of: chosen) else {
        leaves.rows[firstRow + row] = range.map { place in
          chosen[place] < 0 ? .own(texts[place] ?? []) : .known(Int(chosen[place]))
        }
        numbered.append(PieceLeaves.apart)
        continue
      }
      if found.isNew { leaves.newSequences += chosen[range] }
      numbered.append(found.number)
    }
    leaves.sequences += numbered
    swap(&chosen, &self.chosen)
    swap(&sequences, &self.sequences)
  }

  /// Whether a row has a part that is told otherwise than by its number.
  private func isAnyBelowZero(_ chosen: [Int32], _ row: Int) -> Bool {
    let parts = chosen.span
    var all: Int32 = 0
    for place in row * width..<(row + 1) * width { all |= parts[place] }
    return all < 0
  }

  /// Chooses the parts that depend on the outcome alone.
  private func choosePlain(_ chosen: inout [Int32], _ verdicts: VerdictColumns) {
    for condition in 0..<width {
      let table = Array(plain[(16 * condition)..<(16 * condition + 16)])
      var place = condition
      for byte in verdicts.conditions[condition] {
        if chosen[place] == Self.byOutcome { chosen[place] = table[Int(byte & 15)] }
        place += width
      }
    }
  }

  /// The number of a part that is not known yet; below 0 where it has none and `texts` has it.
  private func number(
    _ choice: Int32, _ row: Int, _ place: Int, _ verdicts: VerdictColumns,
    _ interpret: (Int, Int) -> ConditionVerdict?
  ) -> Int32 {
    if choice == Self.byText { return choice }
    let condition = place - row * width
    if choice == Self.byAmounts, let key = keys[place], let sample = samples[key] {
      texts[place] = text(sample, amounts[place] ?? [])
      return Self.byText
    }
    let byte = verdicts.conditions[condition][row]
    let isOpen = byte == OutcomeByte.undetermined || byte == OutcomeByte.pending
    let key = keys[place] ?? ShapeKey(condition: condition, outcome: byte)
    // Why something is open was looked at, or only the interpreter can say.
    let isShared = choice == Self.byKey || !isOpen
    if isShared, let known = numbers[key] { return known }
    guard let verdict = interpret(condition, row), OutcomeByte.byte(verdict.outcome) == byte else {
      leaves.failure =
        leaves.failure
        ?? .notRecordable("the interpreter says otherwise of a contract than columns do")
      return Self.byText
    }
    if choice == Self.byAmounts {
      if samples.count < Self.partLimit { samples[key] = verdict }
      texts[place] = text(verdict, amounts[place] ?? [])
      return Self.byText
    }
    let text = text(verdict)
    guard isShared, partCount < Self.partLimit else {
      texts[place] = text
      return Self.byText
    }
    let number = Int32(truncatingIfNeeded: partCount)
    partCount += 1
    leaves.newParts.append(text)
    numbers[key] = number
    if choice == Self.byOutcome { plain[16 * condition + Int(byte & 15)] = number }
    return number
  }

  private func addTail(_ values: [[Answer?]], _ row: Int, _ outcome: UInt8) {
    let results =
      outcome == OutcomeByte.notGoverned
      ? []
      : values.indices.map { index in
        DeterminationResult(
          determination: index, value: values[index][row] ?? .unknown(.none), exception: nil,
          requests: [], derivation: nil)
      }
    leaves.tails.append(
      writer.tail(
        results, knownAt: question.knownAt, outcome: OutcomeByte.outcome(outcome) ?? .notGoverned))
  }

  private func addDigests(_ piece: PortfolioPiece, _ rows: ArraySlice<PieceRow>) {
    let digests: Result<[LogHash], CryptoFailure> = piece.bytes.withUnsafeBytes { bytes in
      // In an array of its own, so that nobody asks for each contract whether it is shared.
      var digests: [LogHash] = []
      digests.reserveCapacity(rows.count)
      do throws(CryptoFailure) {
        for row in rows {
          if let table = piece.contractRows[row.text.lowerBound] {
            var state = HashState()
            table.withUnsafeBytes { state.take($0) }
            digests.append(try state.finish())
          } else {
            let line = UnsafeRawBufferPointer(rebasing: bytes[row.text])
            digests.append(try LogHash(of: trimmed(line)))
          }
        }
        return .success(digests)
      } catch { return .failure(error) }
    }
    do throws(CryptoFailure) {
      leaves.digests += try digests.get()
    } catch {
      leaves.failure = leaves.failure ?? .crypto(error)
    }
  }

  /// The leaves of all chunks of a piece, and a fresh start.
  func takeLeaves() -> PieceLeaves {
    let taken = leaves
    leaves = PieceLeaves(worker: mark)
    return taken
  }
}
