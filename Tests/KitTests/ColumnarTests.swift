// Portfolios in columns: pieces, threads, what is refused, and tables of CSV.

import ProvisoBatch
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoTestSupport
import Testing

@Suite struct ColumnarTests {
  private static let text = """
    ruleset columns "Columns" { version "1" }
    contract { signed : date  amount : EUR  home : country  owners : list of Owner
               borrower : Borrower  emissions : tCO2e by year }
    record Owner { country : country  share : percent }
    record Borrower { name : text  turnover : EUR }
    condition large "Large" { requires amount >= EUR 1_000 }
    condition owned "Owned" { requires no o in owners where o.share >= 25% and o.country = PA }
    condition firm "Firm" { requires borrower.turnover > 0 and emissions at 2024 <= 10 tCO2e }
    condition chain_of "Left to the interpreter" { requires round(amount, to EUR 100, half up) = amount }
    """

  private func columnar() throws -> ColumnarRuleset {
    let loading = try loadRuleset(
      SourceFile(name: "columns.proviso", text: Self.text), from: Files())
    let date = try #require(CalendarDate(iso: "2026-06-30"))
    return ColumnarRuleset(try #require(loading.ruleset), Question(asOf: date))
  }

  private func lines(_ ruleset: CheckedRuleset, _ count: Int) -> [UInt8] {
    var generator = PortfolioLineGenerator(ruleset, seed: 7)
    var text = ""
    for index in 0..<count {
      text += generator.contract(id: "C\(index)") + (index % 50 == 3 ? "\r\n" : "\n")
      if index % 97 == 5 { text += "\n" }
      if index % 101 == 7 { text += "{\"id\": \"broken\", \"amount\": }\n" }
    }
    return Array(text.utf8)
  }

  private struct Answer: Equatable {
    var ids: [String] = []
    var lines: [Int] = []
    var columns: [[UInt8]] = []
    var contracts: [UInt8] = []
    var rejected: [Int] = []
  }

  private func answer(
    _ columnar: ColumnarRuleset, _ bytes: [UInt8], threads: Int, pieceBytes: Int
  ) -> Answer {
    var answer = Answer()
    answer.columns = columnar.ruleset.checked.conditions.map { _ in [] }
    let failure = checkColumns(
      columnar, PortfolioPieces(bytes, named: "lines", pieceBytes: pieceBytes), threads: threads
    ) { piece in
      for row in piece.rows.indices {
        answer.ids.append(piece.id(row))
        answer.lines.append(piece.rows[row].line)
      }
      for index in answer.columns.indices {
        answer.columns[index] += piece.verdicts.conditions[index]
      }
      answer.contracts += piece.verdicts.contracts
      answer.rejected += piece.rejected.map(\.line)
      return true
    }
    #expect(failure == nil)
    return answer
  }

  @Test func everyThreadCountAndPieceSizeGivesTheSame() throws {
    let columnar = try columnar()
    let bytes = lines(columnar.ruleset.checked, 3_000)
    let whole = answer(columnar, bytes, threads: 1, pieceBytes: 1 << 20)
    #expect(whole.ids.count + whole.rejected.count > 3_000)
    #expect(!whole.rejected.isEmpty)
    for (threads, size) in [(1, 700), (2, 5_000), (3, 20_000), (4, 100_000)] {
      #expect(answer(columnar, bytes, threads: threads, pieceBytes: size) == whole)
    }
  }

  /// What comes out is what the interpreter says of each line by itself.
  @Test func everyLineIsAnsweredAsTheInterpreterAnswersIt() throws {
    let columnar = try columnar()
    let bytes = lines(columnar.ruleset.checked, 600)
    let found = answer(columnar, bytes, threads: 2, pieceBytes: 10_000)
    let texts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (row, line) in found.lines.enumerated() {
      let reading = try columnar.ruleset.contract(Array(texts[line - 1]), named: "line")
      let contract = try #require(reading.contract, "line \(line)").contract
      let verdict = columnar.ruleset.evaluator.evaluate(
        contract, asOf: columnar.question.asOf, knownAt: columnar.question.knownAt,
        tracing: .verdictsOnly)
      #expect(contract.id == found.ids[row])
      #expect(OutcomeByte.byte(verdict.outcome) == found.contracts[row], "line \(line)")
      for condition in verdict.conditions {
        #expect(
          OutcomeByte.byte(condition.outcome) == found.columns[condition.condition.index][row],
          "line \(line), condition \(condition.condition.index)")
      }
    }
    for line in found.rejected {
      #expect(try columnar.ruleset.contract(Array(texts[line - 1]), named: "line").contract == nil)
    }
  }

