// Reasons in words: why something cannot be said yet, as a clause of a sentence.

import ProvisoModel

extension Reason {
  /// The reason as a clause: "`emissions[2024]` is not given".
  package var prose: Prose {
    let name = pathWords(subject)
    switch code {
    case .missingFact:
      return detail.isEmpty
        ? "\(name) is not given" : "\(code: detail) is not given, which \(name) needs"
    case .conflicting: return "what is recorded for \(name) is contradictory\(explanation)"
    case .roundedFigure:
      return "\(name) is given as it was published, and its last digit leaves this open"
    case .missingElection:
      return detail.isEmpty
        ? "\(name) has not been chosen" : "the \(data: detail) has not chosen \(name)"
    case .notConserved: return "the parts of \(name) do not add up to the whole"
    case .missingAssessment:
      return detail.isEmpty
        ? "\(name) has not been assessed" : "\(name) has not been assessed by the \(data: detail)"
    case .expiredAssessment:
      return detail.isEmpty
        ? "the assessment of \(name) had expired"
        : "the assessment of \(name) by the \(data: detail) had expired"
    case .missingEvidence:
      return detail.isEmpty
        ? "evidence \(name) has not been received"
        : "evidence \(name), \(data: detail), has not been received"
    case .divisionByZero: return "\(name) divides by zero"
    case .mixedCurrencies: return "\(name) combines amounts of different currencies\(explanation)"
    case .tooLong:
      return detail.isEmpty
        ? "\(name) has too many digits: it must be rounded at a named point"
        : "\(name) is too long to work out\(explanation)"
    case .badExponent: return "the exponent in \(name) is not a whole number of a bearable size"
    case .dateOutOfRange: return "\(name) is a date outside the years 1 to 9999"
    case .beyondHolidays:
      return "\(name) counts business days beyond the list of holidays\(explanation)"
    case .beforeFirstPoint:
      return "\(name) is asked for a time before its first value\(explanation)"
    case .afterLastPoint: return "\(name) is asked for a time after its last value\(explanation)"
    case .emptyList: return "\(name) is empty, so that it has no such value"
    case .incompleteList: return "\(name) is not complete up to the day asked about\(explanation)"
    case .chainTooLong: return "the chain \(name) has too many paths to follow"
    case .notYetHappened:
      return "\(name) has not happened, and there is still time for it\(explanation)"
    case .eventIsNone: return "\(name) has not happened, so that it has no date"
    case .twoExceptions:
      return "two exceptions apply to \(name) and give different values\(explanation)"
    case .tableUndetermined: return "the table \(name) leaves it undetermined\(explanation)"
    case .noEntry: return "\(name) has no entry for what is asked\(explanation)"
    case .undeterminedByRule: return ownWords ?? "the rule leaves it undetermined (\(name))"
    case .openCondition: return "the condition \(name) is itself still open\(explanation)"
    case .governsUnknown:
      return "whether the ruleset governs the contract is not known\(explanation)"
    case .rejectedContract: return "a contract of the portfolio was rejected (\(name))"
    }
  }

  /// The rest of the sentence, in parentheses.
  private var explanation: Prose {
    detail.isEmpty ? "" : " (\(Prose(marked: detail)))"
  }

  private var ownWords: Prose? {
    detail.isEmpty ? nil : Prose(marked: detail)
  }
}

extension Prose {
  /// Text of another room in which backticks set off code.
  package init(marked text: String) {
    var pieces: [Piece] = []
    var isCode = false
    for part in text.split(separator: "`", omittingEmptySubsequences: false) {
      if !part.isEmpty {
        pieces += isCode ? pathWords(String(part)).pieces : [.data(String(part))]
      }
      isCode.toggle()
    }
    self.init(pieces)
  }
}

/// The most reasons or findings that one sentence names.
let sentenceLimit = 5

extension ReasonSet {
  /// The reasons as an enumeration, the first few by name.
  package var prose: Prose {
    var parts: [Prose] = []
    var count = 0
    var ownWords: Set<String> = []
    for reason in reasons {
      // The rule's own words may be the same for one contract after another.
      if reason.code == .undeterminedByRule, !reason.detail.isEmpty,
        !ownWords.insert(reason.detail).inserted
      {
        continue
      }
      if parts.count < sentenceLimit { parts.append(reason.prose) }
      count += 1
    }
    return parts.enumerated(upTo: sentenceLimit, of: count)
  }
}

extension [Prose] {
  /// The parts as an enumeration: at most `limit` of them, then how many more there are.
  ///
  /// - Parameter total: How many there are; nil: as many as there are parts.
  func enumerated(upTo limit: Int, of total: Int? = nil) -> Prose {
    let rest = (total ?? count) - limit
    guard rest > 0 else { return Prose.list(self) }
    return Prose.list(Array(prefix(limit)) + ["\(rest) more"])
  }
}
