// The versions of one ruleset kept together: whether each day has one, and only one.

package import ProvisoModel
import ProvisoQuantities
package import ProvisoSource

/// What checking versions against each other gives.
package struct EditionCheck: Sendable {
  /// The positions of the rulesets given, in the order of the days they govern.
  package let order: [Int]
  /// What is wrong or doubtful between them.
  package let diagnostics: [Diagnostic]
  /// The ruleset files, in the order given; the diagnostics' spans point into these.
  package let sources: [SourceFile]
  /// Whether they can be used together.
  package var isInOrder: Bool { !diagnostics.contains { $0.severity == .error } }
}

/// Checks that rulesets are versions of one another, and that their times meet end to end.
package func checkEditions(_ rulesets: [CheckedRuleset]) -> EditionCheck {
  var desk = EditionDesk(rulesets)
  desk.compare()
  let order = desk.order()
  if desk.diagnostics.isEmpty { desk.checkTimes(in: order) }
  return EditionCheck(order: order, diagnostics: desk.diagnostics.sorted(), sources: desk.sources)
}

private struct EditionDesk {
  let rulesets: [CheckedRuleset]
  let sources: [SourceFile]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ rulesets: [CheckedRuleset]) {
    self.rulesets = rulesets
    sources = rulesets.enumerated().map { position, ruleset in
      SourceFile(
        id: SourceID(position), name: ruleset.sources.first?.name ?? ruleset.name,
        bytes: ruleset.sources.first?.bytes ?? [])
    }
  }

  /// Same name, other version, same date.
  mutating func compare() {
    guard let first = rulesets.first, rulesets.count > 1 else { return }
    for (position, ruleset) in rulesets.enumerated() {
      guard let governs = ruleset.governs else {
        report(
          EditionPages.notAnEdition, "this version does not say which contracts it governs",
          at: place(position), help: ["write `governs signed from DATE until DATE` in its heading"])
        continue
      }
      guard position > 0 else { continue }
      if ruleset.name != first.name {
        report(
          EditionPages.notAnEdition, "`\(ruleset.name)` is no version of `\(first.name)`",
          at: place(position), also: [LabelledSpan(place(0), "the first")],
          help: ["keep other rulesets elsewhere, or give both one name"])
        continue
      }
      if let earlier = rulesets[..<position].firstIndex(where: { $0.version == ruleset.version }) {
        report(
          EditionPages.notAnEdition, "two files are version \"\(ruleset.version)\"",
          at: place(position), also: [LabelledSpan(place(earlier), "the first")],
          help: ["give each its own `version`"])
      }
      if let other = first.governs, subject(0, other) != subject(position, governs) {
        report(
          EditionPages.notAnEdition,
          "the versions ask different dates: `\(subject(0, other))` and "
            + "`\(subject(position, governs))`",
          at: place(position), also: [LabelledSpan(place(0), "the first")],
          help: ["one date decides which version a contract is judged by"])
      }
    }
  }

  /// By the first day governed; what has none comes first.
  func order() -> [Int] {
    rulesets.indices.sorted { one, other in
      let (first, second) = (rulesets[one].governs?.from, rulesets[other].governs?.from)
      guard first != second else { return one < other }
      guard let first else { return true }
      guard let second else { return false }
      return first < second
    }
  }

  /// Whether each version begins where the one before it ends.
  mutating func checkTimes(in order: [Int]) {
    guard rulesets.count > 1 else { return }
    for (one, other) in zip(order, order.dropFirst()) {
      guard let earlier = rulesets[one].governs, let later = rulesets[other].governs else {
        continue
      }
      let date = subject(other, later)
      guard let from = later.from, let until = earlier.until, until <= from else {
        let first = later.from.map { "from \($0)" } ?? "from the beginning"
        let ends = [earlier.until, later.until].compactMap { $0 }.min()
        let last = ends.map { " until \($0)" } ?? " on"
        report(
          EditionPages.overlap, "two versions govern what has `\(date)` \(first)\(last)",
          at: place(other), also: [LabelledSpan(place(one), "the other")],
          help: later.from.map { ["write `until \($0)` in the other"] } ?? [])
        continue
      }
      guard until < from else { continue }
      let count = until.days(to: from)
      report(
        EditionPages.gap,
        "no version governs what has `\(date)` from \(until) until \(from) "
          + "(\(count) \(count == 1 ? "day" : "days"))",
        at: place(other), also: [LabelledSpan(place(one), "the version before")],
        help: ["write `until \(from)` in the version before, or leave it if that is meant"])
    }
  }

  /// Where a version says what it governs; the beginning of its file where it does not.
  private func place(_ position: Int) -> SourceSpan {
    guard let span = rulesets[position].governs?.span, span.source.index == 0 else {
      return SourceSpan(source: SourceID(position), start: 0, end: 0)
    }
    return SourceSpan(source: SourceID(position), start: span.start, end: span.end)
  }

  private func subject(_ position: Int, _ governs: Governs) -> String {
    let span = rulesets[position][governs.date].span
    guard rulesets[position].sources.indices.contains(span.source.index) else { return "?" }
    return rulesets[position].sources[span.source.index].text(of: span)
  }

  private mutating func report(
    _ page: DiagnosticPage, _ message: String, at span: SourceSpan, also: [LabelledSpan] = [],
    help: [String] = []
  ) {
    diagnostics.append(
      Diagnostic(
        code: page.code, severity: page.code.rawValue.hasPrefix("W") ? .warning : .error,
        message: message, primary: LabelledSpan(span), secondaries: also, help: help))
  }
}
