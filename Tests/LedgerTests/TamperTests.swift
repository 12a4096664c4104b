// Whatever is changed in a ledger's file, verifying finds it and says where.

import Foundation
import ProvisoLog
import Testing

@testable import ProvisoLedger

@Suite struct TamperTests {
  /// Two runs, one with its contracts kept, a signature that was added, and another key.
  private func smallLedger(_ pageSize: Ledger.PageSize = .small) throws -> SmallLedger {
    let small = try SmallLedger(pageSize: pageSize)
    try small.record(0..<6, keeps: true)
    try small.record(3..<8)
    var note = try small.open().checkpoint(1).note
    let auditor = try SmallLedger.key("auditor.example", 9)
    try note.sign(by: auditor)
    _ = try small.open(.write).addCosignature(of: auditor.verifier, from: note)
    try small.changeKey(11)
    #expect(small.verify().findings.isEmpty)
    return small
  }

  /// Bytes of the file, each changed alone. `PROVISO_TORTURE=1` takes every one of them, and of
  /// larger pages, of which most is empty, an eighth, in shares that run side by side.
  @Test(arguments: 0..<8, Ledger.PageSize.allCases)
  func everyChangedByteIsFound(_ share: Int, _ pageSize: Ledger.PageSize) throws {
    let small = try smallLedger(pageSize)
    let whole = try small.bytes()
    var dice = Dice(seed: 1 + UInt64(share))
    let step =
      switch pageSize {
      case .small: isTorture ? 8 : 1201
      case .usual: isTorture ? 64 : 5003
      }
    var missed: [Int] = []
    var remarked = 0
    var tried = 0
    for place in stride(from: share * step / 8, to: whole.count, by: step) {
      var changed = whole
      changed[place] ^= UInt8(1 << dice.next(below: 8))
      try small.write(changed)
      tried += 1
      let found = small.verify()
      if found.findings.isEmpty { missed.append(place) }
      if !found.isWrong { remarked += 1 }
    }
    #expect(missed == [])
    #expect(tried >= whole.count / step)
    if isTorture {
      print(
        "bytes, pages \(pageSize), share \(share): \(tried) of \(whole.count) changed, \(missed.count) missed, "
          + "\(remarked) of them remarked as bytes that SQLite does not use")
    }
  }

