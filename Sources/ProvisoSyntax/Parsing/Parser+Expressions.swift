// Expressions by precedence: from `or` down to `^`, each chain flat, each ambiguity reported.

import ProvisoSource

extension Parser {
  /// Reads an expression that may be a choice: `a when p, b when q, otherwise c`.
  mutating func parseBody() -> ExpressionSyntax {
    let start = index
    let first = parseExpression()
    guard word() == .when else { return first }
    var branches: [ChoiceSyntax.Branch] = []
    var value = first
    var branchStart = start
    while accept(.when) {
      let condition = parseExpression()
      branches.append(
        ChoiceSyntax.Branch(value: value, condition: condition, extent: extent(from: branchStart)))
      guard kind() == .comma || word() == .otherwise else { break }
      if word() != .otherwise { advance() }
      if word() == .otherwise { break }
      branchStart = index
      value = parseExpression()
      if word() != .when {
        reportMissing(
          SyntaxCode.missingOtherwise, "expected `when` or `otherwise`, found \(found())",
          label: "the last value of a choice needs `otherwise` before it",
          help: ["write `…, otherwise \(excerpt(value))`"])
        return .choice(
          ChoiceSyntax(branches: branches, otherwise: value, extent: extent(from: start)))
      }
    }
    guard accept(.otherwise) else {
      reportMissing(
        SyntaxCode.missingOtherwise, "a choice ends with `otherwise`, found \(found())",
        label: "what holds if none of the cases does?", help: ["add `, otherwise VALUE`"])
      let missing = ExpressionSyntax.missing(missingExtent())
      return .choice(
        ChoiceSyntax(branches: branches, otherwise: missing, extent: extent(from: start)))
    }
    let otherwise = parseExpression()
    return .choice(
      ChoiceSyntax(branches: branches, otherwise: otherwise, extent: extent(from: start)))
  }

  /// Reads an expression that is not a choice.
  mutating func parseExpression() -> ExpressionSyntax {
    let start = index
    var operands = [parseNegation()]
    var joints: [(word: Word, span: SourceSpan)] = []
    while let word = word(), word == .and || word == .or {
      joints.append((word, span()))
      advance()
      operands.append(parseNegation())
    }
    guard let firstJoint = joints.first else { return operands[0] }
    checkQuantifiers(operands, joints: joints)
    if let second = joints.firstIndex(where: { $0.word != firstJoint.word }) {
      reportMixed(operands, joints: joints, at: second)
      return groupedByAnd(operands, joints: joints.map(\.word), from: start)
    }
    let node = ElementsSyntax(elements: operands, extent: extent(from: start))
    return firstJoint.word == .and ? .and(node) : .or(node)
  }

  /// A mixed chain, already reported, as alternatives of conjunctions.
  private func groupedByAnd(
    _ operands: [ExpressionSyntax], joints: [Word], from start: Int
  ) -> ExpressionSyntax {
    var groups: [[ExpressionSyntax]] = [[operands[0]]]
    for (joint, operand) in zip(joints, operands.dropFirst()) {
      if joint == .and {
        groups[groups.count - 1].append(operand)
      } else {
        groups.append([operand])
      }
    }
    let alternatives = groups.map { group -> ExpressionSyntax in
      guard let first = group.first, let last = group.last, group.count > 1 else {
        return group[0]
      }
      let tokens =
        first.extent.tokens
        .lowerBound..<max(
          first.extent.tokens.lowerBound, last.extent.tokens.upperBound)
      let extent = Extent(tokens: tokens, span: first.span.joined(with: last.span))
      return .and(ElementsSyntax(elements: group, extent: extent))
    }
    return .or(ElementsSyntax(elements: alternatives, extent: extent(from: start)))
  }

