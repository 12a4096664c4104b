// Another key for a ledger: from when on it signs, said by the old key and the new one together.
//
// A change stands among the runs, as one without entries: so it has its place in their chain, its
// own checkpoint, and whatever finds a run that was changed, exchanged or left out finds it too.
// Its checkpoint carries two signatures, by the old key, which may say who follows it, and by the
// new one, which shows that somebody has it.

package import ProvisoLog

extension Ledger {
  /// The keys that signed or sign, with the number of the run that brought each into use; 0 for the
  /// first.
  package func keys() throws(LedgerFailure) -> [(from: Int, key: VerifierKey)] {
    var keys = [(from: 0, key: record.key)]
    for run in try runs() {
      if let key = run.opening.newKey { keys.append((run.opening.number, key)) }
    }
    return keys
  }

  /// The key that signs the next checkpoint.
  package func currentKey() throws(LedgerFailure) -> VerifierKey {
    try keys().last?.key ?? record.key
  }

  /// Brings another key into use.
  ///
  /// Whoever calls holds the ledger's lock. A run that was cut off must be resumed or closed
  /// before, so that it is clear whose it is.
  ///
  /// - Returns: The number under which the change stands among the runs.
  package func change(
    key old: SigningKey, to new: SigningKey, engine: String, now: String
  ) throws(LedgerFailure) -> Int {
    try checkOwner(old)
    guard new.verifier.name == record.origin else {
      throw .notRecordable(
        "the new key signs as `\(new.verifier.name)`, and the ledger is `\(record.origin)`")
    }
    guard try !keys().contains(where: { $0.key == new.verifier }) else {
      throw .notRecordable("the ledger has, or had, that very key")
    }
    guard try runs().allSatisfy({ $0.closing != nil }) else {
      throw .notRecordable("a run was cut off: go on with it, or close it, before the key changes")
    }
    let hasher = try hashing { () throws(CryptoFailure) in try TreeHasher() }
    return try database.transaction { () throws(LedgerFailure) in
      try Schema.current.migrate(database, from: schemaVersion)
      let before = try checkpoint()
      let size = before.checkpoint.size
      let opening = RunOpening(
        newKey: new.verifier, number: before.number + 1, first: Int(clamping: size),
        previous: try bodyHash(before.note), engine: engine, started: now)
      let insertion = try database.prepare("INSERT INTO runs (number, opening) VALUES (?, ?)")
      try insertion.bind(1, opening.number)
      try insertion.bind(2, opening.bytes)
      try insertion.run()
      let closing = RunClosing(
        number: opening.number, entries: 0, counts: [], sourceDigest: nil, ended: now,
        isCutOff: false)
      _ = try close(
        opening, closing, size: size, root: before.checkpoint.root, by: old, and: new, hasher)
      return opening.number
    }
  }
}
