// SQLite as the ledger uses it: one connection, prepared statements, every value bound.

import CSQLite

/// How a database is opened.
package enum DatabaseAccess: Hashable, Sendable {
  /// A new one is made where there is none.
  case create
  /// For reading and writing one that exists.
  case write
  /// For reading, beside others who may be writing.
  case read
  /// For reading a file that nobody writes and whose folder may not be written either.
  case readUnchanging
}

/// A connection to a database file.
final class Database {
  private let handle: OpaquePointer

  /// The version of the SQLite library.
  static var libraryVersion: Int { Int(sqlite3_libversion_number()) }

  /// Opens a file.
  ///
  /// - Parameter waitMilliseconds: How long a statement waits for another process's lock.
  init(
    path: String, _ access: DatabaseAccess, waitMilliseconds: Int32 = 60_000
  ) throws(LedgerFailure) {
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    var name = path
    switch access {
    case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .write, .read: flags |= SQLITE_OPEN_READWRITE
    case .readUnchanging:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = "file:" + Database.escaped(path) + "?immutable=1"
    }
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(name, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let words = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
      sqlite3_close_v2(opened)
      throw Database.failure(code, words)
    }
    handle = opened
    sqlite3_busy_timeout(handle, waitMilliseconds)
    // Nothing in a file may make SQLite run what the file says: it may come from anybody.
    try run("PRAGMA trusted_schema = OFF")
    try run("PRAGMA cell_size_check = ON")
    if access == .read || access == .readUnchanging { try run("PRAGMA query_only = ON") }
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  /// Runs a statement of ours that gives nothing back.
  func run(_ sql: StaticString) throws(LedgerFailure) {
    try check(sqlite3_exec(handle, sql.description, nil, nil, nil))
  }

  /// Prepares a statement of ours.
  func prepare(_ sql: StaticString) throws(LedgerFailure) -> Statement {
    var statement: OpaquePointer?
    try check(
      sqlite3_prepare_v3(
        handle, sql.description, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil))
    guard let statement else { throw .system("SQLite prepared nothing") }
    return Statement(statement, of: self)
  }

  /// The only number that a statement gives; 0 where it gives none.
  func number(_ sql: StaticString) throws(LedgerFailure) -> Int {
    let statement = try prepare(sql)
    return try statement.step() ? try statement.integer(0, "a number of SQLite's") : 0
  }

  /// The position of the row that was inserted last.
  var lastPosition: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// Runs a body as one transaction that either happens whole or not at all.
  func transaction<Result>(
    _ body: () throws(LedgerFailure) -> Result
  ) throws(LedgerFailure) -> Result {
    try run("BEGIN IMMEDIATE")
    do throws(LedgerFailure) {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      // Where SQLite has undone the transaction by itself, there is nothing to undo.
      try? run("ROLLBACK")
      throw error
    }
  }

  /// Throws what a result code of SQLite means, unless it means success.
  func check(_ code: Int32) throws(LedgerFailure) {
    guard code != SQLITE_OK, code != SQLITE_ROW, code != SQLITE_DONE else { return }
    throw Database.failure(code, String(cString: sqlite3_errmsg(handle)))
  }

  private static func failure(_ code: Int32, _ words: String) -> LedgerFailure {
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_FULL: .full
    case SQLITE_READONLY, SQLITE_PERM: .readOnly
    case SQLITE_CANTOPEN: .system("it cannot be opened: \(words)")
    case SQLITE_NOTADB: .notALedger("it is no SQLite database")
    case SQLITE_CORRUPT: .damaged(place: "the file", "SQLite cannot read it: \(words)")
    default: .system("SQLite: \(words)")
    }
  }

  /// A path as it stands in a `file:` address.
  private static func escaped(_ path: String) -> String {
    var address = ""
    for byte in path.utf8 {
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || "/._-".utf8.contains(byte)
      if isPlain {
        address.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16)
        address += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return address
  }
}

/// A prepared statement.
///
/// Columns are read by their stored type and no other: a number where bytes should be is damage.
final class Statement {
  private let handle: OpaquePointer
  private let database: Database

  fileprivate init(_ handle: OpaquePointer, of database: Database) {
    self.handle = handle
    self.database = database
  }

  deinit {
    sqlite3_finalize(handle)
  }

