// Interpreter against executor over generated rulesets and contracts, by seed.
//
// usage: ProvisoAgreement [--pairs N] [--seed S] [--contracts N]
//
// A pair is a ruleset with a contract. Prints what was compared, and every difference; exits with 1
// where there is one.

import Glibc
import ProvisoKit
import ProvisoSource
import ProvisoTestSupport

let arguments = Array(CommandLine.arguments.dropFirst())
func option(_ name: String, _ usual: Int) -> Int {
  guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else {
    return usual
  }
  return Int(arguments[place + 1]) ?? usual
}
let pairs = option("--pairs", 100_000)
let contracts = option("--contracts", 40)
let seed = option("--seed", 1)
let total = agreementOfPairs(pairs, contractsEach: contracts, seed: UInt64(seed)) { text in
  let loading = try? loadRuleset(SourceFile(name: "generated.proviso", text: text), from: Files())
  return loading?.ruleset?.checked
}
print(total.summary)
for difference in total.agreement.differences.prefix(20) { print(difference) }
exit(total.agreement.differences.isEmpty ? 0 : 1)
