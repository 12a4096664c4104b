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
    let text = onOneLine(file.text(of: balanced(span, in: file)))
    return text.isEmpty ? nil : text
  }

  /// A span with the parentheses that its own text opens or closes: an operation between two terms
  /// begins within the parentheses around its first term, and a quote of it must not.
  private func balanced(_ span: SourceSpan, in file: SourceFile) -> SourceSpan {
    var (start, end) = (max(0, span.start), min(span.end, file.bytes.count))
    guard start < end else { return span }
    var (missingBefore, open) = (0, 0)
    var isInQuotes = false
    for byte in file.bytes[start..<end] {
      switch byte {
      case UInt8(ascii: "\""): isInQuotes.toggle()
      case UInt8(ascii: "(") where !isInQuotes: open += 1
      case UInt8(ascii: ")") where !isInQuotes:
        if open > 0 { open -= 1 } else { missingBefore += 1 }
      default: break
      }
    }
    while missingBefore > 0, let place = step(from: start, by: -1, to: "(", in: file) {
      start = place
      missingBefore -= 1
    }
    while open > 0, let place = step(from: end - 1, by: 1, to: ")", in: file) {
      end = place + 1
      open -= 1
    }
    return SourceSpan(source: span.source, start: start, end: end)
  }

  /// The nearest place before or behind that is not white space, if this character stands there.
  private func step(
    from place: Int, by direction: Int, to wanted: Unicode.Scalar, in file: SourceFile
  ) -> Int? {
    var position = place + direction
    while file.bytes.indices.contains(position) {
      let byte = file.bytes[position]
      if byte == UInt8(ascii: wanted) { return position }
      guard byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      else { return nil }
      position += direction
    }
    return nil
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
