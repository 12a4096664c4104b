// Decision tables: plain rows, the crosswise layout, and what a cell may ask.

import ProvisoSource

extension Parser {
  mutating func parseTable() -> TableSyntax {
    let start = index
    advance()
    let name = parseName("a name for the table")
    let keys = parseKeys()
    expect(.colon, ":", "before the type of the result")
    let type = parseType()
    let content: TableContentSyntax
    if accept(.from) {
      content = .file(expectString("the file of the table"))
    } else {
      content = parseTableContent()
    }
    return TableSyntax(
      name: name, keys: keys, resultType: type, content: content, extent: extent(from: start))
  }

  private mutating func parseTableContent() -> TableContentSyntax {
    let opened = span()
    guard expect(.leftBrace, "{", "before the rows of a table") else { return .rows([]) }
    let content: TableContentSyntax =
      kind() == .name && kind(1) == .equal ? .crosswise(parseCrosswise()) : .rows(parseRows())
    close(.rightBrace, "}", opened: opened)
    return content
  }

  private mutating func parseRows() -> [TableRowSyntax] {
    var rows: [TableRowSyntax] = []
    while kind() != .rightBrace, !isAtEnd, !startsDeclarationLine {
      let start = index
      let cells = parseCells()
      guard expectArrow() else { continue }
      let result = parseResult(isLast: true)
      rows.append(TableRowSyntax(cells: cells, result: result, extent: extent(from: start)))
      if kind() == .comma {
        report(
          SyntaxCode.unexpectedText, "rows of a table are not separated by commas", at: span(),
          label: "leave this out", help: ["begin the next row"],
          fixIts: [FixIt(title: "leave out `,`", edits: [SourceEdit(span(), "")], isSafe: true)])
        advance()
      }
      if index == start { advance() }
    }
    return rows
  }

  private mutating func parseCrosswise() -> CrosswiseTableSyntax {
    let start = index
    let acrossKey = takeName()
    advance()
    var columns: [CellSyntax] = [parseCell(isLast: false)]
    while accept(.comma) { columns.append(parseCell(isLast: false)) }
    var rows: [CrosswiseTableSyntax.Row] = []
    while kind() != .rightBrace, !isAtEnd, !startsDeclarationLine {
      let rowStart = index
      let cells = kind() == .arrow ? [] : parseCells()
      guard expectArrow() else { continue }
      var results = [parseResult(isLast: columns.count == 1)]
      while accept(.comma) {
        results.append(parseResult(isLast: results.count + 1 >= columns.count))
      }
      rows.append(
        CrosswiseTableSyntax.Row(cells: cells, results: results, extent: extent(from: rowStart)))
      if results.count != columns.count {
        reportAlways(
          SyntaxCode.rowWidth,
          "this row has \(results.count) results for \(columns.count) columns",
          at: extent(from: rowStart).span, label: "\(results.count) results",
          secondaries: [
            LabelledSpan(
              columns[0].span.joined(with: columns[columns.count - 1].span),
              "\(columns.count) columns")
          ],
          help: ["give one result for every column"])
      }
      if index == rowStart { advance() }
    }
    return CrosswiseTableSyntax(
      acrossKey: acrossKey, columns: columns, rows: rows, extent: extent(from: start))
  }

  /// Reads `=>`, or reports and skips to the next row that has one; says whether a result follows.
  private mutating func expectArrow() -> Bool {
    if accept(.arrow) { return true }
    expect(.arrow, "=>", "between the cells of a row and its result")
    let start = index
    while kind() != .arrow, kind() != .rightBrace, !isAtEnd, !startsDeclarationLine { advance() }
    keepUnexpected(from: start)
    if accept(.arrow) { return true }
    if index == start, kind() != .rightBrace, !startsDeclarationLine { advance() }
    return false
  }

  private mutating func parseCells() -> [CellSyntax] {
    var cells = [parseCell(isLast: false)]
    while accept(.comma) { cells.append(parseCell(isLast: false)) }
    return cells
  }

  private mutating func parseCell(isLast: Bool) -> CellSyntax {
    let start = index
    // A crosswise head ends where the first row begins, so the same care is taken as in results.
    let saved = rowMayFollow
    rowMayFollow = true
    defer { rowMayFollow = saved }
    switch word() {
    case .other:
      advance()
      return .other(extent(from: start))
    case .any:
      advance()
      return .any(extent(from: start))
    case .over:
      advance()
      let bound = parseCellValue()
      return .over(bound, extent(from: start))
    case .under:
      advance()
      let bound = parseCellValue()
      return .under(bound, extent(from: start))
    case .from:
      advance()
      let from = parseCellValue()
      expect(.until, "before the end of the interval")
      let until = parseCellValue()
      return .fromUntil(from: from, until: until, extent(from: start))
    default: break
    }
    let value = parseCellValue()
    if accept(.to) {
      let to = parseCellValue()
      return .range(from: value, to: to, extent(from: start))
    }
    if accept(.or, .more) { return .orMore(value, extent(from: start)) }
    return .value(value)
  }

  /// Reads one bound or value: a literal with its sign, a name, or an expression in parentheses.
  private mutating func parseCellValue() -> ExpressionSyntax {
    let start = index
    let operatorSpan = span()
    guard accept(.minus) else { return parseOperand() }
    let operand = parseOperand()
    return .negated(
      UnarySyntax(operand: operand, operatorSpan: operatorSpan, extent: extent(from: start)))
  }

  private mutating func parseResult(isLast: Bool) -> TableResultSyntax {
    let start = index
    if word() == .undetermined, kind(1) == .string {
      advance()
      let reason = parseString()
      return .undetermined(reason, extent(from: start))
    }
    let saved = rowMayFollow
    rowMayFollow = isLast
    defer { rowMayFollow = saved }
    return .value(parseBody())
  }
}
