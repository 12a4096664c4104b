// What a portfolio came to in counts: made from the verdicts of its contracts, one at a time.

import ProvisoQuantities

/// One condition over the contracts of a portfolio.
package struct ConditionSummary: Hashable, Sendable {
  package let condition: ConditionID
  /// How it came out.
  package fileprivate(set) var outcomes = OutcomeCounts()
  /// One a consequence of the condition, in declaration order.
  package fileprivate(set) var consequences: [ConsequenceSummary]
}

/// One consequence over the contracts of a portfolio.
package struct ConsequenceSummary: Hashable, Sendable {
  /// How many contracts it falls on.
  package fileprivate(set) var contractCount = 0
  /// What it comes to.
  package fileprivate(set) var totals = AmountTotals()
}

/// One determination over the contracts of a portfolio.
package struct DeterminationSummary: Hashable, Sendable {
  package let determination: Int
  /// What it comes to.
  package fileprivate(set) var totals = AmountTotals()
}

/// Something to ask for, and in how many contracts.
package struct RequestCount: Hashable, Sendable {
  /// The members of lists stand for one another: `owners[…].country`.
  package let request: Request
  package let contractCount: Int
}

/// What the contracts of a portfolio came to under one ruleset.
package struct PortfolioSummary: Sendable {
  package let ruleset: CheckedRuleset
  /// How the contracts came out, those not governed included.
  package private(set) var contracts = OutcomeCounts()
  /// The conditions of contracts, in declaration order.
  package private(set) var conditions: [ConditionSummary]
  package private(set) var determinations: [DeterminationSummary]
  private var requests: [Request: Int] = [:]
  private let positions: [Int?]

  /// Starts with no contract.
  package init(_ ruleset: CheckedRuleset) {
    self.ruleset = ruleset
    var conditions: [ConditionSummary] = []
    var positions: [Int?] = []
    for (index, condition) in ruleset.conditions.enumerated() {
      positions.append(condition.isPortfolio ? nil : conditions.count)
      guard !condition.isPortfolio else { continue }
      conditions.append(
        ConditionSummary(
          condition: ConditionID(index),
          consequences: condition.consequences.map { _ in ConsequenceSummary() }))
    }
    self.conditions = conditions
    self.positions = positions
    determinations = ruleset.determinations.indices.map { DeterminationSummary(determination: $0) }
  }

  /// Takes the verdict on one contract.
  package mutating func add(_ verdict: ContractVerdict) {
    add(contractOutcome: verdict.outcome)
    var asked: Set<Request> = []
    for condition in verdict.conditions {
      add(condition.outcome, of: condition.condition)
      addConsequences(of: condition)
      for test in condition.tests { asked.formUnion(test.requests.map(general)) }
    }
    for result in verdict.determinations {
      add(result)
      asked.formUnion(result.requests.map(general))
    }
    for request in asked { add(request) }
  }

  // MARK: Part by part

  /// Counts how contracts came out.
  package mutating func add(contractOutcome outcome: Outcome, count: Int = 1) {
    contracts.add(outcome, count: count)
  }

  /// Counts how a condition came out for contracts; a portfolio condition is not counted.
  package mutating func add(_ outcome: Outcome, of condition: ConditionID, count: Int = 1) {
    guard let place = place(of: condition) else { return }
    conditions[place].outcomes.add(outcome, count: count)
  }

  /// Counts what follows from a condition for a contract.
  package mutating func addConsequences(of verdict: ConditionVerdict) {
    guard let place = place(of: verdict.condition) else { return }
    let condition = ruleset[verdict.condition]
    var fallen: Set<Int> = []
    for result in verdict.consequences {
      guard let clause = condition.consequences.firstIndex(where: { $0.span == result.span })
      else { continue }
      fallen.insert(clause)
      switch result.amount {
      case .none, .points, .factor: continue
      case .amount(let value, let type):
        conditions[place].consequences[clause].totals.add(value, type)
      case .unknown: conditions[place].consequences[clause].totals.add(nil, .money)
      }
    }
    for clause in fallen { conditions[place].consequences[clause].contractCount += 1 }
  }

  /// Counts a contract that a consequence falls on, with the amounts of each time it does.
  ///
  /// - Parameter amounts: The values with their types, nil for one that is unknown.
  package mutating func addConsequence(
    _ clause: Int, of condition: ConditionID, amounts: [(value: Value?, type: ValueType)]
  ) {
    guard let place = place(of: condition) else { return }
    conditions[place].consequences[clause].contractCount += 1
    for amount in amounts {
      conditions[place].consequences[clause].totals.add(amount.value, amount.type)
    }
  }

  /// Counts what was determined for a contract.
  package mutating func add(_ result: DeterminationResult) {
    let known: Value? = if case .known(let value) = result.value { value } else { nil }
    addDetermination(result.determination, known)
  }

  /// Counts what was determined for a contract; nil is unknown.
  package mutating func addDetermination(_ position: Int, _ value: Value?) {
    guard determinations.indices.contains(position) else { return }
    determinations[position].totals.add(value, ruleset.determinations[position].type)
  }

  /// Counts contracts in which something is missing; each contract counts once for each request.
  package mutating func add(_ request: Request, count: Int = 1) {
    requests[request, default: 0] += count
  }

  /// Counts what was counted of other contracts.
  package mutating func add(_ other: PortfolioSummary) {
    contracts.add(other.contracts)
    for place in conditions.indices where other.conditions.indices.contains(place) {
      conditions[place].outcomes.add(other.conditions[place].outcomes)
      for (clause, result) in other.conditions[place].consequences.enumerated() {
        conditions[place].consequences[clause].contractCount += result.contractCount
        conditions[place].consequences[clause].totals.add(result.totals)
      }
    }
    for place in determinations.indices where other.determinations.indices.contains(place) {
      determinations[place].totals.add(other.determinations[place].totals)
    }
    for (request, count) in other.requests { add(request, count: count) }
  }

  private func place(of condition: ConditionID) -> Int? {
    positions.indices.contains(condition.index) ? positions[condition.index] : nil
  }

  /// What is asked for most often, most often first; what is asked for equally often, by name.
  package func mostAsked(limit: Int) -> [RequestCount] {
    requests.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      .prefix(limit).map { RequestCount(request: $0.key, contractCount: $0.value) }
  }

  /// How many different things are asked for.
  package var askedCount: Int { requests.count }

  /// The request with the members of lists left open, so that contracts can be counted together.
  package func general(_ request: Request) -> Request {
    let subject = generalPath(request.subject)
    guard subject != request.subject else { return request }
    return Request(
      kind: request.kind, subject: subject,
      detail: request.detail.replacing("`\(request.subject)`", with: "`\(subject)`"))
  }

  private func generalPath(_ path: String) -> String {
    guard path.contains("[") else { return path }
    var fields = ruleset.contract.fields
    var pieces: [String] = []
    for piece in path.split(separator: ".", omittingEmptySubsequences: false) {
      let name = piece.prefix { $0 != "[" }
      guard let field = fields.first(where: { $0.name == name }) else { return path }
      var record: RecordID?
      switch field.type {
      case .list(let element):
        pieces.append(name.count == piece.count ? String(piece) : "\(name)[…]")
        if case .record(let id) = element { record = id }
      case .record(let id):
        pieces.append(String(piece))
        record = id
      default: pieces.append(String(piece))
      }
      fields = record.map { ruleset[$0].fields } ?? []
    }
    return pieces.joined(separator: ".")
  }
}

/// A line of a portfolio that could not be read as a contract.
package struct RejectedContract: Hashable, Sendable {
  /// Counted from 1.
  package let line: Int
  /// The id, where that much could be read.
  package let id: String?
  /// The code of the first diagnostic; nil where the line itself is at fault.
  package let code: String?
  /// What is wrong, with the path of the field, and what to write instead where that is known.
  package let reason: String

  package init(line: Int, id: String?, code: String?, reason: String) {
    self.line = line
    self.id = id
    self.code = code
    self.reason = reason
  }
}
