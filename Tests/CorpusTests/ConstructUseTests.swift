// The language stays small: what fewer than two shipped rulesets use is no part of it.

import Foundation
import ProvisoSource
import ProvisoSyntax
import ProvisoTestSupport
import Testing

@Suite("Constructs of the language")
struct ConstructUseTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let page = root.appending(path: "docs/constructs.md")

  /// A page of rulesets/, and the constructs that it and what it imports use.
  private struct Page {
    /// Versions of one ruleset share its name, and count once.
    let ruleset: String
    let path: String
    let uses: Set<Construct>
  }

  private static func tree(_ path: String) throws -> FileSyntax {
    let data = try Data(contentsOf: root.appending(path: path))
    return parse(SourceFile(id: SourceID(0), name: path, bytes: [UInt8](data))).tree
  }

  /// Reads a file and, once each, those it imports.
  private static func read(
    _ path: String, into use: inout ConstructUse, seen: inout Set<String>
  ) throws {
    guard seen.insert(path).inserted else { return }
    let tree = try self.tree(path)
    use.read(tree)
    for case .import(let node) in tree.declarations {
      let beside = URL(fileURLWithPath: "/" + path).deletingLastPathComponent()
      let file = beside.appending(path: node.path.text).standardizedFileURL.path
      try read(String(file.dropFirst()), into: &use, seen: &seen)
    }
  }

  private static func pages() throws -> [Page] {
    let folder = root.appending(path: "rulesets").path
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".proviso.md") }.sorted()
    return try paths.map { name in
      var use = ConstructUse()
      var seen: Set<String> = []
      try read("rulesets/\(name)", into: &use, seen: &seen)
      var ruleset = name
      for case .ruleset(let node) in try tree("rulesets/\(name)").declarations {
        ruleset = node.name.text
      }
      return Page(ruleset: ruleset, path: name, uses: use.found)
    }
  }

  /// The pages that use a construct, one for each ruleset, in order.
  private static func users(of construct: Construct, among pages: [Page]) -> [Page] {
    var seen: Set<String> = []
    return pages.filter { $0.uses.contains(construct) && seen.insert($0.ruleset).inserted }
  }

  @Test("every construct is used by two shipped rulesets or more")
  func everyConstructIsUsed() throws {
    let pages = try Self.pages()
    #expect(pages.count > 40)
    for construct in Construct.allCases {
      let users = Self.users(of: construct, among: pages).map(\.path)
      #expect(users.count >= 2, "“\(construct.rawValue)” is used by \(users)")
    }
  }

  @Test("every word of the grammar belongs to a construct")
  func everyWordHasItsConstruct() throws {
    let grammar = try String(
      contentsOf: Self.root.appending(path: "docs/grammar.ebnf"), encoding: .utf8)
    let rules = grammar.replacing(#/\(\*(?s:.*?)\*\)/#, with: "")
    let words = Set(
      rules.matches(of: #/"([a-z][a-z-]+)"/#).map { String($0.output.1) })
    #expect(words.count > 150)
    var known: Set<String> = []
    for construct in Construct.allCases {
      known.formUnion(construct.rawValue.matches(of: #/[a-z][a-z-]*/#).map { String($0.output) })
    }
    #expect(words.subtracting(known).sorted() == [])
  }

  @Test("the page of constructs names two rulesets for each")
  func page() throws {
    let pages = try Self.pages()
    var text = """
      # Where to see a construct

      For every construct of [the language](language.md) the first two rulesets that use it. What
      fewer than two shipped rulesets use is no part of the language; a test counts, and
      `PROVISO_UPDATE=1 swift test --filter CorpusTests` writes this page anew. Capitals stand for
      anything; units and currencies are catalogues and not listed.

      | construct | for example in |
      | --- | --- |

      """
    for construct in Construct.allCases {
      let users = Self.users(of: construct, among: pages).prefix(2).map { page in
        let name = page.path.dropLast(".proviso.md".count)
        return "[`\(name)`](../rulesets/\(page.path))"
      }
      let words = construct.rawValue.replacing("|", with: "\\|")
      text += "| `\(words)` | \(users.joined(separator: ", ")) |\n"
    }
    if Specimen.isUpdating {
      try text.write(to: Self.page, atomically: true, encoding: .utf8)
    } else {
      #expect(text == (try String(contentsOf: Self.page, encoding: .utf8)))
    }
  }
}
