// The constructs of conditions and scenarios.

import ProvisoSyntax

extension ConstructUse {
  mutating func condition(_ node: ConditionSyntax) {
    add(node.isPortfolio ? .portfolioCondition : .condition)
    for clause in node.clauses {
      for value in clause.expressions { read(value) }
      switch clause {
      case .serves: add(.serves)
      case .kind: add(.kind)
      case .source: add(.source)
      case .appliesWhen: add(.appliesWhen)
      case .forEach(let node): add(node.filter == nil ? .forEach : .forEachWhere)
      case .tested(let node): tested(node)
      case .requires: add(.requires)
      case .forbids: add(.forbids)
      case .unless: add(.unless)
      case .unlessGroup: add(.unlessGroup)
      case .undetermined: add(.undeterminedWhen)
      case .evidence(let node):
        add(.evidence)
        if node.isBreachWhenLacking { add(.orBreached) }
      case .cure(let node): cure(node)
      case .consequence(let node):
        switch node.trigger {
        case .onBreach: add(.onBreach)
        case .onMet: add(.onMet)
        case .onCure: add(.onCure)
        case .whileInCure: add(.whileInCure)
        case .whilePending: add(.whilePending)
        }
        consequence(node.consequence)
      }
    }
  }

  private mutating func tested(_ node: TestedSyntax) {
    switch node.schedule {
    case .missing: break
    case .on: add(.testedOn)
    case .by: add(.testedBy)
    case .continuously: add(.continuously)
    case .periodic(_, let from, let end):
      add(.periodic)
      if from != nil { add(.scheduleFrom) }
      if end != nil { add(.scheduleEnd) }
    case .every(_, _, let end):
      add(.everyMonths)
      if end != nil { add(.scheduleEnd) }
    }
    switch node.due {
    case .after: add(.dueAfter)
    case .on: add(.dueOn)
    case nil: break
    }
  }

  private mutating func cure(_ node: CureSyntax) {
    if node.payment != nil { add(.cureByPayment) }
    if node.condition != nil { add(.cureWhen) }
    switch node.limit {
    case .missing: break
    case .within: add(.cureWithin)
    case .atAnyTime: add(.cureAnyTime)
    }
    if node.atMost != nil { add(.cureAtMost, .times) }
    if node.isNeverTwiceInARow { add(.neverTwice) }
  }

  private mutating func consequence(_ node: ConsequenceSyntax) {
    switch node.verb {
    case .suspend: add(.suspend)
    case .release: add(.release)
    case .reduce: add(.reduce)
    case .recall: add(.recall)
    case .charge: add(.charge)
    case .pay: add(.pay)
    case .stepUp: add(.stepUp)
    case .stepDown: add(.stepDown)
    case .convert: add(.convert)
    case .refuse: add(.refuse)
    case .publish: add(.publish)
    }
    switch node.change {
    case .by: add(.byAmount)
    case .byFactor: add(.byFactor)
    case .to: add(.changeTo)
    case nil: break
    }
    if node.from != nil { add(.consequenceFrom) }
    switch node.until {
    case .met: add(.untilMet)
    case .date: add(.untilDate)
    case nil: break
    }
    if let frequency = node.frequency {
      add(frequency.isInARow ? .inARow : .whenBreached, .times)
    }
    if node.isInAll { add(.inAll) }
  }

  // MARK: Scenarios

  /// What a scenario says; of the expressions in it only the literals count as used.
  mutating func scenario(_ node: ScenarioSyntax) {
    add(.scenario)
    for clause in node.clauses {
      switch clause {
      case .given(let given):
        add(given.label == nil ? .given : .givenNamed)
        for entry in given.entries { facts(entry) }
      case .asOf: add(.asOf)
      case .knownAt: add(.knownAt)
      case .expect(let expectations, _):
        for expectation in expectations { expected(expectation) }
      }
    }
  }

  private mutating func facts(_ entry: AssignmentSyntax) {
    if entry.path.contains(where: { $0.text == "complete until" }) { add(.completeUntil) }
    fact(entry.value)
  }

  private mutating func fact(_ value: ExpressionSyntax) {
    switch value {
    case .list: add(.listLiteral)
    case .timeline(let node): add(node.kind == .at ? .timelineAt : .timelineFrom)
    case .record(let node):
      add(.recordLiteral)
      for entry in node.entries { facts(entry) }
      return
    case .number, .string, .date, .period, .boolean, .none: read(value)
    default: break
    }
    for child in value.children { fact(child) }
  }

  private mutating func expected(_ node: ExpectationSyntax) {
    switch node {
    case .value(let node):
      if node.contractLabel != nil { add(.expectFor) }
      if node.point != nil { add(.expectAt) }
      if case .name(let name) = node.value, name.text == "unknown" {
        add(.expectUnknown)
      } else {
        add(.expectValue)
      }
    case .outcome(let node):
      switch node.subject {
      case .contract(let label, _): add(label == nil ? .expectContract : .expectContractNamed)
      case .condition: break
      }
      if node.contractLabel != nil { add(.expectFor) }
      if node.point != nil { add(.expectAt) }
      if !node.reasons.isEmpty { add(.expectBecause) }
      if !node.consequences.isEmpty { add(.expectConsequence) }
      switch node.outcome {
      case .met: add(.expectMet)
      case .breached: add(.expectBreached)
      case .undetermined: add(.expectUndetermined)
      case .pending: add(.expectPending)
      case .exempt: add(.expectExempt)
      case .cured: add(.expectCured)
      case .waived: add(.expectWaived)
      case .inCure: add(.expectInCure)
      case .notApplicable: add(.expectNotApplicable)
      case .notGoverned: add(.expectNotGoverned)
      case nil: break
      }
    }
  }
}