  private mutating func reportMixed(
    _ operands: [ExpressionSyntax], joints: [(word: Word, span: SourceSpan)], at second: Int
  ) {
    let (left, right) = (joints[second - 1], joints[second])
    let (a, b, c) = (
      excerpt(operands[second - 1]), excerpt(operands[second]), excerpt(operands[second + 1])
    )
    let (first, other) = (left.word.rawValue, right.word.rawValue)
    reportAlways(
      SyntaxCode.mixedAndOr, "`and` and `or` are mixed without parentheses", at: right.span,
      label: "`\(other)` here", secondaries: [LabelledSpan(left.span, "`\(first)` here")],
      help: ["write `(\(a) \(first) \(b)) \(other) \(c)`, or `\(a) \(first) (\(b) \(other) \(c))`"])
  }

  private mutating func checkQuantifiers(
    _ operands: [ExpressionSyntax], joints: [(word: Word, span: SourceSpan)]
  ) {
    for (position, operand) in operands.enumerated() {
      var inner = operand
      while case .not(let node) = inner { inner = node.operand }
      let isLimitless: Bool
      switch inner {
      case .quantified: isLimitless = true
      default: isLimitless = false
      }
      guard isLimitless else { continue }
      let joint = joints[max(position - 1, 0)]
      let text = excerpt(operand)
      reportAlways(
        SyntaxCode.quantifierJoined,
        "a statement with `some`, `no` or `every` is joined by `\(joint.word.rawValue)`",
        at: operand.span, label: "where does it end?",
        secondaries: [LabelledSpan(joint.span, "joined here")],
        help: [
          "write `… \(joint.word.rawValue) (\(text))`, with the closing parenthesis where the "
            + "statement ends"
        ])
    }
  }

  /// `not p`, or a comparison.
  mutating func parseNegation() -> ExpressionSyntax {
    guard word() == .not else { return parseComparison() }
    let start = index
    guard enter() else { return .missing(missingExtent()) }
    defer { leave() }
    let operatorSpan = span()
    advance()
    let operand = parseNegation()
    return .not(
      UnarySyntax(operand: operand, operatorSpan: operatorSpan, extent: extent(from: start)))
  }

  /// A statement over a collection, or a sum with at most one comparison behind it.
  mutating func parseComparison() -> ExpressionSyntax {
    if let quantifier = startsQuantified() { return parseQuantified(quantifier) }
    let start = index
    var left = parseSum()
    var before: SourceSpan?
    var round = 0
    var asksForMembers = false
    while let operatorSpan = startsRelation() {
      let phrase = phrase()
      asksForMembers = asksForMembers || word() == .in
      if let before, round == 1 {
        reportAlways(
          SyntaxCode.chainedComparison, "comparisons do not follow one another",
          at: operatorSpan, label: "a second comparison",
          secondaries: [LabelledSpan(before, "the first one")],
          help: [
            asksForMembers
              ? "`in` asks whether something is among others; write `x at 2024` for the value "
                + "that `x` has in a period"
              : "write `a < b and b < c`, or put the inner comparison in parentheses"
          ])
      }
      round += 1
      guard round + depth <= Parser.nestingLimit else {
        reportTooDeep()
        skipToCloser()
        break
      }
      before = operatorSpan
      if let phrase {
        left = parsePhrase(phrase, left, from: start)
      } else {
        left = parseRelation(left, from: start)
      }
    }
    return left
  }

  private func startsRelation() -> SourceSpan? {
    switch kind() {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return span()
    case .name where word() == .in || word() == .by || word() == .is: return span()
    case .name where phrase() != nil: return span()
    default: return nil
    }
  }

