// `chain(L)`: each entity once, with all the paths that lead to it.

import ProvisoModel
import ProvisoQuantities

/// What a walk along the paths of a chain has found about its entities.
private struct ChainWalk {
  struct Reached {
    /// Some path leads to it without a doubt.
    var isCertain = false
    var doubt = ReasonSet.none
    var through = Interval.exactly(.zero)
    var reasons = ReasonSet.none
    var paths: [[ChainFactor]] = []
  }
  struct Visit {
    let node: Int
    var next = 0
    let product: Interval
    let reasons: ReasonSet
    let doubt: ReasonSet
    let factors: [ChainFactor]
    let name: String
  }
  var reached: [Reached?]
  /// Nodes in the order they were first reached.
  var order: [Int] = []
  var cycles: [String] = []
  var pathCount = 0
}

extension Evaluation {
  /// The most paths a chain may have; one of more is unknown.
  private static var pathLimit: Int { 65_536 }

  /// `chain(L)`, `chain(L, product of share)`, `chain(L, each share > 50%)`.
  mutating func chain(_ base: ExpressionID, _ rule: ChainRule, follow field: Int) -> Term {
    let list: ListTerm
    switch members(of: base) {
    case .failure(let unknown): return .unknown(unknown.reasons)
    case .success(let found): list = found
    }
    let factor: Int? = if case .product(let field) = rule { field } else { nil }
    let graph = chainGraph(list, follow: field, factor: factor)
    guard let walk = walk(graph, rule, factor, named: list.name) else {
      return .unknown(ReasonSet(Reason(.chainTooLong, subject: pathText(of: base))))
    }
    var result = ListTerm(members: [], name: list.name, gaps: graph.gaps, rests: list.rests)
    for node in walk.order {
      guard let reached = walk.reached[node] else { continue }
      if !graph.nodes[node].isListed {
        result.gaps = result.gaps.union(graph.nodes[node].unlisted)
      }
      let entity = ChainEntity(
        entries: graph.nodes[node].entries,
        through: factor == nil ? nil : reached.through.answer(reached.reasons),
        paths: reached.paths)
      let first = entity.entries.first
      result.members.append(
        ListMember(
          .record(RecordTerm(type: first?.type, content: .entity(entity), path: first?.path)),
          doubt: reached.isCertain ? .none : reached.doubt, path: first?.path))
    }
    result.members += graph.unknownMembers
    result.cycles = walk.cycles.sorted(by: utf8Less)
    if let absent = graph.absentLists.first, !result.members.isEmpty {
      let others = graph.absentLists.count - 1
      result.rests = result.rests.union(
        Rests(absenceOf: others == 0 ? absent : "\(absent) and \(others) more"))
    }
    trace?.note(.chain(cycles: result.cycles))
    return .list(result)
  }

  /// Follows every path; nil when there are too many.
  private mutating func walk(
    _ graph: ChainGraph, _ rule: ChainRule, _ factor: Int?, named name: String
  ) -> ChainWalk? {
    var walk = ChainWalk(reached: Array(repeating: nil, count: graph.nodes.count))
    var isOnPath = [Bool](repeating: false, count: graph.nodes.count)
    var visits = [
      ChainWalk.Visit(
        node: 0, product: .exactly(.one), reasons: .none, doubt: .none, factors: [], name: name)
    ]
    while let visit = visits.last {
      guard visit.next < graph.nodes[visit.node].links.count else {
        isOnPath[visit.node] = false
        visits.removeLast()
        continue
      }
      visits[visits.count - 1].next += 1
      let link = graph.nodes[visit.node].links[visit.next]
      if isOnPath[link.target] {
        let start = visits.firstIndex { $0.node == link.target } ?? 0
        let names = visits[start...].map(\.name) + [visits[start].name]
        let cycle = names.joined(separator: " → ")
        if !walk.cycles.contains(cycle) { walk.cycles.append(cycle) }
        continue
      }
      let holds = holds(rule, link)
      if holds.truth.isFalse { continue }
      walk.pathCount += 1
      if walk.pathCount > Self.pathLimit { return nil }
      let next = step(along: link, from: visit, factor, doubt: holds.reasons)
      reach(next, &walk)
      isOnPath[link.target] = true
      visits.append(next)
    }
    return walk
  }

  /// Whether a link is followed: `each share > 50%`.
  private mutating func holds(_ rule: ChainRule, _ link: ChainGraph.Link) -> Found {
    guard case .each(let slot, let statement) = rule else { return Found(.boolean(true)) }
    bind(slot, .record(link.record))
    return quietly { $0.scalar(statement) }
  }

