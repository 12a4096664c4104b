// The steps of an evaluation as they happen, put together into derivations.

import ProvisoModel

/// Collects steps while they are taken; there is none when nobody asked for derivations.
///
/// Steps under way stand in one array, outermost first, and what is finished in another, so that a
/// step needs no array of its own before it is known what is beneath it. Steps are taken by the
/// hundred. No two accesses overlap: none calls back.
final class Trace {
  /// A step under way.
  private struct Step {
    /// What it does more exactly than its expression says.
    var operation: DerivationOperation?
    /// Where the fact that it read came from.
    var origin: NotedOrigin?
    /// Where the steps beneath it begin among those that are finished.
    let first: Int
  }
  /// The first stands for all that is outside.
  @exclusivity(unchecked) private var steps = [Step(first: 0)]
  @exclusivity(unchecked) private var finished: [Derivation] = []

  /// An origin; of a plain fact it is written out only when its step ends, because each record on
  /// the way to a fact notes its own first.
  private enum NotedOrigin {
    indirect case written(FactOrigin)
    case plain(FactPath, electedBy: String?)

    var origin: FactOrigin {
      switch self {
      case .written(let origin): origin
      case .plain(let path, let elector): FactOrigin(path: path.text, electedBy: elector)
      }
    }
  }

  func open() { steps.append(Step(first: finished.count)) }

  /// Says more exactly what the step under way does than its expression does.
  func note(_ operation: DerivationOperation) { steps[steps.count - 1].operation = operation }

  /// Says where the fact that the step under way read came from.
  func note(origin: FactOrigin) { steps[steps.count - 1].origin = .written(origin) }

  /// Says the same of a fact without a history.
  func note(plainFact path: FactPath, electedBy elector: String? = nil) {
    steps[steps.count - 1].origin = .plain(path, electedBy: elector)
  }

  /// Ends the step under way and puts it beneath the one around it.
  func close(
    _ operation: @autoclosure () -> DerivationOperation, _ result: DerivedResult,
    at span: Derivation.Place?
  ) {
    guard steps.count > 1 else { return }
    let step = steps.removeLast()
    let beneath = finished.count - step.first
    let derivation = Derivation(
      operation: step.operation ?? operation(), result: result, span: span,
      origin: step.origin?.origin, children: beneath > 0 ? Array(finished.suffix(beneath)) : [])
    // One by one: of so few, cutting off a stretch takes longer.
    for _ in 0..<beneath { finished.removeLast() }
    finished.append(derivation)
  }

  /// Puts a finished step beneath the one under way.
  func append(_ derivation: Derivation) { finished.append(derivation) }

  /// What was put beneath the step under way so far.
  var stepsUnderWay: [Derivation] { Array(finished[steps[steps.count - 1].first...]) }

  /// Ends the step under way and forgets it with everything beneath it.
  func discard() {
    guard steps.count > 1 else { return }
    let step = steps.removeLast()
    if finished.count > step.first { finished.removeLast(finished.count - step.first) }
  }

  /// Takes out the step that was finished last beneath the one under way.
  func takeLast() -> Derivation? {
    finished.count > steps[steps.count - 1].first ? finished.removeLast() : nil
  }
}
