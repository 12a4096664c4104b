// Rules with a life of their own: the version a contract was signed under, parameters by test
// date, lists frozen and floating.

import Foundation
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import Testing

@Suite struct EditionTests {
  private static func version(_ number: Int, _ governs: String, _ body: String) -> String {
    """
    ruleset aid "Aid" { version "\(number)" governs \(governs) }
    list havens of country = { PA from 2020-01-01 until 2022-01-01, VU from 2022-01-01 }
    parameter rate : percent { 10% from 2021-01-01, 20% from 2023-01-01 }
    \(body)
    """
  }

  private static let first = version(
    1, "signed from 2021-01-01 until 2022-01-01",
    """
    contract { signed : date  paid : EUR by year  seat : country }
    condition pays "A tenth, later a fifth, of EUR 100 is paid" {
      tested yearly from 2022
      requires paid at period >= rate of EUR 100
    }
    condition frozen "Not on the list of the first day" {
      tested yearly from 2022
      forbids seat in havens on 2021-01-01
    }
    condition floating "Not on the list of the day" {
      tested yearly from 2022
      forbids seat in havens on test_date
    }
    scenario "Steps and lists by test date" {
      given { signed = 2021-06-01, seat = PA, paid = { EUR 10 at 2022, EUR 10 at 2023 } }
      as of 2023-12-31
      expect pays at 2022 met, pays at 2023 breached
      expect frozen at 2022 breached, frozen at 2023 breached
      expect floating at 2022 met, floating at 2023 met
    }
    """)

  private static let second = version(
    2, "signed from 2022-01-01 until 2023-01-01",
    """
    contract { signed : date  paid : text  seat : country }
    condition says "It says what was paid" { requires paid is known }
    condition floating "Not on the list of the day" {
      tested on 2022-12-31
      forbids seat in havens on test_date
    }
    """)

  private func editions(
    _ texts: [(String, String)], _ body: (Editions, ScratchFolder) throws -> Void
  ) throws {
    let folder = try ScratchFolder()
    for (name, text) in texts { try folder.write(text, to: "aid/\(name).proviso") }
    let loading = try loadEditions(named: "aid", from: folder.files)
    #expect(loading.diagnostics.map(\.message) == [])
    try body(try #require(loading.editions), folder)
  }

  private func choice(_ json: String, _ editions: Editions) -> EditionChoice {
    editions.choose(Array(json.utf8), named: "c.json", Question(asOf: .last))
  }

  @Test func `the version of the day of signature answers, whatever its file is called`() throws {
    try editions([("b", Self.first), ("a", Self.second)]) { editions, _ in
      #expect(editions.rulesets.map(\.identity.version) == ["1", "2"])
      // Each contract is readable by its own version only: `paid` is another thing in the other.
      let old = choice(#"{"id": "x", "signed": "2021-12-31", "paid": {"2022": 5}}"#, editions)
      let new = choice(#"{"id": "x", "signed": "2022-01-01", "paid": "in full"}"#, editions)
      #expect(old.position == 0 && new.position == 1)
      let note = try #require(editions.note(on: new))
      #expect(
        note.prose.text
          == "2 of 2: `signed` is 2022-01-01, and this version governs from 2022-01-01 until 2023-01-01"
      )
    }
  }

  @Test func `before, after, unknown and unreadable`() throws {
    try editions([("a", Self.first), ("b", Self.second)]) { editions, _ in
      let before = choice(#"{"id": "x", "signed": "2020-12-31"}"#, editions)
      let after = choice(#"{"id": "x", "signed": "2023-01-01"}"#, editions)
      #expect(before.position == 0 && after.position == 1)
      #expect(before.coverage == .notGoverned(on: CalendarDate(iso: "2020-12-31") ?? .first))
      let unknown = choice(#"{"id": "x"}"#, editions)
      #expect(unknown.position == 1)
      #expect(unknown.coverage?.reasons.isEmpty == false)
      #expect(choice(#"{"id": "x", "signed": "2021-02-30"}"#, editions).coverage == nil)
    }
  }

  @Test func `a contract signed under the old version stays under it, years later`() throws {
    try editions([("a", Self.first), ("b", Self.second)]) { editions, folder in
      let question = Question(asOf: CalendarDate(iso: "2030-06-30") ?? .last)
      let bytes = Array(
        #"{"id": "x", "signed": "2021-12-31", "seat": "VU", "paid": {"2022": 10, "2023": 20}}"#.utf8
      )
      let ruleset = editions.rulesets[editions.choose(bytes, named: "x", question).position]
      let contract = try #require(try ruleset.contract(bytes, named: "x").contract)
      let verdict = ruleset.answer(contract, question).verdict
      let outcomes = verdict.conditions.map { condition in
        condition.tests.prefix(2).map(\.outcome)
      }
      // Paid enough by the rate of each year; never on the frozen list; on the floating one since 2022.
      #expect(outcomes == [[.met, .met], [.met, .met], [.breached, .breached]])
      #expect(folder.path.isEmpty == false)
    }
  }

  @Test func `the scenarios of a version hold`() throws {
    try editions([("a", Self.first), ("b", Self.second)]) { editions, _ in
      #expect(editions.rulesets[0].scenarioReport().failureCount == 0)
    }
  }

  @Test func `three versions, the days of each to the day`() throws {
    let texts = (1...3).map { number in
      let governs = [
        "signed until 2021-07-01", "signed from 2021-07-01 until 2022-07-01",
        "signed from 2022-07-01",
      ][number - 1]
      return (
        "v\(number)",
        """
        ruleset aid "Aid" { version "\(number)" governs \(governs) }
        contract { signed : date }
        condition any "Any" { requires signed is known }
        """
      )
    }
    try editions(texts) { editions, _ in
      let days = [
        "1950-01-01", "2021-06-30", "2021-07-01", "2022-06-30", "2022-07-01", "2099-12-31",
      ]
      let chosen = days.map { choice(#"{"id": "x", "signed": "\#($0)"}"#, editions).position }
      #expect(chosen == [0, 0, 1, 1, 2, 2])
    }
  }
}
