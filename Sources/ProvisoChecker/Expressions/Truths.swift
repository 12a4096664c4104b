// Truth: and, or, not, limbs, and questions about what is known or how another condition stands.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  func not(_ node: UnarySyntax) -> ExpressionID {
    let operand = truth(node.operand, as: "what stands behind `not`")
    return add(.not(operand), .boolean, node.span)
  }

  /// `and`: a guard `(k1, k2) in table` holds for the statements beside it.
  func and(_ node: ElementsSyntax) -> ExpressionID {
    let saved = guards
    guards += node.elements.flatMap { tableGuards(in: $0) }
    let operands = node.elements.map { truth($0, as: "each side of `and`") }
    guards = saved
    return add(.and(operands), .boolean, node.span)
  }

  func or(_ node: ElementsSyntax) -> ExpressionID {
    add(.or(node.elements.map { truth($0, as: "each side of `or`") }), .boolean, node.span)
  }

  func limbs(_ node: LimbsSyntax) -> ExpressionID {
    var seen: [String: SourceSpan] = [:]
    let saved = guards
    if case .all = node.quota { guards += node.limbs.flatMap { tableGuards(in: $0.truth) } }
    let limbs = node.limbs.enumerated().map { place, limb in
      let label = limb.label?.text ?? "\(place + 1)"
      if let written = limb.label, !written.isMissing {
        if let earlier = seen[label] {
          report(
            ConditionPages.labelTwice, "two limbs are called \"\(label)\"", at: written.span,
            also: [LabelledSpan(earlier, "the first")],
            help: ["explanations name limbs by their labels: give each its own"])
        } else {
          seen[label] = written.span
        }
      }
      return Limb(label: label, statement: truth(limb.truth, as: "a limb"))
    }
    guards = saved
    return add(.limbs(quota(node), limbs), .boolean, node.span)
  }

  private func quota(_ node: LimbsSyntax) -> LimbsKind {
    switch node.quota {
    case .all: return .all
    case .any: return .any
    case .none: return .none
    case .atLeast(let number):
      let id = operand(number, fitting: .wholeNumber, as: "how many limbs must hold")
      if case .literal(.quantity(let value)) = self[id].kind {
        let count = value.wholeValue ?? -1
        if count < 1 || count > node.limbs.count {
          report(
            ConditionPages.impossibleQuota,
            "at least \(text(of: number.span)) of \(node.limbs.count) limbs", at: number.span,
            count < 1 ? "this always holds" : "this can never hold",
            also: [
              LabelledSpan(node.headSpan, "\(node.limbs.count) limbs")
            ], help: ["write a number from 1 to \(node.limbs.count)"])
        }
      }
      return .atLeast(id)
    }
  }

  func isTest(_ node: IsTestSyntax) -> ExpressionID {
    switch node.question {
    case .known:
      guard mayAskWhatIsKnown(node) else { return unresolved(node.span) }
      return add(.isKnown(fact(node.subject)), .boolean, node.span)
    case .level(let name):
      guard mayAskWhatIsKnown(node), !name.isMissing else { return unresolved(node.span) }
      guard let level = level(name) else { return unresolved(node.span) }
      let subject = fact(node.subject)
      switch self[subject].kind {
      case .contractField, .member, .at, .variable: break
      default:
        if type(of: subject) == .unresolved { break }
        report(
          ConditionPages.assuranceOfNoFact, "only a reported fact can be `\(name.text)`",
          at: node.subject.span, "this is computed",
          help: ["ask it of each fact that the value is computed from"])
      }
      return add(.isAssured(subject, level), .boolean, node.span)
    case .none:
      let subject = operand(node.subject)
      switch type(of: subject) {
      case .event, .unresolved: break
      default:
        report(
          TimePages.notAnEvent, "only a `date if any` can be none", at: node.subject.span,
          "this is \(words(type(of: subject)))", also: Array(side(subject).dropFirst()),
          help: ["declare the field as `date if any`, or ask `is known`"])
      }
      return add(.isNone(subject), .boolean, node.span)
    case .met: return state(node, .met)
    case .breached: return state(node, .breached)
    case .notApplicable: return state(node, .notApplicable)
    }
  }

  /// A fact asked about as a whole: series and lists are allowed.
  private func fact(_ node: ExpressionSyntax) -> ExpressionID { expression(node) }

  /// A missing fact would turn into *not applicable*, which reads as an acquittal.
  private func mayAskWhatIsKnown(_ node: IsTestSyntax) -> Bool {
    guard place.isAppliesWhen else { return true }
    reportKnownInApplies(at: node.span)
    return false
  }

  func reportKnownInApplies(at span: SourceSpan) {
    report(
      ConditionPages.knownInApplies, "`applies when` may not ask what is known", at: span,
      "a missing fact would make the condition not applicable",
      help: ["write it in `unless \"…\" when …` or `undetermined \"…\" when …`"])
  }

  /// The level of assurance a name stands for; nil after a report.
  func level(_ name: NameSyntax) -> AssuranceLevel? {
    if let level = AssuranceLevel(name: name.text) { return level }
    let all = AssuranceLevel.allCases.map(\.name)
    report(
      ConditionPages.unknownLevel, "`\(name.text)` is no level of assurance", at: name.span,
      help: suggestion(for: name.text, among: all)
        + ["from weak to strong: \(all.map { "`\($0)`" }.joined(separator: ", "))"])
    return nil
  }

  // MARK: - Other conditions

  private func state(_ node: IsTestSyntax, _ state: ConditionState) -> ExpressionID {
    let subject = node.subject.unparenthesized
    switch subject {
    case .name(let name):
      guard let id = condition(name) else { return unresolved(node.span) }
      guard place.hasContract || portfolioConditions.contains(id.index) else {
        report(
          ConditionPages.conditionOfNoContract, "`\(name.text)` of which contract?",
          at: name.span,
          help: ["a portfolio has many: `every c in contracts satisfies c.\(name.text) is met`"])
        return unresolved(node.span)
      }
      guard !place.hasContract || !portfolioConditions.contains(id.index) else {
        report(
          ConditionPages.acrossContracts, "`\(name.text)` is asked of all contracts together",
          at: name.span, help: ["only another `portfolio condition` can ask for it"])
        return unresolved(node.span)
      }
      return add(.conditionState(id, state, of: nil), .boolean, node.span)
    case .member(let member):
      guard let last = member.names.last, !last.isMissing else { return unresolved(node.span) }
      let base = path(member.base, member.names.dropLast())
      if type(of: base) == .unresolved { return unresolved(node.span) }
      guard type(of: base) == .contract else {
        report(
          ConditionPages.conditionOfNoContract, "only a contract has conditions",
          at: member.base.span, "this is \(words(type(of: base)))",
          help: ["write `\(last.text) is met`, or go over the portfolio: `for c in contracts`"])
        return unresolved(node.span)
      }
      guard let id = condition(last) else { return unresolved(node.span) }
      guard !portfolioConditions.contains(id.index) else {
        report(
          ConditionPages.acrossContracts, "`\(last.text)` is asked of all contracts together",
          at: last.span, help: ["write `\(last.text) is met`, without a contract before it"])
        return unresolved(node.span)
      }
      return add(.conditionState(id, state, of: base), .boolean, node.span)
    default:
      _ = expression(subject)
      report(
        ConditionPages.notACondition, "only a condition is met or breached",
        at: node.subject.span, also: [LabelledSpan(node.operatorSpan, "")],
        help: ["write the name of a condition: `no_payout is met`"])
      return unresolved(node.span)
    }
  }

  private func condition(_ name: NameSyntax) -> ConditionID? {
    guard !name.isMissing else { return nil }
    guard let entity = names.use(name.text) else {
      report(
        NamePages.unknownName, "no condition is called `\(name.text)`", at: name.span,
        help: suggestion(
          for: name.text,
          among: names.values.compactMap {
            if case .condition = $0.subject { $0.name } else { nil }
          }))
      return nil
    }
    guard case .condition(let id) = entity else {
      report(
        ConditionPages.notACondition, "`\(name.text)` is a \(entity.noun), not a condition",
        at: name.span,
        also: names.value(name.text).map { [LabelledSpan($0.span, "declared here")] } ?? [],
        help: ["only a condition is met or breached; compare a value with `=`"])
      return nil
    }
    return id
  }

  // MARK: - Guards

  /// The statements `(k1, k2) in table` among the conjuncts of a truth, as written.
  func tableGuards(in node: ExpressionSyntax) -> [TableGuard] {
    switch node.unparenthesized {
    case .and(let elements): return elements.elements.flatMap { tableGuards(in: $0) }
    case .membership(let membership):
      guard case .name(let name) = membership.collection.unparenthesized,
        case .table(let id) = names.value(name.text)?.subject
      else { return [] }
      let keys: [ExpressionSyntax]
      if case .tuple(let tuple) = membership.member {
        keys = tuple.elements
      } else {
        keys = [membership.member]
      }
      return [TableGuard(table: id, keys: keys.map { comparableText($0) })]
    default: return []
    }
  }

  /// An expression's text without white space and outer parentheses, to see that two are the same.
  func comparableText(_ node: ExpressionSyntax) -> String {
    let kept = text(of: node.unparenthesized.span).utf8.filter {
      $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\t")
        && $0 != UInt8(ascii: "\r")
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
