// Prose: a sentence in pieces, so that each output form escapes what came from outside.

/// A sentence as words of ours, words from outside and code, in order.
///
/// Written by interpolation: `"\(code: source) is \(data: value)"`. Everything that came from a
/// ruleset or a contract enters as `code` or `data`, and is neutralised in every form.
package struct Prose: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// One piece of a sentence.
  package enum Piece: Hashable, Sendable {
    /// Our own plain English.
    case words(String)
    /// A value, name or title from outside.
    case data(String)
    /// Text of the rule language or a field path, set in backticks.
    case code(String)
  }

  /// The pieces, in reading order.
  package private(set) var pieces: [Piece]

  /// A sentence of pieces.
  package init(_ pieces: [Piece] = []) { self.pieces = pieces }

  /// Our own words.
  package init(stringLiteral words: String) { pieces = words.isEmpty ? [] : [.words(words)] }

  /// The result of an interpolation.
  package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  /// Collects the pieces of an interpolated sentence.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}
    /// Our own words between two interpolations.
    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.words(literal)) }
    }
    /// A number of ours.
    package mutating func appendInterpolation(_ number: Int) { pieces.append(.words("\(number)")) }
    /// Text of the rule language or a field path.
    package mutating func appendInterpolation(code: String) { pieces.append(.code(code)) }
    /// A value, name or title from outside.
    package mutating func appendInterpolation(data: String) { pieces.append(.data(data)) }
    /// Our own words, chosen at run time.
    package mutating func appendInterpolation(words: String) {
      if !words.isEmpty { pieces.append(.words(words)) }
    }
    /// A part that is prose itself.
    package mutating func appendInterpolation(_ prose: Prose) { pieces += prose.pieces }
  }

  /// Whether there is nothing to say.
  package var isEmpty: Bool { pieces.isEmpty }

  /// One sentence after another piece.
  package static func + (left: Prose, right: Prose) -> Prose { Prose(left.pieces + right.pieces) }

  /// A part added at the end.
  package static func += (left: inout Prose, right: Prose) { left.pieces += right.pieces }

  /// Parts as an enumeration: `a`, `a and b`, `a, b and c`.
  package static func list(_ parts: [Prose], conjunction: String = "and") -> Prose {
    var result = Prose()
    for (position, part) in parts.enumerated() {
      if position > 0 {
        result += Prose(
          stringLiteral: position == parts.count - 1 ? " \(conjunction) " : ", ")
      }
      result += part
    }
    return result
  }

  /// Parts joined by words of ours.
  package static func joined(_ parts: [Prose], by separator: String) -> Prose {
    var result = Prose()
    for (position, part) in parts.enumerated() {
      if position > 0 { result += Prose(stringLiteral: separator) }
      result += part
    }
    return result
  }
}

/// How many scalars of a name or value a sentence quotes before it cuts.
private let quotedLength = 240

extension Prose {
  /// As plain text; code stands in backticks.
  package var text: String {
    render(words: { $0 }, data: { neutralised($0) }, code: { "`" + neutralised($0) + "`" })
  }

  /// As Markdown.
  package var markdown: String {
    render(words: { $0 }, data: { markdownEscaped($0) }, code: { markdownCode($0) })
  }

  /// As HTML.
  package var html: String {
    render(
      words: { markupEscaped($0) }, data: { markupEscaped($0) },
      code: { "<code>" + markupEscaped($0) + "</code>" })
  }

  private func render(
    words: (String) -> String, data: (String) -> String, code: (String) -> String
  ) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .words(let text): result += words(text)
      case .data(let text): result += data(shortened(text, to: quotedLength))
      case .code(let text): result += code(shortened(text, to: quotedLength))
      }
    }
    return result
  }
}
