// Exchange rates from files, with the direction in which they are quoted.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  func rateList(_ node: RatesSyntax) -> RateList {
    var quotation: RatesSyntax.Quotation?
    var columns: (dates: NameSyntax?, currencies: NameSyntax?, rates: NameSyntax?)
    for entry in node.entries {
      switch entry {
      case .quoted(let found, let extent):
        if quotation != nil {
          report(NamePages.entryTwice, "the direction is given twice", at: extent.span)
        }
        quotation = found
      case .dates(let name, _): columns.dates = name
      case .currencies(let name, _): columns.currencies = name
      case .rates(let name, _): columns.rates = name
      }
    }
    let empty = RateList(
      name: node.name.text, rates: [], file: node.file.text, span: node.name.span)
    guard let quotation else {
      report(
        ReferencePages.noQuotation, "the rates `\(node.name.text)` do not say which way they go",
        at: node.name.span,
        help: [
          "write `quoted currency per EUR` (1 EUR = 7.44 DKK) or `quoted EUR per currency`"
        ])
      return empty
    }
    guard let table = table(in: node.file) else { return empty }
    guard let date = column(columns.dates, "date", table, node),
      let currency = column(columns.currencies, "currency", table, node),
      let rate = column(columns.rates, "rate", table, node),
      let base = base(of: quotation)
    else { return empty }
    var rates: [(rate: Rate, span: SourceSpan)] = []
    for row in table.rows {
      guard mayReport else { break }
      guard case .date(let day) = value(of: row[date], .date, column: table.header[date].text),
        case .currency(let other) = value(
          of: row[currency], .currency, column: table.header[currency].text),
        case .quantity(let number) = value(
          of: row[rate], .quantity(.one), column: table.header[rate].text)
      else { continue }
      guard number.sign > 0 else {
        report(ReferencePages.badCell, "a rate is above zero", at: row[rate].span)
        continue
      }
      if other == base { continue }
      switch quotation {
      case .currencyPerBase:
        rates.append((Rate(from: base, to: other, date: day, rate: number), row[rate].span))
      case .basePerCurrency:
        rates.append((Rate(from: other, to: base, date: day, rate: number), row[rate].span))
      }
    }
    return RateList(
      name: node.name.text, rates: sorted(rates), file: node.file.text, span: node.name.span)
  }

  private func base(of quotation: RatesSyntax.Quotation) -> CurrencyCode? {
    let name: NameSyntax
    switch quotation {
    case .currencyPerBase(let base), .basePerCurrency(let base): name = base
    }
    guard !name.isMissing,
      case .value(.currency(let code)) = code(name.text, as: .currency, at: name.span)
    else { return nil }
    return code
  }

  private func column(
    _ name: NameSyntax?, _ usual: String, _ table: CsvTable, _ node: RatesSyntax
  ) -> Int? {
    if let name { return column(name, in: table) }
    if let index = table.column(usual) { return index }
    report(
      ReferencePages.unknownColumn, "the file has no column `\(usual)`", at: node.file.span,
      also: table.header.first.map { [LabelledSpan($0.span, "its header begins here")] } ?? [],
      help: [
        usual == "date"
          ? "name the column: `dates in COLUMN`"
          : usual == "currency"
            ? "name the column: `currencies in COLUMN`"
            : "name the column: `rates in COLUMN`"
      ])
    return nil
  }

  private func sorted(_ rates: [(rate: Rate, span: SourceSpan)]) -> [Rate] {
    let sorted = rates.enumerated().sorted { left, right in
      let (one, other) = (left.element.rate, right.element.rate)
      if one.from != other.from { return one.from < other.from }
      if one.to != other.to { return one.to < other.to }
      if one.date != other.date { return one.date < other.date }
      return left.offset < right.offset
    }.map { $0.element }
    for (first, second) in zip(sorted, sorted.dropFirst())
    where first.rate.from == second.rate.from && first.rate.to == second.rate.to
      && first.rate.date == second.rate.date
    {
      report(
        ReferencePages.twoRates, "two rates for one day, \(second.rate.date)", at: second.span,
        also: [LabelledSpan(first.span, "the other one")], help: ["keep one of the two"])
    }
    return sorted.map(\.rate)
  }
}
