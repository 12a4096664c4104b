// Runs the scenarios of a ruleset: what was expected, and what was found instead.

package import ProvisoInterpreter
package import ProvisoModel
import ProvisoQuantities
package import ProvisoReports
import ProvisoSource

extension LoadedRuleset {
  /// Runs every scenario, in the order written.
  package func scenarioReport() -> ScenarioReport {
    ScenarioReport(ruleset: fileName, scenarios: checked.scenarios.map(outcome))
  }

  private func outcome(of scenario: Scenario) -> ScenarioOutcome {
    let knownAt = scenario.knownAt ?? scenario.asOf
    let verdicts = scenario.contracts.map { contract in
      evaluator.evaluate(
        contract, asOf: scenario.asOf, knownAt: knownAt, tracing: .withDerivations)
    }
    let portfolio = portfolioVerdict(scenario, verdicts)
    let examiners = verdicts.map {
      ScenarioExaminer(ruleset: checked, verdict: $0, portfolio: portfolio)
    }
    let failures = scenario.expectations.compactMap { expectation in
      examiners.indices.contains(expectation.contract)
        ? examiners[expectation.contract].failure(of: expectation) : nil
    }
    return ScenarioOutcome(
      title: scenario.title, place: examiners.first?.place(of: scenario.span) ?? "?",
      failures: failures)
  }

  /// What can be said of the contracts of a scenario together.
  package func portfolioVerdict(
    _ scenario: Scenario, _ verdicts: [ContractVerdict], tracing: Tracing = .withDerivations
  ) -> PortfolioVerdict {
    let knownAt = scenario.knownAt ?? scenario.asOf
    var collection = PortfolioCollection(evaluator)
    for (contract, verdict) in zip(scenario.contracts, verdicts) {
      collection.add(
        contract, verdict,
        evaluator.coverage(of: contract, asOf: scenario.asOf, knownAt: knownAt))
    }
    return collection.verdict(asOf: scenario.asOf, knownAt: knownAt, tracing: tracing)
  }
}

/// Compares a verdict with what a scenario expects of it.
private struct ScenarioExaminer {
  let ruleset: CheckedRuleset
  let verdict: ContractVerdict
  /// What is said of all contracts given.
  let portfolio: PortfolioVerdict
  private let printer: ValuePrinter
  private let sentences: SentenceWriter

  init(ruleset: CheckedRuleset, verdict: ContractVerdict, portfolio: PortfolioVerdict) {
    self.ruleset = ruleset
    self.verdict = verdict
    self.portfolio = portfolio
    printer = ValuePrinter(ruleset)
    sentences = SentenceWriter(ruleset)
  }

  /// `file:line` of a span.
  func place(of span: SourceSpan) -> String {
    let position = span.source.index
    guard ruleset.sources.indices.contains(position) else { return "?" }
    let file = ruleset.sources[position]
    return "\(file.name):\(file.position(at: span.start).line)"
  }

  /// The difference between an expectation and the verdict; nil where there is none.
  func failure(of expectation: Expectation) -> ScenarioFailure? {
    guard let difference = difference(expectation.subject) else { return nil }
    return ScenarioFailure(
      expected: difference.expected, found: difference.found,
      place: place(of: expectation.span))
  }

  fileprivate typealias Difference = (expected: String, found: String)

  private func difference(_ subject: Expectation.Subject) -> Difference? {
    switch subject {
    case .contract(let outcome):
      if verdict.outcome == outcome { return nil }
      return ("the contract \(outcome.rawValue)", "the contract \(verdict.outcome.rawValue)")
    case .condition(let id, let test, let outcome):
      return conditionDifference(id, test, outcome)
    case .consequence(let id, let verb, let amount):
      return consequenceDifference(id, verb, amount)
    case .noConsequence(let id, let verb):
      let fired = consequences(of: id).filter { $0.verb == verb }
      if fired.isEmpty { return nil }
      return ("no \(verb.rawValue) from `\(name(id))`", list(fired))
    case .determination(let position, let value):
      return determinationDifference(position, value)
    case .mission(let id, let test, let outcome): return missionDifference(id, test, outcome)
    case .indicator(let id, let period, let value):
      return indicatorDifference(id, period, value)
    case .because(let id, let text):
      let said = grounds(of: id)
      if said.contains(where: { contains($0, text) }) { return nil }
      return (
        "`\(name(id))` because “\(text)”",
        said.isEmpty ? "\(outcomeWords(id)), with no reason given" : firstOf(said)
      )
    }
  }

  /// What was said, as far as somebody reads on.
  private func firstOf(_ said: [String]) -> String {
    let limit = 8
    let shown = said.prefix(limit).joined(separator: "; ")
    return said.count > limit ? "\(shown); and \(said.count - limit) more" : shown
  }

