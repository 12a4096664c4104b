// Days, periods and values in time.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// An operation on days, durations and periods.
  mutating func inTime(_ kind: ExpressionKind) throws(NotLowered) -> Lowered {
    switch kind {
    case .addDuration(let date, let duration, let isSubtracted, let convention):
      guard case .day(let day) = try lower(date), case .duration(let length) = try lower(duration),
        let signed = isSubtracted ? length.reversed : length
      else { throw NotLowered("a duration that is not written out") }
      return .day(try moved(day, by: signed, self.convention(convention)))
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
      guard case .period(let node, let length) = try lower(operand), let word = word(node),
        let period = Period(length: length, number: Int(word)),
        let steps = constant(size)?.wholeValue, steps != .min,
        let moved = period.advanced(by: isSubtracted ? -steps : steps)
      else { throw NotLowered("a period that is not written out") }
      return try literal(.period(moved))
    case .periodDifference(let left, let right):
      guard case .period(let first, let length) = try lower(left),
        case .period(let second, let other) = try lower(right), length == other
      else { throw NotLowered("periods of different lengths") }
      if let from = word(second), let to = word(first) {
        return .number(try node(.number(Fraction(Int(to) - Int(from)))))
      }
      return .number(try node(first, second) { .subtract($0, $1) })
    case .durationSum, .durationTimes: throw NotLowered("durations that are worked out")
    default: throw NotLowered("an operation on days")
    }
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
    guard case .period(let node, let asked) = try lower(time), asked == length,
      let word = word(node), let period = Period(length: length, number: Int(word))
    else { throw NotLowered("a series at a period that is not written out") }
    return try entry(of: place, element, period)
  }

  /// A dated level as it holds on a day.
  private mutating func level(
    of place: Place, _ element: ValueType, on day: NodeID
  ) throws(NotLowered) -> Lowered {
    guard place.list == nil else { throw NotLowered("a dated level inside a list") }
    let list = add(
      PlanList(
        path: place.path, name: place.name, isEmptyWhenAbsent: false, containers: place.containers,
        source: .levels))
    var entry = Place(list: list, path: [0], name: "", field: nil, record: nil, containers: [])
    let dates = try column(entry, .date)
    entry.path = [1]
    let value = try scalar(entry, element)
    let scope = scope
    func level(_ values: NodeID) -> NodeKind {
      .level(list, day: day, dates: dates, values: values, scope: scope)
    }
    switch value {
    case .number(let id): return .number(try node(level(id), of: self.list(of: day)))
    case .day(let id): return .day(try node(level(id), of: self.list(of: day)))
    case .code(let id, let kind):
      return .code(try node(level(id), of: self.list(of: day)), kind)
    default: throw NotLowered("a dated level of another kind")
    }
  }

  /// Whether a node is a day that the ruleset or the call gives.
  private func isAlwaysDay(_ id: NodeID) -> Bool { word(id).map { $0 != WordCode.none } ?? false }

  /// The column of a series' entry.
  private mutating func entry(
    of place: Place, _ element: ValueType, _ period: Period
  ) throws(NotLowered) -> Lowered {
    guard place.list == nil else { throw NotLowered("a series inside a list") }
    var inner = place
    inner.containers.append(container(place))
    return try scalar(inner, element, entry: period)
  }

  /// A parameter at a time that is known when the plan is made.
  mutating func parameter(
    _ id: ParameterID, at time: ExpressionID
  ) throws(NotLowered) -> Lowered {
    let parameter = ruleset[id]
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
    guard ruleset[id].type.isQuantity else { throw NotLowered("a parameter that is no number") }
    return .number(try node(.parameter(id, day, scope: scope), of: list(of: day)))
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
      case .period(let node, let asked) = try lower(end), asked == length, let word = word(node),
      let last = Period(length: length, number: Int(word))
    else { throw NotLowered("a window that is not written out") }
    var values: [Lowered] = []
    for step in 0..<size {
      guard let period = last.advanced(by: step - size + 1) else {
        throw NotLowered("a window before the year 1")
      }
      values.append(try entry(of: place, element, period))
    }
    return .values(values)
  }

  /// `1 to 5`, `2021 to 2024`.
  mutating func range(_ from: ExpressionID, _ to: ExpressionID) throws(NotLowered) -> Lowered {
    switch (try lower(from), try lower(to)) {
    case (.number(let first), .number(let last)):
      guard let low = constant(first)?.wholeValue, let high = constant(last)?.wholeValue,
        low <= high, high - low < 64
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
