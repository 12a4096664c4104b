// A small ruleset in hand-made checked form, and derivations that quote its text.

import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource

/// The text that the sample's spans point into.
private let sampleText = """
  # Sample
  ```proviso
  ruleset recovery_aid "Recovery aid with conditions" { version "2021.1" }
  condition carbon_path "Emissions fall in line with the path" {
    requires reduction(2019, period) >= reduction_path at period
  }
  condition no_tax_haven "No owner of 25% or more sits in a listed jurisdiction" {
    applies when amount >= EUR 10 million
    requires no o in chain(borrower.owners, product of share)  # beneficial
      where o.through >= 25% and o.country in tax_havens by published on signed
    unless "Substance" under "s. 4(3)" when has_substance
  }
  condition leverage "Net debt is at most 3.5 times EBITDA" {
    requires all of { "EBITDA is positive" : ebitda > 0,
      "ratio" : net_debt <= 3.5 * ebitda }
  }
  condition no_payout "No payout" { forbids p.amount > EUR 0 }
  condition repaid_in_time "Repaid" { requires repaid by 2022-12-31 }
  condition signed_late "Signed" { requires signed <= 2021-06-30 }
  determination coupon "Coupon" : EUR = rate of amount
  ```
  """

struct Sample {
  let file = SourceFile(name: "sample.proviso.md", text: sampleText)
  var ruleset: CheckedRuleset
  let conditions: [String: ConditionID]

  static let tonnes = UnitCatalogue.standard.unit(named: "tCO2e") ?? .one
  static let euro = UnitCatalogue.standard.unit(named: "EUR") ?? .one
  static let asOf = day("2025-12-31")

  init() {
    let whole = file.span
    ruleset = CheckedRuleset(
      name: "recovery_aid", title: "Recovery aid with conditions", units: .standard,
      calendar: BusinessCalendar(holidays: []),
      contract: RecordType(name: "contract", fields: [], span: whole))
    ruleset.version = "2021.1"
    ruleset.sources = [file]
    ruleset.lists = [
      DatedList(
        name: "tax_havens", elementType: .country, datings: ["decision", "published"],
        entries: [], file: nil, span: whole)
    ]
    ruleset.enumerations = [
      Enumeration(name: "Instrument", members: ["loan", "grant"], span: whole)
    ]
    let specifications: [(String, String, Polarity, String)] = [
      (
        "carbon_path", "Emissions fall in line with the path", .requires,
        "reduction(2019, period) >= reduction_path at period"
      ),
      (
        "no_tax_haven", "No owner of 25% or more sits in a listed jurisdiction", .requires,
        "no o in"
      ),
      ("leverage", "Net debt is at most 3.5 times EBITDA", .requires, "all of {"),
      ("no_payout", "No payout", .forbids, "p.amount > EUR 0"),
      ("repaid_in_time", "Repaid", .requires, "repaid by 2022-12-31"),
      ("signed_late", "Signed", .requires, "signed <= 2021-06-30"),
    ]
    var ids: [String: ConditionID] = [:]
    for (position, entry) in specifications.enumerated() {
      let span = Sample.span(of: entry.3, in: file)
      ruleset.expressions.append(
        Expression(kind: .literal(.boolean(true)), type: .boolean, span: span))
      ruleset.conditions.append(
        Condition(
          name: entry.0, title: entry.1, serves: [], kinds: [],
          source: position == 0 ? "Schedule 2, para. 4" : nil, isPortfolio: false, slotCount: 0,
          forEach: nil, schedule: .asOf, due: nil, appliesWhen: nil, polarity: entry.2,
          requirement: ExpressionID(position), exceptions: [], doubts: [], evidence: [], cure: nil,
          consequences: [], span: Sample.span(of: "condition " + entry.0, in: file),
          nameSpan: Sample.span(of: entry.0, in: file)))
      ids[entry.0] = ConditionID(position)
    }
    conditions = ids
    ruleset.determinations = [
      Determination(
        name: "coupon", title: "Coupon", type: .quantity(Sample.euro), value: ExpressionID(0),
        exceptions: [], slotCount: 0, source: nil, span: whole)
    ]
  }

  static func span(of text: String, in file: SourceFile) -> SourceSpan {
    let bytes = Array(text.utf8)
    for start in 0...(file.bytes.count - bytes.count)
    where Array(file.bytes[start..<(start + bytes.count)]) == bytes {
      return SourceSpan(source: file.id, start: start, end: start + bytes.count)
    }
    fatalError("the sample has no text \(text)")
  }

  func span(_ text: String) -> SourceSpan { Sample.span(of: text, in: file) }

  func condition(_ name: String) -> Condition { ruleset.conditions[conditions[name]!.index] }

  // MARK: Steps

  func step(
    _ operation: DerivationOperation, _ source: String?, _ answer: Answer, _ type: ValueType,
    origin: FactOrigin? = nil, _ children: [Derivation] = []
  ) -> Derivation {
    Derivation(
      operation: operation, result: .answer(answer, type), span: source.map(span), origin: origin,
      children: children)
  }

  func truth(
    _ operation: DerivationOperation, _ source: String?, _ truth: Bool,
    _ children: [Derivation] = []
  ) -> Derivation {
    step(operation, source, .known(.boolean(truth)), .boolean, children)
  }

  func fact(_ source: String, _ path: String, _ value: Value, _ type: ValueType) -> Derivation {
    step(
      .fact, source, .known(value), type,
      origin: FactOrigin(path: path, recorded: day("2025-03-01"), evidence: "E-12"))
  }

