// The verdicts of a portfolio as a table: a row for each contract, in CSV or JSON Lines.

package import ProvisoModel
import ProvisoReports

/// Writes the rows of a table of verdicts: id, outcome, one column for each condition of a
/// contract, one for each determination. The names of several versions stand once each.
package struct PortfolioTable: Sendable {
  /// How a row is written.
  package enum Form: String, Sendable, CaseIterable {
    /// RFC 4180, with a header.
    case csv
    /// One object a line.
    case jsonl
  }

  let form: Form
  private let rulesets: [CheckedRuleset]
  let conditions: [String]
  let determinations: [String]
  private let isSeveral: Bool

  /// A table for the versions of a ruleset.
  package init(_ editions: Editions, _ form: Form = .csv) {
    self.form = form
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

  /// The header, with its line end; nothing for lines of JSON.
  package var header: String {
    guard form == .csv else { return "" }
    return csvRow(
      ["id", "outcome"] + (isSeveral ? ["version"] : []) + conditions + determinations)
  }

  /// The row of a verdict, with its line end.
  package func row(_ verdict: ContractVerdict, edition: Int) -> String {
    let ruleset = rulesets[edition]
    let outcomes = conditions.map { name in
      verdict.conditions.first { ruleset[$0.condition].name == name }?.outcome
    }
    let printer = ValuePrinter(ruleset)
    let amounts = determinations.map { name -> String? in
      let found = verdict.determinations.first {
        ruleset.determinations[$0.determination].name == name
      }
      return found.map {
        printer.exactText($0.value, ruleset.determinations[$0.determination].type)
      }
    }
    return row(
      verdict.contractID, verdict.outcome,
      version: verdict.outcome == .notGoverned ? nil : ruleset.version, outcomes, amounts)
  }

  /// The row of a contract: its outcomes in the order of `conditions`, and its determinations; nil
  /// where there is none.
  func row(
    _ id: String, _ outcome: Outcome, version: String?, _ outcomes: [Outcome?],
    _ amounts: [String?]
  ) -> String {
    switch form {
    case .csv:
      var cells = [id, outcome.rawValue]
      if isSeveral { cells.append(version ?? "") }
      cells += outcomes.map { $0?.rawValue ?? "" }
      cells += amounts.map { $0 ?? "" }
      return csvRow(cells)
    case .jsonl:
      var members = [
        JSONMember("id", .string(id)), JSONMember("outcome", .string(outcome.rawValue)),
      ]
      if isSeveral { members.append(JSONMember("version", JSONValue(version))) }
      members.append(
        JSONMember(
          "conditions",
          .object(
            zip(conditions, outcomes).map { JSONMember($0, JSONValue($1?.rawValue)) })))
      members.append(
        JSONMember(
          "determinations",
          .object(zip(determinations, amounts).map { JSONMember($0, JSONValue($1)) })))
      return JSONValue.object(members).canonicalText + "\n"
    }
  }

  /// The header of a file of rejected lines.
  package static var rejectedHeader: String { csvRow(["line", "id", "code", "reason"]) }

  /// The row of a rejected line.
  package static func row(_ contract: RejectedContract) -> String {
    csvRow([
      "\(contract.line)", contract.id ?? "", contract.code ?? "", neutralised(contract.reason),
    ])
  }
}

/// A row of RFC 4180; a cell is quoted where it must be.
func csvRow(_ cells: [String]) -> String {
  cells.map { cell in
    let isPlain = cell.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0A && $0 != 0x0D }
    return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }.joined(separator: ",") + "\n"
}
