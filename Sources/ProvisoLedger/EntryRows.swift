// Rows of entries on their way into the database, some to a statement.

/// Entries that were not yet handed to SQLite.
///
/// Running a statement costs as much as the row that it inserts, so several go together.
struct EntryRows {
  private let single: Statement
  private let several: Statement
  /// Stored leaf and hashes of one entry behind those of another.
  var bytes: [UInt8] = []
  /// Where each of these ends, two for an entry.
  private var ends: [Int] = []
  /// The position of the first.
  private var first = 0

  private static let rowCount = 8

  init(_ database: Database) throws(LedgerFailure) {
    single = try database.prepare(
      "INSERT INTO entries (position, leaf, hashes) VALUES (?, ?, ?)")
    // Without `OR ROLLBACK` SQLite keeps copies of pages, to undo one statement of several rows.
    several = try database.prepare(
      """
      INSERT OR ROLLBACK INTO entries (position, leaf, hashes) VALUES (?, ?, ?), (?, ?, ?), \
      (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?)
      """)
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
        if count == EntryRows.rowCount {
          for row in 0..<count { try bind(row, to: several, at: row, bytes) }
          try several.run()
        } else {
          for row in 0..<count {
            try bind(row, to: single, at: 0, bytes)
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
    _ row: Int, to statement: Statement, at place: Int, _ bytes: UnsafeRawBufferPointer
  ) throws(LedgerFailure) {
    let start = row == 0 ? 0 : ends[2 * row - 1]
    let (middle, end) = (ends[2 * row], ends[2 * row + 1])
    let parameter = Int32(3 * place)
    try statement.bind(parameter + 1, first + row)
    try statement.bindStaying(
      parameter + 2, UnsafeRawBufferPointer(rebasing: bytes[start..<middle]))
    try statement.bindStaying(parameter + 3, UnsafeRawBufferPointer(rebasing: bytes[middle..<end]))
  }
}
