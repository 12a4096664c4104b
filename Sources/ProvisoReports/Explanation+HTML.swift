// The explanation as one self-contained HTML page that also reads well on paper.

import ProvisoModel

extension Explanation {
  /// The explanation as an HTML page: no script, nothing loaded from elsewhere.
  package func html(_ focus: ExplanationFocus = ExplanationFocus()) -> String {
    let outline = outline(focus)
    var body = "<h1>\(outline.title.html)</h1>\n"
    body += "<p class=\"verdict\">Outcome: "
    body += badge(outline.outcome, outline.outcome.rawValue)
    body += outline.counts.isEmpty ? "</p>\n" : " (\(outline.counts.html))</p>\n"
    body += "<dl class=\"facts\">\n"
    for entry in outline.header {
      body += "<dt>\(markupEscaped(entry.label))</dt><dd>\(entry.content.html)</dd>\n"
    }
    body += "</dl>\n"
    if !outline.conditions.isEmpty {
      body += "<table>\n<thead><tr><th scope=\"col\">Condition</th>"
      body += "<th scope=\"col\">Outcome</th></tr></thead>\n<tbody>\n"
      for condition in outline.conditions {
        body += "<tr><td>\(heading(condition))</td>"
        body += "<td>\(badge(condition.outcome, condition.line.html))</td></tr>\n"
      }
      body += "</tbody>\n</table>\n"
    }
    for condition in outline.conditions where condition.isInFocus { body += html(of: condition) }
    if !outline.determinations.isEmpty {
      body += "<section>\n<h2>Determinations</h2>\n<dl>\n"
      for determination in outline.determinations {
        let title = markupEscaped(determination.title)
        let name = "<code>\(markupEscaped(determination.name))</code>"
        body += "<dt>\(title.isEmpty ? name : title + " " + name)</dt>"
        body += "<dd>\(determination.value.html)\(html(of: determination.tree))</dd>\n"
      }
      body += "</dl>\n</section>\n"
    }
    if !outline.sums.isEmpty {
      body += "<section>\n<h2>Sums</h2>\n\(htmlList(outline.sums))</section>\n"
    }
    if !outline.knowledge.isEmpty {
      body += "<section>\n<h2>What other knowledge changes</h2>\n"
      body += "\(htmlList(outline.knowledge))</section>\n"
    }
    if !outline.requests.isEmpty {
      body += "<section>\n<h2>To ask for</h2>\n\(htmlList(outline.requests))</section>\n"
    }
    if !outline.remarks.isEmpty {
      body += outline.remarks.map { "<p class=\"note\">\($0.html)</p>\n" }.joined()
    }
    return page(title: "\(outline.outcome.rawValue): \(verdict.contractID)", body: body)
  }

  private func heading(_ condition: ConditionOutline) -> String {
    let name = "<code>\(markupEscaped(shortened(condition.name, to: 80)))</code>"
    return condition.title.isEmpty
      ? name : "\(markupEscaped(shortened(condition.title, to: 200))) \(name)"
  }

  private func html(of condition: ConditionOutline) -> String {
    var output = "<section>\n<h2>\(heading(condition))</h2>\n"
    if let source = condition.source { output += "<p class=\"note\">\(source.html)</p>\n" }
    if condition.tests.isEmpty { output += "<p>\(condition.sentence.html)</p>\n" }
    for test in condition.tests {
      let label = test.label.map { markupEscaped(shortened($0, to: 80)) + ", " } ?? ""
      output += "<h3>\(label)\(test.dates.html): "
      output += "\(badge(test.outcome, test.outcome.rawValue))</h3>\n"
      output += "<p class=\"sentence\">\(test.sentence.html)</p>\n"
      if let tree = test.tree {
        output += "<p class=\"label\">How it follows</p>\(html(of: tree))"
      }
      output += htmlBlock("What would change it, all else held", test.remedies)
      output += htmlBlock("To ask for", test.requests)
    }
    output += html(of: condition.timeline)
    if !condition.consequences.isEmpty {
      output += "<p class=\"label\">What follows</p>\n<ul>\n"
      for consequence in condition.consequences {
        output += "<li>\(consequence.sentence.html)\(html(of: consequence.tree))</li>\n"
      }
      output += "</ul>\n"
    }
    return output + "</section>\n"
  }

