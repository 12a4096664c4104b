// Recording runs in columns, from lines to entries, as fast as it goes.

import Glibc
import ProvisoKit
import ProvisoLedger

/// Records runs of so many contracts each, decided in columns; says when each is closed.
///
/// - Parameters:
///   - groupSize: So many are committed together; small ones give more moments to be killed in.
///   - resumes: Whether to go on with the run that was cut off, where one was.
func columnarRuns(
  _ name: String, runs: Int, results: Int, groupSize: Int = 50, resumes: Bool = false
) {
  let workshop = Workshop(name, resumes: resumes)
  var lines: [UInt8] = []
  for number in 0..<results {
    // Some are not signed, and nobody knows whether they were in time.
    let day = "20\(26 + number % 19)-0\(1 + number % 9)-15"
    let signed = number % 7 == 3 ? "" : ",\"signed\":\"\(day)\""
    lines += Array("{\"id\":\"C\(number)\"\(signed)}\n".utf8)
  }
  let clock = { Workshop.now }
  let quiet: () -> Void = {}
  for _ in 0..<runs {
    do {
      let summary = try Files().record(
        workshop.prepared, by: workshop.editions, workshop.question, source: Workshop.source,
        groupSize: groupSize, now: clock, isWaiting: quiet
      ) { (recorder) throws(LedgerFailure) in
        let run = ColumnarRun(
          workshop.editions, workshop.question, filter: nil, table: nil, records: true)
        let recording = ColumnarRecording(
          workshop.ruleset, workshop.question, in: recorder, keeps: false)
        let pieces = PortfolioPieces(lines, named: "made up", pieceBytes: 2_000)
        run.run(
          { pieces.next() }, threads: 2, recording: recording,
          into: RunOutput(table: { _ in true }, rejected: { _ in true }, progress: { _, _ in }))
        if let failure = recording.failure { throw failure }
        let counts = recording.outcomeCounts.map { RunCount(name: $0.rawValue, count: $1) }
        return RunEnd(counts: counts, sourceDigest: nil)
      }
      print("run \(summary.number) closed, \(summary.resumedCount) before")
      // What is said must be out when the process is killed.
      fflush(nil)
    } catch {
      fail("\(error)")
    }
  }
}
