// Binding of comparisons and tables: thresholds and cells in the words of the columns.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension BoundProgram {
  // MARK: Comparisons

  func bindComparison(
    _ comparison: ComparisonOperator, _ left: NodeID, _ right: NodeID
  ) throws -> BoundOperation<Word> {
    if let value = constant(right), !has(left) {
      return .compareConstant(left.index, try test(comparison, value, nodes[left.index].factor))
    }
    if let value = constant(left), !has(right) {
      let test = try test(comparison.reversed, value, nodes[right.index].factor)
      return .compareConstant(right.index, test)
    }
    let ratio = try nodes[left.index].factor / nodes[right.index].factor
    let isReversed = nodes[right.index].factor.sign < 0
    let (numerator, denominator) = try parts(ratio)
    return .compare(
      WordComparison(
        comparison: isReversed ? comparison.reversed : comparison, left: numerator,
        right: denominator), left.index, right.index)
  }

  private func parts(_ value: Fraction) throws -> (Word, Word) {
    guard let (numerator, denominator) = value.smallParts else { throw Unbound() }
    return (Word(numerator), Word(denominator))
  }

  private func constant(_ id: NodeID) -> Fraction? {
    guard case .fill(let word) = nodes[id.index].operation else { return nil }
    switch layout.plan[id].kind {
    case .word: return Int(exactly: word).map { Fraction($0) }
    case .number(let value): return value
    default: return nil
    }
  }

  /// `word × factor ⋚ value` as a test of the word.
  private func test(
    _ comparison: ComparisonOperator, _ value: Fraction, _ factor: Fraction
  ) throws -> ConstantTest<Word> {
    let bound = try value / factor
    let comparison = factor.sign < 0 ? comparison.reversed : comparison
    let low = bound.floor().wholeValue
    let high = bound.ceiling().wholeValue
    let isAbove = bound.sign > 0
    // A bound beyond 64 bits decides for every narrow word; a wide one may lie on either side.
    guard Word.bitWidth == 64 || (low != nil && high != nil) else { throw Unbound() }
    switch comparison {
    case .lessOrEqual:
      guard let low else { return .always(isAbove) }
      return .atMost(Word(low))
    case .less:
      guard let high else { return .always(isAbove) }
      return high == .min ? .always(false) : .atMost(Word(high - 1))
    case .greaterOrEqual:
      guard let high else { return .always(!isAbove) }
      return .atLeast(Word(high))
    case .greater:
      guard let low else { return .always(!isAbove) }
      return low == .max ? .always(false) : .atLeast(Word(low + 1))
    case .equal:
      guard let whole = bound.wholeValue else { return .always(false) }
      return .equal(Word(whole))
    case .notEqual:
      guard let whole = bound.wholeValue else { return .always(true) }
      return .notEqual(Word(whole))
    }
  }

  // MARK: Tables

  func bindTable(_ position: Int, _ keys: [NodeID]) throws -> BoundTable<Word> {
    let table = layout.plan.tables[position]
    var bound: [BoundTable<Word>.Key] = []
    for (key, classes) in zip(keys, table.keys) {
      guard !has(key), nodes[key.index].factor.sign > 0 else { throw Unbound() }
      switch classes {
      case .words(let words): bound.append(bindWords(words))
      case .bounds(let bounds):
        var limits: [(below: Word, isHit: Bool)] = []
        for value in bounds {
          let limit = try value / nodes[key.index].factor
          guard let high = limit.ceiling().wholeValue, high > .min else { throw Unbound() }
          limits.append((below: Word(high - 1), isHit: limit.isWhole))
        }
        bound.append(.bounds(limits))
      }
    }
    let rows: [Int32] = table.rows.map { fit in
      switch fit {
      case .row(let row): Int32(row)
      case .nothing: -1
      case .unknown: -2
      }
    }
    return BoundTable(
      keys: bound, keyNodes: keys.map(\.index), counts: table.keys.map(\.count), rows: rows)
  }

  /// The classes of words, as an array where they lie close together.
  private func bindWords(_ words: [Int64]) -> BoundTable<Word>.Key {
    let sparse = BoundTable<Word>.Key.words(words.map { Word($0) })
    guard let first = words.first, let last = words.last, first >= 0 else { return sparse }
    // Sections of NACE are far apart, but by the same power of two.
    let shift = words.dropFirst().map { ($0 - first).trailingZeroBitCount }.min() ?? 0
    guard shift < 32, (last - first) >> Int64(shift) < BoundTable<Word>.denseLimit else {
      return sparse
    }
    let other = Int32(words.count)
    var classes = Array(repeating: other, count: Int((last - first) >> Int64(shift)) + 1)
    for (index, word) in words.enumerated() {
      classes[Int((word - first) >> Int64(shift))] = Int32(index)
    }
    return .dense(from: Word(first), shift: Word(shift), classes, other: Word(other))
  }

  mutating func bindTableNumber(
    _ position: Int, _ row: NodeID, _ bound: inout BoundNode<Word>
  ) throws {
    try bindNumbers(layout.plan.tables[position].numbers, row, &bound)
  }

  /// Numbers by the row of a table, in whole multiples of one factor.
  mutating func bindNumbers(
    _ numbers: [Fraction?], _ row: NodeID, _ bound: inout BoundNode<Word>
  ) throws {
    var common: Fraction?
    for case .some(let number) in numbers where !number.isZero {
      common = try common.map { try greatestCommonFactor($0, number) } ?? number.magnitude
    }
    bound.factor = common ?? .one
    var words: [Word?] = []
    for number in numbers {
      if let number { words.append(try word(number / bound.factor)) } else { words.append(nil) }
    }
    tableNumbers.append(words)
    bound.operation = .tableNumber(tableNumbers.count - 1, row.index)
  }
}

extension ComparisonOperator {
  /// The comparison that says the same with its sides exchanged.
  var reversed: ComparisonOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .greaterOrEqual: .lessOrEqual
    case .greater: .less
    }
  }
}
