// Tokens: the pieces of a ruleset's text, with the white space and comments before each.

package import ProvisoSource

/// What a token is.
package enum TokenKind: UInt8, Hashable, Sendable, CaseIterable {
  /// `amount`, `requires`, `half-yearly`: every word, whatever it means where it stands.
  case name
  /// `1_000.50`.
  case number
  /// `2021-03-01`.
  case date
  /// `2024-Q1`, `2024-H1`, `2024-03`.
  case period
  /// `"text"`.
  case string
  case leftBrace, rightBrace, leftParenthesis, rightParenthesis, leftBracket, rightBracket
  case comma, colon, dot
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, arrow
  case plus, minus, times, divide, power, percent
  /// Bytes that are no token; the lexer has reported them.
  case invalid
  /// The end, with the trivia before it.
  case endOfFile
}

/// One token, as offsets into the file.
///
/// Invariant: a token's trivia begins where the token before it ends, so that trivia and tokens,
/// one after another, are the file.
package struct Token: Hashable, Sendable {
  /// What it is.
  package let kind: TokenKind
  /// Where the white space, comments and prose before the token begin.
  package let triviaStart: Int
  /// The offset of its first byte.
  package let start: Int
  /// The offset behind its last byte.
  package let end: Int
  /// Whether a line ends between the token before and this one.
  package let isFirstOnLine: Bool

  /// Whether nothing stands between the token before and this one.
  package var isAdjacent: Bool { triviaStart == start }
}

/// What the parser makes of a file: always a tree, and what is wrong with the text.
package struct ParsedFile: Sendable {
  /// The file.
  package let source: SourceFile
  /// The tree; its nodes name their tokens.
  package let tree: FileSyntax
  /// The problems, in the order of their places.
  package let diagnostics: [Diagnostic]
  /// Every token, the last being the end of the file.
  package let tokens: [Token]
  /// The tokens `/` and `*` inside units, sorted: the one place where spaces have a meaning.
  let unitMarks: [Int]

  /// Trivia and tokens put together again; equal to the file's bytes, whatever they are.
  package var reconstructedBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.bytes.count)
    for token in tokens {
      guard token.triviaStart <= token.start, token.start <= token.end,
        token.end <= source.bytes.count
      else { return bytes }
      bytes += source.bytes[token.triviaStart..<token.start]
      bytes += source.bytes[token.start..<token.end]
    }
    return bytes
  }

  /// Whether the text has no errors.
  package var isValid: Bool {
    !diagnostics.contains { $0.severity == .error }
  }

  /// The text of a token.
  package func text(of token: Token) -> String {
    String(decoding: source.bytes[token.start..<token.end], as: UTF8.self)
  }
}
