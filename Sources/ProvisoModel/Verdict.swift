// Verdicts: the evaluators' answer for one contract, as of one date, with one state of knowledge.

package import ProvisoQuantities
package import ProvisoSource

/// The answer for one contract.
package struct ContractVerdict: Hashable, Sendable {
  package let contractID: String
  package let asOf: CalendarDate
  package let knownAt: CalendarDate
  package let outcome: Outcome
  /// In declaration order. Empty when not governed.
  package let conditions: [ConditionVerdict]
  package let determinations: [DeterminationResult]
  /// What recalls of one base come to together, where there are several, in the order in which the
  /// bases first appear.
  package let recallTotals: [RecallTotal]
  /// In declaration order.
  package let conservations: [ConservationResult]
  /// Facts recorded after `knownAt` and not looked at.
  package let laterFactCount: Int
  /// Facts that carry no recording date, of those with a history or proof.
  package let undatedFactCount: Int

  package init(
    contractID: String, asOf: CalendarDate, knownAt: CalendarDate, outcome: Outcome,
    conditions: [ConditionVerdict], determinations: [DeterminationResult],
    recallTotals: [RecallTotal] = [], conservations: [ConservationResult] = [],
    laterFactCount: Int, undatedFactCount: Int
  ) {
    self.contractID = contractID
    self.asOf = asOf
    self.knownAt = knownAt
    self.outcome = outcome
    self.conditions = conditions
    self.determinations = determinations
    self.recallTotals = recallTotals
    self.conservations = conservations
    self.laterFactCount = laterFactCount
    self.undatedFactCount = undatedFactCount
  }
}

/// The answer for one condition: its worst test, with every test beside it.
package struct ConditionVerdict: Hashable, Sendable {
  package let condition: ConditionID
  package let outcome: Outcome
  /// In date order. Empty: nothing to test.
  package let tests: [TestVerdict]
  package let consequences: [ConsequenceResult]

  package init(
    condition: ConditionID, outcome: Outcome, tests: [TestVerdict],
    consequences: [ConsequenceResult]
  ) {
    self.condition = condition
    self.outcome = outcome
    self.tests = tests
    self.consequences = consequences
  }
}

/// The answer for one test.
package struct TestVerdict: Hashable, Sendable {
  /// The period tested, for a condition per period.
  package let period: Period?
  /// The member tested, for a condition `for each`: its identity or its place (`payouts[1]`).
  package let member: String?
  /// How a reader tells a member apart that has no identity: `awards of 2020-08-14`. Nil where
  /// `member` does, and where no derivation was asked for.
  package let memberTitle: String?
  /// T; nil where it cannot be computed.
  package let testDate: CalendarDate?
  /// D; nil where it cannot be computed.
  package let dueDate: CalendarDate?
  package let outcome: Outcome
  /// The outcome beneath a waiver.
  package let beneath: Outcome?
  /// Why it is undetermined, or what holds a pending one back; sorted. Empty otherwise.
  package let reasons: ReasonSet
  package let remarks: [Remark]
  /// The facts and the evidence to ask for. Sorted.
  package let requests: [Request]
  /// The last day on which a breach can be cured; nil without a cure or one without an end.
  package let lastCureDay: CalendarDate?
  /// The day on which the outcome became final; nil while it may still change.
  package let finalDay: CalendarDate?
  /// For a cure by payment: what was paid, and what would cure.
  package let payment: CurePayment?
  /// Only where a derivation was asked for.
  package let derivation: Derivation?

  package init(
    period: Period?, member: String?, memberTitle: String? = nil, testDate: CalendarDate?,
    dueDate: CalendarDate?, outcome: Outcome, beneath: Outcome?, reasons: ReasonSet,
    remarks: [Remark],
    requests: [Request], lastCureDay: CalendarDate? = nil, finalDay: CalendarDate? = nil,
    payment: CurePayment? = nil, derivation: Derivation?
  ) {
    self.period = period
    self.member = member
    self.memberTitle = memberTitle
    self.testDate = testDate
    self.dueDate = dueDate
    self.outcome = outcome
    self.beneath = beneath
    self.reasons = reasons
    self.remarks = remarks
    self.requests = requests
    self.lastCureDay = lastCureDay
    self.finalDay = finalDay
    self.payment = payment
    self.derivation = derivation
  }
}

/// A payment that cures: what was paid, and the least that would do.
package struct CurePayment: Hashable, Sendable {
  package let paid: Answer
  /// Unknown where no payment would do, or none was found.
  package let needed: Answer
  /// Whether more than that is needed, if only a little: `<` instead of `<=`.
  package let isExclusive: Bool
  package let type: ValueType
  package init(paid: Answer, needed: Answer, isExclusive: Bool, type: ValueType) {
    self.paid = paid
    self.needed = needed
    self.isExclusive = isExclusive
    self.type = type
  }
}

