// Lists that a ruleset makes: windows of a series, ranges of numbers and periods.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// The most members a range of numbers may have; a longer one is unknown.
  private static var memberLimit: Int { 10_000 }

  /// `ebitda over 4 quarters to period`: the values of the last n periods, oldest first.
  ///
  /// Where the period is longer than the series' own, the window ends with its last part.
  mutating func window(
    _ series: ExpressionID, _ count: ExpressionID, _ length: PeriodLength, to end: ExpressionID
  ) -> Term {
    let source = quietly { $0.evaluate(series) }
    let number = scalar(count)
    let last = scalar(end)
    guard case .series(let timed) = source else { return .unknown(source.found.reasons) }
    guard case .quantity(let wanted) = number.value, let lastDay = day(of: last) else {
      let unknown = number.reasons.union(last.reasons)
      return .unknown(unknown.isEmpty ? reason(.eventIsNone) : unknown)
    }
    guard let size = wanted.wholeValue, size >= 0, size <= periodLimit else {
      return .unknown(reason(.tooLong, "window"))
    }
    let newest = Period.containing(lastDay, length: length)
    var members: [ListMember] = []
    for back in stride(from: size - 1, through: 0, by: -1) {
      guard let period = newest.advanced(by: -back) else {
        return .unknown(reason(.dateOutOfRange))
      }
      let path = FactPath.entry(timed.path, "\(period)")
      members.append(ListMember(.scalar(value(of: timed, for: period)), path: path))
    }
    return .list(ListTerm(members: members, path: timed.path))
  }

  private mutating func value(of series: SeriesTerm, for period: Period) -> Found {
    switch series.content {
    case .facts(let entries, let field):
      return quietly { $0.read(period, entries, field, series.path) }
    case .computed(let values, _, _):
      return values[period]
        ?? Found(
          unknown: ReasonSet(
            Reason(.noEntry, subject: series.path.text, detail: "\(period)")))
    }
  }

  /// `1 to 5`, `2021 to 2024`; empty when the second is before the first.
  mutating func range(_ from: ExpressionID, _ to: ExpressionID) -> Term {
    let first = scalar(from)
    let last = scalar(to)
    var values: [Value] = []
    switch (first.value, last.value) {
    case (.quantity(let low), .quantity(let high)):
      guard let low = low.wholeValue, let high = high.wholeValue else {
        return .unknown(reason(.badExponent, "range"))
      }
      guard high >= low else { break }
      let (size, overflows) = high.subtractingReportingOverflow(low)
      guard !overflows, size < Self.memberLimit else { return .unknown(reason(.tooLong, "range")) }
      values = (low...high).map { .quantity(Fraction($0)) }
    case (.period(let low), .period(let high)):
      guard let size = low.distance(to: high) else { return .unknown(reason(.noEntry, "range")) }
      guard size < periodLimit else { return .unknown(reason(.tooLong, "range")) }
      if size >= 0 { values = (0...size).compactMap { low.advanced(by: $0) }.map(Value.period) }
    default:
      let unknown = first.reasons.union(last.reasons)
      return .unknown(unknown.isEmpty ? reason(.eventIsNone) : unknown)
    }
    return .list(ListTerm(members: values.map { ListMember(.scalar(Found($0))) }))
  }
}
