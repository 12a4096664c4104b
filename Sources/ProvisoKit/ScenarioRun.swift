// The scenarios of several rulesets, run one after another.

import ProvisoReports

/// What the scenarios of some rulesets came to.
package struct ScenarioRun: Sendable {
  private var reports: [ScenarioReport] = []

  /// Starts with no ruleset.
  package init() {}

  /// Runs the scenarios of a ruleset.
  package mutating func add(_ ruleset: LoadedRuleset) {
    reports.append(ruleset.scenarioReport())
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
  package var junit: String { scenarioJUnit(reports) }
}
