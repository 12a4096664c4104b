// The words for how a test, a condition or a contract stands.

/// An outcome, in the words of language.md §4.
package enum Outcome: String, Hashable, Sendable, CaseIterable {
  case breached
  case undetermined
  case inCure = "in cure"
  case pending
  case waived
  case cured
  case exempt
  case met
  case notApplicable = "not applicable"
  case notGoverned = "not governed"

  /// The place in the order from worst to best that a condition's tests are ranked by.
  package var severity: Int {
    switch self {
    case .breached: 0
    case .undetermined: 1
    case .inCure: 2
    case .pending: 3
    case .waived: 4
    case .cured: 5
    case .exempt: 6
    case .met: 7
    case .notApplicable: 8
    case .notGoverned: 9
    }
  }

  /// Exempt, cured and waived count as met towards the contract's outcome.
  package var countsAsMet: Bool {
    switch self {
    case .met, .exempt, .cured, .waived: true
    default: false
    }
  }
}
