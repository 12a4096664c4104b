// The results of a ruleset's scenarios, as text and as JUnit XML.

/// What came of one scenario.
package struct ScenarioOutcome: Hashable, Sendable {
  package let title: String
  /// `recovery.proviso:120`: where the scenario is written.
  package let place: String
  /// One a failed expectation: what was expected, what was found. Empty: the scenario holds.
  package let failures: [ScenarioFailure]

  /// The outcome of a scenario.
  package init(title: String, place: String, failures: [ScenarioFailure]) {
    self.title = title
    self.place = place
    self.failures = failures
  }
}

/// An expectation that did not come true.
package struct ScenarioFailure: Hashable, Sendable {
  /// "expected `no_tax_haven` breached".
  package let expected: String
  /// "found met: …".
  package let found: String
  package let place: String

  /// A failed expectation. Backticks in the texts set off code.
  package init(expected: String, found: String, place: String) {
    self.expected = expected
    self.found = found
    self.place = place
  }
}

/// The results of all scenarios of one ruleset.
package struct ScenarioReport: Sendable {
  /// The ruleset's file as it was named.
  package let ruleset: String
  /// In the order they are written.
  package let scenarios: [ScenarioOutcome]

  /// The results of a ruleset's scenarios.
  package init(ruleset: String, scenarios: [ScenarioOutcome]) {
    self.ruleset = ruleset
    self.scenarios = scenarios
  }

  /// How many scenarios did not hold.
  package var failureCount: Int { scenarios.count { !$0.failures.isEmpty } }
}

/// The results as text: each scenario on a line, what was expected and found beneath a failed one.
package func scenarioText(_ reports: [ScenarioReport], usesColour: Bool = false) -> String {
  var output = ""
  func toned(_ text: String, _ tone: OutcomeTone) -> String {
    usesColour ? tone.terminalStart + text + "\u{1B}[0m" : text
  }
  for report in reports {
    output += neutralised(report.ruleset) + "\n"
    if report.scenarios.isEmpty { output += "  no scenarios\n" }
    for scenario in report.scenarios {
      let isPassed = scenario.failures.isEmpty
      output += "  " + toned(isPassed ? "passed" : "FAILED", isPassed ? .good : .bad)
      output += "  \(shortened(neutralised(scenario.title), to: 200))\n"
      for failure in scenario.failures {
        output += "          \(neutralised(failure.place))\n"
        output += "          expected: \(neutralised(failure.expected))\n"
        output += "          found:    \(neutralised(failure.found))\n"
      }
    }
  }
  let total = reports.reduce(0) { $0 + $1.scenarios.count }
  let failed = reports.reduce(0) { $0 + $1.failureCount }
  let noun = total == 1 ? "scenario" : "scenarios"
  output += "\(total) \(noun), \(total - failed) passed, \(failed) failed\n"
  return output
}

/// The results as JUnit XML. No time is told, so that the same results give the same bytes.
package func scenarioJUnit(_ reports: [ScenarioReport]) -> String {
  let total = reports.reduce(0) { $0 + $1.scenarios.count }
  let failed = reports.reduce(0) { $0 + $1.failureCount }
  var output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  output += "<testsuites name=\"proviso\" tests=\"\(total)\" failures=\"\(failed)\" errors=\"0\">\n"
  for report in reports {
    let name = markupEscaped(report.ruleset)
    output += "  <testsuite name=\"\(name)\" tests=\"\(report.scenarios.count)\" "
    output += "failures=\"\(report.failureCount)\" errors=\"0\" skipped=\"0\">\n"
    for scenario in report.scenarios {
      output += "    <testcase name=\"\(markupEscaped(scenario.title))\" classname=\"\(name)\""
      guard !scenario.failures.isEmpty else {
        output += "/>\n"
        continue
      }
      output += ">\n"
      // One failure element a test case, as the readers of this format expect.
      let lines = scenario.failures.map {
        "\($0.place)\nexpected: \($0.expected)\nfound: \($0.found)"
      }
      let first = scenario.failures.first.map { "expected: \($0.expected)" } ?? ""
      output += "      <failure message=\"\(markupEscaped(first))\">"
      output += lines.joined(separator: "\n")
        .split(separator: "\n", omittingEmptySubsequences: false)
        .map { markupEscaped(String($0)) }.joined(separator: "\n")
      output += "</failure>\n    </testcase>\n"
    }
    output += "  </testsuite>\n"
  }
  return output + "</testsuites>\n"
}
