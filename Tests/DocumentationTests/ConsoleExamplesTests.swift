// Runs the commands that the pages show and compares what they print with what the page says.

import CSQLite
import Foundation
import ProvisoCommandLine
import Testing

/// Pages with ```console boxes: `$ proviso …`, then what it prints. Files come from boxes whose
/// opening fence says `file=NAME`; a page may also work in a folder of the repository.
private let pages: [(path: String, worksIn: String?)] = [
  ("docs/tutorial.md", nil),
  ("docs/ledger.md", nil),
  ("docs/comparing.md", "."),
  ("README.md", "."),
]

@Suite struct ConsoleExamplesTests {
  /// With PROVISO_UPDATE=1 the pages are rewritten; read the difference before committing it.
  private static let rewrites = ProcessInfo.processInfo.environment["PROVISO_UPDATE"] == "1"

  @Test(arguments: pages.map(\.path))
  func commandsPrintWhatThePageShows(path: String) throws {
    let text = try page(path)
    let all = fences(of: text)
    let place = try #require(pages.first { $0.path == path })
    let folder = try ExampleFolder()
    for fence in all {
      if let name = fence.value(of: "file") { try folder.write(fence.body, as: name) }
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var results: [(fence: Fence, printed: String)] = []
    // In the order of the page: what one command makes, the next may use.
    for fence in all where fence.info.first == "console" {
      let shown = fence.body
      let command = try #require(shown.split(separator: "\n").first { $0.hasPrefix("$ ") })
      let result = try run(String(command.dropFirst(2)), in: place.worksIn, or: folder)
      results.append((fence, "\(command)\n\(result)"))
    }
    for (fence, printed) in results.reversed() {
      if Self.rewrites {
        let body = printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.replaceSubrange(
          fence.bodyLines, with: body.last == "" ? Array(body.dropLast()) : body)
      } else {
        #expect(fence.body == printed, "\(path):\(fence.line)")
      }
    }
    #expect(!results.isEmpty)
    if Self.rewrites {
      try lines.joined(separator: "\n").write(
        to: repository.appendingPathComponent(path), atomically: true, encoding: .utf8)
    }
  }

  /// What a command says on either stream, diagnostics first, as a terminal would show it.
  private func run(
    _ command: String, in place: String?, or folder: ExampleFolder
  ) throws -> String {
    let words = command.split(separator: " ").map(String.init)
    switch words.first {
    case "sqlite3":
      try change(folder.url.appendingPathComponent(words[1]).path, by: command)
      return ""
    case "python3": return try verified(words, in: folder)
    default: break
    }
    guard let place else {
      let result = folder.run(Array(words.dropFirst()))
      return result.errors + result.output
    }
    let console = PageConsole(folder: repository.appendingPathComponent(place).path)
    _ = ProvisoCommandLine.run(Array(words.dropFirst()), on: console)
    return console.errors + console.output
  }

  /// Does to a file what `sqlite3 FILE "…"` would: not every machine has that program.
  private func change(_ path: String, by command: String) throws {
    let statement = try #require(command.split(separator: "\"").dropFirst().first.map(String.init))
    var database: OpaquePointer?
    #expect(sqlite3_open(path, &database) == SQLITE_OK)
    defer { sqlite3_close(database) }
    #expect(sqlite3_exec(database, statement, nil, nil, nil) == SQLITE_OK)
  }

  /// Runs the verifier that shares no code with us.
  private func verified(_ words: [String], in folder: ExampleFolder) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["python3", repository.appendingPathComponent("docs/verify/verify.py").path]
      + words.dropFirst(2)
    process.currentDirectoryURL = folder.url
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self)
  }
}
