// Generates whole rulesets from a seed: every declaration, every form of expression, typed.

/// Writes random rulesets that check without an error; the same seed writes the same text.
///
/// All are over one contract (`RulesetGenerator.fields`), so that `ContractGenerator` can write
/// contracts for any of them.
package struct RulesetGenerator {
  /// What may be written, so that a property can be asked of the rulesets it holds for.
  package struct Features: Sendable {
    /// `is known`, `is verified`, `else`, `by` deadlines, `or breached`: what speaks of absence.
    package var usesAbsence = true
    /// `k is met` and what else asks about other conditions.
    package var asksConditions = true
    /// Lists declared `or empty`.
    package var hasListsOrEmpty = true

    /// All of the language.
    package init() {}

    /// The language for which more knowledge never turns a verdict (docs/language.md).
    package static let monotone: Features = {
      var features = Features()
      features.usesAbsence = false
      features.hasListsOrEmpty = false
      return features
    }()
  }

  package var random: SeededRandom
  /// How deep expressions nest.
  package var depthLimit: Int
  package let features: Features
  /// What the place an expression is written at allows.
  package var scope = Scope()
  /// The conditions written so far, which later ones may ask about.
  package private(set) var conditionNames: [String] = []
  /// The defines written so far, by what they give.
  private(set) var definedNames: [Kind: [String]] = [:]
  private var nextName = 0

  /// What names an expression may use.
  package struct Scope: Sendable {
    /// The length of the period under test, where a period is tested.
    package var period: String?
    /// Whether `p`, a payout, is bound.
    package var hasMember = false
    /// Whether `test_date` may be read.
    package var hasTestDate = false
    /// Whether `is known` may be asked; never in `applies when`.
    package var allowsKnown = true
    /// Whether other conditions may be asked about.
    package var asksConditions = false
  }

  /// Starts with a seed.
  package init(seed: UInt64, depthLimit: Int = 3, features: Features = Features()) {
    random = SeededRandom(seed: seed)
    self.depthLimit = depthLimit
    self.features = features
  }

  /// What an expression gives.
  package enum Kind: CaseIterable { case money, percent, number, truth, date, emissions }

  /// A whole ruleset.
  package mutating func ruleset() -> String {
    nextName = 0
    conditionNames = []
    definedNames = [:]
    var parts = [header(), contract(), shared()]
    for _ in 0..<1 + random.below(5) { parts.append(declaration()) }
    if conditionNames.isEmpty { parts.append(condition()) }
    return parts.joined(separator: random.oneIn(3) ? "\n" : "\n\n") + "\n"
  }

  /// The files every ruleset reads, by name.
  package static let files: [String: String] = [
    "holidays.csv": "date\n2021-12-24\n2022-04-15\n2024-01-01\n2024-05-01\n2024-12-25\n",
    "havens.csv": """
    country,decided_from,decided_until,public_from,public_until
    PA,2020-02-18,2023-10-17,2020-02-27,2023-10-23
    SC,2020-02-18,2021-10-05,2020-02-27,2021-10-12
    SC,2023-10-17,,2023-10-23,
    VU,2018-01-01,,not before 2018-01-05,

    """,
  ]

  package mutating func freshName(_ stem: String) -> String {
    nextName += 1
    return "\(stem)_\(nextName)"
  }

  mutating func addCondition() -> String {
    freshName("rule")
  }

  mutating func finishCondition(_ name: String) { conditionNames.append(name) }

  /// The header, the contract and what every generated ruleset shares, for rules of one's own.
  package mutating func sharedDeclarations() -> String {
    [header(), contract(), shared()].joined(separator: "\n")
  }

  // MARK: Declarations

  private mutating func header() -> String {
    var entries = [
      "version \"\(random.below(9)).\(random.below(9))\"",
      random.pick(["months end on the last day", "months roll over"]),
      "holidays from \"holidays.csv\"",
    ]
    if random.oneIn(2) { entries.append("issuer \"Ministry of Finance\"") }
    if random.oneIn(2) { entries.append("source \"Act no. \(random.below(99))\"") }
    if random.oneIn(4) { entries.append("governs signed from 2019-01-01 until 2026-01-01") }
    return "ruleset generated \"A generated ruleset\" {\n  \(entries.joined(separator: "\n  "))\n}"
  }

  /// The fields of the contract; `spare` and `spares` are read by no ruleset.
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
      output : number by month
      redeemed : percent by date
      repaid : date if any
      approved : boolean, assessed by "case officer"
      active : boolean
      kind : boolean
      owners : list of Owner\(features.hasListsOrEmpty ? " or empty" : "")
      payouts : list of Payout dated decided
      spare : EUR
      spares : list of Payout
    }
    """
  }

  private mutating func shared() -> String {
    let orEmpty = features.hasListsOrEmpty ? " or empty" : ""
    return """
      record Owner { name : text   lei : lei   country : country   share : percent
        owners : list of Owner\(orEmpty) }
        identified by lei else name
      record Payout { decided : date   amount : EUR   due : boolean }
      type Size = one of { sme, large }
      list watched of country = {
        PA from 2020-02-18 until 2023-10-17, VU from 2018-01-01, WS from 2018-01-01 }
      list havens of country from "havens.csv" {
        dated by decision decided_from until decided_until
        dated by published public_from until public_until
        entries in country
      }
      parameter limit : EUR { EUR 5 million from 2019-01-01, EUR 7 million from 2024-01-01 }
      parameter path : percent linear { 0% at 2019, 50% at 2024, 100% at 2045 }
      table grid(size: Size, year: integer) : bps {
        year = 1, 2 to 3, 4 or more
        sme => 225, 325, 450
        large => 250, 350, 500
      }
      table fees(amount: EUR) : EUR {
        under EUR 0 => undetermined "a negative amount"
        EUR 0 to EUR 1 million => EUR 500
        over EUR 1 million => EUR 1_000
      }
      """
  }

  private mutating func declaration() -> String {
    scope = Scope()
    switch random.below(8) {
    case 0: return define()
    case 1: return determination()
    case 2: return scenario()
    case 3: return random.oneIn(2) ? fold() : define()
    default: return condition()
    }
  }

  private mutating func define() -> String {
    let kind = random.pick(Kind.allCases)
    let name = freshName("figure")
    // It may be used in `applies when`, which never asks what is known.
    scope.allowsKnown = false
    let body = random.oneIn(4) ? choice(kind, depth: 2) : expression(kind, depth: 1)
    let exception =
      random.oneIn(4)
      ? "\n  unless \"an exception\" when \(truth(depth: 2)) => \(expression(kind, depth: 3))" : ""
    definedNames[kind, default: []].append(name)
    return "define \(name) : \(typeName(kind)) = \(body)\(exception)"
  }

  /// A bounded fold, and a define that reads it.
  private mutating func fold() -> String {
    let name = freshName("owed")
    let step = random.pick([
      "previous * 110%", "previous + 5% of amount", "max(previous - disbursed, EUR 0)",
      "round(previous * (100% + path at period), to EUR 0.01)",
      """
      previous + 4% of previous * year fraction from period.start to (period + 1).start by \
      "actual/360"
      """,
    ])
    let base = leaf(.money)
    let reader = freshName("figure")
    definedNames[.money, default: []].append(reader)
    return """
      define \(name) : EUR by year from 2020 to \(2021 + random.below(5)) = first \
      \(base), then \(step)
      define \(reader) : EUR = \(name) at 2021
      """
  }

  private mutating func determination() -> String {
    let body = random.oneIn(3) ? choice(.money, depth: 2) : expression(.money, depth: 1)
    let exception =
      random.oneIn(3)
      ? "\n  unless \"Repaid\" when \(truth(depth: 2)) => \(leaf(.money))" : ""
    return "determination \(freshName("amount")) \"What is due\" : EUR =\n  \(body)\(exception)"
  }

  private mutating func scenario() -> String {
    """
    scenario "Case \(freshName("case"))" {
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
