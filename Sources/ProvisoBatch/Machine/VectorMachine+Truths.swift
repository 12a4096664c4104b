// Operations that give truths: comparison, Kleene's operators, lists, events.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// Whether a word that is known lies between two, both included.
  mutating func test(
    _ operand: Int, from low: Word, to high: Word, isInverted: Bool = false,
    into result: inout Register<Word>, _ count: Int
  ) {
    Kernels.test(
      words(operand), from: low, to: high, isInverted: isInverted, into: result.yes, count)
    result.finishTruths(count, unknownWords(operand))
  }

  mutating func compareConstant(
    _ operand: Int, _ test: ConstantTest<Word>, into result: inout Register<Word>, _ count: Int
  ) {
    switch test {
    case .atMost(let bound): self.test(operand, from: .min, to: bound, into: &result, count)
    case .atLeast(let bound): self.test(operand, from: bound, to: .max, into: &result, count)
    case .equal(let bound): self.test(operand, from: bound, to: bound, into: &result, count)
    case .notEqual(let bound):
      self.test(operand, from: bound, to: bound, isInverted: true, into: &result, count)
    case .always(let value):
      self.test(operand, from: .min, to: .max, isInverted: !value, into: &result, count)
    }
  }

  /// Two columns; quotients are compared crosswise, which keeps every number whole.
  mutating func compare(
    _ how: WordComparison<Word>, _ left: Int, _ right: Int, into result: inout Register<Word>,
    _ count: Int
  ) {
    // Every comparison is "less" or "equal", with its sides exchanged or its answer inverted.
    switch how.comparison {
    case .less: compare(left, how.left, right, how.right, false, false, into: &result, count)
    case .greaterOrEqual:
      compare(left, how.left, right, how.right, false, true, into: &result, count)
    case .greater: compare(right, how.right, left, how.left, false, false, into: &result, count)
    case .lessOrEqual:
      compare(right, how.right, left, how.left, false, true, into: &result, count)
    case .equal: compare(left, how.left, right, how.right, true, false, into: &result, count)
    case .notEqual: compare(left, how.left, right, how.right, true, true, into: &result, count)
    }
  }

  private mutating func compare(
    _ left: Int, _ leftFactor: Word, _ right: Int, _ rightFactor: Word, _ isEquality: Bool,
    _ isInverted: Bool, into result: inout Register<Word>, _ count: Int
  ) {
    let first = words(left)
    let second = words(right)
    var overflows = false
    let below = denominators(left)
    let otherBelow = denominators(right)
    if below != nil || otherBelow != nil {
      for place in 0..<BitMask.wordCount(count) {
        var bits: UInt64 = 0
        for row in place * 64..<min(place * 64 + 64, count) {
          var steps = CheckedSteps<Word>()
          let value = steps.product(
            steps.product(first[row], leftFactor), otherBelow?[row] ?? 1)
          let other = steps.product(steps.product(second[row], rightFactor), below?[row] ?? 1)
          let holds = (isEquality ? value == other : value < other) != isInverted
          bits |= (holds ? 1 : 0) &<< UInt64(truncatingIfNeeded: row)
          overflows = overflows || steps.overflows
        }
        result.yes[place] = bits
      }
    } else if leftFactor == 1, rightFactor == 1 {
      Kernels.compare(
        first, second, isEquality: isEquality, isInverted: isInverted, into: result.yes, count)
    } else {
      overflows = Kernels.compare(
        first, times: leftFactor, second, times: rightFactor, isEquality: isEquality,
        isInverted: isInverted, into: result.yes, count)
    }
    result.finishTruths(count, unknownWords(left), unknownWords(right))
    if overflows { overflow(&result, count) }
  }

  mutating func junction(
    _ operands: OperandRange, isAnd: Bool, into result: inout Register<Word>, _ count: Int
  ) {
    let size = BitMask.wordCount(count)
    for place in 0..<size {
      let full = fullWord(count - place * 64)
      result.set(place, held: isAnd ? ~0 : 0, unknown: 0, full: full)
    }
    for index in operands.positions {
      let operand = program.operands[index]
      let (holds, fails) = (yes(operand), no(operand))
      if isAnd {
        Kernels<Word>.merge(holds, into: result.yes, count) { $0 & $1 }
        Kernels<Word>.merge(fails, into: result.no, count) { $0 | $1 }
      } else {
        Kernels<Word>.merge(holds, into: result.yes, count) { $0 | $1 }
        Kernels<Word>.merge(fails, into: result.no, count) { $0 & $1 }
      }
    }
  }

  mutating func isTrue(
    _ position: Int, _ list: Int?, into result: inout Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    let count = self.count(list)
    if let list {
      let storage = program.layout.storage[list]
      truths(
        of: chunk.members[storage], position, range(of: list).lowerBound, into: &result, count)
    } else {
      truths(of: chunk.rows, position, firstRow, into: &result, count)
    }
  }

  private mutating func truths(
    of table: borrowing ColumnTable, _ column: Int, _ first: Int,
    into result: inout Register<Word>, _ count: Int
  ) {
    let start = column * table.capacity + first
    let source = table.words.span
    guard count > 0, start + count <= source.count else { return }
    let rows = source.extracting(start..<start + count)
    let base = column * table.stride
    let missing = table.unknown.span.extracting(base..<base + table.stride)
    for place in 0..<BitMask.wordCount(count) {
      let end = min(place * 64 + 64, count)
      var held: UInt64 = 0
      for row in place * 64..<end {
        held |= (rows[row] != 0 ? 1 : 0) &<< UInt64(truncatingIfNeeded: row)
      }
      result.set(
        place, held: held, unknown: bits(of: missing, from: first + place * 64),
        full: fullWord(count - place * 64))
    }
  }

  // MARK: Events and lists

  /// An event by a day: see `E by D` in docs/language.md.
  mutating func happened(
    _ event: Int, _ day: Int, into result: inout Register<Word>, _ count: Int
  ) {
    let (whens, limits) = (words(event), words(day))
    let (eventUnknown, dayUnknown) = (unknownWords(event), unknownWords(day))
    let none = Word(WordCode.none)
    let today = Word(asOf)
    for place in 0..<BitMask.wordCount(count) {
      var happened: UInt64 = 0
      var open: UInt64 = 0
      for row in place * 64..<min(place * 64 + 64, count) {
        let when = whens[row]
        let limit = limits[row]
        // No day is later than `none`, so that it stands for a limit that never comes.
        let isNone = when == none
        let isWithin = !isNone && when <= limit
        let isOpen = isNone && today <= limit
        happened |= (isWithin ? 1 : 0) &<< UInt64(truncatingIfNeeded: row)
        open |= (isOpen ? 1 : 0) &<< UInt64(truncatingIfNeeded: row)
      }
      result.set(
        place, held: happened, unknown: eventUnknown[place] | dayUnknown[place] | open,
        full: fullWord(count - place * 64))
    }
  }

  mutating func listed(
    _ subject: Int, _ list: ListIndex, _ from: Int, _ to: Int, _ mayBeNone: Bool,
    into result: inout Register<Word>, _ count: Int
  ) {
    let (codes, begins, ends) = (words(subject), words(from), words(to))
    let (codeUnknown, beginUnknown, endUnknown) =
      (unknownWords(subject), unknownWords(from), unknownWords(to))
    list.mentions(codes, into: result.yes, count)
    if mayBeNone { undated(begins, ends, into: result.no, count) }
    for place in 0..<BitMask.wordCount(count) {
      var missing = codeUnknown[place] | beginUnknown[place] | endUnknown[place]
      if mayBeNone { missing |= result.no[place] }
      // Few codes are on a list: those are looked at one by one.
      var found = result.yes[place] & ~missing & fullWord(count - place * 64)
      var held: UInt64 = 0
      while found != 0 {
        let lane = found.trailingZeroBitCount
        found &= found - 1
        let row = place * 64 + lane
        guard let start = list.start(of: Int64(codes[row])) else { continue }
        switch list.holds(entriesFrom: start, from: Int64(begins[row]), to: Int64(ends[row])) {
        case .true: held |= 1 << UInt64(lane)
        case .unknown: missing |= 1 << UInt64(lane)
        case .false: break
        }
      }
      result.set(place, held: held, unknown: missing, full: fullWord(count - place * 64))
    }
  }

  /// A bit for each stretch of days of which an end has not come about.
  private func undated(
    _ begins: Lane<Word>, _ ends: Lane<Word>, into mask: Lane<UInt64>, _ count: Int
  ) {
    let none = Word(WordCode.none)
    Kernels<Word>.gather(into: mask, count, 0) { begins[$0] == none || ends[$0] == none }
  }

  // MARK: Conditions

  mutating func conditionState(
    _ condition: Int, _ state: ConditionState, into result: inout Register<Word>, _ count: Int
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
