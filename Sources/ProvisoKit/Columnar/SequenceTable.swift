// Numbers for sequences of numbers that come again and again.

import Glibc

/// Gives each sequence of a width a number, in the order in which they come up.
struct SequenceTable {
  private let width: Int
  private var count = 0
  /// All sequences, one behind another.
  private var members: [Int32] = []
  /// By place: 32 bits of the hash, and below them the number from 1; 0 where a place is free.
  private var slots: [UInt64]
  /// The hashes of the sequences that are asked for next.
  private var hashes: [UInt64] = []
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

  /// Takes up sequences, which stand one behind another, to be asked for by their places.
  ///
  /// Their places in the table, and the members that will be compared, are near after it: reads
  /// that do not depend on each other wait for the memory together.
  mutating func prepare(_ rows: [Int32]) {
    hashes.removeAll(keepingCapacity: true)
    guard width > 0 else { return }
    for start in stride(from: 0, to: rows.count, by: width) {
      hashes.append(hash(of: rows, at: start))
    }
    var all: UInt64 = 0
    for hash in hashes { all ^= slots[Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)] }
    for hash in hashes {
      let slot = slots[Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)]
      guard slot != 0 else { continue }
      let start = (Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1) * width
      // The first and the last: most sequences stand in no more than two lines of a cache.
      all ^= UInt64(truncatingIfNeeded: members[start] ^ members[start + width - 1])
    }
    touched ^= all
  }

  private func hash(of row: [Int32], at start: Int) -> UInt64 {
    row.withUnsafeBytes { row in
      var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
      // Two at a time: a product takes as long for one.
      var place = start * 4
      let end = place + width * 4
      while place < end {
        let members =
          place + 8 <= end
          ? row.loadUnaligned(fromByteOffset: place, as: UInt64.self)
          : UInt64(row.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        hash = (hash ^ members).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93).low
        hash ^= hash >> 32
        place += 8
      }
      return hash
    }
  }

  /// The number of a sequence that was taken up; nil where there is no room for it.
  ///
  /// - Parameters:
  ///   - rows: The sequences as they were taken up.
  ///   - index: Which of them.
  mutating func number(_ index: Int, of rows: [Int32]) -> (number: Int32, isNew: Bool)? {
    guard width > 0 else { return nil }
    let start = index * width
    let hash = hashes[index]
    var place = Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)
    let mark = hash & 0xFFFF_FFFF_0000_0000
    while slots[place] != 0 {
      let slot = slots[place]
      if slot & 0xFFFF_FFFF_0000_0000 == mark {
        let number = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1
        if isEqual(number * width, rows, start) {
          return (Int32(truncatingIfNeeded: number), false)
        }
      }
      place = (place + 1) & (Self.slotCount - 1)
    }
    guard count < Self.limit else { return nil }
    slots[place] = mark | UInt64(count + 1)
    if members.count + width > members.capacity { members.growLarge() }
    members.append(contentsOf: rows[start..<start + width])
    count += 1
    return (Int32(truncatingIfNeeded: count - 1), true)
  }

  private func isEqual(_ known: Int, _ rows: [Int32], _ start: Int) -> Bool {
    members.withUnsafeBytes { members in
      rows.withUnsafeBytes { rows in
        let left = UnsafeRawBufferPointer(rebasing: members[known * 4..<(known + width) * 4])
        let right = UnsafeRawBufferPointer(rebasing: rows[start * 4..<(start + width) * 4])
        guard let left = left.baseAddress, let right = right.baseAddress else { return true }
        return memcmp(left, right, width * 4) == 0
      }
    }
  }
}
