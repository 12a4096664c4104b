// Why rows are undetermined or pending, for all rows of a vector at once: a mask a reason.
//
// The walk from an operation down to the facts is that of a single row, and gives each row the same
// reasons in the same order. Where a reason says something of one contract only (which member,
// which day), the rows that have it are left to the walk of a single row.

import ProvisoModel
import ProvisoPlan

/// Why the rows of a vector are undetermined, or what holds pending ones back.
package struct ReasonMasks: Sendable {
  /// The reasons, each with the rows that have it, 64 a word from the vector's first.
  package private(set) var reasons: [(atom: ReasonAtom, rows: [UInt64])] = []
  /// The rows of which only a walk of their own can tell the reasons; what the masks say of them is
  /// not whole.
  package private(set) var single: [UInt64]
  /// The rows that ask: undetermined ones, and pending ones.
  package let undetermined: [UInt64]
  package let pending: [UInt64]

  init(undetermined: [UInt64], pending: [UInt64]) {
    self.undetermined = undetermined
    self.pending = pending
    single = Array(repeating: 0, count: undetermined.count)
  }

  fileprivate mutating func add(_ atom: ReasonAtom, _ rows: [UInt64]) {
    reasons.append((atom, rows))
  }

  fileprivate mutating func leaveSingle(_ rows: [UInt64]) {
    for place in rows.indices { single[place] |= rows[place] }
  }
}

extension VectorMachine {
  /// The reasons of a condition with one test of every contract; nil where no row asks for any.
  ///
  /// Rows that only the interpreter decides do not ask.
  func reasonMasks(
    of condition: ConditionID, _ chunk: borrowing ColumnChunk
  ) -> ReasonMasks? {
    guard let test = program.tests[condition.index].first, parts[condition.index].isEmpty else {
      return nil
    }
    let found = outcomes[condition.index]
    let places = 0..<BitMask.wordCount(rowCount)
    let decided = places.map { fullWord(rowCount - $0 * 64) & ~found.doubt[$0] }
    let undetermined = places.map { found.undetermined[$0] & decided[$0] }
    let pending = places.map { found.pending[$0] & decided[$0] }
    var rows = places.map { undetermined[$0] | pending[$0] }
    guard rows.contains(where: { $0 != 0 }) else { return nil }
    var masks = ReasonMasks(undetermined: undetermined, pending: pending)
    guard test.exceptions.isEmpty, test.doubts.isEmpty, test.evidence.isEmpty else {
      masks.leaveSingle(rows)
      return masks
    }
    if program.layout.plan.governs != nil {
      let open = rows.indices.map { rows[$0] & ~coverage.covered[$0] }
      masks.leaveSingle(open)
      for place in places { rows[place] &= ~open[place] }
    }
    let days = [test.testDay, test.dueDay].compactMap { $0 }
    var undated = rows
    for place in places {
      undated[place] &= days.reduce(0) { $0 | unknown($1.index, place) }
      rows[place] &= ~undated[place]
    }
    for day in days { walk(day, undated, chunk, into: &masks) }
    // Before T nothing was asked yet.
    if let day = test.testDay { removeRows(after: day, from: &rows) }
    if let applies = test.applies { walk(applies, rows, chunk, into: &masks) }
    for place in places { rows[place] &= ~no(test.holds.index, place) }
    walk(test.holds, rows, chunk, into: &masks)
    return masks
  }

  private func removeRows(after day: NodeID, from rows: inout [UInt64]) {
    let words = words(day.index)
    for place in rows.indices {
      var bits = rows[place]
      while bits != 0 {
        let bit = bits & ~(bits - 1)
        if words[place * 64 + bit.trailingZeroBitCount] > Word(asOf) { rows[place] &= ~bit }
        bits &= ~bit
      }
    }
  }

  /// The rows among some for which a node says nothing; nil for none.
  private func unknownRows(_ id: NodeID, among rows: [UInt64]) -> [UInt64]? {
    var found = rows
    var any: UInt64 = 0
    for place in found.indices {
      if found[place] != 0 { found[place] &= unknown(id.index, place) }
      any |= found[place]
    }
    return any == 0 ? nil : found
  }

