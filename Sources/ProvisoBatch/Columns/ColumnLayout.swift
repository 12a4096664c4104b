// Where each fact of a contract goes: the columns of a plan by table, and as a tree of fields.

import ProvisoModel
package import ProvisoPlan
package import ProvisoQuantities

/// The columns of a plan, sorted into the table of contracts and the tables of members.
package final class ColumnLayout: Sendable {
  package let plan: Plan
  /// Columns of the contracts, in the order of their table.
  package let rowColumns: [ColumnID]
  /// By list: columns of its members, in the order of their table.
  package let memberColumns: [[ColumnID]]
  /// Containers in the contracts.
  package let rowContainers: [ContainerID]
  /// By list: containers in its members.
  package let memberContainers: [[ContainerID]]
  /// By column of the plan: its position in its table.
  package let position: [Int]
  /// By container of the plan: its position in its table.
  package let containerPosition: [Int]
  /// By field, of a list's members `list[].field`: the judgements that the plan asks for. Lookup
  /// only.
  let judgements: [String: [JudgementColumn]]
  /// The fields of the contract, with what of each goes where.
  package let root: [FieldTarget]
  /// By list of the plan: the column of its members' positions, or of those of the members that
  /// they are inside; -1 where nobody asks.
  let positionColumns: [Int]
  /// By list of the plan: the one that has its members' facts.
  let storage: [Int]
  /// By list of the plan: whether its members are made out of those of others.
  let isMadeOfOthers: [Bool]
  /// By list of the plan: whether the machine makes its members, in pairs or along a chain.
  let isMadeHere: [Bool]
  /// By list of the plan: where its members come from, and whose they are; nil: the contracts'.
  /// Kept beside the plan, of which a look inside a loop makes a copy.
  let sources: [PlanListSource]
  let owners: [Int?]
  let asOf: CalendarDate
  let asksForDays: Bool
  /// The words of the texts that the plan mentions.
  package let textWords: [String: Int64]

  /// Lays out the columns of a plan.
  package init(_ plan: Plan) {
    self.plan = plan
    let columns = plan.columns.indices.map { ColumnID($0) }
    let containers = plan.containers.indices.map { ContainerID($0) }
    rowColumns = columns.filter { plan.columns[$0.index].list == nil }
    rowContainers = containers.filter { plan.containers[$0.index].list == nil }
    memberColumns = plan.lists.indices.map { list in
      columns.filter { plan.columns[$0.index].list?.index == list }
    }
    memberContainers = plan.lists.indices.map { list in
      containers.filter { plan.containers[$0.index].list?.index == list }
    }
    var position = Array(repeating: 0, count: plan.columns.count)
    for table in [rowColumns] + memberColumns {
      for (place, column) in table.enumerated() { position[column.index] = place }
    }
    var containerPosition = Array(repeating: 0, count: plan.containers.count)
    for table in [rowContainers] + memberContainers {
      for (place, container) in table.enumerated() { containerPosition[container.index] = place }
    }
    self.position = position
    self.containerPosition = containerPosition
    var judgements: [String: [JudgementColumn]] = [:]
    for (index, column) in plan.columns.enumerated() {
      guard let assessor = column.assessor else { continue }
      let owner = column.list.map { plan.lists[$0.index].name + "[]" } ?? ""
      judgements[owner + column.name, default: []].append(
        JudgementColumn(
          list: column.list?.index, position: position[index], kind: column.kind,
          assessor: assessor, containers: column.containers.map { containerPosition[$0.index] }))
    }
    self.judgements = judgements
    positionColumns = memberColumns.map { columns in
      columns.firstIndex { plan.columns[$0.index].kind == .position } ?? -1
    }
    let tree = TargetTree(plan, position, containerPosition)
    root = tree.fields(of: plan.ruleset.contract, list: nil, path: [])
    storage = plan.lists.indices.map { plan.stored(ListColumnID($0)).index }
    isMadeOfOthers = plan.lists.map { list in
      switch list.source {
      case .facts, .inner, .tree, .levels, .entries: false
      case .again, .pairs, .chain: true
      }
    }
    isMadeHere = plan.lists.map { list in
      switch list.source {
      case .pairs, .chain: true
      case .facts, .inner, .again, .tree, .levels, .entries: false
      }
    }
    sources = plan.lists.map(\.source)
    asOf = plan.asOf
    asksForDays = plan.asksForDays
    owners = plan.lists.indices.map { plan.owner(of: ListColumnID($0))?.index }
    textWords = Dictionary(
      uniqueKeysWithValues: plan.texts.enumerated().map { ($1, Int64($0)) })
  }
}

