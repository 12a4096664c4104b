// Checked conditions: when they are tested, what they require, what excuses and what follows.

package import ProvisoQuantities
package import ProvisoSource

/// One condition, or one portfolio condition, with every clause in checked form.
package struct Condition: Hashable, Sendable {
  package let name: String
  package let title: String
  /// Missions it serves.
  package let serves: [MissionID]
  /// Classification tags (`kind direction, disclosure`).
  package let kinds: [String]
  package let source: String?
  /// A condition over `contracts`, with one verdict for the whole portfolio.
  package let isPortfolio: Bool
  /// The number of variable slots that evaluating any clause of it needs.
  package let slotCount: Int
  package let forEach: ForEach?
  package let schedule: Schedule
  package let due: DueRule?
  package let appliesWhen: ExpressionID?
  package let polarity: Polarity
  /// The statement of `requires` or `forbids`, as written.
  package let requirement: ExpressionID
  package let exceptions: [NamedException]
  package let doubts: [Doubt]
  package let evidence: [EvidenceRequirement]
  package let cure: Cure?
  package let consequences: [Consequence]
  package let span: SourceSpan
  package let nameSpan: SourceSpan

  package init(
    name: String, title: String, serves: [MissionID], kinds: [String], source: String?,
    isPortfolio: Bool, slotCount: Int, forEach: ForEach?, schedule: Schedule, due: DueRule?,
    appliesWhen: ExpressionID?, polarity: Polarity, requirement: ExpressionID,
    exceptions: [NamedException], doubts: [Doubt], evidence: [EvidenceRequirement], cure: Cure?,
    consequences: [Consequence], span: SourceSpan, nameSpan: SourceSpan
  ) {
    self.name = name
    self.title = title
    self.serves = serves
    self.kinds = kinds
    self.source = source
    self.isPortfolio = isPortfolio
    self.slotCount = slotCount
    self.forEach = forEach
    self.schedule = schedule
    self.due = due
    self.appliesWhen = appliesWhen
    self.polarity = polarity
    self.requirement = requirement
    self.exceptions = exceptions
    self.doubts = doubts
    self.evidence = evidence
    self.cure = cure
    self.consequences = consequences
    self.span = span
    self.nameSpan = nameSpan
  }
}

extension CheckedRuleset {
  /// The conditions of contracts, by their positions: a portfolio condition has no verdict for one.
  package var contractConditions: [Int] {
    conditions.indices.filter { !conditions[$0].isPortfolio }
  }
}

/// Whether the statement must hold or must not.
package enum Polarity: String, Hashable, Sendable { case requires, forbids }

/// `for each p in payouts where P`: one test a member. The variable has slot 0.
package struct ForEach: Hashable, Sendable {
  package let binding: Binding
  package let condition: ExpressionID?
  package init(binding: Binding, condition: ExpressionID?) {
    self.binding = binding
    self.condition = condition
  }
}

/// When a condition is tested (language.md §4).
package enum Schedule: Hashable, Sendable {
  /// Without `tested`: one test, T = D = A.
  case asOf
  /// `tested on DATE`.
  case on(ExpressionID)
  /// `tested by DATE`: T = min(A, DATE), D = DATE.
  case by(ExpressionID)
  /// `tested yearly from X to Y`. Bounds are periods or dates.
  case periods(PeriodLength, from: ExpressionID?, to: ScheduleEnd?)
  /// `tested every 12 months from DATE`.
  case every(CalendarDuration, MonthConvention?, from: ExpressionID, to: ScheduleEnd?)
  /// `tested continuously`.
  case continuously
}

/// `to 2024` or `until 2024-06-30`: where a schedule ends.
package struct ScheduleEnd: Hashable, Sendable {
  package let bound: ExpressionID
  /// `to` includes its bound, `until` excludes it.
  package let isIncluded: Bool
  package init(bound: ExpressionID, isIncluded: Bool) {
    self.bound = bound
    self.isIncluded = isIncluded
  }
}

/// `due 120 days after`, `due on DATE`.
package enum DueRule: Hashable, Sendable {
  /// After the test date.
  case after(CalendarDuration, MonthConvention?)
  case on(ExpressionID)
}

/// `unless "title" under "s. 4(3)" when E`.
package struct NamedException: Hashable, Sendable {
  package let title: String
  package let under: String?
  package let condition: ExpressionID
  package let span: SourceSpan
  package init(title: String, under: String?, condition: ExpressionID, span: SourceSpan) {
    self.title = title
    self.under = under
    self.condition = condition
    self.span = span
  }
}

/// `undetermined "ownership not fully disclosed" when E`.
package struct Doubt: Hashable, Sendable {
  package let reason: String
  package let condition: ExpressionID
  package let span: SourceSpan
  package init(reason: String, condition: ExpressionID, span: SourceSpan) {
    self.reason = reason
    self.condition = condition
    self.span = span
  }
}

/// `evidence emissions_report, verified [or breached]`.
package struct EvidenceRequirement: Hashable, Sendable {
  package let kind: String
  /// The lowest level that counts; nil: any.
  package let level: AssuranceLevel?
  /// `or breached`: only what was received by D counts, and its lack is false from D.
  package let isBreachWhenMissing: Bool
  package let span: SourceSpan
  package init(kind: String, level: AssuranceLevel?, isBreachWhenMissing: Bool, span: SourceSpan) {
    self.kind = kind
    self.level = level
    self.isBreachWhenMissing = isBreachWhenMissing
    self.span = span
  }
}

/// `cure [when E,] within DURATION | at any time [, at most n times] [, never twice in a row]`.
package struct Cure: Hashable, Sendable {
  /// `by payment x = E`.
  package let payment: CurePaymentRule?
  /// Nil: the requirement itself is tried again.
  package let condition: ExpressionID?
  package let window: CureWindow
  package let atMost: Int?
  package let isNeverTwiceInARow: Bool
  package let span: SourceSpan
  package init(
    payment: CurePaymentRule? = nil, condition: ExpressionID?, window: CureWindow, atMost: Int?,
    isNeverTwiceInARow: Bool, span: SourceSpan
  ) {
    self.payment = payment
    self.condition = condition
    self.window = window
    self.atMost = atMost
    self.isNeverTwiceInARow = isNeverTwiceInARow
    self.span = span
  }
}

/// `by payment x = E`: the amount that the cure test counts, by the variable it is called.
package struct CurePaymentRule: Hashable, Sendable {
  package let name: String
  /// The slot of the variable while the cure test is evaluated: what was paid.
  package let slot: Int
  /// The slot of `cure_payment` in the consequences: the least payment that would cure.
  package let neededSlot: Int
  package let paid: ExpressionID
  package let type: ValueType
  package init(
    name: String, slot: Int, neededSlot: Int, paid: ExpressionID, type: ValueType
  ) {
    self.name = name
    self.slot = slot
    self.neededSlot = neededSlot
    self.paid = paid
    self.type = type
  }
}

/// For how long after the due date a breach can be put right.
package enum CureWindow: Hashable, Sendable {
  case within(CalendarDuration, MonthConvention?)
  case atAnyTime
}
