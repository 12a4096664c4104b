// Numbers again: the four operations, limits, rounding, comparisons, aggregates.

import ProvisoModel
import ProvisoQuantities

extension DerivationRechecker {
  /// A number between two bounds; nil is open.
  private struct Bounds: Equatable {
    var low: Fraction?
    var high: Fraction?
  }

  private func bounds(_ answer: Answer?) -> Bounds? {
    switch answer {
    case .known(.quantity(let value)), .known(.money(let value, _)): Bounds(low: value, high: value)
    case .between(let low, let high, _): Bounds(low: low, high: high)
    case .unknown: Bounds()
    default: nil
    }
  }

  func numberProblem(_ step: Derivation) -> String? {
    let operands = step.children
    // An unknown step must have an unknown child, or a reason of its own.
    if case .unknown(let reasons)? = step.answer {
      let inherited = operands.reduce(ReasonSet.none) { $0.union($1.answer?.reasons ?? .none) }
      guard !reasons.isEmpty else { return "unknown without a reason" }
      if reasons == inherited { return nil }
      let own: Set<ReasonCode> = [
        .divisionByZero, .tooLong, .badExponent, .mixedCurrencies, .noEntry, .eventIsNone,
      ]
      let rest = reasons.reasons.filter { !inherited.reasons.contains($0) }
      return rest.allSatisfy { own.contains($0.code) } ? nil : "reasons from nowhere"
    }
    guard let result = bounds(step.answer) else { return dateExtremeProblem(step) }
    let values = operands.compactMap { bounds($0.answer) }
    guard values.count == operands.count, let first = values.first else { return "not numbers" }
    do {
      let expected: Bounds?
      switch step.operation {
      case .negate: expected = Bounds(low: first.high.map { -$0 }, high: first.low.map { -$0 })
      case .arithmetic(let sign): expected = try combined(sign, first, values[1])
      case .shareOf: expected = try combined(.multiply, first, values[1])
      case .power:
        expected =
          try exact(first).map { base in
            let value = try base.power(try exact(values[1]) ?? .zero)
            return Bounds(low: value, high: value)
          } ?? nil
      case .round(let mode):
        guard let size = try exact(values[1]) else { return "an unknown step" }
        expected = Bounds(
          low: try first.low.map { try $0.rounded(to: size, mode) },
          high: try first.high.map { try $0.rounded(to: size, mode) })
      case .capped: expected = least(first, values[1])
      case .floored: expected = greatest(first, values[1])
      case .partAbove:
        expected = greatest(
          try combined(.subtract, first, values[1]), Bounds(low: .zero, high: .zero))
      case .partUpTo:
        expected = greatest(least(first, values[1]), Bounds(low: .zero, high: .zero))
      case .least: expected = values.dropFirst().reduce(first) { least($0, $1) }
      case .greatest: expected = values.dropFirst().reduce(first) { greatest($0, $1) }
      case .convert: return nil
      default: return "no number"
      }
      return result == expected ? nil : "should be \(String(describing: expected))"
    } catch { return "cannot be computed: \(error)" }
  }

  private func exact(_ bounds: Bounds) throws -> Fraction? {
    bounds.low == bounds.high ? bounds.low : nil
  }

  private func combined(
    _ sign: ArithmeticOperator, _ left: Bounds, _ right: Bounds
  ) throws -> Bounds {
    switch sign {
    case .add:
      return Bounds(
        low: try both(left.low, right.low) { try $0 + $1 },
        high: try both(left.high, right.high) { try $0 + $1 })
    case .subtract:
      return Bounds(
        low: try both(left.low, right.high) { try $0 - $1 },
        high: try both(left.high, right.low) { try $0 - $1 })
    case .multiply:
      if let factor = try exact(right) { return try scaled(left, factor) }
      if let factor = try exact(left) { return try scaled(right, factor) }
      guard let a = left.low, let b = left.high, let c = right.low, let d = right.high else {
        return Bounds()
      }
      let corners = [try a * c, try a * d, try b * c, try b * d].sorted()
      return Bounds(low: corners.first, high: corners.last)
    case .divide:
      if let divisor = try exact(right) { return try scaled(left, try .one / divisor) }
      guard let low = right.low, let high = right.high, low.sign * high.sign > 0 else {
        return Bounds()
      }
      return try combined(.multiply, left, Bounds(low: try .one / high, high: try .one / low))
    }
  }

  private func scaled(_ bounds: Bounds, _ factor: Fraction) throws -> Bounds {
    if factor.isZero && (bounds.low == nil || bounds.high == nil) { return Bounds() }
    let low = try bounds.low.map { try $0 * factor }
    let high = try bounds.high.map { try $0 * factor }
    return factor.sign < 0 ? Bounds(low: high, high: low) : Bounds(low: low, high: high)
  }

  private func both(
    _ left: Fraction?, _ right: Fraction?, _ body: (Fraction, Fraction) throws -> Fraction
  ) rethrows -> Fraction? {
    guard let left, let right else { return nil }
    return try body(left, right)
  }

  private func least(_ left: Bounds, _ right: Bounds) -> Bounds {
    Bounds(
      low: both(left.low, right.low) { min($0, $1) },
      high: [left.high, right.high].compactMap { $0 }.min())
  }

  private func greatest(_ left: Bounds, _ right: Bounds) -> Bounds {
    Bounds(
      low: [left.low, right.low].compactMap { $0 }.max(),
      high: both(left.high, right.high) { max($0, $1) })
  }

