// Values in print: units, exactness, and the right side of a threshold.

import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import Testing

/// Integers only; the seed alone reproduces a run.
private struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

private func number(_ text: String) -> Fraction? {
  var digits = text.replacing(",", with: "")
  for unit in ["about ", "EUR ", "%"] { digits = digits.replacing(unit, with: "") }
  return Fraction(exactText: digits)
}

@Suite struct ValueTextTests {
  let printer = ValuePrinter(Sample().ruleset)

  private func unit(_ symbol: String) -> Unit { UnitCatalogue.standard.unit(named: symbol) ?? .one }

  @Test func quantitiesStandInTheirUnit() throws {
    func text(_ value: Fraction, _ unit: Unit) -> String {
      printer.text(.quantity(value), .quantity(unit))
    }
    #expect(text(fraction(12_744_000), Sample.euro) == "EUR 12,744,000.00")
    #expect(text(fraction(-5), Sample.euro) == "EUR -5.00")
    #expect(text(.zero, Sample.euro) == "EUR 0.00")
    #expect(text(fraction(1, 200), Sample.euro) == "EUR 0.005")
    #expect(text(fraction(1), unit("persons")) == "1 person")
    #expect(text(fraction(1), unit("dwellings")) == "1 dwelling")
    #expect(text(fraction(2), unit("persons")) == "2 persons")
    #expect(text(fraction(12_345_678), unit("JPY")) == "JPY 12,345,678")
    #expect(text(fraction(412, 1000), .percent) == "41.2%")
    #expect(text(fraction(25, 10_000), .basisPoints) == "25 bps")
    #expect(text(fraction(1, 3), .percent) == "about 33.3%")
    #expect(text(fraction(50_000_000_000), Sample.tonnes) == "50,000 tCO2e")
    #expect(text(fraction(3), .count) == "3 count" || text(fraction(3), .count) == "3")
    #expect(printer.text(.quantity(fraction(1_250)), .wholeNumber) == "1,250")
    #expect(printer.text(.quantity(fraction(7, 2)), .ratio) == "350%")
    #expect(
      printer.text(.money(fraction(71_500_000), CurrencyCode(text: "DKK")!), .money)
        == "DKK 71,500,000.00")
  }

  @Test func otherValuesReadAsWritten() {
    #expect(printer.text(.country(CountryCode(text: "PA")!), .country) == "PA (Panama)")
    #expect(printer.text(.member(1), .enumeration(EnumerationID(0))) == "grant")
    #expect(printer.text(.member(9), .enumeration(EnumerationID(0))) == "member 9")
    #expect(printer.text(.none, .event) == "none (has not happened)")
    #expect(printer.text(.period(Period(text: "2024-Q1")!), .period(nil)) == "2024-Q1")
    #expect(printer.text(.duration(CalendarDuration(months: 6)), .duration) == "6 months")
    #expect(printer.text(.date(day("2024-02-29")), .date) == "2024-02-29")
    let reasons = ReasonSet(Reason(.missingFact, subject: "x"))
    #expect(
      printer.text(.between(low: fraction(2), high: fraction(4), reasons), .wholeNumber)
        == "from 2 to 4")
    #expect(
      printer.text(.between(low: fraction(2), high: nil, reasons), .wholeNumber) == "at least 2")
  }

  @Test func exactTextIsExact() {
    #expect(
      printer.exactText(.quantity(fraction(12_744_000)), .quantity(Sample.euro)) == "EUR 12744000")
    #expect(printer.exactText(.quantity(fraction(1, 3)), .quantity(.percent)) == "100/3%")
    #expect(printer.exactText(.quantity(fraction(1, 8)), .quantity(unit("kWh"))) != "0")
    #expect(printer.exactText(.boolean(false), .boolean) == "false")
  }

  @Test func aFigureNeverTouchesAThresholdItIsNotAt() {
    // One cent short of a third of a billion, and nine nines.
    #expect(
      printer.text(
        .quantity(fraction(1, 3)), .quantity(.one),
        against: .quantity(fraction(333_333_333_333_333, 1_000_000_000_000_000)))
        == "about 0.3333333333333333")
    let pair = printer.pairText(
      fraction(1, 3), fraction(333_333_334, 1_000_000_001), in: .one)
    #expect(pair.value != pair.threshold)
  }

  @Test func printedSidesAreTheExactSides() throws {
    var random = SeededNumbers(state: 20_211_231)
    for round in 0..<6_000 {
      let scale = Int64.random(in: 1...1_000_000, using: &random)
      let left = fraction(Int64.random(in: -scale...scale, using: &random), scale)
      var right = fraction(
        Int64.random(in: -1000...1000, using: &random), Int64.random(in: 1...999, using: &random))
      if round.isMultiple(of: 3) {
        // A neighbour: nearer than most printers show.
        let gap = fraction(1, Int64.random(in: 1...1_000_000_000_000, using: &random))
        right = try left + gap * gap
      }
      if round.isMultiple(of: 50) { right = left }
      for unit in [Unit.one, .percent, Sample.euro] {
        let pair = printer.pairText(left, right, in: unit)
        let shown = try #require(number(pair.value))
        let limit = try #require(number(pair.threshold))
        if left == right {
          #expect(shown == limit)
        } else {
          #expect((shown < limit) == (left < right), "\(pair) for \(left) and \(right)")
          #expect(shown != limit, "\(pair) for \(left) and \(right)")
        }
        // Against the exact threshold too, which a reader may know.
        let exact = try unit.number(of: right)
        if left != right { #expect((shown < exact) == (left < right) && shown != exact) }
        if !pair.value.hasPrefix("about ") { #expect(try shown == unit.number(of: left)) }
      }
    }
  }
}
