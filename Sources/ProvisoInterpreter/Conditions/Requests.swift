// Requests: the facts and the evidence to ask for, so that an unknown can be settled.

package import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// What to ask for; see `CheckedRuleset.requests`.
  func requests(for reasons: ReasonSet) -> [Request] { ruleset.requests(for: reasons) }
}

extension CheckedRuleset {
  /// What to ask for, sorted, each once. Reasons that nobody can settle by giving something, such
  /// as a division by zero, ask for nothing.
  package func requests(for reasons: ReasonSet) -> [Request] {
    if reasons.isEmpty { return [] }
    var requests: Set<Request> = []
    for reason in reasons.reasons {
      if let request = request(for: reason) { requests.insert(request) }
    }
    return requests.sorted()
  }

  private func request(for reason: Reason) -> Request? {
    let name = "`\(reason.subject)`"
    switch reason.code {
    case .missingFact:
      guard let field = field(at: reason.subject) else {
        return Request(kind: .fact, subject: reason.subject, detail: "give \(name)")
      }
      let unit = field.displayUnit.map(\.symbol).flatMap { $0.isEmpty ? nil : $0 }
      let words = unit.map { ", in \($0)" } ?? ""
      return Request(kind: .fact, subject: reason.subject, detail: "give \(name)\(words)")
    case .missingAssessment:
      return Request(
        kind: .assessment, subject: reason.subject,
        detail: "have \(name) assessed by the \(reason.detail)")
    case .expiredAssessment:
      return Request(
        kind: .assessment, subject: reason.subject,
        detail: "have \(name) assessed again by the \(reason.detail)")
    case .missingElection:
      return Request(
        kind: .fact, subject: reason.subject,
        detail: "say what the \(reason.detail) chose for \(name)")
    case .roundedFigure:
      return Request(
        kind: .fact, subject: reason.subject, detail: "file the unrounded figure of \(name)")
    case .missingEvidence:
      let words = reason.detail.isEmpty ? "" : ", \(reason.detail)"
      return Request(
        kind: .evidence, subject: reason.subject, detail: "give evidence \(name)\(words)")
    case .conflicting:
      return Request(
        kind: .clarification, subject: reason.subject,
        detail: "say which of the values given for \(name) is right")
    case .incompleteList:
      return Request(
        kind: .clarification, subject: reason.subject,
        detail: "say whether \(name) is complete beyond that day (\(reason.detail))")
    case .notYetHappened:
      return Request(
        kind: .fact, subject: reason.subject,
        detail: "say whether \(name) has happened \(reason.detail)")
    case .eventIsNone, .divisionByZero, .mixedCurrencies, .tooLong, .badExponent, .dateOutOfRange,
      .beyondHolidays, .beforeFirstPoint, .afterLastPoint, .emptyList, .chainTooLong,
      .twoExceptions,
      .tableUndetermined, .noEntry, .undeterminedByRule, .openCondition, .governsUnknown,
      .rejectedContract, .notConserved:
      return nil
    }
  }

  /// The type of a field by its name.
  private func type(of name: Substring.UTF8View, among fields: [Field]) -> ValueType? {
    // Each where it stands: a field has too many parts to be copied.
    let all = fields.span
    for index in all.indices where all[index].name.utf8.elementsEqual(name) {
      return all[index].type
    }
    return nil
  }

  /// The type of the field that a path leads to, or of an entry of it.
  private func field(at path: String) -> ValueType? {
    var fields = contract.fields
    var type: ValueType?
    var path = path.utf8[...]
    if path.starts(with: "contracts[".utf8), let end = path.firstRange(of: "].".utf8) {
      path = path[end.upperBound...]
    }
    while !path.isEmpty {
      let piece = path.prefix { $0 != UInt8(ascii: ".") }
      path = path[piece.endIndex...].dropFirst()
      let name = piece.prefix { $0 != UInt8(ascii: "[") }
      guard let found = self.type(of: name, among: fields) else { return type }
      type = found
      let isEntry = name.endIndex < piece.endIndex
      switch type {
      case .list(let element) where isEntry: type = element
      case .series(let element, _) where isEntry: type = element
      case .levels(let element) where isEntry: type = element
      default: break
      }
      if case .record(let record) = type { fields = self[record].fields } else { fields = [] }
    }
    return type
  }
}
