// The hashes of how leaves begin: most leaves of a run begin like others, and are hashed on from
// there.
//
// A canonical result begins with what its conditions came to. Of a million contracts that are asked
// about the same dozen conditions, few are the first to come out so in all of them: on a portfolio
// of the benchmarks four fifths of what there is to hash stands in beginnings that were hashed
// before.

import ProvisoLog

/// A tree of beginnings, each a sequence of pieces, with what hashing them has come to.
///
/// Pieces are known by number, so that two beginnings are the same exactly where their numbers are.
struct PrefixHashes {
  /// So many beginnings are kept at the most, some twenty megabytes; and so many more that leaves
  /// were said to begin with.
  private static let limit = 1 << 17
  private static let namedLimit = 1 << 17
  /// Places of `slots` at first; there are always twice as many as beginnings in them.
  private static let leastSlotCount = 1 << 10
  /// Beginnings of so many pieces are shared by many longer ones. Of those that are said to come
  /// again the rest is hashed at once, without keeping what lies between. Eight numbers of pieces
  /// fit into a key.
  private static let sharedDepth = 8

  /// What every leaf asks of how it begins. As short as it can be: of a hundred thousand, those of
  /// the next leaves are read from all over the memory.
  fileprivate struct Node {
    var state: HashState
    /// Where its stored form stands among those of others; empty while it was not asked for.
    var storedStart = 0
    var storedCount: UInt32 = 0
  }

  /// What a beginning consists of: another one and a piece behind it, or several in `rests`.
  private struct Pieces {
    var parent: UInt32 = 0
    var piece: UInt32 = 0
    var restStart: UInt32 = 0
    var restCount: UInt32 = 0
  }

  /// From a beginning and a piece to the beginning of both.
  private struct Slot {
    /// 0: empty.
    var key: UInt64 = 0
    var node: UInt32 = 0
  }

  /// Node 0: nothing but the byte 0x00 with which the hash of a leaf begins.
  private var nodes: [Node] = []
  /// By node.
  private var pieces: [Pieces] = []
  private var slots = Array(repeating: Slot(), count: PrefixHashes.leastSlotCount)
  private var rests: [UInt32] = []
  /// The beginnings of `sharedDepth` pieces that longer ones go on from, each found at once and not
  /// piece by piece. Lookup only.
  private var shared: [SIMD2<UInt64>: UInt32] = [:]
  /// How many nodes were named, and are in no slot.
  private var namedCount = 0
  /// Room for bytes that are hashed at once.
  private var bytes: [UInt8] = []
  /// What was read only to be near; it says nothing.
  private var touched: UInt8 = 0

  init() {
    var start = HashState()
    start.take(0x00)
    // Room for all at once, which costs nothing until it is written to: growing would copy them
    // again and again, and each time into memory that is new to the process.
    nodes.reserveCapacity(Self.limit + Self.namedLimit)
    pieces.reserveCapacity(Self.limit + Self.namedLimit)
    rests.reserveCapacity(Self.namedLimit << 4)
    nodes.append(Node(state: start))
    pieces.append(Pieces())
  }

  /// The state behind a beginning.
  func state(_ node: Int) -> HashState { nodes[node].state }

  /// The states behind all beginnings, while they are lent.
  struct States {
    fileprivate let nodes: UnsafeBufferPointer<Node>

    subscript(node: Int) -> HashState {
      @inline(__always) get { nodes[node].state }
    }
  }

  /// Lends the states behind all beginnings.
  func withStates<Result>(_ body: (States) -> Result) -> Result {
    nodes.withUnsafeBufferPointer { body(States(nodes: $0)) }
  }

  /// Brings beginnings near that are asked for next: reads that do not depend on each other wait
  /// for the memory together.
  mutating func touch(_ batch: [LeafBatch.Entry]) {
    touched ^= nodes.withUnsafeBytes { nodes in
      var all: UInt8 = 0
      for entry in batch {
        let start = Int(entry.beginning) * MemoryLayout<Node>.stride
        // Once in each of the lines, of 64 bytes, that it stands in.
        all ^= nodes[start]
        all ^= nodes[start + 64]
        all ^= nodes[start + MemoryLayout<Node>.size - 1]
      }
      return all
    }
  }

  /// How many bytes a beginning has.
  func count(_ node: Int) -> Int { nodes[node].state.count - 1 }

