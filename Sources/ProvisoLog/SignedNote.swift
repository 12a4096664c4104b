// Signed notes: a text of whole lines, an empty line, and a line for each signature (C2SP
// signed-note).

/// One signature of a note.
package struct NoteSignature: Hashable, Sendable {
  /// The name it is made under.
  package let name: String
  /// Four bytes that say which key of that name, by its hash.
  package let keyHash: [UInt8]
  /// For an Ed25519 key sixty-four bytes.
  package let signature: [UInt8]

  /// The line, without its end: an em dash, the name, and hash and signature in base64.
  package var line: String { "\u{2014} \(name) \(base64Text(keyHash + signature))" }

  /// Reads a line, without its end; nil where it is none.
  package init?(line: String) {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "\u{2014}", isKeyName(String(parts[1])),
      let bytes = bytes(ofBase64: parts[2].utf8), bytes.count > 4
    else { return nil }
    name = String(parts[1])
    keyHash = Array(bytes.prefix(4))
    signature = Array(bytes.dropFirst(4))
  }

  fileprivate init(name: String, keyHash: [UInt8], signature: [UInt8]) {
    self.name = name
    self.keyHash = keyHash
    self.signature = signature
  }
}

/// A text with signatures over it.
package struct SignedNote: Hashable, Sendable {
  /// Whole lines, each with its end.
  package let body: String
  package private(set) var signatures: [NoteSignature]

  /// The most bytes of a note, and the most signatures, that are looked at.
  package static let limitBytes = 1 << 20
  package static let signatureLimit = 64

  /// Signs a text of whole lines.
  package init(_ body: String, by key: SigningKey) throws(CryptoFailure) {
    self.body = body
    signatures = []
    try sign(by: key)
  }

  /// Reads a note; nil where the bytes are not one in exactly the form that `text` writes.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= SignedNote.limitBytes,
      let text = String(validating: bytes, as: UTF8.self), text.utf8.last == 0x0A,
      !bytes.contains(where: { $0 < 0x20 && $0 != 0x0A })
    else { return nil }
    // The last empty line ends the text; there may be others before it.
    guard
      let split = bytes.indices.dropLast(2).last(where: { position in
        bytes[position] == 0x0A && bytes[position + 1] == 0x0A
      })
    else { return nil }
    body = String(decoding: bytes[...split], as: UTF8.self)
    var found: [NoteSignature] = []
    let lines = bytes[(split + 2)...].dropLast().split(
      separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count <= SignedNote.signatureLimit else { return nil }
    for line in lines {
      let text = String(decoding: line, as: UTF8.self)
      guard let signature = NoteSignature(line: text) else { return nil }
      found.append(signature)
    }
    guard !found.isEmpty, body.utf8.count > 1 else { return nil }
    signatures = found
    guard Array(self.text.utf8) == bytes else { return nil }
  }

  /// The note: the text, an empty line, the signatures.
  package var text: String {
    body + "\n" + signatures.map { $0.line + "\n" }.joined()
  }

  /// Adds a signature by another key.
  package mutating func sign(by key: SigningKey) throws(CryptoFailure) {
    let made = try key.signature(of: Array(body.utf8))
    signatures.append(
      NoteSignature(name: key.verifier.name, keyHash: key.verifier.keyHash, signature: made))
  }

  /// Adds a signature that somebody else made.
  package mutating func add(_ signature: NoteSignature) { signatures.append(signature) }

  /// How a key stands to the note.
  package enum Standing: Hashable, Sendable {
    /// It signed, once, and the signature is good.
    case signed
    /// No signature names it.
    case absent
    /// A signature names it and is not its own, or it stands twice.
    case wrong
  }

  /// Whether a key signed the note.
  package func standing(of key: VerifierKey) throws(CryptoFailure) -> Standing {
    let own = signatures.filter { $0.name == key.name && $0.keyHash == key.keyHash }
    guard let only = own.first else { return .absent }
    guard own.count == 1 else { return .wrong }
    return try key.verifies(only.signature, of: Array(body.utf8)) ? .signed : .wrong
  }
}
