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
  guard let ruleset = try loadRuleset(of: call, on: console) else { return .notRun }
  let condition = try condition(of: call, in: ruleset)
  guard let contract = try loadContract(of: call, for: ruleset, on: console) else {
    return .notRun
  }
  let format = call.value("format") ?? "text"
  // The forms for people show the other conditions too, each on a line.
  let answer = ruleset.answer(
    contract, question, condition: format == "json" ? condition : nil, findsRemedies: true)
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
  return status(of: answer.verdict, condition)
}

/// Makes sure that a test which a call names exists.
private func checkTest(
  _ call: Call, _ condition: ConditionID, _ answer: CheckedContract, _ ruleset: LoadedRuleset
) throws(CallFailure) {
  guard let test = call.value("test") else { return }
  let labels = answer.testLabels(of: condition)
  guard !labels.contains(test) else { return }
  let name = call.value("condition") ?? ""
  guard !labels.isEmpty else { throw CallFailure("`\(name)` has no tests here") }
  var help: [String] = []
  if let near = nearestName(to: test, among: labels) { help.append("did you mean `\(near)`?") }
  let shown = labels.prefix(12)
  let more = labels.count > shown.count ? ", and \(labels.count - shown.count) more" : ""
  help.append("its tests are \(listed(Array(shown), by: "and"))\(more)")
  throw CallFailure("`\(name)` has no test `\(test)`", help: help)
}
