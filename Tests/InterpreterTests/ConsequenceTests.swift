// Consequences, determinations, exceptions, remedies: what follows, and what would change it.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import Testing

@Suite("Consequences") struct ConsequenceTests {
  private func text(_ consequences: String, _ cure: String = "") -> String {
    """
    ruleset aid "Aid" { version "1" months end on the last day }
    contract { signed : date  disbursed : EUR  paid : EUR by year  margin : bps }
    condition k "Paid each year" {
      tested   yearly from 2021 to 2024
      requires paid at period >= EUR 10
      \(cure)
      \(consequences)
    }
    scenario "Four years" {
      given { signed = 2020-03-01, disbursed = EUR 1_000,
        paid = { EUR 9 at 2021, EUR 10 at 2022, EUR 9 at 2023, EUR 9 at 2024 } }
      as of 2025-12-31
      expect contract breached
    }
    scenario "A hole" {
      given { signed = 2020-03-01, disbursed = EUR 1_000,
        paid = { EUR 9 at 2021, EUR 9 at 2023, EUR 9 at 2024 } }
      as of 2025-12-31
      expect contract breached
    }
    """
  }

  /// The years whose test fires, with what is due.
  private func fired(
    _ consequences: String, in scenario: String = "Four years"
  ) throws -> [String] {
    let text = text(consequences)
    try expectScenarios(text)
    let verdict = try verdict(of: scenario, in: text).conditions[0]
    return verdict.consequences.map { result in
      let period = verdict.tests[result.test].period.map { "\($0)" } ?? ""
      switch result.amount {
      case .amount(.quantity(let amount), _), .points(.quantity(let amount), _):
        return "\(period): \(amount)"
      case .factor(let factor): return "\(period): x\(factor)"
      case .none: return period
      case .unknown(let reasons): return "\(period): \(reasons.codes.map(\.rawValue))"
      default: return "\(period): ?"
      }
    }
  }

