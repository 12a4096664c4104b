// Runs the commands that the pages show and compares what they print with what the page says.

import Foundation
import ProvisoCommandLine
import Testing

/// Pages with ```console boxes: `$ proviso …`, then what it prints. Files come from boxes whose
/// opening fence says `file=NAME`; a page may also work in a folder of the repository.
private let pages: [(path: String, worksIn: String?)] = [
  ("docs/tutorial.md", nil),
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
    var commands = 0
    for fence in all.reversed() where fence.info.first == "console" {
      let shown = fence.body
      let command = try #require(shown.split(separator: "\n").first { $0.hasPrefix("$ proviso ") })
      let words = command.dropFirst("$ proviso ".count).split(separator: " ").map(String.init)
      let result = run(words, in: place.worksIn, or: folder)
      let printed = "\(command)\n\(result)"
      commands += 1
      if Self.rewrites {
        let body = printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.replaceSubrange(
          fence.bodyLines, with: body.last == "" ? Array(body.dropLast()) : body)
      } else {
        #expect(shown == printed, "\(path):\(fence.line)")
      }
    }
    #expect(commands > 0)
    if Self.rewrites {
      try lines.joined(separator: "\n").write(
        to: repository.appendingPathComponent(path), atomically: true, encoding: .utf8)
    }
  }

  /// What a command says on either stream, diagnostics first, as a terminal would show it.
  private func run(_ words: [String], in place: String?, or folder: ExampleFolder) -> String {
    guard let place else {
      let result = folder.run(words)
      return result.errors + result.output
    }
    let console = PageConsole(folder: repository.appendingPathComponent(place).path)
    _ = ProvisoCommandLine.run(words, on: console)
    return console.errors + console.output
  }
}
