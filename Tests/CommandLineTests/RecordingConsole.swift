// A console that keeps what is said to it, for tests.

import ProvisoCommandLine
import ProvisoKit
import Testing

/// Keeps the words of a command, and gives it the input of a test.
final class RecordingConsole: Console {
  private(set) var output = ""
  private(set) var errors = ""
  let files: Files
  private let input: [UInt8]
  private let isTerminal: Bool

  /// A console in a folder.
  init(folder: String, input: String = "", isTerminal: Bool = false) {
    files = Files(folder: folder)
    self.input = Array(input.utf8)
    self.isTerminal = isTerminal
  }

  func write(_ text: String, to stream: OutputStream) {
    switch stream {
    case .output: output += text
    case .errors: errors += text
    }
  }

  /// One moment and one seed, so that what is signed is the same each time.
  let now = "2026-06-30T09:00:00Z"

  func seed() -> [UInt8]? { [UInt8](repeating: 42, count: 32) }

  func usesColour(on stream: OutputStream) -> Bool { isTerminal }

  func readInput(limitBytes: Int) -> DescriptorReading {
    input.count > limitBytes ? .tooLarge : .bytes(input)
  }
}

/// Runs `proviso` in a folder, and holds the exit status to those that are expected.
@discardableResult
func runProviso(
  _ words: String, in folder: String, endingWith statuses: [Int32]
) throws -> RecordingConsole {
  let console = RecordingConsole(folder: folder)
  let status = run(words.split(separator: " ").map(String.init), on: console)
  #expect(statuses.contains(status.rawValue), "\(words): \(console.errors)")
  return console
}
