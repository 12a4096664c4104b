// Whether a decision table has exactly one row for every input, and which inputs it has not.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// A class of values of one key that no row of the table tells apart.
struct KeyClass {
  /// The class in words: "`sme`", "10 or more".
  let words: String
  /// The rows that name the class, in order.
  var rows: [Int] = []
}

/// The classes of one key, and the rows that name none.
struct KeyClasses {
  let name: String
  var classes: [KeyClass]
  /// The rows whose cell says `any`, and those whose cell says `other`, in order.
  var any: [Int] = []
  var other: Set<Int> = []
}

extension Checking {
  /// Reports the gaps and overlaps of every table.
  ///
  /// Each key's values are cut into classes at the bounds the rows name, and the classes are gone
  /// through key by key with the rows that still fit; a branch without rows is one gap. Values
  /// below zero are counted in only where a row names one, and a whole number is counted from 1
  /// where 1 is the least any row names. A row with fewer `other` cells goes before one with more.
  func checkTableCoverage() {
    guard !hasError else { return }
    for (index, table) in tables.enumerated() where !table.rows.isEmpty {
      let keys = table.keys.enumerated().map { position, key in
        classes(of: key, table.rows.map { $0.cells[position] })
      }
      var search = CoverageSearch(keys: keys.compactMap { $0 }, rowCount: table.rows.count)
      search.run(isWhole: keys.allSatisfy { $0 != nil })
      report(search, table, mayHaveGaps: !unguardedTables.contains(index))
    }
    for table in tables where table.rows.isEmpty {
      report(
        ReferencePages.tableGap, "the table `\(table.name)` has no rows", at: table.span,
        help: ["write a row for every input, or `any => …`"])
    }
  }

  private func report(_ search: CoverageSearch, _ table: DecisionTable, mayHaveGaps: Bool) {
    for overlap in search.overlaps.prefix(3) {
      report(
        ReferencePages.tableOverlap,
        "two rows of `\(table.name)` fit \(overlap.inputs)", at: table.rows[overlap.second].span,
        "fits too", also: [LabelledSpan(table.rows[overlap.first].span, "fits")],
        help: ["narrow one of the two rows"])
    }
    if !search.gaps.isEmpty, !mayHaveGaps {
      let shown = search.gaps.prefix(5)
      let more = search.gaps.count > 5 || search.isCut
      report(
        ReferencePages.tableGap,
        "`\(table.name)` has no row for \(shown.joined(separator: "; "))"
          + (more ? "; and more" : ""),
        at: table.span,
        help: [
          "add the missing rows, or `other => undetermined \"…\"`",
          "or ask first: `\(question(table))`",
        ])
    }
    if search.isCut, search.gaps.isEmpty, search.overlaps.isEmpty {
      report(
        ReferencePages.tableNotProved,
        "`\(table.name)` is too large to prove that every input has one row", at: table.span,
        help: ["an input without a row is unknown, never a pass; split the table to have it proved"]
      )
    }
  }

  private func question(_ table: DecisionTable) -> String {
    let keys = table.keys.map(\.name).joined(separator: ", ")
    return table.keys.count == 1 ? "\(keys) in \(table.name)" : "(\(keys)) in \(table.name)"
  }

  // MARK: - Classes

  /// Cuts a key's values into classes; nil where that would be too much work.
  private func classes(of key: TableKey, _ cells: [TableCell]) -> KeyClasses? {
    var result: KeyClasses
    switch key.type {
    case .date, .event:
      let ranges = dateRanges(Set(cells.flatMap(\.dates)).sorted())
      guard let named = intervals(cells, ranges.map(\.words), { $0.contains(ranges[$1].first) })
      else { return nil }
      result = KeyClasses(name: key.name, classes: named)
    case let type where type.isQuantity:
      let ranges = numberRanges(cells, type)
      guard let named = intervals(cells, ranges.map(\.words), { $0.contains(ranges[$1].sample) })
      else { return nil }
      result = KeyClasses(name: key.name, classes: named)
    default: result = KeyClasses(name: key.name, classes: named(key.type, cells))
    }
    for (row, cell) in cells.enumerated() {
      switch cell {
      case .any: result.any.append(row)
      case .other: result.other.insert(row)
      default: continue
      }
    }
    return result
  }

  /// The rows of each stretch of days or numbers: work is rows times stretches, up to a bound.
  private func intervals(
    _ cells: [TableCell], _ words: [String], _ fits: (TableCell, Int) -> Bool
  ) -> [KeyClass]? {
    guard cells.count * words.count <= 500_000 else { return nil }
    var classes = words.map { KeyClass(words: $0) }
    for (row, cell) in cells.enumerated() where cell != .any && cell != .other {
      for index in classes.indices where fits(cell, index) { classes[index].rows.append(row) }
    }
    return classes
  }

