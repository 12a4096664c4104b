// The scenarios of several rulesets, run one after another.

import ProvisoReports
package import ProvisoSource

/// What the scenarios of some rulesets came to.
package struct ScenarioRun: Sendable {
  private var reports: [ScenarioReport] = []
  /// Rulesets that were not in order: for JUnit, where a file left out would look like a pass.
  private var refusals: [ScenarioReport] = []

  /// Starts with no ruleset.
  package init() {}

  /// Runs the scenarios of a ruleset.
  package mutating func add(_ ruleset: LoadedRuleset) {
    reports.append(ruleset.scenarioReport())
  }

  /// Notes a ruleset whose scenarios could not be run.
  package mutating func add(refused name: String, _ diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    let failures = errors.map { error in
      ScenarioFailure(
        expected: "a ruleset in order", found: "\(error.code.rawValue): \(error.message)",
        place: name)
    }
    let outcome = ScenarioOutcome(
      title: "The ruleset is in order", place: name, failures: failures)
    refusals.append(ScenarioReport(ruleset: name, scenarios: [outcome]))
  }

  /// Whether no ruleset was added.
  package var isEmpty: Bool { reports.isEmpty }

  /// How many scenarios failed.
  package var failureCount: Int { reports.reduce(0) { $0 + $1.failureCount } }

  /// The results as text.
  package func text(usesColour: Bool = false) -> String {
    scenarioText(reports, usesColour: usesColour)
  }

  /// The results as JUnit XML.
  package var junit: String { scenarioJUnit(reports + refusals) }
}
