// Operands: literals, names, calls and parentheses, and what may follow one directly.

import ProvisoSource

extension Parser {
  /// An operand with `at`, `over` or `after` behind it.
  mutating func parsePostfix() -> ExpressionSyntax {
    let start = index
    var value = parseOperand()
    var round = 0
    while true {
      let operatorSpan = span()
      switch word() {
      case .at where !atEndsExpression && !isAnyTime() && phrase() == nil:
        if let period = relativePeriod(1) {
          value = parseRelativePeriod(behind: value, period, from: start)
          break
        }
        advance()
        let point = parseOperand()
        value = .at(
          AtSyntax(
            base: value, point: point, operatorSpan: operatorSpan, extent: extent(from: start)))
      case .in:
        guard let period = relativePeriod(1) else { return value }
        value = parseRelativePeriod(behind: value, period, from: start)
      case .over where startsWindow():
        advance()
        let length = parseOperand()
        expect(.to, "before the last period of the window")
        let end = parseOperand()
        value = .window(
          WindowSyntax(
            series: value, length: length, end: end, operatorSpan: operatorSpan,
            extent: extent(from: start)))
      case .after:
        guard case .duration = value else { return value }
        advance()
        let day = parseOperand()
        value = .after(AfterSyntax(duration: value, day: day, extent: extent(from: start)))
      default: return value
      }
      round += 1
      guard round + depth <= Parser.nestingLimit else {
        reportTooDeep()
        skipToCloser()
        return value
      }
    }
  }

  /// Whether `at any time` stands here, which is no point.
  func isAnyTime(_ ahead: Int = 0) -> Bool {
    word(ahead) == .at && word(ahead + 1) == .any && word(ahead + 2) == .time
  }

  /// Whether `over` begins a window here: `over 4 quarters`, and not a table's `over 5`.
  private func startsWindow() -> Bool {
    switch kind(1) {
    case .leftParenthesis: true
    case .number, .name: word(2)?.durationUnit != nil
    default: false
    }
  }

  /// One name, literal, call or parenthesis, with fields taken from it.
  ///
  /// Every nesting of expressions but `not`, `-` and `every` passes here, so it is counted here.
  mutating func parseOperand() -> ExpressionSyntax {
    guard enter() else { return .missing(missingExtent()) }
    defer { leave() }
    let start = index
    var value = parsePrimary()
    var names: [NameSyntax] = []
    while kind() == .dot {
      advance()
      guard kind() == .name else {
        reportMissing(
          SyntaxCode.expectedName, "expected the name of a field behind `.`, found \(found())",
          label: "which field?",
          help: kind() == .dot ? ["a range of periods is written `2019 to 2022`"] : [])
        names.append(missingName())
        break
      }
      names.append(takeName())
    }
    if !names.isEmpty {
      value = .member(MemberSyntax(base: value, names: names, extent: extent(from: start)))
    }
    guard takesDuration(value), let unit = startsDurationUnit() else { return value }
    advance()
    if unit == .businessDays { advance() }
    return .duration(DurationSyntax(amount: value, unit: unit, extent: extent(from: start)))
  }

  private func takesDuration(_ value: ExpressionSyntax) -> Bool {
    switch value {
    case .number(let number): number.unit == nil
    case .name, .member, .parenthesized, .call: true
    default: false
    }
  }

  /// The unit of calendar time at the current token, where it ends a duration.
  func startsDurationUnit() -> DurationUnit? {
    guard let unit = word()?.durationUnit, !startsClause() else { return nil }
    if unit == .businessDays { return word(1) == .days || word(1) == .day ? unit : nil }
    // `2021 year of D` cannot be; `year =` heads a crosswise table, `month :` a field.
    if kind(1) == .colon || (rowMayFollow && (kind(1) == .arrow || kind(1) == .comma)) {
      return nil
    }
    if word(1) == .completed || word(1) == .started { return nil }
    return unit
  }

