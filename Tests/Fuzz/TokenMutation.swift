// Mutations of rulesets, token by token: swaps, splices, other numbers, dates, units and names.

/// A text cut into words, numbers, strings, comments, marks and white space.
struct TokenText: Sendable {
  enum Kind: Hashable { case word, number, string, comment, mark, space }

  struct Token: Sendable {
    let kind: Kind
    let bytes: ArraySlice<UInt8>
  }

  let tokens: [Token]
  /// Positions of the tokens that are not white space.
  let solid: [Int]

  /// Cuts a text; any bytes give some tokens, and all bytes are in one.
  init(_ bytes: [UInt8]) {
    var tokens: [Token] = []
    var start = 0
    while start < bytes.count {
      let kind = Self.kind(of: bytes[start])
      var end = start + 1
      switch kind {
      case .word, .number, .space:
        while end < bytes.count, Self.continues(kind, bytes[end]) { end += 1 }
      case .string:
        while end < bytes.count, bytes[end] != 0x22, bytes[end] != 0x0A { end += 1 }
        end = min(end + 1, bytes.count)
      case .comment: while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      case .mark: break
      }
      tokens.append(Token(kind: kind, bytes: bytes[start..<end]))
      start = end
    }
    self.tokens = tokens
    solid = tokens.indices.filter { tokens[$0].kind != .space }
  }

  private static func kind(of byte: UInt8) -> Kind {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D: .space
    case 0x22: .string
    case 0x23: .comment
    case 0x30...0x39: .number
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...0xFF: .word
    default: .mark
    }
  }

  private static func continues(_ kind: Kind, _ byte: UInt8) -> Bool {
    switch kind {
    case .word: [.word, .number].contains(Self.kind(of: byte))
    case .number:
      Self.kind(of: byte) == .number || byte == 0x2D || byte == 0x2E || byte == 0x5F
    default: Self.kind(of: byte) == kind
    }
  }
}

extension FuzzGenerator {
  /// A text with one to six tokens, or runs of tokens, changed.
  mutating func mutatedTokens(_ text: TokenText, other: TokenText) -> [UInt8] {
    var pieces = text.tokens.map(\.bytes)
    for _ in 0...below(6) {
      guard let place = choose(text.solid), place < pieces.count else { break }
      switch below(9) {
      case 0: pieces[place] = []
      case 1: pieces[place] += [0x20] + pieces[place]
      case 2:
        if let second = choose(text.solid) { pieces.swapAt(place, min(second, pieces.count - 1)) }
      case 3: pieces[place] = sibling(of: text.tokens[place].kind, in: text) ?? []
      case 4: pieces[place] = sibling(of: text.tokens[place].kind, in: other) ?? []
      case 5: pieces[place] = replacement(of: text.tokens[place].kind)
      case 6: pieces[place] = run(of: other)
      case 7: pieces[place] += [0x20] + replacement(of: .word) + [0x20]
      default:
        let end = min(pieces.count, place + 1 + below(40))
        for position in place..<end { pieces[position] = [] }
      }
    }
    return Array(pieces.joined())
  }

  /// A token of the same kind, somewhere else in a text.
  private mutating func sibling(of kind: TokenText.Kind, in text: TokenText) -> ArraySlice<UInt8>? {
    for _ in 0..<12 {
      if let place = choose(text.solid), text.tokens[place].kind == kind {
        return text.tokens[place].bytes
      }
    }
    return nil
  }

  /// A run of tokens of another text.
  private mutating func run(of text: TokenText) -> ArraySlice<UInt8> {
    ArraySlice(text.tokens[range(in: text.tokens.count, upTo: 60)].map(\.bytes).joined())
  }

