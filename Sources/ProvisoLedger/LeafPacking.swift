// How a leaf is stored: pieces that occur again are written once, and leaves refer to them.
//
// The leaves of one run are much alike: a condition that is met on the same day is the same text
// in every one of them. Whoever records says where such pieces begin and end. A stored leaf is a
// sequence of parts, each behind a number in base 128, least significant digit first, the high bit
// of a byte saying that more follow: 2n is followed by n bytes, 2n + 1 stands for the bytes of
// fragment n. No fragment is 0: 1 is followed by the thirty-two bytes of a digest, which stand in
// the leaf as hex digits. What is hashed is never the stored form but the leaf.

import ProvisoLog

/// What stands before the bytes of a digest.
let digestMark: UInt64 = 1

/// The pieces of a run's leaves that came up before, and the fragments that some of them are.
struct LeafPacker {
  /// What a run's fragments may come to: readers hold them in memory.
  static let fragmentLimit = 1 << 16
  static let fragmentLimitBytes = 8 << 20
  /// Pieces shorter than this cost less than a reference would save.
  private static let shortest = 8

  /// The number of the next fragment.
  private var nextFragment: Int
  /// Places by the hash of a piece: the piece it is, or that it was seen once.
  private var table: [Slot]
  private var pieces: [Piece] = []
  /// The bytes of all pieces, one behind another.
  private var bytes: [UInt8] = []

  fileprivate struct Piece {
    let start: Int
    let count: Int
    /// The number of the fragment; 0 while no leaf refers to it.
    var fragment = 0
  }

  private struct Slot {
    var hash: UInt64 = 0
    /// -1: empty; -2: seen once; otherwise an index of `pieces`.
    var piece = -1
  }

  private static let slotCount = 1 << 17

  /// - Parameter nextFragment: The number that the first new fragment gets.
  init(nextFragment: Int) {
    self.nextFragment = nextFragment
    table = []
  }

  /// The piece that some bytes are; nil where there is none, or no more room.
  ///
  /// - Parameter isShared: Whether they are known to occur again. Otherwise they become a piece
  ///   when they are seen for the second time.
  mutating func piece(_ piece: UnsafeRawBufferPointer, isShared: Bool = false) -> Int? {
    guard piece.count >= LeafPacker.shortest else { return nil }
    if table.isEmpty { table = Array(repeating: Slot(), count: LeafPacker.slotCount) }
    let hash = pieceHash(piece)
    let home = Int(truncatingIfNeeded: hash) & (LeafPacker.slotCount - 1)
    // A few places are looked at; where all are taken, the first gives way if it is no piece.
    for offset in 0..<4 {
      let place = (home + offset) & (LeafPacker.slotCount - 1)
      let slot = table[place]
      if slot.piece == -1 {
        table[place] = Slot(hash: hash, piece: -2)
        return isShared ? makePiece(piece, at: place) : nil
      }
      guard slot.hash == hash else { continue }
      if slot.piece >= 0 {
        if withBytes(of: slot.piece, { isEqual($0, piece) }) { return slot.piece }
        continue
      }
      return makePiece(piece, at: place)
    }
    if table[home].piece == -2 {
      table[home] = Slot(hash: hash, piece: -2)
      if isShared { return makePiece(piece, at: home) }
    }
    return nil
  }

  private mutating func makePiece(_ piece: UnsafeRawBufferPointer, at place: Int) -> Int? {
    guard pieces.count < LeafPacker.fragmentLimit,
      bytes.count + piece.count <= LeafPacker.fragmentLimitBytes
    else { return nil }
    table[place].piece = pieces.count
    pieces.append(Piece(start: bytes.count, count: piece.count))
    bytes.append(contentsOf: piece)
    return pieces.count - 1
  }

  /// Hands over the bytes of a piece.
  func withBytes<Result>(of piece: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let known = pieces[piece]
    return bytes.withUnsafeBytes { all in
      body(UnsafeRawBufferPointer(rebasing: all[known.start..<known.start + known.count]))
    }
  }

  /// The bytes of all pieces, while they are lent.
  struct PieceBytes {
    fileprivate let pieces: UnsafeBufferPointer<Piece>
    fileprivate let bytes: UnsafeRawBufferPointer

    /// The bytes of a piece.
    subscript(piece: Int) -> UnsafeRawBufferPointer {
      let known = pieces[piece]
      return UnsafeRawBufferPointer(rebasing: bytes[known.start..<known.start + known.count])
    }
  }

