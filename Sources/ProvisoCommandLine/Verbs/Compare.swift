// `proviso compare`: which contracts would come out otherwise under a draft.

import ProvisoKit
import ProvisoModel
import ProvisoReports

/// Decides a portfolio by two rulesets and tells what changes.
func compare(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let question = try question(of: call)
  let threads = try threadCount(of: call)
  try checkTableOptions(call, at: 2)
  guard call.operands.count(where: { $0 == "-" }) < 2 else {
    throw CallFailure(
      "standard input can be read once, and `-` stands there twice",
      help: ["name files for the rulesets"])
  }
  let before = try loadCompared(call.operand(0) ?? "", on: console)
  let after = try loadCompared(call.operand(1) ?? "", on: console)
  guard let before, let after else { return .notRun }
  let name = call.operand(2) ?? ""
  let shown = name == "-" ? "standard input" : name
  let out = try draft(call.value("out"), on: console)
  let rejects = try draft(call.value("rejects"), on: console)
  let run = ComparisonRun(
    before: before, after: after, question, writesTable: out != nil, files: console.files)
  let pieces = try comparedPieces(name, call, before, after, on: console)
  let progress = Progress(of: name, on: console)
  var failure: FileFailure?
  let write = { (body: () throws(FileFailure) -> Void) in
    do throws(FileFailure) { try body() } catch { failure = failure ?? error }
    return failure == nil
  }
  _ = write { () throws(FileFailure) in
    try out?.write(run.tableHeader)
    try rejects?.write(PortfolioTable.rejectedHeader)
  }
  if let failure { throw CallFailure(failure) }
  run.run(
    { pieces.next() }, threads: threads,
    into: RunOutput(
      table: { rows in write { () throws(FileFailure) in try out?.write(rows) } },
      rejected: { line in
        write { () throws(FileFailure) in try rejects?.write(PortfolioTable.row(line)) }
      }, progress: { bytes, contracts in progress.tell(bytes, contracts) }))
  progress.end()
  if let failure = failure ?? pieces.failure ?? run.failure { throw CallFailure(failure) }
  guard run.contractCount > 0 || run.rejectedCount > 0 else {
    throw CallFailure(
      "`\(shown)` holds no contract",
      help: ["write one contract a line, each a JSON object, or name one contract `NAME.json`"])
  }
  let comparison = run.report(on: shown)
  _ = write { () throws(FileFailure) in
    try out?.finish()
    try rejects?.finish()
  }
  if let failure { throw CallFailure(failure) }
  try deliver(
    call.value("format") == "json"
      ? comparison.json() : comparison.text(usesColour: usesColour(call, console)), call,
    on: console)
  return ExitStatus(comparison)
}

/// Loads one of the rulesets; nil where it has errors, which have been told.
private func loadCompared(
  _ name: String, on console: any Console
) throws(CallFailure) -> LoadedRuleset? {
  guard name == "-" || !isEditions(name, in: console.files) else {
    throw CallFailure(
      "`\(name)` stands for several versions of a ruleset, and one is compared with another",
      help: ["name the file of one version"])
  }
  let loading = try load(name, on: console)
  let shown = name == "-" ? "standard input" : name
  guard let ruleset = loading.ruleset else {
    report(loading.diagnostics, of: shown, in: loading.sources, on: console)
    return nil
  }
  tellOfWarnings(loading.diagnostics.count, of: shown, on: console)
  guard ruleset.checked.conditions.contains(where: { !$0.isPortfolio }) else {
    throw CallFailure(
      "`\(shown)` has no condition of a contract, so no contract comes out otherwise",
      help: ["`proviso batch` tells what is asked of all contracts together"])
  }
  return ruleset
}

/// The portfolio in pieces; one contract, `NAME.json`, is a portfolio of one.
private func comparedPieces(
  _ name: String, _ call: Call, _ before: LoadedRuleset, _ after: LoadedRuleset,
  on console: any Console
) throws(CallFailure) -> any PieceSource {
  if isTable(name) {
    return try tablePieces(
      name, call, after.checked, and: before.checked, keepsRows: false, on: console)
  }
  guard name.hasSuffix(".json") else { return try linePieces(name, on: console) }
  do throws(FileFailure) {
    let bytes = try console.files.read(name, limitBytes: Files.contractLimitBytes)
    // Line ends stand between the parts of JSON only, so that a space says the same.
    let line = bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
    return PortfolioPieces(line, named: name)
  } catch { throw CallFailure(error) }
}

private func draft(
  _ name: String?, on console: any Console
) throws(CallFailure) -> FileDraft? {
  guard let name else { return nil }
  do throws(FileFailure) {
    return try FileDraft(name, in: console.files)
  } catch { throw CallFailure(error) }
}
