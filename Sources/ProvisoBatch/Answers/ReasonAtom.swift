// Reasons of an unknown before they are put into words.

package import ProvisoModel
package import ProvisoPlan
package import ProvisoQuantities

/// One reason, by what it is about; `ReasonWriter` says it in words.
package enum ReasonAtom: Hashable, Sendable {
  /// A fact that is absent; of a member of a list, which one of its contract.
  case column(ColumnID, member: Int?)
  /// A fact that is absent in a member of nested lists, by the positions that lead to it.
  case entry(ColumnID, way: [Int32])
  /// A fact that is absent in a member of a list inside a member.
  case innerColumn(ColumnID, outer: Int, inner: Int)
  /// A record or a series that is absent.
  case container(ContainerID, member: Int?)
  /// A list that is absent.
  case list(ListColumnID)
  /// A reason that an operation gives by itself.
  case own(ReasonCode, scope: String)
  /// An event that may still happen by a day; of a member of a list, which one.
  case notYetHappened(path: String, list: ListColumnID?, member: Int?, day: Int64)
  /// A day for which a parameter says nothing.
  case outside(ReasonCode, ParameterID, day: Int64)
  /// A day before the first entry of a dated level.
  case beforeLevels(ListColumnID, day: Int64)
  /// An entry of a series or of dated levels, by its period or its day, that gives no value.
  case listEntry(ListColumnID, key: Int64, PeriodLength?)
  /// Two currencies that met without a conversion, by their codes.
  case mixed(Int64, Int64, scope: String)
  /// A row of a table that says so.
  case tableRow(TableID, row: Int)
  /// `undetermined "…" when` of a condition.
  case rule(ConditionID, reason: String)
  case evidence(kind: String, detail: String)
  case openCondition(ConditionID)
  /// Only the interpreter can say why.
  case unexplained
}

/// Puts reasons into words.
package struct ReasonWriter: Sendable {
  private let plan: Plan

  /// A writer for a plan's reasons.
  package init(_ plan: Plan) { self.plan = plan }

  /// The reason; nil for one that only the interpreter can say.
  package func reason(_ atom: ReasonAtom) -> Reason? {
    switch atom {
    case .column(let id, let member):
      let column = plan.columns[id.index]
      if let assessor = column.assessor {
        return Reason(
          .missingAssessment, subject: path(column.list, member, column.name), detail: assessor)
      }
      if let elector = column.elector {
        return Reason(
          .missingElection, subject: path(column.list, member, column.name), detail: elector)
      }
      return Reason(.missingFact, subject: path(column.list, member, column.name))
    case .entry(let id, let way):
      let column = plan.columns[id.index]
      return Reason(.missingFact, subject: self.way(column.list, way) + column.name)
    case .innerColumn(let id, let outer, let inner):
      let column = plan.columns[id.index]
      guard let list = column.list, case .inner(let owner) = plan.lists[list.index].source
      else { return nil }
      return Reason(
        .missingFact,
        subject: "\(plan.lists[owner.index].name)[\(outer)]\(plan.lists[list.index].name)[\(inner)]"
          + column.name)
    case .container(let id, let member):
      let container = plan.containers[id.index]
      return Reason(.missingFact, subject: path(container.list, member, container.name))
    case .list(let id):
      let list = plan.lists[id.index]
      return Reason(.missingFact, subject: list.name)
    case .own(let code, let scope): return Reason(code, subject: scope)
    case .notYetHappened(let path, let list, let member, let day):
      return Reason(
        .notYetHappened, subject: self.path(list, member, path), detail: "by \(date(day))")
    case .beforeLevels(let list, let day):
      return Reason(.beforeFirstPoint, subject: plan.lists[list.index].name, detail: date(day))
    case .listEntry(let list, let key, let length):
      let entry = length.map { Period(length: $0, number: Int(key)).map { "\($0)" } ?? "" }
      return Reason(
        .missingFact, subject: "\(plan.lists[list.index].name)[\(entry ?? date(key))]")
    case .mixed(let first, let second, let scope):
      let codes = [first, second].compactMap { number in
        CurrencyCode.all.first { Int64($0.number) == number }?.text
      }
      return Reason(
        .mixedCurrencies, subject: scope,
        detail: codes.sorted(by: utf8Less).joined(separator: " and "))
    case .outside(let code, let parameter, let day):
      return Reason(code, subject: plan.ruleset[parameter].name, detail: date(day))
    case .tableRow(let table, let row):
      let rows = plan.ruleset[table].rows
      guard rows.indices.contains(row), case .undetermined(let words) = rows[row].result else {
        return nil
      }
      return Reason(.tableUndetermined, subject: plan.ruleset[table].name, detail: words)
    case .rule(let condition, let reason):
      return Reason(.undeterminedByRule, subject: plan.ruleset[condition].name, detail: reason)
    case .evidence(let kind, let detail):
      return Reason(.missingEvidence, subject: kind, detail: detail)
    case .openCondition(let condition):
      return Reason(.openCondition, subject: plan.ruleset[condition].name)
    case .unexplained: return nil
    }
  }

  /// The path of a member of nested lists.
  private func way(_ list: ListColumnID?, _ way: [Int32]) -> String {
    guard let list, case .tree(let follow) = plan.lists[list.index].source,
      let record = plan.record(of: list), record.fields.indices.contains(follow)
    else { return "" }
    var path = plan.lists[list.index].name
    for (depth, position) in way.enumerated() {
      path += depth == 0 ? "[\(position)]" : ".\(record.fields[follow].name)[\(position)]"
    }
    return path
  }

  private func date(_ day: Int64) -> String {
    CalendarDate(dayNumber: Int(day)).map { "\($0)" } ?? ""
  }

  private func path(_ list: ListColumnID?, _ member: Int?, _ name: String) -> String {
    guard let list, let member else { return name }
    return "\(plan.lists[list.index].name)[\(member)]\(name)"
  }
}
