// The manual pages of what can be wrong with collections and chains.

import ProvisoSource

/// E063: collections; the other codes of E06 are with reference data.
enum CollectionPages: DiagnosticRegistry {
  static let notACollection = DiagnosticPage(
    code: "E0630", title: "something that has no members",
    badExample: "for each p in amount",
    goodExample: "for each p in payouts",
    reason: """
      Quantifiers, sums, `for each` and `in` go over lists, ranges, windows of a series, and the \
      contracts of a portfolio.
      """)
  static let listAsValue = DiagnosticPage(
    code: "E0631", title: "a list where one value is wanted",
    badExample: "requires payouts <= EUR 5 million",
    goodExample: "requires sum(p.paid for p in payouts) <= EUR 5 million",
    reason: "A list has no amount of its own: say what is done with its members.")
  static let senselessFigure = DiagnosticPage(
    code: "E0632", title: "a figure over members that have none",
    badExample: "requires sum(p.country for p in payouts) > 0",
    goodExample: "requires count(p in payouts where p.country = PA) = 0",
    reason: "Sums and averages take amounts and numbers; texts, codes and records can be counted.")
  static let badRange = DiagnosticPage(
    code: "E0633", title: "a range that cannot be gone through",
    badExample: "requires some n in 1 to 2.5 where n > 1",
    goodExample: "requires some n in 1 to 3 where n > 1",
    reason: "A range lists whole numbers or periods of one length, both ends included.")
  static let noChain = DiagnosticPage(
    code: "E0634", title: "a chain that has nowhere to go",
    badExample: """
      record Owner { name : text }
      … chain(owners)
      """,
    goodExample: """
      record Owner { name : text  owners : list of Owner or empty }
      … chain(owners)
      """,
    reason: """
      `chain(L)` reaches the owners of the owners. The record needs exactly one list of records \
      like itself.
      """)
  static let badFactor = DiagnosticPage(
    code: "E0635", title: "a chain multiplied by what is no share",
    badExample: "chain(owners, product of name)",
    goodExample: "chain(owners, product of share)",
    reason: "`product of` multiplies one percentage along each path and adds up the paths.")
  static let twoChainRules = DiagnosticPage(
    code: "E0636", title: "a chain with two rules",
    badExample: "chain(owners, product of share, each share > 50%)",
    goodExample: "chain(owners, product of share)",
    reason: """
      Multiplying the shares and following control are two different questions about ownership.
      """)
  static let throughWithoutProduct = DiagnosticPage(
    code: "E0637", title: "`through` without the product of shares",
    badExample: "no o in chain(owners) where o.through >= 25%",
    goodExample: "no o in chain(owners, product of share) where o.through >= 25%",
    reason: """
      How much somebody holds through others is known only when the shares along each path are \
      multiplied.
      """)
  static let unroundedTerm = DiagnosticPage(
    code: "E0638", title: "a sum over a portfolio whose terms divide and are not rounded",
    badExample: "sum(c.amount / c.years for c in contracts)",
    goodExample: "sum(round(c.amount / c.years, to EUR 0.01) for c in contracts)",
    reason: """
      Each contract brings a denominator of its own, and the exact sum of a million such fractions \
      has more digits than any number may have. A term that divides by a field is rounded, at a \
      step that the rule names.
      """)

  static let pages = [
    notACollection, listAsValue, senselessFigure, badRange, noChain, badFactor, twoChainRules,
    throughWithoutProduct, unroundedTerm,
  ]
}
