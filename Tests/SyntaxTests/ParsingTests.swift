// The parser on whole rulesets.

import ProvisoSource
import ProvisoSyntax
import ProvisoTestSupport
import Testing

@Suite("Whole rulesets")
struct ParsingTests {
  @Test("the example of nearly everything has no mistakes and loses nothing")
  func everything() {
    let file = SourceFile(name: "everything.proviso", text: LanguageSpecimens.everything)
    let parsed = parse(file)
    #expect(parsed.diagnostics.rendered(in: SourceFiles([file])) == "")
    #expect(parsed.reconstructedBytes == file.bytes)
    #expect(parsed.tree.declarations.count == 19)
  }
}
