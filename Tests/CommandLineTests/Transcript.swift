// Transcripts: files of commands with what each prints and how it exits.

import Foundation
import ProvisoCommandLine

/// One command of a transcript with everything that came, or should come, of it.
///
/// Written as
///
///     $ proviso check jobs.proviso
///     > a line of standard output
///     ! a line of standard error
///     ? 1
///
/// `? 0` is left out. `$ cat FILE` shows a file, and `< FILE` behind a command is its input.
struct TranscriptStep: Equatable {
  var command: String
  var output = ""
  var errors = ""
  var status: Int32 = 0

  /// The step as it is written, without its remarks.
  var text: String {
    var text = "$ \(command)\n" + marked(output, with: ">") + marked(errors, with: "!")
    if status != 0 { text += "? \(status)\n" }
    return text
  }

  private func marked(_ text: String, with mark: String) -> String {
    guard !text.isEmpty else { return "" }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isWhole = lines.last?.isEmpty == true
    if isWhole { lines.removeLast() }
    // A last line without a line end is marked, so that it can be told from one with.
    return lines.enumerated().map { position, line in
      let isCut = !isWhole && position == lines.count - 1
      return mark + (line.isEmpty ? "" : " ") + line + (isCut ? "⏎ missing" : "") + "\n"
    }.joined()
  }
}

/// A file of commands: each step with the lines of remarks before it.
struct Transcript {
  private(set) var parts: [(remarks: [Substring], step: TranscriptStep)] = []
  private var ending: [Substring] = []

  /// Reads a transcript.
  init(_ text: String) {
    var remarks: [Substring] = []
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines {
      let rest = String(line.dropFirst(2))
      switch line.first {
      case "$":
        parts.append((remarks, TranscriptStep(command: rest)))
        remarks = []
      case ">" where !parts.isEmpty: parts[parts.count - 1].step.output += rest + "\n"
      case "!" where !parts.isEmpty: parts[parts.count - 1].step.errors += rest + "\n"
      case "?" where !parts.isEmpty: parts[parts.count - 1].step.status = Int32(rest) ?? -1
      default: remarks.append(line)
      }
    }
    ending = remarks
  }

  /// The transcript with other steps in the place of its own.
  func text(with steps: [TranscriptStep]) -> String {
    var text = ""
    for (part, step) in zip(parts, steps) {
      text += part.remarks.map { $0 + "\n" }.joined() + step.text
    }
    return text + ending.map { $0 + "\n" }.joined()
  }
}

/// Runs a command of a transcript in a folder, and keeps what comes of it.
func play(_ command: String, in folder: String) -> TranscriptStep {
  var step = TranscriptStep(command: command)
  var words = shellWords(command)
  var input = ""
  if let mark = words.firstIndex(of: "<"), mark + 1 < words.count {
    input = contents(of: words[mark + 1], in: folder) ?? ""
    words.removeSubrange(mark...(mark + 1))
  }
  let program = words.isEmpty ? "" : words.removeFirst()
  switch program {
  case "cat":
    let text = words.map { contents(of: $0, in: folder) }
    step.output = text.compactMap { $0 }.joined()
    step.status = text.contains { $0 == nil } ? 1 : 0
  case "proviso", "proviso-on-a-terminal":
    let console = RecordingConsole(
      folder: folder, input: input, isTerminal: program != "proviso")
    step.status = run(words, on: console).rawValue
    step.output = console.output.replacing("\u{1B}", with: "␛")
    step.errors = console.errors.replacing("\u{1B}", with: "␛")
  default:
    step.errors = "a transcript cannot run \(program)\n"
    step.status = 127
  }
  return step
}

private func contents(of name: String, in folder: String) -> String? {
  try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
}

/// The words of a command: split at spaces, but not between single quotes.
private func shellWords(_ command: String) -> [String] {
  var words: [String] = []
  var word: String?
  var isQuoted = false
  for character in command {
    if character == "'" {
      isQuoted.toggle()
      word = word ?? ""
    } else if character == " ", !isQuoted {
      if let done = word { words.append(done) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  if let done = word { words.append(done) }
  return words
}
