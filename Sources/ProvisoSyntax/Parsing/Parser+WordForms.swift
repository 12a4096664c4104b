// The forms of expression that begin with a word: limbs, statements over collections, round, chain.

import ProvisoSource

extension Parser {
  /// Reads the form a word begins, or nothing where the word is a name here.
  mutating func parseWordForm(_ word: Word, from start: Int) -> ExpressionSyntax? {
    let opens = kind(1) == .leftParenthesis
    switch word {
    case .true, .false:
      advance()
      return .boolean(BooleanSyntax(value: word == .true, extent: extent(from: start)))
    case .all where startsLimbs(), .any where startsLimbs(), .none where startsLimbs():
      advance()
      advance()
      return parseLimbs(word == .all ? .all : word == .any ? .any : .none, from: start)
    case .none:
      advance()
      return .none(extent(from: start))
    case .at where self.word(1) == .least:
      advance()
      advance()
      let count = parseCount()
      expect(.of, "behind the number of limbs")
      return parseLimbs(.atLeast(count), from: start)
    case .part where self.word(1) == .of: return parsePart(from: start)
    case .round where opens: return parseRound(from: start)
    case .chain where opens: return parseChain(from: start)
    case .count where opens, .sum where opens, .min where opens, .max where opens,
      .average where opens:
      return parseAggregate(from: start)
    case .days, .months, .years:
      guard self.word(1) == .completed || self.word(1) == .started else { return nil }
      return parseElapsed(word, from: start)
    case .year where self.word(1) == .fraction: return parseYearFraction(from: start)
    case .year, .month, .quarter, .halfYear:
      guard self.word(1) == .of, let length = word.periodLength else { return nil }
      advance()
      advance()
      let day = parseOperand()
      return .periodOf(PeriodOfSyntax(length: length, day: day, extent: extent(from: start)))
    case .if where startsOperand(1): return parseForeignIf()
    default: return nil
    }
  }

  private func startsLimbs() -> Bool { word(1) == .of && kind(2) == .leftBrace }

  /// A count: a number without unit, a name, or an expression in parentheses.
  mutating func parseCount() -> ExpressionSyntax {
    let start = index
    guard kind() == .number else { return parseOperand() }
    let text = text(token())
    advance()
    return .number(
      NumberSyntax(
        text: text, scaleWord: nil, unit: nil, unitStandsBefore: false,
        extent: extent(from: start)))
  }

  private mutating func parseLimbs(
    _ quota: LimbsSyntax.Quota, from start: Int
  ) -> ExpressionSyntax {
    let headSpan = extent(from: start).span
    let opened = span()
    guard expect(.leftBrace, "{", "before the limbs") else {
      return .limbs(
        LimbsSyntax(quota: quota, limbs: [], headSpan: headSpan, extent: extent(from: start)))
    }
    let limbs = inBrackets { $0.parseLimbList() }
    if limbs.isEmpty {
      report(
        SyntaxCode.emptyLimbs, "there are no limbs between the braces",
        at: opened.joined(with: span()), label: "nothing here",
        help: ["write `{ \"label\" : condition, … }`"])
    }
    close(.rightBrace, "}", opened: opened)
    return .limbs(
      LimbsSyntax(quota: quota, limbs: limbs, headSpan: headSpan, extent: extent(from: start)))
  }

  private mutating func parseLimbList() -> [LimbsSyntax.Limb] {
    var limbs: [LimbsSyntax.Limb] = []
    while kind() != .rightBrace, !isAtEnd, !startsDeclarationLine {
      let start = index
      var label: StringSyntax?
      if kind() == .string, kind(1) == .colon {
        label = parseString()
        advance()
      }
      let truth = parseExpression()
      checkStrayWhen()
      limbs.append(LimbsSyntax.Limb(label: label, truth: truth, extent: extent(from: start)))
      if accept(.comma) { continue }
      if kind() == .rightBrace { break }
      if kind() == .string, kind(1) == .colon {
        expect(.comma, ",", "between two limbs")
        continue
      }
      report(
        SyntaxCode.unexpectedText, "expected `,` or `}`, found \(found())", at: span(),
        label: "not part of the limb", help: ["limbs are separated by commas"])
      skipToSeparator()
      if !accept(.comma) { break }
    }
    return limbs
  }

  private mutating func parsePart(from start: Int) -> ExpressionSyntax {
    advance()
    advance()
    let amount = parseOperand()
    var side = PartSyntax.Side.above
    if accept(.up, .to) {
      side = .upTo
    } else {
      expect(.above, "or `up to` behind the amount")
    }
    let bound = parseOperand()
    return .part(
      PartSyntax(amount: amount, side: side, bound: bound, extent: extent(from: start)))
  }

  private mutating func parseElapsed(_ word: Word, from start: Int) -> ExpressionSyntax {
    advance()
    let isCompleted = self.word() == .completed
    advance()
    expect(.from, "before the first day")
    let from = parseOperand()
    expect(.to, "before the last day")
    let to = parseOperand()
    return .elapsed(
      ElapsedSyntax(
        unit: word.durationUnit ?? .days, counting: isCompleted ? .completed : .started,
        from: from, to: to, extent: extent(from: start)))
  }