  // MARK: Conditions

  private func conditionDifference(
    _ id: ConditionID, _ label: String?, _ outcome: Outcome
  ) -> Difference? {
    guard let label else {
      if verdict(of: id)?.outcome == outcome { return nil }
      return ("`\(name(id))` \(outcome.rawValue)", outcomeWords(id))
    }
    let expected = "`\(name(id))` at \(label) \(outcome.rawValue)"
    let tests = verdict(of: id)?.tests ?? []
    guard let test = tests.first(where: { isLabelled($0, label) }) else {
      let labels = tests.compactMap(testLabel)
      return (
        expected,
        labels.isEmpty
          ? "no test at \(label): there are no tests"
          : "no test at \(label): there are \(firstOf(labels))"
      )
    }
    return test.outcome == outcome ? nil : (expected, words(test, id))
  }

  /// Whether a test is the one that a text names: its period, its member or its date.
  private func isLabelled(_ test: TestVerdict, _ label: String) -> Bool {
    test.period?.description == label || test.member == label || test.testDate?.iso == label
      || testLabel(test) == label
  }

  /// A condition's outcome, with the sentence of the test that decides.
  private func outcomeWords(_ id: ConditionID) -> String {
    guard let found = verdict(of: id) else { return "the contract \(verdict.outcome.rawValue)" }
    guard let test = found.tests.first(where: { $0.outcome == found.outcome }) else {
      return found.outcome.rawValue
    }
    return words(test, id)
  }

  private func words(_ test: TestVerdict, _ id: ConditionID) -> String {
    guard ruleset.conditions.indices.contains(id.index) else { return test.outcome.rawValue }
    let sentence = sentences.sentence(for: test, of: ruleset[id], asOf: verdict.asOf).text
    // Most sentences begin with the outcome's own word.
    return sentence.lowercased().hasPrefix(test.outcome.rawValue)
      ? sentence : "\(test.outcome.rawValue). \(sentence)"
  }

  // MARK: Consequences

  private func consequenceDifference(
    _ id: ConditionID, _ verb: Verb, _ amount: Value?
  ) -> Difference? {
    let fired = consequences(of: id)
    let candidates = fired.filter { $0.verb == verb }
    let isFound = amount.map { wanted in candidates.contains { isEqual($0.amount, wanted) } }
    if isFound ?? !candidates.isEmpty { return nil }
    var expected = "\(verb.rawValue) from `\(name(id))`"
    if let amount {
      let type = candidates.first.flatMap { amountType($0.amount) } ?? declaredType(of: id, verb)
      expected =
        "\(verb.rawValue) \(type.map { printer.text(amount, $0) } ?? plain(amount)) from "
        + "`\(name(id))`"
    }
    if fired.isEmpty { return (expected, "no consequence; \(outcomeWords(id))") }
    return (expected, list(candidates.isEmpty ? fired : candidates))
  }

  private func isEqual(_ amount: ConsequenceValue, _ wanted: Value) -> Bool {
    switch amount {
    case .none, .unknown: false
    case .amount(let value, _), .points(let value, _): value == wanted
    case .factor(let factor): wanted == .quantity(factor)
    }
  }

  private func amountType(_ amount: ConsequenceValue) -> ValueType? {
    switch amount {
    case .none, .unknown: nil
    case .amount(_, let type), .points(_, let type): type
    case .factor: .quantity(.one)
    }
  }

  /// The type of the amount that a condition declares for a verb.
  private func declaredType(of id: ConditionID, _ verb: Verb) -> ValueType? {
    guard ruleset.conditions.indices.contains(id.index) else { return nil }
    for consequence in ruleset[id].consequences where consequence.verb == verb {
      switch consequence.amount {
      case .amount(let expression)?, .byPoints(let expression)?: return ruleset[expression].type
      case .byFactor?: return .quantity(.one)
      case nil: continue
      }
    }
    return nil
  }

  private func list(_ consequences: [ConsequenceResult]) -> String {
    consequences.map { consequence in
      let action = [consequence.verb.rawValue, consequence.object].compactMap { $0 }
        .joined(separator: " ")
      switch consequence.amount {
      case .none: return action
      case .amount(let value, let type): return "\(action) \(printer.text(value, type))"
      case .points(let value, let type): return "\(action) by \(printer.text(value, type))"
      case .factor(let factor): return "\(action) by a factor of \(factor)"
      case .unknown(let reasons):
        return
          "\(action) unknown, because \(reasons.reasons.map(\.prose.text).joined(separator: ", "))"
      }
    }.joined(separator: "; ")
  }

  // MARK: Determinations and grounds

