// The derivation as a reader sees it: one line a step, from the verdict down to the facts.

import ProvisoModel
import ProvisoQuantities

/// One step of a derivation in words, with the steps it rests on.
struct DerivationLine: Sendable {
  /// The step's source text, or what the engine does.
  let label: Prose
  /// What it gave: "is 41.2%", "holds".
  let result: Prose
  /// Where a fact came from: path, evidence, recording date.
  let origin: Prose?
  /// What the operation adds: the limit that bit, the spell, the row.
  let note: Prose?
  let children: [DerivationLine]
}

extension Derivation {
  /// The type of the step's value.
  fileprivate var valueType: ValueType {
    if case .answer(_, let type) = result { type } else { .unresolved }
  }
}

/// Turns derivations into lines.
struct DerivationTreeWriter: Sendable {
  private let finder: FindingWriter

  init(_ ruleset: CheckedRuleset) { finder = FindingWriter(ruleset) }

  /// The most members of one collection that are shown, those that decided first.
  private static let memberLimit = 60

  /// The derivation of a test, headed by what the test came to; nil where nothing was looked at.
  func line(of test: TestVerdict) -> DerivationLine? {
    guard let derivation = test.derivation, !derivation.children.isEmpty else { return nil }
    return DerivationLine(
      label: "the test", result: "is \(words: test.outcome.rawValue)", origin: nil, note: nil,
      children: line(derivation).children)
  }

  /// The derivation of an amount or a value; nil where its text says it all.
  func line(ofValue derivation: Derivation?) -> DerivationLine? {
    guard let derivation, derivation.operation != .literal else { return nil }
    return line(derivation)
  }

  /// A derivation as lines.
  ///
  /// Literals are left out: the text of the step above shows them.
  func line(_ step: Derivation, depth: Int = 0) -> DerivationLine {
    var children: [DerivationLine] = []
    var note = note(step)
    if depth < FindingWriter.depthLimit {
      let visible = step.children.filter { !isImplied($0, in: step) }
      let shown = limited(visible, deciding: step.truth)
      children = shown.map { line($0, depth: depth + 1) }
      if shown.count < visible.count {
        let more: Prose = "\(visible.count - shown.count) more not shown"
        note = note.map { "\($0); \(more)" } ?? more
      }
    }
    let shown = DerivationLine(
      label: label(step), result: result(step), origin: origin(step), note: note,
      children: children)
    guard isFrame(step) else { return shown }
    // A member that is a bare fact is named by its path alone: "`ebitda` for 2022-Q1".
    if case .member(let name) = step.operation, step.children.count == 1,
      let fact = step.children.first, fact.origin?.path == name, let line = children.first
    {
      return DerivationLine(
        label: pathWords(name), result: line.result,
        origin: fact.origin.map { words(of: $0, fact.valueType, isNamed: true) }, note: line.note,
        children: line.children)
    }
    return folded(shown)
  }

  /// Where the fact of a step came from; nothing where the step beneath it tells more exactly.
  private func origin(_ step: Derivation) -> Prose? {
    guard let origin = step.origin else { return nil }
    let isToldBeneath = step.children.contains {
      guard $0.operation == .fact, let path = $0.origin?.path else { return false }
      return path.hasPrefix(origin.path + "[")
    }
    return isToldBeneath ? nil : words(of: origin, step.valueType, isNamed: step.span == nil)
  }

  /// Whether the text of the step above shows a step already: a literal, or the day on which a
  /// question without a day of its own is asked.
  func isImplied(_ step: Derivation, in parent: Derivation) -> Bool {
    switch step.operation {
    case .literal: true
    case .context, .fact: step.span != nil && step.span == parent.span && step.children.isEmpty
    default: false
    }
  }

  /// Whether a step only names what its child says: "requires", "for Holdco", a limb's label.
  func isFrame(_ step: Derivation) -> Bool {
    switch step.operation {
    case .clause, .member, .limb, .exception: true
    default: false
    }
  }

  /// A frame and its one child on one line, where both came to the same.
  private func folded(_ line: DerivationLine) -> DerivationLine {
    guard line.children.count == 1, let child = line.children.first, child.result == line.result,
      line.note == nil
    else { return line }
    return DerivationLine(
      label: "\(line.label): \(child.label)", result: child.result,
      origin: child.origin ?? line.origin, note: child.note, children: child.children)
  }

  private func limited(_ steps: [Derivation], deciding truth: Truth) -> [Derivation] {
    guard steps.count > DerivationTreeWriter.memberLimit else { return steps }
    var room = DerivationTreeWriter.memberLimit
    var keeps = Array(repeating: false, count: steps.count)
    for wantsDeciding in [true, false] {
      for (position, step) in steps.enumerated() where room > 0 && !keeps[position] {
        let decides = step.isStatement && step.truth == truth
        guard decides == wantsDeciding else { continue }
        keeps[position] = true
        room -= 1
      }
    }
    return zip(steps, keeps).filter(\.1).map(\.0)
  }

