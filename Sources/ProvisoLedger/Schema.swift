// The tables of a ledger, and how an older ledger becomes one of this version.

/// One step from a schema to the next.
struct Migration: Sendable {
  /// The tables and indexes it adds: each one's name, and the statement that makes it.
  let objects: [(name: String, statement: StaticString)]
  /// What else is run.
  let statements: [StaticString]
  /// What SQLite adds by itself, by name.
  var implied: [String: String] = [:]
}

/// The schema, as the steps that make it; the number of steps is its version.
///
/// Tables only ever grow at their end: nothing in a ledger is changed or deleted, so that no page
/// of its file keeps remains of what was there before.
struct Schema: Sendable {
  let migrations: [Migration]

  /// The schema of this version of Proviso.
  static let current = Schema(migrations: [firstMigration, secondMigration, thirdMigration])

  /// The number that says "a ledger of Proviso's" in a database file: `Prvs`.
  static let applicationID = 0x5072_7673

  /// From this version on digests stand in leaves as bytes.
  static let versionOfDigests = 3

  /// Its version.
  var version: Int { migrations.count }

  /// Every object of a version, by name.
  func objects(version: Int) -> [String: String] {
    migrations.prefix(version).reduce(into: [:]) { all, migration in
      for object in migration.objects { all[object.name] = object.statement.description }
      all.merge(migration.implied) { _, later in later }
    }
  }

  /// How often the schema was changed up to a version, as SQLite counts it: once for each object. A
  /// migration that makes none counts itself, so that no version is taken for another.
  func changeCount(version: Int) -> Int {
    migrations.prefix(version).reduce(0) { $0 + max($1.objects.count, 1) }
  }

  /// Brings a database to this schema; what is there stays.
  func migrate(_ database: Database, from version: Int) throws(LedgerFailure) {
    guard version < self.version else { return }
    for migration in migrations[version...] {
      for object in migration.objects { try database.run(object.statement) }
      for statement in migration.statements { try database.run(statement) }
    }
  }

  /// Makes sure that a database has this schema's objects and no others.
  ///
  /// - Returns: The version of the schema it was made with.
  func check(_ database: Database) throws(LedgerFailure) -> Int {
    let application = try database.number("PRAGMA application_id")
    guard application == Schema.applicationID else {
      let isEmpty = try database.number("SELECT count(*) FROM sqlite_schema") == 0
      throw .notALedger(
        isEmpty ? "it is an empty database" : "it is a database of another application")
    }
    let found = try database.number("PRAGMA user_version")
    guard found <= version else { throw .newerSchema(found, known: version) }
    guard found >= 1 else { throw .notALedger("its schema has the version \(found)") }
    var missing = objects(version: found)
    let statement = try database.prepare(
      "SELECT name, sql, type, tbl_name, rowid FROM sqlite_schema ORDER BY rowid")
    var count = 0
    while try statement.step() {
      count += 1
      let name = try statement.text(0, "the schema")
      let text = try statement.text(1, "the schema, `\(name)`")
      let isIndex = text.hasPrefix("CREATE INDEX")
      let table = isIndex ? String(name.prefix { $0 != "_" }) : name
      guard missing.removeValue(forKey: name) == text,
        try statement.text(2, "the schema") == (isIndex ? "index" : "table"),
        try statement.text(3, "the schema") == table,
        // Objects are only ever added, so they are numbered one after another.
        try statement.integer(4, "the schema") == count
      else {
        throw .damaged(place: "the schema", "`\(name)` is not as Proviso makes it")
      }
    }
    if let name = missing.keys.min() {
      throw .damaged(place: "the schema", "`\(name)` is missing")
    }
    return found
  }
}

private let firstMigration = Migration(
  objects: [
    ("ledger", "CREATE TABLE ledger (id INTEGER PRIMARY KEY, record BLOB NOT NULL)"),
    ("runs", "CREATE TABLE runs (number INTEGER PRIMARY KEY, opening BLOB NOT NULL)"),
    (
      "checkpoints",
      """
      CREATE TABLE checkpoints (number INTEGER PRIMARY KEY, closing BLOB NOT NULL, \
      note BLOB NOT NULL)
      """
    ),
    (
      "entries",
      """
      CREATE TABLE entries (position INTEGER PRIMARY KEY, leaf BLOB NOT NULL, \
      hashes BLOB NOT NULL)
      """
    ),
    ("fragments", "CREATE TABLE fragments (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)"),
    (
      "contents",
      """
      CREATE TABLE contents (id INTEGER PRIMARY KEY, digest BLOB NOT NULL, \
      form INTEGER NOT NULL, bytes BLOB NOT NULL, seal BLOB NOT NULL)
      """
    ),
    ("contents_by_digest", "CREATE INDEX contents_by_digest ON contents (digest)"),
  ],
  statements: ["PRAGMA application_id = 1349678707", "PRAGMA user_version = 1"])

/// Signatures that others added to a checkpoint. SQLite counts them, in a table of its own, so that
/// a last one that was taken away is missed.
private let secondMigration = Migration(
  objects: [
    (
      "cosignatures",
      """
      CREATE TABLE cosignatures (id INTEGER PRIMARY KEY AUTOINCREMENT, \
      checkpoint INTEGER NOT NULL, key BLOB NOT NULL, line BLOB NOT NULL)
      """
    )
  ],
  statements: ["PRAGMA user_version = 2"],
  implied: ["sqlite_sequence": "CREATE TABLE sqlite_sequence(name,seq)"])

/// Digests in leaves are stored as their bytes. The tables stay as they are; whoever does not know
/// of it must not take such a leaf for damaged.
private let thirdMigration = Migration(
  objects: [], statements: ["PRAGMA schema_version = 9", "PRAGMA user_version = 3"])
