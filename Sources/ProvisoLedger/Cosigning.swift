// Signatures that others add to a checkpoint: an auditor's, a witness's.

package import ProvisoLog

/// A signature that was added to a checkpoint, with the key that checks it.
package struct Cosignature: Hashable, Sendable {
  /// The number of the checkpoint.
  package let checkpoint: Int
  package let key: VerifierKey
  package let signature: NoteSignature
}

extension Ledger {
  /// Every added signature, in the order in which they were added.
  package func cosignatures() throws(LedgerFailure) -> [Cosignature] {
    guard schemaVersion >= 2 else { return [] }
    let statement = try database.prepare(
      "SELECT id, checkpoint, key, line FROM cosignatures ORDER BY id")
    var found: [Cosignature] = []
    while try statement.step() {
      let place = "added signature \(try statement.integer(0, "an added signature"))"
      let text = String(decoding: try statement.bytes(2, place), as: UTF8.self)
      let line = String(decoding: try statement.bytes(3, place), as: UTF8.self)
      let key = try hashing { () throws(CryptoFailure) in try VerifierKey(text) }
      guard let key, let signature = NoteSignature(line: line), key.text == text,
        signature.line == line
      else { throw .damaged(place: place, "it is not in the form of one") }
      let number = try statement.integer(1, place)
      found.append(Cosignature(checkpoint: number, key: key, signature: signature))
    }
    return found
  }

  /// Adds the signature of a key that a signed checkpoint carries to the ledger's own copy.
  ///
  /// - Returns: The number of the checkpoint.
  package func addCosignature(
    of key: VerifierKey, from note: SignedNote
  ) throws(LedgerFailure) -> Int {
    guard try hashing({ () throws(CryptoFailure) in try note.standing(of: key) }) == .signed,
      let signature = note.signatures.first(where: {
        $0.name == key.name && $0.keyHash == key.keyHash
      })
    else { throw .notRecordable("the checkpoint carries no good signature of `\(key.name)`") }
    guard try !keys().contains(where: { $0.key == key }) else {
      throw .notRecordable("`\(key.name)` is the ledger's own key, which signed already")
    }
    let number = try checkpointNumber(of: note)
    guard
      try !cosignatures().contains(where: {
        $0.checkpoint == number && $0.key.name == key.name && $0.key.keyHash == key.keyHash
      })
    else { throw .notRecordable("`\(key.name)` has signed checkpoint \(number) already") }
    try database.transaction { () throws(LedgerFailure) in
      try Schema.current.migrate(database, from: schemaVersion)
      let insertion = try database.prepare(
        "INSERT INTO cosignatures (checkpoint, key, line) VALUES (?, ?, ?)")
      try insertion.bind(1, number)
      try insertion.bind(2, Array(key.text.utf8))
      try insertion.bind(3, Array(signature.line.utf8))
      try insertion.run()
    }
    return number
  }

  private func checkpointNumber(of note: SignedNote) throws(LedgerFailure) -> Int {
    let statement = try database.prepare("SELECT number, note FROM checkpoints ORDER BY number")
    while try statement.step() {
      let number = try statement.integer(0, "a checkpoint")
      let own = SignedNote(try statement.bytes(1, "checkpoint \(number)"))
      if own?.body == note.body { return number }
    }
    throw .notRecordable("this checkpoint is none of the ledger's")
  }
}
