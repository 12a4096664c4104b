// Conditions and their clauses.

import ProvisoSource

extension Parser {
  private static let conditionWords: [Word] = [
    .serves, .kind, .applies, .for, .tested, .requires, .forbids, .unless, .undetermined,
    .evidence, .cure, .on, .while, .source,
  ]

  mutating func parseCondition(isPortfolio: Bool, from start: Int) -> ConditionSyntax {
    advance()
    let name = parseName("a name for the condition")
    let title = parseOptionalString()
    let clauses = parseClauses(of: "a condition", words: Parser.conditionWords) {
      $0.parseConditionClause()
    }
    return ConditionSyntax(
      isPortfolio: isPortfolio, name: name, title: title, clauses: clauses,
      extent: extent(from: start))
  }

  private mutating func parseConditionClause() -> ConditionClauseSyntax? {
    let start = index
    guard let word = word() else { return nil }
    switch word {
    case .serves:
      advance()
      let names = parseNames("the name of a mission")
      return .serves(names, extent(from: start))
    case .kind:
      advance()
      let names = parseNames("a kind of condition")
      return .kind(names, extent(from: start))
    case .source:
      advance()
      let text = expectString("the source")
      return .source(text, extent(from: start))
    case .applies:
      advance()
      expect(.when, "behind `applies`")
      let condition = parseExpression()
      return .appliesWhen(condition, extent(from: start))
    case .for:
      guard self.word(1) == .each else { return nil }
      return .forEach(parseForEach())
    case .tested: return .tested(parseTested())
    case .requires, .forbids:
      advance()
      let condition = parseExpression()
      return word == .requires
        ? .requires(condition, extent(from: start)) : .forbids(condition, extent(from: start))
    case .unless: return parseUnless()
    case .undetermined:
      advance()
      let reason = expectString("the reason")
      expect(.when, "before what leaves it undetermined")
      let condition = parseExpression()
      return .undetermined(reason, when: condition, extent(from: start))
    case .evidence: return .evidence(parseEvidence())
    case .cure: return .cure(parseCure())
    case .on, .while: return parseConsequenceClause()
    default: return nil
    }
  }

  private mutating func parseForEach() -> ForEachSyntax {
    let start = index
    advance()
    advance()
    let variable = parseName("a name for the members")
    expect(.in, "before the collection")
    let collection = parseCollection()
    let filter = accept(.where) ? parseExpression() : nil
    return ForEachSyntax(
      variable: variable, collection: collection, filter: filter, extent: extent(from: start))
  }

  private mutating func parseEvidence() -> EvidenceSyntax {
    let start = index
    advance()
    let kind = parseName("the kind of evidence")
    let level = accept(.comma) ? parseName("a level of assurance") : nil
    let isBreach = accept(.or, .breached)
    return EvidenceSyntax(
      kind: kind, level: level, isBreachWhenLacking: isBreach, extent: extent(from: start))
  }

  // MARK: Tests

  private mutating func parseTested() -> TestedSyntax {
    let start = index
    advance()
    let schedule = parseSchedule()
    var due: DueSyntax?
    if kind() == .comma, word(1) == .due {
      advance()
      due = parseDue()
    }
    return TestedSyntax(schedule: schedule, due: due, extent: extent(from: start))
  }

  private mutating func parseSchedule() -> ScheduleSyntax {
    if accept(.on) { return .on(parseSum()) }
    if accept(.by) { return .by(parseSum()) }
    if accept(.continuously) { return .continuously }
    if let length = word()?.schedule {
      advance()
      let from = accept(.from) ? parseSum() : nil
      return .periodic(length, from: from, end: parseScheduleEnd())
    }
    if accept(.every) {
      let duration = parseOperand()
      expect(.from, "before the first day")
      let from = parseSum()
      return .every(duration, from: from, end: parseScheduleEnd())
    }
    reportMissing(
      SyntaxCode.expectedSchedule, "expected when the condition is tested, found \(found())",
      label: "when is it tested?",
      help: [
        "write `on DATE`, `by DATE`, `yearly`, `half-yearly`, `quarterly`, `monthly`, "
          + "`every 12 months from DATE` or `continuously`"
      ])
    if !startsClause() { skipToSeparatorOrClause() }
    return .missing(missingExtent())
  }

  private mutating func parseScheduleEnd() -> ScheduleEndSyntax? {
    if accept(.to) { return .to(parseSum()) }
    if accept(.until) { return .until(parseSum()) }
    return nil
  }

  /// Skips to a comma, the closing brace or a clause on a line of its own.
  private mutating func skipToSeparatorOrClause() {
    let start = index
    while !isAtEnd, kind() != .comma, kind() != .rightBrace,
      !(token().isFirstOnLine && startsClause())
    { advance() }
    keepUnexpected(from: start)
  }

  private mutating func parseDue() -> DueSyntax {
    let start = index
    advance()
    if accept(.on) {
      let day = parseSum()
      return .on(day, extent(from: start))
    }
    let duration = parseOperand()
    expect(.after, "behind the time allowed")
    return .after(duration: duration, extent(from: start))
  }

  // MARK: Cure

  private mutating func parseCure() -> CureSyntax {
    let start = index
    advance()
    let payment = parsePayment()
    var condition: ExpressionSyntax?
    if accept(.when) {
      condition = parseExpression()
      if word() != .within && !isAnyTime() {
        expect(.comma, ",", "behind what cures")
      } else {
        report(
          SyntaxCode.expectedMark, "expected `,` behind what cures, found \(found())", at: span(),
          label: "`,` is missing before this", help: ["write `cure when …, within …`"])
      }
    }
    var limit = CureSyntax.Limit.missing(missingExtent())
    if accept(.within) {
      limit = .within(parseOperand())
    } else if isAnyTime() {
      for _ in 0..<3 { advance() }
      limit = .atAnyTime
    } else {
      reportMissing(
        SyntaxCode.expectedCure, "expected how long there is to cure, found \(found())",
        label: "until when?", help: ["write `within 6 months` or `at any time`"])
    }
    var atMost: TimesSyntax?
    var isNeverTwice = false
    while kind() == .comma {
      if word(1) == .at, word(2) == .most {
        for _ in 0..<3 { advance() }
        atMost = parseTimes()
      } else if word(1) == .never, word(2) == .twice {
        for _ in 0..<3 { advance() }
        for word in [Word.in, .a, .row] { expect(word, "in `never twice in a row`") }
        isNeverTwice = true
      } else {
        break
      }
    }
    return CureSyntax(
      payment: payment, condition: condition, limit: limit, atMost: atMost,
      isNeverTwiceInARow: isNeverTwice, extent: extent(from: start))
  }

  /// Reads `by payment x = E,`, where it stands.
  private mutating func parsePayment() -> CureSyntax.Payment? {
    guard word() == .by, word(1) == .payment else { return nil }
    let start = index
    advance()
    advance()
    let name = parseName("a name for the payment")
    expect(.equal, "=", "before what was paid")
    let paid = parseSum()
    let payment = CureSyntax.Payment(name: name, paid: paid, extent: extent(from: start))
    expect(.comma, ",", "behind what was paid")
    return payment
  }

  /// Reads `once`, `twice` or `3 times`.
  mutating func parseTimes() -> TimesSyntax {
    if accept(.once) { return .once }
    if accept(.twice) { return .twice }
    let count = parseCount()
    expect(.times, "behind the number")
    return .times(count)
  }
}
