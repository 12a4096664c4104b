// The careful way: a line in whatever order its keys are, by the schema; it may learn the order.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// Reads one line into the draft of a chunk.
struct LineWalk {
  let schema: LineSchema
  let isLearning: Bool
  var template = LineTemplate()
  /// The list whose member is read, and which; nil: the contract itself.
  var member: (list: Int, index: Int)?
  private var depth = 0

  /// Deeper lines are left to the general reader.
  private static let depthLimit = 64

  init(schema: LineSchema, isLearning: Bool) {
    self.schema = schema
    self.isLearning = isLearning
  }

  /// Reads a contract and the white space behind it; where its id stands.
  mutating func contract(_ line: inout LineText, _ chunk: inout ColumnChunk) -> Range<Int>? {
    line.skipWhiteSpace()
    var id: Range<Int>?
    guard record(schema.root, isRoot: true, &line, &chunk, &id) else { return nil }
    let end = line.offset
    line.skipWhiteSpace()
    guard line.offset == line.end else { return nil }
    line.offset = end
    return id
  }

  /// Whether the bytes between quotes can name a contract.
  static func isIdentifier(_ bytes: Span<UInt8>, _ text: Range<Int>) -> Bool {
    guard !text.isEmpty, text.count <= 200, bytes[text.lowerBound] != 0x20,
      bytes[text.upperBound - 1] != 0x20
    else { return false }
    // Eight bytes at a time, those behind the text made zeros; a byte is zero where 0x7F stood, and
    // only then has no high bit with 0x7F added.
    let ones: UInt64 = 0x0101_0101_0101_0101
    for place in stride(from: text.lowerBound, to: text.upperBound, by: 8) {
      let word = bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      let known = word.littleEndian & fullWord((text.upperBound - place) * 8)
      if ((known ^ (ones * 0x7F)) + ones * 0x7F) & (ones * 0x80) != ones * 0x80 { return false }
    }
    return true
  }

  // MARK: Records

  mutating func record(
    _ position: Int, isRoot: Bool, _ line: inout LineText, _ chunk: inout ColumnChunk,
    _ id: inout Range<Int>?
  ) -> Bool {
    let fields = schema.records[position]
    guard line.pass(0x7B) else { return false }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { return false }
    var seen = [Bool](repeating: false, count: fields.count)
    var others: [Range<Int>] = []
    line.skipWhiteSpace()
    if !line.pass(0x7D) {
      repeat {
        guard let key = self.key(&line) else { return false }
        // An object in the contract with one of these is a value with its history.
        if !isRoot, isName("value", key, line) || isName("versions", key, line) { return false }
        if let index = fields.firstIndex(where: { isName($0.name, key, line) }) {
          guard !seen[index] else { return false }
          seen[index] = true
          guard value(of: fields[index], &line, &chunk) else { return false }
        } else {
          guard !others.contains(where: { isSame($0, key, line) }), others.count < 64 else {
            return false
          }
          others.append(key)
          guard other(key, isRoot: isRoot, &line, &id) else { return false }
        }
        line.skipWhiteSpace()
      } while line.pass(0x2C)
      guard line.pass(0x7D) else { return false }
    }
    for (index, field) in fields.enumerated() where !seen[index] { setAbsent(field, &chunk) }
    return !isRoot || id != nil
  }

  /// Passes a key, the colon and the white space around them.
  private func key(_ line: inout LineText) -> Range<Int>? {
    line.skipWhiteSpace()
    guard let key = line.plainString() else { return nil }
    line.skipWhiteSpace()
    guard line.pass(0x3A) else { return nil }
    line.skipWhiteSpace()
    return key
  }

  private func isName(_ name: [UInt8], _ key: Range<Int>, _ line: borrowing LineText) -> Bool {
    guard name.count == key.count else { return false }
    for (index, byte) in name.enumerated() where line.bytes[key.lowerBound + index] != byte {
      return false
    }
    return true
  }

