// Choices and limits of quotients: what lies on either side is compared crosswise.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// A word with what it is to be divided by.
private struct Quotient<Word: MachineWord> {
  let top: Word
  let bottom: Word

  /// Less, equal or greater by the sign, for divisors above zero.
  func order(_ other: Quotient, _ steps: inout CheckedSteps<Word>) -> Int {
    let (left, right) = (steps.product(top, other.bottom), steps.product(other.top, bottom))
    return left == right ? 0 : left < right ? -1 : 1
  }
}

extension VectorMachine {
  private func quotient(
    _ node: Int, _ factor: Word, _ row: Int, _ steps: inout CheckedSteps<Word>
  ) -> Quotient<Word> {
    Quotient(
      top: steps.product(words(node)[row], factor), bottom: denominators(node)?[row] ?? 1)
  }

  /// The least or greatest of two quotients; one that is unknown leaves the row to the interpreter.
  mutating func extremeQuotient(
    _ left: Int, _ leftFactor: Word, _ right: Int, _ rightFactor: Word, _ isLeast: Bool,
    into result: inout Register<Word>, _ count: Int
  ) {
    joinUnknown(of: left, right, into: &result, count)
    for place in 0..<BitMask.wordCount(count) {
      result.setDoubt(place, unknown(left, place) ^ unknown(right, place), count)
    }
    var overflows = false
    for row in 0..<count {
      var steps = CheckedSteps<Word>()
      let first = quotient(left, leftFactor, row, &steps)
      let second = quotient(right, rightFactor, row, &steps)
      let order = first.order(second, &steps)
      let chosen = (isLeast ? order <= 0 : order >= 0) ? first : second
      result.words[row] = chosen.top
      result.denominators[row] = chosen.bottom
      overflows = overflows || steps.overflows
    }
    if overflows { overflow(&result, count) }
  }

  /// The first quotient where the truth holds, the second where it does not; unknown where the
  /// truth is and the two are not known to be the same.
  mutating func chooseQuotient(
    _ truth: Int, _ first: Int, _ firstFactor: Word, _ second: Int, _ secondFactor: Word,
    into result: inout Register<Word>, _ count: Int
  ) {
    let fails = no(truth)
    var overflows = false
    for place in 0..<BitMask.wordCount(count) {
      let isNo = fails[place]
      var same: UInt64 = 0
      for row in place * 64..<min(place * 64 + 64, count) {
        let bit: UInt64 = 1 << UInt64(row % 64)
        var steps = CheckedSteps<Word>()
        let value = quotient(first, firstFactor, row, &steps)
        let other = quotient(second, secondFactor, row, &steps)
        if value.order(other, &steps) == 0 { same |= bit }
        let chosen = isNo & bit != 0 ? other : value
        result.words[row] = chosen.top
        result.denominators[row] = chosen.bottom
        overflows = overflows || steps.overflows
      }
      result.unknown[place] = unknownChoices(truth, first, second, same: same, place, count)
    }
    if overflows { overflow(&result, count) }
  }
}
