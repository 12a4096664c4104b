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
  ///
  /// The last bytes are put behind them here (a 1, zeros up to the end of a block, the length in
  /// bits: FIPS 180-4, section 5.1.1). libcrypto's own last step also wipes what was hashed, which
  /// is no secret, for each contract, leaf and node.
  mutating func end() throws(CryptoFailure) -> LogHash {
    let length = UInt64(count) << 3
    let zeros = (119 - count % 64) % 64
    withUnsafeTemporaryAllocation(byteCount: 72, alignment: 8) { padding in
      padding.initializeMemory(as: UInt8.self, repeating: 0)
      padding[0] = 0x80
      padding.storeBytes(of: length.bigEndian, toByteOffset: 1 + zeros, as: UInt64.self)
      take(UnsafeRawBufferPointer(rebasing: padding[..<(1 + zeros + 8)]))
    }
    return try endOfBlocks()
  }

  /// The hash of all bytes taken, where the last of them are those that end a message.
  func endOfBlocks() throws(CryptoFailure) -> LogHash {
    guard isGood, context.num == 0 else {
      throw CryptoFailure(what: "libcrypto could not make a SHA-256")
    }
    return LogHash(words: context.h)
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
