// Leaves that begin and end like others, some at a time: what is known of their ends is not looked
// up again for each.

package import ProvisoLog

/// Results for some contracts whose leaves begin and end as those of others do, one after another.
///
/// Used over and over.
package struct LeafBatch {
  /// A leaf: how it begins, the digest whose digits follow, where these, what stands before the id,
  /// and the id stand, how it ends.
  struct Entry: BitwiseCopyable {
    let beginning: Int
    let tail: Int
    let start: Int
    let end: Int
    let digest: LogHash
  }

  private(set) var entries: [Entry] = []
  /// What is each leaf's own, one behind another.
  private(set) var own: [UInt8] = []
  /// What stands between the digits of each contract's digest and the id, its first quote included.
  let beforeID: [UInt8]
  /// The piece that this is, where it is one.
  let beforeIDPiece: LeafPiece?

  /// No results.
  ///
  /// - Parameters:
  ///   - beforeID: What stands between the digits of each contract's digest and the id, its first
  ///     quote included.
  ///   - piece: The piece that this is, where it is one.
  package init(beforeID: [UInt8], piece: LeafPiece?) {
    self.beforeID = beforeID
    beforeIDPiece = piece
  }

  /// How many there are. Stored, for another room that asks copies all of this for a call.
  package private(set) var count = 0

  /// Takes all results out, and keeps the room.
  package mutating func removeAll() {
    count = 0
    entries.removeAll(keepingCapacity: true)
    own.removeAll(keepingCapacity: true)
  }

  /// Adds the result for a contract.
  ///
  /// - Parameters:
  ///   - beginning: How its leaf begins, up to the digits of the contract's digest.
  ///   - id: The contract's id, as it stands in canonical JSON between its quotes.
  ///   - tail: What follows.
  package mutating func add(
    _ beginning: LeafBeginning, digest: LogHash, id: UnsafeRawBufferPointer, tail: LeafPiece
  ) {
    let start = own.count
    let length = 2 * LogHash.byteCount + beforeID.count + id.count + 1
    // Put together elsewhere and added at once: an array asks each time whether anybody else has
    // it.
    withUnsafeTemporaryAllocation(byteCount: length, alignment: 8) { room in
      digest.storeHexDigits(in: room)
      var place = 2 * LogHash.byteCount
      beforeID.withUnsafeBytes { before in
        UnsafeMutableRawBufferPointer(rebasing: room[place...]).copyMemory(from: before)
      }
      place += beforeID.count
      UnsafeMutableRawBufferPointer(rebasing: room[place...]).copyMemory(from: id)
      room[length - 1] = UInt8(ascii: "\"")
      own.append(contentsOf: room)
    }
    entries.append(
      Entry(
        beginning: beginning.node, tail: tail.number, start: start, end: own.count, digest: digest))
    count += 1
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
    // What is the same for all is fetched once: each look into the batch would count references.
    let (entries, beforeID) = (batch.entries, batch.beforeIDPiece)
    let ownStart = 2 * LogHash.byteCount + (beforeID == nil ? 0 : batch.beforeID.count)
    let result: Result<Void, LedgerFailure> = batch.own.withUnsafeBytes { own in
      attempt { () throws(LedgerFailure) in
        for index in range {
          let entry = entries[index]
          rows.begin(Int(clamping: frontier.size))
          let rest = own[entry.start + ownStart..<entry.end]
          try store(
            entry, beforeID, UnsafeRawBufferPointer(rebasing: rest), into: &rows.bytes, isNew)
          rows.endPart()
          do throws(CryptoFailure) {
            try frontier.append(hashes[index], hasher) { rows.bytes.append($0) }
          } catch { throw .crypto(error) }
          rows.endPart()
          if rows.isFull { try rows.flush() }
        }
      }
    }
    try result.get()
  }
}
