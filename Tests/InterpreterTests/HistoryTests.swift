// Timelines, what later knowledge changes, and that known-at is deletion for everything recorded.

import ProvisoInterpreter
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import Testing

@Suite("History") struct HistoryTests {
  private static let text = """
    ruleset aid "Aid" { version "1" months end on the last day }
    contract { signed : date  emissions : tCO2e by year  staff : FTE }
    condition limited "At most 100 tonnes" {
      tested   yearly from 2021 to 2022, due 3 months after
      requires emissions at period <= 100 tCO2e
      evidence report, verified
      cure     when staff >= 10 FTE, within 2 months
    }
    determination total "Emissions in all" : tCO2e = sum(emissions from 2021 to 2022)
    scenario "History" {
      given {
        signed = 2021-01-01,
        emissions = {
          { versions = [ { value = 90 tCO2e, recorded = 2022-02-01 },
                         { value = 110 tCO2e, recorded = 2023-05-01 } ] } at 2021,
          { value = 80 tCO2e, recorded = 2023-02-01 } at 2022 },
        staff = { versions = [ { value = 9 FTE, from = 2021-01-01 },
                               { value = 12 FTE, from = 2024-01-01, recorded = 2024-01-05 } ] },
        evidence = [
          { id = "E-1", kind = report, level = stated, covers = 2021, received = 2022-03-15 },
          { id = "E-2", kind = report, level = verified, covers = 2021, received = 2022-04-20 },
          { id = "E-3", kind = report, level = verified, covers = 2022, received = 2023-03-01 } ],
        waivers = [ { condition = limited, tests = [2021], granted = 2023-08-01,
                      recorded = 2023-08-15, by = "lender" } ] }
      as of 2023-12-31
      expect limited at 2021 waived, limited at 2022 met
    }
    """

