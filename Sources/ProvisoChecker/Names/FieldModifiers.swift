// What is said of a field behind its type: a choice, ranked sources, figures as published.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// Reports what a field's type does not allow.
  func checkModifiers(_ node: FieldSyntax, _ type: ValueType) {
    guard type != .unresolved else { return }
    let name = node.name.text
    if let assessor = node.assessor {
      let others = [node.elector?.extent, node.bestEvidence, node.asPublished].compactMap { $0 }
      for other in others {
        report(
          LifePages.fieldModifier, "`\(name)` is a judgement, which has its author already",
          at: other.span, also: [LabelledSpan(assessor.span, "assessed by")],
          help: ["leave one of the two out"])
      }
      if !others.isEmpty { return }
    }
    let element = type.entry
    if let elector = node.elector {
      refuse(element.isSingle, "a choice", "`\(name)` cannot be chosen", type, at: elector.span)
    }
    if let best = node.bestEvidence {
      refuse(
        element.isSingle, "a value of which sources may differ",
        "sources of `\(name)` cannot be ranked", type, at: best.span)
    }
    if let published = node.asPublished {
      let isFigure = element.isQuantity && element != .wholeNumber
      refuse(
        isFigure, "a figure with a last digit", "`\(name)` has no last digit", type,
        at: published.span)
    }
  }

  private func refuse(
    _ isAllowed: Bool, _ wanted: String, _ message: String, _ type: ValueType, at span: SourceSpan
  ) {
    guard !isAllowed else { return }
    report(
      LifePages.fieldModifier, message, at: span, "this is \(words(type))",
      help: ["leave it out: it belongs to \(wanted), by period or date if need be"])
  }
}

extension ValueType {
  /// The type of one entry of a series or of dated levels; else the type itself.
  fileprivate var entry: ValueType {
    switch self {
    case .series(let element, _), .levels(let element): element
    default: self
    }
  }

  /// Whether it is one value, neither a list nor a record.
  fileprivate var isSingle: Bool {
    switch self {
    case .list, .record, .chainEntity, .contract: false
    default: true
    }
  }
}
