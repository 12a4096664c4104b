// Decision tables: keys in classes, and the row that fits each combination of classes.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// The most combinations of classes that are worked out beforehand.
  private static let combinationLimit = 65_536

  /// What a table gives for its keys.
  mutating func tableValue(
    _ id: TableID, _ keys: [ExpressionID]
  ) throws(NotLowered) -> Lowered {
    let row = try tableRow(id, keys)
    guard let position = tableIDs[id] else { throw NotLowered("a table") }
    let table = ruleset[id]
    if case .record = table.resultType { return .tableRecord(position, row: row) }
    if table.resultType.isQuantity,
      zip(plan.tables[position].numbers, table.rows).allSatisfy({ number, row in
        if case .undetermined = row.result { true } else { number != nil }
      })
    {
      return .number(try node(.tableNumber(position, row: row), of: list(of: row)))
    }
    return try rowValue(position, row, table.rows.map(\.written))
  }

  /// A field of the record that a table gives for its row.
  mutating func field(
    _ field: Int, ofRow row: NodeID, _ position: Int
  ) throws(NotLowered) -> Lowered {
    var results: [ExpressionID?] = []
    for written in ruleset[plan.tables[position].table].rows.map(\.written) {
      guard let written else {
        results.append(nil)
        continue
      }
      guard case .recordLiteral(_, let fields) = ruleset[written].kind,
        fields.indices.contains(field), let value = fields[field]
      else { throw NotLowered("a table whose results are worked out") }
      results.append(value)
    }
    return try rowValue(position, row, results)
  }

  /// A number or a word by the row of a table, where all rows write one; nil: the row gives none.
  private mutating func rowValue(
    _ position: Int, _ row: NodeID, _ results: [ExpressionID?]
  ) throws(NotLowered) -> Lowered {
    var numbers: [Fraction?] = []
    var words: [Int64?] = []
    var sample: Lowered?
    for result in results {
      let value = try result.map { id throws(NotLowered) in try lower(id) }
      let written = value.map { self.written($0) }
      sample = value ?? sample
      guard result == nil || written?.number != nil || written?.word != nil else {
        throw NotLowered("a table whose results are worked out")
      }
      numbers.append(written?.number)
      words.append(written?.word)
    }
    let list = list(of: row)
    switch sample {
    case .number: return .number(try node(.rowNumber(position, row: row, numbers), of: list))
    case .day:
      guard !words.contains(WordCode.none) else { throw NotLowered("a table that gives no day") }
      return .day(try node(.rowWord(position, row: row, words), of: list))
    case .code(_, let kind):
      return .code(try node(.rowWord(position, row: row, words), of: list), kind)
    case .period(_, let length):
      return .period(try node(.rowWord(position, row: row, words), of: list), length)
    case .truth:
      return .truth(try truth(ofWord: try node(.rowWord(position, row: row, words), of: list)))
    case .text: return .code(try node(.rowWord(position, row: row, words), of: list), .text)
    default: throw NotLowered("a table whose results are worked out")
    }
  }

  /// The number or the word of a value, where the ruleset writes it.
  private mutating func written(_ value: Lowered) -> (number: Fraction?, word: Int64?) {
    switch value {
    case .number(let id): return (constant(id), nil)
    case .day(let id), .code(let id, _), .period(let id, _): return (nil, word(id))
    case .truth(let id):
      if case .truth(let holds) = plan[id].kind { return (nil, holds ? 1 : 0) }
      return (nil, nil)
    case .text(let text): return (nil, word(ofText: text))
    default: return (nil, nil)
    }
  }

  /// The row of a table that fits the keys.
  mutating func tableRow(_ id: TableID, _ keys: [ExpressionID]) throws(NotLowered) -> NodeID {
    let position = try self.table(id)
    var nodes: [NodeID] = []
    for (key, classes) in zip(keys, plan.tables[position].keys) {
      switch (try lower(key), classes) {
      case (.number(let node), .bounds), (.day(let node), .bounds), (.code(let node, _), .words):
        nodes.append(node)
      case (.period(let node, _), .words): nodes.append(node)
      case (.text(let text), .words): nodes.append(try node(.word(word(ofText: text))))
      case (.truth(let truth), .words):
        nodes.append(try node(.wordOfTruth(truth), of: list(of: truth)))
      default: throw NotLowered("a table's key of another kind")
      }
    }
    let (operands, list) = try aligned(nodes)
    return try node(.tableRow(position, keys: operands), of: list)
  }

  /// A table made ready.
  private mutating func table(_ id: TableID) throws(NotLowered) -> Int {
    if let known = tableIDs[id] { return known }
    let table = ruleset[id]
    var keys: [KeyClasses] = []
    for (index, key) in table.keys.enumerated() {
      keys.append(try classes(of: table.rows.map { $0.cells[index] }, key.type))
    }
    let count = keys.reduce(1) { $0 > Self.combinationLimit ? $0 : $0 * $1.count }
    guard count <= Self.combinationLimit else { throw NotLowered("a table of many combinations") }
    var rows: [TableFit] = []
    rows.reserveCapacity(count)
    var combination = [Int](repeating: 0, count: keys.count)
    for _ in 0..<count {
      rows.append(fit(table, keys, combination))
      // The next combination, the last key the fastest to change.
      var index = keys.count - 1
      while index >= 0 {
        combination[index] += 1
        if combination[index] < keys[index].count { break }
        combination[index] = 0
        index -= 1
      }
    }
    let numbers = table.rows.map { row -> Fraction? in
      guard case .expression(let id) = row.result, case .literal(let value) = ruleset[id].kind,
        case .quantity(let number) = value
      else { return nil }
      return number
    }
    let position = plan.tables.count
    plan.tables.append(PlanTable(table: id, keys: keys, rows: rows, numbers: numbers))
    tableIDs[id] = position
    return position
  }

  // MARK: Classes

  private mutating func classes(
    of cells: [TableCell], _ type: ValueType
  ) throws(NotLowered) -> KeyClasses {
    switch type {
    case .quantity, .ratio, .wholeNumber, .date, .event:
      var bounds: Set<Fraction> = []
      for cell in cells { for bound in try self.bounds(of: cell) { bounds.insert(bound) } }
      return .bounds(bounds.sorted())
    case .country, .currency, .nace, .enumeration, .period(_?), .boolean, .text, .lei:
      var words: Set<Int64> = []
      for value in cells.flatMap(\.values) {
        guard let word = word(of: value) else { throw NotLowered("a table's cell") }
        words.insert(word)
      }
      return .words(words.sorted())
    default: throw NotLowered("a table with a key of another kind")
    }
  }

  private func bounds(of cell: TableCell) throws(NotLowered) -> [Fraction] {
    switch cell {
    case .any, .other: return []
    case .value, .oneOf:
      var bounds: [Fraction] = []
      for value in cell.values { bounds.append(try number(value)) }
      return bounds
    case .interval(let low, _, let high, _): return [low, high].compactMap { $0 }
    case .spell(let spell):
      return [spell.from, spell.until].compactMap { $0 }.map { Fraction(Int($0.dayNumber)) }
    }
  }

  private func number(_ value: Value) throws(NotLowered) -> Fraction {
    switch value {
    case .quantity(let number): number
    case .date(let date): Fraction(Int(date.dayNumber))
    default: throw NotLowered("a table's cell")
    }
  }

  // MARK: Fitting

  /// The row that fits a combination: rows without `other` are asked first, then those with one,
  /// and so on; one that may fit leaves it open.
  private func fit(
    _ table: DecisionTable, _ keys: [KeyClasses], _ combination: [Int]
  ) -> TableFit {
    for otherCount in 0...table.keys.count {
      var mayFit = false
      for (position, row) in table.rows.enumerated() {
        guard row.cells.count(where: { $0 == .other }) == otherCount else { continue }
        var truth = Truth.true
        for (index, cell) in row.cells.enumerated() {
          truth = truth && fits(cell, keys[index], combination[index])
        }
        if truth.isTrue { return .row(position) }
        if truth == .unknown { mayFit = true }
      }
      if mayFit { return .unknown }
    }
    return .nothing
  }

  private func fits(_ cell: TableCell, _ key: KeyClasses, _ position: Int) -> Truth {
    if case .any = cell { return .true }
    if case .other = cell { return .true }
    let isUnknown = position == key.count - 1
    switch key {
    case .words(let words):
      if isUnknown { return cell.values.isEmpty ? .false : .unknown }
      guard position < words.count else { return .false }
      return Truth(cell.values.contains { knownWord(of: $0) == words[position] })
    case .bounds(let bounds):
      if isUnknown { return unknownFits(cell) }
      // Whether the class lies below, at or above a bound.
      func order(_ bound: Fraction) -> Int {
        guard let index = bounds.firstIndex(of: bound) else { return 0 }
        return (position - (2 * index + 1)).signum()
      }
      switch cell {
      case .any, .other: return .true
      case .value, .oneOf:
        return Truth(cell.values.contains { (try? number($0)).map(order) == 0 })
      case .interval(let low, let includesLow, let high, let includesHigh):
        let isAbove = low.map { order($0) > (includesLow ? -1 : 0) } ?? true
        let isBelow = high.map { order($0) < (includesHigh ? 1 : 0) } ?? true
        return Truth(isAbove && isBelow)
      case .spell(let spell):
        let begins = spell.from.map { order(Fraction(Int($0.dayNumber))) >= 0 } ?? true
        let ends = spell.until.map { order(Fraction(Int($0.dayNumber))) < 0 } ?? true
        return Truth(begins && ends)
      }
    }
  }

  /// Whether a value of which nothing is known fits: an interval without bounds takes any number.
  private func unknownFits(_ cell: TableCell) -> Truth {
    switch cell {
    case .interval(nil, _, nil, _): .true
    case .oneOf(let values) where values.isEmpty: .false
    default: .unknown
    }
  }
}

extension TableRow {
  /// What it gives; nil where it says that nothing can be said.
  fileprivate var written: ExpressionID? {
    if case .expression(let result) = result { result } else { nil }
  }
}

extension TableCell {
  /// The values that it names.
  var values: [Value] {
    switch self {
    case .value(let value): [value]
    case .oneOf(let values): values
    case .interval, .spell, .any, .other: []
    }
  }
}