  private func history() throws -> (LoadedRuleset, Scenario) {
    let loaded = try evaluator(Self.text)
    return (loaded, try #require(loaded.checked.scenarios.first))
  }

  private func developments(_ entry: TimelineEntry) -> [String] {
    entry.developments.map { "\($0.on) \($0.outcome.rawValue)" }
  }

  @Test func theTimelineTellsEveryTestAndHowItDeveloped() throws {
    try expectScenarios(Self.text)
    let (loaded, scenario) = try history()
    let timeline = try #require(
      loaded.evaluator.timeline(
        of: ConditionID(0), scenario.given, asOf: scenario.asOf, knownAt: scenario.asOf))
    #expect(timeline.entries.count == 2)
    // Without its evidence a figure that would do is undetermined when due; the late report makes
    // it met; the restatement breaches it, the time to cure being over; the waiver is laid over
    // that on the day it was entered.
    #expect(
      developments(timeline.entries[0]) == [
        "2021-12-31 pending", "2022-03-31 undetermined", "2022-04-20 met", "2023-05-01 breached",
        "2023-08-15 waived",
      ])
    #expect(timeline.entries[0].test.lastCureDay == day("2022-05-31"))
    #expect(timeline.entries[0].evidence.map(\.item.id) == ["E-1", "E-2"])
    #expect(timeline.entries[0].evidence.map(\.isSufficient) == [false, true])
    #expect(timeline.entries[0].evidence.map(\.daysLate) == [nil, 20])
    #expect(
      developments(timeline.entries[1]) == ["2022-12-31 pending", "2023-03-01 met"])
    #expect(timeline.entries[1].test.finalDay == day("2023-03-31"))
  }

  @Test func theTimelineIsToldInEveryForm() throws {
    let (loaded, scenario) = try history()
    let verdict = loaded.evaluator.evaluate(
      scenario.given, asOf: scenario.asOf, knownAt: scenario.asOf, tracing: .withDerivations)
    let timeline = try #require(
      loaded.evaluator.timeline(
        of: ConditionID(0), scenario.given, asOf: scenario.asOf, knownAt: scenario.asOf))
    let explanation = Explanation(
      verdict: verdict, ruleset: loaded.checked, identity: loaded.identity,
      contractDigest: "sha256:0", timelines: [timeline])
    let text = explanation.text(
      TextOptions(isFull: true, focus: ExplanationFocus(condition: ConditionID(0))))
    #expect(text.contains("2022-04-20  evidence E-2 received (`report`, verified, for 2021), late"))
    #expect(text.contains("2023-08-15  waived by lender, beneath it breached, until now"))
    #expect(explanation.markdown().contains("- 2023-05-01: breached"))
    #expect(explanation.html().contains("2023-05-01 <span class=\"bad\">breached</span>"))
    #expect(explanation.json().contains("\"on\": \"2023-05-01\""))
  }

  @Test func theRestatementThatMakesTheDifferenceIsNamed() throws {
    let (loaded, scenario) = try history()
    // Asked with what was known at the end of 2022: later only the restatement breaches 2021; the
    // figure for 2022 and the waiver change other tests.
    let comparison = try #require(
      loaded.evaluator.comparison(
        of: scenario.given, asOf: day("2023-06-30"), earlier: day("2022-12-31"),
        later: day("2023-07-31"), isLaterAsked: false))
    // The report for 2022 carries no recording date, but the day on which it was received.
    #expect(comparison.changeCount == 3)
    let mass = ValueType.quantity(try unit("tCO2e"))
    let tests = comparison.differences.compactMap { difference -> (String, [RecordedChange])? in
      guard case .test(_, let label, let before, let after) = difference.subject else { return nil }
      let words = "\(label ?? "") \(before?.rawValue ?? "-") \(after?.rawValue ?? "-")"
      return (words, difference.changes)
    }
    #expect(tests.map(\.0) == ["2021 met breached", "2022 undetermined met"])
    #expect(
      tests.map(\.1) == [
        [
          .value(
            path: "emissions[2021]", on: day("2023-05-01"), before: tonnes(90), after: tonnes(110),
            mass)
        ],
        [
          .value(
            path: "emissions[2022]", on: day("2023-02-01"), before: nil, after: tonnes(80),
            mass),
          .evidence(scenario.given.evidence[2]),
        ],
      ])
    // The determination needs both.
    #expect(comparison.differences.last?.changes.count == 2)
  }

  private func tonnes(_ number: Int) -> Value { .quantity(Fraction(number * 1_000_000)) }
  private func unit(_ symbol: String) throws -> ProvisoQuantities.Unit {
    try UnitCatalogue.standard.read(symbol).get()
  }

  @Test func aRestatementThatChangesNothingIsSaidToChangeNothing() throws {
    let (loaded, scenario) = try history()
    let comparison = try #require(
      loaded.evaluator.comparison(
        of: scenario.given, asOf: day("2023-12-31"), earlier: day("2023-12-31"), later: nil,
        isLaterAsked: false))
    #expect(comparison.changeCount == 1)
    #expect(comparison.differences.isEmpty)
    #expect(
      loaded.evaluator.comparison(
        of: scenario.given, asOf: day("2023-12-31"), earlier: day("2024-01-05"), later: nil,
        isLaterAsked: false) == nil)
  }

  // MARK: Known-at is deletion

  /// A ruleset that reads every kind of thing that has a recording date, and contracts in which
  /// each was recorded on one of the days of 2024.
  private static let everything = """
    ruleset all "All" { version "1" months end on the last day }
    record P { on_day : date  amount : EUR } identified by on_day
    contract {
      signed : date  a : EUR  s : EUR by year  l : percent by date  p : list of P dated on_day
      best : EUR, best evidence decides   shown : number, as published
      chosen : one of { x, y }, elected by "borrower"   sound : boolean, assessed by "auditor"
    }
    condition fact "Fact" { requires a >= EUR 5 }
    condition in_series "Series" { tested yearly from 2021 to 2023 requires s at period >= EUR 5 evidence report, verified }
    condition level "Level" { requires l at as_of >= 50% }
    condition members "Members" { for each m in p tested on m.on_day requires m.amount >= EUR 5 }
    condition ranked "Ranked" { requires best >= EUR 5 }
    condition published "Published" { requires shown >= 5.2 }
    condition choice "Choice" { requires chosen = x }
    condition judged "Judged" { requires sound }
    condition proved "Proved" { requires a is verified }
    """

  @Test func knownAtIsDeletionForEverythingThatHasARecordingDate() throws {
    let loaded = try evaluator(Self.everything)
    var random = HistorySeed(state: 1)
    let asOf = day("2024-12-31")
    var changed = 0
    for round in 0..<400 {
      let contract = random.contract()
      let known = random.day()
      let looking = loaded.evaluator.evaluate(
        contract, asOf: asOf, knownAt: known, tracing: .verdictsOnly)
      let deleted = loaded.evaluator.evaluate(
        contract.without(recordedAfter: known), asOf: asOf, knownAt: known, tracing: .verdictsOnly)
      #expect(looking.conditions == deleted.conditions, "round \(round)")
      #expect(deleted.laterFactCount == 0)
      let today = loaded.evaluator.evaluate(
        contract, asOf: asOf, knownAt: asOf, tracing: .verdictsOnly)
      if today.conditions != looking.conditions { changed += 1 }
    }
    #expect(changed > 200, "knowledge does change something")
  }
}

