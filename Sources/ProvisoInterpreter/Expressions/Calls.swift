// Defines: their arguments, their named exceptions, and the bounded fold.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// A call of a define: the body in a frame of its own, over the same test.
  mutating func call(_ id: DefineID, _ arguments: [ExpressionID]) -> Term {
    let terms = arguments.map { evaluate($0) }
    let define = prepared.defines[id.index]
    let outer = frame
    let outerCount = slots.count
    frame.base = outerCount
    frame.scope = define.name
    frame.previous = nil
    for (slot, term) in terms.enumerated() { bind(slot, term) }
    defer {
      frame = outer
      if slots.count > outerCount { slots.removeSubrange(outerCount...) }
    }
    switch define.body {
    case .expression(let body):
      return withExceptions(define.exceptions) { $0.evaluate(body) }
    case .fold(let length, let from, let to, let first, let then):
      return fold(define, length, from, to, first, then)
    }
  }

  /// A value with its named exceptions.
  ///
  /// Two that apply and differ, or an unknown one that would differ, make it unknown.
  mutating func withExceptions(
    _ exceptions: [ValueException], _ body: (inout Evaluation) -> Term
  ) -> Term {
    if exceptions.isEmpty { return body(&self) }
    var applying: [Int] = []
    var open: [Int] = []
    var reasons = ReasonSet.none
    var rests = Rests.nothing
    for (position, exception) in exceptions.enumerated() {
      let found = step(.exception(exception.title)) { $0.scalar(exception.condition) }
      rests = rests.union(found.rests)
      if found.truth.isTrue { applying.append(position) }
      if found.truth == .unknown {
        open.append(position)
        reasons = reasons.union(found.reasons)
      }
    }
    let others = (open + applying.dropFirst()).map { evaluate(exceptions[$0].value) }
    let value: Term
    if let first = applying.first {
      value = evaluate(exceptions[first].value)
    } else {
      value = body(&self)
    }
    if applying.count > 1 { reasons = reasons.union(reason(.twoExceptions)) }
    if others.isEmpty {
      guard case .scalar(var found) = value else { return value }
      found.rests = found.rests.union(rests)
      return .scalar(found)
    }
    let unknown = others.reduce(reasons) { $0.union($1.found.reasons) }.union(value.found.reasons)
    guard case .scalar(var found) = value, let known = found.value else { return .unknown(unknown) }
    for other in others {
      guard case .scalar(let candidate) = other, candidate.value == known else {
        return .unknown(unknown)
      }
    }
    found.rests = found.rests.union(rests)
    return .scalar(found)
  }

  /// The title of the exception that gives the value, for a determination.
  mutating func applyingException(_ exceptions: [ValueException]) -> String? {
    exceptions.first { exception in
      quietly { $0.scalar(exception.condition) }.truth.isTrue
    }?.title
  }

  /// `by year from A to B = first X, then Y`: each period from the one before.
  private mutating func fold(
    _ define: Define, _ length: PeriodLength, _ from: ExpressionID, _ to: ExpressionID,
    _ first: ExpressionID, _ then: ExpressionID
  ) -> Term {
    let start = scalar(from)
    let end = scalar(to)
    guard let begin = foldPeriod(start, length, isLast: false),
      let last = foldPeriod(end, length, isLast: true)
    else {
      let unknown = start.reasons.union(end.reasons)
      return .unknown(unknown.isEmpty ? reason(.eventIsNone) : unknown)
    }
    guard let count = begin.distance(to: last), count < periodLimit else {
      return .unknown(reason(.tooLong, "fold"))
    }
    var values: [Period: Found] = [:]
    for index in stride(from: 0, through: count, by: 1) {
      guard let period = begin.advanced(by: index) else { break }
      frame.period = period
      let body = index == 0 ? first : then
      let found = bounded(
        step(.member("\(period)"), type: elementType(define.type)) { $0.scalar(body) })
      values[period] = found
      frame.previous = found
    }
    return .series(
      SeriesTerm(
        content: .computed(values, first: begin, last: last), length: length,
        path: .field(nil, define.name)))
  }

  /// The most reasons that the value of one period carries on to the next. A contract that names a
  /// far day would have thousands of periods, each with the reasons of all before it.
  private static var foldReasonLimit: Int { 250 }

  private func bounded(_ found: Found) -> Found {
    var result = found
    result.rests = found.rests.first(Self.foldReasonLimit)
    guard found.reasons.reasons.count > Self.foldReasonLimit else { return result }
    let told = found.reasons.first(Self.foldReasonLimit)
      .union(reason(.tooLong, "of many reasons only \(Self.foldReasonLimit) are told"))
    switch found.answer {
    case .known: break
    case .unknown: result.answer = .unknown(told)
    case .between(let low, let high, _): result.answer = .between(low: low, high: high, told)
    }
    return result
  }

  private func foldPeriod(_ found: Found, _ length: PeriodLength, isLast: Bool) -> Period? {
    switch found.value {
    case .period(let period):
      Period.containing(isLast ? period.end : period.start, length: length)
    case .date(let date): Period.containing(date, length: length)
    default: nil
    }
  }

  private func elementType(_ type: ValueType) -> ValueType {
    if case .series(let element, _) = type { element } else { type }
  }
}