  private mutating func parseRelation(
    _ left: ExpressionSyntax, from start: Int
  ) -> ExpressionSyntax {
    let operatorSpan = span()
    let operation: ComparisonSyntax.Operator
    switch kind() {
    case .equal: operation = .equal
    case .notEqual: operation = .notEqual
    case .less: operation = .less
    case .lessOrEqual: operation = .lessOrEqual
    case .greater: operation = .greater
    case .greaterOrEqual: operation = .greaterOrEqual
    default:
      if accept(.by) {
        let deadline = parseSum()
        return .happenedBy(
          HappenedBySyntax(
            event: left, deadline: deadline, operatorSpan: operatorSpan,
            extent: extent(from: start)))
      }
      if word() == .is { return parseIsTest(left, from: start) }
      return parseMembership(left, from: start)
    }
    advance()
    // `= <` and `< =` with a space between are read as one operator by nobody else either.
    let right = parseSum()
    return .comparison(
      ComparisonSyntax(
        left: left, operation: operation, operatorSpan: operatorSpan, right: right,
        extent: extent(from: start)))
  }

  /// A chain of `+` and `-`.
  mutating func parseSum() -> ExpressionSyntax {
    let start = index
    let first = parseLimited()
    var rest: [SumSyntax.Term] = []
    while kind() == .plus || kind() == .minus {
      let isSubtracted = kind() == .minus
      let operatorSpan = span()
      advance()
      let operand = parseLimited()
      if rest.isEmpty || !isSame(rest[rest.count - 1].operand, operand) {
        checkPointShift(
          rest.last?.operand ?? first, operand, sign: isSubtracted ? "-" : "+", at: operatorSpan)
      }
      rest.append(
        SumSyntax.Term(isSubtracted: isSubtracted, operatorSpan: operatorSpan, operand: operand))
    }
    if rest.isEmpty { return first }
    checkLimitsInSum([first] + rest.map(\.operand), operatorSpan: rest[0].operatorSpan)
    return .sum(SumSyntax(first: first, rest: rest, extent: extent(from: start)))
  }

  private func isSame(_ left: ExpressionSyntax, _ right: ExpressionSyntax) -> Bool {
    left.extent == right.extent
  }

  private mutating func checkLimitsInSum(
    _ operands: [ExpressionSyntax], operatorSpan: SourceSpan
  ) {
    for operand in operands {
      let words: String
      let span: SourceSpan
      switch operand {
      case .limited(let node):
        (words, span) = (node.kind == .capped ? "capped at" : "floored at", node.operatorSpan)
      case .fallback(let node): (words, span) = ("else", node.operatorSpan)
      case .converted(let node): (words, span) = ("converted to", node.operatorSpan)
      default: continue
      }
      reportAlways(
        SyntaxCode.limitInSum, "`\(words)` stands in a sum without parentheses", at: span,
        label: "does it speak of one term or of the sum?",
        secondaries: [LabelledSpan(operatorSpan, "the sum")],
        help: ["write `a + (b \(words) c)`, or `(a + b) \(words) c`"])
      return
    }
  }

  /// A product with `capped at`, `floored at`, `else` or `converted to` behind it.
  mutating func parseLimited() -> ExpressionSyntax {
    let start = index
    var value = parseProduct()
    var round = 0
    while let word = word(),
      word == .capped || word == .floored || word == .else || word == .converted
    {
      round += 1
      guard round + depth <= Parser.nestingLimit else {
        reportTooDeep()
        skipToCloser()
        break
      }
      let operatorSpan = span().joined(with: word == .else ? span() : span(1))
      advance()
      switch word {
      case .else:
        let replacement = parseProduct()
        value = .fallback(
          FallbackSyntax(
            value: value, replacement: replacement, operatorSpan: operatorSpan,
            extent: extent(from: start)))
      case .converted:
        value = parseConverted(value, operatorSpan: operatorSpan, from: start)
      default:
        expect(.at, "behind `\(word.rawValue)`")
        let limit = parseProduct()
        let title = kind() == .string ? parseString() : nil
        value = .limited(
          LimitedSyntax(
            value: value, kind: word == .capped ? .capped : .floored, limit: limit, title: title,
            operatorSpan: operatorSpan, extent: extent(from: start)))
      }
    }
    return value
  }

