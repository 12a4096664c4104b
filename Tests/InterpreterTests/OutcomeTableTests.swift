// The outcome table of the language, row by row, and the waiver that is laid over it.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import ProvisoTestSupport
import Testing

@Suite("The outcome table") struct OutcomeTableTests {
  let oneMonth = CalendarDuration(months: 1)

  /// A condition tested on a day, due a month later.
  private func specimen(
    requires: Truth, applies: Truth? = nil, unless: Truth? = nil, on date: String = "2024-01-31",
    cure: ((inout Specimen) -> Cure)? = nil
  ) -> Specimen {
    var specimen = Specimen()
    let requirement = specimen.statement(requires, "kept")
    let appliesWhen = applies.map { specimen.statement($0, "applies") }
    let exceptions = unless.map { [("Excuse", specimen.statement($0, "excused"))] } ?? []
    let cure = cure?(&specimen)
    let date = specimen.builder.day(date)
    specimen.builder.condition(
      "k", requires: requirement, schedule: .on(date), due: .after(oneMonth, nil),
      appliesWhen: appliesWhen, unless: exceptions, cure: cure)
    return specimen
  }

  private func cure(
    _ specimen: inout Specimen, from: String, _ window: CureWindow? = nil, known: Bool = true
  ) -> Cure {
    let fact: Fact =
      known
      ? .history([(.boolean(false), nil, nil), (.boolean(true), from, nil)]) : .absent
    let repaired = specimen.field("repaired", .boolean, fact)
    return Cure(
      condition: repaired, window: window ?? .within(CalendarDuration(months: 6), nil),
      atMost: nil, isNeverTwiceInARow: false, span: RulesetBuilder.span(0))
  }

  @Test func row1_testDateUnknown() throws {
    var specimen = Specimen()
    let date = specimen.field("tested_on", .date, .absent)
    let kept = specimen.statement(.false)
    specimen.builder.condition("k", requires: kept, schedule: .on(date))
    let test = try specimen.test("2024-12-31")
    #expect(test.outcome == .undetermined)
    #expect(test.testDate == nil)
    #expect(test.reasons.subjects == ["tested_on"])
    #expect(test.requests.map(\.detail) == ["give `tested_on`"])
  }

  @Test func row1_dueDateUnknown() throws {
    var specimen = Specimen()
    let due = specimen.field("deadline", .date, .absent)
    let kept = specimen.statement(.true)
    let date = specimen.builder.day("2024-01-31")
    specimen.builder.condition("k", requires: kept, schedule: .on(date), due: .on(due))
    #expect(try specimen.test("2024-12-31").outcome == .undetermined)
  }

  @Test func row1_dueDateOutOfRange() throws {
    var specimen = Specimen()
    let kept = specimen.statement(.true)
    let date = specimen.builder.day("9999-12-31")
    specimen.builder.condition(
      "k", requires: kept, schedule: .on(date), due: .after(oneMonth, nil))
    let test = try specimen.test("2024-12-31")
    #expect(test.outcome == .undetermined)
    #expect(test.reasons.codes == [.dateOutOfRange])
  }

  @Test func row1_dueBeyondTheHolidayList() throws {
    // The builder's list of holidays is empty, so it says nothing of any day.
    var specimen = Specimen()
    let kept = specimen.statement(.true)
    let date = specimen.builder.day("2024-01-31")
    specimen.builder.condition(
      "k", requires: kept, schedule: .on(date),
      due: .after(CalendarDuration(businessDays: 5), nil))
    let test = try specimen.test("2024-12-31")
    #expect(test.outcome == .undetermined)
    #expect(test.reasons.codes == [.beyondHolidays])
  }

  @Test func row10_cureBeyondTheHolidayList() throws {
    var specimen = Specimen()
    let kept = specimen.statement(.false)
    let repaired = specimen.statement(.true, "repaired")
    let date = specimen.builder.day("2024-01-31")
    specimen.builder.condition(
      "k", requires: kept, schedule: .on(date),
      cure: Cure(
        condition: repaired,
        window: .within(CalendarDuration(businessDays: 5), nil), atMost: nil,
        isNeverTwiceInARow: false, span: RulesetBuilder.span(0)))
    let test = try specimen.test("2024-12-31")
    #expect(test.outcome == .undetermined)
    #expect(test.reasons.codes == [.beyondHolidays])
  }

