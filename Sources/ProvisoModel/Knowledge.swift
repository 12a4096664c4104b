// What was recorded later, and which of it makes a difference to a verdict.

package import ProvisoQuantities

/// Something that was entered into a contract's file on a day.
package enum RecordedChange: Hashable, Sendable {
  /// A value of one field, with what was known there before; nil: nothing was, or it was withdrawn.
  case value(path: String, on: CalendarDate, before: Value?, after: Value?, ValueType)
  /// A list, a record or a series, as a whole.
  case whole(path: String, on: CalendarDate)
  case evidence(EvidenceItem)
  case assessment(Assessment, ValueType)
  case waiver(Waiver)
}

/// The difference that later knowledge makes, all asked as of the same day.
package struct KnowledgeComparison: Hashable, Sendable {
  /// The earlier of the two days of knowledge.
  package let earlier: CalendarDate
  package let later: CalendarDate
  /// Whether the verdict explained is the one with the later knowledge.
  package let isLaterAsked: Bool
  /// How much was recorded between the two days.
  package let changeCount: Int
  package let differences: [KnowledgeDifference]
  package init(
    earlier: CalendarDate, later: CalendarDate, isLaterAsked: Bool, changeCount: Int,
    differences: [KnowledgeDifference]
  ) {
    self.earlier = earlier
    self.later = later
    self.isLaterAsked = isLaterAsked
    self.changeCount = changeCount
    self.differences = differences
  }
}

/// One test or determination that comes out otherwise with the later knowledge.
package struct KnowledgeDifference: Hashable, Sendable {
  /// What comes out otherwise.
  package enum Subject: Hashable, Sendable {
    /// A test by its condition and label, with its outcomes; nil: there is no such test.
    case test(ConditionID, label: String?, before: Outcome?, after: Outcome?)
    /// A determination, by position, with its values.
    case determination(Int, before: Answer, after: Answer)
  }
  package let subject: Subject
  /// The fewest changes found that make the difference: without any one of them it would not be
  /// made. Each was taken away and the contract evaluated again.
  package let changes: [RecordedChange]
  package init(subject: Subject, changes: [RecordedChange]) {
    self.subject = subject
    self.changes = changes
  }
}
