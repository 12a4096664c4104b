// `proviso test`: runs the scenarios of rulesets.

import ProvisoKit
import ProvisoSource

/// Runs scenarios and tells which hold.
func test(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  var run = ScenarioRun()
  var isAllInOrder = true
  for operand in call.operands {
    let isFolder = console.files.isFolder(operand)
    if operand.hasSuffix(".editions") {
      guard let editions = try loadEditions(operand, asksContract: false, on: console) else {
        isAllInOrder = false
        continue
      }
      for ruleset in editions.rulesets { run.add(ruleset) }
      continue
    }
    var loaded: [LoadedRuleset] = []
    for name in try rulesets(operand, on: console) {
      let loading = try load(name, on: console)
      // A file without a ruleset's heading is a part of others, and read with them.
      if isFolder, loading.isFragment { continue }
      if let ruleset = loading.ruleset { loaded.append(ruleset) }
      report(loading.diagnostics, of: name, in: loading.sources, on: console)
      if let ruleset = loading.ruleset {
        run.add(ruleset)
      } else {
        run.add(refused: name, loading.diagnostics)
        isAllInOrder = false
      }
    }
    if isFolder, !areVersionsInOrder(loaded, of: operand, on: console) { isAllInOrder = false }
  }
  if run.isEmpty, isAllInOrder {
    throw CallFailure(
      "there is no ruleset in \(listed(call.operands))",
      help: ["a ruleset's file is called `NAME.proviso` or `NAME.proviso.md`"])
  }
  if let file = call.value("junit") { try write(Array(run.junit.utf8), to: file, on: console) }
  if !run.isEmpty {
    console.write(run.text(usesColour: console.usesColour(on: .output)), to: .output)
  }
  if !isAllInOrder { return .notRun }
  return run.failureCount == 0 ? .good : .breached
}

/// The rulesets that an operand stands for: itself, or those of a folder.
func rulesets(_ operand: String, on console: any Console) throws(CallFailure) -> [String] {
  guard console.files.isFolder(operand) else { return [operand] }
  do throws(FileFailure) {
    return try console.files.rulesets(under: operand)
  } catch {
    throw CallFailure(error)
  }
}

/// Whether rulesets of one name in a folder are versions that fit together; tells where not.
private func areVersionsInOrder(
  _ rulesets: [LoadedRuleset], of folder: String, on console: any Console
) -> Bool {
  var isInOrder = true
  for group in versions(among: rulesets) {
    report(group.diagnostics, of: folder, in: group.sources, on: console)
    isInOrder = isInOrder && group.isInOrder
  }
  return isInOrder
}
