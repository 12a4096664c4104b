// Printed numbers: grouping, cutting, and that no printed figure lies about its threshold.

import ProvisoQuantities
import Testing

@Suite struct DisplayTextTests {
  private func show(
    _ value: String, against threshold: String? = nil, minimumDigits: Int = 0
  ) throws -> String {
    let exact = try #require(Fraction(exactText: value))
    let limit = try threshold.map { try #require(Fraction(exactText: $0)) }
    let shown = displayText(of: exact, against: limit, minimumDigits: minimumDigits)
    return (shown.isExact ? "" : "about ") + shown.text
  }

  @Test func numbersThatEndArePrintedExactly() throws {
    #expect(try show("1250000.5") == "1,250,000.5")
    #expect(try show("-1250000") == "-1,250,000")
    #expect(try show("999") == "999")
    #expect(try show("-999.999") == "-999.999")
    #expect(try show("0") == "0")
    #expect(try show("1.5", minimumDigits: 2) == "1.50")
    #expect(try show("0", minimumDigits: 2) == "0.00")
    #expect(try show("0.000000000001") == "0.000000000001")
    #expect(displayText(of: Fraction(1_000_000), grouped: false).text == "1000000")
  }

  @Test func otherNumbersAreCutAndSaidToBeAbout() throws {
    #expect(try show("1/3") == "about 0.333")
    #expect(try show("-2/3") == "about -0.667")
    #expect(try show("100000/3") == "about 33,333.3")
    #expect(try show("100000/3", minimumDigits: 2) == "about 33,333.33")
    #expect(try show("1/30000") == "about 0.0000333")
    #expect(try show("2999/3000") == "about 1.000")
  }

  @Test func digitsAreAddedUntilTheSideIsRight() throws {
    #expect(try show("1/3", against: "0.333") == "about 0.3333")
    #expect(try show("2/3", against: "0.667") == "about 0.6667")
    #expect(try show("1/3", against: "0.33333333") == "about 0.333333333")
    #expect(try show("2999/3000", against: "1") == "about 0.9997")
    #expect(try show("1/3", against: "1/3") == "about 0.333")
    // Two quotients that agree in their first digits are told apart as printed.
    #expect(try show("3460/9999", against: "3461/9999") == "about 0.3460")
    #expect(try show("3461/9999", against: "3460/9999") == "about 0.3461")
  }

  @Test func numbersTooCloseToTellApartAreRoundedAwayFromEachOther() throws {
    let third = try Fraction(numerator: 1, denominator: 3)
    let above = try third + Fraction(10).power(-15_000)
    let low = displayText(of: third, against: above).text
    let high = displayText(of: above, against: third).text
    let lowValue = try #require(Fraction(exactText: low))
    let highValue = try #require(Fraction(exactText: high))
    #expect(lowValue < third && highValue > above)
    let half = try Fraction(numerator: 1, denominator: 2)
    let overHalf = try half + Fraction(10).power(-15_000)
    let shown = displayText(of: overHalf, against: half)
    #expect(!shown.isExact && shown.text.utf8.count < 60)
    #expect(try #require(Fraction(exactText: shown.text)) > half)
    #expect(displayText(of: half, against: overHalf).text == "0.5")
  }

  @Test func hugeAndTinyNumbersStayShort() throws {
    #expect(displayText(of: try Fraction(10).power(41)).text == "1.00000 × 10^41")
    #expect(displayText(of: try Fraction(10).power(41)).isExact)
    #expect(displayText(of: try Fraction(7).power(-20_000)).text.hasSuffix(" × 10^-16902"))
    #expect(displayText(of: try Fraction(-7).power(20_001)).text.hasPrefix("-"))
    #expect(displayText(of: try Fraction(7).power(20_000)).text.utf8.count < 30)
  }

  /// Reads printed text back, the power of ten included.
  private func readBack(_ text: String) throws -> Fraction {
    let plain = text.replacing(",", with: "")
    let halves = plain.split(separator: " × 10^")
    let mantissa = try #require(Fraction(exactText: String(halves[0])))
    guard halves.count == 2 else { return mantissa }
    return try mantissa * Fraction(10).power(#require(Int(halves[1])))
  }

  @Test func printedFiguresNeverLieAboutTheirThreshold() throws {
    for seed in UInt64(1)...3_000 {
      var generator = SeededGenerator(seed: seed)
      let value = try generator.fraction()
      let threshold: Fraction
      switch seed % 4 {
      case 0: threshold = try generator.fraction()
      case 1: threshold = try value + Fraction(10).power(-Int(generator.next() % 60))
      case 2: threshold = try value - Fraction(numerator: 1, denominator: .max)
      default: threshold = value.rounded(.halfUp)
      }
      let shown = displayText(of: value, against: threshold)
      let shownThreshold = displayText(of: threshold, against: value)
      let printed = try readBack(shown.text)
      let printedThreshold = try readBack(shownThreshold.text)
      var holds = shown.isExact == (printed == value)
      if value != threshold {
        let below = value < threshold
        holds = holds && printed != threshold && (printed < threshold) == below
        holds = holds && printed != printedThreshold && (printed < printedThreshold) == below
      } else {
        holds = holds && printed == printedThreshold
      }
      holds = holds && printed.sign == value.sign && shown.text.utf8.count < 160
      guard holds else {
        Issue.record("seed \(seed): \(value) against \(threshold) printed \(shown.text)")
        return
      }
    }
  }
}
