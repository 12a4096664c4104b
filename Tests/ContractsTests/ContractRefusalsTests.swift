// Everything a contract can get wrong: the code, the place, the path and what to write instead.

import ProvisoModel
import ProvisoSource
import Testing

@testable import ProvisoContracts

/// The bytes of a page's example. U+FFFD stands for a byte that is not UTF-8.
func exampleBytes(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  for scalar in text.unicodeScalars {
    bytes += scalar == "\u{FFFD}" ? [0xE9] : Array(String(scalar).utf8)
  }
  return bytes
}

private func read(_ text: String) -> ContractReading {
  let file = SourceFile(id: SourceID(1), name: "contract.json", bytes: exampleBytes(text))
  return readContract(file, for: sampleRuleset())
}

/// Reads a contract with one field and gives its only diagnostic.
private func refusal(_ name: String, _ json: String) throws -> Diagnostic {
  let reading = read("{ \"id\": \"L-1\",\n  \"\(name)\": \(json) }")
  #expect(reading.contract == nil)
  #expect(reading.diagnostics.count == 1, "\(reading.diagnostics)")
  return try #require(reading.diagnostics.first)
}

struct ContractRefusalsTests {
  @Test(arguments: ContractDiagnostics.pages.map(\.code.rawValue))
  func everyPagesBadExampleRaisesItsCode(_ code: String) throws {
    let page = try #require(ContractDiagnostics.page(for: DiagnosticCode(rawValue: code)))
    let reading = read(page.badExample)
    let codes = reading.diagnostics.map(\.code)
    #expect(codes.contains(page.code), "\(codes)")
    #expect((reading.contract == nil) == (page.code.rawValue.hasPrefix("E") || code == "W0904"))
    for diagnostic in reading.diagnostics {
      #expect(!diagnostic.message.hasSuffix("."))
      #expect(!diagnostic.help.isEmpty)
    }
  }

  @Test(arguments: ContractDiagnostics.pages.map(\.code.rawValue))
  func everyPagesGoodExampleIsClean(_ code: String) throws {
    let page = try #require(ContractDiagnostics.page(for: DiagnosticCode(rawValue: code)))
    let reading = read(page.goodExample)
    #expect(reading.diagnostics == [])
    #expect(reading.contract != nil)
  }

  @Test func pagesAreInOrderAndOnce() {
    let codes = ContractDiagnostics.pages.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
  }

  struct Case: CustomTestStringConvertible {
    let field: String
    let json: String
    let code: String
    /// What the message or its help says.
    let says: String
    var testDescription: String { "\(field): \(json)" }

    init(_ field: String, _ json: String, _ code: String, _ says: String) {
      self.field = field
      self.json = json
      self.code = code
      self.says = says
    }
  }

