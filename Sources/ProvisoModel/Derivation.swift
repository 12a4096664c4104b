// Derivations: the steps from facts to a verdict, each of which follows from its children.

package import ProvisoQuantities
package import ProvisoSource

/// One step: an operation, its result, and the steps it rests on.
///
/// Invariant: the result is what the operation gives on the children's results. A test recomputes
/// every step of every derivation in the suite.
package struct Derivation: Hashable, Sendable {
  /// The steps of which it is one, and its place among them.
  private let steps: DerivationSteps
  private let place: Int

  /// The step at a place of some steps; one that stands elsewhere is the one there.
  package init(_ steps: DerivationSteps, at place: Int) {
    let elsewhere = steps.note(at: place) { content -> Derivation? in
      if case .elsewhere(let step) = content { step } else { nil }
    }
    if let elsewhere {
      self = elsewhere
    } else {
      (self.steps, self.place) = (steps, place)
    }
  }

  /// What it does with the results beneath it.
  package var operation: DerivationOperation {
    let noted = steps.note(at: place) { content -> DerivationOperation? in
      switch content {
      case .operation(let operation): operation
      case .member(let path): .member(path.text)
      case .type, .collection, .elsewhere, .fact, .origin: nil
      }
    }
    if let noted { return noted }
    let operation = steps.operation(at: place) ?? .collection
    // A fact that is a list, a record or values in time is shown as what it is.
    if case .fact = operation, case .collection = result { return .collection }
    return operation
  }

  /// What it came to.
  package var result: DerivedResult {
    let answer = steps[place].answer
    let noted = steps.note(at: place) { content -> DerivedResult? in
      switch content {
      case .type(let type): .answer(answer, type)
      case .collection(let summary, let count): .collection(summary: summary, count: count)
      case .operation, .member, .elsewhere, .fact, .origin: nil
      }
    }
    return noted ?? .answer(answer, steps.type(at: place) ?? .boolean)
  }

  /// Where the expression was written; nil for steps of the engine itself.
  package var span: SourceSpan? { steps.span(at: place) }

  /// Where a fact came from.
  package var origin: FactOrigin? {
    if steps[place].note == DerivationStep.noteOfForm { return steps.origin(at: place) }
    return steps.note(at: place) { content in
      switch content {
      case .fact(let path, let elector): FactOrigin(path: path.text, electedBy: elector)
      case .origin(let origin): origin
      case .operation, .member, .type, .collection, .elsewhere: nil
      }
    }
  }

  /// The steps it rests on, in the order in which they were taken.
  package var children: [Derivation] {
    let end = place + steps[place].extent
    var children: [Derivation] = []
    var next = place + 1
    while next < end {
      children.append(Derivation(steps, at: next))
      next += steps[next].extent
    }
    return children
  }

  /// A step put together out of finished ones.
  package init(
    operation: DerivationOperation, result: DerivedResult, span: SourceSpan?,
    origin: FactOrigin? = nil, children: [Derivation] = []
  ) {
    var said: [StepNote.Content] = [.operation(operation)]
    var answer = Answer.known(.none)
    switch result {
    case .answer(let given, let type):
      answer = given
      said.append(.type(type))
    case .collection(let summary, let count):
      said.append(.collection(summary: summary, count: count))
    }
    if let origin { said.append(.origin(origin)) }
    var notes = said.enumerated().map { StepNote($0.element, before: $0.offset - 1) }
    var steps = [
      DerivationStep(
        form: span == nil ? -1 : 0, extent: 1 + children.count, note: notes.count - 1,
        firstNote: 0, answer: answer)
    ]
    for child in children {
      steps.append(
        DerivationStep(
          form: -1, extent: 1, note: notes.count, firstNote: notes.count, answer: .known(.none)))
      notes.append(StepNote(.elsewhere(child), before: -1))
    }
    let form = span.map { StepForm(operation: operation, type: .unresolved, span: $0) }
    self.steps = DerivationSteps(steps, notes, forms: form.map { [$0] } ?? [])
    place = 0
  }

  package static func == (left: Derivation, right: Derivation) -> Bool {
    if left.steps === right.steps, left.place == right.place { return true }
    return left.operation == right.operation && left.result == right.result
      && left.span == right.span && left.origin == right.origin
      && left.children == right.children
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(operation)
    hasher.combine(result)
    hasher.combine(span)
    hasher.combine(origin)
    hasher.combine(children)
  }
}

/// The result of a step.
package enum DerivedResult: Hashable, Sendable {
  case answer(Answer, ValueType)
  /// A collection or record: how it is summarised (`3 owners`, `Holdco`), and its size.
  case collection(summary: String, count: Int)
}

