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
package struct PortfolioRun {
  private let editions: Editions
  private let question: Question
  private let filter: PortfolioFilter?
  private var summaries: [PortfolioSummary]
  private var collections: [PortfolioCollection]
  private var list: ContractList?
  private var rejected: [RejectedContract] = []
  private var rejectedCount = 0
  private var notGovernedCount = 0
  private var identifiers = SeenIdentifiers()

  /// How many rejected lines the report names.
  private static let rejectedLimit = 20

  /// Starts with no contract.
  package init(_ editions: Editions, _ question: Question, filter: PortfolioFilter? = nil) {
    self.editions = editions
    self.question = question
    self.filter = filter
    summaries = editions.rulesets.map { PortfolioSummary($0.checked) }
    collections = editions.rulesets.map { PortfolioCollection($0.evaluator) }
    list = filter.map { ContractList(question: $0.text) }
  }

  /// Takes the next line of the file; nil for an empty one.
  package mutating func take(_ line: FileLine, of name: String) -> PortfolioLine? {
    switch line {
    case .tooLong(let number):
      return reject(RejectedContract(tooLong: number))
    case .broken(let number, let reason):
      return reject(RejectedContract(broken: reason, line: number))
    case .line(let number, let bytes):
      guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return nil }
      return take(bytes, number, name)
    }
  }

  private mutating func take(_ bytes: [UInt8], _ number: Int, _ name: String) -> PortfolioLine {
    let choice = editions.choose(bytes, named: name, question)
    let ruleset = editions.rulesets[choice.position]
    let (read, rejection) = ruleset.contract(ofLine: bytes, number, of: name)
    guard let contract = read else {
      return reject(rejection ?? RejectedContract(broken: "it cannot be read", line: number))
    }
    let key = SeenIdentifiers.hash(contract.id.utf8)
    if case .again(let earlier) = identifiers.insert(key, line: number) {
      return reject(
        RejectedContract(repeating: contract.id, line: number, earlier: earlier))
    }
    let verdict = ruleset.evaluator.evaluate(
      contract, asOf: question.asOf, knownAt: question.knownAt, tracing: .verdictsOnly)
    let coverage =
      choice.coverage
      ?? ruleset.evaluator.coverage(of: contract, asOf: question.asOf, knownAt: question.knownAt)
    if case .notGoverned = coverage {
      notGovernedCount += 1
    } else {
      summaries[choice.position].add(verdict)
    }
    if case .unknown = coverage {
      // It may be a contract of any version, so none of them knows its whole.
      for position in collections.indices {
        collections[position].add(contract, verdict, coverage)
      }
    } else {
      collections[choice.position].add(contract, verdict, coverage)
    }
    addToList(contract, verdict, edition: choice.position)
    return .verdict(verdict, edition: choice.position)
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
          asOf: question.asOf, knownAt: question.knownAt, tracing: .withDerivations))
    }
    return PortfolioReport(
      source: source, asOf: question.asOf, knownAt: question.knownAt, parts: parts,
      notGovernedCount: notGovernedCount, rejected: rejected, rejectedCount: rejectedCount,
      list: list)
  }
}
