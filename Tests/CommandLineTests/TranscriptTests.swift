// Plays every transcript, each in a fresh copy of the samples.

import Foundation
import ProvisoCommandLine
import Testing

@Suite struct TranscriptTests {
  private static let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  static let names: [String] = {
    let folder = home.appendingPathComponent("Transcripts").path
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return found.filter { $0.hasSuffix(".transcript") }.sorted()
  }()

  /// With `PROVISO_UPDATE=1` the transcripts are rewritten: then read the difference.
  @Test(arguments: names)
  func saysWhatItSaid(_ name: String) throws {
    let url = Self.home.appendingPathComponent("Transcripts").appendingPathComponent(name)
    let transcript = Transcript(try String(contentsOf: url, encoding: .utf8))
    #expect(!transcript.parts.isEmpty)

    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("proviso-\(UUID().uuidString)")
    try FileManager.default.copyItem(
      at: Self.home.appendingPathComponent("Samples"), to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }

    let steps = transcript.parts.map { play($0.step.command, in: folder.path) }
    if ProcessInfo.processInfo.environment["PROVISO_UPDATE"] == "1" {
      try transcript.text(with: steps).write(to: url, atomically: true, encoding: .utf8)
      return
    }
    for (part, step) in zip(transcript.parts, steps) {
      #expect(step.text == part.step.text, "\(name): \(step.command)")
    }
  }

  @Test func everyVerbHasATranscript() {
    let verbs = [
      "check", "explain", "batch", "compare", "test", "fmt", "schema", "replay", "ledger",
      "completions", "help", "version",
    ]
    for verb in verbs { #expect(Self.names.contains("\(verb).transcript"), "\(verb)") }
  }

  @Test func everyExitStatusIsSeen() throws {
    var seen: Set<Int32> = []
    for name in Self.names {
      let url = Self.home.appendingPathComponent("Transcripts").appendingPathComponent(name)
      let transcript = Transcript(try String(contentsOf: url, encoding: .utf8))
      seen.formUnion(transcript.parts.map(\.step.status))
    }
    #expect(seen.isSuperset(of: [0, 1, 2, 3, 4]))
  }

  @Test func aTranscriptIsReadAsItIsWritten() {
    let text = """
      # A remark.
      $ proviso version
      > proviso 0
      >
      ! oh
      ? 3

      # The end.

      """
    let transcript = Transcript(text)
    #expect(
      transcript.parts.map(\.step) == [
        TranscriptStep(
          command: "proviso version", output: "proviso 0\n\n", errors: "oh\n", status: 3)
      ])
    #expect(transcript.text(with: transcript.parts.map(\.step)) == text)
  }
}
