// A run over a portfolio in columns: pieces decided by several threads, taken up in file order.

import ProvisoBatch
import ProvisoInterpreter
package import ProvisoModel
import ProvisoQuantities
package import ProvisoReports
import ProvisoSource

/// What a run hands over as it goes, in the order of the file.
package struct RunOutput {
  /// Takes rows of the table; false ends the run.
  package var table: ([UInt8]) -> Bool
  /// Takes a rejected line; false ends the run.
  package var rejected: (RejectedContract) -> Bool
  /// Is told how many bytes and contracts are behind.
  package var progress: (_ bytes: Int, _ contracts: Int) -> Void

  /// Where the answers of a run go.
  package init(
    table: @escaping ([UInt8]) -> Bool, rejected: @escaping (RejectedContract) -> Bool,
    progress: @escaping (_ bytes: Int, _ contracts: Int) -> Void
  ) {
    self.table = table
    self.rejected = rejected
    self.progress = progress
  }
}

/// One run over a portfolio by one ruleset.
///
/// Of a contract nothing is kept but the hash of its id, unless portfolio conditions or scoreboards
/// ask of it what columns do not say.
package final class ColumnarRun {
  private let editions: Editions
  private let columnar: ColumnarRuleset
  private let questions: PieceQuestions
  private var summary: PortfolioSummary
  private var collection: PortfolioCollection
  private var list: ContractList?
  private var rejected: [RejectedContract] = []
  private var notGovernedCount = 0
  // Taking an id up does not come back here, so no access has to be watched.
  @exclusivity(unchecked) private var identifiers: SeenIdentifiers
  private var spare: ColumnarWorker?
  private var recording: ColumnarRecording?
  private var byteCount = 0
  /// How many contracts were read, those not governed included.
  package private(set) var contractCount = 0
  /// How many lines were rejected.
  package private(set) var rejectedCount = 0
  /// How many conditions and determinations of contracts the interpreter decided.
  package private(set) var interpretedCount = 0
  /// Of how many governed contracts nothing was kept although something is asked of all together.
  package private(set) var settledCount = 0

  /// Why it is not known of every contract whether its id was there before, which ends the run.
  package var failure: FileFailure? { identifiers.failure }

  /// How many rejected lines the report names.
  private static let rejectedLimit = 20

  /// Whether a portfolio can be run in columns: one ruleset, with conditions of contracts.
  package static func fits(_ editions: Editions) -> Bool {
    guard !editions.isSeveral, let checked = editions.rulesets.first?.checked else { return false }
    return checked.conditions.contains { !$0.isPortfolio }
  }

  /// Starts with no contract.
  ///
  /// - Parameters:
  ///   - records: Whether `run` is handed a recording.
  ///   - files: Says where ids that memory has no room for are put.
  package init(
    _ editions: Editions, _ question: Question, filter: PortfolioFilter?, table: PortfolioTable?,
    records: Bool = false, files: Files = Files()
  ) {
    identifiers = SeenIdentifiers(files)
    self.editions = editions
    columnar = ColumnarRuleset(editions.rulesets[0], question)
    summary = PortfolioSummary(editions.rulesets[0].checked)
    collection = PortfolioCollection(editions.rulesets[0].evaluator)
    questions = PieceQuestions(
      filter: filter, table: table, records: records, collects: collection.isAskedAnything)
    list = filter.map { ContractList(question: $0.text) }
  }

  /// Checks a portfolio.
  ///
  /// - Parameters:
  ///   - next: Gives the next piece, nil behind the last.
  ///   - recording: Records the results; where it fails, the run ends.
  package func run(
    _ next: @escaping () -> PortfolioPiece?, threads: Int, recording: ColumnarRecording? = nil,
    into output: RunOutput
  ) {
    self.recording = recording
    defer { self.recording = nil }
    let columnar = columnar
    let questions = questions
    workInOrder(
      threads: threads, next: next, makeWorker: { ColumnarWorker(columnar, questions) },
      work: { worker, piece in worker.check(piece) },
      finish: { checked in self.take(checked, into: output) })
  }

  // MARK: In file order

  private func take(_ checked: CheckedPiece, into output: RunOutput) -> Bool {
    var checked = checked
    recording?.learn(from: checked.leaves)
    let repeated = identifiers.repeatedLines(of: checked)
    guard identifiers.failure == nil else { return false }
    if !repeated.isEmpty {
      // Rare: the piece is answered again without them.
      var worker = spare ?? ColumnarWorker(columnar, questions)
      checked = worker.check(checked.piece, rejecting: repeated)
      spare = worker
      recording?.learn(from: checked.leaves)
    }
    if let recording, !recording.record(checked) { return false }
    contractCount += checked.rows.count
    rejectedCount += checked.rejected.count
    interpretedCount += checked.interpretedCount
    notGovernedCount += checked.notGovernedCount
    byteCount += checked.piece.count
    if let part = checked.summary { summary.add(part) }
    if questions.collects { collect(checked.contributions, checked) }
    for contract in checked.rejected {
      if rejected.count < Self.rejectedLimit { rejected.append(contract) }
      guard output.rejected(contract) else { return false }
    }
    for row in checked.listed { addToList(row, checked) }
    output.progress(byteCount, contractCount)
    return checked.table.isEmpty || output.table(checked.table)
  }

  // MARK: All contracts together

  /// Takes up the contracts of a piece for questions over all of them.
  ///
  /// - Parameter part: Nil of a piece without contracts.
  private func collect(_ part: PieceContributions?, _ checked: CheckedPiece) {
    let part = part ?? PieceContributions(settled: [])
    var members = part.members
    if collection.showsMembers {
      for row in part.settledRows {
        let bytes = Array(checked.piece.bytes[checked.rows[row].text])
        let read = columnar.ruleset.contract(ofLine: bytes, checked.rows[row].line, of: "")
        if let contract = read.contract {
          members.append(PieceMember(row: row, contract: contract))
        }
      }
      members.sort { $0.row < $1.row }
    } else if !part.settledRows.isEmpty {
      settledCount += part.settledRows.count
      collection.add(
        settled: part.settledRows.count, (columnar.plan.contributions ?? []).map(\.question),
        part.settled)
    }
    // Only so many of the lines that stand in the way are named: the first.
    var rejected = checked.rejected[...]
    for member in members {
      let line = checked.rows[member.row].line
      while let next = rejected.first, next.line < line {
        collection.addRejected("line \(next.line)")
        rejected.removeFirst()
      }
      add(member, checked)
    }
    for contract in rejected { collection.addRejected("line \(contract.line)") }
  }

  private func add(_ member: PieceMember, _ checked: CheckedPiece) {
    var outcomes: [ConditionID: Outcome] = [:]
    for condition in collection.askedConditions {
      outcomes[condition] = OutcomeByte.outcome(
        checked.verdicts.conditions[condition.index][member.row])
    }
    let coverage = columnar.ruleset.evaluator.coverage(
      of: member.contract, asOf: columnar.question.asOf, knownAt: columnar.question.knownAt)
    collection.add(member.contract, outcomes: outcomes, coverage)
  }

  private func addToList(_ row: Int, _ checked: CheckedPiece) {
    let byte = checked.verdicts.contracts[row]
    let outcome = OutcomeByte.outcome(byte) ?? .notGoverned
    var said: Prose?
    if list?.hasRoom == true, let name = questions.filter?.condition,
      let condition = columnar.ruleset.condition(named: name)
    {
      let bytes = Array(checked.piece.bytes[checked.rows[row].text])
      let read = columnar.ruleset.contract(ofLine: bytes, checked.rows[row].line, of: "")
      said = read.contract.flatMap {
        columnar.ruleset.sentence(on: condition, of: $0, columnar.question)
      }
    }
    list?.add(checked.id(row), outcome, sentence: said)
  }

  // MARK: The report

  /// What the portfolio came to, once every piece was taken.
  package func report(on source: String) -> PortfolioReport {
    let ruleset = columnar.ruleset
    let question = columnar.question
    let part = RulesetPart(
      identity: ruleset.identity, times: nil, summary: summary,
      portfolio: collection.verdict(
        asOf: question.asOf, knownAt: question.knownAt, tracing: .withDerivations,
        scoreboards: .verdictsOnly))
    return PortfolioReport(
      source: source, asOf: question.asOf, knownAt: question.knownAt, parts: [part],
      notGovernedCount: notGovernedCount, rejected: rejected, rejectedCount: rejectedCount,
      list: list, evaluation: evaluation)
  }

  private var evaluation: EvaluationCounts {
    let counts = columnar.conditionCounts
    return EvaluationCounts(
      inColumns: counts.columns, byInterpreter: counts.interpreter,
      interpretedAnswers: interpretedCount)
  }
}
