// The verdicts of a portfolio as CSV: a row for each contract.

package import ProvisoModel
import ProvisoReports

/// Writes the rows of a table of verdicts: id, outcome, one column for each condition of a
/// contract, one for each determination. The names of several versions stand once each.
package struct PortfolioTable: Sendable {
  private let rulesets: [CheckedRuleset]
  private let conditions: [String]
  private let determinations: [String]
  private let isSeveral: Bool

  /// A table for the versions of a ruleset.
  package init(_ editions: Editions) {
    rulesets = editions.rulesets.map(\.checked)
    isSeveral = editions.isSeveral
    var conditions: [String] = []
    var determinations: [String] = []
    for ruleset in rulesets {
      for condition in ruleset.conditions
      where !condition.isPortfolio && !conditions.contains(condition.name) {
        conditions.append(condition.name)
      }
      for determination in ruleset.determinations where !determinations.contains(determination.name)
      {
        determinations.append(determination.name)
      }
    }
    self.conditions = conditions
    self.determinations = determinations
  }

  /// The header, with its line end.
  package var header: String {
    row(["id", "outcome"] + (isSeveral ? ["version"] : []) + conditions + determinations)
  }

  /// The row of a verdict, with its line end.
  package func row(_ verdict: ContractVerdict, edition: Int) -> String {
    let ruleset = rulesets[edition]
    let printer = ValuePrinter(ruleset)
    var cells = [verdict.contractID, verdict.outcome.rawValue]
    if isSeveral { cells.append(verdict.outcome == .notGoverned ? "" : ruleset.version) }
    for name in conditions {
      let found = verdict.conditions.first { ruleset[$0.condition].name == name }
      cells.append(found?.outcome.rawValue ?? "")
    }
    for name in determinations {
      let found = verdict.determinations.first {
        ruleset.determinations[$0.determination].name == name
      }
      cells.append(
        found.map { printer.exactText($0.value, ruleset.determinations[$0.determination].type) }
          ?? "")
    }
    return row(cells)
  }

  /// The header of a file of rejected lines.
  package static var rejectedHeader: String { csvRow(["line", "id", "code", "reason"]) }

  /// The row of a rejected line.
  package static func row(_ contract: RejectedContract) -> String {
    csvRow([
      "\(contract.line)", contract.id ?? "", contract.code ?? "", neutralised(contract.reason),
    ])
  }

  private func row(_ cells: [String]) -> String { csvRow(cells) }
}

/// A row of RFC 4180; a cell is quoted where it must be.
private func csvRow(_ cells: [String]) -> String {
  cells.map { cell in
    let isPlain = cell.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0A && $0 != 0x0D }
    return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }.joined(separator: ",") + "\n"
}
