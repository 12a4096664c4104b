// Leaves out what follows from text that could not be read, so that one mistake is one message.

import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// The diagnostics without those that only repeat what the parser has told.
  ///
  /// Where the text of a declaration has a mistake, what is missing from it is not missing in the
  /// ruleset; and where any text has one, nothing can be said of what is unused.
  func withoutCascades(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let textual = Set(SyntaxDiagnostics.pages.map(\.code))
    let mistakes = diagnostics.filter { textual.contains($0.code) }
    guard !mistakes.isEmpty else { return diagnostics }
    let read = declarations.map(\.span) + (header.map { [$0.span] } ?? [])
    let broken = read.filter { span in
      mistakes.contains { $0.primary.span.source == span.source && span.touches($0.primary.span) }
    }
    // A declaration that was not recognised leaves its name, or the whole header, undeclared.
    let isIncomplete = mistakes.contains {
      $0.code == SyntaxCode.expectedDeclaration || $0.code == SyntaxCode.noBlocks
        || $0.code == SyntaxCode.unclosedFence
    }
    return diagnostics.filter { diagnostic in
      if textual.contains(diagnostic.code) { return true }
      if isIncomplete || diagnostic.severity != .error { return false }
      let span = diagnostic.primary.span
      return !broken.contains { $0.source == span.source && $0.touches(span) }
    }
  }
}

extension SourceSpan {
  /// Whether two spans of one file overlap or meet.
  fileprivate func touches(_ other: SourceSpan) -> Bool {
    start <= other.end && other.start <= end
  }
}
