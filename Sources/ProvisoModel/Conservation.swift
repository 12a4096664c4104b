// Conservation: parts that must add up to a whole, and what recalls of one base come to together.

package import ProvisoSource

/// `conserve NAME "title" { whole W parts P, Q }`.
package struct Conservation: Hashable, Sendable {
  package let name: String
  package let title: String
  package let whole: ConservedAmount
  package let parts: [ConservedAmount]
  package let source: String?
  package let type: ValueType
  package let slotCount: Int
  package let span: SourceSpan
  package init(
    name: String, title: String, whole: ConservedAmount, parts: [ConservedAmount],
    source: String?, type: ValueType, slotCount: Int, span: SourceSpan
  ) {
    self.name = name
    self.title = title
    self.whole = whole
    self.parts = parts
    self.source = source
    self.type = type
    self.slotCount = slotCount
    self.span = span
  }
}

/// An amount that takes part in a conservation.
package enum ConservedAmount: Hashable, Sendable {
  /// A define, a field, any amount.
  case value(ExpressionID)
  /// A determination, by position.
  case determination(Int)
  /// `suspend by milestones`: the sum of what a condition's consequences with the verb come to.
  case consequences(Verb, ConditionID)
}

/// Whether the parts add up to the whole.
package struct ConservationResult: Hashable, Sendable {
  /// By position in the ruleset.
  package let conservation: Int
  package let whole: Answer
  /// One a part, in the order written.
  package let parts: [Answer]
  package let sum: Answer
  /// True: they add up; false: they do not; unknown: an amount is missing.
  package let holds: Truth
  package init(
    conservation: Int, whole: Answer, parts: [Answer], sum: Answer, holds: Truth
  ) {
    self.conservation = conservation
    self.whole = whole
    self.parts = parts
    self.sum = sum
    self.holds = holds
  }
}

/// What a recall takes back a part of: where it stands in the contract, and how much it is on A.
package struct RecallBase: Hashable, Sendable {
  package let path: String
  package let value: Answer
  package let type: ValueType
  package init(path: String, value: Answer, type: ValueType) {
    self.path = path
    self.value = value
    self.type = type
  }
}

/// What all recalls of one base come to: their sum, and never more than the base.
package struct RecallTotal: Hashable, Sendable {
  /// Where the base stands in the contract: `disbursed`, `payouts[0].amount`.
  package let base: String
  package let type: ValueType
  /// How many recalls are of this base.
  package let count: Int
  /// What is listed, added up.
  package let listed: Answer
  package let baseValue: Answer
  /// What is due in all.
  package let due: Answer
  package init(
    base: String, type: ValueType, count: Int, listed: Answer, baseValue: Answer, due: Answer
  ) {
    self.base = base
    self.type = type
    self.count = count
    self.listed = listed
    self.baseValue = baseValue
    self.due = due
  }
}
