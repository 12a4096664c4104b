// What the verbs share: telling failures and diagnostics, and putting results where they belong.

import ProvisoKit
import ProvisoSource

extension CallFailure {
  /// A file that could not be read or written.
  init(_ failure: FileFailure) {
    self.init(failure.message, help: failure.help)
  }
}

/// Tells the diagnostics of a file on the stream for errors, and how many there are.
func report(
  _ diagnostics: [Diagnostic], of name: String, in sources: SourceFiles, on console: any Console
) {
  guard !diagnostics.isEmpty else { return }
  let style = RenderingStyle(isColoured: console.usesColour(on: .errors))
  var text = ""
  for diagnostic in diagnostics { text += diagnostic.rendered(in: sources, style: style) + "\n" }
  let errors = diagnostics.count { $0.severity == .error }
  let warnings = diagnostics.count { $0.severity == .warning }
  let counts = [
    errors > 0 ? counted(errors, "error") : nil, warnings > 0 ? counted(warnings, "warning") : nil,
  ]
  text += "\(printable(name)): \(counts.compactMap { $0 }.joined(separator: ", "))\n\n"
  console.write(text, to: .errors)
}

/// `1 error`, `2 errors`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// The bytes of standard input, for an operand `-`.
func standardInput(of console: any Console, limitBytes: Int) throws(CallFailure) -> [UInt8] {
  switch console.readInput(limitBytes: limitBytes) {
  case .bytes(let bytes): return bytes
  case .tooLarge: throw CallFailure("standard input is larger than \(limitBytes >> 20) MiB")
  case .failed: throw CallFailure("standard input cannot be read")
  }
}

/// Puts a result into the file that `--output` names, or on standard output.
func deliver(_ text: String, _ call: Call, on console: any Console) throws(CallFailure) {
  guard let name = call.value("output"), name != "-" else {
    console.write(text, to: .output)
    return
  }
  try write(Array(text.utf8), to: name, on: console)
}

/// Writes a result to a file, whole or not at all.
func write(_ bytes: [UInt8], to name: String, on console: any Console) throws(CallFailure) {
  do throws(FileFailure) {
    try console.files.write(bytes, to: name)
  } catch {
    throw CallFailure(error)
  }
}
