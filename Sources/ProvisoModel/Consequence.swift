// What follows from a breach, a pass or a cure.

package import ProvisoSource

/// `on breach recall 10% of disbursed when breached twice in a row`.
package struct Consequence: Hashable, Sendable {
  package let trigger: Trigger
  package let verb: Verb
  /// The words between the verb and the amount that name what it acts on: `margin` in `step up
  /// margin by 25 bps`, or the text of `publish "…"`. Nil when there are none.
  package let object: String?
  /// The field the action acts on, where it is one: the base that recalls are capped at.
  package let base: ExpressionID?
  package let amount: ConsequenceAmount?
  package let until: ConsequenceEnd?
  package let from: ExpressionID?
  package let frequency: Frequency?
  package let span: SourceSpan

  package init(
    trigger: Trigger, verb: Verb, object: String?, base: ExpressionID?,
    amount: ConsequenceAmount?, until: ConsequenceEnd?, from: ExpressionID?,
    frequency: Frequency?, span: SourceSpan
  ) {
    self.trigger = trigger
    self.verb = verb
    self.object = object
    self.base = base
    self.amount = amount
    self.until = until
    self.from = from
    self.frequency = frequency
    self.span = span
  }
}

/// What a consequence follows from, in the words that begin its clause.
package enum Trigger: String, Hashable, Sendable {
  case breach = "on breach"
  case met = "on met"
  case cure = "on cure"
  case whileInCure = "while in cure"
  case whilePending = "while pending"
}

/// What is done, in the words of the language.
package enum Verb: String, Hashable, Sendable, CaseIterable {
  case suspend, release, reduce, recall, charge, pay
  case stepUp = "step up"
  case stepDown = "step down"
  case convert, refuse, publish
}

/// How much: an amount, or by how much a rate moves.
package enum ConsequenceAmount: Hashable, Sendable {
  case amount(ExpressionID)
  /// `by 25 bps`, `by 2 percentage points`.
  case byPoints(ExpressionID)
  /// `by a factor of 1.10`.
  case byFactor(ExpressionID)
}

/// When a consequence ends: `until met`, `until DATE`.
package enum ConsequenceEnd: Hashable, Sendable {
  case untilMet
  case until(ExpressionID)
}

/// `when breached once|twice|N times [in a row]`; `in all` replaces what earlier ones gave.
package struct Frequency: Hashable, Sendable {
  /// At which breach it follows; nil: at each.
  package let times: Int?
  package let isInARow: Bool
  package let isInAll: Bool
  package init(times: Int?, isInARow: Bool, isInAll: Bool) {
    self.times = times
    self.isInARow = isInARow
    self.isInAll = isInAll
  }
}
