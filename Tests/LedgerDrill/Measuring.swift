// How fast a ledger is: recording, verifying, proving.

import Glibc
import ProvisoKit
import ProvisoLedger
import ProvisoLog

/// Records so many results in one run, verifies them, proves some, and writes a figure a line.
///
/// - Parameter figures: The file for the figures: a name and a number each.
func measure(_ name: String, _ count: Int, verifies: Bool, figures: String) {
  let workshop = Workshop(name)
  // Made beforehand: what is measured is recording, with results that are handed over.
  let made = (0..<4096).map(workshop.result)
  let clock = ContinuousClock()
  var text = "leaf-bytes \(made[1].leaf.count)\n"
  do {
    let recording = try clock.measure {
      _ = try Files().record(
        workshop.prepared, by: workshop.editions, workshop.question, source: Workshop.source,
        now: { Workshop.now }, isWaiting: {}
      ) { (recorder) throws(LedgerFailure) in
        for number in 0..<count {
          let result = made[number % made.count]
          try recorder.record(result.leaf, cuts: result.cuts)
        }
        return RunEnd(counts: [RunCount(name: "met", count: count)], sourceDigest: nil)
      }
    }
    text += "record-microseconds \(microseconds(recording))\n"
    if verifies {
      let verifying = try clock.measure {
        let result = try Files().verifyLedger(named: name, VerificationKnowledge())
        if result.isWrong { fail("\(result.findings)") }
      }
      text += "verify-microseconds \(microseconds(verifying))\n"
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      text += "peak-kilobytes \(usage.ru_maxrss)\n"
    }
    let ledger = try Files().openLedger(named: name)
    var longest = Duration.zero
    for number in 1...200 {
      let taken = try clock.measure {
        _ = try ledger.inclusionProof(of: number * 7919 * 104_729 % count)
      }
      longest = max(longest, taken)
    }
    text += "prove-microseconds \(microseconds(longest))\n"
    try Files().write(Array(text.utf8), to: figures)
  } catch {
    fail("\(error)")
  }
  print(text)
}

func microseconds(_ duration: Duration) -> Int64 {
  duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
}
