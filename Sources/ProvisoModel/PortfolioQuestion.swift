// Questions over `contracts`, and what contracts contribute to the answers without being kept.

package import ProvisoQuantities

/// An aggregate or a quantifier over `contracts`, as it is asked in one place.
package struct PortfolioQuestion: Hashable, Sendable {
  package let expression: ExpressionID
  /// T of the place.
  package let testDate: CalendarDate
  /// The day up to which facts are read there.
  package let day: CalendarDate
  /// The period of the test or of the scoreboard's row.
  package let period: Period?

  /// A question in its place.
  package init(
    expression: ExpressionID, testDate: CalendarDate, day: CalendarDate, period: Period?
  ) {
    self.expression = expression
    self.testDate = testDate
    self.day = day
    self.period = period
  }
}

/// What contracts contribute to one question: those of which it is known whether they count and
/// with what.
package struct Contributions: Hashable, Sendable {
  /// How many contracts count; of `some`, `no` and `every`, how many decide.
  package private(set) var count = 0
  /// The sum of their values, each in the base unit; 0 for a question about none.
  package private(set) var sum = Fraction.zero
  /// The least and the greatest value; nil without one.
  package private(set) var least: Fraction?
  package private(set) var greatest: Fraction?
  /// Why there is no sum.
  package private(set) var failure: ArithmeticFailure?

  /// Those of no contract.
  package init() {}

  /// Adds a contract that counts.
  ///
  /// - Parameter value: Its value in the base unit; nil where contracts are only counted.
  package mutating func add(_ value: Fraction?) {
    count += 1
    guard let value else { return }
    add(sum: value)
    widen(least: value, greatest: value)
  }

  /// Adds the contributions of other contracts.
  package mutating func add(_ others: Contributions) {
    count += others.count
    failure = failure ?? others.failure
    add(sum: others.sum)
    if let low = others.least, let high = others.greatest { widen(least: low, greatest: high) }
  }

  private mutating func add(sum other: Fraction) {
    guard failure == nil else { return }
    do throws(ArithmeticFailure) {
      sum = try sum + other
    } catch {
      failure = error
    }
  }

  private mutating func widen(least low: Fraction, greatest high: Fraction) {
    least = least.map { min($0, low) } ?? low
    greatest = greatest.map { max($0, high) } ?? high
  }
}

/// The contracts of a portfolio that need not be kept, because all that is asked of them is in
/// what they contribute.
package struct SettledContracts: Sendable {
  package private(set) var count = 0
  private var byQuestion: [PortfolioQuestion: Contributions] = [:]

  /// No contract.
  package init() {}

  /// What they contribute to a question; nil where it was not asked of them.
  package subscript(question: PortfolioQuestion) -> Contributions? { byQuestion[question] }

  /// Takes some contracts, with what they contribute to each question.
  package mutating func add(
    count others: Int, _ questions: [PortfolioQuestion], _ contributions: [Contributions]
  ) {
    count += others
    for (question, contribution) in zip(questions, contributions) {
      byQuestion[question, default: Contributions()].add(contribution)
    }
  }
}
