// The report on a portfolio as JSON: docs/portfolio.schema.json describes it.

import ProvisoModel
import ProvisoQuantities

extension PortfolioReport {
  /// The report as one JSON object over indented lines.
  package func json() -> String { jsonValue.readableText }

  /// The report as a JSON value, members in the documented order.
  package var jsonValue: JSONValue {
    .object([
      JSONMember("portfolio", .string(source)),
      JSONMember("asOf", .string(asOf.iso)),
      JSONMember("knownAt", .string(knownAt.iso)),
      JSONMember("contracts", .count(contractCount)),
      JSONMember("notGoverned", .count(notGovernedCount)),
      JSONMember("rejected", .count(rejectedCount)),
      JSONMember("evaluation", evaluation.map(evaluated) ?? .null),
      JSONMember("rulesets", .array(parts.map(part))),
      JSONMember("list", list.map(listed) ?? .null),
      JSONMember("rejectedLines", .array(rejected.map(\.jsonValue))),
    ])
  }

  private func evaluated(_ counts: EvaluationCounts) -> JSONValue {
    .object([
      JSONMember("conditionsInColumns", .count(counts.inColumns)),
      JSONMember("conditionsByInterpreter", .count(counts.byInterpreter)),
      JSONMember("answersByInterpreter", .count(counts.interpretedAnswers)),
    ])
  }

  private func part(_ part: RulesetPart) -> JSONValue {
    let summary = part.summary
    let ruleset = summary.ruleset
    return .object([
      JSONMember("name", .string(part.identity.name)),
      JSONMember("version", .string(part.identity.version)),
      JSONMember("digest", .string(part.identity.digest)),
      JSONMember(
        "governs",
        part.times.map { times in
          .object([
            JSONMember("subject", .string(times.subject)),
            JSONMember("from", JSONValue(times.from?.iso)),
            JSONMember("until", JSONValue(times.until?.iso)),
          ])
        } ?? .null),
      JSONMember("outcomes", counts(summary.contracts)),
      JSONMember("conditions", .array(summary.conditions.map { condition($0, ruleset) })),
      JSONMember(
        "determinations",
        .array(
          summary.determinations.map { determination in
            let declared = ruleset.determinations[determination.determination]
            return .object(
              [JSONMember("name", .string(declared.name))]
                + totals(determination.totals, ruleset, areAdded: ruleset.addsUp(declared)))
          })),
      JSONMember(
        "missing",
        .array(
          summary.mostAsked(limit: Self.requestLimit).map { entry in
            .object([
              JSONMember("contracts", .count(entry.contractCount)),
              JSONMember("request", entry.request.jsonValue),
            ])
          })),
      JSONMember(
        "portfolioConditions",
        .array(part.portfolio.conditions.map { portfolioCondition($0, ruleset) })),
      JSONMember("missions", .array(part.portfolio.scoreboards.map { board($0, part) })),
    ])
  }

  private func counts(_ counts: OutcomeCounts) -> JSONValue {
    .object(counts.occurring.map { JSONMember($0.outcome.rawValue, .count($0.count)) })
  }

  private func condition(
    _ condition: ConditionSummary, _ ruleset: CheckedRuleset
  ) -> JSONValue {
    let declared = ruleset[condition.condition]
    let consequences = zip(declared.consequences, condition.consequences).map { clause, result in
      JSONValue.object(
        [
          JSONMember("trigger", .string(clause.trigger.rawValue)),
          JSONMember("action", .string(clause.verb.rawValue)),
          JSONMember("object", JSONValue(clause.object)),
          JSONMember("contracts", .count(result.contractCount)),
        ] + totals(result.totals, ruleset))
    }
    return .object([
      JSONMember("name", .string(declared.name)),
      JSONMember("title", .string(declared.title)),
      JSONMember("kinds", .array(declared.kinds.map(JSONValue.string))),
      JSONMember("outcomes", counts(condition.outcomes)),
      JSONMember("applicable", .count(condition.outcomes.applicable)),
      JSONMember("breachRate", JSONValue(condition.outcomes.breachRate?.description)),
      JSONMember("consequences", .array(consequences)),
    ])
  }

  /// The members that tell amounts added up; shares and prices have no total.
  private func totals(
    _ totals: AmountTotals, _ ruleset: CheckedRuleset, areAdded: Bool = true
  ) -> [JSONMember] {
    let printer = ValuePrinter(ruleset)
    var amounts: [JSONValue] = []
    if areAdded, let quantity = totals.quantity, let type = totals.type {
      amounts.append(.string(printer.exactText(.quantity(quantity), type)))
    }
    for (currency, amount) in areAdded ? totals.money : [] {
      amounts.append(.string(printer.exactText(.money(amount, currency), .money)))
    }
    return [
      JSONMember("totals", .array(amounts)),
      JSONMember("known", .count(totals.knownCount)),
      JSONMember("unknown", .count(totals.unknownCount)),
    ]
  }

