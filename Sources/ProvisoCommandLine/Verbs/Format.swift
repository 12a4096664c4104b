// `proviso fmt`: lays out rulesets.

import ProvisoKit
import ProvisoSource

/// Lays out files in place, or tells which are not laid out.
func format(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let isCheck = call.has("check")
  var counts = FormatCounts()
  for operand in call.operands {
    if operand == "-" {
      try formatInput(isCheck, &counts, on: console)
      continue
    }
    for name in try rulesets(operand, on: console) {
      try formatFile(name, isCheck, &counts, on: console)
    }
  }
  if counts.refused > 0 { return .notRun }
  return isCheck && counts.changed > 0 ? .breached : .good
}

/// How many files were laid out anew, and how many could not be read as rulesets.
private struct FormatCounts {
  var changed = 0
  var refused = 0
}

private func formatFile(
  _ name: String, _ isCheck: Bool, _ counts: inout FormatCounts, on console: any Console
) throws(CallFailure) {
  let bytes: [UInt8]
  do throws(FileFailure) {
    bytes = try console.files.read(name, limitBytes: Files.rulesetLimitBytes)
  } catch {
    throw CallFailure(error)
  }
  let source = SourceFile(id: SourceID(0), name: name, bytes: bytes)
  guard let laidOut = layout(of: source, &counts, on: console), laidOut != bytes else { return }
  counts.changed += 1
  if isCheck {
    console.write("\(printable(name)) is not laid out\n", to: .output)
  } else {
    try write(laidOut, to: name, on: console)
    console.write("\(printable(name)): laid out\n", to: .output)
  }
}

/// Standard input to standard output: plain text, since it has no name to say otherwise.
private func formatInput(
  _ isCheck: Bool, _ counts: inout FormatCounts, on console: any Console
) throws(CallFailure) {
  let bytes = try standardInput(of: console, limitBytes: Files.rulesetLimitBytes)
  let source = SourceFile(id: SourceID(0), name: "standard input", bytes: bytes)
  guard let laidOut = layout(of: source, &counts, on: console) else { return }
  let isChanged = laidOut != bytes
  if isChanged { counts.changed += 1 }
  if !isCheck {
    console.write(String(decoding: laidOut, as: UTF8.self), to: .output)
  } else if isChanged {
    console.write("standard input is not laid out\n", to: .output)
  }
}

/// The bytes of a file as they are laid out; nil where it has errors, which have been told.
private func layout(
  of source: SourceFile, _ counts: inout FormatCounts, on console: any Console
) -> [UInt8]? {
  switch laidOut(source) {
  case .laidOut(let bytes): return bytes
  case .refused(let diagnostics):
    counts.refused += 1
    report(diagnostics, of: source.name, in: SourceFiles([source]), on: console)
    return nil
  }
}
