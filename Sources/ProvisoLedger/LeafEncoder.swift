// What becomes of a leaf's parts: its hash, and the form in which it is stored.

import ProvisoLog

/// The pieces that a run's leaves share, and the hashes of how they begin.
///
/// One value, so that a recorder goes to it once for each leaf and not once for each part.
struct LeafEncoder {
  private var packer: LeafPacker
  private var prefixes = PrefixHashes()
  /// The parts of a leaf that came as a whole.
  private var parts: [LeafDraft.Part] = []
  /// The stored forms of beginnings that leaves were handed over with, one behind another.
  private var storedBeginnings: [UInt8] = []
  /// The pieces of a beginning that is stored for the first time.
  private var pieces: [Int] = []
  /// What was read only to be near; it says nothing.
  private var touched: UInt8 = 0

  /// - Parameter nextFragment: The number that the first new fragment gets.
  init(nextFragment: Int) { packer = LeafPacker(nextFragment: nextFragment) }

  /// The piece that some bytes are, which are known to occur again.
  mutating func share(_ bytes: [UInt8]) -> LeafPiece? {
    bytes.withUnsafeBytes { packer.piece($0, isShared: true) }.map { LeafPiece(number: $0) }
  }

  /// The piece that some bytes are which may not occur again; nil while they did not.
  mutating func piece(_ bytes: [UInt8]) -> LeafPiece? {
    bytes.withUnsafeBytes { packer.piece($0) }.map { LeafPiece(number: $0) }
  }

  /// How leaves begin that begin with some pieces; nil where there is no more room for that.
  ///
  /// Whoever asks keeps the answer: asking again makes another of the same.
  mutating func beginning(_ pieces: [LeafPiece]) -> LeafBeginning? {
    prefixes.named(pieces, in: packer).map { LeafBeginning(node: $0) }
  }

  /// The parts of a leaf that is cut at some places.
  mutating func parts(of leaf: [UInt8], cuts: [Int]) -> [LeafDraft.Part] {
    parts.removeAll(keepingCapacity: true)
    var start = 0
    leaf.withUnsafeBytes { bytes in
      for cut in cuts where cut > start && cut <= bytes.count {
        let part = UnsafeRawBufferPointer(rebasing: bytes[start..<cut])
        if let piece = packer.piece(part) {
          addPart(Int32(truncatingIfNeeded: piece), start, cut)
        } else {
          addOwn(part, start)
        }
        start = cut
      }
      if start < bytes.count { addPart(LeafDraft.Part.plain, start, bytes.count) }
    }
    return parts
  }

  /// Adds a part that is no piece, and may begin with the digits of a digest.
  private mutating func addOwn(_ part: UnsafeRawBufferPointer, _ start: Int) {
    let digits = UnsafeRawBufferPointer(rebasing: part.prefix(2 * LogHash.byteCount))
    var rest = start
    if LogHash(hexDigits: digits) != nil {
      rest += digits.count
      addPart(LeafDraft.Part.digest, start, rest)
    }
    if rest < start + part.count { addPart(LeafDraft.Part.plain, rest, start + part.count) }
  }

  private mutating func addPart(_ piece: Int32, _ start: Int, _ end: Int) {
    if piece == LeafDraft.Part.plain, let last = parts.indices.last, parts[last].piece == piece {
      parts[last].end = Int32(clamping: end)
    } else {
      parts.append(
        LeafDraft.Part(piece: piece, start: Int32(clamping: start), end: Int32(clamping: end)))
    }
  }

  /// How many bytes a leaf has.
  func count(_ beginning: Int, _ parts: [LeafDraft.Part]) -> Int {
    var count = prefixes.count(beginning)
    for part in parts {
      count += part.piece < 0 ? Int(part.end - part.start) : packer.count(of: Int(part.piece))
    }
    return count
  }

  /// The hash of a leaf: from the longest beginning that is known on.
  ///
  /// - Parameter own: The bytes that are no pieces.
  mutating func hash(
    _ beginning: Int, _ parts: [LeafDraft.Part], _ own: UnsafeRawBufferPointer
  ) throws(CryptoFailure) -> LogHash {
    var node = beginning
    var place = 0
    while place < parts.count, parts[place].piece >= 0 {
      let piece = Int(parts[place].piece)
      guard let next = prefixes.node(node, piece, in: packer) else { break }
      node = next
      place += 1
    }
    var state = prefixes.state(node)
    while place < parts.count {
      let part = parts[place]
      place += 1
      if part.piece < 0 {
        state.take(UnsafeRawBufferPointer(rebasing: own[Int(part.start)..<Int(part.end)]))
      } else {
        packer.withBytes(of: Int(part.piece)) { state.take($0) }
      }
    }
    return try state.finish()
  }

