// The parser on text that is no ruleset: it always ends, loses no byte, and uses little stack.

import ProvisoSource
import ProvisoSyntax
import ProvisoTestSupport
import Testing

@Suite("Robustness")
struct RobustnessTests {
  private func check(_ bytes: [UInt8], name: String = "mutated.proviso", seed: UInt64) {
    let file = SourceFile(id: SourceID(0), name: name, bytes: bytes)
    let parsed = parse(file)
    if parsed.reconstructedBytes != bytes {
      Issue.record("seed \(seed): bytes were lost")
    }
    for diagnostic in parsed.diagnostics {
      let span = diagnostic.primary.span
      if span.start < 0 || span.end > bytes.count || span.start > span.end {
        Issue.record("seed \(seed): a message stands outside the file")
      }
      if diagnostic.message.isEmpty || diagnostic.message.hasSuffix(".") {
        Issue.record("seed \(seed): a message is empty or ends with a full stop")
      }
    }
  }

  @Test("mutated bytes are read without loss")
  func mutatedBytes() {
    let text = Array(LanguageSpecimens.everything.utf8)
    let pieces = stride(from: 0, to: text.count, by: 700).map { start in
      Array(text[start..<min(start + 900, text.count)])
    }
    for seed in 0..<12_000 {
      var mutator = TextMutator(seed: UInt64(seed))
      let bytes = mutator.mutated(pieces[seed % pieces.count])
      check(
        bytes, name: seed % 5 == 0 ? "mutated.proviso.md" : "mutated.proviso", seed: UInt64(seed))
    }
  }

  @Test("mutated tokens of generated rulesets are read without loss, and their messages shown")
  func mutatedTokens() {
    for seed in 0..<8000 {
      var generator = RulesetGenerator(seed: UInt64(seed % 400), depthLimit: 2)
      var mutator = TextMutator(seed: UInt64(seed))
      let whole = generator.ruleset()
      // Most of the time the fixed first half is left out: the rest varies more.
      let text = seed % 4 > 0 ? String(whole.dropFirst(whole.count / 2)) : whole
      let bytes = Array(mutator.mutatedTokens(text).utf8)
      check(bytes, seed: UInt64(seed))
      guard seed % 10 == 0 else { continue }
      let file = SourceFile(id: SourceID(0), name: "m.proviso", bytes: bytes)
      let shown = parse(file).diagnostics.rendered(in: SourceFiles([file]))
      #expect(shown.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 })
      // What has no errors can be laid out, and then says the same.
      if case .formatted(let laidOut) = format(file) {
        let again = SourceFile(id: SourceID(0), name: "m.proviso", bytes: laidOut)
        #expect(sameMeaning(parse(file), parse(again)))
      }
    }
  }

  @Test(
    "nesting 100,000 deep is refused with one clear message",
    arguments: [
      "(", "[", "{", "[{", "not ", "-", "all of { ", "f(", "round(", "chain(", "count(",
      "{ a = ", "sum(x for y in ", "every x in L satisfies ", "no x in L where ", "(1 when ",
      "min(1, ", "x ^ (", "list of ", "part of (",
      "part of ", "year of ", "days completed from ", "at least ", "at least (", "x in chain(",
    ])
  func deepNesting(_ opener: String) {
    let isType = opener == "list of "
    let head = isType ? "contract { a : " : "condition k { requires "
    let text = head + String(repeating: opener, count: 100_000)
    let file = SourceFile(name: "deep.proviso", text: text)
    let parsed = parse(file)
    #expect(parsed.reconstructedBytes == file.bytes)
    #expect(parsed.diagnostics.contains { $0.code == SyntaxCode.nestingTooDeep })
    #expect(parsed.diagnostics.count < 10)
  }

  @Test(
    "chains of 100,000 links are read, or refused with a clear message",
    arguments: [
      " + 1", " - x", " * 2", " / 2", " and b", " of 5", ".field", " at 2019", " else 1",
      " capped at 5", " ^ 2", " = 1", " in L", " is known", " over 4 quarters to p", " by d",
    ])
  func longChains(_ link: String) {
    let text = "define x = a" + String(repeating: link, count: 100_000)
    let file = SourceFile(name: "long.proviso", text: text)
    let parsed = parse(file)
    #expect(parsed.reconstructedBytes == file.bytes)
    let isFlat = [" + 1", " - x", " * 2", " / 2", " and b", " of 5", ".field"].contains(link)
    let isRefused = parsed.diagnostics.contains { $0.code == SyntaxCode.nestingTooDeep }
    #expect(isFlat != isRefused)
    #expect(parsed.diagnostics.count <= 200)
  }

  @Test("nesting up to the limit is read, and laid out")
  func nestingUnderTheLimit() {
    let count = 40
    let text =
      "define x = " + String(repeating: "(", count: count) + "1"
      + String(repeating: ")", count: count) + "\n"
    let file = SourceFile(name: "near.proviso", text: text)
    #expect(parse(file).diagnostics.isEmpty)
    guard case .formatted(let bytes) = format(file) else {
      Issue.record("refused")
      return
    }
    #expect(bytes == file.bytes)
  }

  @Test("many closers, commas and words end in bounded time")
  func repeatedTokens() {
    for piece in [
      "}", ")", ",", "condition ", "condition k { ", "table t(", "=> ", "a, ", "\" ",
      "table t(k: integer) : bps { ", "given { a = ", "list x of y = { a from ", "unless \"t\" ",
    ] {
      let text = String(repeating: piece, count: 20_000)
      let file = SourceFile(name: "many.proviso", text: text)
      let parsed = parse(file)
      #expect(parsed.reconstructedBytes == file.bytes)
      #expect(!parsed.diagnostics.isEmpty)
      #expect(parsed.diagnostics.count <= 200)
    }
  }

  @Test("an empty file, a byte order mark and bytes that are not UTF-8 are kept")
  func oddFiles() {
    for bytes: [UInt8] in [
      [], [0xEF, 0xBB, 0xBF], [0xFF], [0xC3], [0xE2, 0x82], [0x22, 0xFF, 0x22], [0x22, 0x5C],
      [0x31, 0x30], Array("2024-".utf8), Array("half-".utf8), [0x0D], [0x0D, 0x0A],
    ] {
      check(bytes, seed: 0)
      check(bytes, name: "a.proviso.md", seed: 0)
    }
  }
}
