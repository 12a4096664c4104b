// Cures: whether a breach was put right, still can be, and whether the cure was open at all.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// Lays rows 8 to 10 over a breach, as far as the cure is open to it.
  mutating func apply(
    _ cure: Cure, to test: inout DecidedTest, due: CalendarDate, of condition: PreparedCondition,
    after earlier: EarlierTests
  ) {
    let standing = test
    var cured = test
    tryCure(cure, &cured, due: due, of: condition)
    switch openness(of: cure, after: earlier) {
    case .open: test = cured
    case .spent(let why):
      test.remarks.append(.cureSpent(why))
      test.payment = cured.payment
    case .unknown:
      // The count only matters where the cure would change the outcome.
      guard cured.outcome != standing.outcome else {
        test = cured
        return
      }
      test.outcome = .undetermined
      test.reasons = ReasonSet(Reason(.openCondition, subject: condition.name))
        .union(cured.reasons)
    }
  }

  private enum Openness {
    case open
    case spent(String)
    /// Earlier tests that are still open may use it up.
    case unknown
  }

  /// Whether `at most n times` and `never twice in a row` leave the cure open to the next test.
  private func openness(of cure: Cure, after earlier: EarlierTests) -> Openness {
    var openness = Openness.open
    if let limit = cure.atMost {
      if earlier.curedCount >= limit { return .spent("at most \(limit) times") }
      if earlier.curedCount + earlier.openCount >= limit { openness = .unknown }
    }
    if cure.isNeverTwiceInARow {
      if earlier.last == .cured { return .spent("never twice in a row") }
      if earlier.last?.isOpen == true { openness = .unknown }
    }
    return openness
  }

  /// Row 8: cured on some day after D up to min(A, last cure day). Row 9: still within the time.
  /// Row 10: unknown on some such day. Each day tried stands in for T.
  private mutating func tryCure(
    _ cure: Cure, _ test: inout DecidedTest, due: CalendarDate, of condition: PreparedCondition
  ) {
    let lastDay: CalendarDate
    switch cure.window {
    case .atAnyTime:
      lastDay = .last
      test.remarks.append(.curableAtAnyTime)
    case .within(let duration, let convention):
      guard let last = adding(duration, to: due, convention) else {
        test.outcome = .undetermined
        test.reasons = noDay(duration)
        return
      }
      lastDay = last
      test.lastCureDay = last
      test.finalDay = lastDay.adding(days: 1) ?? lastDay
    }
    let tried = [cure.condition ?? condition.requirement] + (cure.payment.map { [$0.paid] } ?? [])
    let statement = tried.first { prepared.mentionsTestDate[$0.index] } ?? tried[0]
    let first = due.adding(days: 1) ?? due
    guard let days = days(from: first, to: min(asOf, lastDay), for: statement) else {
      test.outcome = .undetermined
      test.reasons = reason(.tooLong, "over \(Self.dayLimit) days")
      return
    }
    let outer = frame
    defer { frame = outer }
    var unknown = ReasonSet.none
    for day in days {
      frame = outer.on(day, asOf)
      let found = quietly { $0.cureTest(cure, condition) }
      if found.truth.isTrue {
        keepCureStep(cure, condition)
        test.payment = payment(cure)
        test.outcome = .cured
        test.finalDay = day
        test.remarks = [.curedOn(day)] + found.rests.remarks
        return
      }
      unknown = unknown.union(found.reasons)
    }
    if let lastTried = days.last {
      frame = outer.on(lastTried, asOf)
      keepCureStep(cure, condition)
    }
    test.payment = payment(cure)
    if case .within = cure.window, asOf <= lastDay {
      test.outcome = .inCure
      test.reasons = unknown
      test.remarks.append(.curableUntil(lastDay))
    } else if !unknown.isEmpty {
      test.outcome = .undetermined
      test.reasons = unknown
    }
  }

  /// `cure when E`, or without it the requirement tried again.
  private mutating func cureTest(_ cure: Cure, _ condition: PreparedCondition) -> Found {
    bindPaid(cure)
    if let own = cure.condition { return scalar(own) }
    return statement(of: condition)
  }

  /// Keeps the steps of the day that decided, or of the last day tried.
  private mutating func keepCureStep(_ cure: Cure, _ condition: PreparedCondition) {
    guard trace != nil else { return }
    if let payment = cure.payment {
      let paid = step(.clause("payment"), type: payment.type) { $0.scalar(payment.paid) }
      bind(payment.slot, .scalar(paid))
    }
    _ = step(.clause("cure")) { $0.scalar(cure.condition ?? condition.requirement) }
  }
}
