// How much of a contract was learned after the day of knowledge, or carries no day at all.

import ProvisoModel
import ProvisoQuantities

/// Counts of facts by what is said of their recording.
struct RecordKeeping {
  /// Recorded after K and not looked at.
  private(set) var laterCount = 0
  /// With a history or proof, but no recording date.
  private(set) var undatedCount = 0

  init(of contract: Contract, knownAt: CalendarDate) {
    count(contract.facts, knownAt)
    for item in contract.evidence { count(recorded: item.recorded, knownAt) }
    for assessment in contract.assessments { count(recorded: assessment.recorded, knownAt) }
    for waiver in contract.waivers { count(recorded: waiver.recorded, knownAt) }
  }

  private mutating func count(recorded: CalendarDate?, _ knownAt: CalendarDate) {
    guard let recorded else {
      undatedCount += 1
      return
    }
    if recorded > knownAt { laterCount += 1 }
  }

  /// Nearly all facts are single values without a history: those are not even copied.
  private mutating func count(_ facts: [Fact], _ knownAt: CalendarDate) {
    let all = facts.span
    for index in all.indices {
      if case .plain(.scalar) = all[index] { continue }
      count(all[index], knownAt)
    }
  }

  /// Facts nest at most as deep as the contract reader allows.
  private mutating func count(_ fact: Fact, _ knownAt: CalendarDate) {
    switch fact {
    case .absent: break
    case .plain(let value): count(value, knownAt)
    case .versions(let versions):
      for version in versions {
        // A plain figure as published has neither history nor proof.
        if !version.isPlain { count(recorded: version.recorded, knownAt) }
        if let value = version.value { count(value, knownAt) }
      }
    }
  }

  private mutating func count(_ value: FactValue, _ knownAt: CalendarDate) {
    switch value {
    case .scalar: break
    case .record(let facts): count(facts, knownAt)
    case .list(let list): count(list.members, knownAt)
    case .series(let entries): for entry in entries { count(entry.fact, knownAt) }
    case .levels(let entries): for entry in entries { count(entry.fact, knownAt) }
    }
  }
}
