// The contracts of a portfolio as its conditions and missions see them.

package import ProvisoModel
package import ProvisoQuantities

/// One contract of a portfolio: the facts that are asked about, and how its conditions came out.
struct PortfolioMember: Sendable {
  let contract: Contract
  /// By condition; nil where nobody asks.
  let outcomes: [ConditionID: Outcome]
}

/// The governed contracts, in the order in which they were given.
final class Portfolio: Sendable {
  let members: [PortfolioMember]
  /// `contracts` as a list. Made once: every question over the portfolio goes over it.
  let list: ListTerm
  /// Why nothing can be said of the whole; none where every contract was read and is placed.
  let gaps: ReasonSet
  /// The contracts beside the members.
  let settled: SettledContracts

  init(members: [PortfolioMember], gaps: ReasonSet, settled: SettledContracts) {
    self.members = members
    self.gaps = gaps
    self.settled = settled
    list = ListTerm(
      members: members.enumerated().map { position, member in
        ListMember(
          .record(
            RecordTerm(
              type: nil, content: .facts(member.contract.facts),
              path: .contract(position, member.contract.id))))
      }, path: .field(nil, "contracts"), countBeside: settled.count)
  }

  /// How a condition of one contract came out.
  func outcome(of condition: ConditionID, at position: Int) -> Outcome? {
    members.indices.contains(position) ? members[position].outcomes[condition] : nil
  }
}

/// What portfolio conditions and missions read of a contract: all that has to be kept of it.
struct PortfolioNeeds: Sendable {
  /// The fields of the contract, by position.
  private(set) var fields: Set<Int> = []
  /// The conditions asked about with `c.k is met`.
  private(set) var conditions: Set<ConditionID> = []
  /// Whether `c.x is verified` asks for the evidence behind facts.
  private(set) var asksForEvidence = false
  /// Whether there is anything to say of a portfolio at all.
  let isAnything: Bool

  init(of ruleset: CheckedRuleset) {
    isAnything =
      ruleset.conditions.contains(where: \.isPortfolio)
      || ruleset.missions.contains { $0.indicator != nil && $0.baseline != nil }
    for expression in ruleset.expressions {
      switch expression.kind {
      case .member(let owner, let field) where ruleset[owner].type == .contract:
        fields.insert(field)
      case .conditionState(let condition, _, _?): conditions.insert(condition)
      case .isAssured: asksForEvidence = true
      default: continue
      }
    }
  }

  /// The contract without what nobody asks about.
  func kept(of contract: Contract) -> Contract {
    Contract(
      id: contract.id,
      facts: contract.facts.enumerated().map { fields.contains($0) ? $1 : .absent },
      evidence: asksForEvidence ? contract.evidence : [], assessments: contract.assessments)
  }
}

/// A portfolio that is handed over contract by contract, and then asked.
///
/// Of each contract only what portfolio conditions and missions ask about is kept, so that the
/// memory needed grows with the questions and not with the files.
package struct PortfolioCollection: Sendable {
  private let evaluator: Evaluator
  private let needs: PortfolioNeeds
  private var members: [PortfolioMember] = []
  private var settled = SettledContracts()
  private var gaps: [Reason] = []
  private var otherGapCount = 0

  /// How many reasons are named; a thousand rejected lines say no more than these.
  private static let gapLimit = 20

  /// Starts with no contract.
  package init(_ evaluator: Evaluator) {
    self.evaluator = evaluator
    needs = PortfolioNeeds(of: evaluator.ruleset)
  }

  /// How many governed contracts were handed over.
  package private(set) var contractCount = 0

  /// Whether anything is asked of all contracts together.
  package var isAskedAnything: Bool { needs.isAnything }
  /// The conditions whose outcomes are asked about, contract by contract.
  package var askedConditions: Set<ConditionID> { needs.conditions }
  /// Whether the next contracts have to be handed over one by one even where they could be settled:
  /// the steps of a small portfolio show each of its members.
  package var showsMembers: Bool { members.count <= shownMemberLimit }

  /// Takes a contract and its verdict; `coverage` says whether the ruleset is for it.
  package mutating func add(_ contract: Contract, _ verdict: ContractVerdict, _ coverage: Coverage)
  {
    var outcomes: [ConditionID: Outcome] = [:]
    for condition in verdict.conditions where needs.conditions.contains(condition.condition) {
      outcomes[condition.condition] = condition.outcome
    }
    add(contract, outcomes: outcomes, coverage)
  }

  /// Takes a contract.
  ///
  /// - Parameter outcomes: How those of `askedConditions` came out.
  package mutating func add(
    _ contract: Contract, outcomes: [ConditionID: Outcome], _ coverage: Coverage
  ) {
    switch coverage {
    case .notGoverned: return
    case .unknown:
      addGap(
        Reason(.governsUnknown, subject: "contracts[\(contract.id)]", detail: "`\(contract.id)`"))
      return
    case .governed: contractCount += 1
    }
    guard needs.isAnything else { return }
    members.append(PortfolioMember(contract: needs.kept(of: contract), outcomes: outcomes))
  }

  /// Takes governed contracts of which nothing is kept.
  ///
  /// - Parameter contributions: By question; every question over `contracts` has to be among them.
  package mutating func add(
    settled count: Int, _ questions: [PortfolioQuestion], _ contributions: [Contributions]
  ) {
    contractCount += count
    settled.add(count: count, questions, contributions)
  }

  /// Notes a contract that could not be read, by its id or its line.
  package mutating func addRejected(_ name: String) {
    addGap(Reason(.rejectedContract, subject: name))
  }

  private mutating func addGap(_ reason: Reason) {
    if gaps.count < Self.gapLimit { gaps.append(reason) } else { otherGapCount += 1 }
  }

  /// What can be said of all the contracts handed over.
  ///
  /// - Parameter scoreboards: Whether the steps of scoreboards are kept; nil: as those of
  ///   conditions. Where contracts were settled they are not.
  package func verdict(
    asOf: CalendarDate, knownAt: CalendarDate, tracing: Tracing, scoreboards: Tracing? = nil
  ) -> PortfolioVerdict {
    var reasons = ReasonSet(gaps)
    if otherGapCount > 0 {
      reasons.formUnion(
        ReasonSet(Reason(.rejectedContract, subject: "\(otherGapCount) more")))
    }
    return evaluator.portfolioVerdict(
      Portfolio(members: members, gaps: reasons, settled: settled), contractCount: contractCount,
      asOf: asOf, knownAt: knownAt, tracing: tracing, scoreboards: scoreboards ?? tracing)
  }
}
