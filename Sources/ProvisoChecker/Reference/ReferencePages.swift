// The manual pages of what can be wrong with lists, rates, parameters and tables.

import ProvisoSource

/// E06: reference data.
enum ReferencePages: DiagnosticRegistry {
  static let badFile = DiagnosticPage(
    code: "E0601", title: "a file of cells that cannot be read",
    badExample: """
      country,from
      PA,2020-02-18,2021-10-05
      """,
    goodExample: """
      country,from,until
      PA,2020-02-18,2021-10-05
      """,
    reason: """
      Lists and tables are comma-separated files (RFC 4180) with one header line. A row with a \
      cell too many would shift every value behind it.
      """)
  static let badCell = DiagnosticPage(
    code: "E0602", title: "a cell that is not what its column holds",
    badExample: """
      country,from
      PA,18.02.2020
      """,
    goodExample: """
      country,from
      PA,2020-02-18
      """,
    reason: """
      The message points into the file, at the cell. A cell that cannot be read is never \
      skipped.
      """)
  static let unknownColumn = DiagnosticPage(
    code: "E0603", title: "a column that the file does not have",
    badExample: "dated by decision listed_form until listed_until",
    goodExample: "dated by decision listed_from until listed_until",
    reason: "Columns are named by the header of the file.")
  static let reversedSpell = DiagnosticPage(
    code: "E0604", title: "a spell that ends before it begins",
    badExample: "PA from 2021-10-05 until 2020-02-18",
    goodExample: "PA from 2020-02-18 until 2021-10-05",
    reason: "`from` is the first day on the list and `until` the first day off it.")
  static let overlappingSpells = DiagnosticPage(
    code: "E0605", title: "one value listed twice at once",
    badExample: """
      PA from 2020-02-18 until 2021-10-05,
      PA from 2021-01-01
      """,
    goodExample: """
      PA from 2020-02-18 until 2021-10-05,
      PA from 2021-10-05
      """,
    reason: "A verdict names the spell that decided. Two at once are a mistake in the list.")
  static let datingMissing = DiagnosticPage(
    code: "E0606", title: "a list with several datings asked without one",
    badExample: "country in tax_havens on signed",
    goodExample: "country in tax_havens by published on signed",
    reason: """
      The day a list is decided and the day it is published differ, and cases turn on the days \
      between. The rule says which counts.
      """)
  static let unknownDating = DiagnosticPage(
    code: "E0607", title: "a dating that the list does not have",
    badExample: "country in tax_havens by publication on signed",
    goodExample: "country in tax_havens by published on signed",
    reason: "The datings of a list are those it declares with `dated by`.")
  static let dayMissing = DiagnosticPage(
    code: "E0608", title: "a list that changes asked without a day",
    badExample: "country in tax_havens",
    goodExample: "country in tax_havens on signed",
    reason: """
      Members come and go. A floating list is asked `on` a day of the contract, a frozen one \
      `on` a fixed day.
      """)
  static let notDated = DiagnosticPage(
    code: "E0609", title: "a day asked of what has no dates",
    badExample: "country in { PA, VU } on signed",
    goodExample: "country in { PA, VU }",
    reason: "Sets and lists of a contract are what they are; only a declared `list` has spells.")
  static let noQuotation = DiagnosticPage(
    code: "E0610", title: "rates that do not say which way they go",
    badExample: "rates ecb from \"ecb.csv\" { }",
    goodExample: "rates ecb from \"ecb.csv\" { quoted currency per EUR }",
    reason: "7.44 may be kroner for a euro or euros for a krone; the figure alone does not tell.")
  static let twoRates = DiagnosticPage(
    code: "E0611", title: "two rates for one day",
    badExample: """
      date,currency,rate
      2021-03-01,DKK,7.43
      2021-03-01,DKK,7.44
      """,
    goodExample: """
      date,currency,rate
      2021-03-01,DKK,7.43
      """,
    reason: "A conversion takes the one rate of its day.")
  static let unsortedPoints = DiagnosticPage(
    code: "E0612", title: "values along time that are out of order",
    badExample: "parameter limit : EUR { 100 from 2024-01-01, 250 from 2019-11-14 }",
    goodExample: "parameter limit : EUR { 250 from 2019-11-14, 100 from 2024-01-01 }",
    reason: """
      A reader goes through the values from the earliest to the latest; one that is out of \
      order, or twice on one day, is usually a mistyped year.
      """)
  static let mixedPoints = DiagnosticPage(
    code: "E0613", title: "a path by years and by days",
    badExample: "linear { 0% at 2019, 50% at 2024-12-31 }",
    goodExample: "linear { 0% at 2019, 50% at 2024 }",
    reason: """
      Between years a path counts years, between days it counts days; the value half way \
      differs.
      """)
  static let badPath = DiagnosticPage(
    code: "E0614", title: "a path that is no line",
    badExample: "parameter path : percent linear { 50% at 2024 }",
    goodExample: "parameter path : percent linear { 0% at 2019, 50% at 2024 }",
    reason: """
      A straight line needs two points or more, numbers at them, and years or days along it.
      """)
  static let tableGap = DiagnosticPage(
    code: "E0615", title: "a table without a row for some inputs",
    badExample: "table fee(size: Size) : bps { sme => 225 }",
    goodExample: "table fee(size: Size) : bps { sme => 225 large => 250 }",
    reason: """
      The message names inputs that no row fits. At run time they would be unknown; the policy \
      writer meant something by them.
      """)
  static let tableOverlap = DiagnosticPage(
    code: "E0616", title: "a table with two rows for one input",
    badExample: "table fee(year: integer) : bps { 1 to 3 => 225 3 or more => 250 }",
    goodExample: "table fee(year: integer) : bps { 1 to 3 => 225 4 or more => 250 }",
    reason: "Rows stand in any order, so the first does not win: one input has one row.")
  static let rowWidth = DiagnosticPage(
    code: "E0617", title: "a row that does not fit its table",
    badExample: "table fee(size: Size, year: integer) : bps { sme => 225 }",
    goodExample: "table fee(size: Size, year: integer) : bps { sme, any => 225 }",
    reason: "Every row says something of every key; `any` says that a key does not matter.")
  static let badCellInTable = DiagnosticPage(
    code: "E0618", title: "an interval that holds nothing",
    badExample: "3 to 2 => 225",
    goodExample: "2 to 3 => 225",
    reason: "Numbers and days have intervals, with the lower bound first.")
  static let acrossKey = DiagnosticPage(
    code: "E0619", title: "another key than the last laid across",
    badExample: """
      table fee(size: Size, year: integer) : bps { size = sme, large
       1 => 225, 250 }
      """,
    goodExample: """
      table fee(size: Size, year: integer) : bps { year = 1, 2 or more
       sme => 225, 250
       large => 250, 275 }
      """,
    reason: "The rows name the other keys in their order, so the key laid across is the last.")
  static let openUnderOneDating = DiagnosticPage(
    code: "W0601", title: "a spell that ends under one dating only",
    badExample: """
      country,decided,decided_off,published,published_off
      KY,2020-02-18,2020-10-06,2020-02-27,
      """,
    goodExample: """
      country,decided,decided_off,published,published_off
      KY,2020-02-18,2020-10-06,2020-02-27,2020-10-07
      """,
    reason: """
      Under the other dating the value counts as still listed, which is rarely what is known.
      """)
  static let tableNotProved = DiagnosticPage(
    code: "W0602", title: "a table too large to be proved complete",
    badExample: """
      table grid(a: integer, b: integer, c: integer) : bps from "grid.csv"      # thousands of \
      intervals
      """,
    goodExample: "table grid(a: integer, b: integer) : bps from \"grid.csv\"",
    reason: """
      The check goes through every combination of classes of the keys, up to a bound of work.
      """)

  static let pages = [
    badFile, badCell, unknownColumn, reversedSpell, overlappingSpells, datingMissing, unknownDating,
    dayMissing, notDated, noQuotation, twoRates, unsortedPoints, mixedPoints, badPath, tableGap,
    tableOverlap, rowWidth, badCellInTable, acrossKey, openUnderOneDating, tableNotProved,
  ]
}
