// Where a command's words go: the process's own streams, or a record of them in a test.

import Glibc
package import ProvisoKit

/// One of the two streams of a command.
package enum OutputStream: Int32, Hashable, Sendable {
  /// Results.
  case output = 1
  /// Diagnostics and everything else that is said beside the results.
  case errors = 2
}

/// What a command is run in: where its words go, and what it may know of its surroundings.
package protocol Console: AnyObject {
  /// Takes text for a stream.
  func write(_ text: String, to stream: OutputStream)
  /// Whether escape sequences for colour may be written to a stream.
  func usesColour(on stream: OutputStream) -> Bool
  /// All bytes of standard input, within a limit.
  func readInput(limitBytes: Int) -> DescriptorReading
  /// Standard input as a descriptor that may be read as it comes; nil where it is only to be had
  /// whole.
  var inputDescriptor: Int32? { get }
  /// Whether somebody watches the stream for errors, so that progress may be told there.
  var showsProgress: Bool { get }
  /// The files that names on the command line stand for.
  var files: Files { get }
  /// The time: `2026-06-30T09:00:00Z`. Only a ledger's records say it.
  var now: String { get }
  /// Thirty-two bytes that nobody can guess, for a key; nil where the machine gives none.
  func seed() -> [UInt8]?
  /// Takes what a call has worked out and needs no more. A process that is about to exit need not
  /// take it apart, which is a tenth of the time that a check of one contract takes.
  func keepUntilExit(_ value: any Sendable)
}

extension Console {
  /// Standard input is only to be had whole.
  package var inputDescriptor: Int32? { nil }
  /// Nobody watches.
  package var showsProgress: Bool { false }
  /// The machine's clock.
  package var now: String { Surroundings.now() }
  /// The machine's own chance.
  package func seed() -> [UInt8]? { Surroundings.seed() }
  /// Nothing need be kept where other calls follow.
  package func keepUntilExit(_ value: any Sendable) {}
}

/// The console of a process: descriptors 0, 1 and 2.
///
/// Results are gathered and written at once, behind the diagnostics, so that nothing is shown in
/// an order that depends on buffers.
package final class ProcessConsole: Console {
  private var pending: [UInt8] = []
  private var kept: [any Sendable] = []
  private let coloursOutput: Bool
  private let coloursErrors: Bool
  package let files: Files

  /// The process's own console.
  ///
  /// - Parameter variables: `NO_COLOR` (any value but an empty one) and `TERM=dumb` turn colour
  ///   off, as does a stream that is not a terminal. `TMPDIR` is the folder for what is passing.
  package init(variables: (String) -> String?) {
    let isPlain = !(variables("NO_COLOR") ?? "").isEmpty || variables("TERM") == "dumb"
    coloursOutput = !isPlain && isatty(OutputStream.output.rawValue) == 1
    files = Files(scratchFolder: variables("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp")
    coloursErrors = !isPlain && isatty(OutputStream.errors.rawValue) == 1
  }

  /// Keeps results until the end; tells diagnostics at once.
  package func write(_ text: String, to stream: OutputStream) {
    switch stream {
    case .output: pending += Array(text.utf8)
    // Nobody is left to be told where even this fails.
    case .errors: _ = writeAll(Array(text.utf8), to: OutputStream.errors.rawValue)
    }
  }

  /// Keeps a value for as long as there is a process.
  package func keepUntilExit(_ value: any Sendable) { kept.append(value) }

  /// Whether the stream is a terminal that takes colour.
  package func usesColour(on stream: OutputStream) -> Bool {
    switch stream {
    case .output: coloursOutput
    case .errors: coloursErrors
    }
  }

  /// Descriptor 0.
  package var inputDescriptor: Int32? { 0 }

  /// Whether the stream for errors is a terminal.
  package var showsProgress: Bool { isatty(OutputStream.errors.rawValue) == 1 }

  /// All of descriptor 0, within a limit.
  package func readInput(limitBytes: Int) -> DescriptorReading {
    readAll(from: 0, expectedBytes: 0, limitBytes: limitBytes)
  }

  /// Writes the results out; the status to exit with.
  ///
  /// A reader who has seen enough and closed the pipe takes nothing from the verdict. Results that
  /// could not be written for another reason are as good as none.
  package func finish(_ status: ExitStatus) -> ExitStatus {
    guard !pending.isEmpty else { return status }
    guard let code = writeAll(pending, to: OutputStream.output.rawValue), code != EPIPE else {
      return status
    }
    let words = String(cString: strerror(code))
    write("error: the results cannot be written: \(words)\n", to: .errors)
    return .notRun
  }
}
