// `x at T`: series, dated levels, parameters and paths, windows of a series.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// `x at T`: an entry of a series, a level that holds on a day, or a field read on another day.
  mutating func at(_ operand: ExpressionID, _ time: ExpressionID) -> Term {
    let isTimed =
      switch type(of: operand) {
      case .series, .levels: true
      default: false
      }
    guard isTimed else { return readAgain(operand, on: time) }
    let isPath =
      switch prepared.expressions[operand.index].kind {
      case .contractField, .variable, .member: true
      default: false
      }
    let timed = isPath ? compute(operand) : evaluate(operand)
    switch timed {
    case .scalar(let found):
      _ = evaluate(time)
      return .unknown(found.reasons)
    case .series(let series): return .scalar(entry(of: series, at: time))
    case .levels(let levels): return .scalar(level(of: levels, at: time))
    case .record, .list: return .unknown(reason(.missingFact))
    }
  }

  /// A field read as it stood on another day: min(A, U).
  private mutating func readAgain(_ operand: ExpressionID, on time: ExpressionID) -> Term {
    // The steps stand in the order operand, time; the time is needed first.
    let when = quietly { $0.scalar(time) }
    guard let day = day(of: when) else {
      let term = evaluate(operand)
      _ = evaluate(time)
      return .unknown(when.value == nil ? when.reasons.union(term.found.reasons) : noDay(when))
    }
    let outer = frame.day
    frame.day = min(asOf, day)
    let term = evaluate(operand)
    frame.day = outer
    if trace != nil { _ = evaluate(time) }
    return term
  }

  /// Evaluates without keeping the steps.
  mutating func quietly<Result>(_ body: (inout Evaluation) -> Result) -> Result {
    guard let trace else { return body(&self) }
    trace.open()
    defer { trace.discard() }
    return body(&self)
  }

  /// The day a time stands for: a date itself, the last day of a period.
  func day(of time: Found) -> CalendarDate? {
    switch time.value {
    case .date(let date): date
    case .period(let period): period.end
    default: nil
    }
  }

  /// Why a known or unknown time is no day.
  func noDay(_ time: Found) -> ReasonSet {
    time.value == nil ? time.reasons : reason(.eventIsNone)
  }

  private mutating func entry(of series: SeriesTerm, at time: ExpressionID) -> Found {
    switch series.content {
    case .computed(let values, let first, let last):
      let when = scalar(time)
      guard case .period(let period) = when.value else { return Found(unknown: noDay(when)) }
      if let found = values[period] { return found }
      let code: ReasonCode =
        period < first ? .beforeFirstPoint : period > last ? .afterLastPoint : .noEntry
      return Found(unknown: ReasonSet(Reason(code, subject: series.path.text, detail: "\(period)")))
    case .facts(let entries, let field):
      let when = quietly { $0.scalar(time) }
      guard case .period(let period) = when.value else {
        _ = evaluate(time)
        return Found(unknown: noDay(when))
      }
      let found = read(period, entries, field, series.path)
      if trace != nil { _ = evaluate(time) }
      return found
    }
  }

  /// The entry of a reported series for a period, as a fact of its own.
  mutating func read(
    _ period: Period, _ entries: [SeriesEntry], _ field: PreparedField, _ path: FactPath
  ) -> Found {
    let outer = frame.day
    frame.day = min(asOf, period.end)
    defer { frame.day = outer }
    let fact = position(of: period, in: entries).map { entries[$0].fact } ?? .absent
    return readEntry(fact, field, .entry(path, "\(period)"))
  }

  private func position(of period: Period, in entries: [SeriesEntry]) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = low + (high - low) / 2
      if entries[middle].period < period { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].period == period ? low : nil
  }

  private mutating func level(of levels: LevelsTerm, at time: ExpressionID) -> Found {
    let when = quietly { $0.scalar(time) }
    guard let asked = day(of: when) else {
      _ = evaluate(time)
      return Found(unknown: noDay(when))
    }
    let outer = frame.day
    frame.day = min(asOf, asked)
    defer { frame.day = outer }
    let found: Found
    let entry = levels.entries.last {
      $0.date <= frame.day && !$0.fact.isUnheardOf(by: knownAt)
    }
    if let entry {
      found = readEntry(entry.fact, levels.field, .entry(levels.path, "\(entry.date)"))
    } else {
      found = Found(
        unknown: ReasonSet(
          Reason(.beforeFirstPoint, subject: levels.path.text, detail: "\(frame.day)")))
    }
    if trace != nil { _ = evaluate(time) }
    return found
  }

  /// Reads one entry of a series or of levels as a step of its own.
  private mutating func readEntry(_ fact: Fact, _ field: PreparedField, _ path: FactPath) -> Found {
    step(.fact, type: field.elementType) { $0.read(fact, field.entry, path).found }
  }

  // MARK: Parameters

  /// A parameter or path at a time.
  mutating func parameter(_ id: ParameterID, at time: ExpressionID) -> Found {
    parameter(id, when: scalar(time))
  }

  /// A parameter or path at a known or unknown time.
  func parameter(_ id: ParameterID, when: Found) -> Found {
    let parameter = prepared.parameters[id.index]
    if case .constant(let value) = parameter.course { return Found(value) }
    guard let day = day(of: when) else { return Found(unknown: noDay(when)) }
    switch parameter.course {
    case .constant(let value): return Found(value)
    case .steps(let steps):
      guard let step = steps.last(where: { $0.from <= day }) else {
        return outside(.beforeFirstPoint, parameter, when)
      }
      return Found(step.value)
    case .linear(let points, let then, let countsYears):
      return path(points, at: countsYears ? day.year : Int(day.dayNumber), then, parameter, when)
    }
  }

  private func path(
    _ points: [PathPoint], at position: Int, _ then: Fraction?, _ parameter: Parameter,
    _ when: Found
  ) -> Found {
    guard let next = points.firstIndex(where: { $0.position >= position }) else {
      if let then { return Found(.quantity(then)) }
      return outside(.afterLastPoint, parameter, when)
    }
    if points[next].position == position { return Found(.quantity(points[next].value)) }
    guard next > 0 else { return outside(.beforeFirstPoint, parameter, when) }
    let before = points[next - 1]
    let after = points[next]
    do {
      let share =
        try Fraction(position - before.position) / Fraction(after.position - before.position)
      return Found(.quantity(try before.value + share * (try after.value - before.value)))
    } catch {
      return Found(unknown: reason(of: error))
    }
  }

  private func outside(_ code: ReasonCode, _ parameter: Parameter, _ when: Found) -> Found {
    let asked: String =
      switch when.value {
      case .period(let period): "\(period)"
      case .date(let date): "\(date)"
      default: ""
      }
    return Found(unknown: ReasonSet(Reason(code, subject: parameter.name, detail: asked)))
  }
}
