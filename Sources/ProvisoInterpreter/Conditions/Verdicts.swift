// From tests to verdicts: of a condition, of a contract.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// The verdict on the contract.
  mutating func contractVerdict() -> ContractVerdict {
    let coverage = governed()
    if case .notGoverned = coverage { return contractVerdict(.notGoverned, [], []) }
    let verdicts = conditionVerdicts(
      prepared.conditionOrder, undeterminedFor: coverage.reasons)
    let determinations = prepared.determinations.indices.map { determine($0) }
    // Without a condition that could say so, the contract itself does.
    let outcome = coverage.reasons.isEmpty ? outcome(of: verdicts) : .undetermined
    let conservations = conservations(verdicts, determinations)
    return contractVerdict(
      outcome, verdicts,
      conservations.applied(to: determinations, of: prepared.conservations), conservations)
  }

  /// The verdict on one condition; nil where there is none for a single contract.
  mutating func verdict(of id: ConditionID) -> ConditionVerdict? {
    let coverage = governed()
    if case .notGoverned = coverage { return nil }
    let verdicts = conditionVerdicts(
      prepared.conditionNeeds[id.index], undeterminedFor: coverage.reasons)
    return verdicts.first { $0.condition == id }
  }

  /// Conditions that are asked about are decided before those that ask; the answer is in
  /// declaration order.
  private mutating func conditionVerdicts(
    _ order: [ConditionID], undeterminedFor reasons: ReasonSet
  ) -> [ConditionVerdict] {
    let conditions = prepared.conditions
    outcomes = Array(repeating: nil, count: conditions.count)
    var verdicts: [ConditionVerdict] = []
    verdicts.reserveCapacity(order.count)
    var isInOrder = true
    for id in order where !conditions[id.index].isPortfolio {
      let verdict = conditionVerdict(id, conditions[id.index], undeterminedFor: reasons)
      outcomes[id.index] = verdict.outcome
      if let last = verdicts.last?.condition, last.index > id.index { isInOrder = false }
      verdicts.append(verdict)
    }
    if !isInOrder { verdicts.sort { $0.condition.index < $1.condition.index } }
    return verdicts
  }

  private func contractVerdict(
    _ outcome: Outcome, _ conditions: [ConditionVerdict], _ determinations: [DeterminationResult],
    _ conservations: [ConservationResult] = []
  ) -> ContractVerdict {
    let record = RecordKeeping(of: contract, knownAt: knownAt)
    return ContractVerdict(
      contractID: contract.id, asOf: asOf, knownAt: knownAt, outcome: outcome,
      conditions: conditions, determinations: determinations,
      recallTotals: recallTotals(of: conditions), conservations: conservations,
      laterFactCount: record.laterCount, undatedFactCount: record.undatedCount)
  }

  /// The first of breached, undetermined, in cure, pending and met that a condition has.
  private func outcome(of verdicts: [ConditionVerdict]) -> Outcome {
    for outcome in [Outcome.breached, .undetermined, .inCure, .pending]
    where verdicts.contains(where: { $0.outcome == outcome }) { return outcome }
    return verdicts.contains { $0.outcome.countsAsMet } ? .met : .notApplicable
  }

  // MARK: One condition

  /// A condition's outcome is its worst test; with no tests at all it is met.
  mutating func conditionVerdict(
    _ id: ConditionID, _ condition: PreparedCondition, undeterminedFor reasons: ReasonSet
  ) -> ConditionVerdict {
    slots.removeAll(keepingCapacity: true)
    var planned = plannedTests(of: condition)
    if planned.count > 1 { planned = inDateOrder(planned) }
    var tests: [DecidedTest] = []
    tests.reserveCapacity(planned.count)
    var earlier = EarlierTests()
    for plan in planned {
      if let forEach = condition.forEach, let member = plan.member {
        bind(forEach.binding.slot, member.term)
      }
      // Decided where it stands: a test carries too much to be copied.
      let last = tests.count
      tests.append(begin(plan, of: condition))
      decide(&tests[last], of: condition, after: earlier)
      if !reasons.isEmpty {
        tests[last].outcome = .undetermined
        tests[last].reasons = reasons
        tests[last].remarks = []
      } else {
        waive(&tests[last], of: condition)
      }
      earlier.add(tests[last].outcome)
    }
    var verdicts: [TestVerdict] = []
    verdicts.reserveCapacity(tests.count)
    var worst: Outcome?
    let decided = tests.span
    for index in decided.indices {
      verdicts.append(verdict(on: decided[index]))
      let outcome = decided[index].outcome
      if worst.map({ outcome.severity < $0.severity }) ?? true { worst = outcome }
    }
    let consequences =
      condition.consequences.isEmpty || !reasons.isEmpty
      ? [] : consequences(of: condition, after: tests)
    return ConditionVerdict(
      condition: id, outcome: worst ?? .met, tests: verdicts,
      consequences: consequences)
  }

  /// By test date; tests without one come last, and members keep their order.
  private func inDateOrder(_ tests: [PlannedTest]) -> [PlannedTest] {
    let latest = CalendarDate.last
    return tests.enumerated().sorted { first, second in
      let firstDate = first.element.testDay.date ?? latest
      let secondDate = second.element.testDay.date ?? latest
      if firstDate != secondDate { return firstDate < secondDate }
      return first.offset < second.offset
    }.map(\.element)
  }

  private func verdict(on test: DecidedTest) -> TestVerdict {
    TestVerdict(
      period: test.planned.period, member: test.planned.memberName,
      memberTitle: test.planned.memberTitle, testDate: test.planned.testDay.date,
      dueDate: test.due.date, outcome: test.outcome,
      beneath: test.beneath, reasons: test.reasons, remarks: test.remarks,
      requests: requests(for: test.reasons), lastCureDay: test.lastCureDay,
      finalDay: finalDay(of: test), payment: test.payment, derivation: test.derivation)
  }

  /// The day on which an outcome became final; nil while it is open or may still be cured.
  private func finalDay(of test: DecidedTest) -> CalendarDate? {
    switch test.beneath ?? test.outcome {
    case .undetermined, .pending, .inCure, .notGoverned, .waived: return nil
    case .breached where test.remarks.contains(.curableAtAnyTime): return nil
    case .breached, .cured: return test.finalDay
    case .met, .exempt, .notApplicable:
      guard let due = test.due.date, due <= asOf else { return nil }
      return due
    }
  }

  // MARK: Waivers

  /// Lays a waiver over an open or broken test: granted by A, recorded by K, not expired at D.
  private func waive(_ test: inout DecidedTest, of condition: PreparedCondition) {
    guard !contract.waivers.isEmpty else { return }
    guard [.undetermined, .inCure, .breached].contains(test.outcome), let due = test.due.date else {
      return
    }
    // Row 1: a test whose own date is unknown cannot be said to be due.
    guard test.planned.testDay.reasons.isEmpty else { return }
    for waiver in contract.waivers where waiver.condition == condition.name {
      guard waiver.granted <= asOf, waiver.recorded.map({ $0 <= knownAt }) ?? true,
        waiver.expires.map({ due <= $0 }) ?? true, covers(waiver, test)
      else { continue }
      test.beneath = test.outcome
      test.outcome = .waived
      test.remarks.append(.waivedBy(by: waiver.by, granted: waiver.granted, why: waiver.why))
      return
    }
  }

  private func covers(_ waiver: Waiver, _ test: DecidedTest) -> Bool {
    guard !waiver.tests.isEmpty else { return true }
    let names = [
      test.planned.period.map { "\($0)" }, test.planned.testDay.date.map { "\($0)" },
      test.planned.memberName,
    ].compactMap { $0 }
    return waiver.tests.contains { names.contains($0) }
  }

  // MARK: Coverage

  /// Whether the ruleset is for the contract.
  mutating func governed() -> Coverage {
    guard let governs = prepared.governs else { return .governed(on: nil) }
    frame = Frame(testDate: asOf, day: asOf, period: nil, scope: "governs")
    let found = quietly { $0.scalar(governs.date) }
    guard case .date(let date) = found.value else {
      let unknown = Reason(.governsUnknown, subject: "governs")
      return .unknown(ReasonSet(unknown).union(found.reasons))
    }
    if let from = governs.from, date < from { return .notGoverned(on: date) }
    if let until = governs.until, date >= until { return .notGoverned(on: date) }
    return .governed(on: date)
  }
}
