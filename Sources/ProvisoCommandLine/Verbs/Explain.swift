// `proviso explain`: why a verdict is what it is, and what would change it.

import ProvisoKit
import ProvisoModel
import ProvisoSource

/// Explains a verdict, in one of four forms.
func explain(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  if call.value("test") != nil, call.value("condition") == nil {
    throw CallFailure(
      "`--test` names a test of one condition, and no condition is given",
      help: ["add `--condition NAME`"])
  }
  let question = try question(of: call)
  guard let editions = try loadEditions(of: call, on: console) else { return .notRun }
  if let whole = try wholeAnswer(call, editions, question, on: console) {
    return try tell(whole, call, editions.rulesets[0], on: console)
  }
  if !editions.isSeveral { _ = try condition(of: call, in: editions.rulesets[0]) }
  guard let asked = try loadContract(of: call, for: editions, question, on: console) else {
    return .notRun
  }
  let (ruleset, contract) = (asked.ruleset, asked.contract)
  let condition = try condition(of: call, in: ruleset)
  // The forms for people show the other conditions too, each on a line.
  let answer = ruleset.answer(
    contract, question, condition: call.value("format") == "json" ? condition : nil,
    findsRemedies: true, tellsTimelines: call.has("timeline"), timelineOf: condition,
    edition: editions.note(on: asked.choice))
  return try tell(answer, call, ruleset, on: console)
}

/// The portfolio conditions as an answer, where a call names one of them and no single contract;
/// nil where it does not.
private func wholeAnswer(
  _ call: Call, _ editions: Editions, _ question: Question, on console: any Console
) throws(CallFailure) -> CheckedContract? {
  guard let name = call.value("condition"), call.value("id") == nil,
    let ruleset = editions.rulesets.first,
    let condition = ruleset.condition(named: name), ruleset.checked[condition].isPortfolio
  else { return nil }
  guard !editions.isSeveral else {
    throw CallFailure(
      "`\(name)` is a condition on the portfolio of one version, and there are several",
      help: ["name the version's own file instead of `\(call.operand(0) ?? "")`"])
  }
  let file = call.operand(1) ?? ""
  let shown = file == "-" ? "standard input" : file
  let bytes = try portfolioBytes(file, on: console)
  var run = PortfolioRun(editions, question, files: console.files)
  let lines = LineReader(bytes, named: shown)
  do throws(FileFailure) {
    while let line = try lines.next() { _ = run.take(line, of: shown) }
    if let failure = run.failure { throw failure }
  } catch { throw CallFailure(error) }
  guard let digest = Digest.contract(bytes) else {
    throw CallFailure("libcrypto could not make a SHA-256 digest")
  }
  return run.report(on: shown).wholeAnswer(digest: digest)
}

private func portfolioBytes(
  _ name: String, on console: any Console
) throws(CallFailure) -> [UInt8] {
  if name == "-" { return try standardInput(of: console, limitBytes: Files.contractLimitBytes) }
  do throws(FileFailure) {
    return try console.files.read(name, limitBytes: Files.contractLimitBytes)
  } catch { throw CallFailure(error) }
}

/// Tells an answer in the form that a call asks for.
private func tell(
  _ answer: CheckedContract, _ call: Call, _ ruleset: LoadedRuleset, on console: any Console
) throws(CallFailure) -> ExitStatus {
  let condition = try condition(of: call, in: ruleset)
  let format = call.value("format") ?? "text"
  if let condition { try checkTest(call, condition, answer, ruleset) }
  let test = call.value("test")
  let text: String
  switch format {
  case "json": text = answer.json()
  case "html": text = answer.html(condition: condition, test: test)
  case "md": text = answer.markdown(condition: condition, test: test)
  default:
    text = answer.text(
      condition: condition, test: test, usesColour: usesColour(call, console))
  }
  try deliver(text, call, on: console)
  console.keepUntilExit(answer)
  return status(of: answer.verdict, condition)
}

/// Makes sure that a test which a call names exists.
private func checkTest(
  _ call: Call, _ condition: ConditionID, _ answer: CheckedContract, _ ruleset: LoadedRuleset
) throws(CallFailure) {
  guard let test = call.value("test") else { return }
  guard !answer.hasTest(condition, called: test) else { return }
  let labels = answer.testLabels(of: condition)
  let name = call.value("condition") ?? ""
  guard !labels.isEmpty else { throw CallFailure("`\(name)` has no tests here") }
  var help: [String] = []
  if let near = nearestName(to: test, among: labels) { help.append("did you mean `\(near)`?") }
  let shown = labels.prefix(12)
  let more = labels.count > shown.count ? ", and \(labels.count - shown.count) more" : ""
  help.append("its tests are \(listed(Array(shown), by: "and"))\(more)")
  throw CallFailure("`\(name)` has no test `\(test)`", help: help)
}
