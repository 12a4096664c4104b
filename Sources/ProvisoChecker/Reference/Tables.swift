// Decision tables: rows in the text, laid across, or from a file.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  func decisionTable(_ node: TableSyntax) -> DecisionTable {
    var keys: [TableKey] = []
    var seen: [String: SourceSpan] = [:]
    for key in node.keys {
      if let earlier = seen[key.name.text], !key.name.isMissing { reportTwice(key.name, earlier) }
      seen[key.name.text] = key.name.span
      keys.append(TableKey(name: key.name.text, type: keyType(key)))
    }
    let resultType = type(node.resultType, named: node.name.text)
    var file: String?
    let rows: [TableRow]
    switch node.content {
    case .file(let path):
      file = path.text
      rows = self.rows(of: path, keys, resultType, node)
    case .rows(let nodes):
      rows = nodes.compactMap { row in
        guard row.cells.count == keys.count else {
          reportCells(row.span, row.cells.count, keys.count, node)
          return nil
        }
        return TableRow(
          cells: cells(row.cells, keys), result: result(row.result, resultType, node),
          span: row.span)
      }
    case .crosswise(let table): rows = self.rows(of: table, keys, resultType, node)
    }
    return DecisionTable(
      name: node.name.text, keys: keys, resultType: resultType, rows: rows, file: file,
      span: node.name.span)
  }

  private func keyType(_ key: KeySyntax) -> ValueType {
    let type = self.type(key.type, named: key.name.text)
    switch type {
    case .list, .record, .series, .levels, .contract, .duration, .chainEntity:
      report(
        TypePages.notScalar, "\(words(type)) cannot be the key of a table", at: key.type.span,
        help: ["keys are single values: give the table the field that decides"])
      return .unresolved
    default: return type
    }
  }

  private func reportCells(
    _ span: SourceSpan, _ found: Int, _ expected: Int, _ node: TableSyntax
  ) {
    report(
      ReferencePages.rowWidth,
      "this row has \(counted(found, "cell")), and the table \(counted(expected, "key"))",
      at: span, also: [LabelledSpan(node.name.span, "the table is declared here")],
      help: ["write `any` where a key does not matter"])
  }

  // MARK: - Rows laid across

  private func rows(
    of table: CrosswiseTableSyntax, _ keys: [TableKey], _ type: ValueType, _ node: TableSyntax
  ) -> [TableRow] {
    guard let last = keys.last else { return [] }
    if !table.acrossKey.isMissing, table.acrossKey.text != last.name {
      report(
        ReferencePages.acrossKey, "the key laid across is the last one", at: table.acrossKey.span,
        "this is `\(table.acrossKey.text)`",
        also: node.keys.last.map { [LabelledSpan($0.name.span, "the last key")] } ?? [],
        help: ["write `\(last.name) = …`, or put the key last"])
      return []
    }
    let columns = table.columns.map { cell($0, last) }
    var rows: [TableRow] = []
    for row in table.rows {
      guard row.cells.count == keys.count - 1 else {
        reportCells(row.span, row.cells.count, keys.count - 1, node)
        continue
      }
      guard row.results.count == columns.count else {
        report(
          ReferencePages.rowWidth,
          "this row has \(counted(row.results.count, "result")), and "
            + "\(counted(columns.count, "column")) are laid across",
          at: row.span,
          also: table.columns.first.map { first in
            [
              LabelledSpan(
                table.columns.reduce(first.span) { $0.joined(with: $1.span) }, "the columns")
            ]
          } ?? [], help: ["write one result for every column"])
        continue
      }
      let head = cells(row.cells, Array(keys.dropLast()))
      for (column, value) in zip(columns, row.results) {
        rows.append(
          TableRow(
            cells: head + [column], result: result(value, type, node), span: value.span))
      }
    }
    return rows
  }

  private func result(
    _ node: TableResultSyntax, _ type: ValueType, _ table: TableSyntax
  ) -> TableResult {
    switch node {
    case .undetermined(let reason, _): return .undetermined(reason.text)
    case .value(let value):
      let id = at(Place.nowhere) {
        let id = operand(value, type)
        if let number = bareResult(id, type) { return number }
        _ = fit(
          id, to: type, as: "a result of `\(table.name.text)`", declaredAt: table.resultType.span)
        return id
      }.result
      return .expression(id)
    }
  }

  /// A bare number is in the unit of the table: `sme => 225` in a table of bps.
  private func bareResult(_ id: ExpressionID, _ type: ValueType) -> ExpressionID? {
    guard case .literal(.quantity(let number)) = self[id].kind, case .quantity(let unit) = type,
      unit.isPercentLike || !unit.dimension.isNone,
      self.type(of: id) == .wholeNumber || self.type(of: id) == .quantity(.one),
      let value = try? unit.value(of: number)
    else { return nil }
    return add(.literal(.quantity(value)), type, self[id].span)
  }

  // MARK: - Cells

  private func cells(_ nodes: [CellSyntax], _ keys: [TableKey]) -> [TableCell] {
    zip(nodes, keys).map { cell($0, $1) }
  }

  private func cell(_ node: CellSyntax, _ key: TableKey) -> TableCell {
    let role = "the key `\(key.name)`"
    switch node {
    case .any: return .any
    case .other: return .other
    case .value(let value):
      if case .set(let elements) = value.unparenthesized {
        return .oneOf(elements.elements.compactMap { constant($0, key.type, as: role) })
      }
      return constant(value, key.type, as: role).map(TableCell.value) ?? .any
    case .range(let from, let to, let extent):
      let cell = interval(
        from, to, key, includesLow: true, includesHigh: true, extent.span)
      return cell
    case .orMore(let from, let extent):
      return interval(from, nil, key, includesLow: true, includesHigh: false, extent.span)
    case .over(let from, let extent):
      return interval(from, nil, key, includesLow: false, includesHigh: false, extent.span)
    case .under(let to, let extent):
      return interval(nil, to, key, includesLow: false, includesHigh: false, extent.span)
    case .fromUntil(let from, let until, let extent):
      guard key.type == .date || key.type == .event else {
        return interval(from, until, key, includesLow: true, includesHigh: false, extent.span)
      }
      let first = constantDay(from, as: role)
      let end = constantDay(until, as: role)
      if let first, let end, first >= end { reportReversed(extent.span) }
      return .spell(Spell(from: first, until: end))
    }
  }

  private func interval(
    _ from: ExpressionSyntax?, _ to: ExpressionSyntax?, _ key: TableKey, includesLow: Bool,
    includesHigh: Bool, _ span: SourceSpan
  ) -> TableCell {
    if key.type == .unresolved { return .any }
    let role = "the key `\(key.name)`"
    if key.type == .date || key.type == .event {
      let first = from.flatMap { constantDay($0, as: role) }
      let last = to.flatMap { constantDay($0, as: role) }
      return .spell(
        Spell(
          from: includesLow ? first : first?.adding(days: 1),
          until: includesHigh ? last?.adding(days: 1) : last))
    }
    guard key.type.isQuantity else {
      report(
        ReferencePages.badCellInTable, "only numbers and days have intervals", at: span,
        "this key is \(words(key.type))", help: ["write one row for every value"])
      return .any
    }
    let low = from.flatMap { constant($0, key.type, as: role) }
    let high = to.flatMap { constant($0, key.type, as: role) }
    var bounds: (low: Fraction?, high: Fraction?)
    if case .quantity(let value) = low { bounds.low = value }
    if case .quantity(let value) = high { bounds.high = value }
    if let low = bounds.low, let high = bounds.high,
      low > high || (low == high && !(includesLow && includesHigh))
    {
      reportReversed(span)
    }
    return .interval(
      low: bounds.low, includesLow: includesLow && bounds.low != nil, high: bounds.high,
      includesHigh: includesHigh && bounds.high != nil)
  }

  private func reportReversed(_ span: SourceSpan) {
    report(
      ReferencePages.badCellInTable, "nothing lies in this interval", at: span,
      help: ["write the lower bound first"])
  }

  // MARK: - From a file

  /// A file has one column for every key, and one called `result` or one for every field of the
  /// result's record. Cells are written as in the text.
  private func rows(
    of path: StringSyntax, _ keys: [TableKey], _ type: ValueType, _ node: TableSyntax
  ) -> [TableRow] {
    guard let table = table(in: path) else { return [] }
    var keyColumns: [Int] = []
    for key in keys {
      guard let column = fileColumn(key.name, in: table, path) else { return [] }
      keyColumns.append(column)
    }
    var fields: [(column: Int, name: String, type: ValueType)] = []
    if case .record(let id) = type {
      for field in records[id.index].fields {
        guard let column = fileColumn(field.name, in: table, path) else { return [] }
        fields.append((column, field.name, field.type))
      }
    } else {
      guard let column = fileColumn("result", in: table, path) else { return [] }
      fields = [(column, "result", type)]
    }
    var rows: [TableRow] = []
    for row in table.rows {
      guard mayReport, let first = row.first, let last = row.last else { break }
      let span = first.span.joined(with: last.span)
      let cells = zip(keys, keyColumns).map { key, column in cell(row[column], key) }
      var values: [ExpressionID?] = []
      for field in fields {
        let cell = row[field.column]
        if cell.text.isEmpty, fields.count > 1 {
          values.append(nil)
          continue
        }
        let value = value(of: cell, field.type, column: field.name)
        values.append(value.map { add(.literal($0), field.type, cell.span) })
      }
      let result: ExpressionID
      if case .record(let id) = type {
        result = add(.recordLiteral(id, fields: values), type, span)
      } else if let value = values.first ?? nil {
        result = value
      } else {
        continue
      }
      rows.append(TableRow(cells: cells, result: .expression(result), span: span))
    }
    return rows
  }

  private func fileColumn(_ name: String, in table: CsvTable, _ path: StringSyntax) -> Int? {
    if let index = table.column(name) { return index }
    let header = table.header.map(\.text)
    report(
      ReferencePages.unknownColumn, "the file has no column `\(name)`", at: path.span,
      also: table.header.first.map { [LabelledSpan($0.span, "its header begins here")] } ?? [],
      help: suggestion(for: name, among: header)
        + ["a table's file has a column for every key, and `result`"])
    return nil
  }

  private func cell(_ cell: CsvCell, _ key: TableKey) -> TableCell {
    let text = cell.text
    if text == "any" { return .any }
    if text == "other" { return .other }
    func part(_ piece: some StringProtocol) -> Value? {
      value(of: CsvCell(text: String(piece), span: cell.span), key.type, column: key.name)
    }
    if key.type.isQuantity {
      // A bound may say its unit, `EUR 5 to EUR 10`, and so be of several words.
      let words = text.split(separator: " ")
      func bound(_ range: Range<Int>) -> Value? { part(words[range].joined(separator: " ")) }
      var low: Value?
      var high: Value?
      var includes = (low: false, high: false)
      let middle = words.firstIndex { $0 == "to" || $0 == "until" }
      switch words.first {
      case "over": low = bound(1..<words.count)
      case "under": high = bound(1..<words.count)
      case "from":
        guard let middle, words[middle] == "until" else {
          return part(text).map { .value($0) } ?? .any
        }
        (low, high, includes) = (
          bound(1..<middle), bound((middle + 1)..<words.count), (true, false)
        )
      default:
        if let middle, words[middle] == "to" {
          (low, high, includes) = (
            bound(0..<middle), bound((middle + 1)..<words.count), (true, true)
          )
        } else if words.suffix(2) == ["or", "more"] {
          (low, includes) = (bound(0..<(words.count - 2)), (true, false))
        } else {
          return part(text).map { .value($0) } ?? .any
        }
      }
      var bounds: (low: Fraction?, high: Fraction?)
      if case .quantity(let value) = low { bounds.low = value }
      if case .quantity(let value) = high { bounds.high = value }
      if let low = bounds.low, let high = bounds.high, low > high { reportReversed(cell.span) }
      return .interval(
        low: bounds.low, includesLow: includes.low, high: bounds.high, includesHigh: includes.high)
    }
    return part(text).map { .value($0) } ?? .any
  }
}
