// Checks everything that a ledger holds against everything else, from the leaves upwards.

package import ProvisoLog

/// Something that a verification found.
package struct LedgerFinding: Hashable, Sendable {
  /// What it means for who relies on the ledger.
  package enum Weight: Int, Hashable, Sendable {
    /// What was recorded is not what stands there.
    case wrong
    /// A run without its end: being recorded, or cut off.
    case incomplete
    /// Nothing recorded is touched by it.
    case remark
  }
  package let weight: Weight
  /// `entry 17`, `run 3`, `page 12 of the file`.
  package let place: String
  /// One lower-case sentence without a full stop.
  package let message: String

  /// Something found at a place.
  package init(_ weight: Weight, _ place: String, _ message: String) {
    self.weight = weight
    self.place = place
    self.message = message
  }
}

/// What a verification came to.
package struct VerificationResult: Sendable {
  /// The log's name.
  package internal(set) var origin = ""
  /// How many entries there are, as far as they could be walked over.
  package internal(set) var entryCount = 0
  /// The number of the last run.
  package internal(set) var runCount = 0
  /// How many contracts and files are kept.
  package internal(set) var contentCount = 0
  /// How many signatures were added to checkpoints.
  package internal(set) var cosignatureCount = 0
  /// The versions of SQLite that are recorded to have written to the file.
  package internal(set) var sqliteVersions: Set<Int> = [Database.libraryVersion]
  /// In the order in which they were found, at most `findingLimit` of them.
  package private(set) var findings: [LedgerFinding] = []
  /// Findings beyond the limit.
  package private(set) var furtherCount = 0
  /// The first entry that is wrong; nil where none is, or the place cannot be told.
  package internal(set) var firstWrongEntry: Int?
  /// The runs that hold something wrong, or whose checkpoints cover it, ascending.
  package var affectedRuns: [Int] { affected.sorted() }
  private var affected: Set<Int> = []
  /// Whether anything recorded is not what stands there.
  package private(set) var isWrong = false
  /// Whether a run has no end.
  package private(set) var isIncomplete = false
  /// The last checkpoint of the ledger that is in order.
  package internal(set) var lastGoodCheckpoint: Int?

  package static let findingLimit = 200

  /// Starts with nothing found.
  package init() {}

  /// Notes something found.
  ///
  /// What is wrong is named before what is only remarked on: a remark gives way where there is no
  /// more room.
  package mutating func add(_ finding: LedgerFinding, run: Int? = nil) {
    if finding.weight == .wrong { isWrong = true }
    if finding.weight == .incomplete { isIncomplete = true }
    if let run, finding.weight == .wrong { markAffected(run) }
    if findings.count >= VerificationResult.findingLimit {
      furtherCount += 1
      guard finding.weight != .remark,
        let remark = findings.lastIndex(where: { $0.weight == .remark })
      else { return }
      findings.remove(at: remark)
    }
    findings.append(finding)
  }

  /// Notes a run whose checkpoint covers something wrong.
  mutating func markAffected(_ run: Int) { affected.insert(run) }
}

/// What somebody who verifies a ledger knows from elsewhere.
package struct VerificationKnowledge: Sendable {
  /// The key that the ledger must be signed with; nil: the one it names itself.
  package var key: VerifierKey?
  /// Checkpoints that were published, which the ledger must still agree with.
  package var checkpoints: [SignedNote] = []

  /// Knows nothing.
  package init() {}
}

extension Ledger {
  /// Checks everything: structure, contents, hashes, tree, records, checkpoints, signatures.
  ///
  /// Entries are read once, in order, and none is held: what is held is the right edge of the tree
  /// and the fragments, which are limited.
  package func verify(_ knowledge: VerificationKnowledge) throws(LedgerFailure)
    -> VerificationResult
  {
    var verifier = try LedgerVerifier(self, knowledge)
    try verifier.run()
    return verifier.result
  }
}

/// One verification; its parts stand in the files named after what they check.
struct LedgerVerifier: ~Copyable {
  let ledger: Ledger
  let knowledge: VerificationKnowledge
  let hasher: TreeHasher
  var result = VerificationResult()
  /// The runs that could be read.
  var runs: [Int: RecordedRun] = [:]
  /// The size and root that each checkpoint states, by its number.
  var stated: [Int: Checkpoint] = [:]
  /// The ledger's keys, with the number of the run that brought each into use; 0 for the first.
  var keys: [(from: Int, key: VerifierKey)]
  /// So many contents, from the first, are referred to.
  var referredContents = 0
  /// Whether the entries could be walked to their end.
  var areEntriesWalked = false

  init(_ ledger: Ledger, _ knowledge: VerificationKnowledge) throws(LedgerFailure) {
    let hasher = try hashing { () throws(CryptoFailure) in try TreeHasher() }
    self.ledger = ledger
    self.knowledge = knowledge
    self.hasher = hasher
    keys = [(from: 0, key: ledger.record.key)]
  }

