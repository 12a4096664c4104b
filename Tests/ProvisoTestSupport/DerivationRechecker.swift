// Does every step of a derivation follow from its children? Worked out again, by other code.

package import ProvisoModel
import ProvisoQuantities

/// Recomputes every step of a derivation from the results of its children.
///
/// It shares no code with the interpreter: what both get right, they got right twice. What a step
/// takes from outside the derivation (a fact, a list, a table) is looked up in the ruleset where
/// it stands there, and believed where only the contract could tell.
package struct DerivationRechecker {
  let ruleset: CheckedRuleset
  private(set) var problems: [String] = []
  /// How many steps were looked at.
  package private(set) var stepCount = 0

  package init(_ ruleset: CheckedRuleset) { self.ruleset = ruleset }

  /// What does not follow, in words; empty when everything does.
  package static func problems(
    in derivation: Derivation, of ruleset: CheckedRuleset
  ) -> [String] {
    var checker = DerivationRechecker(ruleset)
    checker.check(derivation)
    return checker.problems
  }

  /// Every problem of every derivation in a verdict.
  package static func problems(
    in verdict: ContractVerdict, of ruleset: CheckedRuleset
  ) -> [String] {
    let derivations =
      verdict.conditions.flatMap { condition in
        condition.tests.compactMap(\.derivation) + condition.consequences.compactMap(\.derivation)
      } + verdict.determinations.compactMap(\.derivation)
    return derivations.flatMap { problems(in: $0, of: ruleset) }
      + verdict.conservations.compactMap { conservationProblem($0) }
      + recallProblems(in: verdict)
  }

  /// Whether the parts of a conservation, added again, come to what it says of them.
  private static func conservationProblem(_ result: ConservationResult) -> String? {
    let parts = result.parts.map(number)
    guard let whole = number(result.whole), !parts.contains(nil) else {
      return result.holds == .unknown || parts.contains { $0 == nil } ? nil : "decided too early"
    }
    var sum = Fraction.zero
    for part in parts { if let part, let more = try? sum + part { sum = more } }
    return result.holds == Truth(sum == whole)
      ? nil : "the parts come to \(sum), the whole is \(whole), and it says \(result.holds)"
  }

  /// Whether the recalls of each base, added again and held under it, come to the total.
  private static func recallProblems(in verdict: ContractVerdict) -> [String] {
    let recalls = verdict.conditions.flatMap(\.consequences).filter { $0.base != nil }
    return verdict.recallTotals.compactMap { total in
      let own = recalls.filter { $0.base?.path == total.base }
      guard own.count == total.count else { return "\(total.base): \(own.count) recalls" }
      var sum = Fraction.zero
      for recall in own {
        guard case .amount(let value, _) = recall.amount, let amount = number(.known(value)),
          let more = try? sum + amount
        else { return number(total.listed) == nil ? nil : "\(total.base): an unknown was added" }
        sum = more
      }
      guard let base = number(total.baseValue) else { return nil }
      let due = min(sum, base)
      return number(total.due) == due ? nil : "\(total.base): should be \(due)"
    }
  }

  private static func number(_ answer: Answer) -> Fraction? {
    switch answer {
    case .known(.quantity(let number)), .known(.money(let number, _)): number
    default: nil
    }
  }

  /// Every problem of every derivation in a verdict on a portfolio.
  package static func problems(
    in verdict: PortfolioVerdict, of ruleset: CheckedRuleset
  ) -> [String] {
    let derivations =
      verdict.conditions.flatMap { condition in
        condition.tests.compactMap(\.derivation) + condition.consequences.compactMap(\.derivation)
      } + verdict.scoreboards.flatMap { $0.rows.compactMap(\.derivation) }
    return derivations.flatMap { problems(in: $0, of: ruleset) }
  }

  mutating func check(_ step: Derivation) {
    stepCount += 1
    if let problem = problem(of: step) {
      problems.append(
        "\(step.operation): \(problem); result \(step.result), children "
          + step.children.map { "\($0.operation) \($0.result)" }.joined(separator: " | "))
    }
    for child in step.children { check(child) }
  }

  /// Why a step does not follow; nil when it does.
  private func problem(of step: Derivation) -> String? {
    let children = step.children
    switch step.operation {
    case .literal, .fact, .context, .conditionState, .evidence:
      return children.isEmpty ? nil : "a leaf has children"
    case .chain, .collection, .isAssured, .tableHas: return nil
    case .limb, .clause, .exception:
      // A determination is a clause with its exceptions before its value.
      if case .clause = step.operation, children.count > 1 { return choiceProblem(step) }
      guard children.count == 1 else { return "one child expected" }
      return same(step, children.last)
    case .negate, .arithmetic, .shareOf, .power, .round, .capped, .floored, .partAbove, .partUpTo,
      .least, .greatest, .convert:
      return numberProblem(step)
    case .compare(let comparison): return comparisonProblem(step, comparison)
    case .not:
      return truth(step, !(children.first?.truth ?? .unknown), reasonsOf: children)
    case .and:
      return truth(step, children.reduce(.true) { $0 && $1.truth }, reasonsOf: children)
    case .or:
      return truth(step, children.reduce(.false) { $0 || $1.truth }, reasonsOf: children)
    case .limbs(let kind): return limbsProblem(step, kind)
    case .quantifier(let kind): return quantifierProblem(step, kind)
    case .aggregate(let kind): return aggregateProblem(step, kind)
    case .member: return nil
    case .at: return atProblem(step)
    case .part, .addDuration, .countTime, .yearFraction, .periodStep, .dateInPeriod, .happenedBy,
      .isNone:
      return calendarProblem(step)
    case .parameter(let id): return parameterProblem(step, ruleset[id])
    case .memberOf: return memberOfProblem(step)
    case .listed(let list, let dating, let spell):
      return listedProblem(step, ruleset[list], dating, spell)
    case .table(let id, let row): return tableProblem(step, ruleset[id], row)
    case .call, .choose: return choiceProblem(step)
    case .orElse(let usedSecond):
      return same(step, usedSecond ? children.last : children.first)
    case .isKnown:
      guard let child = children.first else { return "no child" }
      let isKnown: Bool =
        switch child.result {
        case .answer(.known, _), .collection: true
        // A figure that was rounded to be published is given all the same.
        case .answer(.between(_, _, let reasons), _):
          reasons.reasons.allSatisfy { $0.code == .roundedFigure }
        default: false
        }
      return step.truth == Truth(isKnown) ? nil : "the child is \(isKnown ? "" : "not ")known"
    case .test: return testProblem(step)
    }
  }

  // MARK: Small tools

  func same(_ step: Derivation, _ other: Derivation?) -> String? {
    guard let other else { return "no child to follow from" }
    return step.answer == other.answer ? nil : "not the child's result"
  }

  /// Whether a statement has this truth and, where unknown, the reasons of its unknown children.
  func truth(_ step: Derivation, _ expected: Truth, reasonsOf children: [Derivation]) -> String? {
    guard step.truth == expected else { return "should be \(expected)" }
    guard expected == .unknown else { return nil }
    let reasons = children.reduce(ReasonSet.none) { $0.union($1.answer?.reasons ?? .none) }
    return step.answer?.reasons == reasons ? nil : "reasons should be \(reasons.reasons)"
  }

  // MARK: Truths

  private func limbsProblem(_ step: Derivation, _ kind: LimbsKind) -> String? {
    let limbs = step.children.filter { if case .limb = $0.operation { true } else { false } }
    let truths = limbs.map(\.truth)
    switch kind {
    case .all: return truth(step, truths.reduce(.true, &&), reasonsOf: limbs)
    case .any: return truth(step, truths.reduce(.false, ||), reasonsOf: limbs)
    case .none: return truth(step, !truths.reduce(.false, ||), reasonsOf: limbs)
    case .atLeast:
      guard case .known(.quantity(let needed))? = step.children.first?.answer else {
        return step.truth == .unknown ? nil : "the number needed is unknown"
      }
      let sure = truths.count { $0 == .true }
      let possible = truths.count { $0 != .false }
      if Fraction(sure) >= needed { return truth(step, .true, reasonsOf: limbs) }
      if Fraction(possible) < needed { return truth(step, .false, reasonsOf: limbs) }
      return truth(step, .unknown, reasonsOf: limbs)
    }
  }

  private func quantifierProblem(_ step: Derivation, _ kind: QuantifierKind) -> String? {
    guard let collection = step.children.first else { return "no collection" }
    guard case .collection(_, let count) = collection.result else {
      return step.truth == .unknown ? nil : "the collection is unknown"
    }
    let members = step.children.dropFirst()
    guard members.count == count else { return "\(count) members, \(members.count) shown" }
    var truths: [Truth] = []
    for member in members {
      let parts = member.children.map(\.truth)
      let expected: Truth =
        if kind == .every && parts.count == 2 { !parts[0] || parts[1] } else {
          parts.reduce(.true, &&)
        }
      let isDoubted = member.truth == .unknown && expected != (kind == .every ? .true : .false)
      guard member.truth == expected || isDoubted else { return "a member should be \(expected)" }
      truths.append(member.truth)
    }
    let base = kind == .every ? truths.reduce(.true, &&) : truths.reduce(.false, ||)
    let decisive: Truth = kind == .every ? .false : .true
    // Members that are missing from the list leave open what no member decides.
    if step.truth == .unknown && base != decisive {
      return step.answer?.reasons.isEmpty == false ? nil : "unknown without a reason"
    }
    let expected = kind == .no ? !base : base
    return step.truth == expected ? nil : "should be \(expected)"
  }

  private func memberOfProblem(_ step: Derivation) -> String? {
    guard step.children.count == 2, let subject = step.children[0].value,
      step.children[1].operation == .collection, !step.children[1].children.isEmpty
    else { return nil }
    let elements = step.children[1].children
    let isMember = elements.contains { $0.value == subject }
    if isMember { return step.truth == .true ? nil : "the value is in the list" }
    let isOpen = elements.contains { $0.value == nil }
    return step.truth == (isOpen ? .unknown : .false) ? nil : "the value is not in the list"
  }

  private func choiceProblem(_ step: Derivation) -> String? {
    if case .collection = step.result { return nil }
    if step.answer == step.children.last?.answer { return nil }
    if case .collection? = step.children.last?.result { return nil }
    guard case .unknown(let reasons)? = step.answer, !reasons.isEmpty else {
      return "not the last child's result"
    }
    return nil
  }

  private func testProblem(_ step: Derivation) -> String? {
    var holds: Truth?
    var openException = false
    for child in step.children {
      switch child.operation {
      case .clause("requires"): holds = (holds ?? .true) && child.truth
      case .clause("forbids"): holds = (holds ?? .true) && !child.truth
      case .clause("applies when"), .clause("cure"), .clause("payment"): break
      case .clause:
        if child.truth != .false { holds = (holds ?? .true) && .unknown }
      case .evidence: holds = (holds ?? .true) && child.truth
      case .exception: if child.truth == .unknown { openException = true }
      default: return "\(child.operation) is no clause"
      }
    }
    guard var expected = holds else { return nil }
    if expected == .false && openException { expected = .unknown }
    return step.truth == expected ? nil : "should be \(expected)"
  }
}

extension Derivation {
  /// The answer of a step; nil for a collection.
  package var answer: Answer? { if case .answer(let answer, _) = result { answer } else { nil } }
  package var truth: Truth { answer?.truth ?? .unknown }
  /// The known value of a step.
  package var value: Value? { if case .known(let value)? = answer { value } else { nil } }
  var number: Fraction? {
    switch value {
    case .quantity(let number), .money(let number, _): number
    default: nil
    }
  }
}
