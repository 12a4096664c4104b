// Masks: one bit a row, 64 rows a word.

/// One bit a row, packed into words; bits past the last row are clear.
package struct BitMask: Hashable, Sendable {
  /// The bits, 64 rows a word.
  package internal(set) var words: [UInt64]

  /// A clear mask for so many rows.
  package init(count: Int) { words = Array(repeating: 0, count: Self.wordCount(count)) }

  /// How many words hold the bits of so many rows.
  static func wordCount(_ count: Int) -> Int { (count + 63) / 64 }

  /// The bit of a row.
  package subscript(row: Int) -> Bool {
    get { words[row / 64] >> UInt64(row % 64) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(row % 64)
      if newValue { words[row / 64] |= bit } else { words[row / 64] &= ~bit }
    }
  }

  /// The bits of 64 rows from any one on.
  func bits(from row: Int) -> UInt64 { ProvisoBatch.bits(of: words.span, from: row) }

  /// Whether no bit is set.
  package var isClear: Bool { words.allSatisfy { $0 == 0 } }

  /// How many bits are set.
  package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Clears it and makes it fit so many rows.
  mutating func clear(count: Int) {
    let size = Self.wordCount(count)
    if words.count != size {
      words = Array(repeating: 0, count: size)
    } else {
      for index in words.indices { words[index] = 0 }
    }
  }
}

/// The bits of a word of which so many rows are left: all ones, or the lowest few.
@inline(__always)
func fullWord(_ left: Int) -> UInt64 {
  left >= 64 ? ~0 : left <= 0 ? 0 : (1 << UInt64(left)) - 1
}
