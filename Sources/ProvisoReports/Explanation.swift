// An explanation: one contract's verdict with all that is needed to say it in words.

package import ProvisoModel
package import ProvisoQuantities

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

/// Which of several versions of a ruleset answered, and why that one.
package struct EditionNote: Hashable, Sendable {
  /// The place among the versions, from 1, in the order of the days they govern.
  package let position: Int
  /// How many versions there are.
  package let count: Int
  /// What decides, as the ruleset says it: `signed`.
  package let subject: String
  /// Whether the version is for the contract, and by which day.
  package let coverage: Coverage
  /// The first day it governs; nil: since ever.
  package let from: CalendarDate?
  /// The first day it no longer governs; nil: it still does.
  package let until: CalendarDate?

  /// A note on the version that answered.
  package init(
    position: Int, count: Int, subject: String, coverage: Coverage, from: CalendarDate?,
    until: CalendarDate?
  ) {
    self.position = position
    self.count = count
    self.subject = subject
    self.coverage = coverage
    self.from = from
    self.until = until
  }

  /// The note in words: "2 of 3: `signed` is 2021-07-15, and this version governs from …".
  package var prose: Prose {
    let start: Prose = from.map { "from \(data: $0.iso)" } ?? "from the beginning"
    let end: Prose = until.map { " until \(data: $0.iso)" } ?? " on"
    switch coverage {
    case .governed(let date):
      let day: Prose = date.map { "\(code: subject) is \(data: $0.iso), and " } ?? ""
      return "\(position) of \(count): \(day)this version governs \(start)\(end)"
    case .notGoverned(let date):
      return """
        none of \(count): \(code: subject) is \(data: date.iso), which no version governs; \
        the nearest governs \(start)\(end)
        """
    case .unknown(let reasons):
      return "not known which of \(count), because \(reasons.prose); the last is asked"
    }
  }

  /// The note as a JSON object.
  package var jsonValue: JSONValue {
    let word: String
    var date: CalendarDate?
    switch coverage {
    case .governed(let day): (word, date) = ("governed", day)
    case .notGoverned(let day): (word, date) = ("not governed", day)
    case .unknown: word = "unknown"
    }
    return .object([
      JSONMember("position", .count(position)),
      JSONMember("count", .count(count)),
      JSONMember("subject", .string(subject)),
      JSONMember("coverage", .string(word)),
      JSONMember("date", JSONValue(date?.iso)),
      JSONMember("from", JSONValue(from?.iso)),
      JSONMember("until", JSONValue(until?.iso)),
    ])
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
  package let verdict: ContractVerdict
  let ruleset: CheckedRuleset
  let identity: RulesetIdentity
  let contractDigest: String
  let remedies: [TestReference: [Remedy]]
  let edition: EditionNote?
  /// Whether it is about a portfolio as a whole.
  let isPortfolio: Bool
  /// How the tests of a condition came to stand as they do, where that was asked for.
  let timelines: [ConditionTimeline]
  /// What other states of knowledge would change, where that was looked into.
  let knowledge: [KnowledgeComparison]
  let sentences: SentenceWriter
  let words: ConsequenceWords

  /// An explanation of a verdict.
  ///
  /// - Parameters:
  ///   - ruleset: The ruleset that gave the verdict; positions in the verdict are its positions.
  ///   - contractDigest: `sha256:` and hex digits, over the contract's bytes.
  ///   - remedies: For breached tests, what would change them.
  ///   - timelines: Those that are to be told.
  ///   - knowledge: What other states of knowledge would change.
  ///   - isPortfolio: Whether it is about all contracts of a portfolio, and its digest the file's.
  ///   - edition: Where there are several versions of the ruleset, why this one answered.
  package init(
    verdict: ContractVerdict, ruleset: CheckedRuleset, identity: RulesetIdentity,
    contractDigest: String, remedies: [TestReference: [Remedy]] = [:],
    timelines: [ConditionTimeline] = [], knowledge: [KnowledgeComparison] = [],
    edition: EditionNote? = nil, isPortfolio: Bool = false
  ) {
    self.verdict = verdict
    self.ruleset = ruleset
    self.identity = identity
    self.contractDigest = contractDigest
    self.remedies = remedies
    self.edition = edition
    self.isPortfolio = isPortfolio
    self.timelines = timelines
    self.knowledge = knowledge
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
