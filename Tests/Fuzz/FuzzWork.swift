// What is looked at of one case, and how much a run has looked at.

/// A form in which an explanation is written.
enum OutputForm: CaseIterable {
  case text, markdown, html, json
}

/// Chooses by seed what a case is asked, and counts what it was asked.
///
/// Many cases that are each looked at from one side find more than a few that are looked at from
/// every side; over the seeds every side has its turn.
struct FuzzWork {
  /// Nil: everything is looked at.
  private var choices: FuzzGenerator?
  private(set) var counts = FuzzCounts()

  /// Work on one case, all choices of which follow from the generator.
  init(choosingBy choices: FuzzGenerator) { self.choices = choices }

  /// Work that leaves nothing out, for inputs that once failed.
  static let thorough = FuzzWork()

  private init() { choices = nil }

  /// The forms in which one verdict is written: one of them, or all.
  mutating func forms() -> [OutputForm] {
    guard let form = choices?.choose(OutputForm.allCases) else { return OutputForm.allCases }
    return [form]
  }

  /// One of several, or all of them.
  mutating func some<Element>(of elements: [Element]) -> ArraySlice<Element> {
    guard let position = choices?.below(elements.count) else { return elements[...] }
    return elements[position...].prefix(1)
  }

  /// Whether to do something that is due once in so many times.
  mutating func isChosen(in times: Int) -> Bool { choices?.once(in: times) ?? true }

  /// Notes something that was done.
  mutating func count(_ done: WritableKeyPath<FuzzCounts, Int>) {
    counts[keyPath: done] += 1
  }
}

/// How much of what was done.
struct FuzzCounts {
  /// Rulesets that passed the checker.
  var checkedRulesets = 0
  /// Pairs of a contract and a ruleset that was to read it.
  var readings = 0
  /// Those of them in which the contract was accepted.
  var acceptedReadings = 0
  /// Verdicts, each without and with its derivation.
  var verdicts = 0
  /// Explanations written, in any form.
  var explanations = 0
  /// Contracts decided in columns too.
  var inColumns = 0

  static func += (left: inout FuzzCounts, right: FuzzCounts) {
    left.checkedRulesets += right.checkedRulesets
    left.readings += right.readings
    left.acceptedReadings += right.acceptedReadings
    left.verdicts += right.verdicts
    left.explanations += right.explanations
    left.inColumns += right.inColumns
  }
}
