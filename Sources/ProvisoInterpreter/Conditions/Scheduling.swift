// Schedules: which tests a condition has as of a day (language.md §4).

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// The tests of a condition, in the order of its members and dates.
  mutating func plannedTests(of condition: PreparedCondition) -> [PlannedTest] {
    enter(Frame(testDate: asOf, day: asOf, period: nil, scope: condition.name))
    guard let forEach = condition.forEach else { return scheduled(condition) }
    let list: ListTerm
    switch quietly({ $0.members(of: forEach.binding.collection) }) {
    case .failure(let unknown): return [undetermined(membersOfUnknown: unknown.reasons)]
    case .success(let found): list = found
    }
    var tests: [PlannedTest] = []
    let titles = self.titles(of: list.members)
    for (position, member) in list.members.enumerated() {
      bind(forEach.binding.slot, member.term)
      var selection = Junction(decisive: .false)
      selection.take(unknown: member.doubt)
      if let filter = forEach.condition { selection.take(quietly { $0.scalar(filter) }) }
      let selected = selection.result
      if selected.truth.isFalse { continue }
      for test in scheduled(condition) {
        test.member = member
        test.memberName = name(of: member)
        test.memberTitle = titles[position]
        if selected.truth == .unknown { test.doubt = selected.reasons }
        tests.append(test)
      }
    }
    if !list.gaps.isEmpty { tests.append(undetermined(membersOfUnknown: list.gaps)) }
    return tests
  }

  /// For members that only their places tell apart, the list and the one day or period that each
  /// has: `awards of 2020-08-14`; with the place, where several have the same.
  private func titles(of members: [ListMember]) -> [String?] {
    guard trace != nil else { return Array(repeating: nil, count: members.count) }
    let titles = members.map { member -> (list: String, place: String, key: String)? in
      guard case .record(let record) = member.term, let type = record.type,
        case .facts = record.content, case .element(let list, _)? = member.path,
        let place = member.path?.text, name(of: member) == place,
        prepared.datingFields.indices.contains(type.index),
        let key = knownValue(prepared.datingFields[type.index], of: record)?.plainText
      else { return nil }
      return (list.text, place, key)
    }
    var counts: [String: Int] = [:]
    for title in titles { if let title { counts[title.key, default: 0] += 1 } }
    return titles.map { title in
      title.map { "\(counts[$0.key] == 1 ? $0.list : $0.place) of \($0.key)" }
    }
  }

  /// Makes a frame for a clause of a condition. Variables stay as they are bound.
  mutating func enter(_ next: Frame) { frame = next }

  /// The test of members that nobody knows: what is due for each of them is not known either.
  private func undetermined(membersOfUnknown reasons: ReasonSet) -> PlannedTest {
    let test = undetermined(reasons)
    test.dueDay = test.testDay
    return test
  }

  private func undetermined(_ reasons: ReasonSet) -> PlannedTest {
    let test = PlannedTest(testDay: .unknown(reasons))
    test.doubt = reasons
    return test
  }

  /// The tests of the schedule, for the member that is bound.
  private mutating func scheduled(_ condition: PreparedCondition) -> [PlannedTest] {
    switch condition.schedule {
    case .asOf:
      let test = PlannedTest(testDay: .day(asOf))
      test.dueDay = .day(asOf)
      return [test]
    case .on(let date): return [PlannedTest(testDay: day(date))]
    case .by(let date):
      let due = day(date)
      let test = PlannedTest(testDay: due)
      if case .day(let limit) = due { test.testDay = .day(min(asOf, limit)) }
      if case .none = due { test.testDay = .day(asOf) }
      test.dueDay = due
      test.holdsOnAnyDay = true
      return [test]
    case .periods(let length, let from, let to): return periods(length, from, to)
    case .every(let duration, let convention, let from, let to):
      return every(duration, convention, from, to)
    case .continuously: return runs(of: condition)
    }
  }

  /// A date of the schedule itself, read as of A.
  private mutating func day(_ id: ExpressionID) -> TestDay {
    let found = quietly { $0.scalar(id) }
    return TestDay(found, orElse: reason(.eventIsNone))
  }

  /// The day the contract was signed; nil where the ruleset declares no such field.
  mutating func signed() -> TestDay? {
    guard portfolio == nil, let field = prepared.signedField else { return nil }
    let term = quietly { $0.contractField(field) }
    return TestDay(term.found, orElse: reason(.missingFact, "signed"))
  }

  // MARK: Periods

  /// `yearly [from X] [to|until Y]`: the periods begun by A that end on or after `signed`; where
  /// there are more than the limit, one undetermined test.
  private mutating func periods(
    _ length: PeriodLength, _ from: ExpressionID?, _ to: ScheduleEnd?
  ) -> [PlannedTest] {
    let signed = self.signed()
    let start: TestDay = from.map { firstDay($0) } ?? signed ?? .unknown(missingSigned)
    let end = to.map { lastDay($0) } ?? .none
    let reasons = start.reasons.union(end.reasons).union(signed?.reasons ?? .none)
    if !reasons.isEmpty { return [undetermined(reasons)] }
    // It begins with an event that is still to come.
    guard let start = start.date else { return [PlannedTest(testDay: .none)] }
    // The first period that begins on or after the start.
    var first = Period.containing(start, length: length)
    if first.start < start {
      guard let next = first.advanced(by: 1) else { return [] }
      first = next
    }
    if let signed = signed?.date {
      let earliest = Period.containing(signed, length: length)
      if first < earliest { first = earliest }
    }
    let newest = Period.containing(asOf, length: length)
    guard let count = first.distance(to: newest) else { return [] }
    guard count < periodLimit else { return [undetermined(reason(.tooLong, "schedule"))] }
    var tests: [PlannedTest] = []
    for index in 0...max(0, count) {
      guard let period = first.advanced(by: index) else { break }
      if let end = end.date, period.end > end { break }
      let test = PlannedTest(testDay: .day(period.end))
      test.period = period
      tests.append(test)
    }
    return tests
  }

  private var missingSigned: ReasonSet { ReasonSet(Reason(.missingFact, subject: "signed")) }

  /// A bound of the schedule. The year of an event that has not happened is as little there as the
  /// event itself.
  private mutating func bound(_ id: ExpressionID) -> Found {
    if case .periodOf(let event, _) = prepared.expressions[id.index].kind {
      let day = quietly { $0.scalar(event) }
      if day.value == Value.none { return day }
    }
    return quietly { $0.scalar(id) }
  }

  /// The day a lower bound stands for: a date, or the first day of a period.
  private mutating func firstDay(_ id: ExpressionID) -> TestDay {
    let found = bound(id)
    if case .period(let period) = found.value { return .day(period.start) }
    return TestDay(found, orElse: reason(.eventIsNone))
  }

  /// The last day that an upper bound leaves: `to` includes it, `until` does not.
  private mutating func lastDay(_ end: ScheduleEnd) -> TestDay {
    let found = bound(end.bound)
    if case .period(let period) = found.value {
      return .day(end.isIncluded ? period.end : period.start.adding(days: -1) ?? .first)
    }
    let day = TestDay(found, orElse: reason(.eventIsNone))
    guard !end.isIncluded, case .day(let date) = day else { return day }
    return .day(date.adding(days: -1) ?? .first)
  }

  /// `every 12 months from DATE`: on that date and each time later, counted from it, so that a
  /// month end stays one.
  private mutating func every(
    _ duration: CalendarDuration, _ convention: MonthConvention?, _ from: ExpressionID,
    _ to: ScheduleEnd?
  ) -> [PlannedTest] {
    let start = firstDay(from)
    let end = to.map { lastDay($0) } ?? .none
    let signed = self.signed()
    let reasons = start.reasons.union(end.reasons).union(signed?.reasons ?? .none)
    if !reasons.isEmpty { return [undetermined(reasons)] }
    guard let start = start.date else { return [PlannedTest(testDay: .none)] }
    var tests: [PlannedTest] = []
    for index in 0...periodLimit {
      guard let step = duration.times(index), let day = adding(step, to: start, convention),
        index == 0 || day > start
      else { return tests }
      if let end = end.date, day > end { return tests }
      if let signed = signed?.date, day < signed { continue }
      // Before the first of them its test is pending.
      if day > asOf && !tests.isEmpty { return tests }
      if tests.count == periodLimit { break }
      tests.append(PlannedTest(testDay: .day(day)))
      if day > asOf { return tests }
    }
    return [undetermined(reason(.tooLong, "schedule"))]
  }
}

extension CalendarDuration {
  /// The duration several times over; nil when that is too long to say.
  fileprivate func times(_ count: Int) -> CalendarDuration? {
    let parts = [months, days, businessDays].map { $0.multipliedReportingOverflow(by: count) }
    guard !parts.contains(where: \.overflow) else { return nil }
    return CalendarDuration(
      months: parts[0].partialValue, days: parts[1].partialValue,
      businessDays: parts[2].partialValue)
  }
}
