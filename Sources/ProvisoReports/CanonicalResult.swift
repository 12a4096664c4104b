// The canonical result: what a ledger leaf holds, in the one form that is ever hashed.

import ProvisoModel
import ProvisoQuantities

/// The format version that every canonical result begins with; a change of form changes it.
package let canonicalResultFormat = "proviso-result-1"

extension Explanation {
  /// The verdict as RFC 8785 canonical JSON, exactly as docs/verdict-format.md says.
  ///
  /// It holds what was decided and nothing about how or by which engine: no sentence, derivation,
  /// title, clock or source name. Conditions stand in declaration order, tests in date order,
  /// reasons sorted by subject and code without their wording, so that a later engine that words
  /// a reason better gives the same bytes.
  package var canonicalResult: String {
    JSONValue.object([
      JSONMember("format", .string(canonicalResultFormat)),
      JSONMember("ruleset", .string(identity.digest)),
      JSONMember(
        "contract",
        .object([
          JSONMember("id", .string(verdict.contractID)),
          JSONMember("digest", .string(contractDigest)),
        ])),
      JSONMember("asOf", .string(verdict.asOf.iso)),
      JSONMember("knownAt", .string(verdict.knownAt.iso)),
      JSONMember("outcome", .string(verdict.outcome.rawValue)),
      JSONMember("conditions", .array(verdict.conditions.map(canonical))),
      JSONMember("determinations", .array(verdict.determinations.map(canonical))),
    ]).canonicalText
  }

  private func canonical(_ condition: ConditionVerdict) -> JSONValue {
    .object([
      JSONMember("name", .string(declaration(of: condition)?.name ?? "?")),
      JSONMember("outcome", .string(condition.outcome.rawValue)),
      JSONMember("tests", .array(condition.tests.map(canonical))),
      JSONMember("amounts", .array(condition.consequences.map(canonical))),
    ])
  }

  private func canonical(_ test: TestVerdict) -> JSONValue {
    .object([
      JSONMember("period", JSONValue(test.period?.description)),
      JSONMember("member", JSONValue(test.member)),
      JSONMember("tested", JSONValue(test.testDate?.iso)),
      JSONMember("due", JSONValue(test.dueDate?.iso)),
      JSONMember("outcome", .string(test.outcome.rawValue)),
      JSONMember("beneath", JSONValue(test.beneath?.rawValue)),
      JSONMember("reasons", canonical(test.reasons)),
    ])
  }

  private func canonical(_ consequence: ConsequenceResult) -> JSONValue {
    var reasons = ReasonSet.none
    if case .unknown(let why) = consequence.amount { reasons = why }
    return .object([
      JSONMember("action", .string(consequence.verb.rawValue)),
      JSONMember("object", JSONValue(consequence.object)),
      JSONMember("amount", JSONValue(words.exactAmount(consequence.amount))),
      JSONMember("due", JSONValue(consequence.due?.iso)),
      JSONMember("test", .count(consequence.test)),
      JSONMember("reasons", canonical(reasons)),
    ])
  }

  private func canonical(_ result: DeterminationResult) -> JSONValue {
    let isDeclared = ruleset.determinations.indices.contains(result.determination)
    let declared = isDeclared ? ruleset.determinations[result.determination] : nil
    return .object([
      JSONMember("name", .string(declared?.name ?? "?")),
      JSONMember("value", .string(words.printer.exactText(result.value, declared?.type ?? .text))),
      JSONMember("reasons", canonical(result.value.reasons)),
    ])
  }

  /// Reasons by subject and code, each pair once; the set is sorted already.
  private func canonical(_ reasons: ReasonSet) -> JSONValue {
    var result: [JSONValue] = []
    for reason in reasons.reasons {
      let pair = JSONValue.object([
        JSONMember("subject", .string(reason.subject)),
        JSONMember("code", .string(reason.code.rawValue)),
      ])
      if result.last != pair { result.append(pair) }
    }
    return .array(result)
  }
}