  /// A chain of `*`, `/` and `of`.
  mutating func parseProduct() -> ExpressionSyntax {
    let start = index
    let first = parseSigned()
    var rest: [ProductSyntax.Factor] = []
    var division: SourceSpan?
    while let operation = startsFactor() {
      let operatorSpan = span()
      advance()
      let operand = parseSigned()
      if operation == .of, let division, let before = rest.last {
        reportAlways(
          SyntaxCode.divisionOf, "`/` and `of` stand in one product without parentheses",
          at: operatorSpan, label: "`of` here",
          secondaries: [LabelledSpan(division, "divided here")],
          help: [
            "write `… / (\(excerpt(before.operand)) of \(excerpt(operand)))`, or "
              + "`(… / \(excerpt(before.operand))) of \(excerpt(operand))`"
          ])
      }
      if operation == .divided { division = operatorSpan }
      rest.append(
        ProductSyntax.Factor(operation: operation, operatorSpan: operatorSpan, operand: operand))
    }
    if rest.isEmpty { return first }
    return .product(ProductSyntax(first: first, rest: rest, extent: extent(from: start)))
  }

  private func startsFactor() -> ProductSyntax.Operator? {
    switch kind() {
    case .times: .times
    case .divide: .divided
    case .name where word() == .of: .of
    default: nil
    }
  }

  /// `-x`, or a power.
  mutating func parseSigned() -> ExpressionSyntax {
    guard kind() == .minus || kind() == .plus else { return parsePower() }
    let start = index
    guard enter() else { return .missing(missingExtent()) }
    defer { leave() }
    let operatorSpan = span()
    if kind() == .plus {
      report(
        SyntaxCode.expectedExpression, "a value does not begin with `+`", at: span(),
        label: "leave this out", help: ["write the value without `+`"],
        fixIts: [FixIt(title: "leave out `+`", edits: [SourceEdit(span(), "")], isSafe: true)])
      advance()
      return parseSigned()
    }
    advance()
    let operand = parseSigned()
    return .negated(
      UnarySyntax(operand: operand, operatorSpan: operatorSpan, extent: extent(from: start)))
  }

  private mutating func parsePower() -> ExpressionSyntax {
    let start = index
    var base = parsePostfix()
    var round = 0
    while kind() == .power {
      let operatorSpan = span()
      round += 1
      guard round + depth <= Parser.nestingLimit else {
        reportTooDeep()
        skipToCloser()
        break
      }
      if round == 2 {
        reportAlways(
          SyntaxCode.chainedPower, "powers of powers need parentheses", at: operatorSpan,
          label: "a second `^`", help: ["write `(a ^ b) ^ c`, or `a ^ (b ^ c)`"])
      }
      advance()
      let signStart = index
      let signSpan = span()
      let isNegated = accept(.minus)
      var exponent = parsePostfix()
      if isNegated {
        exponent = .negated(
          UnarySyntax(
            operand: exponent, operatorSpan: signSpan, extent: extent(from: signStart)))
      }
      base = .power(
        PowerSyntax(
          base: base, exponent: exponent, operatorSpan: operatorSpan, extent: extent(from: start)))
    }
    return base
  }

  // MARK: Showing the user's own text

  /// An expression's text on one line, shortened.
  func excerpt(_ expression: ExpressionSyntax) -> String {
    shorten(
      String(decoding: file.bytes[expression.span.start..<expression.span.end], as: UTF8.self))
  }

  /// A text on one line, shortened in the middle of nothing: to its beginning.
  func shorten(_ text: String) -> String {
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" }
    let line = words.joined(separator: " ").replacingBackticks
    return line.count > 48 ? "\(line.prefix(45))…" : line
  }
}

extension String {
  /// The text with backticks taken out, so that it can stand between backticks.
  fileprivate var replacingBackticks: String {
    String(map { $0 == "`" ? "'" : $0 })
  }
}
