// Rulesets written in a test, checked with the files they name.

import ProvisoChecker
import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// What checking a text gives, with other files by their resolved names.
func checked(_ text: String, files: [String: String] = [:]) -> CheckResult {
  check(SourceFile(name: "aid.proviso", text: text)) { name in
    files[name].map { LoadedBytes.bytes(Array($0.utf8)) } ?? .notFound
  }
}

/// The codes of all diagnostics, in order.
func codes(_ text: String, files: [String: String] = [:]) -> [String] {
  checked(text, files: files).diagnostics.map(\.code.rawValue)
}

/// A ruleset with one field of every kind, to try expressions in.
let everyKind = """
  ruleset aid "Aid" { version "1" months end on the last day holidays from "holidays.csv" }
  type Size = one of { sme, large }
  record Owner { name : text  country : country  share : percent  owners : list of Owner or empty }
    identified by name
  contract {
    signed : date  repaid : date if any  amount : EUR  paid : EUR  krone : DKK  price : money
    share : percent  margin : bps  number : number  staff : count  women : count
    mass : t  gas : tCO2e  energy : MWh  jobs : FTE  size : Size  home : country
    sector : nace  name : text  green : boolean  owners : list of Owner or empty
    emissions : tCO2e by year  turnover : EUR by quarter  redeemed : percent by date
  }
  parameter limit : EUR { 5 from 2020-01-01 }
  parameter path : percent linear { 0% at 2019, 100% at 2045 }

  """

/// Files that `everyKind` names.
let everyKindFiles = ["holidays.csv": "date\n2021-01-01\n"]

/// The type of an expression as a ruleset would declare it, or the first code it raises.
func typeOrCode(_ expression: String) -> String {
  let text = everyKind + "define tried = \(expression)\ncondition c \"C\" { requires amount > 0 }\n"
  let result = checked(text, files: everyKindFiles)
  if let error = result.diagnostics.first(where: { $0.severity == .error }) {
    return error.code.rawValue
  }
  guard let ruleset = result.ruleset, let define = ruleset.defines.last else { return "nothing" }
  return describe(define.type, in: ruleset)
}

private func describe(_ type: ValueType, in ruleset: CheckedRuleset) -> String {
  switch type {
  case .quantity(let unit): unit.symbol.isEmpty ? "number" : unit.symbol
  case .enumeration(let id): ruleset[id].name
  case .record(let id): ruleset[id].name
  case .chainEntity(let id): "entity \(ruleset[id].name)"
  case .list(let element): "list of \(describe(element, in: ruleset))"
  case .period(let length): length?.noun ?? "period"
  case .wholeNumber: "whole"
  default: "\(type)"
  }
}
