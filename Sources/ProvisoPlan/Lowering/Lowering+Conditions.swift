// Conditions, determinations and coverage: what of each clause becomes a column.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// Lowers the whole ruleset into the plan.
  mutating func lowerAll() {
    let ordered = Set(ruleset.conditionOrder)
    plan.conditionOrder =
      ruleset.conditionOrder
      + ruleset.conditions.indices.map { ConditionID($0) }.filter { !ordered.contains($0) }
    plan.conditions = Array(repeating: .interpreted("its order"), count: ruleset.conditions.count)
    let governs = lowerGoverns()
    for id in plan.conditionOrder {
      let condition = ruleset[id]
      if condition.isPortfolio {
        plan.conditions[id.index] = .portfolio
      } else if !governs {
        plan.conditions[id.index] = .interpreted("what the ruleset governs")
      } else {
        do throws(NotLowered) {
          plan.conditions[id.index] = .lowered(try tests(of: condition, id))
        } catch {
          plan.conditions[id.index] = .interpreted(error.construct)
        }
      }
    }
    plan.determinations = ruleset.determinations.map { determination in
      guard governs else { return .interpreted("what the ruleset governs") }
      do throws(NotLowered) {
        return .lowered(try value(of: determination), determination.type)
      } catch {
        return .interpreted(error.construct)
      }
    }
    lowerConservations()
    if governs { plan.contributions = lowerContributions() }
  }

  /// Whether the question of coverage could be lowered.
  private mutating func lowerGoverns() -> Bool {
    guard let governs = ruleset.governs else { return true }
    enter("governs")
    do throws(NotLowered) {
      guard case .day(let day) = try lower(governs.date) else { return false }
      plan.governs = GovernsPlan(day: day, from: governs.from, until: governs.until)
      return true
    } catch {
      return false
    }
  }

  /// Begins with a declaration: nothing is bound, and T is A.
  mutating func enter(_ name: String) {
    scope = name
    slots = [:]
    context = []
    readDays = []
    testDay = nil
    testPeriod = nil
    stepCount = 0
  }

  private mutating func value(of determination: Determination) throws(NotLowered) -> NodeID {
    enter(determination.name)
    let value = try lower(determination.value)
    switch try excepted(value, determination.exceptions) {
    case .number(let id), .day(let id), .truth(let id): return id
    default: throw NotLowered("a determination that is no number, date or truth")
    }
  }

  // MARK: One condition

  private mutating func tests(
    of condition: Condition, _ id: ConditionID
  ) throws(NotLowered) -> [TestPlan] {
    enter(condition.name)
    let (list, selection) = try members(of: condition)
    switch condition.schedule {
    case .asOf: testDay = nil
    case .on(let date): testDay = try said(try day(date), of: list)
    case .by(let date): return [try testedBy(date, condition, id, list, selection)]
    case .periods(let length, let from, let to):
      return try periods(of: condition, id, list, selection, length, from, to)
    case .every(let duration, let convention, let from, let to):
      return try every(duration, convention, from, to, of: condition, id, list, selection)
    case .continuously: throw NotLowered("`continuously`")
    }
    return [try test(of: condition, id, list, selection)]
  }

  /// A test on the day and in the period that are set.
  ///
  /// - Parameters:
  ///   - dueDay: D; nil: what the condition says.
  ///   - holding: Makes of the statement what has to hold.
  mutating func test(
    of condition: Condition, _ id: ConditionID, _ list: ListColumnID?, _ selection: NodeID?,
    due: NodeID? = nil,
    holding: (inout Lowering, NodeID) throws(NotLowered) -> NodeID = { _, node in node }
  ) throws(NotLowered) -> TestPlan {
    readDays = testDay.map { [$0] } ?? []
    var own = due
    if own == nil { own = try self.dueDay(of: condition) }
    let dueDay = try own.map { day throws(NotLowered) in try said(day, of: list) }
    let applies = try condition.appliesWhen.map { expression throws(NotLowered) in
      try said(try truth(expression), of: list)
    }
    var exceptions: [NodeID] = []
    for exception in condition.exceptions {
      exceptions.append(try said(try truth(exception.condition), of: list))
    }
    let statement = try said(try truth(condition.requirement), of: list)
    let holds = try holding(
      &self, condition.polarity == .forbids ? try not(statement) : statement)
    var doubts: [DoubtPlan] = []
    for doubt in condition.doubts {
      let when = try said(try truth(doubt.condition), of: list)
      doubts.append(DoubtPlan(reason: doubt.reason, when: when))
    }
    // What follows is worked out on the day by which the outcome became final.
    readDays = (dueDay ?? testDay).map { [$0] } ?? []
    return TestPlan(
      condition: id, list: list, selection: selection, isUndated: false, testDay: testDay,
      dueDay: dueDay, applies: applies, exceptions: exceptions, holds: holds, doubts: doubts,
      evidence: condition.evidence.map(evidence), consequences: consequences(of: condition),
      isCurable: condition.cure != nil)
  }

  /// The members with a test each, and which of them; nothing for a condition without `for each`.
  private mutating func members(
    of condition: Condition
  ) throws(NotLowered) -> (list: ListColumnID?, selection: NodeID?) {
    guard let forEach = condition.forEach else { return (nil, nil) }
    let collection = try lower(forEach.binding.collection)
    let (list, isThere) = try bind(forEach.binding.slot, to: collection)
    var selection = isThere
    if let filter = forEach.condition {
      selection = try junction([isThere, try truth(filter)].compactMap { $0 }, isAnd: true)
    }
    return (list, try selection.map { node throws(NotLowered) in try said(node, of: list) })
  }

  /// D; nil: as T.
  private mutating func dueDay(of condition: Condition) throws(NotLowered) -> NodeID? {
    if case .asOf = condition.schedule { return nil }
    switch condition.due {
    case nil: return nil
    case .on(let date): return try day(date)
    case .after(let duration, let convention):
      guard let testDay else { return nil }
      return try moved(testDay, by: duration, self.convention(convention))
    }
  }

  /// A plain contract has no evidence at all.
  private func evidence(_ requirement: EvidenceRequirement) -> EvidencePlan {
    let words = [requirement.level?.name, testPeriod.map { "for \($0)" }].compactMap { $0 }
    return EvidencePlan(
      kind: requirement.kind, detail: words.joined(separator: " "),
      isBreachWhenMissing: requirement.isBreachWhenMissing)
  }

  private func hasSeveralTests(_ condition: Condition) -> Bool {
    switch condition.schedule {
    case .asOf, .on, .by: false
    case .periods, .every, .continuously: true
    }
  }

  /// The consequences that one test can fire; nil where an amount has no column.
  private mutating func consequences(of condition: Condition) -> [ConsequencePlan]? {
    var plans: [ConsequencePlan] = []
    for (position, consequence) in condition.consequences.enumerated() {
      if let frequency = consequence.frequency {
        if frequency.isInAll || condition.forEach != nil || hasSeveralTests(condition) {
          return nil
        }
        // One test is one breach.
        if frequency.times != 1 { continue }
      }
      guard let amount = consequence.amount else {
        plans.append(ConsequencePlan(position: position, amount: nil))
        continue
      }
      switch amount {
      case .amount(let id), .byPoints(let id), .byFactor(let id):
        do throws(NotLowered) {
          plans.append(ConsequencePlan(position: position, amount: try number(id)))
        } catch {
          return nil
        }
      }
    }
    return plans
  }
}
