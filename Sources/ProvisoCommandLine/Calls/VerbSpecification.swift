// What a verb of the command line takes: its operands, its options, and an example of its use.

/// A verb as it is called, explained and completed; all three are made from this one value.
struct VerbSpecification: Sendable {
  /// The word that calls it.
  let name: String
  /// What it does, on one line, in the imperative.
  let summary: String
  let operands: [Operand]
  let options: [Option]
  /// What more a person needs to know, a paragraph each.
  let notes: [String]
  let examples: [Example]

  /// An argument known by its place.
  struct Operand: Sendable {
    /// The word that stands for it: `RULESET`.
    let name: String
    let summary: String
    let isRequired: Bool
    let isRepeated: Bool
    /// What a shell offers for it.
    let kind: Kind

    enum Kind: Sendable {
      case ruleset, contract, portfolio
      /// A number, a name, a file of any kind.
      case text
      /// One of a few words.
      case oneOf([String])
    }
  }

  /// An argument known by its name.
  struct Option: Sendable {
    /// The name without its dashes: `as-of`.
    let name: String
    /// A second, one-letter name.
    var letter: Character?
    /// The word that stands for its value; nil where it takes none.
    let value: String?
    let summary: String
    /// The only values it takes; empty: any.
    var choices: [String] = []
    /// Whether its value is a file.
    var isFile = false
  }

  /// A call and what it does.
  struct Example: Sendable {
    let call: String
    let summary: String
  }

  /// The call in one line: `proviso check RULESET [CONTRACT] [--as-of DATE] …`.
  var usage: String {
    var words = ["proviso", name]
    for operand in operands {
      let word = operand.name + (operand.isRepeated ? "…" : "")
      words.append(operand.isRequired ? word : "[\(word)]")
    }
    for option in options {
      words.append("[--\(option.name)\(option.value.map { " " + $0 } ?? "")]")
    }
    return words.joined(separator: " ")
  }
}
