// The inner loops: over words, and from words to masks.

/// Loops over columns of words. Overflow is reported, never wrapped.
///
/// Bounds are checked once, before a loop, and nothing in it branches on a word.
enum Kernels<Word: FixedWidthInteger & SignedInteger & Sendable> {
  /// One word out of each pair; whether any of them overflowed.
  @inline(__always)
  static func combine(
    _ left: [Word], _ right: [Word], into result: inout [Word], _ count: Int,
    _ body: (Word, Word) -> (partialValue: Word, overflow: Bool)
  ) -> Bool {
    guard left.count >= count, right.count >= count, result.count >= count else { return true }
    let first = left.span
    let second = right.span
    var out = result.mutableSpan
    var overflows = false
    for index in 0..<count {
      let (value, isOver) = body(first[index], second[index])
      out[index] = value
      overflows = overflows || isOver
    }
    return overflows
  }

  /// One word out of each.
  @inline(__always)
  static func map(
    _ operand: [Word], into result: inout [Word], _ count: Int, _ body: (Word) -> Word
  ) {
    guard operand.count >= count, result.count >= count else { return }
    let source = operand.span
    var out = result.mutableSpan
    for index in 0..<count { out[index] = body(source[index]) }
  }

  /// A bit for each word that lies between two, both included; or that does not.
  @inline(never)
  static func test(
    _ operand: [Word], from low: Word, to high: Word, isInverted: Bool, into mask: inout [UInt64],
    _ count: Int
  ) {
    guard operand.count >= count, mask.count * 64 >= count, low <= high else { return }
    let source = operand.span
    var out = mask.mutableSpan
    // Distances from the lowest as unsigned numbers: whatever lies below it wraps to above all.
    let width = Word.Magnitude(
      truncatingIfNeeded: high.subtractingReportingOverflow(low).partialValue)
    let inversion: UInt64 = isInverted ? ~0 : 0
    var start = 0
    while start < count {
      let rows = source.extracting(start..<min(start + 64, count))
      out[start >> 6] =
        inversion
        ^ gather(rows.count) {
          Word.Magnitude(
            truncatingIfNeeded: rows[$0].subtractingReportingOverflow(low).partialValue) <= width
        }
      start += 64
    }
  }

  /// A bit for each pair of words that are in order, or equal, or that are not.
  @inline(never)
  static func compare(
    _ left: [Word], _ right: [Word], isEquality: Bool, isInverted: Bool,
    into mask: inout [UInt64], _ count: Int
  ) {
    guard left.count >= count, right.count >= count, mask.count * 64 >= count else { return }
    let first = left.span
    let second = right.span
    var out = mask.mutableSpan
    let inversion: UInt64 = isInverted ? ~0 : 0
    var start = 0
    while start < count {
      let end = min(start + 64, count)
      let rows = first.extracting(start..<end)
      let others = second.extracting(start..<end)
      out[start >> 6] =
        isEquality
        ? inversion ^ gather(end - start) { rows[$0] == others[$0] }
        : inversion ^ gather(end - start) { rows[$0] < others[$0] }
      start += 64
    }
  }

  /// The same, each side times a factor first; whether a product overflowed.
  @inline(never)
  static func compare(
    _ left: [Word], times factor: Word, _ right: [Word], times otherFactor: Word,
    isEquality: Bool, isInverted: Bool, into mask: inout [UInt64], _ count: Int
  ) -> Bool {
    guard left.count >= count, right.count >= count, mask.count * 64 >= count else { return true }
    let first = left.span
    let second = right.span
    var out = mask.mutableSpan
    let inversion: UInt64 = isInverted ? ~0 : 0
    var overflows = false
    var start = 0
    while start < count {
      let end = min(start + 64, count)
      let rows = first.extracting(start..<end)
      let others = second.extracting(start..<end)
      out[start >> 6] =
        inversion
        ^ gather(end - start) {
          let (value, isOver) = rows[$0].multipliedReportingOverflow(by: factor)
          let (other, otherIsOver) = others[$0].multipliedReportingOverflow(by: otherFactor)
          overflows = overflows || isOver || otherIsOver
          return isEquality ? value == other : value < other
        }
      start += 64
    }
    return overflows
  }

