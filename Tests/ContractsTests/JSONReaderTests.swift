// The JSON reader against RFC 8259: what a parser must accept, must refuse, and may choose.

import ProvisoSource
import Testing

@testable import ProvisoContracts

struct JSONReaderTests {
  /// Texts of the grammar, by the part of RFC 8259 they exercise.
  static let accepted: [String] = [
    // Values at the top (section 2), with white space around them.
    "0", "-0", "1", "-1", "true", "false", "null", "\"\"", "\"a\"", "[]", "{}", " [] ",
    "\t\n\r 7 \n",
    "[null]", "[1]", "[1,2]", "[1 , 2]", "[[]]", "[[],[[]]]", "[[[[[[]]]]]]", "[ ]", "{ }",
    "[null,1,\"1\",{}]", "[1\n,\n2]", "[true,false]",
    // Objects (section 4).
    "{\"a\":1}", "{\"a\":1,\"b\":2}", "{ \"a\" : 1 }", "{\"\":0}", "{\"a\":{\"a\":{}}}",
    "{\"a\\u0000b\":1}", "{\"a\":[],\"b\":null}", "{\"x\":1,\"X\":2}", "{\"a b\":\"c d\"}",
    "{\"\\u00e9\":1,\"e\":2}", "{\"1\":1,\"2\":2}",
    // Numbers (section 6).
    "[0]", "[-0]", "[0.0]", "[-0.0]", "[0e1]", "[0E0]", "[1e1]", "[1E1]", "[1e+1]", "[1e-1]",
    "[1.5]", "[1.5e3]", "[-1.5E-3]", "[123]", "[123.456]", "[1e64]", "[1e-64]", "[0e+01]",
    "[10]", "[-12]", "[20e1]", "[1.000]", "[0.1]", "[1234567890123456789012345678901234]",
    // Strings (section 7).
    "[\"\\\"\"]", "[\"\\\\\"]", "[\"\\/\"]", "[\"\\b\\f\\n\\r\\t\"]", "[\"\\u0041\"]",
    "[\"\\u00e9\"]", "[\"\\uD83D\\uDE00\"]", "[\"\\ud83d\\ude00\"]", "[\"é\"]", "[\"€\"]",
    "[\"𝄞\"]",
    "[\"a/*b*/c\"]", "[\"\\u0000\"]", "[\"\\u2028\\u2029\"]", "[\"\u{2028}\"]", "[\"\u{7F}\"]",
    "[\"asd \"]", "[\"\u{FFFF}\"]", "[\"\u{10FFFF}\"]", "[\"\\\\u0000\"]", "[\"\\\\n\"]",
    "[\"12345678\"]", "[\"1234567\\\"\"]", "[\"12345678é\"]", "[\"new\\u000Aline\"]", "[\"[\"]",
    "\" \"",
  ]

  /// Texts outside the grammar.
  static let refused: [String] = [
    "", " ", "\n", "[", "]", "{", "}", "[1", "[1,", "[,1]", "[1,,2]", "[1,]", "[\"\",]", "[1]]",
    "[1}",
    "[x", "[1 true]", "[\"a\" \"b\"]", "[\"x\"", "[*]", "[1:2]", "[:]", "[,]", "[ , \"\"]",
    "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{\"a\":1,}", "{,\"a\":1}", "{a:1}", "{'a':1}", "{1:1}",
    "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{\"a\":1,,\"b\":2}", "{\"a\":\"b\"", "{\"a\":1}}",
    "{null:1}",
    "{\"a\":1]", "{[:1}", "{\"a\":/*c*/1}", "{} #", "{}/**/", "{\"a\":1}x", "{}{}", "[][]", "1 2",
    "nul", "tru", "fals", "True", "TRUE", "NULL", "None", "nan", "NaN", "[NaN]", "[Infinity]",
    "[-Infinity]", "[+1]", "[++1]", "[.5]", "[-.5]", "[1.]", "[-1.]", "[1.e1]", "[0.e1]", "[01]",
    "[-01]", "[00]", "[1e]", "[1e+]", "[1e-]", "[1eE2]", "[0x1]", "[1_000]", "[1 000]", "[--1]",
    "[-]", "[- 1]", "[1+2]", "[1a]", "[0.1.2]", "[1e1.5]", "[１]", "[-foo]",
    "\"", "[\"]", "[\"a]", "['a']", "[\"a\nb\"]", "[\"a\tb\"]", "[\"\u{0}\"]", "[\"\u{1F}\"]",
    "[\"\\x\"]", "[\"\\a\"]", "[\"\\'\"]", "[\"\\u\"]", "[\"\\u00\"]", "[\"\\u00g0\"]",
    "[\"\\U0041\"]",
    "[\"\\\"]", "[\"\\", "[\"\\u\\u\"]", "[\"\\\u{9}\"]", "[\"\\é\"]", "[a]", "[\u{A0}1]",
    "[1\u{C}]",
    "<html>", "[1]\u{0}", "\u{FEFF}{}", "\u{2060}[]", "abc", "[\"a\", 1, 2", "{\"a\":true",
    "[undefined]",
  ]

