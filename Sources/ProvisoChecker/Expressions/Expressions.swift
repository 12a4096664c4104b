// Expressions: each form of the syntax to the room that checks it.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// Checks an expression and gives its place in the arena.
  ///
  /// - Parameter expected: The type that is wanted here, which gives bare member names, country
  ///   codes, years and amounts of money their meaning. It is a hint: `fit` does the refusing.
  func expression(_ node: ExpressionSyntax, _ expected: ValueType? = nil) -> ExpressionID {
    switch node {
    case .missing(let extent): unresolved(extent.span)
    case .number(let node): literal(node, expecting: expected)
    case .string(let node): string(node, expecting: expected)
    case .date(let node): date(node)
    case .period(let node): period(node)
    case .boolean(let node): add(.literal(.boolean(node.value)), .boolean, node.span)
    case .none(let extent): add(.literal(.none), .event, extent.span)
    case .name(let node): name(node, expecting: expected)
    case .member(let node): member(node)
    case .call(let node): call(node, expecting: expected)
    case .parenthesized(let node): expression(node.content, expected)
    case .tuple(let node): tuple(node)
    case .list(let node), .set(let node): list(node, expecting: expected)
    case .record(let node): record(node, expecting: expected)
    case .timeline(let node): timeline(node)
    case .negated(let node): negated(node, expecting: expected)
    case .not(let node): not(node)
    case .sum(let node): sum(node, expecting: expected)
    case .product(let node): product(node, expecting: expected)
    case .power(let node): power(node)
    case .comparison(let node): comparison(node)
    case .and(let node): and(node)
    case .or(let node): or(node)
    case .membership(let node): membership(node)
    case .happenedBy(let node): happenedBy(node)
    case .isTest(let node): isTest(node)
    case .at(let node): at(node)
    case .window(let node): window(node)
    case .range(let node): range(node, expecting: expected)
    case .limited(let node): limited(node, expecting: expected)
    case .fallback(let node): fallback(node, expecting: expected)
    case .converted(let node): converted(node)
    case .part(let node): part(node, expecting: expected)
    case .choice(let node): choice(node, expecting: expected)
    case .limbs(let node): limbs(node)
    case .quantified(let node): quantified(node)
    case .aggregate(let node): aggregate(node, expecting: expected)
    case .chain(let node): chain(node)
    case .round(let node): round(node, expecting: expected)
    case .duration(let node): duration(node)
    case .after(let node): after(node)
    case .elapsed(let node): elapsed(node)
    case .yearFraction(let node): yearFraction(node)
    case .periodOf(let node): periodOf(node)
    }
  }

  /// Checks an expression that must be one value: a series, a level or a collection is refused.
  func operand(_ node: ExpressionSyntax, _ expected: ValueType? = nil) -> ExpressionID {
    let id = expression(node, expected)
    let written = text(of: node.span)
    switch type(of: id) {
    case .series(_, let length):
      report(
        TimePages.seriesWithoutPeriod, "`\(written)` has one value for every \(length.noun)",
        at: node.span, "which \(length.noun)?", also: side(id).dropFirst().map { $0 },
        help: [
          "write `\(written) at period`, `\(written) at \(length == .year ? "2024" : "2024-Q1")` "
            + "or `sum(\(written) over 4 \(length.noun)s to period)`"
        ])
    case .levels:
      report(
        TimePages.levelWithoutDate, "`\(written)` holds from dates on", at: node.span,
        "on which day?", also: side(id).dropFirst().map { $0 },
        help: ["write `\(written) at test_date`, or another day"])
    case .list(let element):
      if case .list = expected { return id }
      // A mistake within the list has been reported.
      if element == .unresolved, hasError { break }
      report(
        CollectionPages.listAsValue, "`\(written)` is a list, and one value is wanted here",
        at: node.span, also: side(id).dropFirst().map { $0 },
        help: [
          "ask `some x in \(written) where …`, `count(\(written))` or `sum(x.f for x in …)`"
        ])
    case .contract:
      report(
        CollectionPages.listAsValue, "`\(written)` is a contract, and one value is wanted here",
        at: node.span, help: ["name one of its fields: `\(written).amount`"])
    default: return id
    }
    return unresolved(node.span)
  }

  /// Checks an expression that must have a type, fits it, and says so where it does not.
  ///
  /// - Parameter role: What the expression is, for the message: "the deadline".
  func operand(
    _ node: ExpressionSyntax, fitting expected: ValueType, as role: String,
    declaredAt: SourceSpan? = nil
  ) -> ExpressionID {
    let id: ExpressionID
    switch expected {
    case .list, .series, .levels, .contract: id = expression(node, expected)
    default: id = operand(node, expected)
    }
    _ = fit(id, to: expected, as: role, declaredAt: declaredAt)
    return id
  }

  /// Checks an expression that must be true or false.
  func truth(_ node: ExpressionSyntax, as role: String) -> ExpressionID {
    let id = operand(node, .boolean)
    switch type(of: id) {
    case .boolean, .unresolved: break
    default:
      report(
        TypePages.notTruth, "\(role) must be true or false", at: node.span,
        "this is \(words(type(of: id)))", also: side(id).dropFirst().map { $0 },
        help: ["compare it with something: `\(text(of: node.span)) = …`"])
    }
    return id
  }

  /// Checks an expression that must be a day; an event counts, and one that has not happened is a
  /// day that never comes.
  func day(_ node: ExpressionSyntax, as role: String) -> ExpressionID {
    let id = operand(node, .date)
    switch type(of: id) {
    case .date, .event, .unresolved: return id
    case .period:
      report(
        TimePages.periodForDate, "\(role) must be a day, and this is a period", at: node.span,
        words(type(of: id)),
        help: ["write `\(text(of: node.span)).end` or `\(text(of: node.span)).start`"])
    default:
      report(
        TypePages.wrongType, "\(role) must be a day", at: node.span,
        "this is \(words(type(of: id)))", also: side(id).dropFirst().map { $0 },
        help: ["days are written `2021-12-31`"])
    }
    return unresolved(node.span)
  }

  // MARK: - Literals

  private func string(_ node: StringSyntax, expecting expected: ValueType?) -> ExpressionID {
    if node.isMissing { return unresolved(node.span) }
    guard let expected else { return add(.literal(.text(node.text)), .text, node.span) }
    switch code(node.text, as: expected, at: node.span) {
    case .value(let value): return add(.literal(value), expected, node.span)
    case .refused: return unresolved(node.span)
    case .notACode: return add(.literal(.text(node.text)), .text, node.span)
    }
  }

  private func date(_ node: LiteralSyntax) -> ExpressionID {
    guard let date = CalendarDate(iso: node.text) else { return unresolved(node.span) }
    return add(.literal(.date(date)), .date, node.span)
  }

  private func period(_ node: LiteralSyntax) -> ExpressionID {
    guard let period = Period(text: node.text) else { return unresolved(node.span) }
    return add(.literal(.period(period)), .period(period.length), node.span)
  }

  private func tuple(_ node: ElementsSyntax) -> ExpressionID {
    for element in node.elements { _ = operand(element) }
    report(
      TypePages.wrongType, "several values stand where one is wanted", at: node.span,
      help: ["values in parentheses are the keys of a table: `(size, year) in TABLE`"])
    return unresolved(node.span)
  }

  private func timeline(_ node: TimelineSyntax) -> ExpressionID {
    for entry in node.entries { _ = operand(entry.value) }
    report(
      TypePages.wrongType, "values along time cannot stand in a rule", at: node.span,
      help: ["declare them: `parameter NAME : TYPE { … }`, and write `NAME at DAY` here"])
    return unresolved(node.span)
  }
}