  /// A class for every value that can be named, and one for all others where there are others.
  private func named(_ type: ValueType, _ cells: [TableCell]) -> [KeyClass] {
    var words: [String] = []
    var values: [Value] = []
    switch type {
    case .boolean: (values, words) = ([.boolean(true), .boolean(false)], ["true", "false"])
    case .enumeration(let id):
      let members = enumerations[id.index].members
      values = members.indices.map(Value.member)
      words = members.map { "`\($0)`" }
    default:
      var seen = Set<Value>()
      values = cells.flatMap(\.values).filter { seen.insert($0).inserted }
      words = values.map { "`\(sortText($0))`" } + ["any other \(written(type))"]
    }
    var classes = words.map { KeyClass(words: $0) }
    // Lookup only.
    let positions = Dictionary(zip(values, values.indices), uniquingKeysWith: { one, _ in one })
    for (row, cell) in cells.enumerated() {
      for value in cell.values {
        guard let index = positions[value], classes[index].rows.last != row else { continue }
        classes[index].rows.append(row)
      }
    }
    return classes
  }

  private struct DateRange {
    let first: CalendarDate
    let words: String
  }

  private func dateRanges(_ points: [CalendarDate]) -> [DateRange] {
    guard let first = points.first else { return [DateRange(first: .first, words: "any day")] }
    var ranges: [DateRange] = []
    if first > .first { ranges.append(DateRange(first: .first, words: "days before \(first)")) }
    for (index, point) in points.enumerated() {
      let words =
        index + 1 < points.count
        ? (point.adding(days: 1) == points[index + 1]
          ? "\(point)" : "days from \(point) until \(points[index + 1])")
        : "days from \(point)"
      ranges.append(DateRange(first: point, words: words))
    }
    return ranges
  }

  private struct NumberRange {
    let sample: Fraction
    let words: String
  }

  /// Cuts the number line at every bound: the bounds themselves and what lies between them.
  private func numberRanges(_ cells: [TableCell], _ type: ValueType) -> [NumberRange] {
    let bounds = Set(cells.flatMap(\.numbers)).sorted()
    let isWhole = type == .wholeNumber
    let unit = type.displayUnit ?? .one
    let text = { (value: Fraction) -> String in
      let number = (try? unit.number(of: value)) ?? value
      return unit.symbol.isEmpty || isWhole
        ? "\(number)"
        : unit.isPercentLike
          ? "\(number)\(unit.symbol == "%" ? "%" : " bps")"
          : "\(number) \(unit.symbol)"
    }
    guard let least = bounds.first, let greatest = bounds.last else {
      return [NumberRange(sample: .one, words: "any number")]
    }
    var ranges: [NumberRange] = []
    let one = Fraction.one
    if least.sign < 0 {
      if let below = try? least - one {
        ranges.append(NumberRange(sample: below, words: "under \(text(least))"))
      }
    } else if least.sign > 0, !(isWhole && least == .one) {
      ranges.append(NumberRange(sample: .zero, words: "0 to under \(text(least))"))
    }
    for (index, bound) in bounds.enumerated() {
      ranges.append(NumberRange(sample: bound, words: text(bound)))
      guard index + 1 < bounds.count else { continue }
      let next = bounds[index + 1]
      if isWhole {
        guard let after = try? bound.floor() + one, after < next else { continue }
        let last = (try? next - one) ?? after
        ranges.append(
          NumberRange(
            sample: after,
            words: after == last ? text(after) : "\(text(after)) to \(text(last))"))
      } else if let sum = try? bound + next, let middle = try? sum / Fraction(2) {
        ranges.append(
          NumberRange(sample: middle, words: "over \(text(bound)) and under \(text(next))"))
      }
    }
    if let above = try? greatest + one {
      ranges.append(
        NumberRange(
          sample: above,
          words: isWhole ? "\(text(above)) or more" : "over \(text(greatest))"))
    }
    return ranges
  }
}

extension TableCell {
  /// The single values a cell names.
  fileprivate var values: [Value] {
    switch self {
    case .value(let value): [value]
    case .oneOf(let values): values
    default: []
    }
  }

  fileprivate func names(_ value: Value) -> Bool {
    switch self {
    case .value(let named): named == value
    case .oneOf(let named): named.contains(value)
    default: false
    }
  }

  /// The days at which what a cell says changes.
  fileprivate var dates: [CalendarDate] {
    switch self {
    case .spell(let spell): return [spell.from, spell.until].compactMap { $0 }
    case .value, .oneOf:
      return values.flatMap { value -> [CalendarDate] in
        guard case .date(let date) = value else { return [] }
        return [date, date.adding(days: 1)].compactMap { $0 }
      }
    default: return []
    }
  }

  fileprivate func contains(_ day: CalendarDate) -> Bool {
    if case .spell(let spell) = self { return spell.contains(day) }
    return names(.date(day))
  }

  /// The numbers at which what a cell says changes.
  fileprivate var numbers: [Fraction] {
    switch self {
    case .interval(let low, _, let high, _): return [low, high].compactMap { $0 }
    default:
      return values.compactMap { value in
        guard case .quantity(let number) = value else { return nil }
        return number
      }
    }
  }

  fileprivate func contains(_ number: Fraction) -> Bool {
    guard case .interval(let low, let includesLow, let high, let includesHigh) = self else {
      return names(.quantity(number))
    }
    if let low, number < low || (number == low && !includesLow) { return false }
    if let high, number > high || (number == high && !includesHigh) { return false }
    return true
  }
}
