// Collects lines: code, the comment behind it, or prose that is passed through.

/// Collects the lines of a file.
struct LineWriter {
  private enum Line {
    case code(indent: Int, text: [UInt8], width: Int, comment: [UInt8]?)
    case prose([UInt8])
  }

  private var lines: [Line] = []
  private(set) var lineIndent = 0
  private var text: [UInt8] = []
  private var width = 0
  private var comment: [UInt8]?
  private var pendingGap = 0
  /// Whether a line is begun and not ended.
  private(set) var hasOpenLine = false
  /// Whether the line ends with a comment, so that no token may follow on it.
  var mustBreak: Bool { comment != nil || !hasOpenLine }
  var hasContent: Bool { !lines.isEmpty || hasOpenLine }
  /// The column the next token begins at.
  var nextColumn: Int { lineIndent + width }

  /// Ends the line, if one is begun, and begins another.
  mutating func newLine(indent: Int, emptyLineAbove: Bool) {
    endLine()
    if emptyLineAbove { emptyLine() }
    lineIndent = indent
    hasOpenLine = true
  }

  /// Leaves spaces before the next token of a line already begun.
  mutating func gap(_ spaces: Int) {
    guard width > 0 else {
      hasOpenLine = true
      return
    }
    text += [UInt8](repeating: 0x20, count: spaces)
    width += spaces
  }

  mutating func append(_ bytes: ArraySlice<UInt8>, width added: Int) {
    text += bytes
    width += added
    hasOpenLine = true
  }

  mutating func trailingComment(_ bytes: ArraySlice<UInt8>) {
    if comment == nil, width > 0 {
      comment = Array(bytes)
    } else {
      ownLineComment(bytes, indent: lineIndent, emptyLineAbove: false)
    }
  }

  mutating func ownLineComment(_ bytes: ArraySlice<UInt8>, indent: Int, emptyLineAbove: Bool) {
    newLine(indent: indent, emptyLineAbove: emptyLineAbove)
    text = Array(bytes)
    width = bytes.count
    endLine()
  }

  mutating func prose(_ bytes: ArraySlice<UInt8>) {
    endLine()
    lines.append(.prose(Array(bytes)))
  }

  private mutating func endLine() {
    if hasOpenLine, width > 0 {
      lines.append(.code(indent: lineIndent, text: text, width: width, comment: comment))
    }
    text = []
    width = 0
    comment = nil
    hasOpenLine = false
  }

  private mutating func emptyLine() {
    // Not at the beginning of a file or block.
    guard case .code(_, _, let width, _)? = lines.last, width > 0 else { return }
    lines.append(.code(indent: 0, text: [], width: 0, comment: nil))
  }

  /// The whole text; comments behind neighbouring lines stand under one another.
  mutating func finish(lineEnd: [UInt8]) -> [UInt8] {
    endLine()
    while case .code(_, _, 0, _)? = lines.last { lines.removeLast() }
    var result: [UInt8] = []
    var column: Int?
    for (index, line) in lines.enumerated() {
      switch line {
      case .prose(let bytes):
        result += bytes
        column = nil
      case .code(let indent, let text, let width, let comment):
        if width > 0 { result += [UInt8](repeating: 0x20, count: indent) + text }
        if let comment {
          let own = column ?? commentColumn(from: index)
          column = own
          result += [UInt8](repeating: 0x20, count: max(own - indent - width, 2)) + comment
        } else {
          column = nil
        }
        result += lineEnd
      }
    }
    return result
  }

  /// The column of the comments in the run of commented lines that begins at a line.
  private func commentColumn(from start: Int) -> Int {
    var column = 0
    for line in lines[start...] {
      guard case .code(let indent, _, let width, .some) = line else { break }
      if indent + width + 2 <= 72 { column = max(column, indent + width + 2) }
    }
    return column
  }
}
