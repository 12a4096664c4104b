// What would change a breach: candidates from the comparisons that decide, each tried before it
// is reported.

package import ProvisoModel
package import ProvisoQuantities

extension Evaluator {
  /// The nearest values of single facts that would meet what a breached test asks for, all else
  /// held. Empty for a test that is not breached.
  ///
  /// Every remedy was tried: the test was decided again with the fact replaced. They come in the
  /// order in which the requirement reads the facts.
  package func remedies(
    for condition: ConditionID, test: Int, of contract: Contract, asOf: CalendarDate,
    knownAt: CalendarDate
  ) -> [Remedy] {
    guard
      let verdict = evaluate(
        condition: condition, of: contract, asOf: asOf, knownAt: knownAt,
        tracing: .withDerivations),
      verdict.tests.indices.contains(test), verdict.tests[test].outcome == .breached,
      let derivation = verdict.tests[test].derivation
    else { return [] }
    var search = RemedySearch(
      evaluator: self, condition: condition, test: verdict.tests[test], position: test,
      contract: contract, asOf: asOf, knownAt: knownAt)
    search.look(at: derivation)
    return search.remedies
  }
}

/// One search for remedies.
struct RemedySearch {
  let evaluator: Evaluator
  let condition: ConditionID
  let test: TestVerdict
  let position: Int
  let contract: Contract
  let asOf: CalendarDate
  let knownAt: CalendarDate
  private(set) var remedies: [Remedy] = []
  private var trialCount = 0
  /// What the last trial came to.
  private var lastOutcome = Outcome.undetermined

  /// The most values tried for one test; a wide contract has more facts than anybody reads.
  private static var trialLimit: Int { 600 }

  init(
    evaluator: Evaluator, condition: ConditionID, test: TestVerdict, position: Int,
    contract: Contract, asOf: CalendarDate, knownAt: CalendarDate
  ) {
    self.evaluator = evaluator
    self.condition = condition
    self.test = test
    self.position = position
    self.contract = contract
    self.asOf = asOf
    self.knownAt = knownAt
  }

  /// Walks the statements of a test and tries what each of them suggests.
  mutating func look(at step: Derivation) {
    switch step.operation {
    case .compare:
      guard step.children.count == 2 else { break }
      compare(step.children[0], step.children[1], within: step)
      return
    case .happenedBy where step.children.count == 2:
      compareDates(step.children[0], step.children[1])
      return
    case .listed(let list, let dating, let spell):
      listed(step, list, dating, spell)
      return
    case .memberOf:
      membership(step)
      return
    case .fact:
      if let fact = step.readFacts.first, case .boolean(let value) = fact.value {
        propose(fact, .exactly, .boolean(!value))
      }
      return
    case .clause("cure"), .clause("payment"): return
    default: break
    }
    for child in step.children { look(at: child) }
  }

  // MARK: Trying

  /// Reports a remedy if the test is met with it: of those of one fact on one side, the nearest.
  @discardableResult
  mutating func propose(
    _ fact: ReadFact, _ relation: RemedyRelation, _ bound: Value, trying value: Value? = nil
  ) -> Bool {
    guard isMet(with: value ?? bound, for: fact) else { return false }
    let remedy = Remedy(
      path: fact.origin.path, type: fact.type, relation: relation, value: bound,
      makesInapplicable: lastOutcome == .notApplicable)
    if let rival = remedies.firstIndex(where: { $0.path == remedy.path && $0.side == remedy.side })
    {
      if isNearer(bound, than: remedies[rival].value, to: fact.value) { remedies[rival] = remedy }
    } else {
      remedies.append(remedy)
    }
    return true
  }

  private func isNearer(_ bound: Value, than rival: Value, to current: Value) -> Bool {
    guard let bound = distance(bound, current), let rival = distance(rival, current) else {
      return false
    }
    return bound < rival
  }

  private func distance(_ value: Value, _ current: Value) -> Fraction? {
    switch (value, current) {
    case (.quantity(let one), .quantity(let other)), (.money(let one, _), .money(let other, _)):
      (try? one - other)?.magnitude
    case (.date(let one), .date(let other)): Fraction(one.days(to: other)).magnitude
    default: nil
    }
  }

  /// Whether the test is met with another value of one fact. A figure may also be such that the
  /// condition does not apply: all is redeemed. Of words and days that would say too much: any
  /// other country, any earlier contract.
  mutating func isMet(with value: Value, for fact: ReadFact) -> Bool {
    guard trialCount < Self.trialLimit else { return false }
    trialCount += 1
    guard
      let changed = contract.replacing(fact.origin, with: value, in: evaluator.ruleset),
      let verdict = evaluator.evaluate(
        condition: condition, of: changed, asOf: asOf, knownAt: knownAt, tracing: .verdictsOnly)
    else { return false }
    lastOutcome = outcome(in: verdict)
    switch (lastOutcome, value) {
    case (.notApplicable, .quantity), (.notApplicable, .money): return true
    default: return lastOutcome.countsAsMet
    }
  }

  /// The same test in another verdict. The runs of `tested continuously` come and go with the
  /// facts, so there the whole condition must be met.
  private func outcome(in verdict: ConditionVerdict) -> Outcome {
    if case .continuously = evaluator.ruleset[condition].schedule { return verdict.outcome }
    let same = verdict.tests.first { candidate in
      candidate.period == test.period && candidate.member == test.member
        && (test.period != nil || test.member == nil || candidate.testDate == test.testDate)
    }
    if test.period == nil && test.member == nil {
      return verdict.tests.indices.contains(position)
        ? verdict.tests[position].outcome : .undetermined
    }
    return same?.outcome ?? .undetermined
  }
}

extension Remedy {
  /// Remedies of one fact on one side are rivals: the nearest is reported.
  fileprivate var side: Int {
    switch relation {
    case .atMost, .under: -1
    case .atLeast, .over: 1
    case .exactly, .otherThan: 0
    }
  }
}
