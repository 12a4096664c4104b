// A plan: what a checked ruleset asks of a portfolio as of a day, as operations over columns.

package import ProvisoModel
package import ProvisoQuantities

/// A checked ruleset as ordered column operations, as of one day.
///
/// A plan speaks of contracts whose facts are written plainly, without history, proof, judgements
/// or waivers; a contract that has any is a matter for the interpreter, and so is every condition
/// that has no plan.
package struct Plan: Sendable {
  package let ruleset: CheckedRuleset
  /// A: the end of this day is asked about.
  package let asOf: CalendarDate
  /// The facts it reads.
  package internal(set) var columns: [PlanColumn] = []
  /// The lists whose members it goes over.
  package internal(set) var lists: [PlanList] = []
  /// The records and series that hold its facts.
  package internal(set) var containers: [PlanContainer] = []
  /// Texts and LEIs that the plan mentions, in the order of their words.
  package internal(set) var texts: [String] = []
  /// Whether texts are compared with each other, so that two that it does not mention have to be
  /// told apart.
  package internal(set) var tellsTextsApart = false
  /// Whether it matters on which days any fact of a contract changes, read or not.
  package internal(set) var asksForDays = false
  /// The decision tables it asks.
  package internal(set) var tables: [PlanTable] = []
  /// Each operation behind its operands.
  package internal(set) var nodes: [PlanNode] = []
  /// By condition of the ruleset: how it is decided.
  package internal(set) var conditions: [ConditionPlan] = []
  /// Conditions in an order in which each stands behind those it asks about.
  package internal(set) var conditionOrder: [ConditionID] = []
  /// The day that decides whether the ruleset is for a contract; nil: it is for all.
  package internal(set) var governs: GovernsPlan?
  /// Whether it is left to the interpreter whether the ruleset is for a contract.
  package var isGovernsOpen: Bool { ruleset.governs != nil && governs == nil }
  /// By determination of the ruleset: its column, where it has a plan.
  package internal(set) var determinations: [ValuePlan] = []
  /// What each contract contributes to the questions over `contracts`; nil: not all have columns,
  /// or none is asked.
  package internal(set) var contributions: [ContributionPlan]?

  init(ruleset: CheckedRuleset, asOf: CalendarDate) {
    self.ruleset = ruleset
    self.asOf = asOf
  }

  /// An operation by its position.
  package subscript(id: NodeID) -> PlanNode { nodes[id.index] }

  /// Whether a day may be an event that has not happened.
  package func mayBeNone(_ id: NodeID) -> Bool {
    switch self[id].kind {
    case .column(let column): columns[column.index].kind == .event
    case .word(let word): word == WordCode.none
    case .moved(let day, _, _, _), .spread(let day), .entity(let day, _),
      .movedBy(let day, _, _, _, _), .level(_, _, _, let day, _), .entry(_, _, _, _, let day):
      mayBeNone(day)
    case .least(let first, let second), .greatest(let first, let second):
      mayBeNone(first) || mayBeNone(second)
    case .choose(_, let first, let second): mayBeNone(first) || mayBeNone(second)
    case .orElse(_, let second): mayBeNone(second)
    default: false
    }
  }

  /// The list whose members' facts are those of a list's members.
  package func stored(_ list: ListColumnID) -> ListColumnID {
    switch lists[list.index].source {
    case .again(let before): stored(before)
    case .chain(let tree, _): tree
    case .facts, .inner, .pairs, .tree, .levels, .entries: list
    }
  }

  /// Whose members a list's members belong to; nil: to the contracts.
  package func owner(of list: ListColumnID) -> ListColumnID? {
    if case .pairs(let outer, _) = lists[list.index].source { outer } else { nil }
  }

  /// The record that a list of the contract is of.
  package func record(of list: ListColumnID) -> RecordType? {
    var record = ruleset.contract
    for field in lists[list.index].path {
      guard record.fields.indices.contains(field) else { return nil }
      switch record.fields[field].type {
      case .record(let inner), .list(.record(let inner)): record = ruleset[inner]
      default: return nil
      }
    }
    return record
  }

  /// The lists of which a list's members are combinations, outermost first.
  package func parts(of list: ListColumnID) -> [ListColumnID] {
    var parts: [ListColumnID] = []
    var list = list
    while case .pairs(let outer, let inner) = lists[list.index].source {
      parts.append(inner)
      list = outer
    }
    return [list] + parts.reversed()
  }
}

