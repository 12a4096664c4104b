// The derivation in JSON: every step, exactly, for software that redoes the sum.

import ProvisoModel
import ProvisoQuantities

/// Turns derivations into JSON values.
struct DerivationJSONWriter: Sendable {
  private let quotes: SourceQuotes
  private let printer: ValuePrinter
  private let ruleset: CheckedRuleset

  init(_ ruleset: CheckedRuleset) {
    self.ruleset = ruleset
    quotes = SourceQuotes(ruleset)
    printer = ValuePrinter(ruleset)
  }

  /// One step with all steps beneath it.
  ///
  /// `value` is exact text, a boolean for a statement, and null where it is unknown; then
  /// `unknown` says why.
  func value(_ step: Derivation) -> JSONValue {
    var members = [
      JSONMember("operation", .string(name(step.operation))),
      JSONMember("source", JSONValue(quotes.text(of: step.span))),
    ]
    switch step.result {
    case .collection(let summary, let count):
      members.append(JSONMember("value", .string(summary)))
      members.append(JSONMember("size", .count(count)))
    case .answer(let answer, let type):
      members.append(JSONMember("value", exact(answer, type)))
      if !answer.reasons.isEmpty {
        members.append(JSONMember("unknown", .array(unknown(answer.reasons))))
      }
    }
    if let origin = step.origin {
      let type: ValueType = if case .answer(_, let type) = step.result { type } else { .unresolved }
      members.append(JSONMember("fact", value(origin, type)))
    }
    if let detail = detail(step.operation) { members.append(JSONMember("detail", detail)) }
    members.append(JSONMember("children", .array(step.children.map { value($0) })))
    return .object(members)
  }

  /// The most reasons that one step tells; the requests of the test name all that is missing.
  ///
  /// A sum over years has at each step the reasons of all steps before it.
  private static let reasonLimit = 20

  private func unknown(_ set: ReasonSet) -> [JSONValue] {
    let told = set.reasons.prefix(Self.reasonLimit).map { JSONValue.string($0.prose.text) }
    let rest = set.reasons.count - told.count
    return rest == 0 ? told : told + [.string("and \(rest) more")]
  }

  private func exact(_ answer: Answer, _ type: ValueType) -> JSONValue {
    switch answer {
    case .known(.boolean(let value)): .boolean(value)
    case .unknown: .null
    case .known, .between: .string(printer.exactText(answer, type))
    }
  }

  private func value(_ origin: FactOrigin, _ type: ValueType) -> JSONValue {
    .object([
      JSONMember("path", .string(origin.path)),
      JSONMember("from", JSONValue(origin.from?.iso)),
      JSONMember("recorded", JSONValue(origin.recorded?.iso)),
      JSONMember("evidence", JSONValue(origin.evidence)),
      JSONMember("assessedBy", JSONValue(origin.assessedBy)),
      JSONMember("electedBy", JSONValue(origin.electedBy)),
      JSONMember("elected", JSONValue(origin.elected?.iso)),
      JSONMember(
        "outranked",
        .array(
          origin.overruled.map { source in
            .object([
              JSONMember("value", .string(printer.exactText(source.value, type))),
              JSONMember("evidence", JSONValue(source.evidence)),
              JSONMember("level", JSONValue(source.level?.name)),
              JSONMember("recorded", JSONValue(source.recorded?.iso)),
            ])
          })),
    ])
  }

  /// A stable name of an operation, in the words of the language where it has them.
  private func name(_ operation: DerivationOperation) -> String {
    switch operation {
    case .context: "name"
    case .clause: "clause"
    case .negate: "negate"
    case .arithmetic(let sign): sign.rawValue
    case .shareOf: "of"
    case .power: "^"
    case .round: "round"
    case .capped: "capped at"
    case .floored: "floored at"
    case .partAbove: "part above"
    case .partUpTo: "part up to"
    case .least: "min"
    case .greatest: "max"
    case .compare(let relation): relation.rawValue
    case .and: "and"
    case .or: "or"
    case .limbs(let kind):
      switch kind {
      case .all: "all of"
      case .any: "any of"
      case .none: "none of"
      case .atLeast: "at least"
      }
    case .limb: "limb"
    case .quantifier(let kind): kind.rawValue
    case .aggregate(let kind): kind.rawValue
    case .member: "member"
    case .chain: "chain"
    case .collection: "collection"
    case .at: "at"
    case .addDuration: "date"
    case .countTime(let unit, let count): "\(unit.rawValue) \(count.rawValue)"
    case .yearFraction: "year fraction"
    case .periodStep: "period"
    case .happenedBy: "by"
    case .dateInPeriod, .memberOf, .listed: "in"
    case .table: "table"
    case .tableHas: "in table"
    case .convert: "converted to"
    case .call: "define"
    case .choose: "when"
    case .orElse: "else"
    case .exception: "unless"
    case .isKnown: "is known"
    case .isAssured(let level): "is \(level.name)"
    case .isNone: "is none"
    case .conditionState(_, let state): "is \(state.rawValue)"
    default: operationWords(operation)
    }
  }

  /// What the operation carries beyond its children.
  private func detail(_ operation: DerivationOperation) -> JSONValue? {
    switch operation {
    case .limb(let text), .member(let text), .exception(let text), .clause(let text):
      return .string(text)
    case .context(let name): return name.isEmpty ? nil : .string(name)
    case .round(let mode): return .string(mode.text)
    case .capped(let title, let isBinding), .floored(let title, let isBinding):
      return isBinding ? .string(title ?? "binding") : nil
    case .chain(let cycles): return cycles.isEmpty ? nil : .array(cycles.map(JSONValue.string))
    case .listed(let list, let dating, let spell): return listing(list, dating, spell)
    case .table(_, let row): return row.map { .count($0 + 1) }
    case .choose(let position): return position.map { .count($0 + 1) }
    case .orElse(let usedSecond): return usedSecond ? .string("substitute used") : nil
    case .evidence(let kind, let item):
      return .object([JSONMember("kind", .string(kind)), JSONMember("item", JSONValue(item))])
    default: return nil
    }
  }

  private func listing(_ list: ListID, _ dating: Int, _ spell: Spell?) -> JSONValue? {
    guard ruleset.lists.indices.contains(list.index) else { return nil }
    let declared = ruleset.lists[list.index]
    let name = declared.datings.indices.contains(dating) ? declared.datings[dating] : ""
    return .object([
      JSONMember("list", .string(declared.name)),
      JSONMember("by", JSONValue(name.isEmpty ? nil : name)),
      JSONMember("from", end(spell?.from, isEarliest: spell?.isFromEarliest ?? false)),
      JSONMember("until", end(spell?.until, isEarliest: spell?.isUntilEarliest ?? false)),
    ])
  }

  /// An end of a spell: a day, `not before` a day, or null where it is open.
  private func end(_ day: CalendarDate?, isEarliest: Bool) -> JSONValue {
    JSONValue(day.map { isEarliest ? "not before \($0.iso)" : $0.iso })
  }
}