/// A generator of contracts for the ruleset of everything; one seed, one sequence.
private struct HistorySeed {
  var state: UInt64
  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(((state >> 33) ^ (state >> 17)) % UInt64(max(bound, 1)))
  }
  mutating func day() -> CalendarDate {
    CalendarDate(year: 2024, month: 1 + next(12), day: 1 + next(28)) ?? .first
  }
  private static func newYear(_ year: Int) -> CalendarDate {
    CalendarDate(year: year, month: 1, day: 1) ?? .first
  }
  mutating func recorded() -> CalendarDate? { next(4) == 0 ? nil : day() }

  private mutating func versions(_ value: (inout HistorySeed) -> Value) -> Fact {
    .versions(
      (0...next(3)).map { _ in
        FactVersion(
          value: .scalar(value(&self)),
          from: next(3) == 0 ? Self.newYear(2020 + next(4)) : nil,
          recorded: recorded(), evidence: next(2) == 0 ? "E-\(next(3))" : nil)
      })
  }

  mutating func contract() -> Contract {
    let euros = { (random: inout HistorySeed) in Value.quantity(Fraction(random.next(10))) }
    // In the order in which they were recorded, so that leaving the later ones out does not give the
    // others other numbers.
    let recordings = (0..<next(4)).map { _ in recorded() }
      .sorted { ($0 ?? .first) < ($1 ?? .first) }
    let members = recordings.enumerated().map { index, recorded -> Fact in
      let date = Value.date(CalendarDate(year: 2020 + index, month: 6, day: 1) ?? .first)
      return .versions([
        FactVersion(
          value: .record([.plain(.scalar(date)), versions(euros)]), recorded: recorded)
      ])
    }
    let half = try? Fraction(1) / Fraction(2)
    let signed = Fact.plain(.scalar(.date(Self.newYear(2020))))
    let amount = versions(euros)
    let entries = (2021...2023).map { year -> SeriesEntry in
      SeriesEntry(
        period: Period.containing(Self.newYear(year), length: .year), fact: versions(euros))
    }
    let share = versions { .quantity($0.next(2) == 0 ? Fraction.zero : Fraction.one) }
    let levels = [LevelEntry(date: Self.newYear(2021), fact: share)]
    let list = FactVersion(value: .list(FactList(members: members)), recorded: recorded())
    let ranked = versions(euros)
    let figure = FactVersion(
      value: .scalar(.quantity(Fraction(3 + next(5)))), recorded: recorded(), halfUnit: half)
    let chosen = versions { .member($0.next(2)) }
    let facts: [Fact] = [
      signed, amount, .plain(.series(entries)), .plain(.levels(levels)), .versions([list]),
      ranked, .versions([figure]), chosen, .absent,
    ]
    return Contract(
      id: "C-1",
      facts: facts,
      evidence: (0..<3).map { index in
        EvidenceItem(
          id: "E-\(index)", kind: "report", level: AssuranceLevel.allCases[next(6)],
          covers: Period.containing(Self.newYear(2021 + index), length: .year),
          received: Self.newYear(2023), recorded: recorded())
      },
      assessments: (0..<next(3)).map { _ in
        Assessment(
          field: "sound", value: .boolean(next(2) == 0), by: "auditor",
          on: Self.newYear(2023), why: "looked",
          recorded: recorded())
      },
      waivers: (0..<next(3)).map { _ in
        Waiver(
          condition: next(2) == 0 ? "fact" : "in_series",
          granted: Self.newYear(2024), by: "lender", why: "",
          recorded: recorded())
      })
  }
}

extension Contract {
  /// The contract as it would be if nothing had been recorded after a day: written anew, without
  /// the interpreter's own way of leaving things out.
  fileprivate func without(recordedAfter day: CalendarDate) -> Contract {
    let isKnown = { (recorded: CalendarDate?) in recorded.map { $0 <= day } ?? true }
    return Contract(
      id: id, facts: facts.map { $0.without(isKnown) },
      evidence: evidence.filter { isKnown($0.recorded) },
      assessments: assessments.filter { isKnown($0.recorded) },
      waivers: waivers.filter { isKnown($0.recorded) })
  }
}

extension Fact {
  fileprivate func without(_ isKnown: (CalendarDate?) -> Bool) -> Fact {
    switch self {
    case .absent: return .absent
    case .plain(let value): return .plain(value.without(isKnown))
    case .versions(let versions):
      let kept = versions.filter { isKnown($0.recorded) }.map {
        FactVersion(
          value: $0.value?.without(isKnown), from: $0.from, recorded: $0.recorded,
          evidence: $0.evidence, elected: $0.elected, halfUnit: $0.halfUnit)
      }
      return kept.isEmpty ? .absent : .versions(kept)
    }
  }
}

extension FactValue {
  fileprivate func without(_ isKnown: (CalendarDate?) -> Bool) -> FactValue {
    switch self {
    case .scalar: self
    case .record(let facts): .record(facts.map { $0.without(isKnown) })
    case .list(let list):
      // A member of which nothing was recorded yet is not there: the list was complete without it.
      .list(
        FactList(
          members: list.members.map { ($0, $0.without(isKnown)) }
            .filter { $0.0 == .absent || $0.1 != .absent }.map(\.1),
          completeUntil: list.completeUntil))
    case .series(let entries):
      .series(entries.map { SeriesEntry(period: $0.period, fact: $0.fact.without(isKnown)) })
    case .levels(let entries):
      // Nor is a level of which nothing was recorded yet: the one before it stands.
      .levels(
        entries.map { ($0, LevelEntry(date: $0.date, fact: $0.fact.without(isKnown))) }
          .filter { $0.0.fact == .absent || $0.1.fact != .absent }.map(\.1))
    }
  }
}
