// Findings of single statements: a comparison, a listing, a deadline, a plain yes or no.

import ProvisoModel
import ProvisoQuantities

extension FindingWriter {
  /// A step as it is written, else what it is.
  func statement(_ step: Derivation) -> Prose {
    if case .context(let name) = step.operation, let argument = parameters[name] {
      return argument
    }
    if let text = quotes.text(of: step.span) { return "\(code: text)" }
    if let path = step.origin?.path { return pathProse(path) }
    return "\(words: operationWords(step.operation))"
  }

  /// A statement of no special form, and whether it holds.
  func plainStatement(_ step: Derivation) -> Prose {
    let subject = step.children.first.map { statement($0) } ?? statement(step)
    let holds = step.truth
    switch step.operation {
    case .isKnown:
      return holds == .true ? "\(subject) is known" : "\(subject) is not known"
    case .isNone:
      return holds == .true ? "\(subject) has not happened" : "\(subject) has happened"
    case .isAssured(let level):
      let not = holds == .true ? "" : "not "
      return "\(subject) is \(words: not)\(words: level.name)"
    case .conditionState(let condition, let state):
      let name =
        ruleset.conditions.indices.contains(condition.index)
        ? ruleset.conditions[condition.index].name : "the condition"
      switch holds {
      case .true: return "\(code: name) is \(words: state.rawValue)"
      case .false: return "\(code: name) is not \(words: state.rawValue)"
      case .unknown: return "whether \(code: name) is \(words: state.rawValue) cannot be said yet"
      }
    case .memberOf:
      guard holds != .unknown, step.children.count == 2 else { break }
      let opening: Prose = "\(subject) is \(shownValue(step.children[0]))"
      let relation = holds == .true ? "one of" : "none of"
      return "\(opening), \(words: relation) \(statement(step.children[1]))"
    case .dateInPeriod:
      guard holds != .unknown, step.children.count == 2 else { break }
      let opening: Prose = "\(subject) is \(shownValue(step.children[0]))"
      let relation = holds == .true ? "within" : "outside"
      return "\(opening), \(words: relation) \(shownValue(step.children[1]))"
    case .fact, .context, .literal, .parameter, .at, .table:
      guard holds != .unknown else { break }
      return "\(statement(step)) is \(words: holds == .true ? "true" : "false")"
    default: break
    }
    switch holds {
    case .true: return "\(statement(step)) holds"
    case .false: return "\(statement(step)) does not hold"
    case .unknown: return "\(statement(step)) cannot be said yet"
    }
  }

  /// The value of a step for a reader.
  func shownValue(_ step: Derivation) -> Prose {
    switch step.result {
    case .answer(let answer, let type): "\(data: printer.text(answer, type))"
    case .collection(let summary, _): "\(data: summary)"
    }
  }

  /// `o.country in tax_havens by published on signed`, with the spell that decided.
  func listed(
    _ step: Derivation, _ list: ListID, _ dating: Int, _ spell: Spell?, goal: Bool,
    style: FindingStyle, context: [Prose]
  ) -> Finding {
    guard let subject = step.children.first, ruleset.lists.indices.contains(list.index) else {
      return plainFinding(step, context)
    }
    let declared = ruleset.lists[list.index]
    let name = declared.datings.indices.contains(dating) ? declared.datings[dating] : ""
    let by: Prose = name.isEmpty ? "" : " by \(data: name)"
    let opening: Prose = "\(statement(subject)) is \(shownValue(subject))"
    guard step.truth != .unknown else { return plainFinding(step, context) }
    let isListed = step.truth == .true
    var fact: Prose
    if isListed {
      // The list goes unnamed where a spell tells enough.
      let isTelling = style == .plain && spell?.from != nil
      let inList: Prose = isTelling ? "" : " in \(code: declared.name)"
      fact = "\(opening), listed\(inList)\(spellWords(spell))\(by)"
      // A delay moves the spell's effect, so the days alone would not explain it.
      if let source = quotes.text(of: step.span), source.contains(" + ") {
        fact += " (\(code: source))"
      }
    } else {
      fact = "\(opening), not listed in \(code: declared.name)\(by)"
      if step.children.count == 2, let day = step.children[1].value, case .date(let date) = day {
        fact += " on \(data: date.iso)"
      }
      if let spell { fact += " (listed\(spellWords(spell)))" }
    }
    let asksFor: Prose = goal ? "that it is listed" : "that it is not"
    var demand: Prose?
    switch style {
    case .requirement: demand = "the requirement asks \(asksFor)"
    case .prohibition: demand = goal ? nil : "the condition forbids that"
    case .application:
      demand =
        goal
        ? "the condition applies when it is listed" : "the condition applies when it is not listed"
    case .plain: demand = nil
    }
    if isListed == goal, style != .application { demand = nil }
    return Finding(context: context, fact: fact, demand: demand)
  }

