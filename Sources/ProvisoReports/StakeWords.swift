// What consequences come to over the contracts of a portfolio, in words.

import ProvisoModel

/// One consequence of a condition, and what it comes to.
struct Stake {
  /// `no_payout, on breach: recall a.amount`.
  let label: Prose
  /// `EUR 12.00; 2 unknown`; empty where it has no amount.
  let amount: Prose
  let contractCount: Int

  /// `…: recall a.amount, EUR 12.00 (3 contracts)`.
  var words: Prose {
    let shown: Prose = amount.isEmpty ? "" : ", \(amount)"
    return "\(label)\(shown) (\(words: counted(contractCount, "contract")))"
  }
}

extension PortfolioSummary {
  /// The consequences that fall on some contract, in declaration order.
  var stakes: [Stake] {
    var stakes: [Stake] = []
    for condition in conditions {
      let declared = ruleset[condition.condition]
      for (clause, result) in zip(declared.consequences, condition.consequences)
      where result.contractCount > 0 {
        let trigger: Prose = "\(data: declared.name), \(words: clause.trigger.rawValue)"
        let object: Prose = clause.object.map { " \(data: $0)" } ?? ""
        let isCounted = result.totals.knownCount + result.totals.unknownCount > 0
        stakes.append(
          Stake(
            label: "\(trigger): \(words: clause.verb.rawValue)\(object)",
            amount: isCounted ? result.totals.words(ruleset) : "",
            contractCount: result.contractCount))
      }
    }
    return stakes
  }
}

extension AmountTotals {
  /// Amounts added up: "EUR 12.00 and DKK 3.00; 2 unknown".
  func words(_ ruleset: CheckedRuleset) -> Prose {
    let printer = ValuePrinter(ruleset)
    var parts: [Prose] = []
    if let quantity, let type {
      parts.append("\(data: printer.text(.quantity(quantity), type))")
    }
    for (currency, amount) in money {
      parts.append("\(data: printer.text(.money(amount, currency), .money))")
    }
    let known: Prose =
      !parts.isEmpty ? Prose.list(parts) : knownCount > 0 ? "\(knownCount) known" : ""
    let unknown: Prose = unknownCount > 0 ? "\(unknownCount) unknown" : ""
    let all = [known, unknown].filter { !$0.isEmpty }
    return all.isEmpty ? "none" : Prose.joined(all, by: "; ")
  }
}

/// `1 contract`, `2 contracts`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
