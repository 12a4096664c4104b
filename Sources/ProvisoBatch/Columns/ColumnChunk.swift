// A chunk of a portfolio in columns, and how a row is put into it.

package import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// Some contracts in the columns that a plan reads.
///
/// A row of a contract that has no place in columns (it carries a history, proof, judgements or a
/// value too long for a word) is marked as irregular and holds nothing.
package struct ColumnChunk: Sendable {
  package let layout: ColumnLayout
  /// The contracts.
  package internal(set) var rows: ColumnTable
  /// By list of the plan: its members, contract after contract.
  package internal(set) var members: [ColumnTable]
  /// By list: for each contract where its members begin, and behind the last where they end.
  package internal(set) var offsets: [[Int32]]
  /// By list: the contracts of which it is not known.
  package internal(set) var unknownLists: [BitMask]
  /// By list: how its members hang together, where it is a tree.
  package internal(set) var trees: [[TreeLink]]
  /// Contracts that only the interpreter can decide.
  package internal(set) var irregular: BitMask
  /// The words of texts that the plan does not mention, where they are told apart. Lookup only.
  var otherTexts: [String: Int64] = [:]
  /// Changes whenever a column's decimals may have changed: whoever remembers them looks again.
  private(set) var decimalsVersion = 0
  /// The row being put together.
  var draft: RowDraft

  /// An empty chunk.
  ///
  /// - Parameter capacity: The most contracts it can hold.
  package init(layout: ColumnLayout, capacity: Int) {
    self.layout = layout
    rows = ColumnTable(
      columnCount: layout.rowColumns.count, containerCount: layout.rowContainers.count,
      capacity: capacity)
    members = layout.plan.lists.indices.map { list in
      ColumnTable(
        columnCount: layout.memberColumns[list].count,
        containerCount: layout.memberContainers[list].count, capacity: capacity * 2)
    }
    offsets = layout.plan.lists.map { _ in [0] }
    trees = layout.plan.lists.map { _ in [] }
    unknownLists = layout.plan.lists.map { _ in BitMask(count: capacity) }
    irregular = BitMask(count: rows.capacity)
    draft = RowDraft(layout)
  }

  /// The words of its tables, that of the contracts first and then by list, for as long as the
  /// body runs; they are not to be written to. Lists beyond the 64th are left out.
  func withWords(_ body: ([Lane<Int64>]) -> Void) {
    lendWords([], body)
  }

  private func lendWords(_ words: [Lane<Int64>], _ body: ([Lane<Int64>]) -> Void) {
    guard words.count <= min(members.count, 64) else { return body(words) }
    let table = words.isEmpty ? rows.words : members[words.count - 1].words
    table.withUnsafeBufferPointer { lendWords(words + [Lane(mutating: $0)], body) }
  }

  /// How many contracts it holds.
  package var count: Int { rows.rowCount }
  /// Whether there is no room for another contract.
  package var isFull: Bool { rows.rowCount >= rows.capacity }

  /// Lets every column begin anew with the decimals that its next numbers have.
  package mutating func forgetDecimals() {
    removeAll()
    decimalsVersion += 1
    rows.removeAll(keepingDecimals: false)
    for list in members.indices { members[list].removeAll(keepingDecimals: false) }
  }

  /// Takes all contracts out.
  package mutating func removeAll() {
    // A number with many decimals can make others too long for a word: then it starts afresh.
    let keeps = irregular.isClear
    if !otherTexts.isEmpty { otherTexts.removeAll(keepingCapacity: true) }
    decimalsVersion += 1
    rows.removeAll(keepingDecimals: keeps)
    for list in members.indices {
      // Most contracts say nothing of most lists.
      if members[list].rowCount > 0 || !keeps { members[list].removeAll(keepingDecimals: keeps) }
      if offsets[list].count > 1 { offsets[list].removeLast(offsets[list].count - 1) }
      if !trees[list].isEmpty { trees[list].removeAll(keepingCapacity: true) }
      unknownLists[list].clear(count: rows.capacity)
    }
    irregular.clear(count: rows.capacity)
  }

  /// Puts a contract's facts into the next row; one with no place in columns is irregular.
  package mutating func append(_ contract: Contract) {
    draft.clear()
    if fill(contract), commit() { return }
    appendIrregular()
  }

  /// Takes up a row that only the interpreter can decide.
  package mutating func appendIrregular() {
    draft.clear()
    draft.setAllUnknown()
    irregular[rows.rowCount] = true
    // A row of unknowns always fits.
    _ = commit()
  }

  /// Puts the draft into the next row; false, and no row more, where a number has no place.
  mutating func commit() -> Bool {
    guard Self.fit(&draft.cells, 1, to: &rows, &decimalsVersion) else { return false }
    for list in members.indices where draft.lists[list].count > 0 {
      let count = draft.lists[list].count
      guard Self.fit(&draft.lists[list].cells, count, to: &members[list], &decimalsVersion)
      else { return false }
    }
    let row = rows.rowCount
    rows.append(draft.cells, absent: draft.absent, hasUnknown: draft.hasUnknown)
    for list in members.indices {
      if draft.lists[list].isUnknown { unknownLists[list][row] = true }
      if draft.lists[list].count > 0 { commitMembers(of: list) }
      offsets[list].append(Int32(members[list].rowCount))
    }
    return true
  }

  private mutating func commitMembers(of list: Int) {
    if !draft.lists[list].links.isEmpty { trees[list] += draft.lists[list].links }
    let count = members[list].rowCount + draft.lists[list].count
    while count > members[list].capacity { members[list].grow() }
    members[list].append(
      draft.lists[list].cells, absent: draft.lists[list].absent, hasUnknown: true,
      count: draft.lists[list].count)
  }

  /// Brings numbers of a draft and the columns they go to to common decimals: a column takes the
  /// most decimals that one of them has before any is brought to them.
  private static func fit(
    _ cells: inout [DraftCell], _ count: Int, to table: inout ColumnTable,
    _ decimalsVersion: inout Int
  ) -> Bool {
    var values = cells.mutableSpan
    let width = table.columnCount
    var column = 0
    for index in 0..<count * width {
      if !values[index].isUnknown, values[index].decimals > table.decimals[column] {
        decimalsVersion += 1
        guard table.rescale(column, to: values[index].decimals) else { return false }
      }
      column += 1
      if column == width { column = 0 }
    }
    column = 0
    for index in 0..<count * width {
      let (cell, wanted) = (values[index], table.decimals[column])
      if !cell.isUnknown, cell.decimals != wanted {
        guard let factor = powerOfTen(wanted - cell.decimals) else { return false }
        let (word, overflows) = cell.word.multipliedReportingOverflow(by: factor)
        if overflows { return false }
        values[index] = DraftCell(word: word, decimals: wanted, isUnknown: false)
      }
      column += 1
      if column == width { column = 0 }
    }
    return true
  }
}
