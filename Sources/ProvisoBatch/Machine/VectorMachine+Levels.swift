// Values in time that a list holds: the level on a day, the entry for a period; truths as words.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// The value of the last entry on or before each day, and on or before A; or, where it is exact,
  /// that of the entry for each period.
  mutating func level(
    _ list: Int, _ day: Int, _ dates: Int, _ values: Int, _ isExact: Bool,
    _ step: MachineStep<Word>, into result: inout Register<Word>, _ chunk: borrowing ColumnChunk
  ) {
    copyUnknown(of: day, into: &result, count(step.list))
    let (asked, keys, found) = (words(day), words(dates), words(values))
    let unknown = unknownWords(values)
    for row in 0..<rowCount {
      let isMissing = missing(list, row / 64, chunk) >> UInt64(row % 64) & 1 == 1
      let entries = groups(list).members(of: row)
      let indexes = step.list.map { members(ofRow: row, $0) } ?? row..<row + 1
      for index in indexes {
        let bit: UInt64 = 1 << UInt64(index % 64)
        result.words[index] = 0
        if result.unknown[index / 64] & bit != 0 { continue }
        let key = asked[index]
        let limit = min(Word(asOf), key)
        let entry = entries.last { isExact ? keys[$0] == key : keys[$0] <= limit }
        guard !isMissing, key != Word(WordCode.none), let entry,
          unknown[entry / 64] >> UInt64(entry % 64) & 1 == 0
        else {
          result.unknown[index / 64] |= bit
          continue
        }
        result.words[index] = found[entry]
      }
    }
  }

  /// Why no entry of a level says anything for a day.
  func noLevel(
    _ list: ListColumnID, _ dates: NodeID, _ day: Int64, _ asked: ReasonSearch, _ scope: String,
    _ chunk: borrowing ColumnChunk
  ) -> ReasonAtom {
    if day == WordCode.none { return .own(.eventIsNone, scope: scope) }
    let last = min(asOf, day)
    let days = words(dates.index)
    let entry = groups(list.index).members(of: asked.row).last { days[$0] <= Word(last) }
    guard let entry else { return .beforeLevels(list, day: last) }
    return .listEntry(list, key: Int64(days[entry]), nil)
  }

  // MARK: Words

  mutating func wordOfTruth(_ truth: Int, into result: inout Register<Word>, _ count: Int) {
    let (holds, fails) = (yes(truth), no(truth))
    for place in 0..<BitMask.wordCount(count) {
      let isYes = holds[place]
      result.unknown[place] = ~(isYes | fails[place]) & fullWord(count - place * 64)
      for row in place * 64..<min(place * 64 + 64, count) {
        result.words[row] = Word(truncatingIfNeeded: isYes >> UInt64(row % 64) & 1)
      }
    }
  }
}