  private func isName(_ name: StaticString, _ key: Range<Int>, _ line: borrowing LineText) -> Bool {
    name.withUTF8Buffer { letters in
      guard letters.count == key.count else { return false }
      for (index, byte) in letters.enumerated()
      where line.bytes[key.lowerBound + index] != byte { return false }
      return true
    }
  }

  private func isSame(_ left: Range<Int>, _ right: Range<Int>, _ line: borrowing LineText) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count
    where line.bytes[left.lowerBound + index] != line.bytes[right.lowerBound + index] {
      return false
    }
    return true
  }

  /// A key that is no field: reserved, for people, or unknown.
  private mutating func other(
    _ key: Range<Int>, isRoot: Bool, _ line: inout LineText, _ id: inout Range<Int>?
  ) -> Bool {
    guard isRoot else { return skip(&line) }
    if isName("id", key, line) {
      let start = line.offset
      guard let text = line.plainString(), Self.isIdentifier(line.bytes, text) else { return false }
      id = text
      if isLearning { template.addIdentifier(line.bytes, from: start, to: line.offset) }
      return true
    }
    if isName("evidence", key, line) || isName("assessments", key, line)
      || isName("waivers", key, line)
    {
      if line.passNull() { return true }
      guard line.pass(0x5B) else { return false }
      line.skipWhiteSpace()
      return line.pass(0x5D)
    }
    return skip(&line)
  }

  // MARK: Values

  private mutating func value(
    of field: LineField, _ line: inout LineText, _ chunk: inout ColumnChunk
  ) -> Bool {
    switch field.kind {
    case .scalar(let field): return scalar(field, &line, &chunk)
    case .record(let position, _):
      if line.passNull() {
        setAbsent(field, &chunk)
        return true
      }
      var id: Range<Int>?
      return record(position, isRoot: false, &line, &chunk, &id)
    case .list(let position, let list, _):
      if line.passNull() {
        setAbsent(field, &chunk)
        return true
      }
      return members(position, list, &line, &chunk)
    case .inner(let position, let list, let isGiven, _):
      if line.passNull() {
        setAbsent(field, &chunk)
        return true
      }
      set(isGiven, 1, 0, &chunk)
      return inner(position, list, &line, &chunk)
    case .series(let form, let length, let columns, _, let list):
      if line.passNull() {
        setAbsent(field, &chunk)
        return true
      }
      for (_, column) in columns { setUnknown(column, &chunk) }
      return entries(form, length, columns, list, &line, &chunk)
    case .levels(let form, let list):
      if line.passNull() {
        setAbsent(field, &chunk)
        return true
      }
      return levels(form, list, &line, &chunk)
    case .values(let form, let list, _):
      if line.passNull() {
        setAbsent(field, &chunk)
        return true
      }
      return values(form, list, &line, &chunk)
    case .hidden:
      setAbsent(field, &chunk)
      return line.passNull()
    }
  }

  mutating func scalar(
    _ field: ScalarField, _ line: inout LineText, _ chunk: inout ColumnChunk
  ) -> Bool {
    let start = line.offset
    let column = Int(field.column)
    if line.passNull() {
      if field.form == .event {
        set(column, WordCode.none, 0, &chunk)
      } else {
        setUnknown(column, &chunk)
      }
    } else if field.form == .number, line.byte == 0x22 {
      return written(field, &line, &chunk)
    } else if field.form == .number {
      guard let (word, places) = line.number() else { return false }
      set(column, word, places, &chunk)
    } else {
      guard
        var word = line.rareValue(
          field.form, Int(field.book), isRead: column >= 0, schema.books)
      else { return false }
      if word == WordCode.otherText, schema.tellsTextsApart, column >= 0,
        field.form == .text || field.form == .lei
      {
        // No order of keys is learned: whoever follows one does not tell texts apart.
        template.isUnfit = true
        var letters: [UInt8] = []
        for place in start + 1..<line.offset - 1 { letters.append(line.bytes[place]) }
        word = chunk.word(ofText: String(decoding: letters, as: UTF8.self))
      }
      set(column, word, 0, &chunk)
    }
    learn(field, &line, from: start)
    return true
  }

  private mutating func members(
    _ position: Int, _ list: Int, _ line: inout LineText, _ chunk: inout ColumnChunk
  ) -> Bool {
    let start = line.offset
    guard line.pass(0x5B) else { return false }
    // The order of keys is learned from the first member; a list inside a list is not learned.
    let outer = (template, member)
    // Nor is one whose members have positions: whoever follows an order does not count them.
    let isCounted = list >= 0 && schema.positionColumns[list] >= 0
    let isLearned = isLearning && list >= 0 && member == nil && !isCounted
    var inner = LineTemplate()
    var index = 0
    line.skipWhiteSpace()
    if !line.pass(0x5D) {
      repeat {
        line.skipWhiteSpace()
        if list >= 0 {
          chunk.draft.addMember(of: list)
          member = (list, index)
          if isCounted { set(schema.positionColumns[list], Int64(index), 0, &chunk) }
        }
        template = LineTemplate()
        template.pieceStart = line.offset
        var id: Range<Int>?
        guard record(position, isRoot: false, &line, &chunk, &id) else { return false }
        if isLearned, index == 0, template.finish(line.bytes, line.offset) { inner = template }
        index += 1
        line.skipWhiteSpace()
      } while line.pass(0x2C)
      guard line.pass(0x5D) else { return false }
    }
    (template, member) = outer
    if isLearned, !inner.isEmpty {
      template.add(list: list, inner, line.bytes, from: start, to: line.offset)
    } else {
      template.isUnfit = true
    }
    return true
  }

  private mutating func entries(
    _ form: ScalarField, _ length: PeriodLength, _ columns: [Period: Int], _ list: EntryList,
    _ line: inout LineText, _ chunk: inout ColumnChunk
  ) -> Bool {
    guard line.pass(0x7B) else { return false }
    // Entries that are members of a list are found by the schema, line by line.
    if list.list >= 0 { template.isUnfit = true }
    var seen: Set<Period> = []
    line.skipWhiteSpace()
    if line.pass(0x7D) {
      if isLearning { for (_, column) in columns { template.addAbsent(column: column) } }
      return true
    }
    repeat {
      guard let key = self.key(&line), key.count <= 7 else { return false }
      var letters: [UInt8] = []
      for place in key { letters.append(line.bytes[place]) }
      guard let period = Period(utf8: letters), period.length == length,
        seen.insert(period).inserted
      else { return false }
      let column = columns[period] ?? -1
      if list.list >= 0 {
        guard entry(Int64(period.number), form, list, &line, &chunk) else { return false }
        copyEntry(list, Int(form.column), to: column, &chunk)
      } else {
        guard scalar(form.going(to: column), &line, &chunk) else { return false }
      }
      line.skipWhiteSpace()
    } while line.pass(0x2C)
    guard line.pass(0x7D) else { return false }
    if isLearning {
      for (period, column) in columns where !seen.contains(period) {
        template.addAbsent(column: column)
      }
    }
    return true
  }

  mutating func learn(_ field: ScalarField, _ line: inout LineText, from start: Int) {
    if isLearning { template.add(field, line.bytes, from: start, to: line.offset) }
  }

  // MARK: What nobody reads

  /// Passes a value of any form, if it is plain and its objects give no key twice.
  private mutating func skip(_ line: inout LineText) -> Bool {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { return false }
    switch line.byte {
    case 0x7B:
      template.isUnfit = true
      guard line.pass(0x7B) else { return false }
      var keys: [Range<Int>] = []
      line.skipWhiteSpace()
      if line.pass(0x7D) { return true }
      repeat {
        guard let key = self.key(&line), keys.count < 64,
          !keys.contains(where: { isSame($0, key, line) }), skip(&line)
        else { return false }
        keys.append(key)
        line.skipWhiteSpace()
      } while line.pass(0x2C)
      return line.pass(0x7D)
    case 0x5B:
      template.isUnfit = true
      guard line.pass(0x5B) else { return false }
      line.skipWhiteSpace()
      if line.pass(0x5D) { return true }
      repeat {
        line.skipWhiteSpace()
        guard skip(&line) else { return false }
        line.skipWhiteSpace()
      } while line.pass(0x2C)
      return line.pass(0x5D)
    default:
      let start = line.offset
      guard line.passScalar() else { return false }
      learn(ScalarField(form: .ignored, book: -1, column: -1), &line, from: start)
      return true
    }
  }

  // MARK: The draft

  func set(_ column: Int, _ word: Int64, _ places: Int, _ chunk: inout ColumnChunk) {
    guard column >= 0 else { return }
    let value = DraftCell(word: word, decimals: places, isUnknown: false)
    guard let member else {
      chunk.draft.cells[column] = value
      return
    }
    let cell = member.index * schema.memberWidths[member.list] + column
    chunk.draft.lists[member.list].cells[cell] = value
  }

  func setUnknown(_ column: Int, _ chunk: inout ColumnChunk) {
    guard column >= 0 else { return }
    guard let member else { return chunk.draft.setUnknown(column) }
    let cell = member.index * schema.memberWidths[member.list] + column
    chunk.draft.lists[member.list].cells[cell].isUnknown = true
  }

  private mutating func setAbsent(_ field: LineField, _ chunk: inout ColumnChunk) {
    setAbsent(field, isOutermost: true, &chunk)
  }

  private mutating func setAbsent(
    _ field: LineField, isOutermost: Bool, _ chunk: inout ColumnChunk
  ) {
    switch field.kind {
    case .scalar(let field): setAbsent(column: Int(field.column), &chunk)
    case .record(let position, let container):
      guard container >= 0 else { return }
      if isOutermost { setAbsent(container: container, &chunk) }
      for inner in schema.records[position] { setAbsent(inner, isOutermost: false, &chunk) }
    case .list(_, let list, let isEmptyWhenAbsent):
      if list >= 0, !isEmptyWhenAbsent || !isOutermost { setAbsent(list: list, &chunk) }
    case .inner(_, _, let isGiven, let isEmptyWhenAbsent):
      template.isUnfit = true
      if isEmptyWhenAbsent, isOutermost {
        set(isGiven, 1, 0, &chunk)
      } else {
        setAbsent(column: isGiven, &chunk)
      }
    case .values(_, let list, let isEmptyWhenAbsent):
      if list >= 0, !isEmptyWhenAbsent || !isOutermost { setAbsent(list: list, &chunk) }
    case .levels(_, let entries):
      if entries.list >= 0 { setAbsent(list: entries.list, &chunk) }
    case .hidden(let target):
      if isOutermost, target.container >= 0 { setAbsent(container: target.container, &chunk) }
      for column in target.columns { setAbsent(column: column, &chunk) }
      for list in target.lists where !list.isEmptyWhenAbsent || !isOutermost {
        setAbsent(list: list.list, &chunk)
      }
    case .series(_, _, let columns, let container, let entries):
      if isOutermost, container >= 0 { setAbsent(container: container, &chunk) }
      for (_, column) in columns { setAbsent(column: column, &chunk) }
      if entries.list >= 0 { setAbsent(list: entries.list, &chunk) }
    }
  }

  private mutating func setAbsent(list: Int, _ chunk: inout ColumnChunk) {
    chunk.draft.lists[list].isUnknown = true
    chunk.draft.hasUnknown = true
    if isLearning { template.addAbsent(list: list) }
  }

  private mutating func setAbsent(column: Int, _ chunk: inout ColumnChunk) {
    setUnknown(column, &chunk)
    if isLearning, column >= 0 { template.addAbsent(column: column) }
  }

  private mutating func setAbsent(container: Int, _ chunk: inout ColumnChunk) {
    if isLearning { template.addAbsent(container: container) }
    guard let member else {
      chunk.draft.absent[container] = true
      chunk.draft.hasUnknown = true
      return
    }
    let width = chunk.members[member.list].containerCount
    chunk.draft.lists[member.list].absent[member.index * width + container] = true
  }
}
