// Where a recorded result and one that is found now part ways: the first step that cannot have come
// out as it does now.
//
// A ledger holds what each test came to and why, not its derivation. But the outcome says what its
// clauses came to, and a statement what its parts came to, wherever only one thing can have been:
// of a test that was met the requirement held, and so did each part that `and` joins. This is
// followed down from the test to the last step of which it can be said what it was.

import ProvisoModel

/// What was recorded of a test.
package struct RecordedTest: Hashable, Sendable {
  /// In the words of the canonical result.
  package let outcome: String
  /// What was unknown: the subject and the code of each reason.
  package let reasons: [RecordedReason]

  /// A test as it was recorded.
  package init(outcome: String, reasons: [RecordedReason]) {
    self.outcome = outcome
    self.reasons = reasons
  }
}

/// A recorded reason.
package struct RecordedReason: Hashable, Sendable {
  package let subject: String
  package let code: String

  /// A reason by what it is about and its code.
  package init(subject: String, code: String) {
    self.subject = subject
    self.code = code
  }
}

/// A step that came out otherwise: what it was and what it is.
package struct DifferingStep: Hashable, Sendable {
  package let label: String
  package let recorded: String
  package let found: String
}

/// The steps from a test, or an amount, down to the first that differs in itself.
package struct DerivationDifference: Hashable, Sendable {
  /// From the outermost to the step that was looked for, which is the last; never empty.
  package let path: [DifferingStep]
  /// What that step rests on now, a line each.
  package let beneath: [String]
}

/// What a step must have come to.
private enum Demand: Hashable {
  case truth(Truth)
  /// Known, whatever it was.
  case known
  /// Not known, for a reason in words.
  case unknown(String)
}

extension Explanation {
  /// Where a test parts ways with what was recorded of it; nil where it has no derivation.
  package func difference(
    condition name: String, test position: Int, recorded: RecordedTest
  ) -> DerivationDifference? {
    guard let verdict = verdict.conditions.first(where: { ruleset[$0.condition].name == name }),
      verdict.tests.indices.contains(position), let root = verdict.tests[position].derivation
    else { return nil }
    let test = verdict.tests[position]
    let search = DifferenceSearch(writer: DerivationTreeWriter(ruleset))
    let head = DifferingStep(
      label: "the test", recorded: recorded.outcome, found: test.outcome.rawValue)
    return search.difference(head, search.steps(beneath: root, recorded, test), root)
  }

  /// Where an amount of a condition parts ways with what was recorded of it; nil where it has no
  /// derivation.
  package func difference(
    condition name: String, amount position: Int, recorded: String
  ) -> DerivationDifference? {
    guard let verdict = verdict.conditions.first(where: { ruleset[$0.condition].name == name }),
      verdict.consequences.indices.contains(position)
    else { return nil }
    let consequence = verdict.consequences[position]
    return DifferenceSearch(writer: DerivationTreeWriter(ruleset)).difference(
      ofValue: consequence.derivation, recorded: recorded,
      found: words.exactAmount(consequence.amount) ?? "–")
  }

  /// Where a determination parts ways with what was recorded of it; nil where it has no derivation.
  package func difference(determination name: String, recorded: String) -> DerivationDifference? {
    let declared = ruleset.determinations
    guard
      let result = verdict.determinations.first(where: {
        declared.indices.contains($0.determination) && declared[$0.determination].name == name
      })
    else { return nil }
    return DifferenceSearch(writer: DerivationTreeWriter(ruleset)).difference(
      ofValue: result.derivation, recorded: recorded,
      found: words.printer.exactText(result.value, declared[result.determination].type))
  }
}

private struct DifferenceSearch {
  let writer: DerivationTreeWriter

  /// Nesting deeper than this is not followed.
  private static let depthLimit = 200
  /// So many steps beneath the one that differs are told.
  private static let beneathLimit = 12

  func difference(
    _ head: DifferingStep, _ found: [(step: Derivation, demand: Demand)], _ root: Derivation
  ) -> DerivationDifference {
    let path = found.map { step, demand in
      DifferingStep(
        label: writer.label(step).text, recorded: words(demand), found: writer.result(step).text)
    }
    return DerivationDifference(
      path: [head] + path, beneath: beneath(found.last?.step ?? root))
  }

  /// A value stands at the top of its derivation: both are known, and of its parts only what they
  /// are now.
  func difference(
    ofValue derivation: Derivation?, recorded: String, found: String
  ) -> DerivationDifference? {
    guard let derivation else { return nil }
    let step = DifferingStep(
      label: writer.label(derivation).text, recorded: recorded, found: found)
    return DerivationDifference(path: [step], beneath: beneath(derivation))
  }

  private func beneath(_ step: Derivation) -> [String] {
    // What the step's own text says is left out.
    let children = step.children.filter { !writer.isImplied($0, in: step) }
    let lines = children.prefix(Self.beneathLimit).map { child in
      "\(writer.label(child).text) \(writer.result(child).text)"
    }
    let more = children.count - lines.count
    return more > 0 ? lines + ["and \(more) more"] : lines
  }

  private func words(_ demand: Demand) -> String {
    switch demand {
    case .truth(.true): "held"
    case .truth(.false): "did not hold"
    case .truth(.unknown): "could not be said"
    case .known: "was known"
    case .unknown(let why): why
    }
  }

  // MARK: From the outcome to its clauses

