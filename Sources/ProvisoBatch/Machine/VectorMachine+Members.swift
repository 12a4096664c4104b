// Columns in and out of lists: loading, spreading over members, gathering from them.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// Takes a column of the chunk into a register.
  func load(
    _ position: Int, _ list: Int?, into result: Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    if let list {
      let range = range(of: list)
      load(chunk.members[list], position, range.lowerBound, range.count, into: result)
    } else {
      load(chunk.rows, position, firstRow, rowCount, into: result)
    }
  }

  private func load(
    _ table: borrowing ColumnTable, _ column: Int, _ first: Int, _ count: Int,
    into result: Register<Word>
  ) {
    let start = column * table.capacity + first
    let source = table.words.span
    guard start + count <= source.count else { return }
    let shift = UInt64(first % 64)
    let base = column * table.stride + first / 64
    let end = (column + 1) * table.stride
    result.withWords { words, unknown in
      var out = words.mutableSpan
      guard out.count >= count else { return }
      for row in 0..<count { out[row] = Word(source[start + row]) }
      for place in 0..<BitMask.wordCount(count) {
        var bits = table.unknown[base + place] >> shift
        if shift > 0, base + place + 1 < end {
          bits |= table.unknown[base + place + 1] << (64 - shift)
        }
        unknown[place] = bits & fullWord(count - place * 64)
      }
    }
  }

  /// Says of each member what is said of its contract.
  func spread(
    _ operand: Int, _ node: BoundNode<Word>, into result: Register<Word>,
    _ chunk: borrowing ColumnChunk
  ) {
    guard let list = node.list else { return }
    let first = range(of: list).lowerBound
    let size = BitMask.wordCount(range(of: list).count)
    let offsets = chunk.offsets[list]
    if node.isTruth {
      let source = truths(operand)
      result.withTruths { yes, no in
        for place in 0..<size { (yes[place], no[place]) = (0, 0) }
        for row in 0..<rowCount {
          let bit: UInt64 = 1 << UInt64(row % 64)
          let isYes = source.yes[row / 64] & bit != 0
          let isNo = source.no[row / 64] & bit != 0
          for member in Int(offsets[firstRow + row]) - first..<Int(offsets[firstRow + row + 1])
            - first
          {
            if isYes { yes[member / 64] |= 1 << UInt64(member % 64) }
            if isNo { no[member / 64] |= 1 << UInt64(member % 64) }
          }
        }
      }
      return
    }
    let source = register(operand)
    let (words, unknown) = (source.words, source.unknown)
    result.withWords { out, missing in
      for place in 0..<size { missing[place] = 0 }
      var member = 0
      for row in 0..<rowCount {
        let end = Int(offsets[firstRow + row + 1]) - first
        let word = words[row]
        let isUnknown = unknown[row / 64] >> UInt64(row % 64) & 1 == 1
        while member < end {
          out[member] = word
          if isUnknown { missing[member / 64] |= 1 << UInt64(member % 64) }
          member += 1
        }
      }
    }
    guard node.hasDenominator else { return }
    for row in 0..<rowCount {
      for member in Int(offsets[firstRow + row]) - first..<Int(offsets[firstRow + row + 1]) - first
      {
        result.denominators[member] = source.denominators[row]
      }
    }
  }

  /// Whether a truth holds for some member: decided by one, open where one is open.
  func someMember(
    _ list: Int, _ truth: Int, into result: Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    let first = range(of: list).lowerBound
    let offsets = chunk.offsets[list]
    let missing = chunk.unknownLists[list].words
    let (yes, no) = truths(truth)
    result.withTruths { some, none in
      var member = 0
      for place in 0..<BitMask.wordCount(rowCount) {
        var held: UInt64 = 0
        var open = missing[firstRow / 64 + place]
        for row in place * 64..<min(place * 64 + 64, rowCount) {
          let bit: UInt64 = 1 << UInt64(row % 64)
          let end = Int(offsets[firstRow + row + 1]) - first
          while member < end {
            let width = min(64 - member % 64, end - member)
            let bits = fullWord(width) << UInt64(member % 64)
            if yes[member / 64] & bits != 0 { held |= bit }
            if ~(yes[member / 64] | no[member / 64]) & bits != 0 { open |= bit }
            member += width
          }
        }
        let full = fullWord(rowCount - place * 64)
        some[place] = held & full
        none[place] = ~held & ~open & full
      }
    }
  }

  /// How many members a truth holds for; one that is open leaves the contract to the interpreter.
  func memberCount(
    _ list: Int, _ truth: Int, into result: Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    let (yes, no) = truths(truth)
    gather(list, into: result, chunk) { member in
      let bit: UInt64 = 1 << UInt64(member % 64)
      if yes[member / 64] & bit != 0 { return .adds(1) }
      return no[member / 64] & bit != 0 ? .adds(0) : .open
    }
  }

  /// The sum over the members a truth holds for; one that is open or of unknown size leaves the
  /// contract to the interpreter.
  func memberSum(
    _ list: Int, _ condition: Int?, _ body: Int, into result: Register<Word>,
    _ chunk: borrowing ColumnChunk
  ) {
    let (words, unknown) = (register(body).words, register(body).unknown)
    let selection = condition.map { truths($0) }
    gather(list, into: result, chunk) { member in
      let bit: UInt64 = 1 << UInt64(member % 64)
      if let selection {
        if selection.no[member / 64] & bit != 0 { return .adds(0) }
        if selection.yes[member / 64] & bit == 0 { return .open }
      }
      if unknown[member / 64] & bit != 0 { return .open }
      return .adds(words[member])
    }
  }

  private func gather(
    _ list: Int, into result: Register<Word>, _ chunk: borrowing ColumnChunk,
    _ body: (Int) -> MemberShare<Word>
  ) {
    let first = range(of: list).lowerBound
    let offsets = chunk.offsets[list]
    for place in 0..<BitMask.wordCount(rowCount) {
      var doubt: UInt64 = 0
      var missing: UInt64 = 0
      for row in place * 64..<min(place * 64 + 64, rowCount) {
        let bit: UInt64 = 1 << UInt64(row % 64)
        var total: Word = 0
        if chunk.unknownLists[list][firstRow + row] { missing |= bit }
        for member in Int(offsets[firstRow + row]) - first..<Int(offsets[firstRow + row + 1])
          - first
        {
          switch body(member) {
          case .adds(let share):
            let (sum, overflows) = total.addingReportingOverflow(share)
            total = sum
            if overflows { doubt |= bit }
          case .open: doubt |= bit
          }
        }
        result.words[row] = total
      }
      result.unknown[place] = missing
      result.setDoubt(place, doubt, rowCount)
    }
  }
}

/// What a member adds to a sum.
private enum MemberShare<Word> {
  case adds(Word)
  case open
}
