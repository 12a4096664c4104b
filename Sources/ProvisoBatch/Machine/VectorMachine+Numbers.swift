// Operations on numbers: sums, products, quotients, limits, choices.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// first × its factor + second × its factor, over the product of their divisors.
  mutating func sum(
    _ left: Int, _ leftFactor: Word, _ right: Int, _ rightFactor: Word, _ step: MachineStep<Word>,
    into result: inout Register<Word>, _ count: Int
  ) {
    joinUnknown(of: left, right, into: &result, count)
    let first = words(left)
    let second = words(right)
    guard !step.hasDenominator else {
      return sumOfQuotients(left, leftFactor, right, rightFactor, into: &result, count)
    }
    let overflows: Bool
    switch (leftFactor, rightFactor) {
    case (1, 1):
      overflows = Kernels.combine(first, second, into: result.words, count) {
        $0.addingReportingOverflow($1)
      }
    case (1, -1):
      overflows = Kernels.combine(first, second, into: result.words, count) {
        $0.subtractingReportingOverflow($1)
      }
    default:
      overflows = Kernels.combine(first, second, into: result.words, count) {
        let (scaled, isOver) = $0.multipliedReportingOverflow(by: leftFactor)
        let (other, otherIsOver) = $1.multipliedReportingOverflow(by: rightFactor)
        let (sum, sumIsOver) = scaled.addingReportingOverflow(other)
        return (sum, isOver || otherIsOver || sumIsOver)
      }
    }
    if overflows { overflow(&result, count) }
  }

  private mutating func sumOfQuotients(
    _ left: Int, _ leftFactor: Word, _ right: Int, _ rightFactor: Word,
    into result: inout Register<Word>, _ count: Int
  ) {
    let first = words(left)
    let second = words(right)
    let below = denominators(left)
    let otherBelow = denominators(right)
    var overflows = false
    for row in 0..<count {
      let bottom = below?[row] ?? 1
      let otherBottom = otherBelow?[row] ?? 1
      var steps = CheckedSteps<Word>()
      let top = steps.product(steps.product(first[row], leftFactor), otherBottom)
      let otherTop = steps.product(steps.product(second[row], rightFactor), bottom)
      result.words[row] = steps.sum(top, otherTop)
      result.denominators[row] = steps.product(bottom, otherBottom)
      overflows = overflows || steps.overflows
    }
    if overflows { overflow(&result, count) }
  }

  mutating func product(
    _ left: Int, _ right: Int, _ step: MachineStep<Word>, into result: inout Register<Word>,
    _ count: Int
  ) {
    joinUnknown(of: left, right, into: &result, count)
    let first = words(left)
    let second = words(right)
    var overflows = Kernels.combine(first, second, into: result.words, count) {
      $0.multipliedReportingOverflow(by: $1)
    }
    if step.hasDenominator {
      let below = denominators(left)
      let otherBelow = denominators(right)
      for row in 0..<count {
        let (bottom, isOver) = (below?[row] ?? 1)
          .multipliedReportingOverflow(by: otherBelow?[row] ?? 1)
        result.denominators[row] = bottom
        overflows = overflows || isOver
      }
    }
    if overflows { overflow(&result, count) }
  }

  /// A quotient is kept as such; where the divisor is zero nothing is known.
  mutating func quotient(_ left: Int, _ right: Int, into result: inout Register<Word>, _ count: Int)
  {
    joinUnknown(of: left, right, into: &result, count)
    let first = words(left)
    let second = words(right)
    let below = denominators(left)
    let otherBelow = denominators(right)
    var overflows = false
    for row in 0..<count {
      var steps = CheckedSteps<Word>()
      let top = steps.product(first[row], otherBelow?[row] ?? 1)
      let bottom = steps.product(below?[row] ?? 1, second[row])
      if bottom == 0 {
        result.unknown[row / 64] |= 1 << UInt64(row % 64)
        result.words[row] = 0
        result.denominators[row] = 1
      } else if bottom < 0 {
        result.words[row] = steps.product(top, -1)
        result.denominators[row] = steps.product(bottom, -1)
      } else {
        result.words[row] = top
        result.denominators[row] = bottom
      }
      overflows = overflows || steps.overflows
    }
    if overflows { overflow(&result, count) }
  }

  /// The least or greatest of two; one that is unknown bounds the result, which is left to the
  /// interpreter.
  mutating func extreme(
    _ left: Int, _ leftFactor: Word, _ right: Int, _ rightFactor: Word, _ isLeast: Bool,
    into result: inout Register<Word>, _ count: Int
  ) {
    joinUnknown(of: left, right, into: &result, count)
    for place in 0..<BitMask.wordCount(count) {
      result.setDoubt(place, unknown(left, place) ^ unknown(right, place), count)
    }
    let overflows = Kernels.combine(
      words(left), words(right), into: result.words, count
    ) {
      let (first, isOver) = $0.multipliedReportingOverflow(by: leftFactor)
      let (second, otherIsOver) = $1.multipliedReportingOverflow(by: rightFactor)
      return (isLeast ? min(first, second) : max(first, second), isOver || otherIsOver)
    }
    if overflows { overflow(&result, count) }
  }

  /// The multiple of a step that a mode of rounding makes of a number, in steps.
  mutating func round(
    _ operand: Int, to step: Fraction, _ mode: RoundingMode, into result: inout Register<Word>,
    _ count: Int
  ) {
    copyUnknown(of: operand, into: &result, count)
    for row in 0..<count {
      let bit: UInt64 = 1 << UInt64(row % 64)
      result.words[row] = 0
      if result.unknown[row / 64] & bit != 0 { continue }
      guard let value = number(NodeID(operand), row),
        let steps = try? (value / step).rounded(mode).wholeValue
      else {
        result.setDoubt(row / 64, bit, count)
        continue
      }
      result.words[row] = Word(steps)
    }
  }

  // MARK: Choices

  mutating func choose(
    _ truth: Int, _ first: Int, _ firstFactor: Word, _ second: Int, _ secondFactor: Word,
    into result: inout Register<Word>, _ count: Int
  ) {
    let (left, right) = (words(first), words(second))
    let fails = no(truth)
    var overflows = false
    for place in 0..<BitMask.wordCount(count) {
      let isNo = fails[place]
      var same: UInt64 = 0
      for row in place * 64..<min(place * 64 + 64, count) {
        let bit: UInt64 = 1 << UInt64(row % 64)
        var steps = CheckedSteps<Word>()
        let value = steps.product(left[row], firstFactor)
        let other = steps.product(right[row], secondFactor)
        if value == other { same |= bit }
        result.words[row] = isNo & bit != 0 ? other : value
        overflows = overflows || steps.overflows
      }
      result.unknown[place] = unknownChoices(truth, first, second, same: same, place, count)
    }
    if overflows { overflow(&result, count) }
  }

  /// The rows of a choice, 64 at a time, of which nothing is known: what is chosen is unknown, or
  /// the truth is and the two are not known to be the same.
  @inline(__always)
  func unknownChoices(
    _ truth: Int, _ first: Int, _ second: Int, same: UInt64, _ place: Int, _ count: Int
  ) -> UInt64 {
    let (isYes, isNo) = (yes(truth, place), no(truth, place))
    let (left, right) = (unknownWords(first)[place], unknownWords(second)[place])
    let isOpen = ~(isYes | isNo)
    return (isYes & left) | (isNo & right) | (isOpen & (left | right | ~same))
      & fullWord(count - place * 64)
  }

  /// The first where it is known, and an event has happened; else the second.
  mutating func orElse(
    _ first: Int, _ firstFactor: Word, _ second: Int, _ secondFactor: Word, _ isEvent: Bool,
    into result: inout Register<Word>, _ count: Int
  ) {
    let (left, right) = (words(first), words(second))
    let (leftUnknown, rightUnknown) = (unknownWords(first), unknownWords(second))
    let none = Word(WordCode.none)
    var overflows = false
    for place in 0..<BitMask.wordCount(count) {
      var missing = leftUnknown[place]
      for row in place * 64..<min(place * 64 + 64, count) {
        let bit: UInt64 = 1 << UInt64(row % 64)
        if isEvent && left[row] == none { missing |= bit }
        var steps = CheckedSteps<Word>()
        let value = steps.product(left[row], firstFactor)
        let other = steps.product(right[row], secondFactor)
        result.words[row] = missing & bit != 0 ? other : value
        overflows = overflows || steps.overflows
      }
      result.unknown[place] = missing & rightUnknown[place]
    }
    if overflows { overflow(&result, count) }
  }

  // MARK: Tables

  mutating func tableRow(
    _ table: BoundTable<Word>, into result: inout Register<Word>, _ count: Int
  ) {
    // Key by key: first the combination of classes, then the row that fits it.
    for place in 0..<count { result.words[place] = 0 }
    let keys = table.keys.span
    for index in keys.indices {
      addClasses(of: table.keyNodes[index], keys[index], table.counts[index], into: &result, count)
    }
    let rows = table.rows.span
    let out = result.words
    for row in 0..<count { out[row] = Word(rows[Int(truncatingIfNeeded: out[row])]) }
    Kernels.test(
      result.words, from: -2, to: -2, isInverted: false, into: result.unknown, count)
    for place in 0..<BitMask.wordCount(count) {
      result.unknown[place] &= fullWord(count - place * 64)
    }
  }

  /// Multiplies what was found so far by the number of a key's classes, and adds its class. What
  /// is unknown has the last class.
  private mutating func addClasses(
    of node: Int, _ key: BoundTable<Word>.Key, _ classCount: Int,
    into result: inout Register<Word>, _ count: Int
  ) {
    let (source, missing) = (words(node), unknownWords(node))
    let out = result.words
    let factor = Word(classCount)
    let last = Word(classCount - 1)
    if case .dense(let first, let shift, let classes, let other) = key {
      let classOf = classes.span
      let limit = Word(classes.count) << shift
      let between = (Word(1) << shift) - 1
      for row in 0..<count {
        let isUnknown = missing[row >> 6] &>> UInt64(truncatingIfNeeded: row) & 1 == 1
        // A word too far below the first wraps round to one too far above it.
        let distance = source[row].subtractingReportingOverflow(first).partialValue
        let isClass = distance >= 0 && distance < limit && distance & between == 0
        let found = isClass ? Word(classOf[Int(truncatingIfNeeded: distance >> shift)]) : other
        out[row] = out[row] * factor + (isUnknown ? last : found)
      }
      return
    }
    for row in 0..<count {
      let isUnknown = missing[row >> 6] &>> UInt64(truncatingIfNeeded: row) & 1 == 1
      let found = isUnknown ? last : Word(key.classOf(source[row]))
      out[row] = out[row] * factor + found
    }
  }

  mutating func tableNumber(
    _ numbers: [Word?], _ row: Int, into result: inout Register<Word>, _ count: Int
  ) {
    let rows = words(row)
    copyUnknown(of: row, into: &result, count)
    for place in 0..<BitMask.wordCount(count) {
      var missing: UInt64 = 0
      for index in place * 64..<min(place * 64 + 64, count) {
        let found = rows[index]
        if found >= 0, let number = numbers[Int(found)] {
          result.words[index] = number
        } else {
          result.words[index] = 0
          missing |= 1 << UInt64(index % 64)
        }
      }
      result.unknown[place] |= missing
    }
  }
}

