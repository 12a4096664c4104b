// A run in columns records the leaves that the interpreter's run records, byte for byte.

import Foundation
import ProvisoKit
import ProvisoLedger
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import ProvisoTestSupport
import Testing

@Suite struct ColumnarRecordingTests {
  private let scratch: ScratchFolder
  private let files: Files

  init() throws {
    scratch = try ScratchFolder()
    files = scratch.files
    _ = try files.makeKey(
      named: "a.key", for: "columns.example", seed: [UInt8](repeating: 3, count: 32))
  }

  /// Records a run in a ledger of its own; all leaves, and the counts the run ended with.
  private func recorded(
    _ name: String, _ editions: Editions, _ question: Question, keeps: Bool = true,
    _ body: (Recorder) throws(LedgerFailure) -> [RunCount]
  ) throws -> (leaves: [[UInt8]], counts: [RunCount]) {
    let key = try files.key(named: "a.key")
    try? FileManager.default.removeItem(at: URL(fileURLWithPath: scratch.path + "/" + name))
    try files.makeLedger(named: name, key: key, now: "2026-01-01T00:00:00Z")
    let prepared = try files.prepareRecording(
      RecordingSettings(ledger: name, key: "a.key", keepsContracts: keeps))
    let clock = { "2026-01-01T00:00:00Z" }
    let quiet: () -> Void = {}
    _ = try files.record(
      prepared, by: editions, question, source: RecordedSource(name: "x", digest: nil),
      groupSize: 31, now: clock, isWaiting: quiet
    ) { (recorder) throws(LedgerFailure) in
      RunEnd(counts: try body(recorder), sourceDigest: nil)
    }
    let found = try files.verifyLedger(named: name, VerificationKnowledge())
    #expect(!found.isWrong && !found.isIncomplete, "\(found.findings)")
    let ledger = try files.openLedger(named: name)
    let leaves = try (0..<(try ledger.size())).map { try ledger.leaf($0) }
    return (leaves, try ledger.run(1).closing?.counts ?? [])
  }

  private func byInterpreter(
    _ editions: Editions, _ bytes: [UInt8], _ question: Question
  ) throws -> (leaves: [[UInt8]], counts: [RunCount]) {
    try recorded("whole", editions, question) { (recorder) throws(LedgerFailure) in
      var run = PortfolioRun(editions, question)
      var writing = LeafWriting(editions)
      var counts: [Outcome: Int] = [:]
      let lines = LineReader(bytes, named: "lines")
      while let line = try? lines.next() {
        guard case .verdict(let verdict, let edition)? = run.take(line, of: "lines"),
          case .line(_, let text) = line
        else { continue }
        counts[verdict.outcome, default: 0] += 1
        let problem = writing.record(
          verdict, edition: edition, of: ContractText(json: text), in: recorder, keeps: true)
        if let problem { throw problem }
      }
      return counts.map { RunCount(name: $0.rawValue, count: $1) }
    }
  }

  private func inColumns(
    _ editions: Editions, _ bytes: [UInt8], _ question: Question, threads: Int
  ) throws -> (leaves: [[UInt8]], counts: [RunCount]) {
    // Results whose contracts are not kept are handed over together.
    let keeps = threads == 1
    return try recorded("columns", editions, question, keeps: keeps) {
      (recorder) throws(LedgerFailure) in
      let run = ColumnarRun(editions, question, filter: nil, table: nil, records: true)
      let recording = ColumnarRecording(
        editions.rulesets[0], question, in: recorder, keeps: keeps)
      let pieces = PortfolioPieces(bytes, named: "lines", pieceBytes: 9_000)
      run.run(
        { pieces.next() }, threads: threads, recording: recording,
        into: RunOutput(table: { _ in true }, rejected: { _ in true }, progress: { _, _ in }))
      if let failure = recording.failure { throw failure }
      return recording.outcomeCounts.map { RunCount(name: $0.rawValue, count: $1) }
    }
  }

  private func lines(_ ruleset: CheckedRuleset, _ seed: UInt64, count: Int) -> [UInt8] {
    var generator = PortfolioLineGenerator(ruleset, seed: seed, isPlain: seed % 2 == 0)
    var text = ""
    for index in 0..<count {
      // Some ids come twice, some are written with escapes, some lines are no contract.
      let id = index % 37 == 11 ? "C\(index - 5)" : index % 23 == 7 ? "é\\\\\(index)" : "C\(index)"
      text += (index % 29 == 5 ? "  " : "") + generator.contract(id: id) + "\n"
      if index % 41 == 3 { text += "{\"id\": \"broken\(index)\", \"amount\": }\n\n" }
    }
    return Array(text.utf8)
  }

