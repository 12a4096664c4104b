// A row before it is put into its chunk.

/// One value of a row: its word and its decimals, or that it is unknown.
struct DraftCell: BitwiseCopyable, Sendable {
  var word: Int64 = 0
  var decimals = 0
  var isUnknown = false
}

/// The values of one contract and of the members of its lists, one after the other.
struct RowDraft: Sendable {
  /// The members of one list.
  struct List: Sendable {
    var isUnknown = false
    private(set) var count = 0
    /// Member after member; behind the last may be what a row before has left.
    var cells: [DraftCell] = []
    var absent: [Bool] = []
    /// Of a tree: how the members hang together, and who was met.
    var links: [TreeLink] = []
    var entities = EntityIndex()
    private let width: Int
    private let containerCount: Int

    init(width: Int, containerCount: Int) {
      self.width = width
      self.containerCount = containerCount
    }

    /// Begins another member, everything of it unknown.
    mutating func addMember() {
      let unknown = DraftCell(isUnknown: true)
      let first = count * width
      for cell in first..<first + width {
        if cell < cells.count { cells[cell] = unknown } else { cells.append(unknown) }
      }
      let container = count * containerCount
      for place in container..<container + containerCount {
        if place < absent.count { absent[place] = false } else { absent.append(false) }
      }
      count += 1
    }

    mutating func clear() {
      isUnknown = false
      count = 0
      if !links.isEmpty { links.removeAll(keepingCapacity: true) }
      entities.removeAll()
    }
  }

  var cells: [DraftCell]
  var absent: [Bool]
  /// Whether any value or container is unknown, so that the masks have to be looked at.
  var hasUnknown = false
  var lists: [List]

  init(_ layout: ColumnLayout) {
    cells = Array(repeating: DraftCell(), count: layout.rowColumns.count)
    absent = Array(repeating: false, count: layout.rowContainers.count)
    lists = zip(layout.memberColumns, layout.memberContainers).map {
      List(width: $0.count, containerCount: $1.count)
    }
  }

  /// Makes everything known and zero: what is absent has to be said.
  mutating func clear() {
    for column in cells.indices { cells[column] = DraftCell() }
    for container in absent.indices { absent[container] = false }
    hasUnknown = false
    for list in lists.indices where lists[list].count > 0 || lists[list].isUnknown {
      lists[list].clear()
    }
  }

  mutating func setAllUnknown() {
    for column in cells.indices { cells[column].isUnknown = true }
    for list in lists.indices { lists[list].isUnknown = true }
    hasUnknown = true
  }

  /// Says that the fact of a column is absent.
  mutating func setUnknown(_ column: Int) {
    cells[column].isUnknown = true
    hasUnknown = true
  }

  /// Begins another member of a list, everything of it unknown.
  mutating func addMember(of list: Int) { lists[list].addMember() }
}
