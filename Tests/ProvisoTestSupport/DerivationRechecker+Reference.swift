// Time, lists, tables and parameters again.

import ProvisoModel
import ProvisoQuantities

extension DerivationRechecker {
  func atProblem(_ step: Derivation) -> String? {
    guard let value = step.value, let first = step.children.first else { return nil }
    if first.value == value { return nil }
    // A value out of a fold: one of the fold's members.
    return first.children.contains { $0.value == value } ? nil : "not the value read"
  }

  func calendarProblem(_ step: Derivation) -> String? {
    let operands = step.children.map(\.value)
    guard let value = step.value else {
      return step.answer?.reasons.isEmpty == false ? nil : "unknown without a reason"
    }
    guard let first = operands.first ?? nil else { return "an unknown operand" }
    let second = operands.count > 1 ? operands[1] : nil
    let expected: [Value]
    switch step.operation {
    case .part: expected = parts(of: first)
    case .addDuration: expected = moved(first, second)
    case .countTime(let unit, let count): expected = counted(unit, count, first, second)
    case .yearFraction(let convention):
      expected = yearFraction(convention, first, second, operands.count > 2 ? operands[2] : nil)
    case .periodStep: expected = stepped(first, second)
    case .isNone: expected = [.boolean(first == .none)]
    case .dateInPeriod:
      guard case .period(let period)? = second else { return "no period" }
      if case .date(let day) = first {
        expected = [.boolean(period.contains(day))]
      } else {
        expected = [.boolean(false)]
      }
    case .happenedBy:
      guard case .date(let deadline)? = second.map(asDay) else { return nil }
      if case .date(let day) = first {
        expected = [.boolean(day <= deadline)]
      } else {
        expected = [.boolean(false)]
      }
    default: return "no calendar"
    }
    return expected.contains(value) ? nil : "should be one of \(expected)"
  }

  private func asDay(_ value: Value) -> Value {
    if case .period(let period) = value { .date(period.end) } else { value }
  }

  private func parts(of value: Value) -> [Value] {
    switch value {
    case .period(let period):
      [.date(period.start), .date(period.end)]
        + PeriodLength.allCases.map { .period(.containing(period.start, length: $0)) }
    case .date(let day): PeriodLength.allCases.map { .period(.containing(day, length: $0)) }
    case .nace(let code): [.nace(code.section)]
    case .money(_, let currency): [.currency(currency)]
    default: []
    }
  }

  private func moved(_ first: Value, _ second: Value?) -> [Value] {
    switch (first, second) {
    case (.none, _): return [.none]
    case (.date(let day), .duration(let length)?):
      return [length, length.reversed ?? .zero].flatMap { length in
        MonthConvention.allCases.compactMap {
          day.adding(length, months: $0, businessDays: ruleset.calendar).map(Value.date)
        }
      }
    case (.duration(let one), .duration(let other)?):
      return [1, -1].map { sign in
        .duration(
          CalendarDuration(
            months: one.months + sign * other.months, days: one.days + sign * other.days,
            businessDays: one.businessDays + sign * other.businessDays))
      }
    case (.duration(let length), .quantity(let times)?),
      (.quantity(let times), .duration(let length)?):
      let count = times.wholeValue ?? 0
      return [
        .duration(
          CalendarDuration(
            months: length.months * count, days: length.days * count,
            businessDays: length.businessDays * count))
      ]
    default: return []
    }
  }

  /// By counting up and down from zero, unit by unit.
  private func counted(
    _ unit: TimeUnit, _ count: TimeCount, _ first: Value, _ second: Value?
  ) -> [Value] {
    guard case .date(let start) = asDay(first), case .date(let end)? = second.map(asDay) else {
      return []
    }
    return MonthConvention.allCases.map { convention in
      func after(_ number: Int) -> CalendarDate {
        switch unit {
        case .days: start.adding(days: number) ?? .last
        case .months: start.adding(months: number, convention: convention)?.date ?? .last
        case .years: start.adding(months: number * 12, convention: convention)?.date ?? .last
        }
      }
      var number = 0
      switch count {
      case .completed:
        while after(number + 1) <= end && number < 20_000 { number += 1 }
        while after(number) > end && number > -20_000 { number -= 1 }
      case .started:
        while after(number) < end && number < 20_000 { number += 1 }
      }
      return .quantity(Fraction(number))
    }
  }

