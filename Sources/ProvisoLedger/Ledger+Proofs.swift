// Proofs about a ledger: that an entry stands in it, and that it begins with what it was.

package import ProvisoLog

extension Ledger {
  private var tree: TreeReader<LedgerFailure> {
    TreeReader(
      node: { (node) throws(LedgerFailure) in try self.node(node) },
      parent: { (left, right) throws(LedgerFailure) in
        try hashing { () throws(CryptoFailure) in try TreeHasher().node(left, right) }
      })
  }

  /// The proof that an entry stands in the ledger, to a checkpoint.
  ///
  /// - Parameter number: The checkpoint's; nil for the last.
  package func inclusionProof(
    of position: Int, checkpoint number: Int? = nil
  ) throws(LedgerFailure) -> InclusionProof {
    let found = try checkpoint(number)
    guard position >= 0, position < (try size()) else { throw .absent("entry \(position)") }
    let index = UInt64(position)
    guard let hashes = try tree.inclusionProof(of: index, size: found.checkpoint.size) else {
      throw .absent("checkpoint that covers entry \(position)")
    }
    return InclusionProof(index: index, hashes: hashes, checkpoint: found.note)
  }

  /// The proof that a checkpoint's tree begins with the tree of an older size.
  ///
  /// - Parameters:
  ///   - old: The older size, at least 1.
  ///   - number: The checkpoint's; nil for the last.
  package func consistencyProof(
    from old: Int, checkpoint number: Int? = nil
  ) throws(LedgerFailure) -> ConsistencyProof {
    let found = try checkpoint(number)
    guard old > 0,
      let hashes = try tree.consistencyProof(from: UInt64(old), to: found.checkpoint.size)
    else {
      throw .notRecordable(
        "a tree of \(found.checkpoint.size) entries cannot be proved to begin with one of \(old)")
    }
    return ConsistencyProof(old: UInt64(old), hashes: hashes, checkpoint: found.note)
  }

  /// The number of the first checkpoint of a size; nil where there is none.
  package func checkpointNumber(size: Int) throws(LedgerFailure) -> Int? {
    let statement = try database.prepare("SELECT number, note FROM checkpoints ORDER BY number")
    while try statement.step() {
      let number = try statement.integer(0, "a checkpoint")
      let note = SignedNote(try statement.bytes(1, "checkpoint \(number)"))
      if let note, Checkpoint(note.body)?.size == UInt64(clamping: size) { return number }
    }
    return nil
  }

  /// The root of the tree as it was with some entries.
  package func root(size: Int) throws(LedgerFailure) -> LogHash {
    guard size >= 0, size <= (try self.size()) else { throw .absent("tree of \(size) entries") }
    if let root = try tree.root(size: UInt64(size)) { return root }
    return try hashing { () throws(CryptoFailure) in try TreeHasher().emptyRoot() }
  }
}
