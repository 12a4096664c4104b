// What is said of collections and of other conditions: `in`, `is`, `some`, `no`, `every`.

import ProvisoSource

extension Parser {
  /// The word that begins a statement over a collection here: `some o in …`.
  func startsQuantified() -> QuantifiedSyntax.Quantifier? {
    guard kind(1) == .name, word(2) == .in else { return nil }
    guard let word = word() else { return nil }
    switch word {
    case .some: return QuantifiedSyntax.Quantifier.some
    case .no: return QuantifiedSyntax.Quantifier.no
    case .every: return QuantifiedSyntax.Quantifier.every
    default: return nil
    }
  }

  mutating func parseQuantified(
    _ quantifier: QuantifiedSyntax.Quantifier
  ) -> ExpressionSyntax {
    let start = index
    guard enter() else { return .missing(missingExtent()) }
    defer { leave() }
    advance()
    let variable = parseName("a name for the members")
    expect(.in, "before the collection")
    let collection = parseCollection()
    var filter: ExpressionSyntax?
    var requirement: ExpressionSyntax?
    if quantifier == .every {
      if accept(.where) { filter = parseExpression() }
      if accept(.satisfies) {
        requirement = parseExpression()
      } else {
        reportMissing(
          SyntaxCode.everyWithoutSatisfies, "`every` needs `satisfies`, found \(found())",
          label: "what must every one of them satisfy?",
          help: [
            "write `every x in L satisfies CONDITION`, or with a filter "
              + "`every x in L where FILTER satisfies CONDITION`"
          ])
        requirement = .missing(missingExtent())
      }
    } else if accept(.where) {
      filter = parseExpression()
    } else {
      reportMissing(
        SyntaxCode.quantifierWithoutWhere,
        "`\(quantifier.rawValue)` needs `where`, found \(found())", label: "which members?",
        help: ["write `\(quantifier.rawValue) x in L where CONDITION`"])
    }
    return .quantified(
      QuantifiedSyntax(
        quantifier: quantifier, variable: variable, collection: collection, filter: filter,
        requirement: requirement, extent: extent(from: start)))
  }

  /// Reads a collection: an operand, a window, or a range.
  mutating func parseCollection() -> ExpressionSyntax {
    let start = index
    return parseRangeEnd(parsePostfix(), from: start)
  }

  /// Reads `to last` behind the first value of a range, or `from first to last` behind a series.
  mutating func parseRangeEnd(
    _ first: ExpressionSyntax, from start: Int
  ) -> ExpressionSyntax {
    if accept(.from) {
      let begin = parseOperand()
      expect(.to, "before the last period")
      let last = parseOperand()
      return .range(
        RangeSyntax(series: first, first: begin, last: last, extent: extent(from: start)))
    }
    guard accept(.to) else { return first }
    let last = parseOperand()
    return .range(RangeSyntax(series: nil, first: first, last: last, extent: extent(from: start)))
  }

  /// Reads `in collection` with its dating and its day.
  mutating func parseMembership(
    _ member: ExpressionSyntax, from start: Int
  ) -> ExpressionSyntax {
    let operatorSpan = span()
    advance()
    let collection = parseCollection()
    var dating: MembershipSyntax.Dating?
    if word() == .by {
      let datingStart = index
      advance()
      let name = parseName("the name of a dating")
      var shift: ExpressionSyntax?
      let isSubtracted = kind() == .minus
      if kind() == .plus || kind() == .minus {
        advance()
        shift = parseOperand()
      }
      dating = MembershipSyntax.Dating(
        name: name, shift: shift, isSubtracted: isSubtracted, extent: extent(from: datingStart))
    }
    var moment: MembershipSyntax.Moment?
    if word() == .on, !startsClause() {
      advance()
      moment = .on(parseSum())
    } else if isAnyTime() {
      advance()
      advance()
      advance()
      expect(.from, "behind `at any time`")
      let from = parseOperand()
      expect(.to, "before the last day")
      let to = parseOperand()
      moment = .atAnyTime(from: from, to: to)
    }
    return .membership(
      MembershipSyntax(
        member: member, collection: collection, dating: dating, moment: moment,
        operatorSpan: operatorSpan, extent: extent(from: start)))
  }

  /// Reads `is known`, `is verified`, `is not applicable` and the others.
  mutating func parseIsTest(
    _ subject: ExpressionSyntax, from start: Int
  ) -> ExpressionSyntax {
    let operatorSpan = span()
    advance()
    let question: IsTestSyntax.Question
    if accept(.not, .applicable) {
      question = .notApplicable
    } else {
      if word() == .not {
        let word = kind(1) == .name ? text(token(1)) : "known"
        reportAlways(
          SyntaxCode.isNot, "`is not` has no meaning here", at: operatorSpan.joined(with: span()),
          label: "not a question of the language",
          help: ["write `not \(excerpt(subject)) is \(word)`"],
          fixIts: [
            FixIt(
              title: "write `not \(excerpt(subject)) is \(word)`",
              edits: [
                SourceEdit(subject.span.startPoint, "not "),
                SourceEdit(span().joined(with: span(1).startPoint), ""),
              ], isSafe: true)
          ])
        advance()
      }
      switch word() {
      case .known: question = .known
      case Word.none?: question = IsTestSyntax.Question.none
      case .met: question = .met
      case .breached: question = .breached
      default:
        let level = parseName("`known`, `none`, `met`, `breached` or a level of assurance")
        return .isTest(
          IsTestSyntax(
            subject: subject, question: .level(level), operatorSpan: operatorSpan,
            extent: extent(from: start)))
      }
      advance()
    }
    return .isTest(
      IsTestSyntax(
        subject: subject, question: question, operatorSpan: operatorSpan,
        extent: extent(from: start)))
  }

  /// Reads `to CURRENCY by RATES on DAY` behind `converted`.
  mutating func parseConverted(
    _ value: ExpressionSyntax, operatorSpan: SourceSpan, from start: Int
  ) -> ExpressionSyntax {
    expect(.to, "behind `converted`")
    let currency = parseName("a currency")
    expect(.by, "before the rates")
    let rates = parseName("the name of the rates")
    expect(.on, "before the day of the rate")
    let day = parseSum()
    return .converted(
      ConvertedSyntax(
        value: value, currency: currency, rates: rates, day: day, operatorSpan: operatorSpan,
        extent: extent(from: start)))
  }
}
