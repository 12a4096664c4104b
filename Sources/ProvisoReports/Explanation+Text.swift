// The explanation as plain text, for a terminal or a memo.

import ProvisoModel
import ProvisoQuantities

/// How much is said and how.
package struct TextOptions: Hashable, Sendable {
  /// Escape sequences for colour; only for a terminal.
  package let usesColour: Bool
  /// Whether derivations, remedies and requests are told, or the sentences alone.
  package let isFull: Bool
  package let focus: ExplanationFocus
  /// The column at which sentences wrap.
  package let width: Int

  /// Options for a rendering.
  package init(
    usesColour: Bool = false, isFull: Bool = false, focus: ExplanationFocus = ExplanationFocus(),
    width: Int = 96
  ) {
    self.usesColour = usesColour
    self.isFull = isFull
    self.focus = focus
    self.width = width
  }
}

extension Explanation {
  /// The explanation as plain text: the outcome first, then a line a condition, then why.
  package func text(_ options: TextOptions = TextOptions()) -> String {
    var page = TextPage(width: options.width, usesColour: options.usesColour)
    let outline = outline(options.focus, showsSteps: options.isFull)
    // In brief, a chosen condition is the only one that is told.
    let isChosen = options.focus.condition != nil && !options.isFull
    let conditions = outline.conditions.filter { !isChosen || $0.isInFocus }
    page.heading(outline.title.text)
    for entry in outline.header { page.entry(entry.label, entry.content.text) }
    let counts = outline.counts.isEmpty ? "" : " (\(outline.counts.text))"
    page.entry("outcome", page.toned(outline.outcome.rawValue, outline.outcome) + counts)
    if !conditions.isEmpty { page.blank() }
    let nameWidth = conditions.map { shortName($0.name).unicodeScalars.count }.max() ?? 0
    let lineWidth = min(conditions.map { $0.line.text.unicodeScalars.count }.max() ?? 0, 40)
    for condition in conditions {
      let line = padded(condition.line.text, to: lineWidth)
      page.line(
        "  \(page.toned(line, condition.outcome))  "
          + "\(padded(shortName(condition.name), to: nameWidth))  "
          + shortened(neutralised(condition.title), to: 160))
      if !options.isFull {
        if condition.isSentenceTold || isChosen {
          page.wrapped(condition.sentence.text, indent: 6)
          for sentence in condition.furtherSentences { page.wrapped(sentence.text, indent: 6) }
          if condition.unsaidCount > 0 {
            page.line("      and \(condition.unsaidCount) more, which `proviso explain` tells")
          }
        }
        page.bullets(condition.consequences.map(\.sentence), indent: 6)
      }
    }
    if options.isFull {
      for condition in outline.conditions where condition.isInFocus { page.add(condition) }
    }
    if !outline.determinations.isEmpty && !isChosen {
      page.section("Determinations")
      for determination in outline.determinations {
        let title: Prose =
          determination.title.isEmpty
          ? "\(data: determination.name)"
          : "\(data: determination.title) (\(data: determination.name))"
        page.wrapped((title + ": " + determination.value).text, indent: 2)
        if options.isFull, let tree = determination.tree { page.add(tree, indent: 4) }
      }
    }
    if !outline.sums.isEmpty {
      page.section("Sums")
      page.bullets(outline.sums, indent: 2)
    }
    if options.isFull, !outline.knowledge.isEmpty {
      page.section("What other knowledge changes")
      page.bullets(outline.knowledge, indent: 2)
    }
    if !outline.requests.isEmpty && !options.isFull && !isChosen {
      page.section("To ask for")
      page.bullets(outline.requests, indent: 2)
    }
    if !outline.remarks.isEmpty {
      page.blank()
      for remark in outline.remarks { page.wrapped(remark.text, indent: 0) }
    }
    return page.output
  }

  private func shortName(_ name: String) -> String { shortened(neutralised(name), to: 40) }
}

/// Text with blanks behind it up to a width in scalars.
func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
}

/// A page of plain text under construction.
struct TextPage {
  private(set) var output = ""
  private let width: Int
  private let usesColour: Bool

  init(width: Int, usesColour: Bool) {
    self.width = max(width, 40)
    self.usesColour = usesColour
  }

  mutating func line(_ text: String) {
    var end = text.endIndex
    while end > text.startIndex, text[text.index(before: end)] == " " {
      end = text.index(before: end)
    }
    output += text[..<end] + "\n"
  }

  mutating func blank() { if !output.isEmpty { output += "\n" } }

