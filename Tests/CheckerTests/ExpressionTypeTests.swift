// The type every form of expression has, and the code it raises where it has none.

import Testing

@Suite struct ExpressionTypeTests {
  @Test(arguments: [
    // Sums and comparisons.
    ("amount + paid", "EUR"), ("amount + 0", "EUR"), ("amount + 5", "E0416"),
    ("amount + krone", "E0417"), ("amount + mass", "E0401"), ("mass + gas", "E0417"),
    ("jobs + 5 persons", "E0417"), ("amount + share", "E0416"), ("share + 25 bps", "%"),
    ("share + 1", "E0403"), ("100% - share", "%"), ("number + 1", "number"),
    ("staff + 1", "whole"), ("staff + 1.5", "number"), ("-amount", "EUR"), ("-name", "E0303"),
    ("amount > 0", "boolean"), ("amount > 5 MWh", "E0402"), ("share >= 25", "E0403"),
    ("women / staff >= 40%", "boolean"), ("women / staff >= 0.4", "boolean"),
    ("green = true", "boolean"), ("size = sme", "boolean"), ("sme = size", "boolean"),
    ("size > sme", "E0312"), ("size = small", "E0306"), ("home = DE", "boolean"),
    ("home = UK", "E0308"), ("name = \"x\"", "boolean"), ("name = home", "E0302"),
    ("sector.section = D", "boolean"), ("sector = \"35.11\"", "boolean"),
    ("price > DKK 5 million", "boolean"), ("price > amount", "E0409"), ("price > 0", "boolean"),
    ("price + price", "money"), ("price.currency = EUR", "boolean"),
    // Products.
    ("10% of amount", "EUR"), ("10 of amount", "E0412"), ("share * amount", "EUR"),
    ("amount * 2", "EUR"), ("amount * paid", "E0415"), ("amount / paid", "ratio"),
    ("amount / krone", "EUR/DKK"), ("gas / energy", "tCO2e/MWh"),
    ("(gas / energy) * energy", "tCO2e"), ("energy * 80 EUR/MWh", "EUR"),
    ("price / price", "ratio"), ("price * 2", "money"), ("share * share", "%"),
    ("staff * staff", "whole"), ("staff / women", "ratio"), ("share / 2", "%"),
    ("(100% + share) ^ 3", "%"), ("share ^ 0.5", "E0411"), ("staff ^ 2", "whole"),
    ("mass ^ 2", "t*t"), ("amount ^ 2", "E0411"), ("name * 2", "E0303"),
    // Rounding, caps, tiers.
    ("round(amount, to EUR 0.01)", "EUR"), ("round(share, to 1%)", "E0406"),
    ("round(share, to 1%, half even)", "%"), ("round(number, to 1, down)", "whole"),
    ("round(amount, to 0)", "E0407"), ("amount capped at EUR 5 \"cap\"", "EUR"),
    ("amount floored at 0", "EUR"), ("amount capped at 5 MWh", "E0401"),
    ("part of amount above EUR 60 million", "EUR"), ("part of amount up to EUR 1", "EUR"),
    ("min(amount, paid, EUR 5)", "EUR"), ("max(staff, 1.5)", "number"), ("min(amount)", "E0630"),
    ("max(signed, 2021-01-01)", "date"),
    // Choices and substitutes.
    ("(amount when green, otherwise paid)", "EUR"), ("(amount when green, otherwise 0)", "EUR"),
    ("(amount when green, otherwise signed)", "E0307"), ("repaid else signed", "date"),
    ("amount else 0", "EUR"),
    // Time.
    ("signed + 3 months", "date"), ("signed + 3", "E0502"), ("signed - repaid", "E0503"),
    ("3 months + 5 days", "duration"), ("2 * 3 months", "duration"),
    ("3 months < 90 days", "E0511"), ("5 business days after signed", "date"),
    ("days completed from signed to as_of", "whole"),
    ("years started from signed to as_of", "whole"), ("year of signed", "year"),
    ("year fraction from signed to as_of by \"actual/360\"", "number"),
    ("share of amount * year fraction from signed to repaid by \"30E/360\"", "EUR"),
    ("year fraction from signed to as_of by \"30E/360 ISDA\" maturing on repaid", "number"),
    ("year fraction from signed to as_of by \"30E/360 ISDA\"", "E0520"),
    ("year fraction from signed to as_of by \"actual/360\" maturing on repaid", "E0520"),
    ("year fraction from signed to as_of by \"ACT/360\"", "E0519"),
    ("year fraction from amount to as_of by \"actual/360\"", "E0305"),
    ("year fraction from 2021 to as_of by \"actual/360\"", "E0305"),
    ("(year of signed) + 1", "year"), ("(year of signed) - (year of as_of)", "whole"),
    ("quarter of signed", "quarter"), ("signed in 2021", "boolean"),
    ("signed in 2021-Q1", "boolean"), ("signed = 2021", "E0510"), ("(year of signed).end", "date"),
    ("repaid by 2021-12-31", "boolean"), ("signed by 2021-12-31", "E0514"),
    ("repaid is none", "boolean"), ("signed is none", "E0514"), ("repaid = none", "E0314"),
    ("emissions at 2024", "tCO2e"), ("emissions at signed", "E0508"), ("emissions + gas", "E0504"),
    ("emissions at 2024-Q1", "E0507"), ("redeemed at signed", "%"), ("redeemed > 5%", "E0505"),
    ("redeemed at 2024", "%"), ("limit", "EUR"), ("limit at signed", "EUR"), ("path at 2024", "%"),
    ("path at signed", "%"), ("amount at signed", "EUR"), ("(amount + paid) at signed", "E0506"),
    ("sum(turnover over 4 quarters to 2024-Q4)", "EUR"),
    ("sum(turnover over 4 years to 2024)", "E0507"), ("period", "E0509"), ("previous", "E0214"),
    ("contracts", "E0214"),
    // Collections.
    ("count(owners)", "whole"), ("count(o in owners where o.share > 5%)", "whole"),
    ("sum(o.share for o in owners)", "%"), ("sum(o.name for o in owners)", "E0632"),
    ("average(o.share for o in owners)", "%"), ("some o in owners where o.home = DE", "E0207"),
    ("some o in owners where o.country = DE", "boolean"),
    ("every o in owners satisfies o.share < 25%", "boolean"), ("owners > 5", "E0631"),
    ("no o in chain(owners, product of share) where o.through > 25%", "boolean"),
    ("no o in chain(owners) where o.through > 25%", "E0637"),
    ("no o in chain(owners, each share > 50%) where o.country = PA", "boolean"),
    ("some n in 1 to 5 where n = 3", "boolean"), ("some n in amount where n = 3", "E0630"),
    ("home in { DE, FR }", "boolean"), ("home in { DE, 5 }", "E0307"),
    ("staff in 1 to 5", "boolean"),
    ("sum(1 to 5)", "whole"),
    // Truth.
    ("green and amount > 0", "boolean"), ("not green", "boolean"), ("not amount", "E0301"),
    ("amount is known", "boolean"), ("amount is verified", "boolean"), ("amount is met", "E0711"),
    ("any of { \"a\" : green, \"b\" : amount > 0 }", "boolean"),
    ("at least 3 of { \"a\" : green, \"b\" : amount > 0 }", "E0708"),
    ("signed.year", "E0313"), ("unknown_name", "E0201"),
  ])
  func `an expression has its type or raises its code`(_ expression: String, _ expected: String) {
    #expect(typeOrCode(expression) == expected, "\(expression)")
  }

  @Test func `one mistake is reported once`() {
    let text =
      everyKind + """
        condition c "C" {
          requires all of {
            "a" : wrong + amount > share,
            "b" : max(wrong, amount) = paid,
            "c" : wrong.x in { wrong },
          }
        }
        """
    // Each place where the unknown name stands, and nothing that follows from it.
    #expect(Set(codes(text, files: everyKindFiles)) == ["E0201"])
  }
}
