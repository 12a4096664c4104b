// Measures what a person waits for and what a batch will cost, and writes docs/benchmarks.md.
//
// usage: ProvisoBench PROVISO RULESET CONTRACT DATE REPORT

import Glibc
import ProvisoInterpreter
import ProvisoKit
import ProvisoModel
import ProvisoSource
import ProvisoSyntax

let arguments = CommandLine.arguments
guard arguments.count == 6 else {
  complain("usage: ProvisoBench PROVISO RULESET CONTRACT DATE REPORT")
}
let (binary, rulesetName, contractName) = (arguments[1], arguments[2], arguments[3])
let files = Files()
let question = Question(asOf: try readDate(arguments[4]))
guard let ruleset = try loadRuleset(named: rulesetName, from: files).ruleset else {
  complain("\(rulesetName) does not check")
}
let contractBytes = try files.read(contractName, limitBytes: Files.contractLimitBytes)
guard let contract = try ruleset.contract(contractBytes, named: contractName).contract else {
  complain("\(contractName) is refused")
}
let root = SourceFile(
  id: SourceID(0), name: rulesetName,
  bytes: try files.read(rulesetName, limitBytes: Files.rulesetLimitBytes))

var rows: [Row] = []
let call = ["check", rulesetName, contractName, "--as-of", arguments[4]]
rows.append(
  Row("`proviso check`, process start to exit", target: "under 10 ms", runs: 300) {
    guard spawn(binary, call) == 1 else { complain("the check did not exit with 1, breached") }
  })
rows.append(
  Row("`proviso --version`, process start to exit", target: "", runs: 300) {
    guard spawn(binary, ["--version"]) == 0 else { complain("--version failed") }
  })
// Outcomes and nothing else: the contract's facts go into columns, and the plan runs over them.
var outcomes = OutcomesOnly(ColumnarRuleset(ruleset, question))
let answer = outcomes.answer(contract.contract)
let verdict = ruleset.evaluator.evaluate(
  contract.contract, asOf: question.asOf, knownAt: question.knownAt, tracing: .verdictsOnly)
guard answer.contract == verdict.outcome,
  answer.conditions.compactMap({ $0 }) == verdict.conditions.map(\.outcome)
else { complain("in columns the contract has other outcomes") }
let way = answer.isInterpreted ? "by the interpreter, for want of a plan" : "in columns"
rows.append(
  Row("outcomes of a parsed contract, \(way)", target: "under 20 µs", runs: 50_000) {
    keep(outcomes.answer(contract.contract))
  })
rows.append(
  Row("evaluate a parsed contract, no derivation", target: "", runs: 50_000) {
    keep(
      ruleset.evaluator.evaluate(
        contract.contract, asOf: question.asOf, knownAt: question.knownAt, tracing: .verdictsOnly))
  })
rows.append(
  Row("evaluate a parsed contract, with derivation", target: "", runs: 10_000) {
    keep(
      ruleset.evaluator.evaluate(
        contract.contract, asOf: question.asOf, knownAt: question.knownAt,
        tracing: .withDerivations))
  })
rows.append(
  Row("read the contract", target: "", runs: 2_000) {
    keep(try? ruleset.contract(contractBytes, named: contractName))
  })
rows.append(Row("parse the ruleset", target: "", runs: 500) { keep(parse(root)) })
rows.append(
  Row("load the ruleset: read, parse, check, lists, digest", target: "", runs: 500) {
    keep(try? loadRuleset(named: rulesetName, from: files))
  })
rows.append(
  Row("evaluate with derivation, look for remedies, write the text", target: "", runs: 1_000) {
    keep(ruleset.answer(contract, question, findsRemedies: true).text())
  })

let (folder, _) = splitPath(arguments[0])
let report = page(rows, machine: Machine()) + LedgerFigures(folder: folder).text
try files.write(Array(report.utf8), to: arguments[5])
print(report)

/// The page of a run.
func page(_ rows: [Row], machine: Machine) -> String {
  let checked = ruleset.checked
  let size = checked.sources.reduce(0) { $0 + $1.bytes.count }
  var text = """
    # Benchmarks

    What `make bench` measured last. Wall time; the median of all runs, and the time that 99 of \
    100 runs stay under.

    * Machine: \(machine.processor), \(machine.processorCount) processors, \
    \(machine.memory), \(machine.system)
    * Ruleset: [`\(rulesetName)`](../\(rulesetName)), \(checked.conditions.count) conditions, \
    \(checked.sources.count) files, \(size) bytes
    * Contract: [`\(contractName)`](../\(contractName)), \(contractBytes.count) bytes, \
    as of \(arguments[4])

    | what | target | median | 99th percentile | runs |
    | --- | --- | --: | --: | --: |

    """
  for row in rows {
    text += "| \(row.title) | \(row.target) | \(row.median) | \(row.high) | \(row.runs) |\n"
  }
  return text
}
