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
  /// Room for what follows a beginning, so that it is hashed at once.
  private var rest: [UInt8] = []
  /// What was read only to be near; it says nothing.
  private var touched = 0

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
        let piece = packer.piece(UnsafeRawBufferPointer(rebasing: bytes[start..<cut]))
        addPart(piece, start, cut)
        start = cut
      }
      if start < bytes.count { addPart(nil, start, bytes.count) }
    }
    return parts
  }

  private mutating func addPart(_ piece: Int?, _ start: Int, _ end: Int) {
    if piece == nil, let last = parts.indices.last, parts[last].piece < 0 {
      parts[last].end = Int32(clamping: end)
    } else {
      parts.append(
        LeafDraft.Part(
          piece: Int32(truncatingIfNeeded: piece ?? -1), start: Int32(clamping: start),
          end: Int32(clamping: end)))
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

  /// Brings the states behind beginnings near that are gone on from next: reads that do not
  /// depend on each other wait for the memory together.
  mutating func touch(_ beginnings: some Sequence<Int>) {
    var all = 0
    for node in beginnings { all ^= prefixes.touch(node) }
    touched ^= all
  }

  /// The hash of a leaf in three parts.
  mutating func hash(
    _ beginning: Int, own: Slice<UnsafeRawBufferPointer>, tail: Int
  ) throws(CryptoFailure) -> LogHash {
    var state = prefixes.state(beginning)
    // Side by side the two are hashed without stopping in the midst of a block.
    rest.removeAll(keepingCapacity: true)
    rest.append(contentsOf: UnsafeRawBufferPointer(rebasing: own))
    packer.append(tail, to: &rest)
    rest.withUnsafeBytes { state.take($0) }
    return try state.finish()
  }

  /// Writes the form in which a leaf in three parts is stored behind what is there.
  mutating func store(
    _ beginning: Int, _ own: [UInt8], _ range: Range<Int>, _ tail: Int,
    into stored: inout [UInt8],
    _ isNew: (_ number: Int, _ bytes: [UInt8]) throws(LedgerFailure) -> Void
  ) throws(LedgerFailure) {
    try storeBeginning(beginning, into: &stored, isNew)
    appendNumber(UInt64(range.count) << 1, to: &stored)
    own.withUnsafeBytes { stored.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[range])) }
    let number = try packer.fragment(tail, isNew: isNew)
    appendNumber(UInt64(number) << 1 | 1, to: &stored)
  }

  /// Writes the form in which a leaf is stored behind what is there.
  ///
  /// - Parameter isNew: Called for each new fragment, before any leaf refers to it.
  mutating func store(
    _ beginning: Int, _ parts: [LeafDraft.Part], _ own: UnsafeRawBufferPointer,
    into stored: inout [UInt8],
    isNew: (_ number: Int, _ bytes: [UInt8]) throws(LedgerFailure) -> Void
  ) throws(LedgerFailure) {
    if beginning != 0 { try storeBeginning(beginning, into: &stored, isNew) }
    for part in parts {
      if part.piece < 0 {
        appendNumber(UInt64(part.end - part.start) << 1, to: &stored)
        stored.append(
          contentsOf: UnsafeRawBufferPointer(rebasing: own[Int(part.start)..<Int(part.end)]))
      } else {
        let number = try packer.fragment(Int(part.piece), isNew: isNew)
        appendNumber(UInt64(number) << 1 | 1, to: &stored)
      }
    }
  }

  private mutating func storeBeginning(
    _ beginning: Int, into stored: inout [UInt8],
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
        appendNumber(UInt64(number) << 1 | 1, to: &storedBeginnings)
      }
      place = start..<storedBeginnings.count
      prefixes.note(place, of: beginning)
    }
    storedBeginnings.withUnsafeBytes { all in
      stored.append(contentsOf: UnsafeRawBufferPointer(rebasing: all[place]))
    }
  }
}
