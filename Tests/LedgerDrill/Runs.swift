// Recording runs, each under the ledger's lock, as fast as it goes.

import Glibc
import ProvisoKit
import ProvisoLedger

/// Records runs of so many results each; says when each is closed.
///
/// - Parameters:
///   - groupSize: So many are committed together; small ones give more moments to be killed in.
///   - resumes: Whether to go on with the run that was cut off, where one was.
func runs(
  _ name: String, runs: Int, results: Int, groupSize: Int = 50, resumes: Bool = false
) {
  let workshop = Workshop(name, resumes: resumes)
  let made = (0..<min(results, 512)).map(workshop.result)
  let clock = { Workshop.now }
  let quiet: () -> Void = {}
  for _ in 0..<runs {
    do {
      let summary = try Files().record(
        workshop.prepared, by: workshop.editions, workshop.question, source: Workshop.source,
        groupSize: groupSize, now: clock, isWaiting: quiet
      ) { (recorder) throws(LedgerFailure) in
        for number in 0..<results {
          let result = made[number % made.count]
          try recorder.record(result.leaf, cuts: result.cuts)
        }
        return RunEnd(counts: [RunCount(name: "met", count: results)], sourceDigest: nil)
      }
      print("run \(summary.number) closed, \(summary.resumedCount) before")
      // What is said must be out when the process is killed.
      fflush(nil)
    } catch {
      fail("\(error)")
    }
  }
}
