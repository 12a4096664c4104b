// What is recorded is what is read back, whatever happens on the way.

import CSQLite
import Foundation
import ProvisoLog
import Testing

@testable import ProvisoLedger

@Suite struct RecordingTests {
  @Test func leavesAreReadBackByteForByte() throws {
    let small = try SmallLedger()
    try small.record(0..<40, keeps: true)
    try small.record(20..<30)
    let ledger = try small.open()
    #expect(try ledger.size() == 50)
    for position in 0..<50 {
      let number = position < 40 ? position : position - 20
      #expect(try ledger.leaf(position) == SmallLedger.leaf(number).bytes)
    }
    #expect(throws: LedgerFailure.absent("entry 50")) { try ledger.leaf(50) }
    let digest = try TreeHasher().plain(SmallLedger.contract(7))
    #expect(try ledger.content(digest) == SmallLedger.contract(7))
    let runs = try ledger.runs()
    #expect(runs.map(\.opening.first) == [0, 40])
    #expect(runs.map { $0.closing?.entries } == [40, 10])
    #expect(
      try ledger.files(of: runs[0].opening.rulesets[0], run: 1).map(\.bytes)
        == SmallLedger.ruleset.map(\.bytes))
    #expect(small.verify().findings.isEmpty)
  }

  /// Cuts say how a leaf is stored, and nothing about what it is.
  @Test func cutsChangeNoLeafAndNoHash() throws {
    let roots = try [[], [1, 0, 5], [3, 3, 900_000], [10, 20, 30]].map { cuts in
      let small = try SmallLedger()
      let recorder = try Recorder(
        path: small.path, key: small.key, SmallLedger.subject(), now: SmallLedger.now)
      for number in 0..<9 {
        try recorder.record(SmallLedger.leaf(number % 4).bytes, cuts: cuts)
      }
      let note = try recorder.close(counts: [], sourceDigest: nil, ended: SmallLedger.now)
      for number in 0..<9 {
        #expect(try small.open().leaf(number) == SmallLedger.leaf(number % 4).bytes)
      }
      #expect(small.verify().findings.isEmpty)
      return Checkpoint(note.body)?.root
    }
    #expect(Set(roots).count == 1)
  }

  /// Leaves that are handed over by how they begin and end are those that are handed over whole,
  /// however many beginnings there are, and wherever a group of entries ends.
  @Test func manyBeginningsGiveTheLeavesThatTheyStandFor() throws {
    let pieces = (0..<10).map { place in
      (0..<3).map { Array("{\"condition\":\"c\(place)\",\"outcome\":\"\($0)\"},".utf8) }
    }
    let tails = (0..<3).map { Array(",\"format\":\"made up\",\"outcome\":\"\($0)\"}".utf8) }
    let beforeID = Array("\",\"id\":\"".utf8)
    // Every mix comes twice, the second time after all others.
    let mixes = (0..<2_500).map { number in
      var rest = number * 7_919 % 59_049
      return (0..<10).map { _ in
        defer { rest /= 3 }
        return rest % 3
      }
    }
    let digests = try (0..<5_000).map { try TreeHasher().plain(Array("\($0)".utf8)) }
    let small = [try SmallLedger(), try SmallLedger()]
    let recorders = try small.map { small in
      try Recorder(
        path: small.path, key: small.key, SmallLedger.subject(), groupSize: 700,
        now: SmallLedger.now)
    }
    let known = pieces.map { $0.compactMap { recorders[1].share($0) } }
    let knownTails = tails.compactMap { recorders[1].share($0) }
    let beginnings = mixes.compactMap { mix in
      recorders[1].beginning(mix.enumerated().map { known[$0][$1] })
    }
    try #require(beginnings.count == mixes.count)
    var batch = LeafBatch(beforeID: beforeID, piece: recorders[1].share(beforeID))
    var leaves: [[UInt8]] = []
    for (number, digest) in digests.enumerated() {
      let mix = mixes[number % mixes.count]
      let tail = number % 7 % 3
      let id = Array("C\(String(repeating: "x", count: number % 90))\(number)".utf8)
      leaves.append(
        mix.enumerated().flatMap { pieces[$0][$1] } + Array(digest.hex.utf8) + beforeID
          + id + Array("\"".utf8) + tails[tail])
      try recorders[0].record(leaves[number])
      id.withUnsafeBytes {
        batch.add(
          beginnings[number % mixes.count], digest: digest, id: $0, tail: knownTails[tail])
      }
      if batch.count == 512 {
        try recorders[1].record(batch)
        batch.removeAll()
      }
    }
    try recorders[1].record(batch)
    let roots = try recorders.map { recorder in
      Checkpoint(
        try recorder.close(counts: [], sourceDigest: nil, ended: SmallLedger.now).body)?.root
    }
    #expect(roots[0] != nil && roots[0] == roots[1])
    let opened = try small[1].open()
    for (number, leaf) in leaves.enumerated() { #expect(try opened.leaf(number) == leaf) }
  }

  @Test func everyProofOfASmallLedgerHolds() throws {
    let small = try SmallLedger()
    for start in 0..<4 { try small.record(start..<start + 5) }
    let ledger = try small.open()
    let hasher = try TreeHasher()
    for run in 1...4 {
      let checkpoint = try ledger.checkpoint(run).checkpoint
      for position in 0..<Int(checkpoint.size) {
        let proof = try ledger.inclusionProof(of: position, checkpoint: run)
        let holds = try isIncluded(
          hasher.leaf(ledger.leaf(position)), at: UInt64(position), size: checkpoint.size,
          root: checkpoint.root, proof: proof.hashes, hasher)
        #expect(holds)
      }
      for older in 1...run {
        let old = try ledger.checkpoint(older).checkpoint
        let proof = try ledger.consistencyProof(from: Int(old.size), checkpoint: run)
        let holds = try isConsistent(
          oldSize: old.size, oldRoot: old.root, newSize: checkpoint.size,
          newRoot: checkpoint.root, proof: proof.hashes, hasher)
        #expect(holds)
      }
    }
    #expect(throws: LedgerFailure.self) { try ledger.inclusionProof(of: 20) }
    #expect(throws: LedgerFailure.self) { try ledger.inclusionProof(of: 7, checkpoint: 1) }
    #expect(throws: LedgerFailure.self) { try ledger.consistencyProof(from: 21) }
    #expect(throws: LedgerFailure.self) { try ledger.consistencyProof(from: 0) }
  }

  @Test func aRunThatWasCutOffIsClosedByTheNext() throws {
    let small = try SmallLedger()
    try small.record(0..<3)
    // Nothing of a group that was not committed is there.
    try small.record(3..<6, isClosed: false)
    let found = small.verify()
    #expect(!found.isWrong && found.isIncomplete)
    #expect(found.findings.map(\.place) == ["run 2"])
    #expect(found.entryCount == 3)
    let recorder = try Recorder(
      path: small.path, key: small.key, SmallLedger.subject(), now: SmallLedger.now)
    #expect(recorder.closedBefore == [2])
    #expect(recorder.number == 3)
    _ = try recorder.close(counts: [], sourceDigest: nil, ended: SmallLedger.now)
    #expect(small.verify().findings.isEmpty)
    #expect(try small.open().run(2).closing?.isCutOff == true)
  }

  @Test func onlyTheOwnKeySigns() throws {
    let small = try SmallLedger()
    for other in [
      try SmallLedger.key("test.example/other"), try SmallLedger.key(small.key.verifier.name, 8),
    ] {
      #expect(throws: LedgerFailure.self) {
        try Recorder(
          path: small.path, key: other, SmallLedger.subject(), now: SmallLedger.now)
      }
      #expect(throws: LedgerFailure.self) {
        try small.open(.write).closeCutOffRuns(by: other, now: SmallLedger.now)
      }
    }
    #expect(try small.open().runs().isEmpty)
  }

  /// A full disk, as SQLite tells it: what was committed stays, and the ledger goes on later.
  @Test func aFullDiskLosesNothingThatWasCommitted() throws {
    let small = try SmallLedger()
    try small.record(0..<5)
    let database = try Database(path: small.path, .write)
    let recorder = try Recorder(
      Ledger(database, .current), small.key, SmallLedger.subject(), now: SmallLedger.now)
    try database.run("PRAGMA max_page_count = 40")
    var recorded = 0
    #expect(throws: LedgerFailure.full) {
      while true {
        // Without cuts, so that every leaf needs its room.
        try recorder.record(SmallLedger.leaf(recorded).bytes)
        recorded += 1
      }
    }
    #expect(recorded > 3)
    let after = small.verify()
    #expect(!after.isWrong && after.entryCount == 5)
    try small.record(0..<5)
    #expect(!small.verify().isWrong && !small.verify().isIncomplete)
  }

  @Test func aHeldFileIsWaitedForAndThenRefused() throws {
    let small = try SmallLedger()
    var holder: OpaquePointer?
    sqlite3_open(small.path, &holder)
    defer { sqlite3_close(holder) }
    sqlite3_exec(holder, "BEGIN IMMEDIATE", nil, nil, nil)
    let database = try Database(path: small.path, .write, waitMilliseconds: 30)
    let ledger = try Ledger(database, .current)
    #expect(throws: LedgerFailure.busy) {
      try Recorder(ledger, small.key, SmallLedger.subject(), now: SmallLedger.now)
    }
    sqlite3_exec(holder, "ROLLBACK", nil, nil, nil)
    _ = try Recorder(ledger, small.key, SmallLedger.subject(), now: SmallLedger.now)
  }

  /// Readers see whole groups while somebody records.
  @Test func readersAndARecorderStandSideBySide() throws {
    let small = try SmallLedger()
    try small.record(0..<3)
    let reader = try small.open()
    let recorder = try Recorder(
      path: small.path, key: small.key, SmallLedger.subject(), now: SmallLedger.now)
    try recorder.record(SmallLedger.leaf(3).bytes)
    #expect(try reader.size() == 3)
    _ = try recorder.close(counts: [], sourceDigest: nil, ended: SmallLedger.now)
    #expect(try reader.size() == 4)
  }

  @Test func findingReadsEveryLeafAndNothingElse() throws {
    let small = try SmallLedger()
    try small.record(0..<12)
    try small.record(3..<5)
    let ledger = try small.open()
    func found(_ change: (inout EntryFilter) -> Void) throws -> [Int] {
      var filter = EntryFilter()
      change(&filter)
      var positions: [Int] = []
      try ledger.find(filter) { entry, _ in
        positions.append(entry.position)
        return true
      }
      return positions
    }
    #expect(try found { _ in } == Array(0..<14))
    #expect(try found { $0.contract = "C3" } == [3, 12])
    #expect(try found { $0.contract = "C" } == [])
    #expect(try found { $0.outcome = "breached" } == [1, 3, 5, 7, 9, 11, 12])
    #expect(
      try found {
        $0.condition = "condition_1"
        $0.outcome = "undetermined"
      } == [3, 7, 11, 12])
    #expect(try found { $0.condition = "condition_9" } == [])
    #expect(try found { $0.run = 2 } == [12, 13])
    #expect(try found { $0.from = "2026-07-01" } == [])
    #expect(
      try found {
        $0.to = "2026-06-30"
        $0.contract = "C4"
      } == [4, 13])
  }

  @Test func addedSignaturesAreCheckedAndKept() throws {
    let small = try SmallLedger()
    try small.record(0..<3)
    let auditor = try SmallLedger.key("auditor.example", 9)
    var note = try small.open().checkpoint().note
    #expect(throws: LedgerFailure.self) {
      try small.open(.write).addCosignature(of: auditor.verifier, from: note)
    }
    try note.sign(by: auditor)
    #expect(try small.open(.write).addCosignature(of: auditor.verifier, from: note) == 1)
    #expect(throws: LedgerFailure.self) {
      try small.open(.write).addCosignature(of: auditor.verifier, from: note)
    }
    try small.record(3..<5)
    let ledger = try small.open()
    #expect(try ledger.checkpoint(1).note == note)
    #expect(try ledger.checkpoint(2).note.signatures.count == 1)
    #expect(small.verify().findings.isEmpty)
    #expect(small.verify().cosignatureCount == 1)
  }

  @Test func anOlderSchemaIsReadAndMadeNew() throws {
    let first = Schema(migrations: Array(Schema.current.migrations.prefix(1)))
    let small = try SmallLedger(schema: first)
    #expect(try small.open().cosignatures().isEmpty)
    #expect(small.verify().findings.isEmpty)
    try small.record(0..<3)
    #expect(small.ask("PRAGMA user_version") == "3")
    #expect(small.verify().findings.isEmpty)
    #expect(throws: LedgerFailure.newerSchema(3, known: 1)) {
      try Ledger(Database(path: small.path, .read), first)
    }
  }

  /// A ledger in which digests stand as digits is read, resumed and gone on with; what is recorded
  /// then has the bytes, and the leaves are the same.
  @Test(arguments: [false, true])
  func digestsThatStandAsDigitsAreRead(_ resumes: Bool) throws {
    let old = Schema(migrations: Array(Schema.current.migrations.prefix(2)))
    let small = try SmallLedger(schema: old)
    #expect(small.ask("PRAGMA user_version") == "2")
    // Without cuts a leaf is stored as it is, which is what the second version wrote.
    let recorder = try Recorder(
      path: small.path, key: small.key, SmallLedger.subject(), groupSize: 1, now: SmallLedger.now)
    for number in 0..<3 { try recorder.record(SmallLedger.leaf(number).bytes) }
    if !resumes {
      _ = try recorder.close(counts: [], sourceDigest: nil, ended: SmallLedger.now)
    }
    try small.attack("PRAGMA user_version = 2; PRAGMA schema_version = 8")
    #expect(!small.verify().isWrong)
    #expect(try Ledger(Database(path: small.path, .read), old).leaf(2) == SmallLedger.leaf(2).bytes)
    let next = try Recorder(
      path: small.path, key: small.key, SmallLedger.subject(), resumes: resumes,
      now: SmallLedger.now)
    for number in resumes ? 0..<6 : 3..<6 {
      let leaf = try SmallLedger.leaf(number)
      try next.record(leaf.bytes, cuts: leaf.cuts)
    }
    _ = try next.close(counts: [], sourceDigest: nil, ended: SmallLedger.now)
    #expect(small.ask("PRAGMA user_version") == "3")
    #expect(small.verify().findings.isEmpty)
    for number in 0..<6 { #expect(try small.open().leaf(number) == SmallLedger.leaf(number).bytes) }
    for number in 0..<6 {
      let digest = try TreeHasher().plain(SmallLedger.contract(number)).hex
      let place = small.ask(
        "SELECT instr(leaf, CAST('\(digest)' AS BLOB)) FROM entries WHERE position = \(number)")
      #expect((place == "0") == (number >= 3), "entry \(number)")
    }
    // A version that does not know of digests as bytes refuses the ledger.
    #expect(throws: LedgerFailure.newerSchema(3, known: 2)) {
      try Ledger(Database(path: small.path, .read), old)
    }
    // Nor is the ledger one of the older version because it says so.
    try small.attack("PRAGMA user_version = 2; PRAGMA schema_version = 8")
    #expect(small.verify().firstWrongEntry == 3)
  }

  @Test func samplesAreRepeatable() throws {
    #expect(try sample(5, of: 100, seed: "a") == sample(5, of: 100, seed: "a"))
    #expect(try sample(5, of: 100, seed: "a") != sample(5, of: 100, seed: "b"))
    #expect(try sample(5, of: 5, seed: "a") == [0, 1, 2, 3, 4])
    #expect(try sample(9, of: 0, seed: "a") == [])
    let some = try sample(30, of: 40, seed: "x")
    #expect(
      some == Set(some).sorted() && some.count == 30 && some.allSatisfy { (0..<40).contains($0) })
  }
}
