// Questions over `contracts`: what each contract contributes to them becomes columns.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// The most questions that columns answer: each is asked once for each period of a scoreboard.
  private static var questionLimit: Int { 512 }

  /// What each contract contributes to every question over `contracts` that portfolio conditions
  /// and scoreboards ask; nil where one of them has no columns, or none is asked.
  mutating func lowerContributions() -> [ContributionPlan]? {
    var found: [ContributionPlan] = []
    do throws(NotLowered) {
      for condition in ruleset.conditions where condition.isPortfolio {
        enter(condition.name)
        try addQuestions(of: condition, to: &found)
      }
      for mission in ruleset.missions {
        guard let indicator = mission.indicator, let baseline = mission.baseline else { continue }
        var next: Period? = baseline
        while let period = next, period.end <= plan.asOf {
          enter(mission.name)
          testPeriod = period
          testDay = try node(.word(Int64(period.end.dayNumber)))
          try addQuestions(in: indicator, to: &found)
          next = period.advanced(by: 1)
        }
      }
    } catch {
      return nil
    }
    return found.isEmpty ? nil : found
  }

  private mutating func addQuestions(
    of condition: Condition, to found: inout [ContributionPlan]
  ) throws(NotLowered) {
    guard case .asOf = condition.schedule, condition.forEach == nil, condition.cure == nil else {
      throw NotLowered("a portfolio condition with tests on days of their own")
    }
    for consequence in condition.consequences {
      switch consequence.amount {
      case .amount(let id), .byPoints(let id), .byFactor(let id):
        guard !asksContracts(id) else { throw NotLowered("an amount over `contracts`") }
      case nil: continue
      }
    }
    let clauses =
      [condition.appliesWhen, condition.requirement].compactMap { $0 }
      + condition.exceptions.map(\.condition) + condition.doubts.map(\.condition)
    for clause in clauses { try addQuestions(in: clause, to: &found) }
  }

  /// Adds the questions that an expression asks where it is evaluated, on the days that are set.
  private mutating func addQuestions(
    in id: ExpressionID, to found: inout [ContributionPlan]
  ) throws(NotLowered) {
    guard asksContracts(id) else { return }
    let kind = ruleset[id].kind
    switch kind {
    case .aggregate(_, let binding, let condition, let body)
    where isContracts(binding.collection):
      try add(id, to: &found, binding) { lowering throws(NotLowered) in
        (
          try condition.map { id throws(NotLowered) in try lowering.truth(id) },
          try body.map { id throws(NotLowered) in try lowering.number(id) }
        )
      }
    // The steps of a portfolio condition show which contracts decide; a scoreboard shows none.
    case .quantifier(let quantifier, let binding, let condition, let statement)
    where isContracts(binding.collection) && testPeriod != nil:
      try add(id, to: &found, binding) { lowering throws(NotLowered) in
        (try lowering.counterpart(quantifier, nil, condition, statement), nil)
      }
    case .contracts, .quantifier, .aggregate, .chain, .call: throw NotLowered("`contracts`")
    // Read on another day.
    case .at, .window: throw NotLowered("`contracts`")
    default: for operand in kind.operands { try addQuestions(in: operand, to: &found) }
    }
  }

  private func isContracts(_ id: ExpressionID) -> Bool {
    if case .contracts = ruleset[id].kind { true } else { false }
  }

  /// Adds a question, by what a contract contributes to it.
  private mutating func add(
    _ id: ExpressionID, to found: inout [ContributionPlan], _ binding: Binding,
    _ contribution: (inout Lowering) throws(NotLowered) -> (selection: NodeID?, value: NodeID?)
  ) throws(NotLowered) {
    slots = [binding.slot: .place(.contract)]
    readDays = testDay.map { [$0] } ?? []
    defer { slots = [:] }
    let (selection, value) = try contribution(&self)
    var absences: Set<NodeID> = []
    for node in [selection, value].compactMap({ $0 }) {
      absences.formUnion(try whatElseIsSaid(of: node))
    }
    // A scoreboard does not tell what its figures rest on.
    if testPeriod != nil {
      absences = []
    } else if asksForProof(id) {
      throw NotLowered("proof of the facts of `contracts`")
    }
    let day = testPeriod?.end ?? plan.asOf
    let question = PortfolioQuestion(
      expression: id, testDate: day, day: day, period: testPeriod)
    found.append(
      ContributionPlan(
        question: question, selection: selection, value: value,
        known: absences.sorted { $0.index < $1.index }))
    guard found.count <= Self.questionLimit else { throw NotLowered("too many questions") }
  }

  /// An answer says more than its value where it rests on an empty list, on an `else` or on an
  /// event that has not happened; that is the interpreter's to say. Quotients of the contracts' own
  /// have denominators that do not stop growing in a sum.
  ///
  /// - Returns: Truths on whose being false the answer rests: that something is known.
  private func whatElseIsSaid(of root: NodeID) throws(NotLowered) -> Set<NodeID> {
    var absences: Set<NodeID> = []
    var open = [root]
    var seen: Set<NodeID> = []
    while let id = open.popLast() {
      guard seen.insert(id).inserted else { continue }
      let node = plan[id]
      guard node.list == nil, !plan.mayBeNone(id) else { throw NotLowered("members of members") }
      switch node.kind {
      case .orElse, .orElseTruth, .memberCount, .memberExtreme, .memberAverage, .memberSum,
        .someMember, .through, .reached, .happenedBy, .isNone:
        throw NotLowered("an answer that rests on what is absent")
      case .divide(_, let divisor, _) where constant(divisor) == nil:
        throw NotLowered("a quotient of the contract's own")
      // The days and values of a level, or of a series, are what the contract has of it.
      case .level(_, let day, let days, let values, _), .entry(_, _, let day, let days, let values):
        for part in [days, values] {
          guard case .column = plan[part].kind else { throw NotLowered("members of members") }
        }
        open.append(day)
      default:
        if case .isKnown = node.kind { absences.insert(id) }
        open += node.kind.operands
      }
    }
    return absences
  }

  /// Whether an expression asks for evidence, whose absence an answer rests on.
  private func asksForProof(_ id: ExpressionID) -> Bool {
    var open = [id]
    var seen: Set<Int> = []
    while let next = open.popLast() {
      guard seen.insert(next.index).inserted else { continue }
      let kind = ruleset[next].kind
      if case .isAssured = kind { return true }
      if case .call(let define, _) = kind { ruleset[define].forEachRoot { open.append($0) } }
      open += kind.operands
    }
    return false
  }

  /// Whether an expression has `contracts` anywhere.
  private func asksContracts(_ id: ExpressionID) -> Bool {
    var open = [id]
    while let next = open.popLast() {
      let kind = ruleset[next].kind
      if case .contracts = kind { return true }
      open += kind.operands
    }
    return false
  }
}
