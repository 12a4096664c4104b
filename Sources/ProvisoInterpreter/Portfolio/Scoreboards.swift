// Scoreboards: a mission's indicator, period by period, beside what the mission asks for.

import ProvisoModel
import ProvisoQuantities

/// A mission that can be measured, with the places it is measured at.
private struct Measured {
  let id: MissionID
  let mission: Mission
  let indicator: ExpressionID
  let baseline: Period
  let type: ValueType
}

extension Evaluation {
  /// The scoreboards of the missions that have an indicator and a baseline.
  mutating func scoreboards(_ gaps: ReasonSet) -> [Scoreboard] {
    let missions = prepared.ruleset.missions
    var boards: [Scoreboard] = []
    for (position, mission) in missions.enumerated() {
      guard let indicator = mission.indicator, let baseline = mission.baseline else { continue }
      boards.append(
        scoreboard(
          Measured(
            id: MissionID(position), mission: mission, indicator: indicator, baseline: baseline,
            type: type(of: indicator)), gaps))
    }
    return boards
  }

  private mutating func scoreboard(_ measured: Measured, _ gaps: ReasonSet) -> Scoreboard {
    let (periods, unlisted) = endedPeriods(from: measured.baseline)
    var rows: [ScoreboardRow] = []
    var baseline: Answer = .unknown(reason(.missingFact, "\(measured.baseline)"))
    for period in periods {
      let (measuredValue, derivation) = indicator(measured, at: period)
      let value: Answer = gaps.isEmpty ? measuredValue : .unknown(gaps)
      if period == measured.baseline { baseline = value }
      let required = required(of: measured, at: period, baseline)
      let target = target(of: measured, baseline)
      rows.append(
        ScoreboardRow(
          period: period, value: value, required: required,
          change: rows.last.map { difference(value, $0.value, measured.type) },
          distance: target.map { difference(value, $0, measured.type) },
          outcome: outcome(of: value, required, measured.mission.target?.direction),
          requests: requests(for: value.reasons.union(required?.reasons ?? .none)),
          derivation: derivation))
    }
    if let unlisted { rows.append(tooLong(at: unlisted)) }
    return Scoreboard(
      mission: measured.id, type: measured.type, outcome: rows.last?.outcome ?? .pending,
      target: rows.isEmpty ? nil : target(of: measured, baseline), rows: rows)
  }

  /// The periods from the baseline to the last that has ended; of more than `periodLimit` the
  /// first ones, and the last.
  private func endedPeriods(from baseline: Period) -> (listed: [Period], unlisted: Period?) {
    var periods: [Period] = []
    var next: Period? = baseline
    while let period = next, period.end <= asOf {
      guard periods.count < periodLimit else {
        let current = Period.containing(asOf, length: baseline.length)
        return (periods, current.end <= asOf ? current : current.advanced(by: -1))
      }
      periods.append(period)
      next = period.advanced(by: 1)
    }
    return (periods, nil)
  }

  /// The row of the last period, where those before it are too many to be measured: it says so.
  private func tooLong(at period: Period) -> ScoreboardRow {
    ScoreboardRow(
      period: period, value: .unknown(reason(.tooLong, "scoreboard")), required: nil, change: nil,
      distance: nil, outcome: .undetermined, requests: [], derivation: nil)
  }

  private mutating func indicator(
    _ measured: Measured, at period: Period
  ) -> (Answer, Derivation?) {
    slots.removeAll(keepingCapacity: true)
    enter(
      Frame(testDate: period.end, day: period.end, period: period, scope: measured.mission.name))
    let found = scalar(measured.indicator)
    return (found.answer, trace?.takeLast())
  }

  // MARK: What is asked

  /// The value that the target asks for; nil without a target.
  private func target(of measured: Measured, _ baseline: Answer) -> Answer? {
    measured.mission.target.map { value(baseline, moved: $0.direction, by: .one, of: $0.value) }
  }

