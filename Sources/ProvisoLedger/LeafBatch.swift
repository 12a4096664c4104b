// Leaves that begin and end like others, some at a time: what is known of their ends is not looked
// up again for each.

package import ProvisoLog

/// Results for some contracts whose leaves begin and end as those of others do, one after another.
///
/// Used over and over.
package struct LeafBatch {
  /// A leaf: how it begins, where what is its own stands, how it ends.
  struct Entry: BitwiseCopyable {
    let beginning: Int
    let tail: Int
    let start: Int
    let end: Int
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
    let count = 2 * LogHash.byteCount + beforeID.count + id.count + 2
    // Put together elsewhere and added at once: an array asks each time whether anybody else has
    // it.
    withUnsafeTemporaryAllocation(byteCount: count, alignment: 8) { room in
      digest.storeHexDigits(in: room)
      var place = 2 * LogHash.byteCount
      beforeID.withUnsafeBytes { before in
        UnsafeMutableRawBufferPointer(rebasing: room[place...]).copyMemory(from: before)
      }
      place += beforeID.count
      room[place] = UInt8(ascii: "\"")
      UnsafeMutableRawBufferPointer(rebasing: room[(place + 1)...]).copyMemory(from: id)
      room[count - 1] = UInt8(ascii: "\"")
      own.append(contentsOf: room)
    }
    entries.append(
      Entry(beginning: beginning.node, tail: tail.number, start: start, end: own.count))
  }
}

extension LeafEncoder {
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
    let result: Result<Void, LedgerFailure> = batch.own.withUnsafeBytes { own in
      attempt { () throws(LedgerFailure) in
        for index in range {
          let entry = batch.entries[index]
          rows.begin(Int(clamping: frontier.size))
          try store(
            entry.beginning, UnsafeRawBufferPointer(rebasing: own[entry.start..<entry.end]),
            entry.tail, into: &rows.bytes, isNew)
          rows.endPart()
          do throws(CryptoFailure) {
            try frontier.append(hashes[index], hasher, completed: &completed)
          } catch { throw .crypto(error) }
          for hash in completed { rows.bytes.append(hash) }
          rows.endPart()
          if rows.isFull { try rows.flush() }
        }
      }
    }
    try result.get()
  }
}
