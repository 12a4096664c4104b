// The ids of a portfolio that were seen, in memory that stays small however many there are.

/// Tells an id that was there before.
///
/// An id is kept as 64 bits of a hash; two different ids of ten million are taken for one with a
/// chance of 3 in a million. While there are at most a million, the line of each is kept too. Three
/// million hashes are in memory; then they go to a disk, and what stays is a filter of 16 to 64 MiB
/// and one hash of 512. Where the disk does not take them, they stay.
package struct SeenIdentifiers: ~Copyable {
  /// Where an id was seen before.
  package enum Sighting: Hashable, Sendable {
    case first
    /// On this line; nil where lines are no longer kept.
    case again(line: Int?)
  }

  /// 0 where a place is free. A hash has its place by its upper bits, or the next free one, from
  /// the last to the first: so the table is nearly in order.
  private var keys: [UInt64]
  private var lines: [UInt32]
  private var count = 0
  private var keepsLines = true
  private var spilled: SpilledIdentifiers?
  /// How many places the table has when it goes to the disk; nil where the disk did not take it.
  private var spillingPlaces: Int?
  private let files: Files
  private let diskLimit: Int
  /// What was read only to be near; it says nothing.
  private var touched: UInt64 = 0
  /// Why it is not known of every id whether it was there before.
  package private(set) var failure: FileFailure?

  private static let lineLimit = 1_000_000

  /// Nothing seen yet.
  ///
  /// - Parameters:
  ///   - files: Says where what goes to a disk is put.
  ///   - places: How many places the table in memory has at most, a power of two from 2^10 on.
  ///   - diskLimit: How many ids go to the disk at most.
  package init(_ files: Files = Files(), places: Int = 1 << 22, diskLimit: Int = .max) {
    self.files = files
    self.diskLimit = diskLimit
    spillingPlaces = places
    keys = [UInt64](repeating: 0, count: 1_024)
    lines = [UInt32](repeating: 0, count: 1_024)
  }

  /// Takes up an id by its hash.
  package mutating func insert(_ key: UInt64, line: Int) -> Sighting {
    let key = key == 0 ? 1 : key
    var place = Self.home(of: key, among: keys.count)
    while keys[place] != 0 {
      if keys[place] == key { return .again(line: keepsLines ? Int(lines[place]) : nil) }
      place = (place + 1) & (keys.count - 1)
    }
    if isSpilled(key) { return .again(line: nil) }
    keys[place] = key
    if keepsLines { lines[place] = UInt32(clamping: line) }
    count += 1
    if count > keys.count / 4 * 3 { makeRoom() }
    return .first
  }

  /// Takes up the ids of a piece: the lines that bear one seen before, each with that line where
  /// it is known.
  mutating func repeatedLines(of checked: CheckedPiece) -> [Int: Int?] {
    var repeated: [Int: Int?] = [:]
    let hashes = checked.idHashes
    // As many at a time as stay near until they are taken up.
    for start in stride(from: 0, to: hashes.count, by: 256) {
      let rows = start..<min(start + 256, hashes.count)
      touch(hashes[rows])
      for row in rows {
        let line = checked.rows[row].line
        if case .again(let earlier) = insert(hashes[row], line: line) {
          repeated[line] = .some(earlier)
        }
      }
    }
    return repeated
  }

  /// Brings the places of ids near that are taken up next.
  ///
  /// Looked at one by one, each would wait for the memory: the table is larger than a cache. Reads
  /// that do not depend on each other wait together.
  private mutating func touch(_ keys: ArraySlice<UInt64>) {
    var all: UInt64 = 0
    for key in keys {
      let place = Self.home(of: key, among: self.keys.count)
      all ^= self.keys[place]
      if keepsLines { all ^= UInt64(lines[place]) }
      if let spilled { all ^= spilled.touch(key) }
    }
    touched ^= all
  }

  private mutating func isSpilled(_ key: UInt64) -> Bool {
    guard let spilled else { return false }
    do throws(FileFailure) {
      return try spilled.contains(key)
    } catch {
      failure = error
      return false
    }
  }

  /// The place of a hash by its upper bits.
  ///
  /// - Parameter count: How many places there are, a power of two above 1.
  private static func home(of key: UInt64, among count: Int) -> Int {
    Int(truncatingIfNeeded: key >> UInt64(64 - count.trailingZeroBitCount))
  }

  // MARK: More of them

  private mutating func makeRoom() {
    if count > Self.lineLimit {
      keepsLines = false
      lines = []
    }
    guard let spillingPlaces, keys.count >= spillingPlaces else { return grow() }
    if !spill() {
      self.spillingPlaces = nil
      grow()
    }
  }

  private mutating func grow() {
    let (oldKeys, oldLines) = (keys, lines)
    keys = largeTable(repeating: 0, count: oldKeys.count * 2)
    if keepsLines { lines = largeTable(repeating: 0, count: keys.count) }
    for (old, key) in oldKeys.enumerated() where key != 0 {
      let place = put(key)
      if keepsLines { lines[place] = oldLines[old] }
    }
  }

  /// Puts a hash that is not there in its place.
  @discardableResult
  private mutating func put(_ key: UInt64) -> Int {
    var place = Self.home(of: key, among: keys.count)
    while keys[place] != 0 { place = (place + 1) & (keys.count - 1) }
    keys[place] = key
    return place
  }

  /// Puts all hashes on the disk; false where it does not take them, and they are then still here.
  private mutating func spill() -> Bool {
    if spilled == nil { spilled = SpilledIdentifiers(files, limit: diskLimit) }
    guard spilled != nil else { return false }
    // They would have to move with the hashes, and so many are not kept anyway.
    keepsLines = false
    lines = []
    sortInPlace()
    var isTaken = false
    do throws(FileFailure) {
      isTaken = try spilled?.add(keys[..<count]) ?? false
    } catch {
      failure = error
    }
    if isTaken {
      for place in keys.indices { keys[place] = 0 }
      count = 0
    } else {
      let sorted = Array(keys[..<count])
      for place in keys.indices { keys[place] = 0 }
      for key in sorted { put(key) }
    }
    return isTaken
  }

  /// Brings the hashes to the front of the table, in order.
  ///
  /// Each is near where it belongs, so that inserting one among those before it moves few. Those
  /// that went from the last places on to the first are the exception, and are put behind the rest.
  private mutating func sortInPlace() {
    var wrapped: [UInt64] = []
    var filled = 0
    for place in keys.indices where keys[place] != 0 {
      let key = keys[place]
      if Self.home(of: key, among: keys.count) > place {
        wrapped.append(key)
        continue
      }
      keys[filled] = key
      filled += 1
    }
    for key in wrapped {
      keys[filled] = key
      filled += 1
    }
    for place in 0..<filled {
      let key = keys[place]
      var free = place
      while free > 0, keys[free - 1] > key {
        keys[free] = keys[free - 1]
        free -= 1
      }
      keys[free] = key
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
