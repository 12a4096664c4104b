// Digests: which ruleset and which contract a verdict is about, in one line of text.

import Glibc
import ProvisoLedger
import ProvisoLog
package import ProvisoSource

/// A SHA-256 digest (FIPS 180-4) as Proviso writes it: `sha256:` and 64 hex digits.
package struct Digest: Hashable, Sendable {
  /// `sha256:` and 64 lower-case hex digits.
  package let text: String

  /// The digest of bytes; nil only where libcrypto fails, for want of memory.
  package init?(of bytes: some Sequence<UInt8>) {
    self.init(hashing: Array(bytes))
  }

  private init?(hashing bytes: [UInt8]) {
    var state = HashState()
    bytes.withUnsafeBytes { state.take($0) }
    guard let hash = try? state.finish() else { return nil }
    self.init(hash: hash.bytes)
  }

  /// The digest whose thirty-two bytes are at hand.
  fileprivate init(hash: [UInt8]) {
    text = "sha256:" + hexText(hash)
  }

  /// The digest of a contract: of its JSON text without the white space before and after it.
  package static func contract(_ bytes: [UInt8]) -> Digest? {
    Digest(hashing: contractBytes(bytes))
  }

  /// The digest of a ruleset with everything it reads.
  ///
  /// Hashed are the line `proviso-ruleset-1` and then, for each file in the order of reading, its
  /// name and its contents, each behind its length in bytes (64 bits, most significant first), so
  /// that no two different rulesets give the same bytes. Names are relative to the ruleset's own
  /// folder; the ruleset itself is `ruleset.proviso` or `ruleset.proviso.md`, whatever it is
  /// called, so that the digest depends neither on where it lies nor on what it is renamed to.
  package static func ruleset(_ sources: [SourceFile]) -> Digest? {
    Digest(hashing: rulesetDigestBytes(digestedFiles(sources)))
  }
}

/// One of the files that a portfolio is read from.
package struct PortfolioFile: Hashable, Sendable {
  /// What it is to the portfolio: `lines`, `table`, `list owners`, `mapping`.
  package let role: String
  /// As it was named.
  package let name: String

  /// A file by what it is to the portfolio.
  package init(role: String, name: String) {
    self.role = role
    self.name = name
  }
}

extension Files {
  /// The digest of all that a portfolio is read from; nil where a file cannot be read.
  ///
  /// Of one file it is that of its bytes. Of several it is that of a text: the line
  /// `proviso-source-1`, and for each file a line with what it is and the digest of its bytes. So
  /// it can be made again with any program for SHA-256.
  package func sourceDigest(of files: [PortfolioFile]) -> Digest? {
    var text = "proviso-source-1\n"
    for file in files {
      guard let digest = try? digest(of: file.name) else { return nil }
      if files.count == 1 { return digest }
      text += "\(file.role) \(digest.text)\n"
    }
    return Digest(of: text.utf8)
  }

  /// The digest of a file of any size, read piece by piece.
  package func digest(of name: String) throws(FileFailure) -> Digest {
    let path = try path(of: name)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(name, errno) }
    defer { close(descriptor) }
    var state = HashState()
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let got = Glibc.read(descriptor, &piece, piece.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure(name, errno) }
      if got == 0 { break }
      piece.withUnsafeBytes { state.take(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
    }
    guard let hash = try? state.finish() else { throw digestFailure(name) }
    return Digest(hash: hash.bytes)
  }
}

/// The files of a ruleset in the order of reading, by the names that its digest knows them by.
func digestedFiles(_ sources: [SourceFile]) -> [(name: String, bytes: [UInt8])] {
  guard let root = sources.first else { return [] }
  let folder = splitPath(root.name).folder
  return sources.enumerated().map { position, source in
    let rootName = isLiterateName(root.name) ? "ruleset.proviso.md" : "ruleset.proviso"
    let name = position == 0 ? rootName : relativePath(of: source.name, from: folder)
    return (name, source.bytes)
  }
}

/// A path as seen from a folder, both being named from one place: `../b/c` for `a/b/c` from `a/d`.
func relativePath(of path: String, from folder: String) -> String {
  // A `..` in a part that is left of the folder's path cannot be undone without looking at the
  // disk; it cannot occur in a name that was resolved against a file of that folder.
  let base = folder.split(separator: "/").filter { $0 != "." }
  let target = path.split(separator: "/").filter { $0 != "." }
  var shared = 0
  while shared < base.count, shared < target.count - 1, base[shared] == target[shared] {
    shared += 1
  }
  let ups = [String](repeating: "..", count: base.count - shared)
  return (ups + target[shared...].map(String.init)).joined(separator: "/")
}
