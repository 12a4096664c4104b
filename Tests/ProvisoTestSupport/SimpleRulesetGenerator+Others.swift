// What fewer rulesets have: money, durations, single values, texts that are compared, schedules of
// days, cures.

extension SimpleRulesetGenerator {
  /// Fields that the other constructs read.
  static var otherFields: String {
    """
    days : list of date
        sizes : list of Size
        alias : text
        ratios : percent by year
    """
  }

  static var moneyFields: String {
    """
    fee : money
        budget : money
        term : duration
        figure : EUR, best evidence decides
    """
  }

  /// Tables, parameters and defines that the other constructs ask.
  static var otherDeclarations: String {
    """
    record Gift { given : date  price : EUR  seat : country  paid : date if any }
    record Terms { rate : percent  floor : EUR  spoken : text }
    table terms(size: Size) : Terms {
      small => { rate = 10%, floor = EUR 100, spoken = "Holdco" }
      medium => { rate = 1 / 3, floor = EUR 5 million, spoken = "a" }
      large => undetermined "nobody knows the terms"
    }
    table is_wide(size: Size, active: boolean) : boolean {
      small, any => true
      medium, true => true
      medium, false => false
      large, true => undetermined "it may be wide"
      large, false => false
    }
    table tag(name: text) : percent {
      "Holdco" => 40%
      "a" => 100%
      other => 0%
    }
    table called(name: text) : text {
      "Holdco" => "a"
      "b" => "Holdco"
    }
    table size_of(amount: EUR) : Size {
      under EUR 100 => small
      EUR 100 => undetermined "on the edge"
      over EUR 100 => large
    }
    table own_currency(home: country) : currency {
      DK => DKK
      SE => SEK
      other => EUR
    }
    parameter from_day : date { 2020-03-12 from 2019-03-12, 2021-01-01 from 2021-01-01 }
    parameter seat : country { DK from 2019-06-01, SE from 2022-06-01 }
    parameter is_open : boolean { true from 2020-01-01, false from 2023-01-01 }
    define standard : EUR = limit at signed
      unless "An old one" when signed < from_day at due_on => EUR 100
    """
  }

  static var rates: String {
    """
    rates fx from "rulesets/shared/lists/euro-rates.csv" {
      quoted currency per EUR
      dates in day
      currencies in currency
      rates in rate
    }
    """
  }

