// Scenarios: dates and facts of a worked case, and what is expected of it.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  func checkScenarios() {
    var titles: [String: SourceSpan] = [:]
    for case .scenario(let node) in declarations {
      if let earlier = titles[node.title.text], !node.title.isMissing {
        report(
          NamePages.declaredTwice, "two scenarios have the title \"\(node.title.text)\"",
          at: node.title.span, also: [LabelledSpan(earlier, "the first")],
          help: ["a report names scenarios by their titles: give each its own"])
      }
      titles[node.title.text] = titles[node.title.text] ?? node.title.span
      if let scenario = scenario(node) { scenarios.append(scenario) } else { hasError = true }
    }
  }

  private func scenario(_ node: ScenarioSyntax) -> Scenario? {
    var given: GivenSyntax?
    var asOf: CalendarDate?
    var knownAt: CalendarDate?
    var dates: [String: SourceSpan] = [:]
    var expectations: [Expectation] = []
    var hasExpectation = false
    for clause in node.clauses {
      switch clause {
      case .given(let facts):
        if let earlier = given {
          report(
            ScenarioPages.severalContracts, "a scenario has the facts of one contract",
            at: facts.span.startPoint, also: [LabelledSpan(earlier.span.startPoint, "the first")],
            help: ["join the two, or write a second scenario"])
          continue
        }
        given = facts
      case .asOf(let day, let extent):
        once("as of", extent.span, &dates)
        asOf = constantDay(day, as: "the day a scenario is asked on")
      case .knownAt(let day, let extent):
        once("known at", extent.span, &dates)
        knownAt = constantDay(day, as: "the day of a scenario's knowledge")
      case .expect(let nodes, _):
        hasExpectation = hasExpectation || !nodes.isEmpty
        for node in nodes { expectations += self.expectations(node) }
      }
    }
    if dates["as of"] == nil {
      report(
        ScenarioPages.noDay, "this scenario does not say on which day it is asked",
        at: node.title.span, help: ["write `as of 2021-12-31`: nothing is asked without a date"])
    }
    if !hasExpectation {
      report(
        ScenarioPages.noExpectation, "this scenario expects nothing", at: node.title.span,
        help: ["write `expect NAME met`, `expect NAME breached` …"])
    }
    guard let asOf else { return nil }
    var reader = GivenReader(checking: self)
    let contract = reader.contract(given, title: node.title.text)
    return Scenario(
      title: node.title.text, given: contract, asOf: asOf, knownAt: knownAt,
      expectations: expectations, span: node.span)
  }

  private func once(_ word: String, _ span: SourceSpan, _ seen: inout [String: SourceSpan]) {
    if let earlier = seen[word] {
      report(
        NamePages.entryTwice, "`\(word)` is given twice", at: span,
        also: [LabelledSpan(earlier, "first given here")], help: ["keep one of the two"])
    }
    seen[word] = seen[word] ?? span
  }

  // MARK: - Expectations

  private func expectations(_ node: ExpectationSyntax) -> [Expectation] {
    switch node {
    case .outcome(let node): outcome(node)
    case .value(let node): value(node).map { [$0] } ?? []
    }
  }

  private func outcome(_ node: OutcomeExpectationSyntax) -> [Expectation] {
    guard let word = node.outcome, let outcome = Outcome(rawValue: word.rawValue) else {
      hasError = true
      return []
    }
    switch node.subject {
    case .contract:
      return [Expectation(subject: .contract(outcome), span: node.span)]
    case .condition(let name):
      guard let id = conditionNamed(name) else { return [] }
      let test = node.point.map { text(of: $0.span) }
      if outcome == .notGoverned {
        report(
          ScenarioPages.wrongOutcome, "a condition is never `not governed`", at: node.outcomeSpan,
          help: ["write `expect contract not governed`"])
        return []
      }
      var found = [
        Expectation(subject: .condition(id, test: test, outcome), span: node.span)
      ]
      for reason in node.reasons where !reason.isMissing {
        found.append(Expectation(subject: .because(id, reason.text), span: reason.span))
      }
      for consequence in node.consequences {
        if let expectation = self.consequence(consequence, of: id, name) {
          found.append(expectation)
        }
      }
      return found
    }
  }

  private func conditionNamed(_ name: NameSyntax) -> ConditionID? {
    guard !name.isMissing else {
      hasError = true
      return nil
    }
    guard let entity = names.use(name.text) else {
      report(
        ScenarioPages.unknownSubject, "nothing called `\(name.text)` has an outcome",
        at: name.span,
        help: suggestion(
          for: name.text,
          among: names.values.compactMap {
            if case .condition = $0.subject { $0.name } else { nil }
          }))
      return nil
    }
    guard case .condition(let id) = entity else {
      report(
        ScenarioPages.unknownSubject, "`\(name.text)` is a \(entity.noun) and has no outcome",
        at: name.span,
        help: ["only conditions and the contract have outcomes; a determination has a value"])
      return nil
    }
    return id
  }

  private func consequence(
    _ node: ConsequenceSyntax, of id: ConditionID, _ name: NameSyntax
  ) -> Expectation? {
    let verb = Verb(node.verb)
    guard conditions.count == conditionUses.count, conditions.indices.contains(id.index) else {
      return nil
    }
    let condition = conditions[id.index]
    let same = condition.consequences.filter { $0.verb == verb }
    guard let first = same.first else {
      let verbs = condition.consequences.map { "`\($0.verb.rawValue)`" }
      report(
        ScenarioPages.noSuchConsequence,
        "`\(name.text)` has no consequence that says `\(verb.rawValue)`", at: node.verbExtent.span,
        also: [LabelledSpan(condition.nameSpan, "declared here")],
        help: verbs.isEmpty
          ? ["it has no consequences"]
          : ["it has \(verbs.joined(separator: ", "))"])
      return nil
    }
    let type: ValueType?
    switch first.amount {
    case .amount(let amount), .byPoints(let amount): type = self.type(of: amount)
    case .byFactor: type = .quantity(.one)
    case nil: type = nil
    }
    let written: ExpressionSyntax?
    switch node.change {
    case .by(let amount), .byFactor(let amount): written = amount
    case .to, nil: written = first.amount == nil ? nil : node.object
    }
    var amount: Value?
    if let type, let written, !written.isMissing {
      guard let value = constant(written, type, as: "the amount expected") else { return nil }
      amount = value
    }
    return Expectation(subject: .consequence(id, verb, amount: amount), span: node.span)
  }

  private func value(_ node: ValueExpectationSyntax) -> Expectation? {
    guard !node.name.isMissing else {
      hasError = true
      return nil
    }
    guard case .determination(let index) = names.use(node.name.text),
      determinations.indices.contains(index)
    else {
      report(
        ScenarioPages.unknownSubject, "no determination is called `\(node.name.text)`",
        at: node.name.span,
        help: suggestion(for: node.name.text, among: determinations.map(\.name))
          + ["a scenario expects values of determinations"])
      return nil
    }
    if case .name(let name) = node.value.unparenthesized, name.text == "unknown" {
      return Expectation(subject: .determination(index, nil), span: node.span)
    }
    guard
      let value = constant(
        node.value, determinations[index].type, as: "the value expected",
        declaredAt: determinations[index].span)
    else { return nil }
    return Expectation(subject: .determination(index, value), span: node.span)
  }
}
