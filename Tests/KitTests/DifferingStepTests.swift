// The first step that came out otherwise than it was recorded: as deep as what was recorded binds.

import Foundation
import ProvisoKit
import ProvisoReports
import ProvisoSource
import Testing

@Suite struct DifferingStepTests {
  private static let ruleset = """
    ruleset aid "Aid" {
      version "1"
    }

    contract {
      signed    : date
      disbursed : EUR
      jobs      : FTE
      seat      : country
      sound     : boolean
      owners    : list of owner
    }

    record owner {
      country : country
    }

    list havens of country = { PA, VU }

    condition both "Sound, and ten jobs" {
      tested    on signed
      requires  sound and jobs >= 10 FTE
      on breach recall 50% of disbursed
    }

    condition seated "Not in a haven" {
      tested   on signed
      forbids  seat in havens
    }

    condition small "Small firms need not" {
      tested       on signed
      applies when jobs > 5 FTE
      requires     no o in owners where o.country in havens
    }

    determination tenth "A tenth" : EUR = 10% of disbursed

    """

  private let scratch: ScratchFolder
  private let ruleset: LoadedRuleset

  init() throws {
    scratch = try ScratchFolder()
    let source = SourceFile(
      id: SourceID(0), name: "aid.proviso", bytes: Array(Self.ruleset.utf8))
    let loading = try loadRuleset(source, from: scratch.files)
    ruleset = try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))")
  }

  private func answer(_ members: String) throws -> Explanation {
    let bytes = Array("{\"id\":\"a\",\"signed\":\"2021-03-01\",\(members)}".utf8)
    let contract = try #require(try ruleset.contract(bytes, named: "a").contract)
    return ruleset.answer(contract, Question(asOf: try readDate("2024-12-31"))).explanation
  }

  private func path(
    _ explanation: Explanation, _ condition: String, _ outcome: String,
    _ reasons: [RecordedReason] = []
  ) -> [String] {
    let found = explanation.difference(
      condition: condition, test: 0, recorded: RecordedTest(outcome: outcome, reasons: reasons))
    return (found?.path ?? []).map { "\($0.label): \($0.recorded), \($0.found)" }
      + (found?.beneath ?? [])
  }

  @Test func `of a test that was met every part held`() throws {
    let now = try answer(#""sound":true,"jobs":8,"seat":"PA","disbursed":"EUR 100","owners":[]"#)
    #expect(
      path(now, "both", "met") == [
        "the test: met, breached", "`sound and jobs >= 10 FTE`: held, does not hold",
        "`jobs >= 10 FTE`: held, does not hold", "`jobs` is 8 FTE",
      ])
    #expect(
      path(now, "seated", "met") == [
        "the test: met, breached", "`seat in havens`: did not hold, holds", "`seat` is PA (Panama)",
      ])
    #expect(
      path(now, "small", "not applicable") == [
        "the test: not applicable, met", "`jobs > 5 FTE`: did not hold, holds", "`jobs` is 8 FTE",
      ])
  }

  /// Which part of several failed is not recorded, so nothing is said of any.
  @Test func `of a test that was breached only the whole is bound`() throws {
    let now = try answer(#""sound":true,"jobs":12,"seat":"FR","disbursed":"EUR 100","owners":[]"#)
    #expect(
      path(now, "both", "breached") == [
        "the test: breached, met", "`sound and jobs >= 10 FTE`: did not hold, holds",
        "`sound` holds", "`jobs >= 10 FTE` holds",
      ])
    #expect(
      path(now, "seated", "breached") == [
        "the test: breached, met", "`seat in havens`: held, does not hold", "`seat` is FR (France)",
      ])
  }

  @Test func `a fact that was missing is named by its reason`() throws {
    let now = try answer(#""sound":true,"jobs":12,"seat":"FR","disbursed":"EUR 100","owners":[]"#)
    #expect(
      path(
        now, "both", "undetermined", [RecordedReason(subject: "jobs", code: "missing fact")]) == [
          "the test: undetermined, met", "`sound and jobs >= 10 FTE`: could not be said, holds",
          "`jobs >= 10 FTE`: could not be said, holds",
          "`jobs`: missing fact: jobs, is 12 FTE",
        ])
  }

  @Test func `a fact that is missing now is found below what was known`() throws {
    let now = try answer(#""sound":true,"seat":"FR","disbursed":"EUR 100","owners":[]"#)
    let found = path(now, "both", "met")
    #expect(found.first == "the test: met, undetermined")
    #expect(found.last?.hasPrefix("`jobs`: was known, is not known") == true, "\(found)")
  }

  @Test func `amounts and determinations are held against their own derivations`() throws {
    let now = try answer(#""sound":true,"jobs":8,"seat":"FR","disbursed":"EUR 100","owners":[]"#)
    let amount = now.difference(condition: "both", amount: 0, recorded: "EUR 60")
    #expect(amount?.path.map(\.recorded) == ["EUR 60"])
    #expect(amount?.path.map(\.found) == ["EUR 50"])
    #expect(amount?.path.map(\.label) == ["`50% of disbursed`"])
    #expect(amount?.beneath == ["`disbursed` is EUR 100.00"])
    let determined = now.difference(determination: "tenth", recorded: "EUR 9")
    #expect(determined?.path.map(\.found) == ["EUR 10"])
  }

  @Test func `what has no derivation has no step`() throws {
    let now = try answer(#""sound":true,"jobs":8,"seat":"FR","disbursed":"EUR 1","owners":[]"#)
    #expect(now.difference(condition: "none", amount: 0, recorded: "") == nil)
    #expect(now.difference(condition: "both", amount: 7, recorded: "") == nil)
    #expect(now.difference(determination: "none", recorded: "") == nil)
    #expect(
      now.difference(
        condition: "both", test: 3, recorded: RecordedTest(outcome: "met", reasons: [])) == nil)
  }
}
