// `proviso ledger verify`, `checkpoint`, `prove`, `check-proof` and `export`: what others check by.

import ProvisoKit
import ProvisoLedger
import ProvisoLog
import ProvisoReports

/// Checks everything that a ledger holds.
func verify(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let name = try call.ledgerName()
  let result = try ledgerWork { () throws(LedgerAccessFailure) in
    var knowledge = VerificationKnowledge()
    if let text = call.value("verifier") { knowledge.key = try console.files.verifierKey(text) }
    if let file = call.value("checkpoint") {
      knowledge.checkpoints = [try console.files.note(named: file)]
    }
    return try console.files.verifyLedger(named: name, knowledge)
  }
  let text = call.value("format") == "json" ? json(result).readableText : words(result, name, call)
  console.write(text, to: .output)
  return result.isWrong ? .breached : result.isIncomplete ? .open : .good
}

private func words(_ result: VerificationResult, _ name: String, _ call: Call) -> String {
  var text = ""
  for finding in result.findings {
    text += "\(word(finding.weight)): \(printable(finding.place)): \(printable(finding.message))\n"
  }
  if result.furtherCount > 0 { text += "and \(result.furtherCount) more\n" }
  if !text.isEmpty { text += "\n" }
  let parts = [
    result.entryCount == 1 ? "1 entry" : "\(result.entryCount) entries",
    counted(result.runCount, "run"), counted(result.contentCount, "kept content"),
    counted(result.cosignatureCount, "added signature"),
  ]
  text += "`\(printable(result.origin.isEmpty ? name : result.origin))`: "
  text += parts.joined(separator: ", ") + "\n"
  guard result.isWrong else {
    text +=
      result.isIncomplete
      ? "All that is there is as it was recorded.\n" : "Everything is as it was recorded.\n"
    if call.value("checkpoint") == nil {
      text +=
        "No published checkpoint was given: who has the key could have written all of it anew.\n"
    }
    return text
  }
  text += "NOT as it was recorded.\n"
  if let entry = result.firstWrongEntry { text += "The first entry that is wrong: \(entry)\n" }
  if !result.affectedRuns.isEmpty {
    text += "Runs affected: \(result.affectedRuns.map(String.init).joined(separator: ", "))\n"
  }
  return text
}

private func word(_ weight: LedgerFinding.Weight) -> String {
  switch weight {
  case .wrong: "wrong"
  case .incomplete: "incomplete"
  case .remark: "remark"
  }
}

private func json(_ result: VerificationResult) -> JSONValue {
  let findings = result.findings.map { finding in
    JSONValue.object([
      JSONMember("weight", .string(word(finding.weight))),
      JSONMember("place", .string(finding.place)),
      JSONMember("message", .string(finding.message)),
    ])
  }
  return .object([
    JSONMember("origin", .string(result.origin)),
    JSONMember("isAsRecorded", .boolean(!result.isWrong)),
    JSONMember("isComplete", .boolean(!result.isIncomplete)),
    JSONMember("entries", .count(result.entryCount)),
    JSONMember("runs", .count(result.runCount)),
    JSONMember("contents", .count(result.contentCount)),
    JSONMember("addedSignatures", .count(result.cosignatureCount)),
    JSONMember("firstWrongEntry", result.firstWrongEntry.map(JSONValue.count) ?? .null),
    JSONMember("affectedRuns", .array(result.affectedRuns.map(JSONValue.count))),
    JSONMember("findings", .array(findings)),
    JSONMember("furtherFindings", .count(result.furtherCount)),
  ])
}

/// Prints a checkpoint.
func checkpoint(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let number = try call.number("run")
  let (ledger, name) = try openedLedger(call, on: console)
  let found = try reading(name) { () throws(LedgerFailure) in try ledger.checkpoint(number) }
  try deliver(found.note.text, call, on: console)
  return .good
}

/// Proves that an entry is in a ledger, or that the ledger began as it was.
func prove(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let what = call.operand(0) ?? ""
  let first = try count(call.operand(1) ?? "", "behind `\(what)`")
  let text: String
  switch what {
  case "inclusion":
    guard call.operand(2) == nil else {
      throw CallFailure("one entry is proved at a time", help: ["write one number"])
    }
    let (ledger, name) = try openedLedger(call, on: console)
    text = try reading(name) { () throws(LedgerFailure) in
      try ledger.inclusionProof(of: first).text
    }
  case "consistency":
    guard call.operand(3) == nil else {
      throw CallFailure("a proof goes from one number of entries to another", help: ["write two"])
    }
    let second = try call.operand(2).map { (word) throws(CallFailure) in
      try count(word, "behind `\(what)`")
    }
    let (ledger, name) = try openedLedger(call, on: console)
    var number: Int?
    if let second {
      number = try reading(name) { () throws(LedgerFailure) in
        try ledger.checkpointNumber(size: second)
      }
      guard number != nil else {
        throw CallFailure(
          "no checkpoint was signed for \(second) entries",
          help: ["`proviso ledger runs --ledger \(name)` tells where each run ended"])
      }
    }
    text = try reading(name) { () throws(LedgerFailure) in
      try ledger.consistencyProof(from: first, checkpoint: number).text
    }
  default:
    throw CallFailure(
      "`\(what)` cannot be proved", help: ["it takes \(listed(["inclusion", "consistency"]))"])
  }
  try deliver(text, call, on: console)
  return .good
}

/// Checks a proof from files alone.
func checkProof(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let file = call.operand(0) ?? ""
  let text = try call.needed("verifier", "the key that checks signatures", sample: "KEY")
  let verdict = try ledgerWork { () throws(LedgerAccessFailure) in
    let key = try console.files.verifierKey(text)
    return try console.files.checkProof(
      file, by: key, entry: call.value("entry"), old: call.value("old"))
  }
  switch verdict {
  case .holds(let words):
    console.write("The proof holds: \(printable(words)).\n", to: .output)
    return .good
  case .fails(let words):
    console.write("The proof does NOT hold: \(printable(words)).\n", to: .output)
    return .breached
  }
}

/// Writes out what others check a ledger by.
func export(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let folder = call.operand(0) ?? ""
  let entries = try call.numbers("entries")
  let sizes = try call.numbers("since")
  let (ledger, name) = try openedLedger(call, on: console)
  let summary = try ledgerWork { () throws(LedgerAccessFailure) in
    try console.files.export(ledger, named: name, to: folder, entries: entries, sizes: sizes)
  }
  let count = summary.entryCount == 1 ? "1 entry" : "\(summary.entryCount) entries"
  console.write(
    "\(printable(folder)): \(count), \(counted(summary.proofCount, "proof"))\n", to: .output)
  return .good
}
