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
    var cells = words.mutableSpan
    let capacity = chunk.rows.capacity
    let steps = template.steps.span
    let texts = template.words.span
    for index in steps.indices {
      let step = steps[index]
      guard line.pass(step, texts) else { return nil }
      if step.kind == .scalar {
        guard let word = line.value(step, schema.books) else { return nil }
        guard step.column >= 0 else { continue }
        if word == LineText.isNull {
          // The word is cleared: what an earlier chunk left there must not overflow.
          chunk.rows.setUnknown(Int(step.column), row)
          cells[Int(step.column) * capacity + row] = 0
          hasUnknown = true
        } else {
          cells[Int(step.column) * capacity + row] = word
        }
        continue
      }
      switch step.kind {
      case .scalar: break
      case .id:
        guard let found = line.plainString(), LineWalk.isIdentifier(line.bytes, found) else {
          return nil
        }
        id = found
      case .list:
        guard members(Int(step.column), Int(step.places), &line, &chunk) else { return nil }
      case .end:
        line.skipBlanks()
        guard line.offset == line.end || (isMore && line.byte == 0x0A) else { return nil }
        return id
      }
    }
    return nil
  }

  /// The members of a list, from its bracket to its bracket.
  ///
  /// - Parameter position: What its members look like, in the template.
  private func members(
    _ list: Int, _ position: Int, _ line: inout LineText, _ chunk: inout ColumnChunk
  ) -> Bool {
    guard line.pass(0x5B) else { return false }
    if line.pass(0x5D) { return true }
    // Out of the chunk and back: one table is worked on, not a table among others.
    var table = ColumnTable(columnCount: 0, containerCount: 0, capacity: 0)
    swap(&table, &chunk.members[list])
    defer { swap(&table, &chunk.members[list]) }
    let (memberSteps, memberTexts) = (
      template.members[position].steps, template.members[position].words
    )
    let hasAbsences = template.members[position].hasAbsences
    let steps = memberSteps.span
    let texts = memberTexts.span
    repeat {
      if table.rowCount >= table.capacity { table.grow() }
      let row = table.rowCount
      let capacity = table.capacity
      var cells = table.words.mutableSpan
      // Columns whose value is null; beyond the 64th the line is walked.
      var nulls: UInt64 = 0
      for index in steps.indices {
        let step = steps[index]
        guard line.pass(step, texts) else { return false }
        if step.kind == .end { break }
        guard step.kind == .scalar, let word = line.value(step, schema.books) else { return false }
        guard step.column >= 0 else { continue }
        if word == LineText.isNull {
          guard step.column < 64 else { return false }
          nulls |= 1 << UInt64(step.column)
          cells[Int(step.column) * capacity + row] = 0
        } else {
          cells[Int(step.column) * capacity + row] = word
        }
      }
      while nulls != 0 {
        table.setUnknown(nulls.trailingZeroBitCount, row)
        nulls &= nulls - 1
      }
      if hasAbsences { table.setAbsent(template.members[position], row) }
      table.rowCount = row + 1
    } while line.pass(0x2C)
    return line.pass(0x5D)
  }
}

extension LineText {
  /// Passes the text that is expected before a value.
  @inline(__always)
  mutating func pass(_ step: LineTemplate.Step, _ texts: Span<UInt64>) -> Bool {
    // Both words at once: put together from two loads, they would have to wait for each other.
    // What stands behind the end is expected nowhere.
    guard (words(at: offset) ^ step.start) & step.startMask == .zero else { return false }
    let count = Int(step.count)
    if count > 16 { return passLong(texts, Int(step.text), count) }
    offset += count
    return true
  }

  /// Passes a text of any length, eight bytes at a time.
  private mutating func passLong(_ texts: Span<UInt64>, _ text: Int, _ count: Int) -> Bool {
    guard count <= end - offset else { return false }
    // The first two words were compared already.
    var place = offset + 16
    var index = text + 2
    var left = count - 16
    while left >= 8 {
      guard word(at: place) == texts[index] else { return false }
      place += 8
      index += 1
      left -= 8
    }
    if left > 0 {
      guard word(at: place) & fullWord(left * 8) == texts[index] else { return false }
      place += left
    }
    offset = place
    return true
  }

