// `proviso replay` and `proviso ledger affected`: what recorded entries come to when asked again.

import ProvisoKit
import ProvisoLedger
import ProvisoLog
import ProvisoReports

/// Performs entries again.
func replay(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let (ledger, name) = try openedLedger(call, on: console)
  let positions = try chosenEntries(call, ledger, name)
  let given = try givenContracts(call, on: console)
  let isAlone = positions.count == 1
  let file = call.value("contracts")
  var counts = ReplayCounts()
  try ledgerWork { () throws(LedgerAccessFailure) in
    let replayer = try Replayer(ledger, named: name, contracts: given)
    try replayer.replay(positions) { entry in
      console.write(words(entry, givenIn: file, isAlone: isAlone, &counts), to: .output)
    }
  }
  if !isAlone {
    var parts = ["\(counts.same) the same"]
    if counts.different > 0 { parts.append("\(counts.different) different") }
    if counts.unperformed > 0 { parts.append("\(counts.unperformed) not performed") }
    let total = positions.count
    console.write("\(total) entries: \(parts.joined(separator: ", "))\n", to: .output)
  }
  if counts.different > 0 { return .breached }
  return counts.unperformed > 0 ? .open : .good
}

private struct ReplayCounts {
  var same = 0
  var different = 0
  var unperformed = 0
}

/// The entries that a call asks for, each once.
private func chosenEntries(
  _ call: Call, _ ledger: Ledger, _ name: String
) throws(CallFailure) -> AnyRandomAccessCollection<Int> {
  let ways = [call.operand(0), call.value("run"), call.value("sample")].compactMap { $0 }
  guard ways.count == 1 else {
    throw CallFailure(
      ways.isEmpty ? "no entry is given" : "entries are chosen in more than one way",
      help: [
        "write one of `proviso replay ENTRY`, `--run NUMBER` and `--sample NUMBER --seed TEXT`"
      ])
  }
  if let word = call.operand(0) {
    return AnyRandomAccessCollection([try count(word, "as an entry")])
  }
  let size = try reading(name) { () throws(LedgerFailure) in try ledger.size() }
  if let number = try call.number("run") {
    let run = try reading(name) { () throws(LedgerFailure) in try ledger.run(number) }
    let entries = run.closing?.entries ?? size - run.opening.first
    return AnyRandomAccessCollection(run.opening.first..<run.opening.first + entries)
  }
  let wanted = try call.number("sample") ?? 0
  let seed = try call.needed("seed", "a text to choose entries by", sample: "TEXT")
  do throws(CryptoFailure) {
    return AnyRandomAccessCollection(try sample(wanted, of: size, seed: seed))
  } catch {
    throw CallFailure(LedgerAccessFailure(.crypto(error), ledger: name))
  }
}

/// The contracts of the file that a call gives, and of those beside it.
private func givenContracts(
  _ call: Call, on console: any Console
) throws(CallFailure) -> GivenContracts? {
  let file = call.value("contracts")
  let isTable = file?.hasSuffix(".csv") ?? false
  for option in ["lists", "mapping"] where call.value(option) != nil && !isTable {
    throw CallFailure(
      "`--\(option)` is about a table, and `--contracts` gives none",
      help: ["write `--contracts FILE.csv`"])
  }
  guard let file else { return nil }
  return GivenContracts(
    file, tables: isTable ? try tables(of: file, call, on: console) : nil, from: console.files)
}

/// - Parameter file: Where contracts were given, if they were.
private func words(
  _ entry: ReplayedEntry, givenIn file: String?, isAlone: Bool, _ counts: inout ReplayCounts
) -> String {
  let head = "entry \(entry.position), run \(entry.run), `\(printable(entry.contract))`"
  let engines =
    "recorded by proviso \(printable(entry.engine)), performed by proviso \(engineVersion)"
  switch entry.replay {
  case .same:
    counts.same += 1
    return isAlone ? "\(head): the same, \(printable(entry.outcome))\n  \(engines)\n" : ""
  case .different(let differences, let step):
    counts.different += 1
    let (old, new) = names(entry.engine)
    var text = "\(head): DIFFERENT\n  \(engines)\n"
    for difference in differences.prefix(20) {
      text += "  \(printable(difference.what)): \(old) \(printable(difference.recorded)), "
      text += "\(new) \(printable(difference.found))\n"
    }
    if differences.isEmpty { text += "  the results say the same, and their bytes differ\n" }
    if differences.count > 20 { text += "  and \(differences.count - 20) more\n" }
    return text + (step.map { words($0, old, new) } ?? "")
  case .contractMissing:
    counts.unperformed += 1
    let missing =
      file.map { ", nor in `\(printable($0))`, by its id or by its bytes" }
      ?? "; give it with `--contracts FILE`"
    return "\(head): not performed: the contract is not kept\(missing)\n"
  case .contractChanged(let digest):
    counts.unperformed += 1
    return "\(head): not performed: the contract that was given is not the one that was recorded; "
      + "it is \(digest)\n"
  case .refused(let why):
    counts.unperformed += 1
    return "\(head): not performed: \(printable(why))\n  \(engines)\n"
  }
}

/// How the two answers are called: by the versions of Proviso where these differ.
private func names(_ engine: String) -> (old: String, new: String) {
  engine == engineVersion
    ? ("recorded", "now")
    : ("proviso \(printable(engine)) recorded", "proviso \(engineVersion) finds")
}

/// The way down to the first step that came out otherwise.
private func words(_ difference: DerivationDifference, _ old: String, _ new: String) -> String {
  var text = "  the first step that differs:\n"
  var margin = "    "
  for step in difference.path {
    text += "\(margin)\(printable(step.label)): \(old) \(printable(step.recorded)), "
    text += "\(new) \(printable(step.found))\n"
    margin += "  "
  }
  for line in difference.beneath { text += "\(margin)now \(printable(line))\n" }
  return text
}

/// Lists the entries that a restated contract would change.
func affected(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let file = try call.needed("contract", "the restated contract", sample: "FILE")
  guard let day = try call.date("known-at"), let knownAt = try? readDate(day) else {
    throw CallFailure(
      "no date is given: what is restated was recorded on some day, and counts from then",
      help: ["write `--known-at DATE`, for example `--known-at 2024-12-31`"])
  }
  let (ledger, name) = try openedLedger(call, on: console)
  let bytes: [UInt8]
  do throws(FileFailure) {
    bytes = try console.files.read(file, limitBytes: Files.contractLimitBytes)
  } catch {
    throw CallFailure(error)
  }
  let found = try ledgerWork { () throws(LedgerAccessFailure) in
    try Replayer(ledger, named: name)
      .affected(by: bytes, knownAt: knownAt, in: ledger, named: name)
  }
  var text = ""
  for changed in found.changed {
    text +=
      "entry \(changed.entry.position), run \(changed.entry.run), as of \(changed.entry.asOf)\n"
    for difference in changed.differences {
      text += "  \(printable(difference.what)): recorded \(printable(difference.recorded)), "
      text += "restated \(printable(difference.found))\n"
    }
  }
  for refused in found.refused {
    text += "entry \(refused.position): not compared: \(printable(refused.why))\n"
  }
  let total = found.entryCount == 1 ? "1 entry" : "\(found.entryCount) entries"
  text += "\(total) about `\(printable(found.contract))`, \(found.changed.count) would change\n"
  console.write(text, to: .output)
  if !found.changed.isEmpty { return .breached }
  return found.refused.isEmpty ? .good : .open
}
