// What stands between two tokens and must be kept: comments, empty lines, and prose.

import ProvisoSource

/// A piece of what stands before a token.
enum TriviaPiece {
  /// A comment; trailing where it stands on the line of the token before.
  case comment(Range<Int>, isTrailing: Bool, hasEmptyLineAbove: Bool)
  /// The prose between two blocks of a literate file, whole lines.
  case prose(Range<Int>)
}

/// The pieces before every token, and whether an empty line stands right above it.
struct LayoutTrivia {
  private(set) var pieces: [Int: [TriviaPiece]] = [:]
  private(set) var hasEmptyLineAbove: Set<Int> = []

  init(_ parsed: ParsedFile) {
    let file = parsed.source
    let isLiterate = LiterateParts.isLiterate(file.name)
    let parts = isLiterate ? LiterateParts(file).ranges : [0..<file.bytes.count]
    for (index, token) in parsed.tokens.enumerated() {
      read(file.bytes, token.triviaStart..<token.start, before: index, parts: parts)
    }
  }

  private mutating func read(
    _ bytes: [UInt8], _ range: Range<Int>, before token: Int, parts: [Range<Int>]
  ) {
    guard !range.isEmpty else { return }
    var found: [TriviaPiece] = []
    var lineEnds = token == 0 ? 1 : 0
    var position = range.lowerBound
    while position < range.upperBound {
      guard let part = LayoutTrivia.part(holding: position, in: parts) else {
        let next = LayoutTrivia.nextStart(from: position, in: parts) ?? bytes.count
        found.append(.prose(position..<next))
        position = next
        lineEnds = 1
        continue
      }
      // At a block's very end the prose begins, even where the next block follows at once.
      switch bytes[position] {
      case UInt8(ascii: "\n"):
        lineEnds += 1
        position += 1
      case UInt8(ascii: "#"):
        var end = position
        while end < part.upperBound, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        var textEnd = end
        while textEnd > position, [0x20, 0x09, 0x0D].contains(bytes[textEnd - 1]) { textEnd -= 1 }
        found.append(
          .comment(
            position..<textEnd, isTrailing: lineEnds == 0, hasEmptyLineAbove: lineEnds > 1))
        lineEnds = 0
        position = end
      default: position += 1
      }
    }
    if !found.isEmpty { pieces[token] = found }
    if lineEnds > 1 { hasEmptyLineAbove.insert(token) }
  }

  private static func part(holding position: Int, in parts: [Range<Int>]) -> Range<Int>? {
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].upperBound <= position { low = middle + 1 } else { high = middle }
    }
    return low < parts.count && parts[low].contains(position) ? parts[low] : nil
  }

  private static func nextStart(from position: Int, in parts: [Range<Int>]) -> Int? {
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].lowerBound < position { low = middle + 1 } else { high = middle }
    }
    // An empty block holds nothing to lay out; the prose runs on over it.
    while low < parts.count, parts[low].isEmpty { low += 1 }
    return low < parts.count ? parts[low].lowerBound : nil
  }
}
