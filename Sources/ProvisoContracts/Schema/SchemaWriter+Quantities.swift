// The schema of numbers, percentages, physical quantities and money.

import ProvisoModel
import ProvisoQuantities

extension SchemaWriter {
  /// A number as text: JSON's form, with `_` allowed between digits.
  private static let number =
    "-?(0|[1-9](_?[0-9])*)(\\.[0-9](_?[0-9])*)?([eE][+-]?[0-9]+)?"
  private static let scaledNumber =
    number + "( +(\(WrittenQuantity.multiplierWords.joined(separator: "|"))))?"

  /// A number in a unit.
  mutating func quantity(_ unit: Unit) -> SchemaTree {
    var forms: [SchemaTree] = [
      .object(["type": .text("number")]),
      .object(["type": .text("string"), "pattern": .text(pattern(for: unit))]),
    ]
    if let code = unit.currencyCode { forms.append(amount(currencies: [code])) }
    let words =
      unit.isPercentLike
      ? "A percentage; a bare number is in \(unit.symbol)."
      : unit.dimension.isNone ? "A number." : "A quantity; a bare number is in \(unit.symbol)."
    return .object(["description": .text(words), "anyOf": .array(forms)])
  }

  /// A number, or a percentage.
  func ratio() -> SchemaTree {
    .object([
      "description": .text("A number or a percentage."),
      "anyOf": .array([
        .object(["type": .text("number")]),
        .object([
          "type": .text("string"),
          "pattern": .text("^(\(Self.number)%|\(Self.scaledNumber)( +.+)?)$"),
        ]),
      ]),
    ])
  }

  func wholeNumber() -> SchemaTree {
    .object([
      "description": .text("A whole number."),
      "anyOf": .array([
        .object(["type": .text("integer")]),
        .object(["type": .text("string"), "pattern": .text(pattern(for: .one))]),
      ]),
    ])
  }

  /// An amount that carries its currency.
  mutating func money() -> SchemaTree {
    let codes = CurrencyCode.all.map(\.text)
    let currency = "(" + codes.joined(separator: "|") + ")"
    return .object([
      "description": .text("An amount with its currency, such as `EUR 10 million`."),
      "anyOf": .array([
        .object([
          "type": .text("string"),
          "pattern": .text(
            "^(\(currency) +\(Self.scaledNumber)|\(Self.scaledNumber) +\(currency))$"),
        ]),
        amount(currencies: codes),
      ]),
    ])
  }

  private func amount(currencies: [String]) -> SchemaTree {
    .object([
      "type": .text("object"),
      "properties": .object([
        "amount": .object([
          "anyOf": .array([
            .object(["type": .text("number")]),
            .object(["type": .text("string"), "pattern": .text("^\(Self.scaledNumber)$")]),
          ])
        ]),
        "currency": .object(["enum": .array(currencies.map(SchemaTree.text))]),
        "note": .yes,
      ]),
      "required": .array([.text("amount"), .text("currency")]), "additionalProperties": .no,
    ])
  }

  /// The pattern of a quantity's text in any unit that converts to the field's.
  ///
  /// Products and quotients of units are too many to list: any that looks like one is let through,
  /// and the reader decides.
  private func pattern(for unit: Unit) -> String {
    let symbols = ruleset.units.symbols.filter { symbol in
      guard let known = ruleset.units.unit(named: symbol) else { return false }
      return known.dimension == unit.dimension && known.isPercentLike == unit.isPercentLike
    }
    var units = symbols.map(Self.escaped)
    var forms: [String] = []
    if unit.isPercentLike {
      forms.append("\(Self.number)%")
    } else {
      units.append("[^ */]+([*/][^ */]+)+")
    }
    forms.append("\(Self.scaledNumber)( +(\(units.joined(separator: "|"))))?")
    if let code = unit.currencyCode { forms.append("\(code) +\(Self.scaledNumber)") }
    return "^(" + forms.joined(separator: "|") + ")$"
  }

  /// A unit's symbol as part of a pattern; its spaces may be several.
  private static func escaped(_ symbol: String) -> String {
    var result = ""
    for scalar in symbol.unicodeScalars {
      if scalar == " " {
        result += " +"
      } else {
        if "\\^$.|?*+()[]{}/".unicodeScalars.contains(scalar), scalar != "/" { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
