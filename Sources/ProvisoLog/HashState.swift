// A SHA-256 under way: what was hashed so far, to be copied and gone on with.
//
// libcrypto's own functions for SHA-256 are used here, not its general ones (`EVP_…`): these take a
// third of a microsecond for each hash to look up what is known beforehand, as long as hashing
// half a kilobyte, and their contexts cannot be copied without memory of their own. The first of
// them in a process sets up all that libcrypto can do, which takes as long as checking a short
// ruleset. The code that hashes is the same.

import CCrypto

/// A SHA-256 of bytes that are not all there yet (FIPS 180-4).
package struct HashState: Sendable {
  private var context = SHA256_CTX()
  private var isGood: Bool

  /// Nothing hashed yet.
  package init() { isGood = SHA256_Init(&context) == 1 }

  /// Takes the next bytes.
  package mutating func take(_ bytes: UnsafeRawBufferPointer) {
    if SHA256_Update(&context, bytes.baseAddress, bytes.count) != 1 { isGood = false }
  }

  /// Takes the next byte.
  package mutating func take(_ byte: UInt8) {
    var byte = byte
    if SHA256_Update(&context, &byte, 1) != 1 { isGood = false }
  }

  /// The hash of all bytes taken; after it the state is spent.
  package mutating func finish() throws(CryptoFailure) -> LogHash {
    let hash: LogHash? = withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { output in
      guard let start = output.bindMemory(to: UInt8.self).baseAddress,
        SHA256_Final(start, &context) == 1
      else { return nil }
      return LogHash(loading: UnsafeRawBufferPointer(output))
    }
    guard isGood, let hash else {
      throw CryptoFailure(what: "libcrypto could not make a SHA-256")
    }
    return hash
  }
}
