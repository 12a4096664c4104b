// Members that are no records of the contract's own: entries of series and levels, single values,
// lists inside members. No order of keys is learned where there are some.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension LineWalk {
  /// A list inside the member that is read.
  mutating func inner(
    _ position: Int, _ list: Int, _ line: inout LineText, _ chunk: inout ColumnChunk
  ) -> Bool {
    guard let owner = member, line.pass(0x5B) else { return false }
    template.isUnfit = true
    line.skipWhiteSpace()
    if line.pass(0x5D) { return true }
    defer { member = owner }
    repeat {
      line.skipWhiteSpace()
      member = (list, chunk.draft.lists[list].count)
      chunk.draft.addMember(of: list)
      set(schema.positionColumns[list], Int64(owner.index), 0, &chunk)
      var id: Range<Int>?
      guard record(position, isRoot: false, &line, &chunk, &id) else { return false }
      line.skipWhiteSpace()
    } while line.pass(0x2C)
    return line.pass(0x5D)
  }

  /// Reads a value as that of an entry which is a member of a list.
  mutating func entry(
    _ key: Int64, _ form: ScalarField, _ list: EntryList, _ line: inout LineText,
    _ chunk: inout ColumnChunk
  ) -> Bool {
    guard list.list >= 0 else { return scalar(form.going(to: -1), &line, &chunk) }
    let outer = member
    defer { member = outer }
    member = (list.list, chunk.draft.lists[list.list].count)
    chunk.draft.addMember(of: list.list)
    set(list.key, key, 0, &chunk)
    return scalar(form, &line, &chunk)
  }

  /// Puts the value of the entry that was read last into a column of the contract too.
  func copyEntry(
    _ list: EntryList, _ value: Int, to column: Int, _ chunk: inout ColumnChunk
  ) {
    let entries = chunk.draft.lists[list.list]
    let cell = (entries.count - 1) * schema.memberWidths[list.list] + value
    let entry = entries.cells[cell]
    if entry.isUnknown {
      setUnknown(column, &chunk)
    } else {
      set(column, entry.word, entry.decimals, &chunk)
    }
  }

  /// Dated levels, in the order of their days; in another the general reader takes them.
  mutating func levels(
    _ form: ScalarField, _ list: EntryList, _ line: inout LineText, _ chunk: inout ColumnChunk
  ) -> Bool {
    guard line.pass(0x7B) else { return false }
    template.isUnfit = true
    line.skipWhiteSpace()
    if line.pass(0x7D) { return true }
    var last: Int64?
    repeat {
      line.skipWhiteSpace()
      guard let day = line.date(), last.map({ $0 < day }) ?? true else { return false }
      last = day
      line.skipWhiteSpace()
      guard line.pass(0x3A) else { return false }
      line.skipWhiteSpace()
      // An entry that says nothing is no entry.
      guard !line.passNull(), entry(day, form, list, &line, &chunk) else { return false }
      line.skipWhiteSpace()
    } while line.pass(0x2C)
    return line.pass(0x7D)
  }

  /// Single values, none of which is null.
  mutating func values(
    _ form: ScalarField, _ list: Int, _ line: inout LineText, _ chunk: inout ColumnChunk
  ) -> Bool {
    guard line.pass(0x5B) else { return false }
    template.isUnfit = true
    line.skipWhiteSpace()
    if line.pass(0x5D) { return true }
    let outer = member
    defer { member = outer }
    repeat {
      line.skipWhiteSpace()
      guard !line.passNull() else { return false }
      if list >= 0 {
        member = (list, chunk.draft.lists[list].count)
        chunk.draft.addMember(of: list)
      }
      guard scalar(list >= 0 ? form : form.going(to: -1), &line, &chunk) else { return false }
      line.skipWhiteSpace()
    } while line.pass(0x2C)
    return line.pass(0x5D)
  }
}
