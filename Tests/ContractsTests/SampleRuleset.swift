// The small ruleset that the contract tests and docs/contract-format.md share.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// Where declarations of a ruleset built by hand stand.
let nowhere = SourceSpan(source: SourceID(0), start: 0, end: 0)

func field(
  _ name: String, _ type: ValueType, assessor: String? = nil, orEmpty: Bool = false,
  datedBy: Int? = nil
) -> Field {
  Field(
    name: name, type: type, assessor: assessor, isEmptyWhenAbsent: orEmpty, datedBy: datedBy,
    span: nowhere)
}

func unit(_ symbol: String) -> Unit {
  UnitCatalogue.standard.unit(named: symbol) ?? .one
}

func quantity(_ symbol: String) -> ValueType { .quantity(unit(symbol)) }

/// A condition of which only the name and the evidence matter here.
func condition(_ name: String, evidence: [String] = [], isPortfolio: Bool = false) -> Condition {
  Condition(
    name: name, title: name, serves: [], kinds: [], source: nil, isPortfolio: isPortfolio,
    slotCount: 0, forEach: nil, schedule: .asOf, due: nil, appliesWhen: nil, polarity: .requires,
    requirement: ExpressionID(0), exceptions: [], doubts: [],
    evidence: evidence.map {
      EvidenceRequirement(kind: $0, level: nil, isBreachWhenMissing: false, span: nowhere)
    },
    cure: nil, consequences: [], span: nowhere, nameSpan: nowhere)
}

/// The ruleset `shop_aid` of docs/contract-format.md, and one nested record more.
func sampleRuleset() -> CheckedRuleset {
  let owner = RecordType(
    name: "Owner",
    fields: [
      field("name", .text), field("lei", .lei), field("country", .country),
      field("share", quantity("%")), field("owners", .list(.record(RecordID(0))), orEmpty: true),
      field("is_sound", .boolean, assessor: "auditor"),
    ], identity: [1, 0], span: nowhere)
  let payout = RecordType(
    name: "Payout", fields: [field("decided", .date), field("amount", quantity("EUR"))],
    span: nowhere)
  let company = RecordType(
    name: "Company",
    fields: [field("name", .text), field("owners", .list(.record(RecordID(0))))], span: nowhere)
  let contract = RecordType(
    name: "contract",
    fields: [
      field("signed", .date), field("amount", quantity("EUR")), field("price", .money),
      field("share", quantity("%")), field("margin", quantity("bps")),
      field("factor", .quantity(.one)), field("leverage", .ratio),
      field("intensity", quantity("gCO2e/kWh")), field("jobs", .wholeNumber),
      field("size", .enumeration(EnumerationID(0))), field("sector", .nace),
      field("home", .country), field("paid_in", .currency), field("open", .boolean),
      field("term", .duration), field("budget_year", .period(.year)),
      field("quarter", .period(nil)), field("repaid", .event), field("purpose", .text),
      field("emissions", .series(quantity("tCO2e"), .year)),
      field("ebitda", .series(quantity("EUR"), .quarter)),
      field("redeemed", .levels(quantity("%"))), field("owners", .list(.record(RecordID(0)))),
      field("payouts", .list(.record(RecordID(1))), datedBy: 0),
      field("regions", .list(.country)), field("borrower", .record(RecordID(2))),
      field("has_substance", .boolean, assessor: "tax officer"),
    ], span: nowhere)
  var ruleset = CheckedRuleset(
    name: "shop_aid", title: "Aid to village shops", units: .standard,
    calendar: BusinessCalendar(holidays: []), contract: contract)
  ruleset.version = "1"
  ruleset.records = [owner, payout, company]
  ruleset.enumerations = [
    Enumeration(name: "Size", members: ["small", "large"], span: nowhere)
  ]
  ruleset.conditions = [
    condition("keeps_jobs", evidence: ["jobs_report"]),
    condition("no_tax_haven"), condition("climate_share", isPortfolio: true),
  ]
  return ruleset
}

/// A contract file for the sample ruleset.
func contractFile(_ text: String) -> SourceFile {
  SourceFile(name: "contract.json", text: text)
}
