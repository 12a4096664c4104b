// Cures by payment: what was paid, and the least payment with which the cure test would hold.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// Gives the payment's variable what was paid by the frame's day.
  mutating func bindPaid(_ cure: Cure) {
    guard let payment = cure.payment else { return }
    let paid = quietly { $0.scalar(payment.paid) }
    bind(payment.slot, .scalar(paid))
  }

  /// What was paid by the frame's day, and what would cure on it; nil for a cure without payment.
  mutating func payment(_ cure: Cure) -> CurePayment? {
    guard let rule = cure.payment, let test = cure.condition else { return nil }
    let paid = quietly { $0.scalar(rule.paid) }
    var search = PaymentSearch(evaluation: self, rule: rule, test: test)
    let (needed, isExclusive) = search.least(from: paid)
    return CurePayment(
      paid: paid.answer, needed: needed, isExclusive: isExclusive, type: rule.type)
  }
}

/// The search for the least payment: where a comparison that speaks of the payment turns, tried by
/// evaluating the cure test with it.
private struct PaymentSearch {
  private var evaluation: Evaluation
  private let rule: CurePaymentRule
  private let test: ExpressionID
  private var tried: [(amount: Fraction, truth: Truth)] = []
  private var queue: [Fraction] = []
  /// For an amount just beyond a bound that itself would not do: the bound.
  private var bounds: [Fraction: Fraction] = [:]
  private var open = ReasonSet.none
  /// The amount just below a bound that was tried last.
  private var lastNear: Fraction?

  /// The most amounts that are tried.
  private static var trialLimit: Int { 64 }

  init(evaluation: Evaluation, rule: CurePaymentRule, test: ExpressionID) {
    self.evaluation = evaluation
    self.evaluation.trace = Trace(evaluation.prepared.stepForms)
    self.rule = rule
    self.test = test
  }

  /// The least payment that cures, and whether it takes a little more than that.
  mutating func least(from paid: Found) -> (needed: Answer, isExclusive: Bool) {
    queue = [.zero]
    if case .quantity(let amount)? = paid.value, amount > .zero { queue.append(amount) }
    while tried.count < Self.trialLimit, let amount = next() { tryAmount(amount) }
    guard let least = leastThatCures else { return (.unknown(open), false) }
    if let bound = bounds[least] { return (.known(.quantity(bound)), true) }
    return (.known(.quantity(least)), false)
  }

  private var leastThatCures: Fraction? {
    tried.filter { $0.truth.isTrue }.map(\.amount).min()
  }

  /// The next amount to try: one that a comparison suggests, or one between the least that cures
  /// and the greatest below it that does not, where another comparison may turn.
  private mutating func next() -> Fraction? {
    if !queue.isEmpty { return queue.removeFirst() }
    guard let least = leastThatCures,
      let below = tried.filter({ !$0.truth.isTrue && $0.amount < least }).map(\.amount).max(),
      let gap = try? least - below, gap > step, let middle = try? below + gap / Fraction(2),
      !tried.contains(where: { $0.amount == middle })
    else { return nil }
    // Just below the bound first: where that does not cure, the bound is the least. Where it does,
    // the next bound is looked for half way down.
    if lastNear != least, let near = try? least - step {
      lastNear = near
      return near
    }
    return middle
  }

  /// A millionth of a unit.
  private var step: Fraction {
    (try? (rule.type.displayUnit?.scale ?? .one) / Fraction(1_000_000)) ?? .one
  }

  private mutating func tryAmount(_ amount: Fraction) {
    guard !tried.contains(where: { $0.amount == amount }) else { return }
    evaluation.bind(rule.slot, .scalar(Found(.quantity(amount))))
    let found = evaluation.scalar(test)
    tried.append((amount, found.truth))
    open = open.union(found.reasons)
    guard let derivation = evaluation.trace?.takeLast() else { return }
    let crossings = Dependence(onVariable: rule.name).crossings(in: derivation)
    for crossing in crossings where crossing >= .zero {
      queue.append(crossing)
      if let beyond = try? crossing + step, bounds[beyond] == nil {
        bounds[beyond] = crossing
        queue.append(beyond)
      }
    }
  }
}