  private mutating func parseYearFraction(from start: Int) -> ExpressionSyntax {
    advance()
    advance()
    expect(.from, "before the first day")
    let from = parseOperand()
    expect(.to, "before the last day")
    let to = parseOperand()
    expect(.by, "before the day-count convention, such as `by \"actual/360\"`")
    let convention = expectString("the day-count convention")
    var maturity: ExpressionSyntax?
    if accept(.maturing) {
      expect(.on, "before the day of maturity")
      maturity = parseOperand()
    }
    return .yearFraction(
      YearFractionSyntax(
        from: from, to: to, convention: convention, maturity: maturity, extent: extent(from: start))
    )
  }

  private mutating func parseForeignIf() -> ExpressionSyntax {
    let start = index
    report(
      SyntaxCode.foreignIf, "a choice does not begin with `if`", at: span(), label: "`if` here",
      help: ["write `A when C, otherwise B`"])
    skipToSeparator()
    if index == start { advance() }
    return .missing(missingExtent())
  }

  // MARK: Calls with a form of their own

  private mutating func parseRound(from start: Int) -> ExpressionSyntax {
    advance()
    let opened = span()
    return inBrackets { parser in
      parser.advance()
      let value = parser.parseBody()
      parser.expect(.comma, ",", "behind the value to round")
      parser.expect(.to, "before the step")
      let step = parser.parseExpression()
      var mode: RoundSyntax.Mode?
      if parser.accept(.comma) {
        if parser.accept(.half, .up) {
          mode = .halfUp
        } else if parser.accept(.half, .even) {
          mode = .halfEven
        } else if parser.accept(.up) {
          mode = .up
        } else if parser.accept(.down) {
          mode = .down
        } else {
          parser.reportMissing(
            SyntaxCode.expectedWord, "expected a way of rounding, found \(parser.found())",
            label: "which way?", help: ["write `half up`, `half even`, `up` or `down`"])
          parser.skipToSeparator()
        }
      }
      parser.close(.rightParenthesis, ")", opened: opened)
      return .round(
        RoundSyntax(value: value, step: step, mode: mode, extent: parser.extent(from: start)))
    }
  }

  private mutating func parseChain(from start: Int) -> ExpressionSyntax {
    advance()
    let opened = span()
    return inBrackets { parser in
      parser.advance()
      let list = parser.parseExpression()
      var rules: [ChainSyntax.Rule] = []
      while parser.accept(.comma) {
        if parser.accept(.product, .of) {
          rules.append(.product(of: parser.parseOperand()))
        } else if parser.accept(.each) {
          rules.append(.each(parser.parseExpression()))
        } else {
          parser.reportMissing(
            SyntaxCode.expectedWord,
            "expected `product of` or `each` in a chain, found \(parser.found())",
            label: "how is the chain followed?",
            help: ["write `chain(owners, product of share)` or `chain(owners, each share > 50%)`"])
          parser.skipToSeparator()
        }
      }
      parser.close(.rightParenthesis, ")", opened: opened)
      return .chain(ChainSyntax(list: list, rules: rules, extent: parser.extent(from: start)))
    }
  }

  private mutating func parseAggregate(from start: Int) -> ExpressionSyntax {
    let name = takeName()
    let function = AggregateSyntax.Function(rawValue: name.text) ?? .sum
    let opened = span()
    return inBrackets { parser in
      parser.advance()
      if function == .count, parser.isPlainName(), parser.word(1) == .in {
        let source = parser.parseMembers(term: nil)
        parser.close(.rightParenthesis, ")", opened: opened)
        return parser.aggregate(function, name, source, from: start)
      }
      if parser.accept(.rightParenthesis) {
        return .call(
          CallSyntax(function: name, arguments: [], extent: parser.extent(from: start)))
      }
      let firstStart = parser.index
      let first = parser.parseExpression()
      parser.checkStrayWhen()
      if parser.accept(.for) {
        let source = parser.parseMembers(term: first)
        parser.close(.rightParenthesis, ")", opened: opened)
        return parser.aggregate(function, name, source, from: start)
      }
      guard parser.kind() == .comma else {
        let collection = parser.parseRangeEnd(first, from: firstStart)
        parser.close(.rightParenthesis, ")", opened: opened)
        return parser.aggregate(function, name, .collection(collection), from: start)
      }
      var arguments = [first]
      while parser.accept(.comma), parser.kind() != .rightParenthesis {
        arguments.append(parser.parseExpression())
      }
      parser.close(.rightParenthesis, ")", opened: opened)
      return .call(
        CallSyntax(function: name, arguments: arguments, extent: parser.extent(from: start)))
    }
  }

  private func aggregate(
    _ function: AggregateSyntax.Function, _ name: NameSyntax, _ source: AggregateSyntax.Source,
    from start: Int
  ) -> ExpressionSyntax {
    .aggregate(
      AggregateSyntax(
        function: function, functionName: name, source: source, extent: extent(from: start)))
  }

  /// Reads `variable in collection where filter`.
  private mutating func parseMembers(term: ExpressionSyntax?) -> AggregateSyntax.Source {
    let variable = parseName("a name for the members")
    expect(.in, "before the collection")
    let collection = parseCollection()
    let filter = accept(.where) ? parseExpression() : nil
    return .members(term: term, variable: variable, collection: collection, filter: filter)
  }
}
