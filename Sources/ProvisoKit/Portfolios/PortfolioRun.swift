// A portfolio checked contract by contract: counts, rows and rejected lines as they come.

import ProvisoContracts
import ProvisoInterpreter
package import ProvisoModel
import ProvisoQuantities
package import ProvisoReports
import ProvisoSource

/// What came of one line.
package enum PortfolioLine: Sendable {
  /// The verdict of a version on a contract.
  case verdict(ContractVerdict, edition: Int)
  case rejected(RejectedContract)
}

/// Which contracts to list: those of which a condition, or the contract, came out so.
package struct PortfolioFilter: Sendable {
  /// Nil: the contract as a whole.
  package let condition: String?
  package let outcome: Outcome

  /// A filter on a condition or on the contract.
  package init(condition: String?, outcome: Outcome) {
    self.condition = condition
    self.outcome = outcome
  }

  /// How it is written: `no_payout=breached`.
  package var text: String { "\(condition ?? "contract")=\(outcome.rawValue)" }
}

/// One run over a portfolio.
///
/// Contracts are handed over line by line and kept only as far as conditions on the whole ask for
/// them. Nothing that is wrong with one line stops the run.
package struct PortfolioRun: ~Copyable {
  private let editions: Editions
  private let question: Question
  private let filter: PortfolioFilter?
  private var summaries: [PortfolioSummary]
  private var collections: [PortfolioCollection]
  private var list: ContractList?
  private var rejected: [RejectedContract] = []
  private var rejectedCount = 0
  private var notGovernedCount = 0
  private var identifiers: SeenIdentifiers

  /// How many rejected lines the report names.
  private static let rejectedLimit = 20

  /// Starts with no contract.
  ///
  /// - Parameter files: Says where ids that memory has no room for are put.
  package init(
    _ editions: Editions, _ question: Question, filter: PortfolioFilter? = nil,
    files: Files = Files()
  ) {
    identifiers = SeenIdentifiers(files)
    self.editions = editions
    self.question = question
    self.filter = filter
    summaries = editions.rulesets.map { PortfolioSummary($0.checked) }
    collections = editions.rulesets.map { PortfolioCollection($0.evaluator) }
    list = filter.map { ContractList(question: $0.text) }
  }

  /// Why it is not known of every contract whether its id was there before; nil where it is.
  package var failure: FileFailure? { identifiers.failure }

  /// What finds out about single lines, on any thread.
  package var examiner: PortfolioExaminer { PortfolioExaminer(editions, question) }

  /// Takes the next line of the file; nil for an empty one.
  package mutating func take(_ line: FileLine, of name: String) -> PortfolioLine? {
    examiner.examine(line, of: name).map { take($0) }
  }

  /// Takes what was found out about the next line.
  package mutating func take(_ line: ExaminedLine) -> PortfolioLine {
    switch line.finding {
    case .rejected(let contract): reject(contract)
    case .contract(let found): take(found)
    }
  }

  private mutating func take(_ found: ExaminedContract) -> PortfolioLine {
    let (contract, verdict) = (found.contract, found.verdict)
    let key = SeenIdentifiers.hash(contract.id.utf8)
    if case .again(let earlier) = identifiers.insert(key, line: found.line) {
      return reject(
        RejectedContract(repeating: contract.id, line: found.line, earlier: earlier))
    }
    if case .notGoverned = found.coverage {
      notGovernedCount += 1
    } else {
      summaries[found.edition].add(verdict)
    }
    if case .unknown = found.coverage {
      // It may be a contract of any version, so none of them knows its whole.
      for position in collections.indices {
        collections[position].add(contract, verdict, found.coverage)
      }
    } else {
      collections[found.edition].add(contract, verdict, found.coverage)
    }
    addToList(contract, verdict, edition: found.edition)
    return .verdict(verdict, edition: found.edition)
  }

  private mutating func reject(_ contract: RejectedContract) -> PortfolioLine {
    rejectedCount += 1
    if rejected.count < Self.rejectedLimit { rejected.append(contract) }
    for position in collections.indices {
      collections[position].addRejected("line \(contract.line)")
    }
    return .rejected(contract)
  }

  // MARK: The list

  /// Whether a verdict is one that was asked for.
  package func isListed(_ verdict: ContractVerdict, edition: Int) -> Bool {
    guard let filter else { return true }
    guard let condition = filter.condition else { return verdict.outcome == filter.outcome }
    let checked = editions.rulesets[edition].checked
    return verdict.conditions.contains {
      $0.outcome == filter.outcome && checked[$0.condition].name == condition
    }
  }

  private mutating func addToList(
    _ contract: Contract, _ verdict: ContractVerdict, edition: Int
  ) {
    guard let filter, isListed(verdict, edition: edition) else { return }
    let ruleset = editions.rulesets[edition]
    var said: Prose?
    if list?.hasRoom == true, let name = filter.condition,
      let condition = ruleset.condition(named: name)
    {
      said = ruleset.sentence(on: condition, of: contract, question)
    }
    list?.add(contract.id, verdict.outcome, sentence: said)
  }

  // MARK: The report

  /// What the portfolio came to, once every line was taken.
  package func report(on source: String) -> PortfolioReport {
    let parts = editions.rulesets.indices.map { position in
      RulesetPart(
        identity: editions.rulesets[position].identity,
        times: editions.isSeveral ? editions.times(of: position) : nil,
        summary: summaries[position],
        portfolio: collections[position].verdict(
          asOf: question.asOf, knownAt: question.knownAt, tracing: .withDerivations,
          scoreboards: .verdictsOnly))
    }
    return PortfolioReport(
      source: source, asOf: question.asOf, knownAt: question.knownAt, parts: parts,
      notGovernedCount: notGovernedCount, rejected: rejected, rejectedCount: rejectedCount,
      list: list)
  }
}
