// Beginning runs, finding the one that was cut off, and closing them with a signed checkpoint.

package import ProvisoLog

extension Ledger {
  /// Makes sure that a key is the one that the ledger's checkpoints are signed with.
  package func checkOwner(_ key: SigningKey) throws(LedgerFailure) {
    let current = try currentKey()
    guard key.verifier == current else {
      throw .wrongKey(key.verifier.text, ledger: current.text)
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

  /// Writes what is known at a run's start; runs that were cut off are closed as such before.
  func beginRun(
    _ subject: RunSubject, by key: SigningKey, now: String
  ) throws(LedgerFailure) -> (opening: RunOpening, closed: [Int]) {
    try database.transaction { () throws(LedgerFailure) in
      try Schema.current.migrate(database, from: schemaVersion)
      let closed = try closeOpenRuns(by: key, now: now)
      let contents = try ContentWriter(database)
      var rulesets: [RecordedRuleset] = []
      for ruleset in subject.rulesets {
        var files: [RulesetFile] = []
        for file in ruleset.files {
          files.append(RulesetFile(name: file.name, digest: try contents.keep(file.bytes)))
        }
        rulesets.append(
          RecordedRuleset(
            name: ruleset.name, version: ruleset.version, digest: ruleset.digest, files: files))
      }
      let before = try checkpoint()
      let opening = RunOpening(
        subject, number: before.number + 1, first: Int(clamping: before.checkpoint.size),
        rulesets: rulesets, previous: try bodyHash(before.note))
      let insertion = try database.prepare("INSERT INTO runs (number, opening) VALUES (?, ?)")
      try insertion.bind(1, opening.number)
      try insertion.bind(2, opening.bytes)
      try insertion.run()
      return (opening, closed)
    }
  }

  /// The run that was cut off, where it is about the very same: rulesets, dates, source and engine.
  func cutOffRun(of subject: RunSubject) throws(LedgerFailure) -> RunOpening {
    let open = try runs().filter { $0.closing == nil }
    guard let run = open.last?.opening else {
      throw .notResumable("every run has its end, so there is none to go on with")
    }
    guard open.count == 1 else {
      throw .damaged(
        place: "run \(open[0].opening.number)", "it was never closed, and others follow")
    }
    let place = "run \(run.number)"
    guard let source = run.sourceDigest else {
      throw .notResumable("\(place) does not say which bytes it was read from")
    }
    let kept = { (keeps: Bool) in keeps ? "kept" : "not kept" }
    let pairs = [
      (
        "the rulesets", run.rulesets.map(\.digest).joined(separator: " and "),
        subject.rulesets.map(\.digest).joined(separator: " and ")
      ),
      ("the as-of date", run.asOf, subject.asOf),
      ("the known-at date", run.knownAt, subject.knownAt),
      ("the source", source, subject.sourceDigest ?? "not a file"),
      ("the version of Proviso", run.engine, subject.engine),
      ("the contracts", kept(run.keepsContracts), kept(subject.keepsContracts)),
    ]
    for (what, begun, now) in pairs where begun != now {
      throw .notResumable("\(place) was begun otherwise: \(what): then \(begun), now \(now)")
    }
    return run
  }

  func closeOpenRuns(
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

  func close(
    _ opening: RunOpening, _ closing: RunClosing, size: UInt64, root: LogHash,
    by key: SigningKey, and other: SigningKey? = nil, _ hasher: borrowing TreeHasher
  ) throws(LedgerFailure) -> SignedNote {
    var note: SignedNote
    do throws(CryptoFailure) {
      let line = try runExtension(
        opening.number, opening: opening.bytes, closing: closing.bytes, hasher)
      let checkpoint = Checkpoint(
        origin: record.origin, size: size, root: root, extensions: [line])
      note = try SignedNote(checkpoint.body, by: key)
      if let other { try note.sign(by: other) }
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
