// Lists whose members are gone over: alone, inside one another, and which members there are.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// Binds a variable to the members of the list at a place, inside the lists that are bound
  /// already. Who calls it restores the context and the slots.
  ///
  /// - Returns: The list, and which of its members there are on the day of reading; nil: all.
  mutating func bind(
    _ slot: Int, to collection: Lowered
  ) throws(NotLowered) -> (list: ListColumnID, selection: NodeID?) {
    if case .chain(let list, let record) = collection {
      return (list, try bind(slot, toChain: list, record))
    }
    guard case .place(let place) = collection else {
      throw NotLowered("a collection of another kind")
    }
    let list = try self.list(place)
    guard let record = place.record else { return (list, try bind(slot, toValues: list, place)) }
    let member = Place(
      list: list, path: [], name: "", field: nil, record: record, containers: [])
    slots[slot] = .place(member)
    context.append(list)
    var isThere: [NodeID] = []
    if place.list != nil { isThere.append(try isInside(list, place)) }
    guard let dating = place.field?.datedBy else {
      return (list, isThere.isEmpty ? nil : try junction(isThere, isAnd: true))
    }
    guard case .day(let day) = try field(ruleset[record], dating, in: member) else {
      throw NotLowered("a dated list")
    }
    // One whose day is not known may be there; one whose event has not happened is not.
    isThere.append(try compare(.lessOrEqual, .day(day), .day(try asOf())))
    for other in place.readDays {
      isThere.append(try compare(.lessOrEqual, .day(day), .day(other)))
    }
    return (list, try junction(isThere, isAnd: true))
  }

  /// Binds a variable to the members of a list of single values.
  private mutating func bind(
    _ slot: Int, toValues list: ListColumnID, _ place: Place
  ) throws(NotLowered) -> NodeID? {
    guard case .list(let element)? = place.field?.type, element != .money else {
      throw NotLowered("a list of another kind")
    }
    slots[slot] = try scalar(
      Place(list: list, path: [0], name: "", field: nil, record: nil, containers: []), element)
    context.append(list)
    return nil
  }

  /// A.
  mutating func asOf() throws(NotLowered) -> NodeID {
    try node(.word(Int64(plan.asOf.dayNumber)))
  }

  /// The list at a place; one that is bound already is gone over once more.
  private mutating func list(_ place: Place) throws(NotLowered) -> ListColumnID {
    guard let field = place.field else { throw NotLowered("a list of another kind") }
    var source = PlanListSource.facts
    if let outer = place.list {
      let stored = plan.stored(outer)
      guard case .facts = plan.lists[stored.index].source, place.containers.isEmpty,
        place.path.count == 1, case .list(.record) = field.type
      else { throw NotLowered("a list inside a list") }
      source = .inner(stored)
    }
    func list(_ source: PlanListSource) -> PlanList {
      PlanList(
        path: place.path, name: place.name, isEmptyWhenAbsent: field.isEmptyWhenAbsent,
        containers: place.containers, source: source)
    }
    var id = add(list(source))
    while context.contains(id) { id = add(list(.again(id))) }
    return id
  }

  /// Whether the member of a list inside a member is that member's.
  private mutating func isInside(
    _ list: ListColumnID, _ place: Place
  ) throws(NotLowered) -> NodeID {
    func owner(_ list: ListColumnID?, _ lowering: inout Lowering) throws(NotLowered) -> NodeID {
      try lowering.column(
        Place(list: list, path: [-1], name: "", field: nil, record: nil, containers: []),
        .position)
    }
    let (inner, outer) = (try owner(list, &self), try owner(place.list, &self))
    return try node(outer, inner) { .compare(.equal, $0, $1) }
  }

  /// Whether the list inside a member is given at all; nil for a list of the contract.
  mutating func isGiven(_ collection: Lowered) throws(NotLowered) -> NodeID? {
    guard case .place(var place) = collection, place.list != nil else { return nil }
    place.field = nil
    return try column(place, .boolean)
  }

  mutating func add(_ list: PlanList) -> ListColumnID {
    if let known = listIDs[list] { return known }
    let id = ListColumnID(plan.lists.count)
    plan.lists.append(list)
    listIDs[list] = id
    return id
  }

  // MARK: Operands of one list

  /// Operands of one list: what is said of the contract is spread over the members, and what is
  /// said of the members of two lists over their pairs.
  mutating func aligned(
    _ operands: [NodeID]
  ) throws(NotLowered) -> (operands: [NodeID], list: ListColumnID?) {
    var list: ListColumnID?
    var isMixed = false
    for operand in operands {
      guard let other = plan[operand].list else { continue }
      if let list, list != other { isMixed = true }
      list = other
    }
    guard var list else { return (operands, nil) }
    if isMixed { list = try combination(of: operands) }
    var spread: [NodeID] = []
    for operand in operands {
      spread.append(try self.spread(operand, over: list))
    }
    return (spread, list)
  }

  /// What a node says, said of each member of a list.
  mutating func said(_ id: NodeID, of list: ListColumnID?) throws(NotLowered) -> NodeID {
    guard let list else { return id }
    return try spread(id, over: list)
  }

  /// The list that combines the members of all the lists that operands speak of.
  private mutating func combination(of operands: [NodeID]) throws(NotLowered) -> ListColumnID {
    var parts: Set<ListColumnID> = []
    for operand in operands {
      if let list = plan[operand].list { parts.formUnion(plan.parts(of: list)) }
    }
    let ordered = context.filter { parts.contains($0) }
    guard var list = ordered.first, ordered.count == parts.count else {
      throw NotLowered("members of two lists together")
    }
    for inner in ordered.dropFirst() {
      list = add(
        PlanList(
          path: [], name: "", isEmptyWhenAbsent: false, containers: [],
          source: .pairs(list, inner)))
    }
    return list
  }

  private mutating func spread(
    _ id: NodeID, over list: ListColumnID
  ) throws(NotLowered) -> NodeID {
    let own = plan[id].list
    if own == list { return id }
    let kind = plan[id].kind
    switch kind {
    // What the ruleset writes is the same for all.
    case .word, .number, .truth: return try node(kind, of: list)
    default: break
    }
    var operand = id
    if case .pairs(let outer, let inner) = plan.lists[list.index].source {
      if own != inner { operand = try spread(id, over: outer) }
    } else if own != nil {
      throw NotLowered("members of two lists together")
    }
    return try node(kind.isTruth ? .spreadTruth(operand) : .spread(operand), of: list)
  }

  // MARK: Over the members

  /// A truth about each member of the list that was bound last, whatever it speaks of; the list is
  /// that of the combinations it speaks of.
  mutating func ofMembers(
    _ truth: NodeID, _ list: ListColumnID
  ) throws(NotLowered) -> (node: NodeID, list: ListColumnID) {
    let (operands, domain) = try aligned([truth, try node(.truth(true), of: list)])
    guard let domain, plan.parts(of: domain).last == list else {
      throw NotLowered("members of two lists together")
    }
    return (operands[0], domain)
  }

  /// Whether a truth holds for some member of the list that was bound last.
  mutating func someMember(
    _ list: ListColumnID, _ truth: NodeID
  ) throws(NotLowered) -> NodeID {
    let (node, domain) = try ofMembers(truth, list)
    return try self.node(.someMember(domain, node), of: plan.owner(of: domain))
  }

  /// How many members of the list that was bound last a truth holds for.
  mutating func memberCount(
    _ list: ListColumnID, _ selection: NodeID?
  ) throws(NotLowered) -> NodeID {
    let all = try node(.truth(true), of: list)
    let truth = selection ?? all
    let (node, domain) = try ofMembers(truth, list)
    return try self.node(.memberCount(domain, node), of: plan.owner(of: domain))
  }

  /// The sum of a number over the members of the list that was bound last.
  mutating func memberSum(
    _ list: ListColumnID, _ selection: NodeID?, _ body: NodeID
  ) throws(NotLowered) -> NodeID {
    try ofMembers(.sum, list, selection, body)
  }

  /// A number out of those of the members of the list that was bound last.
  mutating func ofMembers(
    _ kind: AggregateKind, _ list: ListColumnID, _ selection: NodeID?, _ body: NodeID
  ) throws(NotLowered) -> NodeID {
    let all = try node(.truth(true), of: list)
    let (operands, domain) = try aligned([body, all] + (selection.map { [$0] } ?? []))
    guard let domain, plan.parts(of: domain).last == list else {
      throw NotLowered("members of two lists together")
    }
    let (body, selection) = (operands[0], operands.count > 2 ? operands[2] : nil)
    let made: NodeKind =
      switch kind {
      case .count: .memberCount(domain, selection ?? operands[1])
      case .sum: .memberSum(domain, where: selection, body)
      case .average: .memberAverage(domain, where: selection, body, scope: scope)
      case .min, .max:
        .memberExtreme(domain, where: selection, body, isLeast: kind == .min, scope: scope)
      }
    return try node(made, of: plan.owner(of: domain))
  }
}