/// Where a fact came from: its path in the contract and what stands behind it.
package struct FactOrigin: Hashable, Sendable {
  /// `borrower.owners[2].country`, `emissions[2024]`.
  package let path: String
  package let from: CalendarDate?
  package let recorded: CalendarDate?
  package let evidence: String?
  /// For an assessed field: who judged.
  package let assessedBy: String?
  /// For an elected field: who chose, and on which day where that is said.
  package let electedBy: String?
  package let elected: CalendarDate?
  /// Sources that say otherwise, and were not followed because their evidence ranks lower.
  package let overruled: [OverruledSource]
  package init(
    path: String, from: CalendarDate? = nil, recorded: CalendarDate? = nil,
    evidence: String? = nil, assessedBy: String? = nil, electedBy: String? = nil,
    elected: CalendarDate? = nil, overruled: [OverruledSource] = []
  ) {
    self.path = path
    self.from = from
    self.recorded = recorded
    self.evidence = evidence
    self.assessedBy = assessedBy
    self.electedBy = electedBy
    self.elected = elected
    self.overruled = overruled
  }
}

/// A source that says otherwise than the one followed.
package struct OverruledSource: Hashable, Sendable {
  package let value: Value
  /// The item of evidence it rests on, and its level; nil where it rests on none.
  package let evidence: String?
  package let level: AssuranceLevel?
  package let recorded: CalendarDate?
  package init(
    value: Value, evidence: String?, level: AssuranceLevel?, recorded: CalendarDate?
  ) {
    self.value = value
    self.evidence = evidence
    self.level = level
    self.recorded = recorded
  }
}

/// What a step does with its children, in evaluation order.
package enum DerivationOperation: Hashable, Sendable {
  // Leaves.
  case literal
  case fact
  /// A parameter or path read at a time; children: the time, where it was an expression.
  case parameter(ParameterID)
  /// `as_of`, `test_date`, `period`, a bound variable: by name.
  case context(String)

  // One result from the children's results, exactly as `ExpressionKind` of the same name.
  case negate
  case arithmetic(ArithmeticOperator)
  case shareOf
  case power
  case round(RoundingMode)
  case capped(title: String?, isBinding: Bool)
  case floored(title: String?, isBinding: Bool)
  case partAbove
  case partUpTo
  case least
  case greatest
  case compare(ComparisonOperator)
  case not
  case and
  case or
  /// Children are `limb` steps.
  case limbs(LimbsKind)
  case limb(String)

  // Collections: the collection itself, then one `member` child a member looked at, in order.
  /// `some`, `no`, `every`: children are `member` steps with a truth.
  case quantifier(QuantifierKind)
  /// Children are `member` steps with the member's contribution.
  case aggregate(AggregateKind)
  /// One member, by name or place. The children: its `where`, then its body or statement; the
  /// result is the truth (quantifier, count) or contribution (sum …) of the member.
  case member(String)
  case chain(cycles: [String])
  /// A range, a window, a list literal, a record.
  case collection

  // Time and reference data.
  case at
  /// A part of a value: the end of a period, the section of a NACE code, the currency of a money, a
  /// field of a record that a table or a define gave. The child: the whole.
  case part
  /// A date moved by a duration, and sums and multiples of durations.
  case addDuration
  case countTime(TimeUnit, TimeCount)
  /// The children: the first day, the last, and the maturity where the convention asks for it.
  case yearFraction(DayCount)
  /// `period + n`, `period - n`, `period - period`.
  case periodStep
  case happenedBy
  case dateInPeriod
  case memberOf
  /// Membership in a dated list: the spell that decided; where the answer is no, the value's last
  /// spell, or none.
  case listed(ListID, dating: Int, spell: Spell?)
  /// The row of the table that fits, by position.
  case table(TableID, row: Int?)
  case tableHas(TableID)
  case convert

  // Names and choices.
  /// A define: the children are its arguments, then its body (and the exceptions looked at).
  case call(DefineID)
  /// The children are the conditions looked at, then the value chosen. The result is the last's.
  case choose(position: Int?)
  case orElse(usedSecond: Bool)
  case exception(String)
  case isKnown
  case isAssured(AssuranceLevel)
  case isNone
  case conditionState(ConditionID, ConditionState)

  // The frame of a verdict.
  /// The whole test: children are its clauses.
  case test
  /// `requires`, `forbids`, `applies when`, `undetermined "…"`, `cure`: one child.
  case clause(String)
  /// An evidence requirement: the item that counts, or none.
  case evidence(kind: String, item: String?)
}
