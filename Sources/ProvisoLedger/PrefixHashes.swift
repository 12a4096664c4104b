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
  private static let slotCount = 1 << 18
  /// Beginnings of so many pieces are shared by many longer ones. Of those that are said to come
  /// again the rest is hashed at once, without keeping what lies between.
  private static let sharedDepth = 8

  /// A beginning: another one, and the piece behind it.
  private struct Node {
    var state: HashState
    var parent: UInt32 = 0
    var piece: UInt32 = 0
    /// Where the pieces behind the parent stand in `rests`, where there are several.
    var restStart: UInt32 = 0
    var restCount: UInt32 = 0
    /// The number of its bytes.
    var count = 0
    /// Where its stored form stands among those of others; empty while it was not asked for.
    var stored = 0..<0
  }

  /// From a beginning and a piece to the beginning of both.
  private struct Slot {
    /// 0: empty.
    var key: UInt64 = 0
    var node: UInt32 = 0
  }

  /// Node 0: nothing but the byte 0x00 with which the hash of a leaf begins.
  private var nodes: [Node] = []
  private var slots: [Slot] = []
  private var rests: [UInt32] = []
  /// How many nodes were named, and are in no slot.
  private var namedCount = 0

  init() {
    var start = HashState()
    start.take(0x00)
    nodes.append(Node(state: start))
  }

  /// The state behind a beginning.
  func state(_ node: Int) -> HashState { nodes[node].state }

  /// Brings the state behind a beginning near, and gives some of it.
  func touch(_ node: Int) -> Int { nodes[node].count }

  /// How many bytes a beginning has.
  func count(_ node: Int) -> Int { nodes[node].count }

  /// Where the stored form of a beginning stands, as it was noted; empty where none was.
  func stored(_ node: Int) -> Range<Int> { nodes[node].stored }

  /// Notes where the stored form of a beginning stands.
  mutating func note(_ stored: Range<Int>, of node: Int) { nodes[node].stored = stored }

  /// Puts the pieces of a beginning behind others, from the first to the last.
  func appendPieces(of node: Int, to pieces: inout [Int]) {
    guard node != 0 else { return }
    let found = nodes[node]
    appendPieces(of: Int(found.parent), to: &pieces)
    if found.restCount == 0 { pieces.append(Int(found.piece)) }
    for place in Int(found.restStart)..<Int(found.restStart) + Int(found.restCount) {
      pieces.append(Int(rests[place]))
    }
  }

  /// The beginning that some pieces make, which was not asked for before; nil where there is no
  /// room for it.
  mutating func named(_ pieces: [LeafPiece], in packer: borrowing LeafPacker) -> Int? {
    var parent = 0
    var depth = 0
    while depth < min(Self.sharedDepth, pieces.count),
      let next = node(parent, pieces[depth].number, in: packer)
    {
      parent = next
      depth += 1
    }
    if depth == pieces.count { return parent }
    guard namedCount < Self.namedLimit else { return nil }
    namedCount += 1
    var node = nodes[parent]
    node.parent = UInt32(truncatingIfNeeded: parent)
    node.stored = 0..<0
    node.restStart = UInt32(truncatingIfNeeded: rests.count)
    node.restCount = UInt32(truncatingIfNeeded: pieces.count - depth)
    for piece in pieces[depth...] {
      node.count += packer.count(of: piece.number)
      packer.withBytes(of: piece.number) { node.state.take($0) }
      rests.append(UInt32(truncatingIfNeeded: piece.number))
    }
    nodes.append(node)
    return nodes.count - 1
  }

  /// The beginning that a piece makes with another; nil where there is no room for it.
  mutating func node(_ parent: Int, _ piece: Int, in packer: borrowing LeafPacker) -> Int? {
    if slots.isEmpty { slots = Array(repeating: Slot(), count: PrefixHashes.slotCount) }
    // Never 0: pieces are counted from 1 here.
    let key = UInt64(truncatingIfNeeded: parent) << 32 | UInt64(truncatingIfNeeded: piece + 1)
    let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    var place = Int(truncatingIfNeeded: product.low >> 32 ^ product.high)
    while true {
      place &= PrefixHashes.slotCount - 1
      let slot = slots[place]
      if slot.key == key { return Int(slot.node) }
      if slot.key == 0 { break }
      place += 1
    }
    guard nodes.count - namedCount < PrefixHashes.limit else { return nil }
    var node = nodes[parent]
    node.restCount = 0
    node.parent = UInt32(truncatingIfNeeded: parent)
    node.piece = UInt32(truncatingIfNeeded: piece)
    node.stored = 0..<0
    node.count += packer.count(of: piece)
    packer.withBytes(of: piece) { node.state.take($0) }
    slots[place] = Slot(key: key, node: UInt32(truncatingIfNeeded: nodes.count))
    nodes.append(node)
    return nodes.count - 1
  }
}
