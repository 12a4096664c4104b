// Numbers written as text with their field's own unit: "EUR 1250.50", "37178165 tCO2e", "25%".

import ProvisoPlan
import ProvisoQuantities

extension LineWalk {
  /// Reads a string that is a number with the unit of its field; any other unit, and `million` and
  /// the like, the general reader takes.
  ///
  /// - Parameter field: One of form `.number`.
  mutating func written(
    _ field: ScalarField, _ line: inout LineText, _ chunk: inout ColumnChunk
  ) -> Bool {
    guard field.book >= 0, line.pass(0x22) else { return false }
    let unit = schema.units[Int(field.book)]
    let isBefore = !unit.before.isEmpty && line.pass(unit.before)
    let start = line.offset
    guard let (word, places) = line.number() else { return false }
    let end = line.offset
    guard isBefore || unit.behind.contains(where: { line.pass($0) }), line.pass(0x22) else {
      return false
    }
    set(Int(field.column), word, places, &chunk)
    // What stands around the number is text that the next line is expected to have.
    if isLearning {
      template.add(
        ScalarField(form: .writtenNumber, book: -1, column: field.column), line.bytes,
        from: start, to: end)
    }
    return true
  }
}

extension LineText {
  /// Passes bytes, if they are the next ones.
  mutating func pass(_ expected: [UInt8]) -> Bool {
    guard offset + expected.count <= end else { return false }
    for index in expected.indices where self[offset + index] != expected[index] { return false }
    offset += expected.count
    return true
  }
}
