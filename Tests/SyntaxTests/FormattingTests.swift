// The formatter: idempotent, keeps every comment, never changes what is said.

import ProvisoSource
import ProvisoSyntax
import ProvisoTestSupport
import Testing

/// The formatted text, or the messages of a refusal.
private func formatted(_ text: String, name: String = "test.proviso") -> String {
  let file = SourceFile(name: name, text: text)
  switch format(file) {
  case .formatted(let bytes): return String(decoding: bytes, as: UTF8.self)
  case .refused(let diagnostics): return diagnostics.rendered(in: SourceFiles([file]))
  }
}

@Suite("Formatter")
struct FormattingTests {
  @Test("the example of nearly everything is in the house layout")
  func everything() {
    let first = formatted(LanguageSpecimens.everything)
    #expect(first == LanguageSpecimens.everything)
    #expect(formatted(first) == first)
  }

  @Test("generated rulesets format to the same bytes twice and say the same")
  func generated() {
    for seed in 0..<500 {
      var generator = RulesetGenerator(seed: UInt64(seed))
      let text = generator.ruleset()
      let file = SourceFile(name: "generated.proviso", text: text)
      let parsed = parse(file)
      guard parsed.diagnostics.isEmpty else {
        Issue.record("seed \(seed): \(parsed.diagnostics.rendered(in: SourceFiles([file])))")
        return
      }
      let once = formatted(text)
      let twice = formatted(once)
      if once != twice || !sameMeaning(parsed, parse(SourceFile(name: "f.proviso", text: once))) {
        Issue.record("seed \(seed) is not stable:\n\(once)\n----\n\(twice)")
        return
      }
    }
  }

  /// A text and its layout; `nil` where it is laid out already.
  struct Layout: CustomStringConvertible, Sendable {
    let text: String
    let expected: String
    var description: String { text }
  }

  private static let layouts = [
    Layout(text: "unit  slot", expected: "unit slot\n"),
    Layout(
      text: "condition k{requires a source \"s\" }",
      expected: "condition k {\n  requires     a\n  source       \"s\"\n}\n"),
    Layout(
      text: "condition k {  requires f ( a,b )>=10 % of c }",
      expected: "condition k {\n  requires f(a, b) >= 10% of c\n}\n"),
    Layout(
      text: "define x = 80 EUR/tCO2e * 5 EUR / n",
      expected: "define x = 80 EUR/tCO2e * 5 EUR / n\n"),
    Layout(
      text: "# first\n\n\n# second\nunit a # behind\n# own\n\n\n\nunit b\n# end",
      expected: "# first\n\n# second\nunit a  # behind\n# own\n\nunit b\n# end\n"),
    Layout(
      text: "define x = a # why\n  + b",
      expected: "define x =\n  a  # why\n    + b\n"),
    Layout(
      text: "record R { a : text, b : date }\nrecord S {\n a : text\n long : date }",
      expected: """
        record R { a : text, b : date }
        record S {
          a    : text
          long : date
        }

        """),
    Layout(
      text: "table t(a: A, b: integer) : bps { x, 1 => 5 bps  yy, 2 to 3 => 25 bps }",
      expected: """
        table t(a: A, b: integer) : bps {
          x,  1      => 5 bps
          yy, 2 to 3 => 25 bps
        }

        """),
    Layout(
      text: "define x = { a = -5,\n b = { } }",
      expected: "define x = { a = -5, b = {} }\n"),
    Layout(
      text: "define x = {\na = -5, # five\n# next\nb = [] }",
      expected: "define x =\n  {\n    a = -5,  # five\n    # next\n    b = []\n  }\n"),
    Layout(text: "", expected: ""),
    Layout(text: "# only", expected: "# only\n"),
  ]

  @Test("small texts are laid out as expected, and stay so", arguments: FormattingTests.layouts)
  func small(_ layout: Layout) {
    #expect(formatted(layout.text) == layout.expected)
    #expect(formatted(layout.expected) == layout.expected)
  }

  @Test("a file with errors is refused, with its messages")
  func refused() {
    let file = SourceFile(name: "bad.proviso", text: "condition {")
    guard case .refused(let diagnostics) = format(file) else {
      Issue.record("laid out all the same")
      return
    }
    #expect(!diagnostics.isEmpty)
  }

  @Test("carriage returns at line ends are kept as the file has them")
  func carriageReturns() {
    #expect(formatted("unit  a\r\nunit b\r\n") == "unit a\r\nunit b\r\n")
  }

  @Test("comments put anywhere are kept, in order")
  func comments() {
    for seed in 0..<400 {
      var generator = RulesetGenerator(seed: UInt64(seed), depthLimit: 3)
      var random = SeededRandom(seed: UInt64(seed))
      var text = ""
      var comments: [String] = []
      // A comment ends its line, and line breaks mean nothing, so one may stand at any space that
      // is not inside a text.
      var isInText = false
      for character in generator.ruleset() {
        if character == "\"" { isInText.toggle() }
        text.append(character)
        if character == " ", !isInText, random.oneIn(40) {
          comments.append("# note \(comments.count)")
          text += comments[comments.count - 1] + "\n"
        }
      }
      let file = SourceFile(name: "c.proviso", text: text)
      let parsed = parse(file)
      guard parsed.isValid else { continue }
      let once = formatted(text)
      let found = once.split(separator: "\n").compactMap { line in
        line.firstIndex(of: "#").map { String(line[$0...]) }
      }
      if found != comments { Issue.record("seed \(seed): comments were lost or moved") }
      if formatted(once) != once { Issue.record("seed \(seed) is not stable") }
      if once == text { Issue.record("seed \(seed) was not laid out") }
    }
  }
}
