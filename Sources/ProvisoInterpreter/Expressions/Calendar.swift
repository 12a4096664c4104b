// Dates, durations, periods and counts of time; events and what they are by a day.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// An expression about calendar time.
  mutating func calendar(_ id: ExpressionID) -> Found {
    // Operands first: a call on this evaluation that evaluates its arguments would copy it.
    switch prepared.expressions[id.index].kind {
    case .addDuration(let date, let duration, let isSubtracted, let convention):
      let (start, length) = (scalar(date), scalar(duration))
      return moved(start, by: length, isSubtracted, convention)
    case .durationSum(let left, let right, let isSubtracted):
      let (first, second) = (scalar(left), scalar(right))
      return durationSum(first, second, isSubtracted)
    case .durationTimes(let left, let right):
      let (first, second) = (scalar(left), scalar(right))
      return durationTimes(first, second)
    case .periodPlus(let period, let count, let isSubtracted):
      let (start, steps) = (scalar(period), scalar(count))
      return advanced(start, by: steps, isSubtracted)
    case .periodDifference(let left, let right):
      let (first, second) = (scalar(left), scalar(right))
      return difference(first, second)
    case .countTime(let unit, let count, let from, let to, let convention):
      let (first, last) = (scalar(from), scalar(to))
      return counted(unit, count, from: first, to: last, convention)
    case .yearFraction(let convention, let from, let to, let maturity):
      let (first, last) = (scalar(from), scalar(to))
      let end = maturity.map { scalar($0) }
      return yearFraction(convention, from: first, to: last, maturity: end)
    case .happenedBy(let event, let day): return happened(event, by: day)
    case .dateInPeriod(let date, let period): return dateInPeriod(date, period)
    default: return Found(unknown: reason(.missingFact))
    }
  }

  /// The ruleset's convention where the expression states none of its own.
  func convention(_ stated: MonthConvention?) -> MonthConvention {
    stated ?? prepared.months ?? .lastDay
  }

  /// A date and a duration; *none* stays *none*.
  private func moved(
    _ date: Found, by duration: Found, _ isSubtracted: Bool, _ convention: MonthConvention?
  ) -> Found {
    let rests = date.rests.union(duration.rests)
    guard let start = date.value, case .duration(let length) = duration.value else {
      return Found(unknown: date.reasons.union(duration.reasons))
    }
    if case .none = start { return Found(.known(.none), rests: rests) }
    guard case .date(let day) = start, let signed = isSubtracted ? length.reversed : length,
      let moved = adding(signed, to: day, convention)
    else { return Found(unknown: noDay(length)) }
    return Found(.known(.date(moved)), rests: rests)
  }

  /// A day a duration later; nil out of range.
  func adding(
    _ duration: CalendarDuration, to day: CalendarDate, _ convention: MonthConvention?
  ) -> CalendarDate? {
    day.adding(
      duration, months: self.convention(convention), businessDays: prepared.calendar)
  }

  /// Why there is no day a duration later.
  func noDay(_ duration: CalendarDuration) -> ReasonSet {
    guard duration.businessDays != 0 else { return reason(.dateOutOfRange) }
    let years = prepared.calendar.coverage.map {
      "\(year($0.lowerBound)) to \(year($0.upperBound))"
    }
    return reason(.beyondHolidays, years.map { "it covers \($0)" } ?? "it is empty")
  }

  private func year(_ day: CalendarDate) -> Period { Period.containing(day, length: .year) }

  private func durationSum(_ left: Found, _ right: Found, _ isSubtracted: Bool) -> Found {
    guard case .duration(let first) = left.value, case .duration(let second) = right.value else {
      return Found(unknown: left.reasons.union(right.reasons))
    }
    guard let other = isSubtracted ? second.reversed : second,
      let months = sum(first.months, other.months), let days = sum(first.days, other.days),
      let businessDays = sum(first.businessDays, other.businessDays)
    else { return Found(unknown: reason(.tooLong)) }
    let sum = CalendarDuration(months: months, days: days, businessDays: businessDays)
    return Found(.known(.duration(sum)), rests: left.rests.union(right.rests))
  }

  private func sum(_ left: Int, _ right: Int) -> Int? {
    let (sum, overflows) = left.addingReportingOverflow(right)
    return overflows ? nil : sum
  }

  /// Whole multiples of a duration; the number may stand on either side.
  private func durationTimes(_ left: Found, _ right: Found) -> Found {
    let unknown = left.reasons.union(right.reasons)
    let pair: (CalendarDuration, Fraction)
    switch (left.value, right.value) {
    case (.duration(let duration), .quantity(let times)): pair = (duration, times)
    case (.quantity(let times), .duration(let duration)): pair = (duration, times)
    default: return Found(unknown: unknown.isEmpty ? reason(.eventIsNone) : unknown)
    }
    guard let times = pair.1.wholeValue else { return Found(unknown: reason(.badExponent)) }
    guard let months = product(pair.0.months, times), let days = product(pair.0.days, times),
      let businessDays = product(pair.0.businessDays, times)
    else { return Found(unknown: reason(.tooLong)) }
    let result = CalendarDuration(months: months, days: days, businessDays: businessDays)
    return Found(.known(.duration(result)), rests: left.rests.union(right.rests))
  }

  private func product(_ left: Int, _ right: Int) -> Int? {
    let (product, overflows) = left.multipliedReportingOverflow(by: right)
    return overflows ? nil : product
  }

  // MARK: Periods

  private func advanced(_ period: Found, by count: Found, _ isSubtracted: Bool) -> Found {
    guard case .period(let start) = period.value, case .quantity(let number) = count.value else {
      return Found(unknown: period.reasons.union(count.reasons))
    }
    guard let steps = number.wholeValue else { return Found(unknown: reason(.badExponent)) }
    guard steps != .min, let moved = start.advanced(by: isSubtracted ? -steps : steps) else {
      return Found(unknown: reason(.dateOutOfRange))
    }
    return Found(.known(.period(moved)), rests: period.rests.union(count.rests))
  }

  /// How many periods lie from the second to the first.
  private func difference(_ left: Found, _ right: Found) -> Found {
    guard case .period(let first) = left.value, case .period(let second) = right.value else {
      return Found(unknown: left.reasons.union(right.reasons))
    }
    guard let distance = second.distance(to: first) else {
      return Found(unknown: reason(.noEntry, "\(first) and \(second)"))
    }
    return Found(.known(.quantity(Fraction(distance))), rests: left.rests.union(right.rests))
  }

  /// A part of a value: the start of a period, the section of a code, the currency of a money.
  mutating func part(_ id: ExpressionID) -> Found {
    let kind = prepared.expressions[id.index].kind
    var whole = Found(unknown: reason(.missingFact))
    kind.forEachOperand { whole = scalar($0) }
    guard let value = whole.value else { return Found(unknown: whole.reasons) }
    let part: Value
    switch (kind, value) {
    case (.periodStart, .period(let period)): part = .date(period.start)
    case (.periodEnd, .period(let period)): part = .date(period.end)
    case (.naceSection, .nace(let code)): part = .nace(code.section)
    case (.currencyOf, .money(_, let currency)): part = .currency(currency)
    case (.periodOf(_, let length), .date(let date)):
      part = .period(.containing(date, length: length))
    case (.periodOf(_, let length), .period(let period)) where length >= period.length:
      part = .period(.containing(period.start, length: length))
    default: return Found(unknown: reason(.eventIsNone))
    }
    return Found(.known(part), rests: whole.rests)
  }

  // MARK: Counting

  private func counted(
    _ unit: TimeUnit, _ count: TimeCount, from: Found, to: Found, _ stated: MonthConvention?
  ) -> Found {
    guard let start = day(of: from), let end = day(of: to) else {
      let unknown = from.reasons.union(to.reasons)
      return Found(unknown: unknown.isEmpty ? reason(.eventIsNone) : unknown)
    }
    let number = count.count(unit, from: start, to: end, self.convention(stated))
    return Found(.known(.quantity(Fraction(number))), rests: from.rests.union(to.rests))
  }

  /// The fraction of a year between two days; unknown while one of the days is.
  private func yearFraction(
    _ convention: DayCount, from: Found, to: Found, maturity: Found?
  ) -> Found {
    let ends = [from, to] + (maturity.map { [$0] } ?? [])
    guard let start = day(of: from), let end = day(of: to),
      maturity.map({ day(of: $0) != nil }) ?? true
    else {
      let unknown = ends.reduce(ReasonSet.none) { $0.union($1.reasons) }
      return Found(unknown: unknown.isEmpty ? reason(.eventIsNone) : unknown)
    }
    let years = convention.yearFraction(
      from: start, to: end, maturity: maturity.flatMap { day(of: $0) })
    let rests = ends.dropFirst().reduce(from.rests) { $0.union($1.rests) }
    return Found(.known(.quantity(years)), rests: rests)
  }

  private mutating func dateInPeriod(_ date: ExpressionID, _ period: ExpressionID) -> Found {
    let when = scalar(date)
    let span = scalar(period)
    guard let value = when.value, case .period(let period) = span.value else {
      return Found(unknown: when.reasons.union(span.reasons))
    }
    let rests = when.rests.union(span.rests)
    switch value {
    case .date(let day): return Found(.known(.boolean(period.contains(day))), rests: rests)
    case .none: return Found(.known(.boolean(false)), rests: rests.union(absence(of: date)))
    default: return Found(unknown: reason(.eventIsNone))
    }
  }

  // MARK: Events

  /// `E by D`: true if it happened by D; false if later, or not at all and A is after D.
  private mutating func happened(_ event: ExpressionID, by day: ExpressionID) -> Found {
    let limit = quietly { $0.scalar(day) }
    let outer = frame.day
    if let deadline = self.day(of: limit) { frame.day = min(asOf, deadline) }
    let found = scalar(event)
    frame.day = outer
    if trace != nil { _ = scalar(day) }
    let rests = found.rests.union(limit.rests)
    guard let deadline = self.day(of: limit) else {
      guard limit.value == nil else { return hasNoDeadline(found, rests) }
      return Found(unknown: limit.reasons.union(found.reasons))
    }
    switch found.value {
    case .date(let date): return Found(.known(.boolean(date <= deadline)), rests: rests)
    case .none?:
      let path = pathText(of: event)
      guard asOf > deadline else {
        return Found(
          unknown: ReasonSet(Reason(.notYetHappened, subject: path, detail: "by \(deadline)")))
      }
      return Found(.known(.boolean(false)), rests: rests.union(Rests(absenceOf: path)))
    default: return Found(unknown: found.reasons)
    }
  }

  /// A deadline that is itself an event that has not happened is later than every date.
  private func hasNoDeadline(_ event: Found, _ rests: Rests) -> Found {
    if case .date = event.value { return Found(.known(.boolean(true)), rests: rests) }
    if case .none? = event.value { return Found(unknown: reason(.eventIsNone)) }
    return Found(unknown: event.reasons)
  }

  /// `repaid is none`.
  mutating func isNone(_ operand: ExpressionID) -> Found {
    let found = scalar(operand)
    guard let value = found.value else { return Found(unknown: found.reasons) }
    guard case .none = value else { return Found(.known(.boolean(false)), rests: found.rests) }
    return Found(.known(.boolean(true)), rests: found.rests.union(absence(of: operand)))
  }
}
