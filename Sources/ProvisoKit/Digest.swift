// Digests: which ruleset and which contract a verdict is about, in one line of text.

import CCrypto
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
    // Without its configuration file, error texts and every cipher's name: they cost half a
    // millisecond at start-up and could change nothing here.
    let options =
      OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS
      | OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS
    OPENSSL_init_crypto(UInt64(options), nil)
    var hash = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    let isDone = bytes.withUnsafeBytes { input in
      EVP_Digest(input.baseAddress, input.count, &hash, &length, EVP_sha256(), nil)
    }
    guard isDone == 1, length == 32 else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    var characters = Array("sha256:".utf8)
    for byte in hash {
      characters.append(digits[Int(byte >> 4)])
      characters.append(digits[Int(byte & 15)])
    }
    text = String(decoding: characters, as: UTF8.self)
  }

  /// The digest of a contract: of its JSON text without the white space before and after it.
  package static func contract(_ bytes: [UInt8]) -> Digest? {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return Digest(hashing: []) }
    if first == 0, last == bytes.count - 1 { return Digest(hashing: bytes) }
    return Digest(hashing: Array(bytes[first...last]))
  }

  /// The digest of a ruleset with everything it reads.
  ///
  /// Hashed are the line `proviso-ruleset-1` and then, for each file in the order of reading, its
  /// name and its contents, each behind its length in bytes (64 bits, most significant first), so
  /// that no two different rulesets give the same bytes. Names are relative to the ruleset's own
  /// folder; the ruleset itself is `ruleset.proviso` or `ruleset.proviso.md`, whatever it is
  /// called, so that the digest depends neither on where it lies nor on what it is renamed to.
  package static func ruleset(_ sources: [SourceFile]) -> Digest? {
    var bytes = Array("proviso-ruleset-1\n".utf8)
    guard let root = sources.first else { return Digest(hashing: bytes) }
    let folder = splitPath(root.name).folder
    bytes.reserveCapacity(sources.reduce(bytes.count) { $0 + $1.bytes.count + 128 })
    for (position, source) in sources.enumerated() {
      let rootName = isLiterateName(root.name) ? "ruleset.proviso.md" : "ruleset.proviso"
      let name = position == 0 ? rootName : relativePath(of: source.name, from: folder)
      for part in [Array(name.utf8), source.bytes] {
        let length = UInt64(part.count)
        for shift in stride(from: 56, through: 0, by: -8) {
          bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(shift)))
        }
        bytes += part
      }
    }
    return Digest(hashing: bytes)
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