  /// The steps beneath a test that differ, outermost first; empty where what was recorded does not
  /// say which of them it was.
  func steps(
    beneath root: Derivation, _ recorded: RecordedTest, _ now: TestVerdict
  ) -> [(step: Derivation, demand: Demand)] {
    for reason in recorded.reasons where !isStillOpen(reason, now) {
      if let path = path(to: reason, in: root, depth: 0) { return path }
    }
    for (step, demand) in demands(on: root, recorded.outcome) where !fits(step, demand) {
      return follow(step, demand, depth: 0)
    }
    return []
  }

  private func isStillOpen(_ reason: RecordedReason, _ now: TestVerdict) -> Bool {
    now.reasons.reasons.contains { $0.subject == reason.subject && $0.code.rawValue == reason.code }
  }

  /// What each clause must have come to for a test to come out so.
  private func demands(
    on root: Derivation, _ outcome: String
  ) -> [(step: Derivation, demand: Demand)] {
    var applies: [Derivation] = []
    var exceptions: [Derivation] = []
    var statements: [(Derivation, holds: Truth)] = []
    var evidence: [Derivation] = []
    for child in root.children {
      switch child.operation {
      case .clause("applies when"): applies.append(child)
      case .clause("requires"): statements.append((child, .true))
      case .clause("forbids"): statements.append((child, .false))
      case .exception: exceptions.append(child)
      case .evidence: evidence.append(child)
      default: break
      }
    }
    let applied = applies.map { ($0, Demand.truth(.true)) }
    switch Outcome(rawValue: outcome) {
    case .notApplicable: return applies.map { ($0, .truth(.false)) }
    case .exempt:
      return applied + (exceptions.count == 1 ? exceptions.map { ($0, .truth(.true)) } : [])
    case .met:
      return applied + statements.map { ($0.0, .truth($0.holds)) }
        + evidence.map { ($0, .truth(.true)) }
    case .breached, .inCure, .cured:
      // Without evidence to give, only the statement can have failed.
      guard evidence.isEmpty, statements.count == 1 else { return applied }
      return applied + statements.map { ($0.0, .truth($0.holds == .true ? .false : .true)) }
    default: return []
    }
  }

  // MARK: From a step to its parts

  private func fits(_ step: Derivation, _ demand: Demand) -> Bool {
    switch demand {
    case .truth(let truth): step.truth == truth
    case .known: step.isKnown
    case .unknown: !step.isKnown
    }
  }

  /// A step that differs, and those beneath it of which it can be said what they were.
  private func follow(
    _ step: Derivation, _ demand: Demand, depth: Int
  ) -> [(step: Derivation, demand: Demand)] {
    let rest = depth < Self.depthLimit ? part(of: step, demand) : nil
    // A frame and the statement in it are one step to a reader.
    let isFrame = rest.map { _ in writer.isFrame(step) } ?? false
    let beneath = rest.map { follow($0.step, $0.demand, depth: depth + 1) } ?? []
    return (isFrame && !beneath.isEmpty ? [] : [(step, demand)]) + beneath
  }

  /// The first part of a step that differs, where it can be said what it must have come to.
  private func part(
    of step: Derivation, _ demand: Demand
  ) -> (step: Derivation, demand: Demand)? {
    let parts = step.children.filter(\.isStatement)
    func first(_ truth: Truth) -> (step: Derivation, demand: Demand)? {
      parts.first { $0.truth != truth }.map { ($0, .truth(truth)) }
    }
    switch (step.operation, demand) {
    case (.not, .truth(let truth)):
      return parts.first.map { ($0, .truth(!truth)) }
    case (.and, .truth(.true)), (.limbs(.all), .truth(.true)), (.quantifier(.every), .truth(.true)):
      return first(.true)
    case (.or, .truth(.false)), (.limbs(.any), .truth(.false)), (.limbs(.none), .truth(.true)),
      (.quantifier(.some), .truth(.false)), (.quantifier(.no), .truth(.true)):
      return first(.false)
    case (.clause, _), (.limb, _), (.exception, _), (.call, _), (.at, _), (.member, _):
      let only = step.children.filter { $0.isStatement || demand == .known }
      return only.count == 1 ? only.first.map { ($0, demand) } : nil
    case (_, .truth), (_, .known):
      // A step that was known and is not: one of its parts is not known.
      guard !step.isKnown, demand != .truth(.unknown) else { return nil }
      return step.children.first { !$0.isKnown }.map { ($0, .known) }
    default: return nil
    }
  }

  /// The steps down to what was unknown when the test was recorded, and is known now.
  private func path(
    to reason: RecordedReason, in step: Derivation, depth: Int
  ) -> [(step: Derivation, demand: Demand)]? {
    guard depth < Self.depthLimit else { return nil }
    let demand = Demand.unknown("\(reason.code): \(reason.subject)")
    for child in step.children {
      if let found = path(to: reason, in: child, depth: depth + 1) {
        let isShown = child.isStatement && !writer.isFrame(child)
        return (isShown ? [(child, .truth(.unknown))] : []) + found
      }
    }
    let isIt: Bool
    switch step.operation {
    case .evidence(let kind, _): isIt = kind == reason.subject
    default: isIt = step.origin?.path == reason.subject
    }
    return isIt && step.isKnown ? [(step, demand)] : nil
  }
}

extension Derivation {
  /// Whether the step's value is known, or it is a collection that is there.
  fileprivate var isKnown: Bool {
    switch result {
    case .answer(.known, _), .collection: true
    case .answer: false
    }
  }
}
