// `proviso schema`: the JSON Schema of a ruleset's contracts.

import ProvisoKit

/// Prints the schema, or writes it to a file.
func schema(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  guard let ruleset = try loadRuleset(of: call, on: console) else { return .notRun }
  try deliver(ruleset.contractSchemaText, call, on: console)
  return .good
}
