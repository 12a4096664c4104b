// Diagnostics as text and as records.

import ProvisoSource
import Testing

@Suite("Rendering")
struct RenderingTests {
  private func span(_ start: Int, _ end: Int, _ file: Int = 0) -> SourceSpan {
    SourceSpan(source: SourceID(file), start: start, end: end)
  }

  @Test("message, place, lines with carets, labels and help")
  func whole() {
    let file = SourceFile(name: "aid.proviso", text: "one\ntwo three\nfour\nfive\nsix seven\n")
    let diagnostic = Diagnostic(
      code: "E0999", message: "`three` is not `seven`",
      primary: LabelledSpan(span(8, 13), "this one"),
      secondaries: [LabelledSpan(span(28, 33), "that one"), LabelledSpan(span(4, 7))],
      help: ["write `seven`"], path: "borrower.owners[2]")
    #expect(
      diagnostic.rendered(in: SourceFiles([file])) == """
        error[E0999]: `three` is not `seven`
         --> aid.proviso:2:5 at `borrower.owners[2]`
          |
        2 | two three
          | ---
          |     ^^^^^ this one
         ...
        5 | six seven
          |     ----- that one
          |
          = help: write `seven`

        """)
  }

  @Test("spans over several lines show their first and last")
  func multiline() {
    let file = SourceFile(name: "a", text: "begin {\n  x\n  y\n  end }\n")
    let diagnostic = Diagnostic(
      code: "E0001", severity: .warning, message: "long",
      primary: LabelledSpan(span(6, 23), "all this"))
    #expect(
      diagnostic.rendered(in: SourceFiles([file])) == """
        warning[E0001]: long
         --> a:1:7
          |
        1 | begin {
          |       ^ from here
         ...
        4 |   end }
          |   ^^^^^ all this
          |

        """)
  }

  @Test("tabs are widened, wide letters take two cells, control bytes are made visible")
  func cells() {
    let file = SourceFile(name: "a", text: "\tx 日本 y\u{1B}[31m z")
    let text = Diagnostic(code: "E0001", message: "m", primary: LabelledSpan(span(10, 11)))
      .rendered(in: SourceFiles([file]))
    #expect(text.contains("1 |     x 日本 y\u{FFFD}[31m z\n  |            ^\n"))
    #expect(!text.utf8.contains(0x1B))
  }

  @Test("a long line is cut around the place")
  func longLine() {
    let line = String(repeating: "x", count: 300) + "HERE" + String(repeating: "y", count: 300)
    let file = SourceFile(name: "a", text: line)
    let text = Diagnostic(code: "E0001", message: "m", primary: LabelledSpan(span(300, 304), "it"))
      .rendered(in: SourceFiles([file]), style: RenderingStyle(width: 60))
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 68 })
    #expect(lines.contains { $0.contains("…") && $0.contains("HERE") })
    #expect(lines.contains { $0.hasSuffix("^^^^ it") })
  }

  @Test("spans at the end, in an empty file, outside the file and of no file are shown or left out")
  func edges() {
    let file = SourceFile(name: "a", text: "")
    for place in [span(0, 0), span(5, 90), span(0, 0, 7)] {
      let text = Diagnostic(code: "E0001", message: "m", primary: LabelledSpan(place))
        .rendered(in: SourceFiles([file]))
      #expect(text.hasPrefix("error[E0001]: m\n"))
    }
  }

  @Test("colour is escapes around the same text")
  func colour() {
    let file = SourceFile(name: "a", text: "x")
    let diagnostic = Diagnostic(code: "E0001", message: "m", primary: LabelledSpan(span(0, 1), "l"))
    let coloured = diagnostic.rendered(
      in: SourceFiles([file]), style: RenderingStyle(isColoured: true))
    var plain = ""
    var isEscape = false
    for scalar in coloured.unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { plain.unicodeScalars.append(scalar) }
      if isEscape, scalar == "m" { isEscape = false }
    }
    #expect(plain == diagnostic.rendered(in: SourceFiles([file])))
    #expect(coloured != plain)
  }

  @Test("the order is by file, offset and code, whatever the order found")
  func order() {
    let found = [
      Diagnostic(code: "E0002", message: "d", primary: LabelledSpan(span(1, 2, 1))),
      Diagnostic(code: "E0002", message: "c", primary: LabelledSpan(span(9, 9))),
      Diagnostic(code: "E0003", message: "b", primary: LabelledSpan(span(3, 4))),
      Diagnostic(code: "E0001", message: "a", primary: LabelledSpan(span(3, 9))),
    ]
    #expect(found.sorted().map(\.message) == ["a", "b", "c", "d"])
    #expect(found.reversed().sorted().map(\.message) == ["a", "b", "c", "d"])
  }

  @Test("records hold the same content with places resolved")
  func records() {
    let file = SourceFile(name: "a.json", text: "{\n \"x\": 1\n}")
    let diagnostic = Diagnostic(
      code: "E0500", message: "m", primary: LabelledSpan(span(3, 6), "here"),
      fixIts: [FixIt(replace: span(8, 9), with: "2", isSafe: true)], path: "x")
    let record = diagnostic.record(in: SourceFiles([file]))
    #expect(record.primary?.line == 2 && record.primary?.column == 2)
    #expect(record.primary?.endColumn == 5)
    #expect(record.severity == "error" && record.path == "x")
    #expect(record.fixes.first?.edits.first?.place.start == 8)
  }

  @Test("files are found by their ids")
  func files() {
    var files = SourceFiles()
    let first = files.add(name: "a", bytes: [])
    let second = files.add(name: "b", bytes: [])
    #expect(files[first.id]?.name == "a" && files[second.id]?.name == "b")
    #expect(files[SourceID(9)] == nil)
  }
}
