// When a condition is tested, when it is due, and how a breach may be put right.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  func schedule(_ node: ScheduleSyntax) -> Schedule {
    untimed {
      switch node {
      case .missing:
        hasError = true
        return .asOf
      case .on(let date): return .on(day(date, as: "the day a condition is tested on"))
      case .by(let date): return .by(day(date, as: "the day a condition is tested by"))
      case .continuously: return .continuously
      case .periodic(let word, let from, let end):
        let length = PeriodLength(word)
        let first = from.map { bound($0, length) }
        let last = end.map { scheduleEnd($0, length) }
        checkBounds(first, last)
        return .periods(length, from: first, to: last)
      case .every(let step, let from, let end):
        let length = fixedDuration(step, as: "the step of a schedule")
        let first = day(from, as: "the first day of a schedule")
        let last = end.map { scheduleEnd($0, nil) }
        if let length, length.months == 0, length.days == 0, length.businessDays == 0 {
          report(
            TimePages.badSchedule, "a schedule moves forward, and this step is no time at all",
            at: step.span, help: ["write `every 12 months from …`"])
        }
        if let length, length.months != 0 { requireConvention(first, step.span) }
        checkBounds(first, last)
        return .every(length ?? CalendarDuration(months: 12), months, from: first, to: last)
      }
    }
  }

  /// Periods without `from` begin, and a continuous test runs, from the day of signature.
  func checkBeginning(_ schedule: Schedule, at span: SourceSpan) {
    switch schedule {
    case .periods(_, from: nil, _), .continuously: break
    default: return
    }
    guard place.hasContract else {
      report(
        ConditionPages.portfolioWithoutBeginning,
        "this schedule begins with the day of signature, which a portfolio does not have", at: span,
        help: ["write `tested yearly from 2021`, or `tested on 2021-12-31`"])
      return
    }
    guard !contractFields.contains(where: { $0.name == "signed" }) else { return }
    report(
      TimePages.noBeginning, "this schedule begins with the day of signature, which no field gives",
      at: span, also: [LabelledSpan(contractSpan, "the contract's fields")],
      help: ["declare `signed : date`, or write `from 2021`"])
  }

  private func requireConvention(_ first: ExpressionID, _ span: SourceSpan) {
    if case .literal(.date(let date)) = self[first].kind, date.day <= 28 { return }
    requireConvention(at: span)
  }

  /// A bound is a period or a day.
  private func bound(_ node: ExpressionSyntax, _ length: PeriodLength?) -> ExpressionID {
    let id = operand(node, length == nil ? .date : .period(nil))
    switch type(of: id) {
    case .date, .event, .period, .unresolved: break
    default:
      report(
        TimePages.badSchedule, "the bound of a schedule is a period or a day", at: node.span,
        "this is \(words(type(of: id)))",
        help: ["write `from 2021`, `from 2021-Q1` or `from signed`"]
      )
    }
    return id
  }

  private func scheduleEnd(_ node: ScheduleEndSyntax, _ length: PeriodLength?) -> ScheduleEnd {
    switch node {
    case .to(let last): ScheduleEnd(bound: bound(last, length), isIncluded: true)
    case .until(let end): ScheduleEnd(bound: bound(end, length), isIncluded: false)
    }
  }

  private func checkBounds(_ first: ExpressionID?, _ last: ScheduleEnd?) {
    guard let first, let last else { return }
    let (from, to) = (self[first], self[last.bound])
    var isReversed = false
    switch (from.kind, to.kind) {
    case (.literal(.period(let one)), .literal(.period(let other))):
      isReversed = last.isIncluded ? other.end < one.start : other.start <= one.start
    case (.literal(.date(let one)), .literal(.date(let other))):
      isReversed = last.isIncluded ? other < one : other <= one
    default: return
    }
    guard isReversed else { return }
    report(
      TimePages.reversedBounds, "nothing is tested between these bounds", at: from.span,
      also: [LabelledSpan(to.span, "before the beginning")], help: ["write the earlier bound first"]
    )
  }

  func due(_ node: DueSyntax) -> DueRule? {
    switch node {
    case .on(let date, _): return .on(day(date, as: "the due date"))
    case .after(let duration, let extent):
      guard let length = fixedDuration(duration, as: "the time until a test is due") else {
        return nil
      }
      if length.months != 0 { requireConvention(at: extent.span) }
      return .after(length, months)
    }
  }

  /// - Parameters:
  ///   - requirement: What is tried again where the cure has no `when`.
  ///   - schedule: Where it is per period, facts of the period alone cannot be cured.
  func cure(_ node: CureSyntax, _ requirement: ExpressionID?, _ schedule: Schedule) -> Cure? {
    let (payment, condition) = cureTest(node)
    if condition == nil, payment == nil, case .periods = schedule, let requirement,
      type(of: requirement) == .boolean, !movesWithTestDate(requirement)
    {
      report(
        ConditionPages.hopelessCure,
        "this can never be cured: the requirement reads only facts of the period", at: node.span,
        also: [LabelledSpan(self[requirement].span, "stays what it is, whatever happens later")],
        help: ["say what puts it right: `cure when …, within 6 months`"])
    }
    let window: CureWindow
    switch node.limit {
    case .missing:
      hasError = true
      return nil
    case .atAnyTime: window = .atAnyTime
    case .within(let duration):
      guard let length = fixedDuration(duration, as: "the time for a cure") else { return nil }
      if length.months != 0 { requireConvention(at: duration.span) }
      window = .within(length, months)
    }
    var atMost: Int?
    if let times = node.atMost {
      guard let count = count(times) else { return nil }
      atMost = count
    }
    return Cure(
      payment: payment, condition: condition, window: window, atMost: atMost,
      isNeverTwiceInARow: node.isNeverTwiceInARow, span: node.span)
  }

  /// `once`, `twice`, `3 times`; nil after a report.
  func count(_ times: TimesSyntax) -> Int? {
    switch times {
    case .once: return 1
    case .twice: return 2
    case .times(let node):
      guard case .quantity(let value) = constant(node, .wholeNumber, as: "how many times") else {
        return nil
      }
      guard let count = value.wholeValue, count >= 1, count <= 1_000_000 else {
        report(
          ConditionPages.badTimes, "how many times is a whole number from 1 on", at: node.span,
          help: ["write `once`, `twice` or `3 times`"])
        return nil
      }
      return count
    }
  }
}
