// Runs one call of `proviso`: finds the verb, hands over to it, tells what went wrong.

import Glibc
import ProvisoKit
import ProvisoSource

/// Runs a call and says with which status to exit.
///
/// - Parameter arguments: What stands behind `proviso` on the command line.
package func run(_ arguments: [String], on console: any Console) -> ExitStatus {
  do throws(CallFailure) {
    return try dispatch(arguments, on: console)
  } catch {
    report(error, on: console)
    return .notRun
  }
}

/// Runs the process's own call and exits.
package func runProcess() -> Never {
  // A reader that goes away is seen where the results are written.
  signal(SIGPIPE, SIG_IGN)
  let console = ProcessConsole { name in getenv(name).map { String(cString: $0) } }
  let status = run(Array(CommandLine.arguments.dropFirst()), on: console)
  withExtendedLifetime(console) { exit(console.finish(status).rawValue) }
}

private func dispatch(
  _ arguments: [String], on console: any Console
) throws(CallFailure) -> ExitStatus {
  guard let word = arguments.first else {
    console.write(overview(), to: .errors)
    return .notRun
  }
  if word == "--help" || word == "-h" {
    console.write(overview(), to: .output)
    return .good
  }
  let name = word == "--version" || word == "-V" ? "version" : word
  guard let verb = allVerbs.first(where: { $0.name == name }) else { throw unknownVerb(word) }
  if name == "ledger" { return try ledger(arguments.dropFirst(), on: console) }
  let call = try Call(arguments.dropFirst(), for: verb)
  if call.has("help") {
    console.write(page(of: verb), to: .output)
    return .good
  }
  switch name {
  case "check": return try check(call, on: console)
  case "explain": return try explain(call, on: console)
  case "batch": return try batch(call, on: console)
  case "compare": return try compare(call, on: console)
  case "test": return try test(call, on: console)
  case "fmt": return try format(call, on: console)
  case "schema": return try schema(call, on: console)
  case "replay": return try replay(call, on: console)
  case "completions": return try completions(call, on: console)
  case "help": return try help(call, on: console)
  default:
    console.write("proviso \(engineVersion)\n", to: .output)
    return .good
  }
}

private func unknownVerb(_ word: String) -> CallFailure {
  let names = allVerbs.map(\.name)
  let meanings = [
    "format": "fmt", "lint": "check", "validate": "check", "run": "test", "portfolio": "batch",
    "diff": "compare", "impact": "compare",
  ]
  let all = "`proviso help` names them all"
  if word.hasPrefix("-") {
    let options = ["--help", "--version"]
    let near = nearestName(to: word, among: options)
    let first = near ?? "VERB \(word)"
    return CallFailure(
      "a verb is needed before `\(word)`",
      help: [near == nil ? "write `proviso \(first)`" : "did you mean `\(first)`?", all])
  }
  if isRulesetName(word) {
    return CallFailure(
      "`\(word)` is not a verb", help: ["write `proviso check \(word)`", all])
  }
  let near = meanings[word] ?? nearestName(to: word, among: names)
  return CallFailure(
    "there is no verb `\(word)`", help: near.map { ["did you mean `\($0)`?", all] } ?? [all])
}

private func help(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  guard let word = call.operand(0) else {
    console.write(overview(), to: .output)
    return .good
  }
  guard let verb = allVerbs.first(where: { $0.name == word }) else { throw unknownVerb(word) }
  if word == "ledger", let second = call.operand(1) {
    console.write(page(of: try ledgerVerb(second)), to: .output)
    return .good
  }
  if let extra = call.operand(1) {
    throw CallFailure(
      "`\(extra)` is one argument too many for `proviso help`",
      help: ["write `proviso help \(word)`"])
  }
  console.write(page(of: verb), to: .output)
  return .good
}

private func completions(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let shell = call.operand(0) ?? ""
  guard let script = completionScript(for: shell) else {
    throw CallFailure(
      "there are no completions for `\(shell)`",
      help: ["it takes \(listed(["bash", "zsh", "fish"]))"])
  }
  console.write(script, to: .output)
  return .good
}

/// Tells a failure in the form of every diagnostic, but without a place.
func report(_ failure: CallFailure, on console: any Console) {
  let isColoured = console.usesColour(on: .errors)
  let head = isColoured ? "\u{1B}[1;31merror\u{1B}[0m" : "error"
  var text = "\(head): \(printable(failure.message))\n"
  for line in failure.help { text += "help: \(printable(line))\n" }
  console.write(text, to: .errors)
}

/// Text in which nothing can steer a terminal: control characters are shown as U+FFFD.
func printable(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    let isSteering =
      scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    result.unicodeScalars.append(isSteering ? "\u{FFFD}" : scalar)
  }
  return result
}
