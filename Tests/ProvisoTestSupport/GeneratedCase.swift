// One generated ruleset with a contract for it, through the pipeline from texts to a verdict.

import ProvisoChecker
import ProvisoContracts
package import ProvisoInterpreter
package import ProvisoModel
package import ProvisoQuantities
import ProvisoReports
import ProvisoSource

/// A ruleset, what it reads, a contract and the two dates of a question, as texts.
package struct GeneratedCase: Sendable {
  package let seed: UInt64
  package var ruleset: String
  package var files: [String: String]
  package var contract: JSONTree
  package var asOf: CalendarDate
  package var knownAt: CalendarDate
  package let conditionNames: [String]

  /// The case of a seed.
  package init(
    seed: UInt64, features: RulesetGenerator.Features = RulesetGenerator.Features(),
    writesExtremeDates: Bool = true, missingPercent: Int = 25
  ) {
    var generator = RulesetGenerator(seed: seed, depthLimit: 3, features: features)
    self.seed = seed
    ruleset = generator.ruleset()
    files = RulesetGenerator.files
    conditionNames = generator.conditionNames
    var contracts = ContractGenerator(seed: seed &+ 0x9E37_79B9)
    contracts.writesExtremeDates = writesExtremeDates
    contracts.missingPercent = missingPercent
    contracts.conditionNames = conditionNames
    contract = contracts.contract()
    let dates = ["2023-06-30", "2024-02-29", "2024-12-31", "2022-01-01"].compactMap {
      CalendarDate(iso: $0)
    }
    asOf = contracts.random.pick(dates)
    knownAt = contracts.random.oneIn(2) ? asOf : contracts.random.pick(dates)
  }

  /// Why a case gives no verdict.
  package struct Refusal: Error, CustomStringConvertible {
    package let description: String
  }

  /// The checked ruleset.
  package func evaluator() throws(Refusal) -> Evaluator {
    let file = SourceFile(id: SourceID(0), name: "generated.proviso", text: ruleset)
    let result = check(file) { name in
      files[name].map { .bytes(Array($0.utf8)) } ?? .notFound
    }
    guard let checked = result.ruleset else {
      let errors = result.diagnostics.filter { $0.severity == .error }
      throw Refusal(
        description: "the ruleset is refused:\n\(errors.rendered(in: SourceFiles(result.sources)))")
    }
    return Evaluator(checked)
  }

  /// The contract as the ruleset reads it.
  package func facts(for evaluator: Evaluator) throws(Refusal) -> Contract {
    try Self.facts(contract, for: evaluator)
  }

  /// A contract as a ruleset reads it.
  package static func facts(
    _ contract: JSONTree, for evaluator: Evaluator
  ) throws(Refusal) -> Contract {
    let file = SourceFile(id: SourceID(900), name: "contract.json", text: contract.text)
    let reading = readContract(file, for: evaluator.ruleset)
    guard let facts = reading.contract else {
      throw Refusal(
        description:
          "the contract is refused:\n\(reading.diagnostics.rendered(in: SourceFiles([file])))")
    }
    return facts
  }

  /// The verdict by texts alone.
  package func verdict(_ tracing: Tracing = .verdictsOnly) throws(Refusal) -> ContractVerdict {
    let evaluator = try evaluator()
    return evaluator.evaluate(
      try facts(for: evaluator), asOf: asOf, knownAt: knownAt, tracing: tracing)
  }

  /// The verdict as JSON for software, with derivations, whatever the inputs' digests are.
  package func json() throws(Refusal) -> String {
    let evaluator = try evaluator()
    let verdict = evaluator.evaluate(
      try facts(for: evaluator), asOf: asOf, knownAt: knownAt, tracing: .withDerivations)
    let identity = RulesetIdentity(name: "generated", version: "1", digest: "")
    return Explanation(
      verdict: verdict, ruleset: evaluator.ruleset, identity: identity, contractDigest: ""
    ).json(includesDerivations: true)
  }
}