  /// The bits of at most 64 rows.
  @inline(__always)
  private static func gather(_ count: Int, _ holds: (Int) -> Bool) -> UInt64 {
    var bits: UInt64 = 0
    guard count == 64 else {
      for row in 0..<count { bits |= (holds(row) ? 1 : 0) &<< UInt64(truncatingIfNeeded: row) }
      return bits
    }
    // Eight results at a time become a byte of the mask; the last comes in at the top.
    for group in 0..<8 {
      let row = group * 8
      var byte: UInt64 = holds(row) ? 1 : 0
      byte |= holds(row + 1) ? 2 : 0
      byte |= holds(row + 2) ? 4 : 0
      byte |= holds(row + 3) ? 8 : 0
      byte |= holds(row + 4) ? 16 : 0
      byte |= holds(row + 5) ? 32 : 0
      byte |= holds(row + 6) ? 64 : 0
      byte |= holds(row + 7) ? 128 : 0
      bits = bits >> 8 | byte << 56
    }
    return bits
  }

  /// Days so many days later; one out of range becomes unknown, and `none` stays what it is.
  @inline(never)
  static func move(
    _ operand: [Word], by days: Word, within range: ClosedRange<Word>, none: Word,
    into result: inout [Word], _ unknown: inout [UInt64], _ count: Int
  ) {
    guard operand.count >= count, result.count >= count, unknown.count * 64 >= count else { return }
    let source = operand.span
    var out = result.mutableSpan
    var missing = unknown.mutableSpan
    var start = 0
    while start < count {
      var lost: UInt64 = 0
      for row in start..<min(start + 64, count) {
        let word = source[row]
        let (sum, overflows) = word.addingReportingOverflow(days)
        let isNone = word == none
        let isDay = !overflows && sum >= range.lowerBound && sum <= range.upperBound
        out[row] = isNone ? word : isDay ? sum : 0
        lost |= (isNone || isDay ? 0 : 1) &<< UInt64(truncatingIfNeeded: row)
      }
      missing[start >> 6] |= lost
      start += 64
    }
  }

  /// One mask out of each pair of masks.
  @inline(__always)
  static func join(
    _ left: [UInt64], _ right: [UInt64], into result: inout [UInt64], _ count: Int,
    _ body: (UInt64, UInt64) -> UInt64
  ) {
    let size = BitMask.wordCount(count)
    guard left.count >= size, right.count >= size, result.count >= size else { return }
    let first = left.span
    let second = right.span
    var out = result.mutableSpan
    for place in 0..<size { out[place] = body(first[place], second[place]) }
  }

  /// Takes one mask into another.
  @inline(__always)
  static func merge(
    _ mask: [UInt64], into result: inout [UInt64], _ count: Int,
    _ body: (UInt64, UInt64) -> UInt64
  ) {
    let size = BitMask.wordCount(count)
    guard mask.count >= size, result.count >= size else { return }
    let source = mask.span
    var out = result.mutableSpan
    for place in 0..<size { out[place] = body(out[place], source[place]) }
  }

  /// Keeps of the bits that hold those of known rows, and takes the others of these as failing.
  @inline(__always)
  static func finish(
    _ yes: inout [UInt64], _ no: inout [UInt64], _ count: Int, _ unknown: [UInt64],
    _ other: [UInt64]
  ) {
    let size = BitMask.wordCount(count)
    guard yes.count >= size, no.count >= size, unknown.count >= size, other.count >= size else {
      return
    }
    var holds = yes.mutableSpan
    var fails = no.mutableSpan
    let first = unknown.span
    let second = other.span
    for place in 0..<size {
      let known = ~(first[place] | second[place]) & fullWord(count - place * 64)
      let bits = holds[place]
      holds[place] = bits & known
      fails[place] = ~bits & known
    }
  }

  /// Takes a mask over.
  @inline(__always)
  static func copy(_ mask: [UInt64], into result: inout [UInt64], _ count: Int) {
    let size = BitMask.wordCount(count)
    guard mask.count >= size, result.count >= size else { return }
    let source = mask.span
    var out = result.mutableSpan
    for place in 0..<size { out[place] = source[place] }
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
