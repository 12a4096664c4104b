// Collections: quantifiers, figures over members, ranges, windows, lists in the text and chains.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// Checks what a variable goes over, and gives the type of a member.
  func collection(_ node: ExpressionSyntax) -> (id: ExpressionID, element: ValueType) {
    if case .name(let name) = node.unparenthesized, !isLocal(name.text),
      let declared = names.value(name.text)
    {
      switch declared.subject {
      case .list:
        _ = names.use(name.text)
        report(
          CollectionPages.notACollection, "a dated list has no members of its own to go over",
          at: node.span, also: [LabelledSpan(declared.span, "declared here")],
          help: ["ask `x in \(name.text) on DAY` for each x you have"])
        return (unresolved(node.span), .unresolved)
      default: break
      }
    }
    let id = expression(node)
    switch type(of: id) {
    case .list(let element): return (id, element)
    case .unresolved: return (id, .unresolved)
    case .series(_, let length):
      report(
        CollectionPages.notACollection, "a series has no members of its own to go over",
        at: node.span, also: Array(side(id).dropFirst()),
        help: ["take a window: `\(text(of: node.span)) over 4 \(length.noun)s to period`"])
    default:
      report(
        CollectionPages.notACollection, "a list is wanted here", at: node.span,
        "this is \(words(type(of: id)))", also: Array(side(id).dropFirst()))
    }
    return (unresolved(node.span), .unresolved)
  }

  /// Checks a variable's name and says when it hides another.
  func checkVariable(_ name: NameSyntax) {
    guard !name.isMissing, mayDeclare(name) else { return }
    let outer: SourceSpan?
    if let local = locals.last(where: { $0.name == name.text && !$0.isImplicit }) {
      outer = local.span
    } else {
      outer = names.value(name.text)?.span
    }
    guard let outer else { return }
    report(
      NamePages.shadowing, "the variable `\(name.text)` hides another `\(name.text)`",
      at: name.span, also: [LabelledSpan(outer, "hidden")],
      help: ["give the variable a name of its own"])
  }

  /// Whether a collection is a chain whose members have `through`.
  func hasThrough(_ node: ExpressionSyntax) -> Bool {
    guard case .chain(let chain) = node.unparenthesized else { return false }
    return chain.rules.contains { if case .product = $0 { true } else { false } }
  }

  func quantified(_ node: QuantifiedSyntax) -> ExpressionID {
    let (collection, element) = collection(node.collection)
    checkVariable(node.variable)
    return binding(
      node.variable.text, element, at: node.variable.span, hasThrough: hasThrough(node.collection)
    ) { slot in
      let filter = node.filter.map { truth($0, as: "what stands behind `where`") }
      let requirement = node.requirement.map { truth($0, as: "what stands behind `satisfies`") }
      let kind: QuantifierKind
      switch node.quantifier {
      case .some: kind = .some
      case .no: kind = .no
      case .every: kind = .every
      }
      let bound = Binding(slot: slot, name: node.variable.text, collection: collection)
      return add(
        .quantifier(kind, bound, condition: filter, satisfies: requirement), .boolean, node.span)
    }
  }

  func aggregate(_ node: AggregateSyntax, expecting expected: ValueType?) -> ExpressionID {
    let kind: AggregateKind
    switch node.function {
    case .count: kind = .count
    case .sum: kind = .sum
    case .min: kind = .min
    case .max: kind = .max
    case .average: kind = .average
    }
    switch node.source {
    case .collection(let argument):
      let (collection, element) = collection(argument)
      return binding("", element, at: argument.span) { slot in
        let bound = Binding(slot: slot, name: "", collection: collection)
        if kind == .count {
          return add(
            .aggregate(.count, bound, condition: nil, body: nil), .wholeNumber, node.span)
        }
        let body = add(.variable(slot: slot, name: ""), element, argument.span)
        return figure(kind, bound, condition: nil, body, node)
      }
    case .members(let term, let variable, let argument, let filter):
      let (collection, element) = collection(argument)
      checkVariable(variable)
      return binding(
        variable.text, element, at: variable.span, hasThrough: hasThrough(argument)
      ) { slot in
        let condition = filter.map { truth($0, as: "what stands behind `where`") }
        let bound = Binding(slot: slot, name: variable.text, collection: collection)
        guard kind != .count, let term else {
          if let term { _ = operand(term) }
          return add(
            .aggregate(.count, bound, condition: condition, body: nil), .wholeNumber, node.span)
        }
        let body = operand(term, expected == .money ? .money : nil)
        return figure(kind, bound, condition: condition, body, node)
      }
    }
  }

  private func figure(
    _ kind: AggregateKind, _ bound: Binding, condition: ExpressionID?, _ body: ExpressionID,
    _ node: AggregateSyntax
  ) -> ExpressionID {
    let bodyType = type(of: body)
    if bodyType == .unresolved { return unresolved(node.span) }
    let isDateLike = bodyType == .date && (kind == .min || kind == .max)
    guard Measure(bodyType) != nil || isDateLike else {
      report(
        CollectionPages.senselessFigure,
        "the \(kind.rawValue) of members of which each is \(words(bodyType))", at: node.span,
        "has no meaning", also: side(body),
        help: [
          kind == .sum
            ? "a sum takes amounts: `sum(x.amount for x in …)`, or count them"
            : "name an amount of each member: `\(kind.rawValue)(x.amount for x in …)`"
        ])
      return unresolved(node.span)
    }
    if kind == .sum || kind == .average, type(of: bound.collection) == .list(.contract),
      dividesUnrounded(body)
    {
      report(
        CollectionPages.unroundedTerm, "a term of a sum over the portfolio divides by a fact",
        at: self[body].span, also: [LabelledSpan(self[bound.collection].span, "many contracts")],
        help: ["round it: `round(\(text(of: self[body].span)), to EUR 0.01)`"])
    }
    let type = kind == .average && bodyType == .wholeNumber ? .quantity(.one) : bodyType
    return add(
      .aggregate(kind, bound, condition: condition, body: body), type, node.span)
  }

  /// `[ a, b ]` and `{ a, b }`.
  func list(_ node: ElementsSyntax, expecting expected: ValueType?) -> ExpressionID {
    var element: ValueType?
    if case .list(let wanted) = expected { element = wanted }
    let hint = element
    let ids = node.elements.map { operand($0, hint) }
    let shared = commonType(ids, in: "the members")
    return add(.listLiteral(ids), .list(ids.isEmpty ? hint ?? .unresolved : shared), node.span)
  }

  /// `1 to 5`, `2021 to 2024`.
  func range(_ node: RangeSyntax, expecting expected: ValueType?) -> ExpressionID {
    if let series = node.series { return stretch(node, of: series) }
    var hint: ValueType?
    if case .list(let wanted) = expected { hint = wanted }
    if case .period = hint { hint = .period(nil) }
    if hint == nil, Self.isYear(node.first), Self.isYear(node.last) { hint = .period(.year) }
    var first = operand(node.first, hint)
    let last = operand(node.last, hint ?? type(of: first))
    // `2021 to period`: beside a year, a number of four digits is a year.
    if type(of: last) == .period(.year), type(of: first) == .wholeNumber, hint == nil {
      let year = operand(node.first, .period(.year))
      if type(of: year) == .period(.year) { first = year }
    }
    switch (type(of: first), type(of: last)) {
    case (.unresolved, _), (_, .unresolved): return unresolved(node.span)
    case (.wholeNumber, .wholeNumber):
      return add(.range(first, last), .list(.wholeNumber), node.span)
    case (.period(let one), .period(let other)) where one == other:
      return add(.range(first, last), .list(.period(one)), node.span)
    case (let one, let other):
      report(
        CollectionPages.badRange, "a range goes over whole numbers or over periods of one length",
        at: node.span,
        also: one == other ? side(first) : side(first) + side(last),
        help: ["for bounds on amounts or dates write two comparisons"])
      return unresolved(node.span)
    }
  }

  /// Whether a number without a unit is written as people write years: `2021`.
  private static func isYear(_ node: ExpressionSyntax) -> Bool {
    guard case .number(let number) = node.unparenthesized, number.unit == nil,
      number.scaleWord == nil, number.text.utf8.count == 4
    else { return false }
    return ["19", "20", "21"].contains { number.text.hasPrefix($0) } && !number.text.contains(".")
  }

  /// `emissions from 2021 to period`: a window that begins at a period instead of being so long.
  private func stretch(_ node: RangeSyntax, of written: ExpressionSyntax) -> ExpressionID {
    let series = expression(written)
    guard case .series(let element, let length) = type(of: series) else {
      if type(of: series) != .unresolved {
        report(
          CollectionPages.notACollection, "only a series has values from one period to another",
          at: written.span, "this is \(words(type(of: series)))",
          also: Array(side(series).dropFirst()),
          help: ["declare the field by period: `… by year`"])
      }
      return unresolved(node.span)
    }
    let first = operand(node.first, .period(length))
    let last = operand(node.last, .period(length))
    guard checkLength(first, length, of: series), checkLength(last, length, of: series) else {
      return unresolved(node.span)
    }
    let zero = add(.literal(.quantity(.zero)), .wholeNumber, node.span)
    let one = add(.literal(.quantity(.one)), .wholeNumber, node.span)
    let apart = add(.periodDifference(last, first), .wholeNumber, node.span)
    let number = add(.arithmetic(.add, apart, one), .wholeNumber, node.span)
    let count = add(.greatest([zero, number]), .wholeNumber, node.span)
    return add(.window(series, count: count, length, to: last), .list(element), node.span)
  }

  /// `ebitda over 4 quarters to period`.
  func window(_ node: WindowSyntax) -> ExpressionID {
    let series = expression(node.series)
    guard case .series(let element, let length) = type(of: series) else {
      if type(of: series) != .unresolved {
        report(
          CollectionPages.notACollection, "a window goes over a series", at: node.series.span,
          "this is \(words(type(of: series)))", also: Array(side(series).dropFirst()),
          help: ["declare the field by period: `… by quarter`"])
      }
      return unresolved(node.span)
    }
    guard case .duration(let duration) = node.length.unparenthesized else {
      return unresolved(node.span)
    }
    let count = operand(duration.amount, fitting: .wholeNumber, as: "the length of a window")
    guard let unit = PeriodLength(duration.unit), unit == length else {
      report(
        TimePages.periodLengths, "the window and the series have different periods",
        at: node.length.span, also: side(series),
        help: ["this series has one value for every \(length.noun): write `4 \(length.noun)s`"])
      return unresolved(node.span)
    }
    let end = operand(node.end, .period(length))
    guard checkLength(end, length, of: series) else { return unresolved(node.span) }
    return add(.window(series, count: count, length, to: end), .list(element), node.span)
  }

  /// `chain(L)`, `chain(L, product of share)`, `chain(L, each share > 50%)`.
  func chain(_ node: ChainSyntax) -> ExpressionID {
    let (list, element) = collection(node.list)
    guard element != .unresolved else { return unresolved(node.span) }
    guard case .record(let id) = element else {
      report(
        CollectionPages.noChain, "a chain goes through records within records", at: node.list.span,
        "each member is \(words(element))")
      return unresolved(node.span)
    }
    let record = records[id.index]
    let inner = record.fields.indices.filter { record.fields[$0].type == .list(.record(id)) }
    guard inner.count == 1 else {
      report(
        CollectionPages.noChain,
        inner.isEmpty
          ? "\(articled(record.name)) has no list of `\(record.name)` to go on through"
          : "\(articled(record.name)) has several lists of `\(record.name)`: which one goes on?",
        at: node.list.span,
        also: inner.isEmpty
          ? [LabelledSpan(record.span, "declared here")]
          : inner.map { LabelledSpan(record.fields[$0].span, "one of them") },
        help: inner.isEmpty
          ? ["give it one: `owners : list of \(record.name) or empty`"]
          : ["keep one list in the record; put the others into records of another type"])
      return unresolved(node.span)
    }
    if node.rules.count > 1 {
      report(
        CollectionPages.twoChainRules, "a chain follows one rule", at: node.span,
        help: ["write `product of …` or `each …`, and ask the other in `where`"])
    }
    guard let rule = node.rules.first else {
      return add(.chain(list, .reach), .list(.chainEntity(id)), node.span)
    }
    switch rule {
    case .product(let factor):
      guard let field = factorField(factor, record, id) else { return unresolved(node.span) }
      return add(.chain(list, .product(field: field)), .list(.chainEntity(id)), node.span)
    case .each(let statement):
      return binding("", .record(id), at: node.list.span, isImplicit: true) { slot in
        let truth = truth(statement, as: "what stands behind `each`")
        return add(
          .chain(list, .each(slot: slot, statement: truth)), .list(.chainEntity(id)), node.span)
      }
    }
  }

  private func factorField(
    _ node: ExpressionSyntax, _ record: RecordType, _ id: RecordID
  ) -> Int? {
    guard case .name(let name) = node.unparenthesized else {
      report(
        CollectionPages.badFactor, "the factor of a chain is one field of `\(record.name)`",
        at: node.span, help: ["write its name: `product of share`"])
      return nil
    }
    guard !name.isMissing else { return nil }
    guard let index = record.index(of: name.text) else {
      report(
        NamePages.unknownField, "\(articled(record.name)) has no field `\(name.text)`",
        at: name.span,
        also: [LabelledSpan(record.span, "its fields are declared here")],
        help: suggestion(for: name.text, among: record.fields.map(\.name)))
      return nil
    }
    let type = record.fields[index].type
    switch Measure(type) {
    case .percent, .ratio, .number: return index
    default:
      if type == .unresolved { return nil }
      report(
        CollectionPages.badFactor, "the factor of a chain must be a percentage", at: name.span,
        "this is \(words(type))", also: [LabelledSpan(record.fields[index].span, "declared here")])
      return nil
    }
  }
}

extension PeriodLength {
  /// The length of period that a calendar unit counts; nil for days.
  init?(_ unit: DurationUnit) {
    switch unit {
    case .years: self = .year
    case .halfYears: self = .halfYear
    case .quarters: self = .quarter
    case .months: self = .month
    case .days, .businessDays: return nil
    }
  }
}
