// A ledger file: opening it, its runs, its entries and its checkpoints.

package import ProvisoLog

/// A run as it stands in a ledger.
package struct RecordedRun: Hashable, Sendable {
  package let opening: RunOpening
  /// Nil of a run that is being recorded or was cut off.
  package let closing: RunClosing?
}

/// A ledger: the runs that were recorded, an entry for each contract, and signed checkpoints.
///
/// All that is read is checked for its form. Whether it is what was written, `verify` tells.
package final class Ledger {
  let database: Database
  /// The version of the schema it was made with.
  let schemaVersion: Int
  /// What the ledger says of itself.
  package let record: LedgerRecord
  /// Fragments that were read, from `firstFragment` on: those of one run stand close together.
  private var fragments: [[UInt8]?] = []
  private var firstFragment = 0
  private let entryStatement: Statement
  private let fragmentStatement: Statement
  private let nodeStatement: Statement

  /// Opens a ledger.
  package convenience init(path: String, _ access: DatabaseAccess) throws(LedgerFailure) {
    try self.init(Database(path: path, access), .current)
    if access == .write {
      try database.run("PRAGMA synchronous = FULL")
      try database.run("PRAGMA secure_delete = ON")
      try database.run("PRAGMA cache_size = -32768")
    }
  }

  init(_ database: Database, _ schema: Schema) throws(LedgerFailure) {
    self.database = database
    schemaVersion = try schema.check(database)
    let statement = try database.prepare("SELECT record FROM ledger WHERE id = 1")
    guard try statement.step() else {
      throw .damaged(place: "the ledger's own record", "it is missing")
    }
    let bytes = try statement.bytes(0, "the ledger's own record")
    guard let record = try hashing({ () throws(CryptoFailure) in try LedgerRecord(bytes) }) else {
      throw .damaged(place: "the ledger's own record", "it is not in the form of one")
    }
    self.record = record
    entryStatement = try database.prepare("SELECT leaf FROM entries WHERE position = ?")
    fragmentStatement = try database.prepare("SELECT bytes FROM fragments WHERE id = ?")
    nodeStatement = try database.prepare("SELECT hashes FROM entries WHERE position = ?")
  }

  /// Makes a ledger and signs its first checkpoint, of no entries.
  ///
  /// - Parameter path: Where nothing is yet; whoever calls has made sure of that.
  package static func create(
    path: String, record: LedgerRecord, key: SigningKey
  ) throws(LedgerFailure) {
    try create(path: path, record: record, key: key, schema: .current)
  }

  /// How large the pages of a ledger's file are.
  enum PageSize: CaseIterable {
    /// 16,384 bytes: a run is written in a quarter of the pages, which takes half of the time.
    case usual
    /// 4,096 bytes, as they were before.
    case small
  }

  static func create(
    path: String, record: LedgerRecord, key: SigningKey, schema: Schema,
    pageSize: PageSize = .usual
  ) throws(LedgerFailure) {
    let database = try Database(path: path, .create)
    switch pageSize {
    case .usual: try database.run("PRAGMA page_size = 16384")
    case .small: try database.run("PRAGMA page_size = 4096")
    }
    try database.run("PRAGMA journal_mode = WAL")
    try database.run("PRAGMA synchronous = FULL")
    try database.run("PRAGMA secure_delete = ON")
    try database.transaction { () throws(LedgerFailure) in
      try schema.migrate(database, from: 0)
      let insertion = try database.prepare("INSERT INTO ledger (id, record) VALUES (1, ?)")
      try insertion.bind(1, record.bytes)
      try insertion.run()
      let note = try hashing { () throws(CryptoFailure) in
        let hasher = try TreeHasher()
        let checkpoint = Checkpoint(
          origin: record.origin, size: 0, root: try hasher.emptyRoot(),
          extensions: [try ledgerExtension(record, hasher)])
        return try SignedNote(checkpoint.body, by: key)
      }
      try insertCheckpoint(0, closing: [], note, database)
    }
  }

  /// The number of entries.
  package func size() throws(LedgerFailure) -> Int {
    try database.number("SELECT coalesce(max(position) + 1, 0) FROM entries")
  }

  // MARK: Entries

  /// The leaf of an entry: its canonical JSON.
  package func leaf(_ position: Int) throws(LedgerFailure) -> [UInt8] {
    defer { entryStatement.reset() }
    try entryStatement.bind(1, position)
    guard try entryStatement.step() else { throw .absent("entry \(position)") }
    var leaf: [UInt8] = []
    let outcome = try entryStatement.withBytes(0, "entry \(position)") { stored in
      attempt { () throws(LedgerFailure) in try unpack(stored, into: &leaf) }
    }
    guard try outcome.get() else {
      throw .damaged(place: "entry \(position)", "its stored form is not one")
    }
    return leaf
  }

  /// Puts a leaf together from its stored form; false where that is not one.
  ///
  /// - Parameters:
  ///   - hasDigests: Whether digests may stand in it as bytes.
  ///   - isExpected: Whether the leaf may refer to a fragment.
  func unpack(
    _ stored: UnsafeRawBufferPointer, into leaf: inout [UInt8], hasDigests: Bool = true,
    isExpected: (_ fragment: Int) -> Bool = { _ in true }
  ) throws(LedgerFailure) -> Bool {
    try unpackLeaf(
      stored, into: &leaf, hasDigests: hasDigests
    ) { (number, leaf) throws(LedgerFailure) in
      guard isExpected(number) else { return false }
      let place = number - firstFragment
      if fragments.indices.contains(place), let known = fragments[place] {
        leaf.append(contentsOf: known)
        return true
      }
      guard let bytes = try fragment(number) else { return false }
      remember(bytes, as: number)
      leaf.append(contentsOf: bytes)
      return true
    }
  }

  /// Keeps a fragment at hand, with at most as many others as two runs may have.
  private func remember(_ bytes: [UInt8], as number: Int) {
    let room = 2 * LeafPacker.fragmentLimit
    if fragments.isEmpty || number < firstFragment || number >= firstFragment + room {
      firstFragment = max(0, number - LeafPacker.fragmentLimit)
      fragments = Array(repeating: nil, count: room)
    }
    fragments[number - firstFragment] = bytes
  }

  private func fragment(_ number: Int) throws(LedgerFailure) -> [UInt8]? {
    defer { fragmentStatement.reset() }
    try fragmentStatement.bind(1, number)
    guard try fragmentStatement.step() else { return nil }
    return try fragmentStatement.bytes(0, "fragment \(number)")
  }

  /// The hash of a perfect subtree, as it was stored with the entry that completed it.
  func node(_ node: TreeNode) throws(LedgerFailure) -> LogHash {
    let position = Int(clamping: node.lastLeaf)
    defer { nodeStatement.reset() }
    try nodeStatement.bind(1, position)
    guard try nodeStatement.step() else { throw .absent("entry \(position)") }
    let start = node.level * LogHash.byteCount
    let hash = try nodeStatement.withBytes(0, "entry \(position)") { bytes in
      LogHash(in: bytes, at: start)
    }
    guard let hash else {
      throw .damaged(place: "entry \(position)", "a hash of the tree is missing")
    }
    return hash
  }

  // MARK: Runs and checkpoints

  /// Every run, in order.
  package func runs() throws(LedgerFailure) -> [RecordedRun] {
    let statement = try database.prepare(
      """
      SELECT r.number, r.opening, c.closing FROM runs r \
      LEFT JOIN checkpoints c ON c.number = r.number ORDER BY r.number
      """)
    var runs: [RecordedRun] = []
    while try statement.step() {
      let number = try statement.integer(0, "a run")
      let place = "run \(number)"
      let bytes = try statement.bytes(1, place)
      let read = try hashing { () throws(CryptoFailure) in try RunOpening(bytes) }
      guard let opening = read, opening.number == number else {
        throw .damaged(place: place, "what was written at its start is not in form")
      }
      let end = try statement.optionalBytes(2, place)
      let closing = end.flatMap { RunClosing($0) }
      guard closing != nil || end == nil, closing.map({ $0.number == number }) ?? true else {
        throw .damaged(place: place, "what was written at its end is not in form")
      }
      runs.append(RecordedRun(opening: opening, closing: closing))
    }
    return runs
  }

  /// The run of a number.
  package func run(_ number: Int) throws(LedgerFailure) -> RecordedRun {
    guard let run = try runs().first(where: { $0.opening.number == number }) else {
      throw .absent("run \(number)")
    }
    return run
  }

  /// A checkpoint by the number of the run that it closes, with the signatures that were added.
  ///
  /// - Parameter number: 0 for the one the ledger began with; nil for the last.
  package func checkpoint(
    _ number: Int? = nil
  ) throws(LedgerFailure) -> (number: Int, note: SignedNote, checkpoint: Checkpoint) {
    let last = try database.number("SELECT coalesce(max(number), -1) FROM checkpoints")
    let wanted = number ?? last
    let statement = try database.prepare("SELECT note FROM checkpoints WHERE number = ?")
    try statement.bind(1, wanted)
    guard try statement.step() else { throw .absent("checkpoint \(wanted)") }
    let place = "checkpoint \(wanted)"
    guard var note = SignedNote(try statement.bytes(0, place)),
      let checkpoint = Checkpoint(note.body)
    else { throw .damaged(place: place, "it is not a signed note") }
    for added in try cosignatures() where added.checkpoint == wanted { note.add(added.signature) }
    return (wanted, note, checkpoint)
  }

  /// The first checkpoint of a tree that has an entry; nil where there is none yet.
  package func firstCheckpoint(
    covering position: Int
  ) throws(LedgerFailure) -> (number: Int, note: SignedNote, checkpoint: Checkpoint)? {
    let statement = try database.prepare("SELECT number FROM checkpoints ORDER BY number")
    while try statement.step() {
      let found = try checkpoint(try statement.integer(0, "a checkpoint"))
      if found.checkpoint.size > UInt64(clamping: position) { return found }
    }
    return nil
  }
}

/// The line of a checkpoint that binds the ledger's own record.
func ledgerExtension(
  _ record: LedgerRecord, _ hasher: borrowing TreeHasher
) throws(CryptoFailure) -> String {
  "proviso-ledger \(try hasher.plain(record.bytes).base64)"
}

/// The line of a checkpoint that binds what was written at a run's start and end.
func runExtension(
  _ number: Int, opening: [UInt8], closing: [UInt8], _ hasher: borrowing TreeHasher
) throws(CryptoFailure) -> String {
  let start = try hasher.plain(opening).base64
  let end = try hasher.plain(closing).base64
  return "proviso-run \(number) \(start) \(end)"
}

func insertCheckpoint(
  _ number: Int, closing: [UInt8], _ note: SignedNote, _ database: Database
) throws(LedgerFailure) {
  let insertion = try database.prepare(
    "INSERT INTO checkpoints (number, closing, note) VALUES (?, ?, ?)")
  try insertion.bind(1, number)
  try insertion.bind(2, closing)
  try insertion.bind(3, Array(note.text.utf8))
  try insertion.run()
}
