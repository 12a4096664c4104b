// Conditions: their clauses, what they require, what excuses and what holds a verdict back.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// The clauses of a condition, sorted by what they are.
private struct Clauses {
  var serves: [NameSyntax] = []
  var kinds: [NameSyntax] = []
  var source: StringSyntax?
  var appliesWhen: ExpressionSyntax?
  var forEach: ForEachSyntax?
  var tested: TestedSyntax?
  var requirements: [(polarity: Polarity, node: ExpressionSyntax, span: SourceSpan)] = []
  var exemptions: [ExemptionSyntax] = []
  var doubts: [(reason: StringSyntax, condition: ExpressionSyntax, span: SourceSpan)] = []
  var evidence: [EvidenceSyntax] = []
  var cure: CureSyntax?
  var consequences: [ConsequenceClauseSyntax] = []
}

extension Checking {
  func checkConditions() {
    for case .condition(let node) in declarations {
      let mark = arena.count
      let condition = condition(node)
      conditionUses.append(traits(since: mark).conditions.sorted())
      if let condition { conditions.append(condition) } else { hasError = true }
    }
  }

  private func condition(_ node: ConditionSyntax) -> Condition? {
    let clauses = clauses(node)
    if node.isPortfolio, let evidence = clauses.evidence.first {
      report(
        ConditionPages.evidenceOfPortfolio, "a portfolio has no evidence of its own",
        at: evidence.span,
        help: ["ask it of the contracts: `every c in contracts satisfies c.x is verified`"])
    }
    var place = Place(
      words: node.isPortfolio ? "a portfolio condition" : "this condition",
      hasContract: !node.isPortfolio, hasTestDate: true, hasAsOf: true,
      hasContracts: node.isPortfolio)
    if case .periodic(let length, _, _) = clauses.tested?.schedule {
      place.period = .known(PeriodLength(length))
    }
    let (result, slotCount) = at(place) { () -> Condition? in
      guard let each = clauses.forEach else { return self.body(node, clauses, nil) }
      let (collection, element) = self.untimed { self.collection(each.collection) }
      checkVariable(each.variable)
      return binding(
        each.variable.text, element, at: each.variable.span,
        hasThrough: hasThrough(each.collection)
      ) { slot in
        let filter = each.filter.map { filter in
          self.untimed { self.truth(filter, as: "what stands behind `where`") }
        }
        let bound = Binding(slot: slot, name: each.variable.text, collection: collection)
        return self.body(node, clauses, ForEach(binding: bound, condition: filter))
      }
    }
    return result.map { withSlots($0, slotCount) }
  }

  /// Runs a body where the tests are still being laid out, so that none has a date yet.
  func untimed<Result>(_ body: () -> Result) -> Result {
    let saved = place
    place.hasTestDate = false
    place.period = .none
    place.words = "what lays out the tests"
    let result = body()
    place = saved
    return result
  }

  private func body(
    _ node: ConditionSyntax, _ clauses: Clauses, _ forEach: ForEach?
  ) -> Condition? {
    let schedule = clauses.tested.map { self.schedule($0.schedule) } ?? .asOf
    if let tested = clauses.tested { checkBeginning(schedule, at: tested.span) }
    let due = clauses.tested?.due.flatMap { self.due($0) }
    var appliesWhen: ExpressionID?
    if let written = clauses.appliesWhen {
      place.isAppliesWhen = true
      appliesWhen = truth(written, as: "what stands behind `applies when`")
      place.isAppliesWhen = false
      guards = tableGuards(in: written)
    }
    var requirements: [(polarity: Polarity, id: ExpressionID, span: SourceSpan)] = []
    for requirement in clauses.requirements {
      let role = "what a condition \(requirement.polarity.rawValue)"
      requirements.append(
        (requirement.polarity, truth(requirement.node, as: role), requirement.span))
    }
    let exceptions = clauses.exemptions.map { exemption in
      NamedException(
        title: exemption.title.text, under: exemption.under?.text,
        condition: truth(exemption.condition, as: "what stands behind `when`"),
        span: exemption.span)
    }
    let doubts = clauses.doubts.map { doubt in
      Doubt(
        reason: doubt.reason.text,
        condition: truth(doubt.condition, as: "what stands behind `when`"), span: doubt.span)
    }
    let cure = clauses.cure.flatMap { self.cure($0, requirements.first?.id, schedule) }
    let consequences = withPayment(cure) { clauses.consequences.compactMap(consequence) }
    guard checkRequirements(node, requirements.map { ($0.polarity, $0.span) }),
      let requirement = requirements.first
    else { return nil }
    return Condition(
      name: node.name.text, title: node.title?.text ?? node.name.text,
      serves: missions(clauses.serves), kinds: clauses.kinds.map(\.text),
      source: clauses.source?.text, isPortfolio: node.isPortfolio, slotCount: 0,
      forEach: forEach, schedule: schedule, due: due, appliesWhen: appliesWhen,
      polarity: requirement.polarity, requirement: requirement.id, exceptions: exceptions,
      doubts: doubts, evidence: clauses.evidence.compactMap(evidence), cure: cure,
      consequences: consequences, span: node.span, nameSpan: node.name.span)
  }