  private func portfolioCondition(
    _ verdict: ConditionVerdict, _ ruleset: CheckedRuleset
  ) -> JSONValue {
    let declared = ruleset[verdict.condition]
    let sentences = SentenceWriter(ruleset)
    let words = ConsequenceWords(ruleset)
    return .object([
      JSONMember("name", .string(declared.name)),
      JSONMember("title", .string(declared.title)),
      JSONMember("outcome", .string(verdict.outcome.rawValue)),
      JSONMember(
        "tests",
        .array(
          verdict.tests.map { test in
            .object([
              JSONMember("period", JSONValue(test.period?.description)),
              JSONMember("member", JSONValue(test.member)),
              JSONMember("tested", JSONValue(test.testDate?.iso)),
              JSONMember("due", JSONValue(test.dueDate?.iso)),
              JSONMember("outcome", .string(test.outcome.rawValue)),
              JSONMember(
                "sentence",
                .string(sentences.sentence(for: test, of: declared, asOf: asOf).text)),
              JSONMember("requests", .array(test.requests.map(\.jsonValue))),
            ])
          })),
      JSONMember(
        "consequences",
        .array(
          verdict.consequences.map { consequence in
            .object([
              JSONMember("action", .string(consequence.verb.rawValue)),
              JSONMember("object", JSONValue(consequence.object)),
              JSONMember("amount", JSONValue(words.exactAmount(consequence.amount))),
              JSONMember("due", JSONValue(consequence.due?.iso)),
              JSONMember("until", JSONValue(consequence.until)),
              JSONMember("test", .count(consequence.test)),
            ])
          })),
    ])
  }

  private func board(_ board: Scoreboard, _ part: RulesetPart) -> JSONValue {
    let ruleset = part.summary.ruleset
    let words = ScoreboardWords(ruleset)
    let mission = words.mission(board)
    let serving = part.summary.conditions.filter {
      ruleset[$0.condition].serves.contains(board.mission)
    }.map { condition in
      JSONValue.object([
        JSONMember("condition", .string(ruleset[condition.condition].name)),
        JSONMember("outcomes", counts(condition.outcomes)),
      ])
    }
    return .object([
      JSONMember("name", .string(mission?.name ?? "?")),
      JSONMember("title", .string(mission?.title ?? "")),
      JSONMember("outcome", .string(board.outcome.rawValue)),
      JSONMember("sentence", .string(words.sentence(board).text)),
      JSONMember("baseline", JSONValue(mission?.baseline?.description)),
      JSONMember("target", JSONValue(words.target(board)?.text)),
      JSONMember("targetValue", JSONValue(words.exact(board.target, board))),
      JSONMember("path", JSONValue(mission?.path == nil ? nil : words.path(board))),
      JSONMember("reportedBy", JSONValue(mission?.reportedBy)),
      JSONMember(
        "periods",
        .array(
          board.rows.map { row in
            .object([
              JSONMember("period", .string(row.period.description)),
              JSONMember("value", JSONValue(words.exact(row.value, board))),
              JSONMember("asked", JSONValue(words.exact(row.required, board))),
              JSONMember("change", JSONValue(words.exact(row.change, board))),
              JSONMember("toTarget", JSONValue(words.exact(row.distance, board))),
              JSONMember("outcome", .string(row.outcome.rawValue)),
              JSONMember("requests", .array(row.requests.map(\.jsonValue))),
            ])
          })),
      JSONMember("servedBy", .array(serving)),
    ])
  }

  private func listed(_ list: ContractList) -> JSONValue {
    .object([
      JSONMember("where", .string(list.question)),
      JSONMember("count", .count(list.count)),
      JSONMember(
        "contracts",
        .array(
          list.contracts.map { contract in
            .object([
              JSONMember("id", .string(contract.id)),
              JSONMember("outcome", .string(contract.outcome.rawValue)),
              JSONMember("sentence", JSONValue(contract.sentence?.text)),
            ])
          })),
    ])
  }
}

extension RejectedContract {
  /// The line as a JSON value, members in the documented order.
  var jsonValue: JSONValue {
    .object([
      JSONMember("line", .count(line)),
      JSONMember("id", JSONValue(id)),
      JSONMember("code", JSONValue(code)),
      JSONMember("reason", .string(neutralised(reason))),
    ])
  }
}
