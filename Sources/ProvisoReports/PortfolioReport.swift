// The report on a portfolio: counts, amounts, portfolio conditions, scoreboards, rejected lines.

package import ProvisoModel
package import ProvisoQuantities

/// What one ruleset, or one of its versions, says of the contracts it governs.
package struct RulesetPart: Sendable {
  package let identity: RulesetIdentity
  /// The days it governs, where there are several versions.
  package let times: (subject: String, from: CalendarDate?, until: CalendarDate?)?
  package let summary: PortfolioSummary
  package let portfolio: PortfolioVerdict

  /// A part of a report.
  package init(
    identity: RulesetIdentity,
    times: (subject: String, from: CalendarDate?, until: CalendarDate?)?,
    summary: PortfolioSummary, portfolio: PortfolioVerdict
  ) {
    self.identity = identity
    self.times = times
    self.summary = summary
    self.portfolio = portfolio
  }
}

/// A contract that somebody asked to have listed, with the sentence that says why it is there.
package struct ListedContract: Hashable, Sendable {
  package let id: String
  package let outcome: Outcome
  package let sentence: Prose?

  /// A contract of the list.
  package init(id: String, outcome: Outcome, sentence: Prose?) {
    self.id = id
    self.outcome = outcome
    self.sentence = sentence
  }
}

/// The contracts that came out as asked for with `--where`.
package struct ContractList: Sendable {
  /// `no_payout=breached`.
  package let question: String
  /// The first of them, in file order.
  package fileprivate(set) var contracts: [ListedContract] = []
  /// How many there are.
  package private(set) var count = 0

  /// How many are listed by name; the file of `--out` has all.
  package static let limit = 1_000

  /// An empty list.
  package init(question: String) { self.question = question }

  /// Whether the next contract will be named.
  package var hasRoom: Bool { contracts.count < Self.limit }

  /// Takes up a contract, with the sentence to show where it will be named.
  package mutating func add(_ id: String, _ outcome: Outcome, sentence: Prose?) {
    count += 1
    guard hasRoom else { return }
    contracts.append(ListedContract(id: id, outcome: outcome, sentence: sentence))
  }
}

/// How a portfolio was evaluated: in columns, and where by the interpreter.
package struct EvaluationCounts: Hashable, Sendable {
  /// Conditions that have operations over columns.
  package let inColumns: Int
  /// Conditions that the interpreter decides for every contract.
  package let byInterpreter: Int
  /// Answers (conditions and determinations of single contracts) that the interpreter gave.
  package let interpretedAnswers: Int

  /// Counts.
  package init(inColumns: Int, byInterpreter: Int, interpretedAnswers: Int) {
    self.inColumns = inColumns
    self.byInterpreter = byInterpreter
    self.interpretedAnswers = interpretedAnswers
  }
}

/// The report on a portfolio, before it is text or JSON.
package struct PortfolioReport: Sendable {
  /// The portfolio file as it was named.
  package let source: String
  package let asOf: CalendarDate
  package let knownAt: CalendarDate
  /// One a ruleset; of several versions in the order of the days they govern.
  package let parts: [RulesetPart]
  /// Contracts that no version governs.
  package let notGovernedCount: Int
  package let rejected: [RejectedContract]
  /// How many lines were rejected; `rejected` holds the first of them.
  package let rejectedCount: Int
  package let list: ContractList?
  /// Nil: the interpreter gave every answer.
  package let evaluation: EvaluationCounts?

  /// A report.
  package init(
    source: String, asOf: CalendarDate, knownAt: CalendarDate, parts: [RulesetPart],
    notGovernedCount: Int, rejected: [RejectedContract], rejectedCount: Int, list: ContractList?,
    evaluation: EvaluationCounts? = nil
  ) {
    self.source = source
    self.asOf = asOf
    self.knownAt = knownAt
    self.parts = parts
    self.notGovernedCount = notGovernedCount
    self.rejected = rejected
    self.rejectedCount = rejectedCount
    self.list = list
    self.evaluation = evaluation
  }

  /// How many missing facts are told.
  static let requestLimit = 10

  /// Contracts that were read and governed.
  package var contractCount: Int {
    parts.reduce(0) { $0 + $1.summary.contracts.total - $1.summary.contracts[.notGoverned] }
  }
}

extension OutcomeCounts {
  /// The outcomes that occur: "3 breached, 1 undetermined, 7 met".
  var words: Prose {
    let parts = occurring.map { "\($0.count) \(words: $0.outcome.rawValue)" as Prose }
    return parts.isEmpty ? "none" : Prose.joined(parts, by: ", ")
  }

  /// The share that is breached, of all that the condition applied to; nil where it applied to
  /// none.
  var breachRate: Fraction? {
    applicable == 0 ? nil : try? Fraction(self[.breached]) / Fraction(applicable)
  }
}
