// Conditions over all contracts of a portfolio: what they read, what decides them, what leaves
// them open.

import ProvisoInterpreter
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoTestSupport
import Testing

@Suite struct PortfolioTests {
  private static let shares = """
    ruleset bank "Bank" { version "1" governs signed from 2020-01-01 until 2030-01-01 }
    contract {
      signed  : date
      amount  : EUR
      green   : EUR
      country : country
      calm    : boolean, assessed by "officer"
      paid    : EUR by year
    }
    condition small "Small" { requires amount <= EUR 100 }
    portfolio condition green_share "Green share" {
      requires sum(c.green for c in contracts) >= 37% of sum(c.amount for c in contracts)
    }
    portfolio condition spread "No country over 40%" {
      requires every c in contracts satisfies
        sum(d.amount for d in contracts where d.country = c.country)
          <= 40% of sum(d.amount for d in contracts)
    }
    portfolio condition mostly_small "Two are small" {
      requires count(c in contracts where c.small is met) >= 2
    }
    portfolio condition all_calm "All are calm" {
      requires every c in contracts satisfies c.calm
    }
    portfolio condition both "Share and spread" {
      requires (green_share is met) and (spread is met)
    }
    portfolio condition paid_yearly "Ten is paid in each year" {
      tested yearly from 2021, due 30 days after
      requires sum(c.paid at period for c in contracts) >= EUR 10
      unless "Pause" when period = 2022
      cure when sum(c.paid at (period + 1) for c in contracts) >= EUR 20, within 400 days
      on breach publish "the shortfall"
      on breach charge 10% of sum(c.amount for c in contracts)
    }

    """

  @Test func `shares, limits a country, counts, other conditions`() throws {
    try expectScenarios(
      Self.shares + """
        scenario "The limits to the cent" {
          given "a" { signed = 2021-01-01, amount = EUR 100, green = EUR 37, country = DK, calm = true,
                      paid = { EUR 10 at 2021, EUR 5 at 2022, EUR 9 at 2023 } }
          given "b" { signed = 2021-01-01, amount = EUR 100, green = EUR 74, country = SE, calm = true,
                      paid = { EUR 0 at 2021, EUR 0 at 2022, EUR 0 at 2023 } }
          given "c" { signed = 2021-01-01, amount = EUR 100, green = EUR 0, country = FI, calm = false,
                      paid = { EUR 0 at 2021, EUR 0 at 2022, EUR 0 at 2023 } }
          as of 2024-06-30
          expect green_share met, spread met, both met, mostly_small met, all_calm breached
          expect paid_yearly at 2021 met, paid_yearly at 2022 exempt
          expect paid_yearly at 2023 in cure, small for "c" met, contract "b" met
        }
        scenario "One cent over" {
          given "a" { signed = 2021-01-01, amount = EUR 100, green = EUR 36.99, country = DK }
          given "b" { signed = 2021-01-01, amount = EUR 100, green = EUR 74, country = DK }
          given "c" { signed = 2021-01-01, amount = EUR 100.01, green = EUR 0, country = FI }
          as of 2024-06-30
          expect green_share breached, spread breached because "d.country", both breached
          expect small for "c" breached, mostly_small met
          expect all_calm undetermined because "has not been assessed"
          expect paid_yearly at 2023 undetermined because "`contracts[a].paid` is not given"
        }
        scenario "A breach of the whole has its consequences" {
          given "a" { signed = 2021-01-01, amount = EUR 50, paid = { EUR 1 at 2021, EUR 2 at 2022 } }
          as of 2023-06-30
          expect paid_yearly at 2021 breached, charge EUR 5
        }

        """)
  }

  @Test func `an unknown that cannot change it does not leave it open`() throws {
    try expectScenarios(
      Self.shares + """
        scenario "Two are small whatever the third is" {
          given "a" { signed = 2021-01-01, amount = EUR 1 }
          given "b" { signed = 2021-01-01, amount = EUR 2 }
          given "c" { signed = 2021-01-01 }
          as of 2024-06-30
          expect mostly_small met, green_share undetermined
        }

        """)
  }

