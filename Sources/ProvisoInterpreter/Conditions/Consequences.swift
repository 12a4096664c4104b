// Consequences: what follows from the outcomes of a condition's tests.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// The consequences that a condition's tests fire, clause by clause, in date order.
  mutating func consequences(
    of condition: PreparedCondition, after tests: [DecidedTest]
  ) -> [ConsequenceResult] {
    var results: [ConsequenceResult] = []
    for consequence in condition.consequences {
      for (position, test) in tests.enumerated() where fires(consequence.trigger, on: test) {
        switch frequency(consequence, at: position, in: tests) {
        case .no: continue
        case .open:
          let reasons = ReasonSet(Reason(.openCondition, subject: condition.name))
          results.append(
            result(consequence, .unknown(reasons), test, position, tests, nil, condition))
        case .yes:
          // `in all` replaces what was fired so far, it does not add to it.
          if consequence.frequency?.isInAll == true {
            results.removeAll {
              $0.verb == consequence.verb && $0.object == consequence.object && $0.test <= position
            }
          }
          results.append(carryOut(consequence, test, position, tests, condition))
        }
      }
    }
    return results
  }

  private func fires(_ trigger: Trigger, on test: DecidedTest) -> Bool {
    switch trigger {
    case .breach: test.outcome == .breached
    case .met: test.outcome == .met
    case .cure: test.outcome == .cured
    case .whileInCure: test.outcome == .inCure
    case .whilePending: test.outcome == .pending
    }
  }

  // MARK: How often

  private enum Firing { case yes, no, open }

  /// `N times` fires at the breach that makes it N. Tests that are still open may change the
  /// count; where they could, it cannot be said yet.
  private func frequency(
    _ consequence: Consequence, at position: Int, in tests: [DecidedTest]
  ) -> Firing {
    guard let frequency = consequence.frequency, let times = frequency.times else { return .yes }
    // How many times it may have come to by now, the row being broken at this open test or that.
    var counts: Set<Int> = []
    var count = 0
    var openCount = 0
    for test in tests[...position].reversed() {
      if fires(consequence.trigger, on: test) {
        count += 1
      } else if test.outcome.isOpen {
        if frequency.isInARow {
          counts.insert(count)
          count += 1
        } else {
          openCount += 1
        }
      } else if frequency.isInARow {
        break
      }
    }
    counts.formUnion(count...(count + openCount))
    guard counts.contains(times) else { return .no }
    return counts.count == 1 ? .yes : .open
  }

  // MARK: How much

  private mutating func carryOut(
    _ consequence: Consequence, _ test: DecidedTest, _ position: Int, _ tests: [DecidedTest],
    _ condition: PreparedCondition
  ) -> ConsequenceResult {
    let testDate = test.planned.testDay.date ?? asOf
    let readOn = min(asOf, test.finalDay ?? test.due.date ?? asOf)
    var next = Frame(
      testDate: testDate, day: readOn, period: test.planned.period, scope: condition.name)
    next.day = readOn
    enter(next)
    if let forEach = condition.forEach, let member = test.planned.member {
      bind(forEach.binding.slot, member.term)
    }
    if let payment = condition.cure?.payment {
      let needed = test.payment?.needed ?? .unknown(reason(.openCondition))
      bind(payment.neededSlot, .scalar(Found(needed)))
    }
    guard let amount = consequence.amount else {
      return result(consequence, .none, test, position, tests, nil, condition)
    }
    let found: Found
    let type: ValueType
    switch amount {
    case .amount(let id), .byPoints(let id), .byFactor(let id):
      found = scalar(id)
      type = self.type(of: id)
    }
    let derivation = trace?.takeLast()
    let value: ConsequenceValue
    switch (amount, found.value) {
    case (_, nil): value = .unknown(found.reasons)
    case (.amount, let known?): value = .amount(known, type)
    case (.byPoints, let known?): value = .points(known, type)
    case (.byFactor, .quantity(let factor)?): value = .factor(factor)
    case (.byFactor, _?): value = .unknown(reason(.missingFact))
    }
    return result(consequence, value, test, position, tests, derivation, condition)
  }

  private mutating func result(
    _ consequence: Consequence, _ value: ConsequenceValue, _ test: DecidedTest, _ position: Int,
    _ tests: [DecidedTest], _ derivation: Derivation?, _ condition: PreparedCondition
  ) -> ConsequenceResult {
    var due = test.finalDay ?? test.due.date
    if consequence.trigger == .whileInCure { due = test.lastCureDay ?? due }
    if let from = consequence.from { due = consequenceDay(from) ?? due }
    return ConsequenceResult(
      verb: consequence.verb, object: consequence.object, amount: value, due: due, test: position,
      until: until(consequence, position, tests),
      base: consequence.verb == .recall ? base(of: consequence, test) : nil,
      span: consequence.span, derivation: derivation)
  }

  private mutating func consequenceDay(_ id: ExpressionID) -> CalendarDate? {
    let found = quietly { $0.scalar(id) }
    return day(of: found)
  }

  /// When it ends: on a stated day, or with the next test that is met (or counts as met).
  private mutating func until(
    _ consequence: Consequence, _ position: Int, _ tests: [DecidedTest]
  ) -> String? {
    switch consequence.until {
    case nil: return nil
    case .until(let id):
      let found = quietly { $0.scalar(id) }
      if let day = day(of: found) { return "\(day)" }
      return found.value == nil ? "unknown" : "none"
    case .untilMet:
      let next = tests[(position + 1)...].first { $0.outcome.countsAsMet }
      guard let next, let day = next.planned.testDay.date else { return "met" }
      return "met on \(day)"
    }
  }
}
