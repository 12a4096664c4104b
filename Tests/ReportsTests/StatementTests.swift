// Single statements of every kind, as the sentence of a test words them.

import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import Testing

@Suite struct StatementTests {
  let sample = Sample()

  /// The body of the sentence of a breach or a pass that one statement decided.
  private func told(
    _ statement: Derivation, holds: Bool, condition: String = "leverage"
  ) -> String {
    let polarity = sample.condition(condition).polarity
    let isMet = holds == (polarity == .requires)
    let derivation = sample.truth(
      .test, nil, isMet, [sample.truth(.clause(polarity.rawValue), nil, holds, [statement])])
    let text = sample.sentence(
      condition, sample.test(isMet ? .met : .breached, derivation: derivation))
    return String(text.dropFirst(isMet ? "Met: ".count : "Breached: ".count))
  }

  private func country(_ code: String) -> Derivation {
    sample.fact("o.country", "country", .country(CountryCode(text: code)!), .country)
  }

  @Test func membershipOfASet() {
    let set = Derivation(
      operation: .collection, result: .collection(summary: "2 members", count: 2),
      span: sample.span("borrower.owners"))
    let within = sample.truth(.memberOf, nil, true, [country("PA"), set])
    #expect(told(within, holds: true) == "`o.country` is PA (Panama), one of `borrower.owners`.")
    let outside = sample.truth(.memberOf, nil, false, [country("DE"), set])
    #expect(
      told(outside, holds: false) == "`o.country` is DE (Germany), none of `borrower.owners`.")
  }

  @Test func listings() {
    let signed = sample.fact("signed", "signed", .date(day("2021-03-01")), .date)
    let spell = Spell(from: day("2020-02-18"), until: nil)
    let isIn = sample.truth(
      .listed(ListID(0), dating: 0, spell: spell), nil, true, [country("PA"), signed])
    let isOut = sample.truth(
      .listed(ListID(0), dating: 0, spell: nil), nil, false, [country("DE"), signed])
    #expect(
      told(isOut, holds: false)
        == "`o.country` is DE (Germany), not listed in `tax_havens` by decision on 2021-03-01; "
        + "the requirement asks that it is listed.")
    #expect(
      told(isIn, holds: true, condition: "no_payout")
        == "`o.country` is PA (Panama), listed in `tax_havens` since 2020-02-18 by decision; the "
        + "condition forbids that.")
    #expect(
      told(sample.truth(.not, nil, false, [isIn]), holds: false)
        == "`o.country` is PA (Panama), listed in `tax_havens` since 2020-02-18 by decision; the "
        + "requirement asks that it is not.")
    #expect(
      told(isIn, holds: true)
        == "`o.country` is PA (Panama), listed in `tax_havens` since 2020-02-18 by decision.")
  }

  @Test func eventsAndDeadlines() {
    let deadline = sample.step(.literal, "2022-12-31", .known(.date(day("2022-12-31"))), .date)
    let never = sample.fact("repaid", "repaid", .none, .event)
    #expect(
      told(sample.truth(.happenedBy, nil, false, [never, deadline]), holds: false)
        == "`repaid` had not happened by 2022-12-31.")
    let onTheDay = sample.fact("repaid", "repaid", .date(day("2022-12-31")), .event)
    #expect(
      told(sample.truth(.happenedBy, nil, true, [onTheDay, deadline]), holds: true)
        == "`repaid` happened on 2022-12-31, by 2022-12-31.")
    #expect(
      told(sample.truth(.isNone, nil, true, [never]), holds: true) == "`repaid` has not happened.")
    #expect(
      told(sample.truth(.isNone, nil, false, [onTheDay]), holds: false) == "`repaid` has happened.")
    let compare = sample.truth(
      .compare(.lessOrEqual), "signed <= 2021-06-30", false, [never, deadline])
    #expect(
      told(compare, holds: false)
        == "`repaid` is none (has not happened); the requirement asks for a date no later than "
        + "2022-12-31.")
  }

  @Test func proofAndOtherConditions() {
    let debt = sample.fact("net_debt", "net_debt", .quantity(.zero), .quantity(Sample.euro))
    #expect(
      told(sample.truth(.isKnown, nil, true, [debt]), holds: true) == "`net_debt` is known.")
    #expect(
      told(sample.truth(.isAssured(.verified), nil, false, [debt]), holds: false)
        == "`net_debt` is not verified.")
    #expect(
      told(sample.truth(.conditionState(ConditionID(0), .met), nil, false), holds: false)
        == "`carbon_path` is not met.")
  }

  @Test func wordsAreComparedAsWords() {
    let type = ValueType.enumeration(EnumerationID(0))
    let found = sample.fact("net_debt", "instrument", .member(1), type)
    let wanted = sample.step(.literal, "0", .known(.member(0)), type)
    #expect(
      told(sample.truth(.compare(.equal), "ebitda > 0", false, [found, wanted]), holds: false)
        == "`net_debt` is grant; the requirement asks for loan.")
    #expect(
      told(sample.truth(.compare(.notEqual), "ebitda > 0", true, [found, wanted]), holds: true)
        == "`net_debt` is grant; the requirement asks for anything but loan.")
  }

  @Test func aThresholdOnTheLeftIsStillTheThreshold() {
    let limit = sample.step(.literal, "0", .known(.quantity(fraction(3))), .quantity(.one))
    let found = sample.fact("net_debt", "net_debt", .quantity(fraction(2)), .quantity(.one))
    #expect(
      told(sample.truth(.compare(.lessOrEqual), "ebitda > 0", false, [limit, found]), holds: false)
        == "`net_debt` is 2; the requirement asks for at least 3. Short by 1.")
  }

  @Test func aStrictLimitIsNotMetByTheLimit() {
    let limit = sample.step(.literal, "0", .known(.quantity(fraction(3))), .quantity(.one))
    let found = sample.fact("net_debt", "net_debt", .quantity(fraction(3)), .quantity(.one))
    #expect(
      told(sample.truth(.compare(.greater), "ebitda > 0", false, [found, limit]), holds: false)
        == "`net_debt` is 3; the requirement asks for more than 3. That is exactly the limit, and "
        + "the limit itself is not enough.")
  }

  @Test func moneyIsComparedWithAFixedCurrency() {
    let euro = CurrencyCode(text: "EUR")!
    let limit = sample.step(
      .literal, "0", .known(.quantity(fraction(100))), .quantity(Sample.euro))
    let found = sample.fact("net_debt", "net_debt", .money(fraction(199, 2), euro), .money)
    #expect(
      told(
        sample.truth(.compare(.greaterOrEqual), "ebitda > 0", false, [found, limit]), holds: false)
        == "`net_debt` is EUR 99.50; the requirement asks for at least EUR 100.00. Short by "
        + "EUR 0.50.")
  }

  @Test func ratiosTakeTheUnitOfTheirThreshold() {
    let half = fraction(1, 2)
    let measure = sample.step(.fact, "net_debt", .known(.quantity(half)), .ratio)
    func compared(_ unit: Unit) -> String {
      let limit = sample.step(.literal, "0", .known(.quantity(fraction(3, 4))), .quantity(unit))
      return told(
        sample.truth(.compare(.greaterOrEqual), "ebitda > 0", false, [measure, limit]),
        holds: false)
    }
    #expect(
      compared(.percent).hasPrefix("`net_debt` is 50%; the requirement asks for at least 75%"))
    #expect(compared(.one).hasPrefix("`net_debt` is 0.5; the requirement asks for at least 0.75"))
    #expect(compared(.basisPoints).contains("at least 7,500 bps. Short by 2,500 bps."))
  }

  @Test func everyFailingMemberOfEvery() {
    func member(_ name: String, _ amount: Int64) -> Derivation {
      let found = sample.fact(
        "p.amount", name, .quantity(fraction(amount)), .quantity(Sample.euro))
      let limit = sample.step(
        .literal, "EUR 0", .known(.quantity(.zero)), .quantity(Sample.euro))
      return sample.truth(
        .member(name), nil, amount > 0,
        [sample.truth(.compare(.greater), "p.amount > EUR 0", amount > 0, [found, limit])])
    }
    let every = sample.truth(
      .quantifier(.every), "ebitda > 0", false, [member("a", 1), member("b", 0), member("c", -2)])
    #expect(
      told(every, holds: false)
        == "b: `p.amount` is EUR 0.00; the requirement asks for more than EUR 0.00. That is "
        + "exactly the limit, and the limit itself is not enough. Also: c: `p.amount` is "
        + "EUR -2.00; the requirement asks for more than EUR 0.00. Short by EUR 2.00.")
    let all = sample.truth(.quantifier(.every), "ebitda > 0", true, [member("a", 1)])
    #expect(told(all, holds: true) == "`p.amount > EUR 0` holds for the only one.")
  }

  @Test func manyFindingsAreCut() {
    let many = (0..<9).map { position -> Derivation in
      let found = sample.fact(
        "p.amount", "x", .quantity(fraction(Int64(position))), .quantity(.one))
      let limit = sample.step(.literal, "0", .known(.quantity(fraction(99))), .quantity(.one))
      return sample.truth(.compare(.greater), "ebitda > 0", false, [found, limit])
    }
    let text = told(sample.truth(.and, nil, false, many), holds: false)
    #expect(text.hasSuffix("; and 4 more."))
  }

  @Test func aLongChainOfDefinitionsEnds() {
    var step = sample.truth(.isKnown, "ebitda", true, [])
    for _ in 0..<2_000 { step = sample.truth(.not, nil, false, [step]) }
    #expect(!told(step, holds: false).isEmpty)
  }
}
