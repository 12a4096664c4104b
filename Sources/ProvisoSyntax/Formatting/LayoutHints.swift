// Where a ruleset's lines may or must break, and where its columns align: read off the tree.

/// A stretch of tokens that stands on one line or breaks at all of its points.
struct LayoutGroup {
  /// What a broken group's points are indented from.
  enum Base {
    /// The indentation of the line the group begins on.
    case line
    /// The column the group begins at.
    case column
  }

  let first: Int
  let last: Int
  let base: Base
  /// The tokens that begin a line when the group breaks, with their indentation.
  let points: [(token: Int, indent: Int)]
  /// Whether the group breaks even where it would fit.
  var isForced: Bool
}

/// The layout of a file, token by token.
struct LayoutHints {
  let parsed: ParsedFile
  /// Groups by their first token, the outer before the inner.
  private(set) var groups: [LayoutGroup] = []
  /// Spaces before a token, where they are not the usual ones.
  private(set) var gaps: [Int: Int] = [:]
  /// Tokens that begin a line of a file or body, where an empty line above is kept.
  private(set) var lineStarts: Set<Int> = []

  init(_ parsed: ParsedFile) {
    self.parsed = parsed
    let declarations = parsed.tree.declarations
    let last = max(parsed.tokens.count - 1, 0)
    add(
      first: 0, last: last, base: .line,
      points: declarations.map { ($0.extent.tokens.lowerBound, 0) } + [(last, 0)], isForced: true)
    for token in parsed.unitMarks {
      gaps[token] = 0
      gaps[token + 1] = 0
    }
    for declaration in declarations { visit(declaration) }
  }

  // MARK: Building

  mutating func add(
    first: Int, last: Int, base: LayoutGroup.Base, points: [(token: Int, indent: Int)],
    isForced: Bool = false
  ) {
    guard first <= last, !points.isEmpty else { return }
    groups.append(
      LayoutGroup(first: first, last: last, base: base, points: points, isForced: isForced))
    if isForced { for point in points { lineStarts.insert(point.token) } }
  }

  mutating func setGap(_ token: Int, _ width: Int) { gaps[token] = width }

  /// A body in braces: an element a line where it is forced or does not fit.
  mutating func addBraces(_ extent: Extent, elements: [Extent], isForced: Bool = false) {
    guard let opening = elements.first, !elements.isEmpty else { return }
    let closer = extent.tokens.upperBound - 1
    // A break the writer made behind the brace is kept.
    let isBroken = isForced || parsed.tokens[opening.tokens.lowerBound].isFirstOnLine
    add(
      first: extent.tokens.lowerBound, last: closer, base: .line,
      points: elements.map { ($0.tokens.lowerBound, 2) } + [(closer, 0)], isForced: isBroken)
  }

  /// A chain that breaks before its operators.
  mutating func addChain(_ extent: Extent, breaksBefore points: [Int]) {
    add(
      first: extent.tokens.lowerBound, last: extent.tokens.upperBound - 1, base: .column,
      points: points.map { ($0, 2) })
  }

  /// The width of tokens on one line.
  func width(_ tokens: Range<Int>) -> Int {
    var width = 0
    for token in tokens {
      if token > tokens.lowerBound { width += gap(token) }
      width += tokenWidth(token)
    }
    return width
  }

  func tokenWidth(_ token: Int) -> Int {
    let token = parsed.tokens[token]
    var width = 0
    for byte in parsed.source.bytes[token.start..<token.end] where byte & 0xC0 != 0x80 {
      width += 1
    }
    return width
  }

  /// The spaces between a token and the one before it on the same line.
  func gap(_ token: Int) -> Int {
    if let gap = gaps[token] { return gap }
    guard token > 0 else { return 0 }
    let (before, kind) = (parsed.tokens[token - 1].kind, parsed.tokens[token].kind)
    switch kind {
    case .comma, .dot, .rightParenthesis, .percent, .endOfFile: return 0
    case .rightBrace where before == .leftBrace, .rightBracket where before == .leftBracket:
      return 0
    default: break
    }
    return before == .leftParenthesis || before == .dot ? 0 : 1
  }

  // MARK: Columns

  /// Aligns what follows the heads of several clauses, each head being some tokens long.
  mutating func alignHeads(_ clauses: [(extent: Extent, headTokens: Int)], minimum: Int = 0) {
    guard clauses.count > 1 else { return }
    let heads = clauses.map { clause -> (end: Int, width: Int, hasMore: Bool) in
      let start = clause.extent.tokens.lowerBound
      let end = min(start + clause.headTokens, clause.extent.tokens.upperBound)
      return (end, width(start..<end), end < clause.extent.tokens.upperBound)
    }
    let column = max(minimum, heads.map(\.width).filter { $0 <= 13 }.max() ?? 0)
    for head in heads where head.hasMore { setGap(head.end, max(column - head.width, 0) + 1) }
  }

  /// Aligns a mark that follows a name on every line: the `:` of fields and limbs.
  mutating func alignMarks(_ marks: [(start: Int, mark: Int)], limit: Int) {
    guard marks.count > 1 else { return }
    let widths = marks.map { width($0.start..<$0.mark) }
    let column = widths.filter { $0 <= limit }.max() ?? 0
    for (mark, width) in zip(marks, widths) { setGap(mark.mark, max(column - width, 0) + 1) }
  }
}
