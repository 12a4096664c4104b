// The checked ruleset: everything both evaluators and the contract reader need, and no syntax.

package import ProvisoQuantities
package import ProvisoSource

/// A ruleset that passed the checker: names resolved, types and units proved.
package struct CheckedRuleset: Sendable {
  package var name: String
  package var title: String
  package var version: String
  package var issuer: String?
  package var source: String?
  package var governs: Governs?
  package var months: MonthConvention?
  package var calendar: BusinessCalendar
  /// Standard units and those the ruleset declares: contracts write values in them.
  package var units: UnitCatalogue
  package var enumerations: [Enumeration]
  package var records: [RecordType]
  /// The contract's own fields.
  package var contract: RecordType
  /// The position of `signed : date` in the contract, where it is declared.
  package var signedField: Int?
  package var lists: [DatedList]
  package var parameters: [Parameter]
  package var tables: [DecisionTable]
  package var rates: [RateList]
  package var missions: [Mission]
  package var defines: [Define]
  /// Conditions and portfolio conditions, in declaration order.
  package var conditions: [Condition]
  /// Conditions in an order in which each stands after those it asks about.
  package var conditionOrder: [ConditionID]
  package var determinations: [Determination]
  package var conservations: [Conservation]
  package var scenarios: [Scenario]
  /// The arena: see `ExpressionKind` for its order.
  package var expressions: [Expression]
  /// The ruleset and everything it read (imports, lists, rates, holidays), in the order read, names
  /// as written: the digest is taken over these.
  package var sources: [SourceFile]

  package init(
    name: String, title: String, units: UnitCatalogue, calendar: BusinessCalendar,
    contract: RecordType
  ) {
    self.name = name
    self.title = title
    self.version = ""
    self.units = units
    self.calendar = calendar
    self.contract = contract
    enumerations = []
    records = []
    lists = []
    parameters = []
    tables = []
    rates = []
    missions = []
    defines = []
    conditions = []
    conditionOrder = []
    determinations = []
    conservations = []
    scenarios = []
    expressions = []
    sources = []
  }

  /// An expression of the arena.
  package subscript(id: ExpressionID) -> Expression { expressions[id.index] }
  /// A record type by its position.
  package subscript(id: RecordID) -> RecordType { records[id.index] }
  /// An enumeration by its position.
  package subscript(id: EnumerationID) -> Enumeration { enumerations[id.index] }
  /// A dated list by its position.
  package subscript(id: ListID) -> DatedList { lists[id.index] }
  /// A parameter by its position.
  package subscript(id: ParameterID) -> Parameter { parameters[id.index] }
  /// A decision table by its position.
  package subscript(id: TableID) -> DecisionTable { tables[id.index] }
  /// A rate list by its position.
  package subscript(id: RatesID) -> RateList { rates[id.index] }
  /// A define by its position.
  package subscript(id: DefineID) -> Define { defines[id.index] }
  /// A condition by its position.
  package subscript(id: ConditionID) -> Condition { conditions[id.index] }
  /// A mission by its position.
  package subscript(id: MissionID) -> Mission { missions[id.index] }
}

/// `governs signed from A until B`: which contracts the ruleset is for, half-open.
package struct Governs: Hashable, Sendable {
  /// The date that decides, usually the field `signed`.
  package let date: ExpressionID
  package let from: CalendarDate?
  package let until: CalendarDate?
  package let span: SourceSpan
  package init(date: ExpressionID, from: CalendarDate?, until: CalendarDate?, span: SourceSpan) {
    self.date = date
    self.from = from
    self.until = until
    self.span = span
  }
}

/// A worked case that a ruleset carries and `proviso test` runs.
package struct Scenario: Hashable, Sendable {
  package let title: String
  /// The contract given; of a portfolio the first.
  package let given: Contract
  /// The other contracts of a portfolio, in the order written.
  package let others: [Contract]
  package let asOf: CalendarDate
  /// Nil: the same as `asOf`.
  package let knownAt: CalendarDate?
  package let expectations: [Expectation]
  package let span: SourceSpan
  package init(
    title: String, given: Contract, others: [Contract] = [], asOf: CalendarDate,
    knownAt: CalendarDate?, expectations: [Expectation], span: SourceSpan
  ) {
    self.title = title
    self.given = given
    self.others = others
    self.asOf = asOf
    self.knownAt = knownAt
    self.expectations = expectations
    self.span = span
  }

  /// Every contract given.
  package var contracts: [Contract] { [given] + others }
}

/// One thing a scenario expects.
package struct Expectation: Hashable, Sendable {
  /// What is expected of what.
  package enum Subject: Hashable, Sendable {
    /// `expect contract breached`.
    case contract(Outcome)
    /// `expect no_tax_haven breached`, with `at 2021` for one test of several.
    case condition(ConditionID, test: String?, Outcome)
    /// `expect net_zero breached`, with `at 2021` for one period of its scoreboard.
    case mission(MissionID, test: String?, Outcome)
    /// `expect net_zero at 2021 = 900 tCO2e`; nil: `= unknown`.
    case indicator(MissionID, Period, Value?)
    /// `recall EUR 1_000_000` after a condition: a consequence with this verb and amount.
    case consequence(ConditionID, Verb, amount: Value?)
    /// `no recall`: no consequence with this verb.
    case noConsequence(ConditionID, Verb)
    /// `expect coupon = EUR 2.70 million`; nil: `expect coupon unknown`. By position.
    case determination(Int, Value?)
    /// `because "…"`: a reason, exception title or remark of the condition contains this text.
    case because(ConditionID, String)
  }
  package let subject: Subject
  /// The position of the contract meant, among those given. What is expected of a portfolio
  /// condition or a mission is of all of them.
  package let contract: Int
  package let span: SourceSpan
  package init(subject: Subject, contract: Int = 0, span: SourceSpan) {
    self.subject = subject
    self.contract = contract
    self.span = span
  }
}
