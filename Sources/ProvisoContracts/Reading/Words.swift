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

  /// What a field of a type takes, with an example: "a date, such as `\"2021-03-01\"`".
  func expectation(of type: ValueType) -> String {
    switch type {
    case .boolean: return "`true` or `false`"
    case .text: return "a text in double quotes"
    case .date: return "a date, such as `\"2021-03-01\"`"
    case .event: return "a date, such as `\"2021-03-01\"`, or `null` for what has not happened"
    case .quantity(let unit): return quantityExpectation(unit)
    case .wholeNumber: return "a whole number, such as `12`"
    case .ratio: return "a number or a percentage, such as `0.25` or `\"25%\"`"
    case .money: return "an amount with its currency, such as `\"EUR 10 million\"`"
    case .period(let length):
      return "a \(length?.noun ?? "period"), such as `\"\(periodExample(length))\"`"
    case .duration: return "a duration, such as `\"6 months\"`"
    case .country: return "a country's two letters, such as `\"DK\"`"
    case .currency: return "a currency's three letters, such as `\"DKK\"`"
    case .lei: return "an LEI of 20 characters"
    case .nace: return "a NACE code, such as `\"35.11\"`"
    case .enumeration(let id): return "one of \(memberWords(ruleset[id].members))"
    case .record(let id), .chainEntity(let id):
      return "an object with the fields of `\(ruleset[id].name)`"
    case .list: return "a list, such as `[ … ]`"
    case .series(let element, let length):
      let entry = "\"\(periodExample(length))\": \(example(of: element))"
      return "an object of values by \(length.noun), such as `{ \(entry) }`"
    case .levels(let element):
      return "an object of values by date, such as `{ \"2021-03-01\": \(example(of: element)) }`"
    case .contract, .unresolved: return "a value"
    }
  }

  private func quantityExpectation(_ unit: Unit) -> String {
    if unit.isPercentLike { return "a percentage, such as `\"25%\"` or `25`" }
    if unit.dimension.isNone { return "a number, such as `12.5`" }
    return "a quantity in \(unit.symbol), such as `\"\(written("10", unit))\"`"
  }

  /// A value of a type as contracts write it.
  func example(of type: ValueType) -> String {
    switch type {
    case .boolean: "true"
    case .date, .event: "\"2021-03-01\""
    case .quantity(let unit):
      unit.dimension.isNone && !unit.isPercentLike ? "12.5" : "\"\(written("10", unit))\""
    case .wholeNumber: "12"
    case .money: "\"EUR 10 million\""
    case .country: "\"DK\""
    case .enumeration(let id): "\"\(ruleset[id].members.first ?? "")\""
    default: "…"
    }
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
