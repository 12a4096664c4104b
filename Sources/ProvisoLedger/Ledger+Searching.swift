// Finding entries by what they say.

import ProvisoReports

/// Which entries are looked for; what is nil does not matter.
package struct EntryFilter: Hashable, Sendable {
  /// The contract's id.
  package var contract: String?
  /// A condition's name; with an outcome, the condition must have come to that one.
  package var condition: String?
  /// The contract's outcome, or the condition's.
  package var outcome: String?
  /// The first and the last as-of date.
  package var from: String?
  package var to: String?
  package var run: Int?

  /// Looks for every entry.
  package init() {}
}

/// An entry in brief.
package struct FoundEntry: Hashable, Sendable {
  package let position: Int
  package let run: Int
  package let contract: String
  package let asOf: String
  package let knownAt: String
  package let outcome: String
}

extension Ledger {
  /// The run that an entry belongs to.
  package func run(of position: Int) throws(LedgerFailure) -> RecordedRun {
    guard position >= 0, position < (try size()),
      let run = try runs().last(where: { $0.opening.first <= position })
    else { throw .absent("entry \(position)") }
    return run
  }

  /// The entries that fit, in order, each with its leaf.
  ///
  /// Leaves are read where they stand, one after another: a search takes as long as reading them.
  ///
  /// - Parameter body: Takes an entry and its leaf; false ends the search.
  package func find(
    _ filter: EntryFilter,
    _ body: (_ entry: FoundEntry, _ leaf: [UInt8]) throws(LedgerFailure) -> Bool
  ) throws(LedgerFailure) {
    let parts = filter.parts
    let runs = try runs()
    let statement = try database.prepare(
      "SELECT position, leaf FROM entries WHERE position >= ? AND position < ? ORDER BY position")
    let size = try size()
    for (place, run) in runs.enumerated() {
      let opening = run.opening
      if let wanted = filter.run, wanted != opening.number { continue }
      if let from = filter.from, opening.asOf < from { continue }
      if let to = filter.to, opening.asOf > to { continue }
      let end = place + 1 < runs.count ? runs[place + 1].opening.first : size
      try statement.bind(1, opening.first)
      try statement.bind(2, end)
      defer { statement.reset() }
      var leaf: [UInt8] = []
      while try statement.step() {
        let position = try statement.integer(0, "an entry")
        let unpacking = try statement.withBytes(1, "entry \(position)") { stored in
          attempt { () throws(LedgerFailure) in try unpack(stored, into: &leaf) }
        }
        guard try unpacking.get() else {
          throw .damaged(place: "entry \(position)", "its stored form is not one")
        }
        guard parts.allSatisfy({ contains($0, in: leaf) }) else { continue }
        let entry = try foundEntry(position, opening.number, leaf)
        guard try body(entry, leaf) else { return }
      }
    }
  }

  private func foundEntry(
    _ position: Int, _ run: Int, _ leaf: [UInt8]
  ) throws(LedgerFailure) -> FoundEntry {
    guard let value = canonicalValue(leaf), let contract = value["contract"]?["id"]?.string,
      let asOf = value["asOf"]?.string, let knownAt = value["knownAt"]?.string,
      let outcome = value["outcome"]?.string
    else { throw .damaged(place: "entry \(position)", "its leaf is not a result") }
    return FoundEntry(
      position: position, run: run, contract: contract, asOf: asOf, knownAt: knownAt,
      outcome: outcome)
  }
}

extension EntryFilter {
  /// What must stand in a leaf that fits, in canonical JSON.
  fileprivate var parts: [[UInt8]] {
    var parts: [[UInt8]] = []
    let quoted = { (text: String) in JSONValue.string(text).canonicalText }
    if let contract { parts.append(Array(",\"id\":\(quoted(contract))},\"determ".utf8)) }
    switch (condition, outcome) {
    case (let condition?, let outcome?):
      parts.append(
        Array("\"name\":\(quoted(condition)),\"outcome\":\(quoted(outcome)),\"tests\":".utf8))
    case (let condition?, nil):
      parts.append(Array("\"name\":\(quoted(condition)),\"outcome\":".utf8))
    case (nil, let outcome?):
      parts.append(Array(",\"outcome\":\(quoted(outcome)),\"ruleset\":\"".utf8))
    case (nil, nil): break
    }
    return parts
  }
}
