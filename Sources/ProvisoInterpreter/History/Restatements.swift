// Which restatement makes the difference: the same question with two states of knowledge.

package import ProvisoModel
package import ProvisoQuantities

extension Evaluator {
  /// What makes a difference between two days of knowledge, all asked as of one day.
  ///
  /// - Parameters:
  ///   - later: Nil: with everything that the file has.
  ///   - isLaterAsked: Whether the verdict that is explained is the later one.
  /// - Returns: Nil where nothing was recorded in between.
  package func comparison(
    of contract: Contract, asOf: CalendarDate, earlier: CalendarDate, later: CalendarDate?,
    isLaterAsked: Bool
  ) -> KnowledgeComparison? {
    let window = KnowledgeWindow(contract, of: ruleset, after: earlier, upTo: later)
    guard let last = later ?? window.days.last, !window.changes.isEmpty else { return nil }
    let search = RestatementSearch(
      evaluator: self, window: window, asOf: asOf, later: last, count: window.changes.count)
    let before = evaluate(contract, asOf: asOf, knownAt: earlier, tracing: .verdictsOnly)
    let after = evaluate(contract, asOf: asOf, knownAt: last, tracing: .verdictsOnly)
    var differences: [KnowledgeDifference] = []
    for condition in after.conditions {
      let old = before.conditions.first { $0.condition == condition.condition }
      differences += search.differences(from: old, to: condition)
    }
    for (old, new) in zip(before.determinations, after.determinations)
    where old.value != new.value {
      let changes = search.fewest { contract in
        let verdict = evaluate(contract, asOf: asOf, knownAt: last, tracing: .verdictsOnly)
        return verdict.determinations.first { $0.determination == new.determination }?.value
          == new.value
      }
      differences.append(
        KnowledgeDifference(
          subject: .determination(new.determination, before: old.value, after: new.value),
          changes: changes))
    }
    return KnowledgeComparison(
      earlier: earlier, later: last, isLaterAsked: isLaterAsked,
      changeCount: window.changes.count, differences: differences)
  }
}

/// The search for the fewest changes that make a difference.
private struct RestatementSearch {
  let evaluator: Evaluator
  let window: KnowledgeWindow
  let asOf: CalendarDate
  let later: CalendarDate
  let count: Int

  /// The most evaluations for one difference.
  private static let trialLimit = 2_000

  /// The tests of a condition that come out otherwise.
  func differences(
    from old: ConditionVerdict?, to new: ConditionVerdict
  ) -> [KnowledgeDifference] {
    var found: [KnowledgeDifference] = []
    let oldTests = old?.tests ?? []
    for test in new.tests {
      let same = oldTests.first { $0.isSame(as: test) }
      if same?.outcome == test.outcome { continue }
      found.append(difference(new.condition, test, before: same?.outcome, after: test.outcome))
    }
    for test in oldTests where !new.tests.contains(where: { $0.isSame(as: test) }) {
      found.append(difference(new.condition, test, before: test.outcome, after: nil))
    }
    return found
  }

  private func difference(
    _ condition: ConditionID, _ test: TestVerdict, before: Outcome?, after: Outcome?
  ) -> KnowledgeDifference {
    let changes = fewest { contract in
      let verdict = evaluator.evaluate(
        condition: condition, of: contract, asOf: asOf, knownAt: later, tracing: .verdictsOnly)
      return verdict?.tests.first { $0.isSame(as: test) }?.outcome == after
    }
    return KnowledgeDifference(
      subject: .test(condition, label: test.label, before: before, after: after),
      changes: changes)
  }

  /// Leaves out change after change, in halves first, as long as the difference is still made;
  /// the latest are tried first, so that of two that would do the earlier is named.
  func fewest(_ isMade: (Contract) -> Bool) -> [RecordedChange] {
    var kept = Array(0..<count)
    var trials = 0
    var size = max(1, count / 2)
    while true {
      var end = kept.count
      while end > 0, trials < Self.trialLimit {
        let start = max(0, end - size)
        var fewer = kept
        fewer.removeSubrange(start..<end)
        trials += 1
        if isMade(window.contract(keeping: Set(fewer))) { kept = fewer }
        end = start
      }
      if size == 1 || trials >= Self.trialLimit { break }
      size /= 2
    }
    return kept.map { window.changes[$0] }
  }
}

extension TestVerdict {
  /// Whether it is the same test in the verdict of another state of knowledge.
  fileprivate func isSame(as other: TestVerdict) -> Bool {
    period == other.period && member == other.member && testDate == other.testDate
  }

  /// How the test is called: by its period, its member or its day.
  fileprivate var label: String? {
    let names = [period.map { "\($0)" }, member].compactMap { $0 }
    return names.isEmpty ? testDate.map { "\($0)" } : names.joined(separator: ", ")
  }
}
