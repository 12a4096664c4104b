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
}
