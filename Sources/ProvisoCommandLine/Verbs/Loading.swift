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

/// Loads the ruleset that a call names first, or its versions; nil where one of them has errors,
/// which have been told.
func loadEditions(of call: Call, on console: any Console) throws(CallFailure) -> Editions? {
  let name = call.operand(0) ?? ""
  guard name != "-", isEditions(name, in: console.files) else {
    return try loadRuleset(of: call, on: console).map { Editions($0) }
  }
  return try loadEditions(name, asksContract: call.operand(1) != nil, on: console)
}

/// Loads the versions in a folder, or of a list of them.
func loadEditions(
  _ name: String, asksContract: Bool, on console: any Console
) throws(CallFailure) -> Editions? {
  let loading: EditionsLoading
  do throws(FileFailure) {
    loading = try loadEditions(named: name, from: console.files)
  } catch { throw CallFailure(error) }
  guard !loading.files.isEmpty else {
    throw CallFailure(
      "there is no ruleset in `\(name)`",
      help: ["a ruleset's file is called `NAME.proviso` or `NAME.proviso.md`"])
  }
  var warningCount = 0
  for (file, found) in loading.files {
    if asksContract, found.ruleset != nil {
      warningCount += found.diagnostics.count
    } else {
      report(found.diagnostics, of: file, in: found.sources, on: console)
    }
  }
  if asksContract, loading.editions != nil {
    tellOfWarnings(warningCount + loading.diagnostics.count, of: name, on: console)
  } else {
    report(loading.diagnostics, of: name, in: loading.sources, on: console)
  }
  return loading.editions
}

/// A contract that a call names, with the version of the ruleset that judges it.
struct AskedContract {
  let ruleset: LoadedRuleset
  let contract: LoadedContract
  let choice: EditionChoice
}

/// Loads the contract that a call names second, by the version that governs it; nil where it has
/// errors, which have been told.
func loadContract(
  of call: Call, for editions: Editions, _ question: Question, on console: any Console
) throws(CallFailure) -> AskedContract? {
  let (text, name) = try contractText(of: call, editions, on: console)
  let choice = editions.choose(text.json, named: name, question)
  let ruleset = editions.rulesets[choice.position]
  let loading = try reading { () throws(FileFailure) in try ruleset.contract(text, named: name) }
  report(loading.diagnostics, of: name, in: loading.sources, on: console)
  return loading.contract.map { AskedContract(ruleset: ruleset, contract: $0, choice: choice) }
}

/// The contract: a file, standard input, or with `--id` a line or a row of a portfolio.
private func contractText(
  of call: Call, _ editions: Editions, on console: any Console
) throws(CallFailure) -> (text: ContractText, name: String) {
  let name = call.operand(1) ?? ""
  if let id = call.value("id") {
    let lines = try portfolioLines(call, editions, on: console)
    let found: FoundContract?
    do throws(FileFailure) {
      found = try editions.contract(id, in: lines)
    } catch { throw CallFailure(error) }
    guard let found else {
      throw CallFailure(
        "no line of `\(name)` is a contract with the id `\(id)`",
        help: ["a portfolio has one contract a line; `proviso batch` tells which were rejected"])
    }
    return (found.text, "\(name), line \(found.line)")
  }
  try checkTableOptions(call)
  if name.hasSuffix(".jsonl") || name.hasSuffix(".csv") {
    throw CallFailure(
      "`\(name)` is a portfolio, and one contract is asked about",
      help: [
        "name the contract: `--id ID`",
        "`proviso batch \(call.operand(0) ?? "RULESET") \(name)` checks all of them",
      ])
  }
  if name == "-" {
    let bytes = try standardInput(of: console, limitBytes: Files.contractLimitBytes)
    return (ContractText(json: bytes), "standard input")
  }
  do throws(FileFailure) {
    let bytes = try console.files.read(name, limitBytes: Files.contractLimitBytes)
    return (ContractText(json: bytes), name)
  } catch { throw CallFailure(error) }
}

/// Says in one line that a ruleset has warnings: whoever asks about a contract did not write it.
func tellOfWarnings(_ count: Int, of name: String, on console: any Console) {
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
