// The manual pages of what can be wrong with types, codes and the shape of expressions.

import ProvisoSource

/// E03: types and codes.
enum TypePages: DiagnosticRegistry {
  static let notTruth = DiagnosticPage(
    code: "E0301", title: "a value where a statement is wanted",
    badExample: "requires amount",
    goodExample: "requires amount > 0",
    reason: "A requirement is true, false or unknown. An amount is none of these.")
  static let comparedTypes = DiagnosticPage(
    code: "E0302", title: "values of different kinds compared",
    badExample: "requires borrower.name = PA",
    goodExample: "requires borrower.country = PA",
    reason: "A text and a country, a date and an amount have nothing to be compared by.")
  static let cannotCompute = DiagnosticPage(
    code: "E0303", title: "values that are not computed with",
    badExample: "requires name + 1 > 0",
    goodExample: "requires amount + EUR 1 > 0",
    reason: "Arithmetic takes numbers, percentages, quantities, money and calendar time.")
  static let arity = DiagnosticPage(
    code: "E0304", title: "too many values or too few",
    badExample: "requires reduction(2019) >= 10%",
    goodExample: "requires reduction(2019, period) >= 10%",
    reason: "A define takes the values it declares, a table one for each key.")
  static let wrongType = DiagnosticPage(
    code: "E0305", title: "a value of the wrong type",
    badExample: "define limit : EUR = signed",
    goodExample: "define limit : EUR = amount",
    reason: "What is declared is promised to every rule that reads it.")
  static let unknownMember = DiagnosticPage(
    code: "E0306", title: "a member that the type does not have",
    badExample: "requires instrument = lone",
    goodExample: "requires instrument = loan",
    reason: """
      An enumeration lists all its members, so a misspelt one can be told at once and not when a \
      contract fails to match it.
      """)
  static let mixedBranches = DiagnosticPage(
    code: "E0307", title: "values of different types side by side",
    badExample: "requires instrument in { loan, 5 }",
    goodExample: "requires instrument in { loan, grant }",
    reason: """
      The branches of a choice and the members of a set have one type, so that what follows \
      knows what it gets.
      """)
  static let unknownCountry = DiagnosticPage(
    code: "E0308", title: "a country code that does not exist",
    badExample: "requires country <> UK",
    goodExample: "requires country <> GB",
    reason: """
      Countries are ISO 3166 codes of two letters. `NA` is Namibia and never a missing value.
      """)
  static let unknownCurrency = DiagnosticPage(
    code: "E0309", title: "a currency code that does not exist",
    badExample: "requires paid_in = EURO",
    goodExample: "requires paid_in = EUR",
    reason: "Currencies are ISO 4217 codes of three letters.")
  static let badIdentifier = DiagnosticPage(
    code: "E0310", title: "an LEI that cannot be right",
    badExample: "requires lei <> \"5493001KJTIIGC8Y1R13\"",
    goodExample: "requires lei <> \"5493001KJTIIGC8Y1R12\"",
    reason: """
      An LEI ends in two check digits (ISO 17442). A mistyped one would never match the company \
      that is meant.
      """)
  static let unknownActivity = DiagnosticPage(
    code: "E0311", title: "an economic activity that does not exist",
    badExample: "requires sector <> \"99.99\"",
    goodExample: "requires sector <> \"35.11\"",
    reason: "Activities are codes of NACE Rev. 2: a section, division, group or class.")
  static let noOrder = DiagnosticPage(
    code: "E0312", title: "an order asked of values that have none",
    badExample: "requires instrument > grant",
    goodExample: "requires instrument <> grant",
    reason: """
      Members of a type, texts, countries and codes are equal or not; none is more than another.
      """)
  static let noFields = DiagnosticPage(
    code: "E0313", title: "a point behind a value that has no parts",
    badExample: "requires signed.year = 2021",
    goodExample: "requires year of signed = 2021",
    reason: """
      Records and contracts have fields, periods `.start` and `.end`, a NACE code `.section`, \
      money `.currency`.
      """)
  static let comparedWithNone = DiagnosticPage(
    code: "E0314", title: "a comparison with none",
    badExample: "requires repaid = none",
    goodExample: "requires repaid is none",
    reason: """
      None means that the event has not happened. It is no date, so it is asked for and not \
      compared with.
      """)
  static let notWhole = DiagnosticPage(
    code: "E0315", title: "a number that is not whole",
    badExample: """
      table grid(year: integer) …
      … grid(years / 2)
      """,
    goodExample: "… grid(round(years / 2, to 1, down))",
    reason: """
      Counts and keys of a table are whole numbers; how half a one is rounded is for the rule to \
      say.
      """)
  static let notConstant = DiagnosticPage(
    code: "E0316", title: "a value that is not written out",
    badExample: "parameter limit : EUR { as_of from 2021-01-01 }",
    goodExample: "parameter limit : EUR { 500_000 from 2021-01-01 }",
    reason: """
      Parameters, lists, cells of tables, dates of a scenario and targets are written out, so \
      that they can be read without a contract.
      """)
  static let notEnumeration = DiagnosticPage(
    code: "E0317", title: "a type that does not list its members",
    badExample: "type Size = text",
    goodExample: "type Size = one of { sme, large }",
    reason: """
      `type` gives a name to a list of members. For other kinds of value the field says the kind \
      itself.
      """)
  static let notScalar = DiagnosticPage(
    code: "E0318", title: "a collection by period or by date",
    badExample: "contract { payouts : list of Payout by year }",
    goodExample: "contract { payouts : list of Payout dated decided }",
    reason: """
      A series has one single value for each period. Members of a list carry their own dates.
      """)
  static let badIdentity = DiagnosticPage(
    code: "E0319", title: "a record identified by what identifies nothing",
    badExample: "record Owner { share : percent } identified by share",
    goodExample: "record Owner { lei : lei  share : percent } identified by lei",
    reason: "Two owners may hold the same share. One entity is known by a code or a name.")
  static let badDating = DiagnosticPage(
    code: "E0320", title: "a list dated by what is no date",
    badExample: "payouts : list of Payout dated amount",
    goodExample: "payouts : list of Payout dated decided",
    reason: """
      Members of a dated list are seen from their date on, so the field is a `date` of the \
      record.
      """)
  static let endlessRecord = DiagnosticPage(
    code: "E0321", title: "a record that contains itself",
    badExample: "record Owner { parent : Owner }",
    goodExample: "record Owner { parents : list of Owner or empty }",
    reason: "Such a record would have to be given without end. A list may be empty, and ends.")

  static let tooDeep = DiagnosticPage(
    code: "E0322", title: "an expression with too many steps",
    badExample: "requires amount + EUR 1 + EUR 1 + EUR 1 … > 0      # 300 times",
    goodExample: """
      define topped_up : EUR = amount + 300 * EUR 1
      … requires topped_up > 0
      """,
    reason: """
      A value may rest on 256 steps in a row, those of the defines it uses included. Nobody can \
      follow an explanation that is longer than that.
      """)

  static let pages = [
    notTruth, comparedTypes, cannotCompute, arity, wrongType, unknownMember, mixedBranches,
    unknownCountry, unknownCurrency, badIdentifier, unknownActivity, noOrder, noFields,
    comparedWithNone, notWhole, notConstant, notEnumeration, notScalar, badIdentity, badDating,
    endlessRecord, tooDeep,
  ]
}
