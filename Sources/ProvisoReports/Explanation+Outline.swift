// The outline of an explanation: its content in order, before it is text, Markdown or HTML.

import ProvisoModel
import ProvisoQuantities

/// The content of an explanation, all in words.
struct Outline {
  let title: Prose
  /// Label and content, in order: ruleset, contract, dates.
  let header: [(label: String, content: Prose)]
  let outcome: Outcome
  /// How many conditions came out how.
  let counts: Prose
  let conditions: [ConditionOutline]
  let determinations: [DeterminationOutline]
  /// What recalls come to together, and whether what is to be conserved is.
  let sums: [Prose]
  /// What other states of knowledge would change.
  let knowledge: [Prose]
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
  /// Those of the other tests that came out as badly, where they are breached: the first few.
  let furtherSentences: [Prose]
  /// How many more of them there are.
  let unsaidCount: Int
  /// Whether the sentence is told even where little is: all but plain passes.
  let isSentenceTold: Bool
  let consequences: [ConsequenceOutline]
  /// Whether it is explained at length.
  let isInFocus: Bool
  let tests: [TestOutline]
  /// One entry a test, where the timeline was asked for.
  let timeline: [TimelineOutline]
}

/// One consequence of an outline, with how its amount follows.
struct ConsequenceOutline {
  let sentence: Prose
  let tree: DerivationLine?
}

/// One determination of an outline, with how its value follows.
struct DeterminationOutline {
  let name: String
  let title: String
  let value: Prose
  let tree: DerivationLine?
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
  /// `breached (2 of 4 conditions breached, 2 met)`: the outcome and the counts behind it.
  private func counts() -> Prose {
    var parts: [Prose] = []
    for outcome in Outcome.allCases.sorted(by: { $0.severity < $1.severity }) {
      let count = verdict.conditions.count { $0.outcome == outcome }
      if count > 0 { parts.append("\(count) \(words: outcome.rawValue)") }
    }
    let total = verdict.conditions.count
    guard total > 0 else { return "" }
    return
      "\(total) \(words: total == 1 ? "condition" : "conditions"): \(Prose.joined(parts, by: ", "))"
  }

  /// The content of the explanation.
  ///
  /// - Parameter showsSteps: Whether derivations are told, or the sentences alone.
  func outline(_ focus: ExplanationFocus, showsSteps: Bool = true) -> Outline {
    let tree = showsSteps ? DerivationTreeWriter(ruleset) : nil
    let anyOpen = verdict.conditions.contains { OutcomeTone($0.outcome).needsExplaining }
    let conditions = verdict.conditions.map { condition in
      let isInFocus: Bool
      if let chosen = focus.condition {
        isInFocus = condition.condition == chosen
      } else {
        isInFocus = !anyOpen || OutcomeTone(condition.outcome).needsExplaining
      }
      return outline(of: condition, isInFocus: isInFocus, test: focus.test, tree)
    }
    return Outline(
      title: "\(data: ruleset.title.isEmpty ? identity.name : ruleset.title)",
      header: header(), outcome: verdict.outcome, counts: counts(), conditions: conditions,
      determinations: verdict.determinations.compactMap { result in
        guard ruleset.determinations.indices.contains(result.determination) else { return nil }
        let declared = ruleset.determinations[result.determination]
        return DeterminationOutline(
          name: declared.name, title: declared.title, value: words.value(result),
          tree: focus.condition == nil ? tree?.line(ofValue: result.derivation) : nil)
      },
      sums: sums(), knowledge: knowledgeLines(), requests: requests.map(\.prose),
      remarks: remarks())
  }

  private func header() -> [(label: String, content: Prose)] {
    var header: [(label: String, content: Prose)] = [
      ("ruleset", "\(data: identity.name) \(data: identity.version), \(data: identity.digest)")
    ]
    if let edition { header.append(("version", edition.prose)) }
    let subject = isPortfolio ? "portfolio" : "contract"
    header.append((subject, "\(data: verdict.contractID), \(data: contractDigest)"))
    header.append(("as of", "\(data: verdict.asOf.iso), known at \(data: verdict.knownAt.iso)"))
    return header
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

  /// How many breached tests of a condition are told in brief, beside the first.
  private static var furtherLimit: Int { 2 }

  private func outline(
    of condition: ConditionVerdict, isInFocus: Bool, test focused: String?,
    _ tree: DerivationTreeWriter?
  ) -> ConditionOutline {
    let declared = declaration(of: condition)
    var tests: [TestOutline] = []
    var worst: Prose?
    var further: [Prose] = []
    for (position, test) in condition.tests.enumerated() {
      guard let declared else { break }
      let isWorst = test.outcome == condition.outcome
      let isChosen = focused.map { isTest(test, called: $0) } ?? true
      let isFurther =
        isWorst && worst != nil && test.outcome == .breached && further.count < Self.furtherLimit
      let isExplained = tree != nil && isInFocus && isChosen
      guard isExplained || worst == nil || isFurther else { continue }
      let sentence = sentences.sentence(for: test, of: declared, asOf: verdict.asOf)
      if isFurther { further.append(sentence) }
      if isWorst && worst == nil { worst = sentence }
      guard isExplained else { continue }
      let isShownInFull = isWorst || focused != nil || condition.tests.count == 1
      let reference = TestReference(condition: condition.condition, test: position)
      tests.append(
        TestOutline(
          label: testTitle(test), outcome: test.outcome, dates: dates(test), sentence: sentence,
          tree: isShownInFull ? tree?.line(of: test) : nil,
          remedies: words.nearest(remedies[reference] ?? []).map {
            words.sentence($0, in: test.derivation)
          },
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
      furtherSentences: further,
      unsaidCount: condition.outcome == .breached
        ? condition.tests.count { $0.outcome == .breached } - 1 - further.count : 0,
      isSentenceTold: isTold(condition),
      consequences: condition.consequences.map {
        ConsequenceOutline(
          sentence: words.sentence($0), tree: tree?.line(ofValue: $0.derivation))
      }, isInFocus: isInFocus, tests: tests,
      timeline: isInFocus ? timeline(of: condition.condition) : [])
  }

  /// Whether even a short account tells a condition's sentence: a pass that rests on nothing
  /// unusual needs none.
  private func isTold(_ condition: ConditionVerdict) -> Bool {
    switch condition.outcome {
    case .met, .notApplicable:
      condition.tests.contains { $0.outcome == condition.outcome && !$0.remarks.isEmpty }
    default: true
    }
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
