// The values a statement suggests trying: where a comparison turns, outside of a spell.

import ProvisoModel
import ProvisoQuantities

extension RemedySearch {
  /// A comparison: for each fact it reads, the value at which its two sides are equal.
  mutating func compare(_ left: Derivation, _ right: Derivation, within step: Derivation) {
    for fact in step.readFacts {
      switch fact.value {
      case .quantity(let value):
        solve(left, right, fact, value) { .quantity($0) }
      case .money(let value, let currency):
        solve(left, right, fact, value) { .money($0, currency) }
      case .date: break
      case .boolean(let value): propose(fact, .exactly, .boolean(!value))
      case .member, .country, .currency, .text, .lei, .nace, .period:
        matching(fact, left, right)
      case .duration, .none: break
      }
    }
    compareDates(left, right)
  }

  /// Solves a comparison for one number, and tries the bound and the value just beyond it.
  private mutating func solve(
    _ left: Derivation, _ right: Derivation, _ fact: ReadFact, _ current: Fraction,
    _ make: (Fraction) -> Value
  ) {
    let dependence = Dependence(on: fact.origin.path)
    guard let first = dependence.function(left), let second = dependence.function(right),
      let crossing = LinearFraction.crossing(first, second),
      // What was reported as positive is not asked to turn negative: no share or amount could.
      current <= .zero || crossing >= .zero
    else { return }
    if crossing == current {
      for (relation, side) in [(RemedyRelation.over, 1), (.under, -1)] {
        guard let beyond = beyond(crossing, side, fact) else { continue }
        if propose(fact, relation, make(crossing), trying: make(beyond)) { return }
      }
      return
    }
    let side = crossing > current ? 1 : -1
    let bound =
      fact.type == .wholeNumber ? (side > 0 ? crossing.ceiling() : crossing.floor()) : crossing
    if isMet(with: make(bound), for: fact) {
      // One value further on tells a bound from a single value that would do.
      let isBound = beyond(bound, side, fact).map { isMet(with: make($0), for: fact) } ?? false
      propose(fact, isBound ? (side > 0 ? .atLeast : .atMost) : .exactly, make(bound))
    } else if let beyond = beyond(crossing, side, fact) {
      propose(fact, side > 0 ? .over : .under, make(crossing), trying: make(beyond))
    }
  }

  /// A value just beyond a bound: the next whole one, else a millionth of a unit further.
  private func beyond(_ bound: Fraction, _ side: Int, _ fact: ReadFact) -> Fraction? {
    if fact.type == .wholeNumber {
      return try? (side > 0 ? bound.floor() : bound.ceiling()) + Fraction(side)
    }
    let scale = fact.type.displayUnit?.scale ?? .one
    guard let millionth = try? scale / Fraction(1_000_000) else { return nil }
    return try? side > 0 ? bound + millionth : bound - millionth
  }

  /// A comparison of a word with a word: the other side's word, or any but its own.
  private mutating func matching(_ fact: ReadFact, _ left: Derivation, _ right: Derivation) {
    for (own, other) in [(left, right), (right, left)] {
      guard Dependence(on: fact.origin.path).mentions(own),
        !Dependence(on: fact.origin.path).mentions(other),
        case .known(let wanted)? = other.answer
      else { continue }
      if wanted == fact.value {
        if let another = anotherValue(than: [wanted], like: fact) {
          propose(fact, .otherThan, wanted, trying: another)
        }
      } else {
        propose(fact, .exactly, wanted)
      }
    }
  }

  // MARK: Dates

  /// A comparison of dates: the date moved by what is missing, and the days around it, because
  /// months added on the way have different lengths.
  mutating func compareDates(_ left: Derivation, _ right: Derivation) {
    for (own, other) in [(left, right), (right, left)] {
      guard case .known(.date(let limit))? = other.answer else { continue }
      if own.answer == .known(.none) { happening(own, by: limit) }
      guard case .known(.date(let shown))? = own.answer else { continue }
      for fact in own.readFacts {
        guard case .date(let current) = fact.value,
          !Dependence(on: fact.origin.path).mentions(other),
          let target = current.adding(days: shown.days(to: limit))
        else { continue }
        nearest(to: target, from: current, fact)
      }
    }
  }

  /// An event that has not happened: the day by which it should have, or the days beside it.
  private mutating func happening(_ event: Derivation, by limit: CalendarDate) {
    for fact in event.readFacts where fact.value == .none {
      for (relation, days) in [(RemedyRelation.atMost, 0), (.atMost, -1), (.atLeast, 1)] {
        guard let day = limit.adding(days: days) else { continue }
        if propose(fact, relation, .date(day)) { return }
      }
    }
  }

  private mutating func nearest(
    to target: CalendarDate, from current: CalendarDate, _ fact: ReadFact
  ) {
    let candidates = (-3...3).compactMap { target.adding(days: $0) }.filter { $0 != current }
      .sorted { abs(current.days(to: $0)) < abs(current.days(to: $1)) }
    for candidate in candidates where isMet(with: .date(candidate), for: fact) {
      propose(fact, candidate > current ? .atLeast : .atMost, .date(candidate))
      return
    }
  }

  // MARK: Lists

  /// A listed value: any other that is not listed, or a day outside of the spell.
  mutating func listed(_ step: Derivation, _ list: ListID, _ dating: Int, _ spell: Spell?) {
    guard let subject = step.children.first else { return }
    let listed = evaluator.ruleset[list].entries.map(\.value)
    for fact in subject.readFacts {
      if let another = anotherValue(than: listed + [fact.value], like: fact) {
        propose(fact, .otherThan, fact.value, trying: another)
      }
    }
    guard let spell else { return }
    for day in step.children.dropFirst() {
      for fact in day.readFacts {
        guard case .date(let current) = fact.value else { continue }
        if let before = spell.from?.adding(days: -1) { nearest(to: before, from: current, fact) }
        if let after = spell.until { nearest(to: after, from: current, fact) }
      }
    }
  }

  /// `x in { a, b }`: one of the members, or any value but its own.
  mutating func membership(_ step: Derivation) {
    guard let subject = step.children.first else { return }
    for fact in subject.readFacts {
      if step.answer?.truth.isTrue == true {
        if let another = anotherValue(than: [fact.value], like: fact) {
          propose(fact, .otherThan, fact.value, trying: another)
        }
        continue
      }
      for member in step.children.dropFirst().flatMap(\.children) {
        guard case .known(let value)? = member.answer else { continue }
        if propose(fact, .exactly, value) { break }
      }
    }
  }

  /// A value of the same kind that is none of these; nil where none can be made up.
  private func anotherValue(than taken: [Value], like fact: ReadFact) -> Value? {
    switch fact.value {
    case .country:
      return CountryCode.all.lazy.map(Value.country).first { !taken.contains($0) }
    case .currency:
      return CurrencyCode.all.lazy.map(Value.currency).first { !taken.contains($0) }
    case .nace: return NaceCode.all.lazy.map(Value.nace).first { !taken.contains($0) }
    case .member:
      guard case .enumeration(let id) = fact.type else { return nil }
      return evaluator.ruleset[id].members.indices.lazy.map(Value.member)
        .first { !taken.contains($0) }
    case .text:
      return (0...taken.count).lazy.map { Value.text("another \($0)") }
        .first { !taken.contains($0) }
    case .boolean(let value): return .boolean(!value)
    case .date, .period, .duration, .quantity, .money, .lei, .none: return nil
    }
  }
}
