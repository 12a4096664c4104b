// Which version of a fact is read: language.md §4, the one rule both evaluators share.

package import ProvisoQuantities

/// What reading a fact on a day, with the knowledge of a day, gives.
package enum FactReading: Hashable, Sendable {
  /// Nothing is known: the fact is absent, or no version was true and known by then.
  case absent
  /// The version that decides.
  case version(FactVersion)
  /// Versions of equal `from` and `recorded` that disagree.
  case conflicting
}

extension Fact {
  /// Reads the fact on `day` with what was recorded by `knownAt`.
  ///
  /// Of the versions recorded by `knownAt`, the latest `from` not after `day`, and of those the
  /// latest `recorded`. A version without `from` was always true (before any date), one without
  /// `recorded` always known. Equal dates and different values are conflicting.
  ///
  /// - Parameter rank: For a field `best evidence decides`: how good the evidence of a version is.
  ///   Of the versions with the latest `from` the best of them decides, before any `recorded`.
  package func reading(
    on day: CalendarDate, knownAt: CalendarDate, rank: ((FactVersion) -> Int)? = nil
  ) -> FactReading {
    switch self {
    case .absent: return .absent
    case .plain(let value): return .version(FactVersion(value: value))
    case .versions(let versions):
      var best: FactVersion?
      var isConflicting = false
      for version in versions where version.isSeen(on: day, knownAt: knownAt) {
        guard let current = best else {
          best = version
          continue
        }
        switch order(version, current, rank) {
        case .later:
          best = version
          isConflicting = false
        case .same: if version.value != current.value { isConflicting = true }
        case .earlier: break
        }
      }
      if isConflicting { return .conflicting }
      return best.map(FactReading.version) ?? .absent
    }
  }

  /// Whether nothing of the fact had been recorded by `knownAt`.
  ///
  /// A member of a list of which that is true is not there: on that day the list was complete
  /// without it. An entry of a dated level leaves the level before it standing. A member that had
  /// been recorded and was not true yet is there and unknown.
  package func isUnheardOf(by knownAt: CalendarDate) -> Bool {
    guard case .versions(let versions) = self else { return false }
    return versions.allSatisfy { $0.recorded.map { $0 > knownAt } ?? false }
  }

  private enum Order { case earlier, same, later }

  private func order(
    _ left: FactVersion, _ right: FactVersion, _ rank: ((FactVersion) -> Int)?
  ) -> Order {
    if left.from != right.from { return isEarlier(left.from, right.from) ? .earlier : .later }
    if let rank {
      let (leftRank, rightRank) = (rank(left), rank(right))
      if leftRank != rightRank { return leftRank < rightRank ? .earlier : .later }
    }
    if left.recorded != right.recorded {
      return isEarlier(left.recorded, right.recorded) ? .earlier : .later
    }
    return .same
  }

  /// A missing date is earlier than every date.
  private func isEarlier(_ left: CalendarDate?, _ right: CalendarDate?) -> Bool {
    guard let right else { return false }
    guard let left else { return true }
    return left < right
  }
}

extension FactVersion {
  /// Whether it was true by a day and recorded by another.
  package func isSeen(on day: CalendarDate, knownAt: CalendarDate) -> Bool {
    if let recorded, recorded > knownAt { return false }
    if let from, from > day { return false }
    return true
  }
}

extension Contract {
  /// How good the evidence that a version rests on is, as far as it was recorded by `knownAt`:
  /// from 1 on by level, 0 without evidence.
  package func rank(of version: FactVersion, knownAt: CalendarDate) -> Int {
    level(of: version, knownAt: knownAt).map { $0.rawValue + 1 } ?? 0
  }

  /// The level of the evidence that a version rests on; nil where it rests on none that was
  /// received and recorded by `knownAt`.
  package func level(of version: FactVersion, knownAt: CalendarDate) -> AssuranceLevel? {
    guard let id = version.evidence, let item = evidence.first(where: { $0.id == id }),
      item.recorded.map({ $0 <= knownAt }) ?? true, item.received.map({ $0 <= knownAt }) ?? true
    else { return nil }
    return item.level
  }
}
