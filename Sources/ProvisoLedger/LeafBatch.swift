// Leaves that begin and end like others, some at a time: what is known of their ends is not looked
// up again for each.

package import ProvisoLog

/// Results for some contracts whose leaves begin and end as those of others do, one after another.
///
/// Used over and over.
package struct LeafBatch {
  /// A leaf: how it begins, where what is its own stands, how it ends.
  struct Entry: BitwiseCopyable {
    let beginning: Int32
    let tail: Int32
    let start: Int32
    let end: Int32
  }

  private(set) var entries: [Entry] = []
  /// What is each leaf's own, one behind another.
  private(set) var own: [UInt8] = []

  /// No results.
  package init() {}

  /// How many there are.
  package var count: Int { entries.count }

  /// Takes all results out, and keeps the room.
  package mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    own.removeAll(keepingCapacity: true)
  }

  /// Adds the result for a contract.
  ///
  /// - Parameters:
  ///   - beginning: How its leaf begins, up to the digits of the contract's digest.
  ///   - beforeID: What stands between these digits and the id.
  ///   - id: The contract's id, as it stands in canonical JSON between its quotes.
  ///   - tail: What follows.
  package mutating func add(
    _ beginning: LeafBeginning, digest: LogHash, beforeID: [UInt8], id: UnsafeRawBufferPointer,
    tail: LeafPiece
  ) {
    let start = own.count
    digest.withHexDigits { own.append(contentsOf: $0) }
    own.append(contentsOf: beforeID)
    own.append(UInt8(ascii: "\""))
    own.append(contentsOf: id)
    own.append(UInt8(ascii: "\""))
    entries.append(
      Entry(
        beginning: Int32(truncatingIfNeeded: beginning.node),
        tail: Int32(truncatingIfNeeded: tail.number), start: Int32(truncatingIfNeeded: start),
        end: Int32(truncatingIfNeeded: own.count)))
  }
}

extension LeafEncoder {
  /// The hashes of the leaves of a batch.
  mutating func hash(
    _ batch: LeafBatch, into hashes: inout [LogHash]
  ) throws(CryptoFailure) {
    hashes.removeAll(keepingCapacity: true)
    touch(batch.entries.lazy.map { Int($0.beginning) })
    let made: Result<Void, CryptoFailure> = batch.own.withUnsafeBytes { own in
      attempt { () throws(CryptoFailure) in
        for entry in batch.entries {
          hashes.append(
            try hash(
              Int(entry.beginning), own: own[Int(entry.start)..<Int(entry.end)],
              tail: Int(entry.tail)))
        }
      }
    }
    try made.get()
  }

  /// Writes some entries of a batch, each as it is stored and with its hashes, into rows.
  ///
  /// - Parameters:
  ///   - range: Which entries of the batch.
  ///   - hashes: Of all leaves of the batch.
  ///   - frontier: The tree so far; it grows.
  ///   - isNew: Called for each new fragment, before any leaf refers to it.
  mutating func store(
    _ batch: LeafBatch, _ range: Range<Int>, _ hashes: [LogHash], in frontier: inout TreeFrontier,
    _ hasher: borrowing TreeHasher, into rows: inout EntryRows,
    isNew: (_ number: Int, _ bytes: [UInt8]) throws(LedgerFailure) -> Void
  ) throws(LedgerFailure) {
    var completed: [LogHash] = []
    for index in range {
      let entry = batch.entries[index]
      rows.begin(Int(clamping: frontier.size))
      try store(
        Int(entry.beginning), batch.own, Int(entry.start)..<Int(entry.end), Int(entry.tail),
        into: &rows.bytes, isNew)
      rows.endPart()
      do throws(CryptoFailure) {
        try frontier.append(hashes[index], hasher, completed: &completed)
      } catch { throw .crypto(error) }
      for hash in completed { hash.append(to: &rows.bytes) }
      rows.endPart()
      if rows.isFull { try rows.flush() }
    }
  }
}
