// Runs the commands that the pages of the shipped rulesets show, and compares what they print.

import Foundation
import ProvisoCommandLine
import Testing

/// Every literate ruleset of the repository, by its path, in order.
private let rulesetPages: [String] = {
  let folder = repository.appendingPathComponent("rulesets").path
  let all = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
  return all.filter { $0.hasSuffix(".proviso.md") }.sorted().map { "rulesets/\($0)" }
}()

@Suite("The pages of the shipped rulesets")
struct RulesetPagesTests {
  /// With PROVISO_UPDATE=1 the pages are rewritten; read the difference before committing it.
  private static let rewrites = ProcessInfo.processInfo.environment["PROVISO_UPDATE"] == "1"

  @Test("commands print what the page shows", arguments: rulesetPages)
  func commandsPrintWhatThePageShows(path: String) throws {
    let text = try page(path)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for fence in fences(of: text).reversed() where fence.info.first == "console" {
      let command = commandLines(of: fence)
      let printed = command.joined(separator: "\n") + "\n" + answer(to: command)
      if Self.rewrites {
        let body = printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.replaceSubrange(
          fence.bodyLines, with: body.last == "" ? Array(body.dropLast()) : body)
      } else {
        #expect(fence.body == printed, "\(path):\(fence.line)")
      }
    }
    if Self.rewrites {
      try lines.joined(separator: "\n").write(
        to: repository.appendingPathComponent(path), atomically: true, encoding: .utf8)
    }
  }

  /// The command of a box, with the lines that a `\` at the end of one continues.
  private func commandLines(of fence: Fence) -> [String] {
    var command: [String] = []
    for line in fence.body.split(separator: "\n").map(String.init) {
      command.append(line)
      if !line.hasSuffix("\\") { break }
    }
    return command
  }

  /// What the command says on either stream, diagnostics first. A page is part of its ruleset's
  /// digest and cannot contain it, so that a `…` stands in its place.
  private func answer(to command: [String]) -> String {
    let words = command.flatMap { $0.split(separator: " ").map(String.init) }.filter { $0 != "\\" }
    let console = PageConsole(folder: repository.path)
    _ = ProvisoCommandLine.run(Array(words.dropFirst(2)), on: console)
    return (console.errors + console.output)
      .replacing(#/(?<before>ruleset .*sha256:)[0-9a-f]{64}/#) { $0.before + "…" }
  }
}