  /// The hashes of the leaves of a batch.
  mutating func hash(
    _ batch: LeafBatch, into hashes: inout [LogHash]
  ) throws(CryptoFailure) {
    hashes.removeAll(keepingCapacity: true)
    prefixes.touch(batch.entries)
    for entry in batch.entries {
      let stored = prefixes.stored(entry.beginning)
      if !stored.isEmpty { touched ^= storedBeginnings[stored.lowerBound] }
    }
    // All that is lent is lent once, and not for each leaf.
    let made: Result<Void, CryptoFailure> = packer.withPieces { pieces in
      prefixes.withStates { states in
        batch.own.withUnsafeBytes { own in
          attempt { () throws(CryptoFailure) in
            for entry in batch.entries {
              let own = UnsafeRawBufferPointer(rebasing: own[entry.start..<entry.end])
              hashes.append(try states[entry.beginning].finish(own, pieces[entry.tail]))
            }
          }
        }
      }
    }
    try made.get()
  }

  /// Writes the form in which a leaf of a batch is stored behind what is there.
  ///
  /// - Parameters:
  ///   - beforeID: The piece behind the digits of the digest, where one stands there.
  ///   - own: What stands behind it and before the end.
  mutating func store(
    _ leaf: LeafBatch.Entry, _ beforeID: LeafPiece?, _ own: UnsafeRawBufferPointer,
    into stored: inout ByteRoom,
    _ isNew: (_ number: Int, _ bytes: [UInt8]) throws(LedgerFailure) -> Void
  ) throws(LedgerFailure) {
    try storeBeginning(leaf.beginning, into: &stored, isNew)
    stored.append(number: digestMark)
    stored.append(leaf.digest)
    if let beforeID {
      let number = try packer.fragment(beforeID.number, isNew: isNew)
      stored.append(number: UInt64(number) << 1 | 1)
    }
    stored.append(number: UInt64(own.count) << 1)
    stored.append(own)
    let number = try packer.fragment(leaf.tail, isNew: isNew)
    stored.append(number: UInt64(number) << 1 | 1)
  }

  /// Writes the form in which a leaf is stored behind what is there.
  ///
  /// - Parameter isNew: Called for each new fragment, before any leaf refers to it.
  mutating func store(
    _ beginning: Int, _ parts: [LeafDraft.Part], _ own: UnsafeRawBufferPointer,
    into stored: inout ByteRoom,
    isNew: (_ number: Int, _ bytes: [UInt8]) throws(LedgerFailure) -> Void
  ) throws(LedgerFailure) {
    if beginning != 0 { try storeBeginning(beginning, into: &stored, isNew) }
    for part in parts {
      if part.piece < 0 {
        let bytes = UnsafeRawBufferPointer(rebasing: own[Int(part.start)..<Int(part.end)])
        if part.piece == LeafDraft.Part.digest, let digest = LogHash(hexDigits: bytes) {
          stored.append(number: digestMark)
          stored.append(digest)
        } else {
          stored.append(number: UInt64(bytes.count) << 1)
          stored.append(bytes)
        }
      } else {
        let number = try packer.fragment(Int(part.piece), isNew: isNew)
        stored.append(number: UInt64(number) << 1 | 1)
      }
    }
  }

  private mutating func storeBeginning(
    _ beginning: Int, into stored: inout ByteRoom,
    _ isNew: (_ number: Int, _ bytes: [UInt8]) throws(LedgerFailure) -> Void
  ) throws(LedgerFailure) {
    // Once its pieces are fragments they stay so.
    var place = prefixes.stored(beginning)
    if place.isEmpty {
      let start = storedBeginnings.count
      pieces.removeAll(keepingCapacity: true)
      prefixes.appendPieces(of: beginning, to: &pieces)
      for piece in pieces {
        let number = try packer.fragment(piece, isNew: isNew)
        forEachByte(of: UInt64(number) << 1 | 1) { storedBeginnings.append($0) }
      }
      place = start..<storedBeginnings.count
      prefixes.note(place, of: beginning)
    }
    storedBeginnings.span.bytes.extracting(place).withUnsafeBytes { stored.append($0) }
  }
}