  /// By adding up the days in leap years and in others, or by numbering the days of equal months.
  private func yearFraction(
    _ convention: DayCount, _ first: Value, _ second: Value?, _ third: Value?
  ) -> [Value] {
    guard case .date(let one) = asDay(first), case .date(let other)? = second.map(asDay) else {
      return []
    }
    let (start, end) = (min(one, other), max(one, other))
    var maturity: CalendarDate?
    if case .date(let day)? = third.map(asDay) { maturity = day }
    var days: [Fraction] = []
    switch convention {
    case .actual365: days = [Fraction(start.days(to: end)), Fraction(365)]
    case .actual360: days = [Fraction(start.days(to: end)), Fraction(360)]
    case .actualActual:
      var leapDays = 0
      for year in start.year...end.year where CalendarDate.isLeap(year: year) {
        guard let first = CalendarDate(year: year, month: 1, day: 1) else { continue }
        let last = CalendarDate(year: year + 1, month: 1, day: 1) ?? .last
        leapDays += max(0, max(first, start).days(to: min(last, end)))
      }
      days = [
        Fraction(leapDays * 365 + (start.days(to: end) - leapDays) * 366), Fraction(365 * 366),
      ]
    default:
      let length = convention == .twentyEightE336 ? 28 : 30
      func ends(_ day: CalendarDate) -> Bool { day.adding(days: 1)?.day ?? 1 == 1 }
      func place(_ date: CalendarDate, _ day: Int) -> Int {
        (date.year * 12 + date.month) * length + day
      }
      var (from, to) = (min(start.day, length), min(end.day, length))
      if convention == .thirty360, start.day < 30 { to = end.day }
      if convention == .thirtyE360ISDA {
        if ends(start) { from = 30 }
        if ends(end), end.month != 2 || end != maturity { to = 30 }
      }
      days = [Fraction(place(end, to) - place(start, from)), Fraction(12 * length)]
    }
    guard let years = try? days[0] / days[1] else { return [] }
    return [.quantity(one <= other ? years : -years)]
  }

  private func stepped(_ first: Value, _ second: Value?) -> [Value] {
    switch (first, second) {
    case (.period(let period), .quantity(let number)?):
      let count = number.wholeValue ?? 0
      return [count, -count].compactMap { period.advanced(by: $0).map(Value.period) }
    case (.period(let one), .period(let other)?):
      return other.distance(to: one).map { [.quantity(Fraction($0))] } ?? []
    default: return []
    }
  }

  // MARK: Reference data

  func parameterProblem(_ step: Derivation, _ parameter: Parameter) -> String? {
    guard let value = step.value else {
      return step.answer?.reasons.isEmpty == false ? nil : "unknown without a reason"
    }
    if case .constant(let constant) = parameter.course {
      return value == constant ? nil : "not the constant"
    }
    guard case .date(let day)? = step.children.last?.value.map(asDay) else { return "no time" }
    switch parameter.course {
    case .constant: return nil
    case .steps(let steps):
      return steps.filter { $0.from <= day }.max { $0.from < $1.from }?.value == value
        ? nil : "not the step that holds"
    case .linear(let points, let then, let countsYears):
      let position = countsYears ? day.year : Int(day.dayNumber)
      guard case .quantity(let number) = value else { return "no number" }
      guard let after = points.first(where: { $0.position >= position }),
        let before = points.last(where: { $0.position <= position })
      else { return then == number ? nil : "outside of the path" }
      if after.position == before.position { return number == after.value ? nil : "not the point" }
      // On a straight line the two differences have one ratio.
      let rise = try? (number - before.value) * Fraction(after.position - before.position)
      let run = try? (after.value - before.value) * Fraction(position - before.position)
      return rise == run ? nil : "not on the line"
    }
  }

  func listedProblem(
    _ step: Derivation, _ list: DatedList, _ dating: Int, _ spell: Spell?
  ) -> String? {
    guard let subject = step.children.first?.value, step.truth != .unknown,
      let question = ruleset.expressions.first(where: { expression in
        guard case .listed = expression.kind else { return false }
        return expression.span == step.span
      }), case .listed(let asked) = question.kind, asked.delay == nil
    else { return nil }
    let days = step.children.dropFirst().compactMap { child -> CalendarDate? in
      if case .date(let day)? = child.value.map(asDay) { day } else { nil }
    }
    guard let first = days.first, let last = days.last else { return "no day" }
    let spells = list.entries.filter { $0.value == subject }.compactMap { $0.spells[dating] }
    let isListed = spells.contains { spell in
      var day = first
      while day <= last {
        if spell.contains(day) { return true }
        guard let next = day.adding(days: 1) else { return false }
        day = next
      }
      return false
    }
    return step.truth == Truth(isListed) ? nil : "should be \(isListed)"
  }

  func tableProblem(_ step: Derivation, _ table: DecisionTable, _ row: Int?) -> String? {
    guard let row else { return step.value == nil ? nil : "a result without a row" }
    let keys = step.children.prefix(table.keys.count)
    for (key, cell) in zip(keys, table.rows[row].cells) {
      guard let value = key.value else { continue }
      switch cell {
      case .any, .other: break
      case .value(let wanted): if value != wanted { return "a key does not fit its cell" }
      case .oneOf(let wanted): if !wanted.contains(value) { return "a key is none of its cell" }
      case .interval(let low, let includesLow, let high, let includesHigh):
        guard case .quantity(let number) = value else { return "no number" }
        if let low, includesLow ? number < low : number <= low { return "a key is below" }
        if let high, includesHigh ? number > high : number >= high { return "a key is above" }
      case .spell(let spell):
        if case .date(let day) = value, !spell.contains(day) { return "a day is outside" }
      }
    }
    if case .undetermined = table.rows[row].result { return step.value == nil ? nil : "a value" }
    if case .collection = step.result { return nil }
    return same(step, step.children.last)
  }
}
