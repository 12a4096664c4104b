// The outcome of one test: the rows of the outcome table, in order (language.md §4).

import ProvisoModel
import ProvisoQuantities

/// A decided test, with what later steps need of it.
struct DecidedTest {
  let planned: PlannedTest
  let due: TestDay
  var outcome: Outcome
  var beneath: Outcome?
  var reasons = ReasonSet.none
  var remarks: [Remark] = []
  var derivation: Derivation?
  /// The day the outcome became final, on which amounts are read.
  var finalDay: CalendarDate?
  /// The last day on which it can be cured, where the cure has one.
  var lastCureDay: CalendarDate?
  /// For a cure by payment: what was paid, and what would cure.
  var payment: CurePayment?

  init(_ planned: PlannedTest, due: TestDay, outcome: Outcome) {
    self.planned = planned
    self.due = due
    self.outcome = outcome
  }
}

/// What a cure asks of the tests before it: how they came out.
struct EarlierTests {
  private(set) var curedCount = 0
  /// Those that may still turn out otherwise.
  private(set) var openCount = 0
  private(set) var last: Outcome?

  mutating func add(_ outcome: Outcome) {
    if outcome == .cured { curedCount += 1 }
    if outcome.isOpen { openCount += 1 }
    last = outcome
  }
}

extension Outcome {
  /// Whether a test that came out so may still turn out otherwise.
  var isOpen: Bool { self == .pending || self == .inCure || self == .undetermined }
}

/// What the clauses of a condition say for one test.
private struct Clauses {
  var applies = Found(.boolean(true))
  /// The position of the exception that is true, if one is.
  var exception: Int?
  var exceptionRests = Rests.nothing
  /// Why an exception that is not known to be false may apply.
  var openExceptions = ReasonSet.none
  var holds = Found(.boolean(true))
  var remarks: [Remark] = []
}

extension Evaluation {
  /// Begins one test, whose outcome is open until it is decided. The variables of its member are
  /// bound.
  mutating func begin(_ planned: PlannedTest, of condition: PreparedCondition) -> DecidedTest {
    let testDate = planned.testDay.date ?? asOf
    enter(
      Frame(
        testDate: testDate, day: min(asOf, testDate), period: planned.period,
        scope: condition.name))
    return DecidedTest(planned, due: dueDay(of: planned, condition), outcome: .undetermined)
  }

  /// Decides the test that was begun last.
  mutating func decide(
    _ test: inout DecidedTest, of condition: PreparedCondition, after earlier: EarlierTests
  ) {
    // Row 1: T or D cannot be computed.
    let undated = test.planned.testDay.reasons.union(test.due.reasons)
    if !undated.isEmpty || !test.planned.doubt.isEmpty {
      test.reasons = undated.union(test.planned.doubt)
      return
    }
    trace?.open()
    var clauses = Clauses()
    if !rows2to5(&test, condition, &clauses), !rows6and7(&test, clauses) {
      rows8to11(&test, condition, earlier, clauses)
    }
    if !clauses.remarks.isEmpty { test.remarks.insert(contentsOf: clauses.remarks, at: 0) }
    if let trace {
      trace.close(.test, clauses.holds.answer)
      test.derivation = trace.takeLast()
    }
  }

  private mutating func dueDay(of planned: PlannedTest, _ condition: PreparedCondition) -> TestDay {
    if let due = planned.dueDay { return due }
    switch condition.due {
    case nil: return planned.testDay
    case .on(let date):
      return TestDay(quietly { $0.scalar(date) }, orElse: reason(.eventIsNone))
    case .after(let duration, let convention):
      guard let testDate = planned.testDay.date else { return planned.testDay }
      guard let due = adding(duration, to: testDate, convention) else {
        return .unknown(noDay(duration))
      }
      return .day(due)
    }
  }

  /// Rows 2 to 5: not applicable, exempt, pending before T, met. Whether one of them decides.
  private mutating func rows2to5(
    _ test: inout DecidedTest, _ condition: PreparedCondition, _ clauses: inout Clauses
  ) -> Bool {
    if let applies = condition.appliesWhen {
      clauses.applies = step(.clause("applies when")) { $0.scalar(applies) }
      clauses.holds = clauses.applies
    }
    if clauses.applies.truth.isFalse {
      clauses.remarks = clauses.applies.rests.remarks
      test.outcome = .notApplicable
      return true
    }
    tryExceptions(of: condition, &clauses)
    if clauses.applies.truth.isTrue, let position = clauses.exception {
      let exception = condition.exceptions[position]
      clauses.remarks = clauses.applies.rests.union(clauses.exceptionRests).remarks
      test.outcome = .exempt
      test.remarks = [.exemptBy(title: exception.title, under: exception.under)]
      return true
    }
    if test.planned.testDay.isAfter(asOf) {
      test.outcome = .pending
      return true
    }
    clauses.holds = holds(test.planned, test.due, condition, &clauses)
    guard clauses.applies.truth.isTrue && clauses.holds.truth.isTrue else { return false }
    let rests = clauses.applies.rests.union(clauses.holds.rests)
    if !rests.isEmpty { clauses.remarks.insert(contentsOf: rests.remarks, at: 0) }
    test.outcome = .met
    test.finalDay = test.due.date.map { min(asOf, $0) } ?? asOf
    return true
  }