  static let cases = [
    // Numbers and units.
    Case("amount", "\"EUR 1,000,000\"", "E0914", "write `EUR 1000000`"),
    Case("amount", "\"EUR 1,5\"", "E0914", "write `EUR 1.5`, with a point before the decimals"),
    Case("amount", "\"10 mio EUR\"", "E0915", "`mio EUR` is not a unit"),
    Case("amount", "\"EUR ten\"", "E0914", "EUR 10 million"),
    Case("amount", "\"\"", "E0914", "write a number"),
    Case("amount", "\" 10\"", "E0914", "remove the spaces"),
    Case("amount", "\"+10\"", "E0914", "remove the `+`"),
    Case("intensity", "\"gCO2e/kWh 250\"", "E0914", "behind the number"),
    Case("amount", "\"010\"", "E0914", "remove the zeros"),
    Case("amount", "\"1,234,567\"", "E0914", "write `1234567`, without commas"),
    Case("amount", "\"EUR 50,000.00\"", "E0914", "write `EUR 50000.00`, without commas"),
    Case("amount", "\"1.234.567,5\"", "E0914", "write `1234567.5`, with a point before the decimals"),
    Case("amount", "\"1,2.3,4\"", "E0914", "write a number with its unit behind it"),
    Case("amount", "\"12,5\"", "E0914", "write `12.5`, with a point before the decimals"),
    Case("amount", "\"1.2,\"", "E0914", "write a number with its unit behind it"),
    Case("amount", "\"3.50:1\"", "E0914", "write the ratio as one number: `3.50`"),
    Case("amount", "\"12.60/h\"", "E0914", "with its unit behind it"),
    Case("amount", "\"12.60EUR\"", "E0914", "put a space between number and unit: `12.60 EUR`"),
    Case("amount", "\".5\"", "E0914", "write `0.5`"),
    Case("amount", "\"10EUR\"", "E0914", "`10 EUR`"),
    Case("amount", "\"EUR 10 EUR\"", "E0914", "one unit only"),
    Case("amount", "\"USD 10\"", "E0916", "`USD` in a field of `EUR`"),
    Case("amount", "\"10 kWh\"", "E0916", "`kWh` (energy)"),
    Case("amount", "\"10%\"", "E0916", "a percentage cannot stand"),
    Case("amount", "\"10 EURO\"", "E0915", "write `EUR`"),
    Case("amount", "\"1e99\"", "E0907", "exponent"),
    Case("amount", "\"12345678901234567890123456789012345\"", "E0907", "34"),
    Case("amount", "true", "E0913", "found `true`"),
    Case("amount", "[1]", "E0913", "found a list"),
    Case("amount", "{}", "E0913", "found an object"),
    Case(
      "amount", "{ \"amount\": 5, \"currency\": \"USD\" }", "E0916", "`USD` in a field of `EUR`"),
    Case("amount", "{ \"amount\": 5 }", "E0935", "`currency` is missing"),
    Case("amount", "{ \"amount\": \"5 EUR\", \"currency\": \"EUR\" }", "E0914", "key of its own"),
    Case("amount", "{ \"amount\": null, \"currency\": \"EUR\" }", "E0935", "`amount` is missing"),
    Case("share", "\"25 EUR\"", "E0916", "`EUR` (money in EUR)"),
    Case("share", "\"0.25 count\"", "E0916", "does not convert"),
    Case("factor", "\"25%\"", "E0916", "write `0.25`"),
    Case("intensity", "\"250 gCO2/kWh\"", "E0916", "mass of CO2 per energy"),
    Case("intensity", "\"20 degC\"", "E0915", "zero is not nothing"),
    Case("intensity", "\"250 gCO2e//kWh\"", "E0915", "is not a unit"),
    Case("jobs", "12.5", "E0918", "whole number"),
    Case("jobs", "\"1/2\"", "E0914", "write the number as a decimal: `0.5`, not a quotient"),
    Case("price", "5", "E0917", "`\"EUR 5\"`"),
    Case("price", "\"5 million\"", "E0917", "no currency"),
    Case("price", "\"5 kr\"", "E0923", "`kr` is not a currency"),
    Case("price", "\"5 eur\"", "E0923", "write `EUR`"),
    Case("price", "{ \"amount\": 5, \"currency\": \"euro\" }", "E0923", "write `EUR`"),
    // Time.
    Case("signed", "\"2021-02-29\"", "E0920", "days 01 to 28"),
    Case("signed", "\"2020-13-01\"", "E0920", "months go from 01 to 12"),
    Case("signed", "\"0000-01-01\"", "E0920", "0001 to 9999"),
    Case("signed", "\"2021-3-1\"", "E0919", "write `\"2021-03-01\"`"),
    Case("signed", "\"20210301\"", "E0919", "write `\"2021-03-01\"`"),
    Case("signed", "\"2021-03-01T12:00:00Z\"", "E0919", "the day alone: `\"2021-03-01\"`"),
    Case("signed", "\"01/03/2021\"", "E0919", "year, month and day"),
    Case("signed", "20210301", "E0913", "found the number"),
    Case("repaid", "false", "E0913", "null for what has not happened"),
    Case("repaid", "\"none\"", "E0919", "write `null`, without quotes"),
    Case("repaid", "\"never\"", "E0919", "expected a date or `null`"),
    Case("budget_year", "\"2024-Q1\"", "E0921", "`2024-Q1` is a quarter"),
    Case("budget_year", "24", "E0913", "a year"),
    Case("ebitda", "{ \"2024\": 1 }", "E0921", "write a quarter"),
    Case("emissions", "{ \"2024-13\": 1 }", "E0921", "expected a year"),
    Case("redeemed", "{ \"2024-02-30\": 1 }", "E0920", "days 01 to 29"),
    Case("redeemed", "50", "E0913", "values by date"),
    Case("term", "\"6 moons\"", "E0927", "days, business days, months or years"),
    Case("term", "\"6 months and\"", "E0927", "6 months"),
    // Codes.
    Case("home", "\"UK\"", "E0922", "write `GB`"),
    Case("home", "\"US-DE\"", "E0922", "write `US`"),
    Case("home", "\"EL\"", "E0922", "write `GR`"),
    Case("home", "\"dk\"", "E0922", "write `DK`"),
    Case("home", "\"XX\"", "E0922", "two letters"),
    Case("home", "\"Namibia\"", "E0922", "write `NA`"),
    Case("paid_in", "\"$\"", "E0923", "three letters"),
    Case("sector", "35.11", "E0913", "NACE"),
    Case("sector", "\"3511\"", "E0925", "write `35.11`"),
    Case("size", "\"Small\"", "E0926", "write `small`"),
    Case("size", "0", "E0913", "one of `small` or `large`"),
    Case("open", "\"true\"", "E0913", "without quotes"),
    Case("open", "1", "E0913", "write `true` or `false`"),
    Case("purpose", "5", "E0913", "`\"5\"`"),
    // Shapes.
    Case("owners", "{}", "E0913", "found an object"),
    Case("owners", "[null]", "E0928", "`{}`"),
    Case("borrower", "[]", "E0913", "the fields of `Company`"),
    Case("jobs", "{ \"value\": 5, \"form\": \"2021-01-01\" }", "E0929", "write `from`"),
    Case("jobs", "{ \"recorded\": \"2021-01-01\" }", "E0929", "no `value`"),
    Case(
      "jobs", "{ \"versions\": [ { \"value\": 1 } ], \"value\": 2 }", "E0929", "beside `versions`"),
    Case("jobs", "{ \"versions\": 5 }", "E0930", "at least one version"),
    Case("jobs", "{ \"versions\": [ 5 ] }", "E0930", "an object with a `value`"),
    Case("jobs", "{ \"value\": 5, \"complete until\": \"2021-12-31\" }", "E0931", "dated list"),
    Case("jobs", "{ \"value\": 5, \"evidence\": 7 }", "E0913", "id of an item"),
    Case("jobs", "{ \"value\": { \"value\": 5 } }", "E0913", "found an object"),
    // Reserved keys.
    Case("evidence", "{}", "E0913", "a list of objects"),
    Case("evidence", "[5]", "E0913", "takes objects"),
    Case(
      "assessments",
      """
      [ { "field": "owners[0].is_sound", "value": true, "by": "auditor",
        "on": "2021-01-01", "why": "w" } ]
      """,
      "E0938", "has 0 members"),
    Case(
      "assessments",
      #"[ { "field": "jobs", "value": 5, "by": "auditor", "on": "2021-01-01", "why": "w" } ]"#,
      "E0938", "plain value"),
    Case(
      "assessments",
      #"[ { "field": "a..b", "value": 5, "by": "auditor", "on": "2021-01-01", "why": "w" } ]"#,
      "E0938", "not a field path"),
    Case(
      "assessments",
      """
      [ { "field": "has_substance", "value": "yes", "by": "tax officer",
        "on": "2021-01-01", "why": "w" } ]
      """,
      "E0913", "`true` or `false`"),
    Case(
      "waivers",
      #"[ { "condition": "climate_share", "granted": "2021-01-01", "by": "M", "why": "w" } ]"#,
      "E0939", "whole portfolio"),
    Case(
      "waivers",
      #"[ { "condition": "keeps_jobs", "granted": "2021-01-01", "by": "", "why": "w" } ]"#,
      "E0913", "an empty text"),
    Case(
      "waivers",
      """
      [ { "condition": "keeps_jobs", "tests": "2021", "granted": "2021-01-01", "by": "M",
        "why": "w" } ]
      """,
      "E0941", "takes a list"),
  ]

