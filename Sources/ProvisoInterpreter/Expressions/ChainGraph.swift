// The graph behind a chain: entities, and the links that the contract's nested lists give.

import ProvisoModel
import ProvisoQuantities

/// The entities that nested lists describe. Index 0 is where the chain starts.
struct ChainGraph {
  struct Link {
    let target: Int
    let record: RecordTerm
    /// Two lists give this link with different factors.
    var isConflicting = false
  }
  struct Node {
    var entries: [RecordTerm] = []
    var links: [Link] = []
    /// Whether one of its entries gives its inner list.
    var isListed = false
    /// Why its inner list is unknown, as far as an entry does not give it.
    var unlisted = ReasonSet.none
  }
  var nodes: [Node] = [Node()]
  /// Members of which nothing is known, so that they are no entity yet.
  var unknownMembers: [ListMember] = []
  /// Where inner lists are absent and count as empty.
  var absentLists: [FactPath] = []
  var gaps = ReasonSet.none
}

/// Entities by what identifies them: a short list is looked through, a long one looked up.
private struct IdentityIndex {
  private var few: [(value: Value, node: Int)] = []
  private var many: [Value: Int] = [:]

  func node(of value: Value) -> Int? {
    if many.isEmpty { return few.first { $0.value == value }?.node }
    return many[value]
  }

  mutating func add(_ value: Value, _ node: Int) {
    if many.isEmpty {
      few.append((value, node))
      guard few.count > 16 else { return }
      for entry in few { many[entry.value] = entry.node }
    } else {
      many[value] = node
    }
  }
}

extension Evaluation {
  /// Walks the nested lists, outermost first, and joins the entries of one entity.
  ///
  /// The walk keeps its own stack: how deep a contract nests is no matter of the machine's.
  mutating func chainGraph(_ list: ListTerm, follow field: Int, factor: Int?) -> ChainGraph {
    var graph = ChainGraph()
    graph.nodes[0].isListed = true
    graph.gaps = list.gaps
    var known = IdentityIndex()
    var pending: [(owner: Int, list: ListTerm, next: Int, links: [ChainGraph.Link])] = [
      (0, list, 0, [])
    ]
    while let top = pending.indices.last {
      let position = pending[top].next
      guard position < pending[top].list.members.count else {
        let finished = pending.removeLast()
        join(finished.links, to: finished.owner, factor, &graph)
        continue
      }
      pending[top].next += 1
      let member = pending[top].list.members[position]
      guard case .record(let record) = member.term else {
        graph.unknownMembers.append(member)
        continue
      }
      if !member.doubt.isEmpty { graph.gaps = graph.gaps.union(member.doubt) }
      let target = node(for: record, &known, &graph)
      graph.nodes[target].entries.append(record)
      pending[top].links.append(ChainGraph.Link(target: target, record: record))
      if let inner = innerList(of: record, field, target, &graph) {
        pending.append((target, inner, 0, []))
      }
    }
    return graph
  }

  /// The node of the entity a record describes, by what identifies it; a record that nothing
  /// identifies is an entity of its own.
  private mutating func node(
    for record: RecordTerm, _ known: inout IdentityIndex, _ graph: inout ChainGraph
  ) -> Int {
    let identity = record.type.map { prepared.identities[$0.index] } ?? []
    for field in identity {
      guard let value = knownValue(field, of: record), value != Value.none else { continue }
      if let node = known.node(of: value) { return node }
      known.add(value, graph.nodes.count)
      break
    }
    graph.nodes.append(ChainGraph.Node())
    return graph.nodes.count - 1
  }

  private mutating func innerList(
    of record: RecordTerm, _ field: Int, _ target: Int, _ graph: inout ChainGraph
  ) -> ListTerm? {
    guard field >= 0 else {
      graph.nodes[target].isListed = true
      return nil
    }
    switch quietly({ $0.read(field, of: record) }) {
    case .list(let inner):
      graph.nodes[target].isListed = true
      graph.gaps = graph.gaps.union(inner.gaps)
      if let absent = inner.absent { graph.absentLists.append(absent) }
      return inner.members.isEmpty ? nil : inner
    case let other:
      graph.nodes[target].unlisted = graph.nodes[target].unlisted.union(other.found.reasons)
      return nil
    }
  }

  /// Joins one inner list of an entity to those its other entries gave.
  ///
  /// The same owner in two lists is one holding told twice; twice in one list, two holdings.
  private mutating func join(
    _ links: [ChainGraph.Link], to owner: Int, _ factor: Int?, _ graph: inout ChainGraph
  ) {
    let before = graph.nodes[owner].links
    guard !before.isEmpty else {
      graph.nodes[owner].links = links
      return
    }
    var seen: Set<Int> = []
    for link in links {
      let earlier = before.filter { $0.target == link.target }
      if earlier.isEmpty {
        graph.nodes[owner].links.append(link)
        continue
      }
      guard seen.insert(link.target).inserted, let factor else { continue }
      let told = links.filter { $0.target == link.target }
      let isSame =
        earlier.count == told.count
        && zip(earlier, told).allSatisfy { first, second in
          self.factor(first, factor).answer == self.factor(second, factor).answer
        }
      if isSame { continue }
      for index in graph.nodes[owner].links.indices
      where graph.nodes[owner].links[index].target == link.target {
        graph.nodes[owner].links[index].isConflicting = true
      }
    }
  }

  /// The factor of a link: a share the contract gives, or why it is unknown.
  mutating func factor(_ link: ChainGraph.Link, _ field: Int) -> Found {
    let found = quietly { $0.read(field, of: link.record).found }
    guard link.isConflicting else { return found }
    return Found(
      unknown: ReasonSet(Reason(.conflicting, subject: factorPath(link.record, field))))
  }

  func factorPath(_ record: RecordTerm, _ field: Int) -> String {
    guard let type = record.type, prepared.recordFields[type.index].indices.contains(field) else {
      return record.path?.text ?? ""
    }
    return FactPath.field(record.path, prepared.recordFields[type.index][field].name).text
  }
}
