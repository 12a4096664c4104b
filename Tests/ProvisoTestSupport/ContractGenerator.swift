// Random contracts for generated rulesets: missing, extreme, restated and dated values.

/// Writes contracts for the fields that every generated ruleset declares.
package struct ContractGenerator {
  package var random: SeededRandom
  /// Of a hundred values, how many are missing.
  package var missingPercent = 25
  /// Of a hundred values, how many have a history.
  package var versionsPercent = 20
  /// Whether years before 1900 and after 2199 may be written.
  package var writesExtremeDates = true
  /// The conditions that waivers may name.
  package var conditionNames: [String] = []

  /// Starts with a seed.
  package init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  /// A whole contract.
  package mutating func contract() -> JSONTree {
    var members = [JSONTree.Member("id", .string("C-\(random.below(1000))"))]
    let currencies: [(String, (inout ContractGenerator) -> JSONTree)] = [
      ("signed", { .string($0.date(extremes: false)) }),
      ("instrument", { .string($0.random.pick(["loan", "guarantee", "grant"])) }),
      ("size", { .string($0.random.pick(["sme", "large"])) }),
      ("amount", { $0.amount() }), ("disbursed", { $0.amount() }), ("climate", { $0.amount() }),
      ("margin", { .scalar("\($0.random.below(600))") }), ("share", { $0.percent() }),
      ("staff", { .scalar("\($0.random.pick([0, 1, 2, 3, 40, 1_000_000]))") }),
      ("factor", { .scalar($0.random.pick(["0", "1", "-2", "0.333", "1e-20", "7"])) }),
      ("country", { .string($0.random.pick(["PA", "DK", "NO", "VU", "WS", "SC"])) }),
      ("approved", { _ in .scalar("null") }),
      ("active", { $0.boolean() }), ("kind", { $0.boolean() }),
    ]
    for (name, make) in currencies where name != "approved" {
      // A contract without its day of signature answers little; most have it.
      if name == "signed" ? random.below(100) < 3 : isMissing { continue }
      members.append(JSONTree.Member(name, fact { make(&$0) }))
    }
    members += series()
    if !isMissing {
      members.append(JSONTree.Member("repaid", fact { $0.event() }))
    }
    if !isMissing { members.append(JSONTree.Member("owners", .array(owners(depth: 0)))) }
    if !isMissing { members.append(JSONTree.Member("payouts", payouts())) }
    members.append(JSONTree.Member("evidence", .array(evidence())))
    let assessments = self.assessments()
    if !assessments.isEmpty { members.append(JSONTree.Member("assessments", .array(assessments))) }
    let waivers = self.waivers()
    if !waivers.isEmpty { members.append(JSONTree.Member("waivers", .array(waivers))) }
    return .object(members)
  }

  private var isMissing: Bool {
    mutating get { random.below(100) < missingPercent }
  }

  // MARK: Values

  /// A date; now and then at an edge of the calendar or of a month.
  package mutating func date(extremes: Bool = true) -> String {
    if extremes, writesExtremeDates, random.oneIn(20) {
      return random.pick(["0001-01-01", "9999-12-31", "1899-12-31", "2400-02-29"])
    }
    if random.oneIn(8) {
      return random.pick(["2024-02-29", "2021-12-31", "2023-01-31", "2022-02-28", "2021-01-01"])
    }
    let (year, month, day) = (2020 + random.below(5), 1 + random.below(12), 1 + random.below(28))
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// An amount of euros that no reader takes for a year.
  package mutating func amount() -> JSONTree {
    switch random.below(8) {
    case 0: .scalar(random.pick(["0", "-1", "0.01", "-250000.5"]))
    case 1: .string(random.pick(["EUR 1e30", "EUR 0.000000000000000001", "EUR 10 million"]))
    case 2: .string("EUR \(1 + random.below(20)) million")
    default: .scalar("\(random.below(900) * 10_000 + 300)")
    }
  }

  private mutating func percent() -> JSONTree {
    .scalar(random.pick(["0", "25", "50", "100", "33.3333", "-5", "12.5", "\(random.below(100))"]))
  }

  private mutating func boolean() -> JSONTree { .scalar(random.oneIn(2) ? "true" : "false") }

  private mutating func event() -> JSONTree {
    random.oneIn(3) ? .scalar("null") : .string(date())
  }

  /// A value, plain or with its history.
  package mutating func fact(_ value: (inout ContractGenerator) -> JSONTree) -> JSONTree {
    guard random.below(100) < versionsPercent else { return value(&self) }
    let versions = (0..<1 + random.below(3)).map { _ in
      var members = [JSONTree.Member("value", random.oneIn(12) ? .scalar("null") : value(&self))]
      if random.oneIn(2) {
        members.append(JSONTree.Member("from", .string(date(extremes: false))))
      }
      if !random.oneIn(3) {
        members.append(JSONTree.Member("recorded", .string(date(extremes: false))))
      }
      if random.oneIn(4) { members.append(JSONTree.Member("evidence", .string("E-0"))) }
      return JSONTree.object(members)
    }
    return versions.count == 1
      ? versions[0] : .object([JSONTree.Member("versions", .array(versions))])
  }

  private mutating func series() -> [JSONTree.Member] {
    let years = (2018...2025).map(String.init)
    let quarters = (2021...2024).flatMap { year in (1...4).map { "\(year)-Q\($0)" } }
    let months = (10...12).map { "2023-\($0)" } + (1...6).map { "2024-0\($0)" }
    let levels = ["2020-06-01", "2021-03-01", "2022-12-31", "2024-02-29"]
    let all: [(String, [String], (inout ContractGenerator) -> JSONTree)] = [
      ("emissions", years, { .scalar("\($0.random.below(200))") }),
      ("ebitda", quarters, { $0.amount() }),
      ("output", months, { .scalar("\($0.random.below(50))") }),
      ("redeemed", levels, { $0.percent() }),
    ]
    var members: [JSONTree.Member] = []
    for (name, points, make) in all where !isMissing {
      var entries: [JSONTree.Member] = []
      for point in points where !isMissing {
        entries.append(JSONTree.Member(point, fact { make(&$0) }))
      }
      members.append(JSONTree.Member(name, .object(entries)))
    }
    return members
  }

  // MARK: Lists

  private mutating func owners(depth: Int) -> [JSONTree] {
    let all = (0..<random.below(depth == 0 ? 4 : 3)).map { _ -> JSONTree in
      var members: [JSONTree.Member] = []
      if !isMissing {
        let name = random.pick(["Holdco", "Family", "Trust", "Bidco", "Fund"])
        members.append(JSONTree.Member("name", .string(name)))
      }
      if !isMissing {
        let code = random.pick(["PA", "DK", "SC", "NO"])
        members.append(JSONTree.Member("country", fact { _ in .string(code) }))
      }
      if !isMissing { members.append(JSONTree.Member("share", fact { $0.percent() })) }
      if depth < 2, !isMissing {
        members.append(JSONTree.Member("owners", .array(owners(depth: depth + 1))))
      }
      return recorded(.object(members))
    }
    return inOrder(all)
  }

  /// Members with a day of recording last, the latest behind the others, so that a file without the
  /// later ones numbers the rest alike.
  private func inOrder(_ members: [JSONTree]) -> [JSONTree] {
    func day(_ member: JSONTree) -> String { member["recorded"]?.stringValue ?? "" }
    return members.filter { day($0).isEmpty }
      + members.filter { !day($0).isEmpty }.sorted { day($0) < day($1) }
  }

  /// A payout on a day.
  package mutating func payout() -> JSONTree {
    var members: [JSONTree.Member] = []
    if !random.oneIn(10) { members.append(JSONTree.Member("decided", .string(date()))) }
    if !isMissing { members.append(JSONTree.Member("amount", fact { $0.amount() })) }
    if !isMissing { members.append(JSONTree.Member("due", boolean())) }
    return .object(members)
  }

  /// A member of a list, now and then with the day on which it was learned of.
  private mutating func recorded(_ member: JSONTree) -> JSONTree {
    guard random.oneIn(6) else { return member }
    return .object([
      JSONTree.Member("value", member),
      JSONTree.Member("recorded", .string(date(extremes: false))),
    ])
  }

  private mutating func payouts() -> JSONTree {
    let list = JSONTree.array(inOrder((0..<random.below(5)).map { _ in recorded(payout()) }))
    guard random.oneIn(4) else { return list }
    return .object([
      JSONTree.Member("value", list),
      JSONTree.Member("complete until", .string(date(extremes: false))),
    ])
  }

  // MARK: Proof, judgements, waivers

  private mutating func evidence() -> [JSONTree] {
    (0..<1 + random.below(4)).map { number in
      var members = [
        JSONTree.Member("id", .string("E-\(number)")),
        JSONTree.Member("kind", .string(random.pick(["report", "audit"]))),
        JSONTree.Member("level", .string(random.pick(["claimed", "stated", "verified"]))),
        JSONTree.Member("received", .string(date(extremes: false))),
      ]
      if random.oneIn(2) {
        let period = random.pick(["2021", "2022", "2023", "2023-Q1", "2024-02", "2024-H1"])
        members.append(JSONTree.Member("covers", .string(period)))
      }
      if random.oneIn(2) {
        members.append(JSONTree.Member("recorded", .string(date(extremes: false))))
      }
      return .object(members)
    }
  }

  private mutating func assessments() -> [JSONTree] {
    (0..<random.below(3)).map { _ in
      var members = [
        JSONTree.Member("field", .string("approved")), JSONTree.Member("value", boolean()),
        JSONTree.Member("by", .string("case officer")),
        JSONTree.Member("on", .string(date(extremes: false))),
        JSONTree.Member("why", .string("the file was read")),
      ]
      if random.oneIn(3) {
        members.append(JSONTree.Member("expires", .string("2025-0\(1 + random.below(9))-15")))
      }
      if random.oneIn(2) {
        members.append(JSONTree.Member("recorded", .string(date(extremes: false))))
      }
      return .object(members)
    }
  }

  /// Waivers of some of the ruleset's conditions.
  package mutating func waivers() -> [JSONTree] {
    guard !conditionNames.isEmpty else { return [] }
    return (0..<random.below(3)).map { _ in waiver() }
  }

  /// A waiver of one of the ruleset's conditions, which there must be.
  package mutating func waiver() -> JSONTree {
    var members = [
      JSONTree.Member("condition", .string(random.pick(conditionNames))),
      JSONTree.Member("granted", .string(date(extremes: false))),
      JSONTree.Member("by", .string("Ministry of Finance")),
      JSONTree.Member("why", .string("flood damage")),
    ]
    if random.oneIn(3) {
      members.append(JSONTree.Member("expires", .string("2025-0\(1 + random.below(9))-28")))
    }
    if random.oneIn(2) {
      members.append(JSONTree.Member("recorded", .string(date(extremes: false))))
    }
    return .object(members)
  }
}
