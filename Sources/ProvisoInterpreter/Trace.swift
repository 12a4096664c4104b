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
  @exclusivity(unchecked) private var notes: [StepNote] = []
  /// The place of the innermost step under way; -1: there is none.
  @exclusivity(unchecked) private var current = -1
  /// The place of the step that ended last, where it is beneath the one under way and the last
  /// beneath it; -1: look for it.
  @exclusivity(unchecked) private var last = -1

  /// - Parameter forms: By expression, what its steps have in common.
  init(_ forms: [StepForm]) {
    self.forms = forms
    steps.reserveCapacity(24)
    notes.reserveCapacity(8)
  }

  /// Begins the step of an expression, or one of the engine itself.
  func open(_ form: Int = -1) {
    let place = steps.count
    steps.append(
      DerivationStep(
        form: form, extent: current, firstNote: notes.count, answer: .known(.none)))
    current = place
    last = -1
  }

  /// Takes a step that rests on no other; where its fact stands, its form says.
  func take(_ form: Int, _ answer: Answer) {
    last = steps.count
    steps.append(
      DerivationStep(
        form: form, extent: 1, note: DerivationStep.noteOfForm, firstNote: notes.count,
        answer: answer))
  }

  /// Takes a step that reads a fact without a history.
  func take(_ form: Int, _ answer: Answer, plainFact path: FactPath, electedBy elector: String?) {
    open(form)
    note(plainFact: path, electedBy: elector)
    close(answer)
  }

  // MARK: Notes

  /// Says more exactly what the step under way does than its expression does.
  func note(_ operation: DerivationOperation) { note(.operation(operation)) }

  /// Says where the fact that the step under way read came from.
  func note(origin: FactOrigin) { note(.origin(origin)) }

  /// Says the same of a fact without a history; each record on the way to a fact notes its own
  /// first.
  func note(plainFact path: FactPath, electedBy elector: String? = nil) {
    note(.fact(path, electedBy: elector))
  }

  private func note(_ content: StepNote.Content) {
    guard current >= 0 else { return }
    notes.append(StepNote(content, before: steps[current].note))
    steps[current].note = notes.count - 1
  }

  private var isOperationNoted: Bool {
    var position = steps[current].note
    while position >= 0 {
      switch notes[position].content {
      case .operation, .member: return true
      case .type, .collection, .elsewhere, .fact, .origin: break
      }
      position = notes[position].before
    }
    return false
  }

  // MARK: Ends

  /// Ends the step under way, by an answer of its expression's type, or by a truth, and puts it
  /// beneath the one around it.
  func close(_ answer: Answer) {
    guard current >= 0 else { return }
    let place = current
    current = steps[place].extent
    steps[place].answer = answer
    steps[place].extent = steps.count - place
    last = place
  }

  /// Ends a step of the engine itself, whose type is that of a truth unless another is given.
  func close(_ operation: DerivationOperation, _ answer: Answer, _ type: ValueType? = nil) {
    guard current >= 0 else { return }
    if !isOperationNoted { note(.operation(operation)) }
    if let type { note(.type(type)) }
    close(answer)
  }

  /// Ends the step of a member that is called by its place.
  func close(memberAt place: FactPath, _ answer: Answer) {
    guard current >= 0 else { return }
    if !isOperationNoted { note(.member(place)) }
    close(answer)
  }

  /// Ends a step whose result is a collection or a record.
  func close(collection summary: String, count: Int) {
    note(.collection(summary: summary, count: count))
    close(.known(.none))
  }

  /// Puts a finished step beneath the one under way.
  func append(_ derivation: Derivation) {
    open()
    note(.elsewhere(derivation))
    close(.known(.none))
  }

  /// Ends the step under way and forgets it with everything beneath it.
  func discard() {
    guard current >= 0 else { return }
    let place = current
    current = steps[place].extent
    forget(from: place)
  }

  /// Forgets the step that was finished last beneath the one under way.
  func forgetLast() {
    let place = last >= 0 ? last : lastFinished
    if place >= 0 { forget(from: place) }
  }

  private func forget(from place: Int) {
    // What the step around it noted meanwhile stands behind the first of these, and stays.
    let firstNote = steps[place].firstNote
    if current < 0 || steps[current].note < firstNote {
      notes.removeLast(notes.count - firstNote)
    }
    steps.removeLast(steps.count - place)
    last = -1
  }

  // MARK: Derivations

  /// Takes out the step that was finished last beneath the one under way.
  func takeLast() -> Derivation? {
    let place = last >= 0 ? last : lastFinished
    guard place >= 0 else { return nil }
    if place > 0 {
      let taken = derivations(from: place)
      forget(from: place)
      return Derivation(taken, at: 0)
    }
    // All there is: handed over as it is. The next is expected to be about as large.
    var (takenSteps, takenNotes): ([DerivationStep], [StepNote]) = ([], [])
    takenSteps.reserveCapacity(steps.count + 8)
    takenNotes.reserveCapacity(notes.count + 4)
    swap(&steps, &takenSteps)
    swap(&notes, &takenNotes)
    last = -1
    return Derivation(
      DerivationSteps(consume takenSteps, consume takenNotes, forms: forms), at: 0)
  }

  /// What was put beneath the step under way so far.
  var stepsUnderWay: [Derivation] {
    let first = current + 1
    guard first < steps.count else { return [] }
    let kept = derivations(from: first)
    var found: [Derivation] = []
    var place = first
    while place < steps.count {
      found.append(Derivation(kept, at: place - first))
      place += steps[place].extent
    }
    return found
  }

  /// The finished steps from a place on.
  private func derivations(from place: Int) -> DerivationSteps {
    DerivationSteps(
      Array(steps[place...]), Array(notes[steps[place].firstNote...]), forms: forms)
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
