// What a portfolio is added up in: outcomes counted, amounts kept apart by kind.

package import ProvisoQuantities

/// How many came out how.
package struct OutcomeCounts: Hashable, Sendable {
  private var counts = [Int](repeating: 0, count: Outcome.allCases.count)

  /// Nothing counted yet.
  package init() {}

  /// How many came out so.
  package subscript(outcome: Outcome) -> Int { counts[outcome.severity] }

  /// How many there are in all.
  package var total: Int { counts.reduce(0, +) }

  /// How many the rule applied to: all but those that were not applicable or not governed.
  package var applicable: Int { total - self[.notApplicable] - self[.notGoverned] }

  /// Counts one more.
  package mutating func add(_ outcome: Outcome) { counts[outcome.severity] += 1 }

  /// Counts so many more.
  package mutating func add(_ outcome: Outcome, count: Int) { counts[outcome.severity] += count }

  /// Counts what another count has.
  mutating func add(_ other: OutcomeCounts) {
    for place in counts.indices { counts[place] += other.counts[place] }
  }

  /// The outcomes that occur, worst first, with how often.
  package var occurring: [(outcome: Outcome, count: Int)] {
    Outcome.allCases.filter { self[$0] > 0 }.sorted { $0.severity < $1.severity }
      .map { ($0, self[$0]) }
  }
}

/// Amounts added up, each kind by itself: nothing is converted.
package struct AmountTotals: Hashable, Sendable {
  /// The sum of amounts in the declared unit; nil where there is none, or it outgrew the limit.
  package private(set) var quantity: Fraction?
  /// The unit's type.
  package private(set) var type: ValueType?
  /// Amounts that carry their currency, by currency in alphabetical order.
  package private(set) var money: [(currency: CurrencyCode, total: Fraction)] = []
  /// The least and the greatest of the amounts in the declared unit.
  package private(set) var bounds: (least: Fraction, greatest: Fraction)?
  /// How many amounts were added.
  package private(set) var knownCount = 0
  /// How many are unknown, and in no total.
  package private(set) var unknownCount = 0

  /// Nothing added yet.
  package init() {}

  /// Adds an amount, or counts one that is unknown (nil); so does a sum that outgrows the limit.
  package mutating func add(_ value: Value?, _ type: ValueType) {
    guard isAdded(value, type) else {
      unknownCount += 1
      return
    }
    knownCount += 1
    if case .quantity(let number)? = value { widen(by: (number, number)) }
  }

  /// Adds what was added to other totals.
  mutating func add(_ other: AmountTotals) {
    knownCount += other.knownCount
    unknownCount += other.unknownCount
    if let quantity = other.quantity, let type = other.type,
      !isAdded(.quantity(quantity), type)
    {
      // What cannot be added up is in no total.
      knownCount -= other.knownCount
      unknownCount += other.knownCount
    }
    for (currency, total) in other.money { _ = isAdded(.money(total, currency), .money) }
    if let range = other.bounds { widen(by: range) }
  }

  private mutating func widen(by range: (least: Fraction, greatest: Fraction)) {
    bounds = (
      min(bounds?.least ?? range.least, range.least),
      max(bounds?.greatest ?? range.greatest, range.greatest)
    )
  }

  private mutating func isAdded(_ value: Value?, _ type: ValueType) -> Bool {
    switch value {
    case .quantity(let number)?:
      guard let sum = try? (quantity ?? .zero) + number else { return false }
      quantity = sum
      self.type = type
    case .money(let number, let currency)?:
      guard let place = money.firstIndex(where: { $0.currency == currency }) else {
        money.append((currency, number))
        money.sort { utf8Less($0.currency.text, $1.currency.text) }
        return true
      }
      guard let sum = try? money[place].total + number else { return false }
      money[place].total = sum
    case nil: return false
    default: break
    }
    return true
  }

  package static func == (left: AmountTotals, right: AmountTotals) -> Bool {
    left.quantity == right.quantity && left.type == right.type
      && left.bounds?.least == right.bounds?.least
      && left.bounds?.greatest == right.bounds?.greatest
      && left.money.elementsEqual(right.money, by: ==) && left.knownCount == right.knownCount
      && left.unknownCount == right.unknownCount
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(quantity)
    hasher.combine(knownCount)
    hasher.combine(unknownCount)
  }
}
