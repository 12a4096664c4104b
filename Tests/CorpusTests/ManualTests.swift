// docs/diagnostics.md is written from the registries and the specimens, and says what they say.

import Foundation
import ProvisoChecker
import ProvisoContracts
import ProvisoSource
import ProvisoSyntax
import Testing

@Suite struct ManualTests {
  private static let manual = Specimen.folder.deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("docs/diagnostics.md")

  @Test func `the manual is what registry and specimens say`() throws {
    let text = try ManualTests.text()
    if Specimen.isUpdating {
      try text.write(to: ManualTests.manual, atomically: true, encoding: .utf8)
    } else {
      #expect(text == (try String(contentsOf: ManualTests.manual, encoding: .utf8)))
    }
  }

  @Test func `codes are unique and their pages are whole`() {
    let pages = SyntaxDiagnostics.pages + CheckerDiagnostics.pages + ContractDiagnostics.pages
    var seen = Set<DiagnosticCode>()
    for page in pages {
      #expect(seen.insert(page.code).inserted, "\(page.code.rawValue) stands twice")
      #expect(!page.title.isEmpty && !page.title.hasSuffix("."), "\(page.code.rawValue)")
      #expect(!page.badExample.isEmpty && !page.goodExample.isEmpty, "\(page.code.rawValue)")
      #expect(page.reason.hasSuffix("."), "\(page.code.rawValue)")
    }
    #expect(pages.count >= 60)
  }

  private static func text() throws -> String {
    var printed: [String: String] = [:]
    for specimen in Specimen.all(in: "bad") {
      guard let code = specimen.code, printed[code] == nil else { continue }
      printed[code] = specimen.printed(try specimen.checked())
    }
    for specimen in EditionSpecimen.all where printed[specimen.code] == nil {
      printed[specimen.code] = try specimen.printed()
    }
    var text = """
      # Diagnostics

      Every problem that Proviso reports has a code that stays the same, and a page here: what is
      wrong, a smallest example, what is printed for it, how it is mended, and why the language
      asks for it. Codes with `E` are errors and stop the ruleset or the contract; codes with `W`
      are warnings.

      This page is written from the registries beside the code that raises them and from the
      specimens in `Tests/Corpus`; `PROVISO_UPDATE=1 swift test --filter CorpusTests` writes it
      anew.


      """
    let parts: [(title: String, fence: String, pages: [DiagnosticPage])] = [
      ("Reading the text", "proviso", SyntaxDiagnostics.pages),
      ("Checking the ruleset", "proviso", CheckerDiagnostics.pages),
      ("Reading a contract", "json", ContractDiagnostics.pages),
    ]
    for part in parts {
      text += "# \(part.title)\n\n"
      for page in part.pages.sorted(by: { $0.code < $1.code }) {
        text += section(page, part.fence, printed[page.code.rawValue])
      }
    }
    return text
  }

  private static func section(
    _ page: DiagnosticPage, _ fence: String, _ printed: String?
  ) -> String {
    var section = "## \(page.code.rawValue): \(page.title)\n\n\(page.reason)\n\nInstead of\n\n"
    section += "```\(fence)\n\(page.badExample)\n```\n\nwrite\n\n"
    section += "```\(fence)\n\(page.goodExample)\n```\n\n"
    if let printed {
      section += "What the smallest specimen prints:\n\n```text\n\(printed)\n```\n\n"
    }
    return section
  }
}
