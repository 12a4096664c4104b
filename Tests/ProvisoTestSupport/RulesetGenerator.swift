// Generates whole rulesets from a seed: every declaration, every form of expression, typed sensibly.

/// Writes random rulesets that follow the grammar; the same seed writes the same text.
///
/// Names, types and units fit each other as far as a small fixed vocabulary allows, so that most
/// of what is written also has a meaning.
package struct RulesetGenerator {
  package var random: SeededRandom
  /// How deep expressions nest.
  package var depthLimit: Int
  private var nextName = 0

  /// Starts with a seed.
  package init(seed: UInt64, depthLimit: Int = 4) {
    random = SeededRandom(seed: seed)
    self.depthLimit = depthLimit
  }

  /// What an expression gives.
  package enum Kind: CaseIterable { case money, percent, number, truth, date, emissions }

  /// A whole ruleset.
  package mutating func ruleset() -> String {
    nextName = 0
    var parts = [header(), contract()]
    parts.append(shared())
    let count = 1 + random.below(5)
    for _ in 0..<count { parts.append(declaration()) }
    return parts.joined(separator: random.oneIn(3) ? "\n" : "\n\n") + "\n"
  }

  package mutating func freshName(_ stem: String) -> String {
    nextName += 1
    return "\(stem)_\(nextName)"
  }

  // MARK: Declarations

  private mutating func header() -> String {
    var entries = [
      "version \"\(random.below(9)).\(random.below(9))\"", "months end on the last day",
    ]
    if random.oneIn(2) { entries.append("issuer \"Ministry of Finance\"") }
    if random.oneIn(2) { entries.append("source \"Act no. \(random.below(99))\"") }
    if random.oneIn(2) { entries.append("governs signed from 2019-01-01 until 2026-01-01") }
    return "ruleset generated \"A generated ruleset\" {\n  \(entries.joined(separator: "\n  "))\n}"
  }

  private mutating func contract() -> String {
    """
    contract {
      signed : date
      instrument : one of { loan, guarantee, grant }
      size : Size
      amount : EUR
      disbursed : EUR
      climate : EUR
      margin : bps
      share : percent
      staff : count
      factor : number
      country : country
      emissions : tCO2e by year
      ebitda : EUR by quarter
      redeemed : percent by date
      repaid : date if any
      approved : boolean, assessed by "case officer"
      active : boolean
      kind : boolean
      owners : list of Owner or empty
      payouts : list of Payout dated decided
    }
    """
  }

  private mutating func shared() -> String {
    """
    record Owner { name : text   lei : lei   country : country   share : percent   owners : list of Owner or empty }
      identified by lei else name
    record Payout { decided : date   amount : EUR   due : boolean }
    type Size = one of { sme, large }
    list havens of country = { PA from 2020-02-18 until 2023-10-17, VU, WS from 2018-01-01 }
    parameter limit : EUR { EUR 5 million from 2019-01-01, EUR 7 million from 2024-01-01 }
    parameter path : percent linear { 0% at 2019, 50% at 2024, 100% at 2045 }
    table grid(size: Size, year: integer) : bps {
      year = 1, 2 to 3, 4 or more
      sme => 225, 325, 450
      large => 250, 350, 500
    }
    """
  }

  private mutating func declaration() -> String {
    switch random.below(6) {
    case 0: return define()
    case 1: return determination()
    case 2: return scenario()
    default: return condition()
    }
  }

  private mutating func define() -> String {
    let kind = random.pick(Kind.allCases)
    let name = freshName("figure")
    let type = random.oneIn(2) ? " : \(typeName(kind))" : ""
    let body = random.oneIn(4) ? choice(kind, depth: 2) : expression(kind, depth: 1)
    let exception =
      random.oneIn(4)
      ? "\n  unless \"an exception\" when \(truth(depth: 2)) => \(expression(kind, depth: 3))" : ""
    return "define \(name)\(type) = \(body)\(exception)"
  }

  private mutating func determination() -> String {
    let body = random.oneIn(3) ? choice(.money, depth: 2) : expression(.money, depth: 1)
    return "determination \(freshName("amount")) \"What is due\" : EUR =\n  \(body)"
  }

  private mutating func condition() -> String {
    var clauses: [String] = []
    if random.oneIn(3) {
      clauses.append("kind \(random.pick(["direction", "disclosure, direction"]))")
    }
    if random.oneIn(3) { clauses.append("for each p in payouts where p.amount > EUR 5") }
    if random.oneIn(3) { clauses.append("applies when \(truth(depth: 2))") }
    if !random.oneIn(3) { clauses.append(tested()) }
    if random.oneIn(8) {
      clauses.append("forbids \(truth(depth: 1))")
    } else {
      clauses.append("requires \(random.oneIn(4) ? quantified(depth: 2) : truth(depth: 1))")
    }
    if random.oneIn(3) {
      clauses.append("unless \"Exempted\" under \"s. 4(3)\" when \(truth(depth: 2))")
    }
    if random.oneIn(5) { clauses.append("undetermined \"not disclosed\" when \(truth(depth: 3))") }
    if random.oneIn(4) {
      clauses.append("evidence report\(random.pick(["", ", verified", ", verified or breached"]))")
    }
    if random.oneIn(3) {
      clauses.append(
        "cure when \(truth(depth: 3)), "
          + random.pick(["within 6 months", "at any time", "within 30 days, at most twice"]))
    }
    for _ in 0..<random.below(3) { clauses.append(consequence()) }
    if random.oneIn(2) { clauses.append("source \"Schedule \(random.below(9))\"") }
    return "condition \(freshName("rule")) \"A rule\" {\n  \(clauses.joined(separator: "\n  "))\n}"
  }

  private mutating func tested() -> String {
    let due = random.pick(["", ", due 45 days after", ", due 3 months after signed"])
    return "tested "
      + random.pick([
        "on signed", "by 2023-12-31", "yearly from 2021 to 2024", "quarterly", "continuously",
        "half-yearly until 2024", "every 12 months from signed",
      ]) + due
  }

  private mutating func consequence() -> String {
    "on breach "
      + random.pick([
        "recall 10% of disbursed when breached twice in a row",
        "step up margin by 25 bps until met",
        "suspend disbursed until 2024-12-31",
        "charge \(expression(.money, depth: 3)) in all",
        "reduce margin by a factor of 1.10",
        "publish \"the breach\"",
      ])
  }

  private mutating func scenario() -> String {
    """
    scenario "Case \(random.below(99))" {
      given { signed = 2021-03-0\(1 + random.below(9)), instrument = loan, size = sme,
        amount = EUR \(1 + random.below(99)) million, active = true,
        emissions = { 100 tCO2e at 2019, \(random.below(99)) tCO2e at 2024 },
        owners = [ { name = "Holdco", country = PA, share = \(random.below(100))% } ] }
      as of 2024-12-31
      known at 2025-01-31
      expect contract \(random.pick(["met", "breached", "not governed"]))
    }
    """
  }
}
