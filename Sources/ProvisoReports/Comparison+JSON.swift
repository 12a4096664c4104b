// A comparison as JSON, as docs/comparing.md describes it.

import ProvisoModel

extension Comparison {
  /// The comparison as one JSON object over indented lines.
  package func json() -> String { jsonValue.readableText }

  /// The comparison as a JSON value, members in the documented order.
  package var jsonValue: JSONValue {
    .object([
      JSONMember("portfolio", .string(source)),
      JSONMember("asOf", .string(asOf.iso)),
      JSONMember("knownAt", .string(knownAt.iso)),
      JSONMember("before", value(before)),
      JSONMember("after", value(after)),
      JSONMember("contracts", .count(contracts.total)),
      JSONMember("asBefore", .count(contracts.sameCount)),
      JSONMember("changes", value(contracts)),
      JSONMember("conditions", .array(conditions.map(value))),
      JSONMember(
        "lists",
        .object(
          lists.map { list in
            JSONMember(
              list.kind.rawValue,
              .object([
                JSONMember("count", .count(count(of: list.kind))),
                JSONMember("contracts", .array(list.contracts.map(value))),
              ]))
          })),
      JSONMember("notRead", .count(rejectedCount)),
      JSONMember("notReadLines", .array(rejected.map(\.jsonValue))),
    ])
  }

  private func value(_ side: Side) -> JSONValue {
    .object([
      JSONMember("name", .string(side.identity.name)),
      JSONMember("version", .string(side.identity.version)),
      JSONMember("digest", .string(side.identity.digest)),
      JSONMember(
        "atStake",
        .array(
          side.summary.stakes.map { stake in
            .object([
              JSONMember("consequence", .string(stake.label.text)),
              JSONMember("contracts", .count(stake.contractCount)),
              JSONMember("amount", stake.amount.isEmpty ? .null : .string(stake.amount.text)),
            ])
          })),
      JSONMember("notReadByItAlone", .count(side.rejectedCount)),
      JSONMember("notReadByItAloneLines", .array(side.rejected.map(\.jsonValue))),
    ])
  }

  private func value(_ changes: OutcomeChanges) -> JSONValue {
    .array(
      changes.occurring.map { change in
        .object([
          JSONMember("before", .string(change.before.rawValue)),
          JSONMember("after", .string(change.after.rawValue)),
          JSONMember("contracts", .count(change.count)),
        ])
      })
  }

  private func value(_ condition: ComparedCondition) -> JSONValue {
    let isInBoth = condition.before != nil && condition.after != nil
    let only =
      condition.before.map { outcomes(of: $0, in: before.summary) }
      ?? condition.after.map { outcomes(of: $0, in: after.summary) } ?? OutcomeCounts()
    return .object([
      JSONMember("name", .string(condition.name)),
      JSONMember(
        "in", .string(isInBoth ? "both" : condition.before != nil ? "before" : "after")),
      JSONMember("asBefore", isInBoth ? .count(condition.changes.sameCount) : .null),
      JSONMember("changes", isInBoth ? value(condition.changes) : .array([])),
      JSONMember(
        "outcomes",
        isInBoth
          ? .null
          : .object(only.occurring.map { JSONMember($0.outcome.rawValue, .count($0.count)) })),
    ])
  }

  private func value(_ contract: ComparedContract) -> JSONValue {
    .object([
      JSONMember("id", .string(contract.id)),
      JSONMember("before", .string(contract.before.rawValue)),
      JSONMember("after", .string(contract.after.rawValue)),
      JSONMember(
        "conditions",
        .array(
          contract.conditions.map { change in
            .object([
              JSONMember("name", .string(change.name)),
              JSONMember("before", JSONValue(change.before?.rawValue)),
              JSONMember("after", JSONValue(change.after?.rawValue)),
              JSONMember(
                "sentence",
                JSONValue(contract.sentences.first { $0.name == change.name }?.text.text)),
            ])
          })),
    ])
  }
}