  /// Takes up the reasons that some rows have for not knowing what an operation gives.
  private func walk(
    _ id: NodeID, _ asking: [UInt64], _ chunk: borrowing ColumnChunk, into masks: inout ReasonMasks
  ) {
    let kind = program.layout.plan[id].kind
    switch kind {
    // What the ruleset writes is known, and need not be in a register.
    case .word, .number, .truth: return
    default: break
    }
    guard let rows = unknownRows(id, among: asking) else { return }
    switch kind {
    case .column(let column), .isTrue(let column):
      let known = program.layout.plan.columns[column.index]
      guard known.list == nil else { return masks.leaveSingle(rows) }
      addAbsence(of: known.containers, or: .column(column, member: nil), rows, chunk, &masks)
    case .isKnown: break
    case .add, .subtract, .multiply, .negate, .least, .greatest, .section, .compare, .not, .and,
      .or, .isNone, .tableRow, .tableHas, .periodDay, .round:
      for operand in kind.operands { walk(operand, rows, chunk, into: &masks) }
    case .orElse(_, let second), .orElseTruth(_, let second):
      walk(second, rows, chunk, into: &masks)
    case .choose(let truth, let first, let second),
      .chooseTruth(let truth, let first, let second):
      walk(truth, first, second, rows, chunk, into: &masks)
    case .moved(let day, _, _, _), .periodOf(let day, _, _), .parameter(_, let day, _):
      walkOrLeave([day], rows, chunk, into: &masks)
    case .tableNumber(_, let row): walkOrLeave([row], rows, chunk, into: &masks)
    case .counted(_, _, let from, let to, _, _):
      walkOrLeave([from, to], rows, chunk, into: &masks)
    case .happenedBy(let event, let day, _, _):
      walkOrLeave([event, day], rows, chunk, into: &masks)
    case .listed(let subject, _, let from, let to, _):
      walkOrLeave([subject, from, to], rows, chunk, into: &masks)
    case .someMember(let list, _):
      let absent = rows.indices.map { rows[$0] & missing(list.index, $0, chunk) }
      masks.leaveSingle(rows.indices.map { rows[$0] & ~absent[$0] })
      guard absent.contains(where: { $0 != 0 }) else { return }
      let part = program.layout.plan.parts(of: list).last ?? list
      let containers = program.layout.plan.lists[part.index].containers
      addAbsence(of: containers, or: .list(part), absent, chunk, &masks)
    case .conditionState(let condition, _): masks.add(.openCondition(condition), rows)
    default: masks.leaveSingle(rows)
    }
  }

  /// Walks operands for the rows that do not know one of them; the others say more than that.
  private func walkOrLeave(
    _ operands: [NodeID], _ rows: [UInt64], _ chunk: borrowing ColumnChunk,
    into masks: inout ReasonMasks
  ) {
    var without = rows
    for place in rows.indices where rows[place] != 0 {
      without[place] &= operands.reduce(0) { $0 | unknownBits($1, place) }
    }
    masks.leaveSingle(rows.indices.map { rows[$0] & ~without[$0] })
    for operand in operands { walk(operand, without, chunk, into: &masks) }
  }

  private func unknownBits(_ id: NodeID, _ place: Int) -> UInt64 {
    switch program.layout.plan[id].kind {
    case .word, .number, .truth: 0
    default: unknown(id.index, place)
    }
  }

  private func walk(
    _ truth: NodeID, _ first: NodeID, _ second: NodeID, _ rows: [UInt64],
    _ chunk: borrowing ColumnChunk, into masks: inout ReasonMasks
  ) {
    walk(first, rows.indices.map { rows[$0] & yes(truth.index, $0) }, chunk, into: &masks)
    walk(second, rows.indices.map { rows[$0] & no(truth.index, $0) }, chunk, into: &masks)
    let open = rows.indices.map { rows[$0] & ~(yes(truth.index, $0) | no(truth.index, $0)) }
    guard open.contains(where: { $0 != 0 }) else { return }
    // Of an open choice among more than two values only the interpreter says which tests count.
    switch program.layout.plan[second].kind {
    case .choose, .chooseTruth: return masks.leaveSingle(open)
    default: break
    }
    for operand in [truth, first, second] { walk(operand, open, chunk, into: &masks) }
  }

  /// Of each row the outermost of what holds a fact that is absent, or the fact.
  private func addAbsence(
    of containers: [ContainerID], or atom: ReasonAtom, _ rows: [UInt64],
    _ chunk: borrowing ColumnChunk, _ masks: inout ReasonMasks
  ) {
    var rest = rows
    for container in containers {
      let start = program.layout.containerPosition[container.index] * chunk.rows.stride
      let absent = rest.indices.map { rest[$0] & chunk.rows.absent[start + firstRow / 64 + $0] }
      guard absent.contains(where: { $0 != 0 }) else { continue }
      masks.add(.container(container, member: nil), absent)
      for place in rest.indices { rest[place] &= ~absent[place] }
    }
    if rest.contains(where: { $0 != 0 }) { masks.add(atom, rest) }
  }
}
