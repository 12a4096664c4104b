// The registry of what can be wrong with a contract file, one page for each code.

package import ProvisoSource

/// The pages of the codes E0901 to E0941 and W0901 to W0904.
///
/// The examples are whole contract files for the ruleset of docs/contract-format.md.
package enum ContractDiagnostics: DiagnosticRegistry {
  package static let pages = textPages + valuePages + shapePages + reservedPages + doubtPages

  static func page(
    _ code: DiagnosticCode, _ title: String, bad: String, good: String, why: String
  ) -> DiagnosticPage {
    DiagnosticPage(code: code, title: title, badExample: bad, goodExample: good, reason: why)
  }
}
