// The operations of a plan: each makes one column out of columns made before it.

package import ProvisoModel
package import ProvisoQuantities

/// The position of an operation in its plan.
package struct NodeID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// One operation and the column it makes.
package struct PlanNode: Hashable, Sendable {
  package let kind: NodeKind
  /// The list for whose members it has a value each; nil: for the contracts themselves.
  package let list: ListColumnID?
}

/// What an operation does. Its operands stand before it, and are of the same list unless the
/// operation is what leads from one to another.
///
/// Numbers, days, periods and codes are words beside a mask of what is unknown; truths are two
/// masks. `scope` is what a reason that the operation itself gives is about.
package enum NodeKind: Hashable, Sendable {
  // Words.
  case column(ColumnID)
  /// A day, a period or a code that the ruleset writes.
  case word(Int64)
  /// A number that the ruleset writes.
  case number(Fraction)
  /// What is said of a contract, said of each member of its list; or what is said of a member, said
  /// of each pair it is in.
  case spread(NodeID)
  case add(NodeID, NodeID)
  case subtract(NodeID, NodeID)
  case multiply(NodeID, NodeID)
  case divide(NodeID, NodeID, scope: String)
  case negate(NodeID)
  case least(NodeID, NodeID)
  case greatest(NodeID, NodeID)
  /// The section of a NACE code.
  case section(NodeID)
  /// A day a duration later.
  case moved(NodeID, CalendarDuration, MonthConvention, scope: String)
  /// The time from one day to another.
  case counted(TimeUnit, TimeCount, from: NodeID, to: NodeID, MonthConvention, scope: String)
  /// The period of a length in which a day lies.
  case periodOf(NodeID, PeriodLength, scope: String)
  /// The first day of a period, or its last.
  case periodDay(NodeID, PeriodLength, isLast: Bool)
  /// The multiple of a number that a mode of rounding makes of another.
  case round(NodeID, to: Fraction, RoundingMode)
  /// The first where the truth holds, the second where it does not; unknown where it is unknown
  /// and the two are not known to be the same.
  case choose(NodeID, NodeID, otherwise: NodeID)
  /// The first where it is known and has happened, else the second.
  case orElse(NodeID, NodeID)
  /// The value of a parameter on a day.
  case parameter(ParameterID, NodeID, scope: String)
  /// The value of the entry of a dated level that holds on a day, by the entries' days and values.
  case level(ListColumnID, day: NodeID, dates: NodeID, values: NodeID, scope: String)
  /// The entry of a series for a period, by the entries' periods and values.
  case entry(ListColumnID, PeriodLength, period: NodeID, periods: NodeID, values: NodeID)
  /// A period so many later; one before the year 1 or after 9999 is left to the interpreter.
  case periodMoved(NodeID, PeriodLength, by: Int)
  /// A day a duration of the contract's own later, or earlier.
  case movedBy(NodeID, NodeID, isSubtracted: Bool, MonthConvention, scope: String)
  /// 1 where a truth holds, 0 where it does not.
  case wordOfTruth(NodeID)
  /// An amount in another currency: the amount, its own currency, and the day of the rate.
  case convert(NodeID, NodeID, on: NodeID, to: CurrencyCode, RatesID, scope: String)
  /// The row of a table that fits the keys.
  case tableRow(Int, keys: [NodeID])
  /// The number that a table gives for its row.
  case tableNumber(Int, row: NodeID)
  /// A number, or a word, out of what a table gives for its row; nil where the row gives none.
  case rowNumber(Int, row: NodeID, [Fraction?])
  case rowWord(Int, row: NodeID, [Int64?])
  /// How many members of a list a truth holds for.
  case memberCount(ListColumnID, NodeID)
  /// The least or the greatest of a number over the members of a list for which a truth holds.
  case memberExtreme(ListColumnID, where: NodeID?, NodeID, isLeast: Bool, scope: String)
  /// The average of a number over the members of a list for which a truth holds.
  case memberAverage(ListColumnID, where: NodeID?, NodeID, scope: String)
  /// The sum of a number over the members of a list for which a truth holds.
  case memberSum(ListColumnID, where: NodeID?, NodeID)

  /// What is said of the entries of a chain's entity, where they agree; the chain's members have to
  /// be there.
  case entity(NodeID, reached: NodeID)
  /// The sum of the products along the paths to an entity.
  case through(reached: NodeID)

  // Truths.
  /// A truth about a contract, said of each member of its list.
  case spreadTruth(NodeID)
  case truth(Bool)
  /// A column of booleans.
  case isTrue(ColumnID)
  case compare(ComparisonOperator, NodeID, NodeID)
  case not(NodeID)
  case and([NodeID])
  case or([NodeID])
  /// The first where the truth holds, the second where it does not.
  case chooseTruth(NodeID, NodeID, otherwise: NodeID)
  /// The first where it is known, else the second.
  case orElseTruth(NodeID, NodeID)
  case isKnown(NodeID)
  case isNone(NodeID)
  /// An event by a day; the event's path is what a reason is about.
  case happenedBy(NodeID, NodeID, path: String, scope: String)
  /// Whether a code is on a list on a day, or on some day of a stretch.
  case listed(NodeID, ListedOn, from: NodeID, to: NodeID, scope: String)
  /// Whether a table has a row for the keys.
  case tableHas(row: NodeID)
  /// Whether a truth holds for some member of a list.
  case someMember(ListColumnID, NodeID)
  case conditionState(ConditionID, ConditionState)
  /// Whether an entity of a chain is certainly reached, by what is said of each link; it makes the
  /// chain's members.
  case reached(NodeID)
  /// A truth; the rows for which it holds are left to the interpreter.
  case leftOpen(NodeID)
  case entityTruth(NodeID, reached: NodeID)
  /// Never known: two currencies that meet without a conversion. The truth is what would be asked
  /// of the amounts; where these are unknown, nobody asks for their currencies.
  case mixedCurrencies(NodeID, NodeID, NodeID, scope: String)
}

