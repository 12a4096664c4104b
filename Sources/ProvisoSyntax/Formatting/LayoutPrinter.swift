// Writes the tokens with their layout, line by line, with the comments where they stood.

import ProvisoSource

/// Writes a file by its layout.
struct LayoutPrinter {
  private static let lineWidth = 100

  private let parsed: ParsedFile
  private let hints: LayoutHints
  private let trivia: LayoutTrivia
  /// The groups that begin at a token, the outer first.
  private var opening: [Int: [Int]] = [:]
  /// The group and indentation of a token that may begin a line.
  private var points: [Int: (group: Int, indent: Int)] = [:]
  /// Widths of the tokens and gaps before each token, on one line.
  private var offsets: [Int] = [0]
  /// How many tokens up to each have something before them that ends a line.
  private var breaks: [Int] = [0]
  private var active: [(group: Int, isBroken: Bool, indent: Int)] = []
  private var output = LineWriter()

  init(_ parsed: ParsedFile) {
    self.parsed = parsed
    hints = LayoutHints(parsed)
    trivia = LayoutTrivia(parsed)
    for (index, group) in hints.groups.enumerated() {
      opening[group.first, default: []].append(index)
      for point in group.points where points[point.token] == nil {
        points[point.token] = (index, point.indent)
      }
    }
    for token in parsed.tokens.indices {
      offsets.append(offsets[token] + hints.gap(token) + hints.tokenWidth(token))
      breaks.append(breaks[token] + (trivia.pieces[token] == nil ? 0 : 1))
    }
    forced = LayoutPrinter.forcedGroups(hints.groups)
  }

  /// Whether each group breaks because it or one inside it must.
  private var forced: [Bool]

  private static func forcedGroups(_ groups: [LayoutGroup]) -> [Bool] {
    let inner = groups.filter(\.isForced).map { ($0.first, $0.last) }.sorted { $0.0 < $1.0 }
    return groups.map { group in
      if group.isForced { return true }
      // The first forced group that begins at this one's first token or behind it; one that
      // begins with it and ends later holds this one and does not count.
      var (low, high) = (0, inner.count)
      while low < high {
        let middle = (low + high) / 2
        if inner[middle].0 < group.first { low = middle + 1 } else { high = middle }
      }
      while low < inner.count, inner[low].0 == group.first, inner[low].1 > group.last { low += 1 }
      return low < inner.count && inner[low].0 <= group.last
    }
  }

  /// The whole file's new bytes.
  mutating func run() -> [UInt8] {
    for token in parsed.tokens.indices { write(token) }
    let usesCarriageReturns = parsed.source.bytes.firstIndex(of: 0x0A).map {
      $0 > 0 && parsed.source.bytes[$0 - 1] == 0x0D
    }
    return output.finish(lineEnd: usesCarriageReturns == true ? [0x0D, 0x0A] : [0x0A])
  }

  private mutating func write(_ token: Int) {
    let isEnd = parsed.tokens[token].kind == .endOfFile
    let indent = lineIndent(of: token)
    writePieces(token, indent: indent ?? continuationIndent())
    if let indent {
      let keepsEmptyLine =
        trivia.hasEmptyLineAbove.contains(token) && !isEnd && !isFirstInside(token)
      if token > 0 || output.hasContent {
        output.newLine(indent: indent, emptyLineAbove: keepsEmptyLine)
      }
    } else if output.mustBreak {
      output.newLine(indent: continuationIndent(), emptyLineAbove: false)
    }
    if isEnd { return }
    let bytes = parsed.source.bytes[parsed.tokens[token].start..<parsed.tokens[token].end]
    output.gap(hints.gap(token))
    open(token)
    output.append(bytes, width: hints.tokenWidth(token))
    while let last = active.last, hints.groups[last.group].last <= token { active.removeLast() }
  }

  /// The indentation of a token that begins a line, or nil where it goes on with one.
  private func lineIndent(of token: Int) -> Int? {
    guard let point = points[token],
      let state = active.last(where: { $0.group == point.group }), state.isBroken
    else { return token == 0 ? 0 : nil }
    return state.indent + point.indent
  }

  private func continuationIndent() -> Int {
    (active.last(where: { $0.isBroken })?.indent ?? 0) + 4
  }

  /// Whether a token is the first behind an opening brace, where no empty line is kept.
  private func isFirstInside(_ token: Int) -> Bool {
    guard token > 0 else { return false }
    return [.leftBrace, .leftBracket].contains(parsed.tokens[token - 1].kind)
      || [.rightBrace, .rightBracket].contains(parsed.tokens[token].kind)
  }

  private mutating func open(_ token: Int) {
    for index in opening[token] ?? [] {
      let group = hints.groups[index]
      let column = output.nextColumn
      var width = offsets[group.last + 1] - offsets[group.first] - hints.gap(group.first)
      // What is joined to the group's end must fit too.
      var next = group.last + 1
      while next < parsed.tokens.count - 1, hints.gap(next) == 0 {
        width += hints.tokenWidth(next)
        next += 1
      }
      let holdsBreak = breaks[group.last + 1] > breaks[group.first + 1]
      let isBroken = forced[index] || holdsBreak || column + width > LayoutPrinter.lineWidth
      let indent: Int
      switch group.base {
      case .line: indent = output.lineIndent
      case .column: indent = column > 60 ? output.lineIndent + 2 : column
      }
      active.append((index, isBroken, indent))
    }
  }

  private mutating func writePieces(_ token: Int, indent: Int) {
    for piece in trivia.pieces[token] ?? [] {
      switch piece {
      case .prose(let range): output.prose(parsed.source.bytes[range])
      case .comment(let range, let isTrailing, let hasEmptyLineAbove):
        let bytes = parsed.source.bytes[range]
        if isTrailing, output.hasOpenLine {
          output.trailingComment(bytes)
        } else {
          let isFirst = isFirstInside(token) && !isClosing(token)
          output.ownLineComment(
            bytes, indent: isClosing(token) ? indent + 2 : indent,
            emptyLineAbove: hasEmptyLineAbove && !isFirst)
        }
      }
    }
  }

  /// A comment before a closing brace stands with the elements.
  private func isClosing(_ token: Int) -> Bool {
    [.rightBrace, .rightBracket].contains(parsed.tokens[token].kind) && lineIndent(of: token) != nil
  }
}
