// Evidence: which item counts for a test, and what its lack means.

import ProvisoModel
import ProvisoQuantities

/// What an evidence requirement comes to for one test.
struct EvidenceState {
  /// True: an item counts; false: its lack is a breach; unknown: it is missing.
  var truth: Truth
  var reasons = ReasonSet.none
  var remark: Remark?
  var item: String?
}

extension Evaluation {
  /// An item counts if its kind and level suffice, it covers the test's period and it was
  /// received by K. Later than D it counts with a remark; with `or breached` only what was
  /// received by D counts, and its lack is false from D on.
  func state(
    of requirement: EvidenceRequirement, period: Period?, testDate: CalendarDate, due: TestDay
  ) -> EvidenceState {
    let items = contract.evidence.filter { item in
      item.kind == requirement.kind && covers(item, period, testDate) && isReceived(item)
        && (requirement.level.map { item.level >= $0 } ?? true)
    }
    let onTime = items.first { item in
      guard let received = item.received, let due = due.date else { return true }
      return received <= due
    }
    if let onTime { return EvidenceState(truth: .true, item: onTime.id) }
    if requirement.isBreachWhenMissing {
      let missing = missing(requirement, period)
      if due.isAfter(asOf) { return EvidenceState(truth: .unknown, reasons: missing) }
      return EvidenceState(
        truth: .false, remark: .missingEvidenceIsBreach(kind: requirement.kind))
    }
    // All are late: the earliest tells by how much.
    let earliest = items.min { ($0.received ?? .first) < ($1.received ?? .first) }
    guard let late = earliest, let received = late.received, let due = due.date else {
      return EvidenceState(truth: .unknown, reasons: missing(requirement, period))
    }
    return EvidenceState(
      truth: .true,
      remark: .lateEvidence(kind: requirement.kind, days: due.days(to: received)), item: late.id)
  }

  /// Whether an item covers a test: its whole period or, for a test without one, its day.
  private func covers(_ item: EvidenceItem, _ period: Period?, _ testDate: CalendarDate) -> Bool {
    guard let period else { return item.covers?.contains(testDate) ?? true }
    return item.covers?.contains(period) ?? false
  }

  private func missing(_ requirement: EvidenceRequirement, _ period: Period?) -> ReasonSet {
    let words = [requirement.level?.name, period.map { "for \($0)" }].compactMap { $0 }
    return ReasonSet(
      Reason(.missingEvidence, subject: requirement.kind, detail: words.joined(separator: " ")))
  }
}
