// Derivations: the steps from facts to a verdict, each of which follows from its children.

package import ProvisoQuantities
package import ProvisoSource

/// One step: an operation, its result, and the steps it rests on.
///
/// Invariant: the result is what the operation gives on the children's results. A test recomputes
/// every step of every derivation in the suite.
package struct Derivation: Hashable, Sendable {
  /// Where in the ruleset something was written.
  package typealias Place = SourceSpan

  /// What a step says, held by reference: steps are handed from one to the next far more often
  /// than they are made.
  private final class Content: Sendable {
    let operation: DerivationOperation
    let result: DerivedResult
    let span: SourceSpan?
    let origin: FactOrigin?
    let children: [Derivation]

    init(
      _ operation: DerivationOperation, _ result: DerivedResult, _ span: SourceSpan?,
      _ origin: FactOrigin?, _ children: [Derivation]
    ) {
      self.operation = operation
      self.result = result
      self.span = span
      self.origin = origin
      self.children = children
    }
  }
  private let content: Content

  package var operation: DerivationOperation { content.operation }
  package var result: DerivedResult { content.result }
  /// Where the expression was written; nil for steps of the engine itself.
  package var span: SourceSpan? { content.span }
  /// Where a fact came from.
  package var origin: FactOrigin? { content.origin }
  package var children: [Derivation] { content.children }

  package init(
    operation: DerivationOperation, result: DerivedResult, span: SourceSpan?,
    origin: FactOrigin? = nil, children: [Derivation] = []
  ) {
    content = Content(operation, result, span, origin, children)
  }

  package static func == (left: Derivation, right: Derivation) -> Bool {
    if left.content === right.content { return true }
    return left.operation == right.operation && left.result == right.result
      && left.span == right.span && left.origin == right.origin
      && left.children == right.children
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(operation)
    hasher.combine(result)
    hasher.combine(span)
    hasher.combine(origin)
    hasher.combine(children)
  }
}

/// The result of a step.
package enum DerivedResult: Hashable, Sendable {
  case answer(Answer, ValueType)
  /// A collection or record: how it is summarised (`3 owners`, `Holdco`), and its size.
  case collection(summary: String, count: Int)
}

/// Where a fact came from: its path in the contract and what stands behind it.
package struct FactOrigin: Hashable, Sendable {
  /// `borrower.owners[2].country`, `emissions[2024]`.
  package let path: String
  package let from: CalendarDate?
  package let recorded: CalendarDate?
  package let evidence: String?
  /// For an assessed field: who judged.
  package let assessedBy: String?
  /// For an elected field: who chose, and on which day where that is said.
  package let electedBy: String?
  package let elected: CalendarDate?
  /// Sources that say otherwise, and were not followed because their evidence ranks lower.
  package let overruled: [OverruledSource]
  package init(
    path: String, from: CalendarDate? = nil, recorded: CalendarDate? = nil,
    evidence: String? = nil, assessedBy: String? = nil, electedBy: String? = nil,
    elected: CalendarDate? = nil, overruled: [OverruledSource] = []
  ) {
    self.path = path
    self.from = from
    self.recorded = recorded
    self.evidence = evidence
    self.assessedBy = assessedBy
    self.electedBy = electedBy
    self.elected = elected
    self.overruled = overruled
  }
}

/// A source that says otherwise than the one followed.
package struct OverruledSource: Hashable, Sendable {
  package let value: Value
  /// The item of evidence it rests on, and its level; nil where it rests on none.
  package let evidence: String?
  package let level: AssuranceLevel?
  package let recorded: CalendarDate?
  package init(
    value: Value, evidence: String?, level: AssuranceLevel?, recorded: CalendarDate?
  ) {
    self.value = value
    self.evidence = evidence
    self.level = level
    self.recorded = recorded
  }
}

/// What a step does with its children, in evaluation order.
package enum DerivationOperation: Hashable, Sendable {
  // Leaves.
  case literal
  case fact
  /// A parameter or path read at a time; children: the time, where it was an expression.
  case parameter(ParameterID)
  /// `as_of`, `test_date`, `period`, a bound variable: by name.
  case context(String)

  // One result from the children's results, exactly as `ExpressionKind` of the same name.
  case negate
  case arithmetic(ArithmeticOperator)
  case shareOf
  case power
  case round(RoundingMode)
  case capped(title: String?, isBinding: Bool)
  case floored(title: String?, isBinding: Bool)
  case partAbove
  case partUpTo
  case least
  case greatest
  case compare(ComparisonOperator)
  case not
  case and
  case or
  /// Children are `limb` steps.
  case limbs(LimbsKind)
  case limb(String)

  // Collections: the collection itself, then one `member` child a member looked at, in order.
  /// `some`, `no`, `every`: children are `member` steps with a truth.
  case quantifier(QuantifierKind)
  /// Children are `member` steps with the member's contribution.
  case aggregate(AggregateKind)
  /// One member, by name or place. The children: its `where`, then its body or statement; the
  /// result is the truth (quantifier, count) or contribution (sum …) of the member.
  case member(String)
  case chain(cycles: [String])
  /// A range, a window, a list literal, a record.
  case collection

  // Time and reference data.
  case at
  /// A part of a value: the end of a period, the section of a NACE code, the currency of a money, a
  /// field of a record that a table or a define gave. The child: the whole.
  case part
  /// A date moved by a duration, and sums and multiples of durations.
  case addDuration
  case countTime(TimeUnit, TimeCount)
  /// The children: the first day, the last, and the maturity where the convention asks for it.
  case yearFraction(DayCount)
  /// `period + n`, `period - n`, `period - period`.
  case periodStep
  case happenedBy
  case dateInPeriod
  case memberOf
  /// Membership in a dated list: the spell that decided; where the answer is no, the value's last
  /// spell, or none.
  case listed(ListID, dating: Int, spell: Spell?)
  /// The row of the table that fits, by position.
  case table(TableID, row: Int?)
  case tableHas(TableID)
  case convert

  // Names and choices.
  /// A define: the children are its arguments, then its body (and the exceptions looked at).
  case call(DefineID)
  /// The children are the conditions looked at, then the value chosen. The result is the last's.
  case choose(position: Int?)
  case orElse(usedSecond: Bool)
  case exception(String)
  case isKnown
  case isAssured(AssuranceLevel)
  case isNone
  case conditionState(ConditionID, ConditionState)

  // The frame of a verdict.
  /// The whole test: children are its clauses.
  case test
  /// `requires`, `forbids`, `applies when`, `undetermined "…"`, `cure`: one child.
  case clause(String)
  /// An evidence requirement: the item that counts, or none.
  case evidence(kind: String, item: String?)
}
