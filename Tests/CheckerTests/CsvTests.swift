// Files of cells: RFC 4180 with the place of every cell, and every way to break one.

import ProvisoSource
import Testing

@testable import ProvisoChecker

@Suite struct CsvTests {
  private func read(_ text: String) -> Result<CsvTable, CsvProblem> {
    readCsv(SourceFile(name: "cells.csv", text: text))
  }

  private func cells(_ text: String) throws -> [[String]] {
    try read(text).get().rows.map { $0.map(\.text) }
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["1", "2"]]),
    ("a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]]),
    ("a,b\n\"x, y\",\"say \"\"no\"\"\"\n", [["x, y", "say \"no\""]]),
    ("a,b\n\"two\nlines\",\n", [["two\nlines", ""]]),
    ("\u{FEFF}a,b\n\n1,2\n\n", [["1", "2"]]),
    ("a\nx\n", [["x"]]),
    ("a,b\n", []),
  ])
  func `cells are read as RFC 4180 writes them`(_ text: String, _ expected: [[String]]) throws {
    #expect(try cells(text) == expected)
  }

  @Test func `a cell's place is where it stands, quotes included`() throws {
    let file = SourceFile(name: "cells.csv", text: "a,b\n\"x\",yz\n")
    let row = try #require(try readCsv(file).get().rows.first)
    #expect(row.map { file.text(of: $0.span) } == ["\"x\"", "yz"])
  }

  @Test(arguments: [
    ("", "this file is empty"),
    ("a,b\n1\n", "this row has 1 cells, and the header has 2"),
    ("a,a\n1,2\n", "two columns are called `a`"),
    ("a\n\"x\n", "a quoted cell has no end"),
    ("a\n\"x\"y\n", "a closing quote is followed by more text"),
  ])
  func `a broken file says what is wrong`(_ text: String, _ message: String) {
    guard case .failure(let problem) = read(text) else {
      Issue.record("this should be refused")
      return
    }
    #expect(problem.message == message)
  }
}
