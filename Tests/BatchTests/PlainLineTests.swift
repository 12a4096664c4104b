// Plain lines: what is taken, what is left to the general reader, and that the row stays clear.

import ProvisoBatch
import ProvisoContracts
import ProvisoKit
import ProvisoModel
import ProvisoPlan
import ProvisoQuantities
import ProvisoSource
import ProvisoTestSupport
import Testing

@Suite struct PlainLineTests {
  private static let text = """
    ruleset lines "Lines" { version "1" }
    contract { signed : date  amount : EUR  staff : count  home : country  owners : list of Owner
               size : one of { small, recapitalisation }  repaid : date if any  active : boolean }
    record Owner { country : country  share : percent }
    condition k "K" { requires amount > 0 and staff > 0 and home = DK and size = small and active }
    condition o "O" { requires no o in owners where o.share >= 25% and o.country = PA }
    condition r "R" { requires repaid by signed }
    """

  private func ruleset() throws -> CheckedRuleset {
    let loading = try loadRuleset(SourceFile(name: "lines.proviso", text: Self.text), from: Files())
    return try #require(loading.ruleset).checked
  }

  private let plain = #"""
    {"id":"C1","signed":"2021-03-01","amount":1250.50,"staff":3,"home":"DK","owners":[{"country":"PA","share":25.00},{"country":null,"share":1}],"size":"recapitalisation","repaid":null,"active":true}
    """#

  /// Lines in which one byte is another, or is missing, with the unchanged line between them.
  private func changed(_ line: String, _ others: [UInt8]) -> [String] {
    var lines = [line, line]
    let bytes = Array(line.utf8)
    for index in bytes.indices {
      for byte in others {
        var changed = bytes
        changed[index] = byte
        lines.append(String(decoding: changed, as: UTF8.self))
        lines.append(line)
      }
      lines.append(String(decoding: bytes[..<index] + bytes[(index + 1)...], as: UTF8.self))
    }
    return lines
  }

  /// Lines that change one thing: whatever the reader takes of them must be what the general
  /// reader takes.
  @Test func changedLinesAreReadAsTheGeneralReaderReadsThem() throws {
    let ruleset = try ruleset()
    let date = try #require(CalendarDate(iso: "2022-01-01"))
    let bytes = Array(plain.utf8)
    let ends = bytes.indices.map { String(decoding: bytes[..<$0], as: UTF8.self) }
    let lines = changed(plain, [0x30, 0x22, 0x2C, 0x7D, 0x5C, 0x20, 0x2D, 0x65, 0x2E, 0x01]) + ends
    let found = agreement(ruleset, lines: lines, asOf: date)
    #expect(found.differences == [])
    #expect(found.plainCount > lines.count / 3)
    #expect(found.rejectedCount > 500)
  }

  /// The same with numbers that carry their field's unit, as text.
  @Test func changedLinesWithUnitsAreReadAsTheGeneralReaderReadsThem() throws {
    let loading = try loadRuleset(
      SourceFile(
        name: "units.proviso",
        text: """
          ruleset units "Units" { version "1" }
          contract { signed : date  amount : EUR  rate : percent  margin : bps  owners : list of Owner
                     carbon : tCO2e by year  rent : EUR/m2 }
          record Owner { share : percent }
          condition k "K" { requires amount > 0 and rate < 30% and margin < 300 bps }
          condition o "O" { requires no o in owners where o.share >= 25% }
          condition c "C" { requires carbon at 2021 <= carbon at 2020 and rent < EUR 5 / 1 m2 }
          """), from: Files())
    let ruleset = try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))").checked
    let date = try #require(CalendarDate(iso: "2022-01-01"))
    let plain = #"""
      {"id":"C1","amount":"EUR 1250.50","rate":"25%","margin":"90 bps","owners":[{"share":"25.5 %"},{"share":"7 %"}],"carbon":{"2020":"37178165 tCO2e","2021":"3.5 tCO2e"},"rent":"4.25 EUR/m2"}
      """#
    var lines = changed(plain, [0x30, 0x22, 0x2C, 0x5C, 0x20, 0x2D, 0x65, 0x2E, 0x25, 0x6E])
    for (from, to) in [
      ("EUR 1250.50", "1250.50 EUR"), ("EUR 1250.50", "USD 3"), ("EUR 1250.50", "EUR 2 million"),
      ("\"EUR 1250.50\"", "null"), ("EUR 1250.50", "EUR null"), ("25%", "null%"), ("25%", "25 %"),
      ("25%", "2500 bps"), ("90 bps", "0.9%"), ("37178165 tCO2e", "37178165 kgCO2e"),
      ("\"25.5 %\"", "25.5"), ("\"90 bps\"", "90"), ("3.5 tCO2e", "3.5"), ("25%", "%"),
      ("1250.50", "1_250.50"), ("1250.50", "01250"), ("1250.50", "-0"), ("1250.50", "1e3"),
    ] {
      lines.append(plain.replacing(from, with: to))
      lines.append(plain)
    }
    let found = agreement(ruleset, lines: lines, asOf: date)
    #expect(found.differences == [])
    #expect(found.plainCount > lines.count / 2)
    #expect(found.rejectedCount > 300)
  }

  /// The text between two values may be of any length: each of its bytes is looked at.
  @Test func everyByteBetweenValuesIsLookedAt() throws {
    let fields = ["a", "baseline_2019", "greenhouse_gas_emissions_at_all_sites"]
    let loading = try loadRuleset(
      SourceFile(
        name: "long.proviso",
        text: """
          ruleset long "Long" { version "1" }
          contract { signed : date  members : list of Member
                     \(fields.map { "\($0) : Inner" }.joined(separator: "  ")) }
          record Inner { \(fields.map { "\($0) : count" }.joined(separator: "  ")) }
          record Member { \(fields.map { "\($0) : count" }.joined(separator: "  ")) }
          condition m "M" { requires no m in members where m.\(fields[0]) > m.\(fields[2]) }
          \(fields.map { "condition k_\($0) \"K\" { requires \($0).\(fields[1]) > 0 }" }
            .joined(separator: "\n"))
          """), from: Files())
    let ruleset = try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))").checked
    let date = try #require(CalendarDate(iso: "2022-01-01"))
    let inner = "{\(fields.map { "\"\($0)\":7" }.joined(separator: ","))}"
    let plain =
      "{\"id\":\"C1\",\"members\":[\(inner),\(inner)],"
      + fields.map { "\"\($0)\":{\"\(fields[1])\":3}" }.joined(separator: ",") + "}"
    let found = agreement(ruleset, lines: changed(plain, [0x5F]), asOf: date)
    #expect(found.differences == [])
    #expect(found.plainCount > plain.utf8.count)
    #expect(found.rejectedCount > 100)
  }

  /// A text that nobody reads may be any UTF-8, and has to be UTF-8.
  @Test func unreadTextsAreUTF8() throws {
    let loading = try loadRuleset(
      SourceFile(
        name: "names.proviso",
        text: """
          ruleset names "Names" { version "1" }
          contract { signed : date  name : text  staff : count }
          condition k "K" { requires staff > 0 }
          """), from: Files())
    let ruleset = try #require(loading.ruleset)
    let date = try #require(CalendarDate(iso: "2022-01-01"))
    let layout = ColumnLayout(Plan.lower(ruleset.checked, asOf: date))
    var (reader, chunk) = (PlainLineReader(layout), ColumnChunk(layout: layout, capacity: 64))
    let texts: [(bytes: [UInt8], isTaken: Bool)] = [
      (Array("Oddział Elektrownia Bełchatów".utf8), true), (Array("東京 🏦".utf8), true), ([], true),
      ([0xC3], false), ([0xC3, 0x28], false), ([0xED, 0xA0, 0x80], false), ([0xC0, 0xAF], false),
      ([0xF4, 0x90, 0x80, 0x80], false), ([0xFF], false), ([0x80], false),
      ([0xC3, 0xA9, 0x0A], false),
      ([0xC3, 0xA9, 0x5C, 0x6E], false), ([0xE2, 0x82], false),
    ]
    for (text, isTaken) in texts + texts.reversed() {
      let line =
        Array(#"{"id":"C","staff":3,"name":""#.utf8) + text + Array(#"","extra":""#.utf8) + text
        + Array(#""}"#.utf8)
      let padded = line + [UInt8](repeating: 0, count: PlainLineReader.padding)
      let id = reader.read(padded.span, from: 0, to: line.count, into: &chunk)
      #expect((id != nil) == isTaken, "\(text)")
      let read = try ruleset.contract(line, named: "line").contract?.contract
      if isTaken { #expect(read != nil, "\(text)") }
    }
  }

  /// The cases of RFC 8259 that readers go wrong on, as the value of a field nobody asks for.
  @Test func whatIsNotJSONIsNotTaken() throws {
    let ruleset = try ruleset()
    let date = try #require(CalendarDate(iso: "2022-01-01"))
    let accepted = [
      "0", "-0", "1.5", "1e5", "1E+5", "-1.25e-3", "\"\"", "\"a\\u00e9\"", "\"\\ud834\\udd1e\"",
      "true", "false", "null", "[]", "{}", "[1,[2,[3]]]", "{\"a\":{\"b\":[]}}", " [ 1 , 2 ] ",
      "\"\u{7F}\"", "\"é\"", "{\"\":0}", "[null,true]", "123456789012345678",
    ]
    let refused = [
      "01", "-", "+1", ".5", "1.", "1.e5", "1e", "0x10", "NaN", "Infinity", "True", "nul", "'a'",
      "\"a", "\"\\x\"", "\"\\u12\"", "\"\t\"", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}",
      "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "[", "{", "]", "\"\\ud834\"", "1 2", "/* */ 1",
      "12345678901234567890123456789012345", "1e65", "tru", "\"\\\"", "-a", "1a", "1_000", "--1",
    ]
    let lines = (accepted + refused).map { "{\"id\":\"C\",\"extra\":\($0),\"staff\":1}" }
    let found = agreement(ruleset, lines: lines, asOf: date)
    #expect(found.differences == [])
    #expect(found.rejectedCount == refused.count)
    #expect(found.contractCount == accepted.count)
  }
}
