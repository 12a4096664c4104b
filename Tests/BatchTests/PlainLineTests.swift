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

  /// Lines that change one thing: whatever the reader takes of them must be what the general
  /// reader takes.
  @Test func changedLinesAreReadAsTheGeneralReaderReadsThem() throws {
    let ruleset = try ruleset()
    let date = try #require(CalendarDate(iso: "2022-01-01"))
    var lines = [plain, plain]
    let bytes = Array(plain.utf8)
    for index in bytes.indices {
      for byte in [UInt8(ascii: "0"), 0x22, 0x2C, 0x7D, 0x5C, 0x20, 0x2D, 0x65, 0x2E, 0x01] {
        var changed = bytes
        changed[index] = byte
        lines.append(String(decoding: changed, as: UTF8.self))
        lines.append(plain)
      }
      lines.append(String(decoding: bytes[..<index], as: UTF8.self))
      lines.append(String(decoding: bytes[..<index] + bytes[(index + 1)...], as: UTF8.self))
    }
    let found = agreement(ruleset, lines: lines, asOf: date)
    #expect(found.differences == [])
    #expect(found.plainCount > lines.count / 3)
    #expect(found.rejectedCount > 500)
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
