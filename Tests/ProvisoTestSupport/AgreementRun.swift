// Generated pairs of ruleset and contract through both evaluators.

package import ProvisoModel
import ProvisoQuantities

/// What a run over generated pairs came to.
package struct AgreementRun: Sendable {
  package var agreement = Agreement()
  package var rulesetCount = 0
  package var pairCount = 0
  /// Rulesets with the less common constructs, and those that convert currencies.
  package var otherCount = 0
  package var ratesCount = 0
  /// Texts that are no ruleset.
  package var unusableCount = 0
  package init() {}

  /// The counts in a line.
  package var summary: String {
    "\(pairCount) pairs of \(rulesetCount) rulesets (\(otherCount) with rarer constructs, "
      + "\(ratesCount) with rates, \(unusableCount) passed over): "
      + "\(agreement.comparedCount) verdicts, "
      + "\(agreement.reasonCount) reason sets and \(agreement.amountCount) amounts compared, "
      + "\(agreement.openCount) verdicts left to the interpreter, \(agreement.plainCount) lines "
      + "plain, \(agreement.rejectedCount) refused, \(agreement.differences.count) differences"
  }
}

/// Compares so many pairs.
///
/// - Parameter check: Reads and checks a ruleset; nil where it is not well-typed, and passed over.
package func agreementOfPairs(
  _ pairs: Int, contractsEach: Int, seed: UInt64, check: (String) -> CheckedRuleset?
) -> AgreementRun {
  var run = AgreementRun()
  var next = seed &* 1_000_003
  while run.pairCount < pairs {
    next &+= 1
    var simple = SimpleRulesetGenerator(seed: next)
    var wild = RulesetGenerator(seed: next)
    let text = next % 3 == 0 ? wild.ruleset() : simple.ruleset()
    guard let ruleset = check(text) else {
      run.unusableCount += 1
      continue
    }
    run.rulesetCount += 1
    if next % 3 != 0 {
      run.otherCount += simple.hasOthers ? 1 : 0
      run.ratesCount += simple.hasRates ? 1 : 0
    }
    var generator = PortfolioLineGenerator(
      ruleset, seed: next, historyRate: next % 2 == 0 ? 0 : 60, isPlain: next % 4 < 2)
    let lines = (0..<contractsEach).map { generator.contract(id: "C\($0)") }
    let asOf =
      CalendarDate(year: 2019 + Int(next % 7), month: 1 + Int(next % 12), day: 1 + Int(next % 28))
      ?? .first
    var found = agreement(ruleset, lines: lines, asOf: asOf)
    found.differences = found.differences.map { "seed \(next), as of \(asOf), \($0)" }
    run.agreement.add(found)
    run.pairCount += contractsEach
  }
  return run
}
