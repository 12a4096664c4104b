// Each outcome's sentence, word for word.

import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import Testing

@Suite struct SentenceTests {
  let sample = Sample()

  @Test func aBreachedComparisonNamesFigureDemandAndMargin() {
    #expect(
      sample.sentence(
        "carbon_path", sample.test(.breached, period: "2024", derivation: sample.carbonPath(412)))
        == "Breached: `reduction(2019, period)` is 41.2% (2024); the requirement asks for at "
        + "least 50%. Short by 8.8 percentage points.")
  }

  @Test func aMetComparisonSaysWhatIsToSpare() {
    #expect(
      sample.sentence(
        "carbon_path", sample.test(.met, period: "2024", derivation: sample.carbonPath(510)))
        == "Met: `reduction(2019, period)` is 51% (2024); the requirement asks for at least 50%. "
        + "With 1 percentage point to spare.")
  }

  @Test func aTieIsCalledATie() {
    #expect(
      sample.sentence(
        "carbon_path", sample.test(.met, period: "2024", derivation: sample.carbonPath(500)))
        == "Met: `reduction(2019, period)` is 50% (2024); the requirement asks for at least 50%. "
        + "That is exactly the limit, which is enough.")
  }

  @Test func aListedOwnerIsNamedWithItsSpell() {
    let spell = Spell(from: day("2020-02-18"), until: day("2026-10-09"))
    let derivation = sample.taxHaven([("Holdco", 25, "PA", spell), ("Family", 60, "DE", nil)])
    #expect(
      sample.sentence(
        "no_tax_haven",
        sample.test(.breached, tested: "2021-03-01", due: "2021-03-01", derivation: derivation))
        == "Breached: Holdco: `o.through` is 25%, at least 25%, and `o.country` is PA (Panama), "
        + "listed 2020-02-18 until 2026-10-09 by published; there must be none.")
  }

  @Test func everyDecidingMemberIsNamed() {
    let first = Spell(from: day("2020-02-18"), until: nil)
    let derivation = sample.taxHaven([("Holdco", 30, "PA", first), ("Isle", 40, "VU", first)])
    #expect(
      sample.sentence("no_tax_haven", sample.test(.breached, derivation: derivation))
        == "Breached: Holdco: `o.through` is 30%, at least 25%, and `o.country` is PA (Panama), "
        + "listed since 2020-02-18 by published; Isle: `o.through` is 40%, at least 25%, and "
        + "`o.country` is VU (Vanuatu), listed since 2020-02-18 by published; there must be none.")
  }

  @Test func membersThatAreAlikeAreNamedTogether() {
    let spell = Spell(from: day("2020-02-18"), until: nil)
    let derivation = sample.taxHaven([
      ("Holdco", 30, "PA", spell), ("Isle", 40, "VU", spell), ("Twin", 30, "PA", spell),
    ])
    #expect(
      sample.sentence("no_tax_haven", sample.test(.breached, derivation: derivation))
        == "Breached: Holdco and Twin: `o.through` is 30%, at least 25%, and `o.country` is "
        + "PA (Panama), listed since 2020-02-18 by published; there must be none. Also: Isle: "
        + "`o.through` is 40%, at least 25%, and `o.country` is VU (Vanuatu), listed since "
        + "2020-02-18 by published.")
  }

  @Test func whatABreachRestsOnStandsBehindIt() {
    #expect(
      sample.sentence(
        "carbon_path",
        sample.test(
          .breached, period: "2024", remarks: [.restsOnEmptyList("cures")],
          derivation: sample.carbonPath(412)))
        == "Breached: `reduction(2019, period)` is 41.2% (2024); the requirement asks for at "
        + "least 50%; the list `cures` is empty. Short by 8.8 percentage points.")
  }

  @Test func manyAbsencesAreOneRemark() {
    #expect(
      sample.sentence(
        "carbon_path",
        sample.test(
          .met, period: "2024", remarks: (1...7).map { .restsOnAbsence("f\($0)") },
          derivation: sample.carbonPath(510)))
        == "Met: this rests on the absence of `f1`, `f2`, `f3`, `f4`, `f5` and 2 more; "
        + "`reduction(2019, period)` is 51% (2024); the requirement asks for at least 50%. With 1 "
        + "percentage point to spare.")
  }

  @Test func aForbiddenDayIsNotCalledEarly() {
    let signed = sample.fact("signed", "signed", .date(day("2021-07-01")), .date)
    let limit = sample.step(.literal, "2021-06-30", .known(.date(day("2021-06-30"))), .date)
    let compare = sample.truth(
      .compare(.greater), "signed <= 2021-06-30", true, [signed, limit])
    let derivation = sample.truth(
      .test, nil, false, [sample.truth(.clause("forbids"), nil, true, [compare])])
    #expect(
      sample.sentence("no_payout", sample.test(.breached, derivation: derivation))
        == "Breached: `signed` is 2021-07-01; the condition forbids a date after 2021-06-30.")
  }

  @Test func testsOfOneDayAreNoHistory() {
    func line(_ tests: [TestVerdict]) -> String {
      let verdict = ConditionVerdict(
        condition: ConditionID(0), outcome: .breached, tests: tests, consequences: [])
      return outcomeLine(verdict, asOf: Sample.asOf).text
    }
    let first = sample.test(.breached, member: "a[0]", due: "2024-12-31")
    #expect(
      line([first, sample.test(.met, member: "a[1]", due: "2024-12-31")]) == "breached (a[0])")
    #expect(
      line([first, sample.test(.met, member: "a[1]", due: "2025-01-31")])
        == "breached (a[0]); now met")
  }

  @Test func aMetQuantifierSaysHowManyWereLookedAt() {
    let derivation = sample.taxHaven([("Holdco", 10, "PA", nil), ("Isle", 40, "DE", nil)])
    #expect(
      sample.sentence("no_tax_haven", sample.test(.met, derivation: derivation))
        == "Met: none of the 2 in `chain(borrower.owners, product of share)` fits "
        + "`o.through >= 25% and o.country in tax_havens "
        + "by published on signed`.")
  }

  @Test func failingLimbsAreAllNamed() {
    #expect(
      sample.sentence(
        "leverage",
        sample.test(.breached, derivation: sample.leverage(ebitda: -1_000_000, debt: 5_000_000)))
        == "Breached: “EBITDA is positive”: `ebitda` is EUR -1,000,000.00; the requirement asks "
        + "for more than EUR 0.00. Short by EUR 1,000,000.00. Also: “ratio”: `net_debt` is "
        + "EUR 5,000,000.00; the requirement asks for at most EUR -3,500,000.00 (`3.5 * ebitda`). "
        + "Over by EUR 8,500,000.00.")
  }

  @Test func onlyTheFailingLimbIsNamed() {
    #expect(
      sample.sentence(
        "leverage",
        sample.test(.breached, derivation: sample.leverage(ebitda: 1_000_000, debt: 3_500_001)))
        == "Breached: “ratio”: `net_debt` is EUR 3,500,001.00; the requirement asks for at most "
        + "EUR 3,500,000.00 (`3.5 * ebitda`). Over by EUR 1.00.")
  }

  @Test func whatIsForbiddenIsCalledForbidden() {
    let amount = sample.fact(
      "p.amount", "payouts[1].amount", .quantity(fraction(5)), .quantity(Sample.euro))
    let zero = sample.step(.literal, "EUR 0", .known(.quantity(.zero)), .quantity(Sample.euro))
    let compare = sample.truth(.compare(.greater), "p.amount > EUR 0", true, [amount, zero])
    let derivation = sample.truth(
      .test, nil, false, [sample.truth(.clause("forbids"), nil, true, [compare])])
    #expect(
      sample.sentence(
        "no_payout", sample.test(.breached, member: "payouts[1]", derivation: derivation))
        == "Breached (payouts[1]): `p.amount` is EUR 5.00; the condition forbids more than "
        + "EUR 0.00. Over by EUR 5.00.")
  }

  @Test func aMissedDeadlineSaysByHowManyDays() {
    let repaid = sample.fact("repaid", "repaid", .date(day("2023-01-03")), .event)
    let deadline = sample.step(.literal, "2022-12-31", .known(.date(day("2022-12-31"))), .date)
    let by = sample.truth(.happenedBy, "repaid by 2022-12-31", false, [repaid, deadline])
    let derivation = sample.truth(
      .test, nil, false, [sample.truth(.clause("requires"), nil, false, [by])])
    #expect(
      sample.sentence("repaid_in_time", sample.test(.breached, derivation: derivation))
        == "Breached: `repaid` happened on 2023-01-03, after 2022-12-31. Late by 3 days.")
  }

  @Test func datesAreComparedAsDates() {
    let signed = sample.fact("signed", "signed", .date(day("2021-07-01")), .date)
    let limit = sample.step(.literal, "2021-06-30", .known(.date(day("2021-06-30"))), .date)
    let compare = sample.truth(
      .compare(.lessOrEqual), "signed <= 2021-06-30", false, [signed, limit])
    let derivation = sample.truth(
      .test, nil, false, [sample.truth(.clause("requires"), nil, false, [compare])])
    #expect(
      sample.sentence("signed_late", sample.test(.breached, derivation: derivation))
        == "Breached: `signed` is 2021-07-01; the requirement asks for a date no later than "
        + "2021-06-30. Late by 1 day.")
  }

  @Test func notApplicableSaysWhenItApplies() {
    let amount = sample.fact(
      "amount", "amount", .quantity(fraction(5_000_000)), .quantity(Sample.euro))
    let limit = sample.step(
      .literal, "EUR 10 million", .known(.quantity(fraction(10_000_000))), .quantity(Sample.euro))
    let compare = sample.truth(
      .compare(.greaterOrEqual), "amount >= EUR 10 million", false, [amount, limit])
    let derivation = sample.truth(
      .test, nil, false, [sample.truth(.clause("applies when"), nil, false, [compare])])
    #expect(
      sample.sentence("no_tax_haven", sample.test(.notApplicable, derivation: derivation))
        == "Not applicable: `amount` is EUR 5,000,000.00; the condition applies when it is at "
        + "least EUR 10,000,000.00.")
  }

  @Test func undeterminedNamesEveryMissingFact() {
    let reasons = ReasonSet([
      Reason(.missingFact, subject: "emissions[2024]"),
      Reason(.missingEvidence, subject: "emissions_report"),
    ])
    #expect(
      sample.sentence("carbon_path", sample.test(.undetermined, period: "2024", reasons: reasons))
        == "Cannot be said yet: `emissions` for 2024 is not given and evidence "
        + "`emissions_report` has not been received.")
  }

  @Test func exemptNamesTheExceptionAndWhy() {
    let substance = sample.fact("has_substance", "has_substance", .boolean(true), .boolean)
    let derivation = sample.truth(
      .test, nil, true, [sample.truth(.exception("Substance"), nil, true, [substance])])
    #expect(
      sample.sentence(
        "no_tax_haven",
        sample.test(
          .exempt, remarks: [.exemptBy(title: "Substance", under: "s. 4(3)")],
          derivation: derivation))
        == "Exempt under s. 4(3): “Substance” applies, because `has_substance` is true.")
  }

  @Test func anEmptyListIsToldInTheFirstSentence() {
    #expect(
      sample.sentence(
        "no_tax_haven",
        sample.test(
          .met, remarks: [.restsOnEmptyList("borrower.owners")], derivation: sample.taxHaven([])))
        == "Met: the list `borrower.owners` is empty.")
  }

  @Test func absenceIsToldInTheFirstSentence() {
    let text = sample.sentence(
      "carbon_path",
      sample.test(
        .met, period: "2024", remarks: [.restsOnAbsence("repaid")],
        derivation: sample.carbonPath(510)))
    #expect(text.hasPrefix("Met: this rests on the absence of `repaid`; `reduction"))
  }

  @Test func aWaiverShowsTheBreachBeneath() {
    #expect(
      sample.sentence(
        "carbon_path",
        sample.test(
          .waived, period: "2024", beneath: .breached,
          remarks: [.waivedBy(by: "the board", granted: day("2025-05-02"), why: "flood")],
          derivation: sample.carbonPath(412)))
        == "Waived by the board on 2025-05-02: “flood”. Beneath the waiver: Breached: "
        + "`reduction(2019, period)` is 41.2% (2024); the requirement asks for at least 50%. "
        + "Short by 8.8 percentage points.")
  }

  @Test func curesSayUntilWhenAndSinceWhen() {
    let open = sample.test(
      .inCure, period: "2024", remarks: [.curableUntil(day("2026-04-30"))],
      derivation: sample.carbonPath(412))
    #expect(
      sample.sentence("carbon_path", open).hasPrefix("In cure until 2026-04-30: `reduction"))
    let cured = sample.test(
      .cured, period: "2024", remarks: [.curedOn(day("2025-06-01"))],
      derivation: sample.carbonPath(412))
    #expect(
      sample.sentence("carbon_path", cured)
        .hasPrefix("Cured on 2025-06-01. Before that: `reduction"))
  }

  @Test func pendingSaysWhenItIsTested() {
    #expect(
      sample.sentence("carbon_path", sample.test(.pending, period: "2024"), asOf: day("2024-06-30"))
        == "Pending: it is tested on 2024-12-31, due on 2025-04-30.")
    #expect(
      sample.sentence(
        "carbon_path",
        sample.test(
          .pending, period: "2024", remarks: [.willBeBreached(on: day("2025-04-30"))],
          derivation: sample.carbonPath(412)), asOf: day("2025-01-31")
      ).hasPrefix("Pending: it will be breached on 2025-04-30, for it is certain already: `red"))
  }

  @Test func lateEvidenceIsRemarked() {
    let text = sample.sentence(
      "carbon_path",
      sample.test(
        .met, period: "2024", remarks: [.lateEvidence(kind: "emissions_report", days: 12)],
        derivation: sample.carbonPath(510)))
    #expect(text.hasSuffix(" The evidence `emissions_report` came late by 12 days."))
  }

  @Test func missingEvidenceThatBreachesIsTheReason() {
    #expect(
      sample.sentence(
        "carbon_path",
        sample.test(.breached, remarks: [.missingEvidenceIsBreach(kind: "emissions_report")]))
        == "Breached: no evidence `emissions_report` of the level asked for was received by "
        + "2025-04-30.")
  }

  @Test func withoutADerivationTheRequirementIsQuoted() {
    #expect(
      sample.sentence("carbon_path", sample.test(.breached, period: "2024"))
        == "Breached: what is required does not hold: "
        + "`reduction(2019, period) >= reduction_path at period` (2024).")
  }

  @Test func everyOutcomeAndReasonHasItsSentence() {
    for outcome in Outcome.allCases {
      #expect(sample.sentence("carbon_path", sample.test(outcome)).hasSuffix("."))
    }
    for code in ReasonCode.allCases {
      for detail in ["", "EUR and DKK"] {
        let reasons = ReasonSet(Reason(code, subject: "x.y", detail: detail))
        let text = sample.sentence("carbon_path", sample.test(.undetermined, reasons: reasons))
        #expect(text.count > 30, "\(code)")
      }
    }
  }
}

