// Records a run: its entries one at a time, committed in groups, and the checkpoint that closes it.

package import ProvisoLog

/// A run that is being recorded.
///
/// Whoever records holds the ledger's lock, so that there is one at a time. What was committed
/// stays whatever happens to the process; the rest was never there. A run that does not come to
/// its end is resumed, or closed by the next one and marked as cut off.
package final class Recorder {
  private let ledger: Ledger
  private let key: SigningKey
  private let opening: RunOpening
  private let hasher: TreeHasher
  // Each result goes through these. Nothing that is called on the way comes back to the recorder,
  // so no access to them has to be watched.
  @exclusivity(unchecked) private var frontier: TreeFrontier
  @exclusivity(unchecked) private var encoder: LeafEncoder
  private let contents: ContentWriter
  @exclusivity(unchecked) private var rows: EntryRows
  private let fragmentInsertion: Statement
  @exclusivity(unchecked) private var uncommitted = 0
  @exclusivity(unchecked) private var isInTransaction = false
  /// The hashes of the leaves of a batch.
  @exclusivity(unchecked) private var hashes: [LogHash] = []

  /// The runs that were found open and closed as cut off, before this one began.
  package let closedBefore: [Int]
  /// How many entries this run has.
  @exclusivity(unchecked) package private(set) var entryCount = 0
  /// How many entries of a run that is resumed were there before: the first results that are handed
  /// over must be theirs.
  package let resumedCount: Int
  /// Whether the run was begun before, and cut off.
  package let resumes: Bool

  /// So many entries are committed together, where nothing else is asked for.
  package static let usualGroupSize = 1 << 16
  private let groupSize: Int

  /// Begins a run, or goes on with the one that was cut off.
  ///
  /// - Parameters:
  ///   - resumes: Whether to go on with a run that was cut off. Then all of its results are handed
  ///     over again from the first: those that are there already are compared, the others recorded.
  ///   - groupSize: So many entries are committed together.
  ///   - now: The time to close a run with that was cut off.
  package convenience init(
    path: String, key: SigningKey, _ subject: RunSubject, resumes: Bool = false,
    groupSize: Int = usualGroupSize, now: String
  ) throws(LedgerFailure) {
    try self.init(
      Ledger(path: path, .write), key, subject, resumes: resumes, groupSize: groupSize, now: now)
  }

  init(
    _ found: Ledger, _ key: SigningKey, _ subject: RunSubject, resumes: Bool = false,
    groupSize: Int = usualGroupSize, now: String
  ) throws(LedgerFailure) {
    self.groupSize = max(groupSize, 1)
    self.resumes = resumes
    try found.checkOwner(key)
    ledger = found
    self.key = key
    hasher = try hashing { () throws(CryptoFailure) in try TreeHasher() }
    let database = found.database
    if resumes {
      opening = try found.cutOffRun(of: subject)
      try database.transaction { () throws(LedgerFailure) in
        try Schema.current.migrate(database, from: found.schemaVersion)
      }
      closedBefore = []
    } else {
      (opening, closedBefore) = try found.beginRun(subject, by: key, now: now)
    }
    let size = try found.size()
    resumedCount = size - opening.first
    guard resumedCount >= 0 else {
      throw .damaged(place: "run \(opening.number)", "entries before it are missing")
    }
    contents = try ContentWriter(database)
    frontier = try TreeFrontier(size: UInt64(size)) { (node) throws(LedgerFailure) in
      try found.node(node)
    }
    encoder = LeafEncoder(
      nextFragment: try database.number("SELECT coalesce(max(id), 0) + 1 FROM fragments"))
    rows = try EntryRows(database)
    fragmentInsertion = try database.prepare("INSERT INTO fragments (id, bytes) VALUES (?, ?)")
  }

  /// The number of the run.
  package var number: Int { opening.number }

  // MARK: Results

  /// Records the result for one contract.
  ///
  /// - Parameters:
  ///   - leaf: The canonical result of `ProvisoReports`.
  ///   - cuts: Where parts of it begin that other leaves may share, ascending; none will do.
  ///   - contract: The contract's bytes, where they are kept.
  package func record(
    _ leaf: [UInt8], cuts: [Int] = [], contract: [UInt8]? = nil
  ) throws(LedgerFailure) {
    try record(0, encoder.parts(of: leaf, cuts: cuts), leaf, contract)
  }

  /// Makes bytes that occur in many leaves known; nil where there is no more room for such.
  package func share(_ bytes: [UInt8]) -> LeafPiece? { encoder.share(bytes) }

  /// The piece that some bytes are which may not occur again; nil while they did not.
  package func piece(_ bytes: [UInt8]) -> LeafPiece? { encoder.piece(bytes) }

  /// Makes known how leaves begin that begin with some pieces; nil where there is no more room.
  ///
  /// Whoever asks keeps the answer: asking again makes another of the same.
  package func beginning(_ pieces: [LeafPiece]) -> LeafBeginning? { encoder.beginning(pieces) }

  /// Records the result for one contract that was put together from parts.
  ///
  /// - Parameter contract: The contract's bytes, where they are kept.
  package func record(
    _ draft: LeafDraft, contract: [UInt8]? = nil
  ) throws(LedgerFailure) {
    try record(draft.beginning, draft.parts, draft.own, contract)
  }

  /// Records the results of a batch, in its order.
  package func record(_ batch: LeafBatch) throws(LedgerFailure) {
    do throws(CryptoFailure) { try encoder.hash(batch, into: &hashes) } catch {
      throw .crypto(error)
    }
    var next = 0
    while next < hashes.count, entryCount < resumedCount {
      try compare(hashes[next])
      next += 1
    }
    while next < hashes.count {
      // What does not fit into this group is committed with the next, and so are its fragments.
      let end = min(hashes.count, next + groupSize - uncommitted)
      try begin()
      do throws(LedgerFailure) {
        try encoder.store(
          batch, next..<end, hashes, in: &frontier, hasher, into: &rows, isNew: insertFragment)
      } catch {
        undo()
        throw error
      }
      uncommitted += end - next
      entryCount += end - next
      next = end
      if uncommitted >= groupSize { try commit() }
    }
  }

  private func begin() throws(LedgerFailure) {
    guard !isInTransaction else { return }
    try ledger.database.run("BEGIN IMMEDIATE")
    isInTransaction = true
  }

  private func count() throws(LedgerFailure) {
    uncommitted += 1
    entryCount += 1
    if uncommitted >= groupSize { try commit() }
  }

  private func insertFragment(_ number: Int, _ bytes: [UInt8]) throws(LedgerFailure) {
    try fragmentInsertion.bind(1, number)
    try fragmentInsertion.bind(2, bytes)
    try fragmentInsertion.run()
  }

  private func record(
    _ beginning: Int, _ parts: [LeafDraft.Part], _ own: [UInt8], _ contract: [UInt8]?
  ) throws(LedgerFailure) {
    let count = encoder.count(beginning, parts)
    guard count > 0, count <= leafLimitBytes else {
      throw .notRecordable("a result of \(count) bytes cannot be recorded")
    }
    let made: Result<LogHash, LedgerFailure> = own.withUnsafeBytes { own in
      attempt { () throws(LedgerFailure) in
        try hashing { () throws(CryptoFailure) in try encoder.hash(beginning, parts, own) }
      }
    }
    let leafHash = try made.get()
    guard entryCount >= resumedCount else { return try compare(leafHash) }
    try begin()
    do throws(LedgerFailure) {
      if let contract { _ = try contents.keep(contract) }
      rows.begin(Int(clamping: frontier.size))
      let packing: Result<Void, LedgerFailure> = own.withUnsafeBytes { own in
        attempt { () throws(LedgerFailure) in
          try encoder.store(beginning, parts, own, into: &rows.bytes, isNew: insertFragment)
        }
      }
      try packing.get()
      try append(leafHash)
    } catch {
      undo()
      throw error
    }
    try self.count()
  }

  /// Holds a result against the entry that was recorded for it before the run was cut off.
  private func compare(_ hash: LogHash) throws(LedgerFailure) {
    let position = opening.first + entryCount
    let recorded = try ledger.node(TreeNode(level: 0, index: UInt64(position)))
    guard hash == recorded else {
      throw .notResumable("entry \(position) of run \(opening.number) was recorded otherwise")
    }
    entryCount += 1
  }

  /// Ends an entry, whose stored leaf is there already, with its hashes.
  private func append(_ hash: LogHash) throws(LedgerFailure) {
    rows.endPart()
    do throws(CryptoFailure) {
      try frontier.append(hash, hasher) { rows.bytes.append($0) }
    } catch { throw .crypto(error) }
    rows.endPart()
    if rows.isFull { try rows.flush() }
  }

  private func commit() throws(LedgerFailure) {
    do throws(LedgerFailure) {
      try rows.flush()
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
    rows.clear()
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
    guard entryCount >= resumedCount else {
      throw .notResumable(
        "run \(opening.number) has \(resumedCount) entries, and only \(entryCount) came again")
    }
    try begin()
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