  /// Lends the bytes of all pieces.
  func withPieces<Result>(_ body: (PieceBytes) -> Result) -> Result {
    pieces.withUnsafeBufferPointer { pieces in
      bytes.withUnsafeBytes { body(PieceBytes(pieces: pieces, bytes: $0)) }
    }
  }

  /// Puts the bytes of a piece behind others.
  func append(_ piece: Int, to output: inout [UInt8]) {
    let known = pieces[piece]
    bytes.withUnsafeBytes { all in
      output.append(
        contentsOf: UnsafeRawBufferPointer(
          rebasing: all[known.start..<known.start + known.count]))
    }
  }

  /// How many bytes a piece has.
  func count(of piece: Int) -> Int { pieces[piece].count }

  /// The number of the fragment that a piece is, which it becomes when it is first asked for.
  ///
  /// - Parameter isNew: Called for a new fragment, before any leaf refers to it.
  mutating func fragment(
    _ piece: Int, isNew: (_ number: Int, _ bytes: [UInt8]) throws(LedgerFailure) -> Void
  ) throws(LedgerFailure) -> Int {
    if pieces[piece].fragment > 0 { return pieces[piece].fragment }
    let number = nextFragment
    try isNew(number, withBytes(of: piece) { Array($0) })
    pieces[piece].fragment = number
    nextFragment += 1
    return number
  }
}

/// A hash for looking a piece up; pieces are compared before they count as the same.
private func pieceHash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  // Two lanes, which a processor works on side by side.
  var first: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
  var second: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  var offset = 0
  while offset + 16 <= bytes.count {
    first = mixed(first ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    second = mixed(second ^ bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
    offset += 16
  }
  while offset < bytes.count {
    first = first << 8 ^ first >> 56 ^ UInt64(bytes[offset])
    offset += 1
  }
  return mixed(first ^ second << 32 ^ second >> 32)
}

private func mixed(_ value: UInt64) -> UInt64 {
  let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return product.high ^ product.low
}

private func isEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  guard left.count == right.count else { return false }
  var offset = 0
  while offset + 8 <= left.count {
    let first = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    if first != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self) { return false }
    offset += 8
  }
  while offset < left.count {
    if left[offset] != right[offset] { return false }
    offset += 1
  }
  return true
}

/// The bytes of a number in base 128, the lowest first; at most ten.
@inline(__always)
func forEachByte(of number: UInt64, _ body: (UInt8) -> Void) {
  var rest = number
  while rest >= 0x80 {
    body(UInt8(truncatingIfNeeded: rest) | 0x80)
    rest >>= 7
  }
  body(UInt8(rest))
}

/// The most bytes a leaf may have.
package let leafLimitBytes = 64 << 20

/// Puts a leaf together from its stored form; false where that is not one.
///
/// - Parameters:
///   - leaf: Receives the leaf.
///   - hasDigests: Whether digests may stand in it as bytes.
///   - fragment: Appends the bytes of a fragment to the leaf; false where there is none.
func unpackLeaf(
  _ stored: UnsafeRawBufferPointer, into leaf: inout [UInt8], hasDigests: Bool,
  fragment: (_ number: Int, _ leaf: inout [UInt8]) throws(LedgerFailure) -> Bool
) throws(LedgerFailure) -> Bool {
  leaf.removeAll(keepingCapacity: true)
  var offset = 0
  while offset < stored.count {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    var isComplete = false
    while offset < stored.count, shift < 56 {
      let byte = stored[offset]
      offset += 1
      number |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte & 0x80 == 0 {
        // One number has one form: no zero digits at its end.
        isComplete = byte != 0 || shift == 7
        break
      }
    }
    guard isComplete else { return false }
    let value = Int(number >> 1)
    if number == digestMark, hasDigests {
      guard let digest = LogHash(in: stored, at: offset) else { return false }
      digest.withHexDigits { leaf.append(contentsOf: $0) }
      offset += LogHash.byteCount
    } else if number & 1 == 1 {
      guard try fragment(value, &leaf) else { return false }
    } else {
      guard value > 0, value <= stored.count - offset else { return false }
      leaf.append(contentsOf: stored[offset..<offset + value])
      offset += value
    }
    guard leaf.count <= leafLimitBytes else { return false }
  }
  return !leaf.isEmpty
}
