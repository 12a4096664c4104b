// The steps of an evaluation as they happen, put together into derivations.

import ProvisoModel

/// Collects steps while they are taken; there is none when nobody asked for derivations.
///
/// What is known of the steps under way stands in one array for each kind of knowledge, outermost
/// step first; the first place collects what is finished. Steps are taken by the hundred, so that
/// nothing is copied when one ends. No two accesses overlap: none calls back.
final class Trace {
  /// What the step does more exactly than its expression says.
  @exclusivity(unchecked) private var operations: [DerivationOperation?] = [nil]
  /// Where the fact that the step read came from.
  @exclusivity(unchecked) private var origins: [NotedOrigin?] = [nil]
  @exclusivity(unchecked) private var children: [[Derivation]] = [[]]

  /// An origin; of a plain fact it is written out only when its step ends, because each record on
  /// the way to a fact notes its own first.
  private enum NotedOrigin {
    case written(FactOrigin)
    case plain(FactPath, electedBy: String?)

    var origin: FactOrigin {
      switch self {
      case .written(let origin): origin
      case .plain(let path, let elector): FactOrigin(path: path.text, electedBy: elector)
      }
    }
  }

  func open() {
    operations.append(nil)
    origins.append(nil)
    children.append([])
  }

  /// Says more exactly what the step under way does than its expression does.
  func note(_ operation: DerivationOperation) { operations[operations.count - 1] = operation }

  /// Says where the fact that the step under way read came from.
  func note(origin: FactOrigin) { origins[origins.count - 1] = .written(origin) }

  /// Says the same of a fact without a history.
  func note(plainFact path: FactPath, electedBy elector: String? = nil) {
    origins[origins.count - 1] = .plain(path, electedBy: elector)
  }

  /// Ends the step under way and puts it beneath the one around it.
  func close(
    _ operation: @autoclosure () -> DerivationOperation, _ result: DerivedResult,
    at span: Derivation.Place?
  ) {
    guard operations.count > 1, let noted = operations.popLast(), let origin = origins.popLast(),
      let steps = children.popLast()
    else { return }
    let derivation = Derivation(
      operation: noted ?? operation(), result: result, span: span, origin: origin?.origin,
      children: steps)
    children[children.count - 1].append(derivation)
  }

  /// Puts a finished step beneath the one under way.
  func append(_ derivation: Derivation) { children[children.count - 1].append(derivation) }

  /// What was put beneath the step under way so far.
  var stepsUnderWay: [Derivation] { children[children.count - 1] }

  /// Ends the step under way and forgets it with everything beneath it.
  func discard() {
    guard operations.count > 1 else { return }
    operations.removeLast()
    origins.removeLast()
    children.removeLast()
  }

  /// Takes out the step that was finished last at the outermost level.
  func takeLast() -> Derivation? { children[children.count - 1].popLast() }
}
