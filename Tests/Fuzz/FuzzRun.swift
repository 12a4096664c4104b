// One run of the fuzz driver: cases one after another, until the time or the count is reached.

import Glibc

/// What a run has seen so far.
struct FuzzRun {
  let options: FuzzOptions
  let cases: FuzzCases
  private let clock = ContinuousClock()
  private var ranCount = 0
  private var rulesetCount = 0
  private var counts = FuzzCounts()
  private var slowest = (duration: Duration.zero, seed: UInt64(0))

  /// Prepares a run; reads and checks the corpus.
  init(options: FuzzOptions) {
    self.options = options
    let limit = options.limitMilliseconds
    cases = FuzzCases(corpus: FuzzCorpus(root: options.root)) {
      FuzzFailure.limitTime(milliseconds: limit)
    }
  }

  /// Runs cases until the end; a failure ends the process.
  mutating func run() {
    print(cases.summary)
    fflush(nil)
    FuzzFailure.install()
    let start = clock.now
    let memoryLimit = FuzzFailure.peakMemory + (options.memoryMegabytes << 20)
    while true {
      if let count = options.count, ranCount >= count { break }
      if let seconds = options.seconds, clock.now - start >= .seconds(seconds) { break }
      let seed = options.seed &+ UInt64(ranCount)
      let fuzzCase = cases.make(seed)
      if options.shows {
        let text = String(decoding: fuzzCase.bytes, as: UTF8.self)
        print("--- \(fuzzCase.kind) \(seed)\n\(text)")
      } else {
        runOne(fuzzCase, seed: seed)
        if FuzzFailure.peakMemory > memoryLimit { FuzzFailure.stop("TOO MUCH MEMORY: ") }
      }
      ranCount += 1
      if fuzzCase.kind == "ruleset" { rulesetCount += 1 }
    }
    summarise(took: clock.now - start)
  }

  private mutating func runOne(_ fuzzCase: FuzzCase, seed: UInt64) {
    FuzzFailure.remember(fuzzCase.bytes, kind: fuzzCase.kind, seed: seed, folder: options.folder)
    let start = clock.now
    FuzzFailure.limitTime(milliseconds: options.limitMilliseconds)
    do {
      counts += try cases.run(fuzzCase)
    } catch {
      FuzzFailure.stop(error.property)
    }
    FuzzFailure.limitTime(milliseconds: 0)
    let took = clock.now - start
    if took > slowest.duration { slowest = (took, seed) }
  }

  private func summarise(took: Duration) {
    print(
      "\(ranCount) cases (\(rulesetCount) rulesets, \(ranCount - rulesetCount) contracts) in "
        + "\(took.components.seconds) s, seeds from \(options.seed); no crash, "
        + "no pass over \(options.limitMilliseconds) ms")
    print(
      "\(counts.checkedRulesets) rulesets passed the checker; \(counts.readings) readings of a "
        + "contract by a ruleset, \(counts.acceptedReadings) of them accepted; "
        + "\(counts.verdicts) verdicts, \(counts.explanations) explanations written; "
        + "\(counts.inColumns) contracts decided in columns too")
    print(
      "slowest case: seed \(slowest.seed), \(Int(slowest.duration / .milliseconds(1))) ms; "
        + "peak memory \(FuzzFailure.peakMemory >> 20) MB")
  }
}
