// The registry of what can be wrong with the text of a ruleset.

package import ProvisoSource

/// Every diagnostic of the parser, with its manual page.
package enum SyntaxDiagnostics: DiagnosticRegistry {
  /// One page for every code of `SyntaxCode`, in the order of the codes.
  package static let pages: [DiagnosticPage] =
    CharacterPages.pages + ShapePages.pages + AmbiguityPages.pages + FormPages.pages
}
