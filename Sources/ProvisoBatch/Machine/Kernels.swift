// The inner loops: over words, and from words to masks.

/// The words that a machine computes in.
protocol MachineWord: FixedWidthInteger, SignedInteger, Sendable, BitwiseCopyable {}

extension Int64: MachineWord {}
extension Int128: MachineWord {}

/// Loops over columns of words. Overflow is reported, never wrapped.
///
/// Bounds are checked once, before a loop, and nothing in it branches on a word.
enum Kernels<Word: MachineWord> {
  /// One word out of each pair; whether any of them overflowed.
  @inline(__always)
  static func combine(
    _ left: Lane<Word>, _ right: Lane<Word>, into result: Lane<Word>, _ count: Int,
    _ body: (Word, Word) -> (partialValue: Word, overflow: Bool)
  ) -> Bool {
    guard left.count >= count, right.count >= count, result.count >= count else { return true }
    var overflows = false
    for index in 0..<count {
      let (value, isOver) = body(left[index], right[index])
      result[index] = value
      overflows = overflows || isOver
    }
    return overflows
  }

  /// One word out of each.
  @inline(__always)
  static func map(
    _ operand: Lane<Word>, into result: Lane<Word>, _ count: Int, _ body: (Word) -> Word
  ) {
    guard operand.count >= count, result.count >= count else { return }
    for index in 0..<count { result[index] = body(operand[index]) }
  }

  /// A bit for each word that lies between two, both included; or that does not.
  @inline(never)
  static func test(
    _ operand: Lane<Word>, from low: Word, to high: Word, isInverted: Bool,
    into mask: Lane<UInt64>, _ count: Int
  ) {
    guard operand.count >= count, mask.count * 64 >= count, low <= high else { return }
    // Distances from the lowest as unsigned numbers: whatever lies below it wraps to above all.
    let width = Word.Magnitude(
      truncatingIfNeeded: high.subtractingReportingOverflow(low).partialValue)
    let inversion: UInt64 = isInverted ? ~0 : 0
    gather(into: mask, count, inversion) {
      Word.Magnitude(
        truncatingIfNeeded: operand[$0].subtractingReportingOverflow(low).partialValue) <= width
    }
  }

  /// A bit for each pair of words that are in order, or equal, or that are not.
  @inline(never)
  static func compare(
    _ left: Lane<Word>, _ right: Lane<Word>, isEquality: Bool, isInverted: Bool,
    into mask: Lane<UInt64>, _ count: Int
  ) {
    guard left.count >= count, right.count >= count, mask.count * 64 >= count else { return }
    let inversion: UInt64 = isInverted ? ~0 : 0
    if isEquality {
      gather(into: mask, count, inversion) { left[$0] == right[$0] }
    } else {
      gather(into: mask, count, inversion) { left[$0] < right[$0] }
    }
  }

  /// The same, each side times a factor first; whether a product overflowed.
  @inline(never)
  static func compare(
    _ left: Lane<Word>, times factor: Word, _ right: Lane<Word>, times otherFactor: Word,
    isEquality: Bool, isInverted: Bool, into mask: Lane<UInt64>, _ count: Int
  ) -> Bool {
    guard left.count >= count, right.count >= count, mask.count * 64 >= count else { return true }
    let inversion: UInt64 = isInverted ? ~0 : 0
    var overflows = false
    // Most have one factor: then one product a row is enough.
    if factor == 1, !isEquality {
      gather(into: mask, count, inversion) {
        let (other, isOver) = right[$0].multipliedReportingOverflow(by: otherFactor)
        overflows = overflows || isOver
        return left[$0] < other
      }
    } else if otherFactor == 1, !isEquality {
      gather(into: mask, count, inversion) {
        let (value, isOver) = left[$0].multipliedReportingOverflow(by: factor)
        overflows = overflows || isOver
        return value < right[$0]
      }
    } else {
      gather(into: mask, count, inversion) {
        let (value, isOver) = left[$0].multipliedReportingOverflow(by: factor)
        let (other, otherIsOver) = right[$0].multipliedReportingOverflow(by: otherFactor)
        overflows = overflows || isOver || otherIsOver
        return isEquality ? value == other : value < other
      }
    }
    return overflows
  }

