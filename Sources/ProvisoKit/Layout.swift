// Lays out the text of a ruleset.

package import ProvisoSource
import ProvisoSyntax

/// What laying out a ruleset gives.
package enum Layout: Sendable {
  /// The same ruleset, laid out; the same bytes where nothing was to be done.
  case laidOut([UInt8])
  /// It cannot be read as a ruleset, and stays as it is.
  case refused([Diagnostic])
}

/// A ruleset, or a part of one, as `proviso fmt` lays it out.
package func laidOut(_ source: SourceFile) -> Layout {
  switch format(source) {
  case .formatted(let bytes): .laidOut(bytes)
  case .refused(let diagnostics): .refused(diagnostics)
  }
}
