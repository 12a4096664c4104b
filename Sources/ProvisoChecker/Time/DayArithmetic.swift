// Dates, durations and periods in sums: what may be added to a day, and under which convention.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// A sum or difference in which a date, a period or a duration takes part; nil for all others.
  func timeSum(
    _ left: ExpressionID, _ right: ExpressionID, isSubtracted: Bool, _ operatorSpan: SourceSpan,
    _ span: SourceSpan
  ) -> ExpressionID? {
    let both = { self.side(left) + self.side(right) }
    switch (type(of: left), type(of: right)) {
    case (.date, .duration), (.event, .duration):
      return addDuration(left, right, isSubtracted: isSubtracted, span)
    case (.duration, .date) where !isSubtracted, (.duration, .event) where !isSubtracted:
      return addDuration(right, left, isSubtracted: false, span)
    case (.duration, .duration):
      return add(.durationSum(left, right, isSubtracted: isSubtracted), .duration, span)
    case (.period(let length), .wholeNumber):
      return add(.periodPlus(left, right, isSubtracted: isSubtracted), .period(length), span)
    case (.period, .period) where isSubtracted:
      return add(.periodDifference(left, right), .wholeNumber, span)
    case (.date, let other), (.event, let other):
      if Measure(other) != nil {
        let sign = isSubtracted ? "-" : "+"
        let number = text(of: self[right].span)
        report(
          TimePages.dateAndNumber, "a day and a bare number: \(number) of what?",
          at: operatorSpan, also: both(),
          help: [
            "write `\(sign) \(number) days`, `\(sign) \(number) months` or `\(number) business "
              + "days after …`"
          ])
        return unresolved(span)
      }
      if isSubtracted, other == .date || other == .event {
        let (from, to) = (text(of: self[right].span), text(of: self[left].span))
        report(
          TimePages.dateDifference, "days are counted, not subtracted", at: operatorSpan,
          also: both(),
          help: [
            "write `days completed from \(from) to \(to)`, or count `months` or `years`"
          ])
        return unresolved(span)
      }
      return nil
    case (.duration, let other), (let other, .duration):
      guard Measure(other) != nil else { return nil }
      report(
        TimePages.dateAndNumber, "calendar time and a bare number cannot be added",
        at: operatorSpan, also: both(), help: ["give the number its unit: `days`, `months`"])
      return unresolved(span)
    default: return nil
    }
  }

  private func addDuration(
    _ date: ExpressionID, _ duration: ExpressionID, isSubtracted: Bool, _ span: SourceSpan
  ) -> ExpressionID {
    if hasMonths(duration) { checkConvention(date, duration, isSubtracted, span) }
    return add(
      .addDuration(date: date, duration: duration, isSubtracted: isSubtracted, months),
      type(of: date), span)
  }

  /// `2 * 3 months`, `3 months * 2`.
  func durationProduct(
    _ left: ExpressionID, _ right: ExpressionID, _ span: SourceSpan
  ) -> ExpressionID? {
    switch (type(of: left), type(of: right)) {
    case (.duration, .wholeNumber): add(.durationTimes(left, right), .duration, span)
    case (.wholeNumber, .duration): add(.durationTimes(right, left), .duration, span)
    default: nil
    }
  }

  /// Whether a duration may contain months, whose length depends on where they begin.
  func hasMonths(_ id: ExpressionID) -> Bool {
    switch self[id].kind {
    case .literal(.duration(let duration)): duration.months != 0
    case .durationSum(let left, let right, _): hasMonths(left) || hasMonths(right)
    case .durationTimes(let duration, _): hasMonths(duration)
    case .literal: false
    default: true
    }
  }

  /// Months added to a day: without a stated convention only where there is one reading.
  private func checkConvention(
    _ date: ExpressionID, _ duration: ExpressionID, _ isSubtracted: Bool, _ span: SourceSpan
  ) {
    guard months == nil else { return }
    guard case .literal(.date(let day)) = self[date].kind else {
      requireConvention(at: span)
      return
    }
    guard case .literal(.duration(let length)) = self[duration].kind else {
      if day.day > 28 { requireConvention(at: span) }
      return
    }
    guard let moved = isSubtracted ? length.reversed : length,
      let last = day.adding(months: moved.months, convention: .lastDay),
      let other = last.otherReading
    else { return }
    requireConvention(at: span, readings: "\(last.date) or \(other)")
  }

  /// Reports that months are counted and the ruleset does not say how.
  func requireConvention(at span: SourceSpan, readings: String? = nil) {
    guard months == nil else { return }
    report(
      TimePages.noMonthConvention,
      readings.map { "this can be \($0)" } ?? "this may end in a month that lacks the day",
      at: span, "the ruleset does not say what happens then",
      also: header.map { [LabelledSpan($0.name.span, "the ruleset's header")] } ?? [],
      help: [
        "write `months end on the last day` in the header (31 January + 1 month is 28 February)",
        "or `months roll over` (it is 1 March)",
      ])
  }

  // MARK: - Durations

  /// `6 months`, `notice days`.
  func duration(_ node: DurationSyntax) -> ExpressionID {
    let amount = operand(
      node.amount, fitting: .wholeNumber, as: "a length of calendar time")
    if node.unit == .businessDays { requireHolidays(at: node.span) }
    if type(of: amount) != .wholeNumber { return unresolved(node.span) }
    if case .literal(.quantity(let value)) = self[amount].kind {
      guard let count = value.wholeValue, let length = calendarDuration(count, node.unit) else {
        report(
          TimePages.badDuration, "`\(text(of: node.span))` is too long", at: node.span,
          help: ["calendar time reaches from year 1 to year 9999"])
        return unresolved(node.span)
      }
      return add(.literal(.duration(length)), .duration, node.span)
    }
    guard let one = calendarDuration(1, node.unit) else { return unresolved(node.span) }
    let unit = add(.literal(.duration(one)), .duration, node.span)
    return add(.durationTimes(unit, amount), .duration, node.span)
  }

  private func calendarDuration(_ count: Int, _ unit: DurationUnit) -> CalendarDuration? {
    guard count.magnitude <= 4_000_000 else { return nil }
    switch unit {
    case .days: return CalendarDuration(days: count)
    case .businessDays: return CalendarDuration(businessDays: count)
    case .months: return CalendarDuration(months: count)
    case .quarters: return CalendarDuration(months: count * 3)
    case .halfYears: return CalendarDuration(months: count * 6)
    case .years: return CalendarDuration(months: count * 12)
    }
  }

  private func requireHolidays(at span: SourceSpan) {
    guard !hasHolidays else { return }
    report(
      TimePages.noHolidays, "business days are counted and the ruleset names no holidays",
      at: span,
      also: header.map { [LabelledSpan($0.name.span, "the ruleset's header")] } ?? [],
      help: ["write `holidays from \"lists/target2-holidays.csv\"` in the header"])
  }

  /// A duration that is written out, such as a cure's; nil after a report.
  func fixedDuration(_ node: ExpressionSyntax, as role: String) -> CalendarDuration? {
    let id = operand(node, fitting: .duration, as: role)
    if let length = constantDuration(id) {
      if length.months < 0 || length.days < 0 || length.businessDays < 0 {
        report(
          TimePages.badDuration, "\(role) cannot be less than nothing", at: node.span)
        return nil
      }
      return length
    }
    if type(of: id) == .duration {
      report(
        TimePages.badDuration, "\(role) must be written out", at: node.span,
        "this depends on the contract", help: ["write a fixed length, such as `6 months`"])
    }
    return nil
  }

  private func constantDuration(_ id: ExpressionID) -> CalendarDuration? {
    switch self[id].kind {
    case .literal(.duration(let length)): return length
    case .durationSum(let left, let right, let isSubtracted):
      guard let one = constantDuration(left), let other = constantDuration(right) else {
        return nil
      }
      guard let second = isSubtracted ? other.reversed : other else { return nil }
      return CalendarDuration(
        months: one.months + second.months, days: one.days + second.days,
        businessDays: one.businessDays + second.businessDays)
    default: return nil
    }
  }
}
