// The three truth values and Kleene's operators over them.

/// What can be said of a statement: it holds, it does not, or it cannot be said yet.
///
/// Strong Kleene logic, operator by operator (language.md §3). `unknown` is never a pass and never
/// a failure.
package enum Truth: Int, Hashable, Sendable, CaseIterable {
  case `false` = 0
  case unknown = 1
  case `true` = 2

  package init(_ value: Bool) { self = value ? .true : .false }

  /// True only when known to be true.
  package var isTrue: Bool { if case .true = self { true } else { false } }
  /// True only when known to be false.
  package var isFalse: Bool { if case .false = self { true } else { false } }

  /// Written out: what the standard library offers for raw values looks the type up each time.
  package static func == (left: Truth, right: Truth) -> Bool { left.rawValue == right.rawValue }

  /// Kleene conjunction: the lesser of the two in the order false, unknown, true.
  package static func && (left: Truth, right: Truth) -> Truth {
    left.rawValue <= right.rawValue ? left : right
  }

  /// Kleene disjunction: the greater of the two in the order false, unknown, true.
  package static func || (left: Truth, right: Truth) -> Truth {
    left.rawValue >= right.rawValue ? left : right
  }

  /// Kleene negation: unknown stays unknown.
  package static prefix func ! (operand: Truth) -> Truth {
    switch operand {
    case .false: .true
    case .unknown: .unknown
    case .true: .false
    }
  }
}
