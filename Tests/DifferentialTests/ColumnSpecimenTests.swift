// Small rulesets with contracts at the edges of what columns hold: both evaluators say the same.

import Foundation
import ProvisoKit
import ProvisoPlan
import ProvisoQuantities
import ProvisoSource
import ProvisoTestSupport
import Testing

/// A ruleset, contracts in the lines of a portfolio, and how many verdicts columns have to give.
struct ColumnSpecimen: Sendable, CustomStringConvertible {
  let name: String
  let ruleset: String
  let lines: [String]
  /// Of the specimen's conditions, how many are decided in columns.
  var lowered = 1
  var description: String { name }
}

@Suite struct ColumnSpecimenTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  @Test(arguments: ColumnSpecimen.all)
  func bothSayTheSame(specimen: ColumnSpecimen) throws {
    let text = """
      ruleset s "S" {
        version "1"
        months end on the last day
      }
      \(specimen.ruleset)
      """
    let loading = try loadRuleset(
      SourceFile(name: "s.proviso", text: text), from: Files(folder: Self.root))
    let ruleset = try #require(loading.ruleset, "\(loading.diagnostics)").checked
    let lines = specimen.lines.enumerated().map { "{\"id\": \"C\($0)\", \($1)}" }
    for text in ["2019-12-31", "2023-06-30", "2026-06-30"] {
      let asOf = try #require(CalendarDate(iso: text))
      let lowered = Plan.lower(ruleset, asOf: asOf).conditions.count {
        if case .lowered = $0 { true } else { false }
      }
      #expect(lowered == specimen.lowered, "as of \(text)")
      let found = agreement(ruleset, lines: lines, asOf: asOf)
      #expect(found.differences == [], "as of \(text)")
      #expect(found.rejectedCount == 0)
      #expect(found.comparedCount > 0)
    }
  }
}

