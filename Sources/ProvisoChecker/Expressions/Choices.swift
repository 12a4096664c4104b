// Choices, substitutes, calls of defines and tables, and records in the text.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// `A when C, B when D, otherwise E`: what a branch asks in its `when` guards its value.
  func choice(_ node: ChoiceSyntax, expecting expected: ValueType?) -> ExpressionID {
    var choices: [Choice] = []
    var values: [ExpressionID] = []
    for branch in node.branches {
      let saved = guards
      guards += tableGuards(in: branch.condition)
      let value = operand(branch.value, expected)
      guards = saved
      values.append(value)
      choices.append(
        Choice(value: value, condition: truth(branch.condition, as: "what stands behind `when`")))
    }
    let otherwise = node.otherwise.isMissing ? nil : operand(node.otherwise, expected)
    let type = commonType(values + (otherwise.map { [$0] } ?? []), in: "the branches of a choice")
    return add(.choose(choices, otherwise: otherwise), type, node.span)
  }

  /// `x else V`.
  func fallback(_ node: FallbackSyntax, expecting expected: ValueType?) -> ExpressionID {
    let value = operand(node.value, expected)
    let replacement = operand(node.replacement, type(of: value))
    var type = commonType([value, replacement], in: "a value and its substitute")
    if self.type(of: value) == .event, self.type(of: replacement) == .date { type = .date }
    return add(.orElse(value, replacement), type, node.span)
  }

  func call(_ node: CallSyntax, expecting expected: ValueType?) -> ExpressionID {
    let name = node.function
    guard !name.isMissing else {
      for argument in node.arguments { _ = operand(argument) }
      return unresolved(node.span)
    }
    if name.text == "min" || name.text == "max" { return extreme(node, expecting: expected) }
    guard let entity = names.use(name.text) else {
      for argument in node.arguments { _ = expression(argument) }
      let callable =
        names.values.filter(\.isWritable).compactMap { value -> String? in
          switch value.subject {
          case .define, .table: value.name
          default: nil
          }
        } + ["sum", "count", "min", "max", "average", "round", "chain"]
      report(
        NamePages.unknownName, "nothing is called `\(name.text)`", at: name.span,
        help: helpFromElsewhere(name.text) ?? suggestion(for: name.text, among: callable))
      return unresolved(node.span)
    }
    switch entity {
    case .define(let id): return call(define: id, node.arguments, named: name, span: node.span)
    case .table(let id):
      guard tables.indices.contains(id.index) else { return unresolved(node.span) }
      guard let keys = tableKeys(node.arguments, of: tables[id.index], at: node.span) else {
        return unresolved(node.span)
      }
      let use = TableGuard(table: id, keys: node.arguments.map { comparableText($0) })
      if !guards.contains(use) { unguardedTables.insert(id.index) }
      return add(.table(id, keys), tables[id.index].resultType, node.span)
    default:
      for argument in node.arguments { _ = expression(argument) }
      report(
        NamePages.wrongKind, "`\(name.text)` is a \(entity.noun) and takes nothing in parentheses",
        at: name.span,
        also: names.value(name.text).map { [LabelledSpan($0.span, "declared here")] } ?? [],
        help: ["write `\(name.text)`, or `*` to multiply"])
      return unresolved(node.span)
    }
  }

  /// `min(a, b)`, `max(a, b)`.
  private func extreme(_ node: CallSyntax, expecting expected: ValueType?) -> ExpressionID {
    var operands: [ExpressionID] = []
    for argument in node.arguments {
      let hint = operands.first.map { self.type(of: $0) } ?? expected
      operands.append(operand(argument, hint))
    }
    guard operands.count > 1 else {
      report(
        TypePages.arity, "`\(node.function.text)` compares two values or more", at: node.span,
        help: ["write `\(node.function.text)(a, b)`, or `\(node.function.text)(x.f for x in L)`"])
      return unresolved(node.span)
    }
    let shared = commonType(operands, in: "the values of `\(node.function.text)`")
    if shared == .unresolved { return unresolved(node.span) }
    switch shared {
    case .date, .event, .period: break
    default:
      if Measure(shared) == nil {
        reportOperand(node.function.text, node.function.span, operands)
        return unresolved(node.span)
      }
    }
    return add(
      node.function.text == "min" ? .least(operands) : .greatest(operands), shared, node.span)
  }

  /// A call of a define, with or without parentheses.
  func call(
    define id: DefineID, _ arguments: [ExpressionSyntax], named name: NameSyntax, span: SourceSpan
  ) -> ExpressionID {
    guard defines.indices.contains(id.index) else { return unresolved(span) }
    let define = defines[id.index]
    guard place.hasContract || place.hasContracts else {
      report(
        NamePages.notHere, "`\(name.text)` has no meaning in \(place.words)", at: name.span,
        also: [LabelledSpan(define.span, "a define")],
        help: ["reference data holds no computed values: write the value itself"])
      return unresolved(span)
    }
    let traits = defineTraits.indices.contains(id.index) ? defineTraits[id.index] : DefineTraits()
    if place.isAppliesWhen, traits.asksWhatIsKnown { reportKnownInApplies(at: span) }
    if !place.hasContract, traits.readsContract {
      report(
        ConditionPages.fieldOfNoContract, "`\(name.text)` reads the fields of one contract",
        at: name.span, also: [LabelledSpan(define.span, "declared here")],
        help: ["a portfolio has many: give it what it reads as a parameter, from each `c`"])
      return unresolved(span)
    }
    guard arguments.count == define.parameters.count else {
      for argument in arguments { _ = operand(argument) }
      reportArity(name, arguments.count, define.parameters.map(\.name), span, define.span)
      return unresolved(span)
    }
    let values = zip(arguments, define.parameters).map { argument, parameter in
      operand(
        argument, fitting: parameter.type, as: "`\(parameter.name)`", declaredAt: define.span)
    }
    return add(.call(id, values), define.type, span)
  }

  /// The keys of a table, fitted to their types; nil after a report.
  func tableKeys(
    _ nodes: [ExpressionSyntax], of table: DecisionTable, at span: SourceSpan
  ) -> [ExpressionID]? {
    guard nodes.count == table.keys.count else {
      for node in nodes { _ = operand(node) }
      report(
        TypePages.arity,
        "`\(table.name)` has \(counted(table.keys.count, "key")), and \(nodes.count) "
          + (nodes.count == 1 ? "is given" : "are given"),
        at: span, also: [LabelledSpan(table.span, "declared here")],
        help: ["write `\(table.name)(\(table.keys.map(\.name).joined(separator: ", ")))`"])
      return nil
    }
    return zip(nodes, table.keys).map { node, key in
      operand(node, fitting: key.type, as: "the key `\(key.name)`", declaredAt: table.span)
    }
  }

  private func reportArity(
    _ name: NameSyntax, _ found: Int, _ parameters: [String], _ span: SourceSpan,
    _ declaredAt: SourceSpan
  ) {
    report(
      TypePages.arity,
      "`\(name.text)` takes \(counted(parameters.count, "value")), and \(found) "
        + (found == 1 ? "is given" : "are given"),
      at: span, also: [LabelledSpan(declaredAt, "declared here")],
      help: parameters.isEmpty
        ? ["write `\(name.text)`"]
        : ["write `\(name.text)(\(parameters.joined(separator: ", ")))`"])
  }

  /// A number of things in words: "one key", "2 keys".
  func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "one \(noun)" : count == 0 ? "no \(noun)" : "\(count) \(noun)s"
  }

  /// `{ name = …, share = … }` where a record is wanted.
  func record(_ node: RecordLiteralSyntax, expecting expected: ValueType?) -> ExpressionID {
    guard case .record(let id) = expected else {
      // What is in it is not looked at: nobody knows what it should have been.
      if expected != .unresolved || !hasError {
        report(
          TypePages.wrongType, "no record is wanted here", at: node.span,
          expected.map { "\(words($0)) is" } ?? "")
      }
      return unresolved(node.span)
    }
    let record = records[id.index]
    var fields = [ExpressionID?](repeating: nil, count: record.fields.count)
    for entry in node.entries {
      guard entry.path.count == 1, let name = entry.path.first, !name.isMissing else {
        _ = expression(entry.value)
        continue
      }
      guard let index = position(of: name.text, in: .record(id)) else {
        _ = expression(entry.value)
        report(
          NamePages.unknownField, "\(articled(record.name)) has no field `\(name.text)`",
          at: name.span,
          also: [LabelledSpan(record.span, "its fields are declared here")],
          help: suggestion(for: name.text, among: record.fields.map(\.name)))
        continue
      }
      let field = record.fields[index]
      let value = operand(
        entry.value, fitting: field.type, as: "`\(field.name)`", declaredAt: field.span)
      if fields[index] != nil {
        report(NamePages.entryTwice, "`\(name.text)` is given twice", at: name.span)
      }
      fields[index] = value
    }
    return add(.recordLiteral(id, fields: fields), .record(id), node.span)
  }
}
