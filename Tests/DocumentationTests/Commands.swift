// Runs `proviso` commands inside the test process, in a folder of the test's own.

import Foundation
import ProvisoCommandLine
import ProvisoKit

/// Keeps what a command says.
final class PageConsole: Console {
  private(set) var output = ""
  private(set) var errors = ""
  let files: Files

  init(folder: String) { files = Files(folder: folder) }

  func write(_ text: String, to stream: ProvisoCommandLine.OutputStream) {
    switch stream {
    case .output: output += text
    case .errors: errors += text
    }
  }

  /// One moment and one seed, so that what is signed is the same each time.
  let now = "2026-06-30T09:00:00Z"

  func seed() -> [UInt8]? { [UInt8](repeating: 42, count: 32) }

  func usesColour(on stream: ProvisoCommandLine.OutputStream) -> Bool { false }

  func readInput(limitBytes: Int) -> DescriptorReading { .bytes([]) }
}

/// A folder that is removed with the value that made it.
final class ExampleFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("proviso-examples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, as name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// Runs a command, given without the word `proviso`.
  func run(_ arguments: [String]) -> (status: Int32, output: String, errors: String) {
    let console = PageConsole(folder: url.path)
    let status = ProvisoCommandLine.run(arguments, on: console)
    return (status.rawValue, console.output, console.errors)
  }
}
