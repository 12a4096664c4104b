// Rows of entries on their way into the database, some to a statement.

/// Entries that were not yet handed to SQLite.
///
/// Running a statement costs as much as the row that it inserts, so several go together.
struct EntryRows {
  private let database: Database
  private let single: Statement
  private let several: Statement
  /// Stored leaf and hashes of one entry behind those of another.
  var bytes: [UInt8] = []
  /// Where each of these ends, two for an entry.
  private var ends: [Int] = []
  /// The position of the first.
  private var first = 0

  private static let rowCount = 16

  init(_ database: Database) throws(LedgerFailure) {
    single = try database.prepare(
      "INSERT INTO entries (position, leaf, hashes) VALUES (?, ?, ?)")
    // Without `OR ROLLBACK` SQLite keeps copies of pages, to undo one statement of several rows.
    // Without a position it takes the next one, and need not look whether that is free.
    several = try database.prepare(
      """
      INSERT OR ROLLBACK INTO entries (leaf, hashes) VALUES (?, ?), (?, ?), (?, ?), (?, ?), \
      (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?)
      """)
    self.database = database
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
    let result: Result<Void, LedgerFailure> = bytes.withUnsafeBytes { bytes in
      attempt { () throws(LedgerFailure) in
        // The first position of all is 0, which SQLite would not take by itself.
        if count == EntryRows.rowCount, first > 0 {
          for row in 0..<count { try bind(row, to: several, at: Int32(2 * row), bytes) }
          try several.run()
          guard database.lastPosition == first + count - 1 else {
            throw .damaged(place: "entry \(first)", "others stand where it belongs")
          }
        } else {
          for row in 0..<count {
            try single.bind(1, first + row)
            try bind(row, to: single, at: 1, bytes)
            try single.run()
          }
        }
      }
    }
    clear()
    try result.get()
  }

  /// Forgets all that wait.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  private func bind(
    _ row: Int, to statement: Statement, at parameter: Int32, _ bytes: UnsafeRawBufferPointer
  ) throws(LedgerFailure) {
    let start = row == 0 ? 0 : ends[2 * row - 1]
    let (middle, end) = (ends[2 * row], ends[2 * row + 1])
    try statement.bindStaying(
      parameter + 1, UnsafeRawBufferPointer(rebasing: bytes[start..<middle]))
    try statement.bindStaying(parameter + 2, UnsafeRawBufferPointer(rebasing: bytes[middle..<end]))
  }
}
