// Operations that give truths: comparison, Kleene's operators, lists, events.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// A test of each word that is known.
  @inline(__always)
  func test(_ operand: Int, into result: Register<Word>, _ count: Int, _ body: (Word) -> Bool) {
    let source = register(operand)
    Kernels.test(source.words, into: &result.yes, count, body)
    finish(result, count) { source.unknown[$0] }
  }

  /// Turns bits that hold into truths, where the operands are known.
  @inline(__always)
  private func finish(_ result: Register<Word>, _ count: Int, _ unknown: (Int) -> UInt64) {
    for place in 0..<BitMask.wordCount(count) {
      result.set(
        place, held: result.yes[place], unknown: unknown(place),
        full: fullWord(count - place * 64))
    }
  }

  mutating func compareConstant(
    _ operand: Int, _ test: ConstantTest<Word>, into result: Register<Word>, _ count: Int
  ) {
    switch test {
    case .atMost(let bound): self.test(operand, into: result, count) { $0 <= bound }
    case .atLeast(let bound): self.test(operand, into: result, count) { $0 >= bound }
    case .equal(let bound): self.test(operand, into: result, count) { $0 == bound }
    case .notEqual(let bound): self.test(operand, into: result, count) { $0 != bound }
    case .always(let value): self.test(operand, into: result, count) { _ in value }
    }
  }

  /// Two columns; quotients are compared crosswise, which keeps every number whole.
  mutating func compare(
    _ how: WordComparison<Word>, _ left: Int, _ right: Int, into result: Register<Word>,
    _ count: Int
  ) {
    switch how.comparison {
    case .less: compare(how, left, right, into: result, count) { $0 < $1 }
    case .lessOrEqual: compare(how, left, right, into: result, count) { $0 <= $1 }
    case .equal: compare(how, left, right, into: result, count) { $0 == $1 }
    case .notEqual: compare(how, left, right, into: result, count) { $0 != $1 }
    case .greaterOrEqual: compare(how, left, right, into: result, count) { $0 >= $1 }
    case .greater: compare(how, left, right, into: result, count) { $0 > $1 }
    }
  }

  @inline(__always)
  private mutating func compare(
    _ how: WordComparison<Word>, _ left: Int, _ right: Int, into result: Register<Word>,
    _ count: Int, _ holds: (Word, Word) -> Bool
  ) {
    let first = register(left)
    let second = register(right)
    var overflows = false
    let divides = program.nodes[left].hasDenominator || program.nodes[right].hasDenominator
    if divides {
      let below = program.nodes[left].hasDenominator ? first.denominators : nil
      let otherBelow = program.nodes[right].hasDenominator ? second.denominators : nil
      for place in 0..<BitMask.wordCount(count) {
        var bits: UInt64 = 0
        for row in place * 64..<min(place * 64 + 64, count) {
          var steps = CheckedSteps<Word>()
          let value = steps.product(
            steps.product(first.words[row], how.left), otherBelow?[row] ?? 1)
          let other = steps.product(
            steps.product(second.words[row], how.right), below?[row] ?? 1)
          if holds(value, other) { bits |= 1 << UInt64(row % 64) }
          overflows = overflows || steps.overflows
        }
        result.yes[place] = bits
      }
    } else if how.left == 1, how.right == 1 {
      Kernels.test(first.words, second.words, into: &result.yes, count, holds)
    } else {
      let (leftFactor, rightFactor) = (how.left, how.right)
      Kernels.test(first.words, second.words, into: &result.yes, count) {
        let (value, isOver) = $0.multipliedReportingOverflow(by: leftFactor)
        let (other, otherIsOver) = $1.multipliedReportingOverflow(by: rightFactor)
        overflows = overflows || isOver || otherIsOver
        return holds(value, other)
      }
    }
    finish(result, count) { first.unknown[$0] | second.unknown[$0] }
    if overflows { overflow(result, count) }
  }

  func junction(_ operands: [Int], isAnd: Bool, into result: Register<Word>, _ count: Int) {
    for place in 0..<BitMask.wordCount(count) {
      let full = fullWord(count - place * 64)
      var yes = isAnd ? full : 0
      var no = isAnd ? 0 : full
      for operand in operands {
        if isAnd {
          yes &= self.yes(operand, place)
          no |= self.no(operand, place)
        } else {
          yes |= self.yes(operand, place)
          no &= self.no(operand, place)
        }
      }
      result.yes[place] = yes
      result.no[place] = no
    }
  }

  func isTrue(
    _ position: Int, _ list: Int?, into result: Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    let count = self.count(list)
    if let list {
      truths(of: chunk.members[list], position, range(of: list).lowerBound, into: result, count)
    } else {
      truths(of: chunk.rows, position, firstRow, into: result, count)
    }
  }

  private func truths(
    of table: borrowing ColumnTable, _ column: Int, _ first: Int, into result: Register<Word>,
    _ count: Int
  ) {
    let start = column * table.capacity + first
    for place in 0..<BitMask.wordCount(count) {
      var bits: UInt64 = 0
      var missing: UInt64 = 0
      for row in place * 64..<min(place * 64 + 64, count) {
        let bit: UInt64 = 1 << UInt64(row % 64)
        if table.words[start + row] != 0 { bits |= bit }
        if table.isUnknown(column, first + row) { missing |= bit }
      }
      result.set(place, held: bits, unknown: missing, full: fullWord(count - place * 64))
    }
  }

  // MARK: Events and lists

  /// An event by a day: see `E by D` in docs/language.md.
  mutating func happened(
    _ event: Int, _ day: Int, into result: Register<Word>, _ count: Int
  ) {
    let first = register(event)
    let second = register(day)
    let (whens, limits) = (first.words, second.words)
    let none = Word(WordCode.none)
    let today = Word(asOf)
    for place in 0..<BitMask.wordCount(count) {
      var happened: UInt64 = 0
      var open: UInt64 = 0
      for row in place * 64..<min(place * 64 + 64, count) {
        let bit: UInt64 = 1 << UInt64(row % 64)
        let when = whens[row]
        let limit = limits[row]
        if when == none {
          if limit == none || today <= limit { open |= bit }
        } else if limit == none || when <= limit {
          happened |= bit
        }
      }
      result.set(
        place, held: happened, unknown: first.unknown[place] | second.unknown[place] | open,
        full: fullWord(count - place * 64))
    }
  }

  func listed(
    _ subject: Int, _ list: ListIndex, _ from: Int, _ to: Int, into result: Register<Word>,
    _ count: Int
  ) {
    let codes = register(subject)
    let begin = register(from)
    let end = register(to)
    let (subjects, begins, ends) = (codes.words, begin.words, end.words)
    let none = Word(WordCode.none)
    for place in 0..<BitMask.wordCount(count) {
      var held: UInt64 = 0
      var missing = codes.unknown[place] | begin.unknown[place] | end.unknown[place]
      for row in place * 64..<min(place * 64 + 64, count) {
        let bit: UInt64 = 1 << UInt64(row % 64)
        let first = begins[row]
        let last = ends[row]
        if first == none || last == none {
          missing |= bit
          continue
        }
        guard let start = list.start(of: Int64(subjects[row])), missing & bit == 0 else {
          continue
        }
        switch list.holds(entriesFrom: start, from: Int64(first), to: Int64(last)) {
        case .true: held |= bit
        case .unknown: missing |= bit
        case .false: break
        }
      }
      result.set(place, held: held, unknown: missing, full: fullWord(count - place * 64))
    }
  }

  // MARK: Conditions

  func conditionState(
    _ condition: Int, _ state: ConditionState, into result: Register<Word>, _ count: Int
  ) {
    let masks = outcomes[condition]
    for place in 0..<BitMask.wordCount(count) {
      let met = masks.met[place] | masks.exempt[place]
      let breached = masks.breached[place]
      let notApplicable = masks.notApplicable[place]
      let yes: UInt64 =
        switch state {
        case .met: met
        case .breached: breached
        case .notApplicable: notApplicable
        }
      result.yes[place] = yes
      result.no[place] = (met | breached | notApplicable) & ~yes
      result.setDoubt(place, masks.doubt[place], count)
    }
  }
}
