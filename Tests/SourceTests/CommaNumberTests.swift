// Numbers with commas, as people of several countries write them.

import Testing

@testable import ProvisoSource

@Suite struct CommaNumberTests {
  static let cases: [(text: String, help: String?)] = [
    ("5,000", "write `5000` or `5.000`, whichever is meant: a number has no commas"),
    ("-5,000", "write `-5000` or `-5.000`, whichever is meant: a number has no commas"),
    ("0,500", "write `0.500`, with a point before the decimals"),
    ("5,5", "write `5.5`, with a point before the decimals"),
    ("12345,678", "write `12345.678`, with a point before the decimals"),
    ("5,000,000", "write `5000000`, without commas"),
    ("1,00,00,000", "write `10000000`, without commas"),
    ("5,000.50", "write `5000.50`, without commas"),
    ("1,234,567.5", "write `1234567.5`, without commas"),
    ("1.234,50", "write `1234.50`, with a point before the decimals"),
    ("1.234.567,5", "write `1234567.5`, with a point before the decimals"),
    // No number by anybody's custom.
    ("12,34,56", nil), ("5,", nil), (",5", nil), ("1,2.3,4", nil), ("1.2,", nil), ("1.5,25", nil),
    ("12,00.5", nil), ("5,-5", nil), ("5,x", nil), ("5 000,5", nil), ("5,000e3", nil),
    // No comma.
    ("5000", nil), ("5.0", nil), ("", nil),
    // Longer than a number may be.
    (String(repeating: "1", count: 60) + ",5", nil),
  ]

  @Test(arguments: cases)
  func whatToWriteInstead(_ sample: (text: String, help: String?)) {
    #expect(helpForCommas(in: sample.text) == sample.help)
  }

  @Test func whatStandsAroundIsShown() {
    #expect(
      helpForCommas(in: "20,5", surroundings: ("EUR ", " million"))
        == "write `EUR 20.5 million`, with a point before the decimals")
    #expect(
      helpForCommas(in: "20,000", surroundings: ("EUR ", ""))
        == "write `EUR 20000` or `EUR 20.000`, whichever is meant: a number has no commas")
  }
}
