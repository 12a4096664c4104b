// The outline of an explanation: its content in order, before it is text, Markdown or HTML.

import ProvisoModel
import ProvisoQuantities

/// The content of an explanation, all in words.
struct Outline {
  let title: Prose
  /// Label and content, in order: ruleset, contract, dates.
  let header: [(label: String, content: Prose)]
  let outcome: Outcome
  let conditions: [ConditionOutline]
  let determinations: [(name: String, title: String, value: Prose)]
  let requests: [Prose]
  /// What the reader must know of the facts as a whole.
  let remarks: [Prose]
}

/// One condition of an outline.
struct ConditionOutline {
  let name: String
  let title: String
  let outcome: Outcome
  /// `breached (2021); now met`.
  let line: Prose
  /// The clause of the act or agreement, and where the rule is written.
  let source: Prose?
  /// The sentence of the worst test.
  let sentence: Prose
  let consequences: [Prose]
  /// Whether it is explained at length.
  let isInFocus: Bool
  let tests: [TestOutline]
}

/// One test of an outline.
struct TestOutline {
  let label: String?
  let outcome: Outcome
  let dates: Prose
  let sentence: Prose
  let tree: DerivationLine?
  let remedies: [Prose]
  let requests: [Prose]
}

extension Explanation {
  /// The content of the explanation.
  func outline(_ focus: ExplanationFocus) -> Outline {
    let anyOpen = verdict.conditions.contains { OutcomeTone($0.outcome).needsExplaining }
    let conditions = verdict.conditions.map { condition in
      let isInFocus: Bool
      if let chosen = focus.condition {
        isInFocus = condition.condition == chosen
      } else {
        isInFocus = !anyOpen || OutcomeTone(condition.outcome).needsExplaining
      }
      return outline(of: condition, isInFocus: isInFocus, test: focus.test)
    }
    return Outline(
      title: "\(data: ruleset.title.isEmpty ? identity.name : ruleset.title)",
      header: header(), outcome: verdict.outcome, conditions: conditions,
      determinations: verdict.determinations.compactMap { result in
        guard ruleset.determinations.indices.contains(result.determination) else { return nil }
        let declared = ruleset.determinations[result.determination]
        return (declared.name, declared.title, words.value(result))
      },
      requests: requests.map(\.prose), remarks: remarks())
  }

  private func header() -> [(label: String, content: Prose)] {
    [
      ("ruleset", "\(data: identity.name) \(data: identity.version), \(data: identity.digest)"),
      ("contract", "\(data: verdict.contractID), \(data: contractDigest)"),
      ("as of", "\(data: verdict.asOf.iso), known at \(data: verdict.knownAt.iso)"),
    ]
  }

  private func remarks() -> [Prose] {
    var result: [Prose] = []
    if verdict.outcome == .notGoverned {
      result.append("The ruleset does not govern this contract: no verdict is given.")
    }
    let later = verdict.laterFactCount
    if later > 0 {
      let facts = later == 1 ? "1 fact was" : "\(later) facts were"
      result.append(
        "\(words: facts) recorded after \(data: verdict.knownAt.iso) and not looked at.")
    }
    let undated = verdict.undatedFactCount
    if undated > 0 {
      let facts = undated == 1 ? "1 fact carries" : "\(undated) facts carry"
      result.append("\(words: facts) no recording date.")
    }
    return result
  }

  private func outline(
    of condition: ConditionVerdict, isInFocus: Bool, test focused: String?
  ) -> ConditionOutline {
    let declared = declaration(of: condition)
    let tree = DerivationTreeWriter(ruleset)
    var tests: [TestOutline] = []
    var worst: Prose?
    for (position, test) in condition.tests.enumerated() {
      guard let declared else { break }
      let isWorst = test.outcome == condition.outcome
      let isChosen = focused.map { matches($0, test) } ?? true
      guard isChosen || worst == nil else { continue }
      let sentence = sentences.sentence(for: test, of: declared, asOf: verdict.asOf)
      if isWorst && worst == nil { worst = sentence }
      guard isInFocus && isChosen else { continue }
      let isShownInFull = isWorst || focused != nil || condition.tests.count == 1
      let reference = TestReference(condition: condition.condition, test: position)
      tests.append(
        TestOutline(
          label: testLabel(test), outcome: test.outcome, dates: dates(test), sentence: sentence,
          tree: isShownInFull ? test.derivation.map { tree.line($0) } : nil,
          remedies: (remedies[reference] ?? []).map(words.sentence),
          requests: test.requests.map(\.prose)))
    }
    let place = declared.flatMap { SourceQuotes(ruleset).place(of: $0.span) }
    let source: Prose?
    switch (declared?.source, place) {
    case (let text?, let place?): source = "\(data: text) (\(data: place))"
    case (let text?, nil): source = "\(data: text)"
    case (nil, let place?): source = "\(data: place)"
    case (nil, nil): source = nil
    }
    return ConditionOutline(
      name: declared?.name ?? "?", title: declared?.title ?? "", outcome: condition.outcome,
      line: outcomeLine(condition, asOf: verdict.asOf), source: source,
      sentence: worst ?? SentenceWriter.nothingToTest,
      consequences: condition.consequences.map(words.sentence), isInFocus: isInFocus,
      tests: tests)
  }

  private func matches(_ label: String, _ test: TestVerdict) -> Bool {
    testLabel(test) == label || test.period?.description == label || test.member == label
      || test.testDate?.iso == label
  }

  private func dates(_ test: TestVerdict) -> Prose {
    switch (test.testDate, test.dueDate) {
    case (let tested?, let due?) where tested == due: "tested on \(data: tested.iso)"
    case (let tested?, let due?): "tested on \(data: tested.iso), due on \(data: due.iso)"
    case (let tested?, nil): "tested on \(data: tested.iso)"
    case (nil, _): "no test date"
    }
  }
}

extension OutcomeTone {
  /// Whether a reader will ask why.
  var needsExplaining: Bool { self == .bad || self == .open }
}
