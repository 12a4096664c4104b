// Digests: published vectors, and what may and may not change a ruleset's or a contract's digest.

import ProvisoKit
import ProvisoSource
import Testing

@Suite struct DigestTests {
  /// The examples of FIPS 180-4 for SHA-256.
  @Test func agreesWithThePublishedExamples() {
    #expect(
      Digest(of: "abc".utf8)?.text
        == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Digest(of: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)?.text
        == "sha256:248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      Digest(of: [])?.text
        == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func aContractIsItsTextWithoutTheSpaceAroundIt() {
    let bare = Digest.contract(Array("{ \"a\": 1 }".utf8))
    #expect(bare == Digest(of: "{ \"a\": 1 }".utf8))
    #expect(Digest.contract(Array(" \t\r\n{ \"a\": 1 }\n".utf8)) == bare)
    #expect(Digest.contract(Array("{\"a\": 1}".utf8)) != bare)
    // A no-break space is not white space in JSON.
    #expect(Digest.contract(Array("\u{A0}{ \"a\": 1 }".utf8)) != bare)
    #expect(Digest.contract([]) == Digest(of: []))
    #expect(Digest.contract(Array(" \n".utf8)) == Digest(of: []))
  }

  private func digest(_ files: [(name: String, text: String)]) -> Digest? {
    Digest.ruleset(
      files.enumerated().map { index, file in
        SourceFile(id: SourceID(index), name: file.name, text: file.text)
      })
  }

  /// The bytes that are hashed, worked by hand for one ruleset and one list.
  @Test func aRulesetIsHashedInTheFormItIsDocumentedIn() {
    func length(_ count: UInt8) -> [UInt8] { [0, 0, 0, 0, 0, 0, 0, count] }
    var bytes = Array("proviso-ruleset-1\n".utf8)
    bytes += length(15) + Array("ruleset.proviso".utf8) + length(3) + Array("abc".utf8)
    bytes += length(11) + Array("lists/a.csv".utf8) + length(2) + Array("xy".utf8)
    #expect(
      digest([("rules/aid.proviso", "abc"), ("rules/lists/a.csv", "xy")]) == Digest(of: bytes))
  }

  @Test func aRulesetKeepsItsDigestWhereverItLies() {
    let here = digest([("aid.proviso", "abc"), ("lists/a.csv", "x"), ("../shared.proviso", "y")])
    #expect(here != nil)
    for prefix in ["x", "x/y", "/x/y", "./x"] {
      let parent = prefix.split(separator: "/").dropLast().joined(separator: "/")
      let root = prefix.hasPrefix("/") ? "/" : ""
      let shared = root + (parent.isEmpty ? "" : parent + "/") + "shared.proviso"
      let there = digest([
        ("\(prefix)/aid.proviso", "abc"), ("\(prefix)/lists/a.csv", "x"), (shared, "y"),
      ])
      #expect(there == here, "from \(prefix)")
    }
    let renamed = digest([("b.proviso", "abc"), ("lists/a.csv", "x"), ("../shared.proviso", "y")])
    #expect(renamed == here)
    let above = digest([
      ("../aid.proviso", "abc"), ("../lists/a.csv", "x"), ("../../shared.proviso", "y"),
    ])
    #expect(above == here)
  }

  @Test func everythingReadIsInTheDigest() {
    let base = digest([("a.proviso", "abc"), ("l.csv", "xy")])
    let others = [
      digest([("a.proviso", "abd"), ("l.csv", "xy")]),
      digest([("a.proviso", "abc"), ("l.csv", "xz")]),
      digest([("a.proviso", "abc"), ("m.csv", "xy")]),
      digest([("a.proviso", "abc"), ("d/l.csv", "xy")]),
      digest([("a.proviso.md", "abc"), ("l.csv", "xy")]),
      digest([("a.proviso", "abc")]),
      digest([("a.proviso", "abc"), ("l.csv", "xy"), ("n.csv", "")]),
      // The same bytes, cut in other places.
      digest([("a.proviso", "abcl.csv"), ("xy", "")]),
      digest([("a.proviso", "abc"), ("l.csvx", "y")]),
    ]
    for other in others { #expect(other != base) }
    #expect(Set(others).count == others.count)
  }
}
