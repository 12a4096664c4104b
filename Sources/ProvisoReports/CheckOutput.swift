// The JSON form of a verdict: one object a contract, described by docs/verdict.schema.json.

import ProvisoModel
import ProvisoQuantities

extension Explanation {
  /// The verdict as one JSON object over indented lines.
  ///
  /// - Parameter includesDerivations: Whether `derivation` holds the tree, where it was kept, or
  ///   null.
  package func json(includesDerivations: Bool = false) -> String {
    jsonValue(includesDerivations: includesDerivations).readableText
  }

  /// The verdict as a JSON value, members in the documented order.
  package func jsonValue(includesDerivations: Bool) -> JSONValue {
    .object([
      JSONMember(
        "ruleset",
        .object(
          [
            JSONMember("name", .string(identity.name)),
            JSONMember("version", .string(identity.version)),
            JSONMember("digest", .string(identity.digest)),
          ] + (edition.map { [JSONMember("edition", $0.jsonValue)] } ?? []))),
      JSONMember(
        "contract",
        .object([
          JSONMember("id", .string(verdict.contractID)),
          JSONMember("digest", .string(contractDigest)),
        ])),
      JSONMember("asOf", .string(verdict.asOf.iso)),
      JSONMember("knownAt", .string(verdict.knownAt.iso)),
      JSONMember("outcome", .string(verdict.outcome.rawValue)),
      JSONMember(
        "conditions",
        .array(verdict.conditions.map { condition($0, includesDerivations: includesDerivations) })),
      JSONMember(
        "determinations",
        .array(
          verdict.determinations.map {
            determination($0, includesDerivation: includesDerivations)
          })),
      JSONMember("recallTotals", .array(verdict.recallTotals.map(recallTotal))),
      JSONMember("conservations", .array(verdict.conservations.map(conservation))),
      JSONMember("knowledge", knowledgeJSON()),
      JSONMember("requests", .array(requests.map(\.jsonValue))),
      JSONMember("laterFacts", .count(verdict.laterFactCount)),
      JSONMember("undatedFacts", .count(verdict.undatedFactCount)),
    ])
  }

  private func condition(_ condition: ConditionVerdict, includesDerivations: Bool) -> JSONValue {
    let declared = declaration(of: condition)
    let tests = condition.tests.enumerated().map { position, test in
      let reference = TestReference(condition: condition.condition, test: position)
      return self.test(
        test, of: declared, remedies: words.nearest(remedies[reference] ?? []),
        includesDerivation: includesDerivations)
    }
    return .object([
      JSONMember("name", .string(declared?.name ?? "?")),
      JSONMember("title", .string(declared?.title ?? "")),
      JSONMember("outcome", .string(condition.outcome.rawValue)),
      JSONMember("tests", .array(tests)),
      JSONMember(
        "consequences",
        .array(
          condition.consequences.map { consequence($0, includesDerivation: includesDerivations) })),
      JSONMember("timeline", timelineJSON(of: condition.condition)),
    ])
  }

  private func recallTotal(_ total: RecallTotal) -> JSONValue {
    .object([
      JSONMember("base", .string(total.base)),
      JSONMember("recalls", .count(total.count)),
      JSONMember("listed", .string(words.printer.exactText(total.listed, total.type))),
      JSONMember("limit", .string(words.printer.exactText(total.baseValue, total.type))),
      JSONMember("due", .string(words.printer.exactText(total.due, total.type))),
    ])
  }

  private func conservation(_ result: ConservationResult) -> JSONValue {
    let isDeclared = ruleset.conservations.indices.contains(result.conservation)
    let declared = isDeclared ? ruleset.conservations[result.conservation] : nil
    let type = declared?.type ?? .text
    let holds: JSONValue =
      switch result.holds {
      case .true: .boolean(true)
      case .false: .boolean(false)
      case .unknown: .null
      }
    return .object([
      JSONMember("name", .string(declared?.name ?? "?")),
      JSONMember("title", .string(declared?.title ?? "")),
      JSONMember("whole", .string(words.printer.exactText(result.whole, type))),
      JSONMember(
        "parts", .array(result.parts.map { .string(words.printer.exactText($0, type)) })),
      JSONMember("holds", holds),
    ])
  }

  private func payment(_ payment: CurePayment?) -> JSONValue {
    guard let payment else { return .null }
    return .object([
      JSONMember("paid", .string(words.printer.exactText(payment.paid, payment.type))),
      JSONMember("needed", .string(words.printer.exactText(payment.needed, payment.type))),
      JSONMember("isMoreThan", .boolean(payment.isExclusive)),
    ])
  }

  private func test(
    _ test: TestVerdict, of condition: Condition?, remedies: [Remedy], includesDerivation: Bool
  ) -> JSONValue {
    let sentence = condition.map {
      sentences.sentence(for: test, of: $0, asOf: verdict.asOf).text
    }
    return .object([
      JSONMember("period", JSONValue(test.period?.description)),
      JSONMember("member", JSONValue(test.member)),
      JSONMember("tested", JSONValue(test.testDate?.iso)),
      JSONMember("due", JSONValue(test.dueDate?.iso)),
      JSONMember("outcome", .string(test.outcome.rawValue)),
      JSONMember("beneath", JSONValue(test.beneath?.rawValue)),
      JSONMember("lastCureDay", JSONValue(test.lastCureDay?.iso)),
      JSONMember("final", JSONValue(test.finalDay?.iso)),
      JSONMember("payment", payment(test.payment)),
      JSONMember("sentence", .string(sentence ?? "")),
      JSONMember(
        "remedies", .array(remedies.map { .string(words.sentence($0, in: test.derivation).text) })),
      JSONMember("requests", .array(test.requests.map(\.jsonValue))),
      JSONMember("derivation", includesDerivation ? derivation(test.derivation) : .null),
    ])
  }

  private func derivation(_ derivation: Derivation?) -> JSONValue {
    derivation.map { DerivationJSONWriter(ruleset).value($0) } ?? .null
  }

  private func consequence(
    _ consequence: ConsequenceResult, includesDerivation: Bool
  ) -> JSONValue {
    .object([
      JSONMember("action", .string(consequence.verb.rawValue)),
      JSONMember("object", JSONValue(consequence.object)),
      JSONMember("amount", JSONValue(words.exactAmount(consequence.amount))),
      JSONMember("due", JSONValue(consequence.due?.iso)),
      JSONMember("until", JSONValue(consequence.until)),
      JSONMember("test", .count(consequence.test)),
      JSONMember("derivation", includesDerivation ? derivation(consequence.derivation) : .null),
    ])
  }

  private func determination(
    _ result: DeterminationResult, includesDerivation: Bool
  ) -> JSONValue {
    let isDeclared = ruleset.determinations.indices.contains(result.determination)
    let declared = isDeclared ? ruleset.determinations[result.determination] : nil
    let type = declared?.type ?? .text
    return .object([
      JSONMember("name", .string(declared?.name ?? "?")),
      JSONMember("title", .string(declared?.title ?? "")),
      JSONMember("value", .string(words.printer.exactText(result.value, type))),
      JSONMember("derivation", includesDerivation ? derivation(result.derivation) : .null),
    ])
  }
}

extension Request {
  /// The request as a JSON object.
  var jsonValue: JSONValue {
    .object([
      JSONMember("kind", .string(kind.rawValue)),
      JSONMember("subject", .string(subject)),
      JSONMember("detail", .string(neutralised(detail.isEmpty ? prose.text : detail))),
    ])
  }
}
