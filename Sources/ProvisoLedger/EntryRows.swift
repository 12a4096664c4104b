// Rows of entries on their way into the database, some to a statement.

/// Entries that were not yet handed to SQLite.
///
/// Running a statement costs as much as the row that it inserts, so several go together.
struct EntryRows: ~Copyable {
  private let database: Database
  private let single: Statement
  private let several: Statement
  /// Stored leaf and hashes of one entry behind those of another.
  var bytes: ByteRoom
  /// Where each of these ends, two for an entry.
  private var ends: [Int]
  /// The position of the first.
  private var first: Int

  private static let rowCount = 16

  init(_ database: Database) throws(LedgerFailure) {
    let single = try database.prepare(
      "INSERT INTO entries (position, leaf, hashes) VALUES (?, ?, ?)")
    // Without `OR ROLLBACK` SQLite keeps copies of pages, to undo one statement of several rows.
    // Without a position it takes the next one, and need not look whether that is free.
    let several = try database.prepare(
      """
      INSERT OR ROLLBACK INTO entries (leaf, hashes) VALUES (?, ?), (?, ?), (?, ?), (?, ?), \
      (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?)
      """)
    self.database = database
    self.single = single
    self.several = several
    bytes = ByteRoom()
    ends = []
    first = 0
  }

  /// Whether as many wait as go together.
  var isFull: Bool { ends.count == 2 * EntryRows.rowCount }

  /// Begins an entry: its stored leaf is to be put behind `bytes`.
  mutating func begin(_ position: Int) {
    if ends.isEmpty { first = position }
  }

  /// Ends the stored leaf, and then the hashes, that were put behind `bytes`.
  mutating func endPart() { ends.append(bytes.count) }

  /// Hands over all that wait.
  mutating func flush() throws(LedgerFailure) {
    let count = ends.count / 2
    defer { clear() }
    try bytes.withBytes { (bytes) throws(LedgerFailure) in
      // The first position of all is 0, which SQLite would not take by itself.
      if count == EntryRows.rowCount, first > 0 {
        try several.bindStaying(from: 1, bytes, ends[...])
        try several.run()
        guard database.lastPosition == first + count - 1 else {
          throw .damaged(place: "entry \(first)", "others stand where it belongs")
        }
      } else {
        for row in 0..<count {
          try single.bind(1, first + row)
          let start = row == 0 ? 0 : ends[2 * row - 1]
          try single.bindStaying(from: 2, bytes, start: start, ends[2 * row..<2 * row + 2])
          try single.run()
        }
      }
    }
  }

  /// Forgets all that wait.
  mutating func clear() {
    bytes.removeAll()
    ends.removeAll(keepingCapacity: true)
  }
}
