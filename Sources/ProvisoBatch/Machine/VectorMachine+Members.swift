// Columns in and out of lists: loading, spreading over members, gathering from them.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// Takes a column of the chunk into a register.
  mutating func load(
    _ position: Int, _ list: Int?, into result: inout Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    if let list {
      let range = range(of: list)
      load(chunk.members[list], position, range.lowerBound, range.count, into: &result)
    } else {
      load(chunk.rows, position, firstRow, rowCount, into: &result)
    }
  }

  private mutating func load(
    _ table: borrowing ColumnTable, _ column: Int, _ first: Int, _ count: Int,
    into result: inout Register<Word>
  ) {
    let start = column * table.capacity + first
    let all = table.words.span
    guard count > 0, start + count <= all.count, result.words.count >= count else { return }
    let source = all.extracting(start..<start + count)
    let words = result.words
    if Word.bitWidth == 64 {
      let bytes = source.bytes
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(words).copyMemory(from: $0) }
    } else {
      for row in 0..<count { words[row] = Word(truncatingIfNeeded: source[row]) }
    }
    let base = column * table.stride
    let unknown = table.unknown.span.extracting(base..<base + table.stride)
    for place in 0..<BitMask.wordCount(count) {
      result.unknown[place] =
        bits(of: unknown, from: first + place * 64) & fullWord(count - place * 64)
    }
  }

  /// Says of each member what is said of its contract.
  mutating func spread(
    _ operand: Int, _ step: MachineStep<Word>, into result: inout Register<Word>,
    _ chunk: borrowing ColumnChunk
  ) {
    guard let list = step.list else { return }
    let first = range(of: list).lowerBound
    let size = BitMask.wordCount(range(of: list).count)
    let offsets = chunk.offsets[list]
    if step.isTruth {
      let (holds, fails) = (yes(operand), no(operand))
      for place in 0..<size { result.set(place, held: 0, unknown: ~0, full: 0) }
      for row in 0..<rowCount {
        let bit: UInt64 = 1 << UInt64(row % 64)
        let isYes = holds[row / 64] & bit != 0
        let isNo = fails[row / 64] & bit != 0
        for member in Int(offsets[firstRow + row]) - first..<Int(offsets[firstRow + row + 1])
          - first
        {
          if isYes { result.yes[member / 64] |= 1 << UInt64(member % 64) }
          if isNo { result.no[member / 64] |= 1 << UInt64(member % 64) }
        }
      }
      return
    }
    let (source, unknown) = (words(operand), unknownWords(operand))
    copy(source, offsets.span, into: result.words)
    for place in 0..<size { result.unknown[place] = 0 }
    for place in 0..<BitMask.wordCount(rowCount) {
      var open = unknown[place]
      while open != 0 {
        let row = firstRow + place * 64 + open.trailingZeroBitCount
        open &= open - 1
        for member in Int(offsets[row]) - first..<Int(offsets[row + 1]) - first {
          result.unknown[member / 64] |= 1 << UInt64(member % 64)
        }
      }
    }
    guard let bottoms = denominators(operand) else { return }
    for row in 0..<rowCount {
      for member in Int(offsets[firstRow + row]) - first..<Int(offsets[firstRow + row + 1]) - first
      {
        result.denominators[member] = bottoms[row]
      }
    }
  }

  /// Puts each contract's word to all its members.
  private func copy(_ source: Lane<Word>, _ offsets: Span<Int32>, into result: Lane<Word>) {
    let first = Int(offsets[firstRow])
    var member = 0
    for row in 0..<rowCount {
      let end = Int(offsets[firstRow + row + 1]) - first
      let word = source[row]
      while member < end {
        result[member] = word
        member += 1
      }
    }
  }

  /// Whether a truth holds for some member: decided by one, open where one is open.
  mutating func someMember(
    _ list: Int, _ truth: Int, into result: inout Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    let (holds, fails) = (yes(truth), no(truth))
    let unknownLists = chunk.unknownLists[list].words
    let missing = unknownLists.span
    for place in 0..<BitMask.wordCount(rowCount) {
      result.yes[place] = 0
      result.no[place] = bits(of: missing, from: firstRow + place * 64)
    }
    markContracts(list, into: result.yes, chunk) { holds[$0] }
    // Until the end the rows that are open stand where those that fail will.
    markContracts(list, into: result.no, chunk) { ~(holds[$0] | fails[$0]) }
    for place in 0..<BitMask.wordCount(rowCount) {
      let full = fullWord(rowCount - place * 64)
      let (some, open) = (result.yes[place], result.no[place])
      result.yes[place] = some & full
      result.no[place] = ~some & ~open & full
    }
  }

  /// Sets the bits of the contracts that have a member whose bit is set; few members have.
  @inline(__always)
  private func markContracts(
    _ list: Int, into mask: Lane<UInt64>, _ chunk: borrowing ColumnChunk,
    _ members: (Int) -> UInt64
  ) {
    let range = range(of: list)
    let offsets = chunk.offsets[list]
    let ends = offsets.span
    var row = 0
    for place in 0..<BitMask.wordCount(range.count) {
      var found = members(place) & fullWord(range.count - place * 64)
      while found != 0 {
        let member = range.lowerBound + place * 64 + found.trailingZeroBitCount
        found &= found - 1
        while row < rowCount, Int(ends[firstRow + row + 1]) <= member { row += 1 }
        mask[row / 64] |= 1 << UInt64(row % 64)
      }
    }
  }

  /// How many members a truth holds for; one that is open leaves the contract to the interpreter.
  mutating func memberCount(
    _ list: Int, _ truth: Int, into result: inout Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    let (yes, no) = (yes(truth), no(truth))
    gather(list, into: &result, chunk) { member in
      let bit: UInt64 = 1 << UInt64(member % 64)
      if yes[member / 64] & bit != 0 { return .adds(1) }
      return no[member / 64] & bit != 0 ? .adds(0) : .open
    }
  }

  /// The sum over the members a truth holds for; one that is open or of unknown size leaves the
  /// contract to the interpreter.
  mutating func memberSum(
    _ list: Int, _ condition: Int?, _ body: Int, into result: inout Register<Word>,
    _ chunk: borrowing ColumnChunk
  ) {
    let (words, unknown) = (words(body), unknownWords(body))
    let selection = condition.map { (yes: yes($0), no: no($0)) }
    gather(list, into: &result, chunk) { member in
      let bit: UInt64 = 1 << UInt64(member % 64)
      if let selection {
        if selection.no[member / 64] & bit != 0 { return .adds(0) }
        if selection.yes[member / 64] & bit == 0 { return .open }
      }
      if unknown[member / 64] & bit != 0 { return .open }
      return .adds(words[member])
    }
  }

  private mutating func gather(
    _ list: Int, into result: inout Register<Word>, _ chunk: borrowing ColumnChunk,
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
