// Defines: checked after those they use, with circles named in full; and determinations.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// The deepest that defines may rest on one another.
  static let defineDepthLimit = 64

  func checkDefines() {
    var nodes: [DefineSyntax] = []
    for case .define(let node) in declarations { nodes.append(node) }
    defines = nodes.map(signature)
    defineTraits = nodes.map { _ in DefineTraits() }
    for index in order(nodes) { check(nodes[index], at: index) }
  }

  private func signature(_ node: DefineSyntax) -> Define {
    var parameters: [DefineParameter] = []
    var seen: [String: SourceSpan] = [:]
    for parameter in node.parameters {
      if let earlier = seen[parameter.name.text], !parameter.name.isMissing {
        reportTwice(parameter.name, earlier)
      }
      seen[parameter.name.text] = parameter.name.span
      _ = mayDeclare(parameter.name)
      parameters.append(
        DefineParameter(
          name: parameter.name.text, type: type(parameter.type, named: parameter.name.text)))
    }
    let type = node.type.map { self.type($0, named: node.name.text) } ?? .unresolved
    return Define(
      name: shownName(node.name.text), parameters: parameters, type: type, slotCount: 0,
      body: .expression(ExpressionID(0)), exceptions: [], span: node.name.span)
  }

  // MARK: - Order

  /// The defines in an order in which each stands after those it uses; those in a circle are
  /// reported and left out.
  private func order(_ nodes: [DefineSyntax]) -> [Int] {
    let uses = nodes.map { used($0) }
    var graph = DependencyGraph(edges: uses)
    graph.sort()
    for cycle in graph.cycles {
      guard let first = cycle.first else { continue }
      let path = (cycle + [first]).map { "`\(nodes[$0].name.text)`" }
      report(
        NamePages.defineCycle, "these defines use each other: \(path.joined(separator: " → "))",
        at: nodes[first].name.span, "begins here",
        also: cycle.dropFirst().prefix(5).map { LabelledSpan(nodes[$0].name.span, "and here") },
        help: ["a value that builds on the period before is a series: `first X, then Y`"])
    }
    let sorted = Set(graph.order)
    for index in nodes.indices where !sorted.contains(index) {
      for used in uses[index] { _ = names.use(nodes[used].name.text) }
    }
    var depths = [Int](repeating: 1, count: nodes.count)
    for index in graph.order {
      depths[index] = 1 + (uses[index].map { depths[$0] }.max() ?? 0)
      if depths[index] == Checking.defineDepthLimit + 1 {
        report(
          NamePages.definesTooDeep,
          "`\(nodes[index].name.text)` rests on defines more than "
            + "\(Checking.defineDepthLimit) deep",
          at: nodes[index].name.span, help: ["write some of them out"])
      }
    }
    return graph.order
  }

  private func used(_ node: DefineSyntax) -> [Int] {
    var found = Set<Int>()
    let bound = node.parameters.map(\.name.text)
    let collect = { (part: ExpressionSyntax) in
      eachName(in: part, bound: bound) { name in
        if case .define(let id) = self.names.value(name.text)?.subject { found.insert(id.index) }
      }
    }
    switch node.body {
    case .value(let value): collect(value)
    case .fold(let fold): [fold.from, fold.to, fold.first, fold.then].forEach(collect)
    }
    for exception in node.exceptions {
      collect(exception.condition)
      collect(exception.value)
    }
    return found.sorted()
  }

  // MARK: - Bodies

  private func check(_ node: DefineSyntax, at index: Int) {
    let mark = arena.count
    let signature = defines[index]
    let place = Place(
      words: "a define", hasContract: true, hasTestDate: true, hasAsOf: true)
    let locals = zip(signature.parameters, node.parameters).enumerated().map { slot, pair in
      Local(name: pair.0.name, slot: slot, type: pair.0.type, span: pair.1.name.span)
    }
    let (checked, slotCount) = at(place, locals: locals) {
      let (body, type) = body(node, signature.type)
      return (body, type, exceptions(node.exceptions, type, node.type?.span))
    }
    defines[index] = Define(
      name: signature.name, parameters: signature.parameters, type: checked.1,
      slotCount: slotCount, body: checked.0, exceptions: checked.2, span: signature.span)
    defineTraits[index] = traits(since: mark)
    defineDepths[index] = depth(since: mark)
  }

  private func body(_ node: DefineSyntax, _ declared: ValueType) -> (DefineBody, ValueType) {
    switch node.body {
    case .value(let value):
      guard let written = node.type else {
        let id = expression(value)
        return (.expression(id), type(of: id))
      }
      let id = operand(
        value, fitting: declared, as: "the value of `\(node.name.text)`", declaredAt: written.span)
      return (.expression(id), declared)
    case .fold(let fold): return self.fold(fold, node, declared)
    }
  }

  private func fold(
    _ fold: FoldSyntax, _ node: DefineSyntax, _ declared: ValueType
  ) -> (DefineBody, ValueType) {
    guard case .series(let element, let length) = declared else {
      if declared != .unresolved || node.type == nil {
        report(
          TypePages.wrongType, "a value that goes from period to period is a series",
          at: node.type?.span ?? node.name.span,
          help: ["write `define \(node.name.text) : EUR by year from 2021 to 2030 = first …`"])
      }
      let empty = unresolved(fold.span)
      return (.expression(empty), .unresolved)
    }
    let period = ValueType.period(length)
    let from = operand(fold.from, fitting: period, as: "the first period")
    let to = operand(fold.to, fitting: period, as: "the last period")
    if case .literal(.period(let first)) = self[from].kind,
      case .literal(.period(let last)) = self[to].kind, last < first
    {
      report(
        TimePages.reversedBounds, "nothing lies from \(first) to \(last)",
        at: fold.from.span.joined(with: fold.to.span))
    }
    let outer = place
    place.period = .known(length)
    let first = operand(fold.first, fitting: element, as: "the first value")
    place.previous = element
    let then = operand(fold.then, fitting: element, as: "the value behind `then`")
    place = outer
    return (.fold(length, from: from, to: to, first: first, then: then), declared)
  }

  /// The exceptions of a define or determination.
  func exceptions(
    _ nodes: [ValueExceptionSyntax], _ type: ValueType, _ declaredAt: SourceSpan?
  ) -> [ValueException] {
    nodes.map { node in
      let condition = truth(node.condition, as: "what stands behind `when`")
      let value = operand(
        node.value, fitting: type, as: "the value of an exception", declaredAt: declaredAt)
      return ValueException(
        title: node.title.text, condition: condition, value: value, span: node.span)
    }
  }

  // MARK: - Determinations

  func checkDeterminations() {
    for case .determination(let node) in declarations {
      let place = Place(
        words: "a determination", hasContract: true, hasTestDate: true, hasAsOf: true)
      let (checked, slotCount) = at(place) {
        let value: ExpressionID
        let type: ValueType
        if let written = node.type {
          type = self.type(written, named: node.name.text)
          value = operand(
            node.value, fitting: type, as: "the value of `\(node.name.text)`",
            declaredAt: written.span)
        } else {
          value = operand(node.value)
          type = self.type(of: value)
        }
        return (value, type, exceptions(node.exceptions, type, node.type?.span))
      }
      determinations.append(
        Determination(
          name: node.name.text, title: node.title?.text ?? node.name.text, type: checked.1,
          value: checked.0, exceptions: checked.2, slotCount: slotCount,
          source: node.source?.text, span: node.span))
    }
  }
}
