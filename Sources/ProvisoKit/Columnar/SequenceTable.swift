// Numbers for sequences of numbers that come again and again.

/// Gives each sequence of a width a number, in the order in which they come up.
struct SequenceTable {
  private let width: Int
  private var count = 0
  /// All sequences, one behind another.
  private var members: [Int32] = []
  /// By place: 32 bits of the hash, and below them the number from 1; 0 where a place is free.
  private var slots: [UInt64]
  /// What was read only to be near; it says nothing.
  private var touched: UInt64 = 0

  /// So many are known at the most: some megabytes.
  private static let limit = 1 << 17
  private static let slotCount = 1 << 18

  /// - Parameter width: How long a sequence is; 0 of a table that is not used.
  init(width: Int) {
    self.width = width
    slots = Array(repeating: 0, count: width > 0 ? Self.slotCount : 0)
  }

  /// The hashes of sequences that stand one behind another; their places in the table are near
  /// after it. Reads that do not depend on each other wait for the memory together.
  mutating func hashes(of rows: [Int32]) -> [UInt64] {
    guard width > 0 else { return [] }
    let hashes = stride(from: 0, to: rows.count, by: width).map { hash(of: rows, at: $0) }
    var all: UInt64 = 0
    for hash in hashes { all ^= slots[Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)] }
    touched ^= all
    return hashes
  }

  private func hash(of row: [Int32], at start: Int) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    // Two at a time: a product takes as long for one.
    var offset = 0
    while offset < width {
      var members = UInt64(UInt32(bitPattern: row[start + offset]))
      if offset + 1 < width {
        members |= UInt64(UInt32(bitPattern: row[start + offset + 1])) << 32
      }
      hash = (hash ^ members).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93).low
      hash ^= hash >> 32
      offset += 2
    }
    return hash
  }

  /// The number of the sequence that begins at an offset; nil where there is no room for it.
  ///
  /// - Parameter hash: Its hash, as `hashes` gives it.
  mutating func number(
    of row: [Int32], at start: Int, hash: UInt64
  ) -> (number: Int32, isNew: Bool)? {
    var place = Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)
    let mark = hash & 0xFFFF_FFFF_0000_0000
    while slots[place] != 0 {
      let slot = slots[place]
      if slot & 0xFFFF_FFFF_0000_0000 == mark {
        let number = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1
        if isEqual(number * width, row, start) { return (Int32(truncatingIfNeeded: number), false) }
      }
      place = (place + 1) & (Self.slotCount - 1)
    }
    guard count < Self.limit else { return nil }
    slots[place] = mark | UInt64(count + 1)
    for offset in 0..<width { members.append(row[start + offset]) }
    count += 1
    return (Int32(truncatingIfNeeded: count - 1), true)
  }

  private func isEqual(_ known: Int, _ row: [Int32], _ start: Int) -> Bool {
    for offset in 0..<width where members[known + offset] != row[start + offset] { return false }
    return true
  }
}
