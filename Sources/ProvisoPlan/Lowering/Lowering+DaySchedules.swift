// Schedules of single days: `every … from`, and `tested by`.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// The most days of a schedule that are looked at; where there may be more, the interpreter says.
  private static var dayLimit: Int { 32 }

  // MARK: Every so often

  /// `every 12 months from X [to|until Y]`: on that day and each time later up to A, and on the
  /// first day behind A where there is none before. Which of them a contract has is worked out day
  /// by day.
  mutating func every(
    _ duration: CalendarDuration, _ convention: MonthConvention?, _ from: ExpressionID,
    _ to: ScheduleEnd?, of condition: Condition, _ id: ConditionID, _ list: ListColumnID?,
    _ selection: NodeID?
  ) throws(NotLowered) -> [TestPlan] {
    guard duration.months >= 0, duration.days >= 0, duration.businessDays >= 0,
      duration != .zero
    else { throw NotLowered("a schedule that does not go on") }
    let bound = try bound(from)
    let start = try day(of: bound, isLast: false)
    let signed = try signedDay()
    let end = try to.map { end throws(NotLowered) in
      (day: try day(of: try self.bound(end.bound), isLast: end.isIncluded), end.isIncluded)
    }
    var days: [NodeID] = []
    for index in 0...Self.dayLimit {
      guard let step = duration.times(index) else {
        throw NotLowered("a schedule of long steps")
      }
      days.append(index == 0 ? start : try moved(start, by: step, self.convention(convention)))
    }

    // Whether all bounds are known, and whether the days reach beyond those that are looked at.
    var isKnown: [NodeID] = []
    var isOpen: [NodeID] = []
    for node in [start, signed, end?.day].compactMap({ $0 }) {
      isKnown.append(try self.node(.isKnown(node), of: plan[node].list))
      isOpen.append(try self.node(node, node) { .compare(.less, $0, $1) })
    }
    var beyond = [try not(try node(.isKnown(days[Self.dayLimit]), of: plan[start].list))]
    beyond.append(try exists(Self.dayLimit, days, signed, end))
    if let signed {
      beyond.append(try compare(.less, .day(days[Self.dayLimit]), .day(signed)))
    }
    if plan.mayBeNone(start) { beyond.append(try node(.isNone(start), of: plan[start].list)) }
    let left = try junction(isKnown + [try junction(beyond, isAnd: false)], isAnd: true)
    let unknown = try unknownBounds(of: condition, isKnown, isOpen, left)
    var tests = [try undated(id, list, try selected(unknown, selection, list))]
    for index in 0..<Self.dayLimit {
      let exists = try exists(index, days, signed, end)
      let own = try selected(try junction(isKnown + [exists], isAnd: true), selection, list)
      testDay = try said(days[index], of: list)
      tests.append(try test(of: condition, id, list, own))
    }
    return tests
  }

  /// The first day that a lower bound stands for, or the last that an upper bound does: the first
  /// of a period that is excluded itself.
  private mutating func day(
    of bound: ScheduleBound, isLast: Bool
  ) throws(NotLowered) -> NodeID {
    switch bound {
    case .day(let node): return node
    case .period(let node, let length):
      return try day(ofPeriod: node, length, isLast: isLast)
    }
  }

  /// Whether a day is one of the schedule's, where it and the bounds are known.
  private mutating func exists(
    _ index: Int, _ days: [NodeID], _ signed: NodeID?, _ end: (day: NodeID, isIncluded: Bool)?
  ) throws(NotLowered) -> NodeID {
    let today = Lowered.day(try asOf())
    var isDue = [try compare(.lessOrEqual, .day(days[index]), today)]
    var truths: [NodeID] = []
    // Before the first of them its test is pending.
    if index == 0 {
      isDue = [try node(.truth(true))]
    } else if let signed {
      isDue.append(try compare(.less, .day(days[index - 1]), .day(signed)))
    }
    if let signed {
      truths.append(try compare(.greaterOrEqual, .day(days[index]), .day(signed)))
    }
    if let end {
      truths.append(
        try compare(end.isIncluded ? .lessOrEqual : .less, .day(days[index]), .day(end.day)))
    }
    truths.append(try junction(isDue, isAnd: false))
    return try junction(truths, isAnd: true)
  }

  /// What never holds; where a truth holds, the interpreter says so.
  mutating func never(_ truth: NodeID) throws(NotLowered) -> NodeID {
    try junction(
      [
        try node(.leftOpen(truth), of: plan[truth].list),
        try node(.truth(false), of: plan[truth].list),
      ], isAnd: true)
  }

  // MARK: Tested by

  /// `tested by D`: what holds on any day up to min(A, D) holds. What is the same on every day is
  /// what it is on the last; what can only come true with time is false where it is false on the
  /// last; of anything else the interpreter tries the days before.
  mutating func testedBy(
    _ date: ExpressionID, _ condition: Condition, _ id: ConditionID, _ list: ListColumnID?,
    _ selection: NodeID?
  ) throws(NotLowered) -> TestPlan {
    let due = try said(try day(date), of: list)
    let today = try said(try asOf(), of: list)
    let isPast = try compare(.lessOrEqual, .day(due), .day(today))
    let last = try node(.choose(isPast, due, otherwise: today), of: self.list(of: isPast))
    testDay = last
    asksTestDate = false
    return try test(of: condition, id, list, selection, due: due) {
      lowering, holds throws(NotLowered) in
      try lowering.onAnyDay(holds, upTo: last)
    }
  }

  private mutating func onAnyDay(
    _ holds: NodeID, upTo last: NodeID
  ) throws(NotLowered) -> NodeID {
    let course = course(of: holds, through: last)
    if course == .same && !asksTestDate { return holds }
    // Why something was open on some day before is not known from the last alone; and a contract
    // whose first day lies too far back is not tried day by day.
    var open = [try isFarBack(last)]
    if course != .same { open.append(try not(try node(.isKnown(holds), of: list(of: holds)))) }
    if course == .any { open.append(try not(holds)) }
    let left = try junction(open, isAnd: false)
    let isLeft = try junction([try node(.isKnown(left), of: list(of: left)), left], isAnd: true)
    return try junction([holds, try never(isLeft)], isAnd: false)
  }

  /// Whether the contract was signed so long before a day that the interpreter would not try all
  /// days between.
  private mutating func isFarBack(_ last: NodeID) throws(NotLowered) -> NodeID {
    guard !hasDays(ruleset.contract) else {
      throw NotLowered("`tested by` where facts have days of their own")
    }
    askForDays()
    guard let signed = try signedDay() else { return try node(.truth(false)) }
    let edge = try moved(last, by: CalendarDuration(days: -65_000), .lastDay)
    return try compare(.lessOrEqual, .day(signed), .day(edge))
  }

  /// Whether facts of a contract may change from day to day by themselves.
  private func hasDays(_ contract: RecordType) -> Bool {
    var open = [contract]
    var seen: Set<Int> = []
    while let record = open.popLast() {
      for field in record.fields {
        if field.datedBy != nil { return true }
        switch field.type {
        case .levels: return true
        case .record(let id), .list(.record(let id)):
          if seen.insert(id.index).inserted { open.append(ruleset[id]) }
        default: break
        }
      }
    }
    return false
  }

  /// How a node's value may change from one day to the next, where a node stands for the day.
  private func course(of id: NodeID, through day: NodeID) -> DayCourse {
    var courses: [DayCourse] = []
    // Operands stand before what reads them.
    for index in 0...id.index {
      guard index != day.index else {
        courses.append(.rising)
        continue
      }
      let kind = plan.nodes[index].kind
      courses.append(Self.course(of: kind, kind.operands.map { courses[$0.index] }))
    }
    return courses[id.index]
  }

  private static func course(of kind: NodeKind, _ operands: [DayCourse]) -> DayCourse {
    if operands.allSatisfy({ $0 == .same }) { return .same }
    switch kind {
    case .and, .or, .spread, .spreadTruth, .someMember:
      return operands.contains(.any) ? .any : .rising
    case .compare(.lessOrEqual, _, _), .compare(.less, _, _), .happenedBy:
      return operands == [.same, .rising] ? .rising : .any
    case .compare(.greaterOrEqual, _, _), .compare(.greater, _, _):
      return operands == [.rising, .same] ? .rising : .any
    // A day a while later; the last day itself, which is never that of an event to come.
    case .moved, .orElse:
      return operands == [.rising] || operands == [.rising, .same] ? .rising : .any
    default: return .any
    }
  }
}

/// How a value goes from one day to the next.
private enum DayCourse {
  case same
  /// A truth that, once it holds, holds; a day that grows later.
  case rising
  case any
}

extension CalendarDuration {
  /// The duration several times over; nil when that is too long to say.
  func times(_ count: Int) -> CalendarDuration? {
    let parts = [months, days, businessDays].map { $0.multipliedReportingOverflow(by: count) }
    guard !parts.contains(where: \.overflow) else { return nil }
    return CalendarDuration(
      months: parts[0].partialValue, days: parts[1].partialValue,
      businessDays: parts[2].partialValue)
  }
}
