// Rounding: every mode at every tie, on both sides of zero, in both forms of a fraction.

import ProvisoQuantities
import Testing

@Suite struct RoundingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let value: String
    let halfUp: Int
    let halfEven: Int
    let up: Int
    let down: Int
    var testDescription: String { value }
  }

  @Test(arguments: [
    Case(value: "2.5", halfUp: 3, halfEven: 2, up: 3, down: 2),
    Case(value: "-2.5", halfUp: -3, halfEven: -2, up: -3, down: -2),
    Case(value: "3.5", halfUp: 4, halfEven: 4, up: 4, down: 3),
    Case(value: "-3.5", halfUp: -4, halfEven: -4, up: -4, down: -3),
    Case(value: "0.5", halfUp: 1, halfEven: 0, up: 1, down: 0),
    Case(value: "-0.5", halfUp: -1, halfEven: 0, up: -1, down: 0),
    Case(value: "2.4", halfUp: 2, halfEven: 2, up: 3, down: 2),
    Case(value: "-2.6", halfUp: -3, halfEven: -3, up: -3, down: -2),
    Case(value: "1/3", halfUp: 0, halfEven: 0, up: 1, down: 0),
    Case(value: "-2/3", halfUp: -1, halfEven: -1, up: -1, down: 0),
    Case(value: "7", halfUp: 7, halfEven: 7, up: 7, down: 7),
    Case(value: "0", halfUp: 0, halfEven: 0, up: 0, down: 0),
  ])
  func everyModeRoundsToWholeNumbers(_ test: Case) throws {
    let value = try #require(Fraction(exactText: test.value))
    let expected: [(RoundingMode, Int)] = [
      (.halfUp, test.halfUp), (.halfEven, test.halfEven), (.up, test.up), (.down, test.down),
    ]
    // The same value moved beyond machine words by an even whole number keeps its ties.
    let shift = try Fraction(2).power(80)
    for (mode, whole) in expected {
      #expect(value.rounded(mode) == Fraction(whole), "\(mode)")
      let moved = try value.sign < 0 ? value - shift : value + shift
      let back = try value.sign < 0 ? Fraction(whole) - shift : Fraction(whole) + shift
      #expect(moved.rounded(mode) == back, "\(mode), long")
    }
  }

  @Test func moneyRoundsToItsStepAsWorkedByHand() throws {
    // 1,234.565 / 0.01 = 123,456.5 steps, a tie.
    let amount = try #require(Fraction(exactText: "1234.565"))
    let cent = try #require(Fraction(exactText: "0.01"))
    #expect(try amount.rounded(to: cent, .halfUp).description == "1234.57")
    #expect(try amount.rounded(to: cent, .halfEven).description == "1234.56")
    #expect(try (-amount).rounded(to: cent, .halfUp).description == "-1234.57")
    #expect(try amount.rounded(to: -cent, .halfUp).description == "1234.57")
    #expect(try Fraction(1_250).rounded(to: Fraction(1_000), .down) == Fraction(1_000))
    #expect(throws: ArithmeticFailure.divisionByZero) { try amount.rounded(to: .zero, .up) }
  }

  @Test func floorAndCeilingBracketTheValue() throws {
    for seed in UInt64(1)...500 {
      var generator = SeededGenerator(seed: seed)
      let value = try generator.fraction()
      let floor = value.floor()
      let ceiling = value.ceiling()
      let gap: Fraction = try ceiling - floor
      guard floor.isWhole, ceiling.isWhole, floor <= value, value <= ceiling,
        gap == (value.isWhole ? .zero : .one)
      else {
        Issue.record("seed \(seed): \(value)")
        return
      }
    }
    #expect((try Fraction(numerator: -1, denominator: 2)).floor() == Fraction(-1))
    #expect((try Fraction(numerator: -1, denominator: 2)).ceiling() == .zero)
    #expect(
      (try Fraction(numerator: .min, denominator: 3)).floor().description == "-3074457345618258603")
  }
}
