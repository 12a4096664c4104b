// Random expressions of a wanted kind that are no statements.

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
    if kind == .date { return date(depth) }
    switch random.below(11) {
    case 0: return leaf(kind)
    case 1, 2: return sum(kind, depth)
    case 3: return "(\(choice(kind, depth: depth + 1)))"
    case 4: return "\(factor()) * \(parenthesized(kind, depth))"
    case 5: return "\(1 + random.below(99))% of \(parenthesized(kind, depth))"
    case 6:
      let title = random.oneIn(3) ? " \"a limit\"" : ""
      return
        "(\(parenthesized(kind, depth)) \(random.pick(["capped", "floored"])) at \(leaf(kind))\(title))"
    case 7:
      let function = random.pick(["max", "min"])
      return
        "\(function)(\(expression(kind, depth: depth + 1)), \(expression(kind, depth: depth + 1)))"
    case 8: return "round(\(expression(kind, depth: depth + 1)), to \(step(kind)))"
    case 9: return "\(parenthesized(kind, depth)) * \(yearFraction())"
    default: return aggregate(kind, depth)
    }
  }

  private mutating func date(_ depth: Int) -> String {
    switch random.below(5) {
    case 0: "\(1 + random.below(90)) days after \(leaf(.date))"
    case 1: "(\(leaf(.date)) + \(1 + random.below(12)) months)"
    case 2: "\(1 + random.below(9)) business days after \(leaf(.date))"
    case 3: "(\(choice(.date, depth: depth + 1)))"
    default: leaf(.date)
    }
  }

  /// The part of a year between two days, by any convention.
  mutating func yearFraction() -> String {
    let convention = random.pick([
      "\"actual/actual ISDA\"", "\"actual/365\"", "\"actual/360\"", "\"30/360\"", "\"30E/360\"",
      "\"28E/336\"", "\"30E/360 ISDA\" maturing on 2028-02-29",
    ])
    return "year fraction from \(leaf(.date)) to \(leaf(.date)) by \(convention)"
  }

  private mutating func step(_ kind: Kind) -> String {
    switch kind {
    case .money: random.pick(["EUR 0.01", "EUR 1_000, half even", "EUR 1, down"])
    case .percent: random.pick(["0.01%, half up", "1%, up", "5 bps, half even"])
    case .emissions: random.pick(["1 tCO2e, half up", "0.5 ktCO2e, down"])
    default: random.pick(["0.01, half even", "1, up", "10, half up"])
    }
  }

  private mutating func factor() -> String {
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
    let function = random.pick(["sum", "min", "max", "average"])
    switch kind {
    case .money:
      return random.pick([
        "\(function)(q.amount for q in payouts where q.due)",
        "\(function)(ebitda over 4 quarters to \(scope.period == "quarter" ? "period" : "2024-Q1"))",
        "part of amount above EUR 1_000_000", "part of disbursed up to EUR 5 million",
        "(amount / 3 when amount > EUR 9, otherwise amount)", "fees(amount)", "fees(disbursed)",
        "sum(\(1 + random.below(9))% of q.amount for q in payouts where q.decided > signed)",
      ])
    case .percent:
      return random.pick([
        "\(function)(o.share for o in chain(owners, product of share))",
        "sum(o.through for o in chain(owners, product of share) where o.country = PA)",
        "max(o.share for o in chain(owners, each share > 50%))", "grid(size, 2)",
        "grid(size, staff)", "disbursed / amount",
        "(emissions at 2019 - emissions at 2024) / (emissions at 2019)",
      ])
    case .emissions:
      return random.pick([
        "\(function)(emissions at y for y in (year of signed) to (year of 2024-01-01))",
        "\(function)(emissions over \(1 + random.below(4)) years to 2024)",
      ])
    default:
      return random.pick([
        "count(o in owners where o.share >= \(random.below(100))%)", "count(q in payouts)",
        "\(function)(n * factor for n in 1 to 4)", "sum(output over 3 months to 2024-03)",
        "2024-Q3 - 2023-Q1", "(year of 2024-06-30) - (year of signed)",
      ])
    }
  }

  /// A value that is not composed.
  package mutating func leaf(_ kind: Kind) -> String {
    if random.oneIn(6), let names = definedNames[kind], !names.isEmpty { return random.pick(names) }
    switch kind {
    case .money:
      if scope.hasMember, random.oneIn(3) { return "p.amount" }
      return random.pick([
        "amount", "disbursed", "climate", "EUR 10 million", "EUR 1_000_000", "250 EUR",
        "ebitda at 2024-Q2", "limit at signed", "amount at 2023-06-30",
        scope.period == "quarter" ? "ebitda at period" : "disbursed",
      ])
    case .percent:
      return random.pick([
        "share", "25%", "12.5%", "path at 2024", "redeemed at signed", "25 bps", "margin",
        scope.hasTestDate ? "redeemed at test_date" : "redeemed at 2023-06-30",
        scope.period == "year" ? "path at period" : "share",
      ])
    case .number:
      return random.pick([
        "staff", "factor", "3", "2.75", "(years completed from signed to as_of)",
        "(days completed from signed to as_of)", "(months started from signed to 2024-12-31)",
        scope.period == "month" ? "(output at period)" : "(output at 2024-02)",
        "(\(yearFraction()))",
      ])
    case .date:
      if scope.hasMember, random.oneIn(3) { return "p.decided" }
      return random.pick([
        "signed", "2024-02-29", "as_of", "signed", "2022-01-31",
        features.usesAbsence ? "(repaid else 2030-01-01)" : "2023-12-31",
        scope.hasTestDate ? "test_date" : "2021-10-31",
      ])
    case .emissions:
      return random.pick([
        "emissions at 2019", "emissions at 2024", "5 tCO2e", "80 ktCO2e",
        scope.period == "year" ? "emissions at period" : "emissions at 2021",
        scope.period == "year" ? "emissions at (period - 1)" : "emissions at 2022",
      ])
    case .truth:
      if scope.hasMember, random.oneIn(3) { return "p.due" }
      return random.pick(["active", "approved", "kind", "true", "false"])
    }
  }

  /// A choice without the parentheses around it.
  package mutating func choice(_ kind: Kind, depth: Int) -> String {
    let branches = (0..<1 + random.below(2)).map { _ in
      "\(expression(kind, depth: depth + 1)) when \(truth(depth: depth + 1))"
    }
    return branches.joined(separator: ", ") + ", otherwise \(expression(kind, depth: depth + 1))"
  }
}