  mutating func run() throws(LedgerFailure) {
    result.origin = ledger.record.origin
    result.sqliteVersions.insert(ledger.record.sqlite)
    try checkStructure()
    try checkRecords()
    try checkContents()
    try checkEntries()
    checkReferences()
    try checkCosignatures()
    try checkKnowledge()
  }

  mutating func wrong(_ place: String, _ message: String, run: Int? = nil) {
    result.add(LedgerFinding(.wrong, place, message), run: run)
  }

  /// Takes damage that reading came upon for a finding; any other failure ends the verification.
  mutating func note(_ failure: LedgerFailure, run: Int? = nil) throws(LedgerFailure) {
    switch failure {
    case .damaged(let place, let what): wrong(place, what, run: run)
    case .absent(let what): wrong(what, "it is missing", run: run)
    default: throw failure
    }
  }

  /// What SQLite itself can tell about the file.
  private mutating func checkStructure() throws(LedgerFailure) {
    do throws(LedgerFailure) {
      let statement = try ledger.database.prepare("PRAGMA integrity_check(20)")
      while try statement.step() {
        let words = try statement.text(0, "the file")
        if words != "ok" { wrong("the file", "SQLite finds: \(words)") }
      }
    } catch {
      try note(error)
    }
    do throws(LedgerFailure) {
      if try ledger.database.number("SELECT count(*) FROM ledger") != 1 {
        wrong("the ledger's own record", "there is not one but several")
      }
    } catch {
      try note(error)
    }
  }

  /// Signatures that others added.
  private mutating func checkCosignatures() throws(LedgerFailure) {
    do throws(LedgerFailure) {
      let added = try ledger.cosignatures()
      result.cosignatureCount = added.count
      var seen: Set<String> = []
      for (position, cosignature) in added.enumerated() {
        let place = "added signature \(position + 1)"
        let name = "\(cosignature.checkpoint) \(cosignature.key.text)"
        if !seen.insert(name).inserted { wrong(place, "it stands there twice") }
        do throws(LedgerFailure) {
          let note = try ledger.checkpoint(cosignature.checkpoint).note
          let standing = try hashing { () throws(CryptoFailure) in
            try note.standing(of: cosignature.key)
          }
          if standing != .signed {
            wrong(place, "it is no signature of `\(cosignature.key.name)` over its checkpoint")
          }
        } catch {
          try note(error)
        }
      }
      guard ledger.schemaVersion >= 2 else { return }
      let counted = try ledger.database.number(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'cosignatures'), 0)")
      let rows = try ledger.database.number(
        """
        SELECT count(*) + (SELECT count(*) FROM sqlite_sequence WHERE rowid <> 1) \
        FROM sqlite_sequence
        """)
      if counted != added.count || rows != (added.isEmpty ? 0 : 1) {
        wrong("the added signatures", "\(counted) were added, and \(added.count) are there")
      }
      if try ledger.database.number("SELECT coalesce(max(id), 0) FROM cosignatures") != added.count
      {
        wrong("the added signatures", "they are not numbered one after another")
      }
    } catch {
      try note(error)
    }
  }

  /// What is known from elsewhere: checkpoints that were published.
  private mutating func checkKnowledge() throws(LedgerFailure) {
    for (position, note) in knowledge.checkpoints.enumerated() {
      let place =
        "the published checkpoint\(knowledge.checkpoints.count > 1 ? " \(position + 1)" : "")"
      var isSigned = false
      for (_, key) in keys where !isSigned {
        isSigned = try hashing { () throws(CryptoFailure) in try note.standing(of: key) } == .signed
      }
      guard isSigned, let checkpoint = Checkpoint(note.body) else {
        let key = knowledge.key ?? ledger.record.key
        wrong(place, "it is not signed by `\(key.name)`, so it says nothing about this ledger")
        continue
      }
      guard checkpoint.size <= UInt64(clamping: result.entryCount) else {
        wrong(
          place,
          "it covers \(checkpoint.size) entries and the ledger has \(result.entryCount): the file "
            + "is an older copy, or entries were taken away",
          run: result.runCount)
        continue
      }
      do throws(LedgerFailure) {
        if try ledger.root(size: Int(clamping: checkpoint.size)) != checkpoint.root {
          wrong(
            place,
            "the first \(checkpoint.size) entries of the ledger are not those that it covers")
          for run in runs.keys.sorted()
          where UInt64(runs[run]?.opening.first ?? 0) < checkpoint.size {
            result.add(
              LedgerFinding(.wrong, "run \(run)", "the published checkpoint denies it"), run: run)
          }
        }
      } catch {
        try self.note(error)
      }
      let known = try? ledger.checkpoint(result.runCount)
      if let known, known.checkpoint.size == checkpoint.size, known.note.body != note.body,
        known.checkpoint.root == checkpoint.root,
        !stated.values.contains(where: { $0.body == note.body })
      {
        wrong(place, "the ledger has the same entries and another record of the run that it closes")
      }
    }
  }
}
