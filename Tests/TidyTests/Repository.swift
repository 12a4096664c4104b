// The project's own files, as the tidy tests read them.

import Foundation

/// One text file of the project.
struct ProjectFile: Sendable, CustomStringConvertible {
  /// The path from the root of the repository.
  let path: String
  let text: String
  let lines: [Substring]
  /// The lines of a Swift file without its comments and strings.
  let code: [Substring]

  var description: String { path }

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    code =
      path.hasSuffix(".swift")
      ? codeOnly(text).split(separator: "\n", omittingEmptySubsequences: false) : []
  }
}

/// The repository around this file.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every file below a folder, or the file of that name, whose name ends in one of the endings.
  static func files(_ folders: [String], endings: [String]) -> [ProjectFile] {
    var paths: [String] = []
    for folder in folders {
      let url = root.appendingPathComponent(folder)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
        continue
      }
      guard isFolder.boolValue else {
        paths.append(folder)
        continue
      }
      let walker = FileManager.default.enumerator(atPath: url.path)
      while let name = walker?.nextObject() as? String {
        let parts = name.split(separator: "/")
        if !parts.contains(where: { $0.hasPrefix(".") || $0 == "__pycache__" }) {
          paths.append(folder + "/" + name)
        }
      }
    }
    return paths.sorted().filter { path in endings.contains { path.hasSuffix($0) } }.compactMap {
      guard let text = try? String(contentsOf: root.appendingPathComponent($0), encoding: .utf8)
      else { return nil }
      return ProjectFile(path: $0, text: text)
    }
  }

  /// The Swift files of the product.
  static let sources = files(["Sources"], endings: [".swift"])
  /// Every Swift file.
  static let swift = files(["Package.swift", "Sources", "Tests"], endings: [".swift"])
  /// Every page for people.
  static let pages = files(
    [
      "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs", "rulesets", "contracts",
    ], endings: [".md"])
  /// What people wrote by hand: code, pages, rulesets, build files.
  static let handwritten =
    swift + pages
    + files(["Makefile", ".ci/run", ".ci/setup"], endings: ["Makefile", "run", "setup"])
    + files(["rulesets", "Tests/Corpus"], endings: [".proviso"])
    + files(["Sources"], endings: [".h", ".modulemap"])
    + files(["contracts", "rulesets", ".ci"], endings: [".py"])
}
