// What a portfolio came to in counts: made from the verdicts of its contracts, one at a time.

package import ProvisoQuantities

/// How many came out how.
package struct OutcomeCounts: Hashable, Sendable {
  private var counts = [Int](repeating: 0, count: Outcome.allCases.count)

  /// Nothing counted yet.
  package init() {}

  /// How many came out so.
  package subscript(outcome: Outcome) -> Int { counts[outcome.severity] }

  /// How many there are in all.
  package var total: Int { counts.reduce(0, +) }

  /// How many the rule applied to: all but those that were not applicable or not governed.
  package var applicable: Int { total - self[.notApplicable] - self[.notGoverned] }

  /// Counts one more.
  package mutating func add(_ outcome: Outcome) { counts[outcome.severity] += 1 }

  /// The outcomes that occur, worst first, with how often.
  package var occurring: [(outcome: Outcome, count: Int)] {
    Outcome.allCases.filter { self[$0] > 0 }.sorted { $0.severity < $1.severity }
      .map { ($0, self[$0]) }
  }
}

/// Amounts added up, each kind by itself: nothing is converted.
package struct AmountTotals: Hashable, Sendable {
  /// The sum of amounts in the declared unit; nil where there is none, or it outgrew the limit.
  package private(set) var quantity: Fraction?
  /// The unit's type.
  package private(set) var type: ValueType?
  /// Amounts that carry their currency, by currency in alphabetical order.
  package private(set) var money: [(currency: CurrencyCode, total: Fraction)] = []
  /// How many amounts were added.
  package private(set) var knownCount = 0
  /// How many are unknown, and in no total.
  package private(set) var unknownCount = 0

  /// Nothing added yet.
  package init() {}

  /// Adds an amount, or counts one that is unknown (nil); so does a sum that outgrows the limit.
  package mutating func add(_ value: Value?, _ type: ValueType) {
    if isAdded(value, type) { knownCount += 1 } else { unknownCount += 1 }
  }

  private mutating func isAdded(_ value: Value?, _ type: ValueType) -> Bool {
    switch value {
    case .quantity(let number)?:
      guard let sum = try? (quantity ?? .zero) + number else { return false }
      quantity = sum
      self.type = type
    case .money(let number, let currency)?:
      guard let place = money.firstIndex(where: { $0.currency == currency }) else {
        money.append((currency, number))
        money.sort { utf8Less($0.currency.text, $1.currency.text) }
        return true
      }
      guard let sum = try? money[place].total + number else { return false }
      money[place].total = sum
    case nil: return false
    default: break
    }
    return true
  }

  package static func == (left: AmountTotals, right: AmountTotals) -> Bool {
    left.quantity == right.quantity && left.type == right.type
      && left.money.elementsEqual(right.money, by: ==) && left.knownCount == right.knownCount
      && left.unknownCount == right.unknownCount
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(quantity)
    hasher.combine(knownCount)
    hasher.combine(unknownCount)
  }
}

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
    contracts.add(verdict.outcome)
    var asked: Set<Request> = []
    for condition in verdict.conditions {
      let index = condition.condition.index
      guard positions.indices.contains(index), let place = positions[index] else { continue }
      conditions[place].outcomes.add(condition.outcome)
      for test in condition.tests { asked.formUnion(test.requests.map(general)) }
      add(condition.consequences, of: ruleset.conditions[index], at: place)
    }
    for result in verdict.determinations where determinations.indices.contains(result.determination)
    {
      let known: Value? = if case .known(let value) = result.value { value } else { nil }
      let type = ruleset.determinations[result.determination].type
      determinations[result.determination].totals.add(known, type)
      asked.formUnion(result.requests.map(general))
    }
    for request in asked { requests[request, default: 0] += 1 }
  }

  private mutating func add(
    _ results: [ConsequenceResult], of condition: Condition, at place: Int
  ) {
    var fallen: Set<Int> = []
    for result in results {
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

  /// What is asked for most often, most often first; what is asked for equally often, by name.
  package func mostAsked(limit: Int) -> [RequestCount] {
    requests.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      .prefix(limit).map { RequestCount(request: $0.key, contractCount: $0.value) }
  }

  /// How many different things are asked for.
  package var askedCount: Int { requests.count }

  /// The request with the members of lists left open, so that contracts can be counted together.
  private func general(_ request: Request) -> Request {
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
  /// What is wrong, with the path of the field.
  package let reason: String

  package init(line: Int, id: String?, code: String?, reason: String) {
    self.line = line
    self.id = id
    self.code = code
    self.reason = reason
  }
}
