// A run that was cut off is gone on with by whoever has the very same in hand, and by nobody else.

import Foundation
import ProvisoLog
import Testing

@testable import ProvisoLedger

@Suite struct ResumingTests {
  /// A ledger with a whole run of three entries, and one cut off with so many of its own.
  private func cutOff(_ count: Int, keeps: Bool = false) throws -> SmallLedger {
    let small = try SmallLedger()
    try small.record(0..<3)
    let recorder = try Recorder(
      path: small.path, key: small.key, SmallLedger.subject(keeps: keeps), groupSize: 2,
      now: SmallLedger.now)
    for number in 10..<10 + count { try hand(number, to: recorder, keeps: keeps) }
    return small
  }

  private func hand(_ number: Int, to recorder: Recorder, keeps: Bool = false) throws {
    let leaf = try SmallLedger.leaf(number)
    try recorder.record(
      leaf.bytes, cuts: leaf.cuts, contract: keeps ? SmallLedger.contract(number) : nil)
  }

  private func resume(_ small: SmallLedger, _ subject: RunSubject? = nil) throws -> Recorder {
    try Recorder(
      path: small.path, key: small.key, subject ?? SmallLedger.subject(), resumes: true,
      groupSize: 2, now: SmallLedger.now)
  }

  /// The root over the same results, recorded without a cut.
  private func root(_ numbers: [Range<Int>]) throws -> LogHash? {
    let small = try SmallLedger()
    for range in numbers { try small.record(range) }
    return try small.open().checkpoint().checkpoint.root
  }

  @Test(arguments: [0, 1, 2, 5, 6, 9])
  func aRunThatIsGoneOnWithHasTheTreeOfOneThatWasNeverCut(_ count: Int) throws {
    let small = try cutOff(count, keeps: true)
    #expect(small.verify().isIncomplete)
    let recorder = try resume(small, SmallLedger.subject(keeps: true))
    #expect(recorder.number == 2 && recorder.closedBefore == [])
    // Groups of two were committed.
    #expect(recorder.resumedCount == count / 2 * 2)
    for number in 10..<20 { try hand(number, to: recorder, keeps: true) }
    #expect(recorder.entryCount == 10)
    let note = try recorder.close(
      counts: [RunCount(name: "met", count: 10)], sourceDigest: "sha256:5", ended: SmallLedger.now)
    #expect(Checkpoint(note.body)?.root == (try root([0..<3, 10..<20])))
    #expect(small.verify().findings.isEmpty)
    let run = try small.open().run(2)
    #expect(run.closing?.entries == 10 && run.closing?.isCutOff == false)
    for position in 0..<10 {
      #expect(try small.open().leaf(3 + position) == SmallLedger.leaf(10 + position).bytes)
    }
  }

  @Test func aRunCanBeCutOffAndGoneOnWithAgain() throws {
    let small = try cutOff(4)
    for end in [16, 18] {
      let recorder = try resume(small)
      for number in 10..<end { try hand(number, to: recorder) }
    }
    let recorder = try resume(small)
    #expect(recorder.resumedCount == 8)
    for number in 10..<21 { try hand(number, to: recorder) }
    let note = try recorder.close(counts: [], sourceDigest: "sha256:5", ended: SmallLedger.now)
    #expect(Checkpoint(note.body)?.root == (try root([0..<3, 10..<21])))
    #expect(small.verify().findings.isEmpty)
  }

