// Operations on numbers: sums, products, quotients, limits, choices.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// The divisors of a node; nil where it does not divide.
  private func denominators(_ node: Int) -> [Word]? {
    program.nodes[node].hasDenominator ? register(node).denominators : nil
  }

  /// first × its factor + second × its factor, over the product of their divisors.
  mutating func sum(
    _ left: Int, _ leftFactor: Word, _ right: Int, _ rightFactor: Word, _ node: BoundNode<Word>,
    into result: Register<Word>, _ count: Int
  ) {
    joinUnknown(of: left, right, into: result, count)
    let first = register(left)
    let second = register(right)
    guard !node.hasDenominator else {
      return sumOfQuotients(left, leftFactor, right, rightFactor, into: result, count)
    }
    let overflows: Bool
    switch (leftFactor, rightFactor) {
    case (1, 1):
      overflows = Kernels.combine(first.words, second.words, into: &result.words, count) {
        $0.addingReportingOverflow($1)
      }
    case (1, -1):
      overflows = Kernels.combine(first.words, second.words, into: &result.words, count) {
        $0.subtractingReportingOverflow($1)
      }
    default:
      overflows = Kernels.combine(first.words, second.words, into: &result.words, count) {
        let (scaled, isOver) = $0.multipliedReportingOverflow(by: leftFactor)
        let (other, otherIsOver) = $1.multipliedReportingOverflow(by: rightFactor)
        let (sum, sumIsOver) = scaled.addingReportingOverflow(other)
        return (sum, isOver || otherIsOver || sumIsOver)
      }
    }
    if overflows { overflow(result, count) }
  }

  private mutating func sumOfQuotients(
    _ left: Int, _ leftFactor: Word, _ right: Int, _ rightFactor: Word,
    into result: Register<Word>, _ count: Int
  ) {
    let first = register(left)
    let second = register(right)
    let below = denominators(left)
    let otherBelow = denominators(right)
    var overflows = false
    for row in 0..<count {
      let bottom = below?[row] ?? 1
      let otherBottom = otherBelow?[row] ?? 1
      var steps = CheckedSteps<Word>()
      let top = steps.product(steps.product(first.words[row], leftFactor), otherBottom)
      let otherTop = steps.product(steps.product(second.words[row], rightFactor), bottom)
      result.words[row] = steps.sum(top, otherTop)
      result.denominators[row] = steps.product(bottom, otherBottom)
      overflows = overflows || steps.overflows
    }
    if overflows { overflow(result, count) }
  }

  mutating func product(
    _ left: Int, _ right: Int, _ node: BoundNode<Word>, into result: Register<Word>, _ count: Int
  ) {
    joinUnknown(of: left, right, into: result, count)
    let first = register(left)
    let second = register(right)
    var overflows = Kernels.combine(first.words, second.words, into: &result.words, count) {
      $0.multipliedReportingOverflow(by: $1)
    }
    if node.hasDenominator {
      let below = denominators(left)
      let otherBelow = denominators(right)
      for row in 0..<count {
        let (bottom, isOver) = (below?[row] ?? 1)
          .multipliedReportingOverflow(by: otherBelow?[row] ?? 1)
        result.denominators[row] = bottom
        overflows = overflows || isOver
      }
    }
    if overflows { overflow(result, count) }
  }

  /// A quotient is kept as such; where the divisor is zero nothing is known.
  mutating func quotient(_ left: Int, _ right: Int, into result: Register<Word>, _ count: Int) {
    joinUnknown(of: left, right, into: result, count)
    let first = register(left)
    let second = register(right)
    let below = denominators(left)
    let otherBelow = denominators(right)
    var overflows = false
    for row in 0..<count {
      var steps = CheckedSteps<Word>()
      let top = steps.product(first.words[row], otherBelow?[row] ?? 1)
      let bottom = steps.product(below?[row] ?? 1, second.words[row])
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
    if overflows { overflow(result, count) }
  }

  /// The least or greatest of two; one that is unknown bounds the result, which is left to the
  /// interpreter.
  mutating func extreme(
    _ left: Int, _ leftFactor: Word, _ right: Int, _ rightFactor: Word, _ isLeast: Bool,
    into result: Register<Word>, _ count: Int
  ) {
    joinUnknown(of: left, right, into: result, count)
    for place in 0..<BitMask.wordCount(count) {
      result.setDoubt(place, unknown(left, place) ^ unknown(right, place), count)
    }
    let overflows = Kernels.combine(
      register(left).words, register(right).words, into: &result.words, count
    ) {
      let (first, isOver) = $0.multipliedReportingOverflow(by: leftFactor)
      let (second, otherIsOver) = $1.multipliedReportingOverflow(by: rightFactor)
      return (isLeast ? min(first, second) : max(first, second), isOver || otherIsOver)
    }
    if overflows { overflow(result, count) }
  }

  // MARK: Choices

  mutating func choose(
    _ truth: Int, _ first: Int, _ firstFactor: Word, _ second: Int, _ secondFactor: Word,
    into result: Register<Word>, _ count: Int
  ) {
    let left = register(first)
    let right = register(second)
    var overflows = false
    for place in 0..<BitMask.wordCount(count) {
      let isYes = yes(truth, place)
      let isNo = no(truth, place)
      var same: UInt64 = 0
      for row in place * 64..<min(place * 64 + 64, count) {
        let bit: UInt64 = 1 << UInt64(row % 64)
        var steps = CheckedSteps<Word>()
        let value = steps.product(left.words[row], firstFactor)
        let other = steps.product(right.words[row], secondFactor)
        if value == other { same |= bit }
        result.words[row] = isNo & bit != 0 ? other : value
        overflows = overflows || steps.overflows
      }
      let isOpen = ~(isYes | isNo)
      let both = left.unknown[place] | right.unknown[place]
      result.unknown[place] =
        (isYes & left.unknown[place]) | (isNo & right.unknown[place]) | (isOpen & (both | ~same))
        & fullWord(count - place * 64)
    }
    if overflows { overflow(result, count) }
  }

  /// The first where it is known, and an event has happened; else the second.
  mutating func orElse(
    _ first: Int, _ firstFactor: Word, _ second: Int, _ secondFactor: Word, _ isEvent: Bool,
    into result: Register<Word>, _ count: Int
  ) {
    let left = register(first)
    let right = register(second)
    var overflows = false
    for place in 0..<BitMask.wordCount(count) {
      var missing = left.unknown[place]
      for row in place * 64..<min(place * 64 + 64, count) {
        let bit: UInt64 = 1 << UInt64(row % 64)
        if isEvent && left.words[row] == Word(WordCode.none) { missing |= bit }
        var steps = CheckedSteps<Word>()
        let value = steps.product(left.words[row], firstFactor)
        let other = steps.product(right.words[row], secondFactor)
        result.words[row] = missing & bit != 0 ? other : value
        overflows = overflows || steps.overflows
      }
      result.unknown[place] = missing & right.unknown[place]
    }
    if overflows { overflow(result, count) }
  }

  // MARK: Tables

  mutating func tableRow(
    _ table: BoundTable<Word>, _ keys: [Int], into result: Register<Word>, _ count: Int
  ) {
    let sources = keys.map { (words: register($0).words, unknown: register($0).unknown) }
    result.withWords { out, missing in
      for place in 0..<BitMask.wordCount(count) { missing[place] = 0 }
      for row in 0..<count {
        let place = row / 64
        let bit: UInt64 = 1 << UInt64(row % 64)
        var combination = 0
        for index in sources.indices {
          combination *= table.counts[index]
          combination +=
            sources[index].unknown[place] & bit != 0
            ? table.counts[index] - 1 : table.keys[index].classOf(sources[index].words[row])
        }
        let found = table.rows[combination]
        if found == -2 { missing[place] |= bit }
        out[row] = Word(found)
      }
    }
  }

  mutating func tableNumber(
    _ numbers: [Word?], _ row: Int, into result: Register<Word>, _ count: Int
  ) {
    let rows = register(row).words
    copyUnknown(of: row, into: result, count)
    result.withWords { out, missing in
      for index in 0..<count {
        let found = rows[index]
        if found >= 0, let number = numbers[Int(found)] {
          out[index] = number
        } else {
          out[index] = 0
          missing[index / 64] |= 1 << UInt64(index % 64)
        }
      }
    }
  }
}

extension BoundTable.Key {
  /// The class of a word.
  @inline(__always)
  func classOf(_ word: Word) -> Int {
    switch self {
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
struct CheckedSteps<Word: FixedWidthInteger & SignedInteger & Sendable> {
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
