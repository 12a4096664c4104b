// Verdicts as columns: one byte for each contract and condition.

package import ProvisoModel

/// An outcome as one byte.
package enum OutcomeByte {
  package static let met: UInt8 = 0
  package static let breached: UInt8 = 1
  package static let undetermined: UInt8 = 2
  package static let notApplicable: UInt8 = 3
  package static let pending: UInt8 = 4
  package static let exempt: UInt8 = 5
  package static let notGoverned: UInt8 = 6
  /// Only the interpreter can say.
  package static let open: UInt8 = 7
  package static let inCure: UInt8 = 8
  package static let waived: UInt8 = 9
  package static let cured: UInt8 = 10

  /// The byte of an outcome.
  package static func byte(_ outcome: Outcome) -> UInt8 {
    switch outcome {
    case .met: met
    case .breached: breached
    case .undetermined: undetermined
    case .notApplicable: notApplicable
    case .pending: pending
    case .exempt: exempt
    case .notGoverned: notGoverned
    case .inCure: inCure
    case .waived: waived
    case .cured: cured
    }
  }

  /// The outcome of a byte; nil for `open`.
  package static func outcome(_ byte: UInt8) -> Outcome? {
    switch byte {
    case met: .met
    case breached: .breached
    case undetermined: .undetermined
    case notApplicable: .notApplicable
    case pending: .pending
    case exempt: .exempt
    case notGoverned: .notGoverned
    case inCure: .inCure
    case waived: .waived
    case cured: .cured
    default: nil
    }
  }
}

/// The outcomes of some contracts.
package struct VerdictColumns: Sendable {
  /// By condition of the ruleset: a byte for each contract; empty for a portfolio condition.
  package var conditions: [[UInt8]]
  /// What the conditions come to for each contract.
  package var contracts: [UInt8] = []
  /// The contracts of which some condition is left to the interpreter.
  var open: [UInt64] = []

  /// The contracts of which it is not known whether the ruleset is for them.
  var uncertain: [UInt64] = []

  /// Columns without contracts.
  package init(conditionCount: Int) {
    conditions = Array(repeating: [], count: conditionCount)
  }

  /// Whether some condition of a contract is left to the interpreter.
  package func isOpen(_ row: Int) -> Bool {
    row / 64 < open.count && open[row / 64] >> UInt64(row % 64) & 1 == 1
  }

  /// The contracts from a row on, a multiple of 64, of which some condition is left open.
  package func openBits(from row: Int) -> UInt64 {
    row / 64 < open.count ? open[row / 64] : 0
  }

  /// Leaves a condition of a contract to the interpreter.
  package mutating func leaveOpen(_ condition: Int, _ row: Int) {
    conditions[condition][row] = OutcomeByte.open
    open[row / 64] |= 1 << UInt64(row % 64)
  }

  /// Takes up the contracts that follow, all of them decided.
  package mutating func append(_ other: VerdictColumns) {
    open = []
    uncertain = []
    for index in conditions.indices { conditions[index] += other.conditions[index] }
    contracts += other.contracts
  }

  /// A contract's outcome out of those of its conditions.
  package func contractOutcome(_ row: Int) -> Outcome {
    var seen: UInt32 = 0
    for column in conditions where !column.isEmpty { seen |= 1 << UInt32(column[row]) }
    func has(_ byte: UInt8) -> Bool { seen >> UInt32(byte) & 1 == 1 }
    if has(OutcomeByte.notGoverned) { return .notGoverned }
    // Without a condition that could say so, the contract itself does.
    if row / 64 < uncertain.count, uncertain[row / 64] >> UInt64(row % 64) & 1 == 1 {
      return .undetermined
    }
    if has(OutcomeByte.breached) { return .breached }
    if has(OutcomeByte.undetermined) { return .undetermined }
    if has(OutcomeByte.inCure) { return .inCure }
    if has(OutcomeByte.pending) { return .pending }
    let countsAsMet = [OutcomeByte.met, OutcomeByte.exempt, OutcomeByte.waived, OutcomeByte.cured]
    return countsAsMet.contains(where: has) ? .met : .notApplicable
  }
}

extension Trigger {
  /// Whether an outcome of a test without a cure sets it off.
  package func fires(on byte: UInt8) -> Bool {
    switch self {
    case .breach: byte == OutcomeByte.breached
    case .met: byte == OutcomeByte.met
    case .whilePending: byte == OutcomeByte.pending
    case .cure, .whileInCure: false
    }
  }
}
