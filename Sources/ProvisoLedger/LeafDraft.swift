// A leaf as a sequence of parts: pieces that a recorder knows already, and bytes of its own.

package import ProvisoLog

/// A piece of leaves that a recorder knows by its number.
package struct LeafPiece: Hashable, Sendable {
  let number: Int
}

/// How leaves begin: a sequence of pieces that a recorder knows by its number.
package struct LeafBeginning: Hashable, Sendable {
  let node: Int
}

/// A leaf that is being put together from parts.
///
/// Used over and over: what is known of pieces need be neither copied, nor looked at, nor hashed
/// again.
package struct LeafDraft: Sendable {
  /// A part: the piece of a number, or where that is below 0 the bytes of a range.
  struct Part: Sendable {
    var piece: Int32
    var start: Int32
    var end: Int32

    /// Bytes as they stand.
    static let plain: Int32 = -1
    /// The hex digits of a digest.
    static let digest: Int32 = -2
  }

  /// How it begins, before its parts; 0 where that is not known.
  private(set) var beginning = 0
  private(set) var parts: [Part] = []
  /// The bytes that are no pieces.
  private(set) var own: [UInt8] = []

  /// A leaf without any part.
  package init() {}

  /// Begins the next leaf.
  ///
  /// - Parameter beginning: How it begins, where that is known.
  package mutating func clear(_ beginning: LeafBeginning? = nil) {
    self.beginning = beginning?.node ?? 0
    parts.removeAll(keepingCapacity: true)
    own.removeAll(keepingCapacity: true)
  }

  /// Adds a piece.
  package mutating func add(_ piece: LeafPiece) {
    parts.append(Part(piece: Int32(truncatingIfNeeded: piece.number), start: 0, end: 0))
  }

  /// Adds the hex digits of a digest.
  package mutating func add(_ digest: LogHash) {
    let start = own.count
    digest.withHexDigits { own.append(contentsOf: $0) }
    parts.append(
      Part(
        piece: Part.digest, start: Int32(clamping: start), end: Int32(clamping: own.count)))
  }

  /// Adds bytes.
  package mutating func add(_ bytes: [UInt8]) {
    let start = own.count
    own.append(contentsOf: bytes)
    noteOwn(from: start)
  }

  /// Adds bytes.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let start = own.count
    own.append(contentsOf: bytes)
    noteOwn(from: start)
  }

  /// Adds a byte.
  package mutating func add(_ byte: UInt8) {
    own.append(byte)
    noteOwn(from: own.count - 1)
  }

  private mutating func noteOwn(from start: Int) {
    let end = Int32(clamping: own.count)
    if let last = parts.indices.last, parts[last].piece == Part.plain {
      parts[last].end = end
    } else {
      parts.append(Part(piece: Part.plain, start: Int32(clamping: start), end: end))
    }
  }
}
