// The outcome table over masks: the first row that fits, 64 contracts at a time.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// For each outcome of a plain test the rows that have it.
struct OutcomeMasks {
  var notGoverned: [UInt64]
  var notApplicable: [UInt64]
  var exempt: [UInt64]
  var pending: [UInt64]
  var met: [UInt64]
  var undetermined: [UInt64]
  var breached: [UInt64]
  /// The rows that only the interpreter can decide, whatever the other masks say.
  var doubt: [UInt64]

  init(_ size: Int) {
    let clear = [UInt64](repeating: 0, count: size)
    notGoverned = clear
    notApplicable = clear
    exempt = clear
    pending = clear
    met = clear
    undetermined = clear
    breached = clear
    doubt = clear
  }
}

extension OutcomeMasks {
  /// The three bits of the outcomes of 64 rows: see `OutcomeByte`.
  @inline(__always)
  func bits(_ place: Int) -> (low: UInt64, middle: UInt64, high: UInt64) {
    let open = doubt[place]
    return (
      breached[place] | notApplicable[place] | exempt[place] | open,
      undetermined[place] | notApplicable[place] | notGoverned[place] | open,
      pending[place] | exempt[place] | notGoverned[place] | open
    )
  }
}

extension VectorMachine {
  /// The outcomes of a condition's test for the rows under way (docs/language.md, "Outcomes").
  mutating func fill(
    _ masks: inout OutcomeMasks, _ test: TestPlan, _ chunk: borrowing ColumnChunk
  ) {
    let size = BitMask.wordCount(rowCount)
    let later = days(after: test.testDay)
    let due = test.dueDay.map { days(after: $0) } ?? later
    let statement = (holds: yes(test.holds.index), fails: no(test.holds.index))
    let applicable = test.applies.map { (yes: yes($0.index), no: no($0.index)) }
    for place in 0..<size {
      let full = fullWord(rowCount - place * 64)
      let irregular = bits(of: chunk.irregular.words.span, from: firstRow + place * 64)
      masks.doubt[place] = (doubt(test.condition.index, place) | irregular) & full
      let (covered, uncovered) = coverage(place, full)
      masks.notGoverned[place] = uncovered
      var rest = full & ~uncovered

      // Row 1, and what stands before it: T or D cannot be computed, or it is not known whether
      // the ruleset is for the contract.
      var undetermined = rest & (later.unknown(place) | due.unknown(place) | ~covered)
      rest &= ~undetermined

      let applies = applicable?.yes[place] ?? full
      let appliesNot = applicable?.no[place] ?? 0
      masks.notApplicable[place] = rest & appliesNot
      rest &= ~appliesNot

      var exempt: UInt64 = 0
      var openExemption: UInt64 = 0
      for exception in test.exceptions {
        exempt |= yes(exception.index, place)
        openExemption |= ~(yes(exception.index, place) | no(exception.index, place))
      }
      masks.exempt[place] = rest & applies & exempt
      rest &= ~masks.exempt[place]

      let early = rest & later.after(place)
      rest &= ~early

      let notDue = due.after(place)
      let (holds, fails) = decide(
        test, statement.holds[place], statement.fails[place], place, notDue, openExemption)
      masks.met[place] = rest & applies & holds
      rest &= ~masks.met[place]
      masks.pending[place] = early | (rest & notDue)
      rest &= ~notDue
      masks.breached[place] = rest & applies & fails
      undetermined |= rest & ~(applies & fails)
      masks.undetermined[place] = undetermined
    }
  }

  /// Where the statement, its doubts and its evidence hold, and where they do not.
  private mutating func decide(
    _ test: TestPlan, _ statementHolds: UInt64, _ statementFails: UInt64, _ place: Int,
    _ notDue: UInt64, _ openExemption: UInt64
  ) -> (holds: UInt64, fails: UInt64) {
    var holds = statementHolds
    var fails = statementFails
    for doubt in test.doubts { holds &= no(doubt.when.index, place) }
    for evidence in test.evidence {
      holds = 0
      if evidence.isBreachWhenMissing { fails |= ~notDue }
    }
    return (holds & ~fails, fails & ~openExemption)
  }

  // MARK: Days

  /// Which days of a column lie after A.
  private struct LaterDays {
    var afterMasks: [UInt64] = []
    var unknownMasks: [UInt64] = []
    func after(_ place: Int) -> UInt64 { afterMasks.isEmpty ? 0 : afterMasks[place] }
    func unknown(_ place: Int) -> UInt64 { unknownMasks.isEmpty ? 0 : unknownMasks[place] }
  }

  private mutating func days(after day: NodeID?) -> LaterDays {
    guard let day else { return LaterDays() }
    let source = words(day.index)
    let size = BitMask.wordCount(rowCount)
    var days = LaterDays(
      afterMasks: Array(repeating: 0, count: size),
      unknownMasks: Array(unknownWords(day.index)[0..<size]))
    let today = Word(asOf)
    Kernels.test(
      source, from: today + 1, to: .max, isInverted: false, into: &days.afterMasks, rowCount)
    for place in 0..<size { days.afterMasks[place] &= ~days.unknownMasks[place] }
    return days
  }

  /// The rows for which the ruleset is known to be, and those for which it is known not to be.
  private mutating func coverage(_ place: Int, _ full: UInt64) -> (
    covered: UInt64, uncovered: UInt64
  ) {
    guard let governs = program.layout.plan.governs else { return (full, 0) }
    let source = words(governs.day.index)
    var outside: UInt64 = 0
    let from = governs.from.map { Word($0.dayNumber) }
    let until = governs.until.map { Word($0.dayNumber) }
    var notADay: UInt64 = 0
    for row in place * 64..<min(place * 64 + 64, rowCount) {
      let day = source[row]
      let bit: UInt64 = 1 << UInt64(row % 64)
      if day == Word(WordCode.none) {
        notADay |= bit
      } else if let from, day < from {
        outside |= bit
      } else if let until, day >= until {
        outside |= bit
      }
    }
    let known = full & ~unknownWords(governs.day.index)[place] & ~notADay
    return (known & ~outside, known & outside)
  }
}
