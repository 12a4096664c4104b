// Which contracts `proviso batch` lists: `--where CONDITION=OUTCOME`.

import ProvisoKit
import ProvisoModel
import ProvisoSource

/// The contracts that a call asks to have listed; nil where it asks for none.
func filter(
  of call: Call, in editions: Editions
) throws(CallFailure) -> PortfolioFilter? {
  guard let text = call.value("where") else { return nil }
  let example = "for example `--where contract=breached`"
  let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
  guard parts.count == 2 else {
    throw CallFailure(
      "`--where \(text)` lacks an outcome", help: ["write `--where CONDITION=OUTCOME`", example])
  }
  let (name, word) = (String(parts[0]), String(parts[1]))
  guard let outcome = Outcome(rawValue: word) else {
    let all = Outcome.allCases.map(\.rawValue)
    let near = nearestName(to: word, among: all).map { ["did you mean `\($0)`?"] } ?? []
    throw CallFailure(
      "`\(word)` is no outcome", help: near + ["there are \(listed(all, by: "and"))"])
  }
  if name == "contract" { return PortfolioFilter(condition: nil, outcome: outcome) }
  let known = editions.rulesets.flatMap { ruleset in
    ruleset.checked.conditions.filter { !$0.isPortfolio }.map(\.name)
  }
  guard known.contains(name) else {
    let near = nearestName(to: name, among: known + ["contract"])
    throw CallFailure(
      "no contract has a condition `\(name)`",
      help: near.map { ["did you mean `\($0)`?", example] } ?? [example])
  }
  return PortfolioFilter(condition: name, outcome: outcome)
}