  private func determinationDifference(_ position: Int, _ wanted: Value?) -> Difference? {
    let result = verdict.determinations.first { $0.determination == position }
    guard ruleset.determinations.indices.contains(position) else { return nil }
    let declared = ruleset.determinations[position]
    let expected =
      "`\(declared.name)` " + (wanted.map { "= \(printer.text($0, declared.type))" } ?? "unknown")
    guard let result else { return (expected, "the contract \(verdict.outcome.rawValue)") }
    switch (result.value, wanted) {
    case (.known(let value), let wanted?) where value == wanted: return nil
    case (.unknown, nil), (.between, nil): return nil
    case (.known(let value), _): return (expected, printer.text(value, declared.type))
    case (let answer, _):
      let reasons = answer.reasons.reasons.map(\.prose.text).joined(separator: ", ")
      return (expected, "\(printer.text(answer, declared.type)), because \(reasons)")
    }
  }

  /// Everything that is said beside a condition's outcome: reasons, exceptions, remarks, and the
  /// sentences that tell them.
  private func grounds(of id: ConditionID) -> [String] {
    guard let found = verdict(of: id) else { return [] }
    var said: [String] = []
    for test in found.tests {
      said += test.reasons.reasons.map(\.prose.text)
      said += test.reasons.reasons.map(\.code.rawValue)
      for case .exemptBy(let title, let clause) in test.remarks {
        said.append(clause.map { "\(title), under \($0)" } ?? title)
      }
      if ruleset.conditions.indices.contains(id.index) {
        said.append(sentences.sentence(for: test, of: ruleset[id], asOf: verdict.asOf).text)
      }
    }
    return said.enumerated().filter { position, text in !said[..<position].contains(text) }
      .map(\.element)
  }

  private func contains(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    guard part.count <= text.count else { return false }
    return (0...text.count - part.count).contains { start in
      text[start..<start + part.count].elementsEqual(part)
    }
  }

  private func verdict(of id: ConditionID) -> ConditionVerdict? {
    (verdict.conditions + portfolio.conditions).first { $0.condition == id }
  }

  private func consequences(of id: ConditionID) -> [ConsequenceResult] {
    verdict(of: id)?.consequences ?? []
  }

  private func name(_ id: ConditionID) -> String {
    ruleset.conditions.indices.contains(id.index) ? ruleset[id].name : "?"
  }

  /// A value whose type nobody declares, such as the amount of a consequence there is none of.
  private func plain(_ value: Value) -> String {
    if case .quantity(let number) = value { return number.description }
    return printer.text(value, .text)
  }
}

// MARK: - Missions

extension ScenarioExaminer {
  private func board(_ id: MissionID) -> Scoreboard? {
    portfolio.scoreboards.first { $0.mission == id }
  }

  private func missionName(_ id: MissionID) -> String {
    ruleset.missions.indices.contains(id.index) ? ruleset[id].name : "?"
  }

  fileprivate func missionDifference(
    _ id: MissionID, _ label: String?, _ outcome: Outcome
  ) -> Difference? {
    let name = missionName(id)
    guard let board = board(id) else {
      return ("`\(name)` \(outcome.rawValue)", "a mission without indicator or baseline")
    }
    guard let label else {
      if board.outcome == outcome { return nil }
      let sentence = ScoreboardWords(ruleset).sentence(board).text
      return ("`\(name)` \(outcome.rawValue)", "\(board.outcome.rawValue). \(sentence)")
    }
    let expected = "`\(name)` at \(label) \(outcome.rawValue)"
    guard let row = board.rows.first(where: { $0.period.description == label }) else {
      let labels = board.rows.map(\.period.description).joined(separator: ", ")
      return (expected, "no period \(label): there are \(labels.isEmpty ? "none" : labels)")
    }
    if row.outcome == outcome { return nil }
    let words = ScoreboardWords(ruleset)
    return (
      expected,
      "\(row.outcome.rawValue): \(words.cells(row, of: board).joined(separator: ", "))"
    )
  }

  fileprivate func indicatorDifference(
    _ id: MissionID, _ period: Period, _ wanted: Value?
  ) -> Difference? {
    let name = missionName(id)
    let type = board(id)?.type ?? .text
    let expected =
      "`\(name)` at \(period) " + (wanted.map { "= \(printer.text($0, type))" } ?? "unknown")
    guard let row = board(id)?.rows.first(where: { $0.period == period }) else {
      return (expected, "no period \(period) on the scoreboard")
    }
    switch (row.value, wanted) {
    case (.known(let value), let wanted?) where value == wanted: return nil
    case (.unknown, nil), (.between, nil): return nil
    case (.known(let value), _): return (expected, printer.text(value, type))
    case (let answer, _):
      let reasons = answer.reasons.reasons.map(\.prose.text).joined(separator: ", ")
      return (expected, "\(printer.text(answer, type)), because \(reasons)")
    }
  }
}