/// Where a judgement goes, and whose it has to be.
struct JudgementColumn: Sendable {
  /// The list whose members it is about; nil: the contract itself.
  let list: Int?
  let position: Int
  let kind: ColumnKind
  let assessor: String
  /// The records that hold it: where one is absent there is nothing to judge.
  let containers: [Int]
}

/// What of a field goes into columns.
package enum FieldTarget: Sendable {
  /// Nothing: the plan reads nothing in it.
  case nothing
  /// A single value, to a position of its table.
  case column(Int, ColumnKind)
  /// No fact, but what somebody judges.
  case judgement(Int)
  /// A record: its fields, and the container that it is.
  case record([FieldTarget], container: Int?)
  /// A list by its position in the plan, and the fields of its members.
  case list(Int, member: [FieldTarget], isEmptyWhenAbsent: Bool)
  /// A list inside a member of another: whether it is given goes to a position of that one's table.
  case inner(Int, member: [FieldTarget], isGiven: Int, isEmptyWhenAbsent: Bool)
  /// A list with the lists inside it, which are in a field of its members.
  case tree(Int, member: [FieldTarget], follow: Int, identity: [Int], isEmptyWhenAbsent: Bool)
  /// A single amount with its currency, to two positions, as far as they are asked for.
  case money(amount: Int?, currency: Int?)
  /// A list of single values, to a position of its table, where anything of them is asked for.
  case values(Int, column: Int?, ColumnKind, isEmptyWhenAbsent: Bool)
  /// The entries of a series or of dated levels as members of a list: what they are found by, and
  /// their values.
  case entries(Int, key: Int, value: Int, ColumnKind)
  /// A list that goes to several places.
  case lists([FieldTarget])
  /// Entries of a series by period.
  case series([Period: Int], ColumnKind, container: Int?)
}

/// Puts the targets of a plan's columns together, record by record.
private struct TargetTree {
  let plan: Plan
  private var columns: [PlanColumn: Int] = [:]
  private var containers: [PlanContainer: Int] = [:]
  private var lists: [[Int]: [Int]] = [:]
  /// Paths that lead to something the plan reads, with the list they are in.
  private var used: Set<Step> = []

  private struct Step: Hashable {
    let list: Int?
    let path: [Int]
  }

  init(_ plan: Plan, _ position: [Int], _ containerPosition: [Int]) {
    self.plan = plan
    for (index, column) in plan.columns.enumerated() {
      columns[column] = position[index]
      mark(column.list, column.path)
    }
    for (index, container) in plan.containers.enumerated() {
      containers[container] = containerPosition[index]
    }
    for (index, list) in plan.lists.enumerated() {
      switch list.source {
      case .facts, .tree, .levels, .entries:
        lists[list.path, default: []].append(index)
        mark(nil, list.path)
      case .inner, .again, .pairs, .chain: break
      }
    }
  }

  private mutating func mark(_ list: ListColumnID?, _ path: [Int]) {
    for length in 1...max(1, path.count) {
      used.insert(Step(list: list?.index, path: Array(path.prefix(length))))
    }
  }

