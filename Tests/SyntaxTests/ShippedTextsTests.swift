// The texts the project ships: laid out without loss, and the grammar where it is printed.

import Foundation
import ProvisoSource
import ProvisoSyntax
import Testing

@Suite("Shipped texts")
struct ShippedTextsTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every ruleset of the project, as paths from its root.
  private static func rulesets() -> [String] {
    ["rulesets", "Tests/Corpus"].flatMap { folder -> [String] in
      let start = root.appendingPathComponent(folder).path
      let found = FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String }
      return (found ?? []).filter { $0.hasSuffix(".proviso") || $0.hasSuffix(".proviso.md") }
        .map { "\(folder)/\($0)" }.sorted()
    }
  }

  @Test("every ruleset and specimen is read without loss, and laid out the same way twice")
  func layouts() throws {
    let paths = ShippedTextsTests.rulesets()
    #expect(paths.count > 100)
    for path in paths {
      let data = try Data(contentsOf: ShippedTextsTests.root.appendingPathComponent(path))
      let file = SourceFile(id: SourceID(0), name: path, bytes: [UInt8](data))
      let parsed = parse(file)
      #expect(parsed.reconstructedBytes == file.bytes, "\(path)")
      guard case .formatted(let once) = format(file) else {
        #expect(!parsed.isValid, "\(path)")
        continue
      }
      let again = SourceFile(id: SourceID(0), name: path, bytes: once)
      #expect(sameMeaning(parsed, parse(again)), "\(path)")
      guard case .formatted(let twice) = format(again) else {
        Issue.record("\(path): the layout is refused")
        continue
      }
      #expect(once == twice, "\(path)")
    }
  }

  @Test("the manual prints the grammar as it is written down")
  func grammar() throws {
    let folder = ShippedTextsTests.root.appendingPathComponent("docs")
    let grammar = try String(
      contentsOf: folder.appendingPathComponent("grammar.ebnf"), encoding: .utf8)
    let manual = try String(
      contentsOf: folder.appendingPathComponent("language.md"), encoding: .utf8)
    #expect(manual.contains("```ebnf\n\(grammar)```"))
  }
}