  private mutating func tryExceptions(of condition: PreparedCondition, _ clauses: inout Clauses) {
    for (position, exception) in condition.exceptions.enumerated() {
      let found = step(.exception(exception.title)) { $0.scalar(exception.condition) }
      switch found.truth {
      case .true:
        // Of several that apply, the first that rests on nothing absent is named.
        if clauses.exception == nil || (!clauses.exceptionRests.isEmpty && found.rests.isEmpty) {
          clauses.exception = position
          clauses.exceptionRests = found.rests
        }
      case .unknown: clauses.openExceptions = clauses.openExceptions.union(found.reasons)
      case .false: break
      }
    }
  }

  /// *Holds*: false where the statement fails, or evidence whose lack is a breach is missing;
  /// unknown where the statement, a doubt or the evidence leaves it open; else true.
  private mutating func holds(
    _ planned: PlannedTest, _ due: TestDay, _ condition: PreparedCondition, _ clauses: inout Clauses
  ) -> Found {
    var holds = Junction(decisive: .false)
    holds.take(
      planned.holdsOnAnyDay
        ? statementOnAnyDay(of: condition, to: frame.testDate)
        : step(.clause(condition.polarity.rawValue)) { $0.scalar(condition.requirement) }
          .seen(as: condition.polarity))
    for doubt in condition.doubts {
      let found = step(.clause("undetermined \"\(doubt.reason)\"")) { $0.scalar(doubt.condition) }
      if !found.truth.isFalse {
        holds.take(
          unknown: found.reasons.union(
            ReasonSet(
              Reason(.undeterminedByRule, subject: condition.name, detail: doubt.reason))))
      }
    }
    for requirement in condition.evidence {
      let state = self.state(
        of: requirement, period: planned.period, testDate: frame.testDate, due: due)
      let found = Found(state.truth, reasons: state.reasons, rests: .nothing)
      holds.take(
        step(.evidence(kind: requirement.kind, item: state.item)) { _ in found })
      if let remark = state.remark { clauses.remarks.append(remark) }
    }
    let result = holds.result
    // An exception that may apply turns a failure into an open question.
    guard result.truth.isFalse, !clauses.openExceptions.isEmpty else { return result }
    return Found(unknown: clauses.openExceptions)
  }

  /// `tested by`: true if it held on any day up to T, else unknown if it was unknown on one.
  private mutating func statementOnAnyDay(
    of condition: PreparedCondition, to last: CalendarDate
  ) -> Found {
    let outer = frame
    var first = changeDays().first.map { min($0, last) } ?? last
    if let signed = signed()?.date { first = min(first, signed) }
    // Before the first change everything was as it was on the day before it.
    if let before = first.adding(days: -1) { first = before }
    guard let days = days(from: first, to: last, for: condition.requirement) else {
      return Found(unknown: reason(.tooLong, "over \(Self.dayLimit) days"))
    }
    var any = Junction(decisive: .true)
    var trueDay: CalendarDate?
    var unknownDay: CalendarDate?
    for day in days {
      frame = outer.on(day, asOf)
      let found = quietly { $0.statement(of: condition) }
      any.take(found)
      switch found.truth {
      case .true: trueDay = trueDay ?? day
      case .unknown: unknownDay = unknownDay ?? day
      case .false: break
      }
      if any.isSettled { break }
    }
    if trace != nil {
      frame = outer.on(trueDay ?? unknownDay ?? last, asOf)
      _ = step(.clause(condition.polarity.rawValue)) { $0.scalar(condition.requirement) }
    }
    frame = outer
    return any.result
  }

  /// Rows 6 and 7: pending before D, else undetermined where something is unknown. Whether one of
  /// them decides.
  private func rows6and7(_ test: inout DecidedTest, _ clauses: Clauses) -> Bool {
    let isDue = !test.due.isAfter(asOf)
    let isOpen = clauses.applies.truth == .unknown || clauses.holds.truth == .unknown
    if isDue && !isOpen { return false }
    var open = clauses.applies.reasons.union(clauses.holds.reasons)
    if clauses.holds.truth == .unknown { open = open.union(clauses.openExceptions) }
    test.reasons = open
    if isDue { return true }
    test.outcome = .pending
    let isCertain = clauses.applies.truth.isTrue && clauses.holds.truth.isFalse
    if isCertain, !test.planned.holdsOnAnyDay, let day = test.due.date {
      test.remarks = [.willBeBreached(on: day)]
    }
    return true
  }

  /// Rows 8 to 11: the breach stands unless it was, or still can be, cured.
  private mutating func rows8to11(
    _ test: inout DecidedTest, _ condition: PreparedCondition, _ earlier: EarlierTests,
    _ clauses: Clauses
  ) {
    guard let due = test.due.date else { return }
    test.outcome = .breached
    test.finalDay = due
    if let cure = condition.cure {
      apply(cure, to: &test, due: due, of: condition, after: earlier)
    }
    test.remarks += clauses.applies.rests.union(clauses.holds.rests).remarks
  }
}

extension Frame {
  /// The same frame with another day standing in for T.
  func on(_ day: CalendarDate, _ asOf: CalendarDate) -> Frame {
    var frame = self
    frame.testDate = day
    frame.day = min(asOf, day)
    return frame
  }
}

extension Found {
  /// What a statement says of the condition: what is forbidden holds when it is not so.
  fileprivate func seen(as polarity: Polarity) -> Found {
    guard polarity == .forbids else { return self }
    return Found(!truth, reasons: reasons, rests: rests)
  }
}
