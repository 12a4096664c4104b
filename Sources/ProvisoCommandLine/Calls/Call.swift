// Reads the arguments of one call by the specification of its verb.

import ProvisoSource

/// A call that cannot be run as it was written.
struct CallFailure: Error {
  /// What is wrong, in one lower-case sentence without a full stop.
  let message: String
  /// What to write instead, one suggestion a line.
  let help: [String]

  init(_ message: String, help: [String] = []) {
    self.message = message
    self.help = help
  }
}

/// The arguments of one call, sorted into operands and options.
struct Call {
  /// In the order given.
  private(set) var operands: [String] = []
  private var values: [String: String] = [:]
  private var flags: Set<String> = []

  /// The value of an option; nil where it was not given.
  func value(_ name: String) -> String? { values[name] }

  /// Whether an option without a value was given.
  func has(_ name: String) -> Bool { flags.contains(name) }

  /// The operand at a place; nil where it was not given.
  func operand(_ place: Int) -> String? {
    operands.indices.contains(place) ? operands[place] : nil
  }

  /// Sorts the arguments that follow a verb.
  ///
  /// `--name value` and `--name=value` are one; `--` ends the options; `-` alone is an operand.
  init(_ arguments: some Sequence<String>, for verb: VerbSpecification) throws(CallFailure) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        break
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        operands.append(argument)
        continue
      }
      try takeOption(argument, &rest, verb)
    }
    if has("help") { return }
    try checkOperands(of: verb)
  }

  private mutating func takeOption(
    _ argument: String, _ rest: inout ArraySlice<String>, _ verb: VerbSpecification
  ) throws(CallFailure) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let written = parts.first.map(String.init) ?? argument
    guard let option = verb.allOptions.first(where: { $0.isWritten(written) }) else {
      throw Call.unknownOption(written, verb)
    }
    let name = "--\(option.name)"
    guard values[option.name] == nil, !flags.contains(option.name) else {
      throw CallFailure("`\(name)` is given twice", help: ["give it once"])
    }
    guard let word = option.value else {
      guard parts.count == 1 else {
        throw CallFailure("`\(name)` takes no value", help: ["write `\(name)` alone"])
      }
      flags.insert(option.name)
      return
    }
    var value: String
    if parts.count == 2 {
      value = String(parts[1])
    } else if let next = rest.first, next == "-" || !next.hasPrefix("-") {
      value = next
      rest = rest.dropFirst()
    } else {
      value = ""
    }
    guard !value.isEmpty else {
      throw CallFailure(
        "`\(name)` needs a value",
        help: ["write `\(name) \(option.choices.first ?? option.sample ?? word)`"])
    }
    if !option.choices.isEmpty, !option.choices.contains(value) {
      let near = nearestName(to: value, among: option.choices)
      let known = "it takes " + listed(option.choices)
      throw CallFailure(
        "`\(name)` does not take `\(value)`",
        help: near.map { ["did you mean `\($0)`?", known] } ?? [known])
    }
    values[option.name] = value
  }

  private static func unknownOption(_ written: String, _ verb: VerbSpecification) -> CallFailure {
    let known = verb.allOptions.map { "--\($0.name)" }
    var help: [String] = []
    if let near = nearestName(to: written, among: known) {
      help.append("did you mean `\(near)`?")
    } else if let longer = known.first(where: { $0.hasPrefix(written) && written.count > 2 }) {
      help.append("did you mean `\(longer)`?")
    }
    let elsewhere = allVerbs.filter { other in
      other.name != verb.name && other.options.contains { $0.isWritten(written) }
    }
    if help.isEmpty, let other = elsewhere.first {
      help.append("`proviso \(other.name)` has such an option")
    }
    help.append("`proviso help \(verb.name)` names them all")
    return CallFailure("`proviso \(verb.name)` has no option `\(written)`", help: help)
  }

  private func checkOperands(of verb: VerbSpecification) throws(CallFailure) {
    let required = verb.operands.filter(\.isRequired)
    if operands.count < required.count {
      let missing = required[operands.count]
      throw CallFailure(
        "no \(missing.name.lowercased()) is given: `proviso \(verb.name)` needs \(missing.summary)",
        help: verb.examples.prefix(1).map { "for example: `\($0.call)`" })
    }
    let isOpen = verb.operands.contains(where: \.isRepeated)
    if !isOpen, operands.count > verb.operands.count {
      let extra = operands[verb.operands.count]
      throw CallFailure(
        "`\(extra)` is one argument too many for `proviso \(verb.name)`",
        help: ["write `\(verb.usage)`"])
    }
    if let empty = operands.firstIndex(of: "") {
      throw CallFailure(
        "argument \(empty + 1) of `proviso \(verb.name)` is empty",
        help: ["a shell variable without a value?"])
    }
  }
}

extension VerbSpecification {
  /// Its own options, and `--help`, which every verb has.
  var allOptions: [Option] {
    options + [Option(name: "help", letter: "h", value: nil, summary: "tell this")]
  }
}

extension VerbSpecification.Option {
  /// Whether it is the option written so: `--as-of`, `-h`.
  func isWritten(_ text: String) -> Bool {
    text == "--\(name)" || (letter.map { text == "-\($0)" } ?? false)
  }

  /// A value to show somebody who gave none.
  var sample: String? {
    value == "DATE" ? "2024-12-31" : nil
  }
}

/// Words as a list in a sentence: `a`, `b` or `c`.
func listed(_ words: [String], by conjunction: String = "or") -> String {
  let quoted = words.map { "`\($0)`" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
  return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
