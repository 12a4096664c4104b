// A contract as facts: what was reported, since when it holds, when it was recorded, on what proof.

package import ProvisoQuantities

/// One contract, read by a ruleset's own schema.
package struct Contract: Hashable, Sendable {
  package let id: String
  /// One per field of the ruleset's contract, in declaration order.
  package let facts: [Fact]
  package let evidence: [EvidenceItem]
  package let assessments: [Assessment]
  package let waivers: [Waiver]

  package init(
    id: String, facts: [Fact], evidence: [EvidenceItem] = [], assessments: [Assessment] = [],
    waivers: [Waiver] = []
  ) {
    self.id = id
    self.facts = facts
    self.evidence = evidence
    self.assessments = assessments
    self.waivers = waivers
  }
}

/// What a contract says about one field, with its history where it has one.
package enum Fact: Hashable, Sendable {
  /// Not given (or JSON null in a field that is not a `date if any`): unknown.
  case absent
  /// A value written plainly: always true, always known.
  case plain(FactValue)
  /// A value with its history or its proof. Never empty; in file order.
  case versions([FactVersion])
}

/// One version of a fact.
package struct FactVersion: Hashable, Sendable {
  /// Nil when the version says JSON null where null means absent.
  package let value: FactValue?
  /// When it became true; nil: it always was.
  package let from: CalendarDate?
  /// When it was learned; nil: it always was known.
  package let recorded: CalendarDate?
  /// The id of the item of evidence it rests on.
  package let evidence: String?
  /// For a choice: the day on which it was made; nil where that is not said.
  package let elected: CalendarDate?
  /// For a figure as published: half a unit of its last digit, in the base of its unit; nil: exact.
  package let halfUnit: Fraction?

  package init(
    value: FactValue?, from: CalendarDate? = nil, recorded: CalendarDate? = nil,
    evidence: String? = nil, elected: CalendarDate? = nil, halfUnit: Fraction? = nil
  ) {
    self.value = value
    self.from = from
    self.recorded = recorded
    self.evidence = evidence
    self.elected = elected
    self.halfUnit = halfUnit
  }

  /// Whether it carries nothing beside its value and the precision that its text has.
  package var isPlain: Bool {
    from == nil && recorded == nil && evidence == nil && elected == nil
  }
}

/// The shape of a fact's value.
package enum FactValue: Hashable, Sendable {
  case scalar(Value)
  /// One fact per field of the record type, in declaration order.
  case record([Fact])
  case list(FactList)
  /// Sorted by period, each period once.
  case series([SeriesEntry])
  /// Sorted by date, each date once.
  case levels([LevelEntry])
}

/// A list of members, given as a whole.
package struct FactList: Hashable, Sendable {
  /// In file order. Each is a `.record` or `.scalar` fact, possibly with versions.
  package let members: [Fact]
  /// For a dated list: the last day up to which it is said to be complete; nil: no such limit.
  package let completeUntil: CalendarDate?

  package init(members: [Fact], completeUntil: CalendarDate? = nil) {
    self.members = members
    self.completeUntil = completeUntil
  }
}

/// One period's value of a series.
package struct SeriesEntry: Hashable, Sendable {
  package let period: Period
  package let fact: Fact
  package init(period: Period, fact: Fact) {
    self.period = period
    self.fact = fact
  }
}

/// A level that holds from a date.
package struct LevelEntry: Hashable, Sendable {
  package let date: CalendarDate
  package let fact: Fact
  package init(date: CalendarDate, fact: Fact) {
    self.date = date
    self.fact = fact
  }
}

/// A document or certificate that was received: reserved key `evidence`.
package struct EvidenceItem: Hashable, Sendable {
  package let id: String
  /// The kind a condition asks for: `emissions_report`.
  package let kind: String
  package let level: AssuranceLevel
  /// The period it covers; nil when it is not about a period.
  package let covers: Period?
  package let received: CalendarDate?
  package let recorded: CalendarDate?

  package init(
    id: String, kind: String, level: AssuranceLevel, covers: Period?, received: CalendarDate?,
    recorded: CalendarDate? = nil
  ) {
    self.id = id
    self.kind = kind
    self.level = level
    self.covers = covers
    self.received = received
    self.recorded = recorded
  }
}

/// A recorded judgement of a field `assessed by` somebody: who, when, why.
package struct Assessment: Hashable, Sendable {
  /// The field path as written: `has_substance`, `borrower.owners[0].has_substance`.
  package let field: String
  package let value: Value
  package let by: String
  package let on: CalendarDate
  package let why: String
  /// The last day on which it holds; nil: it does not expire.
  package let expires: CalendarDate?
  package let recorded: CalendarDate?

  package init(
    field: String, value: Value, by: String, on: CalendarDate, why: String,
    expires: CalendarDate? = nil, recorded: CalendarDate? = nil
  ) {
    self.field = field
    self.value = value
    self.by = by
    self.on = on
    self.why = why
    self.expires = expires
    self.recorded = recorded
  }
}

/// A recorded decision not to rely on a breach: who, when, scope, expiry.
package struct Waiver: Hashable, Sendable {
  /// The name of the condition it lies over.
  package let condition: String
  /// The tests it covers, as their periods or dates are written (`2021`, `2021-06-30`); empty:
  /// every test of the condition due before it expires.
  package let tests: [String]
  package let granted: CalendarDate
  package let expires: CalendarDate?
  package let by: String
  package let why: String
  package let recorded: CalendarDate?

  package init(
    condition: String, tests: [String] = [], granted: CalendarDate, expires: CalendarDate? = nil,
    by: String, why: String, recorded: CalendarDate? = nil
  ) {
    self.condition = condition
    self.tests = tests
    self.granted = granted
    self.expires = expires
    self.by = by
    self.why = why
    self.recorded = recorded
  }
}
