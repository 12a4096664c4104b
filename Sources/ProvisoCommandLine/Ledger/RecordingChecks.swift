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
    for option in ["key", "keep-contracts"] where call.value(option) != nil || call.has(option) {
      throw CallFailure(
        "`--\(option)` is about a ledger, and no ledger is given", help: ["write `--ledger FILE`"])
    }
    return nil
  }
  let key = try call.needed("key", "the key of the ledger", sample: "FILE")
  let settings = RecordingSettings(
    ledger: ledger, key: key, keepsContracts: call.has("keep-contracts"))
  return try ledgerWork { () throws(LedgerAccessFailure) in
    try console.files.prepareRecording(settings)
  }
}

/// Records the result for one contract as a run of its own.
func record(
  _ answer: CheckedContract, of contract: LoadedContract, by ruleset: LoadedRuleset,
  _ question: Question, _ prepared: PreparedRecording, _ call: Call, on console: any Console
) throws(CallFailure) {
  let name = call.operand(1) ?? ""
  let settings = prepared.settings
  let summary = try ledgerWork { () throws(LedgerAccessFailure) in
    try console.files.record(
      prepared, by: ruleset, question, source: name == "-" ? "standard input" : name,
      now: { console.now }, isWaiting: tellOfWaiting(settings.ledger, on: console)
    ) { (recorder) throws(LedgerFailure) in
      try recorder.record(
        answer.leaf, contract: settings.keepsContracts ? contract.bytes : nil)
      return RunEnd(
        counts: [RunCount(name: answer.verdict.outcome.rawValue, count: 1)],
        sourceDigest: contract.sourceDigest.text)
    }
  }
  tellOfClosed(summary.closedBefore, on: console)
  let place = "entry \(summary.first), run \(summary.number)"
  console.write("recorded in `\(printable(settings.ledger))`: \(place)\n", to: .errors)
}

/// Checks the lines of a portfolio and records what comes of each as one run.
///
/// Results are recorded as they come, so that no more than one is held. Where a line cannot be read
/// the run stays without its end, and the next one closes it.
func record(
  _ checking: inout BatchChecking, by ruleset: LoadedRuleset, _ question: Question,
  _ prepared: PreparedRecording, _ call: Call, on console: any Console
) throws(CallFailure) {
  let settings = prepared.settings
  let name = call.operand(1) ?? ""
  var recorded = checking
  var failure: CallFailure?
  var writer = LeafWriting(ruleset)
  let clock = { console.now }
  let summary: Result<RecordedRunSummary, LedgerAccessFailure>
  do throws(LedgerAccessFailure) {
    let made = try console.files.record(
      prepared, by: ruleset, question, source: recorded.shown, now: clock,
      isWaiting: tellOfWaiting(settings.ledger, on: console)
    ) { (recorder) throws(LedgerFailure) in
      var counts: [Outcome: Int] = [:]
      do throws(CallFailure) {
        while let step = try recorded.next() {
          guard case .verdict(let verdict, let bytes) = step else { continue }
          counts[verdict.outcome, default: 0] += 1
          let problem = writer.record(
            verdict, of: bytes, in: recorder, keeps: settings.keepsContracts)
          if let problem {
            throw CallFailure(LedgerAccessFailure(problem, ledger: settings.ledger))
          }
        }
      } catch {
        failure = error
        throw LedgerFailure.notRecordable(error.message)
      }
      var ends = Outcome.allCases.compactMap { outcome in
        counts[outcome].map { RunCount(name: outcome.rawValue, count: $0) }
      }
      if recorded.rejectedCount > 0 {
        ends.append(RunCount(name: "rejected", count: recorded.rejectedCount))
      }
      let digest = name == "-" ? nil : try? console.files.digest(of: name)
      return RunEnd(counts: ends, sourceDigest: digest?.text)
    }
    summary = .success(made)
  } catch {
    summary = .failure(error)
  }
  if let failure { throw failure }
  let made = try ledgerWork { () throws(LedgerAccessFailure) in try summary.get() }
  checking = recorded
  tellOfClosed(made.closedBefore, on: console)
  let place =
    made.entryCount == 0
    ? "no entries"
    : made.entryCount == 1
      ? "entry \(made.first)" : "entries \(made.first) to \(made.first + made.entryCount - 1)"
  console.write(
    "recorded in `\(printable(settings.ledger))`: \(place), run \(made.number)\n", to: .errors)
}
