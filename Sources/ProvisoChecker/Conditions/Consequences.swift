// Consequences: what is done, to what, by how much, and how often it must have come to it.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Verb {
  init(_ verb: ConsequenceSyntax.Verb) {
    switch verb {
    case .suspend: self = .suspend
    case .release: self = .release
    case .reduce: self = .reduce
    case .recall: self = .recall
    case .charge: self = .charge
    case .pay: self = .pay
    case .stepUp: self = .stepUp
    case .stepDown: self = .stepDown
    case .convert: self = .convert
    case .refuse: self = .refuse
    case .publish: self = .publish
    }
  }

  /// Whether the verb moves an amount of money, which must be said.
  fileprivate var movesMoney: Bool {
    switch self {
    case .recall, .charge, .pay: true
    default: false
    }
  }

  /// Whether the verb moves a rate.
  fileprivate var movesRate: Bool { self == .stepUp || self == .stepDown }
}

/// What a consequence acts on: words, a field, or an amount.
private struct ConsequenceObject {
  var words: String?
  var value: ExpressionID?
}

extension Checking {
  func consequence(_ clause: ConsequenceClauseSyntax) -> Consequence? {
    let node = clause.consequence
    let verb = Verb(node.verb)
    guard let object = object(node, verb) else { return nil }
    var words = object.words
    var amount: ConsequenceAmount?
    switch node.change {
    case nil: amount = plainAmount(object, verb, node)
    case .to(let target):
      guard verb == .convert else {
        report(
          ConditionPages.amountMissing, "say by how much, not to what", at: target.span,
          also: [LabelledSpan(node.verbExtent.span, "")],
          help: ["write `\(verb.rawValue) … by …`"])
        return nil
      }
      words = [
        words ?? text(of: node.object?.span ?? node.verbExtent.span),
        "to", text(of: target.span),
      ].joined(separator: " ")
    case .byFactor(let factor):
      let id = operand(factor, fitting: .quantity(.one), as: "a factor")
      amount = .byFactor(id)
    case .by(let step): amount = self.step(step, object, verb)
    }
    if amount == nil, verb.movesMoney || verb.movesRate || node.change.isBy { return nil }
    return Consequence(
      trigger: trigger(clause.trigger), verb: verb, object: words,
      base: object.value.flatMap(base), amount: amount, until: end(node.until),
      from: node.from.map { day($0, as: "the first day of a consequence") },
      frequency: frequency(node), span: node.span)
  }

  private func trigger(_ trigger: ConsequenceClauseSyntax.Trigger) -> Trigger {
    switch trigger {
    case .onBreach: .breach
    case .onMet: .met
    case .onCure: .cure
    case .whileInCure: .whileInCure
    case .whilePending: .whilePending
    }
  }

  /// What the verb acts on. A bare name that nothing declares is a word of the agreement
  /// (`suspend disbursements`) where no amount is needed.
  private func object(_ node: ConsequenceSyntax, _ verb: Verb) -> ConsequenceObject? {
    guard let written = node.object, !written.isMissing else {
      if verb.movesMoney || verb.movesRate || verb == .reduce {
        report(
          ConditionPages.amountMissing, "`\(verb.rawValue)` what?", at: node.verbExtent.span,
          help: [
            verb.movesRate
              ? "write `\(verb.rawValue) margin by 25 bps`"
              : "write `\(verb.rawValue) 10% of disbursed`"
          ])
        return nil
      }
      return ConsequenceObject()
    }
    switch written.unparenthesized {
    case .string(let text): return ConsequenceObject(words: text.text)
    case .name(let name)
    where !verb.movesMoney && !verb.movesRate && verb != .reduce
      && names.value(name.text) == nil && !isLocal(name.text) && reservedNames[name.text] == nil:
      return ConsequenceObject(words: name.text)
    default:
      let id = operand(written)
      if type(of: id) == .unresolved { return nil }
      let isName: Bool
      switch self[id].kind {
      case .contractField, .member, .at: isName = true
      default: isName = false
      }
      return ConsequenceObject(words: isName ? text(of: written.span) : nil, value: id)
    }
  }