  // MARK: CSV

  private func source(_ text: String) -> CsvRows.LineSource {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    return { lines.popFirst().map { Array($0.utf8) } }
  }

  @Test func aRowOfATableIsTheObjectItStandsFor() throws {
    let columnar = try columnar()
    let table = """
      id,signed,amount,country of home,borrower.name,borrower.turnover,emissions.2024
      A,2021-03-01,1250.50,DK,"Holdco, ""the"" firm",EUR 3 million,
      "B
      2",,007,NA,,,5.25\r
      """
    let owners = "id,country,share\nA,PA,25.00\nA,,3.5\n"
    var contracts = try CsvContracts(
      CsvRows("table.csv", source(table)),
      lists: [CsvList(path: "owners", rows: CsvRows("owners.csv", source(owners)))],
      ruleset: columnar.ruleset.checked, mapping: ["country of home": "home"])
    let first = try #require(try contracts.next())
    #expect(
      String(decoding: first.text, as: UTF8.self)
        == #"{"id":"A","signed":"2021-03-01","amount":1250.50,"home":"DK","borrower":{"name":"Holdco, \"the\" firm","turnover":"EUR 3 million"},"emissions":{"2024":null},"owners":[{"country":"PA","share":25.00},{"country":null,"share":3.5}]}"#
    )
    let second = try #require(try contracts.next())
    #expect(second.line == 3)
    #expect(
      String(decoding: second.text, as: UTF8.self)
        == #"{"id":"B\u000a2","signed":null,"amount":"007","home":"NA","borrower":{"name":null,"turnover":null},"emissions":{"2024":5.25},"owners":[]}"#
    )
    #expect(try contracts.next() == nil)
  }

  @Test func tablesThatAreNotWholeAreRefused() throws {
    let ruleset = try columnar().ruleset.checked
    func refusal(_ table: String, owners: String? = nil) -> String? {
      do throws(CsvFailure) {
        let lists =
          owners.map { [CsvList(path: "owners", rows: CsvRows("owners.csv", source($0)))] } ?? []
        var contracts = try CsvContracts(
          CsvRows("table.csv", source(table)), lists: lists, ruleset: ruleset)
        while try contracts.next() != nil {}
        return nil
      } catch {
        return "\(error.name):\(error.line): \(error.message)"
      }
    }
    #expect(refusal("signed\n2021-01-01") == "table.csv:1: no column is called `id`")
    #expect(refusal("") == "table.csv:1: the file is empty")
    #expect(refusal("id,id\nA,B") == "table.csv:1: two columns stand for `id`")
    #expect(refusal("id,signed\nA") == "table.csv:2: this row has 1 cells, and the header 2")
    #expect(refusal("id\n\"A") == "table.csv:2: the file ends inside a quoted cell")
    #expect(refusal("id\nA\"B") == "table.csv:2: a quote stands inside a cell")
    #expect(
      refusal("id\nA\nB", owners: "id,share\nB,1\nA,2")
        == "owners.csv:3: no contract that follows has the id of this row")
    #expect(refusal("id\nA\nB", owners: "id,share\nA,1\nB,2") == nil)
  }
}
