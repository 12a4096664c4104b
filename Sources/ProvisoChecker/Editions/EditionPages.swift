// The manual pages of what can be wrong between the versions of one ruleset.

package import ProvisoSource

/// E0722, E0723 and W0707: versions that are kept together.
package enum EditionPages: DiagnosticRegistry {
  static let notAnEdition = DiagnosticPage(
    code: "E0722", title: "a ruleset that is no version of the others",
    badExample: """
      ruleset aid "Aid" { version "1" governs signed from 2021-01-01 until 2022-01-01 }
      ruleset aid "Aid" { version "2" }      # in a second file
      """,
    goodExample: """
      ruleset aid "Aid" { version "1" governs signed from 2021-01-01 until 2022-01-01 }
      ruleset aid "Aid" { version "2" governs signed from 2022-01-01 }
      """,
    reason: """
      The versions of one ruleset have one name, each a version of its own, and each says with \
      `governs` when a contract must be signed, or granted, to be judged by it. All of them ask \
      the same date.
      """)
  static let overlap = DiagnosticPage(
    code: "E0723", title: "two versions that govern one day",
    badExample: """
      governs signed from 2021-01-01 until 2022-03-01      # version 1
      governs signed from 2022-01-01                       # version 2
      """,
    goodExample: """
      governs signed from 2021-01-01 until 2022-01-01      # version 1
      governs signed from 2022-01-01                       # version 2
      """,
    reason: "A contract signed on such a day would have two verdicts.")
  static let gap = DiagnosticPage(
    code: "W0707", title: "days that no version governs",
    badExample: """
      governs signed from 2021-01-01 until 2022-01-01      # version 1
      governs signed from 2022-02-01                       # version 2
      """,
    goodExample: """
      governs signed from 2021-01-01 until 2022-02-01      # version 1
      governs signed from 2022-02-01                       # version 2
      """,
    reason: """
      A contract signed on such a day is not governed. That may be meant: a programme can pause. \
      Where it is not, one of the two dates is wrong.
      """)

  package static let pages = [notAnEdition, overlap, gap]
}
