// Checked expressions: a flat arena of typed nodes, addressed by `ExpressionID`.

package import ProvisoQuantities
package import ProvisoSource

/// One checked expression: what it does, the type it gives, and where it was written.
package struct Expression: Hashable, Sendable {
  package let kind: ExpressionKind
  package let type: ValueType
  package let span: SourceSpan

  package init(kind: ExpressionKind, type: ValueType, span: SourceSpan) {
    self.kind = kind
    self.type = type
    self.span = span
  }
}

/// What an expression does. Operands are expressions of the same arena, and every operand stands
/// before the expression that uses it, so the arena has no cycles.
///
/// Invariant: units have been reconciled by the checker. A `.quantity` is a fraction in the
/// coherent base of its unit, so addition and comparison need no conversion.
package enum ExpressionKind: Hashable, Sendable {
  // Leaves.
  case literal(Value)
  /// A field of the contract under test, by position; read at min(A, T).
  case contractField(Int)
  /// A bound name: a parameter of a define, the variable of a quantifier, of `for each`.
  case variable(slot: Int, name: String)
  /// `period` in a condition per period or in a series fold.
  case testPeriod
  /// `test_date`: T, or the day being tried in a cure.
  case testDate
  /// `as_of`.
  case asOf
  /// `[]` and `[a, b]`.
  case listLiteral([ExpressionID])
  /// `{ name = …, share = … }` as the result of a table or a define.
  case recordLiteral(RecordID, fields: [ExpressionID?])
  /// `contracts`: the governed contracts of the portfolio.
  case contracts
  /// The value of a series fold for the period before: `previous`.
  case previous

  // Access.
  /// `x.field`, for a record, an entity of a chain or a contract.
  case member(ExpressionID, field: Int)
  /// `o.through`: the sum over the paths of the products, in a chain with `product of`.
  case through(ExpressionID)
  /// `period.start`, `period.end`.
  case periodStart(ExpressionID)
  case periodEnd(ExpressionID)
  /// `sector.section`.
  case naceSection(ExpressionID)
  /// `year of D`, `month of D` …: the period of that length that contains D.
  case periodOf(ExpressionID, PeriodLength)
  /// `m.currency` of a money.
  case currencyOf(ExpressionID)

  // Arithmetic.
  case negate(ExpressionID)
  case arithmetic(ArithmeticOperator, ExpressionID, ExpressionID)
  /// `10% of X`: the left operand is a percentage.
  case shareOf(ExpressionID, of: ExpressionID)
  /// `base ^ exponent`, the exponent a plain whole number.
  case power(ExpressionID, ExpressionID)
  case round(ExpressionID, to: ExpressionID, RoundingMode)
  /// `x capped at y "title"`.
  case capped(ExpressionID, at: ExpressionID, title: String?)
  case floored(ExpressionID, at: ExpressionID, title: String?)
  /// `part of x above y`: never below zero.
  case partAbove(ExpressionID, ExpressionID)
  /// `part of x up to y`: never below zero.
  case partUpTo(ExpressionID, ExpressionID)
  /// `min(a, b)`, `max(a, b)`: two operands or more.
  case least([ExpressionID])
  case greatest([ExpressionID])
  /// `x converted to EUR by rates on D`.
  case convert(ExpressionID, to: CurrencyCode, by: RatesID, on: ExpressionID)

  // Time.
  /// `D + duration`, `5 business days after D`, `D - 3 months`.
  case addDuration(date: ExpressionID, duration: ExpressionID, isSubtracted: Bool, MonthConvention?)
  /// `A + B`, `A - B` and whole multiples of durations.
  case durationSum(ExpressionID, ExpressionID, isSubtracted: Bool)
  case durationTimes(ExpressionID, ExpressionID)
  /// `period + n`, `period - n`.
  case periodPlus(ExpressionID, ExpressionID, isSubtracted: Bool)
  /// `period - period`: how many periods lie between, a plain number.
  case periodDifference(ExpressionID, ExpressionID)
  /// `days from A to B`, `years completed from A to B`, `months started from A to B`.
  case countTime(TimeUnit, TimeCount, from: ExpressionID, to: ExpressionID, MonthConvention?)
  /// `year fraction from A to B by "30E/360 ISDA" maturing on D`: a plain number.
  case yearFraction(DayCount, from: ExpressionID, to: ExpressionID, maturity: ExpressionID?)
  /// `x at T` of a series (T a period), of a dated level or a contract field (T a date).
  case at(ExpressionID, time: ExpressionID)
  /// `limit at T` of a parameter; without `at`, T is the test date.
  case parameter(ParameterID, time: ExpressionID)
  /// `ebitda over 4 quarters to period`: a list of values, oldest first.
  case window(ExpressionID, count: ExpressionID, PeriodLength, to: ExpressionID)
  /// `1 to 5`, `2021 to 2024`: a list of whole numbers or of periods.
  case range(ExpressionID, ExpressionID)
  /// `E by D`: whether the event had happened by the day.
  case happenedBy(ExpressionID, ExpressionID)

  // Comparison and membership.
  case compare(ComparisonOperator, ExpressionID, ExpressionID)
  /// `x in { a, b }` and `x in list_of_values`.
  case memberOf(ExpressionID, ExpressionID)
  /// `D in 2020`.
  case dateInPeriod(ExpressionID, ExpressionID)
  /// `c in L by DATING on D`; `grace` moves the question earlier (`+ 3 months`).
  case listed(ListedQuestion)
  /// `(k1, k2) in table`.
  case tableHas(TableID, [ExpressionID])

  // Truth.
  case not(ExpressionID)
  /// Two operands or more.
  case and([ExpressionID])
  case or([ExpressionID])
  case limbs(LimbsKind, [Limb])
  case quantifier(QuantifierKind, Binding, condition: ExpressionID?, satisfies: ExpressionID?)
  case isKnown(ExpressionID)
  /// `x is verified`: at this level of assurance or a higher one.
  case isAssured(ExpressionID, AssuranceLevel)
  /// `repaid is none`.
  case isNone(ExpressionID)
  /// `k is met`, `k is breached`, `k is not applicable`; `of` names a contract of `contracts`.
  case conditionState(ConditionID, ConditionState, of: ExpressionID?)

  // Collections.
  /// `count(x in L where P)`, `sum(E for x in L where P)` …; a bare `sum(window)` has the
  /// variable itself as its body. `count` has no body.
  case aggregate(AggregateKind, Binding, condition: ExpressionID?, body: ExpressionID?)
  case chain(ExpressionID, ChainRule)

  // Choice.
  /// `A when C, B when D, otherwise E`.
  case choose([Choice], otherwise: ExpressionID?)
  /// `x else V`.
  case orElse(ExpressionID, ExpressionID)
  case table(TableID, [ExpressionID])
  case call(DefineID, [ExpressionID])
}

