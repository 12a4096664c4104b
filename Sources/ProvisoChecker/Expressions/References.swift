// Names in expressions: variables, fields, members of a type, and what the language names itself.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// Checks a bare name.
  func name(_ node: NameSyntax, expecting expected: ValueType?) -> ExpressionID {
    guard !node.isMissing else { return unresolved(node.span) }
    if let id = variable(node) { return id }
    if let id = contextual(node, expecting: expected) { return id }
    if let id = word(node) { return id }
    if let entity = names.use(node.text) { return reference(entity, node) }
    reportUnknown(node, expecting: expected)
    return unresolved(node.span)
  }

  /// A bound variable, or a field of the record that an implicit variable stands for.
  private func variable(_ node: NameSyntax) -> ExpressionID? {
    for local in locals.reversed() {
      if local.isImplicit {
        guard let field = position(of: node.text, in: local.type),
          let type = self.field(field, of: local.type)?.type
        else { continue }
        let base = add(.variable(slot: local.slot, name: local.name), local.type, node.span)
        return add(.member(base, field: field), type, node.span)
      }
      if local.name == node.text {
        return add(.variable(slot: local.slot, name: local.name), local.type, node.span)
      }
    }
    return nil
  }

  /// A member of the type that is wanted, or a code where one is.
  private func contextual(_ node: NameSyntax, expecting expected: ValueType?) -> ExpressionID? {
    switch expected {
    case .enumeration(let id):
      let enumeration = enumerations[id.index]
      guard let member = position(of: node.text, in: id) else { return nil }
      if let declared = names.value(node.text), case .field(let index) = declared.subject,
        contractFields.indices.contains(index),
        contractFields[index].type == .enumeration(id), place.hasContract
      {
        report(
          NamePages.ambiguousMember, "`\(node.text)` has two readings here", at: node.span,
          also: [
            LabelledSpan(enumeration.span, "the member of `\(enumeration.name)`"),
            LabelledSpan(declared.span, "the field of the contract"),
          ], help: ["give the field another name"])
        return unresolved(node.span)
      }
      return add(.literal(.member(member)), .enumeration(id), node.span)
    case .country:
      guard names.value(node.text) == nil, let country = CountryCode(text: node.text) else {
        return nil
      }
      return add(.literal(.country(country)), .country, node.span)
    case .currency:
      guard names.value(node.text) == nil, let currency = CurrencyCode(text: node.text) else {
        return nil
      }
      return add(.literal(.currency(currency)), .currency, node.span)
    case .nace:
      guard names.value(node.text) == nil, let code = NaceCode(text: node.text) else { return nil }
      return add(.literal(.nace(code)), .nace, node.span)
    default: return nil
    }
  }

  /// A name of the language itself.
  private func word(_ node: NameSyntax) -> ExpressionID? {
    switch node.text {
    case "period":
      if case .known(let length) = place.period {
        return add(.testPeriod, .period(length), node.span)
      }
      report(
        TimePages.periodOutsideTest, "`period` has no meaning in \(place.words)", at: node.span,
        help: ["it is the period under test of a condition `tested yearly`, `quarterly` …"])
    case "test_date":
      if place.hasTestDate { return add(.testDate, .date, node.span) }
      reportNotHere(node, "a test date exists only where a contract is tested")
    case "as_of":
      if place.hasAsOf { return add(.asOf, .date, node.span) }
      reportNotHere(node, "reference data holds whenever the question is asked")
    case "contracts":
      if place.hasContracts { return add(.contracts, .list(.contract), node.span) }
      reportNotHere(
        node, "one contract cannot see the others: write a `portfolio condition`, or a mission")
    case "cure_payment":
      reportNotHere(
        node,
        "it is the least payment that would cure, in the consequences of a condition with "
          + "`cure by payment`")
    case "previous":
      if let type = place.previous { return add(.previous, type, node.span) }
      reportNotHere(node, "it is the value for the period before, behind `then` in a series")
    default: return nil
    }
    return unresolved(node.span)
  }

  private func reportNotHere(_ node: NameSyntax, _ why: String) {
    report(
      NamePages.notHere, "`\(node.text)` has no meaning in \(place.words)", at: node.span,
      help: [why])
  }

  private func reference(_ entity: Entity, _ node: NameSyntax) -> ExpressionID {
    switch entity {
    case .field(let index):
      guard contractFields.indices.contains(index) else { return unresolved(node.span) }
      guard place.hasContract else {
        reportField(node, contractFields[index])
        return unresolved(node.span)
      }
      return add(.contractField(index), contractFields[index].type, node.span)
    case .parameter(let id):
      guard parameters.indices.contains(id.index) else { return unresolved(node.span) }
      guard place.hasTestDate else {
        reportNotHere(node, "a parameter is read on a day, and there is none here")
        return unresolved(node.span)
      }
      let day = add(.testDate, .date, node.span)
      return add(.parameter(id, time: day), parameters[id.index].type, node.span)
    case .define(let id): return call(define: id, [], named: node, span: node.span)
    case .table(let id):
      let keys = tables.indices.contains(id.index) ? tables[id.index].keys.map(\.name) : []
      reportKind(node, entity, "write `\(node.text)(\(keys.joined(separator: ", ")))`")
    case .list: reportKind(node, entity, "ask it with `x in \(node.text) on DAY`")
    case .exceptions: reportKind(node, entity, "write `unless \(node.text)` in a condition")
    case .rates: reportKind(node, entity, "write `x converted to EUR by \(node.text) on DAY`")
    case .condition: reportKind(node, entity, "write `\(node.text) is met`")
    case .determination:
      reportKind(node, entity, "turn it into a `define`, which rules can read")
    }
    return unresolved(node.span)
  }

  /// Reports a name used as what it is not.
  func reportKind(_ node: NameSyntax, _ entity: Entity, _ help: String) {
    report(
      NamePages.wrongKind, "`\(node.text)` is a \(entity.noun), not a value", at: node.span,
      also: names.value(node.text).map { [LabelledSpan($0.span, "declared here")] } ?? [],
      help: [help])
  }

  private func reportField(_ node: NameSyntax, _ field: Field) {
    let also = [LabelledSpan(field.span, "a field of the contract")]
    if place.hasContracts {
      report(
        ConditionPages.fieldOfNoContract, "`\(node.text)` of which contract?", at: node.span,
        also: also,
        help: ["a portfolio has many: write `sum(c.\(node.text) for c in contracts)`"])
    } else {
      report(
        NamePages.notHere, "`\(node.text)` has no meaning in \(place.words)", at: node.span,
        also: also, help: ["reference data is the same for every contract and cannot read one"])
    }
  }

  private func reportUnknown(_ node: NameSyntax, expecting expected: ValueType?) {
    switch expected {
    case .enumeration(let id):
      reportMember(node.text, of: enumerations[id.index], at: node.span)
      return
    // What is wanted here is itself a mistake already reported.
    case .unresolved where hasError: return
    case .country, .currency:
      if let expected, node.text.utf8.allSatisfy({ $0 < 0x60 }) {
        _ = code(node.text, as: expected, at: node.span)
        return
      }
    default: break
    }
    if let mission = names.missions.first(where: { $0.name == node.text }) {
      report(
        NamePages.wrongKind, "`\(node.text)` is a mission, not a value", at: node.span,
        also: [LabelledSpan(mission.span, "declared here")],
        help: ["a condition says `serves \(node.text)`"])
      return
    }
    report(
      NamePages.unknownName, "nothing is called `\(node.text)`", at: node.span,
      help: currencyHelp(node.text) ?? ownerHelp(node.text) ?? helpFromElsewhere(node.text)
        ?? suggestion(for: node.text, among: visibleNames()))
  }

  /// Where a name means something in other languages.
  func helpFromElsewhere(_ text: String) -> [String]? {
    switch text.lowercased() {
    case "today", "now": ["the day the question is asked is `as_of`"]
    case "yes": ["write `true`"]
    case "no": ["write `false`"]
    case "null", "nil", "na", "missing", "unknown":
      ["whether a fact is there is asked by `x is known`"]
    case "avg", "mean": ["write `average(x for x in L)`"]
    case "total": ["write `sum(x for x in L)`"]
    case "len", "length", "size": ["write `count(L)`"]
    case "maximum": ["write `max(a, b)`"]
    case "minimum": ["write `min(a, b)`"]
    case "abs": ["write `max(x, -x)`"]
    case "last", "prior": ["the period before the one under test is `(period - 1)`"]
    default: nil
    }
  }

  /// Where a field is named without the record that has it.
  private func ownerHelp(_ text: String) -> [String]? {
    var owners = locals.reversed().filter { !$0.isImplicit }.map { ($0.name, $0.type) }
    if place.hasContract { owners += contractFields.map { ($0.name, $0.type) } }
    for (owner, type) in owners
    where recordFields(type)?.contains(where: { $0.name == text }) == true {
      return ["it is a field of `\(owner)`: write `\(owner).\(text)`"]
    }
    return nil
  }

  /// Where a currency stands alone, mostly because a minus follows it.
  private func currencyHelp(_ text: String) -> [String]? {
    guard CurrencyCode(text: text) != nil else { return nil }
    return [
      "a currency stands before its number: write `\(text) 10`, and below zero `-\(text) 10`"
    ]
  }

  /// The names that may stand here, for suggestions.
  private func visibleNames() -> [String] {
    var visible = locals.filter { !$0.isImplicit }.map(\.name)
    for local in locals where local.isImplicit {
      visible += recordFields(local.type)?.map(\.name) ?? []
    }
    for value in names.values where value.isWritable {
      if case .field = value.subject, !place.hasContract { continue }
      visible.append(value.name)
    }
    return visible + ["period", "test_date", "as_of"]
  }

  /// The fields of a record, of an entity of a chain, or of a contract.
  func recordFields(_ type: ValueType) -> [Field]? {
    switch type {
    case .record(let id), .chainEntity(let id): records[id.index].fields
    case .contract: contractFields
    default: nil
    }
  }
}
