// The same contract gives the same leaf, whether it is checked alone or in a portfolio.

import Foundation
import ProvisoCommandLine
import ProvisoKit
import ProvisoLedger
import ProvisoReports
import Testing

@Suite struct SameLeafTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private let scratch: SampleFolder
  private var folder: URL { scratch.url }

  init() throws {
    scratch = try SampleFolder()
  }

  @discardableResult
  private func proviso(_ words: String, _ statuses: [Int32]) throws -> RecordingConsole {
    try runProviso(words, in: folder.path, endingWith: statuses)
  }

  private func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  /// Every leaf of a ledger, by its contract's digest.
  private func leaves(_ name: String) throws -> [String: [UInt8]] {
    let ledger = try Files(folder: folder.path).openLedger(named: name)
    var leaves: [String: [UInt8]] = [:]
    for position in 0..<(try ledger.size()) {
      let leaf = try ledger.leaf(position)
      let digest = try #require(canonicalValue(leaf)?["contract"]?["digest"]?.string)
      #expect(leaves.updateValue(leaf, forKey: digest) == nil)
    }
    return leaves
  }

  /// Checks contracts one by one, in a portfolio of all, and each in a portfolio of its own.
  ///
  /// - Returns: The outcomes that occurred, of contracts and of their conditions.
  private func compare(_ ruleset: String, _ contracts: [String], asOf: String) throws -> Set<String>
  {
    for old in ["a.key", "alone", "all", "each"] {
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(old))
    }
    try proviso("ledger keygen --key a.key --origin bank.example/aid --output -", [0])
    for name in ["alone", "all", "each"] {
      try proviso("ledger init --ledger \(name) --key a.key", [0])
    }
    let question = "--as-of \(asOf) --key a.key --ledger"
    for contract in contracts {
      try write(contract, "one.json")
      // What is no contract is refused by itself, and rejected in a portfolio.
      try proviso("check \(ruleset) one.json \(question) alone", [0, 1, 2, 3, 4])
      try write(contract + "\n", "one.jsonl")
      try proviso("batch \(ruleset) one.jsonl \(question) each", [0, 1, 3, 4])
    }
    try write(contracts.map { $0 + "\n" }.joined(), "all.jsonl")
    try proviso("batch \(ruleset) all.jsonl \(question) all", [0, 1, 3, 4])
    let alone = try leaves("alone")
    #expect(!alone.isEmpty)
    #expect(try leaves("each") == alone)
    #expect(try leaves("all") == alone)
    for name in ["alone", "all", "each"] { try proviso("ledger verify --ledger \(name)", [0]) }
    var outcomes: Set<String> = []
    for leaf in alone.values.map({ canonicalValue($0) }) {
      outcomes.insert(leaf?["outcome"]?.string ?? "?")
      for condition in leaf?["conditions"]?.elements ?? [] {
        outcomes.insert(condition["outcome"]?.string ?? "?")
        for amount in condition["amounts"]?.elements ?? [] {
          outcomes.insert(amount["amount"]?.string == "unknown" ? "unknown amount" : "amount")
        }
      }
      for result in leaf?["determinations"]?.elements ?? [] {
        outcomes.insert(result["value"]?.string == "unknown" ? "unknown value" : "value")
      }
    }
    return outcomes
  }

  @Test func everyKindOfOutcomeAndAmount() throws {
    try write(
      """
      ruleset jobs "Jobs" {
        version "1"
      }

      contract {
        signed    : date
        disbursed : EUR
        jobs      : FTE by year
        note      : text
      }

      condition jobs_kept "Ten jobs each year" {
        tested    yearly from 2022 to 2023
        requires  jobs at period >= 10 FTE
        on breach recall 10% of disbursed
      }

      condition later "Twelve jobs in 2030" {
        tested    on 2030-12-31
        requires  jobs at 2030 >= 12 FTE
      }

      """, "jobs.proviso")
    let contracts = [
      #"{"id":"a","signed":"2021-03-01","disbursed":"EUR 250000","jobs":{"2022":12,"2023":12}}"#,
      #"{"id":"b","signed":"2021-03-01","disbursed":"EUR 1234.56","jobs":{"2022":9,"2023":12}}"#,
      #"{"id":"c","signed":"2021-03-01","disbursed":"EUR 250000","jobs":{"2023":12}}"#,
      #"{"id":"d \" \\ \u00e9","signed":"2021-03-01","jobs":{"2022":1,"2023":2}}"#,
      #"  {"id":"e","signed":"2021-03-01","disbursed":"EUR 333.33","jobs":{"2022":9,"2023":9}}  "#,
      #"{"id":"f","signed":"2021-03-01","disbursed":"EUR 5","jobs":{}}"#,
    ]
    let outcomes = try compare(
      "jobs.proviso", contracts, asOf: "2024-06-30")
    #expect(
      outcomes.isSuperset(of: [
        "met", "breached", "undetermined", "pending", "amount", "unknown amount",
      ]),
      "\(outcomes)")
  }

  /// Rulesets that are shipped, on their contracts: versions, determinations, lists, periods.
  @Test(arguments: [
    ("limited-aid/limited-aid.editions", "limited-aid/grants.jsonl", "2022-06-30"),
    ("camden-estates/camden-estates.proviso.md", "camden-estates/estates.jsonl", "2024-12-31"),
    ("eu-ets/eu-ets.proviso.md", "eu-ets/sample.jsonl", "2024-12-31"),
    ("national-path/national-path.proviso.md", "national-path/sample.jsonl", "2024-12-31"),
    ("world-bank-loans/world-bank-loans.proviso.md", "world-bank-loans/sample.jsonl", "2024-12-31"),
    ("tax-havens/tax-havens.proviso.md", "tax-havens/seychelles-trust.json", "2021-12-31"),
    (
      "lufthansa-2020/lufthansa-2020.proviso.md", "lufthansa-2020/lufthansa-2020.json", "2024-12-31"
    ),
    ("kfw-261/kfw-261.proviso.md", "kfw-261/small.json", "2024-12-31"),
    ("us-ppp/us-ppp.proviso.md", "us-ppp/small.json", "2021-12-31"),
  ])
  func shippedRulesets(_ ruleset: String, _ contracts: String, _ asOf: String) throws {
    let here = SameLeafTests.repository
    let text = try String(
      contentsOf: here.appendingPathComponent("contracts/\(contracts)"), encoding: .utf8)
    // A contract over several lines is one line with spaces for the line ends.
    let lines =
      contracts.hasSuffix(".jsonl")
      ? text.split(separator: "\n").map(String.init).prefix(12)
      : [text.replacing("\n", with: " ")]
    let outcomes = try compare(
      here.appendingPathComponent("rulesets/\(ruleset)").path, Array(lines), asOf: asOf)
    #expect(!outcomes.isEmpty)
  }
}
