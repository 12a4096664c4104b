// The hashes of a log's leaves and nodes, and of any bytes.

import CCrypto

/// libcrypto could not hash, sign or make a key, for want of memory or of the algorithm.
package struct CryptoFailure: Error, Hashable, Sendable {
  /// What could not be done, in one sentence without a full stop.
  package let what: String

  /// A failure in words.
  package init(what: String) { self.what = what }
}

/// Hashes leaves and nodes as RFC 6962 (section 2.1) does.
package struct TreeHasher: ~Copyable {
  /// Starts libcrypto.
  package init() throws(CryptoFailure) { startCrypto() }

  /// The hash of a leaf: SHA-256 of a byte 0x00 and the entry.
  package func leaf(_ entry: UnsafeRawBufferPointer) throws(CryptoFailure) -> LogHash {
    try hash(prefix: 0x00, entry)
  }

  /// The hash of a leaf: SHA-256 of a byte 0x00 and the entry.
  package func leaf(_ entry: [UInt8]) throws(CryptoFailure) -> LogHash {
    try hash(prefix: 0x00, entry)
  }

  /// The hash of a node: SHA-256 of a byte 0x01 and the hashes of its children.
  package func node(_ left: LogHash, _ right: LogHash) throws(CryptoFailure) -> LogHash {
    // Always sixty-five bytes, so two blocks, whose end is known: a node is made for every leaf.
    let result: Result<LogHash, CryptoFailure> = withUnsafeTemporaryAllocation(
      byteCount: 128, alignment: 8
    ) { blocks in
      blocks.initializeMemory(as: UInt8.self, repeating: 0)
      blocks[0] = 0x01
      left.store(in: UnsafeMutableRawBufferPointer(rebasing: blocks[1..<33]))
      right.store(in: UnsafeMutableRawBufferPointer(rebasing: blocks[33..<65]))
      blocks[65] = 0x80
      blocks.storeBytes(of: UInt64(65 * 8).bigEndian, toByteOffset: 120, as: UInt64.self)
      var state = HashState()
      state.take(UnsafeRawBufferPointer(blocks))
      return attempt { () throws(CryptoFailure) in try state.endOfBlocks() }
    }
    return try result.get()
  }

  /// The plain SHA-256 of bytes.
  package func plain(_ bytes: [UInt8]) throws(CryptoFailure) -> LogHash {
    try hash(prefix: nil, bytes)
  }

  /// The plain SHA-256 of bytes.
  package func plain(_ bytes: UnsafeRawBufferPointer) throws(CryptoFailure) -> LogHash {
    try hash(prefix: nil, bytes)
  }

  /// The root of a tree without leaves: the SHA-256 of nothing.
  package func emptyRoot() throws(CryptoFailure) -> LogHash {
    try hash(prefix: nil, [UInt8]())
  }

  private func hash(prefix: UInt8?, _ bytes: [UInt8]) throws(CryptoFailure) -> LogHash {
    let result = bytes.withUnsafeBytes { buffer in
      attempt { () throws(CryptoFailure) in try hash(prefix: prefix, buffer) }
    }
    return try result.get()
  }

  private func hash(
    prefix: UInt8?, _ bytes: UnsafeRawBufferPointer
  ) throws(CryptoFailure) -> LogHash {
    var state = HashState()
    if let prefix { state.take(prefix) }
    state.take(bytes)
    return try state.end()
  }
}

/// Runs a body that may fail and keeps its failure as a value, where a closure cannot throw it.
func attempt<Success, Failure: Error>(
  _ body: () throws(Failure) -> Success
) -> Result<Success, Failure> {
  do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
}

/// Starts libcrypto without what hashing and signing do not need, which costs half a millisecond.
func startCrypto() {
  let options =
    OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS
    | OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS
  OPENSSL_init_crypto(UInt64(options), nil)
}
