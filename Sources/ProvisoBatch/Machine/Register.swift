// A register: the column that one operation makes for the vector under way.

/// Words with a mask of what is unknown, or truths as two masks.
///
/// A value, and not an object: while an operation works on its register, it has it to itself, and
/// no access has to be watched.
struct Register<Word: FixedWidthInteger & SignedInteger & Sendable> {
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
  @inline(__always)
  mutating func fit(_ count: Int, isTruth: Bool, hasDenominator: Bool) {
    hasDoubt = false
    if isTruth {
      if yes.count * 64 < count { makeRoom(count, isTruth, hasDenominator) }
    } else if words.count < count || (hasDenominator && denominators.count < count) {
      makeRoom(count, isTruth, hasDenominator)
    }
  }

  @inline(never)
  private mutating func makeRoom(_ count: Int, _ isTruth: Bool, _ hasDenominator: Bool) {
    let size = BitMask.wordCount(count)
    if isTruth {
      yes = Array(repeating: 0, count: size)
      no = yes
      return
    }
    words = Array(repeating: 0, count: size * 64)
    unknown = Array(repeating: 0, count: size)
    if hasDenominator { denominators = Array(repeating: 1, count: size * 64) }
    filledCount = 0
  }

  /// Takes up rows that the machine cannot decide.
  mutating func setDoubt(_ index: Int, _ bits: UInt64, _ count: Int) {
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
  mutating func setDoubtful(_ count: Int) {
    for index in 0..<BitMask.wordCount(count) {
      setDoubt(index, fullWord(count - index * 64), count)
    }
  }

  /// Sets truths from the rows where a test held and those where it could not be made.
  @inline(__always)
  mutating func set(_ index: Int, held bits: UInt64, unknown: UInt64, full: UInt64) {
    yes[index] = bits & ~unknown & full
    no[index] = ~bits & ~unknown & full
  }

  /// Turns bits that hold into truths, where the operands are known.
  @inline(__always)
  mutating func finishTruths(_ count: Int, _ unknown: [UInt64]) {
    Kernels<Word>.finish(&yes, &no, count, unknown, unknown)
  }

  /// The same, where two operands have to be known.
  @inline(__always)
  mutating func finishTruths(_ count: Int, _ unknown: [UInt64], _ other: [UInt64]) {
    Kernels<Word>.finish(&yes, &no, count, unknown, other)
  }
}
