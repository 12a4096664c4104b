// A SHA-256 under way: what was hashed so far, to be copied and gone on with.
//
// libcrypto's own functions for SHA-256 are used here, not its general ones (`EVP_…`): these take a
// third of a microsecond for each hash to look up what is known beforehand, as long as hashing
// half a kilobyte, and their contexts cannot be copied without memory of their own. The first of
// them in a process sets up all that libcrypto can do, which takes as long as checking a short
// ruleset. The code that hashes is the same.

import CCrypto

/// A SHA-256 of bytes that are not all there yet (FIPS 180-4).
package struct HashState: Sendable, BitwiseCopyable {
  private var context = SHA256_CTX()
  private var isGood: Bool
  /// How many bytes were taken.
  package private(set) var count = 0

  /// Nothing hashed yet.
  package init() { isGood = SHA256_Init(&context) == 1 }

  /// Takes the next bytes.
  package mutating func take(_ bytes: UnsafeRawBufferPointer) {
    count += bytes.count
    if SHA256_Update(&context, bytes.baseAddress, bytes.count) != 1 { isGood = false }
  }

  /// Takes the next byte.
  package mutating func take(_ byte: UInt8) {
    withUnsafeBytes(of: byte) { take($0) }
  }

  /// The hash of all bytes taken; the state stays as it is.
  package func finish() throws(CryptoFailure) -> LogHash {
    var last = self
    return try last.end()
  }

  /// The hash of all bytes taken; the state is of no more use.
  mutating func end() throws(CryptoFailure) -> LogHash {
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

  /// The hash of all bytes taken and of some behind them; the state stays as it is.
  package func finish(
    _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
  ) throws(CryptoFailure) -> LogHash {
    var longer = self
    longer.take(first)
    longer.take(second)
    return try longer.end()
  }
}

extension LogHash {
  /// The plain SHA-256 of bytes.
  package init(of bytes: UnsafeRawBufferPointer) throws(CryptoFailure) {
    var state = HashState()
    state.take(bytes)
    self = try state.end()
  }
}
