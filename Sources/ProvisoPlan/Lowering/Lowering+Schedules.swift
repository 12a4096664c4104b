// Schedules of periods: a test for each period that may be asked about, where the contract has it.

import ProvisoModel
import ProvisoQuantities

/// Where a schedule begins or ends: a day, or a period that stands for one of its days.
enum ScheduleBound {
  case day(NodeID)
  case period(NodeID, PeriodLength)

  var node: NodeID {
    switch self {
    case .day(let node), .period(let node, _): node
    }
  }
}

extension Lowering {
  /// The most periods that are looked at, back from the one that A lies in.
  private static var periodsBack: Int { 32 }

  /// `tested yearly [from X] [to|until Y]`: which periods a contract's tests are of is worked out
  /// period by period; whose reach beyond those that are looked at is the interpreter's.
  mutating func periods(
    of condition: Condition, _ id: ConditionID, _ list: ListColumnID?, _ selection: NodeID?,
    _ length: PeriodLength, _ from: ExpressionID?, _ to: ScheduleEnd?
  ) throws(NotLowered) -> [TestPlan] {
    let signed = try signedDay()
    let start: ScheduleBound
    if let from {
      start = try bound(from)
    } else if let signed {
      start = .day(signed)
    } else {
      throw NotLowered("a schedule without a beginning")
    }
    let end = try to.map { end throws(NotLowered) in
      (bound: try bound(end.bound), isIncluded: end.isIncluded)
    }
    var bounds = [start.node]
    if let signed { bounds.append(signed) }
    if let end { bounds.append(end.bound.node) }

    let newest = Period.containing(plan.asOf, length: length)
    let window = try self.window(from: start, to: newest)
    // Whether all bounds are known, and whether the contract's periods reach beyond the window.
    var isKnown: [NodeID] = []
    var isOpen: [NodeID] = []
    for node in bounds {
      isKnown.append(try self.node(.isKnown(node), of: plan[node].list))
      isOpen.append(try self.node(node, node) { .compare(.less, $0, $1) })
    }
    var beyond: [NodeID] = []
    if let before = window.first?.advanced(by: -1) {
      beyond.append(try exists(before, start, signed, nil))
    }
    if let last = window.last {
      // The only test of what begins later is of its first period.
      beyond.append(try not(try begins(start, by: last)))
      if let signed { beyond.append(try isSigned(signed, in: last, isInverted: true)) }
    }
    let left = try junction(isKnown + [try junction(beyond, isAnd: false)], isAnd: true)
    let unknown = try unknownBounds(of: condition, isKnown, isOpen, left)
    var tests = [try undated(id, list, try selected(unknown, selection, list))]
    for period in window {
      let exists = try self.exists(period, start, signed, end)
      testPeriod = period
      testDay = try said(try node(.word(Int64(period.end.dayNumber))), of: list)
      let own = try selected(try junction(isKnown + [exists], isAnd: true), selection, list)
      tests.append(try test(of: condition, id, list, own))
    }
    return tests
  }

  /// The test that stands for all where it is not known which there are.
  mutating func undated(
    _ id: ConditionID, _ list: ListColumnID?, _ selection: NodeID
  ) throws(NotLowered) -> TestPlan {
    TestPlan(
      condition: id, list: list, selection: selection, isUndated: true, testDay: nil, dueDay: nil,
      applies: nil, exceptions: [], holds: try node(.truth(true), of: list), doubts: [],
      evidence: [], consequences: [], isCurable: false)
  }

  /// Where it is not known which tests there are.
  ///
  /// - Parameters:
  ///   - isOpen: By bound: what is open where the bound is unknown, and fails elsewhere.
  ///   - left: Where the interpreter says.
  mutating func unknownBounds(
    of condition: Condition, _ isKnown: [NodeID], _ isOpen: [NodeID], _ left: NodeID
  ) throws(NotLowered) -> NodeID {
    // A due date that is written out is asked for even then, and may be open for reasons of its
    // own.
    if case .on = condition.due {
      let lacking = try never(try not(try junction(isKnown, isAnd: true)))
      return try junction([lacking, try never(left)], isAnd: false)
    }
    return try junction(isOpen + [try never(left)], isAnd: false)
  }

