// The steps of a derivation as they are kept: in one array, each before those it rests on.

package import ProvisoSource

/// The steps of one derivation.
///
/// One contract has them by the hundred, and most are never looked at: a step is a few words in an
/// array, and what can be said of it from the ruleset alone is said once, in its form. Words and
/// paths are put together when somebody asks (see ``Derivation``).
package final class DerivationSteps: Sendable {
  /// Each step stands before those beneath it, which stand in the order in which they were taken.
  package let all: [DerivationStep]
  /// What steps of the ruleset's expressions have in common, by expression.
  package let forms: [StepForm]

  package init(_ all: [DerivationStep], forms: [StepForm]) {
    self.all = all
    self.forms = forms
  }
}

/// What every step of one expression has in common.
package struct StepForm: Sendable {
  /// The operation, unless a step notes a more exact one.
  package let operation: DerivationOperation
  package let type: ValueType
  package let span: SourceSpan

  package init(operation: DerivationOperation, type: ValueType, span: SourceSpan) {
    self.operation = operation
    self.type = type
    self.span = span
  }
}

/// One step as it is kept.
package struct DerivationStep: Sendable {
  /// The position of its form; -1 for steps of the engine itself.
  package let form: Int
  /// How many steps it is with all beneath it.
  package var extent: Int
  /// What it does more exactly than its form says; of a step without a form, what it does.
  package var operation: DerivationOperation?
  package var result = StepResult.underWay
  /// Where the fact that it read came from.
  package var origin: StepOrigin?

  package init(form: Int, extent: Int) {
    self.form = form
    self.extent = extent
  }
}

/// The result of a step as it is kept.
package enum StepResult: Sendable {
  case underWay
  /// An answer of the form's type; of a step without a form, a truth.
  case answer(Answer)
  case typed(Answer, ValueType)
  case collection(summary: String, count: Int)
  /// The step is that of another derivation.
  case elsewhere(Derivation)
}

/// Where a fact came from, as it is kept.
package enum StepOrigin: Sendable {
  /// A fact without a history, and who chose it.
  case plain(FactPath, electedBy: String?)
  indirect case written(FactOrigin)
}
