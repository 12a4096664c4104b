// Checkpoints: what a log's signed note says of its tree (C2SP tlog-checkpoint).

/// The origin, size and root of a log at a moment.
package struct Checkpoint: Hashable, Sendable {
  /// Which log it is, in one line.
  package let origin: String
  /// The number of leaves.
  package let size: UInt64
  package let root: LogHash
  /// What the application adds: lines that are not empty, without their ends.
  package let extensions: [String]

  /// A log at a moment.
  package init(origin: String, size: UInt64, root: LogHash, extensions: [String] = []) {
    self.origin = origin
    self.size = size
    self.root = root
    self.extensions = extensions
  }

  /// Reads the text of a note; nil where it is not that of a checkpoint.
  package init?(_ body: String) {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    // The text ends with a line end, behind which nothing stands.
    guard lines.count >= 4, lines.last?.isEmpty == true, !lines[0].isEmpty,
      let size = decimal(lines[1]), size <= largestTreeSize,
      let bytes = bytes(ofBase64: lines[2].utf8), let root = LogHash(bytes)
    else { return nil }
    let rest = lines[3...].dropLast()
    guard rest.allSatisfy({ !$0.isEmpty }) else { return nil }
    origin = String(lines[0])
    self.size = size
    self.root = root
    extensions = rest.map(String.init)
  }

  /// The text that is signed: origin, size, root and the added lines, each with its end.
  package var body: String {
    ([origin, String(size), root.base64] + extensions).map { $0 + "\n" }.joined()
  }
}

/// A number as checkpoints and proofs write it: digits, without zeros before it.
func decimal(_ text: some StringProtocol) -> UInt64? {
  guard !text.isEmpty, text.utf8.count <= 20,
    text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
    text == "0" || text.utf8.first != UInt8(ascii: "0")
  else { return nil }
  return UInt64(text)
}
