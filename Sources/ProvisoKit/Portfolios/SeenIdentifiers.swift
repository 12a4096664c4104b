// The ids of a portfolio that were seen, in little memory.

/// Tells an id that was there before.
///
/// An id is kept as 64 bits of a hash, so that ten million need some 130 MB; two different ids of
/// ten million are taken for one with a chance of 3 in a million. While there are at most a
/// million, the line of each is kept too.
package struct SeenIdentifiers {
  /// Where an id was seen before.
  package enum Sighting: Hashable, Sendable {
    case first
    /// On this line; nil where lines are no longer kept.
    case again(line: Int?)
  }

  /// 0 where a place is free.
  private var keys: [UInt64] = [UInt64](repeating: 0, count: 1_024)
  private var lines: [UInt32] = [UInt32](repeating: 0, count: 1_024)
  private var count = 0
  private var keepsLines = true
  /// What was read only to be near; it says nothing.
  private var touched: UInt64 = 0

  private static let lineLimit = 1_000_000

  /// Nothing seen yet.
  package init() {}

  /// Takes up an id by its hash.
  package mutating func insert(_ key: UInt64, line: Int) -> Sighting {
    let key = key == 0 ? 1 : key
    var place = Int(truncatingIfNeeded: key) & (keys.count - 1)
    while keys[place] != 0 {
      if keys[place] == key { return .again(line: keepsLines ? Int(lines[place]) : nil) }
      place = (place + 1) & (keys.count - 1)
    }
    keys[place] = key
    if keepsLines { lines[place] = UInt32(clamping: line) }
    count += 1
    if count > keys.count / 4 * 3 { grow() }
    return .first
  }

  /// Brings the places of ids near that are taken up next.
  ///
  /// Looked at one by one, each would wait for the memory: the table is larger than a cache. Reads
  /// that do not depend on each other wait together.
  mutating func touch(_ keys: ArraySlice<UInt64>) {
    var all: UInt64 = 0
    for key in keys {
      let place = Int(truncatingIfNeeded: key) & (self.keys.count - 1)
      all ^= self.keys[place]
      if keepsLines { all ^= UInt64(lines[place]) }
    }
    touched ^= all
  }

  private mutating func grow() {
    if count > Self.lineLimit {
      keepsLines = false
      lines = []
    }
    let (oldKeys, oldLines) = (keys, lines)
    keys = largeTable(repeating: 0, count: oldKeys.count * 2)
    if keepsLines { lines = largeTable(repeating: 0, count: keys.count) }
    for (old, key) in oldKeys.enumerated() where key != 0 {
      var place = Int(truncatingIfNeeded: key) & (keys.count - 1)
      while keys[place] != 0 { place = (place + 1) & (keys.count - 1) }
      keys[place] = key
      if keepsLines { lines[place] = oldLines[old] }
    }
  }

  /// The hash of an id, the same in every run.
  package static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    Array(bytes).withUnsafeBytes { hash($0) }
  }

  /// The hash of bytes in one place, eight of them at a time.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      hash = mixed(hash, UInt64(littleEndian: word))
      offset += 8
    }
    // The last word has room for how many bytes it has.
    let count = UInt64(bytes.count - offset)
    var word: UInt64 = 0
    for place in 0..<bytes.count - offset {
      word |= UInt64(bytes[offset + place]) << UInt64(8 * place)
    }
    hash = mixed(hash, word | count << 56)
    hash = hash.multipliedFullWidth(by: 0xBF58_476D_1CE4_E5B9).low
    return hash ^ hash >> 32
  }

  /// Takes up the next word. Each step is one to one (a product with an odd number, a shifted
  /// exclusion), so that ids that were told apart stay so whatever follows.
  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15).low
    return product ^ product >> 29
  }
}
