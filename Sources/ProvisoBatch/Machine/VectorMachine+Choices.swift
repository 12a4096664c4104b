// Choices between truths.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// The first where the truth holds and the second where it does not; where it is open, what both
  /// say.
  mutating func chooseTruth(
    _ truth: Int, _ first: Int, _ second: Int, into result: inout Register<Word>, _ count: Int
  ) {
    for place in 0..<BitMask.wordCount(count) {
      let (isYes, isNo) = (yes(truth, place), no(truth, place))
      let open = ~(isYes | isNo)
      let (firstYes, firstNo) = (yes(first, place), no(first, place))
      let (secondYes, secondNo) = (yes(second, place), no(second, place))
      let full = fullWord(count - place * 64)
      result.yes[place] =
        (isYes & firstYes | isNo & secondYes | open & firstYes & secondYes) & full
      result.no[place] = (isYes & firstNo | isNo & secondNo | open & firstNo & secondNo) & full
    }
  }

  /// A truth, and the rows for which it holds left to the interpreter.
  mutating func leftOpen(_ operand: Int, into result: inout Register<Word>, _ count: Int) {
    for place in 0..<BitMask.wordCount(count) {
      result.yes[place] = yes(operand, place)
      result.no[place] = no(operand, place)
      result.setDoubt(place, yes(operand, place) & fullWord(count - place * 64), count)
    }
  }

  /// The first where it is known, else the second.
  mutating func orElseTruth(
    _ first: Int, _ second: Int, into result: inout Register<Word>, _ count: Int
  ) {
    for place in 0..<BitMask.wordCount(count) {
      let (isYes, isNo) = (yes(first, place), no(first, place))
      let open = ~(isYes | isNo) & fullWord(count - place * 64)
      result.yes[place] = isYes | (open & yes(second, place))
      result.no[place] = isNo | (open & no(second, place))
    }
  }
}
