// A contract with one fact replaced, all else held.

import ProvisoModel
import ProvisoQuantities

/// One step of a written path.
private enum PathStep {
  case field(String)
  case entry(String)
}

extension Contract {
  /// The contract with another value for the fact at a path; nil where there is no such fact.
  ///
  /// Of a fact with versions only those of the origin's dates are replaced.
  func replacing(
    _ origin: FactOrigin, with value: Value, in ruleset: CheckedRuleset
  ) -> Contract? {
    guard let steps = Contract.steps(of: origin.path), case .field(let name)? = steps.first,
      let index = ruleset.contract.index(of: name), facts.indices.contains(index)
    else { return nil }
    let replacement = Replacement(value: value, origin: origin, ruleset: ruleset)
    guard
      let fact = replacement.replaced(
        facts[index], ruleset.contract.fields[index].type, steps.dropFirst())
    else { return nil }
    var changed = facts
    changed[index] = fact
    return Contract(
      id: id, facts: changed, evidence: evidence, assessments: assessments, waivers: waivers)
  }

  /// `borrower.owners[2].share`, `emissions[2024]` in steps.
  private static func steps(of path: String) -> [PathStep]? {
    var steps: [PathStep] = []
    for piece in path.split(separator: ".") {
      let parts = piece.split(separator: "[")
      guard let name = parts.first else { return nil }
      steps.append(.field(String(name)))
      for part in parts.dropFirst() {
        guard part.last == "]" else { return nil }
        let key = String(part.dropLast())
        // A bare year is also a number: which it is, the shape of the fact decides.
        steps.append(.entry(key))
      }
    }
    return steps
  }
}

/// What is put in place of a fact.
private struct Replacement {
  let value: Value
  let origin: FactOrigin
  let ruleset: CheckedRuleset

  func replaced(_ fact: Fact, _ type: ValueType, _ steps: ArraySlice<PathStep>) -> Fact? {
    switch fact {
    case .absent: return nil
    case .plain(let old): return replaced(old, type, steps).map(Fact.plain)
    case .versions(let versions):
      var isReplaced = false
      let changed = versions.map { version -> FactVersion in
        let isMeant =
          !steps.isEmpty || (version.from == origin.from && version.recorded == origin.recorded)
        guard isMeant, let old = version.value, let new = replaced(old, type, steps) else {
          return version
        }
        isReplaced = true
        return FactVersion(
          value: new, from: version.from, recorded: version.recorded, evidence: version.evidence,
          elected: version.elected)
      }
      return isReplaced ? .versions(changed) : nil
    }
  }

  private func replaced(
    _ old: FactValue, _ type: ValueType, _ steps: ArraySlice<PathStep>
  ) -> FactValue? {
    guard let step = steps.first else {
      guard case .scalar = old else { return nil }
      return .scalar(value)
    }
    let rest = steps.dropFirst()
    switch (old, step) {
    case (.record(var facts), .field(let name)):
      guard case .record(let record) = type, let index = ruleset[record].index(of: name),
        facts.indices.contains(index),
        let fact = replaced(facts[index], ruleset[record].fields[index].type, rest)
      else { return nil }
      facts[index] = fact
      return .record(facts)
    case (.list(let list), .entry(let key)):
      guard let index = Int(key), list.members.indices.contains(index),
        case .list(let element) = type, let fact = replaced(list.members[index], element, rest)
      else { return nil }
      var members = list.members
      members[index] = fact
      return .list(FactList(members: members, completeUntil: list.completeUntil))
    case (.series(var entries), .entry(let key)):
      guard let index = entries.firstIndex(where: { "\($0.period)" == key }),
        case .series(let element, _) = type,
        let fact = replaced(entries[index].fact, element, rest)
      else { return nil }
      entries[index] = SeriesEntry(period: entries[index].period, fact: fact)
      return .series(entries)
    case (.levels(var entries), .entry(let key)):
      guard let index = entries.firstIndex(where: { "\($0.date)" == key }),
        case .levels(let element) = type, let fact = replaced(entries[index].fact, element, rest)
      else { return nil }
      entries[index] = LevelEntry(date: entries[index].date, fact: fact)
      return .levels(entries)
    default: return nil
    }
  }
}
