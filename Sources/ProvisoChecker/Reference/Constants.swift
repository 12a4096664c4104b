// Values that are written out: in parameters, lists, tables, scenarios and cells of files.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// A written-out value of a type; nil after a report.
  ///
  /// A bare number is in the declared unit: `250` in a parameter `: gCO2e/kWh`.
  func constant(
    _ node: ExpressionSyntax, _ type: ValueType, as role: String, declaredAt: SourceSpan? = nil
  ) -> Value? {
    if node.isMissing || type == .unresolved {
      hasError = true
      return nil
    }
    let id = at(Place.nowhere) { operand(node, type) }.result
    if let value = bareNumber(id, in: type) { return value }
    guard fit(id, to: type, as: role, declaredAt: declaredAt), self.type(of: id) != .unresolved
    else { return nil }
    guard case .literal(let value) = self[id].kind else {
      report(
        TypePages.notConstant, "\(role) must be written out", at: node.span,
        "this is computed", help: ["write the value itself"])
      return nil
    }
    return value
  }

  private func bareNumber(_ id: ExpressionID, in type: ValueType) -> Value? {
    guard case .literal(.quantity(let number)) = self[id].kind, case .quantity(let unit) = type,
      !(unit.dimension.isNone && !unit.isPercentLike)
    else { return nil }
    switch self.type(of: id) {
    case .wholeNumber, .quantity(.one): break
    default: return nil
    }
    return (try? unit.value(of: number)).map(Value.quantity)
  }

  /// A written-out day; nil after a report.
  func constantDay(_ node: ExpressionSyntax, as role: String) -> CalendarDate? {
    let id = at(Place.nowhere) { day(node, as: role) }.result
    if case .literal(.date(let date)) = self[id].kind { return date }
    if case .periodEnd(let period) = self[id].kind,
      case .literal(.period(let period)) = self[period].kind
    {
      return period.end
    }
    if case .periodStart(let period) = self[id].kind,
      case .literal(.period(let period)) = self[period].kind
    {
      return period.start
    }
    if type(of: id) != .unresolved {
      report(
        TypePages.notConstant, "\(role) must be written out", at: node.span,
        help: ["write a day such as `2021-12-31`"])
    }
    return nil
  }

  /// The value of a cell of a file; nil after a report.
  func value(of cell: CsvCell, _ type: ValueType, column: String) -> Value? {
    let found: Value?
    switch type {
    case .boolean: found = ["true": .boolean(true), "false": .boolean(false)][cell.text]
    case .wholeNumber:
      found = quantity(cell, in: .one).flatMap { $0.isWhole ? .quantity($0) : nil }
    case .ratio:
      found = (quantity(cell, in: .one) ?? quantity(cell, in: .percent)).map(Value.quantity)
    case .quantity(let unit): found = quantity(cell, in: unit).map(Value.quantity)
    default:
      switch code(cell.text, as: type, at: cell.span) {
      case .value(let value): return value
      case .refused: return nil
      case .notACode: found = nil
      }
    }
    if found == nil {
      report(
        ReferencePages.badCell, "`\(cell.text)` is not \(words(type))", at: cell.span,
        "in the column `\(column)`", help: cellHelp(type))
    }
    return found
  }

  /// A number, in the unit of its column where it says none: `40`, `40%`, `225 bps`, `EUR 5`. Nil
  /// where it cannot be read or is in a unit that does not convert.
  private func quantity(_ cell: CsvCell, in unit: Unit) -> Fraction? {
    var number = cell.text[...]
    var symbol: Substring?
    if let space = number.firstIndex(of: " ") {
      let (front, back) = (number[..<space], number[number.index(after: space)...])
      let isUnitFirst = CurrencyCode(text: String(front)) != nil
      (number, symbol) = isUnitFirst ? (back, front) : (front, back)
    } else if number.hasSuffix("%") {
      (number, symbol) = (number.dropLast(), "%")
    }
    guard
      case .success(let written) = Fraction.parse(decimal: number.utf8, underscoresAllowed: false)
    else { return nil }
    guard let symbol else { return try? unit.value(of: written) }
    guard case .success(let writtenUnit) = units.read(String(symbol)),
      writtenUnit.dimension == unit.dimension, writtenUnit.isPercentLike == unit.isPercentLike
    else { return nil }
    return try? writtenUnit.value(of: written)
  }

  private func cellHelp(_ type: ValueType) -> [String] {
    switch type {
    case .date, .event: ["days are written `2021-12-31`"]
    case .boolean: ["write `true` or `false`"]
    case .quantity(let unit) where !unit.symbol.isEmpty:
      [
        "numbers are written with a point and without separators, in the column's unit or with "
          + "their own: "
          + (unit.isPercentLike ? "`40`, `40%`, `225 bps`" : "`1250.5`, `1250.5 \(unit.symbol)`")
      ]
    case .quantity, .wholeNumber, .ratio:
      ["numbers are written with a point and without separators or unit: `1250.5`"]
    default: []
    }
  }

  /// Opens and reads a file of cells; nil after a report.
  func table(in path: StringSyntax) -> CsvTable? {
    guard let file = file(path) else { return nil }
    switch readCsv(file) {
    case .success(let table): return table
    case .failure(let problem):
      report(
        ReferencePages.badFile, problem.message, at: problem.span,
        also: [LabelledSpan(path.span, "read from here")],
        help: ["a file has one header line and rows of as many cells, separated by commas"])
      return nil
    }
  }

  /// The position of a named column; nil after a report.
  func column(_ name: NameSyntax, in table: CsvTable) -> Int? {
    guard !name.isMissing else { return nil }
    if let index = table.column(name.text) { return index }
    let header = table.header.map(\.text)
    report(
      ReferencePages.unknownColumn, "the file has no column `\(name.text)`", at: name.span,
      also: table.header.first.map { first in
        [LabelledSpan(table.header.reduce(first.span) { $0.joined(with: $1.span) }, "its header")]
      } ?? [],
      help: suggestion(for: name.text, among: header)
        + ["it has \(header.prefix(12).map { "`\($0)`" }.joined(separator: ", "))"])
    return nil
  }
}

/// The text that entries of a list are sorted by.
func sortText(_ value: Value) -> String {
  switch value {
  case .boolean(let value): value ? "true" : "false"
  case .quantity(let number): number.description
  case .money(let number, let currency): "\(currency.text) \(number)"
  case .text(let text): text
  case .date(let date): date.iso
  case .period(let period): period.description
  case .duration(let duration): duration.description
  case .country(let country): country.text
  case .currency(let currency): currency.text
  case .lei(let lei): lei.text
  case .nace(let code): code.text
  case .member(let index): String(index)
  case .none: ""
  }
}
