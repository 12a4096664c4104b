// Year fractions: the days between, the day-count convention, the day of maturity.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// `year fraction from A to B by "30E/360 ISDA" maturing on D`.
  func yearFraction(_ node: YearFractionSyntax) -> ExpressionID {
    let from = day(node.from, as: "the first day of a year fraction")
    let to = day(node.to, as: "the last day of a year fraction")
    let maturity = node.maturity.map { day($0, as: "the day of maturity") }
    guard let convention = dayCount(node.convention) else { return unresolved(node.span) }
    if convention.needsMaturity, node.maturity == nil {
      report(
        TimePages.maturity, "`\(convention.rawValue)` asks on which day the debt matures",
        at: node.convention.span, "and no day is given",
        help: [
          "write `by \"\(convention.rawValue)\" maturing on D`, with the day of maturity for D"
        ])
      return unresolved(node.span)
    }
    if !convention.needsMaturity, let maturity = node.maturity {
      report(
        TimePages.maturity, "`\(convention.rawValue)` does not ask when the debt matures",
        at: maturity.span, "nothing depends on this day",
        also: [LabelledSpan(node.convention.span, "the convention")],
        help: [
          "leave out `maturing on \(text(of: maturity.span))`",
          "or write `by \"\(DayCount.thirtyE360ISDA.rawValue)\"`",
        ])
      return unresolved(node.span)
    }
    return add(
      .yearFraction(convention, from: from, to: to, maturity: maturity), .quantity(.one), node.span)
  }

  /// The convention of a published name; reports where there is none.
  private func dayCount(_ name: StringSyntax) -> DayCount? {
    if name.isMissing { return nil }
    if let convention = DayCount(rawValue: name.text) { return convention }
    let names = DayCount.allCases.map(\.rawValue)
    // Agreements write `Act/360`, `A/360` and `ACTUAL/360` for the same thing.
    let written = DayCount.fullName(of: name.text)
    let near =
      names.contains(written)
      ? ["did you mean `\(written)`?"] : suggestion(for: name.text, among: names)
    report(
      TimePages.unknownDayCount, "there is no day-count convention `\(name.text)`",
      at: name.span, "not a published name",
      help: near + ["write " + names.map { "`\"\($0)\"`" }.joined(separator: ", ")])
    return nil
  }
}

extension DayCount {
  /// A name with its usual shortenings written out: `Act/360` is `actual/360`.
  fileprivate static func fullName(of name: String) -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map { part in
      ["a", "act", "actual"].contains(part.lowercased()) ? "actual" : String(part)
    }
    let joined = parts.joined(separator: "/")
    switch joined.lowercased() {
    case "actual/actual", "actual/actual isda": return DayCount.actualActual.rawValue
    case "actual/365f", "actual/365 (fixed)", "actual/365 fixed": return DayCount.actual365.rawValue
    default: return joined
    }
  }
}
