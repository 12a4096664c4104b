// Number text in and out: the grammar with its refusals, and exact text that round-trips.

import ProvisoQuantities
import Testing

@Suite struct DecimalTextTests {
  private func read(
    _ text: String, underscoresAllowed: Bool = false
  ) -> Result<Fraction, DecimalTextFailure> {
    Fraction.parse(decimal: text.utf8, underscoresAllowed: underscoresAllowed)
  }

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("12", "12"), ("-12.50", "-12.5"), ("0.001", "0.001"),
    ("1e3", "1000"), ("1.5E+2", "150"), ("25e-2", "0.25"), ("1e00000000000000000003", "1000"),
    ("0e64", "0"), ("0.000", "0"), ("100.00", "100"),
    ("9223372036854775807", "9223372036854775807"),
    ("9223372036854775808", "9223372036854775808"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("92233720368547758.08", "92233720368547758.08"),
    ("1234567890123456789012345678901234", "1234567890123456789012345678901234"),
    ("0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234"),
    ("1e18", "1000000000000000000"), ("9e18", "9000000000000000000"),
    ("1e19", "10000000000000000000"),
  ])
  func numbersAreReadExactly(_ text: String, _ exact: String) throws {
    #expect(try read(text).get().description == exact)
    #expect(Fraction(exactText: exact) == (try read(text).get()))
  }

  @Test func widestExponentsAreReadAndOneMoreIsRefused() throws {
    #expect(try read("1e64").get() == Fraction(10).power(64))
    #expect(try read("1e-64").get() == Fraction(10).power(-64))
    #expect(read("1e65") == .failure(.exponentOutOfRange))
    #expect(read("1e-65") == .failure(.exponentOutOfRange))
    #expect(read("0e65") == .failure(.exponentOutOfRange))
    #expect(read("1e99999999999999999999999") == .failure(.exponentOutOfRange))
    let zeros = String(repeating: "0", count: 97)
    #expect(try read("0.\(zeros)1").get() == Fraction(10).power(-98))
    #expect(read("0.\(zeros)01") == .failure(.exponentOutOfRange))
  }

  @Test func overThirtyFourSignificantDigitsAreRefused() {
    #expect(read("12345678901234567890123456789012345") == .failure(.tooManyDigits))
    #expect(read("1." + String(repeating: "0", count: 34)) == .failure(.tooManyDigits))
    #expect(read(String(repeating: "9", count: 100_000)) == .failure(.tooManyDigits))
  }

  @Test(arguments: [
    ("", 0), ("-", 1), (".5", 0), ("5.", 2), ("1e", 2), ("1e+", 3), ("+1", 0), ("--1", 1),
    ("1 ", 1), (" 1", 0), ("1,000", 1), ("0x1F", 1), ("1_000", 1), ("NaN", 0), ("1.2.3", 3),
    ("1e2.5", 3), ("Infinity", 0), ("1e2e3", 3),
  ])
  func textThatIsNoNumberIsRefusedWhereItGoesWrong(_ text: String, _ offset: Int) {
    #expect(read(text) == .failure(.malformed(offset: offset)))
  }

  @Test func idleZerosAreRefusedAsSuch() {
    #expect(read("007") == .failure(.leadingZero))
    #expect(read("-01.5") == .failure(.leadingZero))
    #expect(read("00") == .failure(.leadingZero))
  }

  @Test func underscoresStandBetweenDigitsOfARulesetOnly() throws {
    #expect(
      try read("1_000_000.000_5", underscoresAllowed: true).get().description
        == "1000000.0005")
    for text in ["_1", "1_", "1__0", "1_.5", "1._5", "1.5_"] {
      guard case .failure(.malformed) = read(text, underscoresAllowed: true) else {
        Issue.record("\(text) was read")
        return
      }
    }
  }

  @Test(arguments: [
    "1250.5", "-0.005", "1/3", "-22/7", "0",
    "1/1606938044258990275541962092341162602522202993",
  ])
  func exactTextRoundTrips(_ text: String) throws {
    let value = try #require(Fraction(exactText: text))
    #expect(value.description == text || Fraction(exactText: value.description) == value)
  }

  @Test func exactTextRefusesEverythingElse() {
    for text in ["", "-", "1/0", "1/", "/2", "1.", ".5", "1e3", "--1", "1/-2", "1.5/2", "1 ", "٣"] {
      #expect(Fraction(exactText: text) == nil, "\(text)")
    }
    #expect(Fraction(exactText: String(repeating: "9", count: 19_730)) == nil)
    #expect(Fraction(exactText: "2/4")?.description == "0.5")
  }

  @Test func veryLongValuesStillRoundTrip() throws {
    let long = try Fraction(3).power(40_000)
    #expect(Fraction(exactText: long.description) == long)
    let deep = try Fraction(2).power(-60_000)
    #expect(Fraction(exactText: deep.description) == deep)
    #expect(try Fraction(10).power(-100).description.hasPrefix("0.000"))
    #expect(try Fraction(10).power(-101).description.hasPrefix("1/1000"))
  }
}
