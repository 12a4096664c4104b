// Performing recorded results again: what is the same, what is told of what is not.

import Foundation
import ProvisoKit
import ProvisoLedger
import ProvisoLog
import ProvisoSource
import Testing

@Suite struct ReplayTests {
  private static let ruleset = """
    ruleset jobs "Jobs" {
      version "1"
    }

    contract {
      signed : date
      jobs   : FTE
    }

    condition enough_jobs "There are ten jobs" {
      tested    on signed
      requires  jobs >= 10 FTE
    }

    """

  private let scratch = try? ScratchFolder()

  private func files() throws -> Files { Files(folder: try #require(scratch).path) }

  private func ledger() throws -> (Files, LoadedRuleset, PreparedRecording) {
    let files = try files()
    let key = try files.makeKey(
      named: "a.key", for: "replay.example", seed: [UInt8](repeating: 3, count: 32))
    try files.makeLedger(named: "a.ledger", key: key, now: "2026-01-01T00:00:00Z")
    let source = SourceFile(
      id: SourceID(0), name: "jobs.proviso", bytes: Array(ReplayTests.ruleset.utf8))
    let loading = try loadRuleset(source, from: files)
    let ruleset = try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))")
    let settings = RecordingSettings(ledger: "a.ledger", key: "a.key", keepsContracts: true)
    return (files, ruleset, try files.prepareRecording(settings))
  }

  private func contract(_ jobs: Int) -> [UInt8] {
    Array("{\"id\": \"mill\", \"signed\": \"2021-03-01\", \"jobs\": \(jobs)}".utf8)
  }

  /// Records results; what is recorded may be changed on the way.
  private func record(
    _ jobs: [Int], keeps: Bool = true, change: @Sendable ([UInt8]) -> [UInt8] = { $0 }
  ) throws -> Files {
    let (files, ruleset, prepared) = try ledger()
    let question = Question(asOf: try readDate("2024-12-31"))
    let answers = try jobs.map { count in
      let bytes = contract(count)
      let loaded = try #require(try ruleset.contract(bytes, named: "mill.json").contract)
      return (change(ruleset.answer(loaded, question).leaf), bytes)
    }
    let clock = { "2026-01-01T00:00:00Z" }
    let quiet: () -> Void = {}
    _ = try files.record(
      prepared, by: Editions(ruleset), question,
      source: RecordedSource(name: "mill.json", digest: nil), now: clock, isWaiting: quiet
    ) { (recorder) throws(LedgerFailure) in
      for (leaf, bytes) in answers { try recorder.record(leaf, contract: keeps ? bytes : nil) }
      return RunEnd(counts: [], sourceDigest: nil)
    }
    return files
  }

  private func replay(
    _ files: Files, _ position: Int, _ given: GivenContracts? = nil
  ) throws -> ReplayOutcome {
    let ledger = try files.openLedger(named: "a.ledger")
    return try Replayer(ledger, named: "a.ledger", contracts: given).replay(position).replay
  }

  @Test func whatIsKeptComesOutTheSame() throws {
    let files = try record([12, 8])
    for position in 0..<2 {
      guard case .same = try replay(files, position) else {
        Issue.record("entry \(position) differs")
        continue
      }
    }
    #expect(try files.verifyLedger(named: "a.ledger", VerificationKnowledge()).findings.isEmpty)
  }