  private mutating func parsePrimary() -> ExpressionSyntax {
    let start = index
    switch kind() {
    case .number: return parseDateInDigits() ?? .number(parseNumber())
    case .date, .period:
      let isDate = kind() == .date
      let text = text(token())
      advance()
      let node = LiteralSyntax(text: text, extent: extent(from: start))
      return isDate ? .date(node) : .period(node)
    case .string: return .string(parseString())
    case .leftParenthesis: return parseParenthesized()
    case .leftBracket: return parseList()
    case .leftBrace: return parseBraced()
    case .name: return parseNamed()
    default: return missingExpression()
    }
  }

  /// Reports that a value is missing here.
  mutating func missingExpression() -> ExpressionSyntax {
    var help = [
      "write a name, a number with its unit, a date, a text or an expression in parentheses"
    ]
    if kind() == .name, word()?.isOperator == true {
      help = ["`\(text(token()))` is an operator word; a field of that name is written behind `.`"]
      if word() == .for, let instead = strayHelp() { help = instead }
    }
    reportMissing(
      SyntaxCode.expectedExpression, "expected a value, found \(found())",
      label: "a value is missing here", help: help)
    return .missing(missingExtent())
  }

  private mutating func parseNamed() -> ExpressionSyntax {
    let start = index
    if token().isFirstOnLine, startsClause() { return missingExpression() }
    if let word = word() {
      if word == .the, isPlainName(1), self.word(1) != .the, !token(1).isFirstOnLine,
        !speaksOfMany
      {
        passOver("names stand without `the` here")
        return parseNamed()
      }
      if word == .as, self.word(1) == .of {
        report(
          span().joined(with: span(1)), meaning: "`as_of`", "write `as_of`", exactly: "as_of")
        advance()
        advance()
        return .name(NameSyntax(text: "as_of", extent: extent(from: start)))
      }
      if let form = parseWordForm(word, from: start) { return form }
      if word.isOperator { return missingExpression() }
    }
    if kind(1) == .number, isCurrencyText() { return .number(parseNumber()) }
    let name = takeName()
    guard kind() == .leftParenthesis else { return .name(name) }
    return parseCall(name, from: start)
  }

  /// Whether the current token is a name of three capital letters, as currencies have.
  func isCurrencyText(_ ahead: Int = 0) -> Bool {
    let token = token(ahead)
    guard token.kind == .name, token.end - token.start == 3 else { return false }
    return file.bytes[token.start..<token.end].allSatisfy { (0x41...0x5A).contains($0) }
  }

  private mutating func parseCall(_ name: NameSyntax, from start: Int) -> ExpressionSyntax {
    let arguments = inBrackets { parser in
      parser.parseElements(closing: .rightParenthesis, mark: ")")
    }
    return .call(CallSyntax(function: name, arguments: arguments, extent: extent(from: start)))
  }

  private mutating func parseParenthesized() -> ExpressionSyntax {
    let start = index
    let opened = span()
    return inBrackets { parser in
      parser.advance()
      let first = parser.parseBody()
      var elements = [first]
      while parser.accept(.comma), parser.kind() != .rightParenthesis {
        elements.append(parser.parseExpression())
      }
      parser.close(.rightParenthesis, ")", opened: opened)
      let extent = parser.extent(from: start)
      return elements.count > 1
        ? .tuple(ElementsSyntax(elements: elements, extent: extent))
        : .parenthesized(ParenthesizedSyntax(content: first, extent: extent))
    }
  }

  private mutating func parseList() -> ExpressionSyntax {
    let start = index
    let elements = inBrackets { parser in
      parser.parseElements(closing: .rightBracket, mark: "]")
    }
    return .list(ElementsSyntax(elements: elements, extent: extent(from: start)))
  }

