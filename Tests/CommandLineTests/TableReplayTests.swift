// Results that were recorded out of tables: the same leaves in every way, and performed again.

import Foundation
import ProvisoCommandLine
import ProvisoKit
import ProvisoLedger
import ProvisoReports
import Testing

@Suite struct TableReplayTests {
  private let scratch: SampleFolder
  private var folder: URL { scratch.url }

  init() throws {
    scratch = try SampleFolder(copying: "grants")
    try proviso("ledger keygen --key a.key --origin bank.example/aid --output -", [0])
    for name in ["l", "one"] { try proviso("ledger init --ledger \(name) --key a.key", [0]) }
  }

  @discardableResult
  private func proviso(_ words: String, _ statuses: [Int32]) throws -> RecordingConsole {
    try runProviso(words, in: folder.path, endingWith: statuses)
  }

  private func leaves(_ name: String) throws -> [JSONValue] {
    let ledger = try Files(folder: folder.path).openLedger(named: name)
    return try (0..<(try ledger.size())).map { try #require(canonicalValue(try ledger.leaf($0))) }
  }

  private static let tables = "grants.csv --lists owners=owners.csv --mapping headers.csv"
  private static let question = "--as-of 2023-12-31 --key a.key"

  @Test func rowsAreFoundAgain() throws {
    try proviso("batch grants.proviso \(Self.tables) \(Self.question) --ledger l", [4])
    let count = try leaves("l").count
    #expect(count >= 3)
    let call = "replay --run 1 --ledger l --contracts"
    let found = try proviso("\(call) \(Self.tables)", [0])
    #expect(found.output == "\(count) entries: \(count) the same\n")
    // Without the files beside it the table holds other contracts of the same ids.
    let other = try proviso("\(call) grants.csv --mapping headers.csv", [3])
    #expect(other.output.contains("entry 0, run 1, `north`: not performed: the contract that was"))
    #expect(other.output.hasSuffix("\(count) entries: 0 the same, \(count) not performed\n"))
    try proviso("\(call) grants.jsonl --mapping headers.csv", [2])
  }

  @Test func rowsThatAreKeptNeedNoFile() throws {
    try proviso(
      "batch grants.proviso \(Self.tables) \(Self.question) --ledger l --keep-contracts", [4])
    let count = try leaves("l").count
    try proviso("ledger verify --ledger l", [0])
    let found = try proviso("replay --run 1 --ledger l", [0])
    #expect(found.output == "\(count) entries: \(count) the same\n")
  }

  /// In columns, by the interpreter, in lines of its own: one contract, one leaf.
  @Test func everyWayGivesTheSameLeaf() throws {
    try proviso("batch grants.proviso \(Self.tables) \(Self.question) --ledger l", [4])
    let inColumns = try leaves("l")
    for leaf in inColumns {
      let id = try #require(leaf["contract"]?["id"]?.string)
      try proviso(
        "check grants.proviso \(Self.tables) --id \(id) \(Self.question) --ledger one",
        [0, 1, 3, 4])
    }
    #expect(try leaves("one") == inColumns)
    // The digest is that of the rows: anybody can make it again.
    let rows = """
      id,signed,amount,country of home,jobs before,jobs now,remark
      north,2023-03-01,100000,DK,40,38,"kept, mostly"

      list owners
      id,country,share
      north,DK,60%
      north,PA,24.9

      mapping
      country of home,home
      jobs before,staff.before
      jobs now,staff.now

      """
    #expect(inColumns[0]["contract"]?["digest"]?.string == Digest(of: rows.utf8)?.text)
  }

  /// With a condition on the whole the interpreter decides, line by line.
  @Test func theInterpretersRunRecordsTheSameRows() throws {
    let text = try String(
      contentsOf: folder.appendingPathComponent("grants.proviso"), encoding: .utf8)
    let whole = """

      portfolio condition in_sum "All together get less than EUR 100 million" {
        requires sum(c.amount for c in contracts) <= EUR 100 million
      }

      """
    try Data((text + whole).utf8).write(to: folder.appendingPathComponent("whole.proviso"))
    for (ruleset, ledger) in [("grants", "l"), ("whole", "one")] {
      try proviso(
        "batch \(ruleset).proviso \(Self.tables) \(Self.question) --ledger \(ledger) "
          + "--keep-contracts", [1, 3, 4])
      try proviso("ledger verify --ledger \(ledger)", [0])
      try proviso("replay --run 1 --ledger \(ledger)", [0])
    }
    let contracts = try leaves("l").map { $0["contract"] }
    #expect(contracts.count >= 3)
    #expect(try leaves("one").map { $0["contract"] } == contracts)
  }

  /// Versions before took the JSON that a row stands for as its bytes.
  @Test func rowsThatWereRecordedAsJSONAreFoundToo() throws {
    let files = Files(folder: folder.path)
    let ruleset = try #require(try loadRuleset(named: "grants.proviso", from: files).ruleset)
    let mapping = try readMapping("headers.csv", LineReader("headers.csv", from: files))
    let portfolio = CsvPortfolio(
      table: "grants.csv", lists: [("owners", "owners.csv")], mapping: mapping)
    let pieces = try CsvPieces(portfolio, for: ruleset.checked) { (name) throws(FileFailure) in
      try LineReader(name, from: files)
    }
    let question = Question(asOf: try readDate("2023-12-31"))
    var leaves: [[UInt8]] = []
    while let line = pieces.nextLine() {
      guard case .line(_, let bytes) = line,
        let contract = try ruleset.contract(bytes, named: "a row").contract
      else { continue }
      leaves.append(ruleset.answer(contract, question).leaf)
    }
    #expect(leaves.count >= 3)
    let prepared = try files.prepareRecording(
      RecordingSettings(ledger: "l", key: "a.key", keepsContracts: false))
    let recorded = leaves
    let clock = { "2026-01-01T00:00:00Z" }
    let quiet: () -> Void = {}
    _ = try files.record(
      prepared, by: Editions(ruleset), question,
      source: RecordedSource(name: "grants.csv", digest: nil), now: clock, isWaiting: quiet
    ) { (recorder) throws(LedgerFailure) in
      for leaf in recorded { try recorder.record(leaf) }
      return RunEnd(counts: [], sourceDigest: nil)
    }
    let found = try proviso("replay --run 1 --ledger l --contracts \(Self.tables)", [0])
    #expect(found.output == "\(leaves.count) entries: \(leaves.count) the same\n")
  }
}