  private mutating func step(
    along link: ChainGraph.Link, from visit: ChainWalk.Visit, _ factor: Int?, doubt: ReasonSet
  ) -> ChainWalk.Visit {
    let name =
      self.name(of: ListMember(.record(link.record), path: link.record.path))
    guard let factor else {
      return ChainWalk.Visit(
        node: link.target, product: visit.product, reasons: .none,
        doubt: visit.doubt.union(doubt), factors: [], name: name)
    }
    let found = self.factor(link, factor)
    // A share that is not given is somewhere from nothing to all.
    let range =
      if case .quantity(let share) = found.value { Interval.exactly(share) } else {
        Interval(low: .zero, high: .one)
      }
    var reasons = visit.reasons.union(found.reasons)
    var product = Interval.open
    do { product = try visit.product * range } catch { reasons = reasons.union(reason(of: error)) }
    var factors: [ChainFactor] = []
    if trace != nil {
      factors =
        visit.factors + [
          ChainFactor(
            answer: range.answer(found.reasons), path: factorPath(link.record, factor),
            member: name)
        ]
    }
    return ChainWalk.Visit(
      node: link.target, product: product, reasons: reasons, doubt: visit.doubt.union(doubt),
      factors: factors, name: name)
  }

  private func reach(_ visit: ChainWalk.Visit, _ walk: inout ChainWalk) {
    if walk.reached[visit.node] == nil { walk.order.append(visit.node) }
    var reached = walk.reached[visit.node] ?? ChainWalk.Reached()
    if visit.doubt.isEmpty { reached.isCertain = true }
    reached.doubt = reached.doubt.union(visit.doubt)
    reached.reasons = reached.reasons.union(visit.reasons)
    do { reached.through = try reached.through + visit.product } catch {
      reached.through = .open
      reached.reasons = reached.reasons.union(reason(of: error))
    }
    if !visit.factors.isEmpty { reached.paths.append(visit.factors) }
    walk.reached[visit.node] = reached
  }

  // MARK: Reading an entity

  /// A field of an entity: known where its entries agree, their lists joined.
  mutating func read(_ index: Int, _ field: Field, of entity: ChainEntity) -> Term {
    guard let only = entity.entries.first else { return .unknown(reason(.missingFact)) }
    if entity.entries.count == 1 { return read(index, of: only) }
    let terms = entity.entries.map { entry in quietly { $0.read(index, of: entry) } }
    if case .list = field.type { return joined(terms) }
    var chosen: (position: Int, value: Value)?
    for (position, term) in terms.enumerated() {
      if term.found.reasons.reasons.contains(where: { $0.code == .conflicting }) { return term }
      guard case .scalar(let found) = term, let value = found.value else { continue }
      if let chosen, chosen.value != value {
        let path = FactPath.field(only.path, field.name).text
        trace?.note(origin: FactOrigin(path: path))
        return .unknown(ReasonSet(Reason(.conflicting, subject: path)))
      }
      chosen = chosen ?? (position, value)
    }
    return read(index, of: entity.entries[chosen?.position ?? 0])
  }

  private func joined(_ terms: [Term]) -> Term {
    var result: ListTerm?
    for case .list(let list) in terms {
      if result == nil { result = list } else { result?.members += list.members }
    }
    return result.map(Term.list) ?? terms.first ?? .unknown(.none)
  }

  /// `o.through`: the sum over the entity's paths of the products, path by path in the steps.
  mutating func through(_ operand: ExpressionID) -> Found {
    guard case .record(let record) = compute(operand), case .entity(let entity) = record.content
    else { return Found(unknown: compute(operand).found.reasons) }
    if let trace {
      trace.note(.aggregate(.sum))
      for path in entity.paths {
        let product = product(path)
        let names = path.map(\.member).joined(separator: " → ")
        trace.append(
          Derivation(
            operation: .member(names), result: product.result, span: nil, children: [product]))
      }
    }
    return Found(entity.through ?? .unknown(reason(.missingFact, "through")))
  }

  /// The steps of one path's product, multiplied from the outside in.
  private func product(_ path: [ChainFactor]) -> Derivation {
    var product: Derivation?
    for factor in path {
      let fact = Derivation(
        operation: .fact, result: .answer(factor.answer, .ratio), span: nil,
        origin: FactOrigin(path: factor.path))
      guard let before = product, case .answer(let answer, _) = before.result else {
        product = fact
        continue
      }
      let result = arithmetic(
        .multiply, Found(answer), Found(factor.answer), left: .ratio, right: .ratio)
      product = Derivation(
        operation: .arithmetic(.multiply), result: .answer(result.answer, .ratio), span: nil,
        children: [before, fact])
    }
    return product
      ?? Derivation(operation: .collection, result: .collection(summary: "", count: 0), span: nil)
  }
}
