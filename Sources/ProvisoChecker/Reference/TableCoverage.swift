// Whether a decision table has exactly one row for every input, and which inputs it has not.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// A class of values of one key that no row of the table tells apart.
private struct KeyClass {
  /// The class in words: "`sme`", "10 or more".
  let words: String
  /// The rows whose cell fits by naming the class or saying `any`, and those that say `other`.
  var named: [Int] = []
  var other: [Int] = []
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
      var search = CoverageSearch(
        keys: table.keys.enumerated().map { position, key in
          classes(of: key, table.rows.map { $0.cells[position] })
        }, rows: table.rows)
      search.run()
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
          "or ask first: `(\(table.keys.map(\.name).joined(separator: ", "))) in \(table.name)`",
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

  // MARK: - Classes

  private func classes(of key: TableKey, _ cells: [TableCell]) -> [KeyClass] {
    var classes: [KeyClass]
    let fits: (TableCell, Int) -> Bool
    switch key.type {
    case .boolean:
      classes = [KeyClass(words: "true"), KeyClass(words: "false")]
      fits = { cell, index in cell.names(.boolean(index == 0)) }
    case .enumeration(let id):
      let members = enumerations[id.index].members
      classes = members.map { KeyClass(words: "`\($0)`") }
      fits = { cell, index in cell.names(.member(index)) }
    case .date, .event:
      let points = Set(cells.flatMap(\.dates)).sorted()
      let ranges = dateRanges(points)
      classes = ranges.map { KeyClass(words: $0.words) }
      fits = { cell, index in cell.contains(ranges[index].first) }
    case let type where type.isQuantity:
      let ranges = numberRanges(cells, type)
      classes = ranges.map { KeyClass(words: $0.words) }
      fits = { cell, index in cell.contains(ranges[index].sample) }
    default:
      var named: [Value] = []
      var seen = Set<Value>()
      for value in cells.flatMap(\.values) where seen.insert(value).inserted {
        named.append(value)
      }
      classes = named.map { KeyClass(words: "`\(sortText($0))`") }
      classes.append(KeyClass(words: "any other \(written(key.type))"))
      fits = { cell, index in index < named.count && cell.names(named[index]) }
    }
    // Work is rows times classes; beyond a bound the table is not proved, which is said.
    guard classes.count * cells.count <= 4_000_000 else { return [] }
    for index in classes.indices {
      for (row, cell) in cells.enumerated() {
        switch cell {
        case .other: classes[index].other.append(row)
        case .any: classes[index].named.append(row)
        default: if fits(cell, index) { classes[index].named.append(row) }
        }
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

/// The walk through the classes of all keys, with a bound on its work.
private struct CoverageSearch {
  struct Overlap {
    let first: Int
    let second: Int
    let inputs: String
  }

  let keys: [[KeyClass]]
  let rows: [TableRow]
  private(set) var gaps: [String] = []
  private(set) var overlaps: [Overlap] = []
  private(set) var isCut = false
  private var work = 0
  private var seenPairs = Set<[Int]>()

  private static let workLimit = 2_000_000

  init(keys: [[KeyClass]], rows: [TableRow]) {
    self.keys = keys
    self.rows = rows
  }

  mutating func run() {
    if keys.contains(where: \.isEmpty) {
      isCut = true
      return
    }
    visit(0, Array(rows.indices), [Int](repeating: 0, count: rows.count), [])
  }

  /// - Parameters:
  ///   - candidates: The rows that fit the classes chosen so far, in order.
  ///   - others: How many `other` cells each row has used.
  private mutating func visit(
    _ key: Int, _ candidates: [Int], _ others: [Int], _ inputs: [String]
  ) {
    guard work < Self.workLimit, gaps.count < 20, overlaps.count < 20 else {
      isCut = true
      return
    }
    guard !candidates.isEmpty else {
      let open = keys[key...].isEmpty ? inputs : inputs + Array(repeating: "", count: 0)
      gaps.append(describe(open))
      return
    }
    guard key < keys.count else {
      decide(candidates, others, inputs)
      return
    }
    for keyClass in keys[key] {
      work += candidates.count + keyClass.named.count + keyClass.other.count
      var kept: [Int] = []
      var used = others
      let named = Set(keyClass.named)
      let other = Set(keyClass.other)
      for row in candidates {
        if named.contains(row) {
          kept.append(row)
        } else if other.contains(row) {
          kept.append(row)
          used[row] += 1
        }
      }
      visit(key + 1, kept, used, inputs + [keyClass.words])
    }
  }

  private mutating func decide(_ candidates: [Int], _ others: [Int], _ inputs: [String]) {
    guard let fewest = candidates.map({ others[$0] }).min() else { return }
    let fitting = candidates.filter { others[$0] == fewest }
    guard fitting.count > 1, seenPairs.insert([fitting[0], fitting[1]]).inserted else { return }
    overlaps.append(Overlap(first: fitting[0], second: fitting[1], inputs: describe(inputs)))
  }

  private func describe(_ inputs: [String]) -> String {
    inputs.isEmpty ? "any input" : inputs.joined(separator: ", ")
  }
}
