// A problem told to the person who wrote the text: the same value for terminal, JSON and editor.

/// A diagnostic's stable name, such as `E0203`.
package struct DiagnosticCode: RawRepresentable, Hashable, Comparable, Sendable,
  ExpressibleByStringLiteral
{
  /// The name itself.
  package let rawValue: String

  /// Takes a name as it is.
  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Takes a name written in the code.
  package init(stringLiteral value: String) {
    rawValue = value
  }

  package static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// How much a diagnostic weighs: an error stops the ruleset, the others do not.
package enum DiagnosticSeverity: String, Hashable, Sendable {
  /// The text cannot be used as it stands.
  case error
  /// The text can be used and probably says something its writer did not mean.
  case warning
  /// Something worth knowing.
  case note
}

/// A span with the few words shown under it.
package struct LabelledSpan: Hashable, Sendable {
  /// The place.
  package let span: SourceSpan
  /// What is said of it; may be empty.
  package let label: String

  /// Puts words to a place.
  package init(_ span: SourceSpan, _ label: String = "") {
    self.span = span
    self.label = label
  }
}

/// One replacement of text by another.
package struct SourceEdit: Hashable, Sendable {
  /// What is replaced; an empty span inserts.
  package let span: SourceSpan
  /// What stands there afterwards.
  package let replacement: String

  /// Replaces a span.
  package init(_ span: SourceSpan, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// A way to mend the text, as exact edits.
package struct FixIt: Hashable, Sendable {
  /// What the mend does, in the imperative: "write `25%`".
  package let title: String
  /// The edits, none overlapping another.
  package let edits: [SourceEdit]
  /// Whether it may be applied unseen because only one meaning was possible.
  package let isSafe: Bool

  /// Makes a mend of several edits.
  package init(title: String, edits: [SourceEdit], isSafe: Bool) {
    self.title = title
    self.edits = edits
    self.isSafe = isSafe
  }

  /// Makes a mend that replaces one span.
  package init(replace span: SourceSpan, with replacement: String, isSafe: Bool = false) {
    self.init(
      title: "write `\(replacement)`", edits: [SourceEdit(span, replacement)], isSafe: isSafe)
  }
}

/// A problem in a text: what is wrong, where, and what to write instead.
package struct Diagnostic: Hashable, Sendable {
  /// The stable name, which has a page in the documentation.
  package let code: DiagnosticCode
  /// How much it weighs.
  package let severity: DiagnosticSeverity
  /// One lower-case sentence without a full stop, with the user's words in backticks.
  package let message: String
  /// Where it is.
  package let primary: LabelledSpan
  /// The places that tell the other half of the story.
  package let secondaries: [LabelledSpan]
  /// What to do next, one suggestion a line.
  package let help: [String]
  /// Exact mends.
  package let fixIts: [FixIt]
  /// In a contract, the field path, such as `borrower.owners[2].country`.
  package let path: String?

  /// Makes a diagnostic.
  package init(
    code: DiagnosticCode, severity: DiagnosticSeverity = .error, message: String,
    primary: LabelledSpan, secondaries: [LabelledSpan] = [], help: [String] = [],
    fixIts: [FixIt] = [], path: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.primary = primary
    self.secondaries = secondaries
    self.help = help
    self.fixIts = fixIts
    self.path = path
  }
}

extension Diagnostic: Comparable {
  /// Orders by file, offset, code, and then by all that is left, so that the order is total.
  package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    let (first, second) = (left.primary.span, right.primary.span)
    if first.source != second.source { return first.source < second.source }
    if first.start != second.start { return first.start < second.start }
    if left.code != right.code { return left.code < right.code }
    if first.end != second.end { return first.end < second.end }
    if left.message != right.message { return left.message < right.message }
    return (left.path ?? "") < (right.path ?? "")
  }
}
