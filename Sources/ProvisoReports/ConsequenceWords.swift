// Consequences, remedies, requests and determinations in words.

import ProvisoModel
import ProvisoQuantities

/// Words for what follows from a verdict and for what would change it.
struct ConsequenceWords: Sendable {
  let ruleset: CheckedRuleset
  let printer: ValuePrinter

  init(_ ruleset: CheckedRuleset) {
    self.ruleset = ruleset
    printer = ValuePrinter(ruleset)
  }

  /// What is done, without its amount: `recall`, `step up margin`, `publish “…”`.
  func action(_ consequence: ConsequenceResult) -> Prose {
    let verb = consequence.verb.rawValue
    guard let object = consequence.object, !object.isEmpty else { return "\(words: verb)" }
    if consequence.verb == .publish { return "publish “\(data: object)”" }
    return "\(words: verb) \(data: object)"
  }

  /// A consequence as a clause: `recall EUR 1,000,000.00, due 2021-12-31, until met`.
  func sentence(_ consequence: ConsequenceResult) -> Prose {
    var result = action(consequence)
    let isOfSomething = !(consequence.object ?? "").isEmpty
    switch consequence.amount {
    case .none: break
    case .amount(let value, let type):
      // "recall disbursed: EUR 5.00", "recall EUR 5.00".
      result += "\(words: isOfSomething ? ": " : " ")\(data: printer.text(value, type))"
    case .points(let value, let type): result += " by \(data: points(value, type))"
    case .factor(let factor):
      result += " by a factor of \(data: printer.text(.quantity(factor), .quantity(.one)))"
    case .unknown(let reasons):
      result += ": whether or how much cannot be said yet, because \(reasons.prose)"
    }
    if let due = consequence.due { result += ", due \(data: due.iso)" }
    if let until = consequence.until { result += ", until \(data: withoutUntil(until))" }
    return result
  }

  /// A step of a rate: percent as percentage points, basis points as they are.
  private func points(_ value: Value, _ type: ValueType) -> String {
    let unit = type.displayUnit == .percent || type == .ratio ? Unit.percentagePoints : nil
    return printer.text(value, type, in: unit)
  }

  /// The amount exactly, as in a contract; nil for none, `unknown` where it cannot be said.
  func exactAmount(_ amount: ConsequenceValue) -> String? {
    switch amount {
    case .none: return nil
    case .amount(let value, let type): return printer.exactText(value, type)
    case .points(let value, let type):
      guard type.displayUnit == .percent || type == .ratio else {
        return printer.exactText(value, type)
      }
      return printer.exactText(value, .quantity(.percentagePoints))
    case .factor(let factor): return factor.description
    case .unknown: return "unknown"
    }
  }

  private func withoutUntil(_ text: String) -> String {
    text.hasPrefix("until ") ? String(text.dropFirst(6)) : text
  }

  /// The remedies worth telling: of several bounds on one side of one fact, the nearest.
  func nearest(_ remedies: [Remedy]) -> [Remedy] {
    remedies.enumerated().filter { position, remedy in
      !remedies.enumerated().contains { other, rival in
        other != position && rival.path == remedy.path && isNearer(rival, remedy)
      }
    }.map(\.element)
  }

  /// Whether one bound asks less than another on the same side of the same fact.
  private func isNearer(_ rival: Remedy, _ remedy: Remedy) -> Bool {
    guard case .quantity(let near) = rival.value, case .quantity(let far) = remedy.value else {
      return false
    }
    switch (rival.relation, remedy.relation) {
    case (.atMost, .atMost), (.under, .atMost), (.under, .under): return near > far
    case (.atMost, .under): return near >= far
    case (.atLeast, .atLeast), (.over, .atLeast), (.over, .over): return near < far
    case (.atLeast, .over): return near <= far
    default: return false
    }
  }

  /// A remedy beside what is reported now: "…, 8,800 tCO2e less than the 58,800 tCO2e reported".
  func sentence(_ remedy: Remedy, in derivation: Derivation?) -> Prose {
    let then: Prose = remedy.makesInapplicable ? "; then it does not apply" : ""
    return comparison(remedy, in: derivation) + then
  }