  /// Stands for null where null means that nothing is known; no value of a plain line is it.
  static var isNull: Int64 { .min }

  /// Passes a value: its word, a number in the column's decimals; nil where it is not plain, or
  /// has more decimals.
  @inline(__always)
  mutating func value(_ step: LineTemplate.Step, _ books: borrowing CodeBooks) -> Int64? {
    if self[offset] == 0x6E {
      guard step.form != .writtenNumber, passNull() else { return nil }
      return step.form == .event ? WordCode.none : Self.isNull
    }
    if step.form == .number, let word = fixedNumber(Int(step.places), step.scale) { return word }
    switch step.form {
    case .number, .writtenNumber:
      if step.form == .writtenNumber, let word = fixedNumber(Int(step.places), step.scale) {
        return word
      }
      guard let (word, found) = number() else { return nil }
      if found == Int(step.places) || step.column < 0 { return word }
      guard found < Int(step.places), let factor = powerOfTen(Int(step.places) - found) else {
        return nil
      }
      let (scaled, overflows) = word.multipliedReportingOverflow(by: factor)
      return overflows ? nil : scaled
    case .wholeNumber:
      if let word = fixedNumber(0, 1) { return word }
      guard let (word, found) = number(), found == 0 else { return nil }
      return word
    case .date, .event: return date()
    case .boolean: return boolean()
    case .year:
      let start = offset
      if let word = fixedNumber(0, 1), offset - start == 4 { return yearWord(Int(word)) }
      offset = start
      return rareValue(step.form, Int(step.book), books)
    case .code:
      if let short = shortString() { return books.word(ofShort: short, in: Int(step.book)) }
      guard let text = plainString() else { return nil }
      return books.word(of: bytes, text, in: Int(step.book))
    case .text where step.column < 0: return passString() ? 0 : nil
    default: return rareValue(step.form, Int(step.book), books)
    }
  }

  /// Passes a value of one of the forms that most rulesets have little of.
  mutating func rareValue(
    _ form: ScalarForm, _ book: Int, _ books: borrowing CodeBooks
  ) -> Int64? {
    switch form {
    case .text:
      guard let text = plainString() else { return nil }
      return books.word(of: bytes, text, in: book)
    case .lei:
      guard let text = plainString() else { return nil }
      guard case .success = LegalEntityIdentifier.read(letters(text)) else { return nil }
      return books.word(of: bytes, text, in: book)
    case .month: return period(.month)
    case .quarter: return period(.quarter)
    case .halfYear: return period(.halfYear)
    case .year: return period(.year)
    case .ignored: return passScalar() ? 0 : nil
    case .number, .writtenNumber, .wholeNumber, .boolean, .date, .event, .code: return nil
    }
  }

  /// Passes `true` or `false`: 1 or 0.
  @inline(__always)
  mutating func boolean() -> Int64? {
    if byte == 0x74 { return pass(word: "true") ? 1 : nil }
    return pass(word: "false") ? 0 : nil
  }

  private func letters(_ text: Range<Int>) -> [UInt8] {
    var letters: [UInt8] = []
    for place in text { letters.append(self[place]) }
    return letters
  }

  /// The word of a year; nil where there is no such year.
  @inline(__always)
  private func yearWord(_ year: Int) -> Int64? {
    Period(length: .year, number: year).map { Int64($0.number) }
  }

  /// Passes a period of one length; a year may be a bare number.
  private mutating func period(_ length: PeriodLength) -> Int64? {
    if byte != 0x22 {
      guard length == .year else { return nil }
      let start = offset
      guard let (word, places) = number(), places == 0, offset - start == 4 else { return nil }
      return yearWord(Int(word))
    }
    guard let text = plainString(), text.count <= 7, let period = Period(utf8: letters(text)),
      period.length == length
    else { return nil }
    return Int64(period.number)
  }

  /// Passes a single value that nobody reads.
  mutating func passScalar() -> Bool {
    switch byte {
    case 0x22: passString()
    case 0x74: pass(word: "true")
    case 0x66: pass(word: "false")
    case 0x6E: passNull()
    default: number() != nil
    }
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