  /// The targets of a record's fields; a record without any that is used goes no deeper.
  func fields(of record: RecordType, list: ListColumnID?, path: [Int]) -> [FieldTarget] {
    record.fields.enumerated().map { index, field in
      let place = path + [index]
      guard used.contains(Step(list: list?.index, path: place)) else { return .nothing }
      return target(of: field, list, place)
    }
  }

  private func list(_ position: Int, _ field: Field, _ record: RecordType) -> FieldTarget {
    let member = fields(of: record, list: ListColumnID(position), path: [])
    guard case .tree(let follow) = plan.lists[position].source else {
      return .list(position, member: member, isEmptyWhenAbsent: field.isEmptyWhenAbsent)
    }
    return .tree(
      position, member: member, follow: follow,
      identity: record.identity.filter { record.fields[$0].assessor == nil },
      isEmptyWhenAbsent: field.isEmptyWhenAbsent)
  }

  /// A list inside the members of another.
  private func inner(
    of field: Field, _ outer: ListColumnID, _ path: [Int], _ record: RecordID
  ) -> FieldTarget {
    let found = plan.lists.firstIndex { $0.source == .inner(outer) && $0.path == path }
    guard let found, let isGiven = column(outer, path) else { return .nothing }
    return .inner(
      found, member: fields(of: plan.ruleset[record], list: ListColumnID(found), path: []),
      isGiven: isGiven, isEmptyWhenAbsent: field.isEmptyWhenAbsent)
  }

  /// The position of the column at a path.
  private func column(_ list: ListColumnID?, _ path: [Int]) -> Int? {
    plan.columns.first { $0.list == list && $0.path == path }.flatMap { columns[$0] }
  }

  /// The list of a series' or levels' entries.
  private func entries(_ path: [Int], _ element: ValueType) -> FieldTarget? {
    guard let list = lists[path]?.first, let kind = ColumnKind(element),
      let key = column(ListColumnID(list), [0]), let value = column(ListColumnID(list), [1])
    else { return nil }
    return .entries(list, key: key, value: value, kind)
  }

  private func target(of field: Field, _ list: ListColumnID?, _ path: [Int]) -> FieldTarget {
    let container = plan.containers.firstIndex { $0.list == list && $0.path == path }
      .flatMap { containers[plan.containers[$0]] }
    switch field.type {
    case .record(let record):
      return .record(
        fields(of: plan.ruleset[record], list: list, path: path), container: container)
    case .list(.record(let record)):
      if let list { return inner(of: field, list, path, record) }
      guard let positions = lists[path] else { return .nothing }
      let targets = positions.map { self.list($0, field, plan.ruleset[record]) }
      return targets.count == 1 ? targets[0] : .lists(targets)
    case .list(let element):
      guard list == nil, let list = lists[path]?.first, let kind = ColumnKind(element) else {
        return .nothing
      }
      return .values(
        list, column: self.column(ListColumnID(list), [0]), kind,
        isEmptyWhenAbsent: field.isEmptyWhenAbsent)
    case .money:
      return .money(amount: column(list, path + [0]), currency: column(list, path + [1]))
    case .levels(let element): return entries(path, element) ?? .nothing
    case .series(let element, _):
      var entries: [Period: Int] = [:]
      var kind: ColumnKind?
      for (column, position) in columns where column.list == list && column.path == path {
        guard let period = column.entry else { continue }
        entries[period] = position
        kind = column.kind
      }
      let written = kind.map { FieldTarget.series(entries, $0, container: container) }
      let found = [written, list == nil ? self.entries(path, element) : nil].compactMap { $0 }
      return found.count == 2 ? .lists(found) : found.first ?? .nothing
    default:
      for (index, column) in plan.columns.enumerated()
      where column.list == list && column.path == path {
        let position = columns[plan.columns[index]] ?? 0
        return column.assessor == nil ? .column(position, column.kind) : .judgement(position)
      }
      return .nothing
    }
  }
}
