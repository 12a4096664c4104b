// Reference data a ruleset declares: dated lists, parameters, decision tables, rates, missions.

package import ProvisoQuantities
package import ProvisoSource

/// `list tax_havens of country from "…" { dated by … }`.
package struct DatedList: Hashable, Sendable {
  package let name: String
  package let elementType: ValueType
  /// Names of the datings in declaration order. An undated list has one dating named "".
  package let datings: [String]
  /// Sorted by value text, then by the first dating's start. One entry a spell.
  package let entries: [ListEntry]
  /// The file it came from, as written; nil for a list written in the ruleset.
  package let file: String?
  package let span: SourceSpan

  package init(
    name: String, elementType: ValueType, datings: [String], entries: [ListEntry], file: String?,
    span: SourceSpan
  ) {
    self.name = name
    self.elementType = elementType
    self.datings = datings
    self.entries = entries
    self.file = file
    self.span = span
  }
}

/// One spell of one value, under every dating.
package struct ListEntry: Hashable, Sendable {
  package let value: Value
  /// One a dating: half-open `[from, until)`. A nil spell: the row gives no date under it.
  package let spells: [Spell?]
  package init(value: Value, spells: [Spell?]) {
    self.value = value
    self.spells = spells
  }
}

/// A half-open stretch of days, each end of which may be known only as "not before" a day.
package struct Spell: Hashable, Sendable {
  /// Nil: since ever.
  package let from: CalendarDate?
  /// The first day off the list; nil: still on it.
  package let until: CalendarDate?
  /// Whether `from` is only the earliest day it may have begun (`not before 2026-02-17`).
  package let isFromEarliest: Bool
  /// Whether `until` is only the earliest day it may have ended.
  package let isUntilEarliest: Bool

  package init(
    from: CalendarDate?, until: CalendarDate?, isFromEarliest: Bool = false,
    isUntilEarliest: Bool = false
  ) {
    self.from = from
    self.until = until
    self.isFromEarliest = isFromEarliest
    self.isUntilEarliest = isUntilEarliest
  }

  /// Whether a day lies in it, where both ends are known.
  package func contains(_ day: CalendarDate) -> Bool {
    if let from, day < from { return false }
    if let until, day >= until { return false }
    return true
  }

  /// Whether it has a day in common with a stretch that includes both its ends: unknown where that
  /// hangs on an end known only as "not before".
  package func meets(from begin: CalendarDate, to end: CalendarDate) -> Truth {
    guard begin <= end else { return .false }
    if let from, from > end { return .false }
    if let until, !isUntilEarliest, until <= begin { return .false }
    if let from, let until, !isUntilEarliest, until <= from { return .false }
    if isFromEarliest { return .unknown }
    if let until, isUntilEarliest {
      if until <= begin { return .unknown }
      if let from, until <= from { return .unknown }
    }
    return .true
  }
}

/// `parameter limit : gCO2e/kWh { 250 from 2019-11-14, … }` or a linear path.
package struct Parameter: Hashable, Sendable {
  package let name: String
  package let type: ValueType
  package let course: ParameterCourse
  package let span: SourceSpan
  package init(name: String, type: ValueType, course: ParameterCourse, span: SourceSpan) {
    self.name = name
    self.type = type
    self.course = course
    self.span = span
  }
}

/// How a parameter moves between its points.
package enum ParameterCourse: Hashable, Sendable {
  /// One value for all time.
  case constant(Value)
  /// Sorted by date; each holds until the next.
  case steps([ParameterStep])
  /// Sorted points joined by straight lines; `then` holds after the last one.
  case linear([PathPoint], then: Fraction?, countsYears: Bool)
}

/// One point of a parameter: a value and the day it holds from.
package struct ParameterStep: Hashable, Sendable {
  package let from: CalendarDate
  package let value: Value
  package init(from: CalendarDate, value: Value) {
    self.from = from
    self.value = value
  }
}

/// A point of a linear path. In a path of year points the position is the year number and is read
/// by the year of a period or date; in a path of dates it is the day number.
package struct PathPoint: Hashable, Sendable {
  package let position: Int
  /// How the point was written, for explanations: `2024` or `2024-06-30`.
  package let text: String
  package let value: Fraction
  package init(position: Int, text: String, value: Fraction) {
    self.position = position
    self.text = text
    self.value = value
  }
}

