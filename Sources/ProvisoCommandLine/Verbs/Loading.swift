// What the verbs that need a ruleset share: loading it, and a contract by it.

import ProvisoKit
import ProvisoModel
import ProvisoSource

/// Loads the ruleset that a call names first; nil where it has errors, which have been told.
func loadRuleset(of call: Call, on console: any Console) throws(CallFailure) -> LoadedRuleset? {
  let name = call.operand(0) ?? ""
  if name.hasSuffix(".json"), let second = call.operand(1), isRulesetName(second) {
    throw CallFailure(
      "`\(name)` stands where the ruleset belongs",
      help: ["the ruleset comes first: `\(second) \(name)`"])
  }
  let loading = try load(name, on: console)
  let shown = name == "-" ? "standard input" : name
  if loading.ruleset != nil, call.operand(1) != nil {
    tellOfWarnings(loading.diagnostics.count, of: shown, on: console)
  } else {
    report(loading.diagnostics, of: shown, in: loading.sources, on: console)
  }
  return loading.ruleset
}

/// Says in one line that a ruleset has warnings: whoever asks about a contract did not write it.
private func tellOfWarnings(_ count: Int, of name: String, on console: any Console) {
  guard count > 0 else { return }
  let words = "the ruleset has \(counted(count, "warning")); `proviso check \(name)` shows"
  console.write("note: \(printable(words)) \(count == 1 ? "it" : "them")\n", to: .errors)
}

/// Loads the ruleset of a name, `-` being standard input.
func load(_ name: String, on console: any Console) throws(CallFailure) -> RulesetLoading {
  do throws(FileFailure) {
    guard name == "-" else { return try loadRuleset(named: name, from: console.files) }
    let bytes = try readInput(console)
    let root = SourceFile(id: SourceID(0), name: "standard input", bytes: bytes)
    return try loadRuleset(root, from: console.files)
  } catch {
    var help = error.help
    if case .isFolder = error.cause {
      help.append("`proviso test \(name)` runs the scenarios of every ruleset in it")
    }
    throw CallFailure(error.message, help: help)
  }
}

private func readInput(_ console: any Console) throws(FileFailure) -> [UInt8] {
  let limit = Files.rulesetLimitBytes
  switch console.readInput(limitBytes: limit) {
  case .bytes(let bytes): return bytes
  case .tooLarge:
    throw FileFailure(name: "standard input", cause: .tooLarge(limitBytes: limit))
  case .failed: throw FileFailure(name: "standard input", cause: .system("it is closed"))
  }
}

/// Loads the contract that a call names second; nil where it has errors, which have been told.
func loadContract(
  of call: Call, for ruleset: LoadedRuleset, on console: any Console
) throws(CallFailure) -> LoadedContract? {
  let name = call.operand(1) ?? ""
  let loading: ContractLoading
  if name == "-" {
    let bytes = try standardInput(of: console, limitBytes: Files.contractLimitBytes)
    loading = try reading { () throws(FileFailure) in
      try ruleset.contract(bytes, named: "standard input")
    }
  } else {
    loading = try reading { () throws(FileFailure) in
      try ruleset.contract(named: name, from: console.files)
    }
  }
  let shown = name == "-" ? "standard input" : name
  report(loading.diagnostics, of: shown, in: loading.sources, on: console)
  return loading.contract
}

private func reading(
  _ body: () throws(FileFailure) -> ContractLoading
) throws(CallFailure) -> ContractLoading {
  do throws(FileFailure) { return try body() } catch { throw CallFailure(error) }
}

/// The condition that a call asks about; nil where it asks about all.
func condition(
  of call: Call, in ruleset: LoadedRuleset
) throws(CallFailure) -> ConditionID? {
  guard let name = call.value("condition") else { return nil }
  if let found = ruleset.condition(named: name) { return found }
  let names = ruleset.checked.conditions.map(\.name)
  var help: [String] = []
  if let near = nearestName(to: name, among: names) { help.append("did you mean `\(near)`?") }
  if names.count <= 12, !names.isEmpty {
    help.append("its conditions are \(listed(names, by: "and"))")
  }
  throw CallFailure("`\(ruleset.identity.name)` has no condition `\(name)`", help: help)
}
