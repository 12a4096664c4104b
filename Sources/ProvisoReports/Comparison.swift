// What would change under another ruleset: outcomes before and after, counted and by contract.

package import ProvisoModel
package import ProvisoQuantities

/// How many contracts went from which outcome to which.
package struct OutcomeChanges: Hashable, Sendable {
  private var counts = [Int](repeating: 0, count: Outcome.allCases.count * Outcome.allCases.count)

  /// Nothing counted yet.
  package init() {}

  /// How many went from one outcome to another.
  package subscript(before: Outcome, after: Outcome) -> Int { counts[place(before, after)] }

  /// Counts contracts.
  package mutating func add(_ before: Outcome, _ after: Outcome, count: Int = 1) {
    counts[place(before, after)] += count
  }

  private func place(_ before: Outcome, _ after: Outcome) -> Int {
    before.severity * Outcome.allCases.count + after.severity
  }

  /// The changes that occur, the worst outcome under the new ruleset first.
  package var occurring: [(before: Outcome, after: Outcome, count: Int)] {
    let ranked = Outcome.allCases.sorted { $0.severity < $1.severity }
    return ranked.flatMap { after in
      ranked.compactMap { before in
        let count = self[before, after]
        return before == after || count == 0 ? nil : (before, after, count)
      }
    }
  }

  /// How many came out as before.
  package var sameCount: Int { Outcome.allCases.reduce(0) { $0 + self[$1, $1] } }
  /// How many were counted.
  package var total: Int { counts.reduce(0, +) }
  /// How many have an outcome now that they did not have before.
  package func newly(_ outcome: Outcome) -> Int {
    Outcome.allCases.reduce(0) { $1 == outcome ? $0 : $0 + self[$1, outcome] }
  }
}

/// A condition of one ruleset or of both, which are the same by their name.
package struct ComparedCondition: Sendable {
  package let name: String
  /// Where it stands in the ruleset before; nil where only the new one has it.
  package let before: ConditionID?
  /// Where it stands in the new ruleset; nil where only the one before had it.
  package let after: ConditionID?
  /// Of a condition of both.
  package var changes = OutcomeChanges()

  /// A condition with nothing counted yet.
  package init(name: String, before: ConditionID?, after: ConditionID?) {
    self.name = name
    self.before = before
    self.after = after
  }
}

/// A contract that comes out otherwise.
package struct ComparedContract: Sendable {
  /// How one of its conditions came out; nil under a ruleset that does not have it.
  package typealias Change = (name: String, before: Outcome?, after: Outcome?)

  package let id: String
  package let before: Outcome
  package let after: Outcome
  /// Its conditions that changed, and those of one ruleset only that can be why.
  package let conditions: [Change]
  /// What the new ruleset says of the conditions that are breached or undetermined now.
  package let sentences: [(name: String, text: Prose)]

  /// A contract with what changed.
  package init(
    id: String, before: Outcome, after: Outcome, conditions: [Change],
    sentences: [(name: String, text: Prose)]
  ) {
    self.id = id
    self.before = before
    self.after = after
    self.conditions = conditions
    self.sentences = sentences
  }
}

/// Contracts of one kind of change: the first by name, all by number.
package struct ComparedList: Sendable {
  package let kind: Kind
  package private(set) var contracts: [ComparedContract] = []

  /// Which contracts.
  package enum Kind: String, Sendable, CaseIterable {
    case newlyBreached, newlyUndetermined, noLongerBreached

    /// Whether a contract belongs to them.
    package func holds(_ before: Outcome, _ after: Outcome) -> Bool {
      switch self {
      case .newlyBreached: before != .breached && after == .breached
      case .newlyUndetermined: before != .undetermined && after == .undetermined
      case .noLongerBreached:
        before == .breached && after != .breached && after != .undetermined
      }
    }
  }

  /// How many are told by name; the file of `--out` has all.
  package static let limit = 20

  /// An empty list.
  package init(_ kind: Kind) { self.kind = kind }

  /// Whether the next contract will be named.
  package var hasRoom: Bool { contracts.count < Self.limit }

  /// Names a contract.
  package mutating func add(_ contract: ComparedContract) { contracts.append(contract) }
}

/// The answer of a comparison, before it is text or JSON.
package struct Comparison: Sendable {
  /// One of the two rulesets, and what it says of the contracts that both could read.
  package struct Side: Sendable {
    package let identity: RulesetIdentity
    package let summary: PortfolioSummary
    /// Lines that only this ruleset refuses; the first of them, and how many there are.
    package let rejected: [RejectedContract]
    package let rejectedCount: Int

    /// A side.
    package init(
      identity: RulesetIdentity, summary: PortfolioSummary, rejected: [RejectedContract],
      rejectedCount: Int
    ) {
      self.identity = identity
      self.summary = summary
      self.rejected = rejected
      self.rejectedCount = rejectedCount
    }
  }

  /// The portfolio as it was named.
  package let source: String
  package let asOf: CalendarDate
  package let knownAt: CalendarDate
  package let before: Side
  package let after: Side
  /// The contracts that both rulesets could read.
  package let contracts: OutcomeChanges
  package let conditions: [ComparedCondition]
  package let lists: [ComparedList]
  /// Lines that both rulesets refuse.
  package let rejected: [RejectedContract]
  package let rejectedCount: Int

  /// A comparison.
  package init(
    source: String, asOf: CalendarDate, knownAt: CalendarDate, before: Side, after: Side,
    contracts: OutcomeChanges, conditions: [ComparedCondition], lists: [ComparedList],
    rejected: [RejectedContract], rejectedCount: Int
  ) {
    self.source = source
    self.asOf = asOf
    self.knownAt = knownAt
    self.before = before
    self.after = after
    self.contracts = contracts
    self.conditions = conditions
    self.lists = lists
    self.rejected = rejected
    self.rejectedCount = rejectedCount
  }

  /// Whether some line could not be compared.
  package var hasRejected: Bool {
    rejectedCount + before.rejectedCount + after.rejectedCount > 0
  }
}
