// The manual pages of what can be wrong with conditions, missions and scenarios.

import ProvisoSource

/// E07: conditions, missions and scenarios.
enum ConditionPages: DiagnosticRegistry {
  static let noRequirement = DiagnosticPage(
    code: "E0701", title: "a condition that asks for nothing",
    badExample: "condition cap \"Cap\" { tested on signed }",
    goodExample: "condition cap \"Cap\" { tested on signed requires amount <= EUR 5 million }",
    reason: "A condition says what must hold (`requires`) or must not (`forbids`).")
  static let twoRequirements = DiagnosticPage(
    code: "E0702", title: "a condition with more than one requirement",
    badExample: """
      requires amount > 0
      forbids amount > EUR 5 million
      """,
    goodExample: "requires all of { \"paid\" : amount > 0, \"capped\" : amount <= EUR 5 million }",
    reason: """
      One verdict belongs to one statement. Limbs join several and are named in the explanation; \
      two conditions give two verdicts.
      """)
  static let clauseTwice = DiagnosticPage(
    code: "E0703", title: "a clause that stands twice",
    badExample: """
      tested on signed
      tested yearly from 2021
      """,
    goodExample: "tested yearly from 2021",
    reason: """
      A second clause of this kind would have to overrule the first or to add to it; both are \
      guesses.
      """)
  static let knownInApplies = DiagnosticPage(
    code: "E0704", title: "`applies when` that asks what is known",
    badExample: "applies when borrower is known",
    goodExample: "undetermined \"the borrower is not disclosed\" when not (borrower is known)",
    reason: """
      A missing fact would turn into *not applicable*, which reads like an acquittal. Who leaves \
      out a fact must not be better off.
      """)
  static let conditionCycle = DiagnosticPage(
    code: "E0705", title: "conditions that ask about each other in a circle",
    badExample: """
      condition a "A" { requires b is met }
      condition b "B" { requires a is met }
      """,
    goodExample: """
      condition a "A" { requires amount > 0 }
      condition b "B" { requires a is met }
      """,
    reason: "In a circle each verdict would wait for the other.")
  static let hopelessCure = DiagnosticPage(
    code: "E0706", title: "a cure that nothing can bring about",
    badExample: """
      tested yearly from 2021
      requires emissions at period <= 500 tCO2e
      cure within 6 months
      """,
    goodExample: "cure when emissions at (period + 1) <= 400 tCO2e, within 18 months",
    reason: """
      Without `when` the requirement itself is tried again on later days. What a period's \
      figures were does not change on a later day.
      """)
  static let labelTwice = DiagnosticPage(
    code: "E0707", title: "two limbs with one label",
    badExample: "requires all of { \"ratio\" : a > 0, \"ratio\" : b > 0 }",
    goodExample: "requires all of { \"first ratio\" : a > 0, \"second ratio\" : b > 0 }",
    reason: "The explanation names the limb that decided.")
  static let impossibleQuota = DiagnosticPage(
    code: "E0708", title: "more limbs asked for than there are",
    badExample: "requires at least 3 of { \"one\" : a > 0, \"two\" : b > 0 }",
    goodExample: "requires at least 2 of { \"one\" : a > 0, \"two\" : b > 0 }",
    reason: "At least none always holds, and more than all never does.")
  static let unknownLevel = DiagnosticPage(
    code: "E0709", title: "a level of assurance that does not exist",
    badExample: "evidence emissions_report, audited",
    goodExample: "evidence emissions_report, verified",
    reason: "Levels are ranked, so that a higher one counts where a lower one is asked for.")
  static let conditionOfNoContract = DiagnosticPage(
    code: "E0710", title: "a condition asked of what has none",
    badExample: "requires borrower.no_payout is met",
    goodExample: "requires no_payout is met",
    reason: """
      A contract has conditions. Within a portfolio the contract is named: `c.no_payout is met`.
      """)
  static let notACondition = DiagnosticPage(
    code: "E0711", title: "`is met` asked of what is no condition",
    badExample: "requires amount is met",
    goodExample: "requires amount > 0",
    reason: "Conditions are met or breached; values are compared.")
  static let unknownMission = DiagnosticPage(
    code: "E0712", title: "a mission that nothing declares",
    badExample: "serves net_zro",
    goodExample: "serves net_zero",
    reason: "A condition serves a declared mission, so that reports can group by it.")
  static let amountMissing = DiagnosticPage(
    code: "E0713", title: "a consequence that does not say how much",
    badExample: "on breach step up margin",
    goodExample: "on breach step up margin by 25 bps",
    reason: "Whoever applies the consequence needs an amount, and what it is taken from.")
  static let assuranceOfNoFact = DiagnosticPage(
    code: "E0714", title: "assurance asked of what is computed",
    badExample: "requires (a + b) is verified",
    goodExample: "requires (a is verified) and (b is verified)",
    reason: """
      Documents stand behind facts. What is computed is as sure as the facts it is computed \
      from.
      """)
  static let badTimes = DiagnosticPage(
    code: "E0715", title: "a number of times that cannot be counted",
    badExample: "on breach recall disbursed when breached 0 times",
    goodExample: "on breach recall disbursed when breached twice",
    reason: "A consequence fires at the test that makes the count full.")
  static let fieldOfNoContract = DiagnosticPage(
    code: "E0716", title: "a field of one contract asked of a portfolio",
    badExample: "portfolio condition share \"Share\" { requires amount > 0 }",
    goodExample: """
      portfolio condition share "Share" { requires sum(c.amount for c in contracts) > 0 }
      """,
    reason: "A portfolio condition has one verdict for many contracts, so it says which it reads.")
  static let targetWithoutDirection = DiagnosticPage(
    code: "E0717", title: "a target that does not say which way",
    badExample: "target 50% by 2030-12-31",
    goodExample: "target 50% reduction by 2030-12-31",
    reason: "Half as much and half as much again are both 50%.")
  static let portfolioWithoutBeginning = DiagnosticPage(
    code: "E0718", title: "a portfolio's schedule without a first day",
    badExample: "portfolio condition share \"Share\" { tested yearly … }",
    goodExample: "portfolio condition share \"Share\" { tested yearly from 2021 … }",
    reason: """
      The schedule of a contract begins when it is signed. A portfolio is never signed, so the \
      condition says from when it is tested.
      """)
  static let acrossContracts = DiagnosticPage(
    code: "E0719", title: "a condition of the portfolio asked of one contract",
    badExample: "requires every c in contracts satisfies c.climate_share is met",
    goodExample: "requires climate_share is met",
    reason: """
      A portfolio condition has one verdict for all contracts together. Another portfolio \
      condition can ask for it; a contract, which may be checked alone, cannot.
      """)
  static let badPath = DiagnosticPage(
    code: "E0720", title: "a path that leads nowhere",
    badExample: "target 50% reduction by 2030-12-31      path size",
    goodExample: "target 50% reduction by 2030-12-31      path straight",
    reason: """
      A path says what is asked of each period between the baseline and the target: the straight \
      line, or what a parameter says of the period in the same terms as the target.
      """)
  static let evidenceOfPortfolio = DiagnosticPage(
    code: "E0721", title: "evidence asked of a portfolio",
    badExample: "portfolio condition share \"Share\" { … evidence audit, verified }",
    goodExample: "requires every c in contracts satisfies (c.emissions at 2024) is verified",
    reason: """
      Evidence lies in the files of contracts; a portfolio has no file of its own. What stands \
      behind a fact is asked of the fact.
      """)
  static let notAGroup = DiagnosticPage(
    code: "E0724", title: "`unless` with a name that is no group of exceptions",
    badExample: "unless carve_out",
    goodExample: "unless carve_outs",
    reason: """
      Behind `unless` stands a title and what makes the exception, so that every verdict can name \
      it; or the name of a group of such exceptions, `exceptions carve_outs { … }`.
      """)
  static let emptyGroup = DiagnosticPage(
    code: "E0725", title: "a group of exceptions that is empty or too long",
    badExample: "exceptions carve_outs { }",
    goodExample: "exceptions carve_outs { unless \"Small\" when amount <= EUR 1_000 }",
    reason: """
      A condition that names an empty group would be excused by nothing. Every condition takes all \
      of the group over, so it has 64 exceptions at most.
      """)
  static let noIndicator = DiagnosticPage(
    code: "W0701", title: "a mission without an indicator",
    badExample: "mission net_zero \"Net zero\" { baseline 2019 … }",
    goodExample: "indicator sum(c.emissions at period for c in contracts)",
    reason: "What nobody measures nobody can miss.")
  static let noBaseline = DiagnosticPage(
    code: "W0702", title: "a mission without a baseline",
    badExample: "mission net_zero \"Net zero\" { target 50% reduction by 2030-12-31 … }",
    goodExample: "baseline 2019",
    reason: "A reduction is a reduction from something.")
  static let noTarget = DiagnosticPage(
    code: "W0703", title: "a mission without a target",
    badExample: "mission net_zero \"Net zero\" { baseline 2019 … }",
    goodExample: "target 100% reduction by 2045-12-31",
    reason: "Without a target every result is a success.")
  static let noDate = DiagnosticPage(
    code: "W0704", title: "a mission without a date",
    badExample: "target 100% reduction",
    goodExample: "target 100% reduction by 2045-12-31",
    reason: "What is due at no time is never late.")
  static let noReporter = DiagnosticPage(
    code: "W0705", title: "a mission on which nobody reports",
    badExample: "mission net_zero \"Net zero\" { indicator … }",
    goodExample: "reported by \"Environment agency\"",
    reason: "Somebody has to come with the figures.")
  static let notServed = DiagnosticPage(
    code: "W0706", title: "a mission that no condition with a consequence serves",
    badExample: """
      mission net_zero "Net zero" { … }      # and no condition says `serves net_zero`
      """,
    goodExample: """
      condition path "Path" { serves net_zero … on breach step up margin by 25 bps }
      """,
    reason: "A purpose without a condition moves no money.")

  static let pages = [
    noRequirement, twoRequirements, clauseTwice, knownInApplies, conditionCycle, hopelessCure,
    labelTwice, impossibleQuota, unknownLevel, conditionOfNoContract, notACondition,
    unknownMission, amountMissing, assuranceOfNoFact, badTimes, fieldOfNoContract,
    targetWithoutDirection, portfolioWithoutBeginning, acrossContracts, badPath,
    evidenceOfPortfolio, notAGroup, emptyGroup, noIndicator, noBaseline, noTarget, noDate,
    noReporter, notServed,
  ]
}
