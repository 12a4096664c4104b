// Properties of generated rulesets and contracts, each for some seeds; docs/testing.md tells how to
// ask them of more.

import ProvisoTestSupport
import Testing

@Suite("Properties of generated cases")
struct CasePropertyTests {
  /// How many seeds the suite asks each property about, and how many must have something to say.
  private static let counts: [(property: CaseProperty, count: Int, tellingCount: Int)] = [
    (.formatting, 40, 30),
    (.validity, 100, 100),
    (.derivations, 80, 60),
    (.knownAt, 80, 40),
    (.unrelated, 60, 60),
    (.shift, 30, 25),
    (.split, 100, 15),
    (.knowledge, 40, 8),
    (.waiver, 50, 5),
  ]

  @Test("each holds", arguments: CaseProperty.allCases)
  func holds(_ property: CaseProperty) throws {
    let plan = try #require(Self.counts.first { $0.property == property })
    let found = property.failure(from: 1, count: plan.count)
    #expect(found.failure == nil)
    #expect(found.tellingCount >= plan.tellingCount, "too few seeds have something to say")
  }

  /// A level recorded later hid the one before it (21,129); days of facts recorded later were tried
  /// for `tested by` (24,712).
  @Test("seeds that once found a mistake hold", arguments: [21_129, 24_712] as [UInt64])
  func onceMistaken(_ seed: UInt64) {
    #expect(CaseProperty.knownAt.failure(from: seed, count: 1).failure == nil)
  }

  @Test("a seed alone makes the same case again")
  func seeds() {
    for seed in 1...20 as ClosedRange<UInt64> {
      let one = GeneratedCase(seed: seed)
      let other = GeneratedCase(seed: seed)
      #expect(one.ruleset == other.ruleset)
      #expect(one.contract == other.contract)
      #expect((one.asOf, one.knownAt) == (other.asOf, other.knownAt))
    }
  }

  @Test("years shift and numbers do not")
  func shifting() {
    #expect(shifted("from 2021-03-01 to 2024-Q1") == "from 2421-03-01 to 2424-Q1")
    #expect(shifted("2_024 20240 1.2024 2024.5 x2024") == "2_024 20240 1.2024 2024.5 x2424")
    #expect(shifted("in 2021. At 1899, 0001-01-01") == "in 2421. At 1899, 0001-01-01")
  }
}
