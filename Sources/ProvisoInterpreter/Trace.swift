// The steps of an evaluation as they happen, put together into derivations.

import ProvisoModel

/// Collects steps while they are taken; there is none when nobody asked for derivations.
///
/// A step takes its place when it begins, so that it stands before all beneath it, and says how far
/// it reaches when it ends. Steps are taken by the hundred. No two accesses overlap: none calls
/// back.
final class Trace {
  private let forms: [StepForm]
  /// Those under way and those that are finished. The extent of one under way is the place of the
  /// one around it.
  @exclusivity(unchecked) private var steps: [DerivationStep] = []
  /// The place of the innermost step under way; -1: there is none.
  @exclusivity(unchecked) private var current = -1
  /// The place of the step that ended last, where it is beneath the one under way and the last
  /// beneath it; -1: look for it.
  @exclusivity(unchecked) private var last = -1

  /// - Parameter forms: By expression, what its steps have in common.
  init(_ forms: [StepForm]) {
    self.forms = forms
    steps.reserveCapacity(32)
  }

  /// Begins the step of an expression, or one of the engine itself.
  func open(_ form: Int = -1) {
    steps.append(DerivationStep(form: form, extent: current))
    current = steps.count - 1
    last = -1
  }

  /// Says more exactly what the step under way does than its expression does.
  func note(_ operation: DerivationOperation) {
    if current >= 0 { steps[current].operation = operation }
  }

  /// Says where the fact that the step under way read came from.
  func note(origin: FactOrigin) {
    if current >= 0 { steps[current].origin = .written(origin) }
  }

  /// Says the same of a fact without a history; each record on the way to a fact notes its own
  /// first.
  func note(plainFact path: FactPath, electedBy elector: String? = nil) {
    if current >= 0 { steps[current].origin = .plain(path, electedBy: elector) }
  }

  /// Ends the step under way and puts it beneath the one around it.
  func close(_ result: StepResult) {
    guard current >= 0 else { return }
    let place = current
    steps[place].result = result
    current = steps[place].extent
    steps[place].extent = steps.count - place
    last = place
  }

  /// Ends a step of the engine itself.
  func close(_ operation: DerivationOperation, _ result: StepResult) {
    if current >= 0, steps[current].operation == nil { steps[current].operation = operation }
    close(result)
  }

  /// Puts a finished step beneath the one under way.
  func append(_ derivation: Derivation) {
    open()
    close(.elsewhere(derivation))
  }

  /// What was put beneath the step under way so far.
  var stepsUnderWay: [Derivation] {
    let first = current + 1
    let kept = DerivationSteps(Array(steps[first...]), forms: forms)
    var found: [Derivation] = []
    var place = first
    while place < steps.count {
      found.append(Derivation(kept, at: place - first))
      place += steps[place].extent
    }
    return found
  }

  /// Ends the step under way and forgets it with everything beneath it.
  func discard() {
    guard current >= 0 else { return }
    let place = current
    current = steps[place].extent
    steps.removeLast(steps.count - place)
    last = -1
  }

  /// Takes out the step that was finished last beneath the one under way.
  func takeLast() -> Derivation? {
    let place = last >= 0 ? last : lastFinished
    guard place >= 0 else { return nil }
    last = -1
    var taken: [DerivationStep] = []
    if place == 0 {
      // All there is: handed over as it is.
      taken.reserveCapacity(max(32, steps.count))
      swap(&taken, &steps)
    } else {
      taken = Array(steps[place...])
      steps.removeLast(steps.count - place)
    }
    return Derivation(DerivationSteps(taken, forms: forms), at: 0)
  }

  /// The place of the last finished step beneath the one under way; -1: there is none.
  private var lastFinished: Int {
    var found = -1
    var place = current + 1
    while place < steps.count {
      found = place
      place += steps[place].extent
    }
    return found
  }
}
