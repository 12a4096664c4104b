// The manual pages of what can be wrong with units, percentages and money.

import ProvisoSource

/// E04: units, percentages and money.
enum UnitPages: DiagnosticRegistry {
  static let unitsAdded = DiagnosticPage(
    code: "E0401", title: "a sum of different units",
    badExample: "requires amount + energy > 0",
    goodExample: "requires amount + energy_cost > 0",
    reason: """
      Only quantities of one dimension can be added. The message shows where each side got its \
      unit.
      """)
  static let unitsCompared = DiagnosticPage(
    code: "E0402", title: "a comparison of different units",
    badExample: "requires emissions_2024 <= 500 MWh",
    goodExample: "requires emissions_2024 <= 500 tCO2e",
    reason: """
      A comparison across dimensions is neither true nor false. Units of one dimension (kWh and \
      GWh) convert by themselves.
      """)
  static let percentAndNumber = DiagnosticPage(
    code: "E0403", title: "a percentage beside a plain number",
    badExample: "requires share >= 25",
    goodExample: "requires share >= 25%",
    reason: """
      25 and 0.25 are both written for a quarter, and a rule that guesses is wrong by a factor \
      of a hundred. Percent and bps are one dimension; a bare number is another.
      """)
  static let unknownUnit = DiagnosticPage(
    code: "E0404", title: "a unit that nothing declares",
    badExample: "requires energy <= 500 mwh",
    goodExample: "requires energy <= 500 MWh",
    reason: """
      Units are case-sensitive: `mWh` and `MWh` differ by a factor of a thousand million. A \
      ruleset declares units of its own with `unit`.
      """)
  static let offsetUnit = DiagnosticPage(
    code: "E0405", title: "a unit with a zero of its own",
    badExample: "contract { warming : degC }",
    goodExample: """
      unit kelvin
      contract { warming : kelvin }
      """,
    reason: """
      20 °C is not twice 10 °C, so sums and ratios of such units mean nothing. A difference of \
      temperatures is a quantity like any other.
      """)
  static let noRoundingMode = DiagnosticPage(
    code: "E0406", title: "rounding without saying how",
    badExample: "requires round(share, to 1%) >= 25%",
    goodExample: "requires round(share, to 1%, half even) >= 25%",
    reason: """
      For money `half up` is the custom. Elsewhere the custom differs from office to office, and \
      at a tie the mode decides the verdict.
      """)
  static let badRoundingStep = DiagnosticPage(
    code: "E0407", title: "a rounding step that is no step",
    badExample: "requires round(amount, to 0) <= EUR 5 million",
    goodExample: "requires round(amount, to EUR 0.01) <= EUR 5 million",
    reason: "The step is a fixed quantity above zero in the unit of what is rounded.")
  static let twoReadingsOfBy = DiagnosticPage(
    code: "E0408", title: "a rate that moves by a percentage",
    badExample: "on breach step up margin by 10%",
    goodExample: """
      on breach step up margin by 10 percentage points
      # or: on breach step up margin by a factor of 1.1
      """,
    reason: """
      A margin of 2% raised `by 10%` is 2.2% to one reader and 12% to another. Say percentage \
      points, bps or a factor.
      """)
  static let moneyAndUnit = DiagnosticPage(
    code: "E0409", title: "money of any currency beside a fixed unit",
    badExample: """
      contract { price : money  budget : EUR }
      … requires price <= budget
      """,
    goodExample: "… requires price converted to EUR by ecb on signed <= budget",
    reason: """
      `money` carries its own currency, which may be another one in every contract. Only a \
      stated conversion makes it comparable.
      """)
  static let badConversion = DiagnosticPage(
    code: "E0410", title: "a conversion that the rates do not give",
    badExample: """
      requires price converted to JPY by ecb on signed <= JPY 5 million   # no JPY in the file
      """,
    goodExample: "requires price converted to EUR by ecb on signed <= EUR 5 million",
    reason: "An amount is converted by rates that are in the list, from a currency and to one.")
  static let badExponent = DiagnosticPage(
    code: "E0411", title: "an exponent that is not a whole number",
    badExample: "requires (100% + rate) ^ 0.5 < 110%",
    goodExample: "requires (100% + rate) ^ 2 < 121%",
    reason: """
      Whole powers are exact. A root is not, and an inexact number must not decide a verdict.
      """)
  static let ofWithoutPercent = DiagnosticPage(
    code: "E0412", title: "`of` without a percentage before it",
    badExample: "requires paid <= 10 of amount",
    goodExample: "requires paid <= 10% of amount",
    reason: "`P of X` takes a percentage, a rate in bps or a ratio on its left.")
  static let badDeclaration = DiagnosticPage(
    code: "E0413", title: "a unit that cannot be declared",
    badExample: "unit kg = 1000 g",
    goodExample: "unit quintal = 100 kg",
    reason: "The standard units and all currencies are there already, and a unit has one meaning.")
  static let badNumber = DiagnosticPage(
    code: "E0414", title: "a number that cannot be read",
    badExample: "requires amount <= EUR 007",
    goodExample: "requires amount <= EUR 7",
    reason: """
      Numbers are exact: at most 34 significant digits, no idle zero in front, `_` only between \
      digits.
      """)
  static let senselessProduct = DiagnosticPage(
    code: "E0415", title: "a product that measures nothing",
    badExample: "requires amount * disbursed > 0",
    goodExample: "requires 10% * disbursed > 0",
    reason: "Euros times euros is no sum of money. Usually one side was meant to be a percentage.")
  static let unitMissing = DiagnosticPage(
    code: "E0416", title: "a bare number beside a quantity",
    badExample: "requires amount <= 10_000_000",
    goodExample: "requires amount <= EUR 10 million",
    reason: """
      A bare number does not say whether euros, thousands of euros or tonnes are meant. Only a \
      bare `0` fits any unit.
      """)
  static let lookAlikeUnits = DiagnosticPage(
    code: "E0417", title: "two units that look alike and are not",
    badExample: "requires emissions_co2 <= 500 tCO2e",
    goodExample: "requires emissions_co2 <= 500 tCO2",
    reason: """
      CO2 and CO2e, FTE and persons, EUR and DKK: nothing converts one into the other without a \
      fact that the rule must name.
      """)

  static let pages = [
    unitsAdded, unitsCompared, percentAndNumber, unknownUnit, offsetUnit, noRoundingMode,
    badRoundingStep, twoReadingsOfBy, moneyAndUnit, badConversion, badExponent, ofWithoutPercent,
    badDeclaration, badNumber, senselessProduct, unitMissing, lookAlikeUnits,
  ]
}