  @Test func row2_notApplicable() throws {
    for requires in Truth.allCases {
      for unless in Truth.allCases {
        let test = try specimen(requires: requires, applies: .false, unless: unless)
          .test("2024-12-31")
        #expect(test.outcome == .notApplicable)
        #expect(test.reasons.isEmpty)
      }
    }
  }

  @Test func row2_comesBeforePending() throws {
    #expect(
      try specimen(requires: .true, applies: .false).test("2023-06-30").outcome == .notApplicable)
  }

  @Test func row3_exempt() throws {
    for requires in Truth.allCases {
      let test = try specimen(requires: requires, applies: .true, unless: .true)
        .test("2024-12-31")
      #expect(test.outcome == .exempt)
      #expect(test.remarks == [.exemptBy(title: "Excuse", under: nil)])
    }
  }

  @Test func row3_needsThatItApplies() throws {
    let test = try specimen(requires: .false, applies: .unknown, unless: .true)
      .test("2024-12-31")
    #expect(test.outcome == .undetermined)
  }

  @Test func row4_pendingBeforeTheTestDate() throws {
    let specimen = specimen(requires: .false)
    #expect(try specimen.test("2024-01-30").outcome == .pending)
    #expect(try specimen.test("2024-01-30").remarks.isEmpty)
    #expect(try specimen.test("2024-01-31").outcome == .pending)
  }

  @Test func row4_anEventThatHasNotHappenedIsPending() throws {
    var specimen = Specimen()
    let date = specimen.field("repaid", .event, .value(.none))
    let kept = specimen.statement(.false)
    specimen.builder.condition("k", requires: kept, schedule: .on(date))
    #expect(try specimen.test("2024-12-31").outcome == .pending)
  }

  @Test func row5_met() throws {
    #expect(try specimen(requires: .true).test("2024-01-31").outcome == .met)
    #expect(
      try specimen(requires: .true, applies: .true, unless: .unknown).test("2024-12-31").outcome
        == .met)
  }

  @Test func row6_pendingBeforeTheDueDate() throws {
    let certain = try specimen(requires: .false).test("2024-02-28")
    #expect(certain.outcome == .pending)
    #expect(certain.remarks == [.willBeBreached(on: day("2024-02-29"))])
    let open = try specimen(requires: .unknown).test("2024-02-28")
    #expect(open.outcome == .pending)
    #expect(open.remarks.isEmpty)
    #expect(open.reasons.subjects == ["kept"])
    let excusable = try specimen(requires: .false, unless: .unknown).test("2024-02-28")
    #expect(excusable.remarks.isEmpty)
  }

  @Test func row7_undetermined() throws {
    #expect(try specimen(requires: .unknown).test("2024-02-29").outcome == .undetermined)
    let test = try specimen(requires: .true, applies: .unknown).test("2024-02-29")
    #expect(test.outcome == .undetermined)
    #expect(test.reasons.subjects == ["applies"])
  }

  @Test func row7_anUnknownExceptionTurnsAFailureIntoAQuestion() throws {
    let test = try specimen(requires: .false, unless: .unknown).test("2024-12-31")
    #expect(test.outcome == .undetermined)
    #expect(test.reasons.subjects == ["excused"])
  }

  @Test func row7_theReasonsAreThoseOfEveryClause() throws {
    let test = try specimen(requires: .unknown, applies: .unknown, unless: .unknown)
      .test("2024-12-31")
    #expect(test.reasons.subjects == ["applies", "excused", "kept"])
  }

  @Test func row8_cured() throws {
    let specimen = specimen(requires: .false) { cure(&$0, from: "2024-08-29") }
    let test = try specimen.test("2024-12-31")
    #expect(test.outcome == .cured)
    #expect(test.remarks == [.curedOn(day("2024-08-29"))])
  }

  @Test func row8_notOnTheDueDateItself() throws {
    // What is right from the due date on is tried first on the day after it.
    let specimen = specimen(requires: .false) { cure(&$0, from: "2024-02-29") }
    #expect(try specimen.test("2024-02-29").outcome == .inCure)
    #expect(try specimen.test("2024-03-01").remarks == [.curedOn(day("2024-03-01"))])
  }

  @Test func row9_inCureUpToTheLastDay() throws {
    let specimen = specimen(requires: .false) { cure(&$0, from: "2024-12-31") }
    let test = try specimen.test("2024-08-29")
    #expect(test.outcome == .inCure)
    #expect(test.remarks == [.curableUntil(day("2024-08-29"))])
    #expect(try specimen.test("2024-08-30").outcome == .breached)
  }

  @Test func row9_anUnknownCureIsStillInCure() throws {
    let specimen = specimen(requires: .false) { cure(&$0, from: "2024-12-31", known: false) }
    #expect(try specimen.test("2024-08-29").outcome == .inCure)
  }

  @Test func row10_undeterminedWhenTheCureIsUnknown() throws {
    let specimen = specimen(requires: .false) { cure(&$0, from: "2024-12-31", known: false) }
    let test = try specimen.test("2024-08-30")
    #expect(test.outcome == .undetermined)
    #expect(test.reasons.subjects == ["repaired"])
  }

  @Test func row11_breached() throws {
    let test = try specimen(requires: .false).test("2024-02-29")
    #expect(test.outcome == .breached)
    #expect(test.testDate == day("2024-01-31"))
    #expect(test.dueDate == day("2024-02-29"))
  }

  @Test func row11_atAnyTimeIsBreachedUntilCured() throws {
    let specimen = specimen(requires: .false) { cure(&$0, from: "2025-06-01", .atAnyTime) }
    #expect(try specimen.test("2024-12-31").outcome == .breached)
    #expect(try specimen.test("2024-12-31").remarks == [.curableAtAnyTime])
    #expect(try specimen.test("2025-06-01").outcome == .cured)
  }

  @Test func forbidsTurnsTheStatement() throws {
    for (truth, outcome) in [
      (Truth.true, Outcome.breached), (.false, .met), (.unknown, .undetermined),
    ] {
      var specimen = Specimen()
      let statement = specimen.statement(truth)
      specimen.builder.condition("k", requires: statement, polarity: .forbids)
      #expect(try specimen.test("2024-12-31").outcome == outcome)
    }
  }

  @Test func aDoubtHoldsBackAMetAndNothingElse() throws {
    for (requires, doubt, outcome) in [
      (Truth.true, Truth.false, Outcome.met), (.true, .true, .undetermined),
      (.true, .unknown, .undetermined), (.false, .true, .breached),
    ] {
      var specimen = Specimen()
      let statement = specimen.statement(requires)
      let doubtful = specimen.statement(doubt)
      specimen.builder.condition("k", requires: statement, doubts: [("not disclosed", doubtful)])
      let test = try specimen.test("2024-12-31")
      #expect(test.outcome == outcome)
      if outcome == .undetermined {
        #expect(test.reasons.reasons.contains { $0.detail == "not disclosed" })
      }
    }
  }

  // MARK: Waivers

  private func waived(
    _ specimen: Specimen, tests: [String] = [], granted: String = "2024-03-01",
    expires: String? = nil, recorded: String? = nil
  ) -> Specimen {
    var specimen = specimen
    specimen.waivers = [
      Waiver(
        condition: "k", tests: tests, granted: day(granted), expires: expires.map(day),
        by: "The board", why: "A flood", recorded: recorded.map(day))
    ]
    return specimen
  }

  @Test func waived_laysOverABreach() throws {
    let test = try waived(specimen(requires: .false)).test("2024-12-31")
    #expect(test.outcome == .waived)
    #expect(test.beneath == .breached)
    #expect(
      test.remarks == [.waivedBy(by: "The board", granted: day("2024-03-01"), why: "A flood")])
  }

  @Test func waived_laysOverOpenTests() throws {
    #expect(try waived(specimen(requires: .unknown)).test("2024-12-31").beneath == .undetermined)
    let inCure = specimen(requires: .false) { cure(&$0, from: "2024-12-31") }
    #expect(try waived(inCure).test("2024-08-01").beneath == .inCure)
  }

  @Test func waived_leavesOtherRowsAlone() throws {
    #expect(try waived(specimen(requires: .true)).test("2024-12-31").outcome == .met)
    #expect(
      try waived(specimen(requires: .false), granted: "2023-01-01").test("2024-02-01").outcome
        == .pending)
    #expect(
      try waived(specimen(requires: .false, applies: .false)).test("2024-12-31").outcome
        == .notApplicable)
  }

  @Test func waived_onlyWhenGrantedByThenAndKnownByThen() throws {
    #expect(
      try waived(specimen(requires: .false), granted: "2025-01-01").test("2024-12-31").outcome
        == .breached)
    let later = waived(specimen(requires: .false), recorded: "2024-06-01")
    #expect(try later.test("2024-12-31", known: "2024-05-31").outcome == .breached)
    #expect(try later.test("2024-12-31", known: "2024-06-01").outcome == .waived)
  }

  @Test func waived_expiryBoundsTheTestsNotTheEffect() throws {
    // Due on 2024-02-29: a waiver that expires that day covers it for good.
    #expect(
      try waived(specimen(requires: .false), expires: "2024-02-29").test("2030-12-31").outcome
        == .waived)
    #expect(
      try waived(specimen(requires: .false), expires: "2024-02-28").test("2024-12-31").outcome
        == .breached)
  }

  @Test func waived_onlyTheTestsNamed() throws {
    #expect(
      try waived(specimen(requires: .false), tests: ["2024-01-31"]).test("2024-12-31").outcome
        == .waived)
    #expect(
      try waived(specimen(requires: .false), tests: ["2023"]).test("2024-12-31").outcome
        == .breached)
  }

  // MARK: Conditions and contracts

  @Test func theContractHasTheWorstThatAConditionHas() {
    for (truths, outcome) in [
      ([Truth.true, .false, .unknown], Outcome.breached), ([.true, .unknown], .undetermined),
      ([.true, .true], .met),
    ] {
      var specimen = Specimen()
      for (position, truth) in truths.enumerated() {
        let statement = specimen.statement(truth)
        specimen.builder.condition("k\(position)", requires: statement)
      }
      #expect(specimen.verdict("2024-12-31").outcome == outcome)
    }
  }

  @Test func exemptCountsAsMetAndNothingApplicableIsNotApplicable() {
    #expect(specimen(requires: .false, unless: .true).verdict("2024-12-31").outcome == .met)
    #expect(
      specimen(requires: .false, applies: .false).verdict("2024-12-31").outcome == .notApplicable)
  }

  @Test func governsBoundsTheRuleset() throws {
    for (signed, outcome) in [
      (Fact.value(.on("2020-12-31")), Outcome.notGoverned), (.value(.on("2021-01-01")), .breached),
      (.value(.on("2022-12-31")), .breached), (.value(.on("2023-01-01")), .notGoverned),
      (.absent, .undetermined),
    ] {
      var specimen = Specimen()
      let date = specimen.field("signed", .date, signed)
      let kept = specimen.statement(.false)
      specimen.builder.condition("k", requires: kept)
      specimen.builder.ruleset.governs = Governs(
        date: date, from: day("2021-01-01"), until: day("2023-01-01"), span: RulesetBuilder.span(0))
      let verdict = specimen.verdict("2024-12-31")
      #expect(verdict.outcome == outcome)
      #expect(verdict.conditions.isEmpty == (outcome == .notGoverned))
      if outcome == .undetermined {
        #expect(verdict.conditions[0].tests[0].reasons.codes == [.governsUnknown, .missingFact])
      }
    }
  }
}
