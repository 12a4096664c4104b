// `proviso batch`: a portfolio, contract by contract, and what is asked of all of them together.

import ProvisoKit
import ProvisoModel
import ProvisoReports
import ProvisoSource

/// Checks every contract of a portfolio and reports what they come to.
func batch(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let question = try question(of: call)
  let recording = try preparedRecording(of: call, on: console)
  guard let editions = try loadEditions(of: call, on: console) else { return .notRun }
  try checkTableOptions(call)
  let threads = try threadCount(of: call)
  let filter = try filter(of: call, in: editions)
  let name = call.operand(1) ?? ""
  let shown = name == "-" ? "standard input" : name
  if ColumnarRun.fits(editions) {
    let files = try BatchFiles(call, editions, on: console)
    let run = ColumnarRun(
      editions, question, filter: filter, table: files.asksTable ? files.table : nil,
      records: recording != nil, files: console.files)
    return try batchInColumns(
      run, files, threads: threads, recording, question, call, editions, on: console)
  }
  let checking = BatchChecking(
    lines: try portfolioLines(call, editions, on: console), shown: shown,
    run: PortfolioRun(editions, question, filter: filter, files: console.files),
    files: try BatchFiles(call, editions, on: console), threads: threads,
    progress: Progress(of: name, on: console))
  if let recording {
    try record(checking, by: editions, question, recording, call, on: console)
  } else {
    try checking.checkAll { _, _, _ in }
  }
  var status = checking.status
  guard checking.readCount > 0 || checking.rejectedCount > 0 else {
    throw CallFailure(
      "`\(shown)` holds no contract", help: ["write one contract a line, each a JSON object"])
  }
  try checkForm(checking.opening, checking.readCount, shown)
  let report = checking.run.report(on: shown)
  for part in report.parts {
    for verdict in part.portfolio.conditions {
      let found = ExitStatus(verdict)
      if found.isWorse(than: status) { status = found }
    }
  }
  try checking.finishFiles()
  try deliver(report, call, on: console)
  return status
}

/// Writes the report where and as a call asks.
func deliver(
  _ report: PortfolioReport, _ call: Call, on console: any Console
) throws(CallFailure) {
  if let name = call.value("summary") {
    do throws(FileFailure) {
      try console.files.write(Array(report.json().utf8), to: name)
    } catch { throw CallFailure(error) }
  }
  let text =
    call.value("format") == "json"
    ? report.json() : report.text(usesColour: usesColour(call, console))
  try deliver(text, call, on: console)
}

/// A file of which no line is a contract and that begins like another form is that other form.
func checkForm(
  _ opening: [UInt8], _ readCount: Int, _ name: String
) throws(CallFailure) {
  guard readCount == 0 else { return }
  let text = String(decoding: opening, as: UTF8.self).filter { !$0.isWhitespace }
  guard text == "{" || text.hasPrefix("[") else { return }
  throw CallFailure(
    "`\(name)` is no portfolio: no line of it is a contract",
    help: [
      "a portfolio has one contract a line, each a JSON object (JSON Lines)",
      "one contract over several lines is checked with `proviso check`",
    ])
}
