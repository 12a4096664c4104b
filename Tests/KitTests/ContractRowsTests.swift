// The exact bytes of a contract in a table: its row and its list rows, each with its header.

import ProvisoKit
import ProvisoSource
import Testing

@Suite struct ContractRowsTests {
  private static let ruleset = """
    ruleset firms "Firms" {
      version "1"
    }

    contract {
      signed : date
      home   : country
      note   : text
      owners : list of Owner
      plants : list of Plant
    }
    record Owner {
      name  : text
      share : percent
    }
    record Plant {
      name : text
    }

    condition signed_once "It is signed" {
      requires signed >= 2000-01-01
    }

    """

  private func loaded() throws -> LoadedRuleset {
    let source = SourceFile(name: "firms.proviso", text: Self.ruleset)
    let loading = try loadRuleset(source, from: Files())
    return try #require(loading.ruleset, "\(loading.diagnostics.map(\.message))")
  }

  /// The contracts of tables that are at hand.
  private func contracts(
    _ table: String, lists: [(path: String, text: String)] = [], mapping: [String: String] = [:]
  ) throws -> [ContractText] {
    let ruleset = try loaded()
    let pieces = try CsvPieces(
      CsvPortfolio(
        table: "firms.csv", lists: lists.map { ($0.path, $0.path) }, mapping: mapping),
      for: ruleset.checked, keepsRows: true
    ) { name in
      let text = lists.first { $0.path == name }?.text ?? table
      return LineReader(Array(text.utf8), named: name)
    }
    let lines = LineReader(pieces, named: "firms.csv")
    var found: [ContractText] = []
    while let line = try lines.next() {
      guard case .line(_, let bytes) = line else { continue }
      found.append(lines.contract(bytes))
    }
    return found
  }

  private func rows(_ contract: ContractText) -> String {
    String(decoding: contract.bytes, as: UTF8.self)
  }

  @Test func aRowStandsBehindItsHeader() throws {
    let found = try contracts("id,signed,home\nnorth,2023-03-01,DK\nsouth,2023-04-12,IT\n")
    #expect(
      found.map(rows) == [
        "id,signed,home\nnorth,2023-03-01,DK\n", "id,signed,home\nsouth,2023-04-12,IT\n",
      ])
    // What `sed -n '1p;3p' firms.csv | sha256sum` prints.
    #expect(
      found[1].digest?.text
        == "sha256:b9694c4bfbd1c13d02994c1b94507c5e59d06bc82ba6144f72c6ad8d607adbe7")
  }

  /// Cells are taken as they are written: quotes, spaces and what nobody reads count.
  @Test func cellsStandAsTheyAreWritten() throws {
    let text = "\u{FEFF}id,note,extra\r\n\"a\",\"two\r\nlines, \"\"quoted\"\"\n\nand more\",x \r\n"
    let found = try contracts(text + "a ,\"\", \r\n")
    #expect(
      found.map(rows) == [
        "id,note,extra\n\"a\",\"two\r\nlines, \"\"quoted\"\"\n\nand more\",x \n",
        "id,note,extra\na ,\"\", \n",
      ])
  }

  @Test func listRowsAndMappedHeadersFollow() throws {
    let owners = "id,name,share\nnorth,Ada,60%\nnorth,Bob,40%\neast,Eve,100%\n"
    let plants = "id,name\nsouth,Pisa\n"
    let mapping = ["country of home": "home", "never met": "note"]
    let table = "id,country of home\nnorth,DK\nsouth,IT\neast,PL\n"
    // The order in which the lists are given says nothing.
    for lists in [
      [(path: "owners", text: owners), (path: "plants", text: plants)],
      [(path: "plants", text: plants), (path: "owners", text: owners)],
    ] {
      let found = try contracts(table, lists: lists, mapping: mapping)
      #expect(
        rows(found[0]) == """
          id,country of home
          north,DK

          list owners
          id,name,share
          north,Ada,60%
          north,Bob,40%

          list plants
          id,name

          mapping
          country of home,home

          """)
      #expect(found[1].bytes != found[0].bytes)
      #expect(found.map(\.rows).allSatisfy { $0 != nil })
    }
    // A list that was not given is another contract than one without members.
    let without = try contracts(table, mapping: mapping)
    let with = try contracts(table, lists: [("plants", plants)], mapping: mapping)
    #expect(without[2].bytes != with[2].bytes)
  }

  /// What is kept says all that reading it again takes.
  @Test func rowsGiveTheirContractAgain() throws {
    let ruleset = try loaded()
    let owners = "id,name,share\nnorth,\"Ada\n\nof, York\",60%\nnorth,Bob,40%\n"
    let table = "id,note,\"land, home\"\nnorth,\"a \"\"b\"\"\n\nlist owners\n\",DK\nsouth,,IT\n"
    let found = try contracts(
      table, lists: [("owners", owners), ("plants", "")], mapping: ["land, home": "home"])
    #expect(found.count == 2)
    for contract in found {
      #expect(ContractRows.contract(contract.bytes, for: ruleset.checked) == contract)
    }
  }

  @Test(arguments: [
    "", "\n", "{\"id\": \"a\"}", "id,home\na,DK", "id,home\n", "id,home\na,DK\nb,IT\n",
    "id,home\r\na,DK\n", "home\nDK\n", "id,home\na,DK\n\nlist nobody\nid,name\n",
    "id,home\na,DK\n\nlist owners\nid,name\nb,Bob\n", "id,home\na,DK\n\nmapping\nnever,met\n",
    "id,home\na,DK\n\nlist plants\nid,name\n\nlist owners\nid,name\n", "id,home\na,DK\n\n\n",
    "id,home\na,\"DK\n", "id,home\na,DK\n\nsomething\nid,name\n",
  ])
  func whatIsNoContractOfRowsIsNone(text: String) throws {
    let ruleset = try loaded()
    #expect(ContractRows.contract(Array(text.utf8), for: ruleset.checked) == nil)
  }
}