@Suite struct BoundsTests {
  @Test func aCountKnownWithinBoundsTellsThem() {
    let sample = Sample()
    let reasons = ReasonSet(Reason(.missingFact, subject: "borrower.owners[2].country"))
    let count = sample.step(
      .aggregate(.count), "ebitda", .between(low: fraction(2), high: fraction(4), reasons),
      .wholeNumber, [])
    let three = sample.step(.literal, "0", .known(.quantity(fraction(3))), .wholeNumber)
    let compare = sample.step(
      .compare(.greater), "ebitda > 0", .unknown(reasons), .boolean, [count, three])
    let derivation = sample.step(
      .test, nil, .unknown(reasons), .boolean,
      [sample.step(.clause("requires"), nil, .unknown(reasons), .boolean, [compare])])
    #expect(
      sample.sentence(
        "leverage", sample.test(.undetermined, reasons: reasons, derivation: derivation))
        == "Cannot be said yet: `borrower.owners[2].country` is not given; so far `ebitda` is "
        + "from 2 to 4; the requirement asks for more than 3.")
  }
}

@Suite struct OpenQuestionTests {
  let sample = Sample()
  let missing = ReasonSet(
    Reason(.missingEvidence, subject: "emissions_report", detail: "verified for 2024"))

  @Test func missingEvidenceTellsWhatTheFiguresSay() {
    #expect(
      sample.sentence(
        "carbon_path",
        sample.test(
          .undetermined, period: "2024", reasons: missing, derivation: sample.carbonPath(510)))
        == "Cannot be said yet: evidence `emissions_report`, verified for 2024, has not been "
        + "received. On what is reported the figures would do: `reduction(2019, period)` is 51% "
        + "(2024); the requirement asks for at least 50%. With 1 percentage point to spare.")
  }

  @Test func anOpenExceptionTellsTheBreachBeneath() {
    let open = ReasonSet(
      Reason(.missingAssessment, subject: "has_substance", detail: "tax officer"))
    #expect(
      sample.sentence(
        "carbon_path",
        sample.test(
          .undetermined, period: "2024", reasons: open, derivation: sample.carbonPath(412))
      ).hasPrefix(
        "Cannot be said yet: `has_substance` has not been assessed by the tax officer. Unless "
          + "that decides otherwise it is breached: `reduction(2019, period)` is 41.2% (2024);"))
  }

  @Test func missingEvidenceStandsBesideAFailure() {
    #expect(
      sample.sentence(
        "carbon_path",
        sample.test(
          .breached, period: "2024", remarks: [.missingEvidenceIsBreach(kind: "emissions_report")],
          derivation: sample.carbonPath(412))
      ).hasPrefix(
        "Breached: no evidence `emissions_report` of the level asked for was received by "
          + "2025-04-30; `reduction(2019, period)` is 41.2%"))
  }

  @Test func aCureTellsWhatPutItRight() {
    let level = sample.fact("ebitda", "redeemed", .quantity(.one), .quantity(.percent))
    let whole = sample.percent("25%", 1000, of: .literal)
    let cured = sample.truth(
      .clause("cure"), nil, true,
      [sample.truth(.compare(.equal), "ebitda > 0", true, [level, whole])])
    let breach = sample.carbonPath(412)
    let derivation = Derivation(
      operation: .test, result: breach.result, span: nil, children: breach.children + [cured])
    #expect(
      sample.sentence(
        "carbon_path",
        sample.test(
          .cured, period: "2024", remarks: [.curedOn(day("2025-06-01")), .cureSpent("x")],
          derivation: derivation)
      ).hasPrefix("Cured on 2025-06-01: `ebitda` is 100%. Before that: `reduction"))
  }
}
