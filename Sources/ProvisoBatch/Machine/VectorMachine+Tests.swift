// Conditions with several tests: one for each member of a list, and what they come to together.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// The worst outcome that a condition's tests have in each row; without a test it is met.
  mutating func fill(
    _ masks: OutcomeMasks, _ condition: Int, _ tests: [BoundTest], _ parts: [TestMasks],
    _ chunk: borrowing ColumnChunk
  ) {
    for place in 0..<BitMask.wordCount(rowCount) {
      var found = TestOutcomes()
      for (part, test) in zip(parts, tests) {
        gather(part.outcomes, test, place, chunk, into: &found)
      }
      let full = fullWord(rowCount - place * 64)
      // What became of breaches that may be cured, the interpreter says, one after the other.
      let isCurable = tests.contains(where: \.isCurable)
      let curable = isCurable ? found.breached & coverage.covered[place] : 0
      masks.doubt[place] =
        (doubt(condition, place, chunk) | coverage.irregular[place] | curable) & full
      masks.set(place, found, coverage, full)
    }
  }

  /// The outcomes of one of several tests: of each row, or of each member of its list.
  func fill(_ part: TestMasks, _ test: BoundTest) {
    let count = self.count(test.list)
    let later = test.testDay.map { days(after: $0, part.days.test, count) }
    let due = test.dueDay.map { days(after: $0, part.days.due, count) } ?? later
    for place in 0..<BitMask.wordCount(count) {
      var all = fullWord(count - place * 64)
      var doubtful: UInt64 = 0
      if let selection = test.selection {
        all &= ~no(selection, place)
        doubtful = ~yes(selection, place)
      }
      decide(part.outcomes, test, later, due, place, among: all, undetermined: doubtful)
    }
  }

  /// Which outcomes the tests of up to 64 rows have.
  private func gather(
    _ part: OutcomeMasks, _ test: BoundTest, _ place: Int, _ chunk: borrowing ColumnChunk,
    into found: inout TestOutcomes
  ) {
    guard let list = test.list else {
      found.breached |= part.breached[place]
      found.undetermined |= part.undetermined[place]
      found.pending |= part.pending[place]
      found.exempt |= part.exempt[place]
      found.met |= part.met[place]
      found.notApplicable |= part.notApplicable[place]
      return
    }
    // Of a list of which nothing is known there is one test, which is undetermined.
    found.undetermined |= missing(list, place, chunk)
    let owners = groups(list)
    for row in place * 64..<min(place * 64 + 64, rowCount) {
      let bit: UInt64 = 1 << UInt64(row % 64)
      let members = owners.members(of: row)
      if members.isEmpty { continue }
      if hasBit(part.breached, members) { found.breached |= bit }
      if hasBit(part.undetermined, members) { found.undetermined |= bit }
      if hasBit(part.pending, members) { found.pending |= bit }
      if hasBit(part.exempt, members) { found.exempt |= bit }
      if hasBit(part.met, members) { found.met |= bit }
      if hasBit(part.notApplicable, members) { found.notApplicable |= bit }
    }
  }

  // MARK: Test by test

  /// The tests of a condition in a row of the vector, in the order of their dates.
  func tests(
    of condition: ConditionID, inRow row: Int, _ chunk: borrowing ColumnChunk
  ) -> [ColumnTest] {
    let plans = program.tests[condition.index]
    let place = row / 64
    let bit: UInt64 = 1 << UInt64(row % 64)
    guard !parts[condition.index].isEmpty else {
      guard let outcome = outcomes[condition.index].outcome(row) else { return [] }
      return [ColumnTest(part: 0, index: row, member: nil, day: nil, outcome: outcome)]
    }
    let isOpen = isCoverageOpen(row)
    var tests: [ColumnTest] = []
    for (position, plan) in plans.enumerated() {
      let part = parts[condition.index][position].outcomes
      func add(_ index: Int, _ member: Int?) {
        guard let outcome = part.outcome(index) else { return }
        tests.append(
          ColumnTest(
            part: position, index: index, member: member, day: testDay(of: plan, index),
            outcome: isOpen ? OutcomeByte.undetermined : outcome))
      }
      guard let list = plan.list?.index else {
        add(row, nil)
        continue
      }
      if missing(list, place, chunk) & bit != 0 {
        guard position == 0 else { continue }
        tests.append(
          ColumnTest(
            part: position, index: nil, member: nil, day: nil, outcome: OutcomeByte.undetermined))
        continue
      }
      let members = groups(list).members(of: row)
      for member in members { add(member, member - members.lowerBound) }
    }
    // Those without a date come last; members keep their order.
    let last = Int64(CalendarDate.last.dayNumber)
    return tests.enumerated().sorted { first, second in
      let (day, other) = (first.element.day ?? last, second.element.day ?? last)
      return day != other ? day < other : first.offset < second.offset
    }.map(\.element)
  }

  /// T of a test; nil where it is unknown or no day.
  private func testDay(of plan: TestPlan, _ index: Int) -> Int64? {
    if plan.isUndated { return nil }
    guard let day = plan.testDay else { return asOf }
    return word(day, index).flatMap { $0 == WordCode.none ? nil : $0 }
  }

  /// Whether it is not known of a row whether the ruleset is for it.
  func isCoverageOpen(_ row: Int) -> Bool {
    guard let governs = program.layout.plan.governs else { return false }
    return unknown(governs.day.index, row / 64) >> UInt64(row % 64) & 1 == 1
      || words(governs.day.index)[row] == Word(WordCode.none)
  }
}

