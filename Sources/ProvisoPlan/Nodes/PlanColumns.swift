// The columns a plan reads: which facts of a contract, in which form, and what holds them.

package import ProvisoModel
package import ProvisoQuantities

/// The position of a column in its plan.
package struct ColumnID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a list in its plan.
package struct ListColumnID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a container in its plan.
package struct ContainerID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// How the values of a column are held in machine words.
package enum ColumnKind: Hashable, Sendable {
  /// A number: the word counts units of `scale` divided by a power of ten that the data decide.
  case number(scale: Fraction, isWhole: Bool)
  /// 0 or 1.
  case boolean
  /// A day number.
  case date
  /// A day number, or `WordCode.none` for an event that has not happened.
  case event
  /// A code by its `WordCode`.
  case code(CodeKind)
  /// A period of one length by its number.
  case period(PeriodLength)
  /// A duration by its `WordCode`.
  case duration
  /// The position of a member among its contract's; of one in a list inside a member, the position
  /// of that member.
  case position
}

extension ColumnKind {
  /// The form in which values of a type are held; nil where there is none.
  package init?(_ type: ValueType) {
    switch type {
    case .quantity(let unit): self = .number(scale: unit.scale, isWhole: false)
    case .ratio: self = .number(scale: .one, isWhole: false)
    case .wholeNumber: self = .number(scale: .one, isWhole: true)
    case .boolean: self = .boolean
    case .date: self = .date
    case .event: self = .event
    case .country: self = .code(.country)
    case .currency: self = .code(.currency)
    case .nace: self = .code(.nace)
    case .lei: self = .code(.lei)
    case .text: self = .code(.text)
    case .enumeration(let id): self = .code(.member(id))
    case .period(let length?): self = .period(length)
    case .duration: self = .duration
    default: return nil
    }
  }
}

/// What the words of a column of codes stand for.
package enum CodeKind: Hashable, Sendable {
  case country
  case currency
  case nace
  case member(EnumerationID)
  /// The position among the texts that the plan mentions; a text it does not mention is
  /// `WordCode.otherText` or, where texts are compared with each other, a word of its own below.
  case text
  case lei
}

/// A column: one fact of each contract, or of each member of a list.
package struct PlanColumn: Hashable, Sendable {
  package let kind: ColumnKind
  /// The list whose members the column is about; nil: the contracts themselves.
  package let list: ListColumnID?
  /// Positions of fields, from the contract or from the member down.
  package let path: [Int]
  /// The period of a series that it holds; nil where it is no series.
  package let entry: Period?
  /// The path as reasons write it; of a member's column, what stands behind the member: `.country`.
  package let name: String
  /// The records and series that have to be there for the fact to be there, outermost first.
  package let containers: [ContainerID]
  /// Who judges it, where it is no fact but a judgement.
  package let assessor: String?
  /// Whose choice it is, where it is one.
  package let elector: String?
}

/// A list whose members a plan goes over.
package struct PlanList: Hashable, Sendable {
  package let path: [Int]
  /// The path as reasons write it.
  package let name: String
  /// `or empty`: absent, it is known to be empty.
  package let isEmptyWhenAbsent: Bool
  /// The records that have to be there for the list to be there, outermost first.
  package let containers: [ContainerID]
  package let source: PlanListSource
}

/// Where the members of a list come from.
package enum PlanListSource: Hashable, Sendable {
  /// The contract has them.
  case facts
  /// The contract has them in lists inside the members of another list, all one after the other.
  case inner(ListColumnID)
  /// They are those of another list, gone over once more inside it.
  case again(ListColumnID)
  /// Each member of the first with each member of the second that its contract has.
  case pairs(ListColumnID, ListColumnID)
  /// The contract has them, and inside them others, by the position of the field with the inner
  /// lists: an outer one before those inside it. -1: there are none inside.
  case tree(follow: Int)
  /// The entries of a dated level, in the order of their days: a day and a value each.
  case levels
  /// The entries of a series: a period and a value each.
  case entries
  /// The entities that the paths through a tree lead to.
  case chain(ListColumnID, ChainLinks)
}

/// Which links of a tree a chain follows, and what it makes of them.
package enum ChainLinks: Hashable, Sendable {
  /// Those for which a truth holds.
  case each(NodeID)
  /// All; along each path a number is multiplied.
  case product(NodeID)

  /// What is said of each link.
  package var node: NodeID {
    switch self {
    case .each(let node), .product(let node): node
    }
  }
}

/// A record or a series: where it is absent, all in it is unknown for that one reason.
package struct PlanContainer: Hashable, Sendable {
  package let list: ListColumnID?
  package let path: [Int]
  package let name: String
}
