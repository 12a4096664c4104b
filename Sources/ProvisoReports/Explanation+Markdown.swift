// The explanation as Markdown, for a memo or a comment.

import ProvisoModel

extension Explanation {
  /// The explanation as Markdown: a table of conditions, then a section for each in focus.
  package func markdown(_ focus: ExplanationFocus = ExplanationFocus()) -> String {
    let outline = outline(focus)
    var output = "# \(outline.title.markdown)\n\n"
    let counts = outline.counts.isEmpty ? "" : " (\(outline.counts.markdown))"
    output += "**Outcome: \(outline.outcome.rawValue)**\(counts)\n\n"
    for entry in outline.header { output += "- \(entry.label): \(entry.content.markdown)\n" }
    if !outline.conditions.isEmpty {
      output += "\n| condition | outcome | title |\n| --- | --- | --- |\n"
      for condition in outline.conditions {
        let cells = [
          markdownCode(shortened(condition.name, to: 80)), condition.line.markdown,
          markdownEscaped(shortened(condition.title, to: 200)),
        ]
        output += "| " + cells.joined(separator: " | ") + " |\n"
      }
    }
    for condition in outline.conditions where condition.isInFocus {
      output += markdown(of: condition)
    }
    if !outline.determinations.isEmpty {
      output += "\n## Determinations\n\n"
      for determination in outline.determinations {
        let name = markdownCode(determination.name)
        let title = markdownEscaped(determination.title)
        let label = title.isEmpty ? name : "\(title) (\(name))"
        output += "- \(label): \(determination.value.markdown)\n"
        if let tree = determination.tree { append(tree, indent: 2, to: &output) }
      }
    }
    if !outline.sums.isEmpty { output += "\n## Sums\n\n" + markdownBullets(outline.sums) }
    if !outline.knowledge.isEmpty {
      output += "\n## What other knowledge changes\n\n" + markdownBullets(outline.knowledge)
    }
    if !outline.requests.isEmpty {
      output += "\n## To ask for\n\n" + markdownBullets(outline.requests)
    }
    if !outline.remarks.isEmpty {
      output += "\n" + outline.remarks.map(\.markdown).joined(separator: "\n\n") + "\n"
    }
    return output
  }

  private func markdown(of condition: ConditionOutline) -> String {
    let title = markdownEscaped(shortened(condition.title, to: 200))
    let name = markdownCode(shortened(condition.name, to: 80))
    var output = "\n## \(title.isEmpty ? name : "\(title) (\(name))")\n"
    if let source = condition.source { output += "\n\(source.markdown)\n" }
    if condition.tests.isEmpty { output += "\n\(condition.sentence.markdown)\n" }
    for test in condition.tests {
      let label = test.label.map { markdownEscaped(shortened($0, to: 80)) + ", " } ?? ""
      output += "\n### \(label)\(test.dates.markdown): \(test.outcome.rawValue)\n"
      output += "\n\(test.sentence.markdown)\n"
      if let tree = test.tree {
        output += "\nHow it follows:\n\n"
        append(tree, indent: 0, to: &output)
      }
      output += markdownBlock("What would change it, all else held:", test.remedies)
      output += markdownBlock("To ask for:", test.requests)
    }
    if !condition.timeline.isEmpty { output += "\nTimeline:\n\n" }
    for entry in condition.timeline {
      let label = markdownEscaped(shortened(entry.label, to: 80))
      output += "- \(label): \(entry.outcome.rawValue) (\(entry.dates.markdown))\n"
      for event in entry.events { output += "  - \(event.day.iso): \(event.words.markdown)\n" }
    }
    if !condition.consequences.isEmpty { output += "\nWhat follows:\n\n" }
    for consequence in condition.consequences {
      output += "- \(consequence.sentence.markdown)\n"
      if let tree = consequence.tree { append(tree, indent: 2, to: &output) }
    }
    return output
  }

  private func append(_ step: DerivationLine, indent: Int, to output: inout String) {
    output += String(repeating: " ", count: indent) + "- \(step.words.markdown)\n"
    for child in step.children { append(child, indent: indent + 2, to: &output) }
  }

  private func markdownBlock(_ title: String, _ items: [Prose]) -> String {
    items.isEmpty ? "" : "\n\(title)\n\n" + markdownBullets(items)
  }

  private func markdownBullets(_ items: [Prose]) -> String {
    items.map { "- \($0.markdown)\n" }.joined()
  }
}