  /// Reads an opening bracket, expressions between commas, and the closing bracket.
  mutating func parseElements(closing: TokenKind, mark: String) -> [ExpressionSyntax] {
    let opened = span()
    advance()
    var elements: [ExpressionSyntax] = []
    while kind() != closing, !isAtEnd {
      let before = index
      elements.append(parseExpression())
      checkStrayWhen()
      if accept(.comma) { continue }
      if kind() == closing || index == before { break }
      if startsOperand(), !startsClause() {
        expect(.comma, ",", "between two values")
        continue
      }
      break
    }
    close(closing, mark, opened: opened)
    return elements
  }

  /// Reports a choice where only one in parentheses may stand, and reads it.
  mutating func checkStrayWhen() {
    guard word() == .when else { return }
    report(
      SyntaxCode.choiceNeedsParentheses, "a choice stands in parentheses here", at: span(),
      label: "`when` begins the cases of a choice",
      help: [
        "write `(A when C, otherwise B)`; what is only asked in some cases is a clause "
          + "`applies when C`"
      ])
    let start = index
    while accept(.when) {
      _ = parseExpression()
      guard kind() == .comma, word(1) == .otherwise else { break }
      advance()
      advance()
      _ = parseExpression()
    }
    keepUnexpected(from: start)
  }

  /// Reads inside brackets, where what ends an expression outside does not.
  mutating func inBrackets<Result>(_ read: (inout Parser) -> Result) -> Result {
    let saved = (atEndsExpression, rowMayFollow)
    (atEndsExpression, rowMayFollow) = (false, false)
    let result = read(&self)
    (atEndsExpression, rowMayFollow) = saved
    return result
  }

  // MARK: Names and texts

  /// Takes the current token as a name, whatever word it is.
  mutating func takeName() -> NameSyntax {
    let start = index
    let text = text(token())
    advance()
    return NameSyntax(text: text, extent: extent(from: start))
  }

  /// A name that is not there.
  func missingName() -> NameSyntax { NameSyntax(text: "", extent: missingExtent()) }

  /// Reads the name of something; reports where it is missing or is an operator word.
  mutating func parseName(_ purpose: String) -> NameSyntax {
    guard kind() == .name, !(token().isFirstOnLine && startsClause()) else {
      reportMissing(
        SyntaxCode.expectedName, "expected \(purpose), found \(found())",
        label: "a name is missing here",
        help: ["names have letters, digits and `_`, and begin with a letter"])
      return missingName()
    }
    if let word = word(), word.isOperator || word.isLiteral {
      report(
        SyntaxCode.reservedName, "`\(word.rawValue)` cannot be a name here", at: span(),
        label: word.isLiteral ? "this is a value" : "this is an operator word",
        help: ["choose another name, such as `the_\(word.rawValue)`"])
    }
    return takeName()
  }

  /// Reads several names between commas.
  mutating func parseNames(_ purpose: String) -> [NameSyntax] {
    var names = [parseName(purpose)]
    while accept(.comma) { names.append(parseName(purpose)) }
    return names
  }

  /// Reads a text in quotes; reports where it is missing.
  mutating func expectString(_ purpose: String) -> StringSyntax {
    guard kind() == .string else {
      reportMissing(
        SyntaxCode.expectedText, "expected \(purpose) in quotes, found \(found())",
        label: "a text is missing here", help: ["write `\"…\"`"])
      skipUnquoted()
      return StringSyntax(text: "", isMissing: true, extent: missingExtent())
    }
    return parseString()
  }

  /// Skips what was probably meant as a text: the rest of the line, up to an operator word.
  private mutating func skipUnquoted() {
    let start = index
    while !isAtEnd, !token().isFirstOnLine, word()?.isOperator != true, !startsClause() {
      switch kind() {
      case .leftBrace, .rightBrace, .equal, .colon, .comma, .arrow:
        keepUnexpected(from: start)
        return
      default: advance()
      }
    }
    keepUnexpected(from: start)
  }

  /// Reads a text where one stands, as titles may be left out.
  mutating func parseOptionalString() -> StringSyntax? {
    kind() == .string ? parseString() : nil
  }
}
