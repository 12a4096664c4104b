// A piece of a portfolio decided by two rulesets, and where they differ.

import ProvisoBatch
import ProvisoModel
import ProvisoReports

/// What two rulesets say of a piece. Row by row they speak of the same contracts: those that both
/// could read.
struct ComparedPiece: Sendable {
  let before: CheckedPiece
  let after: CheckedPiece
  /// Lines that neither ruleset can read, and those that one of them cannot.
  let rejected: [RejectedContract]
  let rejectedBefore: [RejectedContract]
  let rejectedAfter: [RejectedContract]
  /// How contracts, and then each condition, came out before and after: a bin for each pair.
  fileprivate(set) var contracts = PairBins()
  fileprivate(set) var conditions: [PairBins] = []
  /// The rows of which something changed.
  fileprivate(set) var changed: [Int] = []
  /// Their rows of the table, where one is written.
  fileprivate(set) var table: [UInt8] = []
}

/// How often each pair of outcomes occurs.
struct PairBins: Hashable, Sendable {
  private var bins = [Int](repeating: 0, count: 256)

  mutating func add(_ before: [UInt8], _ after: [UInt8]) {
    for row in 0..<min(before.count, after.count) {
      bins[Int(before[row] & 15) << 4 | Int(after[row] & 15)] += 1
    }
  }

  /// The pairs that occur.
  var occurring: [(before: Outcome, after: Outcome, count: Int)] {
    bins.enumerated().compactMap { place, count in
      guard count > 0 else { return nil }
      return (
        OutcomeByte.outcome(UInt8(place >> 4)) ?? .notGoverned,
        OutcomeByte.outcome(UInt8(place & 15)) ?? .notGoverned, count
      )
    }
  }
}

/// Decides pieces by both rulesets; one for each thread.
struct ComparingWorker {
  private var before: ColumnarWorker
  private var after: ColumnarWorker
  private let conditions: [ComparedCondition]
  private let writesTable: Bool

  init(
    _ before: ColumnarRuleset, _ after: ColumnarRuleset, _ conditions: [ComparedCondition],
    writesTable: Bool
  ) {
    let questions = PieceQuestions(filter: nil, table: nil)
    self.before = ColumnarWorker(before, questions)
    self.after = ColumnarWorker(after, questions)
    self.conditions = conditions
    self.writesTable = writesTable
  }

  /// Decides a piece.
  ///
  /// - Parameter repeated: Lines that bear the id of an earlier line, with that line where it is
  ///   known.
  mutating func compare(
    _ piece: PortfolioPiece, rejecting repeated: [Int: Int?] = [:]
  ) -> ComparedPiece {
    var old = before.check(piece, rejecting: repeated)
    var new = after.check(piece, rejecting: repeated)
    let (refusedOld, refusedNew) = (Set(old.rejected.map(\.line)), Set(new.rejected.map(\.line)))
    let both = new.rejected.filter { refusedOld.contains($0.line) }
    let onlyOld = old.rejected.filter { !refusedNew.contains($0.line) }
    let onlyNew = new.rejected.filter { !refusedOld.contains($0.line) }
    // What one of them cannot read cannot be compared, and must not count for the other either.
    if !onlyNew.isEmpty { old = before.check(piece, rejecting: passing(over: onlyNew, repeated)) }
    if !onlyOld.isEmpty { new = after.check(piece, rejecting: passing(over: onlyOld, repeated)) }
    var compared = ComparedPiece(
      before: old, after: new, rejected: both, rejectedBefore: onlyOld, rejectedAfter: onlyNew)
    compare(&compared)
    return compared
  }

  private func passing(
    over lines: [RejectedContract], _ repeated: [Int: Int?]
  ) -> [Int: Int?] {
    var all = repeated
    for line in lines { all[line.line] = .some(nil) }
    return all
  }

  private func compare(_ piece: inout ComparedPiece) {
    let (old, new) = (piece.before.verdicts, piece.after.verdicts)
    let count = min(old.contracts.count, new.contracts.count)
    var differs = [Bool](repeating: false, count: count)
    piece.contracts.add(old.contracts, new.contracts)
    for row in 0..<count where old.contracts[row] != new.contracts[row] { differs[row] = true }
    for condition in conditions {
      var bins = PairBins()
      if let before = condition.before, let after = condition.after {
        let (oldColumn, newColumn) = (old.conditions[before.index], new.conditions[after.index])
        bins.add(oldColumn, newColumn)
        for row in 0..<min(count, oldColumn.count, newColumn.count)
        where oldColumn[row] != newColumn[row] { differs[row] = true }
      }
      piece.conditions.append(bins)
    }
    for row in 0..<count where differs[row] {
      piece.changed.append(row)
      if writesTable { piece.table += Array(tableRow(row, piece).utf8) }
    }
  }

  private func tableRow(_ row: Int, _ piece: ComparedPiece) -> String {
    var cells = [
      piece.before.id(row), piece.before.outcome(row).rawValue, piece.after.outcome(row).rawValue,
    ]
    for condition in conditions {
      let before = piece.before.outcome(of: condition.before, row)
      let after = piece.after.outcome(of: condition.after, row)
      cells.append(
        before == after ? "" : "\(before?.rawValue ?? "-") > \(after?.rawValue ?? "-")")
    }
    return csvRow(cells)
  }
}

extension CheckedPiece {
  /// How a contract came out.
  func outcome(_ row: Int) -> Outcome {
    OutcomeByte.outcome(verdicts.contracts[row]) ?? .notGoverned
  }

  /// How a condition of a contract came out; nil of no condition.
  func outcome(of condition: ConditionID?, _ row: Int) -> Outcome? {
    guard let condition, verdicts.conditions.indices.contains(condition.index) else { return nil }
    let column = verdicts.conditions[condition.index]
    return column.indices.contains(row) ? OutcomeByte.outcome(column[row]) : nil
  }
}
