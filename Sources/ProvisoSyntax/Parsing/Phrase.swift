// Comparisons and questions in the words of laws and contracts: `is at least`, `does not exceed`.

/// Words that say what the language says with a sign or in another form.
struct Phrase {
  /// What is asked.
  enum Meaning: Hashable {
    /// How something compares with what follows.
    case compares(ComparisonSyntax.Operator)
    /// Whether it is among what follows.
    case isAmong
    /// Whether it is between the two that follow, with `and` between them.
    case isBetween
    /// Whether it is known.
    case isKnown
    /// Whether a truth holds.
    case isTrue
    /// Whether there is none of it.
    case isEmpty
    /// How it compares with zero.
    case comparesWithZero(ComparisonSyntax.Operator)

    /// Whether a value has to follow.
    var takesOperand: Bool {
      switch self {
      case .compares, .isAmong, .isBetween: true
      case .isKnown, .isTrue, .isEmpty, .comparesWithZero: false
      }
    }
  }

  let meaning: Meaning
  /// Whether the contrary is asked.
  let isNegated: Bool
  /// How many tokens it has.
  let length: Int

  /// Words before the word that compares; they say nothing of their own here.
  static let leads: Set<String> = [
    "is", "are", "be", "was", "were", "must", "shall", "should", "has", "have", "to", "does", "do",
    "did", "will", "can", "may", "stays", "stay", "remains", "remain",
  ]
  static let negations: Set<String> = ["not", "no", "never"]

  /// What phrases mean, by their words.
  static let meanings: [String: Meaning] = {
    var meanings: [String: Meaning] = [
      "at least": .compares(.greaterOrEqual), "at most": .compares(.lessOrEqual),
      "up to": .compares(.lessOrEqual), "above": .compares(.greater), "over": .compares(.greater),
      "exceed": .compares(.greater), "exceeds": .compares(.greater),
      "exceeding": .compares(.greater), "below": .compares(.less), "under": .compares(.less),
      "before": .compares(.less), "after": .compares(.greater),
      "on or before": .compares(.lessOrEqual), "on or after": .compares(.greaterOrEqual),
      "equals": .compares(.equal), "equal": .compares(.equal), "equal to": .compares(.equal),
      "the same as": .compares(.equal), "different from": .compares(.notEqual),
      "greater or equal": .compares(.greaterOrEqual), "less or equal": .compares(.lessOrEqual),
      "in": .isAmong, "among": .isAmong, "one of": .isAmong, "part of": .isAmong,
      "between": .isBetween, "exists": .isKnown, "true": .isTrue, "yes": .isTrue,
      "empty": .isEmpty, "zero": .comparesWithZero(.equal),
      "positive": .comparesWithZero(.greater), "negative": .comparesWithZero(.less),
    ]
    for word in ["less", "fewer", "lower", "smaller", "earlier"] {
      meanings["\(word) than"] = .compares(.less)
      meanings["\(word) than or equal to"] = .compares(.lessOrEqual)
    }
    for word in ["more", "greater", "higher", "larger", "later"] {
      meanings["\(word) than"] = .compares(.greater)
      meanings["\(word) than or equal to"] = .compares(.greaterOrEqual)
    }
    for word in ["given", "provided", "present", "supplied", "available", "defined"] {
      meanings[word] = .isKnown
    }
    return meanings
  }()
  /// What phrases mean that say the contrary.
  static let contraries: [String: Meaning] = [
    "missing": .isKnown, "absent": .isKnown, "unknown": .isKnown, "undefined": .isKnown,
    "null": .isKnown, "blank": .isKnown, "unavailable": .isKnown, "false": .isTrue,
    "outside": .isAmong,
  ]
  /// The words that may stand first.
  static let firstWords: Set<String> = {
    let phrases = Array(meanings.keys) + Array(contraries.keys)
    let first = phrases.compactMap { $0.split(separator: " ").first.map(String.init) }
    // `in` alone is ours, and so is `is` before our own questions.
    return leads.union(negations).union(first).subtracting(["in", "to"])
  }()
  /// Those that only mean something behind `is` or a word like it.
  static let dependent: Set<String> = [
    "in", "true", "yes", "false", "empty", "zero", "positive", "negative", "given", "provided",
    "present", "supplied", "available", "defined", "missing", "absent", "unknown", "undefined",
    "null", "blank", "unavailable", "part of",
  ]
  static let longest = 5
}

extension ComparisonSyntax.Operator {
  /// What holds where this does not.
  var contrary: Self {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}
