// The days on which something can change: where a statement has to be tried again.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// The most days that a statement is tried on, one by one: 179 years.
  static var dayLimit: Int { 65_536 }

  /// The days of a stretch on which a statement may differ from the day before, the first
  /// included; nil: more than `dayLimit`.
  ///
  /// What an expression reads changes with the day only where a fact has a version, a member of
  /// a dated list its date or an assessment its end. An expression that mentions the test date
  /// may change on any day.
  mutating func days(
    from first: CalendarDate, to last: CalendarDate, for statement: ExpressionID
  ) -> [CalendarDate]? {
    guard first <= last else { return [] }
    guard prepared.mentionsTestDate[statement.index] else {
      return [first] + changeDays().filter { $0 > first && $0 <= last }
    }
    let count = first.days(to: last)
    guard count < Self.dayLimit else { return nil }
    return (0...count).compactMap { first.adding(days: $0) }
  }

  /// Every day on which some fact of the contract changes, by what was known at K: sorted, each
  /// once.
  mutating func changeDays() -> [CalendarDate] {
    if let factDays { return factDays }
    var days: Set<CalendarDate> = []
    for contract in portfolio?.members.map(\.contract) ?? [contract] {
      for (fact, field) in zip(contract.facts, prepared.contractFields) {
        collectDays(of: fact, field.type, field.datedBy, into: &days)
      }
      for assessment in contract.assessments where isKnown(assessment.recorded) {
        if let expires = assessment.expires, let next = expires.adding(days: 1) {
          days.insert(next)
        }
      }
    }
    let sorted = days.sorted()
    factDays = sorted
    return sorted
  }

  /// Whether some day makes a difference to a field of the contract.
  mutating func changes(contractField index: Int) -> Bool {
    guard contract.facts.indices.contains(index) else { return true }
    if changingFields.isEmpty {
      changingFields = Array(repeating: nil, count: contract.facts.count)
    }
    if let known = changingFields[index] { return known }
    let changes = hasDays(contract.facts[index], prepared.contractFields[index])
    changingFields[index] = changes
    return changes
  }

  /// Whether a fact has a day of its own somewhere inside, without collecting them.
  ///
  /// Facts nest at most as deep as the contract reader allows.
  private func hasDays(_ fact: Fact, _ field: PreparedField) -> Bool {
    switch fact {
    case .absent, .plain(.scalar): return false
    case .versions, .plain(.levels): return true
    case .plain(.record(let facts)): return hasDays(facts, field.record)
    case .plain(.series(let entries)):
      for entry in entries { if case .versions = entry.fact { return true } }
      return false
    case .plain(.list(let list)):
      if list.completeUntil != nil || field.datedBy != nil && !list.members.isEmpty { return true }
      for member in list.members {
        switch member {
        case .absent, .plain(.scalar): break
        case .plain(.record(let facts)): if hasDays(facts, field.record) { return true }
        case .versions, .plain: return true
        }
      }
      return false
    }
  }

  private func hasDays(_ facts: [Fact], _ record: RecordID?) -> Bool {
    guard let record else { return true }
    let fields = prepared.recordFields[record.index]
    for (position, fact) in facts.enumerated() where fields.indices.contains(position) {
      if hasDays(fact, fields[position]) { return true }
    }
    return false
  }

  /// Facts nest at most as deep as the contract reader allows.
  private func collectDays(
    of fact: Fact, _ type: ValueType?, _ datedBy: Int?, into days: inout Set<CalendarDate>
  ) {
    // What was recorded after K changes nothing: with it or without, the same days are tried.
    if fact.isUnheardOf(by: knownAt) { return }
    if case .versions(let versions) = fact {
      days.formUnion(versions.filter { isKnown($0.recorded) }.compactMap(\.from))
    }
    for value in knownValues(of: fact) {
      switch value {
      case .scalar: break
      case .record(let facts):
        guard case .record(let record) = type else { break }
        for (fact, field) in zip(facts, prepared.recordFields[record.index]) {
          collectDays(of: fact, field.type, field.datedBy, into: &days)
        }
      case .list(let list):
        if let next = list.completeUntil?.adding(days: 1) { days.insert(next) }
        let element: ValueType? = if case .list(let element) = type { element } else { nil }
        for member in list.members {
          if let datedBy { insertDates(of: member, datedBy, into: &days) }
          collectDays(of: member, element, nil, into: &days)
        }
      case .series(let entries):
        for entry in entries { collectDays(of: entry.fact, nil, nil, into: &days) }
      case .levels(let entries):
        for entry in entries where !entry.fact.isUnheardOf(by: knownAt) {
          days.insert(entry.date)
          collectDays(of: entry.fact, nil, nil, into: &days)
        }
      }
    }
  }

  /// The dates that a member of a dated list may bear, under any of its versions.
  private func insertDates(of member: Fact, _ datedBy: Int, into days: inout Set<CalendarDate>) {
    for case .record(let facts) in knownValues(of: member) where facts.indices.contains(datedBy) {
      for case .scalar(.date(let date)) in knownValues(of: facts[datedBy]) { days.insert(date) }
    }
  }

  private func isKnown(_ recorded: CalendarDate?) -> Bool { recorded.map { $0 <= knownAt } ?? true }

  /// The values of all versions that had been recorded by K.
  private func knownValues(of fact: Fact) -> [FactValue] {
    switch fact {
    case .absent: []
    case .plain(let value): [value]
    case .versions(let versions): versions.filter { isKnown($0.recorded) }.compactMap(\.value)
    }
  }
}
