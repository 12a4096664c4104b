// The ids of a long portfolio, on a disk.

/// Hashes that were put on a disk, in order, and that are told from others again.
///
/// Each time ids no longer fit in memory, they become a *part* of the file: their hashes in order,
/// 512 to a page. Of a page its first hash is kept, so that one page of a part is read to find a
/// hash there. Before that a filter is asked, which knows of most that they are in no part.
struct SpilledIdentifiers {
  /// Hashes in order, from a place in the file on.
  private struct Part {
    let words: Range<Int>
    /// The first hash of every page.
    let firsts: [UInt64]
  }

  private let file: ScratchFile
  private var parts: [Part] = []
  private var filter: HashFilter

  private static let pageWords = 512

  /// Opens a file for them; nil where that cannot be done.
  ///
  /// - Parameter limit: How many of them it takes at most.
  init?(_ files: Files, limit: Int) {
    guard let file = ScratchFile(files, limitWords: limit) else { return nil }
    self.file = file
    filter = HashFilter(wordCount: HashFilter.leastWords)
  }

  /// Puts hashes that are in order on the disk; false where they do not fit there, and nothing has
  /// changed then.
  mutating func add(_ sorted: ArraySlice<UInt64>) throws(FileFailure) -> Bool {
    let start = file.wordCount
    guard file.append(sorted) else { return false }
    let pages = stride(from: sorted.startIndex, to: sorted.endIndex, by: Self.pageWords)
    parts.append(Part(words: start..<file.wordCount, firsts: pages.map { sorted[$0] }))
    if filter.isCrowded(by: file.wordCount) {
      try rebuildFilter()
    } else {
      for key in sorted { filter.insert(key) }
    }
    return true
  }

  /// Makes a larger filter. What is in the parts is in order, as the filter is, so both are gone
  /// through from their beginning to their end.
  private mutating func rebuildFilter() throws(FileFailure) {
    let wordCount = filter.largerWordCount
    // The smaller one need not be there beside the larger.
    filter = HashFilter(wordCount: 0)
    filter = HashFilter(wordCount: wordCount)
    for part in parts {
      for start in stride(from: part.words.lowerBound, to: part.words.upperBound, by: 1 << 15) {
        let end = min(start + 1 << 15, part.words.upperBound)
        for key in try file.words(start..<end) { filter.insert(key) }
      }
    }
  }

  /// What reading the filter brings near, for nothing but that.
  func touch(_ key: UInt64) -> UInt64 { filter.word(of: key) }

  /// Whether a hash was put on the disk.
  func contains(_ key: UInt64) throws(FileFailure) -> Bool {
    guard filter.mayContain(key) else { return false }
    for part in parts {
      // The last page that begins with this hash or a lower one.
      var (low, high) = (0, part.firsts.count)
      while low < high {
        let middle = (low + high) / 2
        if part.firsts[middle] <= key { low = middle + 1 } else { high = middle }
      }
      guard low > 0 else { continue }
      let start = part.words.lowerBound + (low - 1) * Self.pageWords
      let end = min(start + Self.pageWords, part.words.upperBound)
      if try file.words(start..<end).contains(key) { return true }
    }
    return false
  }
}

/// Says of a hash that it was never put in, or that it may have been.
///
/// A Bloom filter (Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM 13,
/// 1970) in which all four bits of a hash are in one word, so that the memory is waited for once.
/// With twelve bits for each hash it is wrong about one of a hundred that were not put in.
struct HashFilter {
  private var words: [UInt64]

  /// 16 MiB, for eleven million hashes.
  static let leastWords = 1 << 21
  /// 64 MiB, for 45 million. Beyond them it stays, and is wrong more often.
  private static let mostWords = 1 << 23
  private static let bitsPerHash = 12

  init(wordCount: Int) {
    words = largeTable(repeating: 0, count: wordCount)
  }

  /// How many words the next larger filter has.
  var largerWordCount: Int { min(words.count * 2, Self.mostWords) }

  /// Whether so many hashes ask for a larger filter.
  func isCrowded(by count: Int) -> Bool {
    words.count < Self.mostWords && count > words.count * 64 / Self.bitsPerHash
  }

  mutating func insert(_ key: UInt64) { words[place(of: key)] |= Self.bits(of: key) }

  func mayContain(_ key: UInt64) -> Bool {
    let bits = Self.bits(of: key)
    return words[place(of: key)] & bits == bits
  }

  func word(of key: UInt64) -> UInt64 { words[place(of: key)] }

  /// By the upper bits, so that hashes in order have places in order.
  private func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: key.multipliedFullWidth(by: UInt64(words.count)).high)
  }

  /// Four bits of a word, by the 24 lowest.
  private static func bits(of key: UInt64) -> UInt64 {
    1 << (key & 63) | 1 << (key >> 6 & 63) | 1 << (key >> 12 & 63) | 1 << (key >> 18 & 63)
  }
}
