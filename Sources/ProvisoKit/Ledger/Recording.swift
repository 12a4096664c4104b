// Records what a ruleset says of contracts, one at a time, in a ledger.

package import ProvisoLedger
package import ProvisoLog
package import ProvisoModel
import ProvisoReports
import ProvisoSource

/// Where and how results are recorded.
package struct RecordingSettings: Hashable, Sendable {
  /// The ledger's file.
  package let ledger: String
  /// The file of the key that it is signed with.
  package let key: String
  /// Whether the contracts' bytes are kept too.
  package let keepsContracts: Bool
  /// Whether to go on with the run that was cut off.
  package let resumes: Bool

  /// Records in a ledger with its key.
  package init(ledger: String, key: String, keepsContracts: Bool, resumes: Bool = false) {
    self.ledger = ledger
    self.key = key
    self.keepsContracts = keepsContracts
    self.resumes = resumes
  }
}

/// A ledger and its key, found to fit before any work is done.
package struct PreparedRecording: Sendable {
  package let settings: RecordingSettings
  package let key: SigningKey
}

/// How a run that was recorded ended.
package struct RecordedRunSummary: Sendable {
  /// The run's number.
  package let number: Int
  /// The position of its first entry, and how many there are.
  package let first: Int
  package let entryCount: Int
  package let checkpoint: SignedNote
  /// Runs that were found cut off and were closed as such.
  package let closedBefore: [Int]
  /// Of a run that was resumed: how many of its entries were there before.
  package let resumedCount: Int
}

/// What contracts are read from.
package struct RecordedSource: Hashable, Sendable {
  /// As it was named.
  package let name: String
  /// Of all its bytes: `sha256:` and hex digits; nil where it cannot be read twice.
  package let digest: String?

  /// A source by its name and digest.
  package init(name: String, digest: String?) {
    self.name = name
    self.digest = digest
  }
}

/// What a run ends with, as whoever evaluates says.
package struct RunEnd: Sendable {
  /// How many contracts came to each outcome, and how many were rejected.
  package let counts: [RunCount]
  /// Of all bytes of the source: `sha256:` and hex digits; nil where it was not read to its end.
  package let sourceDigest: String?

  /// A run that came to its end.
  package init(counts: [RunCount], sourceDigest: String?) {
    self.counts = counts
    self.sourceDigest = sourceDigest
  }
}

extension Files {
  /// Makes sure, before any work is done, that there is a ledger to record in and that the key is
  /// its own.
  package func prepareRecording(
    _ settings: RecordingSettings
  ) throws(LedgerAccessFailure) -> PreparedRecording {
    let key = try key(named: settings.key)
    let ledger = try openLedger(named: settings.ledger)
    try onLedger(settings.ledger) { () throws(LedgerFailure) in try ledger.checkOwner(key) }
    return PreparedRecording(settings: settings, key: key)
  }

  /// Records a run: the body hands over one result after another.
  ///
  /// Where the body or the ledger fails, what was committed stays, in a run without its end; it can
  /// be resumed, and the next run closes it as cut off. A run that is resumed is handed all its
  /// results again: those that were recorded are compared and the others recorded.
  ///
  /// - Parameters:
  ///   - editions: The ruleset, or its versions.
  ///   - groupSize: So many results are committed together.
  ///   - now: The clock, asked at the start and at the end.
  ///   - isWaiting: Called once where another process is recording.
  package func record(
    _ prepared: PreparedRecording, by editions: Editions, _ question: Question,
    source: RecordedSource, groupSize: Int = Recorder.usualGroupSize, now: () -> String,
    isWaiting: () -> Void, _ body: (Recorder) throws(LedgerFailure) -> RunEnd
  ) throws(LedgerAccessFailure) -> RecordedRunSummary {
    let name = prepared.settings.ledger
    return try withLedgerLock(name, isWaiting: isWaiting) { () throws(LedgerAccessFailure) in
      let path = try ledgerPath(name)
      return try onLedger(name) { () throws(LedgerFailure) in
        let started = now()
        let recorder = try Recorder(
          path: path, key: prepared.key,
          editions.runSubject(
            question, source: source, keeps: prepared.settings.keepsContracts, started: started),
          resumes: prepared.settings.resumes, groupSize: groupSize, now: started)
        let end = try body(recorder)
        let note = try recorder.close(
          counts: end.counts, sourceDigest: end.sourceDigest, ended: now())
        let size = Checkpoint(note.body)?.size ?? 0
        return RecordedRunSummary(
          number: recorder.number, first: Int(clamping: size) - recorder.entryCount,
          entryCount: recorder.entryCount, checkpoint: note, closedBefore: recorder.closedBefore,
          resumedCount: recorder.resumedCount)
      }
    }
  }

