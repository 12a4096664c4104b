// The pass from source text to checked ruleset: what goes in, what comes out, in which order.

package import ProvisoModel
package import ProvisoSource
import ProvisoSyntax

/// What the front door answers when the checker asks for a file.
package enum LoadedBytes: Sendable {
  /// The file's contents.
  case bytes([UInt8])
  /// There is no such file.
  case notFound
  /// There is one, and it cannot be read; the reason in a few words.
  case unreadable(String)
}

/// What checking gives: a ruleset unless something is wrong, and everything there is to say.
package struct CheckResult: Sendable {
  /// The checked ruleset; nil when there is any error.
  package let ruleset: CheckedRuleset?
  /// Sorted by file, place and code, each once.
  package let diagnostics: [Diagnostic]
  /// Every file that was read, in the order of reading; spans point into these.
  package let sources: [SourceFile]

  /// Puts a result together.
  package init(ruleset: CheckedRuleset?, diagnostics: [Diagnostic], sources: [SourceFile]) {
    self.ruleset = ruleset
    self.diagnostics = diagnostics
    self.sources = sources
  }
}

/// Parses and checks a ruleset with all it imports and reads.
///
/// - Parameters:
///   - root: The ruleset file, plain or literate; its id must be `SourceID(0)`.
///   - load: Gives the bytes of another file. The name is resolved against the file that names it,
///     has forward slashes, and keeps `..` only in front.
/// - Returns: The ruleset when no error was found, and all diagnostics. Every input ends in a
///   result: nothing is thrown, and the time is bounded by the size of the input.
package func check(
  _ root: SourceFile, load: @escaping (_ name: String) -> LoadedBytes
) -> CheckResult {
  let checking = Checking(root: root, load: load)
  checking.readDeclarations()
  checking.expandExceptionGroups()
  checking.collectNames()
  checking.checkUnits()
  checking.checkTypes()
  checking.checkHeader()
  checking.checkReferenceData()
  checking.checkDefines()
  checking.checkMissions()
  checking.checkConditions()
  checking.checkDeterminations()
  checking.checkConservations()
  checking.checkScenarios()
  checking.checkConditionOrder()
  checking.checkTableCoverage()
  checking.checkUnused()
  return checking.result()
}
