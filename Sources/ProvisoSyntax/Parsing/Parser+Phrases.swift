// Reads comparisons in words as what they mean, and says how they are written here.

import ProvisoSource

extension Parser {
  /// The phrase that stands here behind a value; nil where none does.
  func phrase() -> Phrase? {
    // The next row of a table may begin with `over` or `up to`.
    guard kind() == .name, !rowMayFollow, Phrase.firstWords.contains(lowered(0)) else { return nil }
    var ahead = 0
    var (isLed, isNegated) = (false, false)
    while ahead <= Phrase.longest, kind(ahead) == .name {
      if Phrase.negations.contains(lowered(ahead)) {
        isNegated = true
      } else if Phrase.leads.contains(lowered(ahead)), ahead > 0 || lowered(0) != "to" {
        isLed = true
      } else {
        break
      }
      ahead += 1
    }
    for count in (1...Phrase.longest).reversed() {
      guard (ahead..<ahead + count).allSatisfy({ kind($0) == .name }) else { continue }
      let words = (ahead..<ahead + count).map { lowered($0) }.joined(separator: " ")
      let contrary = Phrase.contraries[words]
      guard let meaning = Phrase.meanings[words] ?? contrary else { continue }
      if Phrase.dependent.contains(words), !isLed, words != "in" || !isNegated { continue }
      if words == "exists", isLed { continue }
      if meaning.takesOperand, !valueFollows(ahead + count) { continue }
      return Phrase(
        meaning: meaning, isNegated: isNegated != (contrary != nil), length: ahead + count)
    }
    guard isLed, isLiteral(ahead) else { return nil }
    return Phrase(meaning: .compares(.equal), isNegated: isNegated, length: ahead)
  }

  private func lowered(_ ahead: Int) -> String { text(token(ahead)).lowercased() }

  private func valueFollows(_ ahead: Int) -> Bool {
    startsOperand(ahead) && !(token(ahead).isFirstOnLine && startsClause(ahead))
  }

  /// Whether a literal stands some tokens ahead, which cannot be a question.
  private func isLiteral(_ ahead: Int) -> Bool {
    switch kind(ahead) {
    case .number, .date, .period, .string, .minus: true
    case .name: isCurrencyText(ahead) && kind(ahead + 1) == .number
    default: false
    }
  }

  /// Reads a phrase and the values behind it.
  mutating func parsePhrase(
    _ phrase: Phrase, _ left: ExpressionSyntax, from start: Int
  ) -> ExpressionSyntax {
    let words = span().joined(with: span(phrase.length - 1))
    for _ in 0..<phrase.length { advance() }
    switch phrase.meaning {
    case .compares(let operation):
      let sign = phrase.isNegated ? operation.contrary : operation
      report(
        words, meaning: "`\(sign.rawValue)`", "write `\(sign.rawValue)`", exactly: sign.rawValue)
      return comparison(left, sign, words, parseSum(), from: start)
    case .isAmong:
      let collection = parseCollection()
      let membership = ExpressionSyntax.membership(
        MembershipSyntax(
          member: left, collection: collection, dating: nil, moment: nil, operatorSpan: words,
          extent: extent(from: start)))
      let shown = "\(excerpt(left)) in \(excerpt(collection))"
      guard phrase.isNegated else {
        report(words, meaning: "`in`", "write `\(shown)`", exactly: "in")
        return membership
      }
      report(words, meaning: "`not … in`", "write `not \(shown)`")
      return negated(membership, words, from: start)
    case .isBetween:
      let low = parseSum()
      expect(.and, "between the two bounds")
      let high = parseSum()
      let within = "\(excerpt(low)) <= \(excerpt(left)) and \(excerpt(left)) <= \(excerpt(high))"
      report(
        words, meaning: "as two comparisons",
        phrase.isNegated ? "write `not (\(within))`" : "write `\(within)`")
      return comparison(left, .greaterOrEqual, words, low, from: start)
    case .isKnown:
      let asked = "\(phrase.isNegated ? "not " : "")\(excerpt(left)) is known"
      report(
        words, meaning: phrase.isNegated ? "`not … is known`" : "`is known`", "write `\(asked)`")
      let test = ExpressionSyntax.isTest(
        IsTestSyntax(
          subject: left, question: .known, operatorSpan: words, extent: extent(from: start)))
      return phrase.isNegated ? negated(test, words, from: start) : test
    case .isTrue:
      let asked = "\(phrase.isNegated ? "not " : "")\(excerpt(left))"
      report(words, meaning: phrase.isNegated ? "`not …`" : "by leaving it out", "write `\(asked)`")
      return phrase.isNegated ? negated(left, words, from: start) : left
    case .isEmpty:
      let asked = "count(\(excerpt(left))) \(phrase.isNegated ? ">" : "=") 0"
      report(words, meaning: "with `count`", "write `\(asked)`")
      return .missing(missingExtent())
    case .comparesWithZero(let operation):
      let sign = phrase.isNegated ? operation.contrary : operation
      report(
        words, meaning: "`\(sign.rawValue) 0`",
        "write `\(excerpt(left)) \(sign.rawValue) 0`, with a unit where it has one: "
          + "`\(sign.rawValue) EUR 0`")
      return comparison(left, sign, words, .missing(missingExtent()), from: start)
    }
  }

