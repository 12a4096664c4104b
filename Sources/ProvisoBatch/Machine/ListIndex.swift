// A dated list made ready for codes in words: for each code its spells.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// The spells of each code of a list, as one dating and delay has them.
final class ListIndex: Sendable {
  /// What an entry says of the days.
  enum Entry: Sendable {
    /// Listed from the first word until the second, half-open.
    case certain(from: Int64, until: Int64)
    /// An end that is known only as "not before".
    case open(Spell)
    /// No date at all, or one out of range.
    case undated
  }

  /// By code, where codes are small: where its entries begin, plus one; 0 for none.
  private let starts: [Int32]
  private let sparse: [Int64: Int]
  /// The entries of one code after the other's, each run with its end.
  private let entries: [Entry]
  private let ends: [Int32]
  /// Whether every entry is certain.
  private let isCertain: Bool

  private static let denseLimit = 32_768

  init(_ on: ListedOn, in ruleset: CheckedRuleset) {
    let list = ruleset[on.list]
    var byCode: [Int64: [Entry]] = [:]
    for entry in list.entries {
      guard let word = WordCode.word(of: entry.value) else { continue }
      byCode[word, default: []].append(Self.entry(entry, on, ruleset.calendar))
    }
    var starts: [Int32] = []
    var sparse: [Int64: Int] = [:]
    var entries: [Entry] = []
    var ends: [Int32] = []
    if let highest = byCode.keys.max(), highest < Self.denseLimit {
      starts = Array(repeating: 0, count: Int(highest) + 1)
    }
    for (code, found) in byCode.sorted(by: { $0.key < $1.key }) {
      let start = entries.count
      entries += found
      ends += found.map { _ in Int32(start + found.count) }
      if code >= 0, code < Int64(starts.count) {
        starts[Int(code)] = Int32(start + 1)
      } else {
        sparse[code] = start
      }
    }
    self.starts = starts
    self.sparse = sparse
    self.entries = entries
    self.ends = ends
    isCertain = entries.allSatisfy { if case .certain = $0 { true } else { false } }
  }

  private static func entry(
    _ entry: ListEntry, _ on: ListedOn, _ calendar: BusinessCalendar
  ) -> Entry {
    guard entry.spells.indices.contains(on.dating), let spell = entry.spells[on.dating] else {
      return .undated
    }
    var (from, until) = (spell.from, spell.until)
    if let delay = on.delay {
      if let day = from {
        from = day.adding(delay, months: on.delayConvention, businessDays: calendar)
        if from == nil { return .undated }
      }
      if let day = until {
        until = day.adding(delay, months: on.delayConvention, businessDays: calendar)
        if until == nil { return .undated }
      }
    }
    guard !spell.isFromEarliest, !spell.isUntilEarliest else {
      return .open(
        Spell(
          from: from, until: until, isFromEarliest: spell.isFromEarliest,
          isUntilEarliest: spell.isUntilEarliest))
    }
    return .certain(
      from: from.map { Int64($0.dayNumber) } ?? .min,
      until: until.map { Int64($0.dayNumber) } ?? .max)
  }

  /// Where a code's entries begin; nil where it has none.
  @inline(__always)
  func start(of code: Int64) -> Int? {
    if code >= 0, code < Int64(starts.count) {
      let start = starts[Int(code)]
      return start == 0 ? nil : Int(start) - 1
    }
    return sparse.isEmpty ? nil : sparse[code]
  }

  /// A bit for each row whose code has entries.
  func mentions<Word: MachineWord>(
    _ codes: Lane<Word>, into mask: Lane<UInt64>, _ count: Int
  ) {
    guard codes.count >= count, mask.count * 64 >= count else { return }
    // With sparse codes any may have entries: they are looked for one by one.
    guard sparse.isEmpty else {
      return Kernels<Word>.gather(into: mask, count, 0) { _ in true }
    }
    starts.withUnsafeBufferPointer { starts in
      let limit = Word.Magnitude(truncatingIfNeeded: starts.count)
      Kernels<Word>.gather(into: mask, count, 0) { row in
        // A code below zero is one far above the limit.
        let code = Word.Magnitude(truncatingIfNeeded: codes[row])
        return code < limit && starts[Int(truncatingIfNeeded: code)] != 0
      }
    }
  }

  /// Whether one of a code's entries has a day in common with a stretch of days, both included.
  func holds(entriesFrom start: Int, from begin: Int64, to end: Int64) -> Truth {
    var truth = Truth.false
    for index in start..<Int(ends[start]) {
      switch entries[index] {
      case .certain(let from, let until):
        if begin <= end, from <= end, until > begin, until > from { return .true }
      case .undated: truth = .unknown
      case .open(let spell):
        guard let first = CalendarDate(dayNumber: Int(begin)),
          let last = CalendarDate(dayNumber: Int(end))
        else { continue }
        let met = spell.meets(from: first, to: last)
        if met.isTrue { return .true }
        if met == .unknown { truth = .unknown }
      }
    }
    return truth
  }
}
