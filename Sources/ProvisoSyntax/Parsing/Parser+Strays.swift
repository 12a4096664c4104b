// What to write for text that does not belong where it stands, by the words it has.

import ProvisoSource

extension Parser {
  /// What to write instead of the text here and just before it; nil where nobody can say.
  func strayHelp() -> [String]? {
    if kind() == .arrow { return ["`=>` stands in tables; write `>=` for a comparison"] }
    if kind() == .leftBracket, isJoined(0), let name = lastWords.last {
      return ["write `\(name) at 2024` for the value that a series has in a period"]
    }
    guard kind() == .name || kind() == .number else { return nil }
    if let written = dateInWords() { return ["a day is written `\(written)`"] }
    let found = shorten(text(token()))
    let lowered = found.lowercased()
    if found != lowered, let word = Word.byText[lowered], word.isOperator {
      return ["write `\(lowered)` in small letters"]
    }
    switch lowered {
    case "if", "implies", "provided":
      return [
        "write `applies when A` as a clause of its own before `requires B`, or `not A or B`"
      ]
    case "reduced", "falls", "fall", "fell", "decreases", "decreased", "declines", "drops",
      "dropped", "cut", "rises", "increases", "increased", "grows":
      return ["write a change as a share: `(x at 2019 - x at 2030) / x at 2019 >= 50%`"]
    case "for" where speaksOfMany || ["all", "each", "every", "any"].contains(text(token(1))):
      return [Parser.manyHelp]
    case "during", "since", "for":
      return ["write `x at 2024` for the value that `x` has in a period, and days with `<` or `>=`"]
    default: break
    }
    if speaksOfMany || (lastWords.last == "no" && word(1) == .in) { return [Parser.manyHelp] }
    guard let last = lastWords.last, kind() == .name, word() == nil else { return nil }
    switch last {
    case "no":
      return [
        "write `\(found) = 0` with its unit where it is a number, `not \(found)` where it is not"
      ]
    case "sum", "average", "max", "min", "count":
      return [
        "write parentheses: `\(last)(\(found) from 2019 to 2022)`, `\(last)(x.share for x in L)`"
      ]
    default:
      guard Word.byText[last] == nil else { return nil }
      return [
        "write `and` or `or` between two statements; a name has no spaces: "
          + "`\(shorten("\(last)_\(found)"))`"
      ]
    }
  }

  private static let manyHelp =
    "write `every o in owners satisfies …`, `some o in owners where …` or `no o in owners where …`"

  /// Whether words before this place speak of many, as other languages do.
  var speaksOfMany: Bool { lastWords.contains(where: Parser.collectionWords.contains) }

  /// Reads `31/12/2020` or `31.12.2020`, and says how days are written; nil where none stands.
  mutating func parseDateInDigits() -> ExpressionSyntax? {
    let start = index
    let parts: [String]
    let length: Int
    if kind(1) == .divide, kind(2) == .number, kind(3) == .divide, kind(4) == .number {
      parts = [text(token()), text(token(2)), text(token(4))]
      length = 5
    } else if kind(1) == .dot, kind(2) == .number {
      parts = text(token()).split(separator: ".").map(String.init) + [text(token(2))]
      length = 3
    } else {
      return nil
    }
    guard parts.count == 3, parts[2].count == 4, parts[0].count <= 2, parts[1].count <= 2,
      (1..<length).allSatisfy({ isJoined($0) }),
      let first = Int(parts[0]), let second = Int(parts[1]), let year = Int(parts[2]),
      (1_900...2_199).contains(year),
      (1...31).contains(first), (1...31).contains(second), first <= 12 || second <= 12
    else { return nil }
    let whole = span().joined(with: span(length - 1))
    let readings = [(second, first), (first, second)].filter { $0.0 <= 12 }
      .map { "`\(Parser.day(year, $0.0, $0.1))`" }
    let written = readings[0] == readings.last ? [readings[0]] : readings
    for _ in 0..<length { advance() }
    reportAlways(
      SyntaxCode.impossibleDate, "a day begins with its year", at: whole, label: "this day",
      help: [
        "write \(written.joined(separator: " or "))"
          + (written.count > 1 ? ", whichever is meant" : "")
          + (length == 5 ? "; a quotient has spaces: `1 / 12`" : "")
      ])
    keepUnexpected(from: start)
    return .missing(missingExtent())
  }

  /// A day as it is written here.
  private static func day(_ year: Int, _ month: Int, _ day: Int) -> String {
    "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// Words that begin a statement about many in other languages.
  private static let collectionWords: Set<String> = [
    "all", "any", "each", "none", "exists", "every",
  ]

  /// The last three words before this place, of the same line, in small letters.
  private var lastWords: [String] {
    var words: [String] = []
    var place = index
    while words.count < 3, place > 0, !tokens[significant[place]].isFirstOnLine {
      place -= 1
      let token = tokens[significant[place]]
      guard token.kind == .name else { break }
      words.insert(shorten(text(token)).lowercased(), at: 0)
    }
    return words
  }

  /// The day that `1 January 2020` or `January 1, 2020` names, as it is written here; the current
  /// token is what did not fit behind its beginning.
  private func dateInWords() -> String? {
    let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    guard kind() == .number, let name = lastWords.last, name.utf8.count >= 3,
      let month = months.firstIndex(where: { $0.hasPrefix(name) })
    else { return nil }
    let before = index >= 2 ? tokens[significant[index - 2]] : token()
    let numbers =
      before.kind == .number
      ? [text(before), text(token())]
      : kind(1) == .comma ? [text(token()), text(token(2))] : [text(token()), text(token(1))]
    guard let day = Int(numbers[0]), let year = Int(numbers[1]), (1...31).contains(day),
      (1_000...9_999).contains(year)
    else { return "2020-01-31" }
    return Parser.day(year, month + 1, day)
  }

  /// What to write for a field whose type goes on where types end.
  func strayFieldHelp() -> [String] {
    let last = lastWords.last ?? ""
    if kind() == .leftBracket, !last.isEmpty { return ["write `list of \(last)`"] }
    if kind() == .leftBrace { return ["write `one of { a, b }` for a field with few values"] }
    if last == "number" || last == "amount", word() == .of, kind(1) == .name {
      return ["the unit is the type: write `\(text(token(1)))`"]
    }
    if last == "yes", word() == .or { return ["write `boolean`"] }
    if word() == .or {
      return ["leave `or …` out: any fact may be missing, and what follows is then undetermined"]
    }
    return ["write `amount : EUR`"]
  }
}
