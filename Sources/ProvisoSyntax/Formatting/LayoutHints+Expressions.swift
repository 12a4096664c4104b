// How expressions break: chains before their operators, braces an element a line.

extension LayoutHints {
  mutating func visit(_ expression: ExpressionSyntax) {
    let extent = expression.extent
    guard !extent.tokens.isEmpty else { return }
    switch expression {
    case .and(let node), .or(let node):
      addChain(extent, breaksBefore: node.elements.dropFirst().map { before($0) })
    case .sum(let node): addChain(extent, breaksBefore: node.rest.map { before($0.operand) })
    case .product(let node): addChain(extent, breaksBefore: node.rest.map { before($0.operand) })
    case .comparison(let node): addChain(extent, breaksBefore: [before(node.right)])
    case .quantified(let node):
      addChain(
        extent, breaksBefore: [node.filter, node.requirement].compactMap { $0 }.map { before($0) })
    case .aggregate(let node):
      setGap(node.functionName.extent.tokens.upperBound, 0)
      if case .members(_, let variable, _, let filter) = node.source {
        let points = [variable.extent.tokens.lowerBound - 1] + (filter.map { [before($0)] } ?? [])
        addChain(extent, breaksBefore: points.filter { isWord($0, "for") || isWord($0, "where") })
      }
    case .choice(let node):
      addChain(
        extent,
        breaksBefore: node.branches.dropFirst().map { $0.extent.tokens.lowerBound }
          + [before(node.otherwise)])
    case .call(let node):
      setGap(node.function.extent.tokens.upperBound, 0)
      addChain(extent, breaksBefore: node.arguments.dropFirst().map { $0.extent.tokens.lowerBound })
    case .round, .chain: setGap(extent.tokens.lowerBound + 1, 0)
    case .negated(let node): setGap(node.operand.extent.tokens.lowerBound, 0)
    case .tuple(let node):
      addChain(extent, breaksBefore: node.elements.dropFirst().map { $0.extent.tokens.lowerBound })
    case .list(let node), .set(let node): addBraces(extent, elements: node.elements.map(\.extent))
    case .record(let node): addBraces(extent, elements: node.entries.map(\.extent))
    case .timeline(let node): addBraces(extent, elements: node.entries.map(\.extent))
    case .limbs(let node): visitLimbs(node)
    default: break
    }
    for child in expression.children { visit(child) }
  }

  private mutating func visitLimbs(_ node: LimbsSyntax) {
    let extents = node.limbs.map(\.extent)
    addBraces(node.extent, elements: extents)
    let isBroken = extents.first.map { parsed.tokens[$0.tokens.lowerBound].isFirstOnLine } ?? false
    let marks = node.limbs.compactMap { limb in
      limb.label.map { (start: $0.extent.tokens.lowerBound, mark: $0.extent.tokens.upperBound) }
    }
    if isBroken { alignMarks(marks, limit: 30) }
  }

  /// The token before an expression: its operator.
  func before(_ expression: ExpressionSyntax) -> Int {
    max(expression.extent.tokens.lowerBound - 1, 0)
  }

  func isWord(_ token: Int, _ word: String) -> Bool {
    parsed.tokens.indices.contains(token) && parsed.text(of: parsed.tokens[token]) == word
  }
}