/// Something the reader of a verdict must be told beside the outcome.
package enum Remark: Hashable, Sendable {
  /// The exception that applies: title, and the clause it is under.
  case exemptBy(title: String, under: String?)
  case waivedBy(by: String, granted: CalendarDate, why: String)
  /// Certain already, though not due: "will be breached on D".
  case willBeBreached(on: CalendarDate)
  case lateEvidence(kind: String, days: Int)
  case missingEvidenceIsBreach(kind: String)
  case curedOn(CalendarDate)
  /// The last day on which it can still be cured.
  case curableUntil(CalendarDate)
  case curableAtAnyTime
  /// Why a cure was not open: `at most n times` used up, or twice in a row.
  case cureSpent(String)
  /// The truth came from an empty list: its source text or path.
  case restsOnEmptyList(String)
  /// The truth came from an `else`, an `is known`, or an event that has not happened.
  case restsOnAbsence(String)
  /// No member, no period: "nothing to test".
  case nothingToTest
}

/// A fact or an item of evidence to ask for.
package struct Request: Hashable, Comparable, Sendable {
  /// What somebody has to do: report, prove, judge or settle.
  package enum Kind: String, Hashable, Sendable {
    case fact
    case evidence
    case assessment
    /// A contradiction or an incomplete list that somebody must settle.
    case clarification
  }
  package let kind: Kind
  /// The field path or evidence kind.
  package let subject: String
  /// The sentence: "give `emissions` for 2024, in tCO2e".
  package let detail: String

  package init(kind: Kind, subject: String, detail: String) {
    self.kind = kind
    self.subject = subject
    self.detail = detail
  }

  package static func < (left: Request, right: Request) -> Bool {
    if left.subject != right.subject { return utf8Less(left.subject, right.subject) }
    if left.kind != right.kind { return utf8Less(left.kind.rawValue, right.kind.rawValue) }
    return utf8Less(left.detail, right.detail)
  }
}

/// A consequence that fired, or cannot be decided yet.
package struct ConsequenceResult: Hashable, Sendable {
  package let verb: Verb
  package let object: String?
  package let amount: ConsequenceValue
  /// The day it became final: D, or the day after the last cure day.
  package let due: CalendarDate?
  /// The test that fired it, by position in the condition's tests.
  package let test: Int
  package let until: String?
  /// For a recall: what it is a recall of.
  package let base: RecallBase?
  package let span: SourceSpan
  package let derivation: Derivation?

  package init(
    verb: Verb, object: String?, amount: ConsequenceValue, due: CalendarDate?, test: Int,
    until: String?, base: RecallBase? = nil, span: SourceSpan, derivation: Derivation?
  ) {
    self.verb = verb
    self.object = object
    self.amount = amount
    self.due = due
    self.test = test
    self.until = until
    self.base = base
    self.span = span
    self.derivation = derivation
  }
}

/// How much a consequence comes to.
package enum ConsequenceValue: Hashable, Sendable {
  /// `publish "…"`, `refuse`: no amount.
  case none
  case amount(Value, ValueType)
  case points(Value, ValueType)
  case factor(Fraction)
  /// An unknown amount, or a count of breaches that open tests could change: never zero.
  case unknown(ReasonSet)
}

/// What a determination gives.
package struct DeterminationResult: Hashable, Sendable {
  /// By position in the ruleset.
  package let determination: Int
  package let value: Answer
  package let exception: String?
  package let requests: [Request]
  package let derivation: Derivation?
  package init(
    determination: Int, value: Answer, exception: String?, requests: [Request],
    derivation: Derivation?
  ) {
    self.determination = determination
    self.value = value
    self.exception = exception
    self.requests = requests
    self.derivation = derivation
  }
}

/// A value that is known, known within bounds, or unknown for reasons.
package enum Answer: Hashable, Sendable {
  case known(Value)
  /// A count or sum over members some of which are unknown: between the two, both included; nil:
  /// open on that side. Rare and large, so it is kept aside: an answer stays small to pass on.
  indirect case between(low: Fraction?, high: Fraction?, ReasonSet)
  case unknown(ReasonSet)

  /// The truth value of a statement; unknown where it is not known to be a boolean.
  package var truth: Truth {
    switch self {
    case .known(.boolean(let value)): Truth(value)
    default: .unknown
    }
  }
  /// Why it is not known exactly; empty where it is.
  package var reasons: ReasonSet {
    switch self {
    case .known: .none
    case .between(_, _, let reasons), .unknown(let reasons): reasons
    }
  }
}
