// The dated EU list that the tax-haven rulesets ship, held to the sizes the Council reported.

import Foundation
import Testing

@Suite("The EU list as shipped")
struct ShippedListsTests {
  private struct Row {
    let code: String
    let from: String
    let until: String
    let publishedFrom: String
    let publishedUntil: String
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The dates stand in front of any quoted cell but the name, which holds at most one comma.
  private func rows() throws -> [Row] {
    let file = ShippedListsTests.root.appending(
      path: "rulesets/tax-havens/lists/eu-non-cooperative.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      let plain = line.replacing("\"Korea, Republic of\"", with: "Korea")
      let cells = plain.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Row(
        code: cells[0], from: cells[2], until: cells[3], publishedFrom: cells[4],
        publishedUntil: cells[5])
    }
  }

  @Test("after each decision the list has as many names as the Council reported")
  func sizes() throws {
    let rows = try rows()
    #expect(rows.count == 49)
    #expect(Set(rows.map(\.code)).count == 36)
    let sizes = [
      ("2017-12-05", 17), ("2018-01-23", 9), ("2018-03-13", 9), ("2018-05-25", 7),
      ("2018-10-02", 6), ("2018-11-06", 5), ("2019-03-12", 15), ("2019-05-17", 12),
      ("2019-06-14", 11), ("2019-10-10", 9), ("2019-11-08", 8), ("2020-02-18", 12),
      ("2020-10-06", 12), ("2021-02-22", 12), ("2021-10-05", 9), ("2022-02-24", 9),
      ("2022-10-04", 12), ("2023-02-14", 16), ("2023-10-17", 16), ("2024-02-20", 12),
      ("2024-10-08", 11), ("2025-02-18", 11), ("2025-10-10", 11), ("2026-02-17", 10),
      ("2026-10-09", 8),
    ]
    for (day, size) in sizes {
      let listed = rows.filter { $0.from <= day && ($0.until.isEmpty || day < $0.until) }
      #expect(listed.count == size, "on \(day)")
    }
  }

  @Test("publication follows decision, and a missing publication says so")
  func publication() throws {
    for row in try rows() {
      for (decided, published) in [
        (row.from, row.publishedFrom), (row.until, row.publishedUntil),
      ] {
        if decided.isEmpty {
          #expect(published.isEmpty, "\(row.code)")
        } else if published.hasPrefix("not before ") {
          #expect(published == "not before \(decided)", "\(row.code)")
          #expect(decided >= "2024-10-08", "\(row.code)")
        } else {
          #expect(decided < published, "\(row.code)")
        }
      }
    }
  }

  @Test("the twelve names that Scotland froze are those published on 27 February 2020")
  func frozen() throws {
    let published = try rows().filter {
      $0.publishedFrom <= "2020-02-27"
        && ($0.publishedUntil.isEmpty || $0.publishedUntil > "2020-02-27")
    }.map(\.code).sorted()
    let file = ShippedListsTests.root.appending(
      path: "rulesets/tax-havens/scotland-2020.proviso.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(published.count == 12)
    #expect(text.contains("of country = { \(published.joined(separator: ", ")) }"))
  }
}
