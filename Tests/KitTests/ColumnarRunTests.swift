// A run in columns reports what a run of the interpreter reports, byte for byte.

import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import ProvisoTestSupport
import Testing

@Suite struct ColumnarRunTests {
  /// What came of a portfolio, however it was evaluated.
  struct Told: Equatable {
    var report = ""
    /// Of how many contracts nothing was kept.
    var settledCount = 0
    var table = ""
    var rejected: [RejectedContract] = []
  }

  func report(_ report: PortfolioReport) -> String {
    PortfolioReport(
      source: report.source, asOf: report.asOf, knownAt: report.knownAt, parts: report.parts,
      notGovernedCount: report.notGovernedCount, rejected: report.rejected,
      rejectedCount: report.rejectedCount, list: report.list
    ).json()
  }

  func interpreted(
    _ editions: Editions, _ bytes: [UInt8], _ question: Question, _ filter: PortfolioFilter?,
    _ table: PortfolioTable
  ) throws -> Told {
    var told = Told()
    var run = PortfolioRun(editions, question, filter: filter)
    let lines = LineReader(bytes, named: "lines")
    while let line = try lines.next() {
      switch run.take(line, of: "lines") {
      case .verdict(let verdict, let edition)?:
        if run.isListed(verdict, edition: edition) {
          told.table += table.row(verdict, edition: edition)
        }
      case .rejected(let contract)?: told.rejected.append(contract)
      case nil: continue
      }
    }
    told.report = report(run.report(on: "lines"))
    return told
  }

  func inColumns(
    _ editions: Editions, _ bytes: [UInt8], _ question: Question, _ filter: PortfolioFilter?,
    _ table: PortfolioTable, threads: Int = 1, pieceBytes: Int = 20_000
  ) -> Told {
    var told = Told()
    var rows: [UInt8] = []
    let run = ColumnarRun(editions, question, filter: filter, table: table)
    let pieces = PortfolioPieces(bytes, named: "lines", pieceBytes: pieceBytes)
    var rejected: [RejectedContract] = []
    run.run(
      { pieces.next() }, threads: threads,
      into: RunOutput(
        table: {
          rows += $0
          return true
        },
        rejected: {
          rejected.append($0)
          return true
        }, progress: { _, _ in }))
    told.rejected = rejected
    told.table = String(decoding: rows, as: UTF8.self)
    told.report = report(run.report(on: "lines"))
    told.settledCount = run.settledCount
    return told
  }

  func lines(
    _ ruleset: CheckedRuleset, _ seed: UInt64, count: Int, isClean: Bool = false
  ) -> [UInt8] {
    var generator = PortfolioLineGenerator(ruleset, seed: seed, isPlain: seed % 2 == 0)
    var text = ""
    for index in 0..<count {
      // Some ids come twice.
      let id = index % 37 == 11 && !isClean ? "C\(index - 5)" : "C\(index)"
      text += generator.contract(id: id) + "\n"
      if index % 41 == 3, !isClean { text += "{\"id\": \"broken\(index)\", \"amount\": }\n\n" }
    }
    return Array(text.utf8)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func aRunInColumnsTellsWhatTheInterpreterTells(seed: UInt64) throws {
    var compared = 0
    var next = seed &* 7_000_003
    while compared < 12 {
      next &+= 1
      var generator = SimpleRulesetGenerator(seed: next)
      let loading = try loadRuleset(
        SourceFile(name: "generated.proviso", text: generator.ruleset()), from: Files())
      guard let ruleset = loading.ruleset else { continue }
      let editions = Editions(ruleset)
      guard ColumnarRun.fits(editions) else { continue }
      compared += 1
      let bytes = lines(ruleset.checked, next, count: 90)
      let date = try #require(CalendarDate(year: 2019 + Int(next % 7), month: 6, day: 30))
      let question = Question(asOf: date)
      let name = ruleset.checked.conditions.first?.name
      let filter =
        next % 3 == 0 ? PortfolioFilter(condition: name, outcome: .breached) : nil
      let table = PortfolioTable(editions, next % 2 == 0 ? .csv : .jsonl)
      let expected = try interpreted(editions, bytes, question, filter, table)
      let found = inColumns(editions, bytes, question, filter, table)
      #expect(found.table == expected.table, "seed \(next)")
      #expect(found.rejected == expected.rejected, "seed \(next)")
      #expect(found.report == expected.report, "seed \(next)")
    }
  }

  @Test func everyThreadCountGivesTheSameReport() throws {
    var generator = SimpleRulesetGenerator(seed: 42)
    let loading = try loadRuleset(
      SourceFile(name: "generated.proviso", text: generator.ruleset()), from: Files())
    let editions = Editions(try #require(loading.ruleset))
    try #require(ColumnarRun.fits(editions))
    let bytes = lines(editions.rulesets[0].checked, 8, count: 400)
    let question = Question(asOf: try #require(CalendarDate(iso: "2023-06-30")))
    let table = PortfolioTable(editions)
    let one = inColumns(editions, bytes, question, nil, table, pieceBytes: 10_000)
    #expect(one.rejected.count > 10)
    for threads in [2, 3, 5] {
      #expect(
        inColumns(editions, bytes, question, nil, table, threads: threads, pieceBytes: 10_000)
          == one)
    }
  }
}
