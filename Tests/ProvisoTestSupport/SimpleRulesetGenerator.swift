// Generates well-typed rulesets of what the columnar executor takes over from the interpreter.

/// Writes rulesets whose conditions read facts, compare, choose, look up and quantify; the same
/// seed writes the same text.
package struct SimpleRulesetGenerator {
  var random: SeededRandom
  /// The variable that the tests of the condition under way are for each of.
  var member: String?
  /// The length of the periods that it is tested for.
  private var period: String?
  /// Whether choices and chains occur: contracts that have them are not plain.
  private var hasChoices = false
  /// Whether money, durations, lists of single values and the like occur.
  package internal(set) var hasOthers = false
  /// Whether money, durations and ranked sources are among them: no line that has any is plain.
  private(set) var hasMoney = false
  /// Whether amounts are converted by rates from a file, which has to be at hand.
  package internal(set) var hasRates = false

  /// Starts with a seed.
  package init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// A whole ruleset.
  package mutating func ruleset() -> String {
    let governs =
      random.oneIn(3) ? "\n  governs signed from 2019-01-01 until 2025-01-01" : ""
    hasChoices = random.oneIn(4)
    hasOthers = random.oneIn(2)
    hasMoney = hasOthers && random.oneIn(2)
    hasRates = hasMoney && random.oneIn(2)
    var parts = [
      """
      ruleset generated "A generated ruleset" {
        version "1"\(governs)
        months end on the last day
      }
      contract {
        signed : date
        size : Size
        amount : EUR
        disbursed : EUR
        climate : EUR
        margin : bps
        share : percent
        staff : count
        factor : number
        home : country
        sector : nace
        name : text
        repaid : date if any
        due_on : date
        active : boolean
        fit : boolean, assessed by "officer"
        grade : number, assessed by "officer"
        \(hasChoices ? "option : number, elected by \"borrower\"" : "")
        book_year : year
        redeemed : percent by date
        \(hasOthers ? Self.otherFields : "")
        \(hasMoney ? Self.moneyFields : "")
        parent : Parent
        emissions : tCO2e by year
        ebitda : EUR by quarter
        owners : list of Owner
        aides : list of Owner or empty
        awards : list of Award dated decided
        holders : list of Holder
      }
      record Award { decided : date  amount : EUR  due_on : date  paid : date if any  seat : country }
      record Parent { country : country  turnover : EUR  founded : date  grown : boolean  sound : boolean, assessed by "officer" }
      record Owner {
        name : text
        country : country
        share : percent
        since : date
        active : boolean
        kept : boolean, assessed by "auditor"
        pay : EUR by year
        \(hasOthers ? "gifts : list of Gift" : "")
      }
      record Holder {
        name : text
        code : text
        country : country
        share : percent
        joined : boolean
        since : date
        holders : list of Holder or empty
      } identified by code else name
      type Size = one of { small, medium, large }
      list havens of country = { PA from 2020-02-18 until 2023-10-17, VU, WS from 2018-01-01 }
      parameter limit : EUR { EUR 5 million from 2019-01-01, EUR 7 million from 2024-01-01 }
      parameter path : percent linear { 0% at 2015, 50% at 2024, 100% at 2045 }
      table rate(size: Size, amount: EUR) : bps {
        small, under EUR 1000 => 225 bps
        small, EUR 1000 to EUR 5 million => 325 bps
        small, over EUR 5 million => 400 bps
        large, any => 500 bps
        other, any => 700 bps
      }
      table quota(home: country, size: Size) : percent {
        DK, small => 10%
        DK, large => 20%
        SE, any => 30%
        PA, small => undetermined "no quota for it"
        other, any => 40%
      }
      define owned : percent = sum(o.share for o in owners)
      define intensity : number = (emissions at 2023) / (emissions at 2019)
      define worth(x: EUR) : EUR = x * factor + limit
      """
    ]
    if hasOthers { parts.append(Self.otherDeclarations) }
    if hasRates { parts.append(Self.rates) }
    for index in 1...(2 + random.below(3)) { parts.append(condition("k\(index)", index)) }
    if random.oneIn(2) {
      parts.append("determination owed \"What is owed\" : EUR = \(money(2))")
    }
    return parts.joined(separator: "\n") + "\n"
  }

  private mutating func condition(_ name: String, _ index: Int) -> String {
    var clauses: [String] = []
    (member, period) = (nil, nil)
    if random.oneIn(3) { clauses.append(forEach()) }
    let isScheduled = random.oneIn(4)
    let isSpecial = !isScheduled && random.oneIn(5)
    if isSpecial { clauses.append(daySchedule()) }
    if isScheduled { clauses.append(schedule()) }
    if random.oneIn(3) { clauses.append("applies when \(truth(2))") }
    switch isScheduled || isSpecial ? 9 : random.below(member == nil ? 6 : 5) {
    case 0: clauses.append("tested on \(day(1))")
    case 1: clauses.append("tested on \(day(1)), due \(random.below(90) + 1) days after")
    case 2: clauses.append("tested on signed, due on \(day(1))")
    default: break
    }
    clauses.append("\(random.oneIn(5) ? "forbids" : "requires") \(truth(3))")
    if random.oneIn(4) { clauses.append("unless \"an exception\" when \(truth(2))") }
    if random.oneIn(8) { clauses.append("undetermined \"it is open\" when \(truth(1))") }
    if random.oneIn(8) { clauses.append("evidence report, verified") }
    if random.oneIn(10) { clauses.append("evidence report or breached") }
    if random.oneIn(8) { clauses.append(cure()) }
    if random.oneIn(3) { clauses.append("on breach recall \(money(1))") }
    if random.oneIn(6) { clauses.append("on met release \(random.below(30))% of disbursed") }
    if index > 1, random.oneIn(5),
      let place = clauses.firstIndex(where: { $0.hasPrefix("applies") })
    {
      clauses[place] += " and k1 is \(random.pick(["met", "breached"]))"
    }
    (member, period) = (nil, nil)
    return "condition \(name) \"Condition \(name)\" {\n  \(clauses.joined(separator: "\n  "))\n}"
  }

  /// A test for each period, of the contract's or the ruleset's choosing.
  private mutating func schedule() -> String {
    let (word, length, first, last) = random.pick([
      ("yearly", "year", "2019", "2024"), ("yearly", "year", "2021-02-28", "2023"),
      ("half-yearly", "half-year", "2020-H2", "2023-H1"),
      ("quarterly", "quarter", "2021-Q2", "2023-Q3"),
      ("monthly", "month", "2022-11", "2023-03"),
    ])
    var text = "tested \(word)"
    switch random.below(5) {
    case 0: break
    case 1: text += " from (\(length) of signed)"
    case 2: text += " from due_on"
    default: text += " from \(first)"
    }
    switch random.below(5) {
    case 0: text += " to \(last)"
    case 1: text += " until repaid"
    case 2: text += " until \(last)"
    case 3: text += " to (\(length) of due_on)"
    default: break
    }
    period = length
    return text + (random.oneIn(3) ? ", due \(1 + random.below(200)) days after" : "")
  }

  /// A test for each member of a list, some of them, which the clauses that follow may name.
  private mutating func forEach() -> String {
    if hasOthers, random.oneIn(5) {
      member = "d"
      return "for each d in days" + (random.oneIn(2) ? " where d > signed" : "")
    }
    let list = random.pick(["owners", "aides", "awards", "awards"])
    let filters =
      list == "awards"
      ? ["amount > EUR 100", "decided >= signed", "seat = home", "paid is none"]
      : ["share > 10%", "active", "since < signed", "country in havens on signed"]
    let filter =
      random.oneIn(2) ? " where \(list == "awards" ? "w" : "m").\(random.pick(filters))" : ""
    member = list == "awards" ? "w" : "m"
    return "for each \(member ?? "m") in \(list)\(filter)"
  }

  // MARK: Expressions

  mutating func truth(_ depth: Int) -> String {
    if depth > 0, random.oneIn(2) {
      switch random.below(5) {
      case 0: return "(\(truth(depth - 1)) and \(truth(depth - 1)))"
      case 1: return "(\(truth(depth - 1)) or \(truth(depth - 1)))"
      case 2: return "(not (\(truth(depth - 1))))"
      case 3: return quantified(depth - 1)
      default:
        return
          "(\(random.pick(["all", "any", "none"])) of { \"a\" : \(truth(depth - 1)), \"b\" : \(truth(depth - 1)) })"
      }
    }
    let sign = random.pick(["<", "<=", "=", "<>", ">=", ">"])
    if hasOthers, random.oneIn(3) { return other(depth) }
    if let member, random.oneIn(2) { return ofMember(member, depth) }
    if let period, random.oneIn(3) {
      return random.pick([
        "signed <= period.end", "period.start >= due_on", "test_date > signed",
        "home in havens on test_date", "amount <= limit", "repaid by test_date",
        "(sum(a.amount for a in awards) <= amount)", "share <= (path at period.end)",
        period == "year"
          ? "emissions at period <= 90% of (emissions at (period - 1))"
          : "period >= \(period) of signed",
        period == "quarter"
          ? "sum(ebitda over 3 quarters to period) > EUR 0" : "staff < 5",
      ])
    }
    switch random.below(18) {
    case 0, 1, 2: return "\(money(depth)) \(sign) \(money(depth))"
    case 3: return "\(percent(depth)) \(sign) \(percent(depth))"
    case 4: return "\(number(depth)) \(sign) \(number(depth))"
    case 5: return "\(day(depth)) \(sign) \(day(depth))"
    case 6: return "size \(random.pick(["=", "<>"])) \(random.pick(["small", "medium", "large"]))"
    case 7: return "size in { small, large }"
    case 8: return "home in havens on \(day(0))"
    case 9: return "parent.country in havens at any time from signed to \(day(0))"
    case 10: return "active"
    case 11: return "repaid by \(day(0))"
    case 12:
      return random.pick(["repaid is none", "amount is known", "parent.grown", "active is known"])
    case 13: return "home \(random.pick(["=", "<>"])) parent.country"
    case 14: return random.pick(["name = \"Holdco\"", "signed in 2021", "(home, size) in quota"])
    case 15:
      if hasChoices, random.oneIn(2) { return random.pick(["option > 50", "option is known"]) }
      return random.pick([
        "fit", "grade > 3", "(fit else active)", "fit is known", "book_year.end < due_on",
        "signed in book_year", "book_year.start > 2021-05-05",
      ])
    case 16:
      return
        "(\(truth(depth - 1)) when \(truth(0)), otherwise \(truth(depth - 1)))"
    default: return "staff \(sign) \(random.below(10))"
    }
  }

  /// A statement about the member that is tested.
  private mutating func ofMember(_ member: String, _ depth: Int) -> String {
    if member == "d" {
      return random.pick([
        "home in havens on d", "d < due_on", "repaid by d",
        "(some a in awards where a.decided = d)",
        "(redeemed at d) < 50%",
      ])
    }
    if member == "w" {
      if hasChoices, random.oneIn(5) {
        return random.pick([
          "(some h in chain(holders, product of share) where h.through > 25% and h.since < w.decided)",
          "(no h in chain(holders, each share > 20%) where h.country = w.seat)",
        ])
      }
      switch random.below(7) {
      case 0: return "w.amount \(random.pick(["<", ">="])) \(money(depth))"
      case 1: return "w.seat in havens on w.decided"
      case 2: return "w.paid by w.due_on"
      case 3: return "(sum(a.amount for a in awards where a.decided <= w.decided) <= amount)"
      case 4: return "(some o in owners where o.country = w.seat and o.since < w.decided)"
      case 5: return "(count(a in awards where a.seat = w.seat) <= 1)"
      default: return "w.due_on \(random.pick(["<", ">="])) \(day(0))"
      }
    }
    if hasOthers, random.oneIn(6) {
      return random.pick([
        "(no g in m.gifts where g.seat = m.country)",
        "(sum(g.price for g in m.gifts where g.given <= m.since) <= EUR 1000)",
        "(some g in m.gifts where (some o in owners where o.country = g.seat))",
      ])
    }
    switch random.below(6) {
    case 4: return random.pick(["m.kept", "(m.kept else m.active)", "m.kept is known"])
    case 0: return "m.share \(random.pick(["<", ">="])) \(percent(depth))"
    case 1: return "(some a in awards where a.seat = m.country and a.amount > EUR 100)"
    case 2: return "(no n in aides where n.country = m.country and n.name = \"Holdco\")"
    case 3: return "(every o in owners satisfies o.share <= m.share)"
    default: return "m.active"
    }
  }

  private mutating func quantified(_ depth: Int) -> String {
    if random.oneIn(8) {
      return random.pick([
        "(redeemed at test_date < 50%)", "(redeemed at due_on >= share)",
        "(redeemed at repaid > 10%)", "(some a in awards where redeemed at a.decided > 30%)",
      ])
    }
    if hasChoices, random.oneIn(4) {
      return random.pick([
        "(some h in chain(holders, each share > 20% or joined) where h.country in havens on signed)",
        "(no h in chain(holders, product of share) where h.through >= 25% and h.country = home)",
        "(sum(h.through for h in chain(holders, product of share)) <= 150%)",
        "(count(h in chain(holders)) <= 3)", "(some h in chain(holders) where not h.joined)",
        "(every h in chain(holders, each joined) satisfies h.since <= signed and h.country <> PA)",
      ])
    }
    if random.oneIn(4) {
      return random.pick([
        "(sum(a.amount for a in awards) <= amount)", "(some a in awards where a.due_on < as_of)",
        "(count(a in awards where a.decided <= 2021-06-30) <= 1)",
        "(every a in awards satisfies a.decided >= signed)",
        "(sum(a.amount for a in awards where a.decided <= test_date) > EUR 1000)",
        "(some o in owners where (some p in aides where p.country = o.country))",
        "(some o in owners where (no p in owners where p.share > o.share))",
        "(sum(o.share for o in owners where count(p in aides where p.share <= o.share) >= 1) > 5%)",
      ])
    }
    let list = random.pick(["owners", "aides"])
    let statement = random.pick([
      "o.share >= 25%", "o.country in havens on signed", "o.active", "o.since < signed",
      "o.country = home", "o.share > share", "o.kept", "(o.kept or o.active)",
      "(o.share >= 25% and o.country in havens on o.since)",
      "(o.share * amount) / disbursed > 5%", "o.name = \"Holdco\"",
    ])
    switch random.below(5) {
    case 0: return "(some o in \(list) where \(statement))"
    case 1: return "(no o in \(list) where \(statement))"
    case 2: return "(every o in \(list) satisfies \(statement))"
    case 3: return "(count(o in \(list) where \(statement)) >= \(1 + random.below(2)))"
    default:
      return "(sum(o.share for o in \(list) where \(statement)) <= \(10 + random.below(80))%)"
    }
  }

  mutating func money(_ depth: Int) -> String {
    if member == "w", random.oneIn(3) { return "w.amount" }
    guard depth > 0 else {
      return random.pick([
        "amount", "disbursed", "climate", "parent.turnover", "EUR 5 million", "EUR 100", "limit",
        "(limit at signed)", "(limit at repaid)",
        "(ebitda at 2022-Q3)",
      ])
    }
    let inner = depth - 1
    switch random.below(15) {
    case 0: return "(\(money(inner)) + \(money(inner)))"
    case 1: return "(\(money(inner)) - \(money(inner)))"
    case 2: return "(\(percent(inner)) of \(money(inner)))"
    case 3: return "(\(money(inner)) * \(number(inner)))"
    case 4: return "(\(money(inner)) / \(number(inner)))"
    case 5: return "(\(money(inner)) capped at \(random.pick(["EUR 1000", "limit", "disbursed"])))"
    case 6: return "min(\(money(inner)), \(money(inner)))"
    case 7: return "max(\(money(inner)), \(money(inner)))"
    case 8: return "(\(money(inner)) when \(truth(inner)), otherwise \(money(inner)))"
    case 9: return "(\(random.pick(["amount", "climate"])) else \(money(inner)))"
    case 10: return "(part of \(money(inner)) above EUR 500)"
    case 12:
      return random.pick([
        "round(\(money(inner)), to EUR 1000)", "round(\(money(inner)), to EUR 0.01, up)",
        "min(a.amount for a in awards)", "average(a.amount for a in awards where a.seat <> PA)",
        "max(a.amount for a in awards where a.decided < signed)",
      ])
    case 11: return "sum(ebitda over 4 quarters to 2022-Q4)"
    case 13: return "worth(\(money(inner)))"
    default: return money(0)
    }
  }

  mutating func percent(_ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["share", "10%", "50%", "owned", "margin"]) }
    let inner = depth - 1
    switch random.below(6) {
    case 0: return "(\(money(inner)) / \(money(inner)))"
    case 1: return "rate(size, \(random.pick(["amount", "climate"])))"
    case 2: return "quota(home, size)"
    case 3:
      return "(path at \(random.pick(["2020", "2024", "2030", "signed", "repaid", "due_on"])))"
    case 4: return "(\(percent(inner)) + \(percent(inner)))"
    default: return percent(0)
    }
  }

  mutating func number(_ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["factor", "staff", "2", "0.5", "intensity"]) }
    let inner = depth - 1
    switch random.below(6) {
    case 0: return "(\(number(inner)) + \(number(inner)))"
    case 1: return "(\(number(inner)) * \(number(inner)))"
    case 2: return "(\(money(inner)) / \(money(inner)))"
    case 3:
      return
        "(\(random.pick(["days", "months", "years"])) \(random.pick(["completed", "started"])) from \(day(0)) to \(day(0)))"
    case 4: return "(- \(number(inner)))"
    default: return number(0)
    }
  }

  mutating func day(_ depth: Int) -> String {
    if let member, random.oneIn(3) {
      if member == "d" { return "d" }
      return member == "w" ? random.pick(["w.decided", "w.due_on", "w.paid"]) : "m.since"
    }
    guard depth > 0 else {
      return random.pick(["signed", "due_on", "2021-06-30", "as_of", "parent.founded", "repaid"])
    }
    switch random.below(4) {
    case 0: return "(\(day(0)) + \(random.below(400)) days)"
    case 1: return "(\(day(0)) - \(random.below(30)) months)"
    default: return day(0)
    }
  }
}