  private func plainAmount(
    _ object: ConsequenceObject, _ verb: Verb, _ node: ConsequenceSyntax
  ) -> ConsequenceAmount? {
    guard !verb.movesRate else {
      report(
        ConditionPages.amountMissing, "`\(verb.rawValue)` by how much?", at: node.verbExtent.span,
        help: ["write `by 25 bps`, `by 2 percentage points` or `by a factor of 1.1`"])
      return nil
    }
    guard let value = object.value else {
      if verb.movesMoney {
        report(
          ConditionPages.amountMissing, "`\(verb.rawValue)` how much?", at: node.verbExtent.span,
          help: ["write an amount: `\(verb.rawValue) 10% of disbursed`"])
      }
      return nil
    }
    let type = type(of: value)
    switch Measure(type) {
    case .money: return .amount(value)
    case .unit: return .amount(value)
    default:
      guard verb.movesMoney || verb == .reduce else { return nil }
      report(
        ConditionPages.amountMissing, "`\(verb.rawValue)` takes an amount of money",
        at: self[value].span, "this is \(words(type))", also: Array(side(value).dropFirst()),
        help: ["say of what: `\(verb.rawValue) \(text(of: self[value].span)) of disbursed`"])
      return nil
    }
  }

  /// `by 25 bps`, `by EUR 5 million`; `by 10%` has two readings.
  private func step(
    _ node: ExpressionSyntax, _ object: ConsequenceObject, _ verb: Verb
  ) -> ConsequenceAmount? {
    let id = operand(node)
    let type = type(of: id)
    if type == .unresolved { return nil }
    let written = text(of: node.span)
    let target = object.value.map { self.type(of: $0) }
    let isRate = verb.movesRate || target.flatMap(Measure.init).map(isPercent) == true
    if case .percent(.percent) = Measure(type), !isShare(id) {
      let number = written.hasSuffix("%") ? String(written.dropLast()) : written
      var help = ["write `by \(number) percentage points` if it is added"]
      if case .literal(.quantity(let value)) = self[id].kind, let factor = try? Fraction.one + value
      {
        help.append("write `by a factor of \(factor)` if it is multiplied")
      } else {
        help.append("write `by a factor of …` if it is multiplied")
      }
      if !isRate {
        let base = object.value.map { text(of: self[$0].span) } ?? "…"
        help = ["write `by \(written) of \(base)`"]
      }
      report(
        UnitPages.twoReadingsOfBy, "`by \(written)` has two readings", at: node.span,
        also: object.value.map { side($0) } ?? [], help: help)
      return nil
    }
    if isRate {
      if case .percent = Measure(type) { return .byPoints(id) }
      report(
        TypePages.wrongType, "a rate moves by bps, percentage points or a factor", at: node.span,
        "this is \(words(type))", help: ["write `by 25 bps` or `by a factor of 1.1`"])
      return nil
    }
    if let value = object.value {
      let meeting = Meeting.sum(verb == .reduce ? "-" : "+")
      if common(value, id, in: meeting, at: node.span) == .unresolved { return nil }
    }
    return .amount(id)
  }

  private func isPercent(_ measure: Measure) -> Bool {
    if case .percent = measure { true } else { measure == .ratio }
  }

  /// Whether an expression says of what it is a percentage.
  private func isShare(_ id: ExpressionID) -> Bool {
    if case .shareOf = self[id].kind { true } else { false }
  }

  /// The field an amount is taken from: `disbursed` in `10% of disbursed`.
  private func base(_ id: ExpressionID) -> ExpressionID? {
    switch self[id].kind {
    case .contractField, .member: return id
    case .at(let inner, _): return base(inner) == nil ? nil : id
    case .shareOf(_, let whole): return base(whole)
    case .arithmetic(.multiply, let left, let right):
      guard let one = Measure(type(of: left)), let other = Measure(type(of: right)) else {
        return nil
      }
      if one.isDimensionless, !other.isDimensionless { return base(right) }
      if other.isDimensionless, !one.isDimensionless { return base(left) }
      return nil
    case .round(let value, _, _), .capped(let value, _, _), .floored(let value, _, _):
      return base(value)
    default: return nil
    }
  }

  private func end(_ until: ConsequenceSyntax.Until?) -> ConsequenceEnd? {
    switch until {
    case .met: .untilMet
    case .date(let node): .until(day(node, as: "the end of a consequence"))
    case nil: nil
    }
  }

  private func frequency(_ node: ConsequenceSyntax) -> Frequency? {
    guard let written = node.frequency else {
      return node.isInAll ? Frequency(times: nil, isInARow: false, isInAll: true) : nil
    }
    guard let times = count(written.times) else { return nil }
    return Frequency(times: times, isInARow: written.isInARow, isInAll: node.isInAll)
  }
}

extension ConsequenceSyntax.Change? {
  /// Whether it says by how much.
  fileprivate var isBy: Bool {
    switch self {
    case .by, .byFactor: true
    case .to, nil: false
    }
  }
}
