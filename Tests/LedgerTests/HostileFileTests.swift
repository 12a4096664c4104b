// Files that were made to be wrong give an error and never a crash.

import Foundation
import ProvisoLog
import ProvisoReports
import Testing

@testable import ProvisoLedger

@Suite struct HostileFileTests {
  @Test func whatIsNoLedgerIsSaidToBeNone() throws {
    let small = try SmallLedger()
    let whole = try small.bytes()
    var other = whole
    other[71] ^= 1
    for bytes in [
      [], [0], Array("not a database at all, but long enough to look at".utf8),
      [UInt8](repeating: 0xFF, count: 4096), Array(whole.prefix(100)), Array(whole.prefix(1500)),
      other, Array(whole.dropLast(1)), whole + [0],
    ] {
      try small.write(bytes)
      #expect(small.verify().isWrong, "\(bytes.count) bytes")
    }
  }

  /// Several bytes at once, thrown by a seed: whatever comes of it comes in words.
  @Test func rubbishInsideIsSurvived() throws {
    let small = try SmallLedger()
    try small.record(0..<8, keeps: true)
    let whole = try small.bytes()
    var dice = Dice(seed: 2)
    for _ in 0..<120 {
      var changed = whole
      for _ in 0...dice.next(below: 12) {
        changed[dice.next(below: changed.count)] = UInt8(dice.next(below: 256))
      }
      try small.write(changed)
      _ = small.verify()
      if let ledger = try? small.open() {
        _ = try? ledger.runs()
        _ = try? ledger.leaf(3)
        _ = try? ledger.inclusionProof(of: 3)
        _ = try? ledger.cosignatures()
        try? ledger.find(EntryFilter()) { _, _ in true }
      }
    }
  }

  /// Stored forms that claim more than they have.
  @Test func lyingLengthsAreRefused() throws {
    let small = try SmallLedger()
    try small.record(0..<3, keeps: true)
    let whole = try small.bytes()
    for forged in [
      "x''", "x'00'", "x'80'", "x'ffffffffffffffffff'", "x'feffffffff0f41'", "x'0141'", "x'03'",
      "x'ffffffffffff7f'", "x'8000'", "x'0241'||x'02'", "zeroblob(100000)",
    ] {
      try small.write(whole)
      try small.attack("UPDATE entries SET leaf = CAST(\(forged) AS BLOB) WHERE position = 1")
      #expect(small.verify().isWrong, "\(forged)")
      // A single fragment can be put together; that it is no result is found by its hash.
      if forged != "x'03'" {
        #expect(throws: LedgerFailure.self, "\(forged)") { try small.open().leaf(1) }
      }
    }
    for forged in [
      "x''", "x'00'", "x'ffffffffffffffff00'", "x'0000000010000000789c'", "zeroblob(9)",
    ] {
      try small.write(whole)
      try small.attack("UPDATE contents SET form = 1, bytes = \(forged)")
      #expect(small.verify().isWrong, "\(forged)")
    }
    for forged in [
      "x'ff'", "'{}'", "'{\"format\":\"proviso-run-1\"}'",
      "'[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['",
    ] {
      try small.write(whole)
      try small.attack("UPDATE runs SET opening = CAST(\(forged) AS BLOB)")
      #expect(small.verify().isWrong, "\(forged)")
      #expect(throws: LedgerFailure.self) { try small.open().runs() }
    }
  }

  @Test func canonicalJSONHasOneForm() {
    for text in [
      "null", "true", "0", "9007199254740991", "\"\"", "[]", "{}", "[1,2]",
      "{\"a\":1,\"b\":[{}]}", "\"\\u0001\\n\\\"\\\\/é\u{1F600}\"", "{\"\":0}",
      "{\"\u{1F600}\":1,\"\u{FB33}\":2}",
    ] {
      #expect(canonicalValue(Array(text.utf8))?.canonicalText == text, "\(text)")
    }
    for text in [
      "", " 1", "1 ", "01", "-1", "1.0", "1e2", "9007199254740992", "99999999999999999999",
      "[1, 2]", "[1,]", "{\"b\":1,\"a\":2}",
      "{\"a\":1,\"a\":2}", "\"\\u0041\"", "\"\\/\"", "\"\\u000a\"", "\"\\u001F\"",
      "\"\\ud83d\\ude00\"", "\"\u{1}\"",
      "\"", "{", "[", "{\"a\"}", "nul", "truefalse", "'a'", String(repeating: "[", count: 100_000),
      "{\"\u{FB33}\":2,\"\u{1F600}\":1}",
    ] {
      #expect(canonicalValue(Array(text.utf8)) == nil, "\(text.prefix(30))")
    }
    #expect(canonicalValue([0x22, 0xFF, 0x22]) == nil)
  }
}
