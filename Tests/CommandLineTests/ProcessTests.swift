// The process itself: what only shows when `proviso` runs as one.

import Foundation
import ProvisoCommandLine
import Testing

@Suite struct ProcessTests {
  private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Samples").path

  /// The binary beside the one that runs the tests.
  private static let binary = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("proviso").path

  private struct Ending: Equatable {
    let output: String
    let errors: String
    let status: Int32
  }

  /// Runs a shell command in the samples, `proviso` being the binary.
  private func shell(_ command: String) throws -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "proviso() { '\(Self.binary)' \"$@\"; }; \(command)"]
    process.currentDirectoryURL = URL(fileURLWithPath: Self.samples)
    var variables = ProcessInfo.processInfo.environment
    variables["NO_COLOR"] = nil
    process.environment = variables
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Ending(
      output: String(decoding: said, as: UTF8.self),
      errors: String(decoding: complained, as: UTF8.self), status: process.terminationStatus)
  }

  /// Each process seeds its dictionaries anew, so an order taken from one would show here.
  @Test(arguments: ["json", "text", "html", "md"])
  func everyProcessPrintsTheSameBytes(_ format: String) throws {
    let command = "proviso explain jobs.proviso broken.json --as-of 2024-12-31 --format \(format)"
    let first = try shell(command)
    #expect(first.status == 1)
    #expect(!first.output.isEmpty)
    for _ in 0..<4 { #expect(try shell(command) == first) }
  }

  @Test func everyProcessFindsTheSameMistakes() throws {
    for command in [
      "proviso check mistakes.proviso", "proviso check jobs.proviso wrong.json --as-of 2024-12-31",
      "proviso schema jobs.proviso",
    ] {
      let first = try shell(command)
      for _ in 0..<4 { #expect(try shell(command) == first) }
    }
  }

  @Test func theStatusIsTheProcess() throws {
    for (contract, status) in [("kept", 0), ("broken", 1), ("wrong", 2), ("silent", 3), ("old", 4)]
    {
      let ending = try shell("proviso check jobs.proviso \(contract).json --as-of 2024-12-31")
      #expect(ending.status == Int32(status), "\(contract)")
    }
  }

  @Test func resultsAndDiagnosticsGoDifferentWays() throws {
    let refused = try shell("proviso check jobs.proviso wrong.json --as-of 2024-12-31")
    #expect(refused.output.isEmpty)
    #expect(refused.errors.contains("error["))
    let checked = try shell("proviso check jobs.proviso kept.json --as-of 2024-12-31")
    #expect(checked.errors.isEmpty)
    // Neither stream is a terminal, so neither is coloured.
    #expect(!checked.output.contains("\u{1B}") && !refused.errors.contains("\u{1B}"))
  }

  @Test func aReaderThatGoesAwayTakesNothingFromTheVerdict() throws {
    let ending = try shell(
      """
      proviso explain jobs.proviso broken.json --as-of 2024-12-31 --format html | true
      echo ${PIPESTATUS[0]}
      """)
    #expect(ending.output == "1\n")
    #expect(ending.errors.isEmpty)
  }

  @Test func resultsThatCannotBeWrittenAreAsGoodAsNone() throws {
    for target in [">&-", "> /dev/full"] {
      let ending = try shell(
        "proviso check jobs.proviso kept.json --as-of 2024-12-31 \(target)")
      #expect(ending.status == 2, "\(target)")
      #expect(ending.errors.contains("cannot be written"), "\(target)")
    }
  }

  @Test func theSchemaGoesToAPipe() throws {
    let ending = try shell(
      "cat kept.json | proviso check jobs.proviso /dev/stdin --as-of 2024-12-31")
    #expect(ending.status == 0)
    #expect(ending.output.contains("met"))
  }

  @Test func completionsCompleteInBash() throws {
    func offered(_ words: String) throws -> [Substring] {
      let ending = try shell(
        """
        source <(proviso completions bash)
        COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _proviso; printf '%s\\n' "${COMPREPLY[@]}"
        """)
      #expect(ending.errors.isEmpty)
      return ending.output.split(separator: "\n")
    }
    #expect(try offered("proviso ex") == ["explain"])
    #expect(try offered("proviso check --as") == ["--as-of"])
    #expect(try offered("proviso explain a b --format h") == ["html"])
    #expect(try offered("proviso completions f") == ["fish"])
    #expect(try offered("proviso check jobs.p") == ["jobs.proviso"])
    #expect(try offered("proviso check a b --as-of 2").isEmpty)
  }
}
