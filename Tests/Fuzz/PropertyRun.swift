// A run of one property over generated cases, seed after seed.

import Glibc
import ProvisoTestSupport

/// Asks a property until the time or the count is reached, and prints what was found.
///
/// - Returns: The exit status: 1 where a seed fails.
func askProperty(_ property: CaseProperty, _ options: FuzzOptions) -> Int32 {
  let clock = ContinuousClock()
  let start = clock.now
  var asked = 0
  var tellingCount = 0
  while asked < options.count ?? (options.seconds == nil ? 1_000 : .max) {
    if let seconds = options.seconds, clock.now - start >= .seconds(seconds) { break }
    let seed = options.seed &+ UInt64(asked)
    if options.shows {
      let shown = GeneratedCase(seed: seed)
      print("--- \(seed)\n\(shown.ruleset)\n\(shown.contract.text)")
    }
    switch property.ask(seed) {
    case .holds(let isTelling): if isTelling { tellingCount += 1 }
    case .fails(let text):
      print("\(property.rawValue), seed \(seed): \(text)")
      print("again: ProvisoFuzz --property \(property.rawValue) --seed \(seed) --count 1 --show")
      return 1
    }
    asked += 1
  }
  print(
    "\(property.rawValue): \(asked) cases in \((clock.now - start).components.seconds) s, seeds "
      + "from \(options.seed), \(tellingCount) of them telling; it holds for all")
  return 0
}
