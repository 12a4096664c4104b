// Processes that are killed while they record, and processes that record at once.

import Foundation
import ProvisoKit
import ProvisoLedger
import Testing

@Suite struct KilledProcessTests {
  /// The drill beside the program that runs the tests.
  private static let drill = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("LedgerDrill")

  private func start(_ arguments: [String]) throws -> (process: Process, output: Pipe) {
    let process = Process()
    process.executableURL = KilledProcessTests.drill
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    return (process, output)
  }

  private func words(_ pipe: Pipe) -> String {
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  /// A slice of 500, which `make torture` takes whole: seeds decide the moments. Every 25 kills
  /// have a ledger of their own, so that verifying it after each does not take ever longer.
  /// Half of the processes record whole results, half record in columns, from lines on.
  @Test(arguments: isTorture ? Array(0..<20) : [0, 1])
  func noCommittedRunIsLostWhenTheProcessIsKilled(_ part: Int) throws {
    let word = part % 2 == 0 ? "runs" : "columns"
    let resumeWord = part % 2 == 0 ? "resume" : "resume-columns"
    let small = try SmallLedger()
    let name = small.folder.appendingPathComponent("killed.ledger").path
    let first = try start([word, name, "1", "120"])
    first.process.waitUntilExit()
    #expect(first.process.terminationStatus == 0)
    var closed = 1
    var wereIncomplete = 0
    var resumed = 0
    var dice = Dice(seed: 3 + UInt64(part))
    for kill in 0..<(isTorture ? 25 : 12) {
      let running = try start([word, name, "1000", "120"])
      // Mostly some time behind the first run that it closes, and sometimes while it starts.
      var said = Data()
      if kill % 5 > 0 { said = running.output.fileHandleForReading.availableData }
      usleep(useconds_t(dice.next(below: kill % 5 > 0 ? 60_000 : 120_000)))
      Foundation.kill(running.process.processIdentifier, SIGKILL)
      running.process.waitUntilExit()
      let rest = running.output.fileHandleForReading.readDataToEndOfFile()
      closed += String(decoding: said + rest, as: UTF8.self).split(separator: "\n").count

      // The ledger opens and verifies; at most one run is open, and none that was closed is gone.
      let found = try Files().verifyLedger(named: name, VerificationKnowledge())
      #expect(!found.isWrong, "kill \(kill): \(found.findings)")
      let runs = try Files().openLedger(named: name).runs()
      let open = runs.count { $0.closing == nil }
      #expect(open <= 1)
      #expect(found.isIncomplete == (open == 1))
      wereIncomplete += open
      // A run may be closed and the process killed before it says so.
      let whole = runs.filter { $0.closing?.isCutOff == false }
      #expect(whole.count >= closed, "kill \(kill)")
      #expect(whole.allSatisfy { $0.closing?.entries == 120 })
      closed = whole.count
      // Every third kill, a run that was cut off goes on, with the entries it would have had.
      if open == 1, kill % 3 == 0 || resumed == 0, let cut = runs.last?.opening {
        let resuming = try start([resumeWord, name, "1", "120"])
        resuming.process.waitUntilExit()
        #expect(words(resuming.output).hasPrefix("run \(cut.number) closed, "), "kill \(kill)")
        let ledger = try Files().openLedger(named: name)
        #expect(try ledger.run(cut.number).closing?.entries == 120)
        for place in [0, 49, 50, 119] {
          #expect(try ledger.leaf(cut.first + place) == ledger.leaf(place), "kill \(kill)")
        }
        resumed += 1
        closed += 1
      }
    }
    #expect(wereIncomplete > 0 && resumed > 0)
    if isTorture {
      print(
        "kills, part \(part), \(word): 25 processes killed, \(closed) runs whole, "
          + "\(wereIncomplete) cut off, \(resumed) of these resumed, nothing lost")
    }
    // What is still open is closed, and the ledger goes on.
    let last = try start([word, name, "1", "5"])
    last.process.waitUntilExit()
    let found = try Files().verifyLedger(named: name, VerificationKnowledge())
    #expect(!found.isWrong && !found.isIncomplete)
  }

  @Test(arguments: [2, 8])
  func processesThatRecordAtOnceWaitForEachOther(_ count: Int) throws {
    let small = try SmallLedger()
    let name = small.folder.appendingPathComponent("shared.ledger").path
    let first = try start(["runs", name, "1", "3"])
    first.process.waitUntilExit()
    let running = try (0..<count).map { number in
      try start([number % 2 == 0 ? "columns" : "runs", name, "4", "60"])
    }
    for one in running {
      one.process.waitUntilExit()
      #expect(one.process.terminationStatus == 0)
      #expect(words(one.output).split(separator: "\n").count == 4)
    }
    let found = try Files().verifyLedger(named: name, VerificationKnowledge())
    #expect(!found.isWrong && !found.isIncomplete, "\(found.findings)")
    #expect(found.runCount == 1 + 4 * count)
    #expect(found.entryCount == 3 + 4 * count * 60)
  }

  /// A disk that is really full, where this machine lets a test have one of its own.
  @Test(arguments: ["runs", "columns"])
  func aSmallDiskThatFillsUpLosesNothing(_ word: String) throws {
    let small = try SmallLedger()
    let script = """
      mkdir small && mount -t tmpfs -o size=600k none small || exit 77
      '\(KilledProcessTests.drill.path)' \(word) small/x.ledger 1 50 || exit 1
      '\(KilledProcessTests.drill.path)' \(word) small/x.ledger 400 200 > said && exit 2
      cp small/x.ledger* .
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = ["-r", "-m", "/bin/bash", "-c", script]
    process.currentDirectoryURL = small.folder
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return }
    process.waitUntilExit()
    guard process.terminationStatus != 77, process.terminationStatus != 1 else { return }
    #expect(process.terminationStatus == 0)
    let said = try String(
      contentsOf: small.folder.appendingPathComponent("said"), encoding: .utf8)
    #expect(said.contains("full"))
    let name = small.folder.appendingPathComponent("x.ledger").path
    let found = try Files().verifyLedger(named: name, VerificationKnowledge())
    #expect(!found.isWrong, "\(found.findings)")
    #expect(found.runCount >= said.split(separator: "\n").count { $0.contains("closed") })
  }
}