  private func withSlots(_ old: Condition, _ slotCount: Int) -> Condition {
    Condition(
      name: old.name, title: old.title, serves: old.serves, kinds: old.kinds, source: old.source,
      isPortfolio: old.isPortfolio, slotCount: slotCount, forEach: old.forEach,
      schedule: old.schedule, due: old.due, appliesWhen: old.appliesWhen, polarity: old.polarity,
      requirement: old.requirement, exceptions: old.exceptions, doubts: old.doubts,
      evidence: old.evidence, cure: old.cure, consequences: old.consequences, span: old.span,
      nameSpan: old.nameSpan)
  }

  // MARK: - Clauses

  private func clauses(_ node: ConditionSyntax) -> Clauses {
    var clauses = Clauses()
    var seen: [String: SourceSpan] = [:]
    let once = { (word: String, span: SourceSpan) in
      if let earlier = seen[word] {
        self.report(
          ConditionPages.clauseTwice, "`\(word)` stands twice in `\(node.name.text)`", at: span,
          also: [LabelledSpan(earlier, "the first")],
          help: ["join the two, or make two conditions"])
      } else {
        seen[word] = span
      }
    }
    for clause in node.clauses {
      switch clause {
      case .serves(let names, _): clauses.serves += names
      case .kind(let names, _): clauses.kinds += names.filter { !$0.isMissing }
      case .source(let text, let extent):
        once("source", extent.span)
        clauses.source = text
      case .appliesWhen(let condition, let extent):
        once("applies when", extent.span)
        clauses.appliesWhen = clauses.appliesWhen ?? condition
      case .forEach(let each):
        once("for each", each.span)
        clauses.forEach = clauses.forEach ?? each
      case .tested(let tested):
        once("tested", tested.span)
        clauses.tested = clauses.tested ?? tested
      case .requires(let statement, let extent):
        clauses.requirements.append((.requires, statement, extent.span))
      case .forbids(let statement, let extent):
        clauses.requirements.append((.forbids, statement, extent.span))
      case .unless(let exemption): clauses.exemptions.append(exemption)
      case .unlessGroup(let use, let extent):
        clauses.exemptions += exemptions(of: use, at: extent)
      case .undetermined(let reason, let condition, let extent):
        clauses.doubts.append((reason, condition, extent.span))
      case .evidence(let evidence): clauses.evidence.append(evidence)
      case .cure(let cure):
        once("cure", cure.span)
        clauses.cure = clauses.cure ?? cure
      case .consequence(let consequence): clauses.consequences.append(consequence)
      }
    }
    return clauses
  }

  /// Whether there is exactly one of `requires` and `forbids`; reports where there is not.
  private func checkRequirements(
    _ node: ConditionSyntax, _ requirements: [(Polarity, SourceSpan)]
  ) -> Bool {
    guard let first = requirements.first else {
      report(
        ConditionPages.noRequirement, "`\(node.name.text)` neither requires nor forbids anything",
        at: node.name.span, help: ["write `requires …` or `forbids …`"])
      return false
    }
    guard requirements.count > 1 else { return true }
    report(
      ConditionPages.twoRequirements,
      "a condition has one of `requires` and `forbids`, and `\(node.name.text)` has "
        + "\(requirements.count)",
      at: requirements[1].1, also: [LabelledSpan(first.1, "the first")],
      help: ["write `requires all of { \"first\" : …, \"second\" : … }`, or two conditions"])
    return false
  }

  private func missions(_ nodes: [NameSyntax]) -> [MissionID] {
    nodes.compactMap { name in
      guard !name.isMissing else { return nil }
      if let id = names.use(mission: name.text) { return id }
      report(
        ConditionPages.unknownMission, "no mission is called `\(name.text)`", at: name.span,
        help: names.missions.isEmpty
          ? ["declare it: `mission \(name.text) \"…\" { … }`"]
          : suggestion(for: name.text, among: names.missions.map(\.name)))
      return nil
    }
  }

  private func evidence(_ node: EvidenceSyntax) -> EvidenceRequirement? {
    guard !node.kind.isMissing else { return nil }
    return EvidenceRequirement(
      kind: node.kind.text, level: node.level.flatMap { $0.isMissing ? nil : level($0) },
      isBreachWhenMissing: node.isBreachWhenLacking, span: node.span)
  }

  // MARK: - Order

  /// Puts conditions after those they ask about; reports circles.
  func checkConditionOrder() {
    var nodes: [ConditionSyntax] = []
    for case .condition(let node) in declarations { nodes.append(node) }
    var graph = DependencyGraph(edges: conditionUses)
    graph.sort()
    for cycle in graph.cycles {
      guard let first = cycle.first, nodes.indices.contains(first) else { continue }
      let path = (cycle + [first]).map { "`\(nodes[$0].name.text)`" }
      report(
        ConditionPages.conditionCycle,
        "these conditions ask about each other: \(path.joined(separator: " → "))",
        at: nodes[first].name.span, "begins here",
        also: cycle.dropFirst().prefix(5).map { LabelledSpan(nodes[$0].name.span, "and here") },
        help: ["let one of them ask about the facts instead"])
    }
    conditionOrder = graph.order.map { ConditionID($0) }
  }
}