  /// Puts a number in the place of a `?`, counted from 1.
  func bind(_ place: Int32, _ value: Int) throws(LedgerFailure) {
    try database.check(sqlite3_bind_int64(handle, place, Int64(value)))
  }

  /// Puts bytes in the place of a `?`, counted from 1.
  func bind(_ place: Int32, _ value: [UInt8]) throws(LedgerFailure) {
    let code = value.withUnsafeBytes { buffer in
      sqlite3_bind_blob64(
        handle, place, buffer.baseAddress ?? emptyAddress, UInt64(value.count), copied)
    }
    try database.check(code)
  }

  /// Puts bytes that stand one behind another in the places of as many `?`, from one on; they stay
  /// where they are until the statement has run.
  ///
  /// - Parameter ends: Where each of them ends.
  func bindStaying(
    from place: Int32, _ bytes: UnsafeRawBufferPointer, start: Int = 0, _ ends: ArraySlice<Int>
  ) throws(LedgerFailure) {
    // Nothing but SQLite is called in here: it is done twice for every entry.
    let handle = handle
    var (place, start, code) = (place, start, SQLITE_OK)
    for end in ends {
      let value = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      let found = sqlite3_bind_blob64(
        handle, place, value.baseAddress ?? emptyAddress, UInt64(value.count), nil)
      if code == SQLITE_OK { code = found }
      start = end
      place += 1
    }
    if code != SQLITE_OK { try database.check(code) }
  }

  /// Goes to the next row; false behind the last.
  func step() throws(LedgerFailure) -> Bool {
    let code = sqlite3_step(handle)
    try database.check(code)
    return code == SQLITE_ROW
  }

  /// Runs a statement that gives no row, and makes it ready for the next time.
  func run() throws(LedgerFailure) {
    let code = sqlite3_step(handle)
    let words = code == SQLITE_DONE || code == SQLITE_ROW ? nil : code
    sqlite3_reset(handle)
    if let words { try database.check(words) }
  }

  /// Makes the statement ready to be bound and run again.
  func reset() {
    sqlite3_reset(handle)
  }

  /// The number in a column, counted from 0.
  func integer(_ column: Int32, _ place: @autoclosure () -> String) throws(LedgerFailure) -> Int {
    guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else {
      throw .damaged(place: place(), "a number is missing")
    }
    return Int(sqlite3_column_int64(handle, column))
  }

  /// Lends the bytes in a column, counted from 0, until the next step.
  func withBytes<Result>(
    _ column: Int32, _ place: @autoclosure () -> String,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) throws(LedgerFailure) -> Result {
    guard sqlite3_column_type(handle, column) == SQLITE_BLOB else {
      throw .damaged(place: place(), "bytes are missing")
    }
    let start = sqlite3_column_blob(handle, column)
    let count = Int(sqlite3_column_bytes(handle, column))
    return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// The bytes in a column, counted from 0.
  func bytes(_ column: Int32, _ place: @autoclosure () -> String) throws(LedgerFailure) -> [UInt8] {
    try withBytes(column, place()) { Array($0) }
  }

  /// The bytes in a column, counted from 0; nil where it is NULL.
  func optionalBytes(
    _ column: Int32, _ place: @autoclosure () -> String
  ) throws(LedgerFailure) -> [UInt8]? {
    if sqlite3_column_type(handle, column) == SQLITE_NULL { return nil }
    return try bytes(column, place())
  }

  /// The text in a column, counted from 0.
  func text(_ column: Int32, _ place: @autoclosure () -> String) throws(LedgerFailure) -> String {
    guard sqlite3_column_type(handle, column) == SQLITE_TEXT,
      let start = sqlite3_column_text(handle, column)
    else { throw .damaged(place: place(), "a text is missing") }
    let count = Int(sqlite3_column_bytes(handle, column))
    guard
      let text = String(validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    else { throw .damaged(place: place(), "a text is not UTF-8") }
    return text
  }
}

/// Tells SQLite to copy what is bound: C's `SQLITE_TRANSIENT`, a macro that Swift does not see.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
/// Where no bytes stand: SQLite would take nil for NULL.
private nonisolated(unsafe) let emptyAddress = UnsafeRawPointer(bitPattern: 1)
