// Remedies: what would change the verdict of a breached test, all else held.

/// The nearest value of one fact that would meet what a breached test asks for, or with which the
/// condition would not apply, all else held.
///
/// Only remedies that were tried are reported: the test was evaluated again with the fact replaced.
package struct Remedy: Hashable, Sendable {
  /// Where the fact stands in the contract: `emissions[2024]`, `borrower.owners[0].share`.
  package let path: String
  package let type: ValueType
  package let relation: RemedyRelation
  /// The bound: a quantity in the coherent base of the type's unit, a money or a date.
  package let value: Value
  /// Whether the condition would not apply then, instead of being met.
  package let makesInapplicable: Bool

  package init(
    path: String, type: ValueType, relation: RemedyRelation, value: Value,
    makesInapplicable: Bool = false
  ) {
    self.path = path
    self.type = type
    self.relation = relation
    self.value = value
    self.makesInapplicable = makesInapplicable
  }
}

/// On which side of its bound a fact would have to be, in the words of the explanation.
package enum RemedyRelation: String, Hashable, Sendable, CaseIterable {
  /// `emissions at 2024 <= x`: the bound itself would do.
  case atMost = "at or under"
  case atLeast = "at or over"
  /// The bound itself would not do.
  case under
  case over
  /// Only this value would do: `instrument = loan`.
  case exactly
  /// Any value but this one: `borrower.country` other than PA.
  case otherThan = "other than"
}
