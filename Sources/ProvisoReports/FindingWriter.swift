// Finding what decided: the walk from a verdict's clause down to the statements behind it.

import ProvisoModel
import ProvisoQuantities

/// Reads derivations of one ruleset into findings.
struct FindingWriter: Sendable {
  let ruleset: CheckedRuleset
  let printer: ValuePrinter
  let quotes: SourceQuotes
  /// Inside a definition: what its parameters stand for, in the words of the call.
  private(set) var parameters: [String: Prose] = [:]

  init(_ ruleset: CheckedRuleset) {
    self.ruleset = ruleset
    printer = ValuePrinter(ruleset)
    quotes = SourceQuotes(ruleset)
  }

  /// How deep a statement is followed; the checker's own limit on nesting lies well below.
  static let depthLimit = 400

  /// The statements that made `step` what it is.
  ///
  /// - Parameters:
  ///   - goal: What its clause would have it be, turned by every `not` on the way.
  ///   - style: How demands are worded.
  func findings(
    _ step: Derivation, goal: Bool, style: FindingStyle, context: [Prose] = [], depth: Int = 0
  ) -> [Finding] {
    guard depth < FindingWriter.depthLimit else { return [plainFinding(step, context)] }
    func follow(_ steps: [Derivation], goal: Bool) -> [Finding] {
      steps.flatMap { findings($0, goal: goal, style: style, context: context, depth: depth + 1) }
    }
    switch step.operation {
    case .clause, .exception:
      return follow(deciding(step.children.filter(\.isStatement), step.truth), goal: goal)
    case .test:
      return follow(step.children, goal: goal)
    case .not:
      return follow(step.children, goal: !goal)
    case .and:
      return follow(ofAll(step.children, step.truth), goal: goal)
    case .or:
      return follow(ofAny(step.children, step.truth), goal: goal)
    case .limbs(let kind):
      return limbFindings(step, kind, goal: goal, style: style, context: context, depth: depth)
    case .quantifier(let kind):
      return quantifierFindings(
        step, kind, goal: goal, style: style, context: context, depth: depth)
    case .call(let define):
      return calling(define, step).definition(
        step, goal: goal, style: style, context: context, depth: depth)
    case .choose, .orElse:
      // The child that gave the result is the last statement with it.
      let source = step.children.last { $0.isStatement && $0.truth == step.truth }
      guard let source else { return [plainFinding(step, context)] }
      return follow([source], goal: goal)
    case .compare(let relation):
      return [comparison(step, relation, goal: goal, style: style, context: context)]
    case .listed(let list, let dating, let spell):
      return [
        listed(step, list, dating, spell, goal: goal, style: style, context: context)
      ]
    case .happenedBy:
      return [happened(step, goal: goal, style: style, context: context)]
    default:
      return [plainFinding(step, context)]
    }
  }

  /// The findings of the body of a definition, or of the exception that replaced it.
  private func definition(
    _ step: Derivation, goal: Bool, style: FindingStyle, context: [Prose], depth: Int
  ) -> [Finding] {
    let body = step.children.last { $0.isStatement && $0.truth == step.truth }
    guard let body else { return [plainFinding(step, context)] }
    return findings(body, goal: goal, style: style, context: context, depth: depth + 1)
  }

  /// A writer that says a definition's parameters in the words of the call.
  private func calling(_ define: DefineID, _ step: Derivation) -> FindingWriter {
    var inner = self
    inner.parameters = [:]
    guard ruleset.defines.indices.contains(define.index) else { return inner }
    for (parameter, argument) in zip(ruleset.defines[define.index].parameters, step.children)
    where quotes.text(of: argument.span) != nil {
      inner.parameters[parameter.name] = statement(argument)
    }
    return inner
  }

  /// The operands of a conjunction that made it what it is.
  private func ofAll(_ operands: [Derivation], _ truth: Truth) -> [Derivation] {
    truth == .true ? operands : operands.filter { $0.truth == truth }
  }

  /// The operands of a disjunction that made it what it is.
  private func ofAny(_ operands: [Derivation], _ truth: Truth) -> [Derivation] {
    truth == .false ? operands : operands.filter { $0.truth == truth }
  }

  /// The children with the truth of their parent; all of them where none has it.
  private func deciding(_ children: [Derivation], _ truth: Truth) -> [Derivation] {
    let same = children.filter { $0.truth == truth }
    return same.isEmpty ? children : same
  }

