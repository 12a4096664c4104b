// The report on a portfolio as plain text.

import ProvisoModel
import ProvisoQuantities

extension PortfolioReport {
  /// The report as plain text: the outcomes first, then each condition, then what is open.
  package func text(usesColour: Bool = false, width: Int = 96) -> String {
    var page = TextPage(width: width, usesColour: usesColour)
    let rejectedWords = rejectedCount == 0 ? "" : ", \(counted(rejectedCount, "line")) rejected"
    for (position, part) in parts.enumerated() {
      if position > 0 { page.blank() }
      heading(of: part, into: &page)
      if position == 0 {
        let ungoverned = notGovernedCount == 0 ? "" : ", \(notGovernedCount) not governed"
        page.entry(
          "portfolio",
          "\(neutralised(source)), \(counted(contractCount, "contract"))\(ungoverned)"
            + rejectedWords)
        page.entry("as of", "\(asOf.iso), known at \(knownAt.iso)")
        if let evaluation { page.entry("evaluated", words(evaluation)) }
      }
      body(of: part, into: &page)
    }
    if let list { add(list, to: &page) }
    if rejectedCount > 0 {
      page.section("Rejected lines")
      for line in rejected { page.wrapped(line.words.text, indent: 2, hanging: "- ") }
      if rejectedCount > rejected.count {
        page.line("  and \(rejectedCount - rejected.count) more; --rejects FILE writes them all")
      }
    }
    return page.output
  }

  /// "12 of 12 conditions in columns, 3 answers by the interpreter".
  private func words(_ counts: EvaluationCounts) -> String {
    let all = counts.inColumns + counts.byInterpreter
    return "\(counts.inColumns) of \(counted(all, "condition")) in columns, "
      + "\(counted(counts.interpretedAnswers, "answer")) by the interpreter"
  }

  private func heading(of part: RulesetPart, into page: inout TextPage) {
    let ruleset = part.summary.ruleset
    let title = ruleset.title.isEmpty ? part.identity.name : ruleset.title
    page.heading(neutralised(title))
    page.entry(
      "ruleset",
      neutralised("\(part.identity.name) \(part.identity.version), \(part.identity.digest)"))
    guard let times = part.times else { return }
    let from = times.from.map { "from \($0.iso)" } ?? "from the beginning"
    let until = times.until.map { " until \($0.iso)" } ?? " on"
    page.entry(
      "governs", "`\(neutralised(times.subject))` \(from)\(until): \(contracts(part))")
  }

  private func contracts(_ part: RulesetPart) -> String {
    counted(part.summary.contracts.total - part.summary.contracts[.notGoverned], "contract")
  }

  private func body(of part: RulesetPart, into page: inout TextPage) {
    let summary = part.summary
    page.entry("outcomes", summary.contracts.words.text)
    if !summary.conditions.isEmpty { page.section("Conditions") }
    for condition in summary.conditions { add(condition, summary.ruleset, to: &page) }
    addAmounts(summary, to: &page)
    if !summary.determinations.isEmpty { page.section("Determinations, over all contracts") }
    for determination in summary.determinations {
      let declared = summary.ruleset.determinations[determination.determination]
      let found = words(of: determination, declared, summary.ruleset).text
      page.wrapped("\(neutralised(declared.name)): \(found)", indent: 2)
    }
    let asked = summary.mostAsked(limit: Self.requestLimit)
    if !asked.isEmpty { page.section("Missing most often") }
    for entry in asked {
      page.wrapped(
        "\(counted(entry.contractCount, "contract")): \(entry.request.prose.text)", indent: 2,
        hanging: "- ")
    }
    if summary.askedCount > asked.count {
      page.line("  and \(summary.askedCount - asked.count) more")
    }
    addPortfolioConditions(part, to: &page)
    for board in part.portfolio.scoreboards { add(board, part, to: &page) }
  }

  private func add(
    _ condition: ConditionSummary, _ ruleset: CheckedRuleset, to page: inout TextPage
  ) {
    let declared = ruleset[condition.condition]
    page.line(
      "  \(neutralised(shortened(declared.name, to: 40)))  "
        + shortened(neutralised(declared.title), to: 160))
    var words = condition.outcomes.words.text
    if let rate = condition.outcomes.breachRate, condition.outcomes[.breached] > 0 {
      let shown = ValuePrinter(ruleset).text(.quantity(rate), .quantity(.percent))
      words += "; breach rate \(shown) of \(condition.outcomes.applicable)"
    }
    page.wrapped(words, indent: 6)
  }

  private func addAmounts(_ summary: PortfolioSummary, to page: inout TextPage) {
    let stakes = summary.stakes
    guard !stakes.isEmpty else { return }
    page.section("At stake")
    page.bullets(stakes.map(\.words), indent: 2)
  }