  /// What is asked of a period: the target from its day on, the path before it. Nothing is asked
  /// of the baseline, nor before the day of a mission that states no path.
  private mutating func required(
    of measured: Measured, at period: Period, _ baseline: Answer
  ) -> Answer? {
    guard period != measured.baseline, let target = measured.mission.target else { return nil }
    if let by = target.by, period.end >= by { return self.target(of: measured, baseline) }
    switch measured.mission.path {
    case nil: return nil
    case .straight:
      guard let by = target.by, let way = way(from: measured.baseline, to: period, of: by) else {
        return nil
      }
      return value(baseline, moved: target.direction, by: way, of: target.value)
    case .parameter(let id):
      enter(
        Frame(
          testDate: period.end, day: period.end, period: period, scope: measured.mission.name))
      let share = parameter(id, when: Found(.period(period)))
      guard case .quantity(let asked)? = share.value else {
        return .unknown(share.reasons.isEmpty ? reason(.missingFact) : share.reasons)
      }
      return value(baseline, moved: target.direction, by: .one, of: asked)
    }
  }

  /// How much of the way from the baseline to the target's day is behind at the end of a period:
  /// in periods where the day ends one, else in days.
  private func way(from baseline: Period, to period: Period, of by: CalendarDate) -> Fraction? {
    let last = Period.containing(by, length: baseline.length)
    if last.end == by, let done = baseline.distance(to: period),
      let all = baseline.distance(to: last), all > 0
    {
      return try? Fraction(done) / Fraction(all)
    }
    let all = baseline.end.days(to: by)
    guard all > 0 else { return nil }
    return try? Fraction(baseline.end.days(to: period.end)) / Fraction(all)
  }

  /// A part of the way from the baseline to where a target leads: to a share of the baseline less
  /// or more, or to a value of its own.
  private func value(
    _ baseline: Answer, moved direction: MissionTarget.Direction, by part: Fraction,
    of asked: Fraction
  ) -> Answer {
    do {
      switch (direction, baseline) {
      case (.atMost, _) where part == .one, (.atLeast, _) where part == .one:
        return .known(.quantity(asked))
      case (_, .between), (_, .unknown): return .unknown(baseline.reasons)
      case (.atMost, .known(.quantity(let value))), (.atLeast, .known(.quantity(let value))):
        return .known(.quantity(try value + part * (try asked - value)))
      case (_, .known(.quantity(let value))):
        return .known(.quantity(try value * (try factor(direction, try part * asked))))
      case (_, .known(.money(let value, let currency))):
        return .known(.money(try value * (try factor(direction, try part * asked)), currency))
      case (_, .known): return .unknown(reason(.missingFact))
      }
    } catch { return .unknown(reason(of: error)) }
  }

  private func factor(
    _ direction: MissionTarget.Direction, _ share: Fraction
  ) throws(ArithmeticFailure) -> Fraction {
    direction == .reduction ? try .one - share : try .one + share
  }

  // MARK: How it stands

  private func difference(_ left: Answer, _ right: Answer, _ type: ValueType) -> Answer {
    arithmetic(.subtract, Found(left), Found(right), left: type, right: type).answer
  }

  private func outcome(
    of value: Answer, _ required: Answer?, _ direction: MissionTarget.Direction?
  ) -> Outcome {
    guard let required, let direction else { return .notApplicable }
    let isLess = direction == .reduction || direction == .atMost
    let comparison: ComparisonOperator = isLess ? .lessOrEqual : .greaterOrEqual
    let truth: Truth
    switch (value, required) {
    case (.known(.money(let one, let currency)), .known(.money(let other, let otherCurrency)))
    where currency == otherCurrency:
      truth = Truth(comparison.holds(one, other))
    case (.known(.money), _), (_, .known(.money)): truth = .unknown
    default:
      guard let one = Interval(value), let other = Interval(required) else { return .undetermined }
      truth = Interval.compare(comparison, one, other)
    }
    switch truth {
    case .true: return .met
    case .false: return .breached
    case .unknown: return .undetermined
    }
  }
}