  private func compare(
    _ editions: Editions, _ bytes: [UInt8], _ question: Question, _ words: String
  ) throws -> [[UInt8]] {
    let expected = try byInterpreter(editions, bytes, question)
    for threads in [1, 3] {
      let found = try inColumns(editions, bytes, question, threads: threads)
      #expect(found.counts == expected.counts, "\(words), \(threads) threads")
      #expect(found.leaves.count == expected.leaves.count, "\(words), \(threads) threads")
      for (left, right) in zip(found.leaves, expected.leaves) where left != right {
        let (left, right) = (
          String(decoding: left, as: UTF8.self), String(decoding: right, as: UTF8.self)
        )
        Issue.record("\(words), \(threads) threads: \(left) and not \(right)")
        break
      }
    }
    return expected.leaves
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func generatedRulesetsOnGeneratedContracts(seed: UInt64) throws {
    var compared = 0
    var outcomes: Set<String> = []
    var next = seed * 9_000_011
    while compared < 10 {
      next += 1
      var generator = SimpleRulesetGenerator(seed: next)
      let loading = try loadRuleset(
        SourceFile(name: "generated.proviso", text: generator.ruleset()), from: Files())
      guard let ruleset = loading.ruleset else { continue }
      let editions = Editions(ruleset)
      guard ColumnarRun.fits(editions) else { continue }
      compared += 1
      let date = try #require(CalendarDate(year: 2019 + Int(next % 7), month: 6, day: 30))
      let leaves = try compare(
        editions, lines(ruleset.checked, next, count: 90), Question(asOf: date), "seed \(next)")
      for leaf in leaves {
        for condition in canonicalValue(leaf)?["conditions"]?.elements ?? [] {
          outcomes.insert(condition["outcome"]?.string ?? "?")
          if condition["amounts"]?.elements?.isEmpty == false { outcomes.insert("an amount") }
        }
        if canonicalValue(leaf)?["determinations"]?.elements?.isEmpty == false {
          outcomes.insert("a determination")
        }
      }
    }
    #expect(
      outcomes.isSuperset(of: ["met", "breached", "undetermined", "not applicable"]), "\(outcomes)")
  }

