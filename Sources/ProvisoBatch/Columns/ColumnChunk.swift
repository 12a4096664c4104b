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
  package internal(set) var trees: [TreeLinks]
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
    trees = layout.plan.lists.map { _ in TreeLinks() }
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
      members[list].removeAll(keepingDecimals: keeps)
      offsets[list].removeAll(keepingCapacity: true)
      offsets[list].append(0)
      trees[list].removeAll()
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

  /// Puts the draft into the next row; false, and nothing changed, where a number has no place.
  mutating func commit() -> Bool {
    guard fitDecimals() else { return false }
    let row = rows.rowCount
    for column in 0..<rows.columnCount {
      rows.words[column * rows.capacity + row] = draft.words[column]
    }
    if draft.hasUnknown {
      for column in 0..<rows.columnCount where draft.unknown[column] {
        rows.unknown[column * rows.stride + row / 64] |= 1 << UInt64(row % 64)
      }
      for container in 0..<rows.containerCount where draft.absent[container] {
        rows.absent[container * rows.stride + row / 64] |= 1 << UInt64(row % 64)
      }
    }
    rows.rowCount += 1
    for list in members.indices {
      if draft.lists[list].isUnknown { unknownLists[list][row] = true }
      commitMembers(of: list)
      offsets[list].append(Int32(members[list].rowCount))
    }
    return true
  }

  private mutating func commitMembers(of list: Int) {
    let count = draft.lists[list].count
    let width = members[list].columnCount
    let containers = members[list].containerCount
    if !draft.lists[list].links.parents.isEmpty { trees[list].append(draft.lists[list].links) }
    while members[list].rowCount + count > members[list].capacity { members[list].grow() }
    var table = ColumnTable(columnCount: 0, containerCount: 0, capacity: 0)
    swap(&table, &members[list])
    for member in 0..<count {
      let row = table.rowCount
      for column in 0..<width {
        let cell = member * width + column
        table.words[column * table.capacity + row] = draft.lists[list].words[cell]
        if draft.lists[list].unknown[cell] {
          table.unknown[column * table.stride + row / 64] |= 1 << UInt64(row % 64)
        }
      }
      for container in 0..<containers
      where draft.lists[list].absent[member * containers + container] {
        table.absent[container * table.stride + row / 64] |= 1 << UInt64(row % 64)
      }
      table.rowCount += 1
    }
    swap(&table, &members[list])
  }

  /// Brings the draft's numbers and the columns to common decimals.
  private mutating func fitDecimals() -> Bool {
    for column in 0..<rows.columnCount where !draft.unknown[column] {
      let places = draft.decimals[column]
      if places == rows.decimals[column] { continue }
      if places > rows.decimals[column] {
        decimalsVersion += 1
        guard rows.rescale(column, to: places) else { return false }
      }
      guard let factor = powerOfTen(rows.decimals[column] - places) else { return false }
      let (word, overflows) = draft.words[column].multipliedReportingOverflow(by: factor)
      if overflows { return false }
      draft.words[column] = word
      draft.decimals[column] = rows.decimals[column]
    }
    for list in members.indices {
      guard fitDecimals(ofMembers: list) else { return false }
    }
    return true
  }

  /// The same for the members of a list: the column takes the most decimals that one of them has
  /// before any is brought to them.
  private mutating func fitDecimals(ofMembers list: Int) -> Bool {
    let width = members[list].columnCount
    let cells = draft.lists[list].count * width
    for cell in 0..<cells where !draft.lists[list].unknown[cell] {
      let places = draft.lists[list].decimals[cell]
      guard places > members[list].decimals[cell % width] else { continue }
      decimalsVersion += 1
      guard members[list].rescale(cell % width, to: places) else { return false }
    }
    for cell in 0..<cells where !draft.lists[list].unknown[cell] {
      let wanted = members[list].decimals[cell % width]
      let places = draft.lists[list].decimals[cell]
      if places == wanted { continue }
      guard let factor = powerOfTen(wanted - places) else { return false }
      let (word, overflows) = draft.lists[list].words[cell].multipliedReportingOverflow(by: factor)
      if overflows { return false }
      draft.lists[list].words[cell] = word
      draft.lists[list].decimals[cell] = wanted
    }
    return true
  }
}

/// A row before it is put into its chunk.
struct RowDraft: Sendable {
  /// The members of one list.
  struct List: Sendable {
    var isUnknown = false
    var count = 0
    /// Member after member.
    var words: [Int64] = []
    var unknown: [Bool] = []
    var decimals: [Int] = []
    var absent: [Bool] = []
    /// Of a tree: how the members hang together, and who was met.
    var links = TreeLinks()
    var entities = EntityIndex()
  }
  var words: [Int64]
  var unknown: [Bool]
  var decimals: [Int]
  var absent: [Bool]
  /// Whether any value or container is unknown, so that the masks have to be looked at.
  var hasUnknown = false
  var lists: [List]
  private let memberWidths: [Int]
  private let memberContainers: [Int]

  init(_ layout: ColumnLayout) {
    words = Array(repeating: 0, count: layout.rowColumns.count)
    unknown = Array(repeating: false, count: layout.rowColumns.count)
    decimals = Array(repeating: 0, count: layout.rowColumns.count)
    absent = Array(repeating: false, count: layout.rowContainers.count)
    lists = layout.plan.lists.map { _ in List() }
    memberWidths = layout.memberColumns.map(\.count)
    memberContainers = layout.memberContainers.map(\.count)
  }

  /// Makes everything known and zero: what is absent has to be said.
  mutating func clear() {
    for column in words.indices {
      words[column] = 0
      unknown[column] = false
      decimals[column] = 0
    }
    for container in absent.indices { absent[container] = false }
    hasUnknown = false
    for list in lists.indices {
      lists[list].isUnknown = false
      lists[list].count = 0
      lists[list].words.removeAll(keepingCapacity: true)
      lists[list].unknown.removeAll(keepingCapacity: true)
      lists[list].decimals.removeAll(keepingCapacity: true)
      lists[list].absent.removeAll(keepingCapacity: true)
      lists[list].links.removeAll()
      lists[list].entities.removeAll()
    }
  }

  mutating func setAllUnknown() {
    for column in unknown.indices { unknown[column] = true }
    for list in lists.indices { lists[list].isUnknown = true }
    hasUnknown = true
  }

  /// Says that the fact of a column is absent.
  mutating func setUnknown(_ column: Int) {
    unknown[column] = true
    hasUnknown = true
  }

  /// Begins another member of a list, everything of it unknown.
  mutating func addMember(of list: Int) {
    lists[list].count += 1
    for _ in 0..<memberWidths[list] {
      lists[list].words.append(0)
      lists[list].unknown.append(true)
      lists[list].decimals.append(0)
    }
    for _ in 0..<memberContainers[list] { lists[list].absent.append(false) }
  }
}
