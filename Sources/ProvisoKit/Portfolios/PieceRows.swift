// Rows of the table of verdicts, and the contracts to list, straight out of columns.

import ProvisoBatch
import ProvisoModel
import ProvisoReports

/// Writes the rows of a chunk, and notes the contracts that were asked for.
struct PieceRows: Sendable {
  private let ruleset: CheckedRuleset
  private let questions: PieceQuestions
  /// The conditions of contracts, in the order of the table.
  private let conditions: [Int]
  /// The condition that the filter is about; nil: the contract.
  private let filtered: Int?
  private let filterByte: UInt8?
  /// By outcome's byte: a comma and its word.
  private let words: [[UInt8]]

  init(_ columnar: ColumnarRuleset, _ questions: PieceQuestions) {
    ruleset = columnar.ruleset.checked
    self.questions = questions
    conditions = columnar.ruleset.checked.conditions.indices.filter {
      !columnar.ruleset.checked.conditions[$0].isPortfolio
    }
    filtered = questions.filter?.condition.flatMap { name in
      columnar.ruleset.checked.conditions.firstIndex { $0.name == name }
    }
    filterByte = questions.filter.map { OutcomeByte.byte($0.outcome) }
    words = (0..<16).map { byte in
      Array(",".utf8) + Array((OutcomeByte.outcome(UInt8(byte))?.rawValue ?? "").utf8)
    }
  }

  /// Takes up the rows of a chunk.
  func write(
    _ verdicts: VerdictColumns, _ values: [[Answer?]], from firstRow: Int,
    to checked: inout CheckedPiece
  ) {
    guard questions.filter != nil || questions.table != nil else { return }
    for row in verdicts.contracts.indices {
      let place = firstRow + row
      if let filterByte {
        let byte = filtered.map { verdicts.conditions[$0][row] } ?? verdicts.contracts[row]
        guard byte == filterByte else { continue }
        checked.listed.append(place)
      }
      guard let table = questions.table else { continue }
      if table.form == .csv, let id = checked.rows[place].id, isPlain(checked.piece.bytes, id) {
        checked.table += checked.piece.bytes[id]
        let isGoverned = verdicts.contracts[row] != OutcomeByte.notGoverned
        checked.table += words[Int(verdicts.contracts[row])]
        for condition in conditions {
          if isGoverned {
            checked.table += words[Int(verdicts.conditions[condition][row])]
          } else {
            checked.table.append(0x2C)
          }
        }
        for index in values.indices {
          checked.table.append(0x2C)
          if let text = text(values[index][row], index, isGoverned) {
            checked.table += Array(text.utf8)
          }
        }
        checked.table.append(0x0A)
        continue
      }
      checked.table += Array(generalRow(table, verdicts, values, row, checked.id(place)).utf8)
    }
  }

  private func generalRow(
    _ table: PortfolioTable, _ verdicts: VerdictColumns, _ values: [[Answer?]], _ row: Int,
    _ id: String
  ) -> String {
    let outcome = OutcomeByte.outcome(verdicts.contracts[row]) ?? .notGoverned
    let isGoverned = outcome != .notGoverned
    return table.row(
      id, outcome, version: isGoverned ? ruleset.version : nil,
      conditions.map { isGoverned ? OutcomeByte.outcome(verdicts.conditions[$0][row]) : nil },
      values.indices.map { text(values[$0][row], $0, isGoverned) })
  }

  /// A determination as the table says it; nil where there is none.
  private func text(_ value: Answer?, _ index: Int, _ isGoverned: Bool) -> String? {
    guard isGoverned else { return nil }
    guard let value else { return "unknown" }
    return ValuePrinter(ruleset).exactText(value, ruleset.determinations[index].type)
  }

  private func isPlain(_ bytes: [UInt8], _ id: Range<Int>) -> Bool {
    !bytes[id].contains(0x2C)
  }
}
