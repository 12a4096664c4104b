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

  /// Records in a ledger with its key.
  package init(ledger: String, key: String, keepsContracts: Bool) {
    self.ledger = ledger
    self.key = key
    self.keepsContracts = keepsContracts
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
  /// Where the body or the ledger fails, what was committed stays, in a run without its end; the
  /// next run closes it as cut off.
  ///
  /// - Parameters:
  ///   - source: What the contracts are read from, as it was named.
  ///   - groupSize: So many results are committed together.
  ///   - now: The clock, asked at the start and at the end.
  ///   - isWaiting: Called once where another process is recording.
  package func record(
    _ prepared: PreparedRecording, by ruleset: LoadedRuleset, _ question: Question,
    source: String, groupSize: Int = Recorder.usualGroupSize, now: () -> String,
    isWaiting: () -> Void, _ body: (Recorder) throws(LedgerFailure) -> RunEnd
  ) throws(LedgerAccessFailure) -> RecordedRunSummary {
    let name = prepared.settings.ledger
    return try withLedgerLock(name, isWaiting: isWaiting) { () throws(LedgerAccessFailure) in
      let path = try ledgerPath(name)
      return try onLedger(name) { () throws(LedgerFailure) in
        let started = now()
        let recorder = try Recorder(
          path: path, key: prepared.key,
          ruleset.runSubject(
            question, source: source, keeps: prepared.settings.keepsContracts, started: started),
          files: ruleset.recordedFiles, groupSize: groupSize, now: started)
        let end = try body(recorder)
        let note = try recorder.close(
          counts: end.counts, sourceDigest: end.sourceDigest, ended: now())
        let size = Checkpoint(note.body)?.size ?? 0
        return RecordedRunSummary(
          number: recorder.number, first: Int(clamping: size) - recorder.entryCount,
          entryCount: recorder.entryCount, checkpoint: note, closedBefore: recorder.closedBefore)
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

extension LoadedRuleset {
  func runSubject(
    _ question: Question, source: String, keeps: Bool, started: String
  ) -> RunSubject {
    RunSubject(
      asOf: question.asOf.iso, knownAt: question.knownAt.iso, engine: engineVersion,
      keepsContracts: keeps, rulesetDigest: identity.digest, rulesetName: identity.name,
      rulesetVersion: identity.version, source: source, started: started)
  }

  /// The ruleset and all it reads, by the names that its digest knows them by.
  var recordedFiles: [(name: String, bytes: [UInt8])] {
    digestedFiles(checked.sources).map { ($0.name, $0.bytes) }
  }
}

/// Writes the results of one ruleset and hands them to a recorder, one after another.
package struct LeafWriting {
  private var writer: LeafWriter

  /// Writes results of a ruleset.
  package init(_ ruleset: LoadedRuleset) {
    writer = LeafWriter(ruleset.checked, identity: ruleset.identity)
  }

  /// Records a verdict on the contract of some bytes; what stood in the way, where it could not.
  ///
  /// - Parameters:
  ///   - bytes: The contract as it was read, with or without white space around it.
  ///   - keeps: Whether the contract is kept too.
  package mutating func record(
    _ verdict: ContractVerdict, of bytes: [UInt8], in recorder: Recorder, keeps: Bool
  ) -> LedgerFailure? {
    let contract = contractBytes(bytes)
    guard let digest = Digest(of: contract) else {
      return .crypto(CryptoFailure(what: "libcrypto could not make a SHA-256"))
    }
    writer.write(verdict, contractDigest: digest.text)
    do throws(LedgerFailure) {
      try recorder.record(writer.bytes, cuts: writer.cuts, contract: keeps ? contract : nil)
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

/// A contract's bytes as its digest takes them: its JSON text without the white space around it.
package func contractBytes(_ bytes: [UInt8]) -> [UInt8] {
  let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  guard let first = bytes.firstIndex(where: { !isSpace($0) }),
    let last = bytes.lastIndex(where: { !isSpace($0) })
  else { return [] }
  return first == 0 && last == bytes.count - 1 ? bytes : Array(bytes[first...last])
}
