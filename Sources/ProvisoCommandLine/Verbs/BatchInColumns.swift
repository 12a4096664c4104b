// `proviso batch` in columns: several threads, progress for whoever watches, answers in file order.

import Glibc
import ProvisoKit
import ProvisoModel
import ProvisoReports

/// Checks a portfolio in columns, records the results where that is asked, and reports what it
/// comes to.
func batchInColumns(
  _ run: ColumnarRun, _ files: BatchFiles, threads: Int, _ prepared: PreparedRecording?,
  _ question: Question, _ call: Call, _ editions: Editions, on console: any Console
) throws(CallFailure) -> ExitStatus {
  var files = files
  let name = call.operand(1) ?? ""
  let shown = name == "-" ? "standard input" : name
  let pieces = try portfolioPieces(call, editions, records: prepared != nil, on: console)
  let opening = Opening()
  let progress = Progress(of: name, on: console)
  let trouble = WritingTrouble()
  let tables = files
  let output = RunOutput(
    table: { rows in trouble.watch { () throws(CallFailure) in try tables.write(rows: rows) } },
    rejected: { line in
      trouble.watch { () throws(CallFailure) in
        var tables = tables
        try tables.write(line)
      }
    }, progress: { bytes, contracts in progress.tell(bytes, contracts) })
  let check = { (recording: ColumnarRecording?) throws(CallFailure) in
    run.run(
      {
        let piece = pieces.next()
        if opening.bytes == nil, let piece {
          opening.bytes = Array(piece.bytes[..<min(piece.count, 64)].prefix { $0 != 0x0A })
        }
        return piece
      }, threads: threads, recording: recording, into: output)
    progress.end()
    if let failure = trouble.failure { throw failure }
    if let failure = pieces.failure ?? run.failure { throw CallFailure(failure) }
  }
  if let prepared {
    try recordPortfolio(by: editions, question, prepared, call, on: console) {
      (recorder) throws(CallFailure) in
      let recording = ColumnarRecording(
        editions.rulesets[0], question, in: recorder, keeps: prepared.settings.keepsContracts)
      try check(recording)
      if let failure = recording.failure {
        throw CallFailure(LedgerAccessFailure(failure, ledger: prepared.settings.ledger))
      }
      return runCounts(recording.outcomeCounts, rejected: run.rejectedCount)
    }
  } else {
    try check(nil)
  }
  guard run.contractCount > 0 || run.rejectedCount > 0 else {
    throw CallFailure(
      "`\(shown)` holds no contract", help: ["write one contract a line, each a JSON object"])
  }
  try checkForm(opening.bytes ?? [], run.contractCount, shown)
  let report = run.report(on: shown)
  try files.finish()
  try deliver(report, call, on: console)
  return ExitStatus(report)
}

/// How many threads a call asks for; by default as many as the machine has processors, up to eight.
func threadCount(of call: Call) throws(CallFailure) -> Int {
  guard let text = call.value("threads") else {
    return max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }
  guard let count = Int(text), (1...64).contains(count) else {
    throw CallFailure(
      "`--threads \(text)` is no number of threads", help: ["write a number from 1 to 64"])
  }
  return count
}

/// The first bytes of the first line.
private final class Opening { var bytes: [UInt8]? }

/// Keeps the first failure to write, which ends the run.
private final class WritingTrouble {
  private(set) var failure: CallFailure?

  /// Whether writing went well.
  func watch(_ body: () throws(CallFailure) -> Void) -> Bool {
    do throws(CallFailure) { try body() } catch { failure = failure ?? error }
    return failure == nil
  }
}
