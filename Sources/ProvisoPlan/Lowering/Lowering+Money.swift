// Amounts that carry their currency: two columns, of which one says the currency.

import ProvisoModel
import ProvisoQuantities

/// An amount and its currency; nil: a bare number, which fits any.
struct MoneyTerm {
  let amount: NodeID
  let currency: NodeID?
}

extension Lowering {
  /// The columns of a field that holds money.
  mutating func money(_ place: Place) throws(NotLowered) -> Lowered {
    var part = place
    part.path = place.path + [0]
    let amount = try column(part, .number(scale: .one, isWhole: false))
    part.path = place.path + [1]
    return .money(amount, try column(part, .code(.currency)))
  }

  /// An amount that the ruleset writes.
  mutating func money(
    _ amount: Fraction, _ currency: CurrencyCode
  ) throws(NotLowered) -> Lowered {
    .money(try node(.number(amount)), try node(.word(Int64(currency.number))))
  }

  /// A value as an amount; of one in a fixed currency the type says which it is.
  mutating func amount(
    of value: Lowered, _ type: ValueType
  ) throws(NotLowered) -> MoneyTerm? {
    switch value {
    case .money(let amount, let currency): return MoneyTerm(amount: amount, currency: currency)
    case .number(let amount):
      let code = type.displayUnit?.currencyCode.flatMap { CurrencyCode(text: $0) }
      guard let code else { return MoneyTerm(amount: amount, currency: nil) }
      return MoneyTerm(amount: amount, currency: try node(.word(Int64(code.number))))
    default: return nil
    }
  }

  /// A comparison of amounts, which says nothing of two in different currencies.
  mutating func compare(
    _ comparison: ComparisonOperator, _ left: MoneyTerm, _ right: MoneyTerm
  ) throws(NotLowered) -> NodeID {
    let holds = try node(left.amount, right.amount) { .compare(comparison, $0, $1) }
    guard let first = left.currency, let second = right.currency else { return holds }
    let scope = scope
    let isSame = try node(first, second) { .compare(.equal, $0, $1) }
    let (operands, list) = try aligned([isSame, holds, first, second])
    let mixed = try node(
      .mixedCurrencies(operands[1], operands[2], operands[3], scope: scope), of: list)
    return try node(.chooseTruth(operands[0], operands[1], otherwise: mixed), of: list)
  }

  /// One of the four operations on numbers, or on an amount and a number.
  mutating func arithmetic(
    _ sign: ArithmeticOperator, _ left: ExpressionID, _ right: ExpressionID
  ) throws(NotLowered) -> Lowered {
    switch (try lower(left), try lower(right)) {
    case (.number(let first), .number(let second)):
      return .number(try arithmetic(sign, first, second))
    case (.money(let amount, let currency), .number(let number)):
      let type = ruleset[right].type
      guard sign == .multiply || sign == .divide, type.displayUnit?.currencyCode == nil else {
        throw NotLowered("a sum of money")
      }
      return .money(try arithmetic(sign, amount, number), currency)
    case (.number(let number), .money(let amount, let currency)):
      guard sign == .multiply else { throw NotLowered("a sum of money") }
      return .money(try arithmetic(sign, number, amount), currency)
    case (.money, .money): throw NotLowered("a sum of money")
    default: throw NotLowered("an operation on what is no number")
    }
  }

  /// `x converted to EUR by rates on D`.
  mutating func convert(
    _ amount: ExpressionID, to currency: CurrencyCode, by rates: RatesID, on day: ExpressionID,
    isMoney: Bool
  ) throws(NotLowered) -> Lowered {
    let value = try lower(amount)
    guard let term = try self.amount(of: value, ruleset[amount].type), let own = term.currency
    else { throw NotLowered("a conversion of what has no currency") }
    let (operands, list) = try aligned([term.amount, own, try self.day(day)])
    let node = try node(
      .convert(
        operands[0], operands[1], on: operands[2], to: currency, rates, scope: scope), of: list)
    guard isMoney else { return .number(node) }
    return .money(node, try self.node(.word(Int64(currency.number))))
  }
}
