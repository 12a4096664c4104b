// Loads a ruleset with everything it reads, ready to be asked about contracts.

import ProvisoChecker
package import ProvisoInterpreter
package import ProvisoModel
package import ProvisoReports
package import ProvisoSource

/// A checked ruleset, ready to answer.
package struct LoadedRuleset: Sendable {
  /// The file as it was named.
  package let fileName: String
  /// Answers by this ruleset.
  package let evaluator: Evaluator
  /// Its name, version and the digest over all it reads.
  package let identity: RulesetIdentity

  /// The ruleset itself.
  package var checked: CheckedRuleset { evaluator.ruleset }
}

/// What loading a ruleset gives.
package struct RulesetLoading: Sendable {
  /// The ruleset; nil when there is any error.
  package let ruleset: LoadedRuleset?
  /// What is wrong or doubtful, sorted.
  package let diagnostics: [Diagnostic]
  /// Everything that was read; the diagnostics' spans point into these.
  package let sources: SourceFiles
}

/// Reads and checks a ruleset with all it imports and reads.
///
/// - Throws: When the file itself cannot be read. A file that it names and that cannot be read is
///   a diagnostic.
package func loadRuleset(
  named name: String, from files: Files
) throws(FileFailure) -> RulesetLoading {
  let bytes = try files.read(name, limitBytes: Files.rulesetLimitBytes)
  return try loadRuleset(SourceFile(id: SourceID(0), name: name, bytes: bytes), from: files)
}

/// Checks a ruleset whose text is at hand; what it names is read from files.
package func loadRuleset(
  _ root: SourceFile, from files: Files
) throws(FileFailure) -> RulesetLoading {
  try loadRuleset(root) { name in
    do throws(FileFailure) {
      return .bytes(try files.read(name, limitBytes: Files.rulesetLimitBytes))
    } catch {
      if case .notFound = error.cause { return .notFound }
      if case .noFolder = error.cause { return .notFound }
      return .unreadable(error.shortReason)
    }
  }
}

/// Checks a ruleset whose text is at hand; what it names is read by a closure.
func loadRuleset(
  _ root: SourceFile, reading: @escaping (_ name: String) -> LoadedBytes
) throws(FileFailure) -> RulesetLoading {
  let result = check(root, load: reading)
  var loaded: LoadedRuleset?
  if let checked = result.ruleset {
    guard let digest = Digest.ruleset(result.sources) else { throw digestFailure(root.name) }
    loaded = LoadedRuleset(
      fileName: root.name,
      evaluator: Evaluator(checked),
      identity: RulesetIdentity(name: checked.name, version: checked.version, digest: digest.text))
  }
  return RulesetLoading(
    ruleset: loaded, diagnostics: result.diagnostics, sources: SourceFiles(result.sources))
}

/// The failure of a file whose digest libcrypto could not make.
func digestFailure(_ name: String) -> FileFailure {
  FileFailure(name: name, cause: .system("libcrypto could not make its SHA-256 digest"))
}