  /// The leaf stays the same, byte by byte; what is stored does not.
  @Test func aFragmentOfAnEarlierRunWithTheSameBytesIsNotTheRuns() throws {
    let small = try smallLedger()
    let second = "SELECT hex(substr(leaf, 1, 1)) FROM entries WHERE position = 10"
    try #require(small.ask(second) == "13")
    try #require(
      small.ask("SELECT count(DISTINCT bytes) FROM fragments WHERE id IN (1, 9)") == "1")
    try small.attack(
      "UPDATE entries SET leaf = CAST(X'03' || substr(leaf, 2) AS BLOB) WHERE position = 10")
    #expect(small.verify().firstWrongEntry == 10)
  }

  /// Header and schema, where most bytes mean something to SQLite alone.
  @Test func everyChangedByteOfTheHeaderIsFound() throws {
    let small = try smallLedger()
    let whole = try small.bytes()
    for place in 0..<100 {
      var changed = whole
      changed[place] ^= UInt8(1 << (place % 8))
      try small.write(changed)
      #expect(!small.verify().findings.isEmpty, "byte \(place)")
    }
  }

  private static let tables = [
    "ledger", "runs", "checkpoints", "entries", "fragments", "contents", "cosignatures",
    "sqlite_sequence",
  ]

  private func surgery(_ small: SmallLedger, _ whole: [UInt8], _ statements: String) throws
    -> VerificationResult?
  {
    try small.write(whole)
    do { try small.attack(statements) } catch { return nil }
    return small.verify()
  }

  @Test func everyDeletedRowIsFound() throws {
    let small = try smallLedger()
    let whole = try small.bytes()
    for table in TamperTests.tables {
      let count = Int(small.ask("SELECT count(*) FROM \(table)") ?? "") ?? 0
      #expect(count > 0, "\(table)")
      for row in 0..<count {
        let found = try surgery(
          small, whole,
          "DELETE FROM \(table) WHERE rowid = (SELECT rowid FROM \(table) LIMIT 1 OFFSET \(row))")
        let result = try #require(found)
        #expect(result.isWrong || result.isIncomplete, "\(table) \(row)")
        #expect(table == "checkpoints" && row == count - 1 || result.isWrong, "\(table) \(row)")
      }
    }
  }

  @Test func everySwappedPairOfNeighboursIsFound() throws {
    let small = try smallLedger()
    let whole = try small.bytes()
    for (table, key) in [
      ("runs", "number"), ("checkpoints", "number"), ("entries", "position"), ("fragments", "id"),
      ("contents", "id"),
    ] {
      let count = Int(small.ask("SELECT count(*) FROM \(table)") ?? "") ?? 0
      let first = Int(small.ask("SELECT min(\(key)) FROM \(table)") ?? "") ?? 0
      for row in first..<first + count - 1 {
        let found = try surgery(
          small, whole,
          """
          UPDATE \(table) SET \(key) = -7 WHERE \(key) = \(row);
          UPDATE \(table) SET \(key) = \(row) WHERE \(key) = \(row + 1);
          UPDATE \(table) SET \(key) = \(row + 1) WHERE \(key) = -7;
          """)
        #expect(try #require(found).isWrong, "\(table) \(row)")
      }
    }
  }

  @Test func everyTruncatedOrDuplicatedValueIsFound() throws {
    let small = try smallLedger()
    let whole = try small.bytes()
    for (table, key, columns) in [
      ("ledger", "id", ["record"]), ("runs", "number", ["opening"]),
      ("checkpoints", "number", ["closing", "note"]), ("entries", "position", ["leaf", "hashes"]),
      ("fragments", "id", ["bytes"]), ("contents", "id", ["digest", "bytes", "seal"]),
      ("cosignatures", "id", ["key", "line"]),
    ] {
      let count = Int(small.ask("SELECT count(*) FROM \(table)") ?? "") ?? 0
      for row in 0..<count {
        let place = "(SELECT \(key) FROM \(table) ORDER BY \(key) LIMIT 1 OFFSET \(row))"
        for column in columns {
          for change in [
            "substr(\(column), 1, length(\(column)) - 1)", "CAST(\(column) || x'00' AS BLOB)",
            "x''",
            "CAST(\(column) AS TEXT)",
          ] {
            let found = try surgery(
              small, whole, "UPDATE \(table) SET \(column) = \(change) WHERE \(key) = \(place)")
            // The closing of checkpoint 0 is empty, and stays so.
            guard let found, small.ask("SELECT 1") != nil else { continue }
            if table == "checkpoints", column == "closing", row == 0,
              change != "CAST(\(column) || x'00' AS BLOB)", !change.hasSuffix("TEXT)")
            {
              continue
            }
            #expect(found.isWrong, "\(table).\(column) \(row): \(change)")
          }
        }
        let all = columns.joined(separator: ", ")
        let extra = table == "contents" ? ", form" : table == "cosignatures" ? ", checkpoint" : ""
        let found = try surgery(
          small, whole,
          """
          INSERT INTO \(table) (\(key), \(all)\(extra)) \
          SELECT (SELECT max(\(key)) + 1 FROM \(table)), \(all)\(extra) FROM \(table) \
          WHERE \(key) = \(place)
          """)
        #expect(try #require(found).isWrong, "\(table) \(row) twice")
      }
    }
  }

  @Test func strangersInTheFileAreFound() throws {
    let small = try smallLedger()
    let whole = try small.bytes()
    for statements in [
      "CREATE TABLE more (x)", "CREATE INDEX more ON entries (leaf)",
      "DROP INDEX contents_by_digest",
      "CREATE TRIGGER more AFTER INSERT ON entries BEGIN DELETE FROM entries; END",
      "CREATE VIEW more AS SELECT 1", "PRAGMA user_version = 1", "PRAGMA user_version = 2",
      "PRAGMA user_version = 2; PRAGMA schema_version = 8", "PRAGMA user_version = 99",
      "PRAGMA user_version = 0", "PRAGMA application_id = 7",
      "UPDATE contents SET form = 1 - form WHERE id = 1", "UPDATE cosignatures SET checkpoint = 2",
      "UPDATE sqlite_sequence SET rowid = 0",
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rowid = 11 WHERE rowid = 9",
    ] {
      #expect(try #require(try surgery(small, whole, statements)).isWrong, "\(statements)")
    }
  }

  /// Who changes an entry and all hashes that follow from it still needs the key.
  @Test func anEntryThatWasRewrittenWithItsHashesIsFound() throws {
    let small = try smallLedger()
    let forged = try SmallLedger()
    try forged.record(0..<6, keeps: true)
    try forged.record(4..<9)
    try small.attack(
      "ATTACH '\(forged.path)' AS f; DELETE FROM entries WHERE position >= 6; "
        + "INSERT INTO entries SELECT * FROM f.entries WHERE position >= 6; "
        + "DELETE FROM fragments; INSERT INTO fragments SELECT * FROM f.fragments")
    let found = small.verify()
    #expect(found.isWrong)
    #expect(found.firstWrongEntry.map { (6..<11).contains($0) } == true)
    #expect(found.affectedRuns.contains(2) && !found.affectedRuns.contains(1))
  }

  @Test func theFirstWrongEntryAndItsRunsAreNamed() throws {
    let small = try SmallLedger()
    for start in 0..<3 { try small.record(start * 4..<start * 4 + 4) }
    try small.attack(
      "UPDATE entries SET leaf = (SELECT leaf FROM entries WHERE position = 0) WHERE position = 5")
    let found = small.verify()
    #expect(found.firstWrongEntry == 5)
    #expect(found.affectedRuns == [2, 3])
  }

  @Test func anOlderCopyIsFoundByALaterCheckpoint() throws {
    let small = try SmallLedger()
    try small.record(0..<3)
    let old = try small.bytes()
    var knowledge = VerificationKnowledge()
    try small.record(3..<5)
    knowledge.checkpoints = [try small.open().checkpoint().note]
    #expect(small.verify(knowledge).findings.isEmpty)
    try small.write(old)
    #expect(!small.verify().isWrong)
    #expect(small.verify(knowledge).isWrong)
    // Another second run is not the one that was published either.
    try small.record(7..<9)
    #expect(!small.verify().isWrong)
    #expect(small.verify(knowledge).isWrong)
    // An earlier checkpoint still agrees.
    knowledge.checkpoints = [try small.open().checkpoint(1).note]
    #expect(!small.verify(knowledge).isWrong)
  }

  /// Who has file and key can write all anew; a key that was published denies another's.
  @Test func anotherKeysLedgerIsFoundByThePublishedKey() throws {
    let small = try SmallLedger()
    try small.record(0..<3)
    var knowledge = VerificationKnowledge()
    knowledge.key = try SmallLedger.key(small.key.verifier.name, 8).verifier
    let found = small.verify(knowledge)
    #expect(found.isWrong && found.affectedRuns == [1])
    knowledge.key = small.key.verifier
    #expect(!small.verify(knowledge).isWrong)
  }

  /// However much there is to remark on before: what is wrong is said.
  @Test func remarksDoNotHideWhatIsWrong() {
    var result = VerificationResult()
    for page in 0..<VerificationResult.findingLimit + 50 {
      result.add(LedgerFinding(.remark, "page \(page) of the file", "some bytes are not zero"))
    }
    #expect(!result.isWrong && result.furtherCount == 50)
    result.add(LedgerFinding(.wrong, "run 3", "it is another"), run: 3)
    #expect(result.isWrong && result.affectedRuns == [3])
    #expect(result.findings.last?.weight == .wrong)
    #expect(result.findings.count == VerificationResult.findingLimit)
    #expect(result.furtherCount == 51)
  }
}
