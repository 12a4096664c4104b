// A register: the column that one operation makes for the vector under way.

/// Words with a mask of what is unknown, or truths as two masks.
final class Register<Word: FixedWidthInteger & SignedInteger & Sendable> {
  var words: [Word] = []
  /// What each word is to be divided by; above zero, and only where the operation divides.
  var denominators: [Word] = []
  /// The rows whose word is unknown.
  var unknown: [UInt64] = []
  /// The rows for which a truth holds, and those for which it does not.
  var yes: [UInt64] = []
  var no: [UInt64] = []
  /// The rows that the machine cannot decide.
  var doubt: [UInt64] = []
  var hasDoubt = false
  /// How many rows hold the number that a constant is.
  var filledCount = 0

  /// Makes room for so many rows.
  func fit(_ count: Int, isTruth: Bool, hasDenominator: Bool) {
    let size = BitMask.wordCount(count)
    if isTruth {
      if yes.count < size {
        yes = Array(repeating: 0, count: size)
        no = yes
      }
    } else {
      if words.count < count { words = Array(repeating: 0, count: size * 64) }
      if hasDenominator, denominators.count < count {
        denominators = Array(repeating: 1, count: size * 64)
      }
      if unknown.count < size { unknown = Array(repeating: 0, count: size) }
    }
    hasDoubt = false
  }

  /// Works on the words as a whole: one access, however many rows.
  @inline(__always)
  func withWords(_ body: (inout [Word], inout [UInt64]) -> Void) { body(&words, &unknown) }

  /// Works on the truths as a whole.
  @inline(__always)
  func withTruths(_ body: (inout [UInt64], inout [UInt64]) -> Void) { body(&yes, &no) }

  /// Takes up rows that the machine cannot decide.
  func setDoubt(_ index: Int, _ bits: UInt64, _ count: Int) {
    guard bits != 0 else { return }
    if !hasDoubt {
      hasDoubt = true
      let size = BitMask.wordCount(count)
      if doubt.count != size {
        doubt = Array(repeating: 0, count: size)
      } else {
        for place in doubt.indices { doubt[place] = 0 }
      }
    }
    doubt[index] |= bits
  }

  /// Leaves all rows to the interpreter.
  func setDoubtful(_ count: Int) {
    for index in 0..<BitMask.wordCount(count) {
      setDoubt(index, fullWord(count - index * 64), count)
    }
  }

  /// Sets truths from the rows where a test held and those where it could not be made.
  func set(_ index: Int, held bits: UInt64, unknown: UInt64, full: UInt64) {
    yes[index] = bits & ~unknown & full
    no[index] = ~bits & ~unknown & full
  }
}
