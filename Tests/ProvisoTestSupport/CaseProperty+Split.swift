// Splitting a payment: totals in which no payment is rounded, tiered or counted by itself.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities

extension CaseProperty {
  /// A ruleset of totals over payments, and a contract in which one payment is split in two.
  static func split(_ seed: UInt64) throws(GeneratedCase.Refusal) -> Finding {
    var random = SeededRandom(seed: seed)
    var generated = GeneratedCase(seed: seed)
    generated.ruleset = totals(&random)
    generated.contract["waivers"] = nil
    // Judgements are named by place only below members of lists, and there are none of these.
    guard let payouts = generated.contract["payouts"] else { return .holds(isTelling: false) }
    let members = payouts.elements ?? payouts["value"]?.elements ?? []
    let places = members.indices.filter { amount(of: members[$0]) != nil }
    guard !places.isEmpty else { return .holds(isTelling: false) }
    let place = random.pick(places)
    guard let pair = halves(of: members[place], &random) else { return .holds(isTelling: false) }
    let list = JSONTree.array(Array(members[..<place]) + pair + Array(members[(place + 1)...]))
    var contract = generated.contract
    if payouts.elements != nil {
      contract["payouts"] = list
    } else {
      var withDay = payouts
      withDay["value"] = list
      contract["payouts"] = withDay
    }
    let evaluator = try generated.evaluator()
    let whole = evaluator.verdict(try generated.facts(for: evaluator), generated)
    let parted = evaluator.verdict(try GeneratedCase.facts(contract, for: evaluator), generated)
    var isTelling = false
    for (one, other) in zip(whole.determinations, parted.determinations) {
      // An unknown total names its members by place, and places behind the split one move.
      guard case .known = one.value else {
        if case .known = other.value { return .fails("an unknown total becomes known") }
        continue
      }
      isTelling = true
      if one.value != other.value {
        return .fails(
          "a total changes from \(one.value) to \(other.value) in\n\(generated.ruleset)\n"
            + contract.text)
      }
    }
    return .holds(isTelling: isTelling)
  }

  /// The amount of a payment that is plainly given.
  private static func amount(of payment: JSONTree) -> Fraction? {
    guard case .scalar(let text)? = payment["amount"] else { return nil }
    return Fraction(exactText: text)
  }

  /// Two payments that add up to one.
  private static func halves(
    of payment: JSONTree, _ random: inout SeededRandom
  ) -> [JSONTree]? {
    // Both have the sign of the whole: where a filter is unknown the total is the range it can
    // take, and one payment in and one out is no such range.
    guard let amount = amount(of: payment), !amount.isZero,
      let percent = try? Fraction(numerator: Int64(1 + random.below(99)), denominator: 100),
      let part = try? amount * percent, let rest = try? amount - part
    else { return nil }
    return [part, rest].map { share in
      var copy = payment
      copy["amount"] = .scalar(share.description)
      return copy
    }
  }

  /// Determinations that add payments up; what is rounded, capped or tiered is the total.
  private static func totals(_ random: inout SeededRandom) -> String {
    var generator = RulesetGenerator(seed: random.next(), depthLimit: 1)
    let declarations = generator.sharedDeclarations()
    let determinations = (1...3).map { number in
      let factor = random.pick([
        "q.amount", "-2 * q.amount", "\(1 + random.below(99))% of q.amount", "q.amount / 3",
        "share of q.amount", "q.amount * factor", "(q.amount when q.due, otherwise 0 * q.amount)",
        "q.amount * year fraction from q.decided to 2024-12-31 by \"actual/360\"",
        "q.amount * (years completed from q.decided to 2024-12-31)",
      ])
      let filter = random.pick([
        "", " where q.due", " where q.decided > signed", " where q.decided in 2023",
        " where q.due and q.decided <= 2024-06-30", " where country in watched on q.decided",
      ])
      let total = "sum(\(factor) for q in payouts\(filter))"
      let body = random.pick([
        total, "round(\(total), to EUR 0.01)", "(\(total) capped at EUR 5 million)",
        "max(\(total), EUR 0)", "amount - \(total)", "part of (\(total)) above EUR 1_000",
      ])
      return "determination total_\(number) : EUR = \(body)"
    }
    return declarations + "\n" + determinations.joined(separator: "\n") + "\n"
  }
}
