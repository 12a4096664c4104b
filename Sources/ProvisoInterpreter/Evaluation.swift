// One evaluation of one contract: the state that every part of the interpreter works on.

import ProvisoModel
import ProvisoQuantities

/// The evaluation of one contract as of one day, with the knowledge of one day.
///
/// The files beside this one extend it by noun: expressions under `Expressions`, schedules, tests
/// and consequences under `Conditions`.
struct Evaluation {
  let prepared: PreparedRuleset
  let contract: Contract
  /// The contracts that a portfolio condition or a mission speaks of; nil for one contract.
  let portfolio: Portfolio?
  /// What was worked out over the portfolio already.
  let memory: PortfolioMemory?
  /// A: questions are asked at the end of this day.
  let asOf: CalendarDate
  /// K: what was recorded later is not looked at.
  let knownAt: CalendarDate
  /// Nil unless derivations are kept.
  var trace: Trace?

  /// What the expression being evaluated sees.
  var frame: Frame
  /// The bound variables of all frames under way; a frame's own begin at its `base`.
  var slots: [Term]
  /// Outcomes of the conditions evaluated so far, for `k is met`.
  var outcomes: [Outcome?]
  /// Chains that were worked out already, and for which day.
  var chains: [(id: ExpressionID, day: CalendarDate, term: Term)] = []
  /// By field of the contract: whether its fact changes from day to day, once that was asked.
  var changingFields: [Bool?] = []
  /// How many expressions are being evaluated inside one another.
  var depth = 0
  /// While `x is verified` looks: what stands behind each fact that was read.
  var readEvidence: [ReadEvidence?]?
  /// The days on which the contract's facts change, found when first needed.
  var factDays: [CalendarDate]?

  /// Deeper than any ruleset the checker passes without a ladder of defines; below it the stack
  /// of a thread holds.
  static let depthLimit = 1_500

  init(
    _ prepared: PreparedRuleset, _ contract: Contract, asOf: CalendarDate, knownAt: CalendarDate,
    tracing: Tracing, portfolio: Portfolio? = nil
  ) {
    self.prepared = prepared
    self.contract = contract
    self.portfolio = portfolio
    memory = portfolio == nil ? nil : PortfolioMemory()
    self.asOf = asOf
    self.knownAt = knownAt
    trace = tracing == .withDerivations ? Trace(prepared.stepForms) : nil
    frame = Frame(testDate: asOf, day: asOf, period: nil, scope: prepared.name)
    slots = []
    outcomes = []
  }

  var ruleset: CheckedRuleset { prepared.ruleset }

  /// Evaluates an expression, and keeps the step when steps are kept.
  mutating func evaluate(_ id: ExpressionID) -> Term {
    if prepared.shapes[id.index] == .path, let found = plainly(id) { return .scalar(found) }
    return evaluateAtLength(id)
  }

  /// The same of what is no plain fact.
  private mutating func evaluateAtLength(_ id: ExpressionID) -> Term {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      return .unknown(ReasonSet(Reason(.tooLong, subject: frame.scope, detail: "nested too deep")))
    }
    guard let trace else { return compute(id) }
    trace.open(id.index)
    let term = compute(id)
    close(trace, term)
    return term
  }

  /// Evaluates an expression that gives a scalar.
  ///
  /// Most expressions do, so the answer is not wrapped up as a term first.
  mutating func scalar(_ id: ExpressionID) -> Found {
    if depth < Self.depthLimit {
      switch prepared.shapes[id.index] {
      case .scalar:
        depth += 1
        defer { depth -= 1 }
        guard let trace else { return computeScalar(id) }
        trace.open(id.index)
        let found = computeScalar(id)
        trace.close(found.answer)
        return found
      case .path: if let found = plainly(id) { return found }
      case .other: break
      }
    }
    if case .scalar(let found) = evaluateAtLength(id) { return found }
    return Found(unknown: ReasonSet(Reason(.missingFact, subject: frame.scope)))
  }

  /// Takes a step that no expression of its own stands for: a member, a limb, a clause.
  ///
  /// The operation is not even put together when no steps are kept.
  mutating func step(
    _ operation: @autoclosure () -> DerivationOperation, type: ValueType? = nil,
    _ body: (inout Evaluation) -> Found
  ) -> Found {
    guard let trace else { return body(&self) }
    trace.open()
    let found = body(&self)
    trace.close(operation(), found.answer, type)
    return found
  }

  /// The type of an expression.
  func type(of id: ExpressionID) -> ValueType { prepared.expressions[id.index].type }

  /// A reason about what is being evaluated, where no field or list is to blame.
  func reason(_ code: ReasonCode, _ detail: String = "") -> ReasonSet {
    ReasonSet(Reason(code, subject: frame.scope, detail: detail))
  }

  /// The reason of a computation on good values that has no result.
  func reason(of failure: ArithmeticFailure) -> ReasonSet {
    switch failure {
    case .divisionByZero: reason(.divisionByZero)
    case .notWhole: reason(.badExponent)
    case .tooLong, .dimensionTooLarge: reason(.tooLong)
    }
  }
}

/// The item of evidence that stands behind a fact that was read.
struct ReadEvidence: Sendable {
  let id: String
  /// The position of the fact's contract in the portfolio; nil: there is only the one.
  let contract: Int?
}

/// What an expression sees of the test it belongs to.
struct Frame {
  /// T, or the day that stands in for it.
  var testDate: CalendarDate
  /// The day facts are read on: min(A, T), or min(A, U) inside `x at U`.
  var day: CalendarDate
  var period: Period?
  /// In a fold: the value of the period before.
  var previous: Found?
  /// Where the bound variables begin.
  var base = 0
  /// The condition, define or determination being evaluated.
  var scope: String

  init(testDate: CalendarDate, day: CalendarDate, period: Period?, scope: String) {
    self.testDate = testDate
    self.day = day
    self.period = period
    self.scope = scope
  }
}