extension ColumnSpecimen {
  static let all = [
    ColumnSpecimen(
      name: "a due date of a schedule whose beginning is unknown",
      ruleset: """
        contract { signed : date  drawn : EUR by quarter  settled : date  wait : duration }
        condition within "Within" {
          tested   quarterly, due on period.end + wait
          requires drawn at period <= EUR 5
        }
        condition settled_by "Settled" {
          tested   every 12 months from signed, due on settled
          requires settled < 2030-01-01
        }
        condition later "Later" {
          tested   quarterly, due 10 days after
          requires drawn at period <= EUR 5
        }
        """,
      lines: [
        "\"drawn\": {\"2023-Q2\": 3}", "\"settled\": \"2024-05-01\", \"wait\": \"20 days\"",
        "\"signed\": \"2023-01-01\", \"drawn\": {\"2023-Q2\": 3, \"2023-Q3\": 9}",
      ], lowered: 3),
    ColumnSpecimen(
      name: "several exceptions of a value, of which one, two or perhaps one apply",
      ruleset: """
        contract { x : EUR  small : boolean  late : boolean  poor : boolean }
        define due : EUR =
          x
          unless "small" when small => EUR 0
          unless "late" when late => x * 2
          unless "poor" when poor => EUR 0
        determination owed "Owed" : EUR = due
        condition k "K" { requires due <= EUR 10 }
        """,
      lines: [
        #""x": 7, "small": false, "late": false, "poor": false"#,
        #""x": 7, "small": false, "late": true, "poor": false"#,
        #""x": 7, "small": true, "late": false, "poor": true"#,
        #""x": 7, "small": true, "late": true, "poor": false"#,
        #""x": 7, "late": false, "poor": true"#, #""x": 7, "late": false, "poor": false"#,
        #""x": 0, "small": false, "poor": false"#, #""small": true, "late": false"#,
      ]),
    ColumnSpecimen(
      name: "determinations that do not add up to what they are parts of",
      ruleset: """
        contract { cost : EUR  aid : EUR  own : EUR  rest : EUR }
        determination paid "Paid" : EUR = own
        determination open_part "Open" : EUR = rest * 2
        conserve financing "All is paid by somebody" {
          whole cost
          parts aid, paid, open_part
        }
        condition k "K" { requires aid <= cost }
        """,
      lines: [
        #""cost": 10, "aid": 3, "own": 3, "rest": 2"#,
        #""cost": 10, "aid": 3, "own": 3, "rest": 1"#,
        #""cost": 10, "own": 3, "rest": 2"#, #""aid": 3, "own": 3, "rest": 2"#,
        #""cost": 10, "aid": 3, "own": 3"#,
      ]),
    ColumnSpecimen(
      name: "ranges at the far end of the numbers",
      ruleset: """
        contract { x : count }
        condition far "Far" {
          requires (sum(n for n in 9_223_372_036_854_775_800 to x)) >= 0
        }
        condition apart "Apart" {
          requires
            (sum(n for n in (0 - 9_223_372_036_854_775_800) to 9_223_372_036_854_775_800)) >= x
        }
        condition plain "Beside them" { requires x >= 10 }
        """,
      lines: ["\"x\": 5", "\"x\": 9223372036854775807", "\"x\": null"]),
    ColumnSpecimen(
      name: "an open choice between two texts that nobody mentions",
      ruleset: """
        contract { name : text  other : text  first : boolean }
        condition k "K" { requires (name when first, otherwise other) <> "Holdco" }
        """,
      lines: [
        #""name": "a", "other": "b""#, #""name": "a", "other": "a""#,
        #""name": "a", "other": "b", "first": true"#, #""name": "Holdco", "other": "Holdco""#,
      ]),
    ColumnSpecimen(
      name: "texts compared with each other",
      ruleset: """
        contract { name : text  parts : list of Part }
        record Part { name : text }
        condition k "K" { requires no p in parts where p.name = name }
        """,
      lines: [
        #""name": "a", "parts": [{"name": "b"}, {"name": "c"}]"#,
        #""name": "c", "parts": [{"name": "b"}, {"name": "c"}]"#,
        #""name": "", "parts": [{"name": ""}]"#, #""name": "c", "parts": [{}, {"name": "d"}]"#,
        #""name": "\u00e9", "parts": [{"name": "e\u0301"}]"#, #""parts": []"#,
      ]),
    ColumnSpecimen(
      name: "levels: before the first, on the day, null, in another order",
      ruleset: """
        contract { held : percent by date  day : date if any }
        condition k "K" { tested on day requires held at day < 50% }
        """,
      lines: [
        #""held": {"2020-01-01": 10, "2021-01-01": 60}, "day": "2020-12-31""#,
        #""held": {"2021-01-01": 60, "2020-01-01": 10}, "day": "2021-01-01""#,
        #""held": {"2020-01-01": 10}, "day": "2019-12-31""#, #""held": {}, "day": "2020-12-31""#,
        #""held": {"2020-01-01": null}, "day": "2020-12-31""#, #""day": "2020-12-31""#,
        #""held": {"2020-01-01": 10}, "day": null"#, #""held": {"2020-01-01": 10}"#,
        #""held": {"0001-01-01": 99, "9999-12-31": 1}, "day": "9999-12-31""#,
        #""held": {"2020-01-01": 12345678901234567890.5}, "day": "2020-12-31""#,
      ]),
    ColumnSpecimen(
      name: "days of a schedule from the first year to the last",
      ruleset: """
        contract { signed : date  start : date  ends : date if any  kept : boolean }
        condition k "K" { tested every 12 months from start until ends requires kept }
        """,
      lines: [
        #""signed": "2019-01-01", "start": "2019-02-28", "ends": null, "kept": true"#,
        #""signed": "2021-01-01", "start": "2012-02-29", "ends": null, "kept": false"#,
        #""signed": "2021-01-01", "start": "0001-01-01", "ends": null, "kept": true"#,
        #""signed": "9999-12-31", "start": "9999-12-31", "ends": null, "kept": true"#,
        #""signed": "2019-01-01", "start": "2019-02-28", "ends": "2019-02-28", "kept": true"#,
        #""signed": "2019-01-01", "start": "2019-02-28", "ends": "2021-02-28""#,
        #""start": "2019-02-28", "ends": null, "kept": true"#, #""signed": "2019-01-01""#,
        #""signed": "2019-01-01", "start": "2030-02-28", "ends": null, "kept": true"#,
      ]),
    ColumnSpecimen(
      name: "tested by: what comes true with time, signed in the first year",
      ruleset: """
        contract { signed : date  done : date if any  good : boolean }
        condition k "K" { tested by signed + 6 months requires done <= test_date and good }
        condition l "L" { tested by done requires good }
        condition m "M" { tested by 2023-01-01 requires done > test_date or good }
        """,
      lines: [
        #""signed": "2022-12-01", "done": "2023-01-01", "good": true"#,
        #""signed": "2022-12-01", "done": "2023-06-02", "good": true"#,
        #""signed": "2022-12-01", "done": null, "good": true"#,
        #""signed": "2022-12-01", "done": "2023-01-01""#, #""signed": "2022-12-01", "good": false"#,
        #""signed": "0001-01-01", "done": "0001-02-01", "good": true"#,
        #""signed": "9999-12-31", "done": "9999-12-31", "good": false"#, #""good": true"#,
        #""signed": "0001-01-01", "done": "2022-02-01", "good": false"#,
      ], lowered: 3),
    ColumnSpecimen(
      name: "money: mixed, missing, converted without a rate",
      ruleset: """
        rates fx from "rulesets/shared/lists/euro-rates.csv" {
          quoted currency per EUR
          dates in day
          currencies in currency
          rates in rate
        }
        contract { signed : date  fee : money  cost : money  grant : PLN  most : EUR  times : number }
        condition k "K" { requires fee <= 50% of cost }
        condition l "L" { tested on signed requires (fee converted to EUR by fx on signed) <= most }
        condition m "M" { tested on signed requires (grant converted to EUR by fx on signed) <= most }
        condition n "N" { requires fee.currency in { EUR, DKK } }
        condition o "O" { requires times * fee <= cost }
        """,
      lines: [
        #""fee": "DKK 5", "cost": "EUR 10""#, #""fee": "DKK 5", "cost": "EUR 10", "times": 1"#,
        #""cost": "EUR 10", "times": 1"#, #""cost": "EUR 10""#,
        #""signed": "2021-06-01", "fee": "EUR 5", "cost": "EUR 10", "grant": 44.43, "most": 10"#,
        #""signed": "2020-06-01", "fee": "PLN 44.43", "cost": "EUR 10", "grant": 44.43, "most": 10"#,
        #""signed": "2020-06-01", "fee": "PLN 44.44", "cost": "PLN 90", "grant": 44.44, "most": 10"#,
        #""signed": "2019-06-01", "fee": "DKK 5", "cost": "EUR 10", "grant": 44.43, "most": 10"#,
        #""signed": "2021-06-01", "fee": "USD 5", "cost": "USD 10", "most": 10"#,
        #""signed": "2021-06-01", "cost": "USD 10", "grant": 0, "most": 0"#,
        #""fee": "EUR 5", "grant": 1, "most": 1"#,
        #""signed": "2021-06-01", "fee": "DKK 123456789012345678", "grant": 123456789012345678, "most": 1e18"#,
      ], lowered: 5),
    ColumnSpecimen(
      name: "durations of the contract's own",
      ruleset: """
        contract { signed : date  term : duration  done : date if any }
        condition k "K" { tested on signed + term requires done by signed + term }
        condition l "L" { requires done - term > signed }
        """,
      lines: [
        #""signed": "2021-11-30", "term": "3 months", "done": "2022-02-28""#,
        #""signed": "2021-11-30", "term": "1 year", "done": null"#,
        #""signed": "2021-11-30", "term": "900000 months", "done": "2022-02-28""#,
        #""signed": "2021-11-30", "term": "100000 days", "done": "2022-02-28""#,
        #""signed": "2021-11-30", "term": "0 days", "done": "2021-11-30""#,
        #""signed": "2021-11-30", "done": null"#, #""term": "2 days", "done": "2022-02-28""#,
      ], lowered: 2),
    ColumnSpecimen(
      name: "judgements of parts, one too many, of what is not there, of no place",
      ruleset: """
        contract { one : Part  parts : list of Part  more : list of Part or empty }
        record Part { name : text  good : boolean, assessed by "officer" }
        condition k "K" { requires one.good }
        condition l "L" { for each p in parts requires p.good }
        condition m "M" { requires every p in more satisfies p.good }
        """,
      lines: [
        ["one.good", "parts[1].good", "more[0].good"], ["parts[0].good", "parts[1].good"],
        ["one.good", "one.good"], ["parts[0].good", "parts[0].good"],
      ].map { judged in
        let judgements = judged.map {
          #"{"field": "\#($0)", "value": true, "by": "officer", "on": "2019-05-05", "why": "seen"}"#
        }.joined(separator: ", ")
        return #""one": {}, "parts": [{"name": "a"}, {}], "more": [{"name": "b"}], "#
          + #""assessments": [\#(judgements)]"#
      } + [#""parts": [{}]"#, #""one": {"name": "a"}, "parts": [], "more": null"#], lowered: 3),
    ColumnSpecimen(
      name: "series at a period of the contract's own",
      ruleset: """
        contract { base : year  sold : EUR by year  rents : EUR by quarter  day : date if any }
        condition k "K" { requires sold at base <= sold at 2021 }
        condition l "L" { requires sum(rents over 2 quarters to (quarter of day)) > EUR 10 }
        condition m "M" { requires sold at (base - 1) > EUR 0 }
        """,
      lines: [
        #""base": "2019", "sold": {"2019": 5, "2021": 6}, "rents": {"2021-Q1": 6, "2020-Q4": 5}, "day": "2021-02-01""#,
        #""base": "2020", "sold": {"2019": 5, "2021": 6}, "rents": {"2021-Q1": 6}, "day": "2021-02-01""#,
        #""base": "0001", "sold": {"0001": 5}, "rents": {}, "day": "0001-01-01""#,
        #""base": "2019", "sold": {"2019": null}, "day": null"#,
        #""sold": {"2019": 5.25}, "rents": {"2021-Q1": null}"#,
        #""base": "2019", "day": "2021-02-01""#,
      ], lowered: 3),
    ColumnSpecimen(
      name: "events by quarter and by day that have not happened",
      ruleset: """
        contract { sent : date if any by quarter  own : quarter  held : date if any by date  day : date }
        condition k "K" { requires sent at 2023-Q1 by 2030-05-15 }
        condition l "L" { requires sent at own by 2030-05-15 }
        condition m "M" { requires held at day by 2030-05-15 }
        condition n "N" { requires sent at own is none or held at day > day }
        """,
      lines: [
        #""sent": {"2023-Q1": null}, "own": "2023-Q1", "held": {"2020-01-01": null}, "day": "2020-02-01""#,
        #""sent": {"2023-Q1": "2023-04-01"}, "own": "2023-Q2", "held": {"2020-01-01": "2020-03-01"}, "day": "2020-02-01""#,
        #""sent": {}, "own": "2023-Q1", "held": {"2020-01-01": "2020-01-01"}, "day": "2020-02-01""#,
        #""own": "2023-Q1", "day": "2020-02-01""#,
        #""sent": {"2023-Q1": null}, "held": {"2020-01-01": null}"#,
      ], lowered: 4),
    ColumnSpecimen(
      name: "a breach that may be cured",
      ruleset: """
        contract { day : date  paid : date if any  parts : list of Part }
        record Part { due : date  done : date if any }
        condition k "K" { tested on day requires paid <= day cure when paid <= test_date, within 3 months }
        condition l "L" {
          for each p in parts
          tested on p.due
          requires p.done <= p.due
          cure when p.done <= test_date, within 30 days, at most 2 times
          on breach publish "it"
        }
        condition m "M" { applies when k is met requires l is met }
        """,
      lines: [
        #""day": "2020-01-01", "paid": "2020-01-01", "parts": []"#,
        #""day": "2020-01-01", "paid": "2020-03-01", "parts": [{"due": "2020-01-01", "done": "2020-01-02"}]"#,
        #""day": "2023-05-01", "paid": null, "parts": [{"due": "2020-01-01", "done": "2020-01-02"}, {"due": "2020-02-01", "done": "2020-02-02"}]"#,
        #""day": "2023-05-01", "parts": [{"due": "2020-01-01", "done": "2020-01-01"}, {"done": "2020-01-01"}]"#,
        #""paid": null"#,
      ], lowered: 3),
    ColumnSpecimen(
      name: "lists inside members",
      ruleset: """
        contract { most : EUR  owners : list of Owner }
        record Owner { name : text  gifts : list of Gift  debts : list of Gift or empty }
        record Gift { price : EUR  paid : date if any }
        condition k "K" { requires every o in owners satisfies (some g in o.gifts where g.price > EUR 10) }
        condition l "L" { requires sum(sum(g.price for g in o.debts) for o in owners) <= most }
        condition m "M" {
          for each o in owners
          requires count(g in o.gifts where g.price > EUR 10) <= 1
        }
        condition n "N" { requires no o in owners where (some g in o.gifts where g.paid by 2030-01-01) }
        """,
      lines: [
        #""most": 5, "owners": [{"name": "a", "gifts": [{"price": 11}, {"price": 5}]}, {"gifts": [{"price": 12}]}]"#,
        #""most": 5, "owners": [{"gifts": [{"price": 11}, {}]}, {"gifts": [{"price": 2}, {}, {}]}]"#,
        #""most": 5, "owners": [{"gifts": null, "debts": [{"price": 4}]}, {"debts": [{"price": 2}]}]"#,
        #""most": 6, "owners": [{"gifts": [], "debts": [{"price": 4}]}, {"gifts": [], "debts": [{"price": 2}]}]"#,
        #""most": 6, "owners": [{"gifts": [{"price": 1, "paid": null}]}, {"gifts": [{"price": 11, "paid": "2020-01-01"}]}]"#,
        #""most": 6, "owners": []"#, #""most": 0"#,
      ], lowered: 4),
    ColumnSpecimen(
      name: "sums up to a number of the contract's own",
      ruleset: """
        contract { signed : date  ends : date  rate : number  most : number }
        condition k "K" {
          requires sum(rate * n for n in 1 to (years completed from signed to ends)) <= most
        }
        """,
      lines: [
        #""signed": "2020-01-01", "ends": "2023-01-01", "rate": 2, "most": 12"#,
        #""signed": "2020-01-01", "ends": "2023-01-01", "rate": 2, "most": 11.99"#,
        #""signed": "2020-01-01", "ends": "2020-06-01", "most": 0"#,
        #""signed": "2020-01-01", "ends": "2023-01-01", "most": 0"#,
        #""ends": "2023-01-01", "rate": 0, "most": 0"#,
        #""signed": "2000-01-01", "ends": "2023-12-31", "rate": 1, "most": 276"#,
        #""signed": "2000-01-01", "ends": "2024-01-01", "rate": 1, "most": 300"#,
        #""signed": "2000-01-01", "ends": "2025-01-01", "rate": 1, "most": 300"#,
      ]),
  ]
}