/// The operators of arithmetic, by their signs.
package enum ArithmeticOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

/// The comparisons, by their signs.
package enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
  case less = "<"
  case lessOrEqual = "<="
  case equal = "="
  case notEqual = "<>"
  case greaterOrEqual = ">="
  case greater = ">"

  /// Whether it holds of two values.
  @inlinable
  package func holds<Ordered: Comparable>(_ left: Ordered, _ right: Ordered) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .equal: left == right
    case .notEqual: left != right
    case .greaterOrEqual: left >= right
    case .greater: left > right
    }
  }
}

/// What `completed` and `started` count.
package enum TimeUnit: String, Hashable, Sendable { case days, months, years }

/// Completed: the greatest n with A + n units not after B. Started: the least n ≥ 0 with A + n
/// units not before B (language.md §2).
package enum TimeCount: String, Hashable, Sendable { case completed, started }

/// How many of the limbs must hold.
package enum LimbsKind: Hashable, Sendable {
  case all
  case any
  case none
  case atLeast(ExpressionID)
}

/// One labelled statement of `all of { … }`.
package struct Limb: Hashable, Sendable {
  package let label: String
  package let statement: ExpressionID
  package init(label: String, statement: ExpressionID) {
    self.label = label
    self.statement = statement
  }
}

/// A variable bound over a collection.
package struct Binding: Hashable, Sendable {
  package let slot: Int
  package let name: String
  package let collection: ExpressionID
  package init(slot: Int, name: String, collection: ExpressionID) {
    self.slot = slot
    self.name = name
    self.collection = collection
  }
}

/// The quantifiers, by their words.
package enum QuantifierKind: String, Hashable, Sendable { case some, no, every }

/// What is made of the members of a collection, by its word.
package enum AggregateKind: String, Hashable, Sendable { case count, sum, min, max, average }

/// How `chain(L, …)` follows owners of owners.
package enum ChainRule: Hashable, Sendable {
  /// `chain(L)`: every entity, with its paths.
  case reach
  /// `chain(L, product of share)`: and `through`. The position of the factor in the record.
  case product(field: Int)
  /// `chain(L, each share > 50%)`: only along links where the statement holds; `slot` is bound to
  /// the link's record.
  case each(slot: Int, statement: ExpressionID)
}

/// What may be asked of another condition: `k is met`.
package enum ConditionState: String, Hashable, Sendable {
  case met
  case breached
  case notApplicable = "not applicable"
}

/// `A when C`: one value of a choice, and when it is taken.
package struct Choice: Hashable, Sendable {
  package let value: ExpressionID
  package let condition: ExpressionID
  package init(value: ExpressionID, condition: ExpressionID) {
    self.value = value
    self.condition = condition
  }
}

/// `c in L [by DATING [+ 3 months]] on D`, or `at any time from A to B`.
package struct ListedQuestion: Hashable, Sendable {
  package let subject: ExpressionID
  package let list: ListID
  /// The position of the dating in the list.
  package let dating: Int
  /// A delay between an entry's dates and their effect: `by published + 3 months`.
  package let delay: CalendarDuration?
  package let delayConvention: MonthConvention?
  package let when: ListedTime

  package init(
    subject: ExpressionID, list: ListID, dating: Int, delay: CalendarDuration?,
    delayConvention: MonthConvention?, when: ListedTime
  ) {
    self.subject = subject
    self.list = list
    self.dating = dating
    self.delay = delay
    self.delayConvention = delayConvention
    self.when = when
  }
}

/// When a value has to be on a dated list.
package enum ListedTime: Hashable, Sendable {
  case on(ExpressionID)
  /// Both days included.
  case anyTime(from: ExpressionID, to: ExpressionID)
}
