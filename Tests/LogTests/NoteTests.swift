// Notes, keys, checkpoints and proofs as text: published examples, round trips, and refusals.

import ProvisoLog
import Testing

@Suite struct NoteTests {
  private func key(_ name: String = "log.example/one", _ byte: UInt8 = 1) throws -> SigningKey {
    try #require(try SigningKey(name: name, seed: [UInt8](repeating: byte, count: 32)))
  }

  /// RFC 8032, section 7.1, test 1.
  @Test func signsAsTheStandardSays() throws {
    let seed = try #require(
      bytes(ofHex: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60".utf8))
    let key = try #require(try SigningKey(name: "x", seed: seed))
    #expect(
      hexText(key.verifier.publicKey)
        == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    let signature = try key.signature(of: [])
    #expect(
      hexText(signature)
        == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        + "d25bf5f0595bbe24655141438e7a100b")
    #expect(try key.verifier.verifies(signature, of: []))
    #expect(try !key.verifier.verifies(signature, of: [0]))
  }

  /// The example in the documentation of Go's `golang.org/x/mod/sumdb/note`.
  @Test func readsAndSignsThePublishedExample() throws {
    let key = try #require(
      try SigningKey(
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"))
    let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    #expect(key.verifier.text == text)
    #expect(try VerifierKey(text) == key.verifier)
    let body = """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      """
    let note = try SignedNote(body, by: key)
    #expect(
      note.text == body + """

        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

        """)
    let read = try #require(SignedNote(Array(note.text.utf8)))
    #expect(read == note)
    #expect(try read.standing(of: key.verifier) == .signed)
  }

  @Test func keysAreReadBackAndNothingElseIs() throws {
    let key = try key()
    #expect(try SigningKey(key.text)?.text == key.text)
    #expect(try VerifierKey(key.verifier.text) == key.verifier)
    for text in [
      "", "x", "a+b+c", key.text.dropLast().description, key.verifier.text + "A",
      key.verifier.text.replacing("log.example/one", with: "log.example/two"),
      key.text.replacing("PRIVATE", with: "private"),
    ] {
      #expect(try VerifierKey(text) == nil, "\(text)")
      #expect(try SigningKey(text) == nil, "\(text)")
    }
    for name in ["", "a b", "a+b", "a\nb", "a\tb", String(repeating: "x", count: 256)] {
      #expect(try SigningKey(name: name, seed: [UInt8](repeating: 1, count: 32)) == nil, "\(name)")
    }
    #expect(try SigningKey(name: "x", seed: [1, 2, 3]) == nil)
  }

  @Test func everyChangedByteOfANoteIsNoticed() throws {
    let key = try key()
    let other = try self.key("auditor.example", 2)
    var note = try SignedNote("log.example/one\n5\nabc\n", by: key)
    try note.sign(by: other)
    let bytes = Array(note.text.utf8)
    for place in bytes.indices {
      for change: UInt8 in [1, 0x20, 0x80] {
        var changed = bytes
        changed[place] ^= change
        guard let read = SignedNote(changed) else { continue }
        let standings = try [read.standing(of: key.verifier), read.standing(of: other.verifier)]
        #expect(standings != [.signed, .signed], "\(place)")
      }
    }
    #expect(try note.standing(of: self.key("nobody", 3).verifier) == .absent)
  }

  @Test func aNoteHasOneForm() throws {
    let note = try SignedNote("a\n", by: key())
    let text = note.text
    for changed in [
      "", "\n", "a\n", "a\n\n", text.dropLast().description, text + "\n", "\r" + text,
      text.replacing("\u{2014}", with: "-"), text.replacing(" log", with: "  log"), text + "x\n",
      text.replacing("\n\n", with: "\n"), "\u{0}" + text,
    ] {
      #expect(SignedNote(Array(changed.utf8)) == nil, "\(changed)")
    }
    #expect(SignedNote([0xFF] + Array(text.utf8)) == nil)
    // A text may have empty lines of its own: the last one ends it.
    let long = try SignedNote("a\n\nb\n", by: key())
    #expect(SignedNote(Array(long.text.utf8)) == long)
  }

  @Test func checkpointsAreReadBackAndNothingElseIs() throws {
    let root = try TreeHasher().emptyRoot()
    let checkpoint = Checkpoint(
      origin: "log.example/one", size: 18, root: root, extensions: ["x y"])
    #expect(Checkpoint(checkpoint.body) == checkpoint)
    #expect(
      checkpoint.body == "log.example/one\n18\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nx y\n")
    for (from, to) in [
      ("18", "018"), ("18", "-1"), ("18", ""), ("18", "99999999999999999999"),
      ("18", "72057594037927937"),
      ("47D", "47E="), ("log.example/one", ""), ("x y", ""), ("\nx y\n", "\nx y"), ("FU=", "FV="),
    ] {
      #expect(Checkpoint(checkpoint.body.replacing(from, with: to)) == nil, "\(from) \(to)")
    }
  }

  @Test func proofsAreReadBackAndNothingElseIs() throws {
    let root = try TreeHasher().emptyRoot()
    let checkpoint = Checkpoint(origin: "log.example/one", size: 18, root: root)
    let note = try SignedNote(checkpoint.body, by: key())
    let inclusion = InclusionProof(index: 3, hashes: [root, root], checkpoint: note)
    #expect(InclusionProof(Array(inclusion.text.utf8)) == inclusion)
    #expect(ConsistencyProof(Array(inclusion.text.utf8)) == nil)
    let consistency = ConsistencyProof(old: 3, hashes: [root], checkpoint: note)
    #expect(ConsistencyProof(Array(consistency.text.utf8)) == consistency)
    #expect(InclusionProof(Array(consistency.text.utf8)) == nil)
    let extra = inclusion.text.replacing("index", with: "extra aGVsbG8=\nindex")
    #expect(InclusionProof(Array(extra.utf8)) == inclusion)
    for (from, to) in [
      ("index 3", "index 03"), ("index 3", "index"), ("@v1", "@v2"), ("47DEQ", "47DE"),
      ("\n\n", "\n"),
    ] {
      #expect(InclusionProof(Array(inclusion.text.replacing(from, with: to).utf8)) == nil, "\(to)")
    }
    let many = InclusionProof(
      index: 3, hashes: Array(repeating: root, count: 129), checkpoint: note)
    #expect(InclusionProof(Array(many.text.utf8)) == nil)
    let another = consistency.text.replacing("new 18", with: "new 19")
    #expect(ConsistencyProof(Array(another.utf8)) == nil)
  }

  @Test func base64HasOneForm() {
    for count in 0..<40 {
      let input = (0..<count).map { UInt8(($0 * 89 + 251) % 256) }
      let text = base64Text(input)
      #expect(bytes(ofBase64: text.utf8) == input)
      #expect(bytes(ofHex: hexText(input).utf8) == input)
    }
    for text in [
      "A", "AA", "AA=", "AAA", "A===", "AB==", "AAB=", "AA==AA==", "AA AA", "_-AA", "AAAA\n",
    ] {
      #expect(bytes(ofBase64: text.utf8) == nil, "\(text)")
    }
    for text in ["0", "AB", "0g", "0x"] { #expect(bytes(ofHex: text.utf8) == nil, "\(text)") }
  }
}
