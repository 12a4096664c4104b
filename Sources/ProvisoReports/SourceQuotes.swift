// Quotes: the rule's own words, found again by their span.

package import ProvisoModel
package import ProvisoSource

/// Finds the source text of spans in the files of one ruleset.
package struct SourceQuotes: Sendable {
  private let files: [SourceFile]

  /// Quotes from the files a ruleset was read from.
  package init(_ ruleset: CheckedRuleset) { files = ruleset.sources }

  /// The text of a span on one line, its comments dropped; nil where the file is not at hand.
  package func text(of span: SourceSpan?) -> String? {
    guard let span, !span.isEmpty, let file = file(span.source) else { return nil }
    let text = onOneLine(file.text(of: span))
    return text.isEmpty ? nil : text
  }

  /// `name.proviso:12`: where a span begins; nil where the file is not at hand.
  package func place(of span: SourceSpan?) -> String? {
    guard let span, let file = file(span.source) else { return nil }
    return "\(file.name):\(file.lineIndex(at: span.start) + 1)"
  }

  private func file(_ id: SourceID) -> SourceFile? {
    if files.indices.contains(id.index), files[id.index].id == id { return files[id.index] }
    return files.first { $0.id == id }
  }
}