/// Which rows have a test of each outcome.
private struct TestOutcomes {
  var breached: UInt64 = 0
  var undetermined: UInt64 = 0
  var pending: UInt64 = 0
  var exempt: UInt64 = 0
  var met: UInt64 = 0
  var notApplicable: UInt64 = 0

  /// The worst outcome of each row, in the order of `Outcome.severity`.
  var worst: TestOutcomes {
    var worst = self
    // Without a test it is met.
    var seen = breached
    worst.undetermined &= ~seen
    seen |= undetermined
    worst.pending &= ~seen
    seen |= pending
    worst.exempt &= ~seen
    seen |= exempt
    worst.met &= ~seen
    seen |= met
    worst.notApplicable &= ~seen
    seen |= notApplicable
    worst.met |= ~seen
    return worst
  }

  /// The rows with a test.
  var any: UInt64 { breached | undetermined | pending | exempt | met | notApplicable }
}

extension OutcomeMasks {
  /// Takes up the worst outcomes of 64 rows. Of one of which it is not known whether the ruleset is
  /// for it every test is undetermined.
  fileprivate func set(
    _ place: Int, _ found: TestOutcomes, _ coverage: Coverage, _ full: UInt64
  ) {
    let worst = found.worst
    let covered = coverage.covered[place]
    let open = full & ~covered & ~coverage.uncovered[place]
    notGoverned[place] = coverage.uncovered[place]
    breached[place] = worst.breached & covered
    pending[place] = worst.pending & covered
    exempt[place] = worst.exempt & covered
    notApplicable[place] = worst.notApplicable & covered
    met[place] = (worst.met & covered) | (open & ~found.any)
    undetermined[place] = (worst.undetermined & covered) | (open & found.any)
  }

  /// The outcome of a test; nil where there is none.
  func outcome(_ index: Int) -> UInt8? {
    let (place, bit) = (index / 64, UInt64(1) << UInt64(index % 64))
    if breached[place] & bit != 0 { return OutcomeByte.breached }
    if undetermined[place] & bit != 0 { return OutcomeByte.undetermined }
    if pending[place] & bit != 0 { return OutcomeByte.pending }
    if exempt[place] & bit != 0 { return OutcomeByte.exempt }
    if met[place] & bit != 0 { return OutcomeByte.met }
    if notApplicable[place] & bit != 0 { return OutcomeByte.notApplicable }
    return nil
  }
}
