// A register: the column that one operation makes for the vector under way.

/// Words with a mask of what is unknown, or truths as two masks.
///
/// A few addresses and no more: it is taken out of the machine, worked on, and put back.
struct Register<Word: MachineWord>: BitwiseCopyable {
  private(set) var words = Lane<Word>(start: nil, count: 0)
  /// Its own words, while those of a column stand in their place.
  private var ownWords = Lane<Word>(start: nil, count: 0)
  private var isLent = false
  /// What each word is to be divided by; above zero, and only where the operation divides.
  private(set) var denominators = Lane<Word>(start: nil, count: 0)
  /// The rows whose word is unknown.
  private(set) var unknown = Lane<UInt64>(start: nil, count: 0)
  /// The rows for which a truth holds, and those for which it does not.
  private(set) var yes = Lane<UInt64>(start: nil, count: 0)
  private(set) var no = Lane<UInt64>(start: nil, count: 0)
  /// The rows that the machine cannot decide; of no meaning unless there is doubt.
  private(set) var doubt = Lane<UInt64>(start: nil, count: 0)
  private(set) var hasDoubt = false
  /// How many rows hold the word that a constant is.
  var filledCount = 0

  /// Takes the words of a column as its own, to be read only, until it is to hold others.
  @inline(__always)
  mutating func lend(_ column: Lane<Word>) {
    if !isLent { ownWords = words }
    words = column
    isLent = true
  }

  /// Has its own words again.
  @inline(__always)
  mutating func giveBack() {
    guard isLent else { return }
    words = ownWords
    isLent = false
  }

  /// Makes room for so many rows.
  @inline(__always)
  mutating func fit(_ count: Int, isTruth: Bool, hasDenominator: Bool, in memory: RegisterMemory) {
    hasDoubt = false
    giveBack()
    if isTruth {
      if yes.count * 64 < count { makeRoom(count, isTruth, hasDenominator, memory) }
    } else if words.count < count || (hasDenominator && denominators.count < count) {
      makeRoom(count, isTruth, hasDenominator, memory)
    }
  }

  @inline(never)
  private mutating func makeRoom(
    _ count: Int, _ isTruth: Bool, _ hasDenominator: Bool, _ memory: RegisterMemory
  ) {
    let size = max(BitMask.wordCount(count), 2 * doubt.count, 1)
    doubt = memory.take(size, of: 0)
    if isTruth {
      yes = memory.take(size, of: 0)
      no = memory.take(size, of: 0)
      return
    }
    words = memory.take(size * 64, of: 0)
    unknown = memory.take(size, of: 0)
    if hasDenominator { denominators = memory.take(size * 64, of: 1) }
    filledCount = 0
  }

  /// Takes up rows that the machine cannot decide.
  mutating func setDoubt(_ index: Int, _ bits: UInt64, _ count: Int) {
    guard bits != 0 else { return }
    if !hasDoubt {
      hasDoubt = true
      for place in 0..<BitMask.wordCount(count) { doubt[place] = 0 }
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
  func set(_ index: Int, held bits: UInt64, unknown: UInt64, full: UInt64) {
    yes[index] = bits & ~unknown & full
    no[index] = ~bits & ~unknown & full
  }

  /// Turns bits that hold into truths, where the operands are known.
  @inline(__always)
  func finishTruths(_ count: Int, _ unknown: Lane<UInt64>) {
    Kernels<Word>.finish(yes, no, count, unknown, unknown)
  }

  /// The same, where two operands have to be known.
  @inline(__always)
  func finishTruths(_ count: Int, _ unknown: Lane<UInt64>, _ other: Lane<UInt64>) {
    Kernels<Word>.finish(yes, no, count, unknown, other)
  }
}
