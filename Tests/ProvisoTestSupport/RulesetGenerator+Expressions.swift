// Random expressions of a wanted kind.

extension RulesetGenerator {
  func typeName(_ kind: Kind) -> String {
    switch kind {
    case .money: "EUR"
    case .percent: "percent"
    case .number: "number"
    case .truth: "boolean"
    case .date: "date"
    case .emissions: "tCO2e"
    }
  }

  /// An expression of a kind, at a depth of nesting.
  package mutating func expression(_ kind: Kind, depth: Int) -> String {
    if kind == .truth { return truth(depth: depth) }
    if depth >= depthLimit { return leaf(kind) }
    switch random.below(kind == .date ? 3 : 9) {
    case 0: return leaf(kind)
    case 1:
      return kind == .date ? "\(1 + random.below(90)) days after \(leaf(.date))" : sum(kind, depth)
    case 2:
      return kind == .date ? "(\(leaf(.date)) + \(1 + random.below(12)) months)" : sum(kind, depth)
    case 3: return "(\(choice(kind, depth: depth + 1)))"
    case 4: return "\(factor(depth)) * \(parenthesized(kind, depth))"
    case 5: return "\(1 + random.below(99))% of \(parenthesized(kind, depth))"
    case 6:
      return
        "(\(parenthesized(kind, depth)) \(random.pick(["capped", "floored"])) at \(leaf(kind)))"
    case 7:
      return "max(\(expression(kind, depth: depth + 1)), \(expression(kind, depth: depth + 1)))"
    default: return aggregate(kind, depth)
    }
  }

  private mutating func factor(_ depth: Int) -> String {
    random.pick(["2", "0.5", "1_000", "factor", "factor ^ 2", "(1 / 3)", "-1"])
  }

  private mutating func parenthesized(_ kind: Kind, _ depth: Int) -> String {
    random.oneIn(2) ? leaf(kind) : "(\(expression(kind, depth: depth + 1)))"
  }

  private mutating func sum(_ kind: Kind, _ depth: Int) -> String {
    let count = 2 + random.below(3)
    let terms = (0..<count).map { _ in parenthesized(kind, depth) }
    return terms.joined(separator: random.pick([" + ", " - "]))
  }

  private mutating func aggregate(_ kind: Kind, _ depth: Int) -> String {
    switch kind {
    case .money:
      return random.pick([
        "sum(p.amount for p in payouts where p.due)", "sum(ebitda over 4 quarters to 2024-Q1)",
        "part of amount above EUR 1_000_000", "part of disbursed up to EUR 5 million",
      ])
    case .percent: return "max(o.share for o in chain(owners, product of share))"
    case .emissions: return "sum(emissions at y for y in 2019 to 2024)"
    default: return "count(o in owners where o.share >= \(random.below(100))%)"
    }
  }

  /// A value that is not composed.
  package mutating func leaf(_ kind: Kind) -> String {
    switch kind {
    case .money:
      return random.pick([
        "amount", "disbursed", "climate", "EUR 10 million", "EUR 1_000_000", "250 EUR",
        "ebitda at 2024-Q2", "limit at signed",
      ])
    case .percent:
      return random.pick(["share", "25%", "12.5%", "path at 2024", "redeemed at signed", "25 bps"])
    case .number:
      return random.pick(["staff", "factor", "3", "2.75", "(years completed from signed to as_of)"])
    case .date: return random.pick(["signed", "2024-02-29", "as_of", "(repaid else 2030-01-01)"])
    case .emissions:
      return random.pick(["emissions at 2019", "emissions at 2024", "5 tCO2e", "80 ktCO2e"])
    case .truth: return random.pick(["active", "approved", "kind", "true", "false"])
    }
  }

  /// A choice without the parentheses around it.
  package mutating func choice(_ kind: Kind, depth: Int) -> String {
    let branches = (0..<1 + random.below(2)).map { _ in
      "\(expression(kind, depth: depth + 1)) when \(truth(depth: depth + 1))"
    }
    return branches.joined(separator: ", ") + ", otherwise \(expression(kind, depth: depth + 1))"
  }

  /// A truth, whole or as an operand that stands in parentheses where it must.
  package mutating func truth(depth: Int) -> String {
    if depth >= depthLimit { return leaf(.truth) }
    switch random.below(12) {
    case 0: return leaf(.truth)
    case 1:
      let joint = random.pick([" and ", " or "])
      return (0..<2 + random.below(2)).map { _ in truthOperand(depth) }.joined(separator: joint)
    case 2: return "not \(truthOperand(depth))"
    case 3: return limbs(depth)
    case 4: return "(\(quantified(depth: depth + 1)))"
    case 5: return "country in havens on \(leaf(.date))"
    case 6: return random.pick(["repaid by 2024-12-31", "repaid is none", "amount is known"])
    case 7: return random.pick(["instrument in { loan, grant }", "signed in 2021", "size = sme"])
    default:
      let kind = random.pick([Kind.money, .percent, .number, .date, .emissions])
      let operation = random.pick(["=", "<>", "<", "<=", ">", ">="])
      return
        "\(expression(kind, depth: depth + 1)) \(operation) \(expression(kind, depth: depth + 1))"
    }
  }

  private mutating func truthOperand(_ depth: Int) -> String {
    random.oneIn(2) ? leaf(.truth) : "(\(truth(depth: depth + 1)))"
  }

  private mutating func limbs(_ depth: Int) -> String {
    let head = random.pick(["all of", "any of", "none of", "at least 2 of"])
    let limbs = (0..<2 + random.below(2)).map { "\"limb \($0)\" : \(truth(depth: depth + 1))" }
    return random.oneIn(2)
      ? "\(head) { \(limbs.joined(separator: ", ")) }"
      : "\(head) {\n    \(limbs.joined(separator: ",\n    "))\n  }"
  }

  /// A statement over a collection, without the parentheses around it.
  package mutating func quantified(depth: Int) -> String {
    let filter = "o.share \(random.pick([">", ">=", "<"])) \(random.below(100))%"
    switch random.below(3) {
    case 0: return "no o in chain(owners, product of share) where o.through >= 25%"
    case 1: return "some o in owners where \(filter) and (\(truth(depth: depth + 1)))"
    default: return "every o in owners where \(filter) satisfies o.country = NO or o.share is known"
    }
  }
}
