// `proviso check`: what holds, what does not, and what cannot be said yet.

import ProvisoKit
import ProvisoModel

/// Checks a contract, or a ruleset by itself.
func check(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  guard call.operand(1) != nil else { return try checkRuleset(call, on: console) }
  let question = try question(of: call)
  let recording = try preparedRecording(of: call, on: console)
  guard let editions = try loadEditions(of: call, on: console) else { return .notRun }
  if !editions.isSeveral { _ = try condition(of: call, in: editions.rulesets[0]) }
  guard let asked = try loadContract(of: call, for: editions, question, on: console) else {
    return .notRun
  }
  let (ruleset, contract) = (asked.ruleset, asked.contract)
  let condition = try condition(of: call, in: ruleset)
  let isJSON = call.value("format") == "json"
  let answer = ruleset.answer(
    contract, question, condition: isJSON ? condition : nil, findsRemedies: isJSON,
    edition: editions.note(on: asked.choice))
  let text =
    isJSON
    ? answer.json()
    : answer.summary(condition: condition, usesColour: usesColour(call, console))
  if let recording {
    let whole = isJSON && condition != nil ? ruleset.answer(contract, question) : answer
    try record(whole, of: contract, by: editions, question, recording, call, on: console)
  }
  try deliver(text, call, on: console)
  console.keepUntilExit(answer)
  console.keepUntilExit(contract)
  console.keepUntilExit(editions)
  return status(of: answer.verdict, condition)
}

/// The exit status of a verdict, or of one condition where only that is asked about.
func status(of verdict: ContractVerdict, _ condition: ConditionID?) -> ExitStatus {
  guard let condition, let found = verdict.conditions.first(where: { $0.condition == condition })
  else { return ExitStatus(verdict) }
  return ExitStatus(found)
}

/// Whether results may be coloured: they go to a terminal, and not into a file.
func usesColour(_ call: Call, _ console: any Console) -> Bool {
  (call.value("output") ?? "-") == "-" && console.usesColour(on: .output)
}

/// Checks a ruleset by itself, and tells what is in it.
private func checkRuleset(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  for option in ["as-of", "known-at", "condition", "id", "ledger", "key"]
  where call.value(option) != nil {
    throw CallFailure(
      "`--\(option)` asks about a contract, and no contract is given",
      help: ["write `proviso check RULESET CONTRACT --as-of DATE`"])
  }
  if call.value("format") == "json" {
    throw CallFailure(
      "`--format json` is the form of a verdict, and no contract is given",
      help: ["leave it out to check the ruleset by itself"])
  }
  guard let editions = try loadEditions(of: call, on: console) else { return .notRun }
  let ruleset = editions.rulesets[0]
  if editions.isSeveral {
    try deliver(overview(of: editions), call, on: console)
    return .good
  }
  let checked = ruleset.checked
  let title = checked.title.isEmpty ? checked.name : checked.title
  let version = checked.version.isEmpty ? "" : ", version \(checked.version)"
  let parts = [
    counted(checked.contract.fields.count, "field"),
    counted(checked.conditions.count, "condition"),
    counted(checked.determinations.count, "determination"),
    counted(checked.scenarios.count, "scenario"),
  ]
  let text = """
    \(printable(title))\(printable(version))
    \(ruleset.identity.digest)
    The ruleset is in order: \(parts.joined(separator: ", ")).

    """
  try deliver(text, call, on: console)
  return .good
}

/// The versions of a ruleset, with the days each governs.
private func overview(of editions: Editions) -> String {
  let first = editions.rulesets[0]
  var text = "\(printable(first.checked.name)): \(counted(editions.rulesets.count, "version"))\n"
  for (position, ruleset) in editions.rulesets.enumerated() {
    let times = editions.times(of: position)
    let from = times?.from.map { " from \($0)" } ?? ""
    let until = times?.until.map { " until \($0)" } ?? ""
    text += "  \(printable(ruleset.checked.version)): `\(printable(times?.subject ?? "?"))`"
    text += "\(from)\(until), \(printable(ruleset.fileName))\n    \(ruleset.identity.digest)\n"
  }
  return text + "The versions are in order.\n"
}
