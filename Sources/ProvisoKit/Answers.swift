// Asks a ruleset about a contract, and puts the answer into words.

import ProvisoInterpreter
package import ProvisoModel
import ProvisoQuantities
package import ProvisoReports

/// The answer about one contract: the verdict and all that is needed to say it.
package struct CheckedContract: Sendable {
  /// The verdict with its derivations.
  package let verdict: ContractVerdict
  /// The verdict as text, Markdown, HTML and JSON.
  package let explanation: Explanation
}

extension LoadedRuleset {
  /// What the ruleset says of a contract.
  ///
  /// - Parameters:
  ///   - condition: Keep only the verdict of this condition; the contract's outcome remains that of
  ///     all its conditions.
  ///   - findsRemedies: Whether to look for what would change the breached tests, and for what
  ///     other states of knowledge would change.
  ///   - tellsTimelines: Whether to follow each condition (or the one) through time.
  ///   - edition: Where the ruleset is one of several versions, why this one answers.
  package func answer(
    _ contract: LoadedContract, _ question: Question, condition: ConditionID? = nil,
    findsRemedies: Bool = false, tellsTimelines: Bool = false,
    timelineOf chosen: ConditionID? = nil, edition: EditionNote? = nil
  ) -> CheckedContract {
    var verdict = evaluator.evaluate(
      contract.contract, asOf: question.asOf, knownAt: question.knownAt, tracing: .withDerivations)
    if let condition {
      verdict = ContractVerdict(
        contractID: verdict.contractID, asOf: verdict.asOf, knownAt: verdict.knownAt,
        outcome: verdict.outcome,
        conditions: verdict.conditions.filter { $0.condition == condition },
        determinations: [],
        recallTotals: verdict.recallTotals, conservations: verdict.conservations,
        laterFactCount: verdict.laterFactCount,
        undatedFactCount: verdict.undatedFactCount)
    }
    let remedies =
      findsRemedies ? remedies(of: verdict, contract.contract, question) : [:]
    let followed = verdict.conditions.map(\.condition).filter { chosen == nil || $0 == chosen }
    let timelines =
      tellsTimelines
      ? followed.compactMap {
        evaluator.timeline(
          of: $0, contract.contract, asOf: question.asOf, knownAt: question.knownAt)
      } : []
    return CheckedContract(
      verdict: verdict,
      explanation: Explanation(
        verdict: verdict, ruleset: checked, identity: identity,
        contractDigest: contract.digest.text, remedies: remedies, timelines: timelines,
        knowledge: findsRemedies ? knowledge(of: contract.contract, question) : [],
        edition: edition))
  }

  /// What was known on the as-of day beside what is known on a later one, and what is known beside
  /// what was recorded later still.
  private func knowledge(
    of contract: Contract, _ question: Question
  ) -> [KnowledgeComparison] {
    var comparisons: [KnowledgeComparison?] = []
    if question.knownAt > question.asOf {
      comparisons.append(
        evaluator.comparison(
          of: contract, asOf: question.asOf, earlier: question.asOf, later: question.knownAt,
          isLaterAsked: true))
    }
    comparisons.append(
      evaluator.comparison(
        of: contract, asOf: question.asOf, earlier: question.knownAt, later: nil,
        isLaterAsked: false))
    return comparisons.compactMap { $0 }
  }

  /// What would change each breached test, all else held.
  private func remedies(
    of verdict: ContractVerdict, _ contract: Contract, _ question: Question
  ) -> [TestReference: [Remedy]] {
    var found: [TestReference: [Remedy]] = [:]
    for condition in verdict.conditions {
      for (position, test) in condition.tests.enumerated() {
        guard test.outcome == .breached || test.beneath == .breached else { continue }
        found[TestReference(condition: condition.condition, test: position)] = evaluator.remedies(
          for: condition.condition, test: position, of: contract, asOf: question.asOf,
          knownAt: question.knownAt)
      }
    }
    return found
  }

  /// The condition of a name; nil where the ruleset has none.
  package func condition(named name: String) -> ConditionID? {
    checked.conditions.firstIndex { $0.name == name }.map { ConditionID($0) }
  }
}

extension CheckedContract {
  /// The verdict in brief: a line for each condition, and a sentence where it is not met.
  ///
  /// - Parameter condition: The only condition that is told; nil: all.
  package func summary(condition: ConditionID? = nil, usesColour: Bool = false) -> String {
    explanation.text(
      TextOptions(usesColour: usesColour, focus: ExplanationFocus(condition: condition)))
  }

  /// The explanation as text: the derivation of what is in focus, and what would change it.
  ///
  /// - Parameters:
  ///   - condition: The condition in focus; nil: every one that is not met.
  ///   - test: The test in focus, by a label that `testLabels` gives.
  package func text(
    condition: ConditionID? = nil, test: String? = nil, usesColour: Bool = false
  ) -> String {
    explanation.text(
      TextOptions(
        usesColour: usesColour, isFull: true,
        focus: ExplanationFocus(condition: condition, test: test)))
  }

  /// The explanation as a self-contained HTML page.
  package func html(condition: ConditionID? = nil, test: String? = nil) -> String {
    explanation.html(ExplanationFocus(condition: condition, test: test))
  }

  /// The explanation as Markdown.
  package func markdown(condition: ConditionID? = nil, test: String? = nil) -> String {
    explanation.markdown(ExplanationFocus(condition: condition, test: test))
  }

  /// The verdict, with derivations, as the JSON object of docs/verdict.schema.json.
  package func json() -> String {
    explanation.json(includesDerivations: true)
  }

  /// How the tests of a condition are named, in date order.
  package func testLabels(of condition: ConditionID) -> [String] {
    tests(of: condition).compactMap(testLabel)
  }

  /// Whether a condition has a test that goes by a name.
  package func hasTest(_ condition: ConditionID, called name: String) -> Bool {
    tests(of: condition).contains { isTest($0, called: name) }
  }

  private func tests(of condition: ConditionID) -> [TestVerdict] {
    verdict.conditions.first { $0.condition == condition }?.tests ?? []
  }
}
