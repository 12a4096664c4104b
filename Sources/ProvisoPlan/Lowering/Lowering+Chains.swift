// Chains: nested lists as a tree, and the entities that its paths lead to.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// `chain(L)`, `chain(L, product of share)`, `chain(L, each share > 50%)`.
  mutating func chain(
    _ base: ExpressionID, _ rule: ChainRule
  ) throws(NotLowered) -> Lowered {
    guard case .place(let place) = try lower(base), place.list == nil, let record = place.record,
      let field = place.field
    else { throw NotLowered("a `chain` of another kind") }
    guard field.datedBy == nil else { throw NotLowered("a `chain` of dated lists") }
    let follow = inner(of: record, named: field.name)
    if follow >= 0 {
      let list = ruleset[record].fields[follow]
      guard list.isEmptyWhenAbsent, list.datedBy == nil else {
        throw NotLowered("a `chain` of lists that may be unknown")
      }
    }
    func list(_ source: PlanListSource) -> PlanList {
      PlanList(
        path: place.path, name: place.name, isEmptyWhenAbsent: field.isEmptyWhenAbsent,
        containers: place.containers, source: source)
    }
    let tree = add(list(.tree(follow: follow)))
    let links = try self.links(of: tree, record, rule)
    let chain = add(list(.chain(tree, links)))
    // The members are made before anything is said of them.
    _ = try node(.reached(links.node), of: chain)
    return .chain(chain, record)
  }

  /// The list inside a record that a chain follows: the one that bears the outer list's name, else
  /// the first of such records; -1 where there is none.
  private func inner(of record: RecordID, named name: String) -> Int {
    let fields = ruleset[record].fields
    let candidates = fields.indices.filter { fields[$0].type == .list(.record(record)) }
    return candidates.first { fields[$0].name == name } ?? candidates.first ?? -1
  }

  private mutating func links(
    of tree: ListColumnID, _ record: RecordID, _ rule: ChainRule
  ) throws(NotLowered) -> ChainLinks {
    let member = Place(list: tree, path: [], name: "", field: nil, record: record, containers: [])
    switch rule {
    case .reach: return .each(try node(.truth(true), of: tree))
    case .product(let field):
      guard case .number(let share) = try self.field(ruleset[record], field, in: member) else {
        throw NotLowered("a `chain` of another kind")
      }
      return .product(share)
    case .each(let slot, let statement):
      let outer = (slots, context)
      defer { (slots, context) = outer }
      slots[slot] = .place(member)
      context.append(tree)
      let (truth, list) = try ofMembers(try self.truth(statement), tree)
      guard list == tree else { throw NotLowered("a `chain` that differs from test to test") }
      return .each(truth)
    }
  }

  /// Binds a variable to the entities of a chain; which of them are certainly reached.
  mutating func bind(
    _ slot: Int, toChain list: ListColumnID, _ record: RecordID
  ) throws(NotLowered) -> NodeID {
    guard !context.contains(list), case .chain(_, let links) = plan.lists[list.index].source else {
      throw NotLowered("a `chain` inside itself")
    }
    slots[slot] = .place(
      Place(list: list, path: [], name: "", field: nil, record: record, containers: []))
    context.append(list)
    return try node(.reached(links.node), of: list)
  }

  /// `o.through`.
  mutating func through(_ operand: ExpressionID) throws(NotLowered) -> NodeID {
    guard case .place(let place) = try lower(operand), let list = place.list, place.path.isEmpty,
      case .chain(_, .product(let share)) = plan.lists[list.index].source
    else { throw NotLowered("`through` of another kind") }
    return try node(.through(reached: try node(.reached(share), of: list)), of: list)
  }
}
