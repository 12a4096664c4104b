// How decision tables are laid out: a row a line, the columns under one another.

extension LayoutHints {
  mutating func visitTable(_ node: TableSyntax) {
    if let first = node.keys.first {
      setGap(first.extent.tokens.lowerBound - 1, 0)
      for key in node.keys { setGap(key.name.extent.tokens.upperBound, 0) }
    }
    visit(node.resultType)
    switch node.content {
    case .file: break
    case .rows(let rows):
      addBraces(node.extent, elements: rows.map(\.extent), isForced: true)
      for row in rows { visitCells(row.cells, results: [row.result]) }
      alignColumns(rows.map { row in (row.cells.map(\.extent), [row.result.extent]) })
    case .crosswise(let table):
      let head = Extent(
        tokens: table.acrossKey.extent.tokens
          .lowerBound..<(table.columns.last?.extent.tokens.upperBound ?? 0),
        span: table.extent.span)
      addBraces(node.extent, elements: [head] + table.rows.map(\.extent), isForced: true)
      visitCells(table.columns, results: [])
      for row in table.rows { visitCells(row.cells, results: row.results) }
      // The head's key stands over the first cells, its `=` over the rows' `=>`.
      alignColumns(
        [([table.acrossKey.extent], table.columns.map(\.extent))]
          + table.rows.map { ($0.cells.map(\.extent), $0.results.map(\.extent)) })
    }
  }

  private mutating func visitCells(_ cells: [CellSyntax], results: [TableResultSyntax]) {
    for cell in cells {
      for expression in cell.expressions { visit(expression) }
    }
    for case .value(let value) in results { visit(value) }
  }

  /// Pads cells and results so that each column begins at one place.
  private mutating func alignColumns(_ rows: [(cells: [Extent], results: [Extent])]) {
    let cellCount = rows.map(\.cells.count).max() ?? 0
    let resultCount = rows.map(\.results.count).max() ?? 0
    var widths = [Int](repeating: 0, count: cellCount + resultCount)
    for row in rows {
      for (column, cell) in row.cells.enumerated() {
        widths[column] = max(widths[column], width(cell.tokens))
      }
      for (column, result) in row.results.enumerated() {
        widths[cellCount + column] = max(widths[cellCount + column], width(result.tokens))
      }
    }
    guard widths.reduce(0, +) + 2 * widths.count < 90 else { return }
    let cellsWidth = widths.prefix(cellCount).reduce(0) { $0 + $1 + 2 } - 2
    for row in rows {
      var used = 0
      for (column, cell) in row.cells.enumerated() {
        used += width(cell.tokens)
        if column + 1 < row.cells.count {
          let pad = widths[column] - width(cell.tokens)
          setGap(row.cells[column + 1].tokens.lowerBound, pad + 1)
          used += pad + 2
        }
      }
      guard let first = row.results.first else { continue }
      let mark = first.tokens.lowerBound - 1
      if !row.cells.isEmpty { setGap(mark, max(cellsWidth - used, 0) + 1) }
      // `=` is one narrower than `=>`.
      setGap(first.tokens.lowerBound, parsed.tokens[mark].kind == .equal ? 2 : 1)
      for column in row.results.indices.dropFirst() {
        let pad = widths[cellCount + column - 1] - width(row.results[column - 1].tokens)
        setGap(row.results[column].tokens.lowerBound, max(pad, 0) + 1)
      }
    }
  }
}

extension CellSyntax {
  /// The expressions of the cell, from left to right.
  package var expressions: [ExpressionSyntax] {
    switch self {
    case .value(let value), .orMore(let value, _), .over(let value, _), .under(let value, _):
      [value]
    case .range(let from, let to, _): [from, to]
    case .fromUntil(let from, let until, _): [from, until]
    case .other, .any: []
    }
  }
}
