// Random statements: comparisons, limbs, quantifiers, memberships, events and proof.

extension RulesetGenerator {
  /// A truth, whole or as an operand that stands in parentheses where it must.
  package mutating func truth(depth: Int) -> String {
    if depth >= depthLimit { return leaf(.truth) }
    switch random.below(14) {
    case 0: return leaf(.truth)
    case 1:
      let joint = random.pick([" and ", " or "])
      return (0..<2 + random.below(2)).map { _ in truthOperand(depth) }.joined(separator: joint)
    case 2: return "not \(truthOperand(depth))"
    case 3: return limbs(depth)
    case 4: return "(\(quantified(depth: depth + 1)))"
    case 5: return membership()
    case 6: return event()
    case 7:
      return random.pick([
        "instrument in { loan, grant }", "signed in 2021", "size = sme", "size <> large",
        "country in { PA, DK }", "signed in 2021-Q1", "instrument = loan",
      ])
    case 8:
      guard scope.asksConditions, let name = conditionNames.last else { return leaf(.truth) }
      return "\(name) \(random.pick(["is met", "is breached", "is not applicable"]))"
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

  private mutating func membership() -> String {
    switch random.below(4) {
    case 0: "country in watched on \(leaf(.date))"
    case 1: "country in havens by published on \(leaf(.date))"
    case 2: "country in havens by published + 3 months on \(leaf(.date))"
    default: "country in havens by decision at any time from signed to \(leaf(.date))"
    }
  }

  /// What has happened, what is known, what is proved.
  private mutating func event() -> String {
    if !features.usesAbsence {
      return random.pick(["repaid is none", "repaid > 2024-06-30", "repaid <= signed"])
    }
    let deadlines = [
      "repaid by 2024-12-31", "repaid is none", "repaid > 2023-06-30",
      "repaid by \(scope.hasTestDate ? "test_date" : "2023-12-31")",
    ]
    guard scope.allowsKnown else { return random.pick(deadlines) }
    return random.pick(
      deadlines + [
        "amount is known", "emissions at 2022 is known", "disbursed is verified",
        "amount is stated", "owners is known",
      ])
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
    let known = features.usesAbsence && scope.allowsKnown ? "o.share is known" : "o.share >= 0%"
    switch random.below(5) {
    case 0:
      return "no o in chain(owners, product of share) where o.through >= \(random.below(60))%"
    case 1: return "some o in owners where \(filter) and (\(truth(depth: depth + 1)))"
    case 2:
      return random.pick([
        "every q in 2022-Q1 to 2023-Q4 satisfies ebitda at q >= -EUR 5 million",
        "some y in (year of signed) to (year of 2024-06-30) where emissions at y < emissions at 2019",
        "no n in 1 to 4 where n * factor > 5",
      ])
    case 3:
      return """
        no o in chain(owners, each share > 50%) where o.country in watched on \(leaf(.date))
        """
    default: return "every o in owners where \(filter) satisfies o.country = NO or \(known)"
    }
  }
}
