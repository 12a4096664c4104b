// `proviso batch`: a portfolio, contract by contract, and what is asked of all of them together.

import ProvisoKit
import ProvisoModel
import ProvisoSource

/// Checks every contract of a portfolio and reports what they come to.
func batch(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let question = try question(of: call)
  let recording = try preparedRecording(of: call, on: console)
  guard let editions = try loadEditions(of: call, on: console) else { return .notRun }
  let filter = try filter(of: call, in: editions)
  let name = call.operand(1) ?? ""
  let shown = name == "-" ? "standard input" : name
  var checking = BatchChecking(
    lines: try lineReader(name, on: console), shown: shown,
    run: PortfolioRun(editions, question, filter: filter),
    files: try BatchFiles(call, editions, on: console))
  if let recording {
    try record(&checking, by: editions, question, recording, call, on: console)
  } else {
    while try checking.next() != nil {}
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
  try checking.files.finish()
  let text =
    call.value("format") == "json"
    ? report.json() : report.text(usesColour: usesColour(call, console))
  try deliver(text, call, on: console)
  return status
}

/// A portfolio that is being checked, a line at a time.
struct BatchChecking {
  let lines: LineReader
  let shown: String
  var run: PortfolioRun
  var files: BatchFiles
  private(set) var status = ExitStatus.good
  private(set) var readCount = 0
  private(set) var rejectedCount = 0
  /// The first bytes of the first line.
  private(set) var opening: [UInt8] = []

  init(lines: LineReader, shown: String, run: PortfolioRun, files: BatchFiles) {
    self.lines = lines
    self.shown = shown
    self.run = run
    self.files = files
  }

  /// What came of a line.
  enum Step {
    /// The verdict of a version on the contract of these bytes.
    case verdict(ContractVerdict, edition: Int, of: [UInt8])
    /// Nothing that is recorded: an empty line, or a rejected one.
    case passed
  }

  /// Checks the next line; nil behind the last.
  mutating func next() throws(CallFailure) -> Step? {
    guard let line = try read(lines) else { return nil }
    var bytes: [UInt8] = []
    if case .line(_, let found) = line { bytes = found }
    if opening.isEmpty { opening = Array(bytes.prefix(64)) }
    guard let outcome = run.take(line, of: shown) else { return .passed }
    let found: ExitStatus
    var step = Step.passed
    switch outcome {
    case .verdict(let verdict, let edition):
      readCount += 1
      found = ExitStatus(verdict)
      if run.isListed(verdict, edition: edition) { try files.write(verdict, edition: edition) }
      step = .verdict(verdict, edition: edition, of: bytes)
    case .rejected(let contract):
      rejectedCount += 1
      found = .notGoverned
      try files.write(contract)
    }
    if found.isWorse(than: status) { status = found }
    return step
  }
}

/// The lines of a portfolio, `-` being standard input.
func lineReader(_ name: String, on console: any Console) throws(CallFailure) -> LineReader {
  if name == "-" {
    let bytes = try standardInput(of: console, limitBytes: Files.contractLimitBytes)
    return LineReader(bytes, named: "standard input")
  }
  do throws(FileFailure) {
    return try LineReader(name, from: console.files)
  } catch {
    throw CallFailure(error)
  }
}

private func read(_ lines: LineReader) throws(CallFailure) -> FileLine? {
  do throws(FileFailure) { return try lines.next() } catch { throw CallFailure(error) }
}

/// A file of which no line is a contract and that begins like another form is that other form.
private func checkForm(
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

// MARK: - Which contracts

/// The contracts that a call asks to have listed; nil where it asks for none.
private func filter(
  of call: Call, in editions: Editions
) throws(CallFailure) -> PortfolioFilter? {
  guard let text = call.value("where") else { return nil }
  let example = "for example `--where contract=breached`"
  let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
  guard parts.count == 2 else {
    throw CallFailure(
      "`--where \(text)` lacks an outcome", help: ["write `--where CONDITION=OUTCOME`", example])
  }
  let (name, word) = (String(parts[0]), String(parts[1]))
  guard let outcome = Outcome(rawValue: word) else {
    let all = Outcome.allCases.map(\.rawValue)
    let near = nearestName(to: word, among: all).map { ["did you mean `\($0)`?"] } ?? []
    throw CallFailure(
      "`\(word)` is no outcome", help: near + ["there are \(listed(all, by: "and"))"])
  }
  if name == "contract" { return PortfolioFilter(condition: nil, outcome: outcome) }
  let known = editions.rulesets.flatMap { ruleset in
    ruleset.checked.conditions.filter { !$0.isPortfolio }.map(\.name)
  }
  guard known.contains(name) else {
    let near = nearestName(to: name, among: known + ["contract"])
    throw CallFailure(
      "no contract has a condition `\(name)`",
      help: near.map { ["did you mean `\($0)`?", example] } ?? [example])
  }
  return PortfolioFilter(condition: name, outcome: outcome)
}

// MARK: - Files

/// The tables a call asks for, as they grow.
struct BatchFiles {
  private let table: PortfolioTable
  private var out: FileDraft?
  private var rejects: FileDraft?

  init(_ call: Call, _ editions: Editions, on console: any Console) throws(CallFailure) {
    table = PortfolioTable(editions)
    do throws(FileFailure) {
      if let name = call.value("out") {
        let draft = try FileDraft(name, in: console.files)
        try draft.write(table.header)
        out = draft
      }
      if let name = call.value("rejects") {
        let draft = try FileDraft(name, in: console.files)
        try draft.write(PortfolioTable.rejectedHeader)
        rejects = draft
      }
    } catch { throw CallFailure(error) }
  }

  mutating func write(_ verdict: ContractVerdict, edition: Int) throws(CallFailure) {
    guard let out else { return }
    do throws(FileFailure) {
      try out.write(table.row(verdict, edition: edition))
    } catch { throw CallFailure(error) }
  }

  mutating func write(_ contract: RejectedContract) throws(CallFailure) {
    guard let rejects else { return }
    do throws(FileFailure) {
      try rejects.write(PortfolioTable.row(contract))
    } catch { throw CallFailure(error) }
  }

  mutating func finish() throws(CallFailure) {
    do throws(FileFailure) {
      try out?.finish()
      try rejects?.finish()
    } catch { throw CallFailure(error) }
  }
}