/// `governs signed from A until B`, half-open, in day numbers.
package struct GovernsPlan: Hashable, Sendable {
  package let day: NodeID
  package let from: CalendarDate?
  package let until: CalendarDate?
}

/// How a condition is decided.
package enum ConditionPlan: Hashable, Sendable {
  /// By the operations of the plan.
  case lowered([TestPlan])
  /// By the interpreter, for every contract; the words name the construct.
  case interpreted(String)
  /// A portfolio condition: it has no verdict for a single contract.
  case portfolio
}

/// A test of a condition, or one for each member of a list: columns of its clauses, and its days.
package struct TestPlan: Hashable, Sendable {
  package let condition: ConditionID
  /// The list with a test for each of its members; nil: it is one test of the contract.
  package let list: ListColumnID?
  /// Where there is such a test; where that is unknown it is undetermined. nil: everywhere.
  package let selection: NodeID?
  /// Whether it has no date at all; it is undetermined then.
  package let isUndated: Bool
  /// T; nil: A.
  package let testDay: NodeID?
  /// D; nil: T.
  package let dueDay: NodeID?
  package let applies: NodeID?
  package let exceptions: [NodeID]
  /// What has to hold: the statement of `requires`, the opposite of that of `forbids`.
  package let holds: NodeID
  package let doubts: [DoubtPlan]
  /// Evidence that a plain contract lacks, with the words of its level.
  package let evidence: [EvidencePlan]
  /// What follows, where all amounts have columns; nil: the interpreter says what follows.
  package let consequences: [ConsequencePlan]?
  /// Whether a breach may be cured: what became of one, the interpreter says.
  package let isCurable: Bool

  /// Whether it is one test of every contract.
  package var isPlain: Bool { list == nil && selection == nil }

  /// The operations that the outcome rests on directly.
  package var roots: [NodeID] {
    var roots = [holds]
    roots += exceptions
    for doubt in doubts { roots.append(doubt.when) }
    for clause in [selection, testDay, dueDay, applies] {
      if let clause { roots.append(clause) }
    }
    return roots
  }
}

/// `undetermined "reason" when E`.
package struct DoubtPlan: Hashable, Sendable {
  package let reason: String
  package let when: NodeID
}

/// Evidence that a condition asks for.
package struct EvidencePlan: Hashable, Sendable {
  package let kind: String
  package let detail: String
  package let isBreachWhenMissing: Bool
}

/// A consequence by its position in the condition, and its amount.
package struct ConsequencePlan: Hashable, Sendable {
  package let position: Int
  package let amount: NodeID?
}

/// A value that is asked for: its column, and the type that says how to read it.
package enum ValuePlan: Hashable, Sendable {
  case lowered(NodeID, ValueType)
  /// By the interpreter, for every contract; the words name the construct.
  case interpreted(String)
}

/// What a contract contributes to a question over `contracts`.
package struct ContributionPlan: Hashable, Sendable {
  package let question: PortfolioQuestion
  /// Whether it counts; of `some`, `no` and `every`, whether it decides. nil: it does.
  package let selection: NodeID?
  /// The number that it counts with; nil: it is only counted.
  package let value: NodeID?
  /// What has to hold, or the answer says that it rests on an absence.
  package let known: [NodeID]

  /// The operations that it rests on directly.
  package var roots: [NodeID] { [selection, value].compactMap { $0 } + known }
}

/// A decision table made ready: for each key the classes into which its values fall, and for each
/// combination of classes the row that fits.
package struct PlanTable: Hashable, Sendable {
  package let table: TableID
  package let keys: [KeyClasses]
  /// For every combination of classes, the first key the slowest to change.
  package let rows: [TableFit]
  /// By row: its number, where the results are numbers that the ruleset writes.
  package let numbers: [Fraction?]
}

/// The classes of one key's values. The last class but one is of every other value, and the last
/// one of an unknown value.
package enum KeyClasses: Hashable, Sendable {
  /// Codes: the sorted words that have a class of their own.
  case words([Int64])
  /// Numbers: sorted bounds; a value below all has class 0, one that equals the first 1, one
  /// between the first and the second 2, and so on.
  case bounds([Fraction])

  /// How many classes there are, that of an unknown value included.
  package var count: Int {
    switch self {
    case .words(let words): words.count + 2
    case .bounds(let bounds): 2 * bounds.count + 2
    }
  }
}

/// What a table says for a combination of classes.
package enum TableFit: Hashable, Sendable {
  case row(Int)
  case nothing
  case unknown
}
