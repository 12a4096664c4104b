// Records, verifies and proves with made-up results: for measuring, and to be killed half-way.
//
//     LedgerDrill runs FILE RUNS COUNT            so many runs of so many results
//     LedgerDrill measure FILE COUNT FIGURES      recording, verifying and proving, with figures
//     LedgerDrill prove FILE COUNT FIGURES        the same without verifying

import Glibc

private let arguments = CommandLine.arguments

guard arguments.count == 5, let count = Int(arguments[arguments[1] == "runs" ? 4 : 3]) else {
  fail("usage: LedgerDrill runs FILE RUNS COUNT | measure FILE COUNT FIGURES | prove …")
}
switch arguments[1] {
case "runs": runs(arguments[2], runs: Int(arguments[3]) ?? 0, results: count)
case "measure": measure(arguments[2], count, verifies: true, figures: arguments[4])
case "prove": measure(arguments[2], count, verifies: false, figures: arguments[4])
default: fail("there is no drill `\(arguments[1])`")
}

/// Says what went wrong, and ends.
func fail(_ words: String) -> Never {
  print(words)
  exit(2)
}