  private func limbFindings(
    _ step: Derivation, _ kind: LimbsKind, goal: Bool, style: FindingStyle, context: [Prose],
    depth: Int
  ) -> [Finding] {
    var limbs: [(label: String, step: Derivation)] = []
    for child in step.children {
      if case .limb(let label) = child.operation { limbs.append((label, child)) }
    }
    var inner = goal
    let chosen: [(label: String, step: Derivation)]
    var lead: [Finding] = []
    switch kind {
    case .all: chosen = step.truth == .true ? limbs : limbs.filter { $0.step.truth == step.truth }
    case .any: chosen = step.truth == .false ? limbs : limbs.filter { $0.step.truth == step.truth }
    case .none:
      inner = !goal
      chosen = step.truth == .true ? limbs : limbs.filter { $0.step.truth == !step.truth }
    case .atLeast:
      chosen = limbs.filter { ($0.step.truth == .true) == (step.truth == .true) }
      let holding = limbs.count { $0.step.truth == .true }
      lead = [Finding(context: context, fact: "\(holding) of \(limbs.count) statements hold")]
    }
    return lead
      + chosen.flatMap { limb in
        limb.step.children.flatMap {
          findings(
            $0, goal: inner, style: style, context: context + ["“\(data: limb.label)”"],
            depth: depth + 1)
        }
      }
  }

  private func quantifierFindings(
    _ step: Derivation, _ kind: QuantifierKind, goal: Bool, style: FindingStyle,
    context: [Prose], depth: Int
  ) -> [Finding] {
    var members: [(name: String, step: Derivation)] = []
    for child in step.children {
      if case .member(let name) = child.operation { members.append((name, child)) }
    }
    guard step.truth != .unknown else { return [plainFinding(step, context)] }
    guard !members.isEmpty else {
      // Of very many contracts only those that decide are shown, and here none of them does.
      if case .collection(_, let count) = step.children.first?.result, count > 0 {
        let rest: Prose =
          kind == .every ? " holds for all \(count)" : ": none of the \(count) does"
        return [Finding(context: context, fact: "\(statement(step))\(rest)")]
      }
      var finding = Finding(
        context: context, fact: "there is nothing to look at: \(statement(step))")
      finding.isVacuous = true
      return [finding]
    }
    let list: Prose =
      step.children.first.flatMap { collection in
        guard case .collection = collection.result else { return nil }
        return " in \(statement(collection))"
      } ?? ""
    let counted: Prose =
      members.count == 1 ? "the only one\(list)" : "all \(members.count)\(list)"
    let body = members.first.flatMap { $0.step.children.last }
    let words: Prose = quotes.text(of: body?.span).map { "\(code: $0)" } ?? "what is asked"
    switch (kind, step.truth) {
    case (.every, .true):
      return [Finding(context: context, fact: "\(words) holds for \(counted)")]
    case (.every, _):
      return members.filter { $0.step.truth == .false }.flatMap { member -> [Finding] in
        let inside = context + ["\(data: member.name)"]
        guard let body = member.step.children.last else {
          return [Finding(context: inside, fact: "\(words) does not hold")]
        }
        return findings(body, goal: goal, style: style, context: inside, depth: depth + 1)
      }
    case (.some, .false), (.no, .true):
      let looked: Prose =
        members.count == 1
        ? "the only one\(list) does not fit" : "none of the \(members.count)\(list) fits"
      return [Finding(context: context, fact: "\(looked) \(words)")]
    case (.some, _), (.no, _):
      var found = members.filter { $0.step.truth == .true }.flatMap { member -> [Finding] in
        let inside = context + ["\(data: member.name)"]
        guard !member.step.children.isEmpty else {
          return [Finding(context: inside, fact: "\(words) holds")]
        }
        return member.step.children.flatMap {
          findings($0, goal: true, style: .plain, context: inside, depth: depth + 1)
        }
      }
      let isWanted = (kind == .some) == goal
      if style != .plain, !isWanted, let last = found.popLast() {
        found.append(
          Finding(
            context: last.context, fact: last.fact, demand: Finding.noneWanted,
            margin: last.margin))
      }
      return found
    }
  }

  /// The statement as it is written and whether it holds.
  func plainFinding(_ step: Derivation, _ context: [Prose]) -> Finding {
    Finding(context: context, fact: plainStatement(step))
  }
}
