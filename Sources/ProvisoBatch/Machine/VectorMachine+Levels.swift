// Dated levels: the entry that holds on a day.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// The value of the last entry on or before each day, and on or before A.
  mutating func level(
    _ list: Int, _ day: Int, _ dates: Int, _ values: Int, _ step: MachineStep<Word>,
    into result: inout Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    copyUnknown(of: day, into: &result, count(step.list))
    for row in 0..<rowCount {
      let isMissing = missing(list, row / 64, chunk) >> UInt64(row % 64) & 1 == 1
      let entries = groups(list, chunk).members(of: row)
      let indexes = step.list.map { members(ofRow: row, $0, chunk) } ?? row..<row + 1
      for index in indexes {
        let bit: UInt64 = 1 << UInt64(index % 64)
        result.words[index] = 0
        if result.unknown[index / 64] & bit != 0 { continue }
        let asked = words(day)[index]
        let limit = min(Word(asOf), asked)
        let entry = entries.last { words(dates)[$0] <= limit }
        guard !isMissing, asked != Word(WordCode.none), let entry,
          unknownWords(values)[entry / 64] >> UInt64(entry % 64) & 1 == 0
        else {
          result.unknown[index / 64] |= bit
          continue
        }
        result.words[index] = words(values)[entry]
      }
    }
  }

  /// Why no entry says anything for a day.
  func noLevel(
    _ list: ListColumnID, _ day: Int64, _ asked: ReasonSearch, _ scope: String,
    _ chunk: borrowing ColumnChunk
  ) -> ReasonAtom {
    if day == WordCode.none { return .own(.eventIsNone, scope: scope) }
    let dates = program.layout.memberColumns[list.index].firstIndex {
      program.layout.plan.columns[$0.index].path == [0]
    }
    let last = min(asOf, day)
    let row = asked.firstRow + asked.row
    guard let dates else { return .unexplained }
    let entries = Int(chunk.offsets[list.index][row])..<Int(chunk.offsets[list.index][row + 1])
    let isBefore = !entries.contains { chunk.members[list.index].word(dates, $0) <= last }
    return isBefore ? .beforeLevels(list, day: last) : .unexplained
  }
}
