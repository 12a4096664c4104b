// The files of the corpus: specimens of every diagnostic, and rulesets that check clean.

import Foundation
import ProvisoChecker
import ProvisoSource

/// One ruleset of the corpus, with what it is expected to print in its last lines.
struct Specimen: CustomStringConvertible, Sendable {
  /// The path within `Tests/Corpus`, such as `bad/units/E0403-percent.proviso`.
  let path: String

  var description: String { path }

  /// The code in the file's name; nil for a good ruleset.
  var code: String? {
    guard let name = path.split(separator: "/").last, path.hasPrefix("bad/") else { return nil }
    return name.split(separator: "-").first.map(String.init)
  }

  /// The folder of the whole corpus.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Corpus")

  /// Whether expectations are written anew instead of compared.
  static let isUpdating = ProcessInfo.processInfo.environment["PROVISO_UPDATE"] == "1"

  /// The rulesets under a part of the corpus, in order; what stands in `files` is read by others.
  static func all(in part: String) -> [Specimen] {
    let start = folder.appendingPathComponent(part)
    let found = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String }
    return (found ?? []).filter {
      ($0.hasSuffix(".proviso") || $0.hasSuffix(".proviso.md")) && !$0.contains("files/")
    }.sorted().map { Specimen(path: "\(part)/\($0)") }
  }

  private var url: URL { Specimen.folder.appendingPathComponent(path) }

  /// The file without its expectation, and the expectation. The file need not be UTF-8.
  func contents() throws -> (source: [UInt8], expected: String) {
    let bytes = [UInt8](try Data(contentsOf: url))
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var expected: [String] = []
    while let line = lines.last, line.elementsEqual("#>".utf8) || line.starts(with: "#> ".utf8) {
      expected.insert(String(decoding: line.dropFirst(3), as: UTF8.self), at: 0)
      lines.removeLast()
    }
    return (lines.flatMap { $0 + [UInt8(ascii: "\n")] }, expected.joined(separator: "\n"))
  }

  /// What checking the file gives. Files are looked for within the corpus.
  func checked() throws -> CheckResult {
    let root = SourceFile(id: SourceID(0), name: path, bytes: try contents().source)
    return check(root) { name in
      guard !name.hasPrefix(".."), !name.hasPrefix("/") else { return .notFound }
      let url = Specimen.folder.appendingPathComponent(name)
      guard let data = try? Data(contentsOf: url) else { return .notFound }
      return .bytes([UInt8](data))
    }
  }

  /// The diagnostics of a result as they are printed.
  func printed(_ result: CheckResult) -> String {
    let files = SourceFiles(result.sources)
    var text = result.diagnostics.map { $0.rendered(in: files) }.joined(separator: "\n")
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  /// Writes the file again with what it prints now.
  func update(_ printed: String) throws {
    let lines = printed.isEmpty ? [] : printed.components(separatedBy: "\n")
    let expected = lines.map { $0.isEmpty ? "#>\n" : "#> \($0)\n" }.joined()
    try (Data(try contents().source) + Data(expected.utf8)).write(to: url)
  }
}
