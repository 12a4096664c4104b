// What is absent where nothing is known: a fact, a list, or what holds it.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// A fact that a column holds, by its place in the contract.
  func fact(
    _ id: ColumnID, _ index: Int, _ asked: ReasonSearch, _ chunk: borrowing ColumnChunk
  ) -> ReasonAtom {
    guard let list = program.layout.plan.columns[id.index].list else {
      return .column(id, member: nil)
    }
    let place = range(of: list.index).lowerBound + index
    return .column(
      id, member: place - Int(chunk.offsets[list.index][asked.firstRow + asked.row]))
  }

  /// What is absent where a column's value is: the fact, or the outermost of what holds it.
  func absence(
    of id: ColumnID, _ index: Int, _ asked: ReasonSearch, _ chunk: borrowing ColumnChunk
  ) -> ReasonAtom {
    let column = program.layout.plan.columns[id.index]
    let row = asked.firstRow + asked.row
    guard let list = column.list else {
      for container in column.containers
      where chunk.rows.isAbsent(program.layout.containerPosition[container.index], row) {
        return .container(container, member: nil)
      }
      return .column(id, member: nil)
    }
    if case .tree = program.layout.plan.lists[list.index].source {
      return entry(id, list, column, index, row, chunk)
    }
    let place = range(of: list.index).lowerBound + index
    if case .inner = program.layout.plan.lists[list.index].source {
      return inner(id, list, column, place, row, chunk)
    }
    let member = place - Int(chunk.offsets[list.index][row])
    for container in column.containers
    where chunk.members[list.index].isAbsent(
      program.layout.containerPosition[container.index], place)
    {
      return .container(container, member: member)
    }
    return .column(id, member: member)
  }

  /// What is absent in a member of a tree, with the way that leads to it.
  func entry(
    _ id: ColumnID, _ list: ListColumnID, _ column: PlanColumn, _ index: Int, _ row: Int,
    _ chunk: borrowing ColumnChunk
  ) -> ReasonAtom {
    let place = range(of: list.index).lowerBound + index
    let first = Int(chunk.offsets[list.index][row])
    var way: [Int32] = []
    var member = place - first
    while member >= 0 {
      way.append(chunk.trees[list.index][first + member].position)
      member = Int(chunk.trees[list.index][first + member].parent)
    }
    for container in column.containers
    where chunk.members[list.index].isAbsent(
      program.layout.containerPosition[container.index], place)
    {
      return .unexplained
    }
    return .entry(id, way: way.reversed())
  }

  /// What is absent in a member of a list inside a member.
  private func inner(
    _ id: ColumnID, _ list: ListColumnID, _ column: PlanColumn, _ place: Int, _ row: Int,
    _ chunk: borrowing ColumnChunk
  ) -> ReasonAtom {
    let position = program.layout.positionColumns[list.index]
    for container in column.containers
    where chunk.members[list.index].isAbsent(
      program.layout.containerPosition[container.index], place)
    {
      return .unexplained
    }
    guard position >= 0 else { return .unexplained }
    let owner = chunk.members[list.index].word(position, place)
    var first = place
    while first > Int(chunk.offsets[list.index][row]),
      chunk.members[list.index].word(position, first - 1) == owner
    {
      first -= 1
    }
    return .innerColumn(id, outer: Int(owner), inner: place - first)
  }

  func absence(
    of list: ListColumnID, _ asked: ReasonSearch, _ chunk: borrowing ColumnChunk
  ) -> ReasonAtom {
    let id = program.layout.plan.parts(of: list).last ?? list
    for container in program.layout.plan.lists[id.index].containers
    where chunk.rows.isAbsent(
      program.layout.containerPosition[container.index], asked.firstRow + asked.row)
    {
      return .container(container, member: nil)
    }
    return .list(id)
  }
}
