// How declarations are laid out: a clause a line, columns aligned.

extension LayoutHints {
  mutating func visit(_ declaration: DeclarationSyntax) {
    switch declaration {
    case .ruleset(let node):
      addBody(node.extent, node.entries.map { ($0.extent, 1) })
      for case .governs(let entry) in node.entries {
        visit(entry.subject)
        visitAll([entry.from, entry.until])
      }
    case .import: break
    case .unit: break
    case .contract(let node): visitFields(node.fields, in: node.extent, isForced: true)
    case .record(let node): visitRecord(node)
    case .type(let node): visit(node.type)
    case .list(let node): visitList(node)
    case .rates(let node):
      addBody(
        node.extent,
        node.entries.map { entry in
          if case .quoted = entry { (entry.extent, 1) } else { (entry.extent, 2) }
        })
    case .parameter(let node): visitParameter(node)
    case .table(let node): visitTable(node)
    case .mission(let node):
      addBody(
        node.extent,
        node.entries.map { entry in
          if case .reportedBy = entry { (entry.extent, 2) } else { (entry.extent, 1) }
        })
      for entry in node.entries {
        switch entry {
        case .indicator(let value, _), .baseline(let value, _): visit(value)
        case .target(let target): visitAll([target.amount, target.date])
        default: break
        }
      }
    case .conserve(let node):
      addBody(node.extent, node.entries.map { ($0.extent, 1) })
      for entry in node.entries {
        switch entry {
        case .whole(let value, _): visit(value)
        case .parts(let parts, _):
          for case .amount(let value) in parts { visit(value) }
        case .source: break
        }
      }
    case .exceptions(let node):
      visitKeys(node.parameters)
      addBody(node.extent, node.exemptions.map { ($0.extent, 1) })
      for exemption in node.exemptions {
        visit(exemption.condition)
        addChain(exemption.extent, breaksBefore: [before(exemption.condition)])
      }
    case .define(let node):
      visitKeys(node.parameters)
      if let type = node.type { visit(type) }
      visitDefineBody(node)
    case .determination(let node):
      if let type = node.type { visit(type) }
      addValue(
        node.extent, value: node.value.extent, exceptions: node.exceptions, source: node.source)
      visit(node.value)
      visitExceptions(node.exceptions)
    case .condition(let node): visitCondition(node)
    case .scenario(let node): visitScenario(node)
    }
  }

  private mutating func visitAll(_ expressions: [ExpressionSyntax?]) {
    for expression in expressions { if let expression { visit(expression) } }
  }

  /// A body whose clauses stand one a line, each with a head of some tokens.
  mutating func addBody(
    _ extent: Extent, _ clauses: [(extent: Extent, headTokens: Int)], minimum: Int = 0
  ) {
    addBraces(extent, elements: clauses.map(\.extent), isForced: true)
    alignHeads(clauses, minimum: minimum)
  }

  private mutating func visitFields(_ fields: [FieldSyntax], in extent: Extent, isForced: Bool) {
    addBraces(extent, elements: fields.map(\.extent), isForced: isForced)
    for field in fields { visit(field.type) }
    let isBroken =
      isForced
      || (fields.first.map { parsed.tokens[$0.extent.tokens.lowerBound].isFirstOnLine } ?? false)
    if isBroken {
      alignMarks(
        fields.map { ($0.extent.tokens.lowerBound, $0.name.extent.tokens.upperBound) }, limit: 24)
    } else {
      for field in fields.dropFirst() {
        let start = field.extent.tokens.lowerBound
        if parsed.tokens[start - 1].kind != .comma { setGap(start, 3) }
      }
    }
  }

  private mutating func visitRecord(_ node: RecordSyntax) {
    var end = node.extent.tokens.upperBound
    if let identifier = node.identifiedBy.first {
      // `identified by` stands behind the closing brace, or on a line of its own.
      end = identifier.extent.tokens.lowerBound - 2
      add(
        first: end, last: node.extent.tokens.upperBound - 1, base: .line, points: [(end, 2)])
    }
    let body = Extent(tokens: node.extent.tokens.lowerBound..<end, span: node.extent.span)
    let isTooWide = width(node.extent.tokens.lowerBound..<end) + 2 * node.fields.count > 100
    visitFields(node.fields, in: body, isForced: isTooWide)
  }

  mutating func visit(_ type: TypeSyntax) {
    switch type {
    case .oneOf(let names, let extent): addBraces(extent, elements: names.map(\.extent))
    case .list(let node): visit(node.element)
    case .series(let element, _, _), .level(let element, _): visit(element)
    default: break
    }
  }

  private mutating func visitKeys(_ keys: [KeySyntax]) {
    guard let first = keys.first else { return }
    setGap(first.extent.tokens.lowerBound - 1, 0)
    for key in keys { setGap(key.name.extent.tokens.upperBound, 0) }
  }

  // MARK: Values

