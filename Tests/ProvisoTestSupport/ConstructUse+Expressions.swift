// The constructs inside expressions.

import ProvisoSyntax

extension ConstructUse {
  /// An expression and all inside it.
  mutating func read(_ node: ExpressionSyntax) {
    form(node)
    for child in node.children { read(child) }
  }

  private mutating func form(_ node: ExpressionSyntax) {
    switch node {
    case .missing, .parenthesized, .tuple, .set: break
    case .number(let node): number(node)
    case .string: add(.textLiteral)
    case .date: add(.dateLiteral)
    case .period: add(.periodLiteral)
    case .boolean: add(.trueOrFalse)
    case .none: add(.noValue)
    case .name(let node): name(node.text)
    case .member(let node):
      add(.member)
      for name in node.names {
        switch name.text {
        case "section": add(.section)
        case "start", "end": add(.periodEnds)
        case "currency": add(.currencyOf)
        default: break
        }
      }
    case .call(let node):
      switch node.function.text {
      case "min": add(.leastOf)
      case "max": add(.greatestOf)
      default: add(.call)
      }
    case .list: add(.listLiteral)
    case .record: add(.recordLiteral)
    case .timeline(let node): add(node.kind == .at ? .timelineAt : .timelineFrom)
    case .negated: add(.minus)
    case .not: add(.not)
    case .sum(let node): for term in node.rest { add(term.isSubtracted ? .minus : .plus) }
    case .product(let node):
      for factor in node.rest {
        switch factor.operation {
        case .times: add(.multiplied)
        case .divided: add(.divided)
        case .of: add(.of)
        }
      }
    case .power: add(.power)
    case .comparison(let node):
      switch node.operation {
      case .equal: add(.equal)
      case .notEqual: add(.notEqual)
      case .less: add(.less)
      case .lessOrEqual: add(.lessOrEqual)
      case .greater: add(.greater)
      case .greaterOrEqual: add(.greaterOrEqual)
      }
    case .and: add(.and)
    case .or: add(.or)
    case .membership(let node): membership(node)
    case .happenedBy: add(.happenedBy)
    case .isTest(let node):
      switch node.question {
      case .known: add(.isKnown)
      case .none: add(.isNone)
      case .met, .breached, .notApplicable: add(.isOutcome)
      case .level: add(.isLevel)
      }
    case .at: add(.at)
    case .window: add(.window)
    case .range(let node): add(node.series == nil ? .range : .seriesRange)
    case .limited(let node): add(node.kind == .capped ? .cappedAt : .flooredAt)
    case .fallback: add(.else)
    case .converted: add(.converted)
    case .part(let node): add(node.side == .above ? .partAbove : .partUpTo)
    case .choice: add(.choice)
    case .limbs(let node):
      switch node.quota {
      case .all: add(.allOf)
      case .any: add(.anyOf)
      case .none: add(.noneOf)
      case .atLeast: add(.atLeastOf)
      }
    case .quantified(let node):
      switch node.quantifier {
      case .some: add(.some)
      case .no: add(.no)
      case .every: add(.every)
      }
    case .aggregate(let node): aggregate(node)
    case .chain(let node):
      if node.rules.isEmpty { add(.chain) }
      for rule in node.rules {
        switch rule {
        case .product: add(.chainProduct)
        case .each: add(.chainEach)
        }
      }
    case .round: add(.round)
    case .duration(let node):
      switch node.unit {
      case .businessDays: add(.businessDays)
      case .days, .months, .quarters, .halfYears, .years: add(.calendarLength)
      }
    case .after: add(.after)
    case .elapsed: add(.elapsed)
    case .yearFraction: add(.yearFraction)
    case .periodOf: add(.periodOf)
    }
  }

  private mutating func number(_ node: NumberSyntax) {
    if node.scaleWord != nil { add(.scale) }
    switch node.unit?.text {
    case nil: add(.plainNumber)
    case "%": add(.percentage)
    case "percentage points": add(.percentagePoints)
    default: add(node.unitStandsBefore ? .currencyBefore : .numberWithUnit)
    }
  }

  private mutating func name(_ text: String) {
    switch text {
    case "contracts": add(.contracts)
    case "period": add(.period)
    case "test_date": add(.testDate)
    case "as_of": add(.asOfDay)
    case "previous": add(.previous)
    case "cure_payment": add(.curePayment)
    default: break
    }
  }

  private mutating func membership(_ node: MembershipSyntax) {
    if case .tuple = node.member { return add(.inTable) }
    if case .set = node.collection { return add(.inSet) }
    if node.dating != nil { add(.inListBy) }
    switch node.moment {
    case .on: add(.inListOn)
    case .atAnyTime: add(.inListAnyTime)
    case nil: add(.inList)
    }
  }

  private mutating func aggregate(_ node: AggregateSyntax) {
    switch node.source {
    case .members(_, _, _, let filter):
      if filter != nil { add(.aggregateWhere) }
      switch node.function {
      case .count: add(.countOf)
      case .sum: add(.sumOf)
      case .min: add(.minOf)
      case .max: add(.maxOf)
      case .average: add(.averageOf)
      }
    case .collection: add(.aggregateOver)
    }
  }
}
