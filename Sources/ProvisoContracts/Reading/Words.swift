// How values found in a contract, and the kinds expected of them, are put into words.

import ProvisoModel
import ProvisoQuantities

/// A user's text cut to a length that a message can carry.
func shortened(_ text: String) -> String {
  let limit = 60
  guard text.unicodeScalars.count > limit || text.unicodeScalars.contains(where: isUnprintable)
  else { return text }
  var result = ""
  for scalar in text.unicodeScalars.prefix(limit) {
    result.unicodeScalars.append(isUnprintable(scalar) ? "\u{FFFD}" : scalar)
  }
  return text.unicodeScalars.count > limit ? result + "…" : result
}

private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
}

extension ContractReader {
  /// What a value is, as "the number `5`" or "a list".
  func kindWords(of id: JSONNodeID) -> String {
    switch document[id].kind {
    case .null: "null"
    case .yes: "`true`"
    case .no: "`false`"
    case .number: "the number `\(shortened(document.text(of: id)))`"
    case .string: "the text `\(shortened(text(of: id)))`"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// A string's text, of a very long one its beginning, which is all that messages show.
  private func text(of id: JSONNodeID) -> String {
    let bytes = document.textBytes(of: id)
    return bytes.count <= 4096
      ? document.text(of: id) : String(decoding: bytes.prefix(4096), as: UTF8.self)
  }

  /// What a field of a type takes: "a date", "a quantity in kWh".
  func expectation(of type: ValueType) -> String {
    switch type {
    case .boolean: "`true` or `false`"
    case .text: "a text"
    case .date: "a date"
    case .event: "a date or `null`"
    case .quantity(let unit): quantityExpectation(unit)
    case .wholeNumber: "a whole number"
    case .ratio: "a number or a percentage"
    case .money: "an amount with its currency"
    case .period(let length): "a \(length?.noun ?? "period")"
    case .duration: "a duration"
    case .country: "a country's two letters"
    case .currency: "a currency's three letters"
    case .lei: "an LEI"
    case .nace: "a NACE code in double quotes"
    case .enumeration(let id): "one of \(memberWords(ruleset[id].members))"
    case .record(let id), .chainEntity(let id): "an object with the fields of `\(ruleset[id].name)`"
    case .list: "a list"
    case .series(_, let length): "an object of values by \(length.noun)"
    case .levels: "an object of values by date"
    case .contract, .unresolved: "a value"
    }
  }

  private func quantityExpectation(_ unit: Unit) -> String {
    if unit.isPercentLike { return "a percentage" }
    if unit.dimension.isNone { return "a number" }
    return unit.currencyCode == nil ? "a quantity in \(unit)" : "an amount in \(unit)"
  }

  /// How a value of a type is written, for a help line.
  func example(of type: ValueType) -> String {
    switch type {
    case .boolean: return "true"
    case .date: return "\"2021-03-01\""
    case .event: return "\"2021-03-01\", or null for what has not happened"
    case .quantity(let unit): return quantityExample(unit)
    case .wholeNumber: return "12"
    case .ratio: return "0.25, or \"25%\""
    case .money: return "\"EUR 10 million\""
    case .period(let length): return "\"\(periodExample(length))\""
    case .duration: return "\"6 months\""
    case .country: return "\"DK\""
    case .currency: return "\"DKK\""
    case .lei: return "\"5493000IBP32UQZ0KL24\""
    case .nace: return "\"35.11\""
    case .enumeration(let id): return "\"\(ruleset[id].members.first ?? "")\""
    case .record(let id), .chainEntity(let id):
      let names = ruleset[id].fields.prefix(3).map { "\"\($0.name)\": …" }
      return "{ \(names.joined(separator: ", ")) }"
    case .list(let element): return "[ \(example(of: element)) ]"
    case .series(let element, let length):
      return "{ \"\(periodExample(length))\": \(example(of: element)) }"
    case .levels(let element): return "{ \"2021-03-01\": \(example(of: element)) }"
    case .text, .contract, .unresolved: return "\"…\""
    }
  }

  private func quantityExample(_ unit: Unit) -> String {
    if unit.isPercentLike { return "\"25%\"" }
    if unit.dimension.isNone { return "12.5" }
    return "\"\(written(unit.currencyCode == nil ? "10" : "10 million", unit))\""
  }

  /// A number with its unit as contracts write it: `EUR 10`, `25%`, `250 gCO2e/kWh`.
  func written(_ number: String, _ unit: Unit) -> String {
    if unit.currencyCode != nil { return "\(unit.symbol) \(number)" }
    return unit == .percent ? "\(number)%" : "\(number) \(unit.symbol)"
  }

  /// A period of a length as contracts write it.
  func periodExample(_ length: PeriodLength?) -> String {
    switch length {
    case .year?, nil: "2024"
    case .halfYear?: "2024-H1"
    case .quarter?: "2024-Q1"
    case .month?: "2024-03"
    }
  }

  /// The members of an enumeration: "`loan`, `grant` or `guarantee`"; of many the first twelve.
  func memberWords(_ members: [String]) -> String {
    let shown = members.prefix(12).map { "`\($0)`" }
    if members.count > 12 { return shown.joined(separator: ", ") + ", …" }
    guard let last = shown.last, shown.count > 1 else { return shown.joined() }
    return shown.dropLast().joined(separator: ", ") + " or " + last
  }
}
