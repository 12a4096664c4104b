// The verifier that shares no code with us, on real exports and on exports that were changed.

import Foundation
import ProvisoCommandLine
import Testing

@Suite struct VerifierTests {
  private let scratch: SampleFolder
  private var folder: URL { scratch.url }
  private static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  init() throws {
    scratch = try SampleFolder(copying: "")
    var commands = [
      "ledger keygen --key a.key --origin bank.example/aid --output a.pub",
      "ledger init --ledger a.ledger --key a.key",
    ]
    for contract in ["kept", "broken", "silent", "corrected", "kept"] {
      commands.append(
        "check jobs.proviso \(contract).json --as-of 2024-12-31 --ledger a.ledger --key a.key")
      commands.append("ledger checkpoint --ledger a.ledger --output \(contract).note")
    }
    commands.append("ledger export out --ledger a.ledger --entries 0,3,4 --since 1,3,5")
    for command in commands {
      let status = run(
        command.split(separator: " ").map(String.init), on: RecordingConsole(folder: folder.path))
      #expect([0, 1, 3].contains(status.rawValue), "\(command)")
    }
  }

  private func path(_ name: String) -> URL { folder.appendingPathComponent(name) }

  /// Whether the verifier says that everything holds.
  private func holds(_ arguments: [String] = []) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let script = VerifierTests.here.appendingPathComponent("../../docs/verify/verify.py").path
    process.arguments = ["python3", script, "out"] + arguments
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect([0, 1].contains(process.terminationStatus), "\(said)")
    #expect(!said.contains("Traceback"), "\(said)")
    return process.terminationStatus == 0
  }

  @Test func aRealExportHolds() throws {
    #expect(try holds())
    #expect(
      try holds(["--key", "a.pub", "--checkpoint", "broken.note", "--checkpoint", "silent.note"]))
    let lines = try String(contentsOf: path("out/entries.jsonl"), encoding: .utf8)
      .split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0] == lines[4])
  }

  @Test func theVerifierIsShortAndNeedsNothing() throws {
    let script = VerifierTests.here.appendingPathComponent("../../docs/verify/verify.py")
    let text = try String(contentsOf: script, encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 300)
    let imports = text.split(separator: "\n").filter { $0.hasPrefix("import ") }
      .map { String($0.dropFirst(7)) }
    let library: Set = [
      "argparse", "base64", "hashlib", "json", "pathlib", "subprocess", "sys", "tempfile",
    ]
    #expect(Set(imports).isSubset(of: library))
  }

  @Test func everyFileIsHeldToTheOthers() throws {
    let names = [
      "entries.jsonl", "checkpoint", "key", "proofs/entry-3.tlog-proof",
      "proofs/from-3.consistency-proof",
    ]
    var step = 0
    for name in names {
      let whole = try Data(contentsOf: path("out/\(name)"))
      // A few bytes of each, and its end.
      for place in stride(from: 3, to: whole.count, by: max(1, whole.count / 5)) {
        var changed = whole
        changed[place] ^= 1
        try changed.write(to: path("out/\(name)"))
        step += 1
        #expect(try !holds(), "\(name), byte \(place)")
      }
      try whole.dropLast().write(to: path("out/\(name)"))
      // The line end behind the key is no part of it.
      #expect(try holds() == (name == "key"), "\(name) without its last byte")
      try whole.write(to: path("out/\(name)"))
    }
    #expect(step > 20)
    #expect(try holds())
  }

  @Test func entriesThatWereMovedOrTakenAwayAreMissed() throws {
    let whole = try String(contentsOf: path("out/entries.jsonl"), encoding: .utf8)
    let lines = whole.split(separator: "\n").map { String($0) + "\n" }
    let changes: [[String]] = [
      Array(lines.dropLast()), Array(lines.dropFirst()), lines + [lines[0]], [], lines.reversed(),
      [lines[0], lines[2], lines[1], lines[3], lines[4]],
      lines.map { $0.replacing(",", with: ", ") },
      lines.map { $0.replacing("\"breached\"", with: "\"met\"") },
    ]
    for (number, changed) in changes.enumerated() {
      try changed.joined().write(
        to: path("out/entries.jsonl"), atomically: true, encoding: .utf8)
      #expect(try !holds(), "change \(number)")
    }
  }

  @Test func anotherKeyOrAnotherCheckpointDeniesIt() throws {
    for command in [
      "ledger keygen --key b.key --origin bank.example/other --output b.pub",
      "ledger init --ledger b.ledger --key b.key",
      "check jobs.proviso broken.json --as-of 2024-12-31 --ledger b.ledger --key b.key",
      "ledger checkpoint --ledger b.ledger --output b.note",
    ] {
      _ = run(
        command.split(separator: " ").map(String.init), on: RecordingConsole(folder: folder.path))
    }
    #expect(try !holds(["--key", "b.pub"]))
    #expect(try !holds(["--checkpoint", "b.note"]))
    #expect(try holds(["--checkpoint", "broken.note"]))
    // A later checkpoint than the export's: the export is an older state, and says so.
    _ = run(
      "check jobs.proviso broken.json --as-of 2024-12-31 --ledger a.ledger --key a.key"
        .split(separator: " ").map(String.init), on: RecordingConsole(folder: folder.path))
    _ = run(
      "ledger checkpoint --ledger a.ledger --output later.note".split(separator: " ").map(
        String.init),
      on: RecordingConsole(folder: folder.path))
    #expect(try !holds(["--checkpoint", "later.note"]))
  }
}