  /// The bits of all rows, 64 of them a word.
  @inline(__always)
  static func gather(
    into mask: Lane<UInt64>, _ count: Int, _ inversion: UInt64, _ holds: (Int) -> Bool
  ) {
    var start = 0
    while start + 64 <= count {
      // Eight results at a time become a byte of the mask; the last comes in at the top.
      var bits: UInt64 = 0
      var row = start
      for _ in 0..<8 {
        var byte: UInt64 = holds(row) ? 1 : 0
        byte |= holds(row + 1) ? 2 : 0
        byte |= holds(row + 2) ? 4 : 0
        byte |= holds(row + 3) ? 8 : 0
        byte |= holds(row + 4) ? 16 : 0
        byte |= holds(row + 5) ? 32 : 0
        byte |= holds(row + 6) ? 64 : 0
        byte |= holds(row + 7) ? 128 : 0
        bits = bits >> 8 | byte << 56
        row += 8
      }
      mask[start >> 6] = inversion ^ bits
      start += 64
    }
    guard start < count else { return }
    var bits: UInt64 = 0
    for row in start..<count {
      bits |= (holds(row) ? 1 : 0) &<< UInt64(truncatingIfNeeded: row)
    }
    mask[start >> 6] = inversion ^ bits
  }

  /// Days so many days later; one out of range becomes unknown, and `none` stays what it is.
  @inline(never)
  static func move(
    _ operand: Lane<Word>, by days: Word, within range: ClosedRange<Word>, none: Word,
    into result: Lane<Word>, _ unknown: Lane<UInt64>, _ count: Int
  ) {
    guard operand.count >= count, result.count >= count, unknown.count * 64 >= count else { return }
    var start = 0
    while start < count {
      var lost: UInt64 = 0
      for row in start..<min(start + 64, count) {
        let word = operand[row]
        let (sum, overflows) = word.addingReportingOverflow(days)
        let isNone = word == none
        let isDay = !overflows && sum >= range.lowerBound && sum <= range.upperBound
        result[row] = isNone ? word : isDay ? sum : 0
        lost |= (isNone || isDay ? 0 : 1) &<< UInt64(truncatingIfNeeded: row)
      }
      unknown[start >> 6] |= lost
      start += 64
    }
  }

  /// One mask out of each pair of masks.
  @inline(__always)
  static func join(
    _ left: Lane<UInt64>, _ right: Lane<UInt64>, into result: Lane<UInt64>, _ count: Int,
    _ body: (UInt64, UInt64) -> UInt64
  ) {
    let size = BitMask.wordCount(count)
    guard left.count >= size, right.count >= size, result.count >= size else { return }
    for place in 0..<size { result[place] = body(left[place], right[place]) }
  }

  /// Takes one mask into another.
  @inline(__always)
  static func merge(
    _ mask: Lane<UInt64>, into result: Lane<UInt64>, _ count: Int,
    _ body: (UInt64, UInt64) -> UInt64
  ) {
    let size = BitMask.wordCount(count)
    guard mask.count >= size, result.count >= size else { return }
    for place in 0..<size { result[place] = body(result[place], mask[place]) }
  }

  /// Keeps of the bits that hold those of known rows, and takes the others of these as failing.
  @inline(__always)
  static func finish(
    _ yes: Lane<UInt64>, _ no: Lane<UInt64>, _ count: Int, _ unknown: Lane<UInt64>,
    _ other: Lane<UInt64>
  ) {
    let size = BitMask.wordCount(count)
    guard yes.count >= size, no.count >= size, unknown.count >= size, other.count >= size else {
      return
    }
    for place in 0..<size {
      let known = ~(unknown[place] | other[place]) & fullWord(count - place * 64)
      let bits = yes[place]
      yes[place] = bits & known
      no[place] = ~bits & known
    }
  }

  /// Takes a mask over.
  @inline(__always)
  static func copy(_ mask: Lane<UInt64>, into result: Lane<UInt64>, _ count: Int) {
    let size = BitMask.wordCount(count)
    guard mask.count >= size, result.count >= size else { return }
    for place in 0..<size { result[place] = mask[place] }
  }
}

/// The bits of 64 rows of a mask from any row on; those behind the mask's end are clear.
@inline(__always)
func bits(of mask: Span<UInt64>, from row: Int) -> UInt64 {
  let place = row / 64
  let shift = UInt64(row % 64)
  guard place < mask.count else { return 0 }
  let low = mask[place] >> shift
  guard shift > 0, place + 1 < mask.count else { return low }
  return low | mask[place + 1] << (64 - shift)
}
