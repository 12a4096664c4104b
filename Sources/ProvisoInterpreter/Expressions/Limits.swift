// Caps, floors, tiers, the least and the greatest, and conversion between currencies.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// `x capped at y`, `x floored at y`; the step says whether the limit bit.
  mutating func limited(
    _ value: ExpressionID, by limit: ExpressionID, isCap: Bool, _ title: String?
  ) -> Found {
    let found = scalar(value)
    let bound = scalar(limit)
    let result = extreme([found, bound], [type(of: value), type(of: limit)], isLeast: isCap)
    if let trace {
      let isBinding = result.value != nil && result.answer != found.answer
      trace.note(
        isCap
          ? .capped(title: title, isBinding: isBinding)
          : .floored(title: title, isBinding: isBinding))
    }
    return result
  }

  /// `part of x above y`: what exceeds the limit, never below zero.
  func part(
    of amount: Found, above bound: Found, _ amountType: ValueType, _ boundType: ValueType
  ) -> Found {
    let rest = arithmetic(.subtract, amount, bound, left: amountType, right: boundType)
    return notNegative(rest, amountType)
  }

  func notNegative(_ found: Found, _ type: ValueType) -> Found {
    extreme([found, Found(.quantity(.zero))], [type, .quantity(.one)], isLeast: false)
  }

  /// The least or greatest of several answers of one kind.
  func extreme(_ operands: [Found], _ types: [ValueType], isLeast: Bool) -> Found {
    guard var result = operands.first, var type = types.first else {
      return Found(unknown: reason(.emptyList))
    }
    for (operand, operandType) in zip(operands, types).dropFirst() {
      result = extremeOfTwo(result, type, operand, operandType, isLeast)
      if case .money = result.value { type = .money }
    }
    return result
  }

  private func extremeOfTwo(
    _ left: Found, _ leftType: ValueType, _ right: Found, _ rightType: ValueType, _ isLeast: Bool
  ) -> Found {
    let rests = left.rests.union(right.rests)
    let reasons = left.reasons.union(right.reasons)
    if let first = Interval(left.answer), let second = Interval(right.answer) {
      let interval =
        isLeast ? Interval.least(first, second) : Interval.greatest(first, second)
      return Found(interval.answer(reasons), rests: rests)
    }
    guard let first = left.value, let second = right.value else { return Found(unknown: reasons) }
    switch order(first, leftType, second, rightType) {
    case .failure(let failure): return Found(unknown: reason(failure.code, failure.detail))
    case .success(let order):
      let takesFirst = isLeast ? order <= 0 : order >= 0
      let chosen = takesFirst ? first : second
      return Found(.known(inCurrency(chosen, of: takesFirst ? second : first)), rests: rests)
    }
  }

  /// A bare 0 beside a money is an amount of that money.
  private func inCurrency(_ value: Value, of other: Value) -> Value {
    if case .quantity(let amount) = value, case .money(_, let currency) = other {
      return .money(amount, currency)
    }
    return value
  }

  /// `x converted to EUR by ecb on D`: the rate of the latest entry not after the day, in the
  /// direction the list is quoted, or its reciprocal where only the other direction is quoted.
  mutating func convert(
    _ amount: ExpressionID, to currency: CurrencyCode, by id: RatesID, on day: ExpressionID
  ) -> Found {
    let found = scalar(amount)
    let when = scalar(day)
    guard let value = found.value, let asked = self.day(of: when),
      let (number, own) = self.amount(of: value, type(of: amount))
    else {
      let reasons = found.reasons.union(when.value == nil ? when.reasons : .none)
      return Found(unknown: reasons.isEmpty ? noDay(when) : reasons)
    }
    let rests = found.rests.union(when.rests)
    guard let own, own != currency else {
      return Found(.known(.money(number, currency)), rests: rests)
    }
    let list = prepared.rates[id.index]
    do {
      if let rate = rate(in: list, from: own, to: currency, on: asked) {
        return Found(.known(.money(try number * rate, currency)), rests: rests)
      }
      if let rate = rate(in: list, from: currency, to: own, on: asked) {
        return Found(.known(.money(try number / rate, currency)), rests: rests)
      }
    } catch { return Found(unknown: reason(of: error)) }
    return Found(
      unknown: ReasonSet(
        Reason(.noEntry, subject: list.name, detail: "\(own) to \(currency) on \(asked)")))
  }

  private func rate(
    in list: RateList, from: CurrencyCode, to: CurrencyCode, on day: CalendarDate
  ) -> Fraction? {
    // Sorted by from, to, date: the last that fits is the latest.
    list.rates.last { $0.from == from && $0.to == to && $0.date <= day }?.rate
  }
}
