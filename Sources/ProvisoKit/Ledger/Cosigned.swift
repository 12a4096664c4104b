// Signing a checkpoint from its file alone, and checking proofs from files alone.

import ProvisoLedger
package import ProvisoLog

/// What checking a proof came to.
package enum ProofVerdict: Hashable, Sendable {
  /// It holds: what it proves, in a sentence without a full stop.
  case holds(String)
  /// It does not: why, in a sentence without a full stop.
  case fails(String)
}

extension Files {
  /// A checkpoint with a further signature.
  ///
  /// - Parameter signer: A key that must have signed it already; nil: whoever signed it.
  package func cosigned(
    _ name: String, by key: SigningKey, signedBy signer: VerifierKey?
  ) throws(LedgerAccessFailure) -> SignedNote {
    var note = try note(named: name)
    if let signer {
      let found = note
      guard
        try withCrypto({ () throws(CryptoFailure) in try found.standing(of: signer) }) == .signed
      else {
        throw LedgerAccessFailure(
          "`\(name)` is not signed by `\(signer.name)`, so it is not signed again")
      }
    }
    guard
      !note.signatures.contains(where: {
        $0.name == key.verifier.name && $0.keyHash == key.verifier.keyHash
      })
    else { throw LedgerAccessFailure("`\(key.verifier.name)` has signed `\(name)` already") }
    do throws(CryptoFailure) { try note.sign(by: key) } catch { throw LedgerAccessFailure(error) }
    return note
  }

  /// Checks a proof of either kind.
  ///
  /// - Parameters:
  ///   - entry: For inclusion, the file of the entry; a line end behind it does not count.
  ///   - old: For consistency, the file of the older checkpoint.
  package func checkProof(
    _ name: String, by key: VerifierKey, entry: String?, old: String?
  ) throws(LedgerAccessFailure) -> ProofVerdict {
    let bytes = try contents(name)
    if let proof = InclusionProof(bytes) {
      guard let entry else {
        throw LedgerAccessFailure(
          "`\(name)` proves that an entry is in a log, and no entry is given",
          help: ["write `--entry FILE`, with what `proviso ledger show --format json` prints"])
      }
      var leaf = try contents(entry)
      if leaf.last == 0x0A { leaf.removeLast() }
      return try withCrypto { () throws(CryptoFailure) in try verdict(on: proof, leaf, key) }
    }
    if let proof = ConsistencyProof(bytes) {
      guard let old else {
        throw LedgerAccessFailure(
          "`\(name)` proves that a log began as it was, and no older checkpoint is given",
          help: ["write `--old FILE`, with a checkpoint of \(proof.old) entries"])
      }
      let older = try note(named: old)
      return try withCrypto { () throws(CryptoFailure) in try verdict(on: proof, older, key) }
    }
    throw LedgerAccessFailure(
      "`\(name)` is not a proof", help: ["`proviso ledger prove` writes one"])
  }

  private func verdict(
    on proof: InclusionProof, _ leaf: [UInt8], _ key: VerifierKey
  ) throws(CryptoFailure) -> ProofVerdict {
    guard let checkpoint = Checkpoint(proof.checkpoint.body) else {
      return .fails("its checkpoint is not one")
    }
    guard try proof.checkpoint.standing(of: key) == .signed else {
      return .fails("its checkpoint is not signed by `\(key.name)`")
    }
    let hasher = try TreeHasher()
    let isThere = try isIncluded(
      try hasher.leaf(leaf), at: proof.index, size: checkpoint.size, root: checkpoint.root,
      proof: proof.hashes, hasher)
    return isThere
      ? .holds(
        "the entry is entry \(proof.index) of the \(checkpoint.size) of `\(checkpoint.origin)`")
      : .fails(
        "the entry is not entry \(proof.index) of `\(checkpoint.origin)`, or the proof is another's"
      )
  }

  private func verdict(
    on proof: ConsistencyProof, _ older: SignedNote, _ key: VerifierKey
  ) throws(CryptoFailure) -> ProofVerdict {
    guard let new = Checkpoint(proof.checkpoint.body), let old = Checkpoint(older.body) else {
      return .fails("its checkpoint is not one")
    }
    for (note, which) in [(older, "the older"), (proof.checkpoint, "the later")] {
      guard try note.standing(of: key) == .signed else {
        return .fails("\(which) checkpoint is not signed by `\(key.name)`")
      }
    }
    guard old.origin == new.origin, old.size == proof.old else {
      return .fails("the older checkpoint is not the one that the proof begins with")
    }
    let hasher = try TreeHasher()
    let begins = try isConsistent(
      oldSize: old.size, oldRoot: old.root, newSize: new.size, newRoot: new.root,
      proof: proof.hashes, hasher)
    return begins
      ? .holds("the \(new.size) entries of `\(new.origin)` begin with the \(old.size) of before")
      : .fails(
        "the \(new.size) entries of `\(new.origin)` do not begin with the \(old.size) of before")
  }
}
