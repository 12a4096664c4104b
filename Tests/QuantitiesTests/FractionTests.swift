// Exact fractions against a plain model, at the boundary of their two forms, and by the laws.

import ProvisoQuantities
import Testing

@Suite struct FractionTests {
  /// A numerator and a denominator, kept without reducing.
  private struct Model: CustomStringConvertible {
    let top: Int
    let bottom: Int
    var description: String { "\(top)/\(bottom)" }

    var fraction: Fraction {
      get throws { try Fraction(numerator: Int64(top), denominator: Int64(bottom)) }
    }
  }

  private static let small: [Model] = (-12...12).flatMap { top in
    (1...12).map { Model(top: top, bottom: $0) }
  }

  @Test func everySmallPairAgreesWithCrossMultiplication() throws {
    for left in Self.small {
      let a = try left.fraction
      for right in Self.small {
        let b = try right.fraction
        let sum = try Model(
          top: left.top * right.bottom + right.top * left.bottom,
          bottom: left.bottom * right.bottom
        ).fraction
        let difference = try Model(
          top: left.top * right.bottom - right.top * left.bottom,
          bottom: left.bottom * right.bottom
        ).fraction
        let product = try Model(
          top: left.top * right.top, bottom: left.bottom * right.bottom
        ).fraction
        let crossed = left.top * right.bottom - right.top * left.bottom
        guard try a + b == sum, try a - b == difference, try a * b == product,
          (a < b) == (crossed < 0), (a == b) == (crossed == 0),
          (a > b) == (crossed > 0)
        else {
          Issue.record("\(left) and \(right)")
          return
        }
        if right.top == 0 {
          #expect(throws: ArithmeticFailure.divisionByZero) { try a / b }
        } else {
          let quotient = try Model(
            top: left.top * right.bottom, bottom: left.bottom * right.top
          ).fraction
          guard try a / b == quotient else {
            Issue.record("\(left) / \(right)")
            return
          }
        }
      }
    }
  }

  @Test func partsAreInLowestTermsWithAPositiveDenominator() throws {
    let value = try Fraction(numerator: 6, denominator: -4)
    #expect(value.numeratorText == "-3")
    #expect(value.denominatorText == "2")
    #expect(try Fraction(numerator: 0, denominator: -7) == .zero)
    #expect(throws: ArithmeticFailure.divisionByZero) {
      try Fraction(numerator: 1, denominator: 0)
    }
  }

  @Test func wordBoundariesAreCrossedInBothDirections() throws {
    let greatest = Fraction(.max)
    let beyond = try greatest + .one
    #expect(beyond.description == "9223372036854775808")
    #expect(beyond > greatest)
    #expect(try beyond - .one == greatest)
    #expect((try beyond - .one).hashValue == greatest.hashValue)
    #expect(Fraction(.min).description == "-9223372036854775808")
    #expect(-Fraction(.min) == beyond)
    #expect(Fraction(.min).wholeValue == .min)
    #expect(beyond.wholeValue == nil)
    #expect(Fraction(.min).magnitude == beyond)
    #expect(try Fraction(numerator: .min, denominator: .min) == .one)
    #expect(try Fraction(numerator: 1, denominator: .min) == -Fraction.one / beyond)
    let tiny = try Fraction.one / beyond
    #expect(try tiny * beyond == .one)
    #expect(tiny > .zero && tiny.sign == 1 && !tiny.isWhole && !tiny.isZero)
    #expect(beyond.isWhole)
    #expect(try beyond - beyond == .zero)
    #expect((try beyond - beyond).isZero)
  }

  @Test func fieldLawsHoldForFractionsOfAnySize() throws {
    for seed in UInt64(1)...2_000 {
      var generator = SeededGenerator(seed: seed)
      let a = try generator.fraction()
      let b = try generator.fraction()
      let c = try generator.fraction()
      var holds = try a + b == b + a && (a + b) + c == a + (b + c)
      holds = try holds && a * b == b * a && (a * b) * c == a * (b * c)
      holds = try holds && a * (b + c) == a * b + a * c
      holds = try holds && a + (-a) == .zero && a - b == -(b - a)
      holds = try holds && (b.isZero || a / b * b == a)
      holds = try holds && (a + b).hashValue == (b + a).hashValue
      holds = try holds && (a < b) == ((a - b).sign < 0) && (a == b) == (a - b).isZero
      holds = holds && Fraction(exactText: a.description) == a
      guard holds else {
        Issue.record("seed \(seed): \(a), \(b), \(c)")
        return
      }
    }
  }

  @Test func powersAreExactAndBoundedBeforeTheyAreComputed() throws {
    let half = try Fraction(numerator: 1, denominator: 2)
    #expect(try Fraction(3).power(4) == Fraction(81))
    #expect(try Fraction(-3).power(3) == Fraction(-27))
    #expect(try half.power(-3) == Fraction(8))
    #expect(try Fraction.zero.power(0) == .one)
    #expect(try Fraction.zero.power(5) == .zero)
    #expect(throws: ArithmeticFailure.divisionByZero) { try Fraction.zero.power(-1) }
    #expect(try Fraction(-1).power(.max) == Fraction(-1))
    #expect(try Fraction(-1).power(.min) == .one)
    #expect(try Fraction(2).power(65_535) > .zero)
    #expect(throws: ArithmeticFailure.tooLong) { try Fraction(2).power(65_536) }
    #expect(throws: ArithmeticFailure.tooLong) { try half.power(.max) }
    #expect(throws: ArithmeticFailure.tooLong) { try Fraction(3).power(.min) }
    #expect(try Fraction(2).power(Fraction(10)) == Fraction(1024))
    #expect(throws: ArithmeticFailure.notWhole) { try Fraction(2).power(half) }
    #expect(throws: ArithmeticFailure.notWhole) {
      try Fraction(1).power(Fraction(2).power(64))
    }
  }

  @Test func numbersPastTheBitLimitAreRefused() throws {
    let longest = try Fraction(2).power(65_535)
    #expect(throws: ArithmeticFailure.tooLong) { try longest * Fraction(2) }
    #expect(throws: ArithmeticFailure.tooLong) { try longest + longest }
    #expect(throws: ArithmeticFailure.tooLong) { try Fraction.one / longest / Fraction(2) }
    #expect(try longest - longest == .zero)
    #expect(-longest < longest)
  }

  @Test func smallFormIsThreeWords() {
    #expect(MemoryLayout<Fraction>.size == 24)
  }
}
