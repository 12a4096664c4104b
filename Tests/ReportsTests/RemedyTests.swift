// What would change a verdict, and what follows from it, in words.

import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import Testing

@Suite struct RemedyTests {
  let sample = Sample()

  /// The remedy lines of an explanation whose one test reads `net_debt` of EUR 3,500,001.
  private func told(_ remedy: Remedy) -> String {
    let verdict = ConditionVerdict(
      condition: sample.conditions["leverage"]!, outcome: .breached,
      tests: [
        sample.test(.breached, derivation: sample.leverage(ebitda: 1_000_000, debt: 3_500_001))
      ], consequences: [])
    let explanation = Explanation(
      verdict: ContractVerdict(
        contractID: "C", asOf: Sample.asOf, knownAt: Sample.asOf, outcome: .breached,
        conditions: [verdict], determinations: [], laterFactCount: 0, undatedFactCount: 0),
      ruleset: sample.ruleset,
      identity: RulesetIdentity(name: "r", version: "1", digest: "sha256:0"),
      contractDigest: "sha256:1",
      remedies: [TestReference(condition: verdict.condition, test: 0): [remedy]])
    let lines = explanation.text(TextOptions(isFull: true, width: 1000)).split(separator: "\n")
    let heading = lines.firstIndex { $0.contains("What would change it") } ?? 0
    return String(lines[heading + 1]).trimming
  }

  @Test func aRemedyStandsBesideWhatIsReported() {
    let remedy = Remedy(
      path: "net_debt", type: .quantity(Sample.euro), relation: .atMost,
      value: .quantity(fraction(3_500_000)))
    #expect(
      told(remedy) == "- `net_debt` at or under EUR 3,500,000.00, EUR 1.00 less than the "
        + "EUR 3,500,001.00 reported")
  }

  @Test func aBoundThatDoesNotEndIsRoundedToTheSafeSide() {
    let third = fraction(10, 3)
    func words(_ relation: RemedyRelation) -> String {
      told(
        Remedy(
          path: "other", type: .quantity(.one), relation: relation, value: .quantity(third)))
    }
    #expect(words(.atMost) == "- `other` at or under about 3.333")
    #expect(words(.atLeast) == "- `other` at or over about 3.334")
  }

  @Test func datesAndWordsAreRemediesToo() {
    #expect(
      told(
        Remedy(path: "repaid", type: .event, relation: .atMost, value: .date(day("2022-12-31"))))
        == "- `repaid` on or before 2022-12-31")
    #expect(
      told(
        Remedy(
          path: "borrower.owners[0].country", type: .country, relation: .otherThan,
          value: .country(CountryCode(text: "PA")!)))
        == "- `borrower.owners[0].country` other than PA (Panama)")
    #expect(
      told(
        Remedy(
          path: "share[2024]", type: .quantity(.percent), relation: .under,
          value: .quantity(fraction(1, 4))))
        == "- `share` for 2024 under 25%")
  }
}

extension String {
  fileprivate var trimming: String { String(drop { $0 == " " }) }
}
