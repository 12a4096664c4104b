// The steps of an evaluation as they happen, put together into derivations.

import ProvisoModel

/// Collects steps while they are taken; there is none when nobody asked for derivations.
final class Trace {
  private struct OpenStep {
    var operation: DerivationOperation?
    var origin: FactOrigin?
    var children: [Derivation] = []
  }
  /// The steps under way, outermost first. The first collects what is finished.
  private var steps: [OpenStep] = [OpenStep()]

  func open() { steps.append(OpenStep()) }

  /// Says more exactly what the step under way does than its expression does.
  func note(_ operation: DerivationOperation) { steps[steps.count - 1].operation = operation }

  /// Says where the fact that the step under way read came from.
  func note(origin: FactOrigin) { steps[steps.count - 1].origin = origin }

  /// Ends the step under way and puts it beneath the one around it.
  func close(_ operation: DerivationOperation, _ result: DerivedResult, of expression: Expression?)
  {
    guard let step = steps.popLast() else { return }
    let derivation = Derivation(
      operation: step.operation ?? operation, result: result, span: expression?.span,
      origin: step.origin,
      children: step.children)
    if steps.isEmpty { steps.append(OpenStep()) }
    steps[steps.count - 1].children.append(derivation)
  }

  /// Puts a finished step beneath the one under way.
  func append(_ derivation: Derivation) { steps[steps.count - 1].children.append(derivation) }

  /// What was put beneath the step under way so far.
  var stepsUnderWay: [Derivation] { steps[steps.count - 1].children }

  /// Ends the step under way and forgets it with everything beneath it.
  func discard() {
    if steps.count > 1 { steps.removeLast() }
  }

  /// Takes out the step that was finished last at the outermost level.
  func takeLast() -> Derivation? { steps[steps.count - 1].children.popLast() }
}
