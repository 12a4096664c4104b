// Results that are handed over in parts give the leaves of those that are written whole.

import Foundation
import ProvisoKit
import ProvisoLedger
import ProvisoLog
import ProvisoModel
import ProvisoSource
import Testing

@Suite struct BulkRecordingTests {
  private static let ruleset = """
    ruleset jobs "Jobs" {
      version "1"
    }

    contract {
      signed    : date
      disbursed : EUR
      jobs      : FTE by year
    }

    condition jobs_kept "Ten jobs each year" {
      tested    yearly from 2022
      requires  jobs at period >= 10 FTE
      on breach recall 10% of disbursed
    }

    condition signed_early "Signed before 2022" {
      tested    on signed
      requires  signed < 2022-01-01
    }

    determination first_jobs "Jobs in the first year" : FTE = jobs at 2022

    """

  private let scratch: ScratchFolder
  private let files: Files
  private let ruleset: LoadedRuleset
  private let question: Question

  init() throws {
    scratch = try ScratchFolder()
    files = scratch.files
    let key = try files.makeKey(
      named: "a.key", for: "bulk.example", seed: [UInt8](repeating: 3, count: 32))
    for name in ["whole", "parts"] {
      try files.makeLedger(named: name, key: key, now: "2026-01-01T00:00:00Z")
    }
    let source = SourceFile(
      id: SourceID(0), name: "jobs.proviso", bytes: Array(Self.ruleset.utf8))
    let loading = try loadRuleset(source, from: files)
    ruleset = try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))")
    question = Question(asOf: try readDate("2024-06-30"))
  }

  private func record(
    _ name: String, _ body: (Recorder) throws(LedgerFailure) -> Void
  ) throws -> LogHash? {
    let prepared = try files.prepareRecording(
      RecordingSettings(ledger: name, key: "a.key", keepsContracts: true))
    let clock = { "2026-01-01T00:00:00Z" }
    let quiet: () -> Void = {}
    let summary = try files.record(
      prepared, by: Editions(ruleset), question, source: RecordedSource(name: "x", digest: nil),
      now: clock, isWaiting: quiet
    ) { (recorder) throws(LedgerFailure) in
      try body(recorder)
      return RunEnd(counts: [], sourceDigest: nil)
    }
    return Checkpoint(summary.checkpoint.body)?.root
  }

  /// Contracts of every kind, with ids that need escapes and white space around them.
  private var contracts: [[UInt8]] {
    var lines: [String] = []
    for number in 0..<60 {
      let id = ["C\(number)", "é \(number)", "a\\\"b\\\\\(number)", "slash\\/\(number)"][number % 4]
      let jobs = [
        "\"2022\":12,\"2023\":12", "\"2022\":9,\"2023\":12", "\"2023\":12", "\"2022\":9,\"2023\":9",
      ][number % 7 % 4]
      let paid = number % 3 == 0 ? "" : "\"disbursed\":\"EUR \(1000 + number)\","
      let signed = number % 5 == 0 ? "" : "\"signed\":\"202\(number % 3)-03-01\","
      lines.append("  {\"id\":\"\(id)\",\(signed)\(paid)\"jobs\":{\(jobs)}} \r")
    }
    return lines.map { Array($0.utf8) }
  }

  @Test func partsGiveTheLeavesOfWholeResults() throws {
    let contracts = contracts
    let answers = try contracts.map { bytes in
      let contract = try #require(try ruleset.contract(bytes, named: "c").contract)
      return ruleset.answer(contract, question)
    }
    let whole = try record("whole") { (recorder) throws(LedgerFailure) in
      for (answer, bytes) in zip(answers, contracts) {
        try recorder.record(answer.leaf, contract: contractBytes(bytes))
      }
    }
    let parts = try record("parts") { (recorder) throws(LedgerFailure) in
      var bulk = BulkRecording(
        ruleset, asOf: question.asOf, knownAt: question.knownAt, in: recorder)
      for (number, (answer, bytes)) in zip(answers, contracts).enumerated() {
        let verdict = answer.verdict
        // All together, or some shared and some not, in every mix.
        let shared = verdict.conditions.enumerated().compactMap { position, condition in
          bulk.shared(condition, position: position)
        }
        let together = number % 2 == 0 ? bulk.together(shared) : nil
        let conditions = zip(verdict.conditions, shared).enumerated().map { position, pair in
          (number + position) % 3 > 0
            ? BulkCondition.shared(pair.1) : .own(bulk.part(pair.0, position: position))
        }
        let tail = bulk.tail(verdict.determinations, outcome: verdict.outcome)
        let result: Result<Void, LedgerFailure> = bytes.withUnsafeBytes { line in
          Array(verdict.contractID.utf8).withUnsafeBytes { id in
            do throws(LedgerFailure) {
              let contract = try BulkContract(id: id, line: line, keeps: true)
              if let together {
                try bulk.record(
                  contract, outcome: verdict.outcome, together: together, tail: tail)
              } else {
                try bulk.record(
                  contract, outcome: verdict.outcome, conditions: conditions, tail: tail)
              }
              return .success(())
            } catch {
              return .failure(error)
            }
          }
        }
        try result.get()
      }
      try bulk.flush()
    }
    #expect(whole != nil && whole == parts)
    // Before they are opened below, so that every byte of their files can be looked at.
    for name in ["whole", "parts"] {
      #expect(try files.verifyLedger(named: name, VerificationKnowledge()).findings.isEmpty)
    }
    let (left, right) = (try files.openLedger(named: "whole"), try files.openLedger(named: "parts"))
    for position in answers.indices {
      #expect(try left.leaf(position) == answers[position].leaf)
      #expect(try right.leaf(position) == answers[position].leaf)
    }
    let outcomes = Set(answers.flatMap { $0.verdict.conditions.map(\.outcome) })
    #expect(outcomes.isSuperset(of: [.met, .breached, .undetermined]))
  }

  /// The writer of the portfolios goes through the same pieces.
  @Test func aPortfolioGivesThemToo() throws {
    let contracts = contracts
    let editions = Editions(ruleset)
    var run = PortfolioRun(editions, question)
    var answers: [[UInt8]] = []
    for bytes in contracts {
      let contract = try #require(try ruleset.contract(bytes, named: "c").contract)
      answers.append(ruleset.answer(contract, question).leaf)
    }
    _ = try record("whole") { (recorder) throws(LedgerFailure) in
      var writing = LeafWriting(editions)
      for (number, bytes) in contracts.enumerated() {
        guard case .verdict(let verdict, let edition) = run.take(.line(number + 1, bytes), of: "x")
        else { continue }
        let problem = writing.record(
          verdict, edition: edition, of: ContractText(json: bytes), in: recorder, keeps: false)
        if let problem { throw problem }
      }
    }
    let ledger = try files.openLedger(named: "whole")
    #expect(try ledger.size() == answers.count)
    for position in answers.indices { #expect(try ledger.leaf(position) == answers[position]) }
  }
}
