// Versions that do not fit together: what is printed for them.

import Foundation
import ProvisoKit
import Testing

/// A list of versions in `Tests/Corpus/editions`, with what it prints in its last lines.
struct EditionSpecimen: CustomStringConvertible, Sendable {
  /// The name of the file, such as `E0723-overlap.editions`.
  let name: String

  var description: String { name }

  var code: String { name.split(separator: "-").first.map(String.init) ?? "" }

  static let folder = Specimen.folder.appendingPathComponent("editions")

  static let all: [EditionSpecimen] = {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return found.filter { $0.hasSuffix(".editions") }.sorted().map { EditionSpecimen(name: $0) }
  }()

  /// What the versions print.
  func printed() throws -> String {
    let loading = try loadEditions(named: name, from: Files(folder: Self.folder.path))
    var text = loading.diagnostics.map { $0.rendered(in: loading.sources) }.joined(separator: "\n")
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  /// The lines of the file before what it prints, and what it prints.
  func contents() throws -> (list: String, expected: String) {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    let lines = text.components(separatedBy: "\n").dropLast()
    let isExpected = { (line: String) in line == "#>" || line.hasPrefix("#> ") }
    let list = lines.filter { !isExpected($0) }.map { $0 + "\n" }.joined()
    let expected = lines.filter(isExpected).map { String($0.dropFirst(3)) }
    return (list, expected.joined(separator: "\n"))
  }

  func update(_ printed: String) throws {
    let expected = printed.components(separatedBy: "\n").map { $0.isEmpty ? "#>\n" : "#> \($0)\n" }
    try (try contents().list + expected.joined())
      .write(to: Self.folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }
}

@Suite struct EditionSpecimenTests {
  @Test(arguments: EditionSpecimen.all)
  func `versions that do not fit print their text`(_ specimen: EditionSpecimen) throws {
    let loading = try loadEditions(
      named: specimen.name, from: Files(folder: EditionSpecimen.folder.path))
    #expect(Set(loading.diagnostics.map(\.code.rawValue)) == [specimen.code])
    #expect((loading.editions == nil) == specimen.code.hasPrefix("E"))
    let printed = try specimen.printed()
    if Specimen.isUpdating {
      try specimen.update(printed)
    } else {
      #expect(printed == (try specimen.contents().expected))
    }
  }
}
