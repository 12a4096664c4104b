// The operands of an expression, in evaluation order, whatever it does.

extension ExpressionKind {
  /// Calls `body` with every expression this one evaluates directly.
  package func forEachOperand(_ body: (ExpressionID) -> Void) {
    switch self {
    case .literal, .contractField, .variable, .testPeriod, .testDate, .asOf, .contracts, .previous:
      break
    case .member(let operand, _), .through(let operand), .periodStart(let operand),
      .periodEnd(let operand), .naceSection(let operand), .periodOf(let operand, _),
      .currencyOf(let operand), .negate(let operand), .not(let operand), .isKnown(let operand),
      .isAssured(let operand, _), .isNone(let operand), .parameter(_, let operand):
      body(operand)
    case .arithmetic(_, let left, let right), .shareOf(let left, let right),
      .power(let left, let right), .round(let left, let right, _),
      .capped(let left, let right, _), .floored(let left, let right, _),
      .partAbove(let left, let right), .partUpTo(let left, let right),
      .convert(let left, _, _, let right), .addDuration(let left, let right, _, _),
      .durationSum(let left, let right, _), .durationTimes(let left, let right),
      .periodPlus(let left, let right, _), .periodDifference(let left, let right),
      .countTime(_, _, let left, let right, _), .at(let left, let right),
      .range(let left, let right), .happenedBy(let left, let right),
      .compare(_, let left, let right), .memberOf(let left, let right),
      .dateInPeriod(let left, let right), .orElse(let left, let right):
      body(left)
      body(right)
    case .yearFraction(_, let from, let to, let maturity):
      body(from)
      body(to)
      maturity.map(body)
    case .window(let series, let count, _, let end):
      body(series)
      body(count)
      body(end)
    case .listLiteral(let operands), .least(let operands), .greatest(let operands),
      .and(let operands), .or(let operands), .table(_, let operands), .tableHas(_, let operands),
      .call(_, let operands):
      operands.forEach(body)
    case .recordLiteral(_, let fields):
      for case let field? in fields { body(field) }
    case .listed(let question):
      body(question.subject)
      switch question.when {
      case .on(let day): body(day)
      case .anyTime(let from, let to):
        body(from)
        body(to)
      }
    case .limbs(let kind, let limbs):
      if case .atLeast(let count) = kind { body(count) }
      for limb in limbs { body(limb.statement) }
    case .quantifier(_, let binding, let condition, let statement),
      .aggregate(_, let binding, let condition, let statement):
      body(binding.collection)
      condition.map(body)
      statement.map(body)
    case .conditionState(_, _, let contract): contract.map(body)
    case .chain(let base, let rule):
      body(base)
      if case .each(_, let statement) = rule { body(statement) }
    case .choose(let choices, let otherwise):
      for choice in choices {
        body(choice.condition)
        body(choice.value)
      }
      otherwise.map(body)
    }
  }
}

extension ExpressionKind {
  /// The expressions that this one evaluates directly.
  package var operands: [ExpressionID] {
    var operands: [ExpressionID] = []
    forEachOperand { operands.append($0) }
    return operands
  }
}

extension Define {
  /// Calls `body` with every expression that evaluating the define starts from.
  package func forEachRoot(_ body: (ExpressionID) -> Void) {
    switch self.body {
    case .expression(let id): body(id)
    case .fold(_, let from, let to, let first, let then): [from, to, first, then].forEach(body)
    }
    for exception in exceptions {
      body(exception.condition)
      body(exception.value)
    }
  }
}
