// Facts with a declaration of their own: choices, sources that are ranked, figures as published.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// Which version of a fact is read on the frame's day.
  ///
  /// A choice made after A is not seen. Where the best evidence decides, a version that rests on
  /// evidence of a higher level goes before one recorded later.
  func reading(
    of fact: Fact, _ field: PreparedField, _ path: @autoclosure () -> FactPath?
  ) -> FactReading {
    var seen = fact
    if field.elector != nil, case .versions(let versions) = fact {
      let made = versions.filter { $0.elected.map { $0 <= asOf } ?? true }
      seen = made.isEmpty ? .absent : .versions(made)
    }
    guard field.isDecidedByEvidence else { return seen.reading(on: frame.day, knownAt: knownAt) }
    // In a portfolio the evidence is that of the fact's own contract.
    let source = contract(at: path()?.withinContract?.position)
    return seen.reading(on: frame.day, knownAt: knownAt) {
      source.rank(of: $0, knownAt: knownAt)
    }
  }

  /// Where a version came from, who chose it, and which sources say otherwise.
  func origin(
    of version: FactVersion, in fact: Fact, _ field: PreparedField, _ path: FactPath
  ) -> FactOrigin {
    var overruled: [OverruledSource] = []
    let source = contract(at: path.withinContract?.position)
    if field.isDecidedByEvidence, case .versions(let versions) = fact {
      for other in versions where other.from == version.from && other.value != version.value {
        guard other.isSeen(on: frame.day, knownAt: knownAt), case .scalar(let value)? = other.value
        else { continue }
        overruled.append(
          OverruledSource(
            value: value, evidence: other.evidence,
            level: source.level(of: other, knownAt: knownAt), recorded: other.recorded))
      }
    }
    return FactOrigin(
      path: path.text, from: version.from, recorded: version.recorded, evidence: version.evidence,
      electedBy: field.elector, elected: version.elected, overruled: overruled)
  }

  /// A figure as it was published: any that is rounded to it, both ends included.
  func published(_ value: FactValue, _ half: Fraction, _ path: String) -> Term {
    guard case .scalar(.quantity(let figure)) = value else {
      return .unknown(ReasonSet(Reason(.missingFact, subject: path)))
    }
    do {
      let bounds = Interval(low: try figure - half, high: try figure + half)
      return .scalar(
        Found(bounds.answer(ReasonSet(Reason(.roundedFigure, subject: path)))))
    } catch { return .unknown(reason(of: error)) }
  }
}

extension Answer {
  /// Whether it is given, if only as a figure that was rounded to be published.
  package var isGiven: Bool {
    switch self {
    case .known: true
    case .between(_, _, let reasons): reasons.reasons.allSatisfy { $0.code == .roundedFigure }
    case .unknown: false
    }
  }
}
