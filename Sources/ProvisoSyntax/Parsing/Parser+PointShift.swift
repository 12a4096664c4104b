// What `+` and `-` behind a point in time move: the point or the value.

import ProvisoSource

extension Parser {
  /// `x at period - 1` reads two ways; so do windows and counted time, and products that end so.
  mutating func checkPointShift(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax, sign: String, at operatorSpan: SourceSpan
  ) {
    switch right {
    case .number(let number) where number.unit == nil: break
    case .duration: break
    default: return
    }
    var last = left
    if case .product(let product) = left, let factor = product.rest.last {
      last = factor.operand
    }
    let point: ExpressionSyntax
    switch last {
    case .at(let node): point = node.point
    case .window(let node): point = node.end
    case .elapsed(let node): point = node.to
    case .yearFraction(let node):
      guard let maturity = node.maturity else { return }
      point = maturity
    case .after(let node): point = node.day
    default: return
    }
    let head = String(
      decoding: file.bytes[left.span.start..<max(point.span.start, left.span.start)], as: UTF8.self)
    let (shown, moved) = (excerpt(left), "\(excerpt(point)) \(sign) \(excerpt(right))")
    reportAlways(
      SyntaxCode.pointShift, "it is not plain what `\(sign) \(excerpt(right))` moves",
      at: operatorSpan, label: "the point or the value?",
      secondaries: [LabelledSpan(point.span, "the point")],
      help: [
        "write `\(shorten(head + "(" + moved + ")"))`, or "
          + "`(\(shown)) \(sign) \(excerpt(right))`"
      ])
  }
}
