// Finds the rulesets under a folder.

import Glibc

extension Files {
  /// The ruleset files under a folder, plain and literate, in byte order of their paths.
  ///
  /// Hidden files and folders are left out, and folders that are links, so that a walk ends.
  package func rulesets(under folder: String) throws(FileFailure) -> [String] {
    var found: [String] = []
    try collectRulesets(under: folder, depth: 0, into: &found)
    return found
  }

  /// Folders nested deeper than this are not looked into.
  private static let depthLimit = 32

  private func collectRulesets(
    under folder: String, depth: Int, into found: inout [String]
  ) throws(FileFailure) {
    for name in try names(in: folder) {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      if isRulesetName(name), !isFolder(path) {
        found.append(path)
      } else if depth < Files.depthLimit, isFolder(path), !isLink(path) {
        try collectRulesets(under: path, depth: depth + 1, into: &found)
      }
    }
  }

  private func isLink(_ name: String) -> Bool {
    guard let path = try? path(of: name) else { return false }
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}

/// Whether a file's name says that it is a ruleset: `x.proviso` or `x.proviso.md`.
package func isRulesetName(_ name: String) -> Bool {
  name.hasSuffix(".proviso") || isLiterateName(name)
}

/// Whether a file's name says that it is a literate ruleset: `x.proviso.md`.
package func isLiterateName(_ name: String) -> Bool {
  name.hasSuffix(".proviso.md")
}