  private func comparison(_ remedy: Remedy, in derivation: Derivation?) -> Prose {
    let bound = sentence(remedy)
    guard let reported = derivation?.value(at: remedy.path), reported != remedy.value else {
      return bound
    }
    switch (remedy.value, reported) {
    case (.quantity(let wanted), .quantity(let found)):
      guard let apart = try? wanted - found else { return bound }
      let unit = remedy.type.displayUnit ?? .one
      let distance = printer.quantityText(
        apart.magnitude, unit == .percent ? .percentagePoints : unit, against: .zero)
      let now = printer.text(reported, remedy.type, against: remedy.value)
      let way = apart.sign < 0 ? "less" : "more"
      return "\(bound), \(data: distance) \(words: way) than the \(data: now) reported"
    case (.date, .date), (.member, _), (.country, _), (.boolean, _):
      return "\(bound) (reported: \(data: printer.text(reported, remedy.type)))"
    default: return bound
    }
  }

  /// A remedy as a clause: "`emissions` for 2024 at or under 50,000 tCO2e".
  func sentence(_ remedy: Remedy) -> Prose {
    let value: Prose = "\(data: bound(remedy))"
    guard case .date = remedy.value else {
      let relation = remedy.relation == .exactly ? "being" : remedy.relation.rawValue
      return "\(pathWords(remedy.path)) \(words: relation) \(value)"
    }
    let words: String
    switch remedy.relation {
    case .atMost: words = "on or before"
    case .atLeast: words = "on or after"
    case .under: words = "before"
    case .over: words = "after"
    case .exactly: words = "on"
    case .otherThan: words = "other than"
    }
    return "\(pathWords(remedy.path)) \(words: words) \(value)"
  }

  /// The bound of a remedy: rounded, if it must be, to the side on which it still would do.
  func bound(_ remedy: Remedy) -> String {
    guard case .quantity(let value) = remedy.value else {
      return printer.text(remedy.value, remedy.type)
    }
    let unit = remedy.type.displayUnit ?? .one
    guard let number = try? unit.number(of: value) else {
      return printer.text(remedy.value, remedy.type)
    }
    let minor = unit.currencyCode.flatMap { CurrencyCode(text: $0) }?.minorDigits
    let digits = minor ?? (number.magnitude < .one ? 6 : 3)
    guard number.decimalPlaces.map({ $0 > max(digits, 6) }) ?? true,
      let step = try? Fraction(10).power(-digits), let steps = try? number / step
    else { return printer.text(remedy.value, remedy.type) }
    let whole: Fraction
    switch remedy.relation {
    case .atMost, .under: whole = steps.floor()
    case .atLeast, .over: whole = steps.ceiling()
    case .exactly, .otherThan: return printer.text(remedy.value, remedy.type)
    }
    guard let rounded = try? whole * step, let safe = try? unit.value(of: rounded) else {
      return printer.text(remedy.value, remedy.type)
    }
    return "about " + printer.text(.quantity(safe), remedy.type)
  }

  /// A determination's value for a reader, with the exception that gave it or what is missing.
  func value(_ result: DeterminationResult) -> Prose {
    guard ruleset.determinations.indices.contains(result.determination) else { return "not known" }
    let type = ruleset.determinations[result.determination].type
    switch result.value {
    case .unknown(let reasons):
      return "cannot be said yet: \(reasons.prose)"
    case .between(_, _, let reasons):
      return "\(data: printer.text(result.value, type)); more cannot be said yet: \(reasons.prose)"
    case .known:
      let by: Prose = result.exception.map { " (“\(data: $0)” applies)" } ?? ""
      return "\(data: printer.text(result.value, type))\(by)"
    }
  }
}

extension Request {
  /// The request as a sentence without its stop.
  var prose: Prose {
    detail.isEmpty ? "give \(pathWords(subject))" : Prose(marked: detail)
  }
}
