// A table of columns: the contracts of a chunk, or the members of one of their lists.

/// Columns of one length, side by side in one array of words.
package struct ColumnTable: Hashable, Sendable {
  package let columnCount: Int
  /// How many rows there is room for; a multiple of 64.
  package private(set) var capacity: Int
  /// How many rows there are.
  package internal(set) var rowCount = 0
  /// Column after column.
  package internal(set) var words: [Int64]
  /// Column after column: the rows whose value is unknown.
  package internal(set) var unknown: [UInt64]
  /// By column: how many decimals its numbers have; -1 while it has none.
  package internal(set) var decimals: [Int]
  /// Container after container: the rows where it is absent.
  package internal(set) var absent: [UInt64]
  package let containerCount: Int

  /// An empty table.
  package init(columnCount: Int, containerCount: Int, capacity: Int) {
    self.columnCount = columnCount
    self.containerCount = containerCount
    self.capacity = (capacity + 63) / 64 * 64
    words = Array(repeating: 0, count: columnCount * self.capacity)
    unknown = Array(repeating: 0, count: columnCount * self.capacity / 64)
    absent = Array(repeating: 0, count: containerCount * self.capacity / 64)
    decimals = Array(repeating: -1, count: columnCount)
  }

  /// Words of mask that a column has.
  var stride: Int { capacity / 64 }

  /// Takes all rows out and keeps the room and, where they are to be kept, the decimals.
  mutating func removeAll(keepingDecimals: Bool) {
    // Only what was used has to be cleared.
    let used = (rowCount + 63) / 64
    if used > 0 {
      Self.clear(&unknown, columnCount, stride, used)
      Self.clear(&absent, containerCount, stride, used)
    }
    if !keepingDecimals {
      for column in 0..<columnCount { decimals[column] = -1 }
    }
    rowCount = 0
  }

  private static func clear(_ masks: inout [UInt64], _ count: Int, _ stride: Int, _ used: Int) {
    var words = masks.mutableSpan
    for column in 0..<count {
      for index in 0..<used { words[column * stride + index] = 0 }
    }
  }

  /// Takes up rows that are put together, of as many decimals as the columns have; there has to be
  /// room for them.
  ///
  /// - Parameters:
  ///   - cells: Row after row.
  ///   - containers: Row after row, whether each container is absent.
  ///   - hasUnknown: Whether anything of them may be unknown or absent.
  mutating func append(
    _ cells: [DraftCell], absent containers: [Bool], hasUnknown: Bool, count: Int = 1
  ) {
    let (width, first) = (columnCount, rowCount)
    let source = cells.span
    Self.put(source, width, count, into: &words, capacity, first)
    rowCount += count
    guard hasUnknown else { return }
    for row in 0..<count {
      let (place, bit) = ((first + row) / 64, UInt64(1) << UInt64((first + row) % 64))
      for column in 0..<width where source[row * width + column].isUnknown {
        unknown[column * stride + place] |= bit
      }
      for container in 0..<containerCount where containers[row * containerCount + container] {
        absent[container * stride + place] |= bit
      }
    }
  }

  private static func put(
    _ cells: Span<DraftCell>, _ width: Int, _ count: Int, into words: inout [Int64],
    _ capacity: Int, _ first: Int
  ) {
    var target = words.mutableSpan
    for row in 0..<count {
      for column in 0..<width {
        target[column * capacity + first + row] = cells[row * width + column].word
      }
    }
  }

  /// Makes room for twice as many rows.
  mutating func grow() {
    var wider = ColumnTable(
      columnCount: columnCount, containerCount: containerCount, capacity: max(64, capacity * 2))
    wider.rowCount = rowCount
    wider.decimals = decimals
    for column in 0..<columnCount {
      for row in 0..<rowCount {
        wider.words[column * wider.capacity + row] = words[column * capacity + row]
      }
      for index in 0..<stride {
        wider.unknown[column * wider.stride + index] = unknown[column * stride + index]
      }
    }
    for container in 0..<containerCount {
      for index in 0..<stride {
        wider.absent[container * wider.stride + index] = absent[container * stride + index]
      }
    }
    self = wider
  }

  /// Gives a column's numbers more decimals; false, and nothing changed, where one grows too long.
  mutating func rescale(_ column: Int, to places: Int) -> Bool {
    let current = decimals[column]
    guard current >= 0 else {
      decimals[column] = places
      return true
    }
    guard let factor = powerOfTen(places - current) else { return false }
    let start = column * capacity
    for row in 0..<rowCount
    where words[start + row].multipliedReportingOverflow(by: factor).overflow {
      return false
    }
    for row in 0..<rowCount { words[start + row] *= factor }
    decimals[column] = places
    return true
  }

  /// Whether a column's value is unknown in a row.
  package func isUnknown(_ column: Int, _ row: Int) -> Bool {
    unknown[column * stride + row / 64] >> UInt64(row % 64) & 1 == 1
  }

  /// A column's word in a row.
  package func word(_ column: Int, _ row: Int) -> Int64 { words[column * capacity + row] }

  /// Whether a container is absent in a row.
  package func isAbsent(_ container: Int, _ row: Int) -> Bool {
    absent[container * stride + row / 64] >> UInt64(row % 64) & 1 == 1
  }
}

/// Ten to a power from 0 to 18; nil beyond.
@inline(__always)
func powerOfTen(_ exponent: Int) -> Int64? {
  // As cases and not as an array: nothing has to be set up before the first use.
  switch exponent {
  case 0: 1
  case 1: 10
  case 2: 100
  case 3: 1000
  case 4: 10_000
  case 5: 100_000
  case 6: 1_000_000
  case 7: 10_000_000
  case 8: 100_000_000
  case 9: 1_000_000_000
  case 10: 10_000_000_000
  case 11: 100_000_000_000
  case 12: 1_000_000_000_000
  case 13: 10_000_000_000_000
  case 14: 100_000_000_000_000
  case 15: 1_000_000_000_000_000
  case 16: 10_000_000_000_000_000
  case 17: 100_000_000_000_000_000
  case 18: 1_000_000_000_000_000_000
  default: nil
  }
}
