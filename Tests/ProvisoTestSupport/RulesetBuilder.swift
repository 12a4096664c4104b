// Checked rulesets put together by hand, for tests of what comes after the checker.

package import ProvisoModel
package import ProvisoQuantities
package import ProvisoSource

/// A checked ruleset under construction. Every expression gets a span of its own, as in a file.
package struct RulesetBuilder {
  package var ruleset: CheckedRuleset

  package init(_ name: String = "specimen", months: MonthConvention? = .lastDay) {
    let contract = RecordType(name: "contract", fields: [], span: Self.span(0))
    ruleset = CheckedRuleset(
      name: name, title: name, units: .standard, calendar: BusinessCalendar(holidays: []),
      contract: contract)
    ruleset.months = months
  }

  package static func span(_ position: Int) -> SourceSpan {
    SourceSpan(source: SourceID(0), start: position, end: position + 1)
  }

  /// Adds a field to the contract and gives the expression that reads it.
  @discardableResult
  package mutating func field(
    _ name: String, _ type: ValueType, assessor: String? = nil, orEmpty: Bool = false,
    datedBy: Int? = nil
  ) -> ExpressionID {
    let field = Field(
      name: name, type: type, assessor: assessor, isEmptyWhenAbsent: orEmpty, datedBy: datedBy,
      span: Self.span(0))
    let fields = ruleset.contract.fields
    ruleset.contract = RecordType(
      name: "contract", fields: fields + [field], span: Self.span(0))
    if name == "signed" { ruleset.signedField = fields.count }
    return add(.contractField(fields.count), type)
  }

  package mutating func record(
    _ name: String, _ fields: [(String, ValueType)], identity: [Int] = []
  ) -> RecordID {
    ruleset.records.append(
      RecordType(
        name: name,
        fields: fields.map { Field(name: $0.0, type: $0.1, span: Self.span(0)) },
        identity: identity, span: Self.span(0)))
    return RecordID(ruleset.records.count - 1)
  }

  /// Adds an expression to the arena.
  package mutating func add(_ kind: ExpressionKind, _ type: ValueType) -> ExpressionID {
    ruleset.expressions.append(
      Expression(kind: kind, type: type, span: Self.span(ruleset.expressions.count)))
    return ExpressionID(ruleset.expressions.count - 1)
  }

  package mutating func truth(_ value: Bool) -> ExpressionID {
    add(.literal(.boolean(value)), .boolean)
  }

  package mutating func number(_ value: Int) -> ExpressionID {
    add(.literal(.quantity(Fraction(value))), .quantity(.one))
  }

  package mutating func day(_ text: String) -> ExpressionID {
    add(.literal(.date(CalendarDate(iso: text) ?? .first)), .date)
  }

  package mutating func period(_ text: String) -> ExpressionID {
    let period = Period(text: text)
    return add(.literal(period.map(Value.period) ?? .none), .period(period?.length))
  }

  package mutating func compare(
    _ left: ExpressionID, _ comparison: ComparisonOperator, _ right: ExpressionID
  ) -> ExpressionID {
    add(.compare(comparison, left, right), .boolean)
  }

  package mutating func arithmetic(
    _ left: ExpressionID, _ sign: ArithmeticOperator, _ right: ExpressionID
  ) -> ExpressionID {
    add(.arithmetic(sign, left, right), ruleset[left].type)
  }

  /// Adds a condition; every clause not given is as if it did not stand there.
  @discardableResult
  package mutating func condition(
    _ name: String, requires: ExpressionID, polarity: Polarity = .requires,
    schedule: Schedule = .asOf, forEach: ForEach? = nil, due: DueRule? = nil,
    appliesWhen: ExpressionID? = nil, unless: [(String, ExpressionID)] = [],
    doubts: [(String, ExpressionID)] = [], evidence: [EvidenceRequirement] = [],
    cure: Cure? = nil, consequences: [Consequence] = []
  ) -> ConditionID {
    ruleset.conditions.append(
      Condition(
        name: name, title: name, serves: [], kinds: [], source: nil, isPortfolio: false,
        slotCount: 8, forEach: forEach, schedule: schedule, due: due, appliesWhen: appliesWhen,
        polarity: polarity, requirement: requires,
        exceptions: unless.map {
          NamedException(title: $0.0, under: nil, condition: $0.1, span: Self.span(0))
        },
        doubts: doubts.map { Doubt(reason: $0.0, condition: $0.1, span: Self.span(0)) },
        evidence: evidence, cure: cure, consequences: consequences, span: Self.span(0),
        nameSpan: Self.span(0)))
    let id = ConditionID(ruleset.conditions.count - 1)
    ruleset.conditionOrder.append(id)
    return id
  }
}
