// Values in print: for a reader, on the right side of a threshold; for a machine, exactly.

package import ProvisoModel
package import ProvisoQuantities

/// Prints values of one ruleset: it knows the names of enumeration members.
package struct ValuePrinter: Sendable {
  private let enumerations: [Enumeration]

  /// A printer for values of a ruleset.
  package init(_ ruleset: CheckedRuleset) { enumerations = ruleset.enumerations }

  /// A value for a reader: `EUR 12,744,000.00`, `41.2%`, `about 33.3%`, `PA (Panama)`, `none`.
  ///
  /// - Parameters:
  ///   - threshold: The value it is compared with, of the same kind; the printed figure stands on
  ///     the same side of it as the exact one.
  ///   - unit: The unit to print in, where it is not the type's own.
  package func text(
    _ value: Value, _ type: ValueType, against threshold: Value? = nil, in unit: Unit? = nil
  ) -> String {
    switch value {
    case .quantity(let quantity):
      var limit: Fraction?
      if case .quantity(let other)? = threshold { limit = other }
      return quantityText(quantity, unit ?? type.displayUnit ?? .one, against: limit)
    case .money(let amount, let currency):
      var limit: Fraction?
      if case .money(let other, currency)? = threshold { limit = other }
      return moneyText(amount, currency, against: limit)
    // The short name of the United States is their code.
    case .country(let country):
      return country.text == country.name ? country.text : "\(country.text) (\(country.name))"
    case .text(let text): return "“\(text)”"
    case .none: return "none (has not happened)"
    default: return exactText(value, type)
    }
  }

  /// A quantity, given in the coherent base of its unit, in that unit, for a reader.
  package func quantityText(_ value: Fraction, _ unit: Unit, against limit: Fraction?) -> String {
    guard let number = try? unit.number(of: value) else { return "a number too long to print" }
    let threshold = limit.flatMap { try? unit.number(of: $0) }
    if let code = unit.currencyCode, let currency = CurrencyCode(text: code) {
      return moneyText(number, currency, against: threshold)
    }
    let shown = displayText(of: number, against: threshold, grouped: true)
    let one = shown.text == "1" ? Self.singulars[unit.symbol] : nil
    return about(shown.isExact) + (one.map { "1 \($0)" } ?? withUnit(shown.text, unit))
  }

  /// Units that are words of their own in the plural, and what one of them is called.
  private static let singulars = ["persons": "person", "dwellings": "dwelling"]

  private func moneyText(
    _ amount: Fraction, _ currency: CurrencyCode, against limit: Fraction?
  ) -> String {
    let shown = displayText(
      of: amount, against: limit, minimumDigits: currency.minorDigits ?? 0, grouped: true)
    return about(shown.isExact) + "\(currency.text) \(shown.text)"
  }

  private func about(_ isExact: Bool) -> String { isExact ? "" : "about " }

  /// Two values of one kind, each on the right side of the other as printed.
  package func pairText(
    _ value: Fraction, _ threshold: Fraction, in unit: Unit
  ) -> (value: String, threshold: String) {
    (quantityText(value, unit, against: threshold), quantityText(threshold, unit, against: value))
  }

  /// Two amounts of one currency, each on the right side of the other as printed.
  package func pairText(
    _ value: Fraction, _ threshold: Fraction, in currency: CurrencyCode
  ) -> (value: String, threshold: String) {
    (
      moneyText(value, currency, against: threshold),
      moneyText(threshold, currency, against: value)
    )
  }

  /// A value exactly, as it is written in a contract: `EUR 12744000`, `41.2%`, `1/3 tCO2e`.
  ///
  /// One value of one type has one text. A quotient that no decimal says is written as one.
  package func exactText(_ value: Value, _ type: ValueType) -> String {
    switch value {
    case .boolean(let value): return value ? "true" : "false"
    case .quantity(let quantity):
      let unit = type.displayUnit ?? .one
      guard let number = try? unit.number(of: quantity) else { return "too long" }
      return withUnit(number.description, unit)
    case .money(let amount, let currency): return "\(currency.text) \(amount.description)"
    case .text(let text): return text
    case .date(let date): return date.iso
    case .period(let period): return period.description
    case .duration(let duration): return duration.description
    case .country(let country): return country.text
    case .currency(let currency): return currency.text
    case .lei(let identifier): return identifier.text
    case .nace(let code): return code.text
    case .member(let position): return memberName(position, type)
    case .none: return "none"
    }
  }

  /// An answer exactly, or `unknown`; a range as `from 2 to 4`.
  package func exactText(_ answer: Answer, _ type: ValueType) -> String {
    switch answer {
    case .known(let value): return exactText(value, type)
    case .unknown: return "unknown"
    case .between(let low, let high, _):
      return rangeText(
        low.map { exactText(.quantity($0), type) }, high.map { exactText(.quantity($0), type) })
    }
  }

  /// An answer for a reader.
  package func text(_ answer: Answer, _ type: ValueType, in unit: Unit? = nil) -> String {
    switch answer {
    case .known(let value): return text(value, type, in: unit)
    case .unknown: return "not known"
    case .between(let low, let high, _):
      return rangeText(
        low.map { text(.quantity($0), type, in: unit) },
        high.map { text(.quantity($0), type, in: unit) })
    }
  }

  private func rangeText(_ low: String?, _ high: String?) -> String {
    switch (low, high) {
    case (let low?, let high?): "from \(low) to \(high)"
    case (let low?, nil): "at least \(low)"
    case (nil, let high?): "at most \(high)"
    case (nil, nil): "not known"
    }
  }

  private func memberName(_ position: Int, _ type: ValueType) -> String {
    guard case .enumeration(let id) = type, enumerations.indices.contains(id.index),
      enumerations[id.index].members.indices.contains(position)
    else { return "member \(position)" }
    return enumerations[id.index].members[position]
  }
}

/// A number with its unit as people write it: `EUR 5`, `41.2%`, `1 percentage point`, `3 tCO2e`.
private func withUnit(_ number: String, _ unit: Unit) -> String {
  if unit.currencyCode != nil { return "\(unit.symbol) \(number)" }
  if unit == .percent { return number + "%" }
  if unit == .percentagePoints {
    return number + (number == "1" ? " percentage point" : " percentage points")
  }
  return unit.symbol.isEmpty ? number : "\(number) \(unit.symbol)"
}
