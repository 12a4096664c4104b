// Conservation: a whole and the parts that must add up to it.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// The entries of a `conserve`, each at most once.
private struct ConserveEntries {
  var whole: ExpressionSyntax?
  var parts: [ConserveSyntax.Part]?
  var source: StringSyntax?
}

extension Checking {
  func checkConservations() {
    var seen: [String: SourceSpan] = [:]
    for case .conserve(let node) in declarations {
      if !node.name.isMissing {
        if let earlier = seen[node.name.text] { reportTwice(node.name, earlier) }
        seen[node.name.text] = seen[node.name.text] ?? node.name.span
      }
      if let conservation = conservation(node) { conservations.append(conservation) }
    }
  }

  private func conservation(_ node: ConserveSyntax) -> Conservation? {
    let entries = entries(node)
    guard let whole = entries.whole, let parts = entries.parts else {
      report(
        LifePages.conserveShape,
        "`\(node.name.text)` does not say "
          + (entries.whole == nil ? "what the parts are parts of" : "what the whole consists of"),
        at: node.name.span, help: ["write `whole instalment` and `parts released, suspended`"])
      return nil
    }
    let place = Place(
      words: "a `conserve`", hasContract: true, hasTestDate: true, hasAsOf: true)
    let (checked, slotCount) = at(place) { () -> (ConservedAmount, [ConservedAmount], ValueType)? in
      guard let (amount, type) = self.amount(whole) else { return nil }
      var amounts: [ConservedAmount] = []
      for part in parts {
        guard let (amount, other) = self.part(part) else { return nil }
        guard adds(other, to: type) else {
          report(
            LifePages.conserveParts, "this part cannot be added to the whole",
            at: part.span, "\(words(other))", also: [LabelledSpan(whole.span, words(type))],
            help: ["parts have the unit of the whole"])
          return nil
        }
        amounts.append(amount)
      }
      return (amount, amounts, type)
    }
    guard let (amount, amounts, type) = checked else { return nil }
    return Conservation(
      name: node.name.text, title: node.title?.text ?? node.name.text, whole: amount,
      parts: amounts, source: entries.source?.text, type: type, slotCount: slotCount,
      span: node.span)
  }

  private func entries(_ node: ConserveSyntax) -> ConserveEntries {
    var entries = ConserveEntries()
    for entry in node.entries {
      let isTwice: Bool
      switch entry {
      case .whole(let value, _):
        isTwice = entries.whole != nil
        entries.whole = value
      case .parts(let parts, _):
        isTwice = entries.parts != nil
        entries.parts = parts
      case .source(let text, _):
        isTwice = entries.source != nil
        entries.source = text
      }
      if isTwice {
        report(
          NamePages.entryTwice, "`\(node.name.text)` says this twice", at: entry.span,
          help: ["keep one of the two"])
      }
    }
    return entries
  }

  // MARK: - Amounts

  private func part(_ part: ConserveSyntax.Part) -> (ConservedAmount, ValueType)? {
    switch part {
    case .amount(let node): return amount(node)
    case .consequences(let written, let name, let extent):
      guard !name.isMissing else { return nil }
      guard case .condition(let id) = names.use(name.text) else {
        report(
          ConditionPages.notACondition, "no condition is called `\(name.text)`", at: name.span,
          help: suggestion(for: name.text, among: conditions.map(\.name)))
        return nil
      }
      guard let condition = conditions.first(where: { $0.name == name.text }) else { return nil }
      let verb = Verb(written)
      for consequence in condition.consequences where consequence.verb == verb {
        if case .amount(let amount) = consequence.amount {
          return (.consequences(verb, id), type(of: amount))
        }
      }
      report(
        LifePages.conserveParts,
        "`\(name.text)` has no consequence that says how much it would \(verb.rawValue)",
        at: extent.span, also: [LabelledSpan(condition.nameSpan, "declared here")],
        help: ["write `on breach \(verb.rawValue) …` with an amount there"])
      return nil
    }
  }

  /// A determination by its name, or any amount.
  private func amount(_ node: ExpressionSyntax) -> (ConservedAmount, ValueType)? {
    if case .name(let name) = node.unparenthesized,
      case .determination(let index)? = names.value(name.text)?.subject,
      determinations.indices.contains(index)
    {
      _ = names.use(name.text)
      return (.determination(index), determinations[index].type)
    }
    if case .name(let name) = node.unparenthesized, case .condition? = names.use(name.text) {
      reportCondition(name)
      return nil
    }
    let id = operand(node)
    let type = self.type(of: id)
    if type == .unresolved { return nil }
    guard Measure(type) != nil else {
      report(
        LifePages.conserveParts, "an amount is wanted here", at: node.span,
        "this is \(words(type))", also: Array(side(id).dropFirst()))
      return nil
    }
    return (.value(id), type)
  }

  /// A condition is no amount; what follows from it may be one.
  private func reportCondition(_ name: NameSyntax) {
    let condition = conditions.first { $0.name == name.text }
    let verbs =
      condition?.consequences.filter {
        if case .amount = $0.amount { true } else { false }
      }.map(\.verb.rawValue) ?? []
    let known = verbs.first.map { "write `\($0) by \(name.text)` for what that comes to" }
    report(
      LifePages.conserveParts, "`\(name.text)` is a condition, and a part is an amount",
      at: name.span, also: condition.map { [LabelledSpan($0.nameSpan, "declared here")] } ?? [],
      help: [
        known ?? "write a field, a define or a determination, or what a consequence comes to: "
          + "`suspend by NAME`, where the condition NAME suspends an amount"
      ])
  }

  private func adds(_ part: ValueType, to whole: ValueType) -> Bool {
    switch (Measure(part), Measure(whole)) {
    case (.money, .money): true
    case (.money, _), (_, .money): false
    case (let one?, let other?):
      one.type.displayUnit?.dimension == other.type.displayUnit?.dimension
        && (one.type.displayUnit?.isPercentLike == other.type.displayUnit?.isPercentLike)
    default: false
    }
  }
}