  private mutating func visitDefineBody(_ node: DefineSyntax) {
    switch node.body {
    case .value(let value):
      addValue(
        node.extent, value: value.extent, exceptions: node.exceptions, source: node.source)
      visit(value)
    case .fold(let fold):
      addValue(
        node.extent, value: fold.first.extent, exceptions: node.exceptions, source: node.source,
        wordsBefore: 1)
      visitAll([fold.from, fold.to, fold.first, fold.then])
    }
    visitExceptions(node.exceptions)
  }

  /// `… =` with the value on the next line where it does not fit, and every exception on its own.
  private mutating func addValue(
    _ extent: Extent, value: Extent, exceptions: [ValueExceptionSyntax], source: StringSyntax?,
    wordsBefore: Int = 0
  ) {
    let start = value.tokens.lowerBound - wordsBefore
    var points = [(token: start, indent: 2)]
    points += exceptions.map { ($0.extent.tokens.lowerBound, 2) }
    if let source { points.append((source.extent.tokens.lowerBound - 1, 2)) }
    let isForced = points.count > 1
    add(
      first: extent.tokens.lowerBound, last: extent.tokens.upperBound - 1, base: .line,
      points: points, isForced: isForced)
  }

  private mutating func visitExceptions(_ exceptions: [ValueExceptionSyntax]) {
    for exception in exceptions {
      addChain(exception.extent, breaksBefore: [before(exception.condition)])
      visitAll([exception.condition, exception.value])
    }
  }

  private mutating func visitParameter(_ node: ParameterSyntax) {
    visit(node.type)
    switch node.values {
    case .steps(let timeline): visitTimeline(timeline, then: nil)
    case .linear(let timeline, let then): visitTimeline(timeline, then: then)
    }
  }

  private mutating func visitTimeline(_ node: TimelineSyntax, then: ExpressionSyntax?) {
    var elements = node.entries.map(\.extent)
    if let then {
      let tokens = then.extent.tokens.lowerBound - 1..<then.extent.tokens.upperBound
      elements.append(Extent(tokens: tokens, span: then.span))
    }
    addBraces(node.extent, elements: elements)
    for entry in node.entries { visitAll([entry.value, entry.point]) }
    visitAll([then])
  }

  private mutating func visitList(_ node: ListSyntax) {
    visit(node.elementType)
    switch node.members {
    case .file(_, let entries): addBody(node.extent, entries.map { ($0.extent, 2) })
    case .inline(let members):
      let braces = members.first.map { $0.extent.tokens.lowerBound - 1 } ?? 0
      let tokens = min(braces, node.extent.tokens.upperBound)..<node.extent.tokens.upperBound
      addBraces(Extent(tokens: tokens, span: node.extent.span), elements: members.map(\.extent))
      for member in members {
        visit(member.value)
        for spell in member.spells { visitAll([spell.from, spell.until]) }
      }
    }
  }

  // MARK: Conditions and scenarios

  private mutating func visitCondition(_ node: ConditionSyntax) {
    addBody(node.extent, node.clauses.map { ($0.extent, $0.headTokens) }, minimum: 12)
    for clause in node.clauses {
      for expression in clause.expressions { visit(expression) }
      switch clause {
      case .unless(let exemption):
        addChain(exemption.extent, breaksBefore: [before(exemption.condition)])
      case .consequence(let node): addConsequence(node.consequence)
      case .cure(let cure):
        if cure.payment != nil, let condition = cure.condition {
          addChain(cure.extent, breaksBefore: [before(condition)])
        }
      case .forEach(let each):
        if let filter = each.filter { addChain(each.extent, breaksBefore: [before(filter)]) }
      default: break
      }
    }
  }

  /// A consequence breaks before its dates and its count.
  private mutating func addConsequence(_ node: ConsequenceSyntax) {
    var points = node.from.map { [before($0)] } ?? []
    if case .date(let day) = node.until { points.append(before(day)) }
    if let frequency = node.frequency { points.append(frequency.extent.tokens.lowerBound) }
    addChain(node.extent, breaksBefore: points)
  }

  private mutating func visitScenario(_ node: ScenarioSyntax) {
    addBody(
      node.extent,
      node.clauses.map { clause in
        switch clause {
        case .asOf, .knownAt: (clause.extent, 2)
        case .given, .expect: (clause.extent, 1)
        }
      })
    for clause in node.clauses {
      switch clause {
      case .given(let given):
        addBraces(given.extent, elements: given.entries.map(\.extent))
        for entry in given.entries { visit(entry.value) }
      case .asOf(let day, _), .knownAt(let day, _): visit(day)
      case .expect(let expectations, let extent):
        addExpectations(expectations, in: extent)
      }
    }
  }

  private mutating func addExpectations(_ expectations: [ExpectationSyntax], in extent: Extent) {
    guard let first = expectations.first else { return }
    let list = Extent(
      tokens: first.extent.tokens.lowerBound..<extent.tokens.upperBound, span: extent.span)
    addChain(
      list, breaksBefore: expectations.dropFirst().map { $0.extent.tokens.lowerBound })
    for expectation in expectations {
      switch expectation {
      case .value(let value): visitAll([value.point, value.value])
      case .outcome(let outcome):
        visitAll([outcome.point])
        for consequence in outcome.consequences {
          for expression in consequence.expressions { visit(expression) }
        }
      }
    }
  }
}
