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
  /// Whether it says that an event has not happened.
  var tellsAbsence = false
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

extension Finding {
  /// What a search that should have found nothing asks for.
  static let noneWanted: Prose = "there must be none"
}

extension [Finding] {
  /// The findings as running text without its last full stop, the first few of them.
  ///
  /// - Parameters:
  ///   - period: The period tested, put behind the first figure: " (2024)".
  ///   - aside: What the first of them rests on, put before its margin.
  func prose(period: Prose, aside: Prose = "") -> Prose {
    let findings = saidTogether()
    var result = Prose()
    var position = 0
    var mustBeginSentence = false
    let shown = Swift.min(findings.count, sentenceLimit)
    while position < shown {
      var end = position + 1
      while end < shown, findings[end - 1].demand == nil, findings[end - 1].margin == nil,
        findings[end].context == findings[position].context
      {
        end += 1
      }
      let group = findings[position..<end]
      if position > 0 { result += mustBeginSentence ? ". Also: " : "; " }
      for part in findings[position].context { result += "\(part): " }
      var facts: [Prose] = []
      for finding in group where !facts.contains(finding.fact) { facts.append(finding.fact) }
      result += Prose.joined(facts, by: ", and ")
      if position == 0 { result += period }
      if let demand = group.last?.demand { result += "; \(demand)" }
      if position == 0, !aside.isEmpty { result += "; \(aside)" }
      if let margin = group.last?.margin { result += ". \(margin)" }
      mustBeginSentence = group.last?.demand != nil || group.last?.margin != nil
      position = end
    }
    if findings.count > shown { result += "; and \(findings.count - shown) more" }
    return result
  }

  /// What is found of several members alike, said once of all of them: the loans of one country,
  /// each of which stands for what the country owes.
  private func saidTogether() -> [Finding] {
    var blocks: [[Finding]] = []
    for finding in self {
      if !finding.context.isEmpty, blocks.last?.last?.context == finding.context {
        blocks[blocks.count - 1].append(finding)
      } else {
        blocks.append([finding])
      }
    }
    guard blocks.count > 1 else { return self }
    var result: [[Finding]] = []
    var members: [[Prose]] = []
    var places: [[Finding]: Int] = [:]
    for block in blocks {
      guard let member = block.first?.context.last else {
        result.append(block)
        members.append([])
        continue
      }
      let key = block.map { finding in
        var same = finding
        same.context.removeLast()
        if same.demand == Finding.noneWanted { same.demand = nil }
        return same
      }
      if let place = places[key] {
        if !members[place].contains(member) { members[place].append(member) }
        if let demand = block.last?.demand { result[place][block.count - 1].demand = demand }
      } else {
        places[key] = result.count
        result.append(block)
        members.append([member])
      }
    }
    return zip(result, members).flatMap { block, members in
      guard members.count > 1 else { return block }
      return block.map { finding in
        var joint = finding
        joint.context[joint.context.count - 1] = members.enumerated(upTo: sentenceLimit)
        return joint
      }
    }
  }
}