  private func dateExtremeProblem(_ step: Derivation) -> String? {
    step.children.contains { $0.answer == step.answer } ? nil : "none of the operands"
  }

  // MARK: Comparison

  func comparisonProblem(_ step: Derivation, _ comparison: ComparisonOperator) -> String? {
    guard step.children.count == 2 else { return "two sides expected" }
    let (left, right) = (step.children[0], step.children[1])
    if let first = bounds(left.answer), let second = bounds(right.answer),
      left.value.map({ !isMoney($0) }) ?? true, right.value.map({ !isMoney($0) }) ?? true
    {
      return truth(step, compared(comparison, first, second), reasonsOf: step.children)
    }
    guard let first = left.value, let second = right.value else {
      return truth(step, .unknown, reasonsOf: step.children)
    }
    if step.truth == .unknown { return step.answer?.reasons.isEmpty == false ? nil : "no reason" }
    let order: Int
    switch (first, second) {
    case (.date(let one), .date(let other)): order = one.days(to: other).signum() * -1
    case (.none, .none): order = 0
    case (.none, _): order = 1
    case (_, .none): order = -1
    case (.period(let one), .period(let other)): order = one == other ? 0 : one < other ? -1 : 1
    case (.member(let one), .member(let other)): order = one == other ? 0 : one < other ? -1 : 1
    default:
      if let one = left.number, let other = right.number {
        order = one == other ? 0 : one < other ? -1 : 1
      } else {
        order = first == second ? 0 : 1
      }
    }
    let holds =
      switch comparison {
      case .less: order < 0
      case .lessOrEqual: order <= 0
      case .equal: order == 0
      case .notEqual: order != 0
      case .greaterOrEqual: order >= 0
      case .greater: order > 0
      }
    return step.truth == Truth(holds) ? nil : "should be \(holds)"
  }

  private func isMoney(_ value: Value) -> Bool { if case .money = value { true } else { false } }

  private func compared(
    _ comparison: ComparisonOperator, _ left: Bounds, _ right: Bounds
  ) -> Truth {
    func less(_ one: Bounds, _ other: Bounds) -> Truth {
      if let high = one.high, let low = other.low, high < low { return .true }
      if let low = one.low, let high = other.high, low >= high { return .false }
      return .unknown
    }
    switch comparison {
    case .less: return less(left, right)
    case .greater: return less(right, left)
    case .greaterOrEqual: return !less(left, right)
    case .lessOrEqual: return !less(right, left)
    case .equal, .notEqual:
      let equal: Truth
      if let one = left.low, let other = right.low, left.high == one, right.high == other {
        equal = Truth(one == other)
      } else {
        equal = less(left, right) == .true || less(right, left) == .true ? .false : .unknown
      }
      return comparison == .equal ? equal : !equal
    }
  }

  // MARK: Aggregates

  func aggregateProblem(_ step: Derivation, _ kind: AggregateKind) -> String? {
    var members = step.children[...]
    if let first = members.first, case .collection(_, let count) = first.result {
      members = members.dropFirst()
      guard members.count == count else { return "\(count) members, \(members.count) shown" }
    }
    guard let result = bounds(step.answer) else { return nil }
    guard !members.isEmpty || step.value != nil else { return nil }
    var sure: [Bounds] = []
    var perhaps: [Bounds] = []
    for member in members {
      let parts = member.children
      let selection: Truth =
        if member.isStatement { member.truth } else { .true }
      if selection == .false { continue }
      let body = bounds(kind == .count ? .known(.quantity(.one)) : parts.last?.answer)
      guard let body else { return dateExtremeProblem(step) }
      switch selection {
      case .true: sure.append(kind == .count ? body : bounds(member.answer) ?? body)
      case .unknown: perhaps.append(body)
      case .false: break
      }
    }
    do {
      switch kind {
      case .count, .sum:
        var low: Fraction? = .zero
        var high: Fraction? = .zero
        for value in sure {
          low = try both(low, value.low) { try $0 + $1 }
          high = try both(high, value.high) { try $0 + $1 }
        }
        for value in perhaps {
          low = try both(low, value.low) { try $0 + min($1, .zero) }
          high = try both(high, value.high) { try $0 + max($1, .zero) }
        }
        if result == Bounds(low: low, high: high) { return nil }
        // Members missing from the list open the bounds; an amount of money is known or not.
        if step.value == nil && (result.high == nil || result.low == nil) { return nil }
        return "should be between \(String(describing: low)) and \(String(describing: high))"
      case .average:
        guard let value = step.number, perhaps.isEmpty, !sure.isEmpty else { return nil }
        let total = try sure.compactMap(\.low).reduce(Fraction.zero) { try $0 + $1 }
        return try total / Fraction(sure.count) == value ? nil : "not the average"
      case .min:
        guard let value = step.number else { return nil }
        return sure.compactMap(\.low).min() == value ? nil : "not the least"
      case .max:
        guard let value = step.number else { return nil }
        return sure.compactMap(\.high).max() == value ? nil : "not the greatest"
      }
    } catch { return "cannot be computed: \(error)" }
  }
}

extension Derivation {
  fileprivate var isStatement: Bool {
    if case .known(.boolean)? = answer { return true }
    if case .answer(.unknown, .boolean) = result { return true }
    return false
  }
}
