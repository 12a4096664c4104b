// Where messages point, what they say, and that one mistake is one message.

import ProvisoSource
import ProvisoSyntax
import Testing

/// A text with the primary span of its one message between « and ».
private struct Marked: CustomStringConvertible, Sendable {
  let code: DiagnosticCode
  let marked: String
  var description: String { "\(code.rawValue) \(marked)" }

  init(_ code: DiagnosticCode, _ marked: String) {
    self.code = code
    self.marked = marked
  }

  /// The text without marks, and the marked byte range.
  var source: (text: String, start: Int, end: Int) {
    var bytes: [UInt8] = []
    var (start, end) = (0, 0)
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«": start = bytes.count
      case "»": end = bytes.count
      default: bytes += Array(String(Character(scalar)).utf8)
      }
    }
    return (String(decoding: bytes, as: UTF8.self), start, end)
  }
}

private func condition(_ text: String) -> String { "condition k { requires \(text) }" }

private let marks = [
  Marked(SyntaxCode.unknownCharacter, condition("a = «§» b")),
  Marked(SyntaxCode.unclosedString, "import «\"lib»\nunit slot"),
  Marked(SyntaxCode.joinedUnit, condition("a > «25bps»")),
  Marked(SyntaxCode.impossibleDate, condition("a > «2023-02-29»")),
  Marked(SyntaxCode.impossibleDate, condition("a > «2024-13»")),
  Marked(SyntaxCode.impossibleDate, condition("a > «2024-Q5»")),
  Marked(SyntaxCode.impossibleDate, condition("a > «2024-3»")),
  Marked(SyntaxCode.foreignOperator, condition("a «==» b")),
  Marked(SyntaxCode.foreignOperator, condition("a «≤» b")),
  Marked(SyntaxCode.foreignOperator, condition("a «−» b > 0")),
  Marked(SyntaxCode.typographicQuotes, "ruleset a «“Aid”» { version \"1\" }"),
  Marked(SyntaxCode.mixedAndOr, condition("a and b «or» c")),
  Marked(SyntaxCode.quantifierJoined, condition("a and «no x in L where p»")),
  Marked(SyntaxCode.chainedComparison, condition("1 < a «<» 5")),
  Marked(SyntaxCode.limitInSum, condition("a + b «capped at» 5 > 0")),
  Marked(SyntaxCode.limitInSum, condition("a + b «else» 5 > 0")),
  Marked(SyntaxCode.divisionOf, condition("a / 10% «of» b > 0")),
  Marked(SyntaxCode.chainedPower, condition("2 ^ 3 «^» 2 > 0")),
  Marked(SyntaxCode.pointShift, condition("a at p «-» 1 > 0")),
  Marked(SyntaxCode.pointShift, condition("a at d «+» 3 months > 0")),
  Marked(SyntaxCode.expectedExpression, condition("a > «}»").replacingLast("}")),
  Marked(SyntaxCode.expectedExpression, condition("a > «when» b")),
  Marked(SyntaxCode.choiceNeedsParentheses, condition("f(a «when» b, otherwise c)")),
  Marked(SyntaxCode.missingOtherwise, "define a = b when c«»"),
  Marked(SyntaxCode.foreignIf, "define a = «if» b then c else d"),
  Marked(SyntaxCode.isNot, condition("a «is not» known")),
  Marked(SyntaxCode.unknownClause, "condition k {\n  «require» a\n  source \"s\"\n}"),
  Marked(SyntaxCode.unexpectedText, condition("a «b»")),
  Marked(SyntaxCode.expectedDeclaration, "«conditon» k { requires a }"),
  Marked(SyntaxCode.unmatchedCloser, "unit a\n«}»"),
  Marked(SyntaxCode.reservedName, "unit «at»"),
  Marked(SyntaxCode.expectedVerb, "condition k { requires a\n on breach «fine» 5\n}"),
  Marked(SyntaxCode.dueAlone, "condition k { requires a\n «due» 5 days after\n}"),
  Marked(SyntaxCode.expectedOutcome, "scenario \"s\" { expect k «fulfilled» }"),
  Marked(SyntaxCode.expectedType, "contract { a : «%» }"),
]

extension String {
  /// The text without a last brace that a mark already holds.
  fileprivate func replacingLast(_ text: String) -> String {
    hasSuffix(" \(text)") ? String(dropLast(text.count + 1)) : self
  }
}

@Suite("Messages")
struct MessageTests {
  @Test("each mistake is told once, at its place", arguments: marks)
  fileprivate func places(_ example: Marked) {
    let (text, start, end) = example.source
    let file = SourceFile(name: "m.proviso", text: text)
    let diagnostics = parse(file).diagnostics
    #expect(diagnostics.map(\.code) == [example.code], "\(diagnostics.map(\.message))")
    #expect(diagnostics.first?.primary.span.start == start)
    #expect(diagnostics.first?.primary.span.end == end)
    for diagnostic in diagnostics {
      #expect(!diagnostic.help.isEmpty)
      #expect(diagnostic.message.first?.isUppercase == false)
    }
  }

  @Test("several mistakes are told in one run, each once, and the rest is read")
  func several() {
    let text = """
      contract { amount EUR   limit : EUR }
      condition a { requires amount >= }
      conditon b { requires true }
      condition c "C" {
        require amount > 5
        tested on amount
        requires amount == limit
      }
      scenario "s" { given { amount = EUR 5 limit = EUR 3 } as of 2023-02-30 expect c met }
      """
    let parsed = parse(SourceFile(name: "m.proviso", text: text))
    #expect(
      parsed.diagnostics.map(\.code.rawValue) == [
        "E0115", "E0122", "E0112", "E0113", "E0107", "E0115", "E0106",
      ])
    #expect(parsed.tree.declarations.count == 4)
  }

  @Test("a missing brace does not swallow the next declaration")
  func missingBrace() {
    let text = "condition a {\n  requires x\n\ncondition b {\n  requires y\n}\n"
    let parsed = parse(SourceFile(name: "m.proviso", text: text))
    #expect(parsed.diagnostics.map(\.code) == [SyntaxCode.unclosedBracket])
    #expect(parsed.tree.declarations.count == 2)
  }

  @Test("both readings of `and` with `or` are shown")
  func readings() {
    let file = SourceFile(name: "m.proviso", text: condition("sme and young or rural"))
    #expect(
      parse(file).diagnostics.first?.help == [
        "write `(sme and young) or rural`, or `sme and (young or rural)`"
      ])
  }

  @Test(
    "safe mends can be applied and then leave nothing to say",
    arguments: ["a == b", "a != b", "a ≥ b", "a && b", "not a || b", "a is not known", "a > 5EUR"])
  func mends(_ text: String) {
    var bytes = Array(condition(text).utf8)
    let parsed = parse(SourceFile(id: SourceID(0), name: "m.proviso", bytes: bytes))
    #expect(parsed.diagnostics.count == 1)
    let edits = parsed.diagnostics.flatMap(\.fixIts).filter(\.isSafe).flatMap(\.edits)
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      bytes.replaceSubrange(edit.span.start..<edit.span.end, with: Array(edit.replacement.utf8))
    }
    #expect(parse(SourceFile(id: SourceID(0), name: "m.proviso", bytes: bytes)).diagnostics.isEmpty)
  }

  @Test("every code has one page, in order")
  func pages() {
    let codes = SyntaxDiagnostics.pages.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(codes.count == 46)
  }
}
