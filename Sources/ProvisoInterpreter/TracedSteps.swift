// How an expression shows as a step: the operation it is, the result it had.

import ProvisoModel
import ProvisoQuantities

extension CheckedRuleset {
  /// What the steps of each expression have in common.
  var stepForms: [StepForm] {
    // Operands stand before their users, so the path of a record is there before its fields'.
    var paths = [String?](repeating: nil, count: expressions.count)
    var forms: [StepForm] = []
    forms.reserveCapacity(expressions.count)
    for (position, expression) in expressions.enumerated() {
      var elector: String?
      switch expression.kind {
      case .contractField(let index):
        elector = contract.fields[index].elector
        paths[position] = contract.fields[index].name
      case .member(let owner, let index):
        let fields: [Field]
        switch expressions[owner.index].type {
        case .record(let record), .chainEntity(let record): fields = records[record.index].fields
        case .contract: fields = contract.fields
        default: fields = []
        }
        guard fields.indices.contains(index) else { break }
        elector = fields[index].elector
        if let path = paths[owner.index] { paths[position] = path + "." + fields[index].name }
      default: break
      }
      forms.append(
        StepForm(
          operation: expression.kind.operation, type: expression.type, span: expression.span,
          factPath: paths[position], elector: elector))
    }
    return forms
  }
}

extension ExpressionKind {
  /// The operation of an expression's step, unless the evaluation notes a more exact one.
  fileprivate var operation: DerivationOperation {
    switch self {
    case .literal: .literal
    case .contractField, .member: .fact
    case .variable(_, let name): .context(name)
    case .testPeriod: .context("period")
    case .testDate: .context("test_date")
    case .asOf: .context("as_of")
    case .contracts: .context("contracts")
    case .previous: .context("previous")
    case .listLiteral, .recordLiteral, .window, .range: .collection
    case .through: .aggregate(.sum)
    case .periodStart, .periodEnd, .naceSection, .periodOf, .currencyOf: .part
    case .negate: .negate
    case .arithmetic(let sign, _, _): .arithmetic(sign)
    case .shareOf: .shareOf
    case .power: .power
    case .round(_, _, let mode): .round(mode)
    case .capped(_, _, let title): .capped(title: title, isBinding: false)
    case .floored(_, _, let title): .floored(title: title, isBinding: false)
    case .partAbove: .partAbove
    case .partUpTo: .partUpTo
    case .least: .least
    case .greatest: .greatest
    case .convert: .convert
    case .addDuration, .durationSum, .durationTimes: .addDuration
    case .periodPlus, .periodDifference: .periodStep
    case .countTime(let unit, let count, _, _, _): .countTime(unit, count)
    case .yearFraction(let convention, _, _, _): .yearFraction(convention)
    case .at: .at
    case .parameter(let parameter, _): .parameter(parameter)
    case .happenedBy: .happenedBy
    case .compare(let comparison, _, _): .compare(comparison)
    case .memberOf: .memberOf
    case .dateInPeriod: .dateInPeriod
    case .listed(let question): .listed(question.list, dating: question.dating, spell: nil)
    case .tableHas(let table, _): .tableHas(table)
    case .not: .not
    case .and: .and
    case .or: .or
    case .limbs(let kind, _): .limbs(kind)
    case .quantifier(let kind, _, _, _): .quantifier(kind)
    case .isKnown: .isKnown
    case .isAssured(_, let level): .isAssured(level)
    case .isNone: .isNone
    case .conditionState(let condition, let state, _): .conditionState(condition, state)
    case .aggregate(let kind, _, _, _): .aggregate(kind)
    case .chain: .chain(cycles: [])
    case .choose: .choose(position: nil)
    case .orElse: .orElse(usedSecond: false)
    case .table(let table, _): .table(table, row: nil)
    case .call(let define, _): .call(define)
    }
  }
}

extension Evaluation {
  /// Ends the step under way by what evaluating its expression gave.
  func close(_ trace: Trace, _ term: Term) {
    switch term {
    case .scalar(let found): trace.close(found.answer)
    case .record(let record):
      trace.close(collection: name(of: ListMember(term, path: record.path)), count: 1)
    case .list(let list): trace.close(collection: summary(of: list), count: list.count)
    case .series(let series):
      let count =
        switch series.content {
        case .facts(let entries, _): entries.count
        case .computed(let values, _, _): values.count
        }
      trace.close(collection: series.path.text, count: count)
    case .levels(let levels):
      trace.close(collection: levels.path.text, count: levels.entries.count)
    }
  }
}

extension Evaluation {
  /// A list of the contract by its path, a range or a literal by its ends.
  private func summary(of list: ListTerm) -> String {
    if let path = list.path { return path.text }
    guard let first = list.members.first, let last = list.members.last else { return "[]" }
    return list.members.count == 1
      ? name(of: first) : "\(name(of: first)) to \(name(of: last))"
  }
}
