// Findings: the statements that decided a verdict, each in plain words.

import ProvisoModel

/// One statement that decided: what was found, what was asked for, by how much it falls short.
struct Finding: Hashable, Sendable {
  /// Whom or what it is about, outermost first: a member's name, a limb's label.
  var context: [Prose]
  /// "`reduction(2019, period)` is 41.2%".
  var fact: Prose
  /// "the requirement asks for at least 50%".
  var demand: Prose?
  /// "Short by 8.8 percentage points", a sentence without its stop.
  var margin: Prose?
  /// Whether it says no more than that a list is empty.
  var isVacuous = false
  /// Whether it tells the bounds of a figure that is not fully known.
  var isRange = false

  init(context: [Prose], fact: Prose, demand: Prose? = nil, margin: Prose? = nil) {
    self.context = context
    self.fact = fact
    self.demand = demand
    self.margin = margin
  }
}

/// In which clause a statement stands, which decides how its demand is worded.
enum FindingStyle: Hashable, Sendable {
  /// `requires`: "the requirement asks for at least 50%".
  case requirement
  /// `forbids`: "the condition forbids more than EUR 0.00".
  case prohibition
  /// `applies when`: "the condition applies when it is at least EUR 10,000,000.00".
  case application
  /// `unless`, a `where`: no demand, the relation stands beside the figure.
  case plain
}

extension [Finding] {
  /// The findings as running text without its last full stop, the first few of them.
  ///
  /// - Parameter period: The period tested, put behind the first figure: " (2024)".
  func prose(period: Prose) -> Prose {
    var result = Prose()
    var position = 0
    var mustBeginSentence = false
    let shown = Swift.min(count, sentenceLimit)
    while position < shown {
      var end = position + 1
      while end < shown, self[end - 1].demand == nil, self[end - 1].margin == nil,
        self[end].context == self[position].context
      {
        end += 1
      }
      let group = self[position..<end]
      if position > 0 { result += mustBeginSentence ? ". Also: " : "; " }
      for part in self[position].context { result += "\(part): " }
      var facts: [Prose] = []
      for finding in group where !facts.contains(finding.fact) { facts.append(finding.fact) }
      result += Prose.joined(facts, by: ", and ")
      if position == 0 { result += period }
      if let demand = group.last?.demand { result += "; \(demand)" }
      if let margin = group.last?.margin { result += ". \(margin)" }
      mustBeginSentence = group.last?.demand != nil || group.last?.margin != nil
      position = end
    }
    if count > shown { result += "; and \(count - shown) more" }
    return result
  }
}
