// What was recorded between two days: everything of it named, and the contract with some left out.

import ProvisoModel
import ProvisoQuantities

/// Everything that a contract's file was given after one day and up to another.
struct KnowledgeWindow {
  private let contract: Contract
  private let ruleset: CheckedRuleset?
  private let after: CalendarDate?
  private let upTo: CalendarDate?
  /// In the order of the file: facts by field, then evidence, assessments and waivers.
  let changes: [RecordedChange]
  /// The days of recording, each once, sorted.
  let days: [CalendarDate]

  /// - Parameters:
  ///   - after: Nil: from the beginning.
  ///   - upTo: Nil: without end.
  init(
    _ contract: Contract, of ruleset: CheckedRuleset? = nil, after: CalendarDate?,
    upTo: CalendarDate?
  ) {
    self.contract = contract
    self.ruleset = ruleset
    self.after = after
    self.upTo = upTo
    var walk = KnowledgeWalk(after: after, upTo: upTo, kept: nil)
    _ = walk.contract(contract, ruleset)
    changes = walk.changes
    days = Set(walk.days).sorted()
  }

  /// The contract with some of the changes, by position, and without the others.
  func contract(keeping kept: Set<Int>) -> Contract {
    var walk = KnowledgeWalk(after: after, upTo: upTo, kept: kept)
    return walk.contract(contract, ruleset)
  }
}

/// One walk over a contract that counts, names and leaves out what was recorded in the window.
private struct KnowledgeWalk {
  let after: CalendarDate?
  let upTo: CalendarDate?
  /// The positions kept; nil: all.
  let kept: Set<Int>?
  private(set) var changes: [RecordedChange] = []
  private(set) var days: [CalendarDate] = []
  private var ruleset: CheckedRuleset?

  init(after: CalendarDate?, upTo: CalendarDate?, kept: Set<Int>?) {
    self.after = after
    self.upTo = upTo
    self.kept = kept
  }

  mutating func contract(_ contract: Contract, _ ruleset: CheckedRuleset?) -> Contract {
    self.ruleset = ruleset
    let fields = ruleset?.contract.fields ?? []
    let facts = contract.facts.enumerated().map { position, fact -> Fact in
      let field = fields.indices.contains(position) ? fields[position] : nil
      return self.fact(fact, field?.type, field?.name ?? "")
    }
    // An item is known once it was received, and entered where that is said.
    let evidence = contract.evidence.filter {
      keeps([$0.received, $0.recorded].compactMap { $0 }.max(), .evidence($0))
    }
    let assessments = contract.assessments.filter { assessment in
      let field = fields.first { $0.name == assessment.field.prefix { $0 != "." && $0 != "[" } }
      return keeps(assessment.recorded, .assessment(assessment, field?.type ?? .boolean))
    }
    let waivers = contract.waivers.filter { keeps($0.recorded, .waiver($0)) }
    return Contract(
      id: contract.id, facts: facts, evidence: evidence, assessments: assessments,
      waivers: waivers)
  }

  /// Whether something stays: it lies outside the window, or is among what is kept.
  private mutating func keeps(
    _ recorded: CalendarDate?, _ change: @autoclosure () -> RecordedChange
  ) -> Bool {
    guard let recorded, after.map({ recorded > $0 }) ?? true, upTo.map({ recorded <= $0 }) ?? true
    else { return true }
    let position = changes.count
    changes.append(change())
    days.append(recorded)
    return kept?.contains(position) ?? true
  }

  /// Facts nest at most as deep as the contract reader allows.
  private mutating func fact(_ fact: Fact, _ type: ValueType?, _ path: String) -> Fact {
    switch fact {
    case .absent: return .absent
    case .plain(let value): return .plain(self.value(value, type, path))
    case .versions(let versions):
      var kept: [FactVersion] = []
      for version in versions {
        let change = change(version, in: fact, type, path)
        let stays = keeps(version.recorded, change)
        let inner = version.value.map { value($0, type, path) }
        guard stays else { continue }
        kept.append(
          FactVersion(
            value: inner, from: version.from, recorded: version.recorded,
            evidence: version.evidence, elected: version.elected, halfUnit: version.halfUnit))
      }
      return kept.isEmpty ? .absent : .versions(kept)
    }
  }

  private func change(
    _ version: FactVersion, in fact: Fact, _ type: ValueType?, _ path: String
  ) -> RecordedChange {
    let recorded = version.recorded ?? .first
    var isScalar = version.value == nil
    var after: Value?
    if case .scalar(let value)? = version.value {
      isScalar = true
      after = value
    }
    guard isScalar else { return .whole(path: path, on: recorded) }
    var before: Value?
    if let known = self.after ?? recorded.adding(days: -1),
      case .version(let earlier) = fact.reading(on: version.from ?? .last, knownAt: known),
      case .scalar(let value)? = earlier.value
    {
      before = value
    }
    return .value(path: path, on: recorded, before: before, after: after, type ?? .unresolved)
  }

  private mutating func value(
    _ value: FactValue, _ type: ValueType?, _ path: String
  ) -> FactValue {
    switch value {
    case .scalar: return value
    case .record(let facts):
      var fields: [Field] = []
      if case .record(let record)? = type, let ruleset { fields = ruleset[record].fields }
      return .record(
        facts.enumerated().map { position, fact in
          let field = fields.indices.contains(position) ? fields[position] : nil
          return self.fact(fact, field?.type, "\(path).\(field?.name ?? "")")
        })
    case .list(let list):
      let element: ValueType? = if case .list(let element)? = type { element } else { nil }
      var members: [Fact] = []
      for (position, member) in list.members.enumerated() {
        members.append(fact(member, element, "\(path)[\(position)]"))
      }
      return .list(FactList(members: members, completeUntil: list.completeUntil))
    case .series(let entries):
      let element: ValueType? = if case .series(let element, _)? = type { element } else { nil }
      return .series(
        entries.map {
          SeriesEntry(period: $0.period, fact: fact($0.fact, element, "\(path)[\($0.period)]"))
        })
    case .levels(let entries):
      let element: ValueType? = if case .levels(let element)? = type { element } else { nil }
      return .levels(
        entries.map {
          LevelEntry(date: $0.date, fact: fact($0.fact, element, "\(path)[\($0.date)]"))
        })
    }
  }
}