  @Test func `contracts are the governed ones, and one that may be leaves all open`() throws {
    try expectScenarios(
      Self.shares + """
        scenario "One is from before the ruleset" {
          given "old" { signed = 2019-12-31, amount = EUR 1000, green = EUR 0, country = DK }
          given "new" { signed = 2020-01-01, amount = EUR 100, green = EUR 37, country = DK }
          as of 2024-06-30
          expect contract "old" not governed, green_share met
        }
        scenario "Nobody knows when one was signed" {
          given "a" { signed = 2021-01-01, amount = EUR 100, green = EUR 100 }
          given "b" { signed = unknown, amount = EUR 1, green = EUR 1 }
          as of 2024-06-30
          expect green_share undetermined because "whether the ruleset governs"
          expect mostly_small undetermined
        }

        """)
  }

  @Test func `evidence and judgements are those of each contract`() throws {
    try expectScenarios(
      """
      ruleset bank "Bank" { version "1" }
      contract { amount : EUR  fit : boolean, assessed by "officer"  owners : list of Owner }
      record Owner { name : text  fit : boolean, assessed by "officer" }
      portfolio condition proven "All amounts are verified" {
        requires every c in contracts satisfies c.amount is verified
      }
      portfolio condition all_fit "All are fit" {
        requires every c in contracts satisfies c.fit
      }
      portfolio condition owners_fit "So are their owners" {
        requires every c in contracts satisfies (no o in c.owners where not o.fit)
      }
      scenario "The second has a weaker paper of the same name" {
        given "a" { amount = { value = EUR 1, evidence = "E-1" }, fit = true,
                    owners = [ { name = "x", fit = true } ],
                    evidence = [ { id = "E-1", kind = audit, level = verified, received = 2021-01-01 } ] }
        given "b" { amount = { value = EUR 2, evidence = "E-1" }, fit = true,
                    owners = [ { name = "y", fit = false } ],
                    evidence = [ { id = "E-1", kind = audit, level = stated, received = 2021-01-01 } ] }
        as of 2024-06-30
        expect proven breached, all_fit met, owners_fit breached
      }
      scenario "Both have the same good paper" {
        given "a" { amount = { value = EUR 1, evidence = "E-1" }, fit = true, owners = [],
                    evidence = [ { id = "E-1", kind = audit, level = verified, received = 2021-01-01 } ] }
        given "b" { amount = { value = EUR 2, evidence = "E-1" }, owners = [ { name = "y" } ],
                    evidence = [ { id = "E-1", kind = audit, level = official, received = 2021-01-01 } ] }
        as of 2024-06-30
        expect proven met, all_fit undetermined because "contracts[b].fit"
        expect owners_fit undetermined because "contracts[b].owners[0].fit"
      }

      """)
  }

  @Test func `no contract at all`() throws {
    try expectScenarios(
      Self.shares + """
        scenario "Only one, and not governed" {
          given { signed = 2019-01-01, amount = EUR 100 }
          as of 2024-06-30
          expect spread met because "is empty", mostly_small breached, green_share met
        }

        """)
  }

  // MARK: Collections

  private func portfolio(
    _ text: String, _ count: Int, rejected: Int = 0, _ facts: (Int) -> [Fact]
  ) throws -> (LoadedRuleset, PortfolioVerdict) {
    let loaded = try evaluator(text)
    var collection = PortfolioCollection(loaded.evaluator)
    for index in 0..<count {
      let contract = Contract(id: "C-\(index)", facts: facts(index))
      let verdict = loaded.evaluator.evaluate(
        contract, asOf: day("2024-12-31"), knownAt: day("2024-12-31"), tracing: .verdictsOnly)
      collection.add(
        contract, verdict,
        loaded.evaluator.coverage(
          of: contract, asOf: day("2024-12-31"), knownAt: day("2024-12-31")))
    }
    for line in 0..<rejected { collection.addRejected("line \(line + 1)") }
    return (
      loaded,
      collection.verdict(
        asOf: day("2024-12-31"), knownAt: day("2024-12-31"), tracing: .withDerivations)
    )
  }

