// Reading a derivation: the few questions that the sentence and the tree ask of a step.

import ProvisoModel
import ProvisoQuantities

extension Derivation {
  /// The answer of the step; nil for a collection.
  var answer: Answer? {
    guard case .answer(let answer, _) = result else { return nil }
    return answer
  }

  /// The static type of the step's answer.
  var type: ValueType? {
    guard case .answer(_, let type) = result else { return nil }
    return type
  }

  /// The known value of the step.
  var value: Value? {
    guard case .known(let value)? = answer else { return nil }
    return value
  }

  /// Whether the step gives a truth, known or not.
  var isStatement: Bool {
    if case .known(.boolean)? = answer { return true }
    return type == .boolean
  }

  /// The truth of a statement; unknown for anything else.
  var truth: Truth { answer?.truth ?? .unknown }

  /// Whether the step or one beneath it reads a fact of the contract.
  var readsFacts: Bool {
    if operation == .fact || origin != nil { return true }
    switch operation {
    case .context("period"), .context("test_date"), .context("as_of"): return false
    case .context, .chain, .conditionState: return true
    default: return children.contains { $0.readsFacts }
    }
  }

  /// The known value of the fact at a path, where a step read it.
  func value(at path: String) -> Value? {
    if origin?.path == path, let value { return value }
    for child in children {
      if let found = child.value(at: path) { return found }
    }
    return nil
  }

  /// The first clause with this keyword among the children.
  func clause(_ keyword: String) -> Derivation? {
    children.first {
      if case .clause(let name) = $0.operation { return name == keyword }
      return false
    }
  }
}

extension ComparisonOperator {
  /// The comparison that is true exactly where this one is false.
  var opposite: ComparisonOperator {
    switch self {
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .equal: .notEqual
    case .notEqual: .equal
    case .greaterOrEqual: .less
    case .greater: .lessOrEqual
    }
  }

  /// The comparison with its sides exchanged.
  var mirrored: ComparisonOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .greaterOrEqual: .lessOrEqual
    case .greater: .less
    }
  }

  /// The comparison before a figure: "at least", "less than".
  var figureWords: String {
    switch self {
    case .less: "less than"
    case .lessOrEqual: "at most"
    case .equal: "exactly"
    case .notEqual: "anything but"
    case .greaterOrEqual: "at least"
    case .greater: "more than"
    }
  }

  /// The comparison before a day or a period: "on or before", "after".
  var dateWords: String {
    switch self {
    case .less: "before"
    case .lessOrEqual: "no later than"
    case .equal: "exactly"
    case .notEqual: "other than"
    case .greaterOrEqual: "no earlier than"
    case .greater: "after"
    }
  }
}
