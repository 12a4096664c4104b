// What is asked of all contracts together has the same answers, kept or settled.

import Foundation
import ProvisoBatch
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import ProvisoTestSupport
import Testing

extension ColumnarRunTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The shipped rulesets that ask something of all contracts together. Of a portfolio of over 200
  /// the contracts that columns settle are not kept.
  @Test(arguments: [UInt64(1), 2])
  func shippedQuestionsOverAllContractsHaveTheSameAnswers(seed: UInt64) throws {
    var settling = 0
    let all = try FileManager.default.subpathsOfDirectory(atPath: "\(Self.root)/rulesets")
    for name in all.sorted() where name.hasSuffix(".proviso.md") {
      let loading = try loadRuleset(named: "rulesets/\(name)", from: Files(folder: Self.root))
      let ruleset = try #require(loading.ruleset)
      let editions = Editions(ruleset)
      guard ColumnarRun.fits(editions),
        ruleset.checked.conditions.contains(where: \.isPortfolio)
          || ruleset.checked.missions.contains(where: { $0.indicator != nil })
      else { continue }
      let date = try #require(CalendarDate(year: 2021 + Int(seed), month: 6, day: 30))
      let question = Question(asOf: date)
      if ColumnarRuleset(ruleset, question).plan.contributions != nil { settling += 1 }
      let table = PortfolioTable(editions, .jsonl)
      let bytes = lines(ruleset.checked, seed, count: 212, isClean: seed == 1)
      let expected = try interpreted(editions, bytes, question, nil, table)
      var found = inColumns(editions, bytes, question, nil, table, threads: 2)
      found.settledCount = 0
      #expect(found == expected, "\(name), seed \(seed)")
    }
    #expect(settling >= 8)
  }

  private static let questions = """
    ruleset q "Questions" { version "1" }
    contract {
      opened : date if any
      staff  : integer
      paid   : EUR
      grade  : number
      kind   : one of { farm, shop }
      carbon : tCO2e by year
      lines  : list of Line or empty
    }
    record Line { cost : EUR }
    condition few "Few" { requires staff <= 60 }
    portfolio condition budget "Within the budget" {
      requires sum(c.paid for c in contracts) <= EUR 100_000
      unless "no shop" when count(c in contracts where c.kind = shop) = 0
    }
    portfolio condition mostly "Most are few" {
      requires count(c in contracts where c.few is met) >= 90% of count(c in contracts)
    }
    portfolio condition wide "From small to large" {
      requires max(c.paid for c in contracts) - min(c.paid for c in contracts where c.staff > 3)
        <= EUR 150
    }
    portfolio condition reported "What is reported is little" {
      requires sum(c.grade for c in contracts where c.grade is known) <= 1
    }
    mission less "Less carbon" {
      indicator (sum(c.carbon at period for c in contracts where c.carbon at period is known)
        when (some c in contracts where c.carbon at period is known),
        otherwise sum(c.carbon at period for c in contracts))
      baseline 2019
      target 50% reduction by 2023-12-31
      reported by "Bank"
    }
    mission people "People" {
      indicator average(c.staff for c in contracts where c.kind = farm)
      baseline 2021
      target at least 20 by 2022-12-31
      reported by "Bank"
    }
    """

  /// What columns settle is not kept; what they do not, beside it, is: a contract without a figure,
  /// a figure with a history.
  @Test(arguments: [0, 1, 2, 3], [1, 3])
  func settledAndKeptContractsAnswerTogether(variant: Int, threads: Int) throws {
    let loading = try loadRuleset(
      SourceFile(name: "q.proviso", text: Self.questions), from: Files())
    let editions = Editions(try #require(loading.ruleset, "\(loading.diagnostics)"))
    let question = Question(asOf: try #require(CalendarDate(iso: "2024-06-30")))
    let plan = ColumnarRuleset(editions.rulesets[0], question).plan
    #expect(plan.contributions?.count == 7 + 5 * 3 + 3)
    var text = ""
    for index in 0..<900 {
      var staff = "\(index % 61)"
      var carbon = (2019...2023).filter { ($0 + index) % 7 > 0 }
        .map { "\"\($0)\": \($0 % 13 + index % 17).\(index % 10)" }
      // The last variant has nothing in columns for the figures of one year.
      if variant == 3 { carbon = carbon.filter { !$0.hasPrefix("\"2021") } }
      if variant == 1, index == 700 { staff = "null" }
      if variant == 2, index % 250 == 249 {
        staff = "{\"versions\": [{\"value\": 3}, {\"value\": 9, \"from\": \"2020-01-01\"}]}"
      }
      text += "{\"id\": \"C\(index)\", \"staff\": \(staff), \"paid\": \(index % 199).25, "
      if index % 5 > 0 { text += "\"grade\": \(index % 4), " }
      text += "\"kind\": \"\(index % 3 == 0 ? "shop" : "farm")\", "
      text += "\"carbon\": {\(carbon.joined(separator: ", "))}}\n"
    }
    let table = PortfolioTable(editions, .csv)
    let bytes = Array(text.utf8)
    let expected = try interpreted(editions, bytes, question, nil, table)
    var found = inColumns(editions, bytes, question, nil, table, threads: threads)
    // In the last variant a year has no figure at all, which is for the interpreter to say.
    if variant == 3 {
      #expect(found.settledCount == 0)
    } else {
      #expect(found.settledCount > 100)
    }
    found.settledCount = 0
    #expect(found == expected)
  }

  /// A line that is too long is a contract that nobody knows: nothing is said of the whole.
  @Test func aLineThatIsTooLongStandsInTheWay() throws {
    let loading = try loadRuleset(
      SourceFile(name: "q.proviso", text: Self.questions), from: Files())
    let editions = Editions(try #require(loading.ruleset))
    let question = Question(asOf: try #require(CalendarDate(iso: "2024-06-30")))
    let line = Array(#"{"id": "C", "staff": 3, "paid": 2, "kind": "farm"}"#.utf8)
    var expected = PortfolioRun(editions, question)
    _ = expected.take(.line(1, line), of: "lines")
    _ = expected.take(.tooLong(2), of: "lines")
    let run = ColumnarRun(editions, question, filter: nil, table: nil)
    var pieces = [
      PortfolioPiece(
        bytes: line + [UInt8](repeating: 0, count: PlainLineReader.padding), count: line.count,
        firstLine: 1, isTooLong: false),
      PortfolioPiece(bytes: [], count: 0, firstLine: 2, isTooLong: true),
    ]
    run.run(
      { pieces.isEmpty ? nil : pieces.removeFirst() }, threads: 1,
      into: RunOutput(table: { _ in true }, rejected: { _ in true }, progress: { _, _ in }))
    let found = report(run.report(on: "lines"))
    #expect(found == report(expected.report(on: "lines")))
    #expect(found.contains("line 2"))
  }

  /// Questions over contracts of the generated form, at random.
  private func questions(_ random: inout SeededRandom, _ condition: String) -> String {
    let fields = ["amount", "disbursed", "climate", "staff", "factor", "share", "margin"]
    // Nearly always what is unknown is left out, or hardly any contract would be settled.
    func selection(_ field: String, _ random: inout SeededRandom) -> String {
      if random.oneIn(12) { return " where c.active" }
      let others = [
        "", " and c.active is known and c.active", " and c.staff is known and c.staff > 3",
        " and c.home is known and c.home = DE", " and c.\(condition) is met",
      ]
      return " where c.\(field) is known\(random.oneIn(3) ? random.pick(others) : "")"
    }
    func aggregate(_ field: String, _ random: inout SeededRandom) -> String {
      let kind = random.pick(["sum", "average", "min", "max"])
      let number = random.pick(["c.\(field)", "c.\(field) * 3", "c.\(field) + 7% of c.\(field)"])
      return "\(kind)(\(number) for c in contracts\(selection(field, &random)))"
    }
    let field = random.pick(fields)
    return """

      portfolio condition whole "The whole" {
        requires \(aggregate(field, &random)) >= \(aggregate(field, &random))
      }
      mission goal "A goal" {
        indicator \(aggregate(random.pick(fields), &random))
        baseline 2019
        reported by "Bank"
      }
      mission other "Another" {
        indicator (count(c in contracts\(selection("staff", &random))) when (some c in contracts\(
          selection("factor", &random)) and c.factor > 1), otherwise 7)
        baseline 2021
        reported by "Bank"
      }
      """
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func generatedQuestionsOverAllContractsHaveTheSameAnswers(seed: UInt64) throws {
    var (compared, settled) = (0, 0)
    // Of even seeds every line is plain.
    var next = seed &* 9_000_010
    while compared < 6 {
      next &+= 2
      var generator = SimpleRulesetGenerator(seed: next)
      var random = SeededRandom(seed: next)
      let text = generator.ruleset()
      let plain = try loadRuleset(SourceFile(name: "g.proviso", text: text), from: Files())
      guard let name = plain.ruleset?.checked.conditions.first?.name else { continue }
      let loading = try loadRuleset(
        SourceFile(name: "g.proviso", text: text + questions(&random, name)), from: Files())
      let ruleset = try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))")
      compared += 1
      let editions = Editions(ruleset)
      let date = try #require(CalendarDate(year: 2022 + Int(next % 4), month: 6, day: 30))
      let question = Question(asOf: date)
      // A single contract that is refused, or is perhaps not governed, leaves everything open.
      let all = lines(ruleset.checked, next, count: 400, isClean: true).split(separator: 0x0A)
      let bytes = try all.filter { line in
        guard let contract = try ruleset.contract(Array(line), named: "x").contract?.contract else {
          return false
        }
        return ruleset.evaluator.coverage(
          of: contract, asOf: date, knownAt: date
        ).reasons.isEmpty
      }.joined(separator: [0x0A]).map { $0 }
      let table = PortfolioTable(editions, .csv)
      let expected = try interpreted(editions, bytes, question, nil, table)
      var found = inColumns(editions, bytes, question, nil, table, threads: 2)
      settled += found.settledCount
      found.settledCount = 0
      #expect(found == expected, "seed \(next)")
    }
    #expect(settled > 20)
  }
}