  /// Closes the runs that were cut off; their numbers.
  package func closeCutOffRuns(
    _ prepared: PreparedRecording, now: String, isWaiting: () -> Void
  ) throws(LedgerAccessFailure) -> [Int] {
    let name = prepared.settings.ledger
    return try withLedgerLock(name, isWaiting: isWaiting) { () throws(LedgerAccessFailure) in
      let ledger = try openLedgerForWriting(named: name)
      return try onLedger(name) { () throws(LedgerFailure) in
        try ledger.closeCutOffRuns(by: prepared.key, now: now)
      }
    }
  }

  /// Brings another key into use; the number under which that stands among the runs.
  package func changeKey(
    _ prepared: PreparedRecording, to new: SigningKey, now: String, isWaiting: () -> Void
  ) throws(LedgerAccessFailure) -> Int {
    let name = prepared.settings.ledger
    return try withLedgerLock(name, isWaiting: isWaiting) { () throws(LedgerAccessFailure) in
      let ledger = try openLedgerForWriting(named: name)
      return try onLedger(name) { () throws(LedgerFailure) in
        try ledger.change(key: prepared.key, to: new, engine: engineVersion, now: now)
      }
    }
  }

  /// Adds the signature of a key that a signed checkpoint carries; the checkpoint's number.
  package func addCosignature(
    of key: VerifierKey, from note: SignedNote, ledger name: String, isWaiting: () -> Void
  ) throws(LedgerAccessFailure) -> Int {
    try withLedgerLock(name, isWaiting: isWaiting) { () throws(LedgerAccessFailure) in
      let ledger = try openLedgerForWriting(named: name)
      return try onLedger(name) { () throws(LedgerFailure) in
        try ledger.addCosignature(of: key, from: note)
      }
    }
  }
}

extension Editions {
  fileprivate func runSubject(
    _ question: Question, source: RecordedSource, keeps: Bool, started: String
  ) -> RunSubject {
    RunSubject(
      asOf: question.asOf.iso, knownAt: question.knownAt.iso, engine: engineVersion,
      keepsContracts: keeps,
      rulesets: rulesets.map { ruleset in
        SubjectRuleset(
          name: ruleset.identity.name, version: ruleset.identity.version,
          digest: ruleset.identity.digest,
          // By the names that its digest knows them by.
          files: digestedFiles(ruleset.checked.sources))
      },
      source: source.name, sourceDigest: source.digest, started: started)
  }
}

/// Writes results and hands them to a recorder, one after another.
package struct LeafWriting {
  /// One for each version.
  private var writers: [LeafWriter]

  /// Writes results of a ruleset, or of its versions.
  package init(_ editions: Editions) {
    writers = editions.rulesets.map { LeafWriter($0.checked, identity: $0.identity) }
  }

  /// Records a verdict on the contract of some bytes; what stood in the way, where it could not.
  ///
  /// - Parameters:
  ///   - edition: The position of the version that gave it.
  ///   - contract: The contract as it was read, with or without white space around it.
  ///   - keeps: Whether the contract is kept too.
  package mutating func record(
    _ verdict: ContractVerdict, edition: Int, of contract: ContractText, in recorder: Recorder,
    keeps: Bool
  ) -> LedgerFailure? {
    let contract = contract.bytes
    guard let digest = Digest(of: contract) else {
      return .crypto(CryptoFailure(what: "libcrypto could not make a SHA-256"))
    }
    guard writers.indices.contains(edition) else {
      return .notRecordable("the version that judged is not one of the run's")
    }
    writers[edition].write(verdict, contractDigest: digest.text)
    do throws(LedgerFailure) {
      try recorder.record(
        writers[edition].bytes, cuts: writers[edition].cuts, contract: keeps ? contract : nil)
      return nil
    } catch {
      return error
    }
  }
}

extension CheckedContract {
  /// The result as it is recorded.
  package var leaf: [UInt8] { Array(explanation.canonicalResult.utf8) }
}
