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
  /// By field: the judgements that the plan asks for. Lookup only.
  let judgements: [String: JudgementColumn]
  /// The fields of the contract, with what of each goes where.
  package let root: [FieldTarget]
  /// By list of the plan: the one that has its members' facts.
  let storage: [Int]
  /// By list of the plan: whether its members are made out of those of others.
  let isMadeOfOthers: [Bool]
  /// By list of the plan: where its members come from, and whose they are; nil: the contracts'.
  /// Kept beside the plan, of which a look inside a loop makes a copy.
  let sources: [PlanListSource]
  let owners: [Int?]
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
    judgements = Dictionary(
      uniqueKeysWithValues: plan.columns.enumerated().compactMap { index, column in
        column.assessor.map {
          (column.name, JudgementColumn(position: position[index], kind: column.kind, assessor: $0))
        }
      })
    let tree = TargetTree(plan, position, containerPosition)
    root = tree.fields(of: plan.ruleset.contract, list: nil, path: [])
    storage = plan.lists.indices.map { plan.stored(ListColumnID($0)).index }
    isMadeOfOthers = plan.lists.map { list in
      switch list.source {
      case .facts, .tree, .levels: false
      case .again, .pairs, .chain: true
      }
    }
    sources = plan.lists.map(\.source)
    owners = plan.lists.indices.map { plan.owner(of: ListColumnID($0))?.index }
    textWords = Dictionary(
      uniqueKeysWithValues: plan.texts.enumerated().map { ($1, Int64($0)) })
  }
}

/// Where a judgement goes, and whose it has to be.
struct JudgementColumn: Sendable {
  let position: Int
  let kind: ColumnKind
  let assessor: String
}

/// What of a field goes into columns.
package indirect enum FieldTarget: Sendable {
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
  /// A list with the lists inside it, which are in a field of its members.
  case tree(Int, member: [FieldTarget], follow: Int, identity: [Int], isEmptyWhenAbsent: Bool)
  /// The entries of a dated level; the kind is that of their values.
  case levels(Int, ColumnKind)
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
      case .facts, .tree, .levels:
        lists[list.path, default: []].append(index)
        mark(nil, list.path)
      case .again, .pairs, .chain: break
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

  private func target(of field: Field, _ list: ListColumnID?, _ path: [Int]) -> FieldTarget {
    let container = plan.containers.firstIndex { $0.list == list && $0.path == path }
      .flatMap { containers[plan.containers[$0]] }
    switch field.type {
    case .record(let record):
      return .record(
        fields(of: plan.ruleset[record], list: list, path: path), container: container)
    case .list(.record(let record)):
      guard list == nil, let positions = lists[path] else { return .nothing }
      let targets = positions.map { self.list($0, field, plan.ruleset[record]) }
      return targets.count == 1 ? targets[0] : .lists(targets)
    case .levels(let element):
      guard let positions = lists[path], let kind = ColumnKind(element) else { return .nothing }
      return .levels(positions[0], kind)
    case .series:
      var entries: [Period: Int] = [:]
      var kind: ColumnKind?
      for (column, position) in columns where column.list == list && column.path == path {
        guard let period = column.entry else { continue }
        entries[period] = position
        kind = column.kind
      }
      return kind.map { .series(entries, $0, container: container) } ?? .nothing
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