  @Test func anotherRulesetDateSourceOrEngineIsRefused() throws {
    let small = try cutOff(4)
    let whole = try small.bytes()
    for (subject, word) in [
      (try SmallLedger.subject(asOf: "2026-07-01"), "as-of date"),
      (try SmallLedger.subject(engine: "0.0.1"), "version of Proviso"),
      (try SmallLedger.subject(versions: 2), "rulesets"),
      (try SmallLedger.subject(source: "sha256:6"), "source"),
      (try SmallLedger.subject(source: nil), "source"),
      (try SmallLedger.subject(keeps: true), "contracts"),
    ] {
      do throws(LedgerFailure) {
        _ = try Recorder(
          path: small.path, key: small.key, subject, resumes: true, now: SmallLedger.now)
        Issue.record("\(word) may be another")
      } catch {
        guard case .notResumable(let why) = error else { throw error }
        #expect(why.contains("run 2 was begun otherwise: the \(word): then "))
      }
    }
    #expect(try small.bytes() == whole)
    #expect(throws: LedgerFailure.self) {
      try Recorder(
        path: small.path, key: SmallLedger.key("test.example/ledger", 8), SmallLedger.subject(),
        resumes: true, now: SmallLedger.now)
    }
  }

  @Test func aResultThatComesOutOtherwiseIsRefused() throws {
    let small = try cutOff(4)
    let recorder = try resume(small)
    try hand(10, to: recorder)
    #expect(
      throws: LedgerFailure.notResumable("entry 4 of run 2 was recorded otherwise")
    ) { try hand(12, to: recorder) }
    // Nor may results be left out.
    let short = try resume(small)
    try hand(10, to: short)
    #expect(
      throws: LedgerFailure.notResumable("run 2 has 4 entries, and only 1 came again")
    ) { try short.close(counts: [], sourceDigest: nil, ended: SmallLedger.now) }
    #expect(!small.verify().isWrong)
  }

  @Test func whereNoRunWasCutOffNoneIsGoneOnWith() throws {
    let small = try SmallLedger()
    try small.record(0..<3)
    #expect(
      throws: LedgerFailure.notResumable("every run has its end, so there is none to go on with")
    ) { try resume(small) }
    try small.record(3..<5, isClosed: false)
    _ = try small.open(.write).closeCutOffRuns(by: small.key, now: SmallLedger.now)
    #expect(throws: LedgerFailure.self) { try resume(small) }
  }

  /// What a ledger of the first form says of a run: one ruleset, and no digest of its source.
  @Test func theFirstFormOfARunIsRead() throws {
    let hash = String(repeating: "ab", count: 32)
    let text =
      "{\"asOf\":\"2026-06-30\",\"engine\":\"0.0.0\",\"first\":7,\"format\":\"proviso-run-1\","
      + "\"keeps\":false,\"knownAt\":\"2026-06-30\",\"number\":2,\"previous\":\"sha256:\(hash)\","
      + "\"ruleset\":{\"digest\":\"sha256:\(hash)\",\"files\":[{\"digest\":\"sha256:\(hash)\","
      + "\"name\":\"ruleset.proviso\"}],\"name\":\"made_up\",\"version\":\"1\"},"
      + "\"source\":\"made-up.jsonl\",\"sqlite\":3040001,\"started\":\"2026-06-30T09:00:00Z\"}"
    let opening = try #require(try RunOpening(Array(text.utf8)))
    #expect(opening.rulesets.map(\.name) == ["made_up"])
    #expect(opening.source == "made-up.jsonl" && opening.sourceDigest == nil)
    #expect(opening.bytes == Array(text.utf8))
    #expect(try RunOpening(Array(text.replacing("run-1", with: "run-2").utf8)) == nil)
    #expect(try RunOpening(Array(text.replacing("run-1", with: "run-3").utf8)) == nil)
  }

  /// Each entry names the version that judged it, and the run has the texts of all.
  @Test func aRunMayJudgeBySeveralVersions() throws {
    let small = try SmallLedger()
    let recorder = try Recorder(
      path: small.path, key: small.key, SmallLedger.subject(versions: 3), now: SmallLedger.now)
    for number in 0..<9 {
      let leaf = try SmallLedger.leaf(number, version: 1 + number % 3)
      try recorder.record(leaf.bytes, cuts: leaf.cuts)
    }
    _ = try recorder.close(counts: [], sourceDigest: nil, ended: SmallLedger.now)
    #expect(small.verify().findings.isEmpty)
    let run = try small.open().run(1).opening
    #expect(run.rulesets.map(\.version) == ["1", "2", "3"])
    for (position, ruleset) in run.rulesets.enumerated() {
      #expect(
        try small.open().files(of: ruleset, run: 1).map(\.bytes)
          == SmallLedger.files(position + 1).map(\.bytes))
    }
    // A version that is none of the run's is not taken for one.
    let other = try SmallLedger()
    let wrong = try Recorder(
      path: other.path, key: other.key, SmallLedger.subject(versions: 2), now: SmallLedger.now)
    let leaf = try SmallLedger.leaf(1, version: 3)
    try wrong.record(leaf.bytes, cuts: leaf.cuts)
    _ = try wrong.close(counts: [], sourceDigest: nil, ended: SmallLedger.now)
    let found = other.verify()
    #expect(found.isWrong && found.firstWrongEntry == 0)
  }
}