  func percent(_ source: String, _ thousandths: Int64, of operation: DerivationOperation)
    -> Derivation
  {
    step(operation, source, .known(.quantity(fraction(thousandths, 1000))), .quantity(.percent))
  }

  func test(
    _ outcome: Outcome, period: String? = nil, member: String? = nil,
    tested: String? = "2024-12-31",
    due: String? = "2025-04-30", beneath: Outcome? = nil, reasons: ReasonSet = .none,
    remarks: [Remark] = [], requests: [Request] = [], derivation: Derivation? = nil
  ) -> TestVerdict {
    TestVerdict(
      period: period.flatMap { Period(text: $0) }, member: member, testDate: tested.map(day),
      dueDate: due.map(day), outcome: outcome, beneath: beneath, reasons: reasons,
      remarks: remarks, requests: requests, derivation: derivation)
  }

  func sentence(_ name: String, _ test: TestVerdict, asOf: CalendarDate = Sample.asOf) -> String {
    SentenceWriter(ruleset).sentence(for: test, of: condition(name), asOf: asOf).text
  }
}

func day(_ iso: String) -> CalendarDate { CalendarDate(iso: iso)! }

func fraction(_ numerator: Int64, _ denominator: Int64 = 1) -> Fraction {
  try! Fraction(numerator: numerator, denominator: denominator)
}

// MARK: Derivations of the sample's conditions

extension Sample {
  /// `reduction(2019, period) >= reduction_path at period`, with the reduction in thousandths.
  func carbonPath(_ thousandths: Int64) -> Derivation {
    let from = fact(
      "reduction_path at period", "emissions[2019]", .quantity(fraction(100_000_000_000)),
      .quantity(Sample.tonnes))
    let holds = thousandths >= 500
    let reduction = step(
      .call(DefineID(0)), "reduction(2019, period)",
      .known(.quantity(fraction(thousandths, 1000))), .quantity(.percent), [from])
    let path = percent("reduction_path at period", 500, of: .parameter(ParameterID(0)))
    let compare = truth(
      .compare(.greaterOrEqual), "reduction(2019, period) >= reduction_path at period", holds,
      [reduction, path])
    return truth(.test, nil, holds, [truth(.clause("requires"), nil, holds, [compare])])
  }

  /// The tax-haven condition with owners as (name, share in percent, country, spell).
  func taxHaven(_ owners: [(String, Int64, String, Spell?)]) -> Derivation {
    let text =
      "no o in chain(borrower.owners, product of share)  # beneficial\n"
      + "    where o.through >= 25% and o.country in tax_havens by published on signed"
    let members = owners.enumerated().map { position, owner -> Derivation in
      let path = "borrower.owners[\(position)]"
      let large = owner.1 >= 25
      let through = fact(
        "o.through", path + ".share", .quantity(fraction(owner.1, 100)), .quantity(.percent))
      let limit = percent("25%", 250, of: .literal)
      let country = fact(
        "o.country", path + ".country", .country(CountryCode(text: owner.2)!), .country)
      let signed = fact("signed", "signed", .date(day("2021-03-01")), .date)
      let isListed = owner.3 != nil
      return truth(
        .member(owner.0), nil, large && isListed,
        [
          truth(
            .and, "o.through >= 25% and o.country in tax_havens by published on signed",
            large && isListed,
            [
              truth(.compare(.greaterOrEqual), "o.through >= 25%", large, [through, limit]),
              truth(
                .listed(ListID(0), dating: 1, spell: owner.3),
                "o.country in tax_havens by published on signed", isListed, [country, signed]),
            ])
        ])
    }
    let holds = !members.contains { $0.result == .answer(.known(.boolean(true)), .boolean) }
    let chain = Derivation(
      operation: .chain(cycles: []),
      result: .collection(summary: "\(owners.count) entities", count: owners.count),
      span: span("chain(borrower.owners, product of share)"))
    let quantifier = truth(.quantifier(.no), text, holds, [chain] + members)
    return truth(.test, nil, holds, [truth(.clause("requires"), nil, holds, [quantifier])])
  }

  /// `all of { "EBITDA is positive" …, "ratio" … }`, amounts in euros.
  func leverage(ebitda: Int64, debt: Int64) -> Derivation {
    let earnings = fact("ebitda", "ebitda", .quantity(fraction(ebitda)), .quantity(Sample.euro))
    let owed = fact("net_debt", "net_debt", .quantity(fraction(debt)), .quantity(Sample.euro))
    let zero = step(
      .literal, "0", .known(.quantity(.zero)), .quantity(Sample.euro))
    let limit = step(
      .arithmetic(.multiply), "3.5 * ebitda", .known(.quantity(fraction(ebitda * 7, 2))),
      .quantity(Sample.euro), [earnings])
    let isPositive = ebitda > 0
    let isLow = fraction(debt) <= fraction(ebitda * 7, 2)
    let limbs = truth(
      .limbs(.all), "all of {", isPositive && isLow,
      [
        truth(
          .limb("EBITDA is positive"), nil, isPositive,
          [truth(.compare(.greater), "ebitda > 0", isPositive, [earnings, zero])]),
        truth(
          .limb("ratio"), nil, isLow,
          [
            truth(
              .compare(.lessOrEqual), "net_debt <= 3.5 * ebitda", isLow, [owed, limit])
          ]),
      ])
    return truth(
      .test, nil, isPositive && isLow,
      [truth(.clause("requires"), nil, isPositive && isLow, [limbs])])
  }
}
