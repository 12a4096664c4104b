// Gaps and overlaps of decision tables, against a search through every small input.

import ProvisoQuantities
import Testing

@testable import ProvisoChecker

@Suite struct CoverageTests {
  private func messages(_ keys: String, _ rows: String, use: String) -> [String] {
    let text = """
      ruleset aid "Aid" { version "1" }
      type Size = one of { sme, large }
      contract { size : Size  year : integer  green : boolean  amount : EUR  signed : date
        home : country }
      table fee(\(keys)) : bps {
        \(rows)
      }
      condition c "C" { requires \(use) }
      """
    return checked(text).diagnostics.map(\.message)
  }

  @Test func `a gap names the inputs that fall in it`() {
    #expect(
      messages(
        "size: Size, year: integer", "sme, 1 to 3 => 1\n sme, 5 or more => 2\n large, any => 3",
        use: "fee(size, year) > 0")
        == ["`fee` has no row for size `sme`, year 4"])
    #expect(
      messages("amount: EUR", "under 100 => 1\n over 100 => 2", use: "fee(amount) > 0")
        == ["`fee` has no row for amount 100 EUR"])
    #expect(
      messages(
        "day: date",
        "from 2020-01-01 until 2021-01-01 => 1\n from 2021-02-01 until 2022-01-01 => 2",
        use: "fee(signed) > 0")
        == [
          "`fee` has no row for day days before 2020-01-01; day days from 2021-01-01 until "
            + "2021-02-01; day days from 2022-01-01"
        ])
    #expect(
      messages("home: country", "DE => 1", use: "fee(home) > 0")
        == ["`fee` has no row for home any other country"])
  }

  @Test func `an overlap names an input both rows fit`() {
    #expect(
      messages("year: integer", "1 to 3 => 1\n 3 or more => 2", use: "fee(year) > 0")
        == ["two rows of `fee` fit year 3"])
    #expect(
      messages(
        "size: Size, green: boolean", "sme, any => 1\n any, true => 2\n large, false => 3",
        use: "fee(size, green) > 0")
        == ["two rows of `fee` fit size `sme`, green true"])
  }

  @Test func `other takes what no row names, and any does not yield`() {
    #expect(messages("home: country", "DE => 1\n other => 2", use: "fee(home) > 0") == [])
    #expect(
      messages(
        "size: Size, year: integer", "sme, 1 => 1\n sme, other => 2\n other, other => 3",
        use: "fee(size, year) > 0") == [])
    #expect(
      messages("home: country", "DE => 1\n any => 2", use: "fee(home) > 0")
        == ["two rows of `fee` fit home `DE`"])
  }

  @Test func `a gap is allowed where every use is guarded`() {
    let rows = "sme, 1 => 1"
    let keys = "size: Size, year: integer"
    for use in [
      "(size, year) in fee and fee(size, year) > 0",
      "(fee(size, year) when (size, year) in fee, otherwise 0) >= 0",
      "all of { \"has\" : (size, year) in fee, \"fee\" : fee( size, year ) > 0 }",
    ] {
      #expect(messages(keys, rows, use: use) == [], "\(use)")
    }
    #expect(
      messages(keys, rows, use: "(size, 1) in fee and fee(size, year) > 0").count == 1)
    #expect(
      messages(keys, rows, use: "(size, year) in fee or fee(size, year) > 0").count == 1)
  }

  /// Small random tables over two keys of three values, against going through all nine inputs.
  @Test func `the search finds what a search through every input finds`() {
    var state: UInt64 = 20_260_101
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<3_000 {
      let rows = (0..<1 + next(5)).map { _ in [next(5), next(5)] }
      // 0, 1, 2 name a value; 3 is `any`, 4 is `other`.
      let keys = (0..<2).map { key in
        KeyClasses(
          name: "k\(key)",
          classes: (0..<3).map { value in
            KeyClass(words: "\(value)", rows: rows.indices.filter { rows[$0][key] == value })
          },
          any: rows.indices.filter { rows[$0][key] == 3 },
          other: Set(rows.indices.filter { rows[$0][key] == 4 }))
      }
      var search = CoverageSearch(keys: keys, rowCount: rows.count)
      search.run(isWhole: true)
      var hasGap = false
      var hasOverlap = false
      for first in 0..<3 {
        for second in 0..<3 {
          let fitting = rows.filter { row in
            zip(row, [first, second]).allSatisfy { $0 == $1 || $0 >= 3 }
          }
          hasGap = hasGap || fitting.isEmpty
          let others = fitting.map { $0.count { $0 == 4 } }
          hasOverlap = hasOverlap || others.count { $0 == others.min() } > 1
        }
      }
      #expect(search.gaps.isEmpty == !hasGap, "\(rows)")
      #expect(search.overlaps.isEmpty == !hasOverlap, "\(rows)")
      #expect(!search.isCut)
    }
  }
}