extension BoundTable.Key {
  /// The class of a word.
  @inline(__always)
  func classOf(_ word: Word) -> Int {
    switch self {
    case .dense(let first, let shift, let classes, let other):
      guard word >= first, (word - first) >> shift < Word(classes.count),
        (word - first) & ((1 << shift) - 1) == 0
      else { return Int(other) }
      return Int(classes[Int((word - first) >> shift)])
    case .words(let words):
      var low = 0
      var high = words.count
      while low < high {
        let middle = (low + high) / 2
        if words[middle] < word { low = middle + 1 } else { high = middle }
      }
      return low < words.count && words[low] == word ? low : words.count
    case .bounds(let bounds):
      for (index, bound) in bounds.enumerated() {
        if word <= bound.below { return 2 * index }
        if bound.isHit, word == bound.below + 1 { return 2 * index + 1 }
      }
      return 2 * bounds.count
    }
  }
}

/// Steps of arithmetic that remember whether any of them overflowed.
struct CheckedSteps<Word: MachineWord> {
  private(set) var overflows = false

  mutating func product(_ left: Word, _ right: Word) -> Word {
    let (value, isOver) = left.multipliedReportingOverflow(by: right)
    overflows = overflows || isOver
    return value
  }

  mutating func sum(_ left: Word, _ right: Word) -> Word {
    let (value, isOver) = left.addingReportingOverflow(right)
    overflows = overflows || isOver
    return value
  }
}
