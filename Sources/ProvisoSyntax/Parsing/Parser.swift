// The parser's machinery: where it stands, what it accepts, and how it reports without cascades.

import ProvisoSource

/// Reads tokens into a tree by recursive descent; always ends, always gives a tree.
///
/// Invariant: `index` stays at or before the end-of-file token, and every loop moves it or leaves.
struct Parser {
  /// How deep expressions, types and braces may nest.
  static let nestingLimit = 128
  /// How many problems are told in one run.
  static let diagnosticLimit = 200

  let file: SourceFile
  let tokens: [Token]
  /// The tokens the grammar sees, as indices into `tokens`: all but the invalid ones.
  let significant: [Int]
  /// The grammar's word at every significant token, where it is one.
  let words: [Word?]
  var diagnostics: [Diagnostic]
  var unexpected: [Extent] = []
  /// The `/` and `*` inside units, where the absence of spaces has a meaning.
  var unitMarks: [Int] = []
  /// The current token, as an index into `significant`.
  var index = 0
  var depth = 0
  /// Whether `at` ends the expression because it places a value in a timeline.
  var atEndsExpression = false
  /// Whether a name behind a number may begin the next row of a table.
  var rowMayFollow = false
  /// The last token at which something was reported, so that one mistake is one message.
  private var lastReported = -1