  /// Something else of the same kind.
  private mutating func replacement(of kind: TokenText.Kind) -> ArraySlice<UInt8> {
    let text: String
    switch kind {
    case .number: text = numberText()
    case .string: text = choose(["\"\"", "\"x\"", "\"2021-02-30\"", "\"lists/none.csv\""]) ?? ""
    case .comment: text = "# \(numberText())\n"
    case .mark: text = choose(Self.marks) ?? ""
    case .word, .space: text = choose(Self.words) ?? ""
    }
    return ArraySlice(text.utf8)
  }

  /// A number, date, period or percentage that tends to be at an edge.
  mutating func numberText() -> String {
    switch below(6) {
    case 0: choose(Self.edgeNumbers) ?? "0"
    case 1: choose(Self.edgeDates) ?? "2020-02-29"
    case 2: choose(Self.edgePeriods) ?? "2024"
    case 3: "\(below(1000))%"
    case 4: "\(below(100)).\(below(1000))"
    default: String(below(10_000))
    }
  }

  static let edgeNumbers = [
    "0", "1", "2", "10", "100", "64", "65", "512", "65536", "999999999", "9223372036854775807",
    "9223372036854775808", "18446744073709551616", "340282366920938463463374607431768211456",
    "9999999999999999999999999999999999", "0.0000000000000000000000000000000001", "1e64", "1e-64",
    "0.1", "33.333333", "1_000_000", "007", "1__0", "1.", "0.5e3", "-1", "-9223372036854775808",
  ]
  static let edgeDates = [
    "2020-02-29", "2021-02-29", "2021-02-28", "2000-02-29", "1900-02-29", "0001-01-01",
    "9999-12-31", "0000-01-01", "2024-12-31", "2025-01-31", "2021-04-31", "2021-13-01",
    "1969-12-31",
  ]
  static let edgePeriods = [
    "2024", "2024-H1", "2024-H2", "2024-H3", "2024-Q1", "2024-Q4", "2024-Q5", "2024-01", "2024-12",
    "0001", "9999", "9999-Q4", "0001-01",
  ]
  private static let marks = [
    "(", ")", "{", "}", "[", "]", ",", ":", ".", "=", "<", "<=", ">", ">=", "<>", "=>", "+", "-",
    "*",
    "/", "^", "%", "|", "((((((((", "[[[[[[[[", "{{{{", "- - - -", "not not not not",
  ]
  /// The words of the language, and a few units and codes.
  private static let words = [
    "ruleset", "version", "contract", "record", "type", "one of", "list of", "list", "parameter",
    "table", "mission", "define", "condition", "portfolio", "determination", "scenario", "given",
    "expect", "as of", "requires", "forbids", "unless", "when", "applies when", "tested", "on",
    "by",
    "yearly", "quarterly", "monthly", "half-yearly", "every", "continuously", "for each", "due",
    "cure", "within", "at any time", "evidence", "verified", "on breach", "on met", "while in cure",
    "recall", "step up", "suspend", "until met", "twice in a row", "all of", "any of", "none of",
    "at least 2 of", "some", "no", "in", "where", "satisfies", "count", "sum", "min", "max",
    "average", "chain", "product of", "each", "at", "above", "up to", "part of", "capped at",
    "floored at", "round", "half even", "otherwise", "else", "is known", "is none", "is verified",
    "is met", "is breached", "years completed", "months started", "days", "from", "to", "until",
    "year of", "month of", "business days", "months", "years", "period", "test_date", "as_of",
    "contracts", "previous", "first", "then", "linear", "any", "other", "or more", "over", "under",
    "true", "false", "and", "or", "not", "EUR", "DKK", "USD", "tCO2e", "gCO2e/kWh", "percent",
    "bps",
    "money", "text", "date", "date if any", "boolean", "country", "lei", "nace", "integer", "FTE",
    "PA", "DK", "NO", "million", "billion", "by year", "by date", "dated", "assessed by",
    "or empty",
    "identified by", "converted to", "linear", "holidays", "months end on the last day", "governs",
    "signed", "import", "rates", "unit", "undetermined", "waived", "met", "breached", "pending",
  ]
}