  private func negated(
    _ operand: ExpressionSyntax, _ words: SourceSpan, from start: Int
  ) -> ExpressionSyntax {
    .not(UnarySyntax(operand: operand, operatorSpan: words, extent: extent(from: start)))
  }

  private func comparison(
    _ left: ExpressionSyntax, _ sign: ComparisonSyntax.Operator, _ words: SourceSpan,
    _ right: ExpressionSyntax, from start: Int
  ) -> ExpressionSyntax {
    .comparison(
      ComparisonSyntax(
        left: left, operation: sign, operatorSpan: words, right: right,
        extent: extent(from: start)))
  }

  /// Says how words are written here.
  ///
  /// - Parameter exactly: What takes their place, where nothing else changes.
  mutating func report(
    _ words: SourceSpan, meaning: String, _ help: String, exactly: String? = nil
  ) {
    let written = shorten(
      String(decoding: file.bytes[words.start..<words.end], as: UTF8.self))
    reportAlways(
      SyntaxCode.foreignPhrase, "`\(written)` is written \(meaning) here", at: words,
      label: "not in these words", help: [help],
      fixIts: exactly.map { [FixIt(replace: words, with: $0, isSafe: true)] } ?? [])
  }

  /// Passes over a word that is left out here, and says so.
  mutating func passOver(_ message: String) {
    let start = index
    reportAlways(
      SyntaxCode.foreignPhrase, message, at: span(), label: "leave this out",
      help: ["write `\(shorten(text(token(1))))`"],
      fixIts: [
        FixIt(
          title: "leave out `\(shorten(text(token())))`",
          edits: [SourceEdit(span().joined(with: span(1).startPoint), "")], isSafe: true)
      ])
    advance()
    keepUnexpected(from: start)
  }

  // MARK: Points in time

  /// The words for another period than the one under test: `previous year`; how many there are and
  /// how the period is written.
  func relativePeriod(_ ahead: Int) -> (length: Int, written: String)? {
    var place = ahead
    while lowered(place) == "the", kind(place) == .name { place += 1 }
    guard kind(place) == .name, kind(place + 1) == .name,
      ["period", "year", "half-year", "quarter", "month"].contains(lowered(place + 1))
    else { return nil }
    let written: String
    switch lowered(place) {
    case "previous", "last", "prior", "preceding": written = "(period - 1)"
    case "next", "following": written = "(period + 1)"
    case "current", "this", "same": written = "period"
    default: return nil
    }
    return (place + 2 - ahead, written)
  }

  /// Reads `at previous year`, and says how it is written.
  mutating func parseRelativePeriod(
    behind value: ExpressionSyntax, _ period: (length: Int, written: String), from start: Int
  ) -> ExpressionSyntax {
    let words = span().joined(with: span(period.length))
    for _ in 0...period.length { advance() }
    report(
      words, meaning: "`at \(period.written)`", "write `\(excerpt(value)) at \(period.written)`",
      exactly: "at \(period.written)")
    return .at(
      AtSyntax(
        base: value, point: .missing(missingExtent()), operatorSpan: words,
        extent: extent(from: start)))
  }
}
