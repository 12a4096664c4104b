// A parameter made ready for days in words: its points, and its values as words.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// A parameter's values in whole multiples of one factor.
struct BoundParameter<Word: MachineWord> {
  /// Whether straight lines join the points.
  let isLinear: Bool
  /// Whether positions are years, not days.
  let countsYears: Bool
  /// Sorted by position.
  let points: [(position: Int64, word: Word)]
  /// The value behind the last point of a path.
  let then: Word?
}

extension BoundProgram {
  mutating func bindParameter(
    _ id: ParameterID, _ day: NodeID, _ bound: inout BoundNode<Word>
  ) throws {
    var points: [(position: Int64, value: Fraction)] = []
    var then: Fraction?
    var isLinear = false
    var countsYears = false
    switch layout.plan.ruleset[id].course {
    case .constant: throw Unbound()
    case .steps(let steps):
      if !layout.plan.ruleset[id].type.isQuantity { return try bindWords(steps, day, &bound) }
      for step in steps {
        guard case .quantity(let value) = step.value else { throw Unbound() }
        points.append((Int64(step.from.dayNumber), value))
      }
    case .linear(let path, let last, let years):
      isLinear = true
      countsYears = years
      then = last
      points = path.map { (Int64($0.position), $0.value) }
    }
    var common: Fraction?
    for value in points.map(\.value) + [then].compactMap({ $0 }) where !value.isZero {
      common = try common.map { try greatestCommonFactor($0, value) } ?? value.magnitude
    }
    bound.factor = common ?? .one
    bound.hasDenominator = isLinear
    var words: [(position: Int64, word: Word)] = []
    for point in points { words.append((point.position, try word(point.value / bound.factor))) }
    let last = try then.map { try word($0 / bound.factor) }
    parameters.append(
      BoundParameter(isLinear: isLinear, countsYears: countsYears, points: words, then: last))
    bound.operation = .parameter(parameters.count - 1, day.index)
  }
}

extension BoundProgram {
  /// A parameter whose values are days, periods or codes.
  private mutating func bindWords(
    _ steps: [ParameterStep], _ day: NodeID, _ bound: inout BoundNode<Word>
  ) throws {
    var points: [(position: Int64, word: Word)] = []
    for step in steps {
      guard let word = WordCode.word(of: step.value) else { throw Unbound() }
      points.append((Int64(step.from.dayNumber), Word(word)))
    }
    parameters.append(
      BoundParameter(isLinear: false, countsYears: false, points: points, then: nil))
    bound.operation = .parameter(parameters.count - 1, day.index)
  }
}

extension VectorMachine {
  /// A parameter's value on each day; unknown on a day for which it says nothing.
  mutating func parameter(
    _ parameter: BoundParameter<Word>, _ day: Int, into result: inout Register<Word>, _ count: Int
  ) {
    copyUnknown(of: day, into: &result, count)
    let days = words(day)
    let none = Word(WordCode.none)
    var overflows = false
    for row in 0..<count {
      let bit: UInt64 = 1 << UInt64(row % 64)
      if result.unknown[row / 64] & bit == 0, days[row] != none,
        let date = CalendarDate(dayNumber: Int(truncatingIfNeeded: days[row]))
      {
        var steps = CheckedSteps<Word>()
        if let (word, bottom) = parameter.value(on: date, &steps) {
          result.words[row] = word
          if parameter.isLinear { result.denominators[row] = bottom }
          overflows = overflows || steps.overflows
          continue
        }
      }
      result.words[row] = 0
      if parameter.isLinear { result.denominators[row] = 1 }
      result.unknown[row / 64] |= bit
    }
    if overflows { overflow(&result, count) }
  }
}

extension BoundParameter {
  /// The value on a day, and what it is to be divided by; nil where there is none.
  fileprivate func value(
    on date: CalendarDate, _ steps: inout CheckedSteps<Word>
  ) -> (word: Word, bottom: Word)? {
    let position = countsYears ? Int64(date.year) : Int64(date.dayNumber)
    guard isLinear else {
      return points.last { $0.position <= position }.map { ($0.word, 1) }
    }
    guard let next = points.firstIndex(where: { $0.position >= position }) else {
      return then.map { ($0, 1) }
    }
    if points[next].position == position { return (points[next].word, 1) }
    guard next > 0 else { return nil }
    let before = points[next - 1]
    let after = points[next]
    // (first × what is left + second × what is past) ÷ the whole way.
    let left = steps.product(before.word, Word(after.position - position))
    let past = steps.product(after.word, Word(position - before.position))
    return (steps.sum(left, past), Word(after.position - before.position))
  }
}
