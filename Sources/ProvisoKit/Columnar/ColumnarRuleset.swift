// A ruleset lowered for a question, and what answering it for a piece of a portfolio gives.

package import ProvisoBatch
package import ProvisoModel
package import ProvisoPlan

/// A ruleset made ready to answer one question about many contracts.
package struct ColumnarRuleset: Sendable {
  package let ruleset: LoadedRuleset
  package let question: Question
  package let layout: ColumnLayout
  /// A reader that has met no line yet: each worker takes a copy, and what a line may hold is
  /// looked up once.
  let reader: PlainLineReader

  /// Lowers a ruleset, as of the question's day.
  package init(_ ruleset: LoadedRuleset, _ question: Question) {
    self.ruleset = ruleset
    self.question = question
    layout = ColumnLayout(Plan.lower(ruleset.checked, asOf: question.asOf))
    reader = PlainLineReader(layout)
  }

  /// The plan.
  package var plan: Plan { layout.plan }

  /// How many conditions of contracts are decided in columns, and how many by the interpreter.
  package var conditionCounts: (columns: Int, interpreter: Int) {
    var counts = (columns: 0, interpreter: 0)
    for condition in plan.conditions {
      switch condition {
      case .lowered: counts.columns += 1
      case .interpreted: counts.interpreter += 1
      case .portfolio: break
      }
    }
    return counts
  }
}

/// What is asked of a piece beside its verdicts.
package struct PieceQuestions: Sendable {
  /// Which contracts to list and to write; nil: all are written and none is listed.
  package let filter: PortfolioFilter?
  /// The table to write rows of; nil where none is asked for.
  package let table: PortfolioTable?
  /// Whether the results are recorded in a ledger.
  package let records: Bool
  /// Whether something is asked of all contracts together.
  package let collects: Bool

  /// Questions.
  package init(
    filter: PortfolioFilter?, table: PortfolioTable?, records: Bool = false, collects: Bool = false
  ) {
    self.filter = filter
    self.table = table
    self.records = records
    self.collects = collects
  }
}

/// A contract of a piece, and where it came from.
package struct PieceRow: Sendable {
  package let line: Int
  /// Where its text stands in the piece.
  package let text: Range<Int>
  /// Where its id stands between its quotes, in plain ASCII; nil where it is in `ids`.
  package let id: Range<Int>?
}

/// What a worker answers about a piece.
package struct CheckedPiece: Sendable {
  package let piece: PortfolioPiece
  /// The contracts, in the order of their lines.
  package internal(set) var rows: [PieceRow] = []
  /// Ids that are written with escapes, by row. Lookup only.
  package internal(set) var ids: [Int: String] = [:]
  /// By row: the hash of its id; only where something is asked beside the verdicts.
  package internal(set) var idHashes: [UInt64] = []
  /// The lines that are no contract, in the order of the file.
  package internal(set) var rejected: [RejectedContract] = []
  /// One byte a row and condition.
  package internal(set) var verdicts: VerdictColumns
  /// How many conditions and determinations of rows the interpreter decided.
  package internal(set) var interpretedCount = 0
  /// What the contracts come to; only where it was asked for.
  package internal(set) var summary: PortfolioSummary?
  /// How many contracts the ruleset is not for.
  package internal(set) var notGovernedCount = 0
  /// The rows of the table.
  package internal(set) var table: [UInt8] = []
  /// The rows that were asked to be listed.
  package internal(set) var listed: [Int] = []
  /// The leaves of the rows, where results are recorded.
  package internal(set) var leaves: PieceLeaves?
  /// What the contracts contribute to questions over all of them, where some are asked.
  package internal(set) var contributions: PieceContributions?

  /// Whether hashes of ids are kept.
  private let hashesIDs: Bool

  init(_ piece: PortfolioPiece, conditionCount: Int, hashesIDs: Bool) {
    self.piece = piece
    self.hashesIDs = hashesIDs
    verdicts = VerdictColumns(conditionCount: conditionCount)
  }

  /// The id of a row.
  package func id(_ row: Int) -> String {
    if let range = rows[row].id { return String(decoding: piece.bytes[range], as: UTF8.self) }
    return ids[row] ?? ""
  }

  /// Makes room for so many rows.
  mutating func makeRoom(_ count: Int) {
    rows.reserveCapacity(count)
    if hashesIDs { idHashes.reserveCapacity(count) }
  }

  /// Adds a row, and the hash of its id while its line has just been read: later it would be
  /// fetched from the memory again.
  ///
  /// - Parameter id: The id, where it does not stand in the line as it is.
  @inline(__always)
  mutating func add(_ row: PieceRow, id: String = "") {
    if row.id == nil { ids[rows.count] = id }
    rows.append(row)
    guard hashesIDs else { return }
    idHashes.append(
      row.id.map { place in
        piece.bytes.span.bytes.extracting(place).withUnsafeBytes { SeenIdentifiers.hash($0) }
      } ?? SeenIdentifiers.hash(id.utf8))
  }
}