  /// A statement with one of the other constructs.
  mutating func other(_ depth: Int) -> String {
    let sign = random.pick(["<", "<=", "=", "<>", ">=", ">"])
    switch hasMoney ? random.below(9) : 3 + random.below(6) {
    case 0:
      return random.pick([
        "fee \(sign) budget", "fee \(sign) EUR 100", "(fee * 2) \(sign) budget",
        "(factor * fee) \(sign) (10% of budget)", "(fee / 3) \(sign) budget",
        "fee.currency = budget.currency", "fee.currency in { EUR, own_currency(home) }",
        "fee is known",
      ])
    case 1:
      guard hasRates else { return "fee.currency <> EUR" }
      let day = day(0)
      return random.pick([
        "(fee converted to EUR by fx on \(day)) \(sign) \(money(0))",
        "(amount converted to PLN by fx on \(day)) \(sign) PLN 5 million",
        "(fee converted to EUR by fx on \(day)) + amount \(sign) EUR 1000",
        "(budget converted to DKK by fx on \(day)) \(sign) DKK 100",
      ])
    case 2:
      return random.pick([
        "signed + term \(sign) due_on", "repaid by signed + term", "due_on - term < signed",
        "repaid + term \(sign) as_of", "term is known", "figure \(sign) \(money(0))",
      ])
    case 3:
      return random.pick([
        "(some s in sizes where s = size)", "(every s in sizes satisfies s <> medium)",
        "(count(d in days where d <= \(day(0))) <= 2)",
        "(some d in days where home in havens on d)",
        "(no d in days where (some a in awards where a.decided = d))",
      ])
    case 4:
      return random.pick([
        "name \(random.pick(["=", "<>"])) alias", "(some o in owners where o.name = alias)",
        "(some o in owners where (some p in aides where p.name = o.name))",
        "((name when active, otherwise alias) = \"Holdco\")", "((alias else name) = name)",
        "((name when fit, otherwise \"b\") = alias)",
      ])
    case 5:
      return random.pick([
        "tag(name) \(sign) \(percent(0))", "(alias) in tag", "(name) in called",
        "(alias) in called",
        "((called(name) when (name) in called, otherwise alias) = alias)",
        "is_wide(size, active)",
        "is_wide(size, fit)", "(size, amount > EUR 100) in is_wide",
        "terms(size).rate \(sign) \(percent(0))", "terms(size).floor \(sign) \(money(0))",
        "terms(size).spoken = name", "size_of(amount) = size", "size_of(climate) <> medium",
      ])
    case 6:
      return random.pick([
        "signed >= (from_day at \(day(0)))", "home = (seat at \(day(0)))",
        "(is_open at \(day(0)))", "standard \(sign) \(money(0))",
        "home in havens on (from_day at signed)", "min(due_on, repaid) < signed",
        "max(signed, repaid) > due_on", "(climate is verified or amount is certified)",
      ])
    case 7:
      let inner = max(0, depth - 1)
      let number = random.pick(["1", "2", "3", "staff"])
      return "(at least \(number) of { \"a\" : \(truth(inner)), \"b\" : \(truth(inner)), "
        + "\"c\" : \(truth(0)) })"
    default:
      return random.pick([
        "emissions at book_year \(sign) emissions at 2023",
        "emissions at (year of due_on) > emissions at (book_year - 1)",
        "sum(ebitda over 3 quarters to (quarter of due_on)) > EUR 0",
        "average(ebitda over 2 quarters to ((quarter of repaid) - 4)) \(sign) EUR 100",
        "ratios at (year of signed) is known", "ratios at book_year \(sign) share",
        "ratios at 2022 < ratios at (year of signed)",
        "(every e in emissions over 3 years to 2022 satisfies e >= 0 tCO2e)",
        "(some e in emissions over 2 years to book_year where e > 100 tCO2e)",
        "(some o in owners where (some g in o.gifts where g.price > EUR 100))",
        "(every o in owners satisfies count(g in o.gifts where g.given >= signed) <= 1)",
        "(sum(sum(g.price for g in o.gifts) for o in owners) < amount)",
        "(no o in aides where (every g in o.gifts satisfies g.seat = o.country))",
        "(some o in aides where max(g.price for g in o.gifts) > amount)",
        "(some o in owners where (some g in o.gifts where g.paid by due_on))",
        "(some o in owners where (some p in owners where (no g in p.gifts where g.seat = o.country)))",
        "(sum(o.pay at 2021 for o in owners) < amount)",
        "(some o in owners where sum(o.pay over 3 years to 2023) > EUR 100)",
        "(every o in aides satisfies o.pay at 2022 >= 110% of (o.pay at 2021))",
        "(sum(k * EUR 100 for k in 1 to (years completed from signed to due_on)) <= amount)",
        "(sum(amount / k for k in 1 to staff) > disbursed)",
        "(some o in owners where signed + (2 * (1 year)) < o.since)",
        "parent.sound", "(parent.sound or fit)", "parent.sound is known",
      ])
    }
  }

  /// Tests on days by themselves.
  mutating func daySchedule() -> String {
    switch random.below(4) {
    case 0: return "tested by \(day(1))"
    case 1: return "tested by \(random.pick(["due_on", "repaid", "2022-12-31"]))"
    default:
      var text = "tested every \(random.pick(["6 months", "1 year", "45 days", "2 months"]))"
      let start = random.pick(["due_on", "signed", "repaid", "2020-01-31", "due_on + 1 year"])
      text += " from \(start)"
      switch random.below(4) {
      case 0: text += " until repaid"
      case 1: text += " to 2023-12-31"
      case 2: text += " to due_on"
      default: break
      }
      return text + (random.oneIn(3) ? ", due \(1 + random.below(90)) days after" : "")
    }
  }

  /// How a breach may be put right.
  mutating func cure() -> String {
    let when = random.oneIn(2) ? "when \(truth(1)), " : ""
    let window = random.pick(["within 3 months", "within 30 days", "at any time"])
    return "cure \(when)\(window)"
      + (random.oneIn(3) ? ", at most 2 times" : "")
      + (random.oneIn(4) ? ", never twice in a row" : "")
  }
}