  mutating func selected(
    _ exists: NodeID, _ selection: NodeID?, _ list: ListColumnID?
  ) throws(NotLowered) -> NodeID {
    let all = try junction([selection, exists].compactMap { $0 }, isAnd: true)
    return try said(all, of: list)
  }

  /// The periods that are looked at: from the schedule's first, where the ruleset writes it.
  private mutating func window(
    from start: ScheduleBound, to newest: Period
  ) throws(NotLowered) -> [Period] {
    var first = newest.advanced(by: 1 - Self.periodsBack) ?? newest
    if let day = firstDay(start) {
      var own = Period.containing(day, length: newest.length)
      if own.start < day, let next = own.advanced(by: 1) { own = next }
      first = max(first, own)
    }
    guard let count = first.distance(to: newest) else { throw NotLowered("a schedule of periods") }
    return (0...max(0, count)).compactMap { first.advanced(by: $0) }
  }

  /// The day a bound stands for, where the ruleset writes it.
  private func firstDay(_ bound: ScheduleBound) -> CalendarDate? {
    guard let word = word(bound.node) else { return nil }
    switch bound {
    case .day: return word == WordCode.none ? nil : CalendarDate(dayNumber: Int(word))
    case .period(_, let length): return Period(length: length, number: Int(word))?.start
    }
  }

  // MARK: Bounds

  mutating func bound(_ id: ExpressionID) throws(NotLowered) -> ScheduleBound {
    switch try lower(id) {
    case .day(let node): return .day(node)
    case .period(let node, let length):
      // The year of an event that has not happened is as little there as the event itself.
      if case .periodOf(let day, _, _) = plan[node].kind, plan.mayBeNone(day) {
        throw NotLowered("a schedule bounded by the period of an event")
      }
      return .period(node, length)
    default: throw NotLowered("a schedule with a bound of another kind")
    }
  }

  mutating func signedDay() throws(NotLowered) -> NodeID? {
    guard let field = ruleset.signedField else { return nil }
    guard case .day(let day) = try self.field(ruleset.contract, field, in: .contract) else {
      throw NotLowered("a schedule of periods")
    }
    guard !plan.mayBeNone(day) else { throw NotLowered("a signature that may not have happened") }
    return day
  }

  /// Whether a period is one of the schedule's, where the bounds are known.
  private mutating func exists(
    _ period: Period, _ start: ScheduleBound, _ signed: NodeID?,
    _ end: (bound: ScheduleBound, isIncluded: Bool)?
  ) throws(NotLowered) -> NodeID {
    var truths = [try begins(start, by: period)]
    if let signed { truths.append(try isSigned(signed, in: period, isInverted: false)) }
    if let end { truths.append(try ends(end.bound, after: period, end.isIncluded)) }
    return try junction(truths, isAnd: true)
  }

  /// Whether a schedule begins on or before the first day of a period.
  private mutating func begins(
    _ start: ScheduleBound, by period: Period
  ) throws(NotLowered) -> NodeID {
    switch start {
    case .day(let day):
      return try compare(.lessOrEqual, .day(day), try literal(.date(period.start)))
    case .period(let node, let length):
      let own = Period.containing(period.start, length: length)
      return try compare(.lessOrEqual, .period(node, length), try literal(.period(own)))
    }
  }

  /// Whether a period ends on or after the day the contract was signed; or whether it does not.
  private mutating func isSigned(
    _ signed: NodeID, in period: Period, isInverted: Bool
  ) throws(NotLowered) -> NodeID {
    try compare(isInverted ? .greater : .lessOrEqual, .day(signed), try literal(.date(period.end)))
  }

  /// Whether a schedule ends on or after the last day of a period; `until` excludes its bound.
  private mutating func ends(
    _ end: ScheduleBound, after period: Period, _ isIncluded: Bool
  ) throws(NotLowered) -> NodeID {
    let comparison: ComparisonOperator = isIncluded ? .greaterOrEqual : .greater
    switch end {
    case .day(let day): return try compare(comparison, .day(day), try literal(.date(period.end)))
    case .period(let node, let length):
      let own = Period.containing(period.end, length: length)
      return try compare(comparison, .period(node, length), try literal(.period(own)))
    }
  }
}