  @Test(arguments: cases)
  func saysWhatIsWrongAndWhatToWrite(_ example: Case) throws {
    let diagnostic = try refusal(example.field, example.json)
    #expect(diagnostic.code.rawValue == example.code)
    let text = ([diagnostic.message] + diagnostic.help).joined(separator: "\n")
    #expect(text.contains(example.says), "\(text)")
    #expect(diagnostic.path?.hasPrefix(example.field) == true)
    #expect(diagnostic.severity == .error)
  }

  @Test func namesThePathAndThePlace() throws {
    let text = """
      { "id": "L-1",
        "borrower": { "owners": [
          {}, {},
          { "country": "UK" } ] },
        "emissions": { "2021": "5 kWh" } }
      """
    let file = contractFile(text)
    let reading = readContract(file, for: sampleRuleset())
    #expect(reading.diagnostics.map(\.path) == ["borrower.owners[2].country", "emissions[2021]"])
    let place = try #require(reading.diagnostics.first).primary.span
    let position = file.position(at: place.start)
    #expect(position.line == 4 && position.column == 18)
    #expect(file.text(of: place) == "\"UK\"")
  }

  @Test func reportsSeveralProblemsAtOnceInOrder() {
    let reading = read(
      "{ \"size\": \"big\", \"home\": \"UK\", \"signed\": \"2021-02-30\", \"has_substance\": true }"
    )
    #expect(
      reading.diagnostics.map(\.code.rawValue) == ["E0912", "E0926", "E0922", "E0920", "E0937"])
    #expect(reading.contract == nil)
  }

  @Test func aDuplicateKeyDoesNotHideOtherProblems() {
    let reading = read("{ \"id\": \"L-1\", \"open\": true, \"open\": 5, \"home\": \"UK\" }")
    #expect(reading.diagnostics.map(\.code.rawValue) == ["E0909", "E0913", "E0922"])
  }

  @Test func aWarningKeepsTheContract() throws {
    let reading = read(
      #"{ "id": "L-1", "signd": "2021-01-01", "borrower.name": 5, "zzz": [], "note": 1 }"#
    )
    #expect(reading.contract != nil)
    #expect(reading.diagnostics.map(\.code.rawValue) == ["W0901", "W0901", "W0901"])
    #expect(reading.diagnostics[0].help == ["write `signed` if that is meant"])
    #expect(reading.diagnostics[1].help[0].contains("one object in another"))
    #expect(reading.diagnostics[2].help[0].contains("not read"))
  }

  @Test func anIdentifierIsAShortTextOnOneLine() {
    for id in [
      "5", "\"\"", "\" a\"", "\"a\\nb\"", "\"\(String(repeating: "x", count: 201))\"", "null",
    ] {
      let reading = read("{ \"id\": \(id) }")
      #expect(reading.diagnostics.map(\.code.rawValue) == ["E0912"], "\(id)")
    }
    #expect(read("{ \"id\": \"Lån 7/2021 ✓\" }").contract?.id == "Lån 7/2021 ✓")
  }

  /// Whoever mends a broken line has to find its contract.
  @Test(arguments: [
    (#"{"id": "C1", "amount": 3, "name": "cut o"#, "C1"), (#"{"id": "C1", "amount""#, "C1"),
    (#"{"id": "C1", "amount":"#, "C1"), (#"{"id": "C1", "list": [{"id": "x", "y": [1, }"#, "C1"),
    (#"{"list": [{"id": "x"}], "id": "C1", 7}"#, "C1"), (#"{"id": "C1"} and more"#, "C1"),
    (#"{"id": "C\u0031", "amount": 01}"#, "C1"), (#"{"id": "C1"#, nil), (#"{"id": 7, "a": }"#, nil),
    (#"{"id": "", "a": }"#, nil), (#"{"list": [{"id": "x""#, nil), (#"{"a": , "id": "C1"}"#, nil),
    (#"[{"id": "C1"}, "#, nil), ("{", nil), ("", nil), (#""id""#, nil),
  ])
  func aTextThatIsNoJSONMayStillSayWhoseItIs(text: String, id: String?) {
    let reading = read(text)
    #expect(reading.contract == nil)
    #expect(reading.id == id)
  }

  @Test func stopsAfterTwentyErrors() {
    let members = Array(repeating: "{ \"country\": \"UK\" }", count: 5000).joined(separator: ",")
    let reading = read("{ \"id\": \"L-1\", \"owners\": [\(members)] }")
    #expect(reading.diagnostics.filter { $0.severity == .error }.count == 20)
    #expect(reading.diagnostics.filter { $0.code == "W0904" }.count == 1)
  }

  @Test func messagesNeverCarryEndlessText() {
    let long = String(repeating: "x", count: 100_000)
    for text in [
      #"{ "id": "L-1", "size": "\#(long)", "home": "\#(long)", "amount": "\#(long)" }"#,
      #"{ "id": "L-1", "\#(long)": 1, "signed": "\#(long)", "sector": "\#(long)" }"#,
      "{ \"id\": \"L-1\", \(long) }", "{ \"id\": \"\(long)\" }",
      "{ \"id\": \"L-1\", \"jobs\": { \"value\": 1, \"evidence\": \"\(long)\" } }",
    ] {
      for diagnostic in read(text).diagnostics {
        let said = ([diagnostic.message, diagnostic.path ?? ""] + diagnostic.help).joined()
        #expect(said.utf8.count < 2000)
      }
    }
  }
}