  mutating func heading(_ text: String) {
    line(usesColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text)
  }

  mutating func section(_ text: String) {
    blank()
    heading(text)
  }

  mutating func entry(_ label: String, _ content: String) { line(padded(label, to: 10) + content) }

  /// Text in the colour of an outcome.
  func toned(_ text: String, _ outcome: Outcome) -> String {
    usesColour ? OutcomeTone(outcome).terminalStart + text + "\u{1B}[0m" : text
  }

  /// A paragraph broken between words; a word longer than the line stands alone.
  mutating func wrapped(_ text: String, indent: Int, hanging: String = "") {
    let margin = String(repeating: " ", count: indent)
    var current = margin + hanging
    let continuation = margin + String(repeating: " ", count: hanging.unicodeScalars.count)
    var isEmpty = true
    for word in unbreakableWords(of: text) {
      let length = current.unicodeScalars.count + 1 + word.unicodeScalars.count
      if !isEmpty && length > width {
        line(current)
        current = continuation
        isEmpty = true
      }
      current += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    line(current)
  }

  /// The words of a text; a currency code stays with its figure.
  private func unbreakableWords(of text: String) -> [String] {
    var words: [String] = []
    for part in text.split(separator: " ", omittingEmptySubsequences: true) {
      if let code = words.last, code.utf8.count == 3, CurrencyCode(text: code) != nil,
        part.utf8.first.map({ (0x2D...0x39).contains($0) }) ?? false
      {
        words[words.count - 1] += " " + part
      } else {
        words.append(String(part))
      }
    }
    return words
  }

  mutating func bullets(_ items: [Prose], indent: Int) {
    for item in items { wrapped(item.text, indent: indent, hanging: "- ") }
  }

  mutating func add(_ condition: ConditionOutline) {
    let name = shortened(neutralised(condition.name), to: 80)
    let title = shortened(neutralised(condition.title), to: 200)
    section(title.isEmpty ? name : "\(name): \(title)")
    if let source = condition.source { line(source.text) }
    if condition.tests.isEmpty { wrapped(condition.sentence.text, indent: 2) }
    for test in condition.tests {
      blank()
      let label = test.label.map { shortened(neutralised($0), to: 80) + ", " } ?? ""
      line("  \(label)\(test.dates.text): \(toned(test.outcome.rawValue, test.outcome))")
      wrapped(test.sentence.text, indent: 4)
      if let tree = test.tree {
        line("")
        line("    How it follows")
        add(tree, indent: 4)
      }
      block("What would change it, all else held", test.remedies)
      block("To ask for", test.requests)
    }
    add(condition.timeline)
    guard !condition.consequences.isEmpty else { return }
    line("")
    line("  What follows")
    for consequence in condition.consequences {
      bullets([consequence.sentence], indent: 2)
      if let tree = consequence.tree { add(tree, indent: 4) }
    }
  }

  /// A line a test, and beneath it a line an event.
  private mutating func add(_ timeline: [TimelineOutline]) {
    guard !timeline.isEmpty else { return }
    line("")
    line("  Timeline")
    for entry in timeline {
      let label = shortened(neutralised(entry.label), to: 80)
      line("  \(label): \(toned(entry.outcome.rawValue, entry.outcome)) (\(entry.dates.text))")
      for event in entry.events {
        let words = event.outcome.map { toned(event.words.text, $0) } ?? event.words.text
        line("    \(event.day.iso)  \(words)")
      }
    }
  }

  /// A derivation, its steps joined by lines.
  mutating func add(_ step: DerivationLine, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    add(step, prefix: margin, childPrefix: margin)
  }

  private mutating func block(_ title: String, _ items: [Prose]) {
    guard !items.isEmpty else { return }
    line("")
    line("    " + title)
    bullets(items, indent: 4)
  }

  private mutating func add(_ step: DerivationLine, prefix: String, childPrefix: String) {
    line(prefix + step.words.text)
    for (position, child) in step.children.enumerated() {
      let isLast = position == step.children.count - 1
      add(
        child, prefix: childPrefix + (isLast ? "└ " : "├ "),
        childPrefix: childPrefix + (isLast ? "  " : "│ "))
    }
  }
}

extension DerivationLine {
  /// The step on one line: what, its result, where from, what the operation adds.
  var words: Prose {
    var result: Prose = "\(label) \(self.result)"
    let asides = [note, origin].compactMap { $0 }
    if !asides.isEmpty { result += " [\(Prose.joined(asides, by: "; "))]" }
    return result
  }
}
