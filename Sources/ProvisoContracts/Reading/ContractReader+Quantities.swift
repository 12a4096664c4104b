// Numbers, percentages, physical quantities and money.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

extension ContractReader {
  /// Reads a number in the coherent base of a unit.
  mutating func readQuantity(_ node: JSONNodeID, type: ValueType, unit: Unit) -> Fraction? {
    switch document[node].kind {
    case .number: return inBase(readNumber(node), unit, at: node)
    case .string:
      guard let written = readWritten(node) else { return nil }
      guard let symbol = written.unit else { return inBase(written.number, unit, at: node) }
      guard let writtenUnit = readUnit(symbol, at: node, expected: unit) else { return nil }
      if written.isUnitFirst, writtenUnit.currencyCode == nil {
        report(
          ContractCode.unreadableNumber, at: node, "the unit `\(symbol)` stands before its number",
          help: "write it behind the number; only a currency may stand before")
        return nil
      }
      let isEither = type == .ratio && writtenUnit.dimension.isNone
      guard isEither || converts(writtenUnit, to: unit) else {
        reportOtherUnit(node, written: writtenUnit, number: written.number, expected: unit)
        return nil
      }
      return inBase(written.number, writtenUnit, at: node)
    case .object where unit.currencyCode != nil && isAmount(node):
      guard let (number, currency) = readAmount(node) else { return nil }
      guard currency.text == unit.currencyCode else {
        reportOtherCurrency(node, currency.text, expected: unit)
        return nil
      }
      return number
    default:
      reportWrongKind(node, type: type)
      return nil
    }
  }

  /// Reads a plain number that has to be whole.
  mutating func readWholeNumber(_ node: JSONNodeID) -> Fraction? {
    guard let number = readQuantity(node, type: .wholeNumber, unit: .one) else { return nil }
    if number.isWhole { return number }
    report(
      ContractCode.notWhole, at: node, "`\(fieldName)` is a whole number, and this is not one",
      help: "write it without decimals")
    return nil
  }

  /// Reads an amount that carries its currency.
  mutating func readMoney(_ node: JSONNodeID) -> Value? {
    switch document[node].kind {
    case .object where isAmount(node):
      return readAmount(node).map { .money($0.number, $0.currency) }
    case .number:
      reportNoCurrency(node, number: document.text(of: node))
      return nil
    case .string:
      guard let written = readWritten(node) else { return nil }
      guard let symbol = written.unit else {
        reportNoCurrency(node, number: document.text(of: node))
        return nil
      }
      guard let currency = CurrencyCode(text: symbol) else {
        reportCurrency(node, symbol)
        return nil
      }
      return .money(written.number, currency)
    default:
      reportWrongKind(node, type: .money)
      return nil
    }
  }

  // MARK: Parts

  /// Whether an object is an amount: `{"amount": …, "currency": "DKK"}`.
  private func isAmount(_ node: JSONNodeID) -> Bool {
    document.value(of: "amount", in: node) != nil || document.value(of: "currency", in: node) != nil
  }

  private mutating func readAmount(
    _ node: JSONNodeID
  ) -> (number: Fraction, currency: CurrencyCode)? {
    var entry = readEntry(node, keys: ["amount", "currency"], code: ContractCode.annotation)
    guard let amount = required("amount", in: &entry) else { return nil }
    guard let currencyNode = required("currency", in: &entry),
      let currency = readCurrency(currencyNode)
    else { return nil }
    var number: Fraction?
    switch document[amount].kind {
    case .number: number = readNumber(amount)
    case .string:
      guard let written = readWritten(amount) else { return nil }
      if let unit = written.unit {
        report(
          ContractCode.unreadableNumber, at: amount,
          "`\(shortened(unit))` stands in the amount, and the currency has a key of its own",
          help: "write the number alone: `\"10 million\"`")
        return nil
      }
      number = written.number
    default:
      report(
        ContractCode.wrongKind, at: amount,
        "`amount` takes a number, and this is \(kindWords(of: amount))",
        help: "write `\"amount\": \"10 million\"` or `\"amount\": 10000000`")
    }
    guard let number, !entry.isWrong else { return nil }
    return (number, currency)
  }