  @Test func oncePerBreachedTest() throws {
    #expect(
      try fired("on breach recall 10% of disbursed") == ["2021: 100", "2023: 100", "2024: 100"])
    #expect(try fired("on met release \"the deposit\"") == ["2022"])
  }

  @Test func byTimes() throws {
    #expect(try fired("on breach recall disbursed when breached once") == ["2021: 1000"])
    #expect(try fired("on breach recall disbursed when breached twice") == ["2023: 1000"])
    #expect(try fired("on breach recall disbursed when breached twice in a row") == ["2024: 1000"])
    #expect(try fired("on breach recall disbursed when breached 3 times in a row") == [])
  }

  @Test func openTestsThatCouldChangeTheCount() throws {
    // 2022 is not known: breached, it would make 2023 the third in all and in a row.
    #expect(
      try fired("on breach recall disbursed when breached 3 times in a row", in: "A hole")
        == ["2023: [\"open condition\"]"])
    #expect(
      try fired("on breach recall disbursed when breached twice", in: "A hole")
        == ["2023: [\"open condition\"]"])
    #expect(
      try fired("on breach recall disbursed when breached once", in: "A hole") == ["2021: 1000"])
  }

  @Test func inAllReplaces() throws {
    #expect(
      try fired(
        """
        on breach recall 10% of disbursed
        on breach recall 50% of disbursed when breached twice in all
        """) == ["2024: 100", "2023: 500"])
  }

  @Test func inAllAloneKeepsTheLatestOnly() throws {
    #expect(
      try fired("on breach recall (EUR 10 - paid at period) * 100 in all") == ["2024: 100"])
    #expect(
      try fired("on breach recall (EUR 10 - paid at period) * 100") == [
        "2021: 100", "2023: 100", "2024: 100",
      ])
  }

  @Test func ratesMove() throws {
    #expect(try fired("on breach step up margin by 25 bps when breached once") == ["2021: 0.0025"])
    #expect(
      try fired("on breach step up margin by a factor of 1.10 when breached once") == ["2021: x1.1"]
    )
  }

  @Test func anUnknownAmountIsNeverZero() throws {
    let text = """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  disbursed : EUR  permit : boolean }
      condition k "Permit" { requires permit  on breach recall disbursed }
      scenario "Nobody says how much" { given { signed = 2021-03-01, permit = false } as of 2022-12-31 expect k breached }
      """
    try expectScenarios(text)
    let result = try verdict(of: "Nobody says how much", in: text).conditions[0].consequences
    guard case .unknown(let reasons)? = result.first?.amount else {
      Issue.record("an unknown amount expected")
      return
    }
    #expect(reasons.subjects == ["disbursed"])
  }

  @Test func amountsAreReadOnTheDayTheOutcomeBecameFinal() throws {
    // Due 2022-01-31, curable for a month: final on 2022-03-01, when EUR 200 were disbursed.
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" months end on the last day }
      contract { signed : date  disbursed : EUR  permit : boolean }
      condition k "Permit" {
        tested on 2021-12-31, due 1 month after
        requires permit
        cure within 1 month
        on breach recall disbursed
      }
      scenario "It grew" {
        given { signed = 2021-03-01, permit = false, disbursed = { versions = [ { value = EUR 100 },
          { value = EUR 200, from = 2022-03-01 }, { value = EUR 300, from = 2022-03-02 } ] } }
        as of 2022-12-31
        expect k breached, recall EUR 200
      }
      """)
  }

  @Test func exceptionsOfValues() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  amount : EUR  repaid : boolean  waived : boolean  poor : boolean }
      determination due "Due" : EUR = amount
        unless "Repaid" when repaid => EUR 0
        unless "Waived" when waived => EUR 0
        unless "Poor" when poor => EUR 5
      condition k "K" { requires amount > 0 }
      scenario "None applies" { given { signed = 2021-03-01, amount = EUR 9, repaid = false, waived = false, poor = false } as of 2022-12-31 expect due = EUR 9 }
      scenario "Two agree" { given { signed = 2021-03-01, amount = EUR 9, repaid = true, waived = true, poor = false } as of 2022-12-31 expect due = EUR 0 }
      scenario "Two differ" { given { signed = 2021-03-01, amount = EUR 9, repaid = true, waived = false, poor = true } as of 2022-12-31 expect due = unknown }
      scenario "An unknown one would differ" { given { signed = 2021-03-01, amount = EUR 9, repaid = false, waived = false } as of 2022-12-31 expect due = unknown }
      scenario "An unknown one would not differ" { given { signed = 2021-03-01, amount = EUR 5, repaid = false, waived = false } as of 2022-12-31 expect due = EUR 5 }
      """)
  }

  @Test func conditionsAskAboutOneAnother() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  permit : boolean  excused : boolean }
      condition later "After the first" { applies when first is met  requires permit }
      condition first "First" { requires permit  unless "Excused" when excused }
      condition either "Either" { requires first is breached or first is not applicable }
      scenario "Met" { given { signed = 2021-03-01, permit = true, excused = false } as of 2022-12-31 expect first met, later met, either breached }
      scenario "Exempt is met too" { given { signed = 2021-03-01, permit = false, excused = true } as of 2022-12-31 expect first exempt, later breached }
      scenario "Breached" { given { signed = 2021-03-01, permit = false, excused = false } as of 2022-12-31 expect later not applicable, either met }
      scenario "Open" { given { signed = 2021-03-01, excused = false } as of 2022-12-31 expect later undetermined, either undetermined }
      """)
  }

  @Test func moneyOfTwoCurrenciesIsUnknown() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  price : money  paid : money }
      condition enough "Enough" { requires paid >= price }
      condition both "Both" { requires paid + price > 0 }
      scenario "One currency" { given { signed = 2021-03-01, price = DKK 5, paid = DKK 5 } as of 2022-12-31 expect enough met, both met }
      scenario "Two" { given { signed = 2021-03-01, price = DKK 5, paid = EUR 500 } as of 2022-12-31 expect enough undetermined, both undetermined }
      """)
  }

  @Test func divisionByZeroIsUnknown() throws {
    try expectScenarios(
      """
      ruleset aid "Aid" { version "1" }
      contract { signed : date  a : EUR  b : EUR }
      condition k "Ratio" { requires a / b <= 350% }
      scenario "Zero" { given { signed = 2021-03-01, a = EUR 5, b = EUR 0 } as of 2022-12-31 expect k undetermined }
      scenario "Negative" { given { signed = 2021-03-01, a = EUR 5, b = -EUR 1 } as of 2022-12-31 expect k met }
      scenario "A tie" { given { signed = 2021-03-01, a = EUR 7, b = EUR 2 } as of 2022-12-31 expect k met }
      """)
  }
}
