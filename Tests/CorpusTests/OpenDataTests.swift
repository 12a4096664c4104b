// Real portfolios from open data: each sample comes out as the published figures say.

import Foundation
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import Testing

@Suite("Portfolios from open data")
struct OpenDataTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let files = Files(folder: root.path)

  /// The verdicts on a portfolio, by the contracts' ids.
  private struct Verdicts {
    let ruleset: LoadedRuleset
    let verdicts: [(id: String, answer: CheckedContract)]

    func outcomes(of condition: String) throws -> [(id: String, outcome: Outcome)] {
      let condition = try #require(ruleset.condition(named: condition))
      return verdicts.compactMap { id, answer in
        answer.verdict.conditions.first { $0.condition == condition }.map { (id, $0.outcome) }
      }
    }

    /// How many contracts came out how.
    func counts(of condition: String) throws -> [Outcome: Int] {
      try outcomes(of: condition).reduce(into: [:]) { $0[$1.outcome, default: 0] += 1 }
    }

    /// The contracts of which a condition came out so, in the order of the file.
    func ids(of condition: String, _ outcome: Outcome) throws -> [String] {
      try outcomes(of: condition).filter { $0.outcome == outcome }.map(\.id)
    }

    func answer(_ id: String) throws -> CheckedContract {
      try #require(verdicts.first { $0.id == id }).answer
    }

    /// What is said of a contract, its lines joined.
    func said(of id: String) throws -> String {
      try answer(id).summary().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  private func verdicts(_ ruleset: String, _ portfolio: String, _ day: String) throws -> Verdicts {
    let loaded = try #require(
      try loadRuleset(named: "rulesets/\(ruleset).proviso.md", from: Self.files).ruleset)
    let text = try String(
      contentsOf: Self.root.appending(path: "contracts/\(portfolio).jsonl"), encoding: .utf8)
    let question = Question(asOf: try readDate(day))
    let verdicts = try text.split(separator: "\n").map { line in
      let loading = try loaded.contract(Array(line.utf8), named: portfolio)
      #expect(loading.diagnostics.rendered(in: loading.sources) == "")
      let contract = try #require(loading.contract)
      return (contract.contract.id, loaded.answer(contract, question))
    }
    return Verdicts(ruleset: loaded, verdicts: verdicts)
  }

  @Test("of forty installations, those with holes or a base of zero are undetermined")
  func installations() throws {
    let found = try verdicts("eu-ets/eu-ets", "eu-ets/sample", "2021-03-31")
    #expect(try found.counts(of: "reported") == [.met: 33, .undetermined: 7])
    #expect(
      try found.counts(of: "reduced") == [.met: 13, .breached: 16, .undetermined: 11])
    let open = try found.ids(of: "reduced", .undetermined)
    let holes = try found.ids(of: "reported", .undetermined)
    #expect(holes == ["CZ_377", "CZ_71", "DE_1056", "DE_137", "AT_109", "AT_144", "AT_200108"])
    let zeros = open.filter { !holes.contains($0) }
    #expect(zeros == ["BE_204481", "BE_629", "CZ_382", "AT_201519"])
    for id in zeros {
      #expect(try found.said(of: id).contains("zero"), "\(id)")
    }
    #expect(try found.said(of: "CZ_71").contains("`emissions` for 2018 is not given"))
    // The two that the publisher's totals are checked by, and the nearest to a fifth.
    #expect(try found.ids(of: "reduced", .met).contains("DE_1606"))
    #expect(try found.ids(of: "reduced", .breached).contains("PL_1"))
    #expect(try found.ids(of: "reduced", .breached).contains("RO_119"))
  }

  @Test("eleven repaid loans have a cent undisbursed, and a region is no country")
  func loans() throws {
    let found = try verdicts(
      "world-bank-loans/world-bank-loans", "world-bank-loans/sample", "2020-11-30")
    #expect(
      try found.ids(of: "nothing_left", .breached) == [
        "IBRD3840A", "IBRD3922A", "IBRD40150", "IBRD42780", "IBRD44090", "IBRDM0419", "IBRDM0421",
        "IBRDM1210", "IBRDM1507", "IBRDM1608", "IBRDM2101",
      ])
    #expect(
      try found.counts(of: "effective_in_time") == [
        .met: 23, .breached: 13, .undetermined: 3, .pending: 1,
      ])
    #expect(
      try found.counts(of: "closed_is_closed") == [
        .met: 16, .exempt: 3, .breached: 4, .undetermined: 17,
      ])
    #expect(try found.counts(of: "adds_up") == [.met: 27, .breached: 13])
    #expect(try found.counts(of: "of_one_country") == [.met: 25, .undetermined: 15])
    for (id, place) in [
      ("IBRD01100", "Eastern Africa"), ("IBRD01450", "Southern Africa"), ("IBRD04720", "world"),
      ("IBRD12330", "Caribbean"), ("IBRD12950", "Western Africa"), ("IBRD70880", "Kosovo"),
      ("IBRD00200", "Yugoslavia"),
    ] {
      #expect(try found.said(of: id).contains(place), "\(id)")
    }
  }

  @Test("of forty States, fourteen emit a fifth less than in 1990, and five on a straight line")
  func states() throws {
    let found = try verdicts(
      "national-path/national-path", "national-path/sample", "2020-12-31")
    #expect(
      try found.ids(of: "goal", .met) == [
        "bulgaria", "denmark", "france-including-monaco", "greece", "italy-including-san-marino",
        "luxembourg", "poland", "romania", "sweden", "switzerland", "united-kingdom", "malta",
        "nauru", "finland",
      ])
    #expect(
      try found.ids(of: "goal", .undetermined) == [
        "germany", "federal-republic-of-germany", "ussr", "ukraine", "kosovo", "french-guiana",
        "reunion", "namibia", "czechoslovakia", "kuwaiti-oil-fires",
      ])
    #expect(try found.counts(of: "on_path") == [.met: 5, .breached: 25, .undetermined: 10])
  }

  @Test("of forty loans, seventeen have the jobs, and of nine nobody asked or knows the figure")
  func jobs() throws {
    let found = try verdicts("sba-jobs/sba-jobs", "sba-jobs/sample", "2011-12-31")
    #expect(
      try found.counts(of: "jobs_for_money") == [.met: 17, .breached: 14, .undetermined: 9])
    #expect(
      try found.ids(of: "term_kept", .breached) == [
        "3142404007", "3692764004", "4158704002", "5116534006", "6137104010",
      ])
    #expect(
      try found.ids(of: "status_agrees", .breached) == ["1086365010", "1299775008", "7229264003"])
    // Exactly a job for USD 50,000, and for USD 35,000.
    let met = try found.ids(of: "jobs_for_money", .met)
    for exact in ["1499685010", "1739246003", "2035326010", "4921344006"] {
      #expect(met.contains(exact))
    }
  }

  @Test("ten groups on five days: who is listed when, and the way there")
  func groups() throws {
    let found = try verdicts("tax-havens/corporate-groups", "tax-havens/groups", "2025-02-28")
    let taqa = "213800E11LI1SCETU492"
    let rosneft = "253400JT3MQWNDKMJE44"
    let bp = "213800LH1BZH3DI6G760"
    let newcastle = "213800AG2V6YE68H5N63"
    #expect(try found.ids(of: "as_it_stood", .breached) == [taqa, rosneft])
    #expect(try found.ids(of: "as_recorded", .breached) == [newcastle, taqa, bp, rosneft])
    #expect(try found.counts(of: "as_it_stood") == [.met: 8, .breached: 2])
    #expect(try found.counts(of: "as_recorded") == [.met: 6, .breached: 4])
    let days = [taqa: 0, rosneft: 4, bp: 0, newcastle: 2]
    for (id, day) in days {
      let condition = try #require(found.ruleset.condition(named: "as_recorded"))
      let tests = try found.answer(id).verdict.conditions.first { $0.condition == condition }?.tests
      let listed = tests?.enumerated().filter { $0.element.outcome == .breached }.map(\.offset)
      #expect(listed == [day], "\(id)")
      #expect(tests?.count == 5)
    }
    let said = try found.answer(newcastle).explanation.json(includesDerivations: true)
    for fund in ["Feeder Fund LP", "(Cayman) SPC Ltd", "Feeder Fund Ltd", "Engagement SP"] {
      #expect(
        said.contains("GULF INTERNATIONAL BANK (UK) LIMITED → ") && said.contains(fund), "\(fund)")
    }
  }

  /// How the conditions on a whole portfolio came out, and what its first mission measured.
  private func whole(
    _ ruleset: String, _ portfolio: String, _ day: String
  ) throws -> (conditions: [Outcome], scoreboard: Scoreboard?) {
    let loaded = try #require(
      try loadRuleset(named: "rulesets/\(ruleset).proviso.md", from: Self.files).ruleset)
    let name = "contracts/\(portfolio).jsonl"
    var run = PortfolioRun(Editions(loaded), Question(asOf: try readDate(day)))
    let lines = try LineReader(name, from: Self.files)
    while let line = try lines.next() { _ = run.take(line, of: name) }
    let report = run.report(on: name)
    #expect(report.rejectedCount == 0 && report.notGovernedCount == 0)
    let verdict = try #require(report.parts.first).portfolio
    return (verdict.conditions.map(\.outcome), verdict.scoreboards.first)
  }

  @Test("asked of all together, the samples come out as they do added up by hand")
  func wholes() throws {
    let installations = try whole("eu-ets/eu-ets", "eu-ets/sample", "2021-03-31")
    #expect(installations.conditions == [.met])
    let board = try #require(installations.scoreboard)
    #expect(board.rows.count == 8)
    // In grams, as units of mass are kept.
    #expect(board.rows.first?.value == .known(.quantity(Fraction(77_180_075_000_000))))
    #expect(board.rows.last?.value == .known(.quantity(Fraction(54_946_608_000_000))))
    let loans = try whole(
      "world-bank-loans/world-bank-loans", "world-bank-loans/sample", "2020-11-30")
    #expect(loans.conditions == [.met, .breached])
    #expect(
      try whole("sba-jobs/sba-jobs", "sba-jobs/sample", "2011-12-31").conditions == [.breached])
    let states = try whole("national-path/national-path", "national-path/sample", "2020-12-31")
    #expect(states.scoreboard?.outcome == .breached)
  }
}
