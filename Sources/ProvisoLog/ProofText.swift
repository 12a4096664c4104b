// The files that carry a proof: what is proved, its hashes, and the checkpoint it is proved to.

/// A proof that an entry stands in a log, in the form of C2SP tlog-proof.
///
///     c2sp.org/tlog-proof@v1
///     index 6
///     (a hash a line, in base64)
///
///     (the checkpoint)
package struct InclusionProof: Hashable, Sendable {
  package let index: UInt64
  package let hashes: [LogHash]
  package let checkpoint: SignedNote

  package static let heading = "c2sp.org/tlog-proof@v1"

  /// A proof that the entry at a position stands in the log of a checkpoint.
  package init(index: UInt64, hashes: [LogHash], checkpoint: SignedNote) {
    self.index = index
    self.hashes = hashes
    self.checkpoint = checkpoint
  }

  /// Reads a proof; nil where the bytes are not one.
  package init?(_ bytes: [UInt8]) {
    guard let parts = ProofParts(bytes), parts.head.first == InclusionProof.heading else {
      return nil
    }
    var lines = parts.head.dropFirst()
    // What an application may add is nothing that the proof depends on.
    if lines.first?.hasPrefix("extra ") == true { lines = lines.dropFirst() }
    guard let index = lines.first.flatMap({ numbered($0, "index ") }),
      let hashes = parsedHashes(lines.dropFirst())
    else { return nil }
    self.init(index: index, hashes: hashes, checkpoint: parts.checkpoint)
  }

  /// The file's text.
  package var text: String {
    let head = [InclusionProof.heading, "index \(index)"] + hashes.map(\.base64)
    return head.map { $0 + "\n" }.joined() + "\n" + checkpoint.text
  }
}

/// A proof that a log begins with all that it held at an older size.
///
///     proviso-consistency-proof-1
///     old 5
///     new 8
///     (a hash a line, in base64)
///
///     (the checkpoint of the new size)
package struct ConsistencyProof: Hashable, Sendable {
  package let old: UInt64
  package let hashes: [LogHash]
  /// The checkpoint of the larger size.
  package let checkpoint: SignedNote

  package static let heading = "proviso-consistency-proof-1"

  /// A proof from a size to that of a checkpoint.
  package init(old: UInt64, hashes: [LogHash], checkpoint: SignedNote) {
    self.old = old
    self.hashes = hashes
    self.checkpoint = checkpoint
  }

  /// Reads a proof; nil where the bytes are not one, or its sizes are not those of its checkpoint.
  package init?(_ bytes: [UInt8]) {
    guard let parts = ProofParts(bytes), parts.head.count >= 3,
      parts.head[0] == ConsistencyProof.heading,
      let old = numbered(parts.head[1], "old "), let new = numbered(parts.head[2], "new "),
      let checkpoint = Checkpoint(parts.checkpoint.body), checkpoint.size == new,
      let hashes = parsedHashes(parts.head.dropFirst(3))
    else { return nil }
    self.init(old: old, hashes: hashes, checkpoint: parts.checkpoint)
  }

  /// The file's text.
  package var text: String {
    let new = Checkpoint(checkpoint.body)?.size ?? 0
    let head = [ConsistencyProof.heading, "old \(old)", "new \(new)"] + hashes.map(\.base64)
    return head.map { $0 + "\n" }.joined() + "\n" + checkpoint.text
  }
}

/// A proof's own lines, and the note behind the first empty line.
private struct ProofParts {
  let head: [String]
  let checkpoint: SignedNote

  init?(_ bytes: [UInt8]) {
    guard bytes.count <= SignedNote.limitBytes,
      let end = bytes.indices.dropLast().first(where: { position in
        bytes[position] == 0x0A && bytes[position + 1] == 0x0A
      }),
      let text = String(validating: bytes[..<end], as: UTF8.self),
      let note = SignedNote(Array(bytes[(end + 2)...]))
    else { return nil }
    head = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    checkpoint = note
  }
}

private func numbered(_ line: String, _ word: String) -> UInt64? {
  line.hasPrefix(word) ? decimal(line.dropFirst(word.count)) : nil
}

/// The hashes of lines in base64; a proof in any tree has at most two for each bit of its size.
private func parsedHashes(_ lines: some Collection<String>) -> [LogHash]? {
  guard lines.count <= 128 else { return nil }
  var hashes: [LogHash] = []
  for line in lines {
    guard let bytes = bytes(ofBase64: line.utf8), let hash = LogHash(bytes) else { return nil }
    hashes.append(hash)
  }
  return hashes
}
