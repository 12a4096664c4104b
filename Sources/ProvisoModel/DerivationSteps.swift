// The steps of a derivation as they are kept: in one array, each before those it rests on.

package import ProvisoSource

/// The steps of one derivation.
///
/// One contract has them by the hundred, and most are never looked at: a step is a few words in an
/// array. What can be said of it from the ruleset alone is said once, in its form; what there is to
/// say beside that is noted apart. Paths are put together when somebody asks (see ``Derivation``).
package final class DerivationSteps: Sendable {
  /// Each step stands before those beneath it, which stand in the order in which they were taken.
  private let steps: [DerivationStep]
  private let notes: [StepNote]
  /// How many notes there were before the first of these.
  private let firstNote: Int
  /// What steps of the ruleset's expressions have in common, by expression.
  private let forms: [StepForm]

  /// - Parameters:
  ///   - steps: At least one.
  ///   - notes: Those of the steps, without the notes before the first step's first.
  package init(_ steps: [DerivationStep], _ notes: [StepNote], forms: [StepForm]) {
    self.steps = steps
    self.notes = notes
    firstNote = steps[0].firstNote
    self.forms = forms
  }

  subscript(_ place: Int) -> DerivationStep { steps[place] }

  // What the form of the step at a place says; nil: it is a step of the engine itself. A part at a
  // time: a whole form is more than its readers need to copy.

  func operation(at place: Int) -> DerivationOperation? {
    form(at: place).map { forms[$0].operation }
  }

  func type(at place: Int) -> ValueType? { form(at: place).map { forms[$0].type } }

  func span(at place: Int) -> SourceSpan? { form(at: place).map { forms[$0].span } }

  func origin(at place: Int) -> FactOrigin? {
    guard let form = form(at: place), let path = forms[form].factPath else { return nil }
    return FactOrigin(path: path, electedBy: forms[form].elector)
  }

  private func form(at place: Int) -> Int? {
    let form = steps[place].form
    return form >= 0 ? form : nil
  }

  /// What was noted of a step last that is of some sort.
  func note<Content>(at place: Int, _ content: (StepNote.Content) -> Content?) -> Content? {
    var position = steps[place].note
    while position >= 0 {
      let note = notes[position - firstNote]
      if let found = content(note.content) { return found }
      position = note.before
    }
    return nil
  }
}

/// What every step of one expression has in common.
package struct StepForm: Sendable {
  /// The operation, unless a step notes a more exact one.
  package let operation: DerivationOperation
  package let type: ValueType
  package let span: SourceSpan
  /// For a path of names that begins with a field of the contract: where its fact stands.
  package let factPath: String?
  /// Who chooses the fact that it reads.
  package let elector: String?

  package init(
    operation: DerivationOperation, type: ValueType, span: SourceSpan, factPath: String? = nil,
    elector: String? = nil
  ) {
    self.operation = operation
    self.type = type
    self.span = span
    self.factPath = factPath
    self.elector = elector
  }
}

/// One step as it is kept.
package struct DerivationStep: Sendable {
  /// The position of its form; -1 for steps of the engine itself.
  package let form: Int
  /// How many steps it is with all beneath it.
  package var extent: Int
  /// The position of what was noted of it last, counted with what was noted before the derivation
  /// began; -1: nothing; `noteOfForm`: that it read the fact its form speaks of.
  package var note: Int
  /// How many notes there were when it began.
  package let firstNote: Int
  /// The answer: of the form's type; of a step without a form, a truth.
  package var answer: Answer

  /// See `note`.
  package static var noteOfForm: Int { -2 }

  /// A step that begins, or one that is finished at once.
  package init(form: Int, extent: Int, note: Int = -1, firstNote: Int, answer: Answer) {
    self.form = form
    self.extent = extent
    self.note = note
    self.firstNote = firstNote
    self.answer = answer
  }
}

/// Something to say of a step that its form does not.
package struct StepNote: Sendable {
  /// What is said.
  package enum Content: Sendable {
    /// What it does more exactly than its form says; of a step without a form, what it does.
    case operation(DerivationOperation)
    /// It is about a member that is called by its place.
    case member(FactPath)
    /// Its answer is of another type than its form says.
    case type(ValueType)
    /// Its result is a collection or a record.
    case collection(summary: String, count: Int)
    /// It is the step of another derivation.
    case elsewhere(Derivation)
    /// It read a fact without a history; who chose it.
    case fact(FactPath, electedBy: String?)
    /// It read a fact of which there is more to say.
    indirect case origin(FactOrigin)
  }
  package let content: Content
  /// The position of what was noted of the same step before; -1: nothing.
  package let before: Int

  package init(_ content: Content, before: Int) {
    self.content = content
    self.before = before
  }
}
