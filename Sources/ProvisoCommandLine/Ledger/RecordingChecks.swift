// Recording from the verbs that give results: what their options ask for, and doing it.

import ProvisoKit
import ProvisoLedger
import ProvisoModel

/// The ledger and key that a call records with, found to fit; nil where it records nothing.
///
/// Asked for before any work is done, so that a wrong key costs nothing.
func preparedRecording(
  of call: Call, on console: any Console
) throws(CallFailure) -> PreparedRecording? {
  guard let ledger = call.value("ledger") else {
    for option in ["key", "keep-contracts", "resume"]
    where call.value(option) != nil || call.has(option) {
      throw CallFailure(
        "`--\(option)` is about a ledger, and no ledger is given", help: ["write `--ledger FILE`"])
    }
    return nil
  }
  let key = try call.needed("key", "the key of the ledger", sample: "FILE")
  let settings = RecordingSettings(
    ledger: ledger, key: key, keepsContracts: call.has("keep-contracts"),
    resumes: call.has("resume"))
  return try ledgerWork { () throws(LedgerAccessFailure) in
    try console.files.prepareRecording(settings)
  }
}

/// Records the result for one contract as a run of its own.
func record(
  _ answer: CheckedContract, of contract: LoadedContract, by editions: Editions,
  _ question: Question, _ prepared: PreparedRecording, _ call: Call, on console: any Console
) throws(CallFailure) {
  let name = call.operand(1) ?? ""
  let settings = prepared.settings
  // A contract out of a portfolio comes from all the files of that.
  let files = portfolioFiles(call)
  let source =
    call.value("id") == nil
    ? RecordedSource(
      name: name == "-" ? "standard input" : name, digest: contract.sourceDigest.text)
    : RecordedSource(
      name: sourceName(files),
      digest: name == "-" ? nil : console.files.sourceDigest(of: files)?.text)
  let summary = try ledgerWork { () throws(LedgerAccessFailure) in
    try console.files.record(
      prepared, by: editions, question, source: source,
      now: { console.now }, isWaiting: tellOfWaiting(settings.ledger, on: console)
    ) { (recorder) throws(LedgerFailure) in
      try recorder.record(
        answer.leaf, contract: settings.keepsContracts ? contract.bytes : nil)
      return RunEnd(
        counts: [RunCount(name: answer.verdict.outcome.rawValue, count: 1)],
        sourceDigest: source.digest)
    }
  }
  tellOfClosed(summary.closedBefore, on: console)
  let place = "entry \(summary.first), run \(summary.number)"
  console.write("recorded in `\(printable(settings.ledger))`: \(place)\n", to: .errors)
}

/// Checks the lines of a portfolio and records what comes of each as one run.
func record(
  _ checking: BatchChecking, by editions: Editions, _ question: Question,
  _ prepared: PreparedRecording, _ call: Call, on console: any Console
) throws(CallFailure) {
  var writer = LeafWriting(editions)
  let settings = prepared.settings
  try recordPortfolio(by: editions, question, prepared, call, on: console) {
    (recorder) throws(CallFailure) in
    var counts: [Outcome: Int] = [:]
    try checking.checkAll { (verdict, edition, contract) throws(CallFailure) in
      counts[verdict.outcome, default: 0] += 1
      let problem = writer.record(
        verdict, edition: edition, of: contract, in: recorder, keeps: settings.keepsContracts)
      if let problem {
        throw CallFailure(LedgerAccessFailure(problem, ledger: settings.ledger))
      }
    }
    return runCounts(counts, rejected: checking.rejectedCount)
  }
}

/// Records what comes of a portfolio as one run.
///
/// Results are recorded as they come, so that no more than some are held. Where a line cannot be
/// read the run stays without its end; it can be resumed, and the next one closes it.
///
/// - Parameter body: Hands the results over, and gives the counts that the run ends with.
func recordPortfolio(
  by editions: Editions, _ question: Question, _ prepared: PreparedRecording, _ call: Call,
  on console: any Console, _ body: (Recorder) throws(CallFailure) -> [RunCount]
) throws(CallFailure) {
  let settings = prepared.settings
  let source = SourceState(call, on: console)
  var failure: CallFailure?
  let clock = { console.now }
  let summary: Result<RecordedRunSummary, LedgerAccessFailure>
  do throws(LedgerAccessFailure) {
    let made = try console.files.record(
      prepared, by: editions, question,
      source: RecordedSource(name: source.name, digest: source.digest), now: clock,
      isWaiting: tellOfWaiting(settings.ledger, on: console)
    ) { (recorder) throws(LedgerFailure) in
      tellOfResuming(recorder, on: console)
      do throws(CallFailure) {
        return RunEnd(counts: try body(recorder), sourceDigest: source.digestNow(on: console))
      } catch {
        failure = error
        throw LedgerFailure.notRecordable(error.message)
      }
    }
    summary = .success(made)
  } catch {
    summary = .failure(error)
  }
  if let failure { throw failure }
  let made = try ledgerWork { () throws(LedgerAccessFailure) in try summary.get() }
  tellOfClosed(made.closedBefore, on: console)
  let place =
    made.entryCount == 0
    ? "no entries"
    : made.entryCount == 1
      ? "entry \(made.first)" : "entries \(made.first) to \(made.first + made.entryCount - 1)"
  console.write(
    "recorded in `\(printable(settings.ledger))`: \(place), run \(made.number)\n", to: .errors)
}

/// The counts that a run ends with.
func runCounts(_ counts: [Outcome: Int], rejected: Int) -> [RunCount] {
  var ends = Outcome.allCases.compactMap { outcome in
    counts[outcome].map { RunCount(name: outcome.rawValue, count: $0) }
  }
  if rejected > 0 { ends.append(RunCount(name: "rejected", count: rejected)) }
  return ends
}

/// Says that a run goes on, where it does.
private func tellOfResuming(_ recorder: Recorder, on console: any Console) {
  guard recorder.resumes else { return }
  let count = recorder.resumedCount
  let entries = count == 1 ? "1 entry" : "\(count) entries"
  console.write(
    "note: run \(recorder.number) was cut off with \(entries); it goes on behind them\n",
    to: .errors)
}

/// The files of a portfolio when a run began.
///
/// Their digest is made before the first line is read, so that a run that is cut off says what it
/// was about, and again behind the last one if a file was touched meanwhile.
private struct SourceState {
  /// The files as they were named.
  let name: String
  let digest: String?
  private let files: [PortfolioFile]
  private let stamps: [FileStamp]

  init(_ call: Call, on console: any Console) {
    files = portfolioFiles(call)
    name = sourceName(files)
    // Standard input cannot be read a second time.
    let stamps = files.compactMap { $0.name == "-" ? nil : console.files.stamp(of: $0.name) }
    self.stamps = stamps
    digest = stamps.count == files.count ? console.files.sourceDigest(of: files)?.text : nil
  }

  func digestNow(on console: any Console) -> String? {
    guard stamps.count == files.count else { return nil }
    if files.map({ console.files.stamp(of: $0.name) }) == stamps { return digest }
    return console.files.sourceDigest(of: files)?.text
  }
}
