// Finds the ruleset inside a Markdown file: the fenced blocks marked `proviso`.

import ProvisoSource

/// The parts of a file that are ruleset text.
struct LiterateParts {
  /// The inside of every block, sorted; each begins at a line's start and ends behind a line end.
  private(set) var ranges: [Range<Int>] = []
  /// The opening line of a block that is never closed.
  private(set) var unclosedFence: Range<Int>?

  /// Whether a file's name makes it literate.
  static func isLiterate(_ name: String) -> Bool {
    name.utf8.count > 3 && name.hasSuffix(".md")
  }

  /// Reads the fences of a Markdown file, by CommonMark's rules for fenced code blocks.
  init(_ file: SourceFile) {
    var open: (fence: Fence, contentStart: Int, line: Range<Int>)?
    for line in file.lineStarts.indices {
      let range = file.lineRange(line)
      let next = line + 1 < file.lineStarts.count ? file.lineStarts[line + 1] : file.bytes.count
      guard let fence = Fence(file.bytes[range]) else { continue }
      if let current = open {
        guard fence.closes(current.fence) else { continue }
        if current.fence.isProviso { ranges.append(current.contentStart..<range.lowerBound) }
        open = nil
      } else if fence.canOpen {
        open = (fence, next, range)
      }
    }
    if let current = open, current.fence.isProviso {
      unclosedFence = current.line
      ranges.append(current.contentStart..<file.bytes.count)
    }
  }
}

/// A line of three or more backticks or tildes.
private struct Fence {
  let character: UInt8
  let length: Int
  let information: String

  var isProviso: Bool {
    information == "proviso" || information.hasPrefix("proviso ")
      || information.hasPrefix("proviso\t")
  }

  /// A fence of backticks has no backtick behind it: that would be code inside a line.
  var canOpen: Bool { character == UInt8(ascii: "~") || !information.utf8.contains(0x60) }

  init?(_ line: ArraySlice<UInt8>) {
    var index = line.startIndex
    while index < line.endIndex, line[index] == 0x20, index - line.startIndex < 4 { index += 1 }
    guard index - line.startIndex < 4, index < line.endIndex else { return nil }
    let character = line[index]
    guard character == UInt8(ascii: "`") || character == UInt8(ascii: "~") else { return nil }
    let start = index
    while index < line.endIndex, line[index] == character { index += 1 }
    guard index - start >= 3 else { return nil }
    self.character = character
    length = index - start
    var tail = line[index...]
    while let first = tail.first, first == 0x20 || first == 0x09 { tail.removeFirst() }
    while let last = tail.last, last == 0x20 || last == 0x09 { tail.removeLast() }
    information = String(decoding: tail, as: UTF8.self)
  }

  func closes(_ opening: Fence) -> Bool {
    character == opening.character && length >= opening.length && information.isEmpty
  }
}