  /// Where the stored form of a beginning stands, as it was noted; empty where none was.
  func stored(_ node: Int) -> Range<Int> {
    let start = nodes[node].storedStart
    return start..<start + Int(nodes[node].storedCount)
  }

  /// Notes where the stored form of a beginning stands.
  mutating func note(_ stored: Range<Int>, of node: Int) {
    nodes[node].storedStart = stored.lowerBound
    nodes[node].storedCount = UInt32(clamping: stored.count)
  }

  /// Puts the pieces of a beginning behind others, from the first to the last.
  func appendPieces(of node: Int, to output: inout [Int]) {
    guard node != 0 else { return }
    let found = pieces[node]
    if found.restCount == 0 {
      appendPieces(of: Int(found.parent), to: &output)
      output.append(Int(found.piece))
    }
    let start = Int(found.restStart)
    output.append(contentsOf: rests[start..<start + Int(found.restCount)].lazy.map { Int($0) })
  }

  /// The beginning that some pieces make, which was not asked for before; nil where there is no
  /// room for it.
  mutating func named(_ pieces: [LeafPiece], in packer: borrowing LeafPacker) -> Int? {
    var (parent, depth) = (0, 0)
    let key = sharedKey(pieces)
    if let key, let known = shared[key] {
      (parent, depth) = (Int(known), Self.sharedDepth)
    } else {
      while depth < min(Self.sharedDepth, pieces.count),
        let next = node(parent, pieces[depth].number, in: packer)
      {
        parent = next
        depth += 1
      }
      if let key, depth == Self.sharedDepth { shared[key] = UInt32(truncatingIfNeeded: parent) }
    }
    if depth == pieces.count { return parent }
    guard namedCount < Self.namedLimit else { return nil }
    namedCount += 1
    var node = Node(state: nodes[parent].state)
    self.pieces.append(
      Pieces(
        restStart: UInt32(truncatingIfNeeded: rests.count),
        restCount: UInt32(truncatingIfNeeded: pieces.count)))
    rests.append(contentsOf: pieces.lazy.map { UInt32(truncatingIfNeeded: $0.number) })
    bytes.removeAll(keepingCapacity: true)
    for piece in pieces[depth...] { packer.append(piece.number, to: &bytes) }
    bytes.withUnsafeBytes { node.state.take($0) }
    nodes.append(node)
    return nodes.count - 1
  }

  /// The first pieces of a longer sequence, as a key: no number has more than sixteen bits.
  private func sharedKey(_ pieces: [LeafPiece]) -> SIMD2<UInt64>? {
    guard pieces.count > Self.sharedDepth else { return nil }
    var key = SIMD2<UInt64>.zero
    for place in 0..<Self.sharedDepth {
      guard let number = UInt16(exactly: pieces[place].number) else { return nil }
      key[place / 4] = key[place / 4] << 16 | UInt64(number)
    }
    return key
  }

  /// The beginning that a piece makes with another; nil where there is no room for it.
  mutating func node(_ parent: Int, _ piece: Int, in packer: borrowing LeafPacker) -> Int? {
    // Never 0: pieces are counted from 1 here.
    let key = UInt64(truncatingIfNeeded: parent) << 32 | UInt64(truncatingIfNeeded: piece + 1)
    var place = place(of: key)
    while true {
      let slot = slots[place]
      if slot.key == key { return Int(slot.node) }
      if slot.key == 0 { break }
      place = (place + 1) & (slots.count - 1)
    }
    let count = nodes.count - namedCount
    guard count < PrefixHashes.limit else { return nil }
    var node = Node(state: nodes[parent].state)
    packer.withBytes(of: piece) { node.state.take($0) }
    slots[place] = Slot(key: key, node: UInt32(truncatingIfNeeded: nodes.count))
    nodes.append(node)
    pieces.append(
      Pieces(
        parent: UInt32(truncatingIfNeeded: parent), piece: UInt32(truncatingIfNeeded: piece)))
    if 2 * count > slots.count { grow() }
    return nodes.count - 1
  }

  /// Where the search for a key begins.
  private func place(of key: UInt64) -> Int {
    let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.low >> 32 ^ product.high) & (slots.count - 1)
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 2 * old.count)
    for slot in old where slot.key != 0 {
      var place = place(of: slot.key)
      while slots[place].key != 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = slot
    }
  }
}
