// The manual pages of what can be wrong with scenarios.

import ProvisoSource

/// E08: scenarios.
enum ScenarioPages: DiagnosticRegistry {
  static let unknownFact = DiagnosticPage(
    code: "E0801", title: "a fact that no field asks for",
    badExample: "given { ammount = EUR 5 million }",
    goodExample: "given { amount = EUR 5 million }",
    reason: """
      A scenario gives the facts of a contract; a misspelt one would be a missing fact, and the \
      scenario would prove something else.
      """)
  static let givenTwice = DiagnosticPage(
    code: "E0802", title: "a fact given twice",
    badExample: "given { amount = EUR 5 million, amount = EUR 6 million }",
    goodExample: """
      given { amount = { versions = [ { value = EUR 5 million, from = 2021-01-01 }, { value = \
      EUR 6 million, from = 2022-01-01 } ] } }
      """,
    reason: """
      A fact that changed is given with its versions, each with the day from which it holds.
      """)
  static let wrongShape = DiagnosticPage(
    code: "E0803", title: "a fact in the wrong shape",
    badExample: "given { emissions = 500 tCO2e }      # emissions : tCO2e by year",
    goodExample: "given { emissions = { 500 tCO2e at 2024 } }",
    reason: "Series are given by period, levels by date, lists in brackets and records in braces.")
  static let badHistory = DiagnosticPage(
    code: "E0804", title: "a history that cannot be read",
    badExample: "given { amount = { value = EUR 5 million, since = 2021-01-01 } }",
    goodExample: "given { amount = { value = EUR 5 million, from = 2021-01-01 } }",
    reason: """
      A version says its value, `from` when it was true, when it was `recorded` and on what \
      `evidence`.
      """)
  static let noDay = DiagnosticPage(
    code: "E0805", title: "a scenario without a day",
    badExample: "scenario \"Small\" { given { … } expect cap met }",
    goodExample: "scenario \"Small\" { given { … } as of 2021-12-31 expect cap met }",
    reason: "The same facts give other verdicts on other days; nothing is asked without a date.")
  static let unknownSubject = DiagnosticPage(
    code: "E0807", title: "an outcome expected of what has none",
    badExample: "expect no_payot breached",
    goodExample: "expect no_payout breached",
    reason: "Conditions and the contract have outcomes, determinations have values.")
  static let noSuchConsequence = DiagnosticPage(
    code: "E0808", title: "a consequence expected that the condition does not have",
    badExample: "expect cap breached, suspend      # cap recalls",
    goodExample: "expect cap breached, recall EUR 1 million",
    reason: """
      Such an expectation could never be met, so it is a mistake in the scenario or in the \
      condition.
      """)
  static let wrongOutcome = DiagnosticPage(
    code: "E0809", title: "an outcome that a condition never has",
    badExample: "expect cap not governed",
    goodExample: "expect contract not governed",
    reason: "A contract outside `governs` has no verdicts on its conditions at all.")
  static let whichContract = DiagnosticPage(
    code: "E0810", title: "an expectation that does not say of which contract",
    badExample: """
      given "north" { amount = EUR 1 million }
      given "south" { amount = EUR 2 million }
      as of 2021-12-31
      expect cap met
      """,
    goodExample: "expect cap for \"north\" met, cap for \"south\" breached",
    reason: """
      Where several contracts are given, each has a title, and what is expected of a contract \
      names it. What is expected of the portfolio or of a mission is of all of them.
      """)
  static let noExpectation = DiagnosticPage(
    code: "W0801", title: "a scenario that expects nothing",
    badExample: "scenario \"Small\" { given { … } as of 2021-12-31 }",
    goodExample: "scenario \"Small\" { given { … } as of 2021-12-31 expect cap met }",
    reason: "It passes whatever the rules say.")

  static let pages = [
    unknownFact, givenTwice, wrongShape, badHistory, noDay, unknownSubject, noSuchConsequence,
    wrongOutcome, whichContract, noExpectation,
  ]
}