  /// Texts that RFC 8259 leaves to the reader, and that contracts refuse.
  static let refusedByLimits: [String] = [
    "{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "{\"\":1,\"\":2}",
    "[\"\\ud800\"]", "[\"\\udc00\"]", "[\"\\ud800\\n\"]", "[\"\\ud800\\ud800\"]",
    "[\"\\udc00\\ud800\"]", "[\"\\ud83d\\u0041\"]", "{\"\\ud800\":1}", "[\"\\uD83Dabc\"]",
    "[1e65]", "[1e-65]", "[1e400]", "[-1e99999999999999999999]", "[0e65]",
    "[12345678901234567890123456789012345]", "[0.12345678901234567890123456789012345]",
    "[1.0000000000000000000000000000000000]",
  ]

  @Test(arguments: accepted)
  func acceptsTheGrammar(_ text: String) {
    let reading = JSONReader.read(Array(text.utf8))
    #expect(reading.document != nil)
    #expect(reading.problems.isEmpty)
  }

  @Test(arguments: refused)
  func refusesWhatLeavesTheGrammar(_ text: String) {
    let reading = JSONReader.read(Array(text.utf8))
    #expect(!reading.problems.isEmpty)
    for problem in reading.problems {
      #expect(problem.range.lowerBound >= 0 && problem.range.upperBound <= text.utf8.count)
    }
  }

  @Test(arguments: refusedByLimits)
  func refusesWhatContractsExclude(_ text: String) {
    #expect(!JSONReader.read(Array(text.utf8)).problems.isEmpty)
  }

  /// Bytes that are no text at all.
  @Test(
    arguments: [
      [0xFF], [0x5B, 0x22, 0xE9, 0x22, 0x5D], [0x22, 0xC0, 0xAF, 0x22],
      [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
      [0x22, 0xF0, 0x9F],
      [0xFE, 0xFF, 0x00, 0x5B], [0x5B, 0x00, 0x5D, 0x00],
      [0x22, 0xF8, 0x88, 0x80, 0x80, 0x80, 0x22],
    ] as [[UInt8]])
  func refusesBytesThatAreNotUTF8(_ bytes: [UInt8]) {
    #expect(!JSONReader.read(bytes).problems.isEmpty)
  }

  @Test func keepsThePlaceOfEveryValue() throws {
    let text = "{\"a\": [1, \"x\\ny\"], \"b\": {}}"
    let document = try #require(JSONReader.read(Array(text.utf8)).document)
    let members = Array(document.members(of: document.root))
    #expect(members.map { document.text(of: $0.key) } == ["a", "b"])
    let list = try #require(document.value(of: "a", in: document.root))
    let elements = Array(document.elements(of: list))
    #expect(document[list].range == 6..<17)
    #expect(elements.map { document[$0].range } == [7..<8, 10..<16])
    #expect(elements.map { document.text(of: $0) } == ["1", "x\ny"])
    let second = try #require(document.value(of: "b", in: document.root))
    #expect(document[second].range == 24..<26)
  }

  @Test func resolvesEveryEscape() throws {
    let text = #"["\"\\\/\b\f\n\r\t\u0041\u00e9\uD83D\uDE00\u0000"]"#
    let document = try #require(JSONReader.read(Array(text.utf8)).document)
    let value = try #require(Array(document.elements(of: document.root)).first)
    #expect(document.text(of: value) == "\"\\/\u{8}\u{C}\n\r\tAé😀\u{0}")
  }

  @Test func comparesKeysScalarForScalar() {
    // é as one scalar and as two are different keys to other software, too.
    let text = "{\"\\u00e9\": 1, \"e\\u0301\": 2}"
    #expect(JSONReader.read(Array(text.utf8)).problems.isEmpty)
  }

  @Test func reportsEveryRepeatedKeyWithItsFirst() {
    let text = #"{"a":1,"b":{"c":1,"c":2},"a":3,"a":4}"#
    let problems = JSONReader.read(Array(text.utf8)).problems
    #expect(problems.map(\.kind) == [.duplicateKey, .duplicateKey, .duplicateKey])
    #expect(problems.map { $0.other?.lowerBound } == [12, 1, 1])
  }

  @Test func nestsTo512AndNoDeeper() {
    func nested(_ depth: Int) -> [UInt8] {
      Array(String(repeating: "[", count: depth).utf8)
        + Array(String(repeating: "]", count: depth).utf8)
    }
    #expect(JSONReader.read(nested(512)).problems.isEmpty)
    #expect(JSONReader.read(nested(513)).problems.map(\.kind) == [.tooDeep])
    #expect(JSONReader.read(nested(10_000)).problems.map(\.kind) == [.tooDeep])
    let objects = Array(String(repeating: "{\"a\":", count: 10_000).utf8)
    #expect(JSONReader.read(objects).problems.map(\.kind) == [.tooDeep])
  }

  @Test func namesWhatWasOpenedAtTheEnd() {
    let problems = JSONReader.read(Array("{\"a\": [1, 2".utf8)).problems
    #expect(problems.map(\.kind) == [.unexpectedEnd(.commaOrBracket)])
    #expect(problems.first?.other == 6..<7)
  }
}
