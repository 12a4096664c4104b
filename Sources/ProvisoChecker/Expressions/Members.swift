// What stands behind a point: fields of records, ends of periods, sections, currencies.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// Checks `a.b.c`, from left to right.
  func member(_ node: MemberSyntax) -> ExpressionID { path(node.base, node.names[...]) }

  /// Checks a value and the fields taken from it.
  func path(_ base: ExpressionSyntax, _ names: ArraySlice<NameSyntax>) -> ExpressionID {
    var id = expression(base)
    for name in names {
      let span = base.span.joined(with: name.span)
      guard !name.isMissing, type(of: id) != .unresolved else { return unresolved(span) }
      id = step(from: id, to: name, span: span)
    }
    return id
  }

  private func step(
    from base: ExpressionID, to name: NameSyntax, span: SourceSpan
  ) -> ExpressionID {
    let baseType = type(of: base)
    if let fields = recordFields(baseType) {
      if let index = position(of: name.text, in: baseType) {
        return add(.member(base, field: index), fields[index].type, span)
      }
      if case .chainEntity = baseType, name.text == "through" {
        return through(base, span: span)
      }
      reportField(name, of: baseType, fields)
      return unresolved(span)
    }
    switch (baseType, name.text) {
    case (.period, "start"): return add(.periodStart(base), .date, span)
    case (.period, "end"): return add(.periodEnd(base), .date, span)
    case (.nace, "section"): return add(.naceSection(base), .nace, span)
    case (.money, "currency"): return add(.currencyOf(base), .currency, span)
    default: break
    }
    reportNoFields(base, name)
    return unresolved(span)
  }

  private func through(_ base: ExpressionID, span: SourceSpan) -> ExpressionID {
    if case .variable(let slot, _) = self[base].kind,
      let local = locals.last(where: { $0.slot == slot }), !local.hasThrough
    {
      report(
        CollectionPages.throughWithoutProduct, "`through` needs the shares along each path",
        at: span, also: [LabelledSpan(local.span, "this chain does not multiply them")],
        help: ["write `chain(…, product of share)`"])
      return unresolved(span)
    }
    return add(.through(base), .quantity(.percent), span)
  }

  private func reportField(_ name: NameSyntax, of type: ValueType, _ fields: [Field]) {
    let owner: String
    var also: [LabelledSpan] = []
    switch type {
    case .record(let id), .chainEntity(let id):
      owner = articled(records[id.index].name)
      also = [LabelledSpan(records[id.index].span, "its fields are declared here")]
    default: owner = "a contract"
    }
    report(
      NamePages.unknownField, "\(owner) has no field `\(name.text)`", at: name.span, also: also,
      help: suggestion(for: name.text, among: fields.map(\.name)))
  }

  private func reportNoFields(_ base: ExpressionID, _ name: NameSyntax) {
    let baseType = type(of: base)
    let written = text(of: self[base].span)
    var help: [String] = []
    switch baseType {
    case .list:
      help = ["ask of its members: `some x in \(written) where x.\(name.text) …`"]
    case .date, .event:
      if ["year", "quarter", "month"].contains(name.text) {
        help = ["write `\(name.text) of \(written)`"]
      }
    case .period: help = ["a period has `.start` and `.end`"]
    case .nace: help = ["a NACE code has `.section`"]
    case .money: help = ["money has `.currency`"]
    default: break
    }
    report(
      TypePages.noFields, "\(words(baseType)) has no `\(name.text)`", at: name.span,
      also: side(base), help: help)
  }
}
