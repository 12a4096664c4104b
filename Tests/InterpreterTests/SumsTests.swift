// Sums that have to come out: recalls of one base, parts of a whole, payments that cure.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import Testing

@Suite("Sums") struct SumsTests {
  private static let recalls = """
    ruleset r "R" { version "1" }
    contract { signed : date  disbursed : EUR  other : EUR  a : boolean  b : boolean }
    condition first "First" { requires a on breach recall 60% of disbursed }
    condition second "Second" { requires b on breach recall 50% of disbursed }
    condition third "Third" { requires b on breach recall other }
    scenario "Both" {
      given { signed = 2021-01-01, disbursed = EUR 1_000, other = EUR 7, a = false, b = false }
      as of 2022-12-31
      expect first breached, second breached
    }
    scenario "One" {
      given { signed = 2021-01-01, disbursed = EUR 1_000, other = EUR 7, a = false, b = true }
      as of 2022-12-31
      expect first breached, second met
    }
    """

  @Test func recallsOfOneBaseAreListedAndTheirTotalIsCapped() throws {
    try expectScenarios(Self.recalls)
    let both = try verdict(of: "Both", in: Self.recalls)
    #expect(both.recallTotals.count == 1, "one recall of `other` needs no total")
    let total = try #require(both.recallTotals.first)
    #expect(total.base == "disbursed")
    #expect(total.count == 2)
    #expect(total.listed == .known(.number(1_100)))
    #expect(total.due == .known(.number(1_000)))
    #expect(try verdict(of: "One", in: Self.recalls).recallTotals.isEmpty)
  }

  private static func conserving(_ deducted: String) -> String {
    """
    ruleset r "R" { version "1" }
    contract { signed : date  instalment : EUR  paid : EUR  deducted : EUR  held : EUR }
    determination released "Released" : EUR = paid
    determination reduced "Reduced" : EUR = deducted
    determination apart "Something else" : EUR = held
    condition positive "Positive" { requires paid >= EUR 0 }
    conserve kept "Released, held and reduced are the instalment" {
      whole instalment
      parts released, held, reduced
    }
    scenario "Sum" {
      given { signed = 2021-01-01, instalment = EUR 100, paid = EUR 60, held = EUR 30, \(deducted) }
      as of 2022-12-31
      expect positive met
    }
    """
  }

  @Test func whatDoesNotAddUpIsUnknownAndSaidSo() throws {
    let text = Self.conserving("deducted = EUR 5")
    try expectScenarios(text)
    let found = try verdict(of: "Sum", in: text)
    #expect(found.conservations.map(\.holds) == [.false])
    #expect(found.determinations[0].value.reasons.codes == [.notConserved])
    #expect(found.determinations[1].value.reasons.codes == [.notConserved])
    #expect(found.determinations[2].value == .known(.number(30)), "it is no part of it")
    let loaded = try evaluator(text)
    let told = Explanation(
      verdict: found, ruleset: loaded.checked, identity: loaded.identity,
      contractDigest: "sha256:0"
    ).text()
    #expect(told.contains("DOES NOT ADD UP"))
    #expect(told.contains("EUR 5.00 is unaccounted for"))
  }

  @Test func whatAddsUpIsSaidToHold() throws {
    let text = Self.conserving("deducted = EUR 10")
    let found = try verdict(of: "Sum", in: text)
    #expect(found.conservations.map(\.holds) == [.true])
    #expect(found.determinations[0].value == .known(.number(60)))
  }

  @Test func aMissingPartLeavesItOpen() throws {
    let text = Self.conserving("deducted = unknown")
    try expectScenarios(text)
    let found = try verdict(of: "Sum", in: text)
    #expect(found.conservations.map(\.holds) == [.unknown])
    #expect(found.determinations[0].value == .known(.number(60)))
  }

  // MARK: Payments

  private func needed(_ when: String, paid: String = "EUR 0") throws -> CurePayment {
    let text = """
      ruleset r "R" { version "1" }
      contract { signed : date  debt : EUR  ebitda : EUR  paid : EUR  gift : EUR  hole : EUR }
      define ratio_holds(d: EUR, new_money: EUR) : boolean =
        ebitda + new_money > 0 and d <= 3.5 * earnings(new_money)
      define earnings(more: EUR) : EUR = ebitda + more
      condition k "K" {
        tested on 2021-12-31
        requires debt <= EUR 0
        cure by payment p = paid, when \(when), within 30 days
      }
      scenario "Asked" {
        given { signed = 2021-01-01, debt = EUR 182, ebitda = EUR 50, gift = EUR 10, paid = \(paid) }
        as of 2022-12-31
        expect contract breached
      }
      """
    try expectScenarios(text)
    return try #require(try verdict(of: "Asked", in: text).conditions[0].tests[0].payment)
  }

  @Test func theLeastPaymentIsExact() throws {
    let asEarnings = try needed("debt <= 3.5 * (ebitda + p)")
    #expect(asEarnings.needed == .known(.number(2)))
    #expect(!asEarnings.isExclusive)
    let asRepayment = try needed("debt - p <= 3.5 * ebitda", paid: "EUR 6.99")
    #expect(asRepayment.needed == .known(.number(7)))
    // 182 / (50 + p) <= 3.3: 5.1515…, which no cent hits.
    let third = try needed("debt / (ebitda + p) <= 3.3", paid: "EUR 5")
    #expect(third.needed == .known(.quantity(try Fraction(170) / Fraction(33))))
  }

  @Test func aPaymentIsFollowedIntoDefines() throws {
    #expect(try needed("ratio_holds(debt, p)").needed == .known(.number(2)))
  }

  @Test func aStrictBoundIsSaidToTakeMore() throws {
    let strict = try needed("debt - p < 3.5 * ebitda")
    #expect(strict.needed == .known(.number(7)))
    #expect(strict.isExclusive)
  }

  @Test func severalStatementsAndLimitsAreSeen() throws {
    // Both must hold: the greater of the two payments.
    let both = try needed("debt - p <= 3.5 * ebitda and debt <= 3.5 * (ebitda + p)", paid: "EUR 1")
    #expect(both.needed == .known(.number(7)))
    // Only half of it counts, and no more than 10 in all: 14 are needed.
    let half = try needed("debt - (50% of p capped at gift) <= 3.5 * ebitda")
    #expect(half.needed == .known(.number(14)))
    // What no payment does.
    let never = try needed("debt - (p capped at EUR 1) <= EUR 0")
    #expect(never.needed == .unknown(.none))
  }

  @Test func whatIsMissingIsAskedFor() throws {
    let text = """
      ruleset r "R" { version "1" }
      contract { signed : date  debt : EUR  hole : EUR  paid : EUR }
      condition k "K" {
        tested on 2021-12-31
        requires debt <= EUR 0
        cure by payment p = paid, when debt - p <= hole, within 30 days
      }
      scenario "Asked" {
        given { signed = 2021-01-01, debt = EUR 182, paid = EUR 0 }
        as of 2022-12-31
        expect contract undetermined
      }
      """
    try expectScenarios(text)
    let payment = try #require(try verdict(of: "Asked", in: text).conditions[0].tests[0].payment)
    #expect(payment.needed.reasons.subjects == ["hole"])
  }
}
