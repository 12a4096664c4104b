// Arithmetic: exact on known numbers, by bounds on ranges, by currency on money.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// An expression whose result is a number or an amount of money.
  mutating func number(_ id: ExpressionID) -> Found {
    // Operands first: a call on this evaluation that evaluates its arguments would copy it.
    switch prepared.expressions[id.index].kind {
    case .negate(let operand):
      let found = scalar(operand)
      return negated(found)
    case .arithmetic(let sign, let left, let right):
      let (first, second) = (scalar(left), scalar(right))
      return arithmetic(sign, first, second, left: type(of: left), right: type(of: right))
    case .shareOf(let share, let whole):
      let (part, all) = (scalar(share), scalar(whole))
      return arithmetic(.multiply, part, all, left: type(of: share), right: type(of: whole))
    case .power(let base, let exponent):
      let (value, times) = (scalar(base), scalar(exponent))
      return power(value, times)
    case .round(let value, let step, let mode):
      let (found, size) = (scalar(value), scalar(step))
      return rounded(found, to: size, mode, stepType: type(of: step))
    case .capped(let value, let limit, let title):
      return limited(value, by: limit, isCap: true, title)
    case .floored(let value, let limit, let title):
      return limited(value, by: limit, isCap: false, title)
    case .partAbove(let value, let limit):
      let (amount, bound) = (scalar(value), scalar(limit))
      return part(of: amount, above: bound, type(of: value), type(of: limit))
    case .partUpTo(let value, let limit):
      let (amount, bound) = (scalar(value), scalar(limit))
      let least = extreme([amount, bound], [type(of: value), type(of: limit)], isLeast: true)
      return notNegative(least, type(of: value))
    case .least(let operands):
      let found = operands.map { scalar($0) }
      return extreme(found, operands.map { type(of: $0) }, isLeast: true)
    case .greatest(let operands):
      let found = operands.map { scalar($0) }
      return extreme(found, operands.map { type(of: $0) }, isLeast: false)
    case .convert(let amount, let currency, let rates, let day):
      let converted = convert(amount, to: currency, by: rates, on: day)
      guard type(of: id) != .money, case .money(let value, _) = converted.value else {
        return converted
      }
      return Found(.known(.quantity(value)), rests: converted.rests)
    default: return Found(unknown: reason(.missingFact))
    }
  }

  /// The result of one of the four operations on two answers.
  func arithmetic(
    _ sign: ArithmeticOperator, _ left: Found, _ right: Found,
    left leftType: @autoclosure () -> ValueType, right rightType: @autoclosure () -> ValueType
  ) -> Found {
    let rests = left.rests.union(right.rests)
    if case .known(.quantity(let first)) = left.answer,
      case .known(.quantity(let second)) = right.answer
    {
      do {
        return Found(.known(.quantity(try apply(sign, first, second))), rests: rests)
      } catch { return Found(unknown: reason(of: error)) }
    }
    let reasons = left.reasons.union(right.reasons)
    if let first = Interval(left.answer), let second = Interval(right.answer) {
      do {
        let result = try apply(sign, first, second)
        return Found(
          result.answer(reasons.isEmpty ? reason(.divisionByZero) : reasons), rests: rests)
      } catch { return Found(unknown: reasons.union(reason(of: error))) }
    }
    guard let first = left.value, let second = right.value else { return Found(unknown: reasons) }
    return Found(money(sign, first, leftType(), second, rightType()), rests: rests)
  }

  private func apply(
    _ sign: ArithmeticOperator, _ left: Fraction, _ right: Fraction
  ) throws(ArithmeticFailure) -> Fraction {
    switch sign {
    case .add: try left + right
    case .subtract: try left - right
    case .multiply: try left * right
    case .divide: try left / right
    }
  }

  private func apply(
    _ sign: ArithmeticOperator, _ left: Interval, _ right: Interval
  ) throws(ArithmeticFailure) -> Interval {
    switch sign {
    case .add: try left + right
    case .subtract: try left + (-right)
    case .multiply: try left * right
    case .divide: try left / right
    }
  }

  // MARK: Money

  /// An amount with its currency: of a money itself, of a quantity in one fixed currency.
  ///
  /// A bare 0 fits any currency and has none of its own.
  func amount(of value: Value, _ type: ValueType) -> (amount: Fraction, currency: CurrencyCode?)? {
    switch value {
    case .money(let amount, let currency): (amount, currency)
    case .quantity(let amount):
      (amount, type.displayUnit?.currencyCode.flatMap { CurrencyCode(text: $0) })
    default: nil
    }
  }

  /// The one currency of two amounts, or the reason why they have none in common.
  func commonCurrency(
    _ left: (amount: Fraction, currency: CurrencyCode?),
    _ right: (amount: Fraction, currency: CurrencyCode?)
  ) -> Result<CurrencyCode?, MixedCurrencies> {
    guard let first = left.currency else { return .success(right.currency) }
    guard let second = right.currency else { return .success(first) }
    if first == second { return .success(first) }
    let names = [first.text, second.text].sorted(by: utf8Less)
    return .failure(MixedCurrencies(names: "\(names[0]) and \(names[1])"))
  }

  private func money(
    _ sign: ArithmeticOperator, _ left: Value, _ leftType: ValueType, _ right: Value,
    _ rightType: ValueType
  ) -> Answer {
    guard let first = amount(of: left, leftType), let second = amount(of: right, rightType) else {
      return .unknown(reason(.eventIsNone))
    }
    do {
      let result = try apply(sign, first.amount, second.amount)
      switch (sign, left, right) {
      case (.multiply, .money(_, let currency), .quantity),
        (.multiply, .quantity, .money(_, let currency)):
        return .known(.money(result, currency))
      case (.divide, .money(_, let currency), .quantity) where second.currency == nil:
        return .known(.money(result, currency))
      default: break
      }
      switch commonCurrency(first, second) {
      case .failure(let mixed): return .unknown(reason(.mixedCurrencies, mixed.names))
      case .success(let currency):
        if sign == .divide { return .known(.quantity(result)) }
        return .known(currency.map { .money(result, $0) } ?? .quantity(result))
      }
    } catch { return .unknown(reason(of: error)) }
  }

  // MARK: One operand

  private func negated(_ found: Found) -> Found {
    switch found.answer {
    case .known(.quantity(let value)): Found(.known(.quantity(-value)), rests: found.rests)
    case .known(.money(let value, let currency)):
      Found(.known(.money(-value, currency)), rests: found.rests)
    case .known: Found(unknown: reason(.eventIsNone))
    case .between(let low, let high, let reasons):
      Found((-Interval(low: low, high: high)).answer(reasons), rests: found.rests)
    case .unknown: found
    }
  }

  private func power(_ base: Found, _ exponent: Found) -> Found {
    let rests = base.rests.union(exponent.rests)
    guard case .quantity(let value) = base.value, case .quantity(let times) = exponent.value else {
      return Found(unknown: base.reasons.union(exponent.reasons))
    }
    do {
      return Found(.known(.quantity(try value.power(times))), rests: rests)
    } catch { return Found(unknown: reason(of: error)) }
  }

  private func rounded(
    _ found: Found, to step: Found, _ mode: RoundingMode, stepType: ValueType
  ) -> Found {
    let rests = found.rests.union(step.rests)
    let reasons = found.reasons.union(step.reasons)
    guard let stepValue = step.value, let size = amount(of: stepValue, stepType) else {
      return Found(unknown: reasons)
    }
    do {
      switch found.answer {
      case .known(.money(let value, let currency)):
        if let other = size.currency, other != currency {
          return Found(unknown: reason(.mixedCurrencies, "\(currency) and \(other)"))
        }
        return Found(
          .known(.money(try value.rounded(to: size.amount, mode), currency)), rests: rests)
      default:
        guard let interval = Interval(found.answer) else {
          return Found(unknown: reason(.eventIsNone))
        }
        return Found(
          try interval.rounded(to: size.amount, mode).answer(reasons), rests: rests)
      }
    } catch { return Found(unknown: reasons.union(reason(of: error))) }
  }
}

/// Two currencies that met without a conversion.
struct MixedCurrencies: Error { let names: String }
