// Conservation: parts that must add up to a whole.

import ProvisoSource

extension Parser {
  mutating func parseConserve() -> ConserveSyntax {
    let start = index
    advance()
    let name = parseName("a name for what is kept")
    let title = parseOptionalString()
    let entries = parseClauses(of: "a `conserve`", words: [.whole, .parts, .source]) {
      $0.parseConserveEntry()
    }
    return ConserveSyntax(name: name, title: title, entries: entries, extent: extent(from: start))
  }

  private mutating func parseConserveEntry() -> ConserveSyntax.Entry? {
    let start = index
    switch word() {
    case .whole:
      advance()
      let value = parseSum()
      return .whole(value, extent(from: start))
    case .parts:
      advance()
      var parts = [parsePart()]
      while accept(.comma) { parts.append(parsePart()) }
      return .parts(parts, extent(from: start))
    case .source:
      advance()
      let text = expectString("the source")
      return .source(text, extent(from: start))
    default: return nil
    }
  }

  /// An amount, or `suspend by CONDITION`.
  private mutating func parsePart() -> ConserveSyntax.Part {
    let start = index
    guard let verb = word().flatMap({ ConsequenceSyntax.Verb(rawValue: $0.rawValue) }),
      word(1) == .by
    else { return .amount(parseSum()) }
    advance()
    advance()
    let condition = parseName("the name of a condition")
    return .consequences(verb, of: condition, extent(from: start))
  }
}
