// Portfolios that ask something of all contracts together, in columns and by the interpreter: the
// same bytes, and the same ledger, by any number of threads.

import Foundation
import ProvisoCommandLine
import ProvisoKit
import ProvisoLedger
import ProvisoTestSupport
import Testing

@Suite struct InterpretedThreadsTests {
  private let scratch: SampleFolder
  private var folder: URL { scratch.url }

  /// A mission and a portfolio condition ask for all contracts together.
  private static let ruleset = """
    ruleset ports "Ports" { version "1" }
    contract { signed : date  grant : EUR  emissions : tCO2e by year  paid : EUR }
    mission clean "Half by 2030" {
      indicator   sum(c.emissions at period for c in contracts)
      baseline    2021
      target      50% reduction by 2030-12-31
      path        straight
      reported by "agency"
    }
    condition cap "No more is paid than was granted" {
      serves   clean
      requires paid <= grant
      on breach recall paid - grant
    }
    portfolio condition enough "Grants of at least ten thousand euros" {
      requires sum(c.grant for c in contracts) >= EUR 10_000
    }

    """

  init() throws {
    scratch = try SampleFolder()
    var random = SeededRandom(seed: 4)
    var lines: [String] = []
    for index in 0..<1_000 {
      // Some lines are broken, some empty, some have an id that was there before, some lack a fact.
      switch random.next() % 20 {
      case 0: lines.append("{\"id\": \"p\(index)\", \"grant\": 1")
      case 1: lines.append("")
      case 2: lines.append("{\"id\": \"p\(index / 2)\", \"grant\": 5}")
      case 3: lines.append("{\"id\": \"p\(index)\", \"grant\": \"many\"}")
      default:
        let paid = random.next() % 120
        lines.append(
          "{\"id\": \"p\(index)\", \"signed\": \"2021-03-01\", \"grant\": 100, \"paid\": \(paid), "
            + "\"emissions\": {\"2021\": 10, \"2022\": \(random.next() % 11)}}")
      }
    }
    try write(lines.joined(separator: "\n"), "ports.jsonl")
    try write(Self.ruleset, "ports.proviso")
    // Two versions are the interpreter's.
    for (name, span) in [("old", "until 2021-01-01"), ("new", "from 2021-01-01")] {
      try write(
        Self.ruleset.replacing(
          "version \"1\" }", with: "version \"\(name)\"\n  governs signed \(span)\n}"),
        "ports-\(name).proviso")
    }
    try write("ports-old.proviso\nports-new.proviso\n", "ports.editions")
  }

  private func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  @Test(arguments: ["ports.proviso", "ports.editions"])
  func theSameBytesByAnyNumberOfThreads(ruleset: String) throws {
    try runProviso(
      "ledger keygen --key a.key --origin bank.example/ports --output -", in: folder.path,
      endingWith: [0])
    var reports: Set<String> = []
    var files: [String: Set<Data>] = [:]
    for threads in [1, 2, 5] {
      try runProviso(
        "ledger init --ledger l\(threads) --key a.key", in: folder.path, endingWith: [0])
      let console = try runProviso(
        "batch \(ruleset) ports.jsonl --as-of 2023-06-30 --threads \(threads) --out out.csv "
          + "--rejects rejects.csv --summary summary.json --where cap=breached "
          + "--ledger l\(threads) --key a.key", in: folder.path, endingWith: [4])
      reports.insert(console.output)
      for name in ["out.csv", "rejects.csv", "summary.json"] {
        files[name, default: []].insert(try bytes(name))
      }
      let ledger = try Files(folder: folder.path).openLedger(named: "l\(threads)")
      let size = try ledger.size()
      #expect(size > 700)
      let leaves = try (0..<size).map { try ledger.leaf($0) }
      files["leaves", default: []].insert(Data(leaves.joined(separator: [0x0A])))
    }
    let report = try #require(reports.first)
    #expect(reports.count == 1)
    #expect(report.contains("clean") && report.contains("Rejected lines"))
    for (name, versions) in files { #expect(versions.count == 1, "\(name)") }
    #expect(files.count == 4)
  }
}
