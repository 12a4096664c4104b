// What a run says of the files that its contracts were read from.

import Foundation
import ProvisoCommandLine
import ProvisoKit
import ProvisoLedger
import Testing

@Suite struct RecordedSourceTests {
  private let scratch: SampleFolder
  private var folder: URL { scratch.url }

  init() throws {
    scratch = try SampleFolder(copying: "grants")
    try proviso("ledger keygen --key a.key --origin bank.example/aid --output -", [0])
    try proviso("ledger init --ledger l --key a.key", [0])
  }

  @discardableResult
  private func proviso(_ words: String, _ statuses: [Int32]) throws -> RecordingConsole {
    try runProviso(words, in: folder.path, endingWith: statuses)
  }

  private func digest(_ name: String) throws -> String {
    try Files(folder: folder.path).digest(of: name).text
  }

  private func lastRun() throws -> RecordedRun {
    try #require(try Files(folder: folder.path).openLedger(named: "l").runs().last)
  }

  private static let question = "--as-of 2023-12-31 --ledger l --key a.key"

  /// Anybody can make the digest again: it is that of a few lines of text.
  @Test func aTableIsRecordedWithEveryFileThatWasGiven() throws {
    let call = "batch grants.proviso grants.csv --lists owners=owners.csv --mapping headers.csv"
    try proviso("\(call) \(Self.question)", [4])
    let text = """
      proviso-source-1
      table \(try digest("grants.csv"))
      list owners \(try digest("owners.csv"))
      mapping \(try digest("headers.csv"))

      """
    let expected = try #require(Digest(of: text.utf8)).text
    let run = try lastRun()
    #expect(run.opening.sourceDigest == expected)
    #expect(run.closing?.sourceDigest == expected)
    #expect(run.opening.source == "grants.csv, owners=owners.csv, mapping=headers.csv")
  }

  @Test func anotherListIsAnotherSource() throws {
    let call = "batch grants.proviso grants.csv --lists owners=owners.csv --mapping headers.csv"
    try proviso("\(call) \(Self.question)", [4])
    let before = try lastRun().opening.sourceDigest
    let owners = folder.appendingPathComponent("owners.csv")
    let text = try String(contentsOf: owners, encoding: .utf8)
    try Data((text + "\n").utf8).write(to: owners)
    try proviso("\(call) \(Self.question)", [4])
    #expect(try lastRun().opening.sourceDigest != before)
  }

  @Test func oneFileIsRecordedWithItsOwnDigest() throws {
    try proviso("batch grants.proviso grants.jsonl \(Self.question)", [4])
    let run = try lastRun()
    #expect(run.opening.sourceDigest == (try digest("grants.jsonl")))
    #expect(run.closing?.sourceDigest == run.opening.sourceDigest)
    #expect(run.opening.source == "grants.jsonl")
  }
}
