// Scenarios: what is given, the dates, and what is expected.

import ProvisoSource

extension Parser {
  mutating func parseScenario() -> ScenarioSyntax {
    let start = index
    advance()
    let title = expectString("a title for the scenario")
    let clauses = parseClauses(of: "a scenario", words: [.given, .as, .known, .expect]) {
      $0.parseScenarioClause()
    }
    return ScenarioSyntax(title: title, clauses: clauses, extent: extent(from: start))
  }

  private mutating func parseScenarioClause() -> ScenarioSyntax.Clause? {
    let start = index
    switch word() {
    case .given:
      advance()
      let label = parseOptionalString()
      let entries = inBrackets { $0.parseAssignments() }
      return .given(GivenSyntax(label: label, entries: entries, extent: extent(from: start)))
    case .as:
      advance()
      expect(.of, "behind `as`")
      let day = parseSum()
      return .asOf(day, extent(from: start))
    case .known:
      advance()
      expect(.at, "behind `known`")
      let day = parseSum()
      return .knownAt(day, extent(from: start))
    case .expect:
      advance()
      var expectations = [parseExpectation()]
      while kind() == .comma {
        let before = index
        advance()
        expectations.append(parseExpectation())
        if index == before + 1 { break }
      }
      return .expect(expectations, extent(from: start))
    default: return nil
    }
  }

  private mutating func parseExpectation() -> ExpectationSyntax {
    let start = index
    let subject: OutcomeExpectationSyntax.Subject
    var name = missingName()
    if word() == .contract, kind(1) != .equal {
      advance()
      let label = parseOptionalString()
      subject = .contract(label, extent(from: start))
    } else {
      name = parseName("the name of a condition or determination, or `contract`")
      subject = .condition(name)
    }
    var label: StringSyntax?
    if accept(.for) { label = expectString("the contract's label") }
    // A year stands alone here: the outcome behind it is no unit.
    let point = accept(.at) ? (kind() == .number ? parseCount() : parseOperand()) : nil
    if accept(.equal) {
      let value = startsOperand() ? parseExpression() : missingExpression()
      return .value(
        ValueExpectationSyntax(
          name: name, contractLabel: label, point: point, value: value,
          extent: extent(from: start)))
    }
    let outcomeStart = index
    let outcome = parseOutcome()
    let outcomeSpan = extent(from: outcomeStart).span
    var reasons: [StringSyntax] = []
    while accept(.because) { reasons.append(expectString("words of the reason")) }
    var consequences: [ConsequenceSyntax] = []
    while kind() == .comma, startsExpectedConsequence() {
      advance()
      guard let consequence = parseConsequence() else { break }
      consequences.append(consequence)
    }
    return .outcome(
      OutcomeExpectationSyntax(
        subject: subject, contractLabel: label, point: point, outcome: outcome,
        outcomeSpan: outcomeSpan, reasons: reasons, consequences: consequences,
        extent: extent(from: start)))
  }

  /// Whether a consequence stands behind the comma, and not a condition of a verb's name.
  private func startsExpectedConsequence() -> Bool {
    guard let verb = word(1), verb.isVerb else { return false }
    if verb == .step { return word(2) == .up || word(2) == .down }
    if kind(2) == .equal || word(2) == .at || word(2) == .for { return false }
    return !startsOutcome(2)
  }

  private func startsOutcome(_ ahead: Int) -> Bool {
    switch word(ahead) {
    case .met, .breached, .undetermined, .pending, .exempt, .cured, .waived: true
    case .in: word(ahead + 1) == .cure
    case .not: word(ahead + 1) == .applicable || word(ahead + 1) == .governed
    default: false
    }
  }

  /// What outcomes are called elsewhere.
  private static let outcomeElsewhere: [String: OutcomeExpectationSyntax.Outcome] = [
    "pass": .met, "passes": .met, "passed": .met, "ok": .met, "holds": .met, "complies": .met,
    "compliant": .met, "fulfilled": .met, "satisfied": .met, "true": .met, "fail": .breached,
    "fails": .breached, "failed": .breached, "violated": .breached, "broken": .breached,
    "noncompliant": .breached, "false": .breached, "unknown": .undetermined,
    "missing": .undetermined, "open": .undetermined, "unclear": .undetermined,
    "inapplicable": .notApplicable, "excused": .exempt, "excepted": .exempt, "remedied": .cured,
  ]

  private mutating func parseOutcome() -> OutcomeExpectationSyntax.Outcome? {
    if word() == .is, kind(1) == .name, !token(1).isFirstOnLine {
      passOver("an outcome stands without `is` here")
    }
    if startsOutcome(0) {
      if accept(.in, .cure) { return .inCure }
      if accept(.not, .applicable) { return .notApplicable }
      if accept(.not, .governed) { return .notGoverned }
      let outcome = word().flatMap { OutcomeExpectationSyntax.Outcome(rawValue: $0.rawValue) }
      advance()
      return outcome
    }
    let outcomes = OutcomeExpectationSyntax.Outcome.allCases.map(\.rawValue)
    var help = ["the outcomes are \(outcomes.map { "`\($0)`" }.joined(separator: ", "))"]
    if kind() == .name, let meant = Self.outcomeElsewhere[text(token()).lowercased()] {
      help.insert("here it is called `\(meant.rawValue)`", at: 0)
    } else if kind() == .name, let near = nearestName(to: text(token()), among: outcomes) {
      help.insert("did you mean `\(near)`?", at: 0)
    }
    reportMissing(
      SyntaxCode.expectedOutcome, "expected an outcome or `=` and a value, found \(found())",
      label: "not an outcome", help: help)
    if isPlainName(), !startsClause() {
      let start = index
      advance()
      keepUnexpected(from: start)
    }
    return nil
  }
}
