// `tested continuously`: each unbroken run of days on which a condition fails is one test.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// From `signed` to A: a run begins on a day it is false and ends on a day it is true, and its
  /// test is on its first day; unknown days outside a run make one undetermined test; with
  /// neither there is one test, on A.
  ///
  /// A day on which the condition does not apply, or an exception does, is no failure.
  mutating func runs(of condition: PreparedCondition) -> [PlannedTest] {
    guard let signed = signed() else {
      return [undecided(ReasonSet(Reason(.missingFact, subject: "signed")))]
    }
    guard case .day(let start) = signed else {
      return [undecided(signed.reasons.isEmpty ? reason(.eventIsNone) : signed.reasons)]
    }
    guard let days = dailyDays(of: condition, from: start) else {
      return [undecided(reason(.tooLong, "over \(Self.dayLimit) days"))]
    }
    var tests: [PlannedTest] = []
    var isInRun = false
    var unknownDay: CalendarDate?
    var unknown = ReasonSet.none
    for day in days {
      let state = daily(condition, on: day)
      switch state.truth {
      case .true: isInRun = false
      case .false:
        if !isInRun { tests.append(test(on: day)) }
        isInRun = true
      case .unknown where !isInRun:
        unknownDay = unknownDay ?? day
        unknown = unknown.union(state.reasons)
      case .unknown: break
      }
    }
    if let unknownDay {
      let test = test(on: unknownDay)
      test.doubt = unknown
      tests.append(test)
    }
    return tests.isEmpty ? [test(on: asOf)] : tests
  }

  private func test(on day: CalendarDate) -> PlannedTest {
    let test = PlannedTest(testDay: .day(day))
    test.dueDay = .day(day)
    return test
  }

  private func undecided(_ reasons: ReasonSet) -> PlannedTest {
    PlannedTest(testDay: .unknown(reasons))
  }

  /// The days on which any clause that makes a day good or bad may change.
  private mutating func dailyDays(
    of condition: PreparedCondition, from start: CalendarDate
  ) -> [CalendarDate]? {
    let clauses =
      [condition.requirement] + [condition.appliesWhen].compactMap { $0 }
      + condition.exceptions.map(\.condition)
    let deciding = clauses.first { prepared.mentionsTestDate[$0.index] } ?? condition.requirement
    return days(from: start, to: asOf, for: deciding)
  }

  /// Whether the condition is kept on a day: it holds, does not apply, or is excused.
  private mutating func daily(_ condition: PreparedCondition, on day: CalendarDate) -> Found {
    enter(Frame(testDate: day, day: min(asOf, day), period: nil, scope: condition.name))
    return quietly { evaluation in
      var kept = Junction(decisive: .true)
      kept.take(evaluation.statement(of: condition))
      if let applies = condition.appliesWhen {
        kept.take(evaluation.negation(evaluation.scalar(applies)))
      }
      for exception in condition.exceptions { kept.take(evaluation.scalar(exception.condition)) }
      return kept.result
    }
  }

  /// What `requires` says, or the contrary of what `forbids` says.
  mutating func statement(of condition: PreparedCondition) -> Found {
    let found = scalar(condition.requirement)
    return condition.polarity == .forbids ? negation(found) : found
  }
}