  /// A determination over all contracts: amounts are added up; of shares and prices, whose sum says
  /// nothing, the least and the greatest are told.
  private func words(
    of summary: DeterminationSummary, _ declared: Determination, _ ruleset: CheckedRuleset
  ) -> Prose {
    let totals = summary.totals
    if ruleset.addsUp(declared) { return totals.words(ruleset) }
    let printer = ValuePrinter(ruleset)
    var parts: [Prose] = []
    if let bounds = totals.bounds, let type = totals.type {
      let least = printer.text(.quantity(bounds.least), type)
      let greatest = printer.text(.quantity(bounds.greatest), type)
      parts.append(
        bounds.least == bounds.greatest
          ? "\(data: least)" : "from \(data: least) to \(data: greatest)")
    } else if totals.knownCount > 0 {
      parts.append("\(totals.knownCount) known")
    }
    if totals.unknownCount > 0 { parts.append("\(totals.unknownCount) unknown") }
    return parts.isEmpty ? "none" : Prose.joined(parts, by: "; ")
  }

  private func addPortfolioConditions(_ part: RulesetPart, to page: inout TextPage) {
    guard !part.portfolio.conditions.isEmpty else { return }
    page.section("Of the whole portfolio")
    let ruleset = part.summary.ruleset
    let words = ConsequenceWords(ruleset)
    for verdict in part.portfolio.conditions {
      let declared = ruleset[verdict.condition]
      let line = outcomeLine(verdict, asOf: asOf).text
      page.line(
        "  \(page.toned(line, verdict.outcome))  \(neutralised(shortened(declared.name, to: 40)))  "
          + shortened(neutralised(declared.title), to: 160))
      page.wrapped(sentence(of: verdict, ruleset).text, indent: 6)
      page.bullets(verdict.consequences.map(words.sentence), indent: 6)
    }
  }

  /// The sentence of a portfolio condition: of the first test that came out as the whole did.
  func sentence(of verdict: ConditionVerdict, _ ruleset: CheckedRuleset) -> Prose {
    guard let test = verdict.tests.first(where: { $0.outcome == verdict.outcome }) else {
      return SentenceWriter.nothingToTest
    }
    return SentenceWriter(ruleset).sentence(for: test, of: ruleset[verdict.condition], asOf: asOf)
  }

  private func add(_ board: Scoreboard, _ part: RulesetPart, to page: inout TextPage) {
    let ruleset = part.summary.ruleset
    let words = ScoreboardWords(ruleset)
    guard let mission = words.mission(board) else { return }
    page.section("Mission \(neutralised(mission.name)): \(neutralised(mission.title))")
    page.wrapped(words.sentence(board).text, indent: 2)
    let target = words.target(board).map { "target \($0.text), path \(words.path(board))" }
    let baseline = mission.baseline.map { "baseline \($0)" }
    let facts = [baseline, target].compactMap { $0 }
    if !facts.isEmpty { page.wrapped(facts.joined(separator: "; "), indent: 2) }
    addTable(board, words, to: &page)
    for condition in part.summary.conditions
    where ruleset[condition.condition].serves.contains(board.mission) {
      let name = neutralised(ruleset[condition.condition].name)
      page.wrapped("served by \(name): \(condition.outcomes.words.text)", indent: 2)
    }
    for verdict in part.portfolio.conditions
    where ruleset[verdict.condition].serves.contains(board.mission) {
      let name = neutralised(ruleset[verdict.condition].name)
      page.wrapped("served by \(name), of the whole: \(verdict.outcome.rawValue)", indent: 2)
    }
    var requests: [Request] = []
    for request in board.rows.flatMap(\.requests) where !requests.contains(request) {
      requests.append(request)
    }
    page.bullets(requests.sorted().prefix(Self.requestLimit).map(\.prose), indent: 2)
    if requests.count > Self.requestLimit {
      page.line("  and \(requests.count - Self.requestLimit) more to ask for")
    }
  }

  private func addTable(_ board: Scoreboard, _ words: ScoreboardWords, to page: inout TextPage) {
    guard !board.rows.isEmpty else { return }
    var lines = [["", "indicator", "asked", "change", "to target", ""]]
    for row in board.rows {
      lines.append([row.period.description] + words.cells(row, of: board) + [words.standing(row)])
    }
    let widths = (0..<6).map { column in lines.map { $0[column].unicodeScalars.count }.max() ?? 0 }
    for line in lines {
      // Figures end under one another.
      let cells = line.enumerated().map { column, cell in
        let blank = String(
          repeating: " ", count: max(0, widths[column] - cell.unicodeScalars.count))
        return column == 0 || column == 5 ? cell + blank : blank + cell
      }
      page.line("  " + cells.joined(separator: "  "))
    }
  }

  private func add(_ list: ContractList, to page: inout TextPage) {
    page.section("Contracts where \(neutralised(list.question)): \(list.count)")
    for contract in list.contracts {
      let sentence: Prose = contract.sentence.map { ": \($0)" } ?? ""
      page.wrapped(("\(data: contract.id)" + sentence).text, indent: 2, hanging: "- ")
    }
    if list.count > list.contracts.count {
      page.line("  and \(list.count - list.contracts.count) more; --out FILE writes them all")
    }
  }
}

extension RejectedContract {
  /// "line 3 (L-1): E0914: the text `EUR 1,000` is not …".
  var words: Prose {
    let known: Prose = id.map { " (\(data: $0))" } ?? ""
    let coded: Prose = code.map { "\(data: $0): " } ?? ""
    return "line \(line)\(known): \(coded)\(Prose(marked: reason))"
  }
}
