// Remedies: the nearest value of one fact that would meet what a breach asks for.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import Testing

@Suite("Remedies") struct RemedyTests {
  /// The remedies of the first test of a condition, as `path relation value`.
  private func remedies(_ clauses: String, _ given: String, test: Int = 0) throws -> [String] {
    let loaded = try evaluator(
      """
      ruleset aid "Aid" { version "1" months end on the last day }
      record Owner { name : text  country : country  share : percent  owners : list of Owner or empty } identified by name
      type Kind = one of { loan, grant }
      list havens of country = { PA, VU }
      contract { signed : date  a : EUR  b : EUR  n : count  kind_of : Kind  permit : boolean
                 price : money  repaid : date if any  deadline : date  home : country
                 emissions : tCO2e by year  owners : list of Owner }
      condition k "K" { \(clauses) }
      scenario "s" { given { signed = 2021-03-01, \(given) } as of 2024-12-31 expect contract breached }
      """)
    let given = try #require(loaded.checked.scenarios.first).given
    return loaded.evaluator.remedies(
      for: ConditionID(0), test: test, of: given, asOf: day("2024-12-31"),
      knownAt: day("2024-12-31")
    ).map { remedy in "\(remedy.path) \(remedy.relation.rawValue) \(text(remedy.value))" }
  }

  private func text(_ value: Value) -> String {
    switch value {
    case .quantity(let number): "\(number)"
    case .money(let number, let currency): "\(currency) \(number)"
    case .date(let date): "\(date)"
    case .country(let code): code.text
    case .boolean(let value): "\(value)"
    case .member(let position): "member \(position)"
    default: "\(value)"
    }
  }

  @Test func oneComparisonOfOneFact() throws {
    #expect(try remedies("requires a >= EUR 10", "a = EUR 9") == ["a at or over 10"])
    #expect(try remedies("requires a > EUR 10", "a = EUR 10") == ["a over 10"])
    #expect(try remedies("forbids a >= EUR 10", "a = EUR 11") == ["a under 10"])
    #expect(try remedies("requires a = EUR 10", "a = EUR 11") == ["a exactly 10"])
  }

  @Test func theGreatestOfSeveral() throws {
    #expect(
      try Set(remedies("requires max(a, b) >= EUR 10", "a = EUR 3, b = EUR 5"))
        == ["b at or over 10", "a at or over 10"])
    #expect(
      try remedies("requires max(a, EUR 0) >= EUR 10", "a = -EUR 5") == ["a at or over 10"])
    #expect(
      try remedies("requires (a floored at EUR 2) >= EUR 10", "a = EUR 1") == ["a at or over 10"])
    #expect(
      try remedies(
        "requires max(o.share for o in owners) <= 30%",
        """
        owners = [{ name = "A", country = DK, share = 40% }, \
        { name = "B", country = DK, share = 20% }]
        """) == ["owners[0].share at or under 0.3"])
    // Both are too much, so that no single change would do.
    #expect(try remedies("requires max(a, b) <= EUR 10", "a = EUR 30, b = EUR 50") == [])
  }

  @Test func aFigureWithWhichItDoesNotApply() throws {
    #expect(
      try remedies("applies when b < EUR 100 requires a <= EUR 0", "a = EUR 5, b = EUR 60")
        == ["b at or over 100", "a at or under 0"])
    // Any other home would do as well, which nobody needs to be told.
    #expect(
      try remedies("applies when home = DK requires a <= EUR 0", "a = EUR 5, home = DK")
        == ["a at or under 0"])
  }

  @Test func anEventThatHasNotHappened() throws {
    #expect(
      try remedies("requires repaid by deadline", "repaid = none, deadline = 2024-06-30")
        == ["repaid at or under 2024-06-30"])
  }

  @Test func bothSidesOfARatio() throws {
    // 400 / 100 <= 3.5: the debt down to 350, or the earnings up to 800/7.
    #expect(
      try remedies("requires a / b <= 3.5", "a = EUR 400, b = EUR 100")
        == ["a at or under 350", "b at or over 800/7"])
  }

  @Test func aReduction() throws {
    #expect(
      try remedies(
        "requires (emissions at 2019 - emissions at 2024) / emissions at 2019 >= 50%",
        "emissions = { 100_000 tCO2e at 2019, 60_000 tCO2e at 2024 }")
        == ["emissions[2019] at or over 120000000000", "emissions[2024] at or under 50000000000"])
  }

  @Test func wholeNumbers() throws {
    #expect(try remedies("requires 3 * n >= 10", "n = 2") == ["n at or over 4"])
    #expect(try remedies("requires 3 * n < 9", "n = 5") == ["n under 3"])
  }

  @Test func wordsAndFlags() throws {
    #expect(
      try remedies("requires kind_of = grant", "kind_of = loan") == ["kind_of exactly member 1"])
    #expect(
      try remedies("requires kind_of <> loan", "kind_of = loan") == ["kind_of other than member 0"])
    #expect(try remedies("requires permit", "permit = false") == ["permit exactly true"])
    #expect(try remedies("requires not (home in havens)", "home = PA") == ["home other than PA"])
  }

  @Test func dates() throws {
    #expect(
      try remedies("requires repaid by deadline", "repaid = 2024-03-02, deadline = 2024-02-29")
        == ["repaid at or under 2024-02-29", "deadline at or over 2024-03-02"])
    #expect(
      try remedies("requires signed + 3 months >= deadline", "deadline = 2021-06-30")
        == ["signed at or over 2021-03-30", "deadline at or under 2021-06-01"])
  }

  @Test func money() throws {
    #expect(try remedies("requires price >= 0", "price = -DKK 5") == ["price at or over DKK 0"])
  }

  @Test func aShareAlongAChain() throws {
    // 60% × 50% = 30%: either share may fall until the product is under 25%.
    let found = try remedies(
      "requires no o in chain(owners, product of share) where o.through >= 25% and o.country in havens",
      "owners = [ { name = \"A\", country = SE, share = 60%, owners = [ { name = \"B\", country = PA, share = 50% } ] } ]"
    )
    #expect(
      Set(found) == [
        "owners[0].share under 0.5", "owners[0].owners[0].share under 5/12",
        "owners[0].owners[0].country other than PA",
      ])
  }

  @Test func onlyWhatWasTriedIsReported() throws {
    // Two limbs fail: no one fact mends both.
    #expect(
      try remedies(
        "requires all of { \"a\" : a >= EUR 10, \"b\" : b >= EUR 10 }", "a = EUR 1, b = EUR 1")
        == [])
    // Any of the two would do.
    #expect(
      try remedies(
        "requires any of { \"a\" : a >= EUR 10, \"b\" : b >= EUR 10 }", "a = EUR 1, b = EUR 1")
        == ["a at or over 10", "b at or over 10"])
  }

  @Test func nothingForWhatIsNotBreached() throws {
    #expect(try remedies("requires a >= EUR 10", "a = EUR 10") == [])
    #expect(try remedies("requires a >= EUR 10", "b = EUR 10") == [])
  }
}
