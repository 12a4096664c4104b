// A ruleset lowered for a question, and the worker that answers it for pieces of a portfolio.

package import ProvisoBatch
import ProvisoContracts
import ProvisoInterpreter
import ProvisoModel
package import ProvisoPlan
import ProvisoQuantities
import ProvisoSource

/// A ruleset made ready to answer one question about many contracts.
package struct ColumnarRuleset: Sendable {
  package let ruleset: LoadedRuleset
  package let question: Question
  package let layout: ColumnLayout

  /// Lowers a ruleset, as of the question's day.
  package init(_ ruleset: LoadedRuleset, _ question: Question) {
    self.ruleset = ruleset
    self.question = question
    layout = ColumnLayout(Plan.lower(ruleset.checked, asOf: question.asOf))
  }

  /// The plan.
  package var plan: Plan { layout.plan }
}

/// A contract of a piece, and where it came from.
package struct PieceRow: Sendable {
  package let line: Int
  /// Where its text stands in the piece.
  package let text: Range<Int>
  /// Where its id stands between its quotes; nil where it is in `ids`.
  package let id: Range<Int>?
}

/// A line that is no contract.
package struct PieceRejection: Sendable {
  package let line: Int
  package let id: String?
  package let code: String?
  package let reason: String
}

/// What a worker answers about a piece.
package struct CheckedPiece: Sendable {
  package let piece: PortfolioPiece
  /// The contracts, in the order of their lines.
  package fileprivate(set) var rows: [PieceRow] = []
  /// Ids that are written with escapes, by row. Lookup only.
  package fileprivate(set) var ids: [Int: String] = [:]
  /// The lines that are no contract.
  package fileprivate(set) var rejected: [PieceRejection] = []
  /// One byte a row and condition.
  package fileprivate(set) var verdicts: VerdictColumns
  /// How many conditions of rows the interpreter decided.
  package fileprivate(set) var interpretedCount = 0

  /// The id of a row.
  package func id(_ row: Int) -> String {
    if let range = rows[row].id { return String(decoding: piece.bytes[range], as: UTF8.self) }
    return ids[row] ?? ""
  }
}

/// Answers for one piece after the other; one for each thread.
package struct ColumnarWorker {
  private let columnar: ColumnarRuleset
  private var executor: Executor
  private var chunk: ColumnChunk
  private var reader: PlainLineReader

  /// The most contracts that are held in columns at once.
  private static let capacity = 8_192

  /// A worker for a ruleset.
  package init(_ columnar: ColumnarRuleset) {
    self.columnar = columnar
    executor = Executor(columnar.layout)
    chunk = ColumnChunk(layout: columnar.layout, capacity: Self.capacity)
    reader = PlainLineReader(columnar.layout)
  }

  /// How many lines were read by the order seen last, and how many in any order.
  package var lineCounts: (predicted: Int, walked: Int) {
    (reader.predictedCount, reader.walkedCount)
  }

  /// Reads and decides the contracts of a piece.
  package mutating func check(_ piece: PortfolioPiece) -> CheckedPiece {
    var checked = CheckedPiece(
      piece: piece, verdicts: VerdictColumns(conditionCount: columnar.plan.conditions.count))
    if piece.isTooLong {
      checked.rejected.append(
        PieceRejection(
          line: piece.firstLine, id: nil, code: nil,
          reason: "the line is longer than \(Files.contractLimitBytes >> 20) MiB"))
      return checked
    }
    var start = 0
    var line = piece.firstLine
    while start < piece.count {
      chunk.removeAll()
      let firstRow = checked.rows.count
      var contracts: [Int: Contract] = [:]
      while start < piece.count, !chunk.isFull {
        let end = lineEnd(piece, from: start)
        read(piece, start, end, line, &checked, &contracts)
        start = end + 1
        line += 1
      }
      decide(&checked, from: firstRow, contracts)
    }
    return checked
  }

  /// The offset of the next line end, or of the end of the lines.
  private func lineEnd(_ piece: PortfolioPiece, from start: Int) -> Int {
    let bytes = piece.bytes.span
    let words = bytes.bytes
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    var place = start
    // A byte that equals the line end is zero after the exclusion: plus 0x7F it stays below 0x80.
    while place < piece.count {
      let word = words.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self) ^ (ones * 0x0A)
      let found = ~(((word & ~high) + (ones * 0x7F)) | word) & high
      if found != 0 { return min(place + found.trailingZeroBitCount / 8, piece.count) }
      place += 8
    }
    return piece.count
  }

  private mutating func read(
    _ piece: PortfolioPiece, _ start: Int, _ end: Int, _ line: Int,
    _ checked: inout CheckedPiece, _ contracts: inout [Int: Contract]
  ) {
    if let id = reader.read(piece.bytes.span, from: start, to: end, into: &chunk) {
      checked.rows.append(PieceRow(line: line, text: start..<end, id: id))
      return
    }
    guard piece.bytes[start..<end].contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D })
    else { return }
    // What is not plain the general reader reads, or refuses.
    let (reading, rejection) = readWhole(Array(piece.bytes[start..<end]), line)
    if let rejection { checked.rejected.append(rejection) }
    guard let contract = reading else { return }
    let row = checked.rows.count
    checked.rows.append(PieceRow(line: line, text: start..<end, id: nil))
    checked.ids[row] = contract.id
    chunk.append(contract)
    contracts[row] = contract
  }

  private func readWhole(_ bytes: [UInt8], _ line: Int) -> (Contract?, PieceRejection?) {
    let checked = columnar.ruleset.checked
    let file = SourceFile(id: SourceID(checked.sources.count), name: "", bytes: bytes)
    let reading = readContract(file, for: checked)
    if let contract = reading.contract { return (contract, nil) }
    let error = reading.diagnostics.first { $0.severity == .error }
    let place = error?.path.map { "`\($0)`: " } ?? ""
    return (
      nil,
      PieceRejection(
        line: line, id: nil, code: error?.code.rawValue,
        reason: place + (error?.message ?? "it cannot be read"))
    )
  }

  // MARK: Deciding

  private mutating func decide(
    _ checked: inout CheckedPiece, from firstRow: Int, _ contracts: [Int: Contract]
  ) {
    guard chunk.count > 0 else { return }
    var verdicts = executor.verdicts(of: chunk)
    for row in 0..<chunk.count where verdicts.isOpen(row) {
      defer { verdicts.contracts[row] = OutcomeByte.byte(verdicts.contractOutcome(row)) }
      let place = firstRow + row
      let known =
        contracts[place] ?? readWhole(Array(checked.piece.bytes[checked.rows[place].text]), 0).0
      guard let contract = known else { continue }
      for index in verdicts.conditions.indices
      where !verdicts.conditions[index].isEmpty
        && verdicts.conditions[index][row] == OutcomeByte.open
      {
        let verdict = columnar.ruleset.evaluator.evaluate(
          condition: ConditionID(index), of: contract, asOf: columnar.question.asOf,
          knownAt: columnar.question.knownAt, tracing: .verdictsOnly)
        verdicts.conditions[index][row] = OutcomeByte.byte(verdict?.outcome ?? .notGoverned)
        checked.interpretedCount += 1
      }
    }
    checked.verdicts.append(verdicts)
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
