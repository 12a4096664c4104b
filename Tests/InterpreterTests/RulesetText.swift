// Rulesets as text, checked and evaluated; their scenarios must hold and their steps must follow.

import ProvisoInterpreter
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import ProvisoTestSupport
import Testing

/// A ruleset from its text. What the checker finds wrong fails the test.
func evaluator(
  _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> LoadedRuleset {
  let loading = try loadRuleset(
    SourceFile(name: "specimen.proviso", text: text), from: Files())
  let problems = loading.diagnostics.filter { $0.severity == .error }.map {
    "\($0.code.rawValue) \($0.message) \($0.help)"
  }
  #expect(problems == [], sourceLocation: sourceLocation)
  return try #require(loading.ruleset, sourceLocation: sourceLocation)
}

/// Runs every scenario of a ruleset: what it expects must come, with steps or without, and every
/// step must follow from its children.
func expectScenarios(
  _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectScenarios(of: evaluator(text, sourceLocation: sourceLocation), sourceLocation)
}

/// The same for a ruleset that was loaded already.
func expectScenarios(
  of loaded: LoadedRuleset, _ sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let report = loaded.scenarioReport()
  #expect(!report.scenarios.isEmpty, sourceLocation: sourceLocation)
  let failures = report.scenarios.flatMap { scenario in
    scenario.failures.map { "\(scenario.title): expected \($0.expected), \($0.found)" }
  }
  #expect(failures == [], sourceLocation: sourceLocation)
  for scenario in loaded.checked.scenarios {
    let verdicts = scenario.contracts.map {
      loaded.evaluator.evaluate(
        $0, asOf: scenario.asOf, knownAt: scenario.knownAt ?? scenario.asOf, tracing: .verdictsOnly)
    }
    let whole = loaded.portfolioVerdict(scenario, verdicts)
    let plain = loaded.portfolioVerdict(scenario, verdicts, tracing: .verdictsOnly)
    #expect(
      whole.conditions.map(\.withoutDerivations) == plain.conditions, "\(scenario.title)",
      sourceLocation: sourceLocation)
    #expect(
      whole.scoreboards.map { $0.rows.map(\.value) }
        == plain.scoreboards.map { $0.rows.map(\.value) },
      "\(scenario.title)", sourceLocation: sourceLocation)
    #expect(
      DerivationRechecker.problems(in: whole, of: loaded.checked) == [], "\(scenario.title)",
      sourceLocation: sourceLocation)
    let verdict = { (tracing: Tracing) in
      loaded.evaluator.evaluate(
        scenario.given, asOf: scenario.asOf, knownAt: scenario.knownAt ?? scenario.asOf,
        tracing: tracing)
    }
    let traced = verdict(.withDerivations)
    #expect(
      traced.withoutDerivations == verdict(.verdictsOnly), "\(scenario.title)",
      sourceLocation: sourceLocation)
    let problems = DerivationRechecker.problems(in: traced, of: loaded.checked)
    #expect(problems == [], "\(scenario.title)", sourceLocation: sourceLocation)
  }
}

/// The verdict on the facts of the scenario with a title.
func verdict(
  of scenario: String, in text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> ContractVerdict {
  let loaded = try evaluator(text, sourceLocation: sourceLocation)
  let found = try #require(
    loaded.checked.scenarios.first { $0.title == scenario }, sourceLocation: sourceLocation)
  return loaded.evaluator.evaluate(
    found.given, asOf: found.asOf, knownAt: found.knownAt ?? found.asOf, tracing: .verdictsOnly)
}
