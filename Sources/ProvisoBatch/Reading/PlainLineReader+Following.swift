// The fast way: the next line as the last one was, its text compared eight bytes at a time.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension PlainLineReader {
  /// Reads a line by the template, straight into the next row; nil, and the row left clear, where
  /// the line is of another form.
  ///
  /// - Parameter isMore: Whether other lines may follow in the text: then a line end ends the line.
  mutating func follow(
    _ line: inout LineText, isMore: Bool, _ chunk: inout ColumnChunk
  ) -> Range<Int>? {
    let row = chunk.rows.rowCount
    var hasUnknown = false
    // Out of the chunk and back: the words are written as one span.
    var words: [Int64] = []
    swap(&words, &chunk.rows.words)
    let found = values(&line, isMore, &chunk, &words, row, &hasUnknown)
    swap(&words, &chunk.rows.words)
    guard let id = found else {
      if hasUnknown { chunk.rows.clearUnknown(row) }
      for list in chunk.members.indices { chunk.dropMembers(of: list) }
      return nil
    }
    if template.hasAbsences {
      chunk.rows.setAbsent(template, row)
      for list in template.absentLists { chunk.unknownLists[Int(list)][row] = true }
    }
    chunk.rows.rowCount = row + 1
    for list in chunk.members.indices {
      chunk.offsets[list].append(Int32(chunk.members[list].rowCount))
    }
    return id
  }

  private func values(
    _ line: inout LineText, _ isMore: Bool, _ chunk: inout ColumnChunk, _ words: inout [Int64],
    _ row: Int, _ hasUnknown: inout Bool
  ) -> Range<Int>? {
    var id: Range<Int>?
    // A copy that is lent to nobody: its offset can stay in a register.
    var here = line
    var cells = words.mutableSpan
    let capacity = chunk.rows.capacity
    let steps = template.steps.span
    let texts = template.words.span
    for index in steps.indices {
      // Each part of a step is fetched where it is used: together they would fill the registers.
      guard here.pass(steps[index], texts) else { return nil }
      switch steps[index].kind {
      case .scalar(let form):
        guard let word = here.value(form, steps[index], schema.books) else { return nil }
        let column = Int(steps[index].column)
        guard column >= 0 else { continue }
        if word == LineText.isNull {
          // The word is cleared: what an earlier chunk left there must not overflow.
          chunk.rows.setUnknown(column, row)
          cells[column * capacity + row] = 0
          hasUnknown = true
        } else {
          cells[column * capacity + row] = word
        }
      case .id:
        guard let found = here.plainString(), LineWalk.isIdentifier(here.bytes, found) else {
          return nil
        }
        id = found
      case .list:
        var lent = here
        guard members(steps[index], &lent, &chunk.members[Int(steps[index].column)]) else {
          return nil
        }
        here.offset = lent.offset
      case .end:
        here.skipBlanks()
        guard here.offset == here.end || (isMore && here.byte == 0x0A) else { return nil }
        line.offset = here.offset
        return id
      }
    }
    return nil
  }

  /// The members of a list, from its bracket to its bracket.
  private func members(
    _ list: LineTemplate.Step, _ line: inout LineText, _ table: inout ColumnTable
  ) -> Bool {
    guard line.pass(0x5B) else { return false }
    if line.pass(0x5D) { return true }
    var here = line
    let hasAbsences = template.members[Int(list.places)].hasAbsences
    let steps = template.steps.span
    let texts = template.words.span
    repeat {
      if table.rowCount >= table.capacity { table.grow() }
      let row = table.rowCount
      let capacity = table.capacity
      var cells = table.words.mutableSpan
      // Columns whose value is null; beyond the 64th the line is walked.
      var nulls: UInt64 = 0
      var index = Int(list.member)
      while true {
        guard index < steps.count, here.pass(steps[index], texts) else { return false }
        if steps[index].kind == .end { break }
        guard case .scalar(let form) = steps[index].kind,
          let word = here.value(form, steps[index], schema.books)
        else { return false }
        let column = Int(steps[index].column)
        index += 1
        guard column >= 0 else { continue }
        if word == LineText.isNull {
          guard column < 64 else { return false }
          nulls |= 1 << UInt64(column)
          cells[column * capacity + row] = 0
        } else {
          cells[column * capacity + row] = word
        }
      }
      while nulls != 0 {
        table.setUnknown(nulls.trailingZeroBitCount, row)
        nulls &= nulls - 1
      }
      if hasAbsences { table.setAbsent(template.members[Int(list.places)], row) }
      table.rowCount = row + 1
    } while here.pass(0x2C)
    line.offset = here.offset
    return line.pass(0x5D)
  }
}

extension LineText {
  /// Passes the text that is expected before a value.
  @inline(__always)
  mutating func pass(_ step: LineTemplate.Step, _ texts: Span<UInt64>) -> Bool {
    // Two words at once: put together from two loads, they would have to wait for each other.
    // What stands behind the end is expected nowhere.
    guard (words(at: offset) ^ step.start) & step.startMask == .zero else { return false }
    let count = Int(step.count)
    if count > 16 {
      // Sixteen bytes from either side; few texts have more between.
      let isSame =
        count > 32
        ? goesOn(texts, Int(step.text), count) : words(at: offset + count - 16) == step.tail
      guard isSame else { return false }
    }
    offset += count
    return true
  }

  /// Whether a text stands here, of which the first sixteen bytes are known to.
  @inline(never)
  private func goesOn(_ texts: Span<UInt64>, _ text: Int, _ count: Int) -> Bool {
    guard count <= end - offset else { return false }
    var place = offset + 16
    var index = text + 2
    var left = count - 16
    while left >= 8 {
      guard word(at: place) == texts[index] else { return false }
      place += 8
      index += 1
      left -= 8
    }
    return left == 0 || word(at: place) & fullWord(left * 8) == texts[index]
  }
}

extension ColumnTable {
  /// Says that a value is unknown.
  @inline(__always)
  mutating func setUnknown(_ column: Int, _ row: Int) {
    unknown[column * stride + row / 64] |= 1 << UInt64(row % 64)
  }

  /// Says of a row what lines of a form say nothing of.
  @inline(__always)
  mutating func setAbsent(_ template: LineTemplate, _ row: Int) {
    for column in template.absentColumns {
      setUnknown(Int(column), row)
      words[Int(column) * capacity + row] = 0
    }
    for container in template.absentContainers {
      absent[Int(container) * stride + row / 64] |= 1 << UInt64(row % 64)
    }
  }

  /// Takes back what was said to be unknown of a row.
  mutating func clearUnknown(_ row: Int) {
    let bit: UInt64 = 1 << UInt64(row % 64)
    for column in 0..<columnCount { unknown[column * stride + row / 64] &= ~bit }
    for container in 0..<containerCount { absent[container * stride + row / 64] &= ~bit }
  }
}

extension ColumnChunk {
  /// Takes back the members of a row that was not finished, the one under way included.
  mutating func dropMembers(of list: Int) {
    let first = offsets[list].last.map { Int($0) } ?? 0
    for row in first..<min(members[list].rowCount + 1, members[list].capacity) {
      members[list].clearUnknown(row)
    }
    members[list].rowCount = first
  }
}