  /// What another engine might have recorded: the difference is told, down to the step.
  @Test func aDifferenceIsExplained() throws {
    let files = try record([8]) { leaf in
      let text = String(decoding: leaf, as: UTF8.self)
      return Array(text.replacing("\"breached\"", with: "\"met\"").utf8)
    }
    guard case .different(let differences, let step) = try replay(files, 0) else {
      Issue.record("no difference is found")
      return
    }
    #expect(
      differences.map(\.what) == [
        "the outcome", "condition `enough_jobs`", "condition `enough_jobs`, test 2021-03-01",
      ])
    #expect(Set(differences.map(\.recorded)) == ["met"])
    #expect(Set(differences.map(\.found)) == ["breached"])
    #expect(step?.path.map(\.label) == ["the test", "`jobs >= 10 FTE`"])
    #expect(step?.path.map(\.recorded) == ["met", "held"])
    #expect(step?.path.map(\.found) == ["breached", "does not hold"])
    #expect(step?.beneath == ["`jobs` is 8 FTE"])
  }

  @Test func aContractThatIsNotKeptIsLookedForByItsDigest() throws {
    let files = try record([12], keeps: false)
    guard case .contractMissing = try replay(files, 0) else {
      Issue.record("it was performed without its contract")
      return
    }
    let other = GivenContracts(contract(13), named: "mill.json")
    guard case .contractChanged(let digest) = try replay(files, 0, other) else {
      Issue.record("a changed contract is not told from a missing one")
      return
    }
    #expect(digest == Digest.contract(contract(13))?.text)
    let portfolio = GivenContracts(
      contract(11) + [0x0A] + contract(12) + [0x0A], named: "portfolio.jsonl")
    guard case .same = try replay(files, 0, portfolio) else {
      Issue.record("the contract is not found in a portfolio")
      return
    }
  }

  /// A file of any size is read as far as it takes: a large one would not fit into memory.
  @Test func largeFilesAreReadAsFarAsItTakes() throws {
    let files = try record([12], keeps: false)
    let path = try #require(scratch).path + "/large.jsonl"
    try Data(contract(12) + [0x0A]).write(to: URL(fileURLWithPath: path))
    #expect(truncate(path, Files.contractLimitBytes + (1 << 20)) == 0)
    let given = GivenContracts("large.jsonl", from: files)
    guard case .same = try replay(files, 0, given) else {
      Issue.record("the contract is not found in a large file")
      return
    }
  }

  /// Contracts in any order, some entries together: each is found, and told in the entries' order.
  @Test(arguments: [1, 2, 3, 100])
  func contractsMayComeInAnyOrder(groupSize: Int) throws {
    let recorded = [12, 8, 30, 12, 9, 40, 41]
    let files = try record(recorded, keeps: false)
    // Those with 9 and 40 are not given.
    var lines: [UInt8] = []
    for jobs in [41, 7, 12, 30, 8, 6] { lines += contract(jobs) + [0x0A] }
    let ledger = try files.openLedger(named: "a.ledger")
    let replayer = try Replayer(
      ledger, named: "a.ledger", contracts: GivenContracts(lines, named: "all.jsonl"),
      groupSize: groupSize)
    var told: [String] = []
    try replayer.replay(0..<recorded.count) { entry in
      switch entry.replay {
      case .same: told.append("\(entry.position) same")
      case .contractChanged(let digest):
        // The first of the file that has the id.
        #expect(digest == Digest.contract(contract(41))?.text)
        told.append("\(entry.position) changed")
      default: told.append("\(entry.position) otherwise")
      }
    }
    #expect(
      told == ["0 same", "1 same", "2 same", "3 same", "4 changed", "5 changed", "6 same"])
  }

  @Test func restatedFactsShowWhatFallsWithTheOldOnes() throws {
    let files = try record([12, 12])
    let ledger = try files.openLedger(named: "a.ledger")
    let replayer = try Replayer(ledger, named: "a.ledger")
    let knownAt = try readDate("2026-01-01")
    let fallen = try replayer.affected(
      by: contract(9), knownAt: knownAt, in: ledger, named: "a.ledger")
    #expect(fallen.contract == "mill" && fallen.entryCount == 2)
    #expect(fallen.changed.map(\.entry.position) == [0, 1])
    #expect(fallen.changed.first?.differences.first?.recorded == "met")
    #expect(fallen.changed.first?.differences.first?.found == "breached")
    let standing = try replayer.affected(
      by: contract(11), knownAt: knownAt, in: ledger, named: "a.ledger")
    #expect(standing.changed.isEmpty && standing.refused.isEmpty)
  }

  /// A key that others may read, or that is not one, is refused.
  @Test func keysAreRefusedBeforeAnythingIsDone() throws {
    let (files, _, _) = try ledger()
    let path = try #require(scratch).path
    chmod(path + "/a.key", 0o644)
    #expect(throws: LedgerAccessFailure.self) { try files.key(named: "a.key") }
    chmod(path + "/a.key", 0o600)
    #expect(throws: Never.self) { try files.key(named: "a.key") }
    #expect(throws: LedgerAccessFailure.self) {
      try files.makeKey(named: "a.key", for: "x", seed: [UInt8](repeating: 3, count: 32))
    }
    #expect(throws: LedgerAccessFailure.self) {
      try files.makeLedger(
        named: "a.ledger", key: files.key(named: "a.key"), now: "2026-01-01T00:00:00Z")
    }
  }
}
