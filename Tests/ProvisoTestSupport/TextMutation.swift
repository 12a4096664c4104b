// Damages texts from a seed: bytes and tokens deleted, doubled, swapped and replaced.

/// Damages a text in a few random ways; the same seed does the same damage.
package struct TextMutator {
  package var random: SeededRandom

  /// Starts with a seed.
  package init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  private static let pieces: [String] = [
    "{", "}", "(", ")", "[", "]", ",", ":", ".", "=", "=>", "<", "<=", "<>", "+", "-", "*", "/",
    "^", "%", "\"", "#", "\n", " ", "_", "\\", "```", "```proviso\n", "and", "or", "not", "when",
    "otherwise", "unless", "every", "some", "no", "in", "at", "by", "on", "of", "to", "from",
    "where", "satisfies", "condition", "scenario", "table", "2024-02-30", "2024-Q1", "2024-03",
    "1_000", "0", "EUR", "days", "is", "over", "else", "all of {", "on breach", "\u{FEFF}", "é",
    "≥", "“", "\u{0}", "\r\n", "\u{202E}",
  ]

  /// The text with one to four pieces of damage.
  package mutating func mutated(_ text: [UInt8]) -> [UInt8] {
    var bytes = text
    for _ in 0..<1 + random.below(4) {
      let start = random.below(bytes.count + 1)
      let end = min(start + random.below(12), bytes.count)
      switch random.below(6) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: Array(bytes[start..<end]), at: random.below(bytes.count + 1))
      case 2: bytes.insert(UInt8(random.below(256)), at: start)
      case 3: if start < bytes.count { bytes[start] = UInt8(random.below(256)) }
      case 4: bytes.insert(contentsOf: Array(random.pick(TextMutator.pieces).utf8), at: start)
      default: bytes.replaceSubrange(start..<end, with: Array(random.pick(TextMutator.pieces).utf8))
      }
    }
    return bytes
  }

  /// The words and marks of a text with some deleted, doubled, swapped or replaced.
  package mutating func mutatedTokens(_ text: String) -> String {
    var tokens = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<1 + random.below(4) where !tokens.isEmpty {
      let place = random.below(tokens.count)
      switch random.below(4) {
      case 0: tokens.remove(at: place)
      case 1: tokens.insert(tokens[place], at: random.below(tokens.count))
      case 2: tokens.swapAt(place, random.below(tokens.count))
      default: tokens[place] = random.pick(TextMutator.pieces)
      }
    }
    return tokens.joined(separator: " ")
  }
}
