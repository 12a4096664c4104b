// Decision tables: the one row that fits the keys.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// What a table says for its keys.
  mutating func table(_ id: TableID, _ keys: [ExpressionID]) -> Term {
    let found = keys.map { scalar($0) }
    switch row(of: id, fitting: found) {
    case .row(let position):
      trace?.note(.table(id, row: position))
      switch prepared.tables[id.index].rows[position].result {
      case .expression(let result): return evaluate(result)
      case .undetermined(let words):
        let name = prepared.tables[id.index].name
        return .unknown(ReasonSet(Reason(.tableUndetermined, subject: name, detail: words)))
      }
    case .nothing:
      trace?.note(.table(id, row: nil))
      let name = prepared.tables[id.index].name
      let keys = found.map { $0.value?.plainText ?? "" }.joined(separator: ", ")
      return .unknown(ReasonSet(Reason(.noEntry, subject: name, detail: keys)))
    case .unknown:
      trace?.note(.table(id, row: nil))
      return .unknown(found.reduce(ReasonSet.none) { $0.union($1.reasons) })
    }
  }

  /// `(k1, k2) in table`.
  mutating func tableHas(_ id: TableID, _ keys: [ExpressionID]) -> Found {
    let found = keys.map { scalar($0) }
    switch row(of: id, fitting: found) {
    case .row: return Found(.boolean(true))
    case .nothing: return Found(.boolean(false))
    case .unknown: return Found(unknown: found.reduce(ReasonSet.none) { $0.union($1.reasons) })
    }
  }

  private enum Fit {
    case row(Int)
    case nothing
    case unknown
  }

  /// The row that fits. A row with an `other` cell is asked only after every row without one.
  private func row(of table: TableID, fitting keys: [Found]) -> Fit {
    let rows = prepared.tables[table.index].rows
    for group in prepared.tableRows[table.index] {
      var mayFit = false
      for position in group.positions(firstKey: keys.first?.value) {
        var fit = Truth.true
        for (cell, key) in zip(rows[position].cells, keys) where fit != .false {
          fit = fit && self.fits(key, cell)
        }
        if fit.isTrue { return .row(position) }
        if fit == .unknown { mayFit = true }
      }
      if mayFit { return .unknown }
    }
    return .nothing
  }

  private func fits(_ key: Found, _ cell: TableCell) -> Truth {
    switch cell {
    case .any, .other: return .true
    case .value(let value): return isEqual(key.answer, value)
    case .oneOf(let values):
      return values.reduce(Truth.false) { $0 || isEqual(key.answer, $1) }
    case .interval(let low, let includesLow, let high, let includesHigh):
      guard let range = Interval(key.answer) else { return .false }
      let isAbove =
        low.map {
          Interval.compare(includesLow ? .greaterOrEqual : .greater, range, .exactly($0))
        } ?? .true
      let isBelow =
        high.map { Interval.compare(includesHigh ? .lessOrEqual : .less, range, .exactly($0)) }
        ?? .true
      return isAbove && isBelow
    case .spell(let spell):
      guard let value = key.value else { return .unknown }
      if case .date(let day) = value { return Truth(spell.contains(day)) }
      // An event that has not happened is later than every date.
      return Truth(value == .none && spell.until == nil)
    }
  }

  private func isEqual(_ answer: Answer, _ value: Value) -> Truth {
    switch answer {
    case .known(let known): return Truth(known == value)
    case .unknown: return .unknown
    case .between:
      guard let range = Interval(answer), case .quantity(let number) = value else {
        return .unknown
      }
      return Interval.compare(.equal, range, .exactly(number))
    }
  }
}
