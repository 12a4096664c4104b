// Arithmetic: sums, products, powers, rounding, caps, floors and tiers.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// The hint an operand of a sum gets: only kinds that a literal may need it for.
  private func hint(_ expected: ValueType?) -> ValueType? { expected == .money ? .money : nil }

  func negated(_ node: UnarySyntax, expecting expected: ValueType?) -> ExpressionID {
    let operand = operand(node.operand, hint(expected))
    if type(of: operand) == .unresolved { return operand }
    guard Measure(type(of: operand)) != nil else {
      reportOperand("-", node.operatorSpan, [operand])
      return unresolved(node.span)
    }
    switch self[operand].kind {
    case .literal(.quantity(let value)):
      return add(.literal(.quantity(-value)), type(of: operand), node.span)
    case .literal(.money(let value, let code)):
      return add(.literal(.money(-value, code)), .money, node.span)
    default: return add(.negate(operand), type(of: operand), node.span)
    }
  }

  func sum(_ node: SumSyntax, expecting expected: ValueType?) -> ExpressionID {
    var left = operand(node.first, hint(expected))
    // The spans as written, which know of parentheses, as the checked operands do not.
    var span = node.first.span
    for term in node.rest {
      let right = operand(term.operand, hint(expected))
      span = span.joined(with: term.operand.span)
      left = sum(left, right, term, span)
    }
    return left
  }

  private func sum(
    _ left: ExpressionID, _ right: ExpressionID, _ term: SumSyntax.Term, _ span: SourceSpan
  ) -> ExpressionID {
    let (first, second) = (type(of: left), type(of: right))
    if first == .unresolved || second == .unresolved { return unresolved(span) }
    if let id = timeSum(left, right, isSubtracted: term.isSubtracted, term.operatorSpan, span) {
      return id
    }
    let sign = term.isSubtracted ? "-" : "+"
    guard Measure(first) != nil, Measure(second) != nil else {
      reportOperand(sign, term.operatorSpan, [left, right])
      return unresolved(span)
    }
    let type = common(left, right, in: .sum(sign), at: term.operatorSpan)
    if type == .unresolved { return unresolved(span) }
    return add(.arithmetic(term.isSubtracted ? .subtract : .add, left, right), type, span)
  }

  /// Reports operands that cannot be computed with.
  func reportOperand(_ sign: String, _ span: SourceSpan, _ operands: [ExpressionID]) {
    let found = operands.map { words(type(of: $0)) }
    report(
      TypePages.cannotCompute,
      found.count == 1
        ? "`\(sign)` has no meaning for \(found[0])"
        : "`\(sign)` has no meaning between \(found.joined(separator: " and "))",
      at: span, also: operands.flatMap { side($0) })
  }

  func product(_ node: ProductSyntax, expecting expected: ValueType?) -> ExpressionID {
    var left = operand(node.first)
    var span = node.first.span
    for factor in node.rest {
      let right = operand(factor.operand, factor.operation == .of ? hint(expected) : nil)
      span = span.joined(with: factor.operand.span)
      left = product(left, right, factor, span)
    }
    return left
  }

  private func product(
    _ left: ExpressionID, _ right: ExpressionID, _ factor: ProductSyntax.Factor, _ span: SourceSpan
  ) -> ExpressionID {
    let (first, second) = (type(of: left), type(of: right))
    if first == .unresolved || second == .unresolved { return unresolved(span) }
    if factor.operation == .times, let id = durationProduct(left, right, span) { return id }
    guard let leftMeasure = Measure(first), Measure(second) != nil else {
      reportOperand(factor.operation.rawValue, factor.operatorSpan, [left, right])
      return unresolved(span)
    }
    if factor.operation == .of {
      switch leftMeasure {
      case .percent, .ratio: return add(.shareOf(left, of: right), second, span)
      default:
        let written = text(of: self[left].span)
        var fixIts: [FixIt] = []
        if case .literal = self[left].kind, leftMeasure == .whole || leftMeasure == .number {
          fixIts = [FixIt(replace: self[left].span, with: "\(written)%")]
        }
        report(
          UnitPages.ofWithoutPercent, "`of` takes a percentage on its left",
          at: self[left].span, "this is \(words(first))",
          also: [LabelledSpan(factor.operatorSpan, "")],
          help: fixIts.isEmpty ? ["to multiply, write `*`"] : ["write `\(written)%`"],
          fixIts: fixIts)
        return unresolved(span)
      }
    }
    let isDivision = factor.operation == .divided
    let type = productType(left, right, isDivision: isDivision, at: factor.operatorSpan)
    if type == .unresolved { return unresolved(span) }
    return add(.arithmetic(isDivision ? .divide : .multiply, left, right), type, span)
  }

  func power(_ node: PowerSyntax) -> ExpressionID {
    let base = operand(node.base)
    let exponent = operand(node.exponent)
    let (first, second) = (type(of: base), type(of: exponent))
    if first == .unresolved || second == .unresolved { return unresolved(node.span) }
    guard let measure = Measure(first), measure != .money else {
      reportOperand("^", node.operatorSpan, [base])
      return unresolved(node.span)
    }
    guard second == .wholeNumber else {
      report(
        UnitPages.badExponent, "an exponent must be a whole number", at: self[exponent].span,
        "this is \(words(second))", also: [LabelledSpan(node.operatorSpan, "")])
      return unresolved(node.span)
    }
    guard case .unit(let unit) = measure else {
      let type: ValueType
      if case .literal(.quantity(let value)) = self[exponent].kind, value.sign >= 0 {
        type = first
      } else {
        type = first == .wholeNumber ? .quantity(.one) : first
      }
      return add(.power(base, exponent), type, node.span)
    }
    guard case .literal(.quantity(let value)) = self[exponent].kind, let whole = value.wholeValue,
      let dimension = try? unit.dimension.raised(to: whole), unit.currencyCode == nil
    else {
      report(
        UnitPages.badExponent, "\(words(first)) cannot be raised to this power",
        at: node.operatorSpan, also: side(base) + side(exponent),
        help: ["only plain numbers and percentages take a power that is not written out"])
      return unresolved(node.span)
    }
    return add(
      .power(base, exponent), dimension.isNone ? .ratio : .quantity(dimension.customaryUnit),
      node.span)
  }

  func round(_ node: RoundSyntax, expecting expected: ValueType?) -> ExpressionID {
    let value = operand(node.value, hint(expected))
    let step = operand(node.step, type(of: value) == .money ? .money : nil)
    if type(of: value) == .unresolved || type(of: step) == .unresolved {
      return unresolved(node.span)
    }
    guard let measure = Measure(type(of: value)) else {
      reportOperand("round", node.span, [value])
      return unresolved(node.span)
    }
    switch self[step].kind {
    case .literal(.quantity(let size)) where size.sign > 0: break
    case .literal(.money(let size, _)) where size.sign > 0: break
    default:
      report(
        UnitPages.badRoundingStep, "the step must be a fixed quantity above zero",
        at: self[step].span, help: ["write `to EUR 0.01`, `to 1`, `to 0.1%`"])
      return unresolved(node.span)
    }
    let shared = common(
      value, step, in: .alternatives("the value and its step"), at: node.step.span)
    if shared == .unresolved { return unresolved(node.span) }
    guard let mode = roundingMode(node, measure) else { return unresolved(node.span) }
    let isWhole = type(of: step) == .wholeNumber && measure.isDimensionless
    return add(
      .round(value, to: step, mode), isWhole ? .wholeNumber : type(of: value), node.span)
  }

  private func roundingMode(_ node: RoundSyntax, _ measure: Measure) -> RoundingMode? {
    switch node.mode {
    case .halfUp: return .halfUp
    case .halfEven: return .halfEven
    case .up: return .up
    case .down: return .down
    case nil: break
    }
    switch measure {
    case .money: return .halfUp
    case .unit(let unit) where unit.currencyCode != nil: return .halfUp
    default:
      report(
        UnitPages.noRoundingMode, "say how this is rounded", at: node.span,
        "only money has a customary way",
        help: [
          "write `round(\(text(of: node.value.span)), to \(text(of: node.step.span)), half up)`, "
            + "or `half even`, `up`, `down`"
        ])
      return nil
    }
  }

  func limited(_ node: LimitedSyntax, expecting expected: ValueType?) -> ExpressionID {
    let value = operand(node.value, hint(expected))
    let limit = operand(node.limit, type(of: value) == .money ? .money : hint(expected))
    let word = node.kind == .capped ? "capped at" : "floored at"
    guard let type = quantityType([value, limit], word, node.operatorSpan) else {
      return unresolved(node.span)
    }
    return add(
      node.kind == .capped
        ? .capped(value, at: limit, title: node.title?.text)
        : .floored(value, at: limit, title: node.title?.text), type, node.span)
  }

  func part(_ node: PartSyntax, expecting expected: ValueType?) -> ExpressionID {
    let amount = operand(node.amount, hint(expected))
    let bound = operand(node.bound, type(of: amount) == .money ? .money : hint(expected))
    let word = node.side == .above ? "above" : "up to"
    guard let type = quantityType([amount, bound], word, node.bound.span) else {
      return unresolved(node.span)
    }
    return add(
      node.side == .above ? .partAbove(amount, bound) : .partUpTo(amount, bound), type, node.span)
  }

  /// The type quantities share that an operator takes together; nil after a report.
  func quantityType(_ ids: [ExpressionID], _ word: String, _ span: SourceSpan) -> ValueType? {
    if ids.contains(where: { type(of: $0) == .unresolved }) { return nil }
    if let wrong = ids.first(where: { Measure(type(of: $0)) == nil }) {
      reportOperand(word, span, [wrong])
      return nil
    }
    guard var shared = ids.first.map({ type(of: $0) }), let first = ids.first else { return nil }
    for id in ids.dropFirst() {
      shared = common(first, id, in: .alternatives(word), at: span)
      if shared == .unresolved { return nil }
    }
    return shared
  }

  func converted(_ node: ConvertedSyntax) -> ExpressionID {
    let value = operand(node.value)
    let day = day(node.day, as: "the day of a conversion")
    guard !node.currency.isMissing, !node.rates.isMissing else { return unresolved(node.span) }
    guard
      case .value(.currency(let currency)) = code(
        node.currency.text, as: .currency, at: node.currency.span)
    else { return unresolved(node.span) }
    guard let entity = names.use(node.rates.text) else {
      report(
        NamePages.unknownName, "no list of rates is called `\(node.rates.text)`",
        at: node.rates.span,
        help: suggestion(
          for: node.rates.text,
          among: names.values.compactMap { if case .rates = $0.subject { $0.name } else { nil } }))
      return unresolved(node.span)
    }
    guard case .rates(let id) = entity else {
      reportKind(node.rates, entity, "declare rates: `rates NAME from \"file.csv\" { … }`")
      return unresolved(node.span)
    }
    let source: CurrencyCode?
    switch type(of: value) {
    case .unresolved: return unresolved(node.span)
    case .money: source = nil
    case .quantity(let unit) where unit.currencyCode != nil:
      source = unit.currencyCode.flatMap(CurrencyCode.init(text:))
    default:
      report(
        UnitPages.badConversion, "only money is converted", at: node.value.span,
        "this is \(words(type(of: value)))", also: Array(side(value).dropFirst()))
      return unresolved(node.span)
    }
    guard rates.indices.contains(id.index) else { return unresolved(node.span) }
    let list = rates[id.index]
    for wanted in [source, currency].compactMap({ $0 })
    where !list.rates.isEmpty
      && !list.rates.contains(where: { $0.from == wanted || $0.to == wanted })
    {
      report(
        UnitPages.badConversion, "`\(list.name)` has no rate for \(wanted.text)",
        at: node.span, also: [LabelledSpan(list.span, "these rates")])
      return unresolved(node.span)
    }
    let unit = units.unit(named: currency.text) ?? .one
    return add(
      .convert(value, to: currency, by: id, on: day), .quantity(unit), node.span)
  }
}