  /// A row a test with its events beneath one another; nothing where there is no timeline.
  private func html(of timeline: [TimelineOutline]) -> String {
    guard !timeline.isEmpty else { return "" }
    var output = "<p class=\"label\">Timeline</p>\n<table>\n<thead><tr>"
    output += "<th scope=\"col\">Test</th><th scope=\"col\">How it developed</th></tr></thead>\n"
    output += "<tbody>\n"
    for entry in timeline {
      output += "<tr><td>\(markupEscaped(shortened(entry.label, to: 80)))<br>"
      output += "\(badge(entry.outcome, entry.outcome.rawValue))<br>"
      output += "<span class=\"note\">\(entry.dates.html)</span></td>\n<td>"
      output += entry.events.map { event in
        let words = event.outcome.map { badge($0, event.words.html) } ?? event.words.html
        return "\(event.day.iso) \(words)"
      }.joined(separator: "<br>\n")
      output += "</td></tr>\n"
    }
    return output + "</tbody>\n</table>\n"
  }

  /// A derivation as nested lists; nothing where there is none.
  private func html(of tree: DerivationLine?) -> String {
    guard let tree else { return "" }
    var output = "\n<ul class=\"tree\">\n"
    append(tree, depth: 0, to: &output)
    return output + "</ul>\n"
  }

  /// Steps open to this depth; deeper ones unfold on demand, and all of them on paper.
  private static let openDepth = 4

  private func append(_ step: DerivationLine, depth: Int, to output: inout String) {
    let words = step.words.html
    guard !step.children.isEmpty else {
      output += "<li>\(words)</li>\n"
      return
    }
    let open = depth < Explanation.openDepth ? " open" : ""
    output += "<li><details\(open)><summary>\(words)</summary>\n<ul>\n"
    for child in step.children { append(child, depth: depth + 1, to: &output) }
    output += "</ul>\n</details></li>\n"
  }

  private func badge(_ outcome: Outcome, _ html: String) -> String {
    "<span class=\"\(OutcomeTone(outcome).rawValue)\">\(html)</span>"
  }

  private func htmlBlock(_ title: String, _ items: [Prose]) -> String {
    items.isEmpty ? "" : "<p class=\"label\">\(title)</p>\n\(htmlList(items))"
  }

  private func htmlList(_ items: [Prose]) -> String {
    "<ul>\n" + items.map { "<li>\($0.html)</li>\n" }.joined() + "</ul>\n"
  }
}

/// A complete page around a body. The policy forbids scripts and anything from elsewhere.
private func page(title: String, body: String) -> String {
  """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy"
    content="default-src 'none'; style-src 'unsafe-inline'">
  <title>\(markupEscaped(shortened(title, to: 120)))</title>
  <style>
  \(styleSheet)
  </style>
  </head>
  <body>
  <main>
  \(body)</main>
  </body>
  </html>

  """
}

private let styleSheet = """
  body { margin: 0; background: #fff; color: #1a1a1a; font: 16px/1.5 Georgia, serif; }
  main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
  h1, h2, h3, th, .label, .verdict { font-family: system-ui, sans-serif; line-height: 1.25; }
  h2 { margin-top: 2.5rem; border-top: 1px solid #ccc; padding-top: 1rem; }
  code { font: 0.88em/1.4 ui-monospace, Menlo, Consolas, monospace; }
  code { background: #f4f4f2; padding: 0 0.2em; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }
  th, td { padding: 0.35rem 0.6rem 0.35rem 0; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; }
  dt { color: #555; } dd { margin: 0; }
  .bad { color: #9b1c1c; font-weight: 700; } .open { color: #7a4a00; font-weight: 700; }
  .good { color: #14532d; font-weight: 700; } .quiet, .note { color: #555; }
  .label { font-weight: 600; margin-bottom: 0.3rem; }
  .tree, .tree ul { list-style: none; padding-left: 1.1rem; border-left: 1px solid #ddd; }
  .tree { font-size: 0.95em; } summary { cursor: pointer; }
  @media print {
    body { font-size: 11pt; } main { max-width: none; margin: 0; } section { break-inside: auto; }
    h2, h3, .label { break-after: avoid; } code { background: none; }
    details::details-content { content-visibility: visible; height: auto; }
  }
  """