  init(file: SourceFile, tokens: [Token], diagnostics: [Diagnostic]) {
    self.file = file
    self.tokens = tokens
    self.diagnostics = diagnostics
    var significant: [Int] = []
    var words: [Word?] = []
    significant.reserveCapacity(tokens.count)
    words.reserveCapacity(tokens.count)
    for position in tokens.indices {
      let token = tokens[position]
      switch token.kind {
      case .invalid:
        unexpected.append(
          Extent(
            tokens: position..<position + 1,
            span: SourceSpan(source: file.id, start: token.start, end: token.end)))
      case .name:
        significant.append(position)
        words.append(Parser.word(file.bytes[token.start..<token.end]))
      default:
        significant.append(position)
        words.append(nil)
      }
    }
    self.significant = significant
    self.words = words
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> Word? {
    guard bytes.count <= 13, let first = bytes.first else { return nil }
    switch first {
    case UInt8(ascii: "!"): return .not
    case UInt8(ascii: "&"): return .and
    case UInt8(ascii: "|"): return .or
    default: return Word.byText[String(decoding: bytes, as: UTF8.self)]
    }
  }

  // MARK: Looking

  /// The token some places ahead; the end of the file from there on.
  func token(_ ahead: Int = 0) -> Token {
    tokens[significant[min(index + ahead, significant.count - 1)]]
  }

  func kind(_ ahead: Int = 0) -> TokenKind { token(ahead).kind }

  func word(_ ahead: Int = 0) -> Word? {
    words[min(index + ahead, significant.count - 1)]
  }

  var isAtEnd: Bool { index >= significant.count - 1 }

  func text(_ token: Token) -> String {
    String(decoding: file.bytes[token.start..<token.end], as: UTF8.self)
  }

  /// The token behind the current one is joined to it.
  func isJoined(_ ahead: Int) -> Bool {
    let position = index + ahead
    return position > 0 && position < significant.count && token(ahead).isAdjacent
  }

  // MARK: Places

  /// The extent from a token to behind the last one read.
  func extent(from start: Int) -> Extent {
    guard start < index else { return missingExtent() }
    let (first, last) = (significant[start], significant[index - 1])
    return Extent(
      tokens: first..<last + 1,
      span: SourceSpan(source: file.id, start: tokens[first].start, end: tokens[last].end))
  }

  /// The empty extent behind the last token read.
  func missingExtent() -> Extent {
    guard index > 0 else {
      return Extent(tokens: 0..<0, span: SourceSpan(source: file.id, start: 0, end: 0))
    }
    let last = significant[index - 1]
    return Extent(
      tokens: last + 1..<last + 1,
      span: SourceSpan(source: file.id, start: tokens[last].end, end: tokens[last].end))
  }

  /// The span of a token some places ahead.
  func span(_ ahead: Int = 0) -> SourceSpan {
    let token = token(ahead)
    return SourceSpan(source: file.id, start: token.start, end: token.end)
  }

  /// The span of the token read last.
  var previousSpan: SourceSpan { missingOrLast }

  private var missingOrLast: SourceSpan {
    guard index > 0 else { return SourceSpan(source: file.id, start: 0, end: 0) }
    let token = tokens[significant[index - 1]]
    return SourceSpan(source: file.id, start: token.start, end: token.end)
  }

  // MARK: Reading

  mutating func advance() {
    if !isAtEnd { index += 1 }
  }

  mutating func accept(_ wanted: TokenKind) -> Bool {
    guard kind() == wanted, !isAtEnd else { return false }
    advance()
    return true
  }

  mutating func accept(_ wanted: Word) -> Bool {
    guard word() == wanted else { return false }
    advance()
    return true
  }

  /// Accepts several words in a row, or none of them.
  mutating func accept(_ first: Word, _ second: Word) -> Bool {
    guard word() == first, word(1) == second else { return false }
    advance()
    advance()
    return true
  }

  /// Accepts a mark or reports that it is missing.
  @discardableResult
  mutating func expect(_ wanted: TokenKind, _ mark: String, _ purpose: String) -> Bool {
    if accept(wanted) { return true }
    reportMissing(
      SyntaxCode.expectedMark, "expected `\(mark)` \(purpose), found \(found())",
      label: "`\(mark)` is missing here", help: ["write `\(mark)`"])
    return false
  }

  /// Accepts a word or reports that it is missing.
  @discardableResult
  mutating func expect(_ wanted: Word, _ purpose: String) -> Bool {
    if accept(wanted) { return true }
    reportMissing(
      SyntaxCode.expectedWord, "expected `\(wanted.rawValue)` \(purpose), found \(found())",
      label: "`\(wanted.rawValue)` is missing here", help: ["write `\(wanted.rawValue) …`"])
    return false
  }

  /// Accepts the bracket that closes one opened earlier, or reports both sides.
  mutating func close(_ wanted: TokenKind, _ mark: String, opened: SourceSpan) {
    if accept(wanted) { return }
    report(
      SyntaxCode.unclosedBracket, "expected `\(mark)`, found \(found())",
      at: isAtEnd ? previousSpan.endPoint : span(), label: "`\(mark)` is missing before this",
      secondaries: [LabelledSpan(opened, "opened here")], help: ["close it with `\(mark)`"])
  }

  // MARK: Nesting

  /// Counts one level of nesting; at the limit reports, skips what lies deeper, and says no.
  mutating func enter() -> Bool {
    if depth < Parser.nestingLimit {
      depth += 1
      return true
    }
    reportTooDeep()
    skipToCloser()
    return false
  }

  mutating func leave() { depth -= 1 }

  mutating func reportTooDeep() {
    report(
      SyntaxCode.nestingTooDeep,
      "this is nested more than \(Parser.nestingLimit) levels deep", at: span(),
      label: "too deep here", help: ["give the inner part a name with `define`"])
  }

  /// Skips to the bracket that closes the current level, or to where a clause clearly begins.
  mutating func skipToCloser() {
    let start = index
    var level = 0
    while !isAtEnd {
      switch kind() {
      case .leftParenthesis, .leftBrace, .leftBracket: level += 1
      case .rightParenthesis, .rightBrace, .rightBracket:
        if level == 0 {
          keepUnexpected(from: start)
          return
        }
        level -= 1
      default: break
      }
      advance()
    }
    keepUnexpected(from: start)
  }

  /// Keeps the tokens since a place as text the grammar has no use for.
  mutating func keepUnexpected(from start: Int) {
    if start < index { unexpected.append(extent(from: start)) }
  }

  // MARK: Reporting

  /// The current token in words.
  func found() -> String {
    if isAtEnd { return "the end of the file" }
    let token = token()
    if token.kind == .string { return "a text" }
    let text = text(token)
    return text.utf8.count > 40 ? "`\(text.prefix(37))…`" : "`\(text)`"
  }

  /// Reports at a span, unless the current token already carries a message.
  mutating func report(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, label: String,
    secondaries: [LabelledSpan] = [], help: [String] = [], fixIts: [FixIt] = []
  ) {
    guard index != lastReported, !isBehindInvalid else { return }
    lastReported = index
    reportAlways(
      code, message, at: span, label: label, secondaries: secondaries, help: help, fixIts: fixIts)
  }

  /// Reports a mistake in text that was read well and cannot lead to others.
  mutating func reportAlways(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, label: String,
    secondaries: [LabelledSpan] = [], help: [String] = [], fixIts: [FixIt] = []
  ) {
    guard diagnostics.count < Parser.diagnosticLimit else { return }
    diagnostics.append(
      Diagnostic(
        code: code, message: message, primary: LabelledSpan(span, label),
        secondaries: secondaries, help: help, fixIts: fixIts))
  }

  /// Reports that something is missing before the current token.
  mutating func reportMissing(
    _ code: DiagnosticCode, _ message: String, label: String, help: [String] = []
  ) {
    let place = isAtEnd ? previousSpan.endPoint : span()
    report(code, message, at: place, label: label, help: help)
  }

  /// Whether the lexer has reported bytes just before the current token.
  private var isBehindInvalid: Bool {
    let position = significant[index]
    return position > 0 && tokens[position - 1].kind == .invalid
  }
}
