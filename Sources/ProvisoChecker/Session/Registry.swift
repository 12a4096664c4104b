// Every diagnostic of the checker, from the pages that stand beside the code that raises them.

package import ProvisoSource

/// The checker's part of docs/diagnostics.md.
package enum CheckerDiagnostics: DiagnosticRegistry {
  /// All pages in the order of their codes, errors before warnings.
  package static let pages: [DiagnosticPage] = [
    NamePages.pages, TypePages.pages, UnitPages.pages, TimePages.pages, ReferencePages.pages,
    CollectionPages.pages, ConditionPages.pages, LifePages.pages, ScenarioPages.pages,
    EditionPages.pages,
  ].flatMap { $0 }.sorted { $0.code < $1.code }
}
