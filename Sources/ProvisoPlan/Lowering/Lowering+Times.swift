// Days, periods and values in time.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// An operation on days, durations and periods.
  mutating func inTime(_ kind: ExpressionKind) throws(NotLowered) -> Lowered {
    switch kind {
    case .addDuration(let date, let duration, let isSubtracted, let convention):
      return .day(
        try moved(try lower(date), try lower(duration), isSubtracted, self.convention(convention)))
    case .countTime(let unit, let count, let from, let to, let convention):
      let scope = scope
      let stated = self.convention(convention)
      return .number(
        try node(try day(from), try day(to)) {
          .counted(unit, count, from: $0, to: $1, stated, scope: scope)
        })
    case .periodOf(let operand, let length): return try period(of: operand, length)
    case .periodStart(let operand), .periodEnd(let operand):
      guard case .period(let node, let length) = try lower(operand) else {
        throw NotLowered("the days of what is no period")
      }
      let isLast = if case .periodEnd = kind { true } else { false }
      return .day(try day(ofPeriod: node, length, isLast: isLast))
    case .periodPlus(let operand, let count, let isSubtracted):
      // A node is made before it is looked at: otherwise the plan would be looked at as it was.
      let size = try number(count)
      guard case .period(let node, let length) = try lower(operand),
        let steps = constant(size)?.wholeValue, steps != .min
      else { throw NotLowered("a period that is not written out") }
      return .period(try period(node, length, by: isSubtracted ? -steps : steps), length)
    case .periodDifference(let left, let right):
      guard case .period(let first, let length) = try lower(left),
        case .period(let second, let other) = try lower(right), length == other
      else { throw NotLowered("periods of different lengths") }
      if let from = word(second), let to = word(first) {
        return .number(try node(.number(Fraction(Int(to) - Int(from)))))
      }
      return .number(try node(first, second) { .subtract($0, $1) })
    case .durationTimes(let left, let right):
      // The operands first: otherwise the plan would be looked at as it was.
      let (first, second) = (try lower(left), try lower(right))
      return .duration(try duration(first, times: second))
    case .durationSum: throw NotLowered("durations that are worked out")
    default: throw NotLowered("an operation on days")
    }
  }

  /// A duration several times over, where the ruleset writes both.
  private func duration(
    _ left: Lowered, times right: Lowered
  ) throws(NotLowered) -> CalendarDuration {
    switch (left, right) {
    case (.duration(let length), .number(let times)), (.number(let times), .duration(let length)):
      if let count = constant(times)?.wholeValue, let product = length.times(count) {
        return product
      }
    default: break
    }
    throw NotLowered("durations that are worked out")
  }

  private mutating func moved(
    _ date: Lowered, _ duration: Lowered, _ isSubtracted: Bool, _ convention: MonthConvention
  ) throws(NotLowered) -> NodeID {
    let scope = scope
    switch (date, duration) {
    case (.day(let day), .duration(let length)):
      guard let signed = isSubtracted ? length.reversed : length else {
        throw NotLowered("a duration that is not written out")
      }
      return try moved(day, by: signed, convention)
    case (.day(let day), .length(let length)):
      return try node(day, length) {
        .movedBy($0, $1, isSubtracted: isSubtracted, convention, scope: scope)
      }
    default: throw NotLowered("a duration that is not written out")
    }
  }

  /// A period so many later.
  private mutating func period(
    _ node: NodeID, _ length: PeriodLength, by steps: Int
  ) throws(NotLowered) -> NodeID {
    guard let word = word(node) else {
      return try self.node(.periodMoved(node, length, by: steps), of: list(of: node))
    }
    guard let moved = Period(length: length, number: Int(word))?.advanced(by: steps) else {
      throw NotLowered("a period that is not written out")
    }
    return try self.node(.word(Int64(moved.number)))
  }

  /// The first or the last day of a period.
  mutating func day(
    ofPeriod node: NodeID, _ length: PeriodLength, isLast: Bool
  ) throws(NotLowered) -> NodeID {
    guard let word = word(node) else {
      return try self.node(.periodDay(node, length, isLast: isLast), of: list(of: node))
    }
    guard let period = Period(length: length, number: Int(word)) else {
      throw NotLowered("a period that cannot be")
    }
    return try self.node(
      .word(Int64((isLast ? period.end : period.start).dayNumber)))
  }

  /// The ruleset's convention where the expression states none of its own.
  func convention(_ stated: MonthConvention?) -> MonthConvention {
    stated ?? ruleset.months ?? .lastDay
  }

  /// A day a duration later.
  mutating func moved(
    _ day: NodeID, by duration: CalendarDuration, _ convention: MonthConvention
  ) throws(NotLowered) -> NodeID {
    try node(.moved(day, duration, convention, scope: scope), of: list(of: day))
  }

  private mutating func period(
    of operand: ExpressionID, _ length: PeriodLength
  ) throws(NotLowered) -> Lowered {
    guard case .day(let day) = try lower(operand) else {
      throw NotLowered("the period of a period")
    }
    if let word = word(day), let date = CalendarDate(dayNumber: Int(word)) {
      return try literal(.period(.containing(date, length: length)))
    }
    return .period(
      try node(.periodOf(day, length, scope: scope), of: list(of: day)), length)
  }

  /// T, or A where T is an event that has not happened.
  mutating func testDate() throws(NotLowered) -> NodeID {
    asksTestDate = true
    guard let testDay else { return try asOf() }
    return plan.mayBeNone(testDay)
      ? try node(testDay, try asOf()) { .orElse($0, $1) } : testDay
  }

  // MARK: Values in time

  /// `x at T`, T a period that is written out.
  mutating func at(_ operand: ExpressionID, _ time: ExpressionID) throws(NotLowered) -> Lowered {
    let outer = readDays
    defer { readDays = outer }
    switch ruleset[operand].type {
    case .series, .levels: break
    default:
      // What is worked out from dated members is worked out from those of that day.
      switch try lower(time) {
      case .day(let day): readDays = [day]
      case .period: readDays = [try day(time)]
      default: readDays = []
      }
    }
    let value = try lower(operand)
    guard case .place(let place) = value, let type = place.field?.type else {
      // Facts that are written plainly are the same on every day.
      switch value {
      case .place, .chain, .values: throw NotLowered("a list or a record at a time")
      default: break
      }
      switch try lower(time) {
      case .day(let node) where isAlwaysDay(node), .period(let node, _) where word(node) != nil:
        return value
      default: throw NotLowered("a field at a time that may be unknown")
      }
    }
    if case .levels(let element) = type { return try level(of: place, element, on: try day(time)) }
    guard case .series(let element, let length) = type else {
      throw NotLowered("a value in time of another kind")
    }
    guard case .period(let node, let asked) = try lower(time), asked == length else {
      throw NotLowered("a series at a period of another length")
    }
    return try entry(of: place, element, length, at: node)
  }

  /// A dated level as it holds on a day.
  private mutating func level(
    of place: Place, _ element: ValueType, on day: NodeID
  ) throws(NotLowered) -> Lowered {
    guard place.list == nil else { throw NotLowered("a dated level inside a list") }
    let (list, keys, value) = try entries(of: place, element, keyedBy: .date, .levels)
    let scope = scope
    return try looked(value) { values in
      .level(list, day: day, dates: keys, values: values, scope: scope)
    }
  }

  /// The entries of a series or of dated levels as a list: what they are found by, and their
  /// values.
  private mutating func entries(
    of place: Place, _ element: ValueType, keyedBy key: ColumnKind, _ source: PlanListSource
  ) throws(NotLowered) -> (list: ListColumnID, keys: NodeID, value: Lowered) {
    let list = add(
      PlanList(
        path: place.path, name: place.name, isEmptyWhenAbsent: false, containers: place.containers,
        source: source))
    var entry = Place(list: list, path: [0], name: "", field: nil, record: nil, containers: [])
    let keys = try column(entry, key)
    entry.path = [1]
    return (list, keys, try scalar(entry, element))
  }

  /// What an operation finds among the values of entries, for those whom it is asked about.
  private mutating func looked(
    _ value: Lowered, _ kind: (NodeID) -> NodeKind
  ) throws(NotLowered) -> Lowered {
    func node(_ id: NodeID, _ lowering: inout Lowering) throws(NotLowered) -> NodeID {
      let kind = kind(id)
      return try lowering.node(kind, of: kind.operands.first.flatMap { lowering.list(of: $0) })
    }
    switch value {
    case .number(let id): return .number(try node(id, &self))
    case .day(let id): return .day(try node(id, &self))
    case .code(let id, let kind): return .code(try node(id, &self), kind)
    case .period(let id, let length): return .period(try node(id, &self), length)
    default: throw NotLowered("values in time of another kind")
    }
  }

  /// Whether a node is a day that the ruleset or the call gives.
  private func isAlwaysDay(_ id: NodeID) -> Bool { word(id).map { $0 != WordCode.none } ?? false }

  /// A series' entry: a column, where the period is written out.
  private mutating func entry(
    of place: Place, _ element: ValueType, _ length: PeriodLength, at node: NodeID
  ) throws(NotLowered) -> Lowered {
    guard let word = word(node) else {
      guard place.list == nil else { throw NotLowered("a series inside a list") }
      let (list, keys, value) = try entries(of: place, element, keyedBy: .period(length), .entries)
      return try looked(value) { values in
        .entry(list, length, period: node, periods: keys, values: values)
      }
    }
    guard let period = Period(length: length, number: Int(word)) else {
      throw NotLowered("a period that cannot be")
    }
    if let list = place.list {
      guard case .facts = plan.lists[plan.stored(list).index].source else {
        throw NotLowered("a series inside a list")
      }
    }
    var inner = place
    inner.containers.append(container(place))
    return try scalar(inner, element, entry: period)
  }

  /// A parameter at a time that is known when the plan is made.
  mutating func parameter(
    _ id: ParameterID, at time: ExpressionID
  ) throws(NotLowered) -> Lowered {
    let parameter = ruleset[id]
    if case .testDate = ruleset[time].kind { asksTestDate = true }
    if case .constant(let value) = parameter.course { return try literal(value) }
    let day = try self.day(time)
    guard isAlwaysDay(day), let word = word(day), let date = CalendarDate(dayNumber: Int(word))
    else { return try self.parameter(id, on: day) }
    switch parameter.course {
    case .constant(let value): return try literal(value)
    case .steps(let steps):
      guard let step = steps.last(where: { $0.from <= date }) else {
        throw NotLowered("a parameter before its first point")
      }
      return try literal(step.value)
    case .linear(let points, let then, let countsYears):
      let position = countsYears ? date.year : Int(date.dayNumber)
      guard let value = Self.path(points, at: position, then) else {
        throw NotLowered("a path outside its points")
      }
      return try literal(.quantity(value))
    }
  }

  /// A parameter on a day that the contract says.
  private mutating func parameter(
    _ id: ParameterID, on day: NodeID
  ) throws(NotLowered) -> Lowered {
    let node = try node(.parameter(id, day, scope: scope), of: list(of: day))
    switch ColumnKind(ruleset[id].type) {
    case .number: return .number(node)
    case .date: return .day(node)
    case .boolean: return .truth(try truth(ofWord: node))
    case .code(let kind) where kind != .text && kind != .lei: return .code(node, kind)
    case .period(let length): return .period(node, length)
    default: throw NotLowered("a parameter of another kind")
    }
  }

  /// A truth out of a word: 1 where it holds.
  mutating func truth(ofWord node: NodeID) throws(NotLowered) -> NodeID {
    try self.node(node, try self.node(.word(1))) { .compare(.equal, $0, $1) }
  }

  private static func path(
    _ points: [PathPoint], at position: Int, _ then: Fraction?
  ) -> Fraction? {
    guard let next = points.firstIndex(where: { $0.position >= position }) else { return then }
    if points[next].position == position { return points[next].value }
    guard next > 0 else { return nil }
    let before = points[next - 1]
    let after = points[next]
    guard
      let share = try? Fraction(position - before.position)
        / Fraction(after.position - before.position),
      let rise = try? after.value - before.value, let part = try? share * rise
    else { return nil }
    return try? before.value + part
  }

  /// `ebitda over 4 quarters to period`, oldest first.
  mutating func window(
    _ series: ExpressionID, _ count: ExpressionID, _ length: PeriodLength, to end: ExpressionID
  ) throws(NotLowered) -> Lowered {
    let steps = try number(count)
    guard case .place(let place) = try lower(series), let type = place.field?.type,
      case .series(let element, let own) = type, own == length,
      let size = constant(steps)?.wholeValue, (1...64).contains(size),
      case .period(let last, let asked) = try lower(end), asked == length
    else { throw NotLowered("a window that is not written out") }
    var values: [Lowered] = []
    for step in 0..<size {
      let node = try period(last, length, by: step - size + 1)
      values.append(try entry(of: place, element, length, at: node))
    }
    return .values(values)
  }

  /// `1 to 5`, `2021 to 2024`.
  mutating func range(_ from: ExpressionID, _ to: ExpressionID) throws(NotLowered) -> Lowered {
    switch (try lower(from), try lower(to)) {
    case (.number(let first), .number(let last)):
      guard let low = constant(first)?.wholeValue else {
        throw NotLowered("a range that is not written out")
      }
      guard let end = constant(last) else { return .upTo(low, last) }
      // The two may lie further apart than a number can say.
      guard let high = end.wholeValue, low <= high,
        case (let distance, false) = high.subtractingReportingOverflow(low), distance < 64
      else { throw NotLowered("a range that is not written out") }
      var values: [Lowered] = []
      for number in low...high { values.append(try literal(.quantity(Fraction(number)))) }
      return .values(values)
    case (.period(let first, let length), .period(let last, let other)) where length == other:
      guard let low = word(first), let high = word(last), low <= high, high - low < 64 else {
        throw NotLowered("a range that is not written out")
      }
      var values: [Lowered] = []
      for word in low...high { values.append(.period(try node(.word(word)), length)) }
      return .values(values)
    default: throw NotLowered("a range of another kind")
    }
  }
}
