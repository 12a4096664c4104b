// Random conditions: schedules of every form, cures, exceptions, evidence and consequences.

extension RulesetGenerator {
  /// A condition with some of the clauses there are.
  mutating func condition() -> String {
    let name = addCondition()
    var clauses: [String] = []
    scope = Scope(hasTestDate: true, asksConditions: features.asksConditions)
    if random.oneIn(3) {
      clauses.append("kind \(random.pick(["direction", "disclosure, direction"]))")
    }
    if random.oneIn(3) {
      scope.hasMember = true
      clauses.append("for each p in payouts where \(memberFilter())")
      if random.oneIn(2) { clauses.append("tested on p.decided\(due())") }
    } else if !random.oneIn(4) {
      clauses.append("tested \(schedule())\(due())")
    }
    if random.oneIn(3) {
      scope.allowsKnown = false
      clauses.append("applies when \(truth(depth: 2))")
      scope.allowsKnown = true
    }
    if random.oneIn(8) {
      clauses.append("forbids \(truth(depth: 1))")
    } else {
      clauses.append("requires \(random.oneIn(4) ? quantified(depth: 2) : truth(depth: 1))")
    }
    for title in ["Exempted", "Spared"].prefix(random.below(3)) {
      let clause = random.oneIn(2) ? " under \"s. 4(3)\"" : ""
      clauses.append("unless \"\(title)\"\(clause) when \(truth(depth: 2))")
    }
    if random.oneIn(5) { clauses.append("undetermined \"not disclosed\" when \(truth(depth: 3))") }
    if random.oneIn(4) { clauses.append("evidence \(evidence())") }
    let isCurable = random.oneIn(3)
    if isCurable { clauses.append(cure()) }
    for _ in 0..<random.below(4) { clauses.append(consequence(isCurable: isCurable)) }
    if random.oneIn(2) { clauses.append("source \"Schedule \(random.below(9))\"") }
    finishCondition(name)
    scope = Scope()
    return "condition \(name) \"A rule\" {\n  \(clauses.joined(separator: "\n  "))\n}"
  }

  private mutating func memberFilter() -> String {
    random.pick(["p.amount > EUR 5", "p.decided >= signed", "p.due", "p.amount >= EUR 0 and p.due"])
  }

  /// When the condition is tested; sets the period its expressions may read.
  private mutating func schedule() -> String {
    switch random.below(8) {
    case 0: return random.pick(["on signed", "on 2023-06-30", "on (signed + 6 months)"])
    case 1: return "by \(random.pick(["2023-12-31", "(signed + 12 months)"]))"
    case 2: return "continuously"
    case 3: return "every \(random.pick(["12 months", "6 months", "90 days"])) from signed"
    case 4:
      return "every 12 months from 2021-03-31 \(random.pick(["to 2024-12-31", "until 2024-03-31"]))"
    default:
      let (word, length, from, to) = random.pick([
        ("yearly", "year", "2021", "2024"), ("yearly", "year", "(year of signed)", "2023"),
        ("half-yearly", "half-year", "2021-H2", "2024-H1"),
        ("quarterly", "quarter", "2022-Q3", "2024-Q2"), ("monthly", "month", "2023-11", "2024-03"),
      ])
      scope.period = length
      let start = random.oneIn(4) ? "" : " from \(from)"
      let end = random.oneIn(4) ? "" : " \(random.pick(["to", "until"])) \(to)"
      return word + start + end
    }
  }

  private mutating func due() -> String {
    random.pick([
      "", "", ", due 45 days after", ", due 10 business days after", ", due 3 months after",
      ", due on 2024-06-30",
    ])
  }

  private mutating func evidence() -> String {
    let kind = random.pick(["report", "audit"])
    let level = random.pick(["", ", stated", ", verified"])
    return kind + level + (features.usesAbsence && random.oneIn(3) ? " or breached" : "")
  }

  private mutating func cure() -> String {
    let length = random.pick([
      "within 6 months", "at any time", "within 30 days", "within 20 business days",
    ])
    let limit = random.pick([
      "", ", at most twice", ", at most 3 times", ", never twice in a row",
      ", at most once, never twice in a row",
    ])
    return "cure when \(truth(depth: 3)), \(length)\(limit)"
  }

  private mutating func consequence(isCurable: Bool) -> String {
    let moments = ["on breach", "on breach", "on met"]
    let moment = random.pick(isCurable ? moments + ["on cure", "while in cure"] : moments)
    let body = random.pick([
      "recall 10% of disbursed", "step up margin by 25 bps until met",
      "suspend disbursed until 2024-12-31", "charge \(expression(.money, depth: 3))",
      "reduce margin by a factor of 1.10", "publish \"the breach\"", "pay EUR 500",
      "release disbursed", "step down margin by 0.5 percentage points", "refuse",
      "convert disbursed", "charge \(leaf(.money)) in all", "recall disbursed in all",
    ])
    let counts = ["", "", " when breached twice in a row", " when breached 3 times"]
    return "\(moment) \(body)\(moment == "on breach" ? random.pick(counts) : "")"
  }
}
