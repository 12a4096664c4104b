// Rates into one currency, made ready for days and currencies in words.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// By the currency that is converted: its rates, each as two whole numbers.
struct BoundRates {
  struct Step {
    let day: Int64
    let top: Int64
    let bottom: Int64
  }
  /// The currency that is converted into, whose own amounts stay as they are.
  let target: Int64
  /// Sorted by day. The direction that the list is quoted in goes before the other. Lookup only.
  private var direct: [Int64: [Step]] = [:]
  private var reversed: [Int64: [Step]] = [:]

  private struct TooLong: Error {}

  init(_ list: RateList, to currency: CurrencyCode) throws {
    target = Int64(currency.number)
    for rate in list.rates {
      let day = Int64(rate.date.dayNumber)
      guard rate.from == currency || rate.to == currency else { continue }
      guard let (top, bottom) = rate.rate.smallParts, top > 0 else { throw TooLong() }
      if rate.to == currency {
        direct[Int64(rate.from.number), default: []].append(
          Step(day: day, top: top, bottom: bottom))
      }
      if rate.from == currency {
        reversed[Int64(rate.to.number), default: []].append(
          Step(day: day, top: bottom, bottom: top))
      }
    }
  }

  /// What an amount in a currency is to be multiplied by on a day, and divided by; nil where the
  /// list says nothing.
  func rate(_ currency: Int64, on day: Int64) -> (top: Int64, bottom: Int64)? {
    if currency == target { return (1, 1) }
    let step =
      direct[currency]?.last { $0.day <= day } ?? reversed[currency]?.last { $0.day <= day }
    return step.map { ($0.top, $0.bottom) }
  }
}

extension VectorMachine {
  /// Amounts in another currency; unknown where there is no rate for the day.
  mutating func convert(
    _ amount: Int, _ currency: Int, _ day: Int, _ rates: BoundRates,
    into result: inout Register<Word>, _ count: Int
  ) {
    joinUnknown(of: amount, currency, into: &result, count)
    let (amounts, currencies, days) = (words(amount), words(currency), words(day))
    let undated = unknownWords(day)
    var overflows = false
    for row in 0..<count {
      let bit: UInt64 = 1 << UInt64(row % 64)
      result.words[row] = 0
      result.denominators[row] = 1
      if (result.unknown[row / 64] | undated[row / 64]) & bit == 0,
        days[row] != Word(WordCode.none),
        let rate = rates.rate(Int64(currencies[row]), on: Int64(days[row]))
      {
        var steps = CheckedSteps<Word>()
        result.words[row] = steps.product(amounts[row], Word(rate.top))
        result.denominators[row] = Word(rate.bottom)
        overflows = overflows || steps.overflows
        continue
      }
      result.unknown[row / 64] |= bit
    }
    if overflows { overflow(&result, count) }
  }
}
