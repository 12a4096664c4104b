// `count`, `sum`, `min`, `max`, `average`: numbers over the members of a list, by bounds where
// something about a member is unknown.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// One aggregate over the members that a condition selects.
  mutating func aggregate(
    _ id: ExpressionID, _ kind: AggregateKind, _ binding: Binding, _ condition: ExpressionID?,
    _ body: ExpressionID?
  ) -> Found {
    let list: ListTerm
    switch members(of: binding.collection) {
    case .failure(let unknown): return Found(unknown: unknown.reasons)
    case .success(let found): list = found
    }
    let type: ValueType = body.map { self.type(of: $0) } ?? .wholeNumber
    var tally = Tally(kind: kind, settled: contributionsBeside(list, to: id))
    for member in list.members {
      bind(binding.slot, member.term)
      if let trace, !isCondensed(list) {
        trace.open()
        let (selection, contribution) = contribution(of: member, condition, body)
        tally.take(selection, contribution)
        // A member shows what it adds, or why it does not or may not count.
        let isSelected = kind != .count && selection.truth.isTrue
        if let path = member.path { trace.note(plainFact: path) }
        trace.close(
          .member(memberName(member)), isSelected ? contribution.answer : selection.answer,
          isSelected ? type : nil)
      } else {
        let (selection, contribution) = quietly { $0.contribution(of: member, condition, body) }
        tally.take(selection, contribution)
      }
    }
    tally.restsOfMembers.take(list.restsWhenAllCount)
    var result = tally.result(gaps: list.gaps, in: self)
    if case .between = result.answer, type == .money { result = Found(unknown: result.reasons) }
    return result
  }

  private mutating func contribution(
    of member: ListMember, _ condition: ExpressionID?, _ body: ExpressionID?
  ) -> (selection: Found, contribution: Found) {
    var selection = Junction(decisive: .false)
    selection.take(unknown: member.doubt)
    if let condition { selection.take(scalar(condition)) }
    let selected = selection.result
    guard let body, !selected.truth.isFalse else { return (selected, Found(.quantity(.zero))) }
    return (selected, scalar(body))
  }
}

/// What an aggregate has collected: members that certainly count, and members that may.
private struct Tally {
  let kind: AggregateKind
  /// What members that are not at hand contribute for certain.
  private let settled: Contributions
  var restsOfMembers = RestsGathering()
  private var reasons = ReasonGathering()
  /// Contributions of members that certainly count.
  private var certain: [Found] = []
  /// Contributions of members of which it is unknown whether they count.
  private var possible: [Found] = []

  init(kind: AggregateKind, settled: Contributions) {
    self.kind = kind
    self.settled = settled
  }

  private var certainCount: Int { settled.count + certain.count }

  mutating func take(_ selection: Found, _ contribution: Found) {
    restsOfMembers.take(selection.rests)
    switch selection.truth {
    case .false: break
    case .true:
      certain.append(contribution)
      restsOfMembers.take(contribution.rests)
      reasons.take(contribution.reasons)
    case .unknown:
      possible.append(contribution)
      reasons.take(selection.reasons)
      reasons.take(contribution.reasons)
    }
  }

  func result(gaps: ReasonSet, in evaluation: Evaluation) -> Found {
    let reasons = self.reasons.all.union(gaps)
    let rests = restsOfMembers.all
    switch kind {
    case .count:
      let low = Fraction(certainCount)
      let high = Fraction(certainCount + possible.count)
      let range = Interval(low: low, high: gaps.isEmpty ? high : nil)
      return Found(range.answer(reasons), rests: rests)
    case .sum: return Found(sum(reasons, gaps, evaluation), rests: rests)
    case .average:
      guard possible.isEmpty && gaps.isEmpty else { return Found(unknown: reasons) }
      guard certainCount > 0 else { return Found(unknown: evaluation.reason(.emptyList)) }
      let total = Found(sum(reasons, gaps, evaluation), rests: rests)
      let type: ValueType = if case .money = total.value { .money } else { .quantity(.one) }
      return evaluation.arithmetic(
        .divide, total, Found(.quantity(Fraction(certainCount))), left: type,
        right: .quantity(.one))
    case .min: return extreme(isLeast: true, reasons, gaps, evaluation)
    case .max: return extreme(isLeast: false, reasons, gaps, evaluation)
    }
  }

  private func sum(_ reasons: ReasonSet, _ gaps: ReasonSet, _ evaluation: Evaluation) -> Answer {
    if certain.contains(where: \.isMoney) || possible.contains(where: \.isMoney) {
      guard possible.isEmpty && gaps.isEmpty else { return .unknown(reasons) }
      var total = Found(.quantity(.zero))
      for contribution in certain {
        total = evaluation.arithmetic(
          .add, total, contribution, left: total.isMoney ? .money : .quantity(.one), right: .money)
      }
      return total.answer
    }
    var total = gaps.isEmpty ? Interval.exactly(settled.sum) : Interval.open
    do throws(ArithmeticFailure) {
      if let failure = settled.failure { throw failure }
      for contribution in certain {
        guard let range = Interval(contribution.answer) else { return .unknown(reasons) }
        total = try total + range
      }
      for contribution in possible {
        guard let range = Interval(contribution.answer) else { return .unknown(reasons) }
        // A member that may not count adds nothing at least.
        let zero = Interval.exactly(.zero)
        total =
          try total
          + Interval(
            low: range.low.map { min($0, .zero) },
            high: range.high.map { max($0, zero.high ?? $0) })
      }
    } catch { return .unknown(reasons.union(evaluation.reason(of: error))) }
    return total.answer(reasons)
  }

  private func extreme(
    isLeast: Bool, _ reasons: ReasonSet, _ gaps: ReasonSet, _ evaluation: Evaluation
  ) -> Found {
    let types = { (founds: [Found]) in
      founds.map { $0.isMoney ? ValueType.money : .quantity(.one) }
    }
    var certain = certain
    if let settled = isLeast ? settled.least : settled.greatest {
      certain.append(Found(.quantity(settled)))
    }
    guard !certain.isEmpty else {
      let nothing = evaluation.reason(.emptyList)
      return Found(unknown: possible.isEmpty && gaps.isEmpty ? nothing : reasons)
    }
    let sure = evaluation.extreme(certain, types(certain), isLeast: isLeast)
    guard !(possible.isEmpty && gaps.isEmpty) else {
      return Found(sure.answer, rests: restsOfMembers.all)
    }
    let all = certain + possible
    let widest = evaluation.extreme(all, types(all), isLeast: isLeast)
    guard let inner = Interval(sure.answer), let outer = Interval(widest.answer) else {
      return Found(unknown: reasons)
    }
    // More members can only lower a least and raise a greatest.
    let range =
      isLeast
      ? Interval(low: gaps.isEmpty ? outer.low : nil, high: inner.high)
      : Interval(low: inner.low, high: gaps.isEmpty ? outer.high : nil)
    return Found(range.answer(reasons), rests: restsOfMembers.all)
  }
}

extension Found {
  /// Whether the answer is an amount that carries its currency.
  fileprivate var isMoney: Bool { if case .known(.money) = answer { true } else { false } }
}
