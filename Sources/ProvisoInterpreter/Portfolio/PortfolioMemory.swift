// What was worked out over a portfolio already: a sum that does not change is not summed again.

import ProvisoModel
import ProvisoQuantities

/// Remembers questions over `contracts` within one evaluation.
///
/// `every c in contracts satisfies sum(d.amount for d in contracts where d.country = c.country) <=
/// …` asks for a sum for each contract, and there are only as many different sums as countries.
/// A question is told from another by the expression, the days it is read on and the values that
/// the variables around it bring in.
final class PortfolioMemory {
  struct Key: Hashable {
    let expression: Int
    let testDate: CalendarDate
    let day: CalendarDate
    let period: Period?
    let inputs: [Answer]
  }
  /// An answer, and the steps that led to it where they are kept.
  struct Entry {
    let found: Found
    let steps: [Derivation]
  }

  fileprivate var entries: [Key: Entry] = [:]
  /// By expression: what the variables around it bring in; nil: it cannot be told in values.
  fileprivate var inputs: [Int: [ExpressionID]?] = [:]
  /// How many more members may be looked at.
  fileprivate var budget = PortfolioMemory.memberLimit

  /// The most members that the questions over one portfolio look at, all together.
  static let memberLimit = 50_000_000
  /// The most answers remembered.
  fileprivate static let entryLimit = 1_000_000
}

/// Above so many contracts, derivations show only the members that decide.
let shownMemberLimit = 200

extension Evaluation {
  /// Whether a list is a portfolio too large to show member by member.
  func isCondensed(_ list: ListTerm) -> Bool {
    list.count > shownMemberLimit && portfolio.map { $0.list === list } == true
  }

  /// A question over the members of a list; over `contracts` it is asked once for the same inputs.
  mutating func overMembers(
    _ id: ExpressionID, _ binding: Binding, _ body: (inout Evaluation) -> Found
  ) -> Found {
    guard let portfolio,
      case .contracts = prepared.expressions[binding.collection.index].kind
    else { return body(&self) }
    // Who settles contracts has every question answered; what was not cannot be said.
    guard portfolio.settled.count == 0 || portfolio.settled[question(id)] != nil else {
      return Found(unknown: reason(.missingFact, "contracts"))
    }
    guard let memory, readEvidence == nil else { return body(&self) }
    guard let inputs = inputs(of: id, memory) else { return spend(portfolio, memory, body) }
    // The steps of another contract's question name its facts: they are taken anew where shown.
    let showsMembers = trace != nil && portfolio.members.count <= shownMemberLimit
    if showsMembers, !inputs.isEmpty { return spend(portfolio, memory, body) }
    let answers = inputs.map { input in quietly { $0.scalar(input) }.answer }
    let key = PortfolioMemory.Key(
      expression: id.index, testDate: frame.testDate, day: frame.day, period: frame.period,
      inputs: answers)
    if let entry = memory.entries[key] {
      for step in inputs.isEmpty ? entry.steps[...] : entry.steps.prefix(1) { trace?.append(step) }
      return entry.found
    }
    let found = spend(portfolio, memory, body)
    if memory.entries.count < PortfolioMemory.entryLimit {
      memory.entries[key] = PortfolioMemory.Entry(
        found: found, steps: trace?.stepsUnderWay ?? [])
    }
    return found
  }

  /// A question over `contracts` as it is asked here.
  private func question(_ id: ExpressionID) -> PortfolioQuestion {
    PortfolioQuestion(
      expression: id, testDate: frame.testDate, day: frame.day, period: frame.period)
  }

  /// What contracts beside the members of a list contribute to a question.
  func contributionsBeside(_ list: ListTerm, to id: ExpressionID) -> Contributions {
    guard let portfolio, portfolio.list === list else { return Contributions() }
    return portfolio.settled[question(id)] ?? Contributions()
  }

  /// Looks at every member, within the limit.
  private mutating func spend(
    _ portfolio: Portfolio, _ memory: PortfolioMemory, _ body: (inout Evaluation) -> Found
  ) -> Found {
    memory.budget -= portfolio.members.count
    guard memory.budget >= 0 else {
      return Found(
        unknown: reason(.tooLong, "over \(PortfolioMemory.memberLimit) looks at a contract"))
    }
    return body(&self)
  }

  /// The scalar expressions within a question that the variables around it decide and its own do
  /// not; nil where such a variable is used otherwise than through a scalar.
  private func inputs(of id: ExpressionID, _ memory: PortfolioMemory) -> [ExpressionID]? {
    if let known = memory.inputs[id.index] { return known }
    var own: Set<Int> = []
    collectSlots(boundIn: id, into: &own)
    var found: [ExpressionID] = []
    let isTold = collectInputs(id, own: own, into: &found)
    let inputs = isTold ? found : nil
    memory.inputs[id.index] = .some(inputs)
    return inputs
  }

  private func collectSlots(boundIn id: ExpressionID, into slots: inout Set<Int>) {
    let kind = prepared.expressions[id.index].kind
    switch kind {
    case .quantifier(_, let binding, _, _), .aggregate(_, let binding, _, _):
      slots.insert(binding.slot)
    case .chain(_, .each(let slot, _)): slots.insert(slot)
    default: break
    }
    kind.forEachOperand { collectSlots(boundIn: $0, into: &slots) }
  }

  /// Which variables an expression uses: those of the question itself, those around it.
  private func uses(_ id: ExpressionID, own: Set<Int>) -> (own: Bool, outer: Bool) {
    let kind = prepared.expressions[id.index].kind
    if case .variable(let slot, _) = kind {
      return own.contains(slot) ? (true, false) : (false, true)
    }
    var result = (own: false, outer: false)
    kind.forEachOperand {
      let used = uses($0, own: own)
      result = (result.own || used.own, result.outer || used.outer)
    }
    return result
  }

  private func collectInputs(
    _ id: ExpressionID, own: Set<Int>, into found: inout [ExpressionID]
  ) -> Bool {
    let used = uses(id, own: own)
    guard used.outer else { return true }
    let expression = prepared.expressions[id.index]
    if !used.own, expression.type.isScalar {
      found.append(id)
      return true
    }
    if case .variable = expression.kind { return false }
    var isTold = true
    expression.kind.forEachOperand { isTold = isTold && collectInputs($0, own: own, into: &found) }
    return isTold
  }
}

extension ValueType {
  /// Whether a value of the type is one answer, not a record or a collection.
  fileprivate var isScalar: Bool {
    switch self {
    case .record, .chainEntity, .list, .series, .levels, .contract, .unresolved: false
    default: true
    }
  }
}
