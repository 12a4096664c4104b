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
      let storage = program.layout.storage[list]
      load(
        chunk.members[storage], storage + 1, position, range.lowerBound, range.count, into: &result)
    } else {
      load(chunk.rows, 0, position, firstRow, rowCount, into: &result)
    }
  }

  /// - Parameter position: Which of the tables it is, among those whose words are lent.
  private mutating func load(
    _ table: borrowing ColumnTable, _ position: Int, _ column: Int, _ first: Int, _ count: Int,
    into result: inout Register<Word>
  ) {
    let start = column * table.capacity + first
    let all = table.words.span
    guard count > 0, start + count <= all.count, result.words.count >= count else { return }
    if position < lentWords.count {
      result.lend(Lane(rebasing: lentWords[position][start..<start + count]))
    } else {
      let source = all.extracting(start..<start + count)
      for row in 0..<count { result.words[row] = Word(truncatingIfNeeded: source[row]) }
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
    if isMade(list) {
      return spreadOverPairs(operand, step, list, into: &result)
    }
    let owners = groups(list)
    let size = BitMask.wordCount(range(of: list).count)
    if step.isTruth {
      let (holds, fails) = (yes(operand), no(operand))
      for place in 0..<size { result.set(place, held: 0, unknown: ~0, full: 0) }
      for row in 0..<rowCount {
        let bit: UInt64 = 1 << UInt64(row % 64)
        let isYes = holds[row / 64] & bit != 0
        let isNo = fails[row / 64] & bit != 0
        for member in owners.members(of: row) {
          if isYes { result.yes[member / 64] |= 1 << UInt64(member % 64) }
          if isNo { result.no[member / 64] |= 1 << UInt64(member % 64) }
        }
      }
      return
    }
    let (source, unknown) = (words(operand), unknownWords(operand))
    copy(source, owners, into: result.words)
    for place in 0..<size { result.unknown[place] = 0 }
    for place in 0..<BitMask.wordCount(rowCount) {
      var open = unknown[place]
      while open != 0 {
        let row = place * 64 + open.trailingZeroBitCount
        open &= open - 1
        for member in owners.members(of: row) {
          result.unknown[member / 64] |= 1 << UInt64(member % 64)
        }
      }
    }
    guard let bottoms = denominators(operand) else { return }
    for row in 0..<rowCount {
      for member in owners.members(of: row) { result.denominators[member] = bottoms[row] }
    }
  }

  /// Says of each pair what is said of one of its members.
  private mutating func spreadOverPairs(
    _ operand: Int, _ step: MachineStep<Word>, _ list: Int, into result: inout Register<Word>
  ) {
    let isOuter = places[operand].list == program.layout.owners[list]
    let members = isOuter ? pairs[list].outer : pairs[list].inner
    let size = BitMask.wordCount(members.count)
    if step.isTruth {
      let (holds, fails) = (yes(operand), no(operand))
      for place in 0..<size { result.set(place, held: 0, unknown: ~0, full: 0) }
      for pair in 0..<members.count {
        let member = Int(members[pair])
        let (word, lane) = (member / 64, UInt64(member % 64))
        result.yes[pair / 64] |= (holds[word] >> lane & 1) << UInt64(pair % 64)
        result.no[pair / 64] |= (fails[word] >> lane & 1) << UInt64(pair % 64)
      }
      return
    }
    let (source, unknown) = (words(operand), unknownWords(operand))
    let bottoms = denominators(operand)
    for place in 0..<size { result.unknown[place] = 0 }
    for pair in 0..<members.count {
      let member = Int(members[pair])
      result.words[pair] = source[member]
      result.unknown[pair / 64] |=
        (unknown[member / 64] >> UInt64(member % 64) & 1) << UInt64(pair % 64)
      if let bottoms { result.denominators[pair] = bottoms[member] }
    }
  }

  /// Puts each contract's word to all its members.
  private func copy(_ source: Lane<Word>, _ owners: MemberGroups, into result: Lane<Word>) {
    var member = 0
    for row in 0..<rowCount {
      let end = Int(owners.ends[row + 1])
      let word = source[row]
      // Four at once, however many there are: how many cannot be guessed, and a wrong guess costs
      // more than four words. What is too much is written over by the next contract.
      if member + 4 <= result.count {
        result[member] = word
        result[member + 1] = word
        result[member + 2] = word
        result[member + 3] = word
        member = min(member + 4, end)
      }
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
    let owners = groups(list)
    let (holds, fails) = (yes(truth), no(truth))
    for place in 0..<BitMask.wordCount(owners.count) {
      result.yes[place] = 0
      result.no[place] = missing(list, place, chunk)
    }
    markOwners(owners, range(of: list).count, into: result.yes) { holds[$0] }
    // Until the end those that are open stand where those that fail will.
    markOwners(owners, range(of: list).count, into: result.no) { ~(holds[$0] | fails[$0]) }
    for place in 0..<BitMask.wordCount(owners.count) {
      let full = fullWord(owners.count - place * 64)
      let (some, open) = (result.yes[place], result.no[place])
      result.yes[place] = some & full
      result.no[place] = ~some & ~open & full
    }
  }

  /// Sets the bits of those who have a member whose bit is set; few members have.
  @inline(__always)
  private func markOwners(
    _ owners: MemberGroups, _ count: Int, into mask: Lane<UInt64>, _ members: (Int) -> UInt64
  ) {
    let ends = owners.ends
    var owner = 0
    for place in 0..<BitMask.wordCount(count) {
      var found = members(place) & fullWord(count - place * 64)
      while found != 0 {
        let member = place * 64 + found.trailingZeroBitCount
        found &= found - 1
        while owner < owners.count, Int(ends[owner + 1]) <= member { owner += 1 }
        mask[owner / 64] |= 1 << UInt64(owner % 64)
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

  /// The least or the greatest word of the members a truth holds for; unknown where there is none.
  mutating func memberExtreme(
    _ list: Int, _ condition: Int?, _ body: Int, _ isLeast: Bool,
    into result: inout Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    fold(list, condition, body, into: &result, chunk) { found, word in
      (found.map { isLeast ? min($0, word) : max($0, word) } ?? word, false)
    }
  }

  /// The sum of the members a truth holds for, over how many these are; unknown where none is.
  mutating func memberAverage(
    _ list: Int, _ condition: Int?, _ body: Int, into result: inout Register<Word>,
    _ chunk: borrowing ColumnChunk
  ) {
    fold(list, condition, body, into: &result, chunk) { found, word in
      guard let found else { return (word, false) }
      let (sum, overflows) = found.addingReportingOverflow(word)
      return (sum, overflows)
    }
  }

  /// Folds the words of the members a truth holds for; one that is open or of unknown size leaves
  /// the contract to the interpreter. Divisors, where there are any, are how many were folded.
  private mutating func fold(
    _ list: Int, _ condition: Int?, _ body: Int, into result: inout Register<Word>,
    _ chunk: borrowing ColumnChunk, _ step: (Word?, Word) -> (Word, overflows: Bool)
  ) {
    let (words, unknown) = (words(body), unknownWords(body))
    let selection = condition.map { (yes: yes($0), no: no($0)) }
    let owners = groups(list)
    for owner in 0..<owners.count {
      let bit: UInt64 = 1 << UInt64(owner % 64)
      if owner % 64 == 0 {
        result.unknown[owner / 64] =
          missing(list, owner / 64, chunk) & fullWord(owners.count - owner)
      }
      var total: Word?
      var count: Word = 0
      var isOpen = false
      for member in owners.members(of: owner) {
        let own: UInt64 = 1 << UInt64(member % 64)
        if let selection {
          if selection.no[member / 64] & own != 0 { continue }
          isOpen = isOpen || selection.yes[member / 64] & own == 0
        }
        isOpen = isOpen || unknown[member / 64] & own != 0
        let (next, overflows) = step(total, words[member])
        total = next
        count += 1
        isOpen = isOpen || overflows
      }
      result.words[owner] = total ?? 0
      if !result.denominators.isEmpty { result.denominators[owner] = max(count, 1) }
      if total == nil { result.unknown[owner / 64] |= bit }
      if isOpen { result.setDoubt(owner / 64, bit, owners.count) }
    }
  }

  private mutating func gather(
    _ list: Int, into result: inout Register<Word>, _ chunk: borrowing ColumnChunk,
    _ body: (Int) -> MemberShare<Word>
  ) {
    let owners = groups(list)
    for place in 0..<BitMask.wordCount(owners.count) {
      var doubt: UInt64 = 0
      for owner in place * 64..<min(place * 64 + 64, owners.count) {
        let bit: UInt64 = 1 << UInt64(owner % 64)
        var total: Word = 0
        for member in owners.members(of: owner) {
          switch body(member) {
          case .adds(let share):
            let (sum, overflows) = total.addingReportingOverflow(share)
            total = sum
            if overflows { doubt |= bit }
          case .open: doubt |= bit
          }
        }
        result.words[owner] = total
      }
      result.unknown[place] = missing(list, place, chunk) & fullWord(owners.count - place * 64)
      result.setDoubt(place, doubt, owners.count)
    }
  }
}

/// What a member adds to a sum.
private enum MemberShare<Word> {
  case adds(Word)
  case open
}
