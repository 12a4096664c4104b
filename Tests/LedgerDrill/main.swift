// Records, verifies and proves with made-up results: for measuring, and to be killed half-way.
//
//     LedgerDrill runs FILE RUNS COUNT            so many runs of so many results
//     LedgerDrill resume FILE 1 COUNT             goes on with the run that was cut off
//     LedgerDrill columns FILE RUNS COUNT         the same of contracts that columns decide
//     LedgerDrill resume-columns FILE 1 COUNT
//     LedgerDrill measure FILE COUNT FIGURES      recording, verifying and proving, with figures
//     LedgerDrill bulk FILE COUNT FIGURES         recording by what each condition came to
//     LedgerDrill prove FILE COUNT FIGURES        the same without verifying
//     LedgerDrill hash FILE PORTFOLIO FIGURES     SHA-256 alone over what was recorded

import Glibc

private let arguments = CommandLine.arguments

private let isRecording =
  arguments.count == 5
  && [
    "runs", "resume", "columns", "resume-columns",
  ].contains(arguments[1])

if arguments.count == 5, arguments[1] == "hash" {
  measureHashing(arguments[2], portfolio: arguments[3], figures: arguments[4])
  exit(0)
}

guard arguments.count == 5, let count = Int(arguments[isRecording ? 4 : 3]) else {
  fail(
    "usage: LedgerDrill runs|resume|columns|resume-columns FILE RUNS COUNT "
      + "| measure|bulk|prove FILE COUNT FIGURES | hash FILE PORTFOLIO FIGURES")
}
switch arguments[1] {
case "runs": runs(arguments[2], runs: Int(arguments[3]) ?? 0, results: count)
case "resume": runs(arguments[2], runs: 1, results: count, resumes: true)
case "columns": columnarRuns(arguments[2], runs: Int(arguments[3]) ?? 0, results: count)
case "resume-columns": columnarRuns(arguments[2], runs: 1, results: count, resumes: true)
case "measure": measure(arguments[2], count, verifies: true, figures: arguments[4])
case "bulk": measureBulk(arguments[2], count, figures: arguments[4])
case "prove": measure(arguments[2], count, verifies: false, figures: arguments[4])
default: fail("there is no drill `\(arguments[1])`")
}

/// Says what went wrong, and ends.
func fail(_ words: String) -> Never {
  print(words)
  exit(2)
}
