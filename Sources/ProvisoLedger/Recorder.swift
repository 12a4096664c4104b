// Records a run: its entries one at a time, committed in groups, and the checkpoint that closes it.

package import ProvisoLog

/// A run that is being recorded.
///
/// Whoever records holds the ledger's lock, so that there is one at a time. What was committed
/// stays whatever happens to the process; the rest was never there. A run that does not come to
/// its end is closed by the next one, and marked as cut off.
package final class Recorder {
  private let ledger: Ledger
  private let key: SigningKey
  private let opening: RunOpening
  private let hasher: TreeHasher
  private var frontier: TreeFrontier
  private var packer: LeafPacker
  private let contents: ContentWriter
  private let insertion: Statement
  private let fragmentInsertion: Statement
  private var uncommitted = 0
  private var isInTransaction = false
  private var stored: [UInt8] = []
  private var completed: [LogHash] = []
  private var hashes = [UInt8](repeating: 0, count: 64 * LogHash.byteCount)

  /// The runs that were found open and closed as cut off, before this one began.
  package let closedBefore: [Int]
  /// How many entries this run has.
  package private(set) var entryCount = 0

  /// So many entries are committed together, where nothing else is asked for.
  package static let usualGroupSize = 1 << 16
  private let groupSize: Int

  /// Begins a run.
  ///
  /// - Parameters:
  ///   - files: The ruleset and all it reads, by the names of its digest, the ruleset first.
  ///   - groupSize: So many entries are committed together.
  ///   - now: The time to close a run with that was cut off.
  package convenience init(
    path: String, key: SigningKey, _ subject: RunSubject, files: [(name: String, bytes: [UInt8])],
    groupSize: Int = usualGroupSize, now: String
  ) throws(LedgerFailure) {
    try self.init(Ledger(path: path, .write), key, subject, files, groupSize: groupSize, now: now)
  }

  init(
    _ found: Ledger, _ key: SigningKey, _ subject: RunSubject,
    _ files: [(name: String, bytes: [UInt8])], groupSize: Int = usualGroupSize, now: String
  ) throws(LedgerFailure) {
    self.groupSize = max(groupSize, 1)
    try found.checkOwner(key)
    ledger = found
    self.key = key
    hasher = try hashing { () throws(CryptoFailure) in try TreeHasher() }
    let database = found.database
    let begun = try database.transaction { () throws(LedgerFailure) in
      try Schema.current.migrate(database, from: found.schemaVersion)
      let closed = try found.closeOpenRuns(by: key, now: now)
      let contents = try ContentWriter(database)
      var kept: [RulesetFile] = []
      for file in files {
        kept.append(RulesetFile(name: file.name, digest: try contents.keep(file.bytes)))
      }
      let before = try found.checkpoint()
      let opening = RunOpening(
        subject, number: before.number + 1, first: Int(clamping: before.checkpoint.size),
        files: kept, previous: try found.bodyHash(before.note))
      let insertion = try database.prepare("INSERT INTO runs (number, opening) VALUES (?, ?)")
      try insertion.bind(1, opening.number)
      try insertion.bind(2, opening.bytes)
      try insertion.run()
      return (opening, closed)
    }
    (opening, closedBefore) = begun
    contents = try ContentWriter(database)
    frontier = try TreeFrontier(size: UInt64(opening.first)) { (node) throws(LedgerFailure) in
      try found.node(node)
    }
    packer = LeafPacker(
      nextFragment: try database.number("SELECT coalesce(max(id), 0) + 1 FROM fragments"))
    insertion = try database.prepare(
      "INSERT INTO entries (position, leaf, hashes) VALUES (?, ?, ?)")
    fragmentInsertion = try database.prepare("INSERT INTO fragments (id, bytes) VALUES (?, ?)")
  }

  /// The number of the run.
  package var number: Int { opening.number }

  /// Records the result for one contract.
  ///
  /// - Parameters:
  ///   - leaf: The canonical result of `ProvisoReports`.
  ///   - cuts: Where parts of it begin that other leaves may share, ascending; none will do.
  ///   - contract: The contract's bytes, where they are kept.
  package func record(
    _ leaf: [UInt8], cuts: [Int] = [], contract: [UInt8]? = nil
  ) throws(LedgerFailure) {
    guard !leaf.isEmpty, leaf.count <= leafLimitBytes else {
      throw .notRecordable("a result of \(leaf.count) bytes cannot be recorded")
    }
    if !isInTransaction {
      try ledger.database.run("BEGIN IMMEDIATE")
      isInTransaction = true
    }
    do throws(LedgerFailure) {
      if let contract { _ = try contents.keep(contract) }
      try append(leaf, cuts)
    } catch {
      undo()
      throw error
    }
    uncommitted += 1
    entryCount += 1
    if uncommitted >= groupSize { try commit() }
  }

  private func append(_ leaf: [UInt8], _ cuts: [Int]) throws(LedgerFailure) {
    let position = Int(clamping: frontier.size)
    let outcome: Result<Void, LedgerFailure> = leaf.withUnsafeBytes { bytes in
      attempt { () throws(LedgerFailure) in
        try packer.pack(bytes, cuts: cuts, into: &stored) { (number, piece) throws(LedgerFailure) in
          try fragmentInsertion.bind(1, number)
          try fragmentInsertion.bind(2, piece)
          try fragmentInsertion.run()
        }
        try hashing { () throws(CryptoFailure) in
          try frontier.append(try hasher.leaf(bytes), hasher, completed: &completed)
        }
      }
    }
    try outcome.get()
    // A buffer for the most hashes that one entry can complete; what is stored are its first.
    let hashBytes = completed.count * LogHash.byteCount
    hashes.withUnsafeMutableBytes { buffer in
      for (level, hash) in completed.enumerated() {
        hash.store(
          in: UnsafeMutableRawBufferPointer(rebasing: buffer[(level * LogHash.byteCount)...]))
      }
    }
    let insertion = insertion
    try insertion.bind(1, position)
    let inserted: Result<Void, LedgerFailure> = stored.withUnsafeBytes { stored in
      hashes.withUnsafeBytes { hashes in
        attempt { () throws(LedgerFailure) in
          try insertion.bindStaying(2, stored)
          try insertion.bindStaying(3, UnsafeRawBufferPointer(rebasing: hashes[..<hashBytes]))
          try insertion.run()
        }
      }
    }
    try inserted.get()
  }

  private func commit() throws(LedgerFailure) {
    do throws(LedgerFailure) {
      try ledger.database.run("COMMIT")
    } catch {
      undo()
      throw error
    }
    isInTransaction = false
    uncommitted = 0
  }

  private func undo() {
    try? ledger.database.run("ROLLBACK")
    isInTransaction = false
    uncommitted = 0
  }

  /// Closes the run with a signed checkpoint.
  ///
  /// - Parameters:
  ///   - counts: How many contracts came to each outcome, and how many were rejected.
  ///   - sourceDigest: Of all bytes of the source.
  ///   - ended: The time by the clock of the machine.
  package func close(
    counts: [RunCount], sourceDigest: String?, ended: String
  ) throws(LedgerFailure) -> SignedNote {
    if !isInTransaction {
      try ledger.database.run("BEGIN IMMEDIATE")
      isInTransaction = true
    }
    let closing = RunClosing(
      number: opening.number, entries: entryCount, counts: counts, sourceDigest: sourceDigest,
      ended: ended, isCutOff: false)
    let note: SignedNote
    do throws(LedgerFailure) {
      let root = try hashing { () throws(CryptoFailure) in try frontier.root(hasher) }
      note = try ledger.close(
        opening, closing, size: frontier.size, root: root, by: key, hasher)
    } catch {
      undo()
      throw error
    }
    try commit()
    return note
  }
}