  private func spellWords(_ spell: Spell?) -> Prose {
    guard let spell else { return "" }
    switch (spell.from, spell.until) {
    case (let from?, let until?) where spell.isUntilEarliest:
      return " \(data: from.iso) until some day not before \(data: until.iso)"
    case (let from?, _) where spell.isFromEarliest:
      return " from some day not before \(data: from.iso)"
    case (let from?, let until?): return " \(data: from.iso) until \(data: until.iso)"
    case (let from?, nil): return " since \(data: from.iso)"
    case (nil, let until?): return " until \(data: until.iso)"
    case (nil, nil): return ""
    }
  }

  /// `repaid by 2022-12-31`.
  func happened(
    _ step: Derivation, goal: Bool, style: FindingStyle, context: [Prose]
  ) -> Finding {
    guard step.children.count == 2, step.truth != .unknown,
      case .date(let deadline)? = step.children[1].value
    else { return plainFinding(step, context) }
    let subject = statement(step.children[0])
    guard case .date(let day)? = step.children[0].value else {
      var finding = Finding(
        context: context, fact: "\(subject) had not happened by \(data: deadline.iso)")
      finding.tellsAbsence = true
      return finding
    }
    let relation = day <= deadline ? "by" : "after"
    let days = deadline.days(to: day)
    let isShort = style != .plain && goal && days > 0
    return Finding(
      context: context,
      fact: "\(subject) happened on \(data: day.iso), \(words: relation) \(data: deadline.iso)",
      margin: isShort ? "Late by \(words: dayCount(days))" : nil)
  }

  /// `emissions[2024]` as "`emissions` for 2024"; other paths as they are.
  func pathProse(_ path: String) -> Prose { pathWords(path) }
}

/// `3 days`, `1 day`.
func dayCount(_ days: Int) -> String { days == 1 ? "1 day" : "\(days) days" }

/// A field path; one that ends in a period or date as "`emissions` for 2024".
func pathWords(_ path: String) -> Prose {
  guard path.utf8.last == UInt8(ascii: "]"), let open = path.utf8.lastIndex(of: UInt8(ascii: "["))
  else { return "\(code: path)" }
  let key = String(path[path.index(after: open)...].dropLast())
  guard Period(text: key) != nil || CalendarDate(iso: key) != nil else { return "\(code: path)" }
  return "\(code: String(path[..<open])) for \(data: key)"
}

/// What a step of the engine itself does, for steps that no source text names.
func operationWords(_ operation: DerivationOperation) -> String {
  switch operation {
  case .literal: "literal"
  case .fact: "fact"
  case .parameter: "parameter"
  case .context(let name): name.isEmpty ? "the value" : name
  case .arithmetic(.add), .aggregate(.sum): "the sum"
  case .arithmetic(.subtract): "the difference"
  case .arithmetic(.multiply): "the product"
  case .arithmetic(.divide): "the quotient"
  case .round: "rounding"
  case .capped, .floored, .partAbove, .partUpTo: "limit"
  case .least: "least of"
  case .greatest: "greatest of"
  case .compare: "comparison"
  case .not: "not"
  case .and: "all of"
  case .or: "any of"
  case .limbs, .limb: "statement"
  case .quantifier, .aggregate, .member, .chain, .collection: "members"
  case .at: "value at a time"
  case .addDuration, .countTime, .yearFraction, .periodStep, .dateInPeriod: "date"
  case .happenedBy: "deadline"
  case .memberOf, .listed: "membership"
  case .table, .tableHas: "table"
  case .convert: "conversion"
  case .call: "definition"
  case .choose: "choice"
  case .orElse: "substitute"
  case .exception: "exception"
  case .isKnown, .isAssured, .isNone: "proof"
  case .conditionState: "condition"
  case .test: "test"
  case .clause(let name): name
  case .evidence: "evidence"
  default: "calculation"
  }
}
