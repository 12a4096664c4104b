// What can be asked of a vector beside its outcomes: reasons and values.

package import ProvisoModel
package import ProvisoPlan
import ProvisoQuantities

/// The answers of the vector that was run last.
package protocol VectorAnswers {
  /// The rows of the chunk that it holds.
  var rows: Range<Int> { get }
  /// Why the test of a condition is undetermined in a row of the chunk, or what holds a pending
  /// one back; nothing for a condition without a plan.
  func reasons(
    of condition: ConditionID, _ row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom])
  /// The same for all rows at once, of a condition with one test of every contract; nil where no
  /// row asks.
  func reasonMasks(of condition: ConditionID, _ chunk: borrowing ColumnChunk) -> ReasonMasks?
  /// The tests of a condition in a row of the chunk, in the order of their dates; none for one that
  /// has no plan.
  func tests(
    of condition: ConditionID, _ row: Int, _ chunk: borrowing ColumnChunk
  ) -> [ColumnTest]
  /// Why one of these tests is undetermined, or what holds it back.
  func reasons(
    of condition: ConditionID, _ test: ColumnTest, _ row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom])
  /// The value of a column for one of these tests.
  func value(_ node: NodeID, _ type: ValueType, of test: ColumnTest, _ row: Int) -> Value?
  /// Why a value is unknown in a row.
  func reasons(
    ofValue node: NodeID, _ row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom])
  /// The value of a column in a row; unknown without reasons where it is unknown.
  func value(_ node: NodeID, _ type: ValueType, _ row: Int) -> Value?
  /// Whether the interpreter may be needed for a value of some row at all.
  var mayBeOpen: Bool { get }
  /// Whether only the interpreter can say a value of a row.
  func isOpen(_ node: NodeID, _ row: Int, _ chunk: borrowing ColumnChunk) -> Bool
  /// The same of all rows at once: a bit for each of the vector's.
  func openRows(of node: NodeID, _ chunk: borrowing ColumnChunk) -> [UInt64]
}

/// A test of a condition in a row.
package struct ColumnTest: Hashable, Sendable {
  /// Its plan by its position among the condition's.
  package let part: Int
  /// Where it is in the columns of its list; nil: nothing is known of the list.
  let index: Int?
  /// Which member of the contract's list it is about.
  package let member: Int?
  /// T; nil where it is unknown or an event that has not happened.
  package let day: Int64?
  /// Its outcome as a byte.
  package let outcome: UInt8
}

/// The answers in the words that nearly every vector is run with.
///
/// A protocol's functions are compiled for any width of words at once, which takes a multiple of
/// the time; here the width is known, and the machine's are compiled for it.
struct NarrowAnswers: VectorAnswers {
  let machine: VectorMachine<Int64>

  var rows: Range<Int> { machine.rows }
  var mayBeOpen: Bool { machine.mayBeOpen }
  func reasons(
    of condition: ConditionID, _ row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom]
  ) { machine.reasons(of: condition, row, chunk, into: &atoms) }
  func reasonMasks(
    of condition: ConditionID, _ chunk: borrowing ColumnChunk
  ) -> ReasonMasks? { machine.reasonMasks(of: condition, chunk) }
  func tests(
    of condition: ConditionID, _ row: Int, _ chunk: borrowing ColumnChunk
  ) -> [ColumnTest] { machine.tests(of: condition, row, chunk) }
  func reasons(
    of condition: ConditionID, _ test: ColumnTest, _ row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom]
  ) { machine.reasons(of: condition, test, row, chunk, into: &atoms) }
  func value(_ node: NodeID, _ type: ValueType, of test: ColumnTest, _ row: Int) -> Value? {
    machine.value(node, type, of: test, row)
  }
  func reasons(
    ofValue node: NodeID, _ row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom]
  ) { machine.reasons(ofValue: node, row, chunk, into: &atoms) }
  func value(_ node: NodeID, _ type: ValueType, _ row: Int) -> Value? {
    machine.value(node, type, row)
  }
  func isOpen(_ node: NodeID, _ row: Int, _ chunk: borrowing ColumnChunk) -> Bool {
    machine.isOpen(node, row, chunk)
  }
  func openRows(of node: NodeID, _ chunk: borrowing ColumnChunk) -> [UInt64] {
    machine.openRows(of: node, chunk)
  }
}

extension VectorMachine: VectorAnswers {
  var rows: Range<Int> { firstRow..<firstRow + rowCount }

  func reasons(
    of condition: ConditionID, _ row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom]
  ) {
    guard !program.tests[condition.index].isEmpty else { return }
    reasons(of: condition, inRow: row - firstRow, chunk, into: &atoms)
  }

  func tests(
    of condition: ConditionID, _ row: Int, _ chunk: borrowing ColumnChunk
  ) -> [ColumnTest] {
    guard !program.tests[condition.index].isEmpty else { return [] }
    return tests(of: condition, inRow: row - firstRow, chunk)
  }

  func reasons(
    of condition: ConditionID, _ test: ColumnTest, _ row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom]
  ) {
    reasons(of: condition, part: test.part, test.index, row - firstRow, chunk, into: &atoms)
  }

  func value(_ node: NodeID, _ type: ValueType, of test: ColumnTest, _ row: Int) -> Value? {
    guard program.layout.plan[node].list != nil else { return value(node, type, row) }
    return test.index.flatMap { value(node, type, at: $0) }
  }

  func reasons(
    ofValue node: NodeID, _ row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom]
  ) {
    let row = row - firstRow
    walk(node, row, ReasonSearch(row: row, firstRow: firstRow), chunk, into: &atoms)
  }

  func value(_ node: NodeID, _ type: ValueType, _ row: Int) -> Value? {
    value(node, type, at: row - firstRow)
  }

  private func value(_ node: NodeID, _ type: ValueType, at row: Int) -> Value? {
    if program.nodes[node.index].isTruth {
      return switch truth(node, row) {
      case .true: .boolean(true)
      case .false: .boolean(false)
      case .unknown: nil
      }
    }
    switch type {
    case .date, .event:
      guard let word = word(node, row) else { return nil }
      if word == WordCode.none { return Value.none }
      return CalendarDate(dayNumber: Int(word)).map { .date($0) }
    default: return number(node, row).map { .quantity($0) }
    }
  }

  func isOpen(_ node: NodeID, _ row: Int, _ chunk: borrowing ColumnChunk) -> Bool {
    let row = row - firstRow
    return restsOn(node) { isDoubtful($0, row, chunk) }
  }

  func openRows(of node: NodeID, _ chunk: borrowing ColumnChunk) -> [UInt64] {
    var open = [UInt64](repeating: 0, count: BitMask.wordCount(rowCount))
    _ = restsOn(node) { other in
      if places[other].list == nil, hasDoubt(other) {
        let doubt = doubt(other)
        for place in open.indices { open[place] |= doubt[place] }
      } else if places[other].list != nil {
        for row in 0..<rowCount where isDoubtful(other, row, chunk) {
          open[row / 64] |= 1 << UInt64(row % 64)
        }
      }
      return false
    }
    return open
  }

  /// Whether a node, or one that it rests on, is such: whatever is in doubt in one may be in doubt
  /// in the other.
  private func restsOn(_ node: NodeID, _ isSuch: (Int) -> Bool) -> Bool {
    var open = [node]
    var seen: Set<Int> = []
    while let next = open.popLast() {
      guard seen.insert(next.index).inserted else { continue }
      if isSuch(next.index) { return true }
      open += program.layout.plan[next].kind.operands
    }
    return false
  }
}
