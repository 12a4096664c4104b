// The rows of a table as they are asked: in which order, and how the one that fits is found.

import ProvisoModel

/// Rows of a table with as many `other` cells each, by position.
struct TableRows: Sendable {
  let positions: [Int]
  /// The positions by what the first key must be, where every row names one value there: a table
  /// may have a row for each activity and country.
  let byFirstKey: [Value: [Int]]?

  private init(_ positions: [Int], of table: DecisionTable) {
    self.positions = positions
    var byFirstKey: [Value: [Int]]? = [:]
    for position in positions {
      if case .value(let value)? = table.rows[position].cells.first {
        byFirstKey?[value, default: []].append(position)
      } else {
        byFirstKey = nil
      }
    }
    self.byFirstKey = byFirstKey
  }

  /// The rows that may fit, in order, where the first key is known to be a value.
  func positions(firstKey: Value?) -> [Int] {
    guard let byFirstKey, let firstKey else { return positions }
    return byFirstKey[firstKey] ?? []
  }

  /// The rows of a table by how many cells say `other`: those with fewer are asked first.
  static func ordered(of table: DecisionTable) -> [TableRows] {
    var orders = [[Int]](repeating: [], count: table.keys.count + 1)
    for (position, row) in table.rows.enumerated() {
      let others = row.cells.count { if case .other = $0 { true } else { false } }
      if orders.indices.contains(others) { orders[others].append(position) }
    }
    return orders.map { TableRows($0, of: table) }
  }
}
