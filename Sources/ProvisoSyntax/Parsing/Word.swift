// The words the grammar knows; whether one is a keyword or a name depends on where it stands.

/// A word with a part in the grammar.
enum Word: String, CaseIterable, Sendable {
  // Words between and before operands.
  case above, after, and, at, by, capped, converted, `else`, floored, `for`, from, `in`, `is`
  case not, of, on, or, otherwise, over, satisfies, then, to, under, until, up, when, `where`
  // Words that begin an operand or belong to one.
  case all, any, average, chain, completed, count, each, every, half, even, least, max, min, no
  case none, part, product, round, some, started, sum, `true`, `false`, `if`, time
  case known, met, breached, applicable, fraction, maturing, point, points, percentage
  case thousand, million, billion, trillion
  case day, days, business, month, months, quarter, quarters, year, years
  case halfYear = "half-year"
  case halfYears = "half-years"
  case date, down
  // Words that begin a declaration.
  case condition, conserve, contract, define, determination, exceptions, `import`, list, mission
  case parameter
  case portfolio
  case rates, record, ruleset, scenario, table, type, unit
  // Words that begin or belong to a clause.
  case applies, `as`, assessed, baseline, currencies, currency, cure, dated, dates, due, empty, end
  case entries, evidence, expect, first, forbids, given, governs, holidays, identified, indicator
  case issuer, kind, last, linear, one, other, path, per, quoted, reported, requires, roll, serves,
    source
  case target, tested, the, unless, version, within, `while`, reduction, increase
  case continuously, yearly, quarterly, monthly
  case halfYearly = "half-yearly"
  case breach, cured, exempt, governed, pending, undetermined, waived, because
  case a, factor, row, once, twice, times, never, most, more
  case charge, convert, pay, publish, recall, reduce, refuse, release, step, suspend
  case complete
  case elected, best, decides, published, payment, whole, parts

  static let byText: [String: Word] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// Whether the word joins operands, so that it is a name only after `.` and before `:` or `=`.
  var isOperator: Bool {
    switch self {
    case .above, .after, .and, .at, .by, .capped, .converted, .else, .floored, .for, .from, .in,
      .is, .not, .of, .on, .or, .otherwise, .over, .satisfies, .then, .to, .under, .until, .up,
      .when, .where:
      true
    default: false
    }
  }

  /// Whether the word is a value of its own, and so no name for anything else.
  var isLiteral: Bool { self == .true || self == .false || self == .none }

  /// Whether a number in front of this word is a count or an amount of its own.
  var endsNumber: Bool {
    switch self {
    case .times, .reduction, .increase, .because, .if: true
    case .met, .breached, .undetermined, .pending, .exempt, .cured, .waived: true
    default: isOperator
    }
  }

  /// Whether the word begins a declaration.
  var beginsDeclaration: Bool {
    switch self {
    case .condition, .conserve, .contract, .define, .determination, .exceptions, .import, .list,
      .mission, .parameter, .portfolio, .rates, .record, .ruleset, .scenario, .table, .type, .unit:
      true
    default: false
    }
  }

  /// What declarations are called in contracts, in laws and in other languages.
  static let declarationElsewhere: [String: Word] = [
    "rule": .condition, "requirement": .condition, "covenant": .condition, "obligation": .condition,
    "undertaking": .condition, "check": .condition, "determine": .determination,
    "calculate": .determination, "compute": .determination, "output": .determination,
    "definition": .define, "def": .define, "let": .define, "function": .define,
    "param": .parameter, "constant": .parameter, "const": .parameter, "threshold": .parameter,
    "enum": .type, "struct": .record, "class": .record, "schema": .contract, "facts": .contract,
    "input": .contract, "data": .contract, "test": .scenario, "example": .scenario,
    "include": .import, "use": .import, "objective": .mission, "goal": .mission,
    "policy": .ruleset, "regulation": .ruleset, "act": .ruleset,
  ]

  /// What consequences are called in contracts and laws.
  static let verbElsewhere: [String: String] = [
    "increase": "step up", "raise": "step up", "lift": "step up", "add": "step up",
    "lower": "step down", "decrease": "step down", "cut": "reduce", "withhold": "suspend",
    "stop": "suspend", "block": "suspend", "freeze": "suspend", "halt": "suspend",
    "pause": "suspend", "repay": "recall", "refund": "recall", "recover": "recall",
    "reclaim": "recall", "clawback": "recall", "claw": "recall", "terminate": "recall",
    "cancel": "recall", "accelerate": "recall", "fine": "charge", "penalise": "charge",
    "penalize": "charge", "penalty": "charge", "levy": "charge", "bill": "charge",
    "disburse": "release", "grant": "pay", "award": "pay", "reward": "pay", "exclude": "refuse",
    "deny": "refuse", "reject": "refuse", "disclose": "publish", "report": "publish",
    "announce": "publish", "notify": "publish", "swap": "convert", "exchange": "convert",
  ]

  /// Whether the word begins a consequence.
  var isVerb: Bool {
    switch self {
    case .suspend, .release, .reduce, .recall, .charge, .pay, .step, .convert, .refuse, .publish:
      true
    default: false
    }
  }

  /// The schedule the word names.
  var schedule: PeriodLengthWord? {
    switch self {
    case .yearly: .year
    case .halfYearly: .halfYear
    case .quarterly: .quarter
    case .monthly: .month
    default: nil
    }
  }

  /// The length of period the word names.
  var periodLength: PeriodLengthWord? {
    switch self {
    case .year: .year
    case .halfYear: .halfYear
    case .quarter: .quarter
    case .month: .month
    default: nil
    }
  }

  /// The unit of calendar time the word names; `business` counts with `days` behind it.
  var durationUnit: DurationUnit? {
    switch self {
    case .day, .days: .days
    case .business: .businessDays
    case .month, .months: .months
    case .quarter, .quarters: .quarters
    case .halfYear, .halfYears: .halfYears
    case .year, .years: .years
    default: nil
    }
  }
}
