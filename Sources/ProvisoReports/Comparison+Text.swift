// A comparison as plain text: the contracts, each condition, the amounts, who is newly in breach.

import ProvisoModel

extension Comparison {
  /// The comparison as plain text.
  package func text(usesColour: Bool = false, width: Int = 96) -> String {
    var page = TextPage(width: width, usesColour: usesColour)
    let ruleset = after.summary.ruleset
    page.heading(neutralised(ruleset.title.isEmpty ? after.identity.name : ruleset.title))
    page.entry("before", words(before.identity))
    page.entry("after", words(after.identity))
    let rejected = rejectedCount + before.rejectedCount + after.rejectedCount
    page.entry(
      "portfolio",
      "\(neutralised(source)), \(counted(contracts.total, "contract"))"
        + (rejected == 0 ? "" : ", \(counted(rejected, "line")) not compared"))
    page.entry("as of", "\(asOf.iso), known at \(knownAt.iso)")
    page.section("Contracts")
    page.wrapped(sentence(contracts), indent: 2)
    addConditions(to: &page)
    addStakes(to: &page)
    for list in lists { add(list, to: &page) }
    addRejected("Lines that neither ruleset can read", self.rejected, rejectedCount, to: &page)
    addRejected(
      "Lines that only the ruleset before can read", after.rejected, after.rejectedCount, to: &page)
    addRejected(
      "Lines that only the ruleset after can read", before.rejected, before.rejectedCount, to: &page
    )
    return page.output
  }

  private func words(_ identity: RulesetIdentity) -> String {
    neutralised("\(identity.name) \(identity.version), \(identity.digest)")
  }

  /// "3 from met to breached, 1 from undetermined to met; 7 as before".
  private func sentence(_ changes: OutcomeChanges) -> String {
    let changed = changes.occurring.map {
      "\($0.count) from \($0.before.rawValue) to \($0.after.rawValue)"
    }
    let same = changes.sameCount
    guard !changed.isEmpty else {
      return same == 0
        ? "none was compared" : same == 1 ? "the one contract as before" : "all \(same) as before"
    }
    return changed.joined(separator: ", ") + (same == 0 ? "" : "; \(same) as before")
  }

  private func addConditions(to page: inout TextPage) {
    guard !conditions.isEmpty else { return }
    page.section("Conditions")
    let same = conditions.filter {
      $0.before != nil && $0.after != nil && $0.changes.occurring.isEmpty
    }
    for condition in conditions where !same.contains(where: { $0.name == condition.name }) {
      let ruleset = condition.after == nil ? before.summary.ruleset : after.summary.ruleset
      guard let id = condition.after ?? condition.before else { continue }
      page.line(
        "  \(neutralised(shortened(condition.name, to: 40)))  "
          + shortened(neutralised(ruleset[id].title), to: 160))
      page.wrapped(words(condition), indent: 6)
    }
    guard !same.isEmpty, contracts.total > 0 else { return }
    let names = same.map { neutralised(shortened($0.name, to: 40)) }.joined(separator: ", ")
    page.wrapped("for every contract as before: \(names)", indent: 2)
  }

  private func words(_ condition: ComparedCondition) -> String {
    switch (condition.before, condition.after) {
    case (_?, _?): return sentence(condition.changes)
    case (let before?, nil):
      return "only before: " + outcomes(of: before, in: self.before.summary).words.text
    case (nil, let after?):
      return "only after: " + outcomes(of: after, in: self.after.summary).words.text
    case (nil, nil): return ""
    }
  }

  private func addStakes(to page: inout TextPage) {
    let (old, new) = (before.summary.stakes, after.summary.stakes)
    // What falls on nobody on one side is told by the other.
    var lines: [Prose] = []
    for stake in new {
      let earlier = old.first { $0.label.text == stake.label.text }
      if let earlier, earlier.words.text == stake.words.text { continue }
      lines.append("\(stake.label): \(amount(earlier)) before, \(amount(stake)) after")
    }
    for stake in old where !new.contains(where: { $0.label.text == stake.label.text }) {
      lines.append("\(stake.label): \(amount(stake)) before, \(amount(nil)) after")
    }
    guard !lines.isEmpty else { return }
    page.section("At stake, where it changes")
    page.bullets(lines, indent: 2)
  }

  private func amount(_ stake: Stake?) -> Prose {
    guard let stake else { return "nothing" }
    let count: Prose = "\(words: counted(stake.contractCount, "contract"))"
    return stake.amount.isEmpty ? count : "\(stake.amount) (\(count))"
  }

  private func add(_ list: ComparedList, to page: inout TextPage) {
    let count = self.count(of: list.kind)
    guard count > 0 else { return }
    switch list.kind {
    case .newlyBreached: page.section("Newly breached: \(count)")
    case .newlyUndetermined: page.section("Newly undetermined: \(count)")
    case .noLongerBreached: page.section("No longer breached: \(count)")
    }
    for contract in list.contracts {
      let changed = contract.conditions.map(words)
      let why: Prose = changed.isEmpty ? "" : " (\(data: changed.joined(separator: ", ")))"
      page.wrapped(("\(data: contract.id)" + why).text, indent: 2, hanging: "- ")
      for sentence in contract.sentences {
        page.wrapped(("\(data: sentence.name): \(sentence.text)" as Prose).text, indent: 6)
      }
    }
    if count > list.contracts.count {
      page.line("  and \(count - list.contracts.count) more; --out FILE writes them all")
    }
  }

  private func words(_ change: ComparedContract.Change) -> String {
    switch (change.before, change.after) {
    case (let before?, let after?):
      return "\(change.name) from \(before.rawValue) to \(after.rawValue)"
    case (nil, let after?): return "\(change.name), which is new, \(after.rawValue)"
    case (let before?, nil): return "\(change.name), which is dropped, was \(before.rawValue)"
    case (nil, nil): return change.name
    }
  }

  private func addRejected(
    _ title: String, _ lines: [RejectedContract], _ count: Int, to page: inout TextPage
  ) {
    guard count > 0 else { return }
    page.section(title)
    for line in lines { page.wrapped(line.words.text, indent: 2, hanging: "- ") }
    if count > lines.count { page.line("  and \(count - lines.count) more") }
  }
}

extension Comparison {
  /// How many contracts changed in a way.
  package func count(of kind: ComparedList.Kind) -> Int {
    contracts.occurring.reduce(0) { $0 + (kind.holds($1.before, $1.after) ? $1.count : 0) }
  }

  /// How a condition came out under its ruleset.
  func outcomes(of condition: ConditionID, in summary: PortfolioSummary) -> OutcomeCounts {
    summary.conditions.first { $0.condition == condition }?.outcomes ?? OutcomeCounts()
  }
}