  /// The portfolio that engines are measured with, and what columns leave to the interpreter: tests
  /// in periods, cures, amounts, days of the contracts' own, a ruleset that is not for all.
  @Test func theBenchmarksRuleset() throws {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let name = repository.appendingPathComponent(
      "rulesets/w1-recovery-aid/w1-recovery-aid.proviso.md"
    ).path
    let editions = Editions(try #require(try loadRuleset(named: name, from: files).ruleset))
    let bytes = lines(editions.rulesets[0].checked, 20, count: 600)
    let leaves = try compare(
      editions, bytes, Question(asOf: try readDate("2026-06-30")), "the benchmarks' ruleset")
    #expect(leaves.count > 500)
  }

  @Test func whatIsLeftToTheInterpreter() throws {
    let text = """
      ruleset aid "Aid" {
        version "1"
        governs signed from 2020-01-01 until 2024-01-01
      }

      contract {
        signed    : date
        payable   : date
        disbursed : EUR
        jobs      : FTE by year
        paid      : EUR
      }

      condition jobs_kept "Ten jobs each year" {
        tested    yearly from 2022 to 2023
        requires  jobs at period >= 10 FTE
        on breach recall 10% of disbursed
      }

      condition fee "The fee is paid" {
        tested    on payable, due 30 days after
        requires  paid >= EUR 100
        on breach recall disbursed
        on breach publish "late"
      }

      condition signed_early "Signed before 2022" {
        tested    on signed
        requires  signed < 2022-01-01
      }

      condition cured "Half is paid back" {
        tested    on payable
        requires  paid >= 50% of disbursed
        cure      within 60 days
      }

      determination half : EUR = 50% of disbursed

      """
    let loading = try loadRuleset(SourceFile(name: "aid.proviso", text: text), from: files)
    let ruleset = try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))")
    let editions = Editions(ruleset)
    try #require(ColumnarRun.fits(editions))
    let leaves = try compare(
      editions, lines(ruleset.checked, 6, count: 150), Question(asOf: try readDate("2023-06-30")),
      "aid")
    var found: Set<String> = []
    for leaf in leaves.map({ canonicalValue($0) }) {
      found.insert(leaf?["outcome"]?.string ?? "?")
      for condition in leaf?["conditions"]?.elements ?? [] {
        found.formUnion(
          (condition["amounts"]?.elements ?? []).compactMap { $0["action"]?.string })
      }
    }
    #expect(
      found.isSuperset(of: ["not governed", "breached", "undetermined", "recall"]), "\(found)")
  }

  /// A leaf says nothing of conditions on the whole; what is conserved is told where it adds up.
  @Test func conditionsOnTheWholeHaveNoPartInALeaf() throws {
    let text = """
      ruleset aid "Aid" { version "1" }

      contract {
        signed : date
        cost   : EUR
        aid    : EUR
        small  : boolean
        late   : boolean
      }

      portfolio condition budget "Within the budget" {
        requires sum(c.aid for c in contracts) <= EUR 1 million
      }

      condition share "No more than the cost" { requires aid <= cost }

      portfolio condition most "Most are small" {
        requires count(c in contracts where c.small) >= 3
      }

      condition signed_early "Signed before 2022" {
        tested on signed
        requires signed < 2022-01-01
      }

      define rest : EUR =
        cost - aid
        unless "small" when small => EUR 0
        unless "late" when late => EUR 5

      determination open_part "Left" : EUR = rest

      conserve financing "All is paid" {
        whole cost
        parts aid, open_part
      }
      """
    let loading = try loadRuleset(SourceFile(name: "aid.proviso", text: text), from: files)
    let ruleset = try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))")
    for seed in [UInt64(6), 7] {
      let leaves = try compare(
        Editions(ruleset), lines(ruleset.checked, seed, count: 150),
        Question(asOf: try readDate("2023-06-30")), "aid, seed \(seed)")
      #expect(leaves.count > 100)
      for leaf in leaves {
        #expect(canonicalValue(leaf)?["conditions"]?.elements?.count == 2)
      }
    }
  }

  /// Tests in periods, and what follows from them with its amounts, need no interpreter.
  @Test func testsInPeriodsAreRecordedOutOfColumns() throws {
    let text = """
      ruleset aid "Aid" {
        version "1"
      }

      contract {
        signed    : date
        payable   : date
        disbursed : EUR
        jobs      : FTE by year
        paid      : EUR
        margin    : percent
      }

      condition jobs_kept "Ten jobs each year" {
        tested    yearly from 2021 to 2024
        requires  jobs at period >= 10 FTE
        on breach recall 10% of disbursed
        on breach publish "jobs lost"
      }

      condition fee "The fee is paid" {
        tested    on payable, due 30 days after
        requires  paid >= EUR 100
        on breach recall disbursed / 3
        on breach step up margin by 25 bps
      }

      """
    let loading = try loadRuleset(SourceFile(name: "aid.proviso", text: text), from: files)
    let ruleset = try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))")
    let editions = Editions(ruleset)
    var lines = ""
    for number in 0..<200 {
      // In some years nothing is reported.
      let jobs = (2021...2024).filter { (number + $0) % 5 > 0 }.map {
        "\"\($0)\":\(7 + (number * $0) % 7)"
      }
      let day = "2022-0\(1 + number % 9)-1\(number % 10)"
      lines +=
        "{\"id\":\"C\(number)\",\"payable\":\"\(day)\",\"disbursed\":\"EUR \(900 + number)\","
        + "\"jobs\":{\(jobs.joined(separator: ","))},\"paid\":\"EUR \(number % 3 * 70)\"}\n"
    }
    let question = Question(asOf: try readDate("2023-06-30"))
    let leaves = try compare(editions, Array(lines.utf8), question, "aid")
    var amounts: Set<String> = []
    for condition in leaves.flatMap({ canonicalValue($0)?["conditions"]?.elements ?? [] }) {
      amounts.formUnion(
        (condition["amounts"]?.elements ?? []).compactMap { $0["amount"]?.string })
    }
    #expect(amounts.count > 100)
    let run = ColumnarRun(editions, question, filter: nil, table: nil, records: true)
    let pieces = PortfolioPieces(Array(lines.utf8), named: "lines")
    run.run(
      { pieces.next() }, threads: 1,
      into: RunOutput(table: { _ in true }, rejected: { _ in true }, progress: { _, _ in }))
    #expect(run.contractCount == 200)
    #expect(run.interpretedCount == 0)
  }
}
