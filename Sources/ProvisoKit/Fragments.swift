// Looks at the heading of a ruleset.

import ProvisoSyntax

extension RulesetLoading {
  /// Whether the file has no heading `ruleset NAME`: it is a part that others import.
  package var isFragment: Bool {
    guard let root = sources.files.first else { return false }
    return !parse(root).tree.declarations.contains { declaration in
      if case .ruleset = declaration { true } else { false }
    }
  }
}
