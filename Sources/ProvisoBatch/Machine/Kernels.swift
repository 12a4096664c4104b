// The inner loops: over words, and from words to masks.

/// Loops over columns of words. Overflow is reported, never wrapped.
enum Kernels<Word: FixedWidthInteger & SignedInteger & Sendable> {
  /// One word out of each pair; whether any of them overflowed.
  @inline(__always)
  static func combine(
    _ left: [Word], _ right: [Word], into result: inout [Word], _ count: Int,
    _ body: (Word, Word) -> (partialValue: Word, overflow: Bool)
  ) -> Bool {
    let first = left.span
    let second = right.span
    var out = result.mutableSpan
    guard first.count >= count, second.count >= count, out.count >= count else { return true }
    var overflows = false
    for index in 0..<count {
      let (value, isOver) = body(first[index], second[index])
      out[index] = value
      overflows = overflows || isOver
    }
    return overflows
  }

  /// One word out of each; whether any of them overflowed.
  @inline(__always)
  static func map(
    _ operand: [Word], into result: inout [Word], _ count: Int,
    _ body: (Word) -> (partialValue: Word, overflow: Bool)
  ) -> Bool {
    let source = operand.span
    var out = result.mutableSpan
    guard source.count >= count, out.count >= count else { return true }
    var overflows = false
    for index in 0..<count {
      let (value, isOver) = body(source[index])
      out[index] = value
      overflows = overflows || isOver
    }
    return overflows
  }

  /// A bit for each word.
  @inline(__always)
  static func test(
    _ operand: [Word], into mask: inout [UInt64], _ count: Int, _ body: (Word) -> Bool
  ) {
    let source = operand.span
    guard source.count >= count else { return }
    for index in 0..<BitMask.wordCount(count) {
      let start = index * 64
      let end = min(start + 64, count)
      var bits: UInt64 = 0
      for row in start..<end {
        bits |= (body(source[row]) ? 1 : 0) << UInt64(row - start)
      }
      mask[index] = bits
    }
  }

  /// A bit for each pair of words.
  @inline(__always)
  static func test(
    _ left: [Word], _ right: [Word], into mask: inout [UInt64], _ count: Int,
    _ body: (Word, Word) -> Bool
  ) {
    let first = left.span
    let second = right.span
    guard first.count >= count, second.count >= count else { return }
    for index in 0..<BitMask.wordCount(count) {
      let start = index * 64
      let end = min(start + 64, count)
      var bits: UInt64 = 0
      for row in start..<end {
        bits |= (body(first[row], second[row]) ? 1 : 0) << UInt64(row - start)
      }
      mask[index] = bits
    }
  }
}
