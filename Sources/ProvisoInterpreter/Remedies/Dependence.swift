// How a step of a derivation depends on one fact.

import ProvisoModel
import ProvisoQuantities

/// A fact that a derivation read, as a leaf of it.
struct ReadFact: Hashable, Sendable {
  let origin: FactOrigin
  let value: Value
  let type: ValueType
}

/// Reads a derivation as a function of one of its facts.
struct Dependence {
  /// A step that a name stands for, and the scope it was written in: an argument may use the very
  /// name of the parameter it is given for.
  private struct Meaning {
    let step: Derivation
    let scope: Dependence
  }
  /// What the names of parameters stand for in the call under way.
  private var meanings: [String: Meaning] = [:]
  private let path: String
  /// A variable instead of a fact, by name.
  private let variable: String?

  init(on path: String) {
    self.path = path
    variable = nil
  }

  init(onVariable name: String) {
    path = ""
    variable = name
  }

  /// The step's number as a function of the fact; nil where it is of no simple form.
  func function(_ step: Derivation) -> LinearFraction? {
    if step.operation == .fact || isFactMember(step) {
      if variable == nil, step.origin?.path == path { return .fact }
      return constant(step)
    }
    if isVariable(step) { return .fact }
    if !mentions(step) { return constant(step) }
    switch step.operation {
    case .context(let name): return meanings[name].flatMap { $0.scope.function($0.step) }
    case .negate: return operand(step, 0).map { -$0 }
    case .arithmetic(let sign):
      guard let left = operand(step, 0), let right = operand(step, 1) else { return nil }
      return LinearFraction.apply(sign, left, right)
    case .shareOf:
      guard let left = operand(step, 0), let right = operand(step, 1) else { return nil }
      return LinearFraction.apply(.multiply, left, right)
    case .capped(_, let isBinding), .floored(_, let isBinding):
      return deciding(step.children, isBinding ? step.children.dropFirst().first : nil)
    case .round, .at, .convert: return operand(step, 0)
    case .least, .greatest:
      return deciding(step.children, step.children.first { $0.answer == step.answer })
    case .aggregate(let kind): return aggregate(kind, step)
    case .member: return step.children.last.flatMap { function($0) }
    case .call, .choose, .orElse, .clause, .exception, .table:
      return entering(step).children(of: step)
    default: return nil
    }
  }

  /// The values at which the comparisons here and beneath turn, inside defines too.
  func crossings(in step: Derivation) -> [Fraction] {
    if case .compare = step.operation, step.children.count == 2 {
      guard let left = function(step.children[0]), let right = function(step.children[1]),
        let crossing = LinearFraction.crossing(left, right)
      else { return [] }
      return [crossing]
    }
    let inner = entering(step)
    return step.children.flatMap { inner.crossings(in: $0) }
  }

  /// Of several steps one of which gives the result: that one, where it rests on the fact, else one
  /// that does and might come to give it. Whether it would is tried.
  private func deciding(_ steps: [Derivation], _ chosen: Derivation?) -> LinearFraction? {
    let step = chosen.flatMap { mentions($0) ? $0 : nil } ?? steps.first { mentions($0) }
    return step.flatMap { function($0) }
  }

  private func children(of step: Derivation) -> LinearFraction? {
    step.children.last.flatMap { function($0) }
  }

  /// Inside a call its parameters stand for the arguments, which come first. They are told apart
  /// by value: the steps of a define name its parameters but not their places. Nothing of the
  /// scope around is seen inside.
  private func entering(_ step: Derivation) -> Dependence {
    guard case .call = step.operation, let body = step.children.last else { return self }
    var inner = self
    inner.meanings = [:]
    for name in body.contextNames where inner.meanings[name.key] == nil {
      inner.meanings[name.key] = step.children.dropLast().first { $0.answer == name.value }
        .map { Meaning(step: $0, scope: self) }
    }
    return inner
  }

  private func operand(_ step: Derivation, _ position: Int) -> LinearFraction? {
    guard step.children.indices.contains(position) else { return nil }
    return function(step.children[position])
  }

  private func aggregate(_ kind: AggregateKind, _ step: Derivation) -> LinearFraction? {
    if kind == .min || kind == .max {
      let members = step.children.filter { $0.isMember && $0.answer?.truth.isFalse != true }
      return deciding(members, members.first { $0.answer == step.answer })
    }
    guard kind == .sum || kind == .average else { return nil }
    var total = LinearFraction.constant(.zero)
    var count = 0
    for member in step.children where member.isMember {
      // A member that was not selected shows its false `where`.
      guard member.answer?.truth.isFalse != true else { continue }
      guard let part = isFactMember(member) ? function(member) : children(of: member),
        let sum = LinearFraction.apply(.add, total, part)
      else { return nil }
      total = sum
      count += 1
    }
    guard kind == .average else { return total }
    return count == 0 ? nil : LinearFraction.apply(.divide, total, .constant(Fraction(count)))
  }

  /// A member of a window is the fact itself: its one child names the variable.
  private func isFactMember(_ step: Derivation) -> Bool {
    guard case .member = step.operation, step.origin != nil, step.children.count == 1,
      case .context? = step.children.first?.operation
    else { return false }
    return step.children.first?.answer == step.answer
  }

  /// Whether the step names the variable, and not what hides it inside a define.
  private func isVariable(_ step: Derivation) -> Bool {
    guard let variable, meanings[variable] == nil else { return false }
    return step.operation == .context(variable)
  }

  /// Whether the step rests on the fact.
  func mentions(_ step: Derivation) -> Bool {
    if isVariable(step) { return true }
    if variable == nil, step.origin?.path == path { return true }
    if case .context(let name) = step.operation, let meaning = meanings[name] {
      return meaning.scope.mentions(meaning.step)
    }
    return step.children.contains { mentions($0) }
  }

  private func constant(_ step: Derivation) -> LinearFraction? {
    step.answer?.number.map { .constant($0) }
  }
}

extension Derivation {
  var answer: Answer? { if case .answer(let answer, _) = result { answer } else { nil } }

  var isMember: Bool { if case .member = operation { true } else { false } }

  /// The names that stand for a value here and beneath, with their answers.
  fileprivate var contextNames: [(key: String, value: Answer)] {
    if case .context(let name) = operation, let answer { return [(name, answer)] }
    return children.flatMap(\.contextNames)
  }

  /// Every fact with a known value that is read here or beneath, each once, in order.
  var readFacts: [ReadFact] {
    var facts: [ReadFact] = []
    collectFacts(into: &facts)
    return facts
  }

  private func collectFacts(into facts: inout [ReadFact]) {
    if let origin, origin.assessedBy == nil, case .answer(.known(let value), let type) = result {
      let fact = ReadFact(origin: origin, value: value, type: type)
      if !facts.contains(where: { $0.origin.path == origin.path }) { facts.append(fact) }
    }
    for child in children { child.collectFacts(into: &facts) }
  }
}

extension Answer {
  /// The known number: a quantity, or an amount of money without its currency.
  var number: Fraction? {
    switch self {
    case .known(.quantity(let value)), .known(.money(let value, _)): value
    default: nil
    }
  }
}
