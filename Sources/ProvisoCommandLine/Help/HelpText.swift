// Help: what `proviso` can do, and each verb in full.

/// The page that `proviso --help` prints.
func overview() -> String {
  let width = allVerbs.map(\.name.count).max() ?? 0
  var text = """
    proviso checks contracts of public money against the conditions they come with.

    usage: proviso VERB …


    """
  for verb in allVerbs {
    text += "  \(padded(verb.name, to: width))  \(verb.summary)\n"
  }
  text += """

    `proviso help VERB` explains a verb, with an example. A first one:

      \(checkVerb.examples.first?.call ?? "")

    """
  return text
}

/// The page that `proviso help VERB` prints.
func page(of verb: VerbSpecification) -> String {
  let isLedger = verb.name == ledgerVerb.name
  let usage = isLedger ? "proviso ledger VERB …" : verb.usage
  var text = wrapped("usage: \(usage)", indent: 2, first: 0)
  text += "\n" + wrapped(verb.summary.capitalisedInitial + ".", indent: 0, first: 0)
  if isLedger { return text + ledgerPage() }
  if !verb.operands.isEmpty {
    text += "\n" + definitions(verb.operands.map { ($0.name, $0.summary) })
  }
  let options = verb.allOptions.map { option in
    let letter = option.letter.map { "-\($0), " } ?? ""
    let value = option.value.map { " " + $0 } ?? ""
    return ("\(letter)--\(option.name)\(value)", option.summary)
  }
  text += "\n" + definitions(options)
  for note in verb.notes { text += "\n" + wrapped(note, indent: 0, first: 0) }
  text += verb.examples.count == 1 ? "\nexample:\n" : "\nexamples:\n"
  for example in verb.examples {
    text += "\n  # \(example.summary)\n  \(example.call)\n"
  }
  return text
}

/// What the page of `ledger` says instead of options, which each of its verbs has of its own.
private func ledgerPage() -> String {
  let verbs = ledgerVerbs.map { (String($0.name.dropFirst("ledger ".count)), $0.summary) }
  var text = "\n" + definitions(verbs)
  text += "\n" + wrapped("`proviso help ledger VERB` explains one.", indent: 0, first: 0)
  for note in ledgerVerb.notes { text += "\n" + wrapped(note, indent: 0, first: 0) }
  for example in ledgerVerb.examples {
    text += "\nexample:\n\n  # \(example.summary)\n  \(example.call)\n"
  }
  return text
}

private func definitions(_ entries: [(name: String, summary: String)]) -> String {
  let width = entries.map(\.name.count).max() ?? 0
  return entries.reduce(into: "") { text, entry in
    let head = "  \(padded(entry.name, to: width))  "
    text += wrapped(head + entry.summary, indent: width + 4, first: 0, keepsSpaces: head.count)
  }
}

/// Text broken into lines of at most 80 columns.
///
/// - Parameters:
///   - indent: Columns before every line but the first.
///   - first: Columns before the first line.
///   - keepsSpaces: So many columns at the start are taken as they are.
private func wrapped(
  _ text: String, indent: Int, first: Int, keepsSpaces: Int = 0
) -> String {
  var lines: [String] = []
  var line = String(repeating: " ", count: first) + text.prefix(keepsSpaces)
  var isFresh = true
  for word in text.dropFirst(keepsSpaces).split(separator: " ") {
    if !isFresh, line.count + word.count + 1 > 80 {
      lines.append(line)
      line = String(repeating: " ", count: indent)
      isFresh = true
    }
    line += isFresh ? String(word) : " " + word
    isFresh = false
  }
  lines.append(line)
  return lines.joined(separator: "\n") + "\n"
}

/// A text filled with spaces to a width.
func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

extension String {
  fileprivate var capitalisedInitial: String { prefix(1).uppercased() + dropFirst() }
}
