// The timeline of a condition: how each of its tests came to stand as it does.

package import ProvisoQuantities

/// Every test of a condition with its development.
package struct ConditionTimeline: Hashable, Sendable {
  package let condition: ConditionID
  /// In date order, as in the verdict.
  package let entries: [TimelineEntry]
  /// Whether so many days lay between that only those were looked at on which a fact changed.
  package let isSampled: Bool
  package init(condition: ConditionID, entries: [TimelineEntry], isSampled: Bool) {
    self.condition = condition
    self.entries = entries
    self.isSampled = isSampled
  }
}

/// One test of a timeline.
package struct TimelineEntry: Hashable, Sendable {
  /// How it stands on A, with the knowledge of K.
  package let test: TestVerdict
  /// The outcomes it went through, each with the first day at whose end it stood, by what was known
  /// on that day. Never empty; the last is how it stands.
  package let developments: [Development]
  /// The items that could count for the test, in the order in which they were received.
  package let evidence: [EvidenceReceipt]
  package init(test: TestVerdict, developments: [Development], evidence: [EvidenceReceipt]) {
    self.test = test
    self.developments = developments
    self.evidence = evidence
  }
}

/// An outcome, and the first day at whose end it stood.
package struct Development: Hashable, Sendable {
  package let on: CalendarDate
  package let outcome: Outcome
  /// The outcome beneath a waiver.
  package let beneath: Outcome?
  package init(on: CalendarDate, outcome: Outcome, beneath: Outcome?) {
    self.on = on
    self.outcome = outcome
    self.beneath = beneath
  }
}

/// An item of evidence of the kind a condition asks for, and whether it counts for a test.
package struct EvidenceReceipt: Hashable, Sendable {
  package let item: EvidenceItem
  /// By how many days it came after the due date; nil: it came in time.
  package let daysLate: Int?
  /// Whether its level suffices.
  package let isSufficient: Bool
  package init(item: EvidenceItem, daysLate: Int?, isSufficient: Bool) {
    self.item = item
    self.daysLate = daysLate
    self.isSufficient = isSufficient
  }
}
