// Another key for a ledger: both keys say so, and whoever knows either can verify all of it.

import Foundation
import ProvisoLog
import Testing

@testable import ProvisoLedger

@Suite struct KeyChangeTests {
  private func knows(_ key: VerifierKey) -> VerificationKnowledge {
    var knowledge = VerificationKnowledge()
    knowledge.key = key
    return knowledge
  }

  @Test func laterCheckpointsAreSignedByTheNewKey() throws {
    let small = try SmallLedger()
    let old = small.key
    try small.record(0..<3)
    #expect(try small.changeKey(8) == 2)
    try small.record(3..<5)
    #expect(try small.changeKey(9) == 4)
    try small.record(5..<6)
    let ledger = try small.open()
    let signed = try (0...5).map { try ledger.checkpoint($0).note.signatures.map(\.keyHash) }
    let middle = try SmallLedger.key(old.verifier.name, 8).verifier
    let (first, second, third) = (old.verifier.keyHash, middle.keyHash, small.key.verifier.keyHash)
    #expect(
      signed == [[first], [first], [first, second], [second], [second, third], [third]])
    #expect(try ledger.keys().map(\.from) == [0, 2, 4])
    #expect(try ledger.currentKey() == small.key.verifier)
    #expect(try ledger.size() == 6)
    for key in [old.verifier, middle, small.key.verifier] {
      #expect(small.verify(knows(key)).findings.isEmpty)
    }
    let stranger = try SmallLedger.key(old.verifier.name, 77).verifier
    #expect(small.verify(knows(stranger)).isWrong)
    // What was published under an earlier key still binds.
    var knowledge = knows(old.verifier)
    for number in 1...5 {
      knowledge.checkpoints = [try ledger.checkpoint(number).note]
      #expect(small.verify(knowledge).findings.isEmpty, "\(number)")
    }
  }

  @Test func anOldKeySignsNoMore() throws {
    let small = try SmallLedger()
    let old = small.key
    try small.record(0..<3)
    try small.changeKey(8)
    #expect(throws: LedgerFailure.self) {
      try Recorder(path: small.path, key: old, SmallLedger.subject(), now: SmallLedger.now)
    }
    let other = try SmallLedger.key(old.verifier.name, 9)
    #expect(throws: LedgerFailure.self) {
      try small.open(.write).change(key: old, to: other, engine: "0.0.0", now: SmallLedger.now)
    }
    #expect(small.verify().findings.isEmpty)
  }

  @Test func aKeyOfAnotherNameOrAnOldOneIsRefused() throws {
    let small = try SmallLedger()
    let first = small.key
    for new in [try SmallLedger.key("test.example/other", 8), first] {
      #expect(throws: LedgerFailure.self) {
        try small.open(.write).change(key: first, to: new, engine: "0.0.0", now: SmallLedger.now)
      }
    }
    try small.changeKey(8)
    #expect(throws: LedgerFailure.self) {
      try small.open(.write).change(
        key: small.key, to: first, engine: "0.0.0", now: SmallLedger.now)
    }
    try small.record(0..<3, isClosed: false)
    #expect(throws: LedgerFailure.self) { try small.changeKey(9) }
  }

  /// Whoever has a key that is not the ledger's cannot bring it into use: the old one must sign.
  @Test func aChangeThatOnlyTheNewKeySignedIsFound() throws {
    let small = try SmallLedger()
    try small.record(0..<3)
    let whole = try small.bytes()
    try small.changeKey(8)
    // The note of the change with one of its two signatures only.
    let note = try small.open().checkpoint(2).note
    let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
    for dropped in [lines.count - 3, lines.count - 2] {
      var kept = lines
      kept.remove(at: dropped)
      let text = kept.joined(separator: "\n")
      try small.attack(
        "UPDATE checkpoints SET note = x'\(hexText(Array(text.utf8)))' WHERE number = 2")
      #expect(small.verify().isWrong)
      try small.attack(
        "UPDATE checkpoints SET note = x'\(hexText(Array(note.text.utf8)))' WHERE number = 2")
      #expect(!small.verify().isWrong)
    }
    // Without the change, what the new key signs is nobody's.
    let before = try SmallLedger.key(small.key.verifier.name)
    try small.record(3..<5)
    try small.attack("DELETE FROM runs WHERE number = 2; DELETE FROM checkpoints WHERE number = 2")
    #expect(small.verify().isWrong)
    try small.write(whole)
    #expect(small.verify(knows(before.verifier)).findings.isEmpty)
  }
}
