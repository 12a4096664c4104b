// One contract of a portfolio, by its id, and the portfolio as a whole, for an explanation.

import ProvisoContracts
import ProvisoInterpreter
import ProvisoModel
import ProvisoReports
import ProvisoSource

/// Where a contract stands in a portfolio.
package struct FoundContract: Sendable {
  package let line: Int
  package let text: ContractText
}

extension Editions {
  /// The contract of an id: the first line that has it; nil where none has.
  package func contract(
    _ id: String, in lines: LineReader
  ) throws(FileFailure) -> FoundContract? {
    guard let ruleset = rulesets.first else { return nil }
    while let line = try lines.next() {
      guard case .line(let number, let bytes) = line else { continue }
      let file = SourceFile(id: SourceID(ruleset.checked.sources.count), name: "", bytes: bytes)
      if readContract(file, for: ruleset.checked, only: []).id == id {
        return FoundContract(line: number, text: lines.contract(bytes))
      }
    }
    return nil
  }
}

extension PortfolioReport {
  /// The portfolio conditions of a ruleset as an answer that can be explained like a contract's;
  /// nil where the ruleset has none.
  package func wholeAnswer(digest: Digest, edition: Int = 0) -> CheckedContract? {
    guard parts.indices.contains(edition) else { return nil }
    let part = parts[edition]
    guard
      let worst = part.portfolio.conditions.map(\.outcome).min(by: { $0.severity < $1.severity })
    else { return nil }
    let verdict = ContractVerdict(
      contractID: source, asOf: asOf, knownAt: knownAt, outcome: worst,
      conditions: part.portfolio.conditions, determinations: [], laterFactCount: 0,
      undatedFactCount: 0)
    return CheckedContract(
      verdict: verdict,
      explanation: Explanation(
        verdict: verdict, ruleset: part.summary.ruleset, identity: part.identity,
        contractDigest: digest.text, isPortfolio: true))
  }
}
