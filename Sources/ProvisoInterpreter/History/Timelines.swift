// Timelines: a condition asked about on every day on which something can have changed.

package import ProvisoModel
package import ProvisoQuantities

extension Evaluator {
  /// The timeline of a condition; nil for a portfolio condition, and where the ruleset does not
  /// govern the contract.
  ///
  /// Each day is asked about with what was known on it, the last with what was known on K: so a
  /// restatement shows as the day on which it was entered.
  package func timeline(
    of condition: ConditionID, _ contract: Contract, asOf: CalendarDate, knownAt: CalendarDate
  ) -> ConditionTimeline? {
    let whole = evaluate(contract, asOf: asOf, knownAt: knownAt, tracing: .verdictsOnly)
    guard let verdict = whole.conditions.first(where: { $0.condition == condition }) else {
      return nil
    }
    var days = TimelineDays(self, condition, contract, asOf: asOf)
    days.add(testsOf: whole.conditions)
    let (asked, isSampled) = days.days(from: verdict.tests.compactMap(\.testDate).min() ?? asOf)
    var developments = verdict.tests.map { _ in [Development]() }
    for day in asked {
      let known = day == asOf ? knownAt : min(day, knownAt)
      let then = evaluate(
        condition: condition, of: contract, asOf: day, knownAt: known, tracing: .verdictsOnly)
      guard let then else { continue }
      for (position, test) in verdict.tests.enumerated() {
        if let tested = test.testDate, tested > day { continue }
        guard let same = find(test, position, in: then.tests, of: condition) else { continue }
        let last = developments[position].last
        if last?.outcome == same.outcome && last?.beneath == same.beneath { continue }
        developments[position].append(
          Development(on: day, outcome: same.outcome, beneath: same.beneath))
      }
    }
    let entries = zip(verdict.tests, developments).map { test, developments in
      TimelineEntry(
        test: test,
        developments: developments.isEmpty
          ? [Development(on: asOf, outcome: test.outcome, beneath: test.beneath)] : developments,
        evidence: evidence(for: test, of: condition, contract, knownAt: knownAt))
    }
    return ConditionTimeline(condition: condition, entries: entries, isSampled: isSampled)
  }

  /// The same test in the verdict of another day: by period, member and date. The only test of
  /// `tested by` moves with the day, so there its place is enough.
  private func find(
    _ test: TestVerdict, _ position: Int, in tests: [TestVerdict], of condition: ConditionID
  ) -> TestVerdict? {
    let declared = ruleset[condition]
    if case .by = declared.schedule {
      return declared.forEach == nil
        ? tests.first : tests.first { $0.member == test.member }
    }
    return tests.first {
      $0.period == test.period && $0.member == test.member && $0.testDate == test.testDate
    }
  }

  // MARK: Evidence

  /// The items of the kinds asked for that cover the test, received in this order.
  private func evidence(
    for test: TestVerdict, of condition: ConditionID, _ contract: Contract, knownAt: CalendarDate
  ) -> [EvidenceReceipt] {
    var receipts: [EvidenceReceipt] = []
    for requirement in ruleset[condition].evidence {
      for item in contract.evidence where item.kind == requirement.kind {
        guard item.recorded.map({ $0 <= knownAt }) ?? true,
          item.received.map({ $0 <= knownAt }) ?? true, covers(item, test)
        else { continue }
        var late = 0
        if let due = test.dueDate, let received = item.received { late = due.days(to: received) }
        receipts.append(
          EvidenceReceipt(
            item: item, daysLate: late > 0 ? late : nil,
            isSufficient: requirement.level.map { item.level >= $0 } ?? true))
      }
    }
    return receipts.enumerated().sorted { first, second in
      let firstDay = first.element.item.received ?? .first
      let secondDay = second.element.item.received ?? .first
      return firstDay != secondDay ? firstDay < secondDay : first.offset < second.offset
    }.map(\.element)
  }

  private func covers(_ item: EvidenceItem, _ test: TestVerdict) -> Bool {
    if let period = test.period { return item.covers?.contains(period) ?? false }
    guard let date = test.testDate else { return false }
    return item.covers?.contains(date) ?? true
  }
}

/// The days on which a condition is asked about.
private struct TimelineDays {
  private let asOf: CalendarDate
  /// Whether the condition may turn on a day on which no fact changes: it asks about the day.
  private let isDaily: Bool
  private var days: Set<CalendarDate> = []

  /// The most days that are looked at one by one: 55 years.
  private static let dayLimit = 20_000

  init(
    _ evaluator: Evaluator, _ condition: ConditionID, _ contract: Contract, asOf: CalendarDate
  ) {
    self.asOf = asOf
    isDaily = evaluator.prepared.conditionNeeds[condition.index].contains {
      evaluator.ruleset.asksAboutTheDay($0)
    }
    var evaluation = Evaluation(
      evaluator.prepared, contract, asOf: asOf, knownAt: asOf, tracing: .verdictsOnly)
    days = Set(evaluation.changeDays())
    for change in KnowledgeWindow(contract, after: nil, upTo: nil).days { days.insert(change) }
    for item in contract.evidence { add(item.received) }
    for waiver in contract.waivers { add(waiver.granted) }
    for assessment in contract.assessments { add(assessment.on) }
    days.insert(asOf)
  }

  private mutating func add(_ day: CalendarDate?) { if let day { days.insert(day) } }

  /// The days of tests themselves, of their due dates and cures.
  mutating func add(testsOf conditions: [ConditionVerdict]) {
    for test in conditions.flatMap(\.tests) {
      add(test.testDate)
      for day in [test.dueDate, test.lastCureDay, test.finalDay] {
        add(day)
        add(day?.adding(days: 1))
      }
      for case .curedOn(let day) in test.remarks { add(day) }
    }
  }

  /// The days to ask about, and whether there were too many to look at each.
  func days(from first: CalendarDate) -> ([CalendarDate], isSampled: Bool) {
    let start = min(first, asOf)
    let count = start.days(to: asOf)
    if isDaily, count < Self.dayLimit {
      return ((0...max(0, count)).compactMap { start.adding(days: $0) }, false)
    }
    return (days.filter { $0 >= start && $0 <= asOf }.sorted(), isDaily)
  }
}

extension CheckedRuleset {
  /// Whether a condition may come out otherwise from one day to the next although no fact changes:
  /// it mentions the as-of date, the day tried, or a deadline that may pass.
  fileprivate func asksAboutTheDay(_ condition: ConditionID) -> Bool {
    var seen = [Bool](repeating: false, count: expressions.count)
    var pending: [ExpressionID] = []
    self[condition].forEachRoot { pending.append($0) }
    while let id = pending.popLast() {
      guard !seen[id.index] else { continue }
      seen[id.index] = true
      let kind = self[id].kind
      switch kind {
      case .asOf, .testDate, .happenedBy: return true
      case .call(let define, _): self[define].forEachRoot { pending.append($0) }
      default: break
      }
      kind.forEachOperand { pending.append($0) }
    }
    return false
  }
}
