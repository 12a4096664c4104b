// Ed25519 keys (RFC 8032) by libcrypto, in the text forms that signed notes use.

import CCrypto

/// The byte that says "Ed25519" in a note's keys.
private let ed25519Kind: UInt8 = 0x01

/// A key that checks a note's signatures, with the name it signs under.
///
/// Its text is `NAME+HASH+KEY`: the name, eight hex digits of the key's hash, and the base64 of the
/// byte 0x01 and the thirty-two bytes of the public key (C2SP signed-note).
package struct VerifierKey: Hashable, Sendable {
  package let name: String
  /// The thirty-two bytes of the public key.
  package let publicKey: [UInt8]
  /// The first four bytes of the SHA-256 of the name, a line end, 0x01 and the public key.
  package let keyHash: [UInt8]

  init(name: String, publicKey: [UInt8]) throws(CryptoFailure) {
    let hasher = try TreeHasher()
    let whole = try hasher.plain(Array(name.utf8) + [0x0A, ed25519Kind] + publicKey)
    self.name = name
    self.publicKey = publicKey
    keyHash = Array(whole.bytes.prefix(4))
  }

  /// Reads a key's text; nil where it is not one, or its hash is not that of its key.
  package init?(_ text: String) throws(CryptoFailure) {
    guard let parts = keyParts(text), parts.secret.count == 33,
      parts.secret.first == ed25519Kind
    else { return nil }
    try self.init(name: parts.name, publicKey: Array(parts.secret.dropFirst()))
    guard keyHash == parts.hash else { return nil }
  }

  /// `NAME+HASH+KEY`.
  package var text: String {
    "\(name)+\(hexText(keyHash))+\(base64Text([ed25519Kind] + publicKey))"
  }

  /// Whether a signature of sixty-four bytes over a message is this key's.
  package func verifies(
    _ signature: [UInt8], of message: [UInt8]
  ) throws(CryptoFailure) -> Bool {
    guard signature.count == 64 else { return false }
    startCrypto()
    guard let context = EVP_MD_CTX_new() else {
      throw CryptoFailure(what: "libcrypto has no memory to check a signature")
    }
    defer { EVP_MD_CTX_free(context) }
    guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, publicKey.count)
    else { return false }
    defer { EVP_PKEY_free(key) }
    guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else {
      throw CryptoFailure(what: "libcrypto cannot check an Ed25519 signature")
    }
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }
}

/// A key that signs notes under a name.
///
/// Its text is `PRIVATE+KEY+NAME+HASH+SEED`, the seed behind the byte 0x01 in base64; it is as
/// secret as the seed.
package struct SigningKey: Sendable {
  /// The key that checks what this one signs.
  package let verifier: VerifierKey
  private let seed: [UInt8]

  /// The number of bytes of chance that a key is made from.
  package static let seedByteCount = 32

  /// The key of a seed of thirty-two bytes; nil for another number of bytes, or a name that a
  /// note cannot carry.
  package init?(name: String, seed: [UInt8]) throws(CryptoFailure) {
    guard seed.count == SigningKey.seedByteCount, isKeyName(name) else { return nil }
    startCrypto()
    guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else {
      throw CryptoFailure(what: "libcrypto cannot make an Ed25519 key")
    }
    defer { EVP_PKEY_free(key) }
    var publicKey = [UInt8](repeating: 0, count: 32)
    var length = publicKey.count
    guard EVP_PKEY_get_raw_public_key(key, &publicKey, &length) == 1, length == 32 else {
      throw CryptoFailure(what: "libcrypto cannot make an Ed25519 key")
    }
    verifier = try VerifierKey(name: name, publicKey: publicKey)
    self.seed = seed
  }

  /// Reads a key's text; nil where it is not one, or its hash is not that of its key.
  package init?(_ text: String) throws(CryptoFailure) {
    let prefix = "PRIVATE+KEY+"
    guard text.hasPrefix(prefix), let parts = keyParts(String(text.dropFirst(prefix.count))),
      parts.secret.first == ed25519Kind,
      let key = try SigningKey(name: parts.name, seed: Array(parts.secret.dropFirst()))
    else { return nil }
    guard key.verifier.keyHash == parts.hash else { return nil }
    self = key
  }

  /// `PRIVATE+KEY+NAME+HASH+SEED`.
  package var text: String {
    let hash = hexText(verifier.keyHash)
    return "PRIVATE+KEY+\(verifier.name)+\(hash)+\(base64Text([ed25519Kind] + seed))"
  }

  /// The signature over a message, sixty-four bytes; the same for the same message.
  package func signature(of message: [UInt8]) throws(CryptoFailure) -> [UInt8] {
    let failure = CryptoFailure(what: "libcrypto cannot sign with an Ed25519 key")
    guard let context = EVP_MD_CTX_new() else { throw failure }
    defer { EVP_MD_CTX_free(context) }
    guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else {
      throw failure
    }
    defer { EVP_PKEY_free(key) }
    var signature = [UInt8](repeating: 0, count: 64)
    var length = signature.count
    guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
      EVP_DigestSign(context, &signature, &length, message, message.count) == 1, length == 64
    else { throw failure }
    return signature
  }
}

/// Whether a name may stand in a note: not empty, without spaces, plus signs and control
/// characters, and at most 255 bytes long.
package func isKeyName(_ name: String) -> Bool {
  !name.isEmpty && name.utf8.count <= 255
    && name.unicodeScalars.allSatisfy { scalar in
      scalar != "+" && !scalar.properties.isWhitespace && scalar.value >= 0x20
        && scalar.value != 0x7F
    }
}

/// `NAME+HASH+BASE64` taken apart. The name has no `+`; base64 may.
private func keyParts(_ text: String) -> (name: String, hash: [UInt8], secret: [UInt8])? {
  let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
  guard parts.count == 3, isKeyName(String(parts[0])),
    let hash = bytes(ofHex: parts[1].utf8), hash.count == 4,
    let secret = bytes(ofBase64: parts[2].utf8), secret.count == 33
  else { return nil }
  return (String(parts[0]), hash, secret)
}
