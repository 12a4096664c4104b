// Orders and circles of things that rest on one another, and paths of files that name files.

import Testing

@testable import ProvisoChecker

@Suite struct GraphTests {
  private func sorted(_ edges: [[Int]]) -> DependencyGraph {
    var graph = DependencyGraph(edges: edges)
    graph.sort()
    return graph
  }

  @Test func `each stands after those it rests on`() {
    let graph = sorted([[1, 2], [2], [], [0]])
    #expect(graph.order == [2, 1, 0, 3])
    #expect(graph.cycles == [])
  }

  @Test func `a circle is named in the order of its steps, and what rests on it is left out`() {
    let graph = sorted([[1], [2], [0], [0], []])
    #expect(graph.cycles == [[0, 1, 2]])
    #expect(graph.order == [4])
  }

  @Test func `a thing that rests on itself is a circle`() {
    #expect(sorted([[0]]).cycles == [[0]])
  }

  @Test func `a line of 100,000 needs no call depth`() {
    let graph = sorted((0..<100_000).map { $0 + 1 < 100_000 ? [$0 + 1] : [] })
    #expect(graph.order.count == 100_000)
    #expect(graph.order.first == 99_999)
  }

  @Test(arguments: [
    ("lists/a.csv", "rules/aid.proviso", "rules/lists/a.csv"),
    ("../a.csv", "rules/aid.proviso", "a.csv"),
    ("../../a.csv", "rules/aid.proviso", "../a.csv"),
    ("./a//b/./c.csv", "aid.proviso", "a/b/c.csv"),
    ("a.csv", "/srv/x/aid.proviso", "/srv/x/a.csv"),
    ("../../../a.csv", "/x/aid.proviso", "/a.csv"),
    ("/lists/a.csv", "rules/aid.proviso", "/lists/a.csv"),
    ("a.csv", "../aid.proviso", "../a.csv"),
  ])
  func `a path is resolved against the file that names it`(
    _ path: String, _ including: String, _ expected: String
  ) {
    #expect(resolvedPath(path, from: including) == expected)
  }
}
