// What the verbs share: telling failures and diagnostics, and putting results where they belong.

import ProvisoKit
import ProvisoSource

extension CallFailure {
  /// A file that could not be read or written.
  init(_ failure: FileFailure) {
    self.init(failure.message, help: failure.help)
  }
}

/// Tells diagnostics on the stream for errors; how many were errors.
@discardableResult
func report(
  _ diagnostics: [Diagnostic], in sources: SourceFiles, on console: any Console
) -> Int {
  guard !diagnostics.isEmpty else { return 0 }
  let style = RenderingStyle(isColoured: console.usesColour(on: .errors))
  let text = diagnostics.map { $0.rendered(in: sources, style: style) }.joined(separator: "\n")
  console.write(text, to: .errors)
  return diagnostics.count { $0.severity == .error }
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
  try write(text, to: name, on: console)
}

/// Writes a result to a file, whole or not at all.
func write(_ text: String, to name: String, on console: any Console) throws(CallFailure) {
  do throws(FileFailure) {
    try console.files.write(Array(text.utf8), to: name)
  } catch {
    throw CallFailure(error)
  }
}
