// Putting things after those they rest on, and finding the circles that make it impossible.

/// Things by number, and which others each rests on.
struct DependencyGraph {
  /// For each thing, those it rests on.
  let edges: [[Int]]
  /// An order in which each stands after those it rests on; things on a circle, or resting on one,
  /// are left out.
  private(set) var order: [Int] = []
  /// One circle of every knot, each in the order of its steps.
  private(set) var cycles: [[Int]] = []

  init(edges: [[Int]]) {
    self.edges = edges
  }

  private enum Mark { case unseen, open, done, broken }

  /// Sorts with an explicit stack: a long line of dependencies needs no call depth.
  ///
  /// - Complexity: O(things + edges).
  mutating func sort() {
    var marks = [Mark](repeating: .unseen, count: edges.count)
    for start in edges.indices where marks[start] == .unseen {
      var stack: [(thing: Int, next: Int)] = [(start, 0)]
      marks[start] = .open
      while let (thing, next) = stack.last {
        guard next < edges[thing].count else {
          let isBroken =
            marks[thing] == .broken || edges[thing].contains { marks[$0] == .broken }
          marks[thing] = isBroken ? .broken : .done
          if !isBroken { order.append(thing) }
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let other = edges[thing][next]
        guard edges.indices.contains(other) else { continue }
        switch marks[other] {
        case .unseen:
          marks[other] = .open
          stack.append((other, 0))
        case .open:
          let begin = stack.firstIndex { $0.thing == other } ?? 0
          let cycle = stack[begin...].map(\.thing)
          cycles.append(cycle)
          for member in cycle { marks[member] = .broken }
        case .done, .broken: continue
        }
      }
    }
  }
}
