// Mutations after which a valid ruleset mostly stays valid, so that cases reach the evaluator.

extension FuzzGenerator {
  /// A text with one to four numbers, dates, operators or words exchanged for others of their kind.
  mutating func gentlyMutatedTokens(_ text: TokenText) -> [UInt8] {
    var pieces = text.tokens.map(\.bytes)
    for _ in 0...below(4) {
      for _ in 0..<40 {
        guard let place = choose(text.solid) else { break }
        let token = text.tokens[place]
        if token.kind == .string || token.kind == .comment { continue }
        let old = String(decoding: token.bytes, as: UTF8.self)
        guard let new = peer(of: old, kind: token.kind, in: text) else { continue }
        pieces[place] = ArraySlice(new.utf8)
        break
      }
    }
    if once(in: 3) { relayOut(&pieces, of: text) }
    return Array(pieces.joined())
  }

  /// Exchanges white space for other white space and comments, which is the formatter's business.
  private mutating func relayOut(_ pieces: inout [ArraySlice<UInt8>], of text: TokenText) {
    let share = 1 + below(12)
    for place in text.tokens.indices where text.tokens[place].kind == .space && once(in: share) {
      // A comment ends with its line, so what ends a line goes on ending one.
      let endsLine = text.tokens[place].bytes.contains(0x0A)
      let layouts = endsLine ? Self.lineEnds : Self.spaces
      pieces[place] = ArraySlice((choose(layouts) ?? "\n").utf8)
    }
  }

  /// Another token that can stand where this one stands.
  private mutating func peer(
    of token: String, kind: TokenText.Kind, in text: TokenText
  ) -> String? {
    if kind == .number { return otherNumber(like: token) }
    if let group = Self.peers.first(where: { $0.contains(token) }) { return choose(group) }
    guard kind == .word, once(in: 6) else { return nil }
    // Another name of the same ruleset: often of another type, now and then of the same.
    for _ in 0..<12 {
      if let place = choose(text.solid), text.tokens[place].kind == .word {
        return String(decoding: text.tokens[place].bytes, as: UTF8.self)
      }
    }
    return nil
  }

  /// A number, date or period of the same form.
  private mutating func otherNumber(like token: String) -> String {
    let parts = token.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 3 {
      if once(in: 3) { return choose(Self.edgeDates) ?? token }
      let month = 1 + below(12)
      let day = 1 + below(28)
      return "\(1990 + below(60))-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
    if parts.count == 2 { return token }
    if token.utf8.count == 4, token.hasPrefix("20") { return String(2000 + below(60)) }
    switch below(5) {
    case 0: return "0"
    case 1: return choose(["1", "2", "100", "1000000", "65537", "0.5", "33.3"]) ?? "1"
    case 2: return String(below(40))
    case 3: return "\(below(100)).\(1 + below(9))"
    default: return choose(Self.edgeNumbers) ?? "1"
    }
  }

  private static let spaces = [" ", "   ", "\t", "\n", "\n\n\n", "  # so\n", "\r\n", "\n# so\n"]
  private static let lineEnds = ["\n", "\n\n\n\n", "\r\n", "\n        ", "\n# so\n", "  # so\n\n"]

  /// Words and marks that may take each other's place.
  private static let peers = [
    ["<", "<=", ">", ">=", "=", "<>"], ["+", "-"], ["*", "/"], ["requires", "forbids"],
    ["yearly", "quarterly", "monthly", "continuously"], ["some", "no", "every"],
    ["all", "any", "none"], ["and", "or"], ["min", "max", "sum", "average"],
    ["completed", "started"], ["days", "months", "years"], ["met", "breached"],
    ["year", "quarter", "month"], ["true", "false"], ["capped", "floored"],
    ["verified", "stated", "official"], ["recall", "reduce", "charge", "pay"],
    ["until", "to"], ["once", "twice"], ["EUR", "DKK", "USD"],
  ]
}
