// The worker that reads and decides the pieces of a portfolio; one for each thread.

import ProvisoBatch
import ProvisoContracts
import ProvisoInterpreter
import ProvisoModel
import ProvisoPlan
import ProvisoQuantities
import ProvisoSource

/// Answers for one piece after the other.
///
/// What it answers about a piece depends on that piece alone, whatever it answered before.
package struct ColumnarWorker {
  private let columnar: ColumnarRuleset
  private let questions: PieceQuestions?
  private var executor: Executor
  private var chunk: ColumnChunk
  private var reader: PlainLineReader
  private let tally: PieceTally
  private let rows: PieceRows?
  private let shapes: LeafShapes?
  private let contributions: ContributionTally?
  /// How many contracts the last piece had: the next will have about as many.
  private var usualCount = 0

  /// The most contracts that are held in columns at once. No power of two: columns that lie one
  /// apart would have their rows in the same few places of the nearest cache.
  private static let capacity = 8_256

  /// A worker for a ruleset.
  ///
  /// - Parameter questions: What is asked beside the verdicts; nil for nothing.
  package init(_ columnar: ColumnarRuleset, _ questions: PieceQuestions? = nil) {
    self.columnar = columnar
    self.questions = questions
    executor = Executor(columnar.layout)
    chunk = ColumnChunk(layout: columnar.layout, capacity: Self.capacity)
    reader = columnar.reader
    let shapes = questions?.records == true ? LeafShapes(columnar) : nil
    self.shapes = shapes
    tally = PieceTally(
      columnar, keepsValues: questions?.table != nil || shapes != nil, shapes: shapes)
    rows = questions.map { PieceRows(columnar, $0) }
    contributions = questions?.collects == true ? ContributionTally(columnar.plan) : nil
  }

  /// How many lines were read by the order seen last, and how many in any order.
  package var lineCounts: (predicted: Int, walked: Int) {
    (reader.predictedCount, reader.walkedCount)
  }

  /// Reads and decides the contracts of a piece.
  ///
  /// - Parameter repeated: Lines that bear the id of an earlier line, with that line where it is
  ///   known; they are rejected.
  package mutating func check(
    _ piece: PortfolioPiece, rejecting repeated: [Int: Int?] = [:]
  ) -> CheckedPiece {
    var checked = CheckedPiece(
      piece, conditionCount: columnar.plan.conditions.count, hashesIDs: questions != nil)
    if piece.isTooLong {
      checked.rejected.append(RejectedContract(tooLong: piece.firstLine))
      if questions != nil { checked.summary = tally.takeSummary() }
      return checked
    }
    checked.makeRoom(usualCount + usualCount / 16)
    defer { usualCount = checked.rows.count }
    // Decimals found in another piece must not reach into this one.
    chunk.forgetDecimals()
    var start = 0
    var line = piece.firstLine
    while start < piece.count {
      chunk.removeAll()
      let firstRow = checked.rows.count
      var contracts: [Int: Contract] = [:]
      while start < piece.count, !chunk.isFull {
        // Nearly all lines are as the one before, and need no look for their end.
        let isFollowed = piece.broken.isEmpty && repeated.isEmpty
        if isFollowed,
          let (id, end) = reader.readNext(
            piece.bytes.span, from: start, limit: piece.count, into: &chunk)
        {
          checked.add(PieceRow(line: piece.lineNumber(line), text: start..<end, id: id))
          start = end + 1
          line += 1
          continue
        }
        let end = piece.lineEnd(from: start)
        let number = piece.lineNumber(line)
        if let reason = piece.broken[line - piece.firstLine] {
          checked.rejected.append(RejectedContract(broken: reason, line: number))
        } else {
          read(start, end, number, isFollowed, &checked, &contracts, repeated)
        }
        start = end + 1
        line += 1
      }
      decide(&checked, from: firstRow, contracts)
    }
    if questions != nil { checked.summary = tally.takeSummary() }
    checked.leaves = shapes?.takeLeaves()
    checked.contributions = contributions?.take()
    return checked
  }

  // MARK: Reading

  private mutating func read(
    _ start: Int, _ end: Int, _ line: Int, _ isFollowed: Bool, _ checked: inout CheckedPiece,
    _ contracts: inout [Int: Contract], _ repeated: [Int: Int?]
  ) {
    let piece = checked.piece
    if !repeated.isEmpty, let earlier = repeated[line] {
      let whole = readWhole(Array(piece.bytes[start..<end]), line)
      checked.rejected.append(
        RejectedContract(repeating: whole.contract?.id, line: line, earlier: earlier))
      return
    }
    // A line that was followed in vain is not followed again.
    let found =
      isFollowed
      ? reader.readInAnyOrder(piece.bytes.span, from: start, to: end, into: &chunk)
      : reader.read(piece.bytes.span, from: start, to: end, into: &chunk)
    if let id = found {
      return checked.add(PieceRow(line: line, text: start..<end, id: id))
    }
    guard piece.bytes[start..<end].contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D })
    else { return }
    // What is not plain the general reader reads, or refuses.
    let (reading, rejection) = readWhole(Array(piece.bytes[start..<end]), line)
    if let rejection { checked.rejected.append(rejection) }
    guard let contract = reading else { return }
    contracts[checked.rows.count] = contract
    checked.add(PieceRow(line: line, text: start..<end, id: nil), id: contract.id)
    chunk.append(contract)
  }

  private func readWhole(
    _ bytes: [UInt8], _ line: Int
  ) -> (contract: Contract?, rejection: RejectedContract?) {
    columnar.ruleset.contract(ofLine: bytes, line, of: "")
  }

  // MARK: Deciding

  private mutating func decide(
    _ checked: inout CheckedPiece, from firstRow: Int, _ contracts: [Int: Contract]
  ) {
    guard chunk.count > 0 else { return }
    var verdicts: VerdictColumns
    let asks = questions != nil
    if asks {
      let (tally, shapes, contributions) = (tally, shapes, contributions)
      tally.begin(chunk.count)
      shapes?.begin(chunk.count)
      contributions?.begin(chunk.count, from: firstRow)
      verdicts = executor.verdicts(of: chunk) { chunk, answers, verdicts in
        tally.look(chunk, answers, &verdicts)
        shapes?.look(chunk, answers, verdicts)
        contributions?.look(chunk, answers)
      }
    } else {
      verdicts = executor.verdicts(of: chunk)
    }
    let asksMore = asks && tally.hasOpenDeterminations
    for row in 0..<chunk.count {
      let determinations = asksMore ? tally.openDeterminations(row) : []
      guard verdicts.isOpen(row) || !determinations.isEmpty else { continue }
      guard let contract = contract(firstRow + row, checked, contracts) else { continue }
      checked.interpretedCount += interpret(contract, row, &verdicts, determinations)
    }
    if asks {
      checked.notGovernedCount += tally.count(verdicts)
      rows?.write(verdicts, tally.values, from: firstRow, to: &checked)
    }
    if let shapes {
      let question = columnar.question
      shapes.finish(
        verdicts, tally.values, checked.piece, checked.rows[firstRow...]
      ) { condition, row in
        contract(firstRow + row, checked, contracts).flatMap { contract in
          columnar.ruleset.evaluator.evaluate(
            condition: ConditionID(condition), of: contract, asOf: question.asOf,
            knownAt: question.knownAt, tracing: .verdictsOnly)
        }
      }
    }
    contributions?.finish(verdicts) { contract($0, checked, contracts) }
    checked.verdicts.append(verdicts)
  }

  /// The contract of a row as the interpreter takes it.
  private func contract(
    _ place: Int, _ checked: CheckedPiece, _ contracts: [Int: Contract]
  ) -> Contract? {
    contracts[place]
      ?? readWhole(Array(checked.piece.bytes[checked.rows[place].text]), 0).contract
  }

  /// Has the interpreter decide what is open of a row; how much that was.
  private mutating func interpret(
    _ contract: Contract, _ row: Int, _ verdicts: inout VerdictColumns, _ determinations: Set<Int>
  ) -> Int {
    let evaluator = columnar.ruleset.evaluator
    let question = columnar.question
    let isWhole = chunk.irregular[row] || !determinations.isEmpty || columnar.plan.isGovernsOpen
    var open: [Int] = []
    for (index, column) in verdicts.conditions.enumerated()
    where !column.isEmpty && column[row] == OutcomeByte.open {
      open.append(index)
    }
    var found: [ConditionVerdict] = []
    var results: [DeterminationResult] = []
    var isGoverned = true
    var outcome: Outcome?
    if isWhole || open.count > 2 {
      let verdict = evaluator.evaluate(
        contract, asOf: question.asOf, knownAt: question.knownAt, tracing: .verdictsOnly)
      isGoverned = verdict.outcome != .notGoverned
      outcome = verdict.outcome
      found = verdict.conditions.filter { open.contains($0.condition.index) }
      let isAll = chunk.irregular[row]
      results = verdict.determinations.filter { isAll || determinations.contains($0.determination) }
    } else {
      found = open.compactMap { index in
        evaluator.evaluate(
          condition: ConditionID(index), of: contract, asOf: question.asOf,
          knownAt: question.knownAt, tracing: .verdictsOnly)
      }
    }
    for index in open { verdicts.conditions[index][row] = OutcomeByte.notGoverned }
    for verdict in found {
      verdicts.conditions[verdict.condition.index][row] = OutcomeByte.byte(verdict.outcome)
    }
    if let outcome = outcome ?? (open.isEmpty ? nil : verdicts.contractOutcome(row)) {
      verdicts.contracts[row] = OutcomeByte.byte(outcome)
    }
    if questions != nil, isGoverned { tally.add(found, results, row) }
    if let shapes { for verdict in found { shapes.take(verdict, row) } }
    return open.count + (isGoverned ? results.count : 0)
  }
}

/// Checks a portfolio piece by piece, and hands the answers over in the order of its lines.
///
/// - Parameter take: Takes the answers on one piece; false ends the run.
/// - Returns: Why reading stopped before the end of the file; nil where it did not.
package func checkColumns(
  _ columnar: ColumnarRuleset, _ pieces: PortfolioPieces, threads: Int,
  take: @escaping (CheckedPiece) -> Bool
) -> FileFailure? {
  workInOrder(
    threads: threads, next: { pieces.next() }, makeWorker: { ColumnarWorker(columnar) },
    work: { worker, piece in worker.check(piece) }, finish: take)
  return pieces.failure
}
