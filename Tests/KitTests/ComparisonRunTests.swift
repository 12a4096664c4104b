// A comparison counts what the interpreter says of each contract under each ruleset.

import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import ProvisoTestSupport
import Testing

@testable import ProvisoKit

@Suite struct ComparisonRunTests {
  /// What a comparison told.
  private struct Told: Equatable {
    var json = ""
    var table = ""
    var rejectedLines: [Int] = []
  }

  private func compared(
    _ before: LoadedRuleset, _ after: LoadedRuleset, _ bytes: [UInt8], _ question: Question,
    threads: Int = 1, pieceBytes: Int = 20_000
  ) -> (told: Told, comparison: Comparison) {
    var told = Told()
    var rows: [UInt8] = []
    let run = ComparisonRun(before: before, after: after, question, writesTable: true)
    let pieces = PortfolioPieces(bytes, named: "lines", pieceBytes: pieceBytes)
    var rejected: [Int] = []
    run.run(
      { pieces.next() }, threads: threads,
      into: RunOutput(
        table: {
          rows += $0
          return true
        },
        rejected: {
          rejected.append($0.line)
          return true
        }, progress: { _, _ in }))
    let comparison = run.report(on: "lines")
    told.json = comparison.json()
    told.table = String(decoding: rows, as: UTF8.self)
    told.rejectedLines = rejected
    return (told, comparison)
  }

  /// The pairs of outcomes, of contracts and of the conditions of both, by the interpreter.
  private func interpreted(
    _ before: LoadedRuleset, _ after: LoadedRuleset, _ bytes: [UInt8], _ question: Question
  ) -> (contracts: OutcomeChanges, conditions: [String: OutcomeChanges], rejected: [Int]) {
    var contracts = OutcomeChanges()
    var conditions: [String: OutcomeChanges] = [:]
    var rejected: [Int] = []
    var ids: Set<String> = []
    for (place, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated() where line.contains(where: { $0 != 0x20 })
    {
      guard let old = before.contract(ofLine: Array(line), place + 1, of: "").contract,
        let new = after.contract(ofLine: Array(line), place + 1, of: "").contract,
        ids.insert(new.id).inserted
      else {
        rejected.append(place + 1)
        continue
      }
      let verdicts = [(before, old), (after, new)].map { ruleset, contract in
        ruleset.evaluator.evaluate(
          contract, asOf: question.asOf, knownAt: question.knownAt, tracing: .verdictsOnly)
      }
      contracts.add(verdicts[0].outcome, verdicts[1].outcome)
      for name in after.checked.conditions.map(\.name)
      where before.checked.conditions.contains(where: { $0.name == name }) {
        let outcomes = zip([before, after], verdicts).map { ruleset, verdict in
          verdict.conditions.first { ruleset.checked[$0.condition].name == name }?.outcome
        }
        // A contract that neither ruleset is for has no conditions.
        guard outcomes != [nil, nil] else { continue }
        conditions[name, default: OutcomeChanges()].add(
          outcomes[0] ?? .notGoverned, outcomes[1] ?? .notGoverned)
      }
    }
    return (contracts, conditions, rejected)
  }

  private func load(_ text: String) throws -> LoadedRuleset? {
    try loadRuleset(SourceFile(name: "generated.proviso", text: text), from: Files()).ruleset
  }

  private func lines(_ ruleset: CheckedRuleset, _ seed: UInt64, count: Int) -> [UInt8] {
    var generator = PortfolioLineGenerator(ruleset, seed: seed, isPlain: seed % 2 == 0)
    var text = ""
    for index in 0..<count {
      let id = index % 37 == 11 ? "C\(index - 5)" : "C\(index)"
      text += generator.contract(id: id) + "\n"
      if index % 41 == 3 { text += "{\"id\": \"broken\(index)\", \"amount\": }\n\n" }
    }
    return Array(text.utf8)
  }

  @Test(arguments: [UInt64(1), 2])
  func aComparisonCountsWhatTheInterpreterTells(seed: UInt64) throws {
    var (next, done, changed) = (seed &* 9_000_011, 0, 0)
    while done < 6, next < seed &* 9_000_011 &+ 2_000 {
      next &+= 1
      var generator = SimpleRulesetGenerator(seed: next)
      let text = generator.ruleset()
      // The draft asks the contrary in its second condition.
      var pieces = text.components(separatedBy: "requires ")
      guard pieces.count > 2 else { continue }
      pieces[1] += "forbids " + pieces.remove(at: 2)
      let draft = pieces.joined(separator: "requires ")
      guard let before = try load(text), let after = try load(draft),
        ColumnarRun.fits(Editions(before))
      else { continue }
      done += 1
      let bytes = lines(before.checked, next, count: 90)
      let date = try #require(CalendarDate(year: 2019 + Int(next % 7), month: 6, day: 30))
      let question = Question(asOf: date)
      let expected = interpreted(before, after, bytes, question)
      let (told, comparison) = compared(before, after, bytes, question)
      #expect(comparison.contracts == expected.contracts, "seed \(next)")
      for condition in comparison.conditions where condition.before != nil {
        #expect(
          condition.changes == expected.conditions[condition.name],
          "seed \(next), \(condition.name)")
      }
      #expect(told.rejectedLines == expected.rejected, "seed \(next)")
      changed += comparison.contracts.total - comparison.contracts.sameCount
      #expect(compared(before, after, bytes, question, threads: 3, pieceBytes: 4_000).told == told)
    }
    #expect(done == 6)
    #expect(changed > 20)
  }