extension Ledger {
  /// Makes sure that a key is the one that the ledger's checkpoints are signed with.
  package func checkOwner(_ key: SigningKey) throws(LedgerFailure) {
    guard key.verifier == record.key else {
      throw .wrongKey(key.verifier.text, ledger: record.key.text)
    }
  }

  /// Closes the runs that were cut off, as such; their numbers.
  ///
  /// Whoever calls holds the ledger's lock, so that an open run is one that nobody records.
  package func closeCutOffRuns(by key: SigningKey, now: String) throws(LedgerFailure) -> [Int] {
    try checkOwner(key)
    return try database.transaction { () throws(LedgerFailure) in
      try closeOpenRuns(by: key, now: now)
    }
  }

  fileprivate func closeOpenRuns(
    by key: SigningKey, now: String
  ) throws(LedgerFailure) -> [Int] {
    let open = try runs().filter { $0.closing == nil }
    guard let last = open.last?.opening else { return [] }
    guard open.count == 1 else {
      throw .damaged(
        place: "run \(open[0].opening.number)", "it was never closed, and others follow")
    }
    let size = UInt64(clamping: try size())
    let hasher = try hashing { () throws(CryptoFailure) in try TreeHasher() }
    let frontier = try TreeFrontier(size: size) { (node) throws(LedgerFailure) in
      try self.node(node)
    }
    let root = try hashing { () throws(CryptoFailure) in try frontier.root(hasher) }
    guard Int(clamping: size) >= last.first else {
      throw .damaged(place: "run \(last.number)", "entries before it are missing")
    }
    let closing = RunClosing(
      number: last.number, entries: Int(clamping: size) - last.first, counts: [],
      sourceDigest: nil, ended: now, isCutOff: true)
    _ = try close(last, closing, size: size, root: root, by: key, hasher)
    return [last.number]
  }

  fileprivate func close(
    _ opening: RunOpening, _ closing: RunClosing, size: UInt64, root: LogHash,
    by key: SigningKey, _ hasher: borrowing TreeHasher
  ) throws(LedgerFailure) -> SignedNote {
    let note: SignedNote
    do throws(CryptoFailure) {
      let line = try runExtension(
        opening.number, opening: opening.bytes, closing: closing.bytes, hasher)
      let checkpoint = Checkpoint(
        origin: record.origin, size: size, root: root, extensions: [line])
      note = try SignedNote(checkpoint.body, by: key)
    } catch {
      throw .crypto(error)
    }
    try insertCheckpoint(opening.number, closing: closing.bytes, note, database)
    return note
  }

  /// The SHA-256 of a checkpoint's text, without its signatures.
  func bodyHash(_ note: SignedNote) throws(LedgerFailure) -> LogHash {
    try hashing { () throws(CryptoFailure) in try TreeHasher().plain(Array(note.body.utf8)) }
  }
}
