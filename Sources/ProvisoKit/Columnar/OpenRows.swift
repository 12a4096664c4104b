// Which rows of a vector are left to the interpreter, value by value.

import ProvisoBatch
import ProvisoPlan

/// Remembers for one vector which rows of each value only the interpreter can say.
struct OpenRows {
  private var rows: [NodeID: [UInt64]] = [:]

  /// Begins a vector.
  mutating func begin() { rows.removeAll(keepingCapacity: true) }

  /// Whether only the interpreter can say a value of a row of the chunk.
  mutating func contain(
    _ row: Int, of node: NodeID, _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers
  ) -> Bool {
    guard answers.mayBeOpen else { return false }
    let place = row - answers.rows.lowerBound
    if let known = rows[node] { return known[place / 64] >> UInt64(place % 64) & 1 == 1 }
    let found = answers.openRows(of: node, chunk)
    rows[node] = found
    return found[place / 64] >> UInt64(place % 64) & 1 == 1
  }
}
