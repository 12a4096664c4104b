// Sums in words: what recalls of one base come to, and whether parts add up to their whole.

import ProvisoModel
import ProvisoQuantities

extension Explanation {
  /// Every total and every conservation, a sentence each.
  func sums() -> [Prose] {
    verdict.recallTotals.map(sentence) + verdict.conservations.compactMap(sentence)
  }

  private func sentence(_ total: RecallTotal) -> Prose {
    let printer = words.printer
    let times: Prose = total.count == 1 ? "1 recall" : "\(total.count) recalls"
    let listed = printer.text(total.listed, total.type)
    let base = printer.text(total.baseValue, total.type)
    let due = printer.text(total.due, total.type)
    let all: Prose =
      "\(times) of \(code: total.base) come to \(data: listed); in all \(data: due) is due"
    if case .known = total.due, total.due != total.listed {
      return "\(all), for no more can be recalled than there is (\(data: base))."
    }
    let reasons = total.due.reasons
    return reasons.isEmpty ? "\(all)." : "\(all), because \(reasons.prose)."
  }

  /// A conservation that holds says so in a word; one that does not says by how much.
  private func sentence(_ result: ConservationResult) -> Prose? {
    guard ruleset.conservations.indices.contains(result.conservation) else { return nil }
    let declared = ruleset.conservations[result.conservation]
    let printer = words.printer
    let whole = printer.text(result.whole, declared.type)
    let parts = result.parts.map { "\(data: printer.text($0, declared.type))" as Prose }
    let sum = printer.text(result.sum, declared.type)
    let title: Prose = "“\(data: declared.title)”"
    let addition = Prose.joined(parts, by: " + ")
    switch result.holds {
    case .true: return "\(title) holds: \(addition) = \(data: whole)."
    case .false:
      return """
        DOES NOT ADD UP: \(title) does not hold: \(addition) = \(data: sum), and the whole is \
        \(data: whole)\(apart(result, declared.type)). What it speaks of cannot be relied on.
        """
    case .unknown:
      let reasons = result.whole.reasons.union(result.sum.reasons)
      return "\(title) cannot be checked yet, because \(reasons.prose)."
    }
  }

  /// By how much the parts miss the whole.
  private func apart(_ result: ConservationResult, _ type: ValueType) -> Prose {
    guard case .known(.quantity(let whole)) = result.whole,
      case .known(.quantity(let sum)) = result.sum, let apart = try? whole - sum
    else { return "" }
    let text = words.printer.text(.quantity(apart.magnitude), type)
    let isLost = apart.sign > 0
    return isLost
      ? ": \(data: text) is unaccounted for" : ": \(data: text) is accounted for twice"
  }
}
