// Rulesets inside Markdown: the blocks are read, the prose is kept, places are the Markdown's.

import ProvisoSource
import ProvisoSyntax
import Testing

@Suite("Literate files")
struct LiterateTests {
  private func parsed(_ text: String) -> ParsedFile {
    parse(SourceFile(name: "law.proviso.md", text: text))
  }

  private static let text = """
    # The law

    Prose with `code` and a condition { that is no rule }.

    ```proviso
    condition a "A" {
      requires amount >= EUR 5
    ```

    Section 2 goes on.

    ~~~ proviso
      source   "s. 2"   # why
    }
    ~~~

    ```json
    { "not": "a rule" }
    ```

    ````proviso
    unit slot
    ````

    """

  @Test("blocks are joined, other fences are prose, and nothing is lost")
  func blocks() {
    let file = parsed(LiterateTests.text)
    #expect(file.diagnostics.isEmpty)
    #expect(file.reconstructedBytes == Array(LiterateTests.text.utf8))
    #expect(file.tree.declarations.count == 2)
    guard case .condition(let condition)? = file.tree.declarations.first else {
      Issue.record("no condition")
      return
    }
    #expect(condition.clauses.count == 2)
    #expect(file.source.text(of: condition.clauses[1].span) == "source   \"s. 2\"")
  }

  @Test("messages stand at their place in the Markdown")
  func places() {
    let text = "# Law\n\n```proviso\nunit at\n```\n"
    let file = parsed(text)
    #expect(file.diagnostics.map(\.code) == [SyntaxCode.reservedName])
    let place = file.source.position(at: file.diagnostics.first?.primary.span.start ?? 0)
    #expect(place.line == 4 && place.column == 6)
  }

  @Test("an open block and a file without blocks are reported")
  func unclosed() {
    #expect(parsed("```proviso\nunit a\n").diagnostics.map(\.code) == [SyntaxCode.unclosedFence])
    #expect(parsed("Only prose.\n").diagnostics.map(\.code) == [SyntaxCode.noBlocks])
    #expect(parsed("```json\n{}\n```\n").diagnostics.map(\.code) == [SyntaxCode.noBlocks])
    #expect(parsed("    ```proviso\n    x\n").diagnostics.map(\.code) == [SyntaxCode.noBlocks])
  }

  @Test("only the blocks are laid out")
  func layout() {
    let file = SourceFile(name: "law.proviso.md", text: LiterateTests.text)
    guard case .formatted(let bytes) = format(file) else {
      Issue.record("refused")
      return
    }
    let expected = LiterateTests.text.replacing(
      "requires amount", with: "requires     amount"
    ).replacing("source   \"s. 2\"   # why", with: "source       \"s. 2\"  # why")
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    guard let first = part.first else { return self }
    var result = ""
    var rest = Substring(self)
    while let character = rest.first {
      if character == first, rest.hasPrefix(part) {
        result += other
        rest = rest.dropFirst(part.count)
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