  /// The value of a JSON number. The JSON reader has held it to the grammar and the limits.
  private func readNumber(_ node: JSONNodeID) -> Fraction? {
    let text = document.textBytes(of: node)
    return try? Fraction.parse(decimal: text, underscoresAllowed: false).get()
  }

  private mutating func inBase(_ number: Fraction?, _ unit: Unit, at node: JSONNodeID) -> Fraction?
  {
    guard let number else { return nil }
    if unit.scale == .one { return number }
    if let value = try? unit.value(of: number) { return value }
    report(
      ContractCode.numberLimit, at: node, "in its base unit this number is too long",
      help: "write fewer digits")
    return nil
  }

  private mutating func readWritten(_ node: JSONNodeID) -> WrittenQuantity? {
    let bytes = document.textBytes(of: node)
    // The longest quantity there is has 34 digits, 98 decimals and a unit; the rest is no number.
    let text = bytes.count <= 1000 ? document.text(of: node) : ""
    switch WrittenQuantity.read(text) {
    case .success(let written): return written
    case .failure(.limit(let failure)):
      report(
        ContractCode.numberLimit, at: node, "this number is too long: \(failure)",
        help: "round it where it comes from")
    case .failure(.notANumber(let help)):
      report(
        ContractCode.unreadableNumber, at: node,
        "\(kindWords(of: node)) is not a quantity as contracts write it", help: help)
    }
    return nil
  }

  private mutating func readUnit(
    _ symbol: String, at node: JSONNodeID, expected: Unit
  ) -> Unit? {
    switch ruleset.units.read(symbol) {
    case .success(let unit): return unit
    case .failure(let refusal):
      var help = ["`\(fieldName)` is in \(unitWords(expected))"]
      var message = "`\(shortened(symbol))` is not a unit"
      switch refusal {
      case .offset:
        message =
          "`\(shortened(symbol))` is a scale whose zero is not nothing, and cannot be a unit"
      case .unknown(_, let nearest):
        if !nearest.isEmpty {
          help.insert("write \(memberWords(nearest)) if that is meant", at: 0)
        } else if let currency = CurrencyCode.nearest(to: symbol).first {
          help.insert("write `\(currency)` if that is meant", at: 0)
        }
      case .malformed, .tooLong: break
      }
      report(ContractCode.unknownUnit, at: node, message, help: help)
      return nil
    }
  }

  /// Whether a number of one unit can be said in another: equal dimensions, and a percentage only
  /// where a percentage is asked for.
  private func converts(_ unit: Unit, to expected: Unit) -> Bool {
    unit.dimension == expected.dimension && unit.isPercentLike == expected.isPercentLike
  }

  // MARK: Reports

  private func unitWords(_ unit: Unit) -> String {
    if unit.isPercentLike { return "percent" }
    return unit.dimension.isNone ? "plain numbers" : "`\(unit.symbol)`"
  }

  private mutating func reportOtherUnit(
    _ node: JSONNodeID, written: Unit, number: Fraction, expected: Unit
  ) {
    if written.currencyCode != nil, expected.currencyCode != nil {
      return reportOtherCurrency(node, written.symbol, expected: expected)
    }
    if written.isPercentLike, let plain = try? written.value(of: number) {
      report(
        ContractCode.otherUnit, at: node,
        "a percentage cannot stand for a quantity in \(unitWords(expected))",
        help: expected.dimension.isNone
          ? "write `\(plain)` if that is meant"
          : "write the quantity itself, such as \(example(of: .quantity(expected)))")
      return
    }
    let words = describeDifference(between: written, and: expected)
    report(
      ContractCode.otherUnit, at: node,
      "\(words.left) does not convert to \(words.right)",
      help: "write `\(fieldName)` in \(unitWords(expected))")
  }

  private mutating func reportOtherCurrency(
    _ node: JSONNodeID, _ currency: String, expected: Unit
  ) {
    report(
      ContractCode.otherUnit, at: node,
      "`\(currency)` in a field of `\(expected.symbol)`; one does not convert to the other",
      help:
        "write it in \(expected.symbol); a ruleset that takes any currency declares `money`"
    )
  }

  private mutating func reportNoCurrency(_ node: JSONNodeID, number: String) {
    report(
      ContractCode.noCurrency, at: node, "this amount has no currency",
      help: "write the currency with it, such as `\"EUR \(shortened(number))\"`")
  }
}
