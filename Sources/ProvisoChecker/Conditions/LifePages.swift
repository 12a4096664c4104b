// The manual pages of what can be wrong with elections, sources, payments that cure, conservation.

import ProvisoSource

/// E075: what belongs to the life of a condition, once it is agreed.
enum LifePages: DiagnosticRegistry {
  static let fieldModifier = DiagnosticPage(
    code: "E0751", title: "something said of a field that its type does not allow",
    badExample: "name : text, as published",
    goodExample: "intensity : gCO2e/kWh by year, as published",
    reason: """
      A figure has a last digit, a text has none: `as published` belongs to numbers, percentages \
      and quantities. `best evidence decides` and `elected by` belong to single values, by period \
      or date if need be. A judgement has its own author, and neither is chosen nor outranked.
      """)
  static let paymentNoAmount = DiagnosticPage(
    code: "E0752", title: "a payment that is no amount of one currency",
    badExample: """
      cure by payment p = borrower.name, when net_debt - p <= EUR 10 million, within 10 days
      """,
    goodExample: """
      cure by payment p = new_equity, when net_debt - p <= EUR 10 million, within 10 days
      """,
    reason: """
      The least payment that would cure is worked out, and said. That takes amounts of one kind.
      """)
  static let paymentNotCounted = DiagnosticPage(
    code: "E0753", title: "a payment that the cure does not count",
    badExample: "cure by payment p = new_equity, within 10 days",
    goodExample: """
      cure by payment p = new_equity, when net_debt - p <= EUR 10 million, within 10 days
      """,
    reason: """
      Whether new money counts as earnings or pays down debt makes a difference of millions: the \
      agreement says which, and `when` is where it is written.
      """)
  static let conserveShape = DiagnosticPage(
    code: "E0754", title: "a `conserve` without a whole or without parts",
    badExample: "conserve kept \"Nothing is lost\" { whole instalment }",
    goodExample: "conserve kept \"Nothing is lost\" { whole instalment parts released, suspended }",
    reason: "It says that the parts add up to the whole, so it takes both.")
  static let conserveParts = DiagnosticPage(
    code: "E0755", title: "a part that cannot be added to the others",
    badExample: "conserve kept \"Nothing is lost\" { whole instalment parts released, 25% }",
    goodExample: "conserve kept \"Nothing is lost\" { whole instalment parts released, suspended }",
    reason: """
      Parts are amounts of the same unit as the whole: fields, defines, determinations, or what \
      the consequences of a condition with one verb come to, `suspend by milestones`.
      """)
  static let pages = [
    fieldModifier, paymentNoAmount, paymentNotCounted, conserveShape, conserveParts,
  ]
}
