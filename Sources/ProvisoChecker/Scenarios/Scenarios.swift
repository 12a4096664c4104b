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
    var givens: [GivenSyntax] = []
    var asOf: CalendarDate?
    var knownAt: CalendarDate?
    var dates: [String: SourceSpan] = [:]
    var written: [ExpectationSyntax] = []
    for clause in node.clauses {
      switch clause {
      case .given(let facts): givens.append(facts)
      case .asOf(let day, let extent):
        once("as of", extent.span, &dates)
        asOf = constantDay(day, as: "the day a scenario is asked on")
      case .knownAt(let day, let extent):
        once("known at", extent.span, &dates)
        knownAt = constantDay(day, as: "the day of a scenario's knowledge")
      case .expect(let nodes, _): written += nodes
      }
    }
    if dates["as of"] == nil {
      report(
        ScenarioPages.noDay, "this scenario does not say on which day it is asked",
        at: node.title.span, help: ["write `as of 2021-12-31`: nothing is asked without a date"])
    }
    if written.isEmpty {
      report(
        ScenarioPages.noExpectation, "this scenario expects nothing", at: node.title.span,
        help: ["write `expect NAME met`, `expect NAME breached` …"])
    }
    let labels = labels(of: givens)
    let expectations = written.flatMap { self.expectations($0, labels) }
    guard let asOf else { return nil }
    let contracts = (givens.isEmpty ? [nil] : givens.map(Optional.some)).map { given in
      var reader = GivenReader(checking: self)
      return reader.contract(given, title: node.title.text)
    }
    guard let first = contracts.first else { return nil }
    return Scenario(
      title: node.title.text, given: first, others: Array(contracts.dropFirst()), asOf: asOf,
      knownAt: knownAt, expectations: expectations, span: node.span)
  }

  /// The titles of the contracts given; reports where several lack one or share it.
  private func labels(of givens: [GivenSyntax]) -> [String?] {
    guard givens.count > 1 else { return givens.map { $0.label?.text } }
    var seen: [String: SourceSpan] = [:]
    for given in givens {
      guard let label = given.label, !label.isMissing else {
        report(
          ScenarioPages.whichContract, "of several contracts each has a title",
          at: given.span.startPoint, help: ["write `given \"north\" { … }`"])
        continue
      }
      if let earlier = seen[label.text] {
        report(
          ScenarioPages.givenTwice, "two contracts have the title \"\(label.text)\"",
          at: label.span, also: [LabelledSpan(earlier, "the first")])
      }
      seen[label.text] = label.span
    }
    return givens.map { $0.label?.text }
  }

  /// The position of the contract that an expectation is about; nil after a report.
  private func contract(
    _ label: StringSyntax?, among labels: [String?], at span: SourceSpan
  ) -> Int? {
    let named = labels.compactMap { $0 }
    let titles = named.map { "\"\($0)\"" }.joined(separator: ", ")
    let known = named.isEmpty ? [] : ["the contracts are \(titles)"]
    guard let label, !label.isMissing else {
      if labels.count <= 1 { return 0 }
      report(
        ScenarioPages.whichContract, "of which contract is this expected?", at: span,
        help: ["write `for \"\(named.first ?? "…")\"` behind the name"] + known)
      return nil
    }
    if let position = labels.firstIndex(of: label.text) { return position }
    report(
      ScenarioPages.whichContract, "no contract is called \"\(label.text)\"", at: label.span,
      help: suggestion(for: label.text, among: named) + known)
    return nil
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

  private func expectations(
    _ node: ExpectationSyntax, _ labels: [String?]
  ) -> [Expectation] {
    switch node {
    case .outcome(let node): outcome(node, labels)
    case .value(let node): value(node, labels).map { [$0] } ?? []
    }
  }

  private func outcome(
    _ node: OutcomeExpectationSyntax, _ labels: [String?]
  ) -> [Expectation] {
    guard let word = node.outcome, let outcome = Outcome(rawValue: word.rawValue) else {
      hasError = true
      return []
    }
    switch node.subject {
    case .contract(let label, let extent):
      guard let contract = contract(label, among: labels, at: extent.span) else { return [] }
      return [Expectation(subject: .contract(outcome), contract: contract, span: node.span)]
    case .condition(let name):
      if names.value(name.text) == nil, let mission = names.use(mission: name.text) {
        return self.mission(mission, node, outcome)
      }
      return condition(name, node, outcome, labels)
    }
  }

  /// What is expected of a mission: on its path or not, now or for one period.
  private func mission(
    _ id: MissionID, _ node: OutcomeExpectationSyntax, _ outcome: Outcome
  ) -> [Expectation] {
    let possible: [Outcome] = [.met, .breached, .undetermined, .pending, .notApplicable]
    guard possible.contains(outcome) else {
      report(
        ScenarioPages.wrongOutcome, "a mission is never `\(outcome.rawValue)`",
        at: node.outcomeSpan,
        help: ["it is one of \(possible.map { "`\($0.rawValue)`" }.joined(separator: ", "))"])
      return []
    }
    return [
      Expectation(
        subject: .mission(id, test: node.point.map { text(of: $0.span) }, outcome),
        span: node.span)
    ]
  }

  private func condition(
    _ name: NameSyntax, _ node: OutcomeExpectationSyntax, _ outcome: Outcome, _ labels: [String?]
  ) -> [Expectation] {
    guard let id = conditionNamed(name) else { return [] }
    var test = node.point.map { text(of: $0.span) }
    var label = node.contractLabel
    // In a condition `for each`, the title of no contract is the name of a member.
    if let member = label, labels.count <= 1, !labels.contains(member.text), !member.isMissing,
      conditions.count == conditionUses.count, conditions.indices.contains(id.index),
      conditions[id.index].forEach != nil
    {
      test = test.map { "\($0), \(member.text)" } ?? member.text
      label = nil
    }
    if outcome == .notGoverned {
      report(
        ScenarioPages.wrongOutcome, "a condition is never `not governed`", at: node.outcomeSpan,
        help: ["write `expect contract not governed`"])
      return []
    }
    var contract = 0
    if !portfolioConditions.contains(id.index) {
      guard let named = self.contract(label, among: labels, at: name.span) else { return [] }
      contract = named
    }
    var found = [
      Expectation(subject: .condition(id, test: test, outcome), contract: contract, span: node.span)
    ]
    for reason in node.reasons where !reason.isMissing {
      found.append(
        Expectation(subject: .because(id, reason.text), contract: contract, span: reason.span))
    }
    for consequence in node.consequences {
      if let subject = self.consequence(consequence, of: id, name) {
        found.append(Expectation(subject: subject, contract: contract, span: consequence.span))
      }
    }
    return found
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
      // Said where it is declared again, and once is enough.
      if names.isDeclaredTwice(name.text) { return nil }
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
  ) -> Expectation.Subject? {
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
    return .consequence(id, verb, amount: amount)
  }

  private func value(_ node: ValueExpectationSyntax, _ labels: [String?]) -> Expectation? {
    guard !node.name.isMissing else {
      hasError = true
      return nil
    }
    if names.value(node.name.text) == nil, let mission = names.use(mission: node.name.text) {
      return indicator(mission, node)
    }
    guard case .determination(let index) = names.use(node.name.text),
      determinations.indices.contains(index)
    else {
      if names.isDeclaredTwice(node.name.text) { return nil }
      report(
        ScenarioPages.unknownSubject, "no determination is called `\(node.name.text)`",
        at: node.name.span,
        help: suggestion(
          for: node.name.text, among: determinations.map(\.name) + missions.map(\.name))
          + ["a scenario expects values of determinations, and of missions `at` a period"])
      return nil
    }
    guard let contract = contract(node.contractLabel, among: labels, at: node.name.span) else {
      return nil
    }
    let type = determinations[index].type
    guard let value = expected(node.value, type, determinations[index].span) else { return nil }
    return Expectation(
      subject: .determination(index, value.value), contract: contract, span: node.span)
  }

  /// `unknown`, or a value of a type; nil after a report.
  private func expected(
    _ node: ExpressionSyntax, _ type: ValueType, _ declaredAt: SourceSpan
  ) -> (value: Value?, isRead: Bool)? {
    if case .name(let name) = node.unparenthesized, name.text == "unknown" { return (nil, true) }
    guard let value = constant(node, type, as: "the value expected", declaredAt: declaredAt) else {
      return nil
    }
    return (value, true)
  }

  /// `expect net_zero at 2021 = 900 tCO2e`: the value of a mission's indicator for a period.
  private func indicator(_ id: MissionID, _ node: ValueExpectationSyntax) -> Expectation? {
    guard missions.indices.contains(id.index) else { return nil }
    let mission = missions[id.index]
    guard let indicator = mission.indicator, let baseline = mission.baseline else {
      report(
        ScenarioPages.unknownSubject, "the mission `\(mission.name)` has nothing to measure",
        at: node.name.span, help: ["it needs an `indicator` and a `baseline`"])
      return nil
    }
    guard let point = node.point else {
      report(
        ScenarioPages.unknownSubject, "the mission `\(mission.name)` has a value for each period",
        at: node.name.span, help: ["write `\(mission.name) at \(baseline) = …`"])
      return nil
    }
    guard
      case .period(let period) = constant(
        point, .period(baseline.length), as: "the period of a value expected"),
      let value = expected(node.value, type(of: indicator), mission.span)
    else { return nil }
    return Expectation(subject: .indicator(id, period, value.value), span: node.span)
  }
}
