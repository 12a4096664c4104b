// What the machine does for a node, and what it needs for that.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// One operation, bound.
struct BoundNode<Word: MachineWord> {
  var operation: BoundOperation<Word>
  /// The node whose register holds the result: its own, or the operand's it only reads anew.
  var register: Int
  /// Whether a truth is to be read the other way round.
  var isNegated = false
  /// What a word has to be multiplied by to be the value.
  var factor = Fraction.one
  var hasDenominator = false
  let list: Int?
  let isTruth: Bool
}

/// What the machine does for a node. Numbers in it are of the operands' own factors.
///
/// Nothing in it is counted or shared: what is longer than a few words is held by the program.
enum BoundOperation<Word: MachineWord> {
  /// Nothing: another register holds the result.
  case alias
  /// The interpreter decides.
  case doubt
  case load(position: Int)
  case fill(Word)
  case spread(Int)
  case unknownAll
  /// first × its factor + second × its factor.
  case sum(Int, Word, Int, Word)
  case product(Int, Int)
  case quotient(Int, Int)
  case extreme(Int, Word, Int, Word, isLeast: Bool)
  case section(Int)
  case moved(Int, CalendarDuration, MonthConvention)
  case counted(TimeUnit, TimeCount, Int, Int, MonthConvention)
  case periodOf(Int, PeriodLength)
  case choose(Int, Int, Word, Int, Word)
  case orElse(Int, Word, Int, Word, isEvent: Bool)
  /// A table by its position in the program.
  case tableRow(Int)
  /// The numbers of a table's rows by their position in the program, and the row.
  case tableNumber(Int, Int)
  case parameter(Int, Int)
  /// The entry that holds on a day; or, where it is exact, the one for a period.
  case level(Int, day: Int, dates: Int, values: Int, isExact: Bool)
  case periodMoved(Int, PeriodLength, by: Int)
  case movedBy(Int, Int, isSubtracted: Bool, MonthConvention)
  case wordOfTruth(Int)
  /// An amount, its currency and a day; the rates by their position in the program.
  case convert(Int, Int, Int, rates: Int)
  case entity(Int)
  case through
  case memberCount(Int, Int)
  case periodDay(Int, PeriodLength, isLast: Bool)
  case round(Int, to: Int, RoundingMode)
  /// By a factor below zero the order of the words is the other way round.
  case memberExtreme(Int, where: Int?, Int, isLeast: Bool)
  case memberAverage(Int, where: Int?, Int)
  case memberSum(Int, where: Int?, Int)

  case truth(Bool)
  case isTrue(position: Int)
  case compare(WordComparison<Word>, Int, Int)
  case compareConstant(Int, ConstantTest<Word>)
  case and(OperandRange)
  case or(OperandRange)
  case chooseTruth(Int, Int, Int)
  case orElseTruth(Int, Int)
  case isKnown(Int)
  case isNone(Int)
  case happenedBy(Int, Int)
  /// A code, a list by its position in the program, and the days, of which one may be that of an
  /// event that has not happened.
  case listed(Int, list: Int, Int, Int, mayBeNone: Bool)
  case tableHas(Int)
  case someMember(Int, Int)
  case conditionState(Int, ConditionState)
  case reached
  case leftOpen(Int)
  /// A truth that is never known.
  case unknownTruth
}

/// Where some operands stand, one after the other, among those of all operations.
struct OperandRange {
  private let first: Int
  private let count: Int

  /// Puts operands behind those of other operations.
  init(_ nodes: [Int], into operands: inout [Int]) {
    first = operands.count
    count = nodes.count
    operands += nodes
  }

  var positions: Range<Int> { first..<first + count }
}

/// How two columns of words compare: each times a factor, where the factors differ.
struct WordComparison<Word: MachineWord> {
  let comparison: ComparisonOperator
  let left: Word
  let right: Word
}

/// A comparison with a number that the ruleset writes.
enum ConstantTest<Word: MachineWord> {
  case atMost(Word)
  case atLeast(Word)
  case equal(Word)
  case notEqual(Word)
  case always(Bool)
}

/// A table's keys in words.
struct BoundTable<Word: MachineWord> {
  /// The classes of a key's words; looked at far more often than made, so by reference.
  indirect enum Key {
    /// Words close together: the classes from the first word on, a power of two apart, and that
    /// of any other word.
    case dense(from: Word, shift: Word, [Int32], other: Word)
    /// The sorted words that have a class of their own.
    case words([Word])
    /// By class bound: the largest word below it, and whether the next word equals it.
    case bounds([(below: Word, isHit: Bool)])
  }
  /// The longest stretch of words that is held as an array.
  static var denseLimit: Int64 { 4_096 }
  let keys: [Key]
  /// By key: the node whose words are looked up.
  let keyNodes: [Int]
  let counts: [Int]
  /// By combination: the row, or -1 for nothing and -2 for unknown.
  let rows: [Int32]
}
