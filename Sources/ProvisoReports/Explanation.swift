// An explanation: one contract's verdict with all that is needed to say it in words.

package import ProvisoModel
import ProvisoQuantities

/// Which ruleset gave a verdict: its name, version and the digest over all it reads.
package struct RulesetIdentity: Hashable, Sendable {
  package let name: String
  package let version: String
  /// `sha256:` and hex digits.
  package let digest: String

  /// A ruleset by name, version and digest.
  package init(name: String, version: String, digest: String) {
    self.name = name
    self.version = version
    self.digest = digest
  }
}

/// One test of one condition, by position in the verdict.
package struct TestReference: Hashable, Sendable {
  package let condition: ConditionID
  /// The position among the condition's tests.
  package let test: Int

  /// A test by its condition and position.
  package init(condition: ConditionID, test: Int) {
    self.condition = condition
    self.test = test
  }
}

/// What part of a verdict is explained at length.
package struct ExplanationFocus: Hashable, Sendable {
  /// Nil: every condition that is not met, or all of them if all are.
  package let condition: ConditionID?
  /// A period, member or test date as `testLabel` gives it; nil: the tests that decide.
  package let test: String?

  /// A focus on a condition and a test.
  package init(condition: ConditionID? = nil, test: String? = nil) {
    self.condition = condition
    self.test = test
  }
}

/// Renders one contract's verdict as text, Markdown, HTML and JSON; the same input, the same bytes.
package struct Explanation: Sendable {
  let verdict: ContractVerdict
  let ruleset: CheckedRuleset
  let identity: RulesetIdentity
  let contractDigest: String
  let remedies: [TestReference: [Remedy]]
  let sentences: SentenceWriter
  let words: ConsequenceWords

  /// An explanation of a verdict.
  ///
  /// - Parameters:
  ///   - ruleset: The ruleset that gave the verdict; positions in the verdict are its positions.
  ///   - contractDigest: `sha256:` and hex digits, over the contract's bytes.
  ///   - remedies: For breached tests, what would change them.
  package init(
    verdict: ContractVerdict, ruleset: CheckedRuleset, identity: RulesetIdentity,
    contractDigest: String, remedies: [TestReference: [Remedy]] = [:]
  ) {
    self.verdict = verdict
    self.ruleset = ruleset
    self.identity = identity
    self.contractDigest = contractDigest
    self.remedies = remedies
    sentences = SentenceWriter(ruleset)
    words = ConsequenceWords(ruleset)
  }

  /// Every fact and item of evidence asked for, once each, sorted.
  package var requests: [Request] {
    var all: [Request] = []
    for condition in verdict.conditions {
      for test in condition.tests { all += test.requests }
    }
    for determination in verdict.determinations { all += determination.requests }
    all.sort()
    return all.enumerated().filter { $0.offset == 0 || all[$0.offset - 1] != $0.element }
      .map(\.element)
  }

  /// The declaration of a condition; nil for a verdict of another ruleset.
  func declaration(of verdict: ConditionVerdict) -> Condition? {
    let index = verdict.condition.index
    return ruleset.conditions.indices.contains(index) ? ruleset.conditions[index] : nil
  }
}
