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
    var route: ChainRoute?

    /// Adds the product of one more path.
    mutating func add(_ visit: Visit, or failure: ReasonSet) {
      reasons.formUnion(visit.reasons)
      if let sum = try? through + visit.product {
        through = sum
      } else {
        through = .open
        reasons.formUnion(failure)
      }
      if !visit.factors.isEmpty { paths.append(visit.factors) }
    }
  }
  struct Visit {
    let node: Int
    var next = 0
    let product: Interval
    let reasons: ReasonSet
    let doubt: ReasonSet
    let factors: [ChainFactor]
    /// The record that led here; nil where the chain starts.
    let record: RecordTerm?
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
  ///
  /// What depends on nothing but facts that are the same on every day asked about is worked out
  /// once for all tests, unless its steps are to be kept each time.
  mutating func chain(_ id: ExpressionID, _ base: ExpressionID, _ rule: ChainRule) -> Term {
    let follow = prepared.chainFields[id.index]
    guard trace == nil, prepared.isSteadyChain[id.index] else {
      return reachedEntities(base, rule, follow: follow)
    }
    // Facts without a history are the same on every day.
    let day = changes(contractField: prepared.chainRoots[id.index]) ? frame.day : .first
    if let known = chains.first(where: { $0.id == id && $0.day == day }) { return known.term }
    let term = reachedEntities(base, rule, follow: follow)
    chains.append((id, day, term))
    return term
  }

  private mutating func reachedEntities(
    _ base: ExpressionID, _ rule: ChainRule, follow field: Int
  ) -> Term {
    let list: ListTerm
    switch members(of: base) {
    case .failure(let unknown): return .unknown(unknown.reasons)
    case .success(let found): list = found
    }
    let factor: Int? = if case .product(let field) = rule { field } else { nil }
    let graph = chainGraph(list, follow: field, factor: factor)
    guard let walk = walk(graph, rule, factor, named: base) else {
      return .unknown(ReasonSet(Reason(.chainTooLong, subject: pathText(of: base))))
    }
    var gaps = graph.gaps
    var members: [ListMember] = []
    members.reserveCapacity(walk.order.count)
    for node in walk.order {
      guard let reached = walk.reached[node] else { continue }
      if !graph.nodes[node].isListed { gaps = gaps.union(graph.nodes[node].unlisted) }
      let entity = ChainEntity(
        entries: graph.nodes[node].entries,
        through: factor == nil ? nil : reached.through.answer(reached.reasons),
        paths: reached.paths, route: reached.route)
      let first = entity.entries.first
      members.append(
        ListMember(
          .record(RecordTerm(type: first?.type, content: .entity(entity), path: first?.path)),
          doubt: reached.isCertain ? .none : reached.doubt))
    }
    members += graph.unknownMembers
    let cycles = walk.cycles.sorted(by: utf8Less)
    trace?.note(.chain(cycles: cycles))
    let inner = members.isEmpty ? nil : graph.absentLists.first
    return .list(
      ListTerm(
        members: members, path: list.path, gaps: gaps, absent: inner ?? list.absent,
        otherAbsentCount: inner == nil ? 0 : graph.absentLists.count - 1))
  }

  /// Follows every path; nil when there are too many.
  private mutating func walk(
    _ graph: ChainGraph, _ rule: ChainRule, _ factor: Int?, named base: ExpressionID
  ) -> ChainWalk? {
    var walk = ChainWalk(reached: Array(repeating: nil, count: graph.nodes.count))
    var isOnPath = [Bool](repeating: false, count: graph.nodes.count)
    var visits = [
      ChainWalk.Visit(
        node: 0, product: .exactly(.one), reasons: .none, doubt: .none, factors: [], record: nil)
    ]
    // Looked at in place: a visit carries too much to be copied at every link.
    while let top = visits.indices.last {
      let node = visits[top].node
      let position = visits[top].next
      guard position < graph.nodes[node].links.count else {
        isOnPath[node] = false
        visits.removeLast()
        continue
      }
      visits[top].next += 1
      let link = graph.nodes[node].links[position]
      if isOnPath[link.target] {
        let start = visits.firstIndex { $0.node == link.target } ?? 0
        let names = visits[start...].map { entityName($0.record, base) }
        let cycle = (names + names.prefix(1)).joined(separator: " → ")
        if !walk.cycles.contains(cycle) { walk.cycles.append(cycle) }
        continue
      }
      let holds = holds(rule, link)
      if holds.truth.isFalse { continue }
      walk.pathCount += 1
      if walk.pathCount > Self.pathLimit { return nil }
      let next = step(along: link, from: visits[top], factor, doubt: holds.reasons)
      reach(next, hasFactor: factor != nil, &walk)
      if trace != nil { keepRoute(to: link.target, below: visits, base, &walk) }
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
    guard let factor else {
      return ChainWalk.Visit(
        node: link.target, product: visit.product, reasons: .none,
        doubt: visit.doubt.union(doubt), factors: [], record: link.record)
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
            member: name(of: ListMember(.record(link.record), path: link.record.path)))
        ]
    }
    return ChainWalk.Visit(
      node: link.target, product: product, reasons: reasons, doubt: visit.doubt.union(doubt),
      factors: factors, record: link.record)
  }

  private func entityName(_ record: RecordTerm?, _ base: ExpressionID) -> String {
    guard let record else { return pathText(of: base) }
    return name(of: ListMember(.record(record), path: record.path))
  }

  private func reach(_ visit: ChainWalk.Visit, hasFactor: Bool, _ walk: inout ChainWalk) {
    let node = visit.node
    if walk.reached[node] == nil {
      walk.order.append(node)
      walk.reached[node] = ChainWalk.Reached()
    }
    if visit.doubt.isEmpty {
      walk.reached[node]?.isCertain = true
    } else {
      walk.reached[node]?.doubt.formUnion(visit.doubt)
    }
    guard hasFactor else { return }
    walk.reached[node]?.add(visit, or: reason(of: .tooLong))
  }

  /// Notes how an entity was reached, for the steps; of further paths only that there are some.
  private func keepRoute(
    to node: Int, below visits: [ChainWalk.Visit], _ base: ExpressionID, _ walk: inout ChainWalk
  ) {
    guard walk.reached[node]?.route == nil else {
      walk.reached[node]?.route?.pathCount += 1
      return
    }
    // The first visit is the list itself.
    let above = visits.dropFirst().map { entityName($0.record, base) }
    walk.reached[node]?.route = ChainRoute(above: above)
  }

  // MARK: Reading an entity

  /// A field of an entity: known where its entries agree, their lists joined.
  mutating func read(_ index: Int, _ field: PreparedField, of entity: ChainEntity) -> Term {
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
    var lists: [ListTerm] = []
    for case .list(let list) in terms { lists.append(list) }
    guard let first = lists.first else { return terms.first ?? .unknown(.none) }
    return .list(
      ListTerm(
        members: lists.flatMap(\.members), path: first.path,
        gaps: lists.reduce(ReasonSet.none) { $0.union($1.gaps) }, absent: first.absent))
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
