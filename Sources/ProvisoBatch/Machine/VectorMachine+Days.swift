// Operations on days and periods, by the calendar.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// Days a duration later; one out of range is unknown, an event that has not happened stays so.
  mutating func moved(
    _ day: Int, _ duration: CalendarDuration, _ convention: MonthConvention,
    into result: inout Register<Word>, _ count: Int
  ) {
    copyUnknown(of: day, into: &result, count)
    let source = words(day)
    let none = Word(WordCode.none)
    let first = Word(CalendarDate.first.dayNumber)
    let last = Word(CalendarDate.last.dayNumber)
    if duration.months == 0, duration.businessDays == 0 {
      return Kernels.move(
        source, by: Word(duration.days), within: first...last, none: none, into: result.words,
        result.unknown, count)
    }
    let calendar = program.layout.plan.ruleset.calendar
    for row in 0..<count {
      move(row, source[row], convention, calendar, into: &result) { duration }
    }
  }

  /// The same by a duration of the contract's own.
  mutating func moved(
    _ day: Int, by duration: Int, _ isSubtracted: Bool, _ convention: MonthConvention,
    into result: inout Register<Word>, _ count: Int
  ) {
    joinUnknown(of: day, duration, into: &result, count)
    let (days, durations) = (words(day), words(duration))
    let calendar = program.layout.plan.ruleset.calendar
    for row in 0..<count {
      move(row, days[row], convention, calendar, into: &result) {
        let length = WordCode.duration(Int64(truncatingIfNeeded: durations[row]))
        return isSubtracted ? length.reversed : length
      }
    }
  }

  /// One day so much later. What the duration is, is asked only of a day that is known.
  @inline(__always)
  private func move(
    _ row: Int, _ word: Word, _ convention: MonthConvention, _ calendar: BusinessCalendar,
    into result: inout Register<Word>, by duration: () -> CalendarDuration?
  ) {
    let bit: UInt64 = 1 << UInt64(row % 64)
    result.words[row] = word
    if result.unknown[row / 64] & bit != 0 || word == Word(WordCode.none) { return }
    if let length = duration(), let date = CalendarDate(dayNumber: Int(word)),
      let moved = date.adding(length, months: convention, businessDays: calendar)
    {
      result.words[row] = Word(moved.dayNumber)
      return
    }
    result.words[row] = 0
    result.unknown[row / 64] |= bit
  }

  mutating func counted(
    _ unit: TimeUnit, _ kind: TimeCount, _ from: Int, _ to: Int, _ convention: MonthConvention,
    into result: inout Register<Word>, _ count: Int
  ) {
    joinUnknown(of: from, to, into: &result, count)
    let first = words(from)
    let second = words(to)
    for row in 0..<count {
      let bit: UInt64 = 1 << UInt64(row % 64)
      result.words[row] = 0
      if result.unknown[row / 64] & bit != 0 { continue }
      guard let start = date(first[row]), let end = date(second[row]) else {
        result.unknown[row / 64] |= bit
        continue
      }
      result.words[row] = Word(kind.count(unit, from: start, to: end, convention))
    }
  }

  private func date(_ word: Word) -> CalendarDate? {
    word == Word(WordCode.none) ? nil : CalendarDate(dayNumber: Int(word))
  }

  /// Periods so many later; what lies beyond the years there are is the interpreter's.
  mutating func periodMoved(
    _ period: Int, _ length: PeriodLength, by steps: Int, into result: inout Register<Word>,
    _ count: Int
  ) {
    copyUnknown(of: period, into: &result, count)
    let source = words(period)
    for row in 0..<count {
      let bit: UInt64 = 1 << UInt64(row % 64)
      result.words[row] = 0
      if result.unknown[row / 64] & bit != 0 { continue }
      let own = Period(length: length, number: Int(truncatingIfNeeded: source[row]))
      guard let moved = own?.advanced(by: steps) else {
        result.unknown[row / 64] |= bit
        result.setDoubt(row / 64, bit, count)
        continue
      }
      result.words[row] = Word(moved.number)
    }
  }

  /// The first or the last day of a period.
  mutating func periodDay(
    _ period: Int, _ length: PeriodLength, _ isLast: Bool, into result: inout Register<Word>,
    _ count: Int
  ) {
    copyUnknown(of: period, into: &result, count)
    let source = words(period)
    for row in 0..<count {
      let bit: UInt64 = 1 << UInt64(row % 64)
      result.words[row] = 0
      if result.unknown[row / 64] & bit != 0 { continue }
      guard let period = Period(length: length, number: Int(truncatingIfNeeded: source[row])) else {
        result.unknown[row / 64] |= bit
        result.setDoubt(row / 64, bit, count)
        continue
      }
      result.words[row] = Word((isLast ? period.end : period.start).dayNumber)
    }
  }

  mutating func periodOf(
    _ day: Int, _ length: PeriodLength, into result: inout Register<Word>, _ count: Int
  ) {
    copyUnknown(of: day, into: &result, count)
    let source = words(day)
    for row in 0..<count {
      let bit: UInt64 = 1 << UInt64(row % 64)
      result.words[row] = 0
      if result.unknown[row / 64] & bit != 0 { continue }
      guard let date = date(source[row]) else {
        result.unknown[row / 64] |= bit
        continue
      }
      result.words[row] = Word(Period.containing(date, length: length).number)
    }
  }
}