  func label(_ step: Derivation) -> Prose {
    switch step.operation {
    case .test: return "the test"
    case .clause("payment"): return "what was paid"
    case .clause(let name): return "\(Prose(marked: name))"
    case .limb(let name): return "“\(data: name)”"
    case .member(let name): return "for \(data: name)"
    case .exception(let title): return "unless “\(data: title)”"
    case .evidence(let kind, _): return "evidence \(code: kind)"
    default: return finder.statement(step)
    }
  }

  func result(_ step: Derivation) -> Prose {
    switch step.result {
    case .collection(let summary, let count): return collection(step, summary, count)
    case .answer(let answer, let type):
      guard step.isStatement || type == .boolean else {
        if case .unknown(let reasons) = answer {
          return reasons.isEmpty ? "is not known" : "is not known: \(reasons.prose)"
        }
        return "is \(data: finder.printer.text(answer, type))"
      }
      switch answer.truth {
      case .true: return "holds"
      case .false: return "does not hold"
      case .unknown:
        return answer.reasons.isEmpty
          ? "cannot be said yet" : "cannot be said yet: \(answer.reasons.prose)"
      }
    }
  }

  /// A list by its size, a record by its name.
  private func collection(_ step: Derivation, _ summary: String, _ count: Int) -> Prose {
    let isNamedAlready =
      summary.isEmpty || summary == step.origin?.path
      || summary == finder.quotes.text(of: step.span)
    switch count {
    case 0: return "is empty"
    case 1: return isNamedAlready ? "has 1 member" : "is \(data: summary)"
    default: return "has \(count) members"
    }
  }

  /// Where a fact came from; its path only where the line does not begin with it already.
  private func words(of origin: FactOrigin, _ type: ValueType, isNamed: Bool) -> Prose {
    var parts: [Prose] = [isNamed ? "fact" : "fact \(code: origin.path)"]
    if let who = origin.assessedBy { parts.append("assessed by \(data: who)") }
    if let who = origin.electedBy {
      let on: Prose = origin.elected.map { " on \(data: $0.iso)" } ?? ""
      parts.append("elected by the \(data: who)\(on)")
    }
    if let evidence = origin.evidence { parts.append("evidence \(data: evidence)") }
    if let from = origin.from { parts.append("from \(data: from.iso)") }
    if let recorded = origin.recorded { parts.append("recorded \(data: recorded.iso)") }
    var result = Prose.joined(parts, by: ", ")
    for source in origin.overruled {
      let evidence: Prose = source.evidence.map { "evidence \(data: $0)" } ?? "no evidence"
      let level: Prose = source.level.map { " (\(words: $0.name))" } ?? ""
      let value = finder.printer.text(source.value, type)
      result += "; outranked: \(data: value) on \(evidence)\(level)"
    }
    return result
  }

  private func note(_ step: Derivation) -> Prose? {
    let ruleset = finder.ruleset
    switch step.operation {
    case .capped(let title, let isBinding):
      return limitNote(title, isBinding, "the upper limit")
    case .floored(let title, let isBinding):
      return limitNote(title, isBinding, "the lower limit")
    case .round(let mode): return "rounded \(words: mode.text)"
    case .yearFraction(let convention): return "by \(words: convention.rawValue)"
    case .chain(let cycles):
      guard !cycles.isEmpty else { return nil }
      return "it runs in a circle at \(cycles.map { "\(data: $0)" as Prose }.enumerated(upTo: 5))"
    case .listed(let list, let dating, let spell):
      guard ruleset.lists.indices.contains(list.index) else { return nil }
      let datings = ruleset.lists[list.index].datings
      let name = datings.indices.contains(dating) ? datings[dating] : ""
      let by: Prose = name.isEmpty ? "" : ", dated by \(data: name)"
      guard let spell else { return "no spell\(by)" }
      if spell.from == nil && spell.until == nil { return "on the list\(by)" }
      let from: Prose = spell.isFromEarliest ? "some day not before " : ""
      let until: Prose = spell.isUntilEarliest ? "some day not before " : ""
      return "spell \(from)\(data: spell.from?.iso ?? "since ever") until "
        + "\(until)\(data: spell.until?.iso ?? "further notice")\(by)"
    case .table(_, let row):
      return row.map { "row \($0 + 1)" } ?? "no row fits"
    case .choose(let position):
      return position.map { "case \($0 + 1)" } ?? "otherwise"
    case .orElse(let usedSecond): return usedSecond ? "the substitute is used" : nil
    case .evidence(_, let item): return item.map { "item \(data: $0)" } ?? "no item counts"
    default: return nil
    }
  }

  private func limitNote(_ title: String?, _ isBinding: Bool, _ plain: Prose) -> Prose? {
    guard isBinding else { return nil }
    return title.map { "“\(data: $0)” bites" } ?? "\(plain) bites"
  }
}
