// Whether a value fits where a type is declared, and the refusal with both sides where it does not.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

extension Checking {
  /// Fits an expression to a declared type; reports and answers false where it cannot.
  ///
  /// - Parameters:
  ///   - role: What the expression is, for the message: "the result", "`size`".
  ///   - declaredAt: Where the wanted type was declared.
  func fit(
    _ id: ExpressionID, to expected: ValueType, as role: String, declaredAt: SourceSpan? = nil
  ) -> Bool {
    let found = type(of: id)
    if found == expected || found == .unresolved || expected == .unresolved { return true }
    if isBareZero(id), Measure(expected) != nil {
      retype(id, as: expected)
      return true
    }
    switch (found, expected) {
    case (.date, .event), (.event, .date), (.period, .period(nil)), (.period(nil), .period):
      return true
    case (.chainEntity(let one), .record(let other)) where one == other: return true
    case (.list(.unresolved), .list): return true
    case (.list(let one), .list(let other)) where one == .unresolved || one == other: return true
    case (.quantity, .money): if becomesMoney(id) { return true }
    default: break
    }
    if let left = Measure(found), let right = Measure(expected), fits(left, right, id) {
      return true
    }
    reportMisfit(id, found, expected, role, declaredAt)
    return false
  }

  private func fits(_ found: Measure, _ expected: Measure, _ id: ExpressionID) -> Bool {
    switch (found, expected) {
    case (.whole, .number), (.percent, .percent): return true
    case (.unit(let one), .unit(let other)): return one.dimension == other.dimension
    case (.ratio, .number), (.ratio, .percent):
      retype(id, as: expected.type)
      return true
    case (.percent, .ratio), (.number, .ratio), (.whole, .ratio): return true
    default: return false
    }
  }

  private func reportMisfit(
    _ id: ExpressionID, _ found: ValueType, _ expected: ValueType, _ role: String,
    _ declaredAt: SourceSpan?
  ) {
    let span = self[id].span
    let written = text(of: span)
    var also = Array(side(id).dropFirst())
    if let declaredAt { also.append(LabelledSpan(declaredAt, "\(words(expected)) is wanted here")) }
    var help: [String] = []
    var fixIts: [FixIt] = []
    switch (Measure(found), Measure(expected)) {
    case (.whole, .percent), (.number, .percent):
      if case .literal = self[id].kind {
        help = ["write `\(written)%`"]
        fixIts = [FixIt(replace: span, with: "\(written)%")]
      }
      report(
        UnitPages.percentAndNumber, "\(role) must be \(words(expected))", at: span,
        "this is \(words(found))", also: also, help: help, fixIts: fixIts)
      return
    case (.percent, .number), (.percent, .whole):
      report(
        UnitPages.percentAndNumber, "\(role) must be \(words(expected))", at: span,
        "this is \(words(found))", also: also, help: ["write it without its unit"])
      return
    case (.whole, .unit(let unit)), (.number, .unit(let unit)):
      if case .literal = self[id].kind {
        let mended = unit.currencyCode.map { "\($0) \(written)" } ?? "\(written) \(unit.symbol)"
        help = ["write `\(mended)`"]
        fixIts = [FixIt(replace: span, with: mended)]
      }
      report(
        UnitPages.unitMissing, "\(role) must be \(words(expected))", at: span,
        "this is \(words(found))", also: also, help: help, fixIts: fixIts)
      return
    case (.number, .whole), (.ratio, .whole):
      report(
        TypePages.notWhole, "\(role) must be a whole number", at: span,
        "this is \(words(found))", also: also,
        help: ["round it: `round(\(written), to 1, down)`"])
      return
    case (.unit(let one), .unit(let other)):
      let (left, right) = describeDifference(between: one, and: other)
      report(
        TypePages.wrongType, "\(role) must be in \(right)", at: span, "this is in \(left)",
        also: also)
      return
    case (.unit, .money):
      help = ["convert it, or declare the field as `money` too"]
    case (.money, .unit(let unit)):
      help = ["say how it is converted: `x converted to \(unit.symbol) by RATES on DAY`"]
    default: break
    }
    if case .period = expected, case .date = found {
      help = ["write `year of \(written)`"]
    }
    report(
      TypePages.wrongType, "\(role) must be \(words(expected))", at: span,
      "this is \(words(found))", also: also, help: help)
  }

  /// The type several values share, such as the branches of a choice; reports where there is none.
  func commonType(_ ids: [ExpressionID], in words: String) -> ValueType {
    guard var first = ids.first else { return .unresolved }
    var shared = type(of: first)
    for id in ids.dropFirst() {
      let next = type(of: id)
      if shared == .unresolved {
        shared = next
        first = id
        continue
      }
      if next == .unresolved || next == shared { continue }
      if Measure(shared) != nil, Measure(next) != nil {
        shared = common(first, id, in: .alternatives(words), at: self[id].span)
        continue
      }
      switch (shared, next) {
      case (.date, .event), (.event, .date): shared = .event
      case (.period, .period): shared = .period(nil)
      case (.chainEntity(let one), .record(let other)) where one == other: shared = next
      case (.record(let one), .chainEntity(let other)) where one == other: break
      case (.list(.unresolved), .list): shared = next
      case (.list, .list(.unresolved)): break
      default:
        report(
          TypePages.mixedBranches,
          "\(words) differ in type: \(self.words(shared)) and \(self.words(next))",
          at: self[id].span, self.words(next), also: side(first))
        return .unresolved
      }
    }
    for id in ids where isBareZero(id) && Measure(shared) != nil { retype(id, as: shared) }
    return shared
  }
}