  private static let limit = """
    ruleset bank "Bank" { version "1" }
    contract { amount : EUR  country : text  note : text }
    portfolio condition spread "No country over 10%" {
      requires every c in contracts satisfies
        sum(d.amount for d in contracts where d.country = c.country)
          <= 10% of sum(d.amount for d in contracts)
    }
    """

  /// 5,000 contracts in 50 countries: pair by pair these were 25 million looks and more.
  @Test func `a limit a country does not look at every pair`() throws {
    let start = ContinuousClock.now
    let (loaded, verdict) = try portfolio(Self.limit, 5_000) { index in
      [
        .value(.number(index == 4_999 ? 1_000 : 1)), .value(.text("country \(index % 50)")),
        .value(.text("not asked about")),
      ]
    }
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(verdict.contractCount == 5_000)
    let condition = try #require(verdict.conditions.first)
    #expect(condition.outcome == .breached)
    let test = try #require(condition.tests.first)
    let sentence = SentenceWriter(loaded.checked).sentence(
      for: test, of: loaded.checked.conditions[0], asOf: day("2024-12-31")
    ).text
    #expect(sentence.contains("C-49"), "\(sentence)")
    #expect(sentence.contains("EUR 1,099.00"), "\(sentence)")
    #expect(sentence.contains("EUR 599.90"), "\(sentence)")
  }

  /// What was worked out for one contract is not shown as the facts of another.
  @Test func `each contract's steps name its own facts`() throws {
    let (loaded, verdict) = try portfolio(Self.limit, 3) { _ in
      [.value(.number(1)), .value(.text("one country")), .absent]
    }
    let derivation = try #require(verdict.conditions.first?.tests.first?.derivation)
    #expect(DerivationRechecker.problems(in: verdict, of: loaded.checked) == [])
    let every = try #require(derivation.children.first?.children.first)
    for (position, member) in every.children.dropFirst().enumerated() {
      let paths = origins(of: member).filter { $0.hasSuffix("country") }
      // Its own country beside that of each of the three.
      #expect(paths.count { $0 == "contracts[C-\(position)].country" } == 4, "\(paths)")
    }
    #expect(every.children.count == 4)
  }

  private func origins(of step: Derivation) -> [String] {
    [step.origin?.path].compactMap { $0 } + step.children.flatMap(origins)
  }

  @Test func `a rejected contract leaves the whole undetermined, and says which`() throws {
    let (loaded, verdict) = try portfolio(Self.limit, 3, rejected: 30) { index in
      [.value(.number(1)), .value(.text("\(index)")), .absent]
    }
    let condition = try #require(verdict.conditions.first)
    #expect(condition.outcome == .undetermined)
    let reasons = try #require(condition.tests.first).reasons
    #expect(reasons.codes.allSatisfy { $0 == .rejectedContract })
    #expect(reasons.subjects.contains("line 1") && reasons.subjects.contains("10 more"))
    #expect(loaded.checked.conditions[0].isPortfolio)
  }

  /// The verdict is the same whether or not the contracts come in another order.
  @Test func `the order of contracts changes no outcome`() throws {
    let amounts = [50, 7, 12, 12, 90, 3]
    let outcomes = try [Array(amounts.indices), Array(amounts.indices.reversed())].map { order in
      try portfolio(Self.limit, amounts.count) { index in
        [
          .value(.number(amounts[order[index]])), .value(.text("\(order[index] % 3)")), .absent,
        ]
      }.1.conditions.map(\.outcome)
    }
    #expect(outcomes[0] == outcomes[1])
  }
}