/// Which list a question of membership is about, and how its days are read.
package struct ListedOn: Hashable, Sendable {
  package let list: ListID
  package let dating: Int
  package let delay: CalendarDuration?
  package let delayConvention: MonthConvention
}

extension NodeKind {
  /// The operations whose columns it reads, in order.
  package var operands: [NodeID] {
    switch self {
    case .column, .word, .number, .truth, .isTrue, .conditionState: []
    case .spread(let operand), .spreadTruth(let operand), .negate(let operand),
      .section(let operand),
      .moved(let operand, _, _, _), .periodOf(let operand, _, _), .parameter(_, let operand, _),
      .periodDay(let operand, _, _), .round(let operand, _, _),
      .tableNumber(_, let operand), .rowNumber(_, let operand, _), .rowWord(_, let operand, _),
      .periodMoved(let operand, _, _), .wordOfTruth(let operand),
      .memberCount(_, let operand), .not(let operand), .isKnown(let operand),
      .isNone(let operand), .tableHas(let operand), .someMember(_, let operand),
      .through(let operand), .reached(let operand), .leftOpen(let operand):
      [operand]
    case .add(let left, let right), .subtract(let left, let right),
      .multiply(let left, let right), .divide(let left, let right, _),
      .least(let left, let right), .greatest(let left, let right),
      .counted(_, _, let left, let right, _, _), .orElse(let left, let right),
      .orElseTruth(let left, let right),
      .entity(let left, let right), .entityTruth(let left, let right),
      .compare(_, let left, let right), .happenedBy(let left, let right, _, _),
      .movedBy(let left, let right, _, _, _):
      [left, right]
    case .choose(let truth, let first, let second),
      .chooseTruth(let truth, let first, let second):
      [truth, first, second]
    case .listed(let subject, _, let from, let to, _): [subject, from, to]
    case .level(_, let day, let dates, let values, _): [day, dates, values]
    case .entry(_, _, let period, let periods, let values): [period, periods, values]
    case .convert(let amount, let currency, let day, _, _, _): [amount, currency, day]
    case .mixedCurrencies(let truth, let first, let second, _): [truth, first, second]
    case .tableRow(_, let keys): keys
    case .memberSum(_, let condition, let body), .memberExtreme(_, let condition, let body, _, _),
      .memberAverage(_, let condition, let body, _):
      (condition.map { [$0] } ?? []) + [body]
    case .and(let operands), .or(let operands): operands
    }
  }

  /// Whether it makes a column of truths.
  package var isTruth: Bool {
    switch self {
    case .spreadTruth, .truth, .isTrue, .compare, .not, .and, .or, .chooseTruth, .orElseTruth,
      .isKnown,
      .isNone, .happenedBy,
      .listed,
      .tableHas, .someMember, .conditionState, .reached, .leftOpen, .entityTruth,
      .mixedCurrencies:
      true
    default: false
    }
  }
}