  private static let before = """
    ruleset aid "Aid" { version "1" }
    contract { amount : EUR   share : percent   note : text }
    condition cap "Capped" { requires amount <= EUR 10   on breach recall amount }
    condition stake "A stake" { requires share >= 5% }
    condition noted "With a note" { requires note = "x" }
    """
  private static let after = """
    ruleset aid "Aid" { version "2" }
    contract { amount : EUR   share : percent   seat : country   note : number }
    condition cap "Capped" { requires amount <= EUR 8   on breach recall amount }
    condition stake "A stake" { requires share >= 5% }
    condition seated "Seated" { requires seat = FR }
    """
  private static let contracts = """
    {"id": "A", "amount": "EUR 9", "share": "6%", "seat": "FR", "note": 1}
    {"id": "B", "amount": "EUR 9", "share": "4%", "seat": "FR"}
    {"id": "C", "amount": "EUR 5", "share": "6%", "seat": "DE", "note": null}
    {"id": "D", "amount": "EUR 12", "share": "6%", "note": "one"}
    {"id": "A", "amount": "EUR 1", "share": "6%"}
    {"id": "E", "amount": "EUR 9", "share": "6%", "seat": "FR"}
    {"id": "F", "amount": 9 9}

    """

  @Test func whatOnlyOneRulesetReadsIsNotCompared() throws {
    let before = try #require(try load(Self.before))
    let after = try #require(try load(Self.after))
    let question = Question(asOf: try readDate("2024-12-31"))
    let (told, comparison) = compared(before, after, Array(Self.contracts.utf8), question)
    // A has a number where a text belongs, D a text where a number does; F is no JSON, and of the
    // two contracts A the first was not compared.
    #expect(comparison.before.rejected.map(\.line) == [1])
    #expect(comparison.after.rejected.map(\.line) == [4])
    #expect(comparison.rejected.map(\.line) == [7])
    #expect(told.rejectedLines == [1, 4, 7])
    #expect(comparison.contracts.total == 4)
    // B breached its stake before; C, the second A and E were without a note.
    #expect(comparison.contracts[.breached, .breached] == 1)
    #expect(comparison.contracts[.undetermined, .breached] == 2)
    #expect(comparison.contracts[.undetermined, .undetermined] == 1)
    // What D would have been recalled under the ruleset before must not be in its sum.
    let stakes = comparison.before.summary.conditions[0].consequences[0]
    #expect(stakes.contractCount == 0)
    #expect(comparison.after.summary.conditions[0].consequences[0].contractCount == 2)
    #expect(
      told.table == """
        B,breached,breached,met > breached,,- > met,undetermined > -
        C,undetermined,breached,,,- > breached,undetermined > -
        E,undetermined,breached,met > breached,,- > met,undetermined > -

        """)
  }
}
