// A portfolio decided by two rulesets: who would come out otherwise under the second.

import ProvisoBatch
import ProvisoModel
package import ProvisoReports

/// One comparison of two rulesets over a portfolio.
///
/// Conditions are the same by their name. Of a contract nothing is kept but the hash of its id, and
/// of the first that changed what changed.
package final class ComparisonRun {
  private let before: ColumnarRuleset
  private let after: ColumnarRuleset
  private let writesTable: Bool
  private var conditions: [ComparedCondition]
  private var contracts = OutcomeChanges()
  private var summaries: (before: PortfolioSummary, after: PortfolioSummary)
  private var lists = ComparedList.Kind.allCases.map { ComparedList($0) }
  private var rejected = RejectedLines()
  private var rejectedBefore = RejectedLines()
  private var rejectedAfter = RejectedLines()
  // Taking an id up does not come back here, so no access has to be watched.
  @exclusivity(unchecked) private var identifiers: SeenIdentifiers
  private var spare: ComparingWorker?
  private var byteCount = 0

  /// Lines that were refused: the first, and how many.
  private struct RejectedLines {
    var first: [RejectedContract] = []
    var count = 0

    mutating func add(_ lines: [RejectedContract]) {
      count += lines.count
      first += lines.prefix(max(0, 20 - first.count))
    }
  }

  /// Starts with no contract.
  ///
  /// - Parameters:
  ///   - before: The ruleset in force; with conditions of contracts, as `after`.
  ///   - after: The draft.
  ///   - files: Says where ids that memory has no room for are put.
  package init(
    before: LoadedRuleset, after: LoadedRuleset, _ question: Question, writesTable: Bool = false,
    files: Files = Files()
  ) {
    self.before = ColumnarRuleset(before, question)
    self.after = ColumnarRuleset(after, question)
    self.writesTable = writesTable
    identifiers = SeenIdentifiers(files)
    summaries = (PortfolioSummary(before.checked), PortfolioSummary(after.checked))
    let (old, new) = (Self.names(before.checked), Self.names(after.checked))
    // In the order of the draft; what it dropped stands behind.
    conditions = new.map { name, id in
      ComparedCondition(name: name, before: old.first { $0.name == name }?.id, after: id)
    }
    for (name, id) in old where !new.contains(where: { $0.name == name }) {
      conditions.append(ComparedCondition(name: name, before: id, after: nil))
    }
  }

  /// The conditions of contracts by their names.
  private static func names(_ ruleset: CheckedRuleset) -> [(name: String, id: ConditionID)] {
    ruleset.conditions.enumerated().compactMap { index, condition in
      condition.isPortfolio ? nil : (condition.name, ConditionID(index))
    }
  }

  /// How many contracts both rulesets could read.
  package var contractCount: Int { contracts.total }
  /// How many lines were refused by one of them or by both.
  package var rejectedCount: Int {
    rejected.count + rejectedBefore.count + rejectedAfter.count
  }
  /// Why it is not known of every contract whether its id was there before, which ends the run.
  package var failure: FileFailure? { identifiers.failure }

  /// The header of the table.
  package var tableHeader: String {
    csvRow(["id", "before", "after"] + conditions.map(\.name))
  }

  /// Compares a portfolio.
  ///
  /// - Parameter next: Gives the next piece, nil behind the last.
  package func run(
    _ next: @escaping () -> PortfolioPiece?, threads: Int, into output: RunOutput
  ) {
    let (before, after, conditions, writesTable) = (before, after, conditions, writesTable)
    workInOrder(
      threads: threads, next: next,
      makeWorker: { ComparingWorker(before, after, conditions, writesTable: writesTable) },
      work: { worker, piece in worker.compare(piece) },
      finish: { piece in self.take(piece, into: output) })
  }

  // MARK: In file order

  private func take(_ compared: ComparedPiece, into output: RunOutput) -> Bool {
    var piece = compared
    let repeated = identifiers.repeatedLines(of: piece.before)
    guard identifiers.failure == nil else { return false }
    if !repeated.isEmpty {
      // Rare: the piece is answered again without them.
      var worker =
        spare ?? ComparingWorker(before, after, conditions, writesTable: writesTable)
      piece = worker.compare(piece.before.piece, rejecting: repeated)
      spare = worker
    }
    for pair in piece.contracts.occurring {
      contracts.add(pair.before, pair.after, count: pair.count)
    }
    for (place, bins) in piece.conditions.enumerated() {
      // A contract that neither ruleset is for has no conditions.
      for pair in bins.occurring where pair.before != .notGoverned || pair.after != .notGoverned {
        conditions[place].changes.add(pair.before, pair.after, count: pair.count)
      }
    }
    if let part = piece.before.summary { summaries.before.add(part) }
    if let part = piece.after.summary { summaries.after.add(part) }
    for row in piece.changed { addToLists(row, piece) }
    rejected.add(piece.rejected)
    rejectedBefore.add(piece.rejectedBefore)
    rejectedAfter.add(piece.rejectedAfter)
    let all = piece.rejected + piece.rejectedBefore + piece.rejectedAfter
    for line in all.sorted(by: { $0.line < $1.line }) {
      guard output.rejected(line) else { return false }
    }
    byteCount += piece.before.piece.count
    output.progress(byteCount, contracts.total)
    return piece.table.isEmpty || output.table(piece.table)
  }

  private func addToLists(_ row: Int, _ piece: ComparedPiece) {
    let (old, new) = (piece.before.outcome(row), piece.after.outcome(row))
    for place in lists.indices where lists[place].hasRoom && lists[place].kind.holds(old, new) {
      lists[place].add(contract(row, piece, old, new))
    }
  }

  private func contract(
    _ row: Int, _ piece: ComparedPiece, _ old: Outcome, _ new: Outcome
  ) -> ComparedContract {
    var changes: [ComparedContract.Change] = []
    var sentences: [(name: String, text: Prose)] = []
    let line = Array(piece.after.piece.bytes[piece.after.rows[row].text])
    let read = after.ruleset.contract(ofLine: line, piece.after.rows[row].line, of: "")
    for condition in conditions {
      let before = piece.before.outcome(of: condition.before, row)
      let after = piece.after.outcome(of: condition.after, row)
      // What is there under one ruleset only is told where it can be why the contract changed.
      let isOpen = { (outcome: Outcome?) in outcome == .breached || outcome == .undetermined }
      let isInBoth =
        before != nil && after != nil && before != .notGoverned && after != .notGoverned
      guard isInBoth ? before != after : isOpen(before) || isOpen(after) else { continue }
      changes.append((condition.name, before, after))
      guard let id = condition.after, let contract = read.contract,
        after == .breached || after == .undetermined,
        let said = self.after.ruleset.sentence(on: id, of: contract, self.after.question)
      else { continue }
      sentences.append((condition.name, said))
    }
    return ComparedContract(
      id: piece.after.id(row), before: old, after: new, conditions: changes,
      sentences: sentences)
  }

  // MARK: The report

  /// What the comparison came to, once every piece was taken.
  package func report(on source: String) -> Comparison {
    Comparison(
      source: source, asOf: after.question.asOf, knownAt: after.question.knownAt,
      before: Comparison.Side(
        identity: before.ruleset.identity, summary: summaries.before,
        rejected: rejectedBefore.first, rejectedCount: rejectedBefore.count),
      after: Comparison.Side(
        identity: after.ruleset.identity, summary: summaries.after,
        rejected: rejectedAfter.first, rejectedCount: rejectedAfter.count),
      contracts: contracts, conditions: conditions, lists: lists, rejected: rejected.first,
      rejectedCount: rejected.count)
  }
}