/// `table step_up(size: Size, year: integer) : bps { … }`.
package struct DecisionTable: Hashable, Sendable {
  package let name: String
  package let keys: [TableKey]
  package let resultType: ValueType
  /// In the order written. The checker has proved that at most one row fits any keys, `other`
  /// rows aside; an `other` cell fits what no other row fits.
  package let rows: [TableRow]
  package let file: String?
  package let span: SourceSpan
  package init(
    name: String, keys: [TableKey], resultType: ValueType, rows: [TableRow], file: String?,
    span: SourceSpan
  ) {
    self.name = name
    self.keys = keys
    self.resultType = resultType
    self.rows = rows
    self.file = file
    self.span = span
  }
}

/// One key of a table: its name and the type of its values.
package struct TableKey: Hashable, Sendable {
  package let name: String
  package let type: ValueType
  package init(name: String, type: ValueType) {
    self.name = name
    self.type = type
  }
}

/// One row of a table: a cell for each key, and the result.
package struct TableRow: Hashable, Sendable {
  /// One a key.
  package let cells: [TableCell]
  package let result: TableResult
  package let span: SourceSpan
  package init(cells: [TableCell], result: TableResult, span: SourceSpan) {
    self.cells = cells
    self.result = result
    self.span = span
  }
}

/// What a cell asks of its key.
package enum TableCell: Hashable, Sendable {
  case value(Value)
  case oneOf([Value])
  /// Numbers: `2 to 3`, `8 or more`, `over 5`, `under 5`; nil bounds are open.
  case interval(low: Fraction?, includesLow: Bool, high: Fraction?, includesHigh: Bool)
  /// Dates: `from A until B`, half-open.
  case spell(Spell)
  case any
  case other
}

/// What a row gives.
package enum TableResult: Hashable, Sendable {
  /// An expression without free variables.
  case expression(ExpressionID)
  case undetermined(String)
}

/// A dated list of exchange rates: `rates ecb from "…" { … }`.
package struct RateList: Hashable, Sendable {
  package let name: String
  /// Sorted by from, to, date.
  package let rates: [Rate]
  package let file: String?
  package let span: SourceSpan
  package init(name: String, rates: [Rate], file: String?, span: SourceSpan) {
    self.name = name
    self.rates = rates
    self.file = file
    self.span = span
  }
}

/// One unit of `from` is worth `rate` units of `to`, on `date` and until the next entry.
package struct Rate: Hashable, Sendable {
  package let from: CurrencyCode
  package let to: CurrencyCode
  package let date: CalendarDate
  package let rate: Fraction
  package init(from: CurrencyCode, to: CurrencyCode, date: CalendarDate, rate: Fraction) {
    self.from = from
    self.to = to
    self.date = date
    self.rate = rate
  }
}

/// A public purpose with its indicator, baseline, target and date, as far as it has them.
package struct Mission: Hashable, Sendable {
  package let name: String
  package let title: String
  package let indicator: ExpressionID?
  package let baseline: Period?
  package let target: MissionTarget?
  /// What is asked of the periods before the target's day; nil: nothing.
  package let path: MissionPath?
  package let reportedBy: String?
  package let slotCount: Int
  package let span: SourceSpan
  package init(
    name: String, title: String, indicator: ExpressionID?, baseline: Period?,
    target: MissionTarget?, path: MissionPath? = nil, reportedBy: String?, slotCount: Int,
    span: SourceSpan
  ) {
    self.name = name
    self.title = title
    self.indicator = indicator
    self.baseline = baseline
    self.target = target
    self.path = path
    self.reportedBy = reportedBy
    self.slotCount = slotCount
    self.span = span
  }
}

/// `target 100% reduction by 2045-12-31`, `target 40% increase by …`, `target at most 50 by …`.
package struct MissionTarget: Hashable, Sendable {
  /// Which way round a rate is quoted.
  package enum Direction: String, Hashable, Sendable {
    case reduction, increase
    case atMost = "at most"
    case atLeast = "at least"
  }
  package let direction: Direction
  /// A share of the baseline for reduction and increase, else in the indicator's base unit.
  package let value: Fraction
  package let by: CalendarDate?
  package init(direction: Direction, value: Fraction, by: CalendarDate?) {
    self.direction = direction
    self.value = value
    self.by = by
  }
}

/// `path straight`, `path reduction_path`: how a mission gets from its baseline to its target.
package enum MissionPath: Hashable, Sendable {
  /// The straight line from the baseline to the target on its day.
  case straight
  /// The share of the baseline that a parameter asks for at each period.
  case parameter(ParameterID)
}
