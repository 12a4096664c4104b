// Which recorded entries a restated contract would change.

package import ProvisoLedger
import ProvisoLog
package import ProvisoQuantities
import ProvisoReports

/// An entry whose outcome or amounts a restated contract changes.
package struct AffectedEntry: Sendable {
  package let entry: FoundEntry
  /// What was recorded and what is found with the restated facts.
  package let differences: [LeafDifference]
}

/// What a restated contract does to a ledger.
package struct AffectedEntries: Sendable {
  /// The contract's id.
  package let contract: String
  /// How many entries are about it.
  package let entryCount: Int
  package let changed: [AffectedEntry]
  /// Entries that could not be compared, each with why.
  package let refused: [(position: Int, why: String)]
}

extension Replayer {
  /// The entries about a contract whose outcome or amounts its restated facts change.
  ///
  /// Each is asked again as of its own date.
  ///
  /// - Parameters:
  ///   - bytes: The contract with its restated facts.
  ///   - knownAt: What was recorded later than this day is not looked at.
  ///   - ledger: The ledger that this replays, by its name.
  package func affected(
    by bytes: [UInt8], knownAt: CalendarDate, in ledger: Ledger, named name: String
  ) throws(LedgerAccessFailure) -> AffectedEntries {
    let runs = try onLedger(name) { () throws(LedgerFailure) in try ledger.runs() }
    var id: String?
    var lastRefusal = "the ledger has no run"
    for run in runs {
      switch try editions(of: run.opening) {
      case .failure(let refusal): lastRefusal = refusal.words
      case .success(let editions):
        let question = Question(asOf: knownAt)
        switch loaded(ContractText(json: bytes), by: editions.ruleset(for: bytes, question)) {
        case .failure(let refusal): lastRefusal = refusal.words
        case .success(let contract): id = contract.contract.id
        }
      }
      if id != nil { break }
    }
    guard let id else {
      throw LedgerAccessFailure("no recorded ruleset takes this contract: \(lastRefusal)")
    }
    var filter = EntryFilter()
    filter.contract = id
    var found: [(FoundEntry, [UInt8])] = []
    try onLedger(name) { () throws(LedgerFailure) in
      try ledger.find(filter) { entry, leaf in
        found.append((entry, leaf))
        return true
      }
    }
    var changed: [AffectedEntry] = []
    var refused: [(position: Int, why: String)] = []
    for (entry, leaf) in found {
      switch try comparison(entry, leaf, bytes, knownAt, runs) {
      case .failure(let refusal): refused.append((entry.position, refusal.words))
      case .success(let differences):
        if !differences.isEmpty {
          changed.append(AffectedEntry(entry: entry, differences: differences))
        }
      }
    }
    return AffectedEntries(
      contract: id, entryCount: found.count, changed: changed, refused: refused)
  }

  private func comparison(
    _ entry: FoundEntry, _ leaf: [UInt8], _ bytes: [UInt8], _ knownAt: CalendarDate,
    _ runs: [RecordedRun]
  ) throws(LedgerAccessFailure) -> Result<[LeafDifference], RefusedRuleset> {
    guard let run = runs.first(where: { $0.opening.number == entry.run })?.opening,
      let recorded = canonicalValue(leaf), let question = question(of: recorded)
    else { return .failure(RefusedRuleset("its leaf is not a result")) }
    let editions: Editions
    switch try self.editions(of: run) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let loaded): editions = loaded
    }
    let asked = Question(asOf: question.asOf, knownAt: knownAt)
    // With its restated facts the contract may be another version's.
    let ruleset = editions.ruleset(for: bytes, asked)
    switch loaded(ContractText(json: bytes), by: ruleset) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let contract):
      let answer = ruleset.answer(contract, asked)
      guard let found = canonicalValue(answer.leaf) else {
        return .failure(RefusedRuleset("the new result is not canonical"))
      }
      return .success(leafDifferences(recorded, found, verdictsOnly: true))
    }
  }
}
